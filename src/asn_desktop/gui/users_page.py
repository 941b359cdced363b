"""Users of this office: who can sign in, and a new colleague."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from asn_desktop.core.i18n import N_, _
from asn_desktop.gui import messages, theme
from asn_desktop.gui.dialogs import Dialog, fit
from asn_desktop.gui.paged_model import CellKind, PagedTableModel, TableColumn, TableQuery
from asn_desktop.gui.start.fields import Field, TextField
from asn_desktop.gui.start.passphrase import NewPassphrase
from asn_desktop.gui.table_view import TableView
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import Card, button, combo, label
from asn_desktop.services import Services

ROLES = {
    "operator": N_("Operator"),
    "verifikator": N_("Verifikator"),
    "pimpinan": N_("Pimpinan"),
    "admin": N_("Pengelola"),
    "auditor": N_("Pemeriksa"),
}


class UsersPage(QWidget):
    """The list, and one button."""

    def __init__(self, services: Services, runner: Runner, parent: QWidget) -> None:
        super().__init__(parent)
        self._services, self._runner = services, runner
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        text = _("Setiap orang masuk dengan kata sandinya sendiri; riwayat mencatat siapa mengubah apa.")
        column.addWidget(label(text, "secondary", wrap=True, parent=self))
        columns = (
            TableColumn(
                "name", _("Nama"), lambda row: row.display_name, CellKind.TWO_LINES, 280, second=lambda row: row.name
            ),
            TableColumn("role", _("Peran"), lambda row: _(ROLES.get(row.role, row.role)), width=140),
        )
        query = TableQuery(
            lambda _spec: [row.name for row in services.accounts.users()],
            lambda names: [row for row in services.accounts.users() if row.name in names],
            lambda row: row.name,
        )
        self.model = PagedTableModel(columns, query, parent=self)
        self.table = TableView(self.model, two_lines=True, multi=False)
        self.table.setAccessibleName(_("Pengguna"))
        card = Card(parent=self, margins=0)
        card.body.addWidget(self.table)
        column.addWidget(card, 1)
        row = QHBoxLayout()
        row.addWidget(button(_("Tambah pengguna …"), icon="user-plus", parent=self, clicked=self.add))
        row.addStretch(1)
        column.addLayout(row)
        self.model.refresh()

    def add(self) -> UserDialog:
        dialog = UserDialog(self._services, self._runner, self)
        dialog.accepted.connect(self.model.refresh)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog


class UserDialog(Dialog):
    """A colleague: name, role, first passphrase."""

    def __init__(self, services: Services, runner: Runner, parent: QWidget) -> None:
        subtitle = _("Berikan kata sandi pertama ini langsung kepada orangnya; ia dapat menggantinya sendiri.")
        super().__init__(_("Tambah pengguna"), parent, subtitle=subtitle)
        self._services, self._runner = services, runner
        self.full_name = TextField(_("Nama lengkap"), parent=self)
        self.name = TextField(_("Nama pengguna"), _("Pendek, untuk masuk"), parent=self)
        self.role = combo([(key, _(text)) for key, text in ROLES.items()])
        self.new = NewPassphrase(parent=self)
        self.body.addWidget(self.full_name)
        row = QHBoxLayout()
        row.setSpacing(theme.MARGIN)
        row.addWidget(self.name, 1)
        row.addWidget(Field(_("Peran"), self.role, _("Apa yang boleh dilakukan"), self), 1)
        self.body.addLayout(row)
        self.body.addWidget(self.new)
        self.add_cancel()
        self.add_primary(_("Tambah pengguna"), self._save)
        fit(self, 560, 480)

    def _save(self) -> None:
        named = self.name.require(_("Nama pengguna belum diisi."))
        taken = any(row.name == self.name.text for row in self._services.accounts.users())
        if taken:
            self.name.set_error(_("Nama pengguna ini sudah ada."))
        if not self.full_name.require(_("Nama lengkap belum diisi.")) or not named or taken or not self.new.accept():
            return
        name, full_name, role, passphrase = self.name.text, self.full_name.text, self.role.currentData(), self.new.value
        self._runner.run_write(
            lambda _progress: self._services.accounts.add_user(name, full_name, role, passphrase),
            lambda _changes: self.accept(),
            lambda error: messages.show_error(self, error),
            owner=self,
        )

"""Parameters of the rules: value, from when, where it comes from, and whether anybody has verified it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_date
from asn_desktop.gui import messages, theme
from asn_desktop.gui.dialogs import Dialog
from asn_desktop.gui.paged_model import CellKind, PagedTableModel, TableColumn, TableQuery
from asn_desktop.gui.start.fields import Field, TextField
from asn_desktop.gui.table_view import TableView
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import Card, DateField, button, label
from asn_desktop.reference.parameter_labels import parameter_label
from asn_desktop.reference.queries import ParameterRow
from asn_desktop.services import Services


class ParametersPage(QWidget):
    """Every parameter with its source; double click or the button sets a new value from a day on."""

    def __init__(self, services: Services, runner: Runner, parent: QWidget) -> None:
        super().__init__(parent)
        self._services, self._runner = services, runner
        self._rows: dict[tuple[str, str], ParameterRow] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        text = _("Isian bertanda “Belum diverifikasi” perlu dicocokkan dengan peraturan sebelum dipakai resmi.")
        column.addWidget(label(text, "secondary", wrap=True, parent=self))
        columns: Sequence[TableColumn] = (
            TableColumn(
                "what", _("Aturan"), lambda row: parameter_label(row.key), CellKind.TWO_LINES, 390,
                second=lambda row: row.source, tip=lambda row: row.source,
            ),
            TableColumn("value", _("Isi"), lambda row: row.value, width=64),
            TableColumn(
                "state", _("Status"), lambda row: _("Diverifikasi") if row.verified else _("Belum diverifikasi"),
                CellKind.CHIP, 150, tone=lambda row: "good" if row.verified else "attention",
            ),
        )  # fmt: skip
        query = TableQuery(self._ids, self._found, lambda row: (row.key, row.valid_from.isoformat()))
        self.model = PagedTableModel(columns, query, parent=self)
        self.table = TableView(self.model, two_lines=True, multi=False)
        self.table.setAccessibleName(_("Aturan"))
        self.table.opened.connect(lambda _row: self.edit())
        card = Card(parent=self, margins=0)
        card.body.addWidget(self.table)
        column.addWidget(card, 1)
        row = QHBoxLayout()
        self.edit_button = button(_("Ubah isi …"), icon="pencil", parent=self, clicked=self.edit)
        row.addWidget(self.edit_button)
        row.addStretch(1)
        column.addLayout(row)
        self.read()

    def read(self) -> None:
        rows = sorted(self._services.reference.parameters(), key=lambda row: (row.key.startswith("jp.setara"), row.key))
        self._rows = {(row.key, row.valid_from.isoformat()): row for row in rows}
        self.model.refresh()

    def _ids(self, _spec: object) -> list[tuple[str, str]]:
        return list(self._rows)

    def _found(self, ids: Sequence[tuple[str, str]]) -> list[ParameterRow]:
        return [self._rows[key] for key in ids if key in self._rows]

    def edit(self) -> None:
        row = self.table.row()
        if row is None:
            return
        dialog = ParameterDialog(row, self)
        dialog.wanted.connect(lambda: self._save(row, dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save(self, row: ParameterRow, dialog: ParameterDialog) -> None:
        value, since, source = dialog.value.text, dialog.since.value, dialog.source.text
        assert since is not None
        dialog.save_and_close(
            self._runner,
            lambda: self._services.reference.set_parameter(row.key, value, since, source),
            lambda _changes: self._saved(),
        )

    def _saved(self) -> None:
        self.read()
        messages.notify(self, _("Aturan disimpan; periode lama memakai isi lamanya."))


class ParameterDialog(Dialog):
    """A new value, from when it counts, and where it is written."""

    def __init__(self, row: ParameterRow, parent: QWidget) -> None:
        super().__init__(_("Ubah isi aturan"), parent, subtitle=parameter_label(row.key))
        self._number = row.value.isdigit()
        self.value = TextField(_("Isi"), text=row.value, parent=self)
        self.since = DateField(name=_("Berlaku sejak"))
        self.since.set_value(row.valid_from)
        hint = _("Sekarang berlaku sejak {day}").format(day=format_date(row.valid_from))
        self.source = TextField(
            _("Dasar"), _("Peraturan atau keputusan kantor, dengan pasalnya"), text=row.source, parent=self
        )
        for widget in (self.value, Field(_("Berlaku sejak"), self.since, hint, self), self.source):
            self.body.addWidget(widget)
        self.add_cancel()
        self.add_primary(_("Simpan"), self._check)

    def _check(self) -> None:
        good = self.value.require(_("Isinya masih kosong."))
        if good and self._number and not self.value.text.isdigit():
            self.value.set_error(_("Isinya harus berupa angka."))
            good = False
        good = self.source.require(_("Tulis dasarnya, agar orang lain dapat memeriksa.")) and good
        if self.since.commit() and self.since.value is not None and good:
            self.wanted.emit()

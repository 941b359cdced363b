"""Settings: the office, the rules' parameters, users, passphrase, appearance."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from asn_desktop.core.errors import AppError, InputError, WrongPassphrase
from asn_desktop.core.i18n import _
from asn_desktop.gui import icons, messages, theme
from asn_desktop.gui.dialogs import Dialog, fit
from asn_desktop.gui.main_window import MainWindow
from asn_desktop.gui.parameters_page import ParametersPage
from asn_desktop.gui.recovery_code_dialog import RecoveryCodeDialog
from asn_desktop.gui.start.fields import PassphraseField, TextField
from asn_desktop.gui.start.office_code import OfficeCodeField
from asn_desktop.gui.start.passphrase import NewPassphrase
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.users_page import UsersPage
from asn_desktop.gui.widgets import Segment, SegmentedControl, button, label
from asn_desktop.reference.queries import OfficeRow
from asn_desktop.services import Services


class SettingsDialog(Dialog):
    """``page`` names the page to begin with: office, rules, users, passphrase, look."""

    def __init__(
        self, services: Services, runner: Runner, parent: QWidget | None = None, *, page: str = "office"
    ) -> None:
        super().__init__(_("Pengaturan"), parent)
        self.office = OfficePage(services, runner, self)
        self.rules = ParametersPage(services, runner, self)
        self.users = UsersPage(services, runner, self)
        self.passphrase = PassphrasePage(services, runner, self)
        self.look = LookPage(self)
        pages = [
            ("office", "landmark", _("Kantor"), self.office),
            ("rules", "list-checks", _("Aturan"), self.rules),
            ("users", "users", _("Pengguna"), self.users),
            ("passphrase", "key-round", _("Kata sandi"), self.passphrase),
            ("look", "eye", _("Tampilan"), self.look),
        ]
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("Bagian pengaturan"))
        self.list.setFixedWidth(theme.tokens().px(170))
        self.list.setSpacing(2)
        self.pages = QStackedWidget(self)
        for _key, icon, title, widget in pages:
            self.list.addItem(QListWidgetItem(icons.icon(icon, theme.tokens().muted), title))
            self.pages.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(theme.MARGIN)
        row.addWidget(self.list)
        row.addWidget(self.pages, 1)
        self.body.addLayout(row, 1)
        self.add_cancel(_("Tutup"))
        self.list.currentRowChanged.connect(self.pages.setCurrentIndex)
        self.list.setCurrentRow([key for key, *_rest in pages].index(page))
        fit(self, 860, 560)


class SettingsPage(QWidget):
    """A page with a sentence on top and, where something is saved, one button at its end."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.GAP)
        self.column.addWidget(label(text, "secondary", wrap=True, parent=self))

    def add_save(self, text: str, action: Callable[[], object]) -> None:
        row = QHBoxLayout()
        row.addWidget(button(text, kind="primary", parent=self, clicked=action))
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addStretch(1)


class OfficePage(SettingsPage):
    """The names on forms and in workbooks."""

    def __init__(self, services: Services, runner: Runner, parent: QWidget) -> None:
        super().__init__(_("Nama-nama ini tampil di kepala jendela, di formulir, dan di berkas ekspor."), parent)
        self._services, self._runner = services, runner
        office = services.reference.office()
        self.name = TextField(_("Nama kantor"), text=office.name, parent=self)
        self.agency = TextField(_("Nama instansi pada formulir"), text=office.agency, parent=self)
        self.place = TextField(_("Tempat pada tanda tangan"), text=office.place, parent=self)
        for field in (self.name, self.agency):
            self.column.addWidget(field)
        self._add_code(office)
        self.add_save(_("Simpan data kantor"), self._save)

    def _add_code(self, office: OfficeRow) -> None:
        """Code and role: to be changed while nobody else has seen them."""
        self._stored = (office.code, office.role)
        self.code = OfficeCodeField(office.code, office.role, parent=self)
        self.role = SegmentedControl(
            [Segment("district", _("Kabupaten/Kota")), Segment("province", _("Provinsi"))], self, name=_("Peran kantor")
        )
        self.role.set_value(office.role)
        self.role.changed.connect(lambda value: self.code.set_office_role(str(value)))
        row = QHBoxLayout()
        row.setSpacing(theme.MARGIN)
        row.addWidget(self.place, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.code, 1, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)
        line = QHBoxLayout()
        line.setSpacing(theme.MARGIN)
        line.addWidget(label(_("Peran kantor"), "field", parent=self))
        line.addWidget(self.role)
        line.addStretch(1)
        self.column.addLayout(line)
        fixed = self._services.packages.own.fixed()
        self.code.line.setEnabled(not fixed)
        self.role.setEnabled(not fixed)
        text = _("Kode dan peran sudah dipakai dalam pertukaran data, jadi tidak dapat diubah.")
        if not fixed:
            text = _("Kode dan peran dapat diubah sampai paket atau lembar kerja pertama dibuat atau diterima.")
        self.column.addWidget(label(text, "secondary", wrap=True, parent=self))

    def _save(self) -> None:
        checks = (
            self.name.require(_("Nama kantor belum diisi.")),
            self.agency.require(_("Nama instansi belum diisi.")),
            self.place.require(_("Tempat belum diisi.")),
        )
        if not all(checks):
            return
        if not self.code.accept():
            self.code.line.setFocus()
            return
        code, role = self.code.text, str(self.role.value)
        if (code, role) == self._stored:
            self._save_names()
        elif self._means_it(code):
            own = self._services.packages.own
            self._runner.run_write(
                lambda _progress: own.change(code, role),
                lambda _changes: self._code_changed(code, role),
                lambda error: messages.show_error(self, error),
                owner=self,
            )

    def _means_it(self, code: str) -> bool:
        """Other offices know this one by its code: asked about, with the region that it names."""
        region = self.code.region
        if region is None or not self.code.sure(self):
            return False
        title = _("Ubah kode kantor dari {old} menjadi {new}?").format(old=self._stored[0], new=region.code)
        return messages.ask(self, title, f"{region.words}.", yes=_("Ubah kode"))

    def _code_changed(self, code: str, role: str) -> None:
        self._stored = (code, role)
        self._save_names()

    def _save_names(self) -> None:
        name, agency, place = self.name.text, self.agency.text, self.place.text
        self._runner.run_write(
            lambda _progress: self._services.reference.save_office(name, agency, place),
            lambda _changes: messages.notify(self, _("Data kantor disimpan.")),
            lambda error: messages.show_error(self, error),
            owner=self,
        )


class PassphrasePage(SettingsPage):
    """A new passphrase for whoever is signed in, and a new recovery code for the office."""

    def __init__(self, services: Services, runner: Runner, parent: QWidget) -> None:
        super().__init__(_("Kata sandi baru berlaku segera. Kode pemulihan tetap yang lama."), parent)
        self._services, self._runner = services, runner
        self.old = PassphraseField(_("Kata sandi sekarang"), parent=self)
        self.new = NewPassphrase(_("Kata sandi baru"), self)
        self.column.addWidget(self.old)
        self.column.addWidget(self.new)
        self.add_save(_("Ganti kata sandi"), self._save)
        self.column.addWidget(label(_("Kode pemulihan"), "section", parent=self))
        row = QHBoxLayout()
        row.setSpacing(theme.MARGIN)
        text = _("Membuka data bila kata sandi lupa. Kertasnya hilang atau belum pernah dicatat? Buat yang baru.")
        row.addWidget(label(text, "secondary", wrap=True, parent=self), 1)
        self.new_code = button(
            _("Buat kode pemulihan baru …"), icon="key-round", parent=self, clicked=self.open_new_code
        )
        row.addWidget(self.new_code)
        self.column.addLayout(row)

    def open_new_code(self) -> RecoveryCodeDialog:
        dialog = RecoveryCodeDialog(self._services, self._runner, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _save(self) -> None:
        if not self.new.accept():
            return
        old, new = self.old.text, self.new.value
        self._runner.run_read(
            lambda _progress: self._services.accounts.change_passphrase(old, new),
            lambda _nothing: self._saved(),
            self._failed,
            owner=self,
        )

    def _saved(self) -> None:
        self.old.clear()
        self.new.clear()
        messages.notify(self, _("Kata sandi diganti."))

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, WrongPassphrase):
            self.old.set_error(_("Kata sandi sekarang tidak cocok."))
            self.old.line.setFocus()
        elif isinstance(error, InputError) and isinstance(error, AppError):
            self.new.first.set_error(error.message)
        else:
            messages.show_error(self, error)


class LookPage(SettingsPage):
    """Large text and high contrast: the same switches as in the menu *Tampilan*."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Berlaku untuk komputer ini. Dapat juga diubah lewat menu Tampilan."), parent)
        self.large = QCheckBox(_("Tulisan besar (125%)"), self)
        self.contrast = QCheckBox(_("Kontras tinggi"), self)
        self.column.addWidget(self.large)
        self.column.addWidget(self.contrast)
        self.column.addStretch(1)
        window = parent.parentWidget()
        self.setEnabled(isinstance(window, MainWindow))
        if isinstance(window, MainWindow):
            for box, action in ((self.large, window.large_text), (self.contrast, window.high_contrast)):
                box.setChecked(action.isChecked())
                box.toggled.connect(action.setChecked)

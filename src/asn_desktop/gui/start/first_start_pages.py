"""The pages of the first start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.gui import theme
from asn_desktop.gui.start.choice import Choice
from asn_desktop.gui.start.fields import TextField
from asn_desktop.gui.start.office_code import OfficeCodeField
from asn_desktop.gui.start.page import Page
from asn_desktop.gui.start.passphrase import NewPassphrase
from asn_desktop.gui.start.recovery_code import RecoveryCodeView
from asn_desktop.gui.widgets import Segment, SegmentedControl, label

if TYPE_CHECKING:
    from asn_desktop.reference.queries import OfficeRow


class OfficePage(Page):
    """Who we are: the names that stand on forms and in exchanged workbooks."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = _("Selamat datang")
        self.subtitle = _(
            "Isi data kantor. Semuanya dapat diubah nanti di Pengaturan; kode dan peran hanya sebelum bertukar data."
        )
        self.role = SegmentedControl(
            [Segment("district", _("Kabupaten/Kota")), Segment("province", _("Provinsi"))], name=_("Peran kantor")
        )
        self.role.set_value("district")
        self.name = TextField(_("Nama kantor"), parent=self)
        self.agency = TextField(_("Nama instansi pada formulir"), parent=self)
        self.code = OfficeCodeField(parent=self)
        self.place = TextField(_("Tempat pada tanda tangan"), parent=self)
        self.column.addWidget(label(_("Peran kantor"), "field", parent=self))
        row = QHBoxLayout()
        row.addWidget(self.role)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addWidget(self.name)
        self.column.addWidget(self.agency)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.MARGIN)
        grid.addWidget(self.code, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.place, 0, 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.column.addLayout(grid)
        self.column.addStretch(1)
        self.name.line.editingFinished.connect(self._propose_agency)
        self.role.changed.connect(lambda _value: self._show_examples())
        self._show_examples()

    def _show_examples(self) -> None:
        """Examples of an office of this kind."""
        province = self.role.value == "province"
        self.name.set_hint(_("Misalnya: BKD Provinsi Contoh") if province else _("Misalnya: BKPSDM Kabupaten Contoh"))
        self.agency.set_hint(
            _("Misalnya: Pemerintah Provinsi Contoh") if province else _("Misalnya: Pemerintah Kabupaten Contoh")
        )
        self.place.set_hint(_("Misalnya: Banda Aceh") if province else _("Misalnya: Blangpidie"))
        self.code.set_office_role(self.role.value or "district")

    def start(self) -> None:
        self.name.line.setFocus()

    @property
    def office(self) -> OfficeRow:
        from asn_desktop.reference.queries import OfficeRow

        return OfficeRow(
            self.code.text, self.name.text, self.agency.text, self.place.text, self.role.value or "district", False
        )

    def accept(self) -> bool:
        """Whether everything needed is there; otherwise the first open field gets the cursor."""
        checks = [
            (self.name, self.name.require(_("Nama kantor belum diisi."))),
            (self.agency, self.agency.require(_("Nama instansi belum diisi."))),
            (self.code, self.code.accept()),
            (self.place, self.place.require(_("Tempat belum diisi."))),
        ]
        first = next((field for field, good in checks if not good), None)
        if first is not None:
            first.line.setFocus()
            return False
        return self.code.sure(self)

    def _propose_agency(self) -> None:
        words = self.name.text.split(" ", 1)
        if not self.agency.text and len(words) == 2 and words[1].lower().startswith(("kab", "kota", "prov")):
            self.agency.line.setText(_("Pemerintah {area}").format(area=words[1]))
            self.agency.set_error("")


class UserPage(Page):
    """Who signs in. The passphrase encrypts everything."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = _("Siapa yang masuk?")
        self.subtitle = _("Seluruh data dienkripsi dengan kata sandi ini. Rekan kerja dapat ditambahkan nanti.")
        names = QHBoxLayout()
        names.setSpacing(theme.MARGIN)
        self._full_name = TextField(_("Nama lengkap"), _("Tampil di riwayat perubahan"), parent=self)
        self._name = TextField(_("Nama pengguna"), _("Pendek, untuk masuk"), text="operator", parent=self)
        names.addWidget(self._full_name, 3)
        names.addWidget(self._name, 2)
        self.column.addLayout(names)
        self.new = NewPassphrase(parent=self)
        self.column.addWidget(self.new)
        self.column.addStretch(1)

    def start(self) -> None:
        self._full_name.line.setFocus()

    @property
    def name(self) -> str:
        return self._name.text

    @property
    def full_name(self) -> str:
        return self._full_name.text

    @property
    def passphrase(self) -> str:
        return self.new.value

    @property
    def name_field(self) -> TextField:
        return self._name

    def accept(self) -> bool:
        if not self._name.require(_("Nama pengguna belum diisi.")):
            self._name.line.setFocus()
            return False
        return self.new.accept()

    def forget(self) -> None:
        self.new.clear()


class CodePage(Page):
    """The recovery code, until it was noted."""

    noted = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = _("Catat kode pemulihan")
        self.subtitle = ""
        self.view: RecoveryCodeView | None = None

    def set_code(self, office: str, code: str) -> None:
        self.view = RecoveryCodeView(office, code, self)
        self.view.noted.connect(self.noted)
        self.column.addWidget(self.view)
        self.column.addStretch(1)


class BeginPage(Page):
    """Three ways to begin."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = _("Data kantor siap")
        self.subtitle = _("Apa yang ingin Anda lakukan dahulu?")
        self.choices: dict[str, Choice] = {}
        for value, icon, title, text in (
            (
                "import",
                "upload",
                _("Impor daftar pegawai"),
                _("Nominatif, unduhan SIMPEG, atau daftar PPPK. Diperiksa dahulu, disimpan setelah Anda setuju."),
            ),
            (
                "receive",
                "package",
                _("Terima paket kabupaten/kota"),
                _("Pilih paket yang sudah dikirim kabupaten/kota. Isinya ditunjukkan dahulu sebelum disimpan."),
            ),
            (
                "sample",
                "sparkles",
                _("Buka kantor contoh"),
                _("Kabupaten rekaan dengan 1.200 pegawai untuk belajar. Terpisah dari data kantor Anda."),
            ),
            (
                "empty",
                "house",
                _("Mulai dari kosong"),
                _("Langsung ke jendela utama; pegawai ditambahkan satu per satu atau diimpor nanti."),
            ),
        ):
            choice = Choice(value, icon, title, text, self)
            choice.chosen.connect(self.chosen)
            self.choices[value] = choice
            self.column.addWidget(choice)
        self.column.addStretch(1)
        self.set_office_role("district")

    def set_office_role(self, role: str) -> None:
        """A province gets its people in packages, it imports no list of employees."""
        self.first = self.choices["receive" if role == "province" else "import"]
        for value in ("import", "receive"):
            self.choices[value].setVisible(self.choices[value] is self.first)

    def start(self) -> None:
        self.first.setFocus()

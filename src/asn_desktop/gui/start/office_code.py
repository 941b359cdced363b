"""The field of an office's code: says which region it names, so that a slip is seen."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from asn_desktop.core.errors import InputError
from asn_desktop.core.i18n import _
from asn_desktop.gui import messages
from asn_desktop.gui.start.fields import TextField
from asn_desktop.reference.office_code import Region, parse_office_code


class OfficeCodeField(TextField):
    """While a whole code stands in it, its region is named below; an error says what such a code looks like."""

    def __init__(self, text: str = "", role: str = "district", *, parent: QWidget | None = None) -> None:
        super().__init__(_("Kode kantor"), text=text, parent=parent)
        self._role = role
        self.line.textChanged.connect(lambda _text: self._say_region())
        self._say_region()

    def set_office_role(self, role: str) -> None:
        """Whether the code of a province or of a kabupaten/kota is wanted."""
        self._role = role
        self.set_error("")
        self._say_region()

    @property
    def region(self) -> Region | None:
        """What the code names; None while it is none."""
        try:
            return parse_office_code(self.text, self._role)
        except InputError:
            return None

    def accept(self) -> bool:
        """Whether this is a code for such an office; otherwise says what is wrong."""
        try:
            region = parse_office_code(self.text, self._role)
        except InputError as error:
            empty = _("Kode kantor belum diisi.")
            self.set_error(f"{error.message} {error.hint}" if self.text else empty)
            return False
        self.line.setText(region.code)
        self.set_error("")
        return True

    def sure(self, parent: QWidget) -> bool:
        """A code of no known province is asked about; the others need no question."""
        region = self.region
        if region is None or region.province:
            return region is not None
        text = _("Tidak ada provinsi yang dikenal dengan kode {code}. Pakai hanya bila kodenya memang baru.")
        return messages.ask(
            parent,
            _("Pakai kode {code}?").format(code=region.code),
            text.format(code=region.code[:2]),
            yes=_("Pakai kode ini"),
        )

    def _say_region(self) -> None:
        region = self.region
        example = (
            _("Kode wilayah 2 angka, misalnya 11") if self._role == "province" else _("Kode wilayah, misalnya 11.12")
        )
        self.set_hint(region.words if region is not None else example)

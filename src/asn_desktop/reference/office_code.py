"""The code of an office: the region's code of the Ministry of Home Affairs (Kode Wilayah, Kepmendagri).

Two digits name a province, two more a kabupaten (01–69) or a kota (from 71). Two offices that give themselves the same
code, or one that gives itself a province's, could not exchange anything; so it is looked at before it is used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from asn_desktop.core.errors import InputError
from asn_desktop.core.i18n import _
from asn_desktop.environment.resources import reference_table

_CODE = re.compile(r"(\d\d)(?:\.?(\d\d))?")


@dataclass(frozen=True, slots=True)
class Region:
    """What a code says. ``province`` is empty for a number that no known province has (a new one, or a slip)."""

    code: str
    role: str
    province: str

    @property
    def words(self) -> str:
        """*Provinsi Aceh*, *kabupaten di Aceh*: to be compared with what the person meant."""
        name = self.province or _("provinsi yang belum dikenal")
        if self.role == "province":
            return _("Provinsi {name}").format(name=self.province) if self.province else name.capitalize()
        return (_("Kabupaten di {name}") if int(self.code[3:]) < 70 else _("Kota di {name}")).format(name=name)


@cache
def _provinces() -> dict[str, str]:
    return {row["kode"]: row["nama"] for row in reference_table("provinsi")}


def parse_office_code(text: str, role: str) -> Region:
    """The region of a code as it is written (``11.12``, ``1112``, ``11``) for an office of this role.

    Raises :class:`InputError` (ASN-1106) when it has not the structure of such a code.
    """
    found = _CODE.fullmatch(text.strip())
    number, place = found.groups() if found else ("", None)
    if role == "province":
        if found is None or place is not None:
            raise InputError(
                _("Kode provinsi terdiri atas 2 angka."),
                _("Tulis kode wilayah provinsinya, misalnya 11 untuk Aceh."),
                code="ASN-1106",
            )
        return Region(number, role, _provinces().get(number, ""))
    if place is None or place in ("00", "70"):
        message = _("Kode kabupaten/kota terdiri atas 4 angka: 01–69 untuk kabupaten, mulai 71 untuk kota.")
        if found is not None and place is None and number in _provinces():
            message = _("{code} adalah kode Provinsi {name}, bukan kabupaten/kota.").format(
                code=number, name=_provinces()[number]
            )
        raise InputError(message, _("Tulis kode wilayahnya, misalnya 11.12."), code="ASN-1106")
    return Region(f"{number}.{place}", role, _provinces().get(number, ""))

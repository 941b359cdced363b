"""Quarters and years as the programme counts them (tahun kinerja = calendar year, PermenPANRB 6/2022 Pasal 5)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from asn_desktop.core.errors import InputError
from asn_desktop.core.i18n import _

_CODE = re.compile(r"^(\d{4})-(?:TW([1-4])|(TAHUNAN))$")
_ROMAN = ("", "I", "II", "III", "IV")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """An evaluation period: a quarter (1–4), or the whole year (quarter 0, *evaluasi tahunan*)."""

    year: int
    quarter: int

    @property
    def code(self) -> str:
        """Stable name in files and on the command line: ``2026-TW3`` or ``2026-TAHUNAN``."""
        return f"{self.year}-TW{self.quarter}" if self.quarter else f"{self.year}-TAHUNAN"

    @property
    def short_code(self) -> str:
        """``TW3`` or ``TAHUNAN``, the column PERIODE of the canonical workbook."""
        return f"TW{self.quarter}" if self.quarter else "TAHUNAN"

    @property
    def label(self) -> str:
        """``Triwulan III 2026`` or ``Tahunan 2026``."""
        return f"Triwulan {_ROMAN[self.quarter]} {self.year}" if self.quarter else f"Tahunan {self.year}"

    @property
    def form_title(self) -> str:
        """The PERIODE line of forms C and D: ``TRIWULAN III``; the annual form reads ``AKHIR``."""
        return f"TRIWULAN {_ROMAN[self.quarter]}" if self.quarter else "AKHIR"

    @property
    def starts(self) -> date:
        return date(self.year, self.quarter * 3 - 2 if self.quarter else 1, 1)

    @property
    def ends(self) -> date:
        if self.quarter in (0, 4):
            return date(self.year, 12, 31)
        return date(self.year, self.quarter * 3 + 1, 1) - timedelta(days=1)

    def previous(self) -> Period:
        """The quarter before (of a year: the year before)."""
        if self.quarter == 0:
            return Period(self.year - 1, 0)
        return Period(self.year - 1, 4) if self.quarter == 1 else Period(self.year, self.quarter - 1)

    def next(self) -> Period:
        if self.quarter == 0:
            return Period(self.year + 1, 0)
        return Period(self.year + 1, 1) if self.quarter == 4 else Period(self.year, self.quarter + 1)


def parse_period(text: str) -> Period:
    """Read ``2026-TW3`` or ``2026-TAHUNAN``; raises :class:`InputError` otherwise."""
    match = _CODE.match(text.strip().upper())
    if not match:
        raise InputError(
            _("Periode “{text}” tidak dikenal.").format(text=text),
            _("Tulis seperti 2026-TW3 (Triwulan III 2026) atau 2026-TAHUNAN."),
            code="ASN-1101",
        )
    return Period(int(match[1]), int(match[2] or 0))


def quarter_of(day: date) -> Period:
    return Period(day.year, (day.month - 1) // 3 + 1)

"""Words in a heading that say *which* of two like columns it is: of before or of now, of this quarter or of that.

"JABATAN LAMA | JABATAN BARU", "TRIWULAN II" over three columns and "TRIWULAN III" over three others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from asn_desktop.core.columns import words
from asn_desktop.exchange.titles import quarter_in

_OLD = frozenset(
    words("LAMA|AWAL|CPNS|CAPEG|SEBELUM|SEBELUMNYA|SEMULA|ASAL|TERDAHULU|DAHULU|DULU|MULA|MULANYA|LALU|PERTAMA")
)
_NEW = frozenset(
    words("BARU|TERBARU|TERAKHIR|AKHIR|SEKARANG|TERKINI|KINI|MENJADI|TUJUAN|SETELAH|SESUDAH|SESUDAHNYA|DEFINITIF")
)
_FILLERS = frozenset(words("SAAT|PADA|WAKTU|YANG|DARI|KE|INI"))
_ALONE = {"DARI": "LAMA", "KE": "BARU", "SAAT INI": "BARU", "DULU": "LAMA"}
_SAAT_INI = re.compile(r"\bSAAT\s+INI\b")
_WORD = re.compile(r"[A-Z]+")
_YEAR = re.compile(r"\b20[2-9]\d\b")


class Age(StrEnum):
    """Whether a heading speaks of what was, or of what holds now."""

    OLD = "old"
    NEW = "new"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A heading taken apart. ``bare`` is what is left without the words about age and period; ``period`` as in the
    catalogue of ratings (``TW2``, ``TAHUNAN``), ``year`` with four digits; both may be empty."""

    bare: str
    age: Age = Age.NONE
    period: str = ""
    year: str = ""

    @property
    def says(self) -> bool:
        return bool(self.age or self.period or self.year)

    def fits(self, year: str, period: str) -> bool:
        """Whether the heading may be of that period; what neither says is left open."""
        return (not self.period or not period or self.period == period) and (
            not self.year or not year or self.year == year
        )

    @property
    def is_dated(self) -> bool:
        return bool(self.period or self.year)


@lru_cache(maxsize=2048)
def take_apart(heading: str) -> Words:
    """``"PANGKAT LAMA"`` → PANGKAT, OLD; ``"Hasil Kerja TW III 2026"`` → HASIL KERJA, TW3, 2026.

    A heading that speaks of both ages ("LAMA/BARU") says nothing about age.
    """
    text = _SAAT_INI.sub("SEKARANG", " ".join(heading.upper().split()))
    text = _ALONE.get(text, text)
    period, text = quarter_in(text)
    found = _YEAR.search(text)
    year = found[0] if found else ""
    text = _YEAR.sub(" ", text)
    said = set(_WORD.findall(text))
    old, new = bool(said & _OLD), bool(said & _NEW)
    age = Age.NONE if old == new else Age.OLD if old else Age.NEW
    if not (age or period or year):
        return Words(heading)
    dropped = _FILLERS | ((_OLD | _NEW) if age else frozenset())
    if period or year:
        dropped |= {"TAHUN"}
    bare = _WORD.sub(lambda match: "" if match[0] in dropped else match[0], text)
    return Words(" ".join(re.sub(r"[()\[\]]", " ", bare).split()).strip(" -/.,:"), age, period, year)

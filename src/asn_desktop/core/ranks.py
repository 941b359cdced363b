"""Golongan and pangkat: every spelling offices use, their order, their printed form.

The two lists are constants here and not read from ``resources/``: core is standard library only, codecs call
this for every row, and the list itself has not changed since PP 7/1977 (PNS) and Perpres 98/2020 (PPPK).
``resources/reference/golongan_*.csv`` stays the editable reference for people; a test keeps both equal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from asn_desktop.core.i18n import _

_PNS_TITLES = {
    "I": ("Juru Muda", "Juru Muda Tingkat I", "Juru", "Juru Tingkat I"),
    "II": ("Pengatur Muda", "Pengatur Muda Tingkat I", "Pengatur", "Pengatur Tingkat I"),
    "III": ("Penata Muda", "Penata Muda Tingkat I", "Penata", "Penata Tingkat I"),
    "IV": ("Pembina", "Pembina Tingkat I", "Pembina Utama Muda", "Pembina Utama Madya", "Pembina Utama"),
}
_ROMAN_TEXT = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII"
_ROMAN = _ROMAN_TEXT.split()

# III/a, iii.A, IIIa, III - a, 3A; the letter must not run on into a word ("Tingkat I (IV/b)").
_PNS = re.compile(r"(?<![A-Z0-9])(IV|I{1,3}|[1-4])\s*[/\\.,\-–—]*\s*([A-E])(?![A-Z0-9])")
_PPPK = re.compile(
    r"(?<![A-Z])(X(?:V(?:I{0,2})|I{1,3}|IV)?|IX|IV|VI{0,3}|I{1,3})(?![A-Z])(?!\s*[/.,\-–]?\s*[A-E](?![A-Z]))"
)
_WORDS = re.compile(r"\b(?:GOLONGAN|GOL|RUANG|PANGKAT)\b\.?:?")
_ONLY_DIGITS = re.compile(r"^\d{1,2}(?:\.0)?$")


class RankError(ValueError):
    """Not a golongan. Codes: rank_unknown, rank_ambiguous, rank_kind_mismatch."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Rank:
    """``order`` rises with the rank, within PNS (1–17) and within PPPK (1–17), never across."""

    code: str
    order: int
    is_pppk: bool
    title: str = ""

    @property
    def printable(self) -> str:
        """``Penata Muda Tingkat I (III/b)``; a PPPK has only the golongan: ``IX``."""
        return f"{self.title} ({self.code})" if self.title else self.code

    @property
    def national_code(self) -> str:
        if self.is_pppk:
            return f"{self.order:02}"
        group, step = self.code.split("/")
        return f"{_ROMAN.index(group) + 1}{'abcde'.index(step) + 1}"


@cache
def pns_ranks() -> tuple[Rank, ...]:
    """I/a … IV/e in rising order."""
    codes = [
        (group, step, title)
        for group, titles in _PNS_TITLES.items()
        for step, title in zip("abcde", titles, strict=False)
    ]
    return tuple(Rank(f"{group}/{step}", order, False, title) for order, (group, step, title) in enumerate(codes, 1))


@cache
def pppk_ranks() -> tuple[Rank, ...]:
    """I … XVII in rising order."""
    return tuple(Rank(code, order, True) for order, code in enumerate(_ROMAN, 1))


@cache
def ranks_by_code() -> dict[str, Rank]:
    return {rank.code: rank for rank in (*pns_ranks(), *pppk_ranks())}


@lru_cache(maxsize=4096)
def parse_rank(text: str, employment_kind: str | None = None) -> Rank:
    """The rank in ``text``; ``employment_kind`` (PNS, CPNS, PPPK, PPPK_PARUH_WAKTU) settles what text cannot.

    "IV/a" is a PNS, "IV" alone is PPPK golongan 4; "11" is I/a for a PNS and XI for a PPPK.
    Raises :class:`RankError`.
    """
    wanted = None if not employment_kind else employment_kind.startswith("PPPK")
    upper = " ".join(text.upper().split())
    rank = _find(upper, wanted)
    if wanted is not None and rank.is_pppk != wanted:
        raise RankError(
            "rank_kind_mismatch",
            _("Golongan {code} adalah golongan {rank_kind}, sedangkan jenis pegawai {kind}.").format(
                code=rank.code, rank_kind="PPPK" if rank.is_pppk else "PNS", kind=employment_kind
            ),
        )
    return rank


def rank_from_title(text: str) -> Rank | None:
    """The PNS rank whose pangkat is named, e.g. "Penata Tk. I" → III/d; None when it is no pangkat."""
    return _titles().get(_title_key(text))


def _find(upper: str, wanted: bool | None) -> Rank:
    found = {(group, step) for group, step in _PNS.findall(upper)}
    if len(found) == 1:
        group, step = found.pop()
        roman = _ROMAN[int(group) - 1] if group.isdigit() else group
        rank = ranks_by_code().get(f"{roman}/{step.lower()}")
        if rank is None:
            raise _unknown(upper)
        return rank
    if found:
        raise RankError("rank_ambiguous", _("Ada lebih dari satu golongan dalam “{text}”.").format(text=upper))
    by_title = rank_from_title(upper)
    if by_title is not None:
        return by_title
    bare = _WORDS.sub(" ", upper).strip(" .,:()-–/")
    if _ONLY_DIGITS.match(bare):
        return _by_number(bare.removesuffix(".0"), wanted)
    romans = set(_PPPK.findall(bare.replace("TINGKAT I", "").replace("TK. I", "").replace("TK I", "")))
    if len(romans) == 1:
        return ranks_by_code()[romans.pop()]
    raise _unknown(upper)


def _by_number(number: str, wanted: bool | None) -> Rank:
    """National codes: 11–45 for PNS, 01–17 for PPPK. 11–14 exist in both lists."""
    pns = next((rank for rank in pns_ranks() if rank.national_code == number), None)
    pppk = next((rank for rank in pppk_ranks() if rank.order == int(number)), None)
    if pns and pppk:
        if wanted is None:
            text = _("“{text}” dapat berarti {pns} (PNS) atau {pppk} (PPPK). Tulis golongannya dengan huruf.")
            raise RankError("rank_ambiguous", text.format(text=number, pns=pns.code, pppk=pppk.code))
        return pppk if wanted else pns
    rank = pns or pppk
    if rank is None:
        raise _unknown(number)
    return rank


def _unknown(text: str) -> RankError:
    reason = _("“{text}” bukan golongan yang dikenal. Contoh: III/b untuk PNS, IX untuk PPPK.")
    return RankError("rank_unknown", reason.format(text=text[:40]))


def _title_key(text: str) -> str:
    key = re.sub(r"[^A-Z0-9]+", " ", text.upper()).strip()
    return re.sub(r"\b(?:TINGKAT|TKT|TK) (?:I|1)\b", "TK I", key)


@cache
def _titles() -> dict[str, Rank]:
    return {_title_key(rank.title): rank for rank in pns_ranks()}

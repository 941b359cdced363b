"""Headings that explain themselves: "Jenis Kelamin (L/P)", "Nama Lengkap (tanpa gelar) *", "Jabatan - wajib diisi"."""

from __future__ import annotations

import re
from functools import lru_cache

from asn_desktop.core.columns import ColumnSet

_BRACKET = re.compile(r"[(\[{][^)\]}]*[)\]}]?")
_ADVICE = re.compile(
    r"[-–:,;/\s]*\b(?:MISAL(?:NYA)?|MIS|CONTOH|CTH|WAJIB|OPSIONAL|DIISI|HARUS|PILIH|FORMAT|SESUAI|LIHAT|"
    r"\d+\s*(?:DIGIT|ANGKA|KARAKTER|HURUF)|(?:DD|TGL|YYYY)[-/.](?:MM|BLN)\S*)\b.*$",
    re.I | re.S,
)
_MEANS_ANOTHER = re.compile(
    r"\b(?:ATASAN|PENILAI|PEJABAT|LAMA|SEBELUM\w*|AWAL|ASAL|TUJUAN|CPNS|SK|SUAMI|ISTRI|ANAK|AYAH|IBU|ORANG\s*TUA|PASANGAN|"
    r"TW|TRIWULAN|SEMESTER|BULAN|JANUARI|FEBRUARI|MARET|APRIL|MEI|JUNI|JULI|AGUSTUS|SEPTEMBER|OKTOBER|NOVEMBER|DESEMBER|"
    r"20\d\d)\b",
    re.I,
)
"""Words in a hint that make it another field: "NIP (atasan)" is nobody's own number."""


@lru_cache(maxsize=4096)
def without_hint(text: str) -> str:
    """The heading alone; the whole text where the hint says that something else is meant."""
    hints = " ".join(match[0] for pattern in (_BRACKET, _ADVICE) for match in pattern.finditer(text))
    if _MEANS_ANOTHER.search(hints):
        return text
    return _ADVICE.sub("", _BRACKET.sub(" ", text)).strip(" *:-–")


def key_of(columns: ColumnSet, text: str) -> str | None:
    """The key a heading means as it stands, else without its hint."""
    return columns.key_of(text) or columns.key_of(without_hint(text))

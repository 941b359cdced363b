"""Text as it is stored, wherever it comes from: typed into a form or read from a cell."""

from __future__ import annotations

import unicodedata

ERASE_WORDS = frozenset({"[KOSONG]", "[KOSONGKAN]"})
"""In a workbook these empty a field; as a value they would erase it on the way back."""


def tidy_text(raw: str) -> tuple[str, int]:
    """NFC, spaces collapsed, control and invisible characters and emoji removed; and how many were removed."""
    if raw.isascii() and raw.isprintable():
        return " ".join(raw.split()), 0
    kept = []
    removed = 0
    for char in unicodedata.normalize("NFC", raw):
        category = unicodedata.category(char)
        if char in "\t\n\r\x0b\x0c\x85\u2028\u2029" or category == "Zs":
            kept.append(" ")
        elif (
            category in ("Cc", "Cf", "Cs", "Co", "Cn") or (category == "So" and ord(char) > 0x2BFF) or char == "\ufe0f"
        ):
            removed += 1
        else:
            kept.append(char)
    return " ".join("".join(kept).split()), removed

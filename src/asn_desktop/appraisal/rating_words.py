"""What a misspelt rating means where nothing else can be meant: "diatas ekspetasi", "Melampaui Ekspektasi"."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

_WORD = re.compile(r"[A-Z]+")
_SIDES = {"DIATAS": "DI_ATAS", "MELAMPAUI": "DI_ATAS", "MELEBIHI": "DI_ATAS", "SESUAI": "SESUAI", "DIBAWAH": "DI_BAWAH"}
_EXPECTATION = "EKSPEKTASI"
_CLOSE = 0.75


@lru_cache(maxsize=1024)
def rating_meant(text: str) -> str | None:
    """``"Sesuai Espektasi"`` → ``SESUAI``. The side has to be spelt right, and nothing may stand beside the two words:
    "tidak sesuai ekspektasi" means something else."""
    words = _WORD.findall(text.upper())
    if words[:1] == ["DI"] and len(words) > 1:
        words[:2] = ["".join(words[:2])]
    if len(words) != 2 or words[0] not in _SIDES or any(char.isdigit() for char in text):
        return None
    expected = words[1] == "HARAPAN" or SequenceMatcher(None, words[1], _EXPECTATION).ratio() >= _CLOSE
    return _SIDES[words[0]] if expected else None

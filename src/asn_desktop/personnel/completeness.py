"""What a record must hold so that appraisals and printed forms are complete. Declared once: list, panel, index."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_EVERYBODY = ("unit_id", "position", "birth_date", "education_level")
_WITH_NUMBER = ("nip", "rank")
"""PPPK Paruh Waktu may have neither."""
NEEDED = ("nip", "unit_id", "position", "rank", "birth_date", "education_level")
"""In the order in which people are asked for them."""
_UNNUMBERED = "PPPK_PARUH_WAKTU"


def missing(values: Mapping[str, Any]) -> tuple[str, ...]:
    """The needed fields of a record that are empty."""
    excused = _WITH_NUMBER if values["employment_kind"] == _UNNUMBERED else ()
    return tuple(key for key in NEEDED if key not in excused and values[key] in (None, ""))


def sql_missing(key: str, prefix: str = "") -> str:
    """The condition that one needed field of an employee is missing."""
    if key in _WITH_NUMBER:
        return f"({prefix}employment_kind <> '{_UNNUMBERED}' AND {prefix}{key} IS NULL)"
    return f"{prefix}{key} IS NULL"


def sql_incomplete() -> str:
    """The condition that anything is missing; word for word that of the index ``ix_employee_incomplete``."""
    everybody = " OR ".join(f"{key} IS NULL" for key in _EVERYBODY)
    numbered = " OR ".join(f"{key} IS NULL" for key in _WITH_NUMBER)
    return f"({everybody} OR (employment_kind <> '{_UNNUMBERED}' AND ({numbered})))"

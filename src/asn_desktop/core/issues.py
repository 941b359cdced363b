"""Findings about data (not exceptions): where, what value, what is wrong, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    """The row or field cannot be accepted (*Perlu dibetulkan*)."""
    DECISION = "decision"
    """A person has to choose before the row can be accepted (*Perlu keputusan*)."""
    WARNING = "warning"
    """Accepted, but somebody should look (*Perlu diperiksa*)."""
    NOTE = "note"
    """For information."""


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a workbook. ``row`` counts from 1 as Excel shows it; ``column`` is the letter."""

    sheet: str = ""
    row: int = 0
    column: str = ""

    @property
    def cell(self) -> str:
        return f"{self.column}{self.row or ''}"

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}" if self.sheet else self.cell


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding. ``code`` is stable (``nip_numeric``); ``field`` is the machine key of the column."""

    code: str
    message: str
    severity: Severity = Severity.ERROR
    hint: str = ""
    value: str = ""
    field: str = ""
    location: Location = Location()

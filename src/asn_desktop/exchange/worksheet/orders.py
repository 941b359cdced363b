"""What clients say to, and hear from, the worksheet service. Light: the window names these before any workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.i18n import N_

WAITING = "waiting"
"""For filters: back, and some of its rows still have to be decided or corrected."""
RETURN_STATES = {"none": N_("Belum dibuat"), "out": N_("Belum kembali"), "back": N_("Sudah kembali")}


@dataclass(frozen=True, slots=True)
class Order:
    """What to write: a kind, for a unit and everything below it (ratings: of a period) or for an event.

    ``due`` is the day it is wanted back, ``contact`` whom the OPD may ask; both stand on the first sheet.
    """

    kind: str
    unit_id: int | None = None
    period: str = ""
    event_id: int | None = None
    due: date | None = None
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """One worksheet on disk."""

    path: Path
    name: str
    rows: int


@dataclass(frozen=True, slots=True)
class WrittenAll:
    """What :meth:`WorksheetService.write_each` made; ``empty`` units had nobody to write about."""

    files: tuple[Written, ...]
    empty: tuple[str, ...]
    change_set: ChangeSet | None


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """Where the worksheets of one OPD stand, or of an event: then ``id``, ``code`` and ``name`` are the event's, and
    ``rated`` counts who attended. ``files``: how many were written."""

    id: int
    code: str
    name: str
    people: int
    rated: int
    files: int
    made_at: str | None
    due: date | None
    returned_at: str | None
    returned_file: str | None
    counts: Mapping[str, int]

    @property
    def waiting(self) -> int:
        """Rows of the last return that were left open: to be decided or corrected."""
        return self.counts.get("conflict", 0) + self.counts.get("rejected", 0) if self.state == "back" else 0

    @property
    def state(self) -> str:
        """``none`` (no worksheet yet), ``out`` (not back since the last one), ``back``."""
        if self.returned_at and self.returned_at >= (self.made_at or ""):
            return "back"
        return "out" if self.files else "none"

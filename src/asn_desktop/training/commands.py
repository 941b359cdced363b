"""What a user can ask of the training calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SaveEvent:
    """Create an event (``event_id`` None) or change its facts. Amounts in rupiah, JP of 45 minutes.

    ``code`` empty: the next free one of the year is given ("PLT-2026-014").
    """

    name: str
    form: str
    competence: str
    starts: date
    ends: date
    jp: int
    times: str = ""
    place: str = ""
    provider: str = ""
    speakers: str = ""
    quota: int | None = None
    budget: int | None = None
    spent: int | None = None
    funding: str | None = None
    notes: str = ""
    code: str = ""
    event_id: int | None = None
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class ChangeEventState:
    """``reason`` is required to cancel or postpone."""

    event_id: int
    state: str
    reason: str = ""
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class Nominate:
    """Give people a place. Beyond the quota they come on the reserve list; nobody is left out silently."""

    event_id: int
    employee_ids: tuple[int, ...]
    source: str = "usulan"


@dataclass(frozen=True, slots=True)
class RecordAttendance:
    """``jp`` None: the event's JP for somebody present, 0 for somebody absent."""

    participant_id: int
    attended: bool
    percent: int | None = None
    jp: int | None = None
    certificate_number: str = ""
    certificate_date: date | None = None

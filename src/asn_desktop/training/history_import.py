"""Trainings of the past that a list brings: each becomes a finished event with who attended it and what was credited.

A training that the calendar holds already (same name and days) is used, so that nobody's hours count twice.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from asn_desktop.core.chunks import chunks
from asn_desktop.core.names import search_key
from asn_desktop.storage.offices import ours
from asn_desktop.storage.unit_of_work import UnitOfWork
from asn_desktop.training import queries
from asn_desktop.training.model import Participant, TrainingEvent
from asn_desktop.training.rules import EventState, ParticipantState

SOURCE = "mandiri"
"""Why somebody is in an event of a history: not because this office sent them."""
_COMPETENCE = {"KL01": "manajerial", "KL02": "manajerial", "KL05": "sosial_kultural"}
"""Competence that a form is about; every other form counts as technical until somebody says otherwise."""
EventKey = tuple[str, date, date]


@dataclass(frozen=True, slots=True)
class Attended:
    """A row of a history that is to be written. ``participant_id``: the place that changes; None: a new one."""

    employee_id: int
    training: str
    form: str
    starts: date
    ends: date
    jp: int
    provider: str
    certificate_number: str | None
    certificate_date: date | None
    participant_id: int | None = None

    @property
    def key(self) -> EventKey:
        return event_key(self.training, self.starts, self.ends)


@dataclass(frozen=True, slots=True)
class HeldPlace:
    """What the data says of somebody in an event."""

    id: int
    state: str
    jp_credited: int | None
    certificate_number: str | None
    certificate_date: date | None


def event_key(name: str, starts: date, ends: date) -> EventKey:
    """Two events with this in common are the same training."""
    return search_key(name), starts, ends


def held_places(connection: Connection, employee_ids: Collection[int]) -> dict[tuple[int, EventKey], HeldPlace]:
    """The places that people have in events, by person and training."""
    found: dict[tuple[int, EventKey], HeldPlace] = {}
    people = sorted(employee_ids)
    for chunk in chunks(people):
        query = (
            select(
                Participant.id, Participant.employee_id, Participant.state, Participant.jp_credited,
                Participant.certificate_number, Participant.certificate_date,
                TrainingEvent.name, TrainingEvent.starts, TrainingEvent.ends,
            )
            .join(TrainingEvent, TrainingEvent.id == Participant.event_id)
            .where(Participant.employee_id.in_(chunk))
        )  # fmt: skip
        for row in connection.execute(query):
            place = HeldPlace(row.id, row.state, row.jp_credited, row.certificate_number, row.certificate_date)
            found[row.employee_id, event_key(row.name, row.starts, row.ends)] = place
    return found


def record_history(uow: UnitOfWork, rows: Sequence[Attended]) -> None:
    """Write the rows inside an import's operation: events that are missing, then the places in them."""
    changed = [(row.participant_id, _credited(row)) for row in rows if row.participant_id is not None]
    uow.update_many(Participant, changed)
    events = _own_events(uow.connection, {row.starts for row in rows})
    inserts: list[dict[str, Any]] = []
    for row in rows:
        if row.participant_id is not None:
            continue
        if row.key not in events:
            events[row.key] = uow.insert(TrainingEvent, _event(uow.connection, row))
        inserts.append(
            {"event_id": events[row.key], "employee_id": row.employee_id, "source": SOURCE, **_credited(row)}
        )
    uow.insert_many(Participant, inserts)


def _own_events(connection: Connection, days: Collection[date]) -> dict[EventKey, int]:
    """Events of this office that begin on these days and took place, by training."""
    if not days:
        return {}
    query = select(TrainingEvent.id, TrainingEvent.name, TrainingEvent.starts, TrainingEvent.ends).where(
        ours(TrainingEvent),
        TrainingEvent.starts.between(min(days), max(days)),
        TrainingEvent.state.not_in((EventState.CANCELLED.value, EventState.POSTPONED.value)),
    )
    return {event_key(row.name, row.starts, row.ends): row.id for row in connection.execute(query)}


def _event(connection: Connection, row: Attended) -> Mapping[str, Any]:
    return {
        "code": queries.next_code(connection, row.starts.year),
        "name": row.training,
        "form": row.form,
        "competence": _COMPETENCE.get(row.form, "teknis"),
        "starts": row.starts,
        "ends": row.ends,
        "jp": row.jp,
        "provider": row.provider or None,
        "state": EventState.DONE.value,
    }


def _credited(row: Attended) -> dict[str, Any]:
    return {
        "state": ParticipantState.ATTENDED.value,
        "jp_credited": row.jp,
        "certificate_number": row.certificate_number,
        "certificate_date": row.certificate_date,
    }

"""What an OPD or an organiser wrote about participants, entered inside an import's operation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from asn_desktop.storage.unit_of_work import UnitOfWork
from asn_desktop.training import placement
from asn_desktop.training.model import Participant
from asn_desktop.training.rules import ParticipantState


@dataclass(frozen=True, slots=True)
class ReturnedPlace:
    """One person and the fields that change; ``newcomer``: they had no place in the event so far."""

    employee_id: int
    values: Mapping[str, Any]
    newcomer: bool


def record(uow: UnitOfWork, event_id: int, rows: Sequence[ReturnedPlace]) -> None:
    """Nominate newcomers (beyond the quota they come on the reserve list), then write what was said.

    Somebody present without stated JP gets those of the event, somebody absent none, as when attendance is typed.
    """
    event = placement.the_event(uow.connection, event_id)
    newcomers = [row.employee_id for row in rows if row.newcomer]
    if newcomers:
        placement.place(uow, event_id, newcomers, "usulan")
    query = select(Participant.employee_id, Participant.id, Participant.jp_credited)
    stored = {row.employee_id: row for row in uow.connection.execute(query.where(Participant.event_id == event_id))}
    updates = []
    for row in rows:
        values = dict(row.values)
        if row.newcomer and values.get("state") == ParticipantState.NOMINATED:
            del values["state"]  # as placed: the quota may have made it the reserve list
        if "jp_credited" not in values:
            if values.get("state") == ParticipantState.ABSENT:
                values["jp_credited"] = 0
            elif values.get("state") == ParticipantState.ATTENDED and not stored[row.employee_id].jp_credited:
                values["jp_credited"] = event.jp
        updates.append((stored[row.employee_id].id, values))
    uow.update_many(Participant, [(number, values) for number, values in updates if values])

"""Giving people a place in an event: what speaks against it, and the writing itself.

Used by :class:`.service.TrainingService` and, inside its own operation, by the remediation plans.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from asn_desktop.core.errors import InputError, reload_hint
from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.storage.unit_of_work import UnitOfWork
from asn_desktop.training import balance, queries
from asn_desktop.training.model import Participant
from asn_desktop.training.queries import EventRow
from asn_desktop.training.rules import EventState, ParticipantState, over_after
from asn_desktop.training.schedule import clash_issues


@dataclass(frozen=True, slots=True)
class Placement:
    """What :func:`place` did: numbers of people, and the findings a person should look at."""

    placed: int
    reserved: int
    issues: tuple[Issue, ...]


def the_event(connection: Connection, event_id: int) -> EventRow:
    """The event, or an :class:`InputError` when it is gone."""
    rows = queries.event_rows(connection, [event_id])
    if not rows:
        raise InputError(_("Kegiatan pelatihan ini sudah tidak ada."), reload_hint())
    return rows[0]


def people_of(connection: Connection, event_id: int) -> set[int]:
    """Who is in an event: everybody on its list who has not withdrawn."""
    rows = queries.participants(connection, event_id)
    return {row.employee_id for row in rows if row.state != ParticipantState.WITHDRAWN}


def people_issues(connection: Connection, event: EventRow, employee_ids: Sequence[int]) -> dict[int, list[Issue]]:
    """For each person what speaks against taking part; warnings only, the decision is the user's."""
    year = event.ends.year
    spans = queries.spans_of_people(connection, employee_ids, event.starts, event.ends)
    found: dict[int, list[Issue]] = {}
    for row in balance.balance_rows(connection, year, list(employee_ids)):
        issues = clash_issues(event.span, spans.get(row.employee_id, ()), row.name)
        if not row.active:
            issues.append(
                Issue(
                    "participant_inactive",
                    _("{person} tidak aktif lagi.").format(person=row.name),
                    Severity.WARNING,
                    _("Periksa data pegawai sebelum mengusulkan."),
                )
            )
        # Hours of this event are already planned for somebody who has a place in it.
        over = over_after(row.balance, 0 if any(s.id == event.id for s in spans.get(row.employee_id, ())) else event.jp)
        if over:
            issues.append(
                Issue(
                    "participant_over_maximum",
                    _("{person} (PPPK) akan melebihi {limit} JP setahun, lebih {over} JP.").format(
                        person=row.name, limit=row.balance.limit, over=over
                    ),
                    Severity.WARNING,
                )
            )
        if issues:
            found[row.employee_id] = issues
    return found


def place(uow: UnitOfWork, event_id: int, employee_ids: Sequence[int], source: str) -> Placement:
    """Nominate people inside an open operation; those beyond the quota come on the reserve list.

    Somebody who is already in the event stays as they are (a note says so); somebody who withdrew comes back.
    Raises :class:`InputError` when the event was cancelled.
    """
    event = the_event(uow.connection, event_id)
    if event.state == EventState.CANCELLED:
        raise InputError(
            _("“{name}” sudah dibatalkan.").format(name=event.name),
            _("Pilih kegiatan lain, atau kembalikan kegiatan ini ke Rencana."),
        )
    wanted = list(dict.fromkeys(employee_ids))
    present = {
        row.employee_id: row
        for row in uow.connection.execute(
            select(Participant.id, Participant.employee_id, Participant.state).where(Participant.event_id == event_id)
        )
    }
    issues = [issue for found in people_issues(uow.connection, event, wanted).values() for issue in found]
    free = len(wanted) if event.quota is None else max(0, event.quota - event.taken)
    placed = reserved = 0
    inserts: list[dict[str, object]] = []
    again: list[tuple[int, dict[str, object]]] = []
    for employee_id in wanted:
        old = present.get(employee_id)
        if old is not None and old.state != ParticipantState.WITHDRAWN:
            issues.append(Issue("participant_already", _("Sudah terdaftar pada kegiatan ini."), Severity.NOTE))
            continue
        state = ParticipantState.NOMINATED if free > 0 else ParticipantState.RESERVE
        if free > 0:
            free, placed = free - 1, placed + 1
        else:
            reserved += 1
        if old is None:
            values = {"event_id": event_id, "employee_id": employee_id, "state": state.value, "source": source}
            inserts.append(dict(values))
        else:
            again.append((old.id, {"state": state.value, "source": source}))
    uow.insert_many(Participant, inserts)
    uow.update_many(Participant, again)
    if reserved:
        issues.append(
            Issue(
                "event_quota_full",
                _("Kuota {quota} orang sudah penuh: {n} orang menjadi peserta cadangan.").format(
                    quota=event.quota, n=reserved
                ),
                Severity.WARNING,
                _("Tambah kuota, atau angkat peserta cadangan bila ada yang mengundurkan diri."),
            )
        )
    return Placement(placed, reserved, tuple(issues))

"""A training year for the sample office: events of many forms, who took part, what was credited."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from asn_desktop.core.i18n import _
from asn_desktop.personnel.listing import EmployeeSpec
from asn_desktop.personnel.queries import EmployeeRow
from asn_desktop.sample.training_events import SampleEvent, sample_events
from asn_desktop.services import Services
from asn_desktop.training.commands import ChangeEventState, Nominate, RecordAttendance, SaveEvent
from asn_desktop.training.rules import EventState, ParticipantState


@dataclass(frozen=True, slots=True)
class Planned:
    """An event in the calendar with what it was made from."""

    id: int
    starts: date
    ends: date
    source: SampleEvent


def plan(services: Services, today: date) -> list[Planned]:
    """Enter all events and nominate people for them."""
    staff = _staff(services)
    chance = random.Random(7)
    planned = []
    for event in sample_events():
        starts = _working_day(services, today + timedelta(days=event.days_from_today), event.length)
        ends = starts + timedelta(days=event.length - 1)
        saved = services.training.save_event(_command(event, starts, ends))
        candidates = [row for row in staff if event.is_for(row.position)]
        number = min(len(candidates), event.quota + event.waiting)
        services.training.nominate(Nominate(saved.event_id, tuple(row.id for row in chance.sample(candidates, number))))
        planned.append(Planned(saved.event_id, starts, ends, event))
    return planned


def hold(services: Services, events: Sequence[Planned], chance: random.Random, today: date) -> None:
    """Everything up to ``today`` took place: states, attendance, certificates; the next ones are open."""
    for event in events:
        if event.source.called_off:
            _state(services, event.id, event.source.called_off, event.source.reason)
        elif event.ends < today:
            _state(services, event.id, EventState.RUNNING)
            _state(services, event.id, EventState.DONE)
            _attend(services, event, chance)
        elif event.starts <= today:
            _state(services, event.id, EventState.RUNNING)
        elif (event.starts - today).days < 45:
            _state(services, event.id, EventState.OPEN)
            people = services.training.participants(event.id)
            approved = [row.id for row in people if row.state == ParticipantState.NOMINATED and chance.random() < 0.7]
            services.training.set_participant_state(approved, ParticipantState.APPROVED)


def upcoming(events: Sequence[Planned], today: date) -> list[Planned]:
    """Events that still have time to take somebody in."""
    return [event for event in events if event.starts > today and not event.source.called_off]


def _attend(services: Services, event: Planned, chance: random.Random) -> None:
    records = []
    for number, row in enumerate(services.training.participants(event.id), start=1):
        if row.state == ParticipantState.RESERVE:
            continue
        came = chance.random() < 0.93
        certificate = f"893.3/{event.id:03}.{number:03}/BKPSDM-CONTOH/{event.ends.year}" if came else ""
        records.append(
            RecordAttendance(
                row.id,
                came,
                percent=chance.choice((100, 100, 100, 90, 85)) if came else 0,
                certificate_number=certificate,
                certificate_date=event.ends if came else None,
            )
        )
    services.training.record_attendance(event.id, records)


def _command(event: SampleEvent, starts: date, ends: date) -> SaveEvent:
    return SaveEvent(
        name=event.name,
        form=event.form,
        competence=event.competence,
        starts=starts,
        ends=ends,
        jp=event.jp,
        times=_("08.00–16.00 WIB") if event.jp > 2 else _("13.00–14.30 WIB"),
        place=event.place,
        provider=event.provider,
        speakers=event.speakers,
        quota=event.quota,
        budget=event.budget or None,
        spent=round(event.budget * 0.94) if event.budget and event.days_from_today < 0 else None,
        funding=event.funding,
        notes=_("Data rekaan."),
    )


def _state(services: Services, event_id: int, state: str, reason: str = "") -> None:
    services.training.change_state(ChangeEventState(event_id, state, reason))


def _staff(services: Services) -> list[EmployeeRow]:
    return services.personnel.rows(services.personnel.ids(EmployeeSpec()))


def _working_day(services: Services, day: date, length: int) -> date:
    """The next day that is no weekend and no holiday; a course of up to a week begins early enough to end in it."""
    free = {row.day for row in services.reference.holidays(day, day + timedelta(days=20))}
    while day.weekday() >= 5 or day in free:
        day += timedelta(days=1)
    return day - timedelta(days=max(0, day.weekday() + length - 5)) if length <= 5 else day

"""Reading the calendar: events, participants, money. Hours per person are in :mod:`.balance`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select, text

from asn_desktop.core.names import print_name, search_key
from asn_desktop.personnel.model import Employee
from asn_desktop.reference.model import Unit
from asn_desktop.storage.offices import ours
from asn_desktop.training.forms import form_name
from asn_desktop.training.model import Participant, TrainingEvent
from asn_desktop.training.rules import OCCUPYING, TAKES_PLACE, ParticipantState
from asn_desktop.training.schedule import Span


@dataclass(frozen=True, slots=True)
class EventSpec:
    """Which events a list shows; empty fields do not narrow. ``funding`` ``"-"`` means none chosen yet."""

    search: str = ""
    forms: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    funding: str = ""
    competence: str = ""
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event as lists and the calendar show it. Amounts in rupiah; ``taken`` counts filled places."""

    id: int
    version: int
    code: str
    name: str
    form: str
    form_name: str
    competence: str
    starts: date
    ends: date
    times: str
    jp: int
    place: str
    provider: str
    quota: int | None
    taken: int
    reserve: int
    attended: int
    budget: int | None
    spent: int | None
    funding: str | None
    state: str

    @property
    def span(self) -> Span:
        return Span(self.id, self.name, self.starts, self.ends)


@dataclass(frozen=True, slots=True)
class EventDetail:
    """``values`` holds every column, as the form edits them."""

    row: EventRow
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    id: int
    version: int
    event_id: int
    employee_id: int
    nip: str
    name: str
    position: str
    unit: str
    employment_kind: str
    active: bool
    state: str
    attendance_percent: int | None
    jp_credited: int | None
    certificate_number: str
    certificate_date: date | None
    source: str


@dataclass(frozen=True, slots=True)
class AttendedRow:
    """One line of a person's training history."""

    event_id: int
    code: str
    name: str
    form_name: str
    starts: date
    ends: date
    event_state: str
    state: str
    jp: int
    jp_credited: int | None
    certificate_number: str


@dataclass(frozen=True, slots=True)
class FundingRow:
    """Plan against realisation of one source; ``funding`` None: no source chosen (the unfunded list)."""

    funding: str | None
    events: int
    budget: int
    spent: int

    @property
    def rest(self) -> int:
        return self.budget - self.spent


def event_ids(connection: Connection, spec: EventSpec) -> list[int]:
    """Events by date, then name."""
    query = select(TrainingEvent.id).order_by(TrainingEvent.starts, TrainingEvent.name, TrainingEvent.id)
    conditions = _conditions(spec)
    return list(connection.scalars(query.where(*conditions) if conditions else query))


def _conditions(spec: EventSpec) -> list[ColumnElement[bool]]:
    event = TrainingEvent
    found: list[ColumnElement[bool]] = []
    for word in spec.search.split():
        pattern = f"%{word.replace('%', '').replace('_', '')}%"
        columns = (event.name, event.code, event.place, event.provider, event.speakers)
        found.append(or_(*(column.ilike(pattern) for column in columns)))
    if spec.forms:
        found.append(event.form.in_(spec.forms))
    if spec.states:
        found.append(event.state.in_(spec.states))
    if spec.funding == "-":
        found.append(event.funding.is_(None))
    elif spec.funding:
        found.append(event.funding == spec.funding)
    if spec.competence:
        found.append(event.competence == spec.competence)
    if spec.starts is not None:
        found.append(event.ends >= spec.starts)
    if spec.ends is not None:
        found.append(event.starts <= spec.ends)
    return found


def event_rows(connection: Connection, ids: Sequence[int]) -> list[EventRow]:
    """The rows of ``ids`` in that order; an id that is gone is left out."""
    rows = {row.id: _event_row(row) for row in connection.execute(_event_query().where(TrainingEvent.id.in_(ids)))}
    return [rows[number] for number in ids if number in rows]


def events_between(connection: Connection, starts: date, ends: date) -> list[EventRow]:
    """Every event that touches a day of the range, by date."""
    return event_rows(connection, event_ids(connection, EventSpec(starts=starts, ends=ends)))


def event_detail(connection: Connection, event_id: int) -> EventDetail | None:
    rows = event_rows(connection, [event_id])
    if not rows:
        return None
    table = TrainingEvent.__table__
    return EventDetail(rows[0], dict(connection.execute(select(table).where(table.c.id == event_id)).mappings().one()))


def _event_query() -> Select[Any]:
    def count(*states: ParticipantState) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((Participant.state.in_(states), 1), else_=0)), 0)

    return (
        select(
            *TrainingEvent.__table__.columns,
            count(*TAKES_PLACE).label("taken"),
            count(ParticipantState.RESERVE).label("reserve"),
            count(ParticipantState.ATTENDED).label("attended"),
        )
        .select_from(TrainingEvent)
        .outerjoin(Participant, Participant.event_id == TrainingEvent.id)
        .group_by(TrainingEvent.id)
    )


def _event_row(row: Any) -> EventRow:
    return EventRow(
        row.id, row.version, row.code, row.name, row.form, form_name(row.form), row.competence, row.starts, row.ends,
        row.times or "", row.jp, row.place or "", row.provider or "", row.quota, row.taken, row.reserve, row.attended,
        row.budget, row.spent, row.funding, row.state,
    )  # fmt: skip


def participants(connection: Connection, event_id: int) -> list[ParticipantRow]:
    """Everybody of an event: the reserve list and those who withdrew last, then by name."""
    order = case(
        (Participant.state == ParticipantState.RESERVE, 1),
        (Participant.state == ParticipantState.WITHDRAWN, 2),
        else_=0,
    )
    query = (
        select(
            *Participant.__table__.columns, Employee.nip, Employee.name, Employee.title_front, Employee.title_back,
            Employee.position, Employee.employment_kind, Employee.active, Unit.name.label("unit"),
        )
        .join(Employee, Employee.id == Participant.employee_id)
        .outerjoin(Unit, Unit.id == Employee.unit_id)
        .where(Participant.event_id == event_id)
        .order_by(order, Employee.name_key, Participant.id)
    )  # fmt: skip
    return [
        ParticipantRow(
            row.id, row.version, row.event_id, row.employee_id, row.nip or "",
            print_name(row.title_front or "", row.name, row.title_back or ""), row.position or "", row.unit or "",
            row.employment_kind, row.active, row.state, row.attendance_percent, row.jp_credited,
            row.certificate_number or "", row.certificate_date, row.source or "",
        )
        for row in connection.execute(query)
    ]  # fmt: skip


def spans_of_people(
    connection: Connection, employee_ids: Collection[int], starts: date, ends: date
) -> dict[int, list[Span]]:
    """The events that take each person's days in a range (places that are given up or on reserve do not count)."""
    query = (
        select(Participant.employee_id, TrainingEvent.id, TrainingEvent.name, TrainingEvent.starts, TrainingEvent.ends)
        .join(TrainingEvent, TrainingEvent.id == Participant.event_id)
        .where(
            TrainingEvent.starts <= ends,
            TrainingEvent.ends >= starts,
            TrainingEvent.state.in_(OCCUPYING),
            Participant.state.in_(TAKES_PLACE),
        )
        .order_by(TrainingEvent.starts)
    )
    wanted = set(employee_ids)
    found: dict[int, list[Span]] = {}
    for row in connection.execute(query):
        if row.employee_id in wanted:
            found.setdefault(row.employee_id, []).append(Span(row.id, row.name, row.starts, row.ends))
    return found


def same_place_or_speaker(
    connection: Connection, starts: date, ends: date, place: str, speakers: str, event_id: int | None
) -> list[tuple[str, Span]]:
    """Other events of those days in the same place, or with the same speakers, each with the shared word."""
    found: list[tuple[str, Span]] = []
    place_key, speaker_keys = search_key(place), {search_key(name) for name in speakers.split(";") if name.strip()}
    if not place_key and not speaker_keys:
        return found
    event = TrainingEvent
    query = select(event.id, event.name, event.starts, event.ends, event.place, event.speakers).where(
        event.starts <= ends, event.ends >= starts, event.state.in_(OCCUPYING)
    )
    for row in connection.execute(query):
        if row.id == event_id:
            continue
        span = Span(row.id, row.name, row.starts, row.ends)
        if place_key and search_key(row.place or "") == place_key:
            found.append((place, span))
        others = {search_key(name): name.strip() for name in (row.speakers or "").split(";")}
        found.extend((others[key], span) for key in sorted(speaker_keys & set(others)) if key)
    return found


def history_of(connection: Connection, employee_id: int) -> list[AttendedRow]:
    """All events of one person, newest first."""
    event = TrainingEvent
    query = (
        select(
            event.id, event.code, event.name, event.form, event.starts, event.ends, event.state.label("event_state"),
            Participant.state, event.jp, Participant.jp_credited, Participant.certificate_number,
        )
        .join(Participant, Participant.event_id == event.id)
        .where(Participant.employee_id == employee_id)
        .order_by(event.starts.desc(), event.id.desc())
    )  # fmt: skip
    return [
        AttendedRow(
            row.id, row.code, row.name, form_name(row.form), row.starts, row.ends, row.event_state, row.state, row.jp,
            row.jp_credited, row.certificate_number or "",
        )
        for row in connection.execute(query)
    ]  # fmt: skip


def funding_summary(connection: Connection, year: int) -> list[FundingRow]:
    """Plan against realisation per source for the events that begin in a year; cancelled ones count what was spent."""
    event = TrainingEvent
    planned = case((event.state == "cancelled", 0), else_=func.coalesce(event.budget, 0))
    query = (
        select(
            event.funding,
            func.count(),
            func.coalesce(func.sum(planned), 0),
            func.coalesce(func.sum(event.spent), 0),
        )
        .where(and_(event.starts >= date(year, 1, 1), event.starts <= date(year, 12, 31)))
        .group_by(event.funding)
        .order_by(event.funding.is_(None), event.funding)
    )
    return [FundingRow(*row) for row in connection.execute(query)]


def next_code(connection: Connection, year: int) -> str:
    """``PLT-2026-014``: one above the highest number of this office's year.

    Two PCs of one office count for themselves until their packages meet: a copied database adds letters of its own,
    ``PLT-2026-014-A3F``. Codes that were given stay.
    """
    prefix = f"PLT-{year}-"
    own = select(TrainingEvent.code).where(ours(TrainingEvent))
    codes = connection.scalars(own.where(TrainingEvent.code.startswith(prefix)))
    numbers = [int(tail) for code in codes if (tail := code.removeprefix(prefix).split("-")[0]).isdecimal()]
    copy = connection.scalar(text("SELECT replica FROM replica WHERE epoch > 1 ORDER BY epoch DESC LIMIT 1"))
    return f"{prefix}{max(numbers, default=0) + 1:03d}" + (f"-{str(copy)[-3:].upper()}" if copy else "")

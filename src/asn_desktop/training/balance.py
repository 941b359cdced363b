"""Hours (JP) per person and calendar year, and who could take part in an event.

Earned hours are what was credited for attended events that ended in the year (only with evidence counts);
planned hours are those of events the person is nominated for.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Subquery, and_, case, func, literal, or_, select

from asn_desktop.core.chunks import chunks
from asn_desktop.core.names import print_name, search_words
from asn_desktop.personnel.model import Employee
from asn_desktop.reference import queries as reference_queries
from asn_desktop.reference.model import Unit
from asn_desktop.reference.rules import match_name
from asn_desktop.training.model import Participant, TrainingEvent
from asn_desktop.training.rules import BalanceState, JpBalance, ParticipantState

_MINIMUM, _MAXIMUM = "jp.minimum_pns", "jp.maksimum_pppk"


@dataclass(frozen=True, slots=True)
class BalanceSpec:
    """Whose balance a list shows. ``employee_ids`` narrows to given people (those with an open plan)."""

    year: int
    search: str = ""
    state: str = ""
    unit_ids: frozenset[int] = frozenset()
    employee_ids: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class BalanceRow:
    employee_id: int
    nip: str
    name: str
    position: str
    unit: str
    active: bool
    balance: JpBalance


@dataclass(frozen=True, slots=True)
class JpLimits:
    """The two numbers of a year: what a PNS owes at least, what a PPPK gets at most."""

    minimum: int
    maximum: int

    def for_kind(self, employment_kind: str) -> int:
        return self.maximum if employment_kind.startswith("PPPK") else self.minimum


def limits(connection: Connection, year: int) -> JpLimits:
    """The parameters in force at the end of ``year``."""
    day = date(year, 12, 31)
    minimum = reference_queries.parameter(connection, _MINIMUM, day)
    maximum = reference_queries.parameter(connection, _MAXIMUM, day)
    return JpLimits(int(minimum or 0), int(maximum or 0))


def _hours(year: int) -> Subquery:
    attended = Participant.state == ParticipantState.ATTENDED
    coming = and_(
        Participant.state.in_((ParticipantState.NOMINATED, ParticipantState.APPROVED)),
        TrainingEvent.state.in_(("planned", "open", "running")),
    )
    return (
        select(
            Participant.employee_id,
            func.sum(case((attended, func.coalesce(Participant.jp_credited, 0)), else_=0)).label("earned"),
            func.sum(case((coming, TrainingEvent.jp), else_=0)).label("planned"),
        )
        .join(TrainingEvent, TrainingEvent.id == Participant.event_id)
        .where(TrainingEvent.ends.between(date(year, 1, 1), date(year, 12, 31)))
        .group_by(Participant.employee_id)
        .subquery()
    )


def _state_condition(state: str, limit: JpLimits, earned: ColumnElement[int]) -> ColumnElement[bool]:
    pppk = Employee.employment_kind.startswith("PPPK")
    if state == BalanceState.SHORT:
        return and_(~pppk, earned < limit.minimum)
    if state == BalanceState.MET:
        return and_(~pppk, earned >= limit.minimum)
    if state == BalanceState.OVER:
        return and_(pppk, earned > limit.maximum)
    return and_(pppk, earned <= limit.maximum)


def balance_ids(connection: Connection, spec: BalanceSpec) -> list[int]:
    """Active people of a list, by name; ``state`` as in :class:`BalanceState`."""
    hours = _hours(spec.year)
    earned = func.coalesce(hours.c.earned, literal(0))
    query = (
        select(Employee.id)
        .outerjoin(hours, hours.c.employee_id == Employee.id)
        .where(Employee.active)
        .order_by(Employee.name_key, Employee.id)
    )
    if spec.state:
        query = query.where(_state_condition(spec.state, limits(connection, spec.year), earned))
    for word in search_words(spec.search):
        places = select(Unit.id).where(Unit.match_name.contains(match_name(word)))
        query = query.where(
            or_(Employee.search_text.contains(word), Employee.nip.contains(word), Employee.unit_id.in_(places))
        )
    if spec.unit_ids:
        query = query.where(Employee.unit_id.in_(spec.unit_ids))
    found = connection.scalars(query)
    if spec.employee_ids is None:
        return list(found)
    return [number for number in found if number in spec.employee_ids]


def count_in_state(connection: Connection, year: int, state: str) -> int:
    """How many active people are in a state: the length of the list that :func:`balance_ids` gives."""
    hours = _hours(year)
    earned = func.coalesce(hours.c.earned, literal(0))
    query = (
        select(func.count())
        .select_from(Employee)
        .outerjoin(hours, hours.c.employee_id == Employee.id)
        .where(Employee.active, _state_condition(state, limits(connection, year), earned))
    )
    return connection.scalar(query) or 0


def balance_rows(connection: Connection, year: int, ids: Sequence[int]) -> list[BalanceRow]:
    """The rows of ``ids`` in that order."""
    hours = _hours(year)
    limit = limits(connection, year)
    rows: dict[int, BalanceRow] = {}
    for chunk in chunks(ids):
        query = (
            select(
                Employee.id, Employee.nip, Employee.name, Employee.title_front, Employee.title_back,
                Employee.position, Employee.employment_kind, Employee.active, Unit.name.label("unit"),
                func.coalesce(hours.c.earned, 0).label("earned"), func.coalesce(hours.c.planned, 0).label("planned"),
            )
            .outerjoin(Unit, Unit.id == Employee.unit_id)
            .outerjoin(hours, hours.c.employee_id == Employee.id)
            .where(Employee.id.in_(chunk))
        )  # fmt: skip
        for row in connection.execute(query):
            balance = JpBalance(row.employment_kind, row.earned, row.planned, limit.for_kind(row.employment_kind))
            name = print_name(row.title_front or "", row.name, row.title_back or "")
            rows[row.id] = BalanceRow(
                row.id, row.nip or "", name, row.position or "", row.unit or "", row.active, balance
            )
    return [rows[number] for number in ids if number in rows]


def balances(connection: Connection, year: int, ids: Collection[int]) -> dict[int, JpBalance]:
    return {row.employee_id: row.balance for row in balance_rows(connection, year, sorted(ids))}

"""Reading employees: a spec becomes sorted ids, ids become rows page by page, one id becomes a detail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, and_, func, or_, select, text

from asn_desktop.core.chunks import chunks
from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_number, print_name
from asn_desktop.personnel import assignment
from asn_desktop.personnel.assignment import Placement
from asn_desktop.personnel.fields import EMPLOYEE
from asn_desktop.personnel.listing import EmployeeSpec as EmployeeSpec
from asn_desktop.personnel.listing import employee_ids as employee_ids
from asn_desktop.personnel.listing import offices_of_employees
from asn_desktop.personnel.model import INCOMPLETE, Employee, FormerPlacement
from asn_desktop.reference.model import Unit
from asn_desktop.storage.base import aliased
from asn_desktop.storage.dialect import dialect_of
from asn_desktop.storage.offices import ours

# Named because SQLite would look up nearly everybody one by one through an index of ``active``: 3.5 s for the 400,000
# people of a province, 0.1 s so.
_COUNTED = {
    "active": ("ix_employee_unit_id", "WHERE {active}"),
    "inactive": ("ix_employee_unit_id", "WHERE {inactive}"),
    "all": ("ix_employee_unit_id", ""),
    "incomplete": ("ix_employee_incomplete", f"WHERE {{active}} AND {INCOMPLETE}"),
}
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class EmployeeRow:
    """A line of the list. ``name`` is as letters print it, with titles; ``row[key]`` is any field of the list."""

    id: int
    rid: str
    nip: str | None
    name: str
    bare_name: str
    """Without titles."""
    employment_kind: str
    legal_status: str
    active: bool
    rank: str | None
    position: str | None
    unit_id: int | None
    unit: str
    opd: str
    birth_date: date | None
    education_level: str | None
    education: str | None
    listed: Mapping[str, Any]
    """What else the catalogue puts into the list."""

    def __getitem__(self, key: str) -> Any:
        return self.listed[key] if key in self.listed else getattr(self, key)


_LISTED = [field.key for field in EMPLOYEE.listed if field.key not in EmployeeRow.__slots__]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody as others refer to them: a superior, an assessor, a choice in a search field."""

    id: int
    nip: str | None
    name: str
    rank: str | None
    position: str | None
    unit: str


@dataclass(frozen=True, slots=True)
class AssessorRow:
    """Pejabat penilai of an employee on a day. ``id`` None: an official outside the list of employees.

    ``unit_id`` is the unit whose organisation result counts; ``own`` says that it is a superior by appointment.
    """

    id: int | None
    name: str
    nip: str | None
    rank: str | None
    position: str
    unit_id: int | None
    own: bool


@dataclass(frozen=True, slots=True)
class FormerPlacementRow:
    """A place somebody left; ``until`` is the first day of the next one."""

    id: int
    until: date
    unit: str
    position: str | None
    superior: str | None


class UnitHeadState(StrEnum):
    """Who leads a unit, seen from one of its people."""

    NOBODY = "nobody"
    SELF = "self"
    OTHER = "other"
    LEFT = "left"
    """The head is no longer active."""


@dataclass(frozen=True, slots=True)
class EmployeeDetail:
    """All about one employee. ``values`` holds every column, as the form edits them."""

    row: EmployeeRow
    version: int
    values: Mapping[str, Any]
    superior: PersonRow | None
    assessor: AssessorRow | None
    former: tuple[FormerPlacementRow, ...]
    subordinates: int
    head: UnitHeadState
    """Who leads the employee's unit."""


def employee_rows(connection: Connection, ids: Sequence[int]) -> list[EmployeeRow]:
    """The rows of one page, in the order of ``ids``; ids that are gone are left out."""
    found: dict[int, EmployeeRow] = {}
    for chunk in chunks(ids):
        for row in connection.execute(_rows().where(Employee.id.in_(chunk))).mappings():
            fields = dict(row)
            front, back = fields.pop("title_front"), fields.pop("title_back")
            fields["bare_name"] = fields["name"]
            fields["name"] = print_name(front or "", fields["name"], back or "")
            fields["listed"] = {key: fields.pop(key) for key in _LISTED}
            found[fields["id"]] = EmployeeRow(**fields)
    return [found[number] for number in ids if number in found]


@cache  # putting the statement together takes longer than running it
def _rows() -> Select[Any]:
    unit, opd = aliased(Unit), aliased(Unit)
    names = [name for name in EmployeeRow.__slots__ if name not in ("unit", "opd", "bare_name", "listed")]
    columns = [getattr(Employee, name) for name in (*names, *_LISTED, "title_front", "title_back")]
    return (
        select(*columns, func.coalesce(unit.name, "").label("unit"), func.coalesce(opd.name, "").label("opd"))
        .outerjoin(unit, unit.id == Employee.unit_id)
        .outerjoin(opd, opd.id == unit.opd_id)
    )


def people(connection: Connection, ids: Iterable[int]) -> dict[int, PersonRow]:
    """The persons behind ``ids``, by id."""
    query = select(
        Employee.id, Employee.nip, Employee.title_front, Employee.name, Employee.title_back,
        Employee.rank, Employee.position, func.coalesce(Unit.name, "").label("unit"),
    ).outerjoin(Unit, Unit.id == Employee.unit_id)  # fmt: skip
    result = {}
    for chunk in chunks(sorted(set(ids))):
        for row in connection.execute(query.where(Employee.id.in_(chunk))):
            name = print_name(row.title_front or "", row.name, row.title_back or "")
            result[row.id] = PersonRow(row.id, row.nip, name, row.rank, row.position, row.unit)
    return result


def who(connection: Connection, ids: Iterable[int]) -> str:
    """Whom an operation concerns, for its name in history and undo: the one person, or how many."""
    numbers = set(ids)
    found = people(connection, numbers) if len(numbers) == 1 else {}
    return next((person.name for person in found.values()), _("{n} pegawai").format(n=format_number(len(numbers))))


def employee_detail(connection: Connection, employee_id: int, on: date) -> EmployeeDetail | None:
    """Everything about one employee, with the assessor as of ``on``; None if there is no such employee."""
    table = Employee.__table__
    values = connection.execute(select(table).where(table.c.id == employee_id)).mappings().first()
    if values is None:
        return None
    superior_id = values["superior_id"]
    superior = people(connection, [superior_id]).get(superior_id) if superior_id is not None else None
    count = connection.scalar(
        select(func.count()).where(Employee.superior_id == employee_id, Employee.active.is_(True))
    )
    return EmployeeDetail(
        row=employee_rows(connection, [employee_id])[0],
        version=values["version"],
        values=MappingProxyType(dict(values)),
        superior=superior,
        assessor=assessors_on(connection, [employee_id], on).get(employee_id),
        former=tuple(former_placements(connection, employee_id)),
        subordinates=count or 0,
        head=_unit_head(connection, employee_id, values["unit_id"]),
    )


def _unit_head(connection: Connection, employee_id: int, unit_id: int | None) -> UnitHeadState:
    query = select(Unit.head_id, Unit.head_name, Employee.active).outerjoin(Employee, Employee.id == Unit.head_id)
    row = connection.execute(query.where(Unit.id == unit_id)).first()
    if row is None or (row.head_id is None and not row.head_name):
        return UnitHeadState.NOBODY
    if row.head_id == employee_id:
        return UnitHeadState.SELF
    return UnitHeadState.LEFT if row.active is False else UnitHeadState.OTHER


def former_placements(connection: Connection, employee_id: int) -> list[FormerPlacementRow]:
    """The places somebody left, latest first."""
    superior = aliased(Employee)
    query = (
        select(FormerPlacement.id, FormerPlacement.until, func.coalesce(Unit.name, "").label("unit"),
               FormerPlacement.position, superior.name)
        .outerjoin(Unit, Unit.id == FormerPlacement.unit_id)
        .outerjoin(superior, superior.id == FormerPlacement.superior_id)
        .where(FormerPlacement.employee_id == employee_id)
        .order_by(FormerPlacement.until.desc())
    )  # fmt: skip
    return [FormerPlacementRow(*row) for row in connection.execute(query)]


def counts_by_unit(connection: Connection, status: str = "active") -> dict[int, int]:
    """How many employees each unit has, those of the units below it included."""
    index, where = _COUNTED[status]
    dialect = dialect_of(connection)
    where = where.format(active=dialect.is_flag("active", True), inactive=dialect.is_flag("active", False))
    query = text(f"SELECT unit_id, count(*) FROM employee{dialect.by_index(index)} {where} GROUP BY unit_id")
    direct: dict[int | None, int] = {row[0]: row[1] for row in connection.execute(query)}
    parents = {row.id: row.parent_id for row in connection.execute(select(Unit.id, Unit.parent_id))}
    totals = dict.fromkeys(parents, 0)
    for unit_id, count in direct.items():
        node = unit_id
        while node is not None:
            totals[node] += count
            node = parents[node]
    return totals


def total(connection: Connection) -> int:
    """Employees in the file, inactive ones included."""
    return connection.scalar(select(func.count()).select_from(Employee)) or 0


# -- by number ----------------------------------------------------------------------------------------------


def find_by_nip(connection: Connection, nip: str) -> int | None:
    """The id of this office's employee with exactly these 18 digits."""
    return connection.scalar(select(Employee.id).where(ours(Employee), Employee.nip == nip))


def find_anywhere(connection: Connection, nip: str) -> list[int]:
    """Ids of everybody with these digits: this office's own first, then those that other offices sent."""
    # By office, because the index is: without it every record of a province would be read.
    offices = offices_of_employees(connection)
    query = select(Employee.id).where(Employee.office.in_(offices), Employee.nip == nip)
    query = query.order_by(Employee.office, Employee.id)
    return list(connection.scalars(query))


def find_by_nips(connection: Connection, nips: Iterable[str]) -> dict[str, int]:
    """NIP → id, for those that this office has."""
    found: dict[str, int] = {}
    for chunk in chunks(sorted(set(nips))):
        query = select(Employee.nip, Employee.id).where(ours(Employee), Employee.nip.in_(chunk))
        found |= {nip: number for nip, number in connection.execute(query) if nip is not None}
    return found


def import_snapshot(connection: Connection, nips: Iterable[str]) -> dict[str, dict[str, Any]]:
    """NIP → every column, plus ``unit``, ``opd`` (names) and ``superior_nip``: what an import compares with.

    Only this office's own people: a list of ours says nothing about those of another office.
    """
    query = _whole_rows()
    found: dict[str, dict[str, Any]] = {}
    for chunk in chunks(sorted(set(nips))):
        for row in connection.execute(query.where(ours(Employee), Employee.nip.in_(chunk))).mappings():
            found[row["nip"]] = dict(row)
    return found


def import_rows(connection: Connection, ids: Iterable[int]) -> Iterator[dict[str, Any]]:
    """The same, by id and in id order."""
    query = _whole_rows()
    for chunk in chunks(sorted(set(ids))):
        for row in connection.execute(query.where(Employee.id.in_(chunk)).order_by(Employee.id)).mappings():
            yield dict(row)


def _whole_rows() -> Select[Any]:
    unit, opd, superior = aliased(Unit), aliased(Unit), aliased(Employee)
    return (
        select(Employee.__table__, unit.name.label("unit"), opd.name.label("opd"), superior.nip.label("superior_nip"))
        .outerjoin(unit, unit.id == Employee.unit_id)
        .outerjoin(opd, opd.id == unit.opd_id)
        .outerjoin(superior, superior.id == Employee.superior_id)
    )


# -- as of a day --------------------------------------------------------------------------------------------


def serving_on(connection: Connection, day: date) -> list[int]:
    """Who was an active employee of this office on ``day``: appointed by then, and not gone by then. By name."""
    gone_later = and_(Employee.active.is_(False), Employee.inactive_since > day)
    query = (
        select(Employee.id)
        .where(ours(Employee), or_(Employee.active.is_(True), gone_later))
        .where(or_(Employee.cpns_tmt.is_(None), Employee.cpns_tmt <= day))
        .order_by(Employee.name_key, Employee.id)
    )
    return list(connection.scalars(query))


def placement_on(connection: Connection, employee_ids: Iterable[int], day: date) -> dict[int, Placement]:
    """Unit, post and superior of each employee as of ``day`` (``until`` is the first day of the next place)."""
    places: dict[int, Placement] = {}
    for chunk in chunks(sorted(set(employee_ids))):
        now = select(Employee.id, Employee.unit_id, Employee.position, Employee.superior_id)
        for row in connection.execute(now.where(Employee.id.in_(chunk))):
            places[row.id] = Placement(row.unit_id, row.position, row.superior_id)
        earlier = (
            select(FormerPlacement.employee_id, FormerPlacement.unit_id, FormerPlacement.position,
                   FormerPlacement.superior_id)
            .where(FormerPlacement.employee_id.in_(chunk), FormerPlacement.until > day)
            .order_by(FormerPlacement.until.desc())
        )  # fmt: skip
        for row in connection.execute(earlier):  # the smallest ``until`` comes last and stays
            places[row.employee_id] = Placement(row.unit_id, row.position, row.superior_id)
    return places


def assessors_on(connection: Connection, employee_ids: Iterable[int], day: date) -> dict[int, AssessorRow]:
    """The assessor of each employee as of ``day``; who has none is left out and needs a person's decision."""
    places = placement_on(connection, employee_ids, day)
    units = {
        row.id: assignment.UnitHead(*row)
        for row in connection.execute(select(Unit.id, Unit.parent_id, Unit.head_id, Unit.head_name, Unit.head_position))
    }
    gone = set(
        connection.scalars(
            select(Employee.id)
            .where(Employee.active.is_(False))
            .where(or_(Employee.inactive_since.is_(None), Employee.inactive_since <= day))
        )
    )
    choices = {
        number: assignment.assessor(number, place, units, lambda candidate: candidate not in gone)
        for number, place in places.items()
    }
    known = people(connection, [choice.employee_id for choice in choices.values() if choice and choice.employee_id])
    result: dict[int, AssessorRow] = {}
    for number, choice in choices.items():
        if choice is None:
            continue
        if choice.employee_id is None:
            result[number] = AssessorRow(None, choice.name, None, None, choice.position, choice.unit_id, False)
        else:
            person = known[choice.employee_id]
            own = choice.employee_id == places[number].superior_id
            result[number] = AssessorRow(
                person.id, person.name, person.nip, person.rank, person.position or "", choice.unit_id, own
            )
    return result


def superiors_above(connection: Connection, employee_id: int) -> dict[int, int | None]:
    """Employee → own superior, from ``employee_id`` upwards (one step per superior by appointment)."""
    chain: dict[int, int | None] = {}
    current: int | None = employee_id
    while current is not None and current not in chain:
        chain[current] = connection.scalar(select(Employee.superior_id).where(Employee.id == current))
        current = chain[current]
    return chain

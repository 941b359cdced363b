"""Reading the office, units, holidays and parameters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, extract, select

from asn_desktop.reference.model import Holiday, Office, Parameter, Unit


@dataclass(frozen=True, slots=True)
class OfficeRow:
    code: str
    name: str
    agency: str
    place: str
    role: str
    sample: bool


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A node of the unit tree. ``opd_id`` is the OPD it belongs to (itself, if it is one)."""

    id: int
    code: str
    name: str
    kind: str
    parent_id: int | None
    opd_id: int | None
    head_id: int | None
    head_name: str | None
    head_position: str | None
    workdays: int
    office: str = ""
    """Empty: this office's own; else the code of the office it belongs to."""


@dataclass(frozen=True, slots=True)
class HolidayRow:
    id: int
    day: date
    name: str
    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class ParameterRow:
    key: str
    value: str
    valid_from: date
    source: str
    verified: bool


def office(connection: Connection) -> OfficeRow:
    row = connection.execute(
        select(Office.code, Office.name, Office.agency, Office.place, Office.role, Office.sample)
    ).one()
    return OfficeRow(*row)


def units(connection: Connection) -> list[UnitRow]:
    """All units, parents before children, siblings by name; this office's own before those of others."""
    query = select(
        Unit.id, Unit.code, Unit.name, Unit.kind, Unit.parent_id, Unit.opd_id,
        Unit.head_id, Unit.head_name, Unit.head_position, Unit.workdays, Unit.office,
    ).order_by(Unit.office, Unit.name)  # fmt: skip
    rows = [UnitRow(**row) for row in connection.execute(query).mappings()]
    children: dict[int | None, list[UnitRow]] = {}
    for row in rows:
        children.setdefault(row.parent_id, []).append(row)
    ordered: list[UnitRow] = []
    pending = list(reversed(children.get(None, [])))
    while pending:
        unit = pending.pop()
        ordered.append(unit)
        pending.extend(reversed(children.get(unit.id, [])))
    return ordered


def below(connection: Connection, unit_id: int) -> set[int]:
    """A unit and all below it."""
    return with_descendants(units(connection), unit_id)


def with_descendants(rows: Iterable[UnitRow], unit_id: int) -> set[int]:
    """The unit and everything below it."""
    found = {unit_id}
    for row in rows:  # parents come before children
        if row.parent_id in found:
            found.add(row.id)
    return found


def holidays(connection: Connection, starts: date, ends: date) -> list[HolidayRow]:
    query = (
        select(Holiday.id, Holiday.day, Holiday.name, Holiday.kind, Holiday.source)
        .where(Holiday.day.between(starts, ends))
        .order_by(Holiday.day, Holiday.name)
    )
    return [HolidayRow(*row) for row in connection.execute(query)]


def holiday_years(connection: Connection) -> set[int]:
    """Years that have at least one entry: any other year must say "belum ada data libur"."""
    return set(connection.scalars(select(extract("year", Holiday.day)).distinct()))


def parameters(connection: Connection) -> list[ParameterRow]:
    query = select(Parameter.key, Parameter.value, Parameter.valid_from, Parameter.source, Parameter.verified).order_by(
        Parameter.key, Parameter.valid_from
    )
    return [ParameterRow(*row) for row in connection.execute(query)]


def parameter(connection: Connection, key: str, on: date) -> str | None:
    """The value of ``key`` in force on a day; None if there is none."""
    return connection.scalar(
        select(Parameter.value)
        .where(Parameter.key == key, Parameter.valid_from <= on)
        .order_by(Parameter.valid_from.desc())
        .limit(1)
    )

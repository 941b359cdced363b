"""Who assesses whom, and who stands above whom. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Placement:
    """Where somebody stands on a day."""

    unit_id: int | None
    position: str | None
    superior_id: int | None


@dataclass(frozen=True, slots=True)
class UnitHead:
    """What the assessor rule needs to know of a unit."""

    id: int
    parent_id: int | None
    head_id: int | None
    head_name: str | None
    head_position: str | None


@dataclass(frozen=True, slots=True)
class AssessorChoice:
    """Who assesses: an employee, or an official outside the list (``employee_id`` None, name and post given).

    ``unit_id`` is the unit the assessor leads: its organisation result counts (PermenPANRB 6/2022 L IV.B.1g);
    None when a superior by own appointment leads none of the units above the employee.
    """

    employee_id: int | None
    unit_id: int | None
    name: str = ""
    position: str = ""


def assessor(
    employee_id: int,
    place: Placement,
    units: Mapping[int, UnitHead],
    available: Callable[[int], bool],
) -> AssessorChoice | None:
    """The direct superior (pejabat penilai kinerja, PermenPANRB 6/2022 Pasal 1): own superior, else the head of
    the unit, else the heads of its parents; never the person themself, never somebody who has left
    (``available``). None: nobody is known, a person must decide.
    """
    chain = list(_upwards(place.unit_id, units))
    superior_id = place.superior_id
    if superior_id is not None and superior_id != employee_id and available(superior_id):
        led = next((unit.id for unit in chain if unit.head_id == superior_id), None)
        return AssessorChoice(superior_id, led)
    for unit in chain:
        if unit.head_id is not None:
            if unit.head_id != employee_id and available(unit.head_id):
                return AssessorChoice(unit.head_id, unit.id)
        elif unit.head_name:
            return AssessorChoice(None, unit.id, unit.head_name, unit.head_position or "")
    return None


def _upwards(unit_id: int | None, units: Mapping[int, UnitHead]) -> Iterable[UnitHead]:
    seen: set[int] = set()
    while unit_id is not None and unit_id not in seen and unit_id in units:
        seen.add(unit_id)
        yield units[unit_id]
        unit_id = units[unit_id].parent_id


def superior_cycle(ids: Iterable[int], superior_id: int, superior_of: Mapping[int, int | None]) -> int | None:
    """The first employee of ``ids`` who would stand above themself under ``superior_id``; None if nobody."""
    targets = set(ids)
    current: int | None = superior_id
    seen: set[int] = set()
    while current is not None and current not in seen:
        if current in targets:
            return current
        seen.add(current)
        current = superior_of.get(current)
    return None

"""What the database knows about the people of a file, gathered in few queries before a plan is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from asn_desktop.appraisal.model import AppraisalPeriod, Evaluation
from asn_desktop.core.names import search_key
from asn_desktop.exchange.people_file import ReadFile
from asn_desktop.exchange.personnel_plan import Snapshot, birthdays, births, may_be
from asn_desktop.exchange.ratings_plan import RatedPerson
from asn_desktop.exchange.records import CleanRow
from asn_desktop.exchange.superiors import person_key
from asn_desktop.personnel import queries as personnel_queries
from asn_desktop.personnel.model import Employee

_CHUNK = 500


def personnel_snapshot(connection: Connection, read: ReadFile) -> Snapshot:
    """Stored employees with the NIPs or, for those not found, the names of a file."""
    rows = read.rows
    nips = {row.values["nip"] for row in rows if row.values.get("nip")}
    by_nip = personnel_queries.import_snapshot(connection, nips)
    damaged = _by_prefix(connection, set(read.damaged.values()))
    namesakes = _namesakes(connection, [row for row in rows if row.values.get("nip") not in by_nip])
    return Snapshot(by_nip, namesakes, lambda prefix: damaged.get(prefix, ()), _numberless(connection))


def _namesakes(connection: Connection, rows: Sequence[CleanRow]) -> dict[str, list[Mapping[str, Any]]]:
    """NIP that is not stored → stored people who may be its owner under another number."""
    if not rows or not _any_employee(connection):
        return {}
    by_birth: dict[str, list[CleanRow]] = {}
    by_name: dict[str, list[CleanRow]] = {}
    for row in rows:
        if row.values.get("nip") and row.values.get("name") and not row.refused:
            by_name.setdefault(search_key(row.values["name"]), []).append(row)
            for birth in births(row):
                by_birth.setdefault(birth, []).append(row)
    if not by_name:
        return {}
    query = select(Employee.nip, Employee.name, Employee.name_key, Employee.birth_date).where(
        Employee.office == "", Employee.nip.is_not(None)
    )
    found: dict[str, set[str]] = {}
    for nip, name, key, born in connection.execute(query):
        same_day = [row for birth in birthdays(nip or "", born) for row in by_birth.get(birth, ())]
        for row in (*by_name.get(key, ()), *same_day):
            if nip and may_be(row, name, nip, born):
                found.setdefault(row.values["nip"], set()).add(nip)
    stored = personnel_queries.import_snapshot(connection, {nip for nips in found.values() for nip in nips})
    return {nip: [stored[other] for other in sorted(others)] for nip, others in found.items()}


def _numberless(connection: Connection) -> dict[str, list[Mapping[str, Any]]]:
    """Employees without a NIP, by name key."""
    ids = connection.scalars(select(Employee.id).where(Employee.office == "", Employee.nip.is_(None)))
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in personnel_queries.import_rows(connection, list(ids)):
        found.setdefault(row["name_key"], []).append(row)
    return found


def superiors(connection: Connection) -> dict[str, str]:
    """Person → superior by appointment, of everybody who has one, each by NIP, or by name where there is none yet
    (:func:`~.superiors.person_key`)."""
    superior = aliased(Employee)
    query = (
        select(Employee.nip, Employee.name_key, superior.nip, superior.name_key)
        .join(superior, superior.id == Employee.superior_id)
        .where(Employee.office == "", superior.office == "")
    )
    return {
        person_key(nip, name): person_key(above_nip, above_name)
        for nip, name, above_nip, above_name in connection.execute(query)
    }


def people_by_nip(connection: Connection, read: ReadFile) -> dict[str, tuple[int, str]]:
    """The employees that the rows of a file name: NIP → id and name."""
    nips = {row.values["nip"] for row in read.rows if row.values.get("nip")}
    stored = personnel_queries.import_snapshot(connection, nips)
    return {row["nip"]: (row["id"], row["name"]) for row in stored.values()}


def rated_people(
    connection: Connection, read: ReadFile, period: str, excluded: Mapping[int, str]
) -> tuple[dict[str, RatedPerson], Callable[[str], Sequence[RatedPerson]]]:
    """Employees by NIP with what their evaluation of ``period`` holds, and a finder for rounded NIPs.

    ``excluded`` gives for employees who are not evaluated the reason; anybody else can be rated.
    """
    nips = {row.values["nip"] for row in read.rows if row.values.get("nip")}
    stored = list(personnel_queries.import_snapshot(connection, nips).values())
    damaged = _by_prefix(connection, set(read.damaged.values()))
    everyone = {row["id"]: row for row in (*stored, *(row for found in damaged.values() for row in found))}
    held = held_ratings(connection, list(everyone), period)
    people = {number: _person(row, held.get(number), excluded.get(number, "")) for number, row in everyone.items()}
    by_nip = {person.nip: person for person in people.values()}
    by_prefix = {prefix: [people[row["id"]] for row in found] for prefix, found in damaged.items()}
    return by_nip, lambda prefix: by_prefix.get(prefix, ())


def _person(row: Mapping[str, Any], held: Any, excluded: str) -> RatedPerson:
    if held is None:
        return RatedPerson(row["id"], row["rid"], row["nip"], row["name"], excluded)
    return RatedPerson(
        row["id"],
        row["rid"],
        row["nip"],
        row["name"],
        "",
        held.result_rating,
        held.behaviour_rating,
        held.notes,
        held.state == "final",
    )


def held_ratings(connection: Connection, ids: Sequence[int], period: str) -> dict[int, Any]:
    """What the evaluations of a period hold, by employee."""
    found: dict[int, Any] = {}
    for chunk in _chunks(ids):
        query = (
            select(
                Evaluation.employee_id,
                Evaluation.result_rating,
                Evaluation.behaviour_rating,
                Evaluation.notes,
                Evaluation.state,
            )
            .join(AppraisalPeriod, AppraisalPeriod.id == Evaluation.period_id)
            .where(AppraisalPeriod.code == period, Evaluation.employee_id.in_(chunk))
        )
        found.update({row.employee_id: row for row in connection.execute(query)})
    return found


def _by_prefix(connection: Connection, prefixes: Iterable[str]) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for prefix in prefixes:
        query = select(Employee.nip).where(
            Employee.office == "", Employee.nip.between(prefix, prefix + "9" * (18 - len(prefix)))
        )
        nips = [nip for nip in connection.scalars(query) if nip]
        found[prefix] = list(personnel_queries.import_snapshot(connection, nips).values())
    return found


def _any_employee(connection: Connection) -> bool:
    return connection.scalar(select(Employee.id).limit(1)) is not None


def _chunks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]

"""The list of employees: filters and order become SQL, which returns every matching id in order.

60,000 rows are sorted by the database in a few tens of milliseconds; rows are then read page by page. The index
is named because SQLite's planner would rather read every record of the encrypted table than scan the wide index that
answers everything alone (measured in ``benchmarks/people_table.py``). Every index begins with the office: in a district
it gives the order by itself, a province that lists several offices sorts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, text

from asn_desktop.core.names import search_words
from asn_desktop.environment.resources import reference_table
from asn_desktop.personnel.completeness import NEEDED, sql_missing
from asn_desktop.personnel.fields import EMPLOYEE
from asn_desktop.personnel.model import INCOMPLETE
from asn_desktop.reference.rules import match_name
from asn_desktop.storage.dialect import SQLITE, Dialect, dialect_of

_EDUCATION = " ".join(
    f"WHEN '{level}' THEN {order}"
    for level, order in {
        **{row["tingkat"]: int(row["urutan"]) * 2 for row in reference_table("pendidikan")},
        "Profesi": 2 * 11 + 1,  # after S-1, before S-2
    }.items()
)
_BY_UNIT = "(SELECT name FROM unit WHERE unit.id = e.unit_id)"
_BY_OPD = "(SELECT o.name FROM unit u JOIN unit o ON o.id = u.opd_id WHERE u.id = e.unit_id)"

SORT_KEYS: dict[str, str] = {field.key: f"e.{field.key}" for field in EMPLOYEE.listed if field.screen.sort} | {
    "name": "e.name_key",
    "nip": "e.nip",
    "position": "e.position",
    "rank": "e.rank_order",
    "unit": _BY_UNIT,
    "opd": _BY_OPD,
    "education_level": f"CASE e.education_level {_EDUCATION} END",
}
"""Column of the list → what it sorts by."""

STATUSES = ("active", "inactive", "all", "incomplete")
"""``incomplete``: active, but something is missing that appraisals and forms need."""


@dataclass(frozen=True, slots=True)
class EmployeeSpec:
    """Which employees, in which order. Empty tuples mean "any"; ``unit_id`` includes the units below it.

    ``search`` matches when each of its words is found in the name, the NIP, the post or the unit's name.
    """

    search: str = ""
    unit_id: int | None = None
    opd_id: int | None = None
    status: str = "active"
    employment_kinds: tuple[str, ...] = ()
    ranks: tuple[str, ...] = ()
    position_kind: str | None = None
    missing: str = ""
    """With ``incomplete``: only those who lack this field (:mod:`~asn_desktop.personnel.completeness`)."""
    sort: str = "name"
    descending: bool = False


def employee_ids(connection: Connection, spec: EmployeeSpec) -> list[int]:
    """Ids of the employees that match ``spec``, in its order. Raises KeyError for an unknown sort key."""
    office = _only_office(connection)
    dialect = dialect_of(connection)
    return [row[0] for row in dialect.rows(connection, *statement_of(spec, office, dialect))]


def missing_counts(connection: Connection, spec: EmployeeSpec) -> dict[str, int]:
    """How many of the incomplete employees of a spec lack each needed field, most frequent first."""
    spec = replace(spec, status="incomplete", missing="")
    source, values = _source_of(spec, _only_office(connection), dialect_of(connection))
    sums = ", ".join(f"count(*) FILTER (WHERE {sql_missing(key, 'e.')})" for key in NEEDED)
    found = connection.execute(text(f"SELECT {sums} FROM {source}"), values).one()
    return dict(sorted(zip(NEEDED, found, strict=True), key=lambda pair: -pair[1]))


def _only_office(connection: Connection) -> str | None:
    offices = offices_of_employees(connection)
    return offices[0] if len(offices) == 1 else None


def offices_of_employees(connection: Connection) -> list[str]:
    """The offices whose employees are in the file ("" our own), by code: one look into the index for each."""
    query = (
        "WITH RECURSIVE found(office) AS (SELECT min(office) FROM employee UNION ALL"
        " SELECT (SELECT min(office) FROM employee e WHERE e.office > found.office) FROM found"
        " WHERE found.office IS NOT NULL) SELECT office FROM found WHERE office IS NOT NULL"
    )
    return list(connection.scalars(text(query)))


def statement_of(spec: EmployeeSpec, office: str | None, dialect: Dialect = SQLITE) -> tuple[str, dict[str, Any]]:
    """The SQL of a spec and its parameters (also for the test of the query plan); ``office`` None: of all offices."""
    source, values = _source_of(spec, office, dialect)
    return f"SELECT e.id FROM {source} ORDER BY {_order(spec)}", values


def _source_of(spec: EmployeeSpec, office: str | None, dialect: Dialect) -> tuple[str, dict[str, Any]]:
    """Table, index and conditions of a spec."""
    conditions: list[str] = []
    values: dict[str, Any] = {}
    index = _index(spec)
    if index != "ix_employee_unit_id":
        _add_office(spec, office, conditions, values)
    if spec.status != "all":  # written out: with a parameter SQLite could not tell that the partial index fits
        conditions.append(dialect.is_flag("e.active", spec.status != "inactive"))
    if spec.status == "incomplete":
        conditions.append(INCOMPLETE)
        if spec.missing:
            conditions.append(sql_missing(spec.missing, "e."))
    _add_units(spec, conditions, values)
    for number, word in enumerate(search_words(spec.search)):
        _add_word(number, word, conditions, values, dialect)
    for column, wanted in (("employment_kind", spec.employment_kinds), ("rank", spec.ranks)):
        if wanted:
            conditions.append(f"e.{column} IN ({_parameters(column, wanted, values)})")
    if spec.position_kind:
        conditions.append("e.position_kind = :position_kind")
        values["position_kind"] = spec.position_kind
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"employee e{dialect.by_index(index)}{where}", values


def _order(spec: EmployeeSpec) -> str:
    key = SORT_KEYS[spec.sort]
    direction = "DESC" if spec.descending else "ASC"
    if spec.sort == "name":
        # No second term: the named index gives one order, and sorting again would cost as much as searching.
        return f"{key} {direction}"
    return f"{key} {direction} NULLS LAST, e.name_key, e.id"


def _index(spec: EmployeeSpec) -> str:
    """The wide index, unless a smaller one gives the order already."""
    narrowed = spec.search.strip() or spec.employment_kinds or spec.ranks or spec.position_kind
    in_units = spec.unit_id is not None or spec.opd_id is not None
    if spec.status == "incomplete" and spec.sort == "name" and not narrowed and not in_units:
        return "ix_employee_incomplete"
    if narrowed or spec.status in ("all", "incomplete") or spec.sort not in ("name", "rank", "position"):
        return "ix_employee_list"
    if in_units:
        return "ix_employee_unit_id" if spec.sort == "name" else "ix_employee_list"
    return {"name": "ix_employee_name", "rank": "ix_employee_rank"}.get(spec.sort, "ix_employee_position")


def _add_office(spec: EmployeeSpec, office: str | None, conditions: list[str], values: dict[str, Any]) -> None:
    """The part of the index to read: of the office that the wanted unit belongs to, else of ``office``."""
    if spec.unit_id is not None or spec.opd_id is not None:
        wanted = "unit_id" if spec.unit_id is not None else "opd_id"
        conditions.append(f"e.office = (SELECT office FROM unit WHERE id = :{wanted})")
    elif office is not None:
        conditions.append("e.office = :office")
        values["office"] = office


def _add_units(spec: EmployeeSpec, conditions: list[str], values: dict[str, Any]) -> None:
    if spec.unit_id is not None:
        conditions.append(
            "e.unit_id IN (WITH RECURSIVE below(id) AS (SELECT id FROM unit WHERE id = :unit_id UNION"
            " SELECT unit.id FROM unit JOIN below ON unit.parent_id = below.id) SELECT id FROM below)"
        )
        values["unit_id"] = spec.unit_id
    if spec.opd_id is not None:
        conditions.append("e.unit_id IN (SELECT id FROM unit WHERE opd_id = :opd_id)")
        values["opd_id"] = spec.opd_id


def _add_word(number: int, word: str, conditions: list[str], values: dict[str, Any], dialect: Dialect) -> None:
    values[f"word{number}"] = word
    values[f"unit{number}"] = match_name(word)
    units = f"SELECT id FROM unit WHERE {dialect.contains('match_name', f':unit{number}')}"
    conditions.append(f"({dialect.contains('e.search_text', f':word{number}')} OR e.unit_id IN ({units}))")


def _parameters(name: str, wanted: Any, values: dict[str, Any]) -> str:
    keys = [f"{name}_{number}" for number in range(len(wanted))]
    values.update(zip(keys, wanted, strict=True))
    return ", ".join(f":{key}" for key in keys)

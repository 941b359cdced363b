"""Who goes onto a worksheet, with what is stored about them now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from asn_desktop.appraisal.model import AppraisalPeriod, Evaluation
from asn_desktop.core.names import print_name
from asn_desktop.exchange.worksheet.kinds import PERSONNEL_SHEET
from asn_desktop.personnel import queries as personnel_queries
from asn_desktop.personnel.model import Employee
from asn_desktop.reference.model import Unit
from asn_desktop.training import queries as training_queries


@dataclass(frozen=True, slots=True)
class OutgoingRow:
    """One person. ``values`` holds context and fields by key; ``rid`` is the employee's."""

    rid: str
    nip: str
    values: Mapping[str, Any]


def rating_rows(connection: Connection, period: str, units: Collection[int]) -> list[OutgoingRow]:
    """The evaluations of a period in some units, by unit and name."""
    unit = aliased(Unit)
    query = (
        select(
            Employee.rid, Employee.nip, Employee.title_front, Employee.name, Employee.title_back,
            Evaluation.position, unit.name.label("unit"),
            Evaluation.result_rating, Evaluation.behaviour_rating, Evaluation.notes,
        )
        .join(AppraisalPeriod, AppraisalPeriod.id == Evaluation.period_id)
        .join(Employee, Employee.id == Evaluation.employee_id)
        .outerjoin(unit, unit.id == Evaluation.unit_id)
        .where(AppraisalPeriod.code == period, Evaluation.unit_id.in_(units))
        .order_by(unit.name, Employee.name_key, Employee.id)
    )  # fmt: skip
    return [_row(dict(found)) for found in connection.execute(query).mappings()]


def personnel_rows(connection: Connection, units: Collection[int]) -> list[OutgoingRow]:
    """Active employees of some units, by unit and name."""
    query = select(Employee.id).where(Employee.active.is_(True), Employee.unit_id.in_(units))
    found = list(personnel_queries.import_rows(connection, connection.scalars(query)))
    found.sort(key=lambda row: (row["unit"] or "", row["name_key"], row["id"]))
    wanted = {"employment_kind", *PERSONNEL_SHEET.fields}
    return [
        OutgoingRow(row["rid"], row["nip"] or "", {"name": row["name"], "nip": row["nip"], **_only(row, wanted)})
        for row in found
    ]


def participant_rows(connection: Connection, event_id: int) -> list[OutgoingRow]:
    """Everybody who has a place in an event, or gave one up."""
    people = training_queries.participants(connection, event_id)
    rids = dict(
        connection.execute(
            select(Employee.id, Employee.rid).where(Employee.id.in_([row.employee_id for row in people]))
        ).all()
    )
    keys = ("name", "nip", "position", "unit", "state", "attendance_percent", "jp_credited",
            "certificate_number", "certificate_date")  # fmt: skip
    return [OutgoingRow(rids[row.employee_id], row.nip, {key: getattr(row, key) for key in keys}) for row in people]


def _row(found: Mapping[str, Any]) -> OutgoingRow:
    name = print_name(found["title_front"] or "", found["name"], found["title_back"] or "")
    return OutgoingRow(found["rid"], found["nip"] or "", {**found, "name": name})


def _only(row: Mapping[str, Any], keys: Collection[str]) -> dict[str, Any]:
    return {key: row[key] for key in keys}

"""Rows for our own workbooks: employees and ratings by field key, streamed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from asn_desktop.appraisal.model import AppraisalPeriod, Evaluation, OrganisationResult
from asn_desktop.core.names import print_name
from asn_desktop.core.periods import Period
from asn_desktop.personnel import queries as personnel_queries
from asn_desktop.personnel.model import Employee
from asn_desktop.reference import queries as reference_queries
from asn_desktop.reference.model import Unit

_CHUNK = 500


def personnel_rows(connection: Connection, unit_id: int | None) -> Iterator[Mapping[str, Any]]:
    """Every employee, inactive ones too, of a unit and all below it, else of this office; by name."""
    query = select(Employee.id).order_by(Employee.name_key, Employee.id)
    if unit_id is None:
        query = query.where(Employee.office == "")
    else:
        query = query.where(Employee.unit_id.in_(_below(connection, unit_id)))
    ids = list(connection.scalars(query))
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        found = {row["id"]: row for row in personnel_queries.import_rows(connection, chunk)}
        yield from (found[number] for number in chunk)


def rating_rows(connection: Connection, period: Period, unit_id: int | None) -> Iterator[Mapping[str, Any]]:
    """The evaluations of a period in the layout PREDIKAT, of a unit or of this office; unrated ones have empty
    ratings."""
    unit, opd, assessor, result = aliased(Unit), aliased(Unit), aliased(Employee), aliased(OrganisationResult)
    query = (
        select(
            Employee.nip,
            Employee.title_front,
            Employee.name,
            Employee.title_back,
            unit.name.label("unit"),
            opd.name.label("opd"),
            Evaluation.position,
            result.result.label("organisation_result"),
            Evaluation.result_rating,
            Evaluation.behaviour_rating,
            Evaluation.predicate,
            Evaluation.notes,
            Evaluation.state,
            Evaluation.assessor_name,
            Evaluation.assessor_position,
            assessor.nip.label("assessor_nip"),
            assessor.name.label("assessor_plain"),
            assessor.title_front.label("assessor_front"),
            assessor.title_back.label("assessor_back"),
            assessor.position.label("assessor_post"),
        )
        .join(AppraisalPeriod, AppraisalPeriod.id == Evaluation.period_id)
        .join(Employee, Employee.id == Evaluation.employee_id)
        .outerjoin(unit, unit.id == Evaluation.unit_id)
        .outerjoin(opd, opd.id == unit.opd_id)
        .outerjoin(assessor, assessor.id == Evaluation.assessor_id)
        .outerjoin(
            result,
            (result.unit_id == Evaluation.organisation_unit_id) & (result.period_id == Evaluation.period_id),
        )
        .where(AppraisalPeriod.code == period.code)
        .order_by(opd.name, unit.name, Employee.name_key, Employee.id)
    )
    if unit_id is None:
        query = query.where(Employee.office == "")
    else:
        query = query.where(Evaluation.unit_id.in_(_below(connection, unit_id)))
    for row in connection.execute(query).mappings():
        yield _rating_row(dict(row), period)


def _rating_row(row: Mapping[str, Any], period: Period) -> dict[str, Any]:
    outside = row["assessor_name"]
    inside = row["assessor_plain"]
    if inside:
        assessor = print_name(row["assessor_front"] or "", inside, row["assessor_back"] or "")
    else:
        assessor = outside
    return {
        **row,
        "name": print_name(row["title_front"] or "", row["name"], row["title_back"] or ""),
        "year": period.year,
        "period": period.short_code,
        "starts": period.starts,
        "ends": period.ends,
        "assessor_name": assessor,
        "assessor_position": row["assessor_post"] or row["assessor_position"],
        "assessor_status": "ASN" if inside else "NON_ASN" if outside else None,
    }


def _below(connection: Connection, unit_id: int) -> set[int]:
    return reference_queries.with_descendants(reference_queries.units(connection), unit_id)

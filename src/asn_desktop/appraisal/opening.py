"""Open a quarter: one evaluation per active employee, with unit, post, rank and assessor as of the period's end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from asn_desktop.appraisal import rules
from asn_desktop.appraisal.model import AppraisalPeriod, Evaluation
from asn_desktop.core.i18n import _
from asn_desktop.core.periods import Period
from asn_desktop.personnel import queries as personnel
from asn_desktop.personnel.model import Employee
from asn_desktop.storage.offices import ours
from asn_desktop.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Opening:
    """What opening a period would do or did. ``excluded``: (reason, how many), Lampiran II.C.8."""

    created: int
    existing: int
    excluded: tuple[tuple[str, int], ...]
    without_assessor: int
    without_unit: int


def open_period(uow: UnitOfWork, period: Period, window: tuple[date, date]) -> Opening:
    """Create the period if it is new and the evaluations that are missing; never touches existing ones."""
    table = AppraisalPeriod
    period_id = uow.connection.scalar(select(table.id).where(table.code == period.code))
    if period_id is None:
        values = {"code": period.code, "year": period.year, "quarter": period.quarter}
        period_id = uow.insert(table, values | {"window_opens": window[0], "window_closes": window[1]})
    rows, opening = _plan(uow.connection, period, period_id)
    uow.insert_many(Evaluation, rows)
    return opening


def preview(connection: Connection, period: Period) -> Opening:
    """What :func:`open_period` would do, without writing."""
    period_id = connection.scalar(select(AppraisalPeriod.id).where(AppraisalPeriod.code == period.code))
    return _plan(connection, period, period_id)[1]


def not_evaluated(connection: Connection, period: Period) -> dict[int, str]:
    """Employees without an evaluation in ``period`` who would get none on opening it: id → reason."""
    query = (
        select(Evaluation.employee_id)
        .join(AppraisalPeriod, AppraisalPeriod.id == Evaluation.period_id)
        .where(AppraisalPeriod.code == period.code)
    )
    known = set(connection.scalars(query))
    serving = set(personnel.serving_on(connection, period.ends))
    found: dict[int, str] = {}
    for person, status in connection.execute(select(Employee.id, Employee.legal_status).where(ours(Employee))):
        reason = rules.exclusion_reason(status) or ("" if person in serving else _("belum atau tidak lagi aktif"))
        if reason and person not in known:
            found[person] = reason
    return found


def reassign(uow: UnitOfWork, period_id: int, period: Period) -> int:
    """Bring unit, post, rank and assessor of evaluations that are not final up to date; returns how many changed.

    For heads of units and superiors that were entered after the quarter was opened.
    """
    query = (
        select(Evaluation.employee_id, Evaluation.id)
        .join(Employee, Employee.id == Evaluation.employee_id)
        .where(Evaluation.period_id == period_id, Evaluation.state != "final", ours(Employee))
    )
    evaluation_of = dict(uow.connection.execute(query).all())
    assignments = _assignments(uow.connection, list(evaluation_of), period.ends)
    return uow.update_many(Evaluation, [(evaluation_of[person], values) for person, values in assignments.items()])


def _plan(connection: Connection, period: Period, period_id: int | None) -> tuple[list[dict[str, Any]], Opening]:
    serving = personnel.serving_on(connection, period.ends)
    own = select(Employee.id).where(ours(Employee))
    query = select(Evaluation.employee_id).where(Evaluation.period_id == period_id, Evaluation.employee_id.in_(own))
    known = set(connection.scalars(query))
    status = dict(connection.execute(select(Employee.id, Employee.legal_status)).all())
    reasons = {person: rules.exclusion_reason(status[person]) for person in serving if person not in known}
    assignments = _assignments(connection, [person for person, reason in reasons.items() if not reason], period.ends)
    opening = Opening(
        created=len(assignments),
        existing=len(known),
        excluded=tuple(sorted(Counter(reason for reason in reasons.values() if reason).items())),
        without_assessor=sum(not row["assessor_id"] and not row["assessor_name"] for row in assignments.values()),
        without_unit=sum(row["unit_id"] is None for row in assignments.values()),
    )
    rows = [{"employee_id": person, "period_id": period_id} | values for person, values in assignments.items()]
    return rows, opening


def _assignments(connection: Connection, people: list[int], day: date) -> dict[int, dict[str, Any]]:
    """Columns of an evaluation that say where somebody was on ``day`` and who assesses, by employee.

    The organisation result is that of the unit the assessor leads (Lampiran IV.B.1g). Where that is not known the
    employee's own unit stands in, so that a result entered per OPD already reaches the form.
    """
    places = personnel.placement_on(connection, people, day)
    assessors = personnel.assessors_on(connection, people, day)
    ranks = dict(connection.execute(select(Employee.id, Employee.rank)).all())
    found: dict[int, dict[str, Any]] = {}
    for person in people:
        place, assessor = places[person], assessors.get(person)
        led = assessor.unit_id if assessor else None
        outside = assessor if assessor and assessor.id is None else None
        found[person] = {
            "unit_id": place.unit_id,
            "position": place.position,
            "rank": ranks[person],
            "assessor_id": assessor.id if assessor else None,
            "assessor_name": outside.name if outside else None,
            "assessor_position": outside.position if outside else None,
            "organisation_unit_id": led if led is not None else place.unit_id,
        }
    return found

"""What follows from evaluations: which plans to propose, which proposals have lost their reason, who could help."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from asn_desktop.appraisal.model import AppraisalPeriod, Evaluation
from asn_desktop.appraisal.predicate import Predicate
from asn_desktop.core.i18n import _
from asn_desktop.core.names import print_name, search_key
from asn_desktop.core.periods import Period
from asn_desktop.personnel.model import Employee
from asn_desktop.reference.model import Unit
from asn_desktop.remediation import rules
from asn_desktop.remediation.model import RemediationPlan
from asn_desktop.remediation.queries import low_condition
from asn_desktop.storage.offices import ours


@dataclass(frozen=True, slots=True)
class ProposalPlan:
    """What :func:`proposals` found: rows to insert, proposals to refresh, ids of proposals to withdraw."""

    missing: tuple[dict[str, Any], ...]
    outdated: tuple[tuple[int, dict[str, Any]], ...]
    withdrawn: tuple[int, ...]


def proposals(
    connection: Connection, period: Period | None = None, rids: Collection[str] | None = None
) -> ProposalPlan:
    """Compare low evaluations with the plans there are; of one period, of the evaluations ``rids``, or of all.

    Each evaluation has at most one plan. A plan that a person has confirmed, declined or closed is never touched.
    """
    query = (
        select(
            Evaluation.id, Evaluation.employee_id, Evaluation.predicate, Evaluation.result_rating,
            Evaluation.behaviour_rating, AppraisalPeriod.year, AppraisalPeriod.quarter,
        )
        .join(AppraisalPeriod, AppraisalPeriod.id == Evaluation.period_id)
        .join(Employee, Employee.id == Evaluation.employee_id)
        .where(low_condition(), ours(Employee))  # what follows for others is for their own office to say
        .order_by(Evaluation.id)
    )  # fmt: skip
    open_plans = (
        select(RemediationPlan.id, RemediationPlan.evaluation_id, RemediationPlan.state)
        .join(Evaluation, Evaluation.id == RemediationPlan.evaluation_id)
        .join(AppraisalPeriod, AppraisalPeriod.id == Evaluation.period_id)
        .join(Employee, Employee.id == Evaluation.employee_id)
        .where(ours(Employee))
    )
    if period is not None:
        query = query.where(AppraisalPeriod.code == period.code)
        open_plans = open_plans.where(AppraisalPeriod.code == period.code)
    if rids is not None:
        query = query.where(Evaluation.rid.in_(rids))
        open_plans = open_plans.where(Evaluation.rid.in_(rids))
    existing = {row.evaluation_id: row for row in connection.execute(open_plans)}
    missing: list[dict[str, Any]] = []
    outdated: list[tuple[int, dict[str, Any]]] = []
    low: set[int] = set()
    for row in connection.execute(query):
        low.add(row.id)
        values = _proposal(row)
        plan = existing.get(row.id)
        if plan is None:
            missing.append({"employee_id": row.employee_id, "evaluation_id": row.id, "state": "proposed", **values})
        elif plan.state == "proposed":
            outdated.append((plan.id, values))
    withdrawn = [row.id for key, row in existing.items() if row.state == "proposed" and key not in low]
    return ProposalPlan(tuple(missing), tuple(outdated), tuple(withdrawn))


def _proposal(row: Any) -> dict[str, Any]:
    period = Period(row.year, row.quarter)
    ratings = (row.result_rating, row.behaviour_rating)
    return {
        "trigger": rules.trigger_sentence(period.label, row.predicate, *ratings),
        "kind": rules.proposed_kind(*ratings),
        "root_cause": rules.proposed_cause(*ratings),
    }


def still_low(connection: Connection, plan_id: int) -> bool:
    """Whether the evaluation behind a plan would be proposed today."""
    query = (
        select(Evaluation.id)
        .join(RemediationPlan, RemediationPlan.evaluation_id == Evaluation.id)
        .where(RemediationPlan.id == plan_id, low_condition())
    )
    return connection.scalar(query) is not None


def count_missing(connection: Connection) -> int:
    """Low evaluations that have no plan of any state yet."""
    query = (
        select(func.count())
        .select_from(Evaluation)
        .join(Employee, Employee.id == Evaluation.employee_id)
        .outerjoin(RemediationPlan, RemediationPlan.evaluation_id == Evaluation.id)
        .where(low_condition(), RemediationPlan.id.is_(None), ours(Employee))
    )
    return connection.scalar(query) or 0


# -- mentors --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MentorRow:
    """Somebody who could guide: ``reason`` says in words why they stand here. ``load``: people guided now."""

    employee_id: int
    nip: str
    name: str
    position: str
    unit: str
    load: int
    reason: str


def mentor_suggestions(connection: Connection, employee_id: int, load_limit: int, limit: int = 12) -> list[MentorRow]:
    """Suitable seniors: active, of the same unit or OPD, last predicate Baik or better, not over the load limit.

    The same unit comes first, then Sangat Baik before Baik, then the one who guides fewest, then the highest rank.
    Ranks of PNS and PPPK are not comparable; between the two only the predicate counts.
    """
    person = connection.execute(
        select(Employee.unit_id, Unit.opd_id, Employee.rank_order, Employee.employment_kind)
        .outerjoin(Unit, Unit.id == Employee.unit_id)
        .where(Employee.id == employee_id)
    ).one()
    if person.unit_id is None:
        return []
    near = Unit.opd_id == person.opd_id if person.opd_id is not None else Unit.id == person.unit_id
    colleagues = select(Employee.id).join(Unit, Unit.id == Employee.unit_id).where(Employee.active, near)
    order = AppraisalPeriod.year * 10 + func.nullif(AppraisalPeriod.quarter, 0)
    place = func.row_number().over(partition_by=Evaluation.employee_id, order_by=order.desc().nulls_last())
    latest = (
        select(Evaluation.employee_id, Evaluation.predicate, place.label("place"))
        .join(AppraisalPeriod, AppraisalPeriod.id == Evaluation.period_id)
        .where(Evaluation.predicate.is_not(None), Evaluation.employee_id.in_(colleagues))
        .subquery()
    )
    load = (
        select(RemediationPlan.mentor_id, func.count().label("n"))
        .where(RemediationPlan.state == "active", RemediationPlan.mentor_id.is_not(None))
        .group_by(RemediationPlan.mentor_id)
        .subquery()
    )
    query = (
        select(
            Employee.id, Employee.nip, Employee.name, Employee.title_front, Employee.title_back, Employee.position,
            Employee.unit_id, Employee.rank_order, Employee.employment_kind, Unit.name.label("unit"),
            latest.c.predicate, func.coalesce(load.c.n, 0).label("load"),
        )
        .join(Unit, Unit.id == Employee.unit_id)
        .join(latest, latest.c.employee_id == Employee.id)
        .outerjoin(load, load.c.mentor_id == Employee.id)
        .where(
            Employee.active,
            Employee.id != employee_id,
            latest.c.place == 1,
            latest.c.predicate.in_(rules.GOOD_PREDICATES),
            func.coalesce(load.c.n, 0) < load_limit,
        )
    )  # fmt: skip
    found = [row for row in connection.execute(query) if _senior(row, person)]
    found.sort(
        key=lambda row: (
            row.unit_id != person.unit_id,
            row.predicate != "SANGAT_BAIK",
            row.load,
            -(row.rank_order or 0),
            search_key(row.name),
        )
    )
    return [_mentor(row, row.unit_id == person.unit_id) for row in found[:limit]]


def _senior(row: Any, person: Any) -> bool:
    same_scale = row.employment_kind.startswith("PPPK") == person.employment_kind.startswith("PPPK")
    if not same_scale or row.rank_order is None or person.rank_order is None:
        return True
    return bool(row.rank_order >= person.rank_order)


def _mentor(row: Any, same_unit: bool) -> MentorRow:
    where = _("satu unit") if same_unit else _("satu OPD")
    work = _("membina {n} orang").format(n=row.load) if row.load else _("belum membina siapa pun")
    reason = _("{where} · predikat {predicate} · {work}").format(
        where=where, predicate=Predicate(row.predicate).label, work=work
    )
    name = print_name(row.title_front or "", row.name, row.title_back or "")
    return MentorRow(row.id, row.nip or "", name, row.position or "", row.unit or "", row.load, reason)

"""Reading plans: lists by group, one plan with everything, counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, exists, func, or_, select

from asn_desktop.appraisal.model import AppraisalPeriod, Evaluation
from asn_desktop.core.chunks import chunks
from asn_desktop.core.i18n import N_
from asn_desktop.core.names import print_name, search_words
from asn_desktop.personnel.model import Employee
from asn_desktop.reference.model import Unit
from asn_desktop.remediation.model import PlanNote, PlanStep, RemediationPlan
from asn_desktop.remediation.rules import BELOW, LOW_PREDICATES
from asn_desktop.storage.base import aliased
from asn_desktop.training.model import TrainingEvent


class PlanGroup(StrEnum):
    """How the list is grouped. A running plan is late when its own or a step's date has passed."""

    PROPOSED = "proposed"
    RUNNING = "running"
    LATE = "late"
    FINISHED = "finished"


PLAN_GROUPS: dict[str, str] = {
    PlanGroup.PROPOSED: N_("Usulan"),
    PlanGroup.RUNNING: N_("Berjalan"),
    PlanGroup.LATE: N_("Terlambat"),
    PlanGroup.FINISHED: N_("Selesai"),
}


@dataclass(frozen=True, slots=True)
class PlanSpec:
    """Which plans a list shows. ``today`` decides what is late; empty fields do not narrow."""

    today: date
    group: str = ""
    search: str = ""
    kind: str = ""
    period: str = ""
    unit_ids: frozenset[int] = frozenset()
    repeated: bool = False
    """Only people whose quarter before was low too."""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan as the list shows it. ``repeated``: the quarter before was low too."""

    id: int
    version: int
    employee_id: int
    nip: str
    name: str
    bare_name: str
    """Without titles."""
    position: str
    unit: str
    opd: str
    trigger_period: str
    predicate: str | None
    trigger: str
    kind: str
    state: str
    group: PlanGroup
    starts: date | None
    due: date | None
    mentor: str
    steps: int
    steps_done: int
    next_due: date | None
    outcome: str | None
    repeated: bool


@dataclass(frozen=True, slots=True)
class StepRow:
    id: int
    version: int
    position: int
    action: str
    success_sign: str
    due: date | None
    done_on: date | None
    evidence: str
    result: str
    event_id: int | None


@dataclass(frozen=True, slots=True)
class NoteRow:
    id: int
    day: date
    text: str


@dataclass(frozen=True, slots=True)
class PlanDetail:
    """Everything about one plan, for the panel beside the list and the forms."""

    row: PlanRow
    evaluation_id: int | None
    result_rating: str | None
    behaviour_rating: str | None
    root_cause: str | None
    goal: str
    mentor_id: int | None
    event_id: int | None
    event_name: str
    event_starts: date | None
    closed_on: date | None
    outcome_note: str
    decision_reason: str
    steps: tuple[StepRow, ...]
    notes: tuple[NoteRow, ...]


def _late(today: date) -> ColumnElement[bool]:
    step_late = exists().where(PlanStep.plan_id == RemediationPlan.id, PlanStep.done_on.is_(None), PlanStep.due < today)
    return or_(and_(RemediationPlan.due.is_not(None), RemediationPlan.due < today), step_late)


def _group_condition(group: str, today: date) -> ColumnElement[bool]:
    plan = RemediationPlan
    if group == PlanGroup.PROPOSED:
        return plan.state == "proposed"
    if group == PlanGroup.LATE:
        return and_(plan.state == "active", _late(today))
    if group == PlanGroup.RUNNING:
        return and_(plan.state == "active", ~_late(today))
    return plan.state.in_(("closed", "declined"))


def low_condition() -> ColumnElement[bool]:
    """The SQL form of :func:`rules.is_low`."""
    return or_(
        Evaluation.predicate.in_(LOW_PREDICATES),
        Evaluation.result_rating == BELOW,
        Evaluation.behaviour_rating == BELOW,
    )


def _repeated_condition() -> ColumnElement[bool]:
    """The same person's quarter before the one that proposed the plan was low too."""
    now, before = aliased(AppraisalPeriod), aliased(AppraisalPeriod)
    this, last = aliased(Evaluation), aliased(Evaluation)
    return exists(
        select(last.id)
        .join(before, before.id == last.period_id)
        .join(this, and_(this.id == RemediationPlan.evaluation_id, this.employee_id == last.employee_id))
        .join(now, now.id == this.period_id)
        .where(
            now.quarter > 0,
            before.quarter > 0,
            before.year * 4 + before.quarter == now.year * 4 + now.quarter - 1,
            or_(last.predicate.in_(LOW_PREDICATES), last.result_rating == BELOW, last.behaviour_rating == BELOW),
        )
        .correlate(RemediationPlan)
    )


def plan_ids(connection: Connection, spec: PlanSpec) -> list[int]:
    """Plans by group (proposals, late, running, finished), then by due date and name; the last closed first."""
    plan = RemediationPlan
    order = case(
        (plan.state == "proposed", 0),
        (and_(plan.state == "active", _late(spec.today)), 1),
        (plan.state == "active", 2),
        else_=3,
    )
    query = (
        select(plan.id)
        .join(Employee, Employee.id == plan.employee_id)
        .outerjoin(Evaluation, Evaluation.id == plan.evaluation_id)
        .outerjoin(AppraisalPeriod, AppraisalPeriod.id == Evaluation.period_id)
        .order_by(order, case((order == 3, plan.closed_on)).desc(), plan.due.nulls_first(), Employee.name_key, plan.id)
    )
    if spec.group:
        query = query.where(_group_condition(spec.group, spec.today))
    if spec.kind:
        query = query.where(plan.kind == spec.kind)
    if spec.period:
        query = query.where(AppraisalPeriod.code == spec.period)
    if spec.unit_ids:
        query = query.where(Employee.unit_id.in_(spec.unit_ids))
    if spec.repeated:
        query = query.where(_repeated_condition())
    for word in search_words(spec.search):
        query = query.where(or_(Employee.search_text.contains(word), Employee.nip.contains(word)))
    return list(connection.scalars(query))


def plan_rows(connection: Connection, ids: Sequence[int], today: date) -> list[PlanRow]:
    """The rows of ``ids`` in that order."""
    rows: dict[int, PlanRow] = {}
    for chunk in chunks(ids):
        for row in connection.execute(_row_query(today).where(RemediationPlan.id.in_(chunk))):
            rows[row.id] = _plan_row(row)
    return [rows[number] for number in ids if number in rows]


@lru_cache(maxsize=8)  # putting the statement together takes longer than running it
def _row_query(today: date) -> Any:
    plan, mentor, opd = RemediationPlan, aliased(Employee), aliased(Unit)
    steps = (
        select(
            PlanStep.plan_id,
            func.count().label("steps"),
            func.count(PlanStep.done_on).label("done"),
            func.min(case((PlanStep.done_on.is_(None), PlanStep.due))).label("next_due"),
        )
        .group_by(PlanStep.plan_id)
        .subquery()
    )
    return (
        select(
            plan.id, plan.version, plan.employee_id, plan.trigger, plan.kind, plan.state, plan.starts, plan.due,
            plan.outcome, Employee.nip, Employee.name, Employee.title_front, Employee.title_back,
            Employee.position, Unit.name.label("unit"), opd.name.label("opd"),
            AppraisalPeriod.code.label("trigger_period"), Evaluation.predicate,
            mentor.name.label("mentor_name"), mentor.title_front.label("mentor_front"),
            mentor.title_back.label("mentor_back"), func.coalesce(steps.c.steps, 0).label("steps"),
            func.coalesce(steps.c.done, 0).label("done"), steps.c.next_due.label("next_due"),
            _late(today).label("late"), _repeated_condition().label("repeated"),
        )
        .join(Employee, Employee.id == plan.employee_id)
        .outerjoin(Unit, Unit.id == Employee.unit_id)
        .outerjoin(opd, opd.id == Unit.opd_id)
        .outerjoin(Evaluation, Evaluation.id == plan.evaluation_id)
        .outerjoin(AppraisalPeriod, AppraisalPeriod.id == Evaluation.period_id)
        .outerjoin(mentor, mentor.id == plan.mentor_id)
        .outerjoin(steps, steps.c.plan_id == plan.id)
    )  # fmt: skip


def _plan_row(row: Any) -> PlanRow:
    group = {"proposed": PlanGroup.PROPOSED, "closed": PlanGroup.FINISHED, "declined": PlanGroup.FINISHED}.get(
        row.state, PlanGroup.LATE if row.late else PlanGroup.RUNNING
    )
    mentor = print_name(row.mentor_front or "", row.mentor_name, row.mentor_back or "") if row.mentor_name else ""
    return PlanRow(
        row.id, row.version, row.employee_id, row.nip or "",
        print_name(row.title_front or "", row.name, row.title_back or ""), row.name, row.position or "",
        row.unit or "", row.opd or "", row.trigger_period or "", row.predicate, row.trigger, row.kind, row.state,
        group, row.starts, row.due, mentor, row.steps, row.done, row.next_due, row.outcome, bool(row.repeated),
    )  # fmt: skip


def plan_detail(connection: Connection, plan_id: int, today: date) -> PlanDetail | None:
    rows = plan_rows(connection, [plan_id], today)
    if not rows:
        return None
    plan = RemediationPlan
    more = connection.execute(
        select(
            plan.evaluation_id, plan.root_cause, plan.goal, plan.mentor_id, plan.event_id, plan.closed_on,
            plan.outcome_note, plan.decision_reason, Evaluation.result_rating, Evaluation.behaviour_rating,
            TrainingEvent.name.label("event_name"), TrainingEvent.starts.label("event_starts"),
        )
        .outerjoin(Evaluation, Evaluation.id == plan.evaluation_id)
        .outerjoin(TrainingEvent, TrainingEvent.id == plan.event_id)
        .where(plan.id == plan_id)
    ).one()  # fmt: skip
    return PlanDetail(
        rows[0], more.evaluation_id, more.result_rating, more.behaviour_rating, more.root_cause, more.goal or "",
        more.mentor_id, more.event_id, more.event_name or "", more.event_starts, more.closed_on,
        more.outcome_note or "", more.decision_reason or "", tuple(steps_of(connection, plan_id)),
        tuple(notes_of(connection, plan_id)),
    )  # fmt: skip


def steps_of(connection: Connection, plan_id: int) -> list[StepRow]:
    step = PlanStep
    query = (
        select(
            step.id, step.version, step.position, step.action, step.success_sign, step.due, step.done_on,
            step.evidence, step.result, step.event_id,
        )
        .where(step.plan_id == plan_id)
        .order_by(step.position, step.id)
    )  # fmt: skip
    return [
        StepRow(
            row.id, row.version, row.position, row.action, row.success_sign or "", row.due, row.done_on,
            row.evidence or "", row.result or "", row.event_id,
        )
        for row in connection.execute(query)
    ]  # fmt: skip


def notes_of(connection: Connection, plan_id: int) -> list[NoteRow]:
    """The journal, newest first."""
    query = (
        select(PlanNote.id, PlanNote.day, PlanNote.text)
        .where(PlanNote.plan_id == plan_id)
        .order_by(PlanNote.day.desc(), PlanNote.id.desc())
    )
    return [NoteRow(*row) for row in connection.execute(query)]


def group_counts(connection: Connection, today: date) -> dict[PlanGroup, int]:
    """How many plans each group holds: the lengths of the lists that :func:`plan_ids` gives."""
    plan = RemediationPlan
    counts = dict.fromkeys(PlanGroup, 0)
    late = case((_late(today), 1), else_=0)
    query = select(plan.state, late, func.count()).group_by(plan.state, late)
    for state, is_late, count in connection.execute(query):
        if state == "proposed":
            counts[PlanGroup.PROPOSED] += count
        elif state == "active":
            counts[PlanGroup.LATE if is_late else PlanGroup.RUNNING] += count
        else:
            counts[PlanGroup.FINISHED] += count
    return counts


def people_with_open_plan(connection: Connection) -> frozenset[int]:
    """Employees with a proposal or a running plan: candidates for a place in an event."""
    query = select(RemediationPlan.employee_id).where(RemediationPlan.state.in_(("proposed", "active"))).distinct()
    return frozenset(connection.scalars(query))

"""Tables: remediation plans (rencana pembinaan), their steps and journal."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint

from asn_desktop.remediation.fields import PLAN
from asn_desktop.storage.base import Record, Stored, checks, column


class RemediationPlan(Record):
    """A plan proposed from a low evaluation; a person confirms or declines it with a reason."""

    natural_key = ("evaluation_id",)

    __tablename__ = "remediation_plan"
    __table_args__ = (
        UniqueConstraint("evaluation_id"),
        *checks(PLAN),
        Index("ix_remediation_plan_employee_id", "employee_id"),
    )

    employee_id: Stored[int] = column(ForeignKey("employee.id"))
    evaluation_id: Stored[int | None] = column(ForeignKey("evaluation.id"))
    trigger: Stored[str]
    """Why it was proposed, in words: the predicate and the rating below expectation."""
    kind: Stored[str]
    """``coaching``, ``mentoring``, ``pelatihan_formal``, ``pelatihan_informal``, ``konseling``,
    ``penyesuaian_ekspektasi``, ``penyesuaian_sumber_daya``."""
    root_cause: Stored[str | None]
    """``kompetensi``, ``sumber_daya``, ``perilaku``, ``kesehatan``, ``penempatan``."""
    goal: Stored[str | None]
    mentor_id: Stored[int | None] = column(ForeignKey("employee.id"), index=True)
    event_id: Stored[int | None] = column(ForeignKey("training_event.id"), index=True)
    starts: Stored[date | None]
    due: Stored[date | None]
    """Default six months after the start."""
    state: Stored[str] = column(default="proposed")
    outcome: Stored[str | None]
    closed_on: Stored[date | None]
    outcome_note: Stored[str | None]
    """What changed for the person, in words, when the plan was closed."""
    decision_reason: Stored[str | None]


class PlanStep(Record):
    __tablename__ = "plan_step"
    __table_args__ = (Index("ix_plan_step_plan_id", "plan_id", "position"),)

    plan_id: Stored[int] = column(ForeignKey("remediation_plan.id"))
    position: Stored[int]
    action: Stored[str]
    success_sign: Stored[str | None]
    due: Stored[date | None]
    done_on: Stored[date | None]
    evidence: Stored[str | None]
    result: Stored[str | None]
    event_id: Stored[int | None] = column(ForeignKey("training_event.id"), index=True)


class PlanNote(Record):
    """A line of the plan's journal."""

    __tablename__ = "plan_note"
    __table_args__ = (Index("ix_plan_note_plan_id", "plan_id"),)

    plan_id: Stored[int] = column(ForeignKey("remediation_plan.id"))
    day: Stored[date]
    text: Stored[str]

"""Tables: remediation plans (rencana pembinaan), their steps and journal."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint

from asn_desktop.storage.base import Field, Record, field


class RemediationPlan(Record):
    """A plan proposed from a low evaluation; a person confirms or declines it with a reason."""

    __tablename__ = "remediation_plan"
    __table_args__ = (
        UniqueConstraint("evaluation_id"),
        CheckConstraint("state IN ('proposed','active','closed','declined')", "state"),
        CheckConstraint("outcome IN ('berhasil','sebagian','tidak_berhasil')", "outcome"),
        Index("ix_remediation_plan_employee_id", "employee_id"),
        {"sqlite_autoincrement": True},
    )

    employee_id: Field[int] = field(ForeignKey("employee.id"))
    evaluation_id: Field[int | None] = field(ForeignKey("evaluation.id"))
    trigger: Field[str]
    """Why it was proposed, in words: the predicate and the rating below expectation."""
    kind: Field[str]
    """``coaching``, ``mentoring``, ``pelatihan_formal``, ``pelatihan_informal``, ``konseling``,
    ``penyesuaian_ekspektasi``, ``penyesuaian_sumber_daya``."""
    root_cause: Field[str | None]
    """``kompetensi``, ``sumber_daya``, ``perilaku``, ``kesehatan``, ``penempatan``."""
    goal: Field[str | None]
    mentor_id: Field[int | None] = field(ForeignKey("employee.id"))
    event_id: Field[int | None] = field(ForeignKey("training_event.id"))
    starts: Field[date | None]
    due: Field[date | None]
    """Default six months after the start."""
    state: Field[str] = field(default="proposed")
    outcome: Field[str | None]
    closed_on: Field[date | None]
    outcome_note: Field[str | None]
    """What changed for the person, in words, when the plan was closed."""
    decision_reason: Field[str | None]


class PlanStep(Record):
    __tablename__ = "plan_step"
    __table_args__ = (Index("ix_plan_step_plan_id", "plan_id", "position"), {"sqlite_autoincrement": True})

    plan_id: Field[int] = field(ForeignKey("remediation_plan.id"))
    position: Field[int]
    action: Field[str]
    success_sign: Field[str | None]
    due: Field[date | None]
    done_on: Field[date | None]
    evidence: Field[str | None]
    result: Field[str | None]
    event_id: Field[int | None] = field(ForeignKey("training_event.id"))


class PlanNote(Record):
    """A line of the plan's journal."""

    __tablename__ = "plan_note"
    __table_args__ = (Index("ix_plan_note_plan_id", "plan_id"), {"sqlite_autoincrement": True})

    plan_id: Field[int] = field(ForeignKey("remediation_plan.id"))
    day: Field[date]
    text: Field[str]

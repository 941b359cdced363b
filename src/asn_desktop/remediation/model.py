"""Tables: remediation plans (rencana pembinaan), their steps and journal."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from asn_desktop.storage.base import Record


class RemediationPlan(Record):
    """A plan proposed from a low evaluation; a person confirms or declines it with a reason."""

    natural_key = ("evaluation_id",)

    __tablename__ = "remediation_plan"
    __table_args__ = (
        UniqueConstraint("evaluation_id"),
        CheckConstraint("state IN ('proposed','active','closed','declined')", "state"),
        CheckConstraint("outcome IN ('berhasil','sebagian','tidak_berhasil')", "outcome"),
        Index("ix_remediation_plan_employee_id", "employee_id"),
        {"sqlite_autoincrement": True},
    )

    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    evaluation_id: Mapped[int | None] = mapped_column(ForeignKey("evaluation.id"))
    trigger: Mapped[str]
    """Why it was proposed, in words: the predicate and the rating below expectation."""
    kind: Mapped[str]
    """``coaching``, ``mentoring``, ``pelatihan_formal``, ``pelatihan_informal``, ``konseling``,
    ``penyesuaian_ekspektasi``, ``penyesuaian_sumber_daya``."""
    root_cause: Mapped[str | None]
    """``kompetensi``, ``sumber_daya``, ``perilaku``, ``kesehatan``, ``penempatan``."""
    goal: Mapped[str | None]
    mentor_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("training_event.id"), index=True)
    starts: Mapped[date | None]
    due: Mapped[date | None]
    """Default six months after the start."""
    state: Mapped[str] = mapped_column(default="proposed")
    outcome: Mapped[str | None]
    closed_on: Mapped[date | None]
    outcome_note: Mapped[str | None]
    """What changed for the person, in words, when the plan was closed."""
    decision_reason: Mapped[str | None]


class PlanStep(Record):
    __tablename__ = "plan_step"
    __table_args__ = (Index("ix_plan_step_plan_id", "plan_id", "position"), {"sqlite_autoincrement": True})

    plan_id: Mapped[int] = mapped_column(ForeignKey("remediation_plan.id"))
    position: Mapped[int]
    action: Mapped[str]
    success_sign: Mapped[str | None]
    due: Mapped[date | None]
    done_on: Mapped[date | None]
    evidence: Mapped[str | None]
    result: Mapped[str | None]
    event_id: Mapped[int | None] = mapped_column(ForeignKey("training_event.id"), index=True)


class PlanNote(Record):
    """A line of the plan's journal."""

    __tablename__ = "plan_note"
    __table_args__ = (Index("ix_plan_note_plan_id", "plan_id"), {"sqlite_autoincrement": True})

    plan_id: Mapped[int] = mapped_column(ForeignKey("remediation_plan.id"))
    day: Mapped[date]
    text: Mapped[str]

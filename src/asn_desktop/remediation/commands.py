"""What a user can ask of a remediation plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class StepDraft:
    """A step as the form holds it; ``step_id`` None: new."""

    action: str
    success_sign: str = ""
    due: date | None = None
    step_id: int | None = None


@dataclass(frozen=True, slots=True)
class ConfirmPlan:
    """A proposal becomes a plan. ``due`` None: ``pembinaan.bulan`` months after ``starts``; ``steps`` None: the
    suggested ones of the kind. ``event_id`` also gives the person a place in that event."""

    plan_id: int
    kind: str
    starts: date
    due: date | None = None
    root_cause: str | None = None
    goal: str = ""
    mentor_id: int | None = None
    event_id: int | None = None
    steps: tuple[StepDraft, ...] | None = None
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class ChangePlan:
    """Change the facts of a running plan; steps keep their results and are matched by id."""

    plan_id: int
    kind: str
    starts: date
    due: date
    root_cause: str | None
    goal: str
    mentor_id: int | None
    steps: tuple[StepDraft, ...]
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class DeclinePlan:
    """``reason`` is required: somebody decided that no plan is needed."""

    plan_id: int
    reason: str
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class FinishStep:
    """``done_on`` None takes the tick back."""

    step_id: int
    done_on: date | None
    evidence: str = ""
    result: str = ""


@dataclass(frozen=True, slots=True)
class ClosePlan:
    """``outcome``: ``berhasil``, ``sebagian`` or ``tidak_berhasil``; ``note`` says what changed."""

    plan_id: int
    outcome: str
    note: str = ""
    closed_on: date | None = None
    expected_version: int | None = None

"""Tables: events of the training calendar and who takes part."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint

from asn_desktop.storage.base import Field, Record, field


class TrainingEvent(Record):
    """A training event. ``form`` is a code of ``bentuk_pengkom``; ``jp`` hours of 45 minutes; rupiah."""

    __tablename__ = "training_event"
    __table_args__ = (
        CheckConstraint("state IN ('planned','open','running','done','cancelled','postponed')", "state"),
        CheckConstraint("ends >= starts", "dates"),
        Index("ix_training_event_starts", "starts"),
        {"sqlite_autoincrement": True},
    )

    code: Field[str] = field(unique=True)
    name: Field[str]
    form: Field[str]
    competence: Field[str]
    """``teknis``, ``manajerial``, ``sosial_kultural``, ``pemerintahan``."""
    starts: Field[date]
    ends: Field[date]
    times: Field[str | None]
    """Hours of the day as people write them: "08.00–16.00 WIB"."""
    jp: Field[int]
    place: Field[str | None]
    provider: Field[str | None]
    speakers: Field[str | None]
    quota: Field[int | None]
    budget: Field[int | None]
    spent: Field[int | None]
    funding: Field[str | None]
    state: Field[str] = field(default="planned")
    state_reason: Field[str | None]
    """Why it was cancelled or postponed."""
    notes: Field[str | None]


class Participant(Record):
    """Somebody's place in an event; ``jp_credited`` is what counts once attendance is confirmed."""

    __tablename__ = "participant"
    __table_args__ = (
        UniqueConstraint("event_id", "employee_id"),
        CheckConstraint("state IN ('nominated','approved','reserve','attended','absent','withdrawn')", "state"),
        Index("ix_participant_employee_id", "employee_id"),
        {"sqlite_autoincrement": True},
    )

    event_id: Field[int] = field(ForeignKey("training_event.id"))
    employee_id: Field[int] = field(ForeignKey("employee.id"))
    state: Field[str] = field(default="nominated")
    attendance_percent: Field[int | None]
    jp_credited: Field[int | None]
    certificate_number: Field[str | None]
    certificate_date: Field[date | None]
    source: Field[str | None]
    """Why they are there: ``usulan``, ``rencana_pembinaan``, ``mandiri``."""

"""Tables: events of the training calendar and who takes part."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from asn_desktop.storage.base import Record


class TrainingEvent(Record):
    """A training event. ``form`` is a code of ``bentuk_pengkom``; ``jp`` hours of 45 minutes; rupiah."""

    __tablename__ = "training_event"
    __table_args__ = (
        CheckConstraint("state IN ('planned','open','running','done','cancelled','postponed')", "state"),
        CheckConstraint("ends >= starts", "dates"),
        UniqueConstraint("office", "code"),
        Index("ix_training_event_starts", "starts"),
        {"sqlite_autoincrement": True},
    )

    office: Mapped[str] = mapped_column(default="")
    """Who holds it: empty for this office, else the code of the office that sent it."""
    code: Mapped[str]
    """Once in an office."""
    name: Mapped[str]
    form: Mapped[str]
    competence: Mapped[str]
    """``teknis``, ``manajerial``, ``sosial_kultural``, ``pemerintahan``."""
    starts: Mapped[date]
    ends: Mapped[date]
    times: Mapped[str | None]
    """Hours of the day as people write them: "08.00–16.00 WIB"."""
    jp: Mapped[int]
    place: Mapped[str | None]
    provider: Mapped[str | None]
    speakers: Mapped[str | None]
    quota: Mapped[int | None]
    budget: Mapped[int | None]
    spent: Mapped[int | None]
    funding: Mapped[str | None]
    state: Mapped[str] = mapped_column(default="planned")
    state_reason: Mapped[str | None]
    """Why it was cancelled or postponed."""
    notes: Mapped[str | None]


class Participant(Record):
    """Somebody's place in an event; ``jp_credited`` is what counts once attendance is confirmed."""

    natural_key = ("event_id", "employee_id")

    __tablename__ = "participant"
    __table_args__ = (
        UniqueConstraint("event_id", "employee_id"),
        CheckConstraint("state IN ('nominated','approved','reserve','attended','absent','withdrawn')", "state"),
        Index("ix_participant_employee_id", "employee_id"),
        {"sqlite_autoincrement": True},
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("training_event.id"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    state: Mapped[str] = mapped_column(default="nominated")
    attendance_percent: Mapped[int | None]
    jp_credited: Mapped[int | None]
    certificate_number: Mapped[str | None]
    certificate_date: Mapped[date | None]
    source: Mapped[str | None]
    """Why they are there: ``usulan``, ``rencana_pembinaan``, ``mandiri``."""

"""Tables: events of the training calendar and who takes part."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint

from asn_desktop.storage.base import Record, Stored, checks, column
from asn_desktop.training.fields import EVENT, PARTICIPANT


class TrainingEvent(Record):
    """A training event. ``form`` is a code of ``bentuk_pengkom``; ``jp`` hours of 45 minutes; rupiah."""

    __tablename__ = "training_event"
    __table_args__ = (
        *checks(EVENT),
        CheckConstraint("ends >= starts", "dates"),
        UniqueConstraint("office", "code"),
        Index("ix_training_event_starts", "starts"),
    )

    office: Stored[str] = column(default="")
    """Who holds it: empty for this office, else the code of the office that sent it."""
    code: Stored[str]
    """Once in an office."""
    name: Stored[str]
    form: Stored[str]
    competence: Stored[str]
    """``teknis``, ``manajerial``, ``sosial_kultural``, ``pemerintahan``."""
    starts: Stored[date]
    ends: Stored[date]
    times: Stored[str | None]
    """Hours of the day as people write them: "08.00–16.00 WIB"."""
    jp: Stored[int]
    place: Stored[str | None]
    provider: Stored[str | None]
    speakers: Stored[str | None]
    quota: Stored[int | None]
    budget: Stored[int | None]
    spent: Stored[int | None]
    funding: Stored[str | None]
    state: Stored[str] = column(default="planned")
    state_reason: Stored[str | None]
    """Why it was cancelled or postponed."""
    notes: Stored[str | None]


class Participant(Record):
    """Somebody's place in an event; ``jp_credited`` is what counts once attendance is confirmed."""

    natural_key = ("event_id", "employee_id")

    __tablename__ = "participant"
    __table_args__ = (
        UniqueConstraint("event_id", "employee_id"),
        *checks(PARTICIPANT),
        Index("ix_participant_employee_id", "employee_id"),
    )

    event_id: Stored[int] = column(ForeignKey("training_event.id"))
    employee_id: Stored[int] = column(ForeignKey("employee.id"))
    state: Stored[str] = column(default="nominated")
    attendance_percent: Stored[int | None]
    jp_credited: Stored[int | None]
    certificate_number: Stored[str | None]
    certificate_date: Stored[date | None]
    source: Stored[str | None]
    """Why they are there: ``usulan``, ``rencana_pembinaan``, ``mandiri``."""

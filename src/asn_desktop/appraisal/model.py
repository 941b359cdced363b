"""Tables: periods, organisation results, evaluations; SKP with RHK, IKI, behaviour expectations, feedback."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint

from asn_desktop.appraisal.fields import EVALUATION, ORGANISATION_RESULT, RHK, SKP
from asn_desktop.storage.base import Record, Stored, checks, column


class AppraisalPeriod(Record):
    """An opened quarter or year. The evaluation window is an office setting, not law (L IV.A gives no date)."""

    natural_key = ("code",)
    __tablename__ = "appraisal_period"
    __table_args__ = (CheckConstraint("state IN ('open','closed')", "state"),)

    code: Stored[str] = column(unique=True)
    """``2026-TW3`` or ``2026-TAHUNAN``."""
    year: Stored[int]
    quarter: Stored[int]
    window_opens: Stored[date]
    window_closes: Stored[date]
    """Last day of the *jangka waktu evaluasi*; the statutory clocks of 14 and 30 working days start here."""
    state: Stored[str] = column(default="open")


class OrganisationResult(Record):
    """Capaian kinerja organisasi of a unit in a period; entered, with source (PermenPANRB 6/2022 L IV.B.1)."""

    natural_key = ("unit_id", "period_id")
    __tablename__ = "organisation_result"
    __table_args__ = (
        UniqueConstraint("unit_id", "period_id"),
        *checks(ORGANISATION_RESULT),
    )

    unit_id: Stored[int] = column(ForeignKey("unit.id"))
    period_id: Stored[int] = column(ForeignKey("appraisal_period.id"), index=True)
    result: Stored[str]
    source: Stored[str | None]
    set_on: Stored[date]


class Evaluation(Record):
    """One employee's evaluation in one period. The predicate follows from the ratings and is never typed.

    Post, rank, unit and assessor are those of the period's end, kept here so that a later change of the
    person's data leaves a signed evaluation alone.
    """

    natural_key = ("employee_id", "period_id")
    __tablename__ = "evaluation"
    __table_args__ = (
        UniqueConstraint("employee_id", "period_id"),
        *checks(EVALUATION),
        Index("ix_evaluation_period_id", "period_id", "unit_id", "state"),
        Index("ix_evaluation_assessor_id", "assessor_id"),
    )

    employee_id: Stored[int] = column(ForeignKey("employee.id"))
    period_id: Stored[int] = column(ForeignKey("appraisal_period.id"))
    unit_id: Stored[int | None] = column(ForeignKey("unit.id"), index=True)
    position: Stored[str | None]
    rank: Stored[str | None]
    assessor_id: Stored[int | None] = column(ForeignKey("employee.id"))
    assessor_name: Stored[str | None]
    """Only for an assessor outside the list of employees (elected official)."""
    assessor_position: Stored[str | None]
    organisation_unit_id: Stored[int | None] = column(ForeignKey("unit.id"), index=True)
    """The unit led by the assessor: its result counts (L IV.B.1g)."""
    result_rating: Stored[str | None]
    behaviour_rating: Stored[str | None]
    predicate: Stored[str | None]
    state: Stored[str] = column(default="draft")
    notes: Stored[str | None]
    """Catatan/rekomendasi of form D.1.1."""
    signed_on: Stored[date | None]
    received_on: Stored[date | None]
    revision: Stored[int] = column(default=0)
    revision_reason: Stored[str | None]
    declared_predicate: Stored[str | None]
    """A predicate that an imported workbook stated against its own two ratings, until a person decides."""


class Skp(Record):
    """Sasaran Kinerja Pegawai: belongs to a post and a span of days, not to a year (L II.C.6–7)."""

    __tablename__ = "skp"
    __table_args__ = (
        *checks(SKP),
        Index("ix_skp_employee_id", "employee_id", "starts"),
    )

    employee_id: Stored[int] = column(ForeignKey("employee.id"))
    starts: Stored[date]
    ends: Stored[date]
    kind: Stored[str] = column(default="JAJF")
    approach: Stored[str] = column(default="KUANTITATIF")
    place: Stored[str | None]
    set_on: Stored[date | None]


class Rhk(Record):
    """Rencana Hasil Kerja; ``kind`` UTAMA (high priority) or TAMBAHAN (L II.A.2a.2)."""

    __tablename__ = "rhk"
    __table_args__ = (
        *checks(RHK),
        Index("ix_rhk_skp_id", "skp_id", "position"),
    )

    skp_id: Stored[int] = column(ForeignKey("skp.id"))
    position: Stored[int]
    kind: Stored[str]
    text: Stored[str]
    superior_rhk: Stored[str | None]
    assigned_by: Stored[str | None]
    takeover_note: Stored[str | None]


class Iki(Record):
    """Indikator Kinerja Individu with its target (text: "80 – 90%", "7-8 bulan")."""

    __tablename__ = "iki"
    __table_args__ = (Index("ix_iki_rhk_id", "rhk_id", "position"),)

    rhk_id: Stored[int] = column(ForeignKey("rhk.id"))
    position: Stored[int]
    aspect: Stored[str | None]
    text: Stored[str]
    target: Stored[str | None]
    perspective: Stored[str | None]


class Realisation(Record):
    """What an IKI reached in a period, with its evidence."""

    natural_key = ("evaluation_id", "iki_id")
    __tablename__ = "realisation"
    __table_args__ = (UniqueConstraint("evaluation_id", "iki_id"),)

    evaluation_id: Stored[int] = column(ForeignKey("evaluation.id"))
    iki_id: Stored[int] = column(ForeignKey("iki.id"), index=True)
    text: Stored[str]
    evidence: Stored[str | None]


class BehaviourExpectation(Record):
    """Ekspektasi khusus of the leader on one of the seven values (Pasal 10 ayat (4))."""

    natural_key = ("skp_id", "value")
    __tablename__ = "behaviour_expectation"
    __table_args__ = (UniqueConstraint("skp_id", "value"),)

    skp_id: Stored[int] = column(ForeignKey("skp.id"))
    value: Stored[str]
    text: Stored[str]


class Feedback(Record):
    """Umpan balik berkelanjutan on an IKI or on a value; every one is recorded (Pasal 17 ayat (3))."""

    __tablename__ = "feedback"
    __table_args__ = (Index("ix_feedback_evaluation_id", "evaluation_id"),)

    evaluation_id: Stored[int] = column(ForeignKey("evaluation.id"))
    iki_id: Stored[int | None] = column(ForeignKey("iki.id"), index=True)
    value: Stored[str | None]
    giver: Stored[str]
    giver_name: Stored[str | None]
    text: Stored[str | None]
    symbol: Stored[str | None]


class FrozenSheet(Record):
    """What a final evaluation said before its SKP was edited (JSON of ``EvaluationSheet``)."""

    natural_key = ("evaluation_id",)
    __tablename__ = "frozen_sheet"

    evaluation_id: Stored[int] = column(ForeignKey("evaluation.id"), unique=True)
    content: Stored[str] = column(type_=Text)

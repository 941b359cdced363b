"""Tables: periods, organisation results, evaluations; SKP with RHK, IKI, behaviour expectations, feedback."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint

from asn_desktop.storage.base import Field, Record, field

_RATINGS = "('DI_ATAS','SESUAI','DI_BAWAH')"
_PREDICATES = "('SANGAT_BAIK','BAIK','BUTUH_PERBAIKAN','KURANG','SANGAT_KURANG')"
_RESULTS = "('ISTIMEWA','BAIK','BUTUH_PERBAIKAN','KURANG','SANGAT_KURANG')"


class AppraisalPeriod(Record):
    """An opened quarter or year. The evaluation window is an office setting, not law (L IV.A gives no date)."""

    __tablename__ = "appraisal_period"
    __table_args__ = (CheckConstraint("state IN ('open','closed')", "state"), {"sqlite_autoincrement": True})

    code: Field[str] = field(unique=True)
    """``2026-TW3`` or ``2026-TAHUNAN``."""
    year: Field[int]
    quarter: Field[int]
    window_opens: Field[date]
    window_closes: Field[date]
    """Last day of the *jangka waktu evaluasi*; the statutory clocks of 14 and 30 working days start here."""
    state: Field[str] = field(default="open")


class OrganisationResult(Record):
    """Capaian kinerja organisasi of a unit in a period; entered, with source (PermenPANRB 6/2022 L IV.B.1)."""

    __tablename__ = "organisation_result"
    __table_args__ = (
        UniqueConstraint("unit_id", "period_id"),
        CheckConstraint(f"result IN {_RESULTS}", "result"),
        {"sqlite_autoincrement": True},
    )

    unit_id: Field[int] = field(ForeignKey("unit.id"))
    period_id: Field[int] = field(ForeignKey("appraisal_period.id"))
    result: Field[str]
    source: Field[str | None]
    set_on: Field[date]


class Evaluation(Record):
    """One employee's evaluation in one period. The predicate follows from the ratings and is never typed.

    Post, rank, unit and assessor are those of the period's end, kept here so that a later change of the
    person's data leaves a signed evaluation alone.
    """

    __tablename__ = "evaluation"
    __table_args__ = (
        UniqueConstraint("employee_id", "period_id"),
        CheckConstraint(f"result_rating IN {_RATINGS}", "result_rating"),
        CheckConstraint(f"behaviour_rating IN {_RATINGS}", "behaviour_rating"),
        CheckConstraint(f"predicate IN {_PREDICATES}", "predicate"),
        CheckConstraint("state IN ('draft','rated','final')", "state"),
        Index("ix_evaluation_period_id", "period_id", "unit_id", "state"),
        Index("ix_evaluation_assessor_id", "assessor_id"),
        {"sqlite_autoincrement": True},
    )

    employee_id: Field[int] = field(ForeignKey("employee.id"))
    period_id: Field[int] = field(ForeignKey("appraisal_period.id"))
    unit_id: Field[int | None] = field(ForeignKey("unit.id"))
    position: Field[str | None]
    rank: Field[str | None]
    assessor_id: Field[int | None] = field(ForeignKey("employee.id"))
    assessor_name: Field[str | None]
    """Only for an assessor outside the list of employees (elected official)."""
    assessor_position: Field[str | None]
    organisation_unit_id: Field[int | None] = field(ForeignKey("unit.id"))
    """The unit led by the assessor: its result counts (L IV.B.1g)."""
    result_rating: Field[str | None]
    behaviour_rating: Field[str | None]
    predicate: Field[str | None]
    state: Field[str] = field(default="draft")
    notes: Field[str | None]
    """Catatan/rekomendasi of form D.1.1."""
    signed_on: Field[date | None]
    received_on: Field[date | None]
    revision: Field[int] = field(default=0)
    revision_reason: Field[str | None]
    declared_predicate: Field[str | None]
    """A predicate that an imported workbook stated against its own two ratings, until a person decides."""


class Skp(Record):
    """Sasaran Kinerja Pegawai: belongs to a post and a span of days, not to a year (L II.C.6–7)."""

    __tablename__ = "skp"
    __table_args__ = (
        CheckConstraint("kind IN ('JPT','JAJF')", "kind"),
        CheckConstraint("approach IN ('KUANTITATIF','KUALITATIF')", "approach"),
        Index("ix_skp_employee_id", "employee_id", "starts"),
        {"sqlite_autoincrement": True},
    )

    employee_id: Field[int] = field(ForeignKey("employee.id"))
    starts: Field[date]
    ends: Field[date]
    kind: Field[str] = field(default="JAJF")
    approach: Field[str] = field(default="KUANTITATIF")
    place: Field[str | None]
    set_on: Field[date | None]


class Rhk(Record):
    """Rencana Hasil Kerja; ``kind`` UTAMA (high priority) or TAMBAHAN (L II.A.2a.2)."""

    __tablename__ = "rhk"
    __table_args__ = (
        CheckConstraint("kind IN ('UTAMA','TAMBAHAN')", "kind"),
        Index("ix_rhk_skp_id", "skp_id", "position"),
        {"sqlite_autoincrement": True},
    )

    skp_id: Field[int] = field(ForeignKey("skp.id"))
    position: Field[int]
    kind: Field[str]
    text: Field[str]
    superior_rhk: Field[str | None]
    assigned_by: Field[str | None]
    takeover_note: Field[str | None]


class Iki(Record):
    """Indikator Kinerja Individu with its target (text: "80 – 90%", "7-8 bulan")."""

    __tablename__ = "iki"
    __table_args__ = (Index("ix_iki_rhk_id", "rhk_id", "position"), {"sqlite_autoincrement": True})

    rhk_id: Field[int] = field(ForeignKey("rhk.id"))
    position: Field[int]
    aspect: Field[str | None]
    text: Field[str]
    target: Field[str | None]
    perspective: Field[str | None]


class Realisation(Record):
    """What an IKI reached in a period, with its evidence."""

    __tablename__ = "realisation"
    __table_args__ = (UniqueConstraint("evaluation_id", "iki_id"), {"sqlite_autoincrement": True})

    evaluation_id: Field[int] = field(ForeignKey("evaluation.id"))
    iki_id: Field[int] = field(ForeignKey("iki.id"))
    text: Field[str]
    evidence: Field[str | None]


class BehaviourExpectation(Record):
    """Ekspektasi khusus of the leader on one of the seven values (Pasal 10 ayat (4))."""

    __tablename__ = "behaviour_expectation"
    __table_args__ = (UniqueConstraint("skp_id", "value"), {"sqlite_autoincrement": True})

    skp_id: Field[int] = field(ForeignKey("skp.id"))
    value: Field[str]
    text: Field[str]


class Feedback(Record):
    """Umpan balik berkelanjutan on an IKI or on a value; every one is recorded (Pasal 17 ayat (3))."""

    __tablename__ = "feedback"
    __table_args__ = (Index("ix_feedback_evaluation_id", "evaluation_id"), {"sqlite_autoincrement": True})

    evaluation_id: Field[int] = field(ForeignKey("evaluation.id"))
    iki_id: Field[int | None] = field(ForeignKey("iki.id"))
    value: Field[str | None]
    giver: Field[str]
    giver_name: Field[str | None]
    text: Field[str | None]
    symbol: Field[str | None]


class FrozenSheet(Record):
    """What a final evaluation said before its SKP was edited (JSON of ``EvaluationSheet``)."""

    __tablename__ = "frozen_sheet"

    evaluation_id: Field[int] = field(ForeignKey("evaluation.id"), unique=True)
    content: Field[str] = field(Text)

"""Tables: employees, and where they were before a change."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from asn_desktop.personnel.completeness import sql_incomplete
from asn_desktop.storage.base import Record

_LIST_COLUMNS = (
    "office", "active", "name_key", "unit_id", "employment_kind", "position_kind", "position_level", "echelon",
    "job_class", "rank", "rank_order", "rank_tmt", "position_tmt", "cpns_tmt", "contract_end", "sex", "birth_date",
    "education_level", "legal_status", "nip", "position", "search_text",
)  # fmt: skip

INCOMPLETE = sql_incomplete()
"""SQL: something is missing that appraisals and forms need."""


class Employee(Record):
    """A civil servant (PNS, CPNS, PPPK). Never deleted; deactivated with a reason.

    Identity numbers are text. ``rank`` is the printed golongan ("III/a", PPPK "IX"); ``rank_order`` sorts it.
    ``name_key`` sorts names without titles and case; ``search_text`` is what the search field looks through.
    """

    __tablename__ = "employee"
    __table_args__ = (
        CheckConstraint("sex IN ('L','P')", "sex"),
        CheckConstraint("employment_kind IN ('PNS','CPNS','PPPK','PPPK_PARUH_WAKTU')", "employment_kind"),
        UniqueConstraint("office", "nip"),
        # By office first: what one district sends to the province stays together in them (docs/decisions.md).
        Index("ix_employee_name", "office", "active", "name_key"),
        Index("ix_employee_rank", "office", "active", "rank_order", "name_key"),
        Index("ix_employee_position", "office", "active", "position", "name_key"),
        Index("ix_employee_unit_id", "unit_id", "active", "name_key"),
        Index("ix_employee_superior_id", "superior_id"),
        # Two numbers of the first screen: without these it would read the wide index below.
        Index("ix_employee_active_kind", "active", "employment_kind"),
        Index("ix_employee_incomplete", "office", "name_key", sqlite_where=text(f"active = 1 AND {INCOMPLETE}")),
        # Answers every search, filter and order of the list alone: the encrypted table itself is ten times larger.
        Index("ix_employee_list", *_LIST_COLUMNS),
        {"sqlite_autoincrement": True},
    )

    office: Mapped[str] = mapped_column(default="")
    """Whose employee: empty for this office's own, else the code of the office that sent the record."""
    nip: Mapped[str | None]
    """18 digits, once in an office; empty only for PPPK Paruh Waktu who have no number yet."""
    name: Mapped[str]
    title_front: Mapped[str | None]
    title_back: Mapped[str | None]
    birth_place: Mapped[str | None]
    birth_date: Mapped[date | None]
    sex: Mapped[str | None]
    religion: Mapped[str | None]
    marital_status: Mapped[str | None]
    employment_kind: Mapped[str]
    legal_status: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    inactive_since: Mapped[date | None]
    inactive_reason: Mapped[str | None]
    cpns_tmt: Mapped[date | None]
    pns_tmt: Mapped[date | None]
    rank: Mapped[str | None]
    rank_order: Mapped[int | None]
    rank_tmt: Mapped[date | None]
    service_years: Mapped[int | None]
    service_months: Mapped[int | None]
    position_kind: Mapped[str | None]
    position: Mapped[str | None]
    position_level: Mapped[str | None]
    echelon: Mapped[str | None]
    job_class: Mapped[int | None]
    position_tmt: Mapped[date | None]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    superior_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    """Assessor by own appointment; empty: the head of the unit (see ``rules.assessor``)."""
    education_level: Mapped[str | None]
    education: Mapped[str | None]
    graduation_year: Mapped[int | None]
    salary_step_tmt: Mapped[date | None]
    contract_end: Mapped[date | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    nik: Mapped[str | None]
    npwp: Mapped[str | None]
    address: Mapped[str | None]
    old_nip: Mapped[str | None]
    national_id: Mapped[str | None]
    name_key: Mapped[str]
    search_text: Mapped[str]


class FormerPlacement(Record):
    """Where somebody was until a change took effect; the present place stands in :class:`Employee`.

    As of day D: the row with the smallest ``until`` after D, else the present place.
    """

    __tablename__ = "former_placement"
    __table_args__ = (
        Index("ix_former_placement_employee_id", "employee_id", "until"),
        {"sqlite_autoincrement": True},
    )

    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    until: Mapped[date]
    """First day of the new place (exclusive end of this one)."""
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    position: Mapped[str | None]
    superior_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"), index=True)

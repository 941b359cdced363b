"""Tables: employees, and where they were before a change."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index

from asn_desktop.storage.base import Field, Record, field

_LIST_COLUMNS = (
    "active", "name_key", "unit_id", "employment_kind", "position_kind", "position_level", "echelon", "job_class",
    "rank", "rank_order", "rank_tmt", "position_tmt", "cpns_tmt", "contract_end", "sex", "birth_date",
    "education_level", "legal_status", "nip", "position", "search_text",
)  # fmt: skip


class Employee(Record):
    """A civil servant (PNS, CPNS, PPPK). Never deleted; deactivated with a reason.

    Identity numbers are text. ``rank`` is the printed golongan ("III/a", PPPK "IX"); ``rank_order`` sorts it.
    ``name_key`` sorts names without titles and case; ``search_text`` is what the search field looks through.
    """

    __tablename__ = "employee"
    __table_args__ = (
        CheckConstraint("sex IN ('L','P')", "sex"),
        CheckConstraint("employment_kind IN ('PNS','CPNS','PPPK','PPPK_PARUH_WAKTU')", "employment_kind"),
        Index("ix_employee_active_name_key", "active", "name_key"),
        Index("ix_employee_active_rank_order", "active", "rank_order", "name_key"),
        Index("ix_employee_active_position", "active", "position", "name_key"),
        Index("ix_employee_unit_id", "unit_id", "active", "name_key"),
        Index("ix_employee_superior_id", "superior_id"),
        # Answers every search, filter and order of the list alone: the encrypted table itself is ten times larger.
        Index("ix_employee_list", *_LIST_COLUMNS),
        {"sqlite_autoincrement": True},
    )

    nip: Field[str | None] = field(unique=True)
    """18 digits; empty only for PPPK Paruh Waktu who have no number yet."""
    name: Field[str]
    title_front: Field[str | None]
    title_back: Field[str | None]
    birth_place: Field[str | None]
    birth_date: Field[date | None]
    sex: Field[str | None]
    religion: Field[str | None]
    marital_status: Field[str | None]
    employment_kind: Field[str]
    legal_status: Field[str]
    active: Field[bool] = field(default=True)
    inactive_since: Field[date | None]
    inactive_reason: Field[str | None]
    cpns_tmt: Field[date | None]
    pns_tmt: Field[date | None]
    rank: Field[str | None]
    rank_order: Field[int | None]
    rank_tmt: Field[date | None]
    service_years: Field[int | None]
    service_months: Field[int | None]
    position_kind: Field[str | None]
    position: Field[str | None]
    position_level: Field[str | None]
    echelon: Field[str | None]
    job_class: Field[int | None]
    position_tmt: Field[date | None]
    unit_id: Field[int | None] = field(ForeignKey("unit.id"))
    superior_id: Field[int | None] = field(ForeignKey("employee.id"))
    """Assessor by own appointment; empty: the head of the unit (see ``rules.assessor``)."""
    education_level: Field[str | None]
    education: Field[str | None]
    graduation_year: Field[int | None]
    salary_step_tmt: Field[date | None]
    contract_end: Field[date | None]
    phone: Field[str | None]
    email: Field[str | None]
    nik: Field[str | None]
    npwp: Field[str | None]
    address: Field[str | None]
    old_nip: Field[str | None]
    national_id: Field[str | None]
    name_key: Field[str]
    search_text: Field[str]


class FormerPlacement(Record):
    """Where somebody was until a change took effect; the present place stands in :class:`Employee`.

    As of day D: the row with the smallest ``until`` after D, else the present place.
    """

    __tablename__ = "former_placement"
    __table_args__ = (
        Index("ix_former_placement_employee_id", "employee_id", "until"),
        {"sqlite_autoincrement": True},
    )

    employee_id: Field[int] = field(ForeignKey("employee.id"))
    until: Field[date]
    """First day of the new place (exclusive end of this one)."""
    unit_id: Field[int | None] = field(ForeignKey("unit.id"))
    position: Field[str | None]
    superior_id: Field[int | None] = field(ForeignKey("employee.id"))

"""Tables: employees, and where they were before a change."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text

from asn_desktop.personnel.completeness import sql_incomplete
from asn_desktop.personnel.fields import EMPLOYEE
from asn_desktop.storage.base import Record, Stored, checks, column

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
        *checks(EMPLOYEE),
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
    )

    office: Stored[str] = column(default="")
    """Whose employee: empty for this office's own, else the code of the office that sent the record."""
    nip: Stored[str | None]
    """18 digits, once in an office; empty only for PPPK Paruh Waktu who have no number yet."""
    name: Stored[str]
    title_front: Stored[str | None]
    title_back: Stored[str | None]
    birth_place: Stored[str | None]
    birth_date: Stored[date | None]
    sex: Stored[str | None]
    religion: Stored[str | None]
    marital_status: Stored[str | None]
    employment_kind: Stored[str]
    legal_status: Stored[str]
    active: Stored[bool] = column(default=True)
    inactive_since: Stored[date | None]
    inactive_reason: Stored[str | None]
    cpns_tmt: Stored[date | None]
    pns_tmt: Stored[date | None]
    rank: Stored[str | None]
    rank_order: Stored[int | None]
    rank_tmt: Stored[date | None]
    service_years: Stored[int | None]
    service_months: Stored[int | None]
    position_kind: Stored[str | None]
    position: Stored[str | None]
    position_level: Stored[str | None]
    echelon: Stored[str | None]
    job_class: Stored[int | None]
    position_tmt: Stored[date | None]
    unit_id: Stored[int | None] = column(ForeignKey("unit.id"))
    superior_id: Stored[int | None] = column(ForeignKey("employee.id"))
    """Assessor by own appointment; empty: the head of the unit (see ``rules.assessor``)."""
    education_level: Stored[str | None]
    education: Stored[str | None]
    graduation_year: Stored[int | None]
    salary_step_tmt: Stored[date | None]
    contract_end: Stored[date | None]
    phone: Stored[str | None]
    email: Stored[str | None]
    nik: Stored[str | None]
    npwp: Stored[str | None]
    address: Stored[str | None]
    old_nip: Stored[str | None]
    national_id: Stored[str | None]
    name_key: Stored[str]
    search_text: Stored[str]


class FormerPlacement(Record):
    """Where somebody was until a change took effect; the present place stands in :class:`Employee`.

    As of day D: the row with the smallest ``until`` after D, else the present place.
    """

    __tablename__ = "former_placement"
    __table_args__ = (Index("ix_former_placement_employee_id", "employee_id", "until"),)

    employee_id: Stored[int] = column(ForeignKey("employee.id"))
    until: Stored[date]
    """First day of the new place (exclusive end of this one)."""
    unit_id: Stored[int | None] = column(ForeignKey("unit.id"), index=True)
    position: Stored[str | None]
    superior_id: Stored[int | None] = column(ForeignKey("employee.id"), index=True)

"""What a person can ask for: fields as typed in the form, already of the right type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployeeCommand:
    """All editable fields of an employee. Names are those of the columns; empty is None.

    ``unit_id`` and ``superior_id`` are local ids. ``nip`` is text as typed; it is checked and reduced to digits.
    """

    nip: str | None
    name: str
    employment_kind: str
    legal_status: str = "Aktif"
    title_front: str | None = None
    title_back: str | None = None
    birth_place: str | None = None
    birth_date: date | None = None
    sex: str | None = None
    religion: str | None = None
    marital_status: str | None = None
    cpns_tmt: date | None = None
    pns_tmt: date | None = None
    rank: str | None = None
    rank_tmt: date | None = None
    service_years: int | None = None
    service_months: int | None = None
    position_kind: str | None = None
    position: str | None = None
    position_level: str | None = None
    echelon: str | None = None
    job_class: int | None = None
    position_tmt: date | None = None
    unit_id: int | None = None
    superior_id: int | None = None
    education_level: str | None = None
    education: str | None = None
    graduation_year: int | None = None
    salary_step_tmt: date | None = None
    contract_end: date | None = None
    phone: str | None = None
    email: str | None = None
    nik: str | None = None
    npwp: str | None = None
    address: str | None = None
    old_nip: str | None = None
    national_id: str | None = None

    def values(self) -> Mapping[str, Any]:
        """Column → value."""
        return asdict(self)

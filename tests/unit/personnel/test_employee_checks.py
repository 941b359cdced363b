"""What is refused and what is only pointed out about one employee's fields."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asn_desktop.core.issues import Severity
from asn_desktop.core.ranks import pns_ranks, pppk_ranks
from asn_desktop.personnel import rules
from asn_desktop.sample import people

TODAY = date(2026, 10, 6)
SOUND: dict[str, Any] = {
    "nip": "198503122010011004",
    "name": "Rahmat Hidayat",
    "employment_kind": "PNS",
    "legal_status": "Aktif",
    "sex": "L",
    "birth_date": date(1985, 3, 12),
    "cpns_tmt": date(2010, 1, 1),
    "rank": "III/b",
    "position": "Perencana Ahli Muda",
    "unit_id": 1,
}


def findings(**changes: Any) -> set[tuple[str, str, Severity]]:
    return {(issue.code, issue.field, issue.severity) for issue in rules.validate({**SOUND, **changes}, TODAY)}


def test_a_sound_record_has_no_findings() -> None:
    assert findings() == set()


@pytest.mark.parametrize(
    ("changes", "code", "field", "severity"),
    [
        ({"name": "  "}, "name_empty", "name", Severity.ERROR),
        ({"nip": None}, "nip_empty", "nip", Severity.ERROR),
        ({"nip": "19850312 201001 1 00"}, "nip_length", "nip", Severity.ERROR),
        ({"nip": "198513122010011004"}, "nip_birth_date", "nip", Severity.ERROR),
        ({"unit_id": None}, "unit_empty", "unit_id", Severity.ERROR),
        ({"rank": "IX"}, "rank_kind_mismatch", "rank", Severity.ERROR),
        ({"rank": "kepala"}, "rank_unknown", "rank", Severity.ERROR),
        ({"service_months": 12}, "number_out_of_range", "service_months", Severity.ERROR),
        ({"cpns_tmt": date(1980, 1, 1)}, "date_order", "cpns_tmt", Severity.ERROR),
        ({"sex": "P"}, "nip_sex_differs", "sex", Severity.WARNING),
        ({"birth_date": date(1985, 3, 21)}, "nip_birth_date_differs", "birth_date", Severity.WARNING),
        ({"cpns_tmt": date(2011, 1, 1)}, "nip_cpns_tmt_differs", "cpns_tmt", Severity.WARNING),
        ({"pns_tmt": date(2009, 1, 1)}, "date_order", "pns_tmt", Severity.WARNING),
        ({"rank": None}, "rank_empty", "rank", Severity.WARNING),
        ({"position": ""}, "position_empty", "position", Severity.WARNING),
        ({"legal_status": "Entahlah"}, "legal_status_unknown", "legal_status", Severity.WARNING),
        ({"contract_end": date(2027, 1, 1)}, "contract_of_pns", "contract_end", Severity.WARNING),
        ({"employment_kind": "PPPK", "rank": "IX"}, "nip_kind_differs", "employment_kind", Severity.WARNING),
    ],
)
def test_each_fault_is_named_at_its_field(changes: dict[str, Any], code: str, field: str, severity: Severity) -> None:
    assert (code, field, severity) in findings(**changes)


def test_part_time_pppk_may_have_no_number_yet() -> None:
    found = findings(nip=None, employment_kind="PPPK_PARUH_WAKTU", rank=None)
    assert found == {("nip_missing", "nip", Severity.WARNING)}


def test_a_pppk_number_belongs_to_a_pppk() -> None:
    number = "199001012025212001"
    pppk = {"sex": "P", "birth_date": date(1990, 1, 1), "cpns_tmt": date(2025, 3, 1)}
    assert findings(nip=number, employment_kind="PPPK", rank="IX", **pppk) == set()
    assert {code for code, _field, _severity in findings(nip=number, **pppk)} == {"nip_kind_differs"}


def test_every_made_up_employee_passes_the_checks() -> None:
    made = people.make(400, seed=5)
    numbers = [employee["nip"] for employee in made.employees]
    assert len(set(numbers)) == len(numbers)
    assert [rules.validate({**employee, "unit_id": 1}, TODAY) for employee in made.employees] == [[]] * len(numbers)


def test_pns_ranks_stand_above_pppk_and_rise() -> None:
    codes = [rank.code for rank in (*pppk_ranks(), *pns_ranks())]
    orders = [rules.rank_order(code) for code in codes]
    assert orders == sorted(set(filter(None, orders)))
    assert rules.rank_order("eselon") is None


@pytest.mark.parametrize(
    ("status", "active"),
    [("Aktif", True), ("AKTIF", True), ("Tugas Belajar", True), ("Pensiun", False), ("Mencapai BUP", False),
     ("Meninggal", False), ("Meninggal Dunia", False), ("Tidak Aktif", False), ("PPPK Tidak Aktif", False),
     ("PPPK Aktif", True), ("Diberhentikan", False), ("Pindah Instansi", False), ("Mutasi Keluar", False), ("MPP", False),
     ("CLTN", True), ("Belum pernah ada", True)],
)  # fmt: skip
def test_legal_status_decides_who_is_active(status: str, active: bool) -> None:
    assert rules.is_active(status) is active
    assert rules.employee_values({"name": "X", "legal_status": status})["active"] is active


def test_an_import_does_not_bring_back_whom_a_person_deactivated() -> None:
    current = {"name": "X", "nip": None, "position": None, "legal_status": "Aktif", "active": False}
    assert "active" not in rules.employee_values({"legal_status": "Aktif", "phone": "0812"}, current)
    assert rules.employee_values({"legal_status": "Pensiun"}, {**current, "active": True})["active"] is False


def test_search_text_joins_new_and_old_fields() -> None:
    current = {"name": "Siti Aisyah", "nip": "1", "position": "Bidan Mahir", "legal_status": "Aktif"}
    values = rules.employee_values({"position": "Bidan Penyelia"}, current)
    assert values["search_text"] == "siti aisyah 1 bidan penyelia"
    assert "search_text" not in rules.employee_values({"phone": "0812"}, current)


@given(st.dates(date(1950, 1, 1), date(2008, 1, 1)), st.dates(date(2010, 1, 1), date(2030, 1, 1)))
def test_age_counts_full_years(born: date, day: date) -> None:
    age = rules.age_on(born, day)
    assert (born.year + age, born.month, born.day) <= (day.year, day.month, day.day)
    assert (born.year + age + 1, born.month, born.day) > (day.year, day.month, day.day)

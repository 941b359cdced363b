"""The list over a real encrypted file: search, filters, order, and the plan the database follows."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from asn_desktop.personnel.listing import SORT_KEYS, EmployeeSpec, statement_of
from asn_desktop.personnel.model import Employee
from asn_desktop.services import Services


def listed(office: Services, **spec: Any) -> list[Any]:
    return office.personnel.rows(office.personnel.ids(EmployeeSpec(**spec)))


def test_every_employee_is_listed_once_by_name(district: Services) -> None:
    rows = listed(district)
    assert len(rows) == 200
    assert len({row.id for row in rows}) == 200
    assert all(row.unit and row.opd for row in rows)


@pytest.mark.parametrize("key", sorted(SORT_KEYS))
@pytest.mark.parametrize("descending", [False, True])
def test_any_column_sorts_without_losing_anybody(district: Services, key: str, descending: bool) -> None:
    rows = listed(district, sort=key, descending=descending)
    assert len({row.id for row in rows}) == 200
    if key in ("name", "rank", "education_level"):
        return  # sorted by a key of their own
    values = [row[key] for row in rows]
    filled = [value for value in values if value is not None]
    assert filled == sorted(filled, reverse=descending)
    assert values == filled + [None] * (len(values) - len(filled))


def test_search_finds_words_in_any_order_in_name_nip_post_and_unit(district: Services) -> None:
    some = listed(district, unit_id=unit(district, "Dinas Kesehatan"))[3]
    words = some.name.split(",")[0].split()
    assert some in listed(district, search=" ".join(reversed(words)).upper())
    assert listed(district, search=f"{some.nip[:8]} {some.nip[8:14]} {some.nip[14]} {some.nip[15:]}") == [some]
    assert some in listed(district, search=f"{words[0]} {some.unit}")
    assert some in listed(district, search=some.position)
    assert listed(district, search="tidakada sama sekali") == []


@pytest.mark.parametrize("typed", ["%", "_", "'; DROP TABLE employee; --", '"', "((", "\u0000"])
def test_search_takes_any_characters_literally(district: Services, typed: str) -> None:
    assert len(listed(district, search=typed)) in (0, 200)
    assert district.personnel.total() == 200


def test_a_unit_contains_the_units_below_it(district: Services) -> None:
    office = unit(district, "Dinas Kesehatan")
    below = listed(district, unit_id=office)
    assert {row.opd for row in below} == {"Dinas Kesehatan"}
    assert len({row.unit for row in below}) > 3
    assert district.personnel.counts_by_unit()[office] == len(below)
    assert [row.id for row in listed(district, opd_id=office)] == [row.id for row in below]
    assert district.personnel.counts_by_unit()[unit(district, "Pemerintah Kabupaten Contoh")] == 200


def test_filters_narrow_and_combine(district: Services) -> None:
    pppk = listed(district, employment_kinds=("PPPK", "PPPK_PARUH_WAKTU"))
    teachers = listed(district, employment_kinds=("PNS",), position_kind="FUNGSIONAL", search="guru")
    assert {row.employment_kind for row in pppk} == {"PPPK", "PPPK_PARUH_WAKTU"}
    assert teachers
    assert all("guru" in row.position.casefold() or "sekolah" in row.position.casefold() for row in teachers)
    assert {row.rank for row in listed(district, ranks=("III/b",))} == {"III/b"}


def test_status_separates_who_has_left(district: Services) -> None:
    person = listed(district)[0]
    district.personnel.deactivate(person.id, "Pensiun", district.personnel.today)
    assert person.id not in {row.id for row in listed(district)}
    assert [row.id for row in listed(district, status="inactive")] == [person.id]
    assert len(listed(district, status="all")) == 200


@pytest.mark.parametrize(
    ("spec", "index"),
    [
        (EmployeeSpec(), "ix_employee_name"),
        (EmployeeSpec(descending=True), "ix_employee_name"),
        (EmployeeSpec(sort="rank"), "ix_employee_rank"),
        (EmployeeSpec(sort="position"), "ix_employee_position"),
        (EmployeeSpec(status="incomplete"), "ix_employee_incomplete"),
        (EmployeeSpec(status="incomplete", sort="rank"), "COVERING INDEX ix_employee_list"),
        (EmployeeSpec(search="siti"), "COVERING INDEX ix_employee_list"),
        (EmployeeSpec(search="siti guru", status="all", sort="unit"), "COVERING INDEX ix_employee_list"),
        (EmployeeSpec(unit_id=3), "COVERING INDEX ix_employee_unit_id"),
        (EmployeeSpec(unit_id=3, sort="rank"), "COVERING INDEX ix_employee_list"),
        *((EmployeeSpec(sort=key, status="all"), "COVERING INDEX ix_employee_list") for key in SORT_KEYS),
    ],
)
def test_the_plan_uses_the_index_made_for_it(district: Services, spec: EmployeeSpec, index: str) -> None:
    statement, values = statement_of(spec, office="")
    with district.database.read() as connection:
        plan = [row.detail for row in connection.execute(text(f"EXPLAIN QUERY PLAN {statement}"), values)]
    employees = next(line for line in plan if line.startswith(("SCAN e ", "SEARCH e ")))
    assert index in employees
    if index in ("ix_employee_name", "ix_employee_rank", "ix_employee_position", "ix_employee_incomplete"):
        assert not any("ORDER BY" in line for line in plan), "the index gives the order"


def unit(office: Services, name: str) -> int:
    return next(row.id for row in office.reference.units() if row.name == name)


def test_pegawai_yang_datanya_perlu_dilengkapi(district: Services) -> None:
    everybody = district.personnel.ids(EmployeeSpec())
    before = set(district.personnel.ids(EmployeeSpec(status="incomplete")))
    whole = next(number for number in everybody if number not in before)
    with district.database.write("test.clear", "Kosongkan jabatan") as uow:
        uow.update(Employee, whole, {"position": None})
    after = district.personnel.ids(EmployeeSpec(status="incomplete"))
    assert set(after) == before | {whole}
    root = next(unit.id for unit in district.reference.units() if unit.kind == "INSTANSI")
    assert district.personnel.counts_by_unit("incomplete")[root] == len(after)
    with district.database.write("test.leave", "Pensiun") as uow:
        uow.update(Employee, whole, {"active": False})
    assert set(district.personnel.ids(EmployeeSpec(status="incomplete"))) == before

"""What a person does with employees, on a real encrypted file: add, edit, move, deactivate, take back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from asn_desktop.core.errors import ConflictError, InputError
from asn_desktop.personnel import queries
from asn_desktop.personnel.commands import EmployeeCommand
from asn_desktop.personnel.listing import EmployeeSpec
from asn_desktop.personnel.queries import EmployeeDetail
from asn_desktop.reference.model import Unit
from asn_desktop.services import Services

JULY, OCTOBER = date(2026, 7, 1), date(2026, 10, 1)


def unit(office: Services, name: str) -> int:
    return next(row.id for row in office.reference.units() if row.name == name)


def command_of(detail: EmployeeDetail, **changes: Any) -> EmployeeCommand:
    names = EmployeeCommand.__dataclass_fields__
    return EmployeeCommand(**{name: detail.values[name] for name in names} | changes)


def staff(office: Services, unit_name: str) -> list[int]:
    """Ids of a unit's people without its head."""
    head = next(row.head_id for row in office.reference.units() if row.name == unit_name)
    ids = office.personnel.ids(EmployeeSpec(unit_id=unit(office, unit_name)))
    return [number for number in ids if number != head]


@pytest.fixture
def newcomer(district: Services) -> EmployeeCommand:
    return EmployeeCommand(
        nip="19990101 202412 2 901", name="Baru Sekali", employment_kind="PNS", sex="P",
        birth_date=date(1999, 1, 1), cpns_tmt=date(2024, 12, 1), rank="III/a", position="Perencana Ahli Pertama",
        unit_id=unit(district, "Dinas Sosial"),
    )  # fmt: skip


def test_a_new_employee_is_found_at_once(district: Services, newcomer: EmployeeCommand) -> None:
    number, change_set = district.personnel.add_employee(newcomer)
    assert change_set.touches("employee")
    assert district.personnel.ids(EmployeeSpec(search="sekali baru")) == [number]
    detail = district.personnel.detail(number)
    assert (detail.row.nip, detail.row.active, detail.version) == ("199901012024122901", True, 1)
    assert detail.assessor is not None
    assert detail.assessor.position == "Kepala Dinas Sosial"


def test_adding_can_be_taken_back(district: Services, newcomer: EmployeeCommand) -> None:
    district.personnel.add_employee(newcomer)
    district.safety.undo()
    assert district.personnel.ids(EmployeeSpec(search="baru sekali", status="all")) == []


def test_a_number_in_use_names_its_owner(district: Services, newcomer: EmployeeCommand) -> None:
    owner = district.personnel.rows(district.personnel.ids(EmployeeSpec())[:1])[0]
    with pytest.raises(InputError) as caught:
        district.personnel.add_employee(replace(newcomer, nip=owner.nip))
    taken = [issue for issue in caught.value.issues if issue.code == "nip_taken"]
    assert taken
    assert owner.name in taken[0].message
    assert district.personnel.total() == 200


def test_nothing_is_saved_while_a_field_is_wrong(district: Services, newcomer: EmployeeCommand) -> None:
    with pytest.raises(InputError) as caught:
        district.personnel.add_employee(replace(newcomer, name="", nip="123"))
    assert {issue.field for issue in caught.value.issues} >= {"name", "nip"}
    assert district.personnel.total() == 200


def test_part_time_pppk_without_number_are_several(district: Services, newcomer: EmployeeCommand) -> None:
    part_time = replace(newcomer, nip=None, employment_kind="PPPK_PARUH_WAKTU", rank=None)
    district.personnel.add_employee(part_time)
    district.personnel.add_employee(replace(part_time, name="Satu Lagi"))
    assert district.personnel.total() == 202


def test_an_old_version_does_not_overwrite_a_newer_one(district: Services) -> None:
    first = district.personnel.detail(district.personnel.ids(EmployeeSpec())[0])
    district.personnel.edit_employee(first.row.id, first.version, command_of(first, phone="0811"))
    with pytest.raises(ConflictError):
        district.personnel.edit_employee(first.row.id, first.version, command_of(first, phone="0899"))
    assert district.personnel.detail(first.row.id).values["phone"] == "0811"


def test_a_move_keeps_the_former_place_and_changes_the_assessor(district: Services) -> None:
    number = staff(district, "Dinas Kesehatan")[0]
    before = district.personnel.detail(number)
    target = unit(district, "Dinas Sosial")
    district.personnel.edit_employee(number, before.version, command_of(before, unit_id=target), JULY)
    after = district.personnel.detail(number)
    assert [(row.until, row.unit) for row in after.former] == [(JULY, before.row.unit)]
    assert after.assessor is not None
    assert after.assessor.position == "Kepala Dinas Sosial"
    with district.database.read() as connection:
        june = queries.placement_on(connection, [number], date(2026, 6, 30))[number]
        july = queries.placement_on(connection, [number], JULY)[number]
        assessor_in_june = queries.assessors_on(connection, [number], date(2026, 6, 30))[number]
    assert (june.unit_id, july.unit_id) == (before.row.unit_id, target)
    assert before.assessor is not None
    assert assessor_in_june.id == before.assessor.id


def test_two_moves_answer_for_every_day(district: Services) -> None:
    number = staff(district, "Dinas Kesehatan")[0]
    places = [unit(district, name) for name in ("Dinas Sosial", "Dinas Perhubungan")]
    start = district.personnel.detail(number).row.unit_id
    for place, day in zip(places, (JULY, OCTOBER), strict=True):
        detail = district.personnel.detail(number)
        district.personnel.edit_employee(number, detail.version, command_of(detail, unit_id=place), day)
    expected = {date(2026, 6, 30): start, JULY: places[0], date(2026, 9, 30): places[0], OCTOBER: places[1]}
    with district.database.read() as connection:
        found = {day: queries.placement_on(connection, [number], day)[number].unit_id for day in expected}
    assert found == expected


def test_a_correction_leaves_no_former_place(district: Services) -> None:
    number = staff(district, "Dinas Kesehatan")[0]
    detail = district.personnel.detail(number)
    district.personnel.edit_employee(number, detail.version, command_of(detail, position="Perawat Ahli Muda"))
    assert district.personnel.detail(number).former == ()


def test_a_move_before_the_last_one_is_refused(district: Services) -> None:
    number = staff(district, "Dinas Kesehatan")[0]
    detail = district.personnel.detail(number)
    district.personnel.edit_employee(
        number, detail.version, command_of(detail, unit_id=unit(district, "Dinas Sosial")), OCTOBER
    )
    moved = district.personnel.detail(number)
    with pytest.raises(InputError, match="sesudah perpindahan terakhir"):
        district.personnel.edit_employee(number, moved.version, command_of(moved, position="Lain"), JULY)


def test_undo_of_a_move_brings_back_place_and_history(district: Services) -> None:
    number = staff(district, "Dinas Kesehatan")[0]
    before = district.personnel.detail(number)
    change = command_of(before, unit_id=unit(district, "Dinas Sosial"), position="Penelaah")
    district.personnel.edit_employee(number, before.version, change, JULY)
    district.safety.undo()
    after = district.personnel.detail(number)
    assert (after.row, after.former) == (before.row, ())
    assert after.values["search_text"] == before.values["search_text"]
    district.safety.redo()
    assert len(district.personnel.detail(number).former) == 1


def test_leaving_needs_a_reason_and_can_be_taken_back(district: Services) -> None:
    number = district.personnel.ids(EmployeeSpec())[0]
    with pytest.raises(InputError):
        district.personnel.deactivate(number, "  ", OCTOBER)
    district.personnel.deactivate(number, "Mencapai batas usia pensiun", OCTOBER, "Pensiun")
    detail = district.personnel.detail(number)
    assert not detail.row.active
    assert detail.values["inactive_reason"] == "Mencapai batas usia pensiun"
    with district.database.read() as connection:
        assert number in queries.serving_on(connection, date(2026, 9, 30))
        assert number not in queries.serving_on(connection, OCTOBER)
    district.personnel.reactivate(number)
    assert district.personnel.detail(number).row.active


def test_a_head_who_left_no_longer_assesses(district: Services) -> None:
    office = next(row for row in district.reference.units() if row.name == "Dinas Sosial")
    assert office.head_id is not None
    below = next(row for row in district.reference.units() if row.parent_id == office.id)
    assert below.head_id is not None
    district.personnel.deactivate(office.head_id, "Pensiun", OCTOBER)
    with district.database.read() as connection:
        in_september = queries.assessors_on(connection, [below.head_id], date(2026, 9, 30))[below.head_id]
        in_october = queries.assessors_on(connection, [below.head_id], OCTOBER)[below.head_id]
    assert in_september.id == office.head_id
    assert (in_october.id, in_october.position) == (None, "Bupati Contoh")


def test_superiors_by_appointment_from_a_day_on(district: Services) -> None:
    people = staff(district, "Dinas Kesehatan")[:3]
    superior = staff(district, "Dinas Pendidikan dan Kebudayaan")[0]
    district.personnel.set_superior(people, superior, OCTOBER)
    with district.database.read() as connection:
        before = queries.assessors_on(connection, people, date(2026, 9, 30))
        after = queries.assessors_on(connection, people, OCTOBER)
    assert {row.id for row in after.values()} == {superior}
    assert all(row.own for row in after.values())
    assert superior not in {row.id for row in before.values()}
    with pytest.raises(InputError) as caught:
        district.personnel.set_superior([superior], people[0], OCTOBER)
    assert [issue.code for issue in caught.value.issues] == ["superior_cycle"]


def test_history_speaks_the_language_of_the_office(district: Services) -> None:
    number = staff(district, "Dinas Kesehatan")[0]
    before = district.personnel.detail(number)
    change = command_of(before, unit_id=unit(district, "Dinas Sosial"), birth_date=date(1980, 2, 1), religion="Hindu")
    district.personnel.edit_employee(number, before.version, change, JULY)
    latest = district.personnel.history(before.row.rid)[0]
    shown = {field.label: (field.before, field.after) for field in latest.fields}
    assert (latest.label, latest.user) == (f"Ubah data {before.row.name} (3 isian)", "operator")
    again = district.personnel.detail(number)
    district.personnel.edit_employee(number, again.version, command_of(again, rank="III/d"))
    assert district.personnel.history(before.row.rid)[0].label == f"Ubah golongan {before.row.name}"
    assert shown["Unit kerja"] == (before.row.unit, "Dinas Sosial")
    assert shown["Tanggal lahir"][1] == "01/02/1980"
    assert "search_text" not in {field.field for field in latest.fields}


def test_snapshot_for_the_import_holds_columns_and_names(district: Services) -> None:
    row = district.personnel.rows(district.personnel.ids(EmployeeSpec())[:1])[0]
    assert row.nip is not None
    with district.database.read() as connection:
        snapshot = queries.import_snapshot(connection, [row.nip, "000000000000000000"])
        found = queries.find_by_nips(connection, [row.nip, "x"])
    assert set(snapshot) == {row.nip}
    assert snapshot[row.nip]["unit"] == row.unit
    assert snapshot[row.nip]["birth_date"] == row.birth_date
    assert found == {row.nip: row.id}
    assert district.personnel.id_of_nip(f"{row.nip[:8]} {row.nip[8:]}") == row.id


def test_heads_are_proposed_from_posts_and_set_in_one_operation(district: Services) -> None:
    real = {row.id: row.head_id for row in district.reference.units() if row.kind != "INSTANSI"}
    assert district.personnel.head_proposals() == []
    with district.database.write("unit.clear", "Kosongkan pimpinan") as uow:
        uow.update_many(Unit, [(unit_id, {"head_id": None}) for unit_id in real])
    proposed = district.personnel.head_proposals()
    told = {row.unit_id: row.employee_id for row in proposed if row.employee_id is not None}
    assert told.items() <= real.items()
    assert len(told) > 0.9 * len(real)
    district.personnel.set_unit_heads(told)
    assert {row.unit_id for row in district.personnel.head_proposals()} == real.keys() - told.keys()
    district.safety.undo()
    assert district.personnel.head_proposals() == proposed

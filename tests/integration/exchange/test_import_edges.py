"""Rows at the edge of what offices type: the word [KOSONG] anywhere, people without number, bosses in a circle."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from asn_desktop.appraisal.commands import EvaluationNotes
from asn_desktop.appraisal.model import Evaluation
from asn_desktop.core.errors import AppError, InputError
from asn_desktop.exchange.plan import Fate, ImportPlan, decide
from asn_desktop.personnel.commands import EmployeeCommand
from asn_desktop.personnel.listing import EmployeeSpec
from asn_desktop.personnel.model import Employee, FormerPlacement
from asn_desktop.services import Services
from tests.integration.exchange.books import ANI, ATAS, BAWAH, BUDI, CITRA, SESUAI, agreed, book, rating

TW3 = "2026-TW3"
Load = Callable[..., ImportPlan]


@pytest.fixture
def load(office: Services, tmp_path: Path) -> Load:
    """Writes the rows into a workbook, imports it and returns the plan."""
    count = 0

    def imported(*rows: dict[str, Any], period: str | None = None) -> ImportPlan:
        nonlocal count
        count += 1
        plan = agreed(office, book(tmp_path / f"{count}.xlsx", *rows), period)
        if plan.writes:
            office.exchange.apply(plan)
        return plan

    return imported


def codes(plan: ImportPlan) -> set[str]:
    return {issue.code for row in plan.rows for issue in row.issues}


def employee(office: Services, nip: str) -> dict[str, Any]:
    table = Employee.__table__
    with office.database.read() as connection:
        return dict(connection.execute(select(table).where(table.c.nip == nip)).mappings().one())


@pytest.mark.parametrize("heading", ["NIP", "NAMA", "GOL", "JABATAN", "UNIT KERJA", "OPD"])
def test_a_required_field_cannot_be_erased(load: Load, office: Services, heading: str) -> None:
    load(ANI)
    before = employee(office, ANI["NIP"])
    plan = load({**ANI, heading: "[KOSONG]"})
    assert plan.counts["rejected"] == 1
    assert "erase_required" in codes(plan)
    assert employee(office, ANI["NIP"]) == before


def test_a_superior_is_erased_by_the_word_and_only_by_it(load: Load, office: Services) -> None:
    load(BUDI, {**ANI, "NIP ATASAN": BUDI["NIP"]})
    load({**ANI, "NIP ATASAN": ""})
    assert employee(office, ANI["NIP"])["superior_id"] == employee(office, BUDI["NIP"])["id"]
    assert load({**ANI, "NIP ATASAN": "[KOSONG]"}).counts["changed"] == 1
    assert employee(office, ANI["NIP"])["superior_id"] is None
    assert load({**ANI, "NIP ATASAN": "[KOSONG]"}).counts["same"] == 1


def test_a_superior_erased_for_somebody_new_is_nobody(load: Load, office: Services) -> None:
    assert load({**ANI, "NIP ATASAN": "[KOSONG]"}).counts["new"] == 1
    assert employee(office, ANI["NIP"])["superior_id"] is None


def test_notes_of_a_rating_are_erased_by_the_word(load: Load, office: Services) -> None:
    load(ANI)
    load(rating(ANI, SESUAI, SESUAI, CATATAN="Cukup cepat"), period=TW3)
    assert load(rating(ANI, SESUAI, SESUAI, CATATAN="[KOSONG]"), period=TW3).counts["changed"] == 1
    (row,) = office.appraisal.list_evaluations(TW3)
    with office.database.read() as connection:
        assert connection.scalar(select(Evaluation.notes).where(Evaluation.id == row.id)) is None
    assert load(rating(ANI, SESUAI, SESUAI, CATATAN="[KOSONG]"), period=TW3).counts["same"] == 1


@pytest.mark.parametrize("field", ["RATING HASIL KERJA", "RATING PERILAKU KERJA", "PREDIKAT"])
def test_a_rating_cannot_be_erased_by_a_file(load: Load, office: Services, field: str) -> None:
    load(ANI)
    load(rating(ANI, SESUAI, SESUAI, "Baik"), period=TW3)
    plan = load({**rating(ANI, SESUAI, SESUAI, "Baik"), field: "[KOSONG]"}, period=TW3)
    assert plan.counts["rejected"] == 1


def test_somebody_without_a_name_is_refused(load: Load) -> None:
    plan = load({**ANI, "NAMA": ""}, BUDI)
    assert plan.counts["rejected"] == 1
    assert codes(plan) == {"name_missing"}


PART_TIME = {**CITRA, "NIP": "", "JENIS PEGAWAI": "PPPK Paruh Waktu", "TANGGAL LAHIR": date(1991, 2, 3)}


def test_part_time_staff_without_a_number_come_in_once(load: Load, office: Services) -> None:
    assert load(PART_TIME).counts["new"] == 1
    assert load(PART_TIME).counts["same"] == 1
    assert load({**PART_TIME, "JABATAN": "Operator Layanan"}).counts["changed"] == 1
    assert len(office.personnel.ids(EmployeeSpec())) == 1


def test_two_part_time_people_of_one_name_and_birthday_need_a_decision(load: Load, office: Services) -> None:
    plan = load(PART_TIME, {**PART_TIME, "JABATAN": "Operator Layanan"})
    assert plan.counts["conflict"] == 2
    assert office.personnel.ids(EmployeeSpec()) == []


def test_a_number_that_was_issued_to_somebody_known_without_one_is_asked_about(load: Load, office: Services) -> None:
    load(PART_TIME)
    numbered = {**PART_TIME, "NIP": "199102032025212001"}
    plan = load(numbered)
    (row,) = plan.rows
    assert (row.fate, codes(plan)) == (Fate.CONFLICT, {"person_unsure"})
    office.exchange.apply(decide(plan, {row.key: row.options[0].key}))
    assert employee(office, numbered["NIP"])["name"] == "Citra Contoh"
    assert len(office.personnel.ids(EmployeeSpec())) == 1


def test_the_superior_of_a_refused_row_is_said_and_not_linked(load: Load, office: Services) -> None:
    rows = ({**ANI, "NIP ATASAN": BUDI["NIP"]}, {**BUDI, "GOL": "IX/z"})
    assert "superior_unknown" in codes(load(*rows))
    assert load(*rows).counts["same"] == 1


def test_nobody_becomes_their_own_superior_by_a_file(load: Load, office: Services) -> None:
    plan = load({**ANI, "NIP ATASAN": ANI["NIP"]})
    assert "superior_cycle" in codes(plan)
    assert employee(office, ANI["NIP"])["superior_id"] is None


def test_superiors_in_a_circle_are_pointed_out_and_not_linked(load: Load, office: Services) -> None:
    load({**ANI, "NIP ATASAN": BUDI["NIP"]}, BUDI)
    plan = load({**BUDI, "NIP ATASAN": CITRA["NIP"]}, {**CITRA, "NIP ATASAN": ANI["NIP"]})
    assert "superior_cycle" in codes(plan)
    ani, budi, citra = (employee(office, row["NIP"]) for row in (ANI, BUDI, CITRA))
    assert (ani["superior_id"], budi["superior_id"], citra["superior_id"]) == (budi["id"], None, None)


def test_a_circle_by_way_of_somebody_without_a_nip_is_pointed_out(load: Load, office: Services) -> None:
    """Dewi is a PPPK Paruh Waktu whose number has not come yet: nothing but her name leads on."""
    load(ANI, BUDI)
    ani, budi = (employee(office, row["NIP"]) for row in (ANI, BUDI))
    command = EmployeeCommand(nip=None, name="Dewi Contoh", employment_kind="PPPK_PARUH_WAKTU", unit_id=ani["unit_id"])
    dewi, _done = office.personnel.add_employee(command)
    office.personnel.set_superior([dewi], budi["id"], date(2026, 1, 2))
    office.personnel.set_superior([ani["id"]], dewi, date(2026, 1, 2))
    plan = load({**BUDI, "NIP ATASAN": ANI["NIP"]})
    assert "superior_cycle" in codes(plan)
    assert employee(office, BUDI["NIP"])["superior_id"] is None


def test_two_people_may_change_places_above_each_other(load: Load, office: Services) -> None:
    load({**ANI, "NIP ATASAN": BUDI["NIP"]}, BUDI, CITRA)
    plan = load({**BUDI, "NIP ATASAN": ANI["NIP"]}, {**ANI, "NIP ATASAN": CITRA["NIP"]})
    assert codes(plan) == set()
    assert employee(office, BUDI["NIP"])["superior_id"] == employee(office, ANI["NIP"])["id"]


def test_unit_and_superior_changed_by_one_file_leave_one_former_place(load: Load, office: Services) -> None:
    load(BUDI, CITRA, {**ANI, "NIP ATASAN": BUDI["NIP"]})
    before = employee(office, ANI["NIP"])
    load({**ANI, "UNIT KERJA": "Puskesmas Blangpidie", "NIP ATASAN": CITRA["NIP"]})
    table = FormerPlacement.__table__
    with office.database.read() as connection:
        rows = connection.execute(select(table)).mappings().all()
    assert [(row["unit_id"], row["superior_id"]) for row in rows] == [(before["unit_id"], before["superior_id"])]


def test_contradicting_ratings_of_one_person_wait_on_both_rows(load: Load, office: Services) -> None:
    load(ANI)
    plan = load(rating(ANI, SESUAI, SESUAI), rating(ANI, ATAS, BAWAH), period=TW3)
    assert plan.counts["conflict"] == 2
    assert office.appraisal.list_evaluations(TW3) == []


@pytest.mark.parametrize("kind", ["personnel", "ratings"])
def test_two_rows_of_one_person_are_not_both_chosen(load: Load, office: Services, tmp_path: Path, kind: str) -> None:
    load(BUDI)
    rows = {
        "personnel": (ANI, {**ANI, "GOL": "III/b"}),
        "ratings": (rating(BUDI, SESUAI, SESUAI), rating(BUDI, ATAS, BAWAH)),
    }[kind]
    plan = office.exchange.examine(book(tmp_path / "ganda.xlsx", *rows), period=TW3)
    keys = [row.key for row in plan.rows if row.fate is Fate.CONFLICT]
    assert len(keys) == 2
    with pytest.raises(AppError, match="satu baris"):
        decide(plan, dict.fromkeys(keys, "use"))
    office.exchange.apply(decide(plan, {keys[1]: "use"}))


def test_a_choice_for_a_damaged_number_also_links_the_superior(load: Load, office: Services, tmp_path: Path) -> None:
    load(ANI, BUDI)
    damaged = {**ANI, "NIP": float(ANI["NIP"][:15] + "000"), "NIP ATASAN": BUDI["NIP"]}
    plan = office.exchange.examine(book(tmp_path / "rusak.xlsx", damaged))
    (row,) = plan.rows
    office.exchange.apply(decide(plan, {row.key: row.options[0].key}))
    assert employee(office, ANI["NIP"])["superior_id"] == employee(office, BUDI["NIP"])["id"]


def test_notes_of_several_lines_leave_and_come_back_unchanged(load: Load, office: Services, tmp_path: Path) -> None:
    load(ANI)
    load(rating(ANI, SESUAI, SESUAI), period=TW3)
    (row,) = office.appraisal.list_evaluations(TW3)
    notes = "Perlu dampingan:\n- Excel\n- laporan"
    office.appraisal.save_evaluation(row.id, notes=EvaluationNotes(notes))
    office.appraisal.finalise([row.id])
    office.exchange.export("ratings", tmp_path / "keluar.xlsx", period=TW3)
    assert office.exchange.examine(tmp_path / "keluar.xlsx").counts["same"] == 1
    office.appraisal.revise(row.id, "Keberatan")
    load(rating(ANI, ATAS, SESUAI, CATATAN=" ".join(notes.split())), period=TW3)
    with office.database.read() as connection:
        assert connection.scalar(select(Evaluation.notes)) == notes


def test_notes_longer_than_a_workbook_takes_back_are_refused(load: Load, office: Services) -> None:
    load(ANI)
    load(rating(ANI, SESUAI, SESUAI), period=TW3)
    (row,) = office.appraisal.list_evaluations(TW3)
    with pytest.raises(InputError, match="paling banyak 2000"):
        office.appraisal.save_evaluation(row.id, notes=EvaluationNotes("x" * 2001))


def test_no_name_passes_through_the_temporary_folder_of_the_system(
    load: Load, office: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = load(ANI, {**BUDI, "NIP": "12"})
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tidak-ada"))
    assert office.exchange.export("personnel", tmp_path / "keluar.xlsx") == 1
    assert office.exchange.write_errors(plan, tmp_path / "perbaikan.xlsx") == 1

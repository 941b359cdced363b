"""Corrections of personnel data by an OPD."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from asn_desktop.exchange.plan import Fate, ImportPlan, decide
from asn_desktop.exchange.worksheet.orders import Order
from asn_desktop.personnel.listing import EmployeeSpec
from asn_desktop.services import Services
from tests.integration.exchange.books import ANI, BUDI, CITRA, book
from tests.integration.exchange.clerk import Clerk, libreoffice

FREE = {"new": 0, "changed": 0, "same": 0, "conflict": 0, "rejected": 0, "ignored": 0}


@pytest.fixture
def staffed(office: Services, tmp_path: Path) -> Services:
    office.exchange.apply(office.exchange.examine(book(tmp_path / "pegawai.xlsx", ANI, BUDI, CITRA)))
    return office


def sheet(office: Services, tmp_path: Path) -> Clerk:
    unit = next(row.id for row in office.reference.units() if row.name == "Dinas Kesehatan")
    office.worksheets.write(tmp_path / "lembar.xlsx", Order("personnel", unit))
    return Clerk(tmp_path / "lembar.xlsx")


def load(office: Services, path: Path) -> ImportPlan:
    plan = office.exchange.examine(path)
    assert plan.counts["rows_read"] == sum(plan.counts[fate] for fate in FREE)
    if plan.writes:
        office.exchange.apply(plan)
    return plan


def person(office: Services, name: str) -> Any:
    rows = office.personnel.rows(office.personnel.ids(EmployeeSpec(status="all")))
    return next(row for row in rows if row.bare_name == name)


def codes(plan: ImportPlan) -> set[str]:
    return {issue.code for row in plan.rows for issue in row.issues}


def test_corrections_come_back_field_by_field(staffed: Services, tmp_path: Path) -> None:
    clerk = sheet(staffed, tmp_path)
    clerk.fill("Ani", GOLONGAN="III.b", JABATAN="Bidan Penyelia", UNIT_KERJA="Sekretariat")
    clerk.fill("Budi", EMAIL="budi @contoh.go.id", NIP_ATASAN=ANI["NIP"])
    plan = load(staffed, clerk.save())
    assert plan.kind == "personnel"
    assert plan.counts == {"rows_read": 2, **FREE, "changed": 2}
    ani = person(staffed, "Ani Contoh")
    assert (ani.rank, ani.position, ani.unit, ani.opd) == ("III/b", "Bidan Penyelia", "Sekretariat", "Dinas Kesehatan")
    budi = staffed.personnel.detail(person(staffed, "Budi Contoh").id)
    assert budi.values["email"] == "budi@contoh.go.id"
    assert load(staffed, clerk.save()).counts == {"rows_read": 2, **FREE, "same": 2}


def test_only_the_field_that_both_changed_waits(staffed: Services, tmp_path: Path) -> None:
    clerk = sheet(staffed, tmp_path).fill("Ani", JABATAN="Bidan Penyelia", PENDIDIKAN="D-III Kebidanan")
    load(staffed, book(tmp_path / "kami.xlsx", {**ANI, "JABATAN": "Bidan Terampil", "UNIT KERJA": "Sekretariat"}))
    plan = staffed.exchange.examine(clerk.save())
    (row,) = [row for row in plan.rows if row.fate is Fate.CONFLICT]
    assert "field_conflict" in codes(plan)
    assert "newer_here" in codes(plan)
    staffed.exchange.apply(decide(plan, {row.key: "incoming"}))
    ani = person(staffed, "Ani Contoh")
    assert (ani.position, ani.unit) == ("Bidan Penyelia", "Sekretariat")


def test_a_unit_or_superior_nobody_knows_is_refused(staffed: Services, tmp_path: Path) -> None:
    clerk = sheet(staffed, tmp_path).fill("Ani", UNIT_KERJA="Bidang Khayalan")
    clerk.fill("Budi", NIP_ATASAN="198001012005011009")
    plan = load(staffed, clerk.save())
    assert plan.counts == {"rows_read": 2, **FREE, "rejected": 2}
    assert {"unit_unknown", "superior_unknown"} <= codes(plan)
    assert "Bidang Khayalan" not in {row.name for row in staffed.reference.units()}


def test_two_who_stand_above_each_other_are_refused(staffed: Services, tmp_path: Path) -> None:
    clerk = sheet(staffed, tmp_path).fill("Ani", NIP_ATASAN=BUDI["NIP"]).fill("Budi", NIP_ATASAN=ANI["NIP"])
    plan = load(staffed, clerk.save())
    assert plan.counts == {"rows_read": 2, **FREE, "rejected": 2}
    assert codes(plan) == {"superior_cycle"}


def test_what_is_needed_cannot_be_emptied_and_the_rest_can(staffed: Services, tmp_path: Path) -> None:
    load(staffed, book(tmp_path / "b.xlsx", {**BUDI, "EMAIL": "budi@contoh.go.id"}))
    clerk = sheet(staffed, tmp_path).fill("Ani", JABATAN="[KOSONG]").fill("Budi", EMAIL="[KOSONG]")
    plan = load(staffed, clerk.save())
    assert plan.counts == {"rows_read": 2, **FREE, "changed": 1, "rejected": 1}
    assert staffed.personnel.detail(person(staffed, "Budi Contoh").id).values["email"] is None


def test_somebody_of_another_opd_may_only_be_decided_by_a_person(staffed: Services, tmp_path: Path) -> None:
    clerk = sheet(staffed, tmp_path)
    clerk.fill_row(clerk.last + 1, NAMA="Citra Contoh", NIP=CITRA["NIP"], JABATAN="Guru Ahli Muda")
    plan = load(staffed, clerk.save())
    assert plan.counts == {"rows_read": 3, **FREE, "same": 2, "conflict": 1}
    assert person(staffed, "Citra Contoh").position == "Guru Ahli Pertama"


def test_libreoffice_saves_it_again_and_nothing_changes(staffed: Services, tmp_path: Path) -> None:
    dated = {**ANI, "TMT JABATAN": "01-04-2024", "TAHUN LULUS": 2007, "GELAR BELAKANG": "A.Md.Keb."}
    load(staffed, book(tmp_path / "a.xlsx", dated))
    plan = staffed.exchange.examine(libreoffice(sheet(staffed, tmp_path).path))
    assert plan.counts == {"rows_read": 2, **FREE, "same": 2}

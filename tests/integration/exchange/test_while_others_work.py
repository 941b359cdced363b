"""A preview stays good while colleagues write what it does not look at, and no longer than that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from asn_desktop.appraisal.commands import RatingChange
from asn_desktop.appraisal.predicate import Rating
from asn_desktop.core.errors import ConflictError
from asn_desktop.core.periods import Period
from asn_desktop.exchange.plan import ImportPlan
from asn_desktop.personnel.model import Employee
from asn_desktop.reference.model import Unit
from asn_desktop.services import Services
from tests.integration.exchange.books import ANI, ATAS, BUDI, CITRA, SESUAI, agreed, book, rating

TW3 = Period(2026, 3)


@pytest.fixture
def staffed(office: Services, tmp_path: Path) -> Services:
    office.exchange.apply(agreed(office, book(tmp_path / "awal.xlsx", ANI, BUDI, CITRA)))
    office.appraisal.open_period(TW3)
    return office


@pytest.fixture
def of_people(staffed: Services, tmp_path: Path) -> ImportPlan:
    """Ani is promoted; Budi stands there as he is."""
    return agreed(staffed, book(tmp_path / "pegawai.xlsx", {**ANI, "GOL": "III/b"}, BUDI))


@pytest.fixture
def of_ratings(staffed: Services, tmp_path: Path) -> ImportPlan:
    return agreed(staffed, book(tmp_path / "rating.xlsx", rating(ANI, SESUAI, ATAS)), TW3.code)


def change(office: Services, person: dict[str, str], **values: object) -> None:
    with office.database.write("employee.update", "Ubah") as uow:
        uow.update(Employee, office.personnel.id_of_nip(person["NIP"]), values)


def rate(office: Services, person: dict[str, str]) -> None:
    number = office.personnel.id_of_nip(person["NIP"])
    (row,) = [row for row in office.appraisal.list_evaluations(TW3.code) if row.employee_id == number]
    office.appraisal.rate([RatingChange(row.id, Rating.DI_BAWAH, Rating.SESUAI)])


def rename_a_unit(office: Services) -> None:
    unit = office.reference.find_unit("Puskesmas Susoh")
    with office.database.write("unit.update", "Ubah") as uow:
        uow.update(Unit, unit.id, {"name": "Puskesmas Susoh Baru", "match_name": "puskesmas susoh baru"})


def test_nomor_hp_pegawai_lain_tidak_membatalkan_impor(staffed: Services, of_people: ImportPlan) -> None:
    change(staffed, CITRA, phone="0812")
    rate(staffed, CITRA)
    staffed.exchange.apply(of_people)
    ranks = {person["NAMA"]: detail(staffed, person).row.rank for person in (ANI, BUDI, CITRA)}
    assert ranks == {"Ani Contoh": "III/b", "Budi Contoh": "III/c", "Citra Contoh": "IX"}
    assert detail(staffed, CITRA).values["phone"] == "0812"


def test_rating_pegawai_lain_tidak_membatalkan_impor_rating(staffed: Services, of_ratings: ImportPlan) -> None:
    rate(staffed, CITRA)
    staffed.exchange.apply(of_ratings)
    found = {row.name: row.behaviour for row in staffed.appraisal.list_evaluations(TW3.code)}
    assert found == {"Ani Contoh": "DI_ATAS", "Budi Contoh": None, "Citra Contoh": "SESUAI"}


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda office: change(office, ANI, phone="0812"),
        lambda office: change(office, BUDI, phone="0812"),
        lambda office: change(office, CITRA, nip="199001012021212002"),
        lambda office: change(office, CITRA, name="Ani Contoh", name_key="ani contoh"),
        lambda office: rate(office, ANI),
        rename_a_unit,
        lambda office: office.safety.undo(),
    ],
    ids=["who is changed", "who stays", "another's NIP", "another's name", "their rating", "a unit", "undo"],
)
def test_yang_dilihat_pratinjau_membatalkannya(
    staffed: Services, of_people: ImportPlan, meanwhile: Callable[[Services], None]
) -> None:
    meanwhile(staffed)
    head = staffed.safety.history(1)[0].id
    with pytest.raises(ConflictError) as refused:
        staffed.exchange.apply(of_people)
    assert refused.value.code == "ASN-1206"
    assert staffed.safety.history(1)[0].id == head


def test_menutup_triwulan_membatalkan_impor_ratingnya(staffed: Services, of_ratings: ImportPlan) -> None:
    staffed.appraisal.close_period(TW3.code)
    with pytest.raises(ConflictError) as refused:
        staffed.exchange.apply(of_ratings)
    assert refused.value.code == "ASN-1206"


def detail(office: Services, person: dict[str, str]):  # type: ignore[no-untyped-def]
    return office.personnel.detail(office.personnel.id_of_nip(person["NIP"]))

"""What an office refuses, by its code: reached where it arises, in words that say what happened and what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from asn_desktop.accounts.passphrase import check_passphrase
from asn_desktop.appraisal.commands import ImportedRating
from asn_desktop.appraisal.predicate import Rating
from asn_desktop.core.errors import AppError, surroundings
from asn_desktop.core.periods import Period, parse_period
from asn_desktop.environment.instance import refuse_network_path
from asn_desktop.environment.paths import OfficePaths, office_paths
from asn_desktop.exchange.worksheet.orders import Order
from asn_desktop.office_files import must_exist, restore_backup
from asn_desktop.personnel.model import Employee
from asn_desktop.reference.model import Unit
from asn_desktop.reports.recap import recap_of
from asn_desktop.sample.office import DEMO_PASSPHRASE, SAMPLE_USER, open_sample_office
from asn_desktop.services import Services, close_office, create_office, open_office
from tests.conftest import OFFICE, PASSPHRASE, USER
from tests.e2e.test_command_line import CommandLine
from tests.integration.exchange.books import sheets
from tests.integration.staff import add_people, rate

TW3 = Period(2026, 3)
GONE = 10**9
"""The id of a record that never was."""
Refused = Callable[[Services, Path], Any]


def evaluation(office: Services, result: str | None = None, behaviour: str | None = None) -> int:
    (person,) = add_people(office, "Ani Contoh")
    return rate(office, TW3, person, result, behaviour)


def two_of_one_name(office: Services, _folder: Path) -> Any:
    with office.database.write("test.units", "Unit contoh") as uow:
        rows = [{"code": code, "name": "Seksi Umum", "match_name": "seksi umum", "kind": "UNIT"} for code in ("A", "B")]
        uow.insert_many(Unit, rows)
    return office.reference.find_unit("Seksi Umum")


def a_code_twice(office: Services, _folder: Path) -> Any:
    with office.database.write("test.units", "Unit contoh") as uow:
        rows = [{"code": "A", "name": name, "match_name": name, "kind": "UNIT"} for name in ("satu", "dua")]
        uow.insert_many(Unit, rows)


def changed_after_it_went(office: Services, _folder: Path) -> Any:
    with office.database.write("test.change", "Ubah contoh") as uow:
        uow.update(Employee, GONE, {"phone": "0812"})


def undone_below_later_work(office: Services, _folder: Path) -> Any:
    (person,) = add_people(office, "Ani Contoh")
    for phone in ("0812", "0813"):
        with office.database.write("test.phone", "Ubah nomor") as uow:
            uow.update(Employee, person, {"phone": phone})
    return office.safety.undo_operation(office.safety.history(2)[1].id)


def final_and_rated(office: Services, _folder: Path) -> Any:
    number = evaluation(office, "SESUAI", "SESUAI")
    office.appraisal.finalise([number])
    return office.appraisal.finalise([number]), office.appraisal.save_evaluation(number)


def of_another_kind(office: Services, folder: Path) -> Any:
    path = sheets(folder / "peserta.xlsx", {"Data": [["NIP", "NAMA"], ["198503122010012004", "Ani Contoh"]]})
    return office.exchange.examine(path, kind="participants")


def an_empty_unit(office: Services, folder: Path) -> Any:
    add_people(office, "Ani Contoh", active=False)
    (unit,) = office.worksheets.opd_ids()
    return office.worksheets.write(folder / "kosong.xlsx", Order("personnel", unit))


def ratings_of(period: str | None, *headings: str) -> Refused:
    """A recap whose rating columns have these headings, imported for a period."""

    def examine(office: Services, folder: Path) -> Any:
        evaluation(office)
        row = ["198503122010012004", "Ani Contoh", *["Sesuai Ekspektasi"] * len(headings)]
        path = sheets(folder / "rekap.xlsx", {"Data": [["NIP", "NAMA", *headings], row]})
        return office.exchange.examine(path, kind="ratings", period=period)

    return examine


def rated_before_the_quarter_was_opened(office: Services, _folder: Path) -> Any:
    (person,) = add_people(office, "Ani Contoh")
    with office.database.write("test.import", "Impor contoh") as uow:
        office.appraisal.apply_import(uow, [ImportedRating(person, TW3.code, Rating.SESUAI, Rating.SESUAI)])


def other_offices_in_both_places(office: Services, _folder: Path) -> Any:
    paths = office.paths
    close_office(office)
    inner, _code = create_office(
        OfficePaths(paths.home / "contoh"), replace(OFFICE, sample=False), SAMPLE_USER, DEMO_PASSPHRASE
    )
    close_office(inner)
    return open_sample_office(paths, DEMO_PASSPHRASE)


def no_memory(_office: Services, _folder: Path) -> Any:
    problem = surroundings(MemoryError())
    assert problem is not None
    raise problem


def damaged_backup(office: Services, folder: Path) -> Any:
    paths, broken = office.paths, folder / "rusak.cadangan"
    broken.write_bytes(b"x" * 8192)
    close_office(office)
    return restore_backup(paths, USER, PASSPHRASE, broken)


def a_plain_database(office: Services, _folder: Path) -> Any:
    paths = office.paths
    close_office(office)
    paths.database.write_bytes(b"SQLite format 3\x00" + bytes(4080))
    for name in ("-wal", "-shm"):
        paths.database.with_name(paths.database.name + name).unlink(missing_ok=True)
    return open_office(paths, USER, PASSPHRASE)


@pytest.mark.parametrize(
    ("arguments", "passphrase", "exit_code", "code"),
    [
        (["list", "employees"], None, 2, "ASN-1107"),
        (["restore", "tidak_ada.cadangan"], PASSPHRASE, 3, "ASN-1109"),
        (["print", "C.1.3", "a.pdf"], PASSPHRASE, 2, "ASN-1118"),
    ],
)
def test_the_command_line_refuses_too(
    office_home: OfficePaths, arguments: list[str], passphrase: str | None, exit_code: int, code: str
) -> None:
    ended, answer, said = CommandLine(office_home.home).run(*arguments, passphrase=passphrase)
    assert (ended, answer["error"]["code"]) == (exit_code, code), said


REFUSED: dict[str, Refused] = {
    "ASN-1101": lambda _office, _folder: parse_period("triwulan tiga"),
    "ASN-1102": two_of_one_name,
    "ASN-1103": lambda _office, _folder: check_passphrase("abc"),
    "ASN-1104": lambda office, _folder: [office.safety.undo() for _step in range(9)],
    "ASN-1105": lambda office, _folder: office.safety.redo(),
    "ASN-1106": lambda office, _folder: office.reference.save_office(" ", "Pemerintah Contoh", "Contoh"),
    "ASN-1108": lambda office, _folder: recap_of(office.appraisal, office.reference, TW3, None),
    "ASN-1110": lambda office, _folder: office.personnel.id_of_nip("19850312 201001 2 004"),
    "ASN-1111": lambda office, _folder: office.appraisal.finalise([evaluation(office)]),
    "ASN-1112": lambda office, _folder: office.appraisal.revise(evaluation(office, "SESUAI", "SESUAI"), " "),
    "ASN-1113": lambda office, _folder: office.appraisal.revise(evaluation(office, "SESUAI", "SESUAI"), "salah ketik"),
    "ASN-1116": lambda office, _folder: office.appraisal.close_period("2030-TW1"),
    "ASN-1121": lambda office, _folder: office.worksheets.event_id("PLT-0"),
    "ASN-1114": rated_before_the_quarter_was_opened,
    "ASN-1120": ratings_of(None, "HASIL KERJA", "PERILAKU KERJA"),
    "ASN-1122": an_empty_unit,
    "ASN-1126": ratings_of("2026-TW3", "HASIL KERJA TW I", "PERILAKU KERJA TW I"),
    "ASN-1202": a_code_twice,
    "ASN-1203": changed_after_it_went,
    "ASN-1204": undone_below_later_work,
    "ASN-1205": lambda office, _folder: office.appraisal.evaluation_sheet(GONE),
    "ASN-1367": of_another_kind,
    "ASN-1405": lambda _office, _folder: refuse_network_path(Path("//server/data/asn.db")),
    "ASN-1408": no_memory,
    "ASN-1424": other_offices_in_both_places,
    "ASN-1423": lambda _office, folder: must_exist(office_paths(folder / "kosong")),
    "ASN-1431": a_plain_database,
    "ASN-1434": damaged_backup,
    "ASN-1512": final_and_rated,
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_is_refused_says_what_and_what_to_do(office: Services, tmp_path: Path, code: str) -> None:
    with pytest.raises(AppError) as refused:
        REFUSED[code](office, tmp_path)
    assert refused.value.code == code
    assert refused.value.message.endswith(".")
    assert refused.value.safety
    assert refused.value.hint or code in ("ASN-1104", "ASN-1105"), "nothing to take back: nothing to do either"

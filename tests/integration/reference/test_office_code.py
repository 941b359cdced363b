"""The code of an office: what it says, what is refused, and until when it can be put right."""

from __future__ import annotations

from pathlib import Path

import pytest

from asn_desktop.core.errors import InputError
from asn_desktop.environment.paths import office_paths
from asn_desktop.reference.office_code import parse_office_code
from asn_desktop.reference.queries import OfficeRow
from asn_desktop.services import Services, close_office, create_office
from asn_desktop.storage import undo
from tests.conftest import PASSPHRASE


@pytest.mark.parametrize(
    ("typed", "role", "code", "words"),
    [
        ("11.12", "district", "11.12", "Kabupaten di Aceh"),
        (" 5371 ", "district", "53.71", "Kota di Nusa Tenggara Timur"),
        ("75", "province", "75", "Provinsi Gorontalo"),
        ("97.01", "district", "97.01", "Kabupaten di provinsi yang belum dikenal"),
    ],
)
def test_a_code_names_its_region(typed: str, role: str, code: str, words: str) -> None:
    region = parse_office_code(typed, role)
    assert (region.code, region.words) == (code, words)


@pytest.mark.parametrize(
    ("typed", "role", "told"),
    [
        ("11", "district", "11 adalah kode Provinsi Aceh"),
        ("11.12", "province", "2 angka"),
        ("1112345", "district", "4 angka"),
        ("11.00", "district", "4 angka"),
        ("11.70", "district", "mulai 71"),
        ("BKPSDM", "district", "4 angka"),
        ("", "province", "2 angka"),
    ],
)
def test_what_is_no_code_is_refused_with_an_example(typed: str, role: str, told: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_office_code(typed, role)
    assert told in refused.value.message
    assert "misalnya 11" in refused.value.hint


def test_an_office_is_not_made_with_a_wrong_code(tmp_path: Path) -> None:
    paths = office_paths(tmp_path / "kantor")
    row = OfficeRow("11", "BKPSDM", "Pemerintah", "Blangpidie", "district", False)
    with pytest.raises(InputError):
        create_office(paths, row, "operator", PASSPHRASE)
    assert not paths.exists
    services, _code = create_office(paths, OfficeRow("1112", *row_rest(row)), "operator", PASSPHRASE)
    assert services.reference.office().code == "11.12", "written in one way"
    close_office(services)


def row_rest(row: OfficeRow) -> tuple[str, str, str, str, bool]:
    return row.name, row.agency, row.place, row.role, row.sample


def test_the_code_is_put_right_before_the_first_exchange(office: Services, tmp_path: Path) -> None:
    assert not office.packages.own.fixed()
    office.packages.own.change("1113", "district")
    assert office.reference.office().code == "11.13"
    assert [unit.code for unit in office.reference.units() if unit.kind == "INSTANSI"] == ["11.13"]
    with office.database.read() as connection:
        found = undo.next_undo(connection)
    assert found is None or "kode kantor" not in found[1], "a package may leave in between, so Ctrl+Z leaves it alone"
    office.packages.send(tmp_path / "paket.xlsx", "11")
    assert office.packages.own.fixed()
    with pytest.raises(InputError) as refused:
        office.packages.own.change("11.14", "district")
    assert refused.value.code == "ASN-1368"
    assert office.reference.office().code == "11.13"

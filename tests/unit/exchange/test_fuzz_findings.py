"""What ``asn-dev fuzz`` found, one test each, and that it finds what it is for."""

from __future__ import annotations

import random
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest

from asn_desktop.core.errors import WorkbookError
from asn_desktop.core.progress import Progress
from asn_desktop.devtools import fuzz_mutations
from asn_desktop.exchange.gate import open_workbook
from asn_desktop.exchange.package.content import Seal
from asn_desktop.exchange.package.package_writer import write_package
from asn_desktop.exchange.package.recognise import recognise
from asn_desktop.exchange.people_file import read_people
from asn_desktop.personnel.columns import PERSONNEL

from .nasty import PEOPLE, cell, number, workbook_bytes, write
from .packages import small
from .test_package_seal import read_edited


def bent_sheet(folder: Path) -> Path:
    """A sheet part whose checksum does not fit: the gate reads only its beginning."""
    data = workbook_bytes(PEOPLE)
    with zipfile.ZipFile(write(folder, data)) as archive:
        checksum = archive.getinfo("xl/worksheets/sheet1.xml").CRC.to_bytes(4, "little")
    return write(folder, data.replace(checksum, bytes(4)))


def test_a_sheet_with_a_wrong_checksum_is_damaged_when_marks_are_looked_for(tmp_path: Path) -> None:
    """Seed 1218 of the first campaign: ``BadZipFile`` out of the search for worksheets' marks."""
    path = bent_sheet(tmp_path)
    for look in (lambda: open_workbook(path).marks, lambda: recognise(path)):
        with pytest.raises(WorkbookError) as caught:
            look()
        assert caught.value.code == "ASN-1309"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_compressions_that_no_spreadsheet_program_writes_are_refused(tmp_path: Path, method: int) -> None:
    """Their decoders raise errors of their own and take memory that nobody counted."""
    with (
        zipfile.ZipFile(write(tmp_path, workbook_bytes(PEOPLE))) as source,
        zipfile.ZipFile(tmp_path / "lain.xlsx", "w", method) as target,
    ):
        for name in source.namelist():
            target.writestr(name, source.read(name))
    with pytest.raises(WorkbookError) as caught:
        open_workbook(tmp_path / "lain.xlsx")
    assert caught.value.code == "ASN-1309"


def test_the_same_chance_spoils_alike_and_another_one_differently() -> None:
    data = workbook_bytes(PEOPLE)
    spoilt = [fuzz_mutations.spoiled(data, random.Random(number)) for number in range(50)]
    assert spoilt == [fuzz_mutations.spoiled(data, random.Random(number)) for number in range(50)]
    assert len(set(spoilt)) > 40


@pytest.mark.parametrize("text", ["[" * 5_000, "\\" + "[" * 5_000, "[1]", "1.5", "NaN", '{"d": 5}', "9" * 5_000])
def test_a_conflict_with_a_value_that_no_field_holds_is_a_problem(tmp_path: Path, text: str) -> None:
    """A thousand brackets end the parser with ``RecursionError``, five thousand digits with ``ValueError``."""
    write_package(tmp_path / "paket.xlsx", small())
    read = read_edited(tmp_path / "paket.xlsx", "_konflik", lambda xml: xml.replace('"0813"', text, 1))
    assert read.seal is Seal.BROKEN
    assert len(read.problems) == 1


def test_a_number_too_large_for_any_number_is_an_error_cell(tmp_path: Path) -> None:
    """Seed 100750: ``1e400`` is infinity for the parser, and infinity has no whole number."""
    write_package(tmp_path / "paket.xlsx", small())
    infinite = '<c r="A3"><v>1e400</v></c>'
    read = read_edited(
        tmp_path / "paket.xlsx", "pegawai", lambda xml: re.sub('<c r="A3".*?</c>', infinite, xml, count=1)
    )
    assert [problem.value for problem in read.problems] == ["#NUM!"]


@pytest.mark.parametrize("value", ["1e400", "-1e400", "1e308", "NaN"])
def test_such_a_number_in_a_list_is_an_error_at_its_cell(tmp_path: Path, value: str) -> None:
    people = PEOPLE.replace(cell("A2", "198503122010011004"), number("A2", value))
    path = write(tmp_path, workbook_bytes(people))
    read = read_people(open_workbook(path), [PERSONNEL], {}, {}, date(2026, 11, 21), Progress())
    (row,) = read.rows
    assert any(issue.field == "nip" for issue in row.issues)

"""What goes into the file: text only as text, everything whole or nothing, and a cover that people understand."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from asn_desktop.core.errors import Cancelled, FileNotWritten, WorkbookError
from asn_desktop.core.progress import Progress
from asn_desktop.exchange.gate import open_workbook
from asn_desktop.exchange.package import package_writer
from asn_desktop.exchange.package.content import PackageContent, PackageKind, Seal
from asn_desktop.exchange.package.digest import short_code
from asn_desktop.exchange.package.package_reader import read_package
from asn_desktop.exchange.package.package_writer import write_package
from asn_desktop.exchange.package.recognise import FileKind, recognise
from asn_desktop.exchange.people_file import read_people
from asn_desktop.personnel.columns import PERSONNEL

from .nasty import PEOPLE, workbook_bytes, write
from .packages import HEAD, comparable, record, small

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", " =", "'=", "＝")
_BODIES = ("cmd|'/C calc'!A0", "1+1", "SUM(A1:A9)", 'HYPERLINK("http://x","y")', "DDE(1,2,3)", "IMPORTXML(A1)",
           "WEBSERVICE(A1)", "_xlfn.X()", "A1", "2+5+cmd|' /C calc'!A0")  # fmt: skip
PAYLOADS = [start + body for start in _STARTS for body in _BODIES]


def test_a_hundred_formulas_stay_text(tmp_path: Path) -> None:
    assert len(PAYLOADS) == 100
    rows = tuple(record("employee", f"p{at}", name=text, address=text) for at, text in enumerate(PAYLOADS))
    content = PackageContent(HEAD, rows)
    write_package(tmp_path / "paket.xlsx", content, labels={"u": "=1+1"}, to="=1+1")
    with zipfile.ZipFile(tmp_path / "paket.xlsx") as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name) or b"<f " in archive.read(name)]
    assert comparable(read_package(tmp_path / "paket.xlsx").content) == content


def test_more_rows_than_a_sheet_holds_are_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_writer, "MAX_ROWS", 5)
    people = tuple(record("employee", f"p{number}", name="Ani") for number in range(4))
    write_package(tmp_path / "tiga.xlsx", PackageContent(HEAD, people[:3]))
    with pytest.raises(WorkbookError) as caught:
        write_package(tmp_path / "empat.xlsx", PackageContent(HEAD, people))
    assert caught.value.code == "ASN-1353"
    assert not (tmp_path / "empat.xlsx").exists()


def test_a_text_that_would_need_too_many_columns_is_an_error(tmp_path: Path) -> None:
    wide = record("employee", "p1", address="x" * 32_000 * package_writer.MAX_COLUMNS)
    with pytest.raises(WorkbookError) as caught:
        write_package(tmp_path / "lebar.xlsx", PackageContent(HEAD, (wide,)))
    assert caught.value.code == "ASN-1353"


def test_a_cancelled_package_leaves_nothing(tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        write_package(tmp_path / "paket.xlsx", small(), progress=progress)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotWritten):
        write_package(tmp_path / "tidak-ada" / "paket.xlsx", small())


def texts(path: Path, sheet: str) -> list[str]:
    """Every text of a sheet by a second reader."""
    book = openpyxl.load_workbook(path)
    return [str(cell.value) for row in book[sheet].iter_rows() for cell in row if cell.value is not None]


def test_the_cover_says_who_what_and_what_to_do(tmp_path: Path) -> None:
    digest = write_package(tmp_path / "paket.xlsx", small(), to="BKD Provinsi Contoh (11)")
    cover = texts(tmp_path / "paket.xlsx", "Sampul")
    for text in ("BKPSDM Kabupaten Contoh (11.12)", "BKD Provinsi Contoh (11)", short_code(digest),
                 "21 November 2026 pukul 08.00 oleh Siti Contoh", "Pegawai", "2"):  # fmt: skip
        assert text in cover
    assert any("CONTOH" in text for text in cover)
    assert any("Terima berkas" in text for text in cover)


def test_half_a_character_in_an_offices_name_is_no_obstacle(tmp_path: Path) -> None:
    content = small()
    odd = replace(content, head=replace(content.head, office_name="BKPSDM \udcfc Contoh"))
    write_package(tmp_path / "paket.xlsx", odd)
    assert read_package(tmp_path / "paket.xlsx").content.head.office_name == "BKPSDM \udcfc Contoh"
    assert any("BKPSDM ? Contoh" in text for text in texts(tmp_path / "paket.xlsx", "Sampul"))


def test_a_real_office_is_not_marked_as_a_sample(tmp_path: Path) -> None:
    write_package(tmp_path / "paket.xlsx", replace(small(), head=replace(HEAD, sample=False)))
    assert not any("CONTOH" in text for text in texts(tmp_path / "paket.xlsx", "Sampul"))


def test_people_see_names_in_the_place_of_identifiers(tmp_path: Path) -> None:
    write_package(tmp_path / "paket.xlsx", small(), labels={"u1": "tidak dipakai: sudah ada dalam paket"})
    book = openpyxl.load_workbook(tmp_path / "paket.xlsx")
    sheet = book["pegawai"]
    keys = [cell.value for cell in sheet[2]]
    assert sheet.cell(3, keys.index("?unit_id") + 1).value == "Dinas Contoh"
    assert sheet.cell(4, keys.index("?superior_id") + 1).value == "Ani Contoh"
    assert sheet.row_dimensions[2].hidden
    hidden = [keys[at] for at, cell in enumerate(sheet[1]) if sheet.column_dimensions[cell.column_letter].hidden]
    assert "unit_id" in hidden
    assert "nip" not in hidden
    assert book["_meta"].sheet_state == "hidden"


def test_only_sheets_with_rows_are_there(tmp_path: Path) -> None:
    write_package(tmp_path / "paket.xlsx", PackageContent(HEAD))
    assert openpyxl.load_workbook(tmp_path / "paket.xlsx").sheetnames == ["Sampul", "_meta"]
    assert read_package(tmp_path / "paket.xlsx").seal is Seal.INTACT


def test_what_a_file_is(tmp_path: Path) -> None:
    write_package(tmp_path / "paket.xlsx", small())
    receipt = PackageContent(replace(HEAD, kind=PackageKind.RECEIPT), acknowledgements=small().acknowledgements)
    write_package(tmp_path / "tanda_terima.xlsx", receipt)
    write(tmp_path, workbook_bytes(PEOPLE), "daftar.xlsx")
    found = {path.name: recognise(path) for path in tmp_path.iterdir()}
    assert {name: item.kind for name, item in found.items()} == {
        "paket.xlsx": FileKind.PACKAGE,
        "tanda_terima.xlsx": FileKind.RECEIPT,
        "daftar.xlsx": FileKind.FOREIGN,
    }
    head = found["paket.xlsx"].head
    assert head is not None
    assert (head.office, head.seq) == ("11.12", 17)


def test_a_list_given_as_a_package_is_told(tmp_path: Path) -> None:
    write(tmp_path, workbook_bytes(PEOPLE), "daftar.xlsx")
    with pytest.raises(WorkbookError, match="bukan paket") as caught:
        read_package(tmp_path / "daftar.xlsx")
    assert caught.value.code == "ASN-1351"
    assert "Impor" in caught.value.hint


def test_a_package_given_to_the_import_is_told(tmp_path: Path) -> None:
    write_package(tmp_path / "paket.xlsx", small())
    with pytest.raises(WorkbookError, match="paket dari kantor lain") as caught:
        read_people(open_workbook(tmp_path / "paket.xlsx"), [PERSONNEL], {}, {}, date(2026, 11, 21), Progress())
    assert caught.value.code == "ASN-1355"
    assert "Terima berkas" in caught.value.hint

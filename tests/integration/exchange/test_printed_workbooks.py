"""What leaves a printer when somebody presses Ctrl+P in Excel on one of our workbooks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from asn_desktop.core.periods import Period
from asn_desktop.exchange.paper import FOLIO, pages_wide
from asn_desktop.exchange.worksheet.orders import Order
from asn_desktop.services import Services
from tests.integration.exchange.books import ANI, BUDI, book

TW3 = Period(2026, 3)
A4 = 9


@pytest.fixture
def books(district: Services, tmp_path: Path) -> dict[str, Path]:
    """One of each kind that people may print."""
    district.appraisal.open_period(TW3)
    opd = district.worksheets.opd_ids()[0]
    broken = book(tmp_path / "daftar.xlsx", ANI, {**BUDI, "NIP": int(BUDI["NIP"])})
    paths = {name: tmp_path / f"{name}.xlsx" for name in ("pegawai", "predikat", "lembar", "paket", "perbaikan")}
    district.exchange.export("personnel", paths["pegawai"])
    district.exchange.export("ratings", paths["predikat"], period=TW3.code)
    district.worksheets.write(paths["lembar"], Order("ratings", opd, TW3.code))
    district.packages.send(paths["paket"])
    district.exchange.write_errors(district.exchange.examine(broken), paths["perbaikan"])
    return paths


def shown(path: Path) -> Iterator[tuple[str, Any]]:
    for sheet in openpyxl.load_workbook(path).worksheets:
        if sheet.sheet_state == "visible":
            yield f"{path.stem}/{sheet.title}", sheet


def test_every_list_is_landscape_f4_with_its_headings_on_each_page(books: dict[str, Path]) -> None:
    seen = 0
    for name, sheet in (found for path in books.values() for found in shown(path)):
        guide = sheet.title in ("PETUNJUK", "Sampul")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, name
        assert sheet.page_setup.fitToHeight == 0, name
        assert sheet.page_setup.paperSize == (A4 if sheet.title == "Sampul" else FOLIO), name
        if guide:
            assert (sheet.page_setup.fitToWidth or 1) == 1, name
            continue
        seen += 1
        assert sheet.page_setup.orientation == "landscape", name
        assert sheet.print_title_rows.startswith("$1:"), name
        assert "Halaman &P dari &N" in (sheet.oddFooter.right.text or ""), name
    assert seen > len(books)


def test_nothing_is_shrunk_below_what_can_be_read(books: dict[str, Path]) -> None:
    """At half size a page takes some 330 letters; who it is stands beside every part."""
    for name, sheet in (found for path in books.values() for found in shown(path)):
        if sheet.title in ("PETUNJUK", "Sampul"):
            continue
        columns = [sheet.column_dimensions[get_column_letter(at)] for at in range(1, sheet.max_column + 1)]
        widths = [column.width for column in columns if not column.hidden]
        pages = sheet.page_setup.fitToWidth or 1
        keys = sheet.print_title_cols
        who = sum(widths[:2]) if keys else 0
        assert (sum(widths) - who) / pages + who <= 335, name
        assert pages == 1 or keys, name


def test_an_export_of_ratings_ends_with_what_is_the_same_in_every_row(books: dict[str, Path]) -> None:
    sheet = openpyxl.load_workbook(books["predikat"])["PREDIKAT"]
    headings = [cell.value for cell in sheet[1]]
    assert headings[:2] == ["NIP", "NAMA"]
    assert headings[-4:] == ["TAHUN", "PERIODE", "TANGGAL MULAI", "TANGGAL SELESAI"]


def test_a_package_opens_on_its_cover_and_only_that_is_chosen(books: dict[str, Path]) -> None:
    workbook = openpyxl.load_workbook(books["paket"])
    assert workbook.active.title == "Sampul"
    assert [sheet.title for sheet in workbook.worksheets if sheet.sheet_view.tabSelected] == ["Sampul"]
    for sheet in workbook.worksheets[2:]:
        texts = [cell for row in sheet.iter_rows(min_row=3, max_row=5) for cell in row if isinstance(cell.value, str)]
        assert all(cell.alignment.wrap_text for cell in texts), f"{sheet.title}: a text would run over its neighbour"


@pytest.mark.parametrize(
    "widths, keys, pages", [([20, 32, 60], 2, 1), ([20, 32] + [20] * 50, 2, 4), ([400], 0, 2), ([], 0, 1)]
)
def test_pages_side_by_side(widths: list[float], keys: int, pages: int) -> None:
    assert pages_wide(widths, keys) == pages

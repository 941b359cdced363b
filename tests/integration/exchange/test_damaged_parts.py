"""A picture or a printer's settings may be damaged in a workbook whose rows are sound; nobody reads them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from asn_desktop.core.errors import WorkbookError
from asn_desktop.services import Services
from tests.integration.exchange.books import ANI

PICTURE, STRINGS = "xl/media/image1.png", "xl/sharedStrings.xml"


def spoilt(path: Path, part: str) -> Path:
    """A list with a cell far outside, which makes the program copy the workbook; the header of ``part`` is spoilt."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Data")
    for column, (heading, value) in enumerate(ANI.items()):
        sheet.write_string(0, column, heading)
        sheet.write_string(1, column, value)
    sheet.write_string(900_000, 300, "jauh")
    book.close()
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(PICTURE, b"gambar" * 50)
        start = archive.getinfo(part).header_offset
    content = bytearray(path.read_bytes())
    content[start : start + 4] = b"PKxx"
    path.write_bytes(content)
    return path


def test_a_damaged_picture_is_left_behind(office: Services, tmp_path: Path) -> None:
    plan = office.exchange.examine(spoilt(tmp_path / "daftar.xlsx", PICTURE))
    assert [row.values["name"] for row in plan.rows] == ["Ani Contoh"]
    assert plan.counts["rejected"] == 0


def test_damaged_texts_are_told(office: Services, tmp_path: Path) -> None:
    with pytest.raises(WorkbookError) as caught:
        office.exchange.examine(spoilt(tmp_path / "daftar.xlsx", STRINGS))
    assert caught.value.code == "ASN-1309"

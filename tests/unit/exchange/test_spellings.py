"""A worksheet may be spelt in any way that XML allows; what is read is the same."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

import pytest

from asn_desktop.exchange.archive import Limits
from asn_desktop.exchange.package.content import Seal
from asn_desktop.exchange.package.package_reader import read_package
from asn_desktop.exchange.package.package_writer import write_package
from asn_desktop.exchange.scan import Merge
from asn_desktop.exchange.workbook import FORMULA_WITHOUT_VALUE, CellError

from .nasty import PEOPLE, cell, number, row, workbook_bytes
from .packages import small
from .test_reading import read, refusal

NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PREFIXED = re.sub(r"<(/?)", r"<\1x:", f"<sheetData>{PEOPLE}</sheetData>")
RICH = (
    '<r><rPr><color rgb="FF0000"/><charset val="1"/><family val="2"/><vertAlign val="superscript"/></rPr>'
    "<t>Budi</t></r><r><t xml:space='preserve'> Contoh</t></r><rPh sb='0' eb='1'><t>bunyi</t></rPh>"
)


def data(people: str = PEOPLE, attributes: str = "") -> str:
    return f"<sheetData{attributes}>{people}</sheetData>"


SPELLINGS = {
    "as Excel does": data(),
    "a prefix": PREFIXED,
    "a comment before the rows": "<!-- SIMPEG <row> -->" + data(),
    "comments inside and behind": data("<!-- <c r='A1'/> -->" + PEOPLE) + "<!-- x -->",
    "CDATA": data(PEOPLE.replace("Budi", "<![CDATA[Budi]]>")),
    "a comment in a text": data(PEOPLE.replace("Budi", "Bu<!-- x -->di")),
    "a character reference": data(PEOPLE.replace("Budi", "B&#117;di")),
    "another order in a row": data(PEOPLE.replace('<row r="2">', '<row spans="1:4" r="2">')),
    "another order in a cell": data(PEOPLE.replace('<c r="A1" t="inlineStr">', '<c t="inlineStr" r="A1">')),
    "single quotes": data(PEOPLE.replace('r="B2"', "r='B2'")),
    "single quotes of a row": data(PEOPLE.replace('<row r="2">', "<row r='2'>")),
    "line breaks in tags": data(PEOPLE.replace("<c ", "<c\n").replace("<row ", "<row\n\t")),
    "spaces around equal signs": data(PEOPLE.replace("t=", "t = ")),
    "some references left out": data(PEOPLE.replace(' r="B2"', "").replace(' r="C2"', "")),
    "all references left out": data(re.sub(r' r="[A-Z]*[0-9]+"', "", PEOPLE)),
    "an attribute of the data": data(attributes=' xml:space="preserve"'),
    "row breaks": data() + '<rowBreaks count="1" manualBreakCount="1"><brk id="1" max="16383" man="1"/></rowBreaks>',
    "column breaks": data() + '<colBreaks count="1" manualBreakCount="1"><brk id="3" max="9" man="1"/></colBreaks>',
    "other names that begin alike": "<columns/>" + data() + "<rowan/><cell/><sheetDatas/>",
    "instructions": "<?mso x?>" + data(PEOPLE + "<?mso <row r='9'> ?>"),
    "rich text": data(PEOPLE.replace("<t>Budi Contoh</t>", RICH)),
}


@pytest.mark.parametrize("inside", SPELLINGS.values(), ids=SPELLINGS)
def test_every_legal_spelling_of_a_sheet_is_read_alike(tmp_path: Path, inside: str) -> None:
    prefix, declared = ("x:", "xmlns:x") if inside is PREFIXED else ("", "xmlns")
    sheet = f'<?xml version="1.0"?><{prefix}worksheet {declared}="{NAMESPACE}">{inside}</{prefix}worksheet>'
    (found,) = read(tmp_path, workbook_bytes(replace={"xl/worksheets/sheet1.xml": sheet})).sheets
    assert (found.last_row, found.last_column) == (1, 3)
    assert found.rows == [
        ["NIP", "NAMA", "JABATAN", "GOLONGAN"],
        ["198503122010011004", "Budi Contoh", "Guru Ahli Pertama", "III/a"],
    ]


@pytest.mark.parametrize("unusual", ["", "<!-- x -->"], ids=["plain", "rewritten"])
def test_a_rewritten_sheet_keeps_all_that_matters(tmp_path: Path, unusual: str) -> None:
    """Values, formulas, errors, hidden rows and columns, merges, far cells: as without the comment."""
    data = workbook_bytes(
        unusual
        + row(1, cell("A1", "a &lt; b"), number("B1", "12.5"), '<c r="C1" t="b"><v>1</v></c>', attributes=' hidden="1"')
        + row(2, '<c r="A2" t="e"><v>#REF!</v></c>', '<c r="B2" t="str"><f>A1&amp;""</f><v></v></c>', '<c r="C2"><f>A1</f></c>')
        + row(3, '<c r="A3" t="str"><f>A1</f><v> x </v></c>', '<c r="B3" t="d"><v>2020-04-01</v></c>')
        + row(1048576, cell("XFD1048576", "jauh")),
        before='<cols><col min="2" max="3" width="9" hidden="1"/></cols>',
        after='<mergeCells count="1"><mergeCell ref="A4:A5"/></mergeCells>',
    )  # fmt: skip
    (sheet,) = read(tmp_path, data).sheets
    assert sheet.rows[0] == ["a < b", 12.5, True]
    assert sheet.rows[1] == [CellError("#REF!"), "", FORMULA_WITHOUT_VALUE]
    assert sheet.rows[2][1] == date(2020, 4, 1)
    assert str(sheet.rows[2][0]).strip() == "x"
    assert (sheet.hidden_rows, sheet.hidden_columns, sheet.strays) == ((0,), (1, 2), ("XFD1048576",))
    assert sheet.merged == (Merge(3, 0, 4, 0),)
    assert [sheet.is_formula(1, column) for column in range(3)] == [False, True, True]


@pytest.mark.parametrize("result", ["<v></v>", "<v/>"])
def test_a_formula_that_gave_an_empty_text_is_blank(tmp_path: Path, result: str) -> None:
    """Excel's two spellings of ``=IFERROR(…;"")``; without ``t="str"`` nothing was ever worked out."""
    cells = f'<c r="A1" t="str"><f>IF(1,"")</f>{result}</c><c r="B1"><f>IF(1,"")</f>{result}</c><c r="C1"><v>1</v></c>'
    (sheet,) = read(tmp_path, workbook_bytes(row(1, cells))).sheets
    assert sheet.rows[0] == ["", FORMULA_WITHOUT_VALUE, 1.0]


def test_too_many_cells_are_refused_while_they_are_rewritten(tmp_path: Path) -> None:
    many = "".join(f"<row>{'<c><v>1</v></c>' * 50}</row>" for _row in range(100))
    assert refusal(tmp_path, workbook_bytes(many), Limits(cells=1000)).code == "ASN-1317"


@pytest.mark.parametrize("note", ["", "<!-- dicetak -->"], ids=["page breaks", "a comment as well"])
def test_a_package_that_was_prepared_for_printing_keeps_its_seal(tmp_path: Path, note: str) -> None:
    content = small()
    plain, printed = tmp_path / "paket.xlsx", tmp_path / "dicetak.xlsx"
    write_package(plain, content)
    breaks = (
        f'<rowBreaks count="1" manualBreakCount="1"><brk id="5" max="16383" man="1"/></rowBreaks>{note}</worksheet>'
    )
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(printed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name.startswith("xl/worksheets/"):
                part = part.replace(b"</worksheet>", breaks.encode())
            target.writestr(name.replace("/", "\\") if note else name, part)
    before, after = read_package(plain), read_package(printed)
    assert before.seal is after.seal is Seal.INTACT
    assert not after.problems

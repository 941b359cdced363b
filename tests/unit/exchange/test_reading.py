"""Extent scan and reading child on nasty and on ordinary workbooks."""

from __future__ import annotations

import threading
import time
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from asn_desktop.core.errors import Cancelled, WorkbookError
from asn_desktop.core.progress import Progress
from asn_desktop.exchange import child_process
from asn_desktop.exchange.archive import Limits
from asn_desktop.exchange.cell_positions import CellPositions, column_index, column_letter
from asn_desktop.exchange.gate import inspect
from asn_desktop.exchange.reader import read_workbook
from asn_desktop.exchange.scan import Merge, WorkbookScan, scan_workbook
from asn_desktop.exchange.workbook import FORMULA_WITHOUT_VALUE, CellError, CellTime, Workbook

from .nasty import PEOPLE, WORKBOOK, cell, number, row, workbook_bytes, write


def scan(data: bytes, limits: Limits | None = None) -> WorkbookScan:
    limits = limits or Limits()
    return scan_workbook(inspect(Path("data.xlsx"), data, limits), limits)


def read(folder: Path, data: bytes, limits: Limits | None = None) -> Workbook:
    return read_workbook(write(folder, data), limits=limits or Limits())


def refusal(folder: Path, data: bytes, limits: Limits | None = None) -> WorkbookError:
    with pytest.raises(WorkbookError) as caught:
        read(folder, data, limits)
    assert caught.value.hint
    return caught.value


def test_a_far_cell_is_cut_off_and_listed(tmp_path: Path) -> None:
    """tafia/calamine#693: two legal cells ask for half a terabyte in the parser."""
    data = workbook_bytes(PEOPLE + row(1048576, cell("XFD1048576", "jauh")))
    workbook = read(tmp_path, data)
    sheet = workbook.sheets[0]
    assert sheet.strays == ("XFD1048576",)
    assert len(sheet.rows) == 2
    assert sheet.rows[1][1] == "Budi Contoh"


def test_a_far_column_in_a_row_of_people_is_cut_off_too(tmp_path: Path) -> None:
    data = workbook_bytes(PEOPLE.replace("</row>", cell("ZZZ1", "x").replace("ZZZ1", "XFA1") + "</row>", 1))
    sheet = read(tmp_path, data).sheets[0]
    assert sheet.strays == ("XFA1",)
    assert max(map(len, sheet.rows)) == 4


def test_an_extent_beyond_the_limits_is_refused(tmp_path: Path) -> None:
    many = "".join(row(position, number(f"A{position}", "1")) for position in range(1, 301))
    error = refusal(tmp_path, workbook_bytes(many), Limits(rows=100))
    assert error.code == "ASN-1317"
    assert "Data" in error.message
    wide = row(1, *(number(f"{column_letter(column)}1", "1") for column in range(450)))
    assert refusal(tmp_path, workbook_bytes(wide)).code == "ASN-1317"
    assert refusal(tmp_path, workbook_bytes(many), Limits(cells=200)).code == "ASN-1317"


def test_a_sheet_that_claims_every_row_by_its_formatting_is_read(tmp_path: Path) -> None:
    formatted = "".join(f'<row r="{position}" ht="15" customHeight="1"/>' for position in range(3, 60_000))
    styled = "".join(row(position, f'<c r="A{position}" s="1"/>') for position in range(60_000, 60_100))
    sheet = read(tmp_path, workbook_bytes(PEOPLE + formatted + styled + '<row r="1048576" hidden="1"/>')).sheets[0]
    assert (sheet.last_row, sheet.strays) == (1, ())
    assert len(sheet.rows) == 2


def test_a_long_gap_with_many_people_behind_it_is_no_stray() -> None:
    behind = "".join(row(position, number(f"A{position}", "1")) for position in range(5000, 5100))
    sheet = scan(workbook_bytes(PEOPLE + behind)).sheets[0]
    assert (sheet.last_row, sheet.strays) == (5098, [])


@pytest.mark.parametrize(
    "sheet_data",
    [
        row(5, cell("A1", "cell of another row")),
        row(9, cell("A9", "x")) + row(2, cell("A2", "rows out of order")),
        '<c r="A1"><v>1</v></c>',
        row(1, '<c r="A1"><f>SUM(<b/>1)</f><v>1</v></c>'),
        row(1, '<c r="1A"><v>1</v></c>'),
        row(1, '<c r="A1" t="lain"><v>1</v></c>'),
        "<!-- x -->" + row(1, '<c r="A1"><v>&lain;</v></c>'),
        "<!-- x -->" + row(1, '<c r="A1"><v>1<v>2</v></v></c>'),
        "<!-- tidak ditutup" + PEOPLE,
        PEOPLE + "</sheetData><sheetData>" + row(9, cell("A9", "x")),
    ],
)
def test_what_the_scan_cannot_account_for_is_refused(tmp_path: Path, sheet_data: str) -> None:
    assert refusal(tmp_path, workbook_bytes(sheet_data)).code in ("ASN-1316", "ASN-1309")


@pytest.mark.parametrize(
    "sheet_data",
    [
        row(1, cell("A1", "NIP")) + row(2, cell("A3", "satu")) + row(3, cell("B3", "dua")),
        row(1, cell("A1", "NIP")) + cell("A2", "satu"),
    ],
    ids=["cell of another row", "cell outside a row"],
)
def test_a_cell_stands_in_its_own_row(tmp_path: Path, sheet_data: str) -> None:
    """A value that the reader would put beside another person is refused."""
    assert refusal(tmp_path, workbook_bytes(sheet_data)).code == "ASN-1316"


def test_a_declaration_in_a_sheet_is_refused(tmp_path: Path) -> None:
    sheet = '<!DOCTYPE a [<!ENTITY b "c">]><worksheet><sheetData/></worksheet>'
    assert refusal(tmp_path, workbook_bytes(replace={"xl/worksheets/sheet1.xml": sheet})).code == "ASN-1315"


def test_formulas_errors_merges_and_hidden_parts_are_known(tmp_path: Path) -> None:
    path = tmp_path / "lengkap.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("A")
        sheet.write_string("C4", "teks")
        sheet.write_formula("D4", "=1+1", None, 2)
        sheet.write_formula("E4", "=A1", None, "")
        sheet.write_formula("F4", "=1/0", None, "#DIV/0!")
        sheet.write_number("G4", 12.5)
        sheet.write_boolean("H4", True)
        sheet.write_datetime("I4", date(2017, 4, 1), book.add_format({"num_format": "dd-mm-yyyy"}))
        sheet.write_number("J4", 0.5, book.add_format({"num_format": "hh:mm"}))
        sheet.merge_range("C6:C8", "Unit")
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.set_column("G:H", None, None, {"hidden": True})
        book.add_worksheet("Kosong")
        hidden = book.add_worksheet("Rahasia")
        hidden.write_string(0, 0, "x")
        hidden.hide()
    workbook = read_workbook(path)
    first = workbook.sheet("A")
    assert [sheet.name for sheet in workbook.sheets] == ["A", "Kosong", "Rahasia"]
    assert [sheet.hidden for sheet in workbook.sheets] == [False, False, True]
    assert first.rows[3][2:] == [
        "teks", 2.0, FORMULA_WITHOUT_VALUE, CellError("#DIV/0!"), 12.5, True, date(2017, 4, 1), CellTime("12:00"),
    ]  # fmt: skip
    assert first.rows[0] == []
    assert first.merged == (Merge(5, 2, 7, 2),)
    assert (first.hidden_rows, first.hidden_columns) == ((3,), (6, 7))
    assert first.is_formula(3, 3)
    assert not first.is_formula(3, 2)


def test_the_1904_calendar_is_honoured(tmp_path: Path) -> None:
    path = tmp_path / "mac.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_datetime(0, 0, date(2017, 4, 1), book.add_format({"num_format": "dd-mm-yyyy"}))
    sheet = read_workbook(path).sheets[0]
    assert sheet.rows[0] == [date(2017, 4, 1)]
    assert sheet.epoch_1904


def test_a_workbook_without_anything_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, workbook_bytes("")).code == "ASN-1320"


@pytest.mark.not_in_wine
def test_a_child_that_runs_out_of_memory_costs_only_itself(tmp_path: Path) -> None:
    text = "x" * 30_000
    big = "".join(row(position, cell(f"A{position}", f"{position}{text}")) for position in range(1, 2000))
    tight = Limits(child_memory=48 * 1024 * 1024, ratio=100_000)
    error = refusal(tmp_path, workbook_bytes(big), tight)
    assert error.code == "ASN-1318"
    assert read(tmp_path, workbook_bytes()).sheets[0].rows


def test_a_child_that_aborts_becomes_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    # It got all the memory it asked for and came as far as the file: then the file is to blame, not the machine.
    aborting = "import os; os.write(1, b'{\"ready\": 1000000000000}\\n'); os.abort()"
    monkeypatch.setattr(child_process, "own_command", lambda _option: [sys.executable, "-c", aborting])
    error = refusal(tmp_path, workbook_bytes())
    assert error.code == "ASN-1318"
    assert "tetap berjalan" in error.message
    assert "aman" in error.safety


def test_a_child_that_hangs_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setattr(
        child_process, "own_command", lambda _option: [sys.executable, "-c", "import time; time.sleep(60)"]
    )
    started = time.monotonic()
    assert refusal(tmp_path, workbook_bytes(), Limits(child_seconds=0.3)).code == "ASN-1319"
    assert time.monotonic() - started < 50  # the child would have slept for a minute


def test_cancelling_kills_the_child_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setattr(
        child_process, "own_command", lambda _option: [sys.executable, "-c", "import time; time.sleep(60)"]
    )
    progress = Progress()
    pressed: list[float] = []

    def press() -> None:
        pressed.append(time.monotonic())
        progress.cancel()

    timer = threading.Timer(0.3, press)
    timer.start()
    with pytest.raises(Cancelled):
        read_workbook(write(tmp_path, workbook_bytes()), progress)
    assert time.monotonic() - pressed[0] < 50
    timer.join()


def test_no_child_is_left_when_the_reader_stops_early(tmp_path: Path) -> None:
    import psutil

    from asn_desktop.exchange.reader import stream_workbook

    rows = "".join(row(position, number(f"A{position}", "1")) for position in range(1, 5000))
    stream = stream_workbook(write(tmp_path, workbook_bytes(rows)))
    next(stream)
    stream.close()
    assert not [child for child in psutil.Process().children() if "--read-workbook" in child.cmdline()]


def test_the_child_imports_only_the_parser(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys; import asn_desktop.exchange.reader_child; import asn_desktop.__main__;"
        "print([name for name in sys.modules if name.split('.')[0] in "
        "('sqlalchemy', 'PySide6', 'openpyxl', 'reportlab', 'rapidfuzz')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"


def test_a_sheet_part_used_twice_is_damaged(tmp_path: Path) -> None:
    twice = WORKBOOK.replace("</sheets>", '<sheet name="Lagi" sheetId="2" r:id="rId1"/></sheets>')
    assert refusal(tmp_path, workbook_bytes(replace={"xl/workbook.xml": twice})).code == "ASN-1309"


@given(st.integers(0, 16383))
def test_letters_and_numbers_of_columns_are_inverse(column: int) -> None:
    assert column_index(column_letter(column)) == column


@given(st.sets(st.tuples(st.integers(0, 200), st.integers(0, 16383)), max_size=60))
def test_cell_positions_are_a_set(places: set[tuple[int, int]]) -> None:
    positions = CellPositions()
    for place in [*places, *places]:
        positions.add(*place)
    assert len(positions) == len(places)
    assert all(place in positions for place in places)
    assert (201, 0) not in positions
    assert positions.columns_in(5) == sorted(column for row_number, column in places if row_number == 5)


@given(st.data())
@settings(max_examples=25)
def test_a_damaged_workbook_never_gets_further_than_an_error(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = bytearray(workbook_bytes())
    for _flip in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = write(tmp_path_factory.mktemp("rusak"), bytes(whole))
    try:
        assert read_workbook(path).sheets
    except WorkbookError as error:
        assert error.code.startswith("ASN-13")  # noqa: PT017 - either outcome is right, anything else is not

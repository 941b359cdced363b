"""How far does each sheet reach, and what is odd in it? Counted from the bytes, before any parser is trusted.

Two legal cells at A1 and XFD1048576 make a fast reader ask for half a terabyte (tafia/calamine#693). So the
XML of every sheet is streamed once with byte searches, no tree: extent, formulas, error cells, merges, hidden
rows and columns. Ordinary files pass in a fraction of the reading time; a sheet that the quick look cannot account
for to the last tag is rewritten by a real XML parser first, and what even that does not understand is refused.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field

from asn_desktop.core.errors import WorkbookError
from asn_desktop.core.i18n import _
from asn_desktop.core.progress import Progress
from asn_desktop.exchange.archive import DAMAGE, DEFAULT_LIMITS, Budget, Limits, damaged
from asn_desktop.exchange.cell_positions import CellPositions, column_index, column_letter
from asn_desktop.exchange.parts import sheet_parts
from asn_desktop.exchange.sheet_stream import UnusualSpelling, not_understood, sheet_rows
from asn_desktop.exchange.strays import cells_beyond
from asn_desktop.exchange.workbook_file import WorkbookFile

_GAP_ROWS = 200
_GAP_COLUMNS = 50
_MAX_STRAYS = 50

# A row's tag behind its name, spelt as Excel does: one space before each attribute, double quotes.
_ROW = re.compile(rb' r="(\d+)"((?: [\w:.]+="[^"<]*")*) ?/?>')
_HIDDEN = re.compile(rb' hidden="(?:1|true)"')
_CELL = re.compile(rb'<c r="([^",]*)"')  # what it says is looked at once for all rows that fill the same columns
_CONTENT = re.compile(rb"<(?:v|is)")
_ANY_CELL = re.compile(rb"<c[\s/>]")
_OPEN_CELL_COLUMN = re.compile(rb'<c r="([A-Z]{1,3})\d+"[^>/]*>')
_COLUMNS = re.compile(rb"(?:[A-Z]{1,3},)+")
_FORMULA = re.compile(
    rb'<c r="([A-Z]{1,3})(\d+)"([^>]*)>\s*<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*'
    rb"(?:(<v(?:\s[^>]*)?>)([^<]*)</v>|(<v\s*/>)|<is>|)"
)
_FORMULA_START = re.compile(rb"<f[\s>/]")
_ERROR = re.compile(
    rb'<c r="([A-Z]{1,3})(\d+)"[^>]*? t="e"[^>]*>(?:\s*<f(?:\s[^>]*)?(?:/>|>[^<]*</f>))?\s*<v>([^<]*)</v>'
)
_MERGE = re.compile(rb'<mergeCell ref="([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"')
_COL = re.compile(rb'<col(?: \w+="[^"]*")* ?/?>')
_AROUND = re.compile(rb"<(?:col|mergeCell)[\s/>]")
_NUMBER_ATTRIBUTE = re.compile(rb'\b(min|max)="(\d+)"')


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, rows and columns counted from 0, both ends inclusive."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(slots=True)
class SheetScan:
    """What is known about one sheet before it is read. Rows and columns count from 0 throughout."""

    name: str
    part: str
    hidden: bool = False
    last_row: int = -1
    last_column: int = -1
    cells: int = 0
    formulas: CellPositions = field(default_factory=CellPositions)
    without_value: CellPositions = field(default_factory=CellPositions)
    """Formula cells that hold no stored result."""
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[Merge] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)
    """References of far cells beyond the used block; they are left out and listed for the user."""
    keep: tuple[int, int] | None = None
    """Last row and column to keep when there are strays."""
    rewrite: bool = False
    """Spelt in a way that only :mod:`sheet_rewrite` understands; the reader gets it rewritten."""


@dataclass(frozen=True)
class WorkbookScan:
    sheets: list[SheetScan]
    epoch_1904: bool


@dataclass(slots=True)
class _Extent:
    """Collected while a sheet streams by: rows with content, and how many rows fill which columns (``A,B,D,``)."""

    rows: list[int] = field(default_factory=list)
    filled: Counter[bytes] = field(default_factory=Counter)

    @property
    def columns(self) -> Counter[bytes]:
        """How many cells each column has."""
        found: Counter[bytes] = Counter()
        for letters, rows in self.filled.items():
            for column in letters[:-1].split(b","):
                found[column] += rows
        return found


def scan_workbook(
    file: WorkbookFile, limits: Limits = DEFAULT_LIMITS, progress: Progress | None = None
) -> WorkbookScan:
    """Scan every worksheet of an inspected file.

    Raises :class:`WorkbookError` (ASN-1309, 1313, 1316, 1317), or Cancelled through ``progress``.
    """
    progress = progress or Progress()
    budget, again = Budget(limits), Budget(limits)
    try:
        with file.open() as archive:
            parts, epoch_1904 = sheet_parts(archive)
            sheets = [SheetScan(part.name, part.place, hidden=part.hidden) for part in parts]
            cells = 0
            for number, sheet in enumerate(sheets):
                try:
                    _scan_sheet(archive, sheet, budget, limits, progress)
                except UnusualSpelling:
                    sheet = sheets[number] = SheetScan(sheet.name, sheet.part, hidden=sheet.hidden, rewrite=True)
                    _scan_rewritten(archive, sheet, again, limits, progress)
                cells += sheet.cells
                if cells > limits.cells:
                    raise _too_many_cells(cells, sheet.name)
    except DAMAGE as error:
        raise damaged(type(error).__name__) from error
    return WorkbookScan(sheets, epoch_1904)


def _scan_rewritten(
    archive: zipfile.ZipFile, sheet: SheetScan, budget: Budget, limits: Limits, progress: Progress
) -> None:
    try:
        _scan_sheet(archive, sheet, budget, limits, progress)
    except UnusualSpelling as error:
        raise not_understood(sheet.name, str(error)) from error


def _scan_sheet(archive: zipfile.ZipFile, sheet: SheetScan, budget: Budget, limits: Limits, progress: Progress) -> None:
    extent = _Extent()
    for piece, inside in sheet_rows(archive, sheet.part, sheet.name, budget, rewrite=sheet.rewrite):
        progress.check()
        if inside:
            _scan_rows(piece, sheet, extent)
            if sheet.cells > limits.cells:
                raise _too_many_cells(sheet.cells, sheet.name)
        else:
            _scan_around(piece, sheet)
    _settle_extent(archive, sheet, extent, limits)


def _scan_rows(piece: bytes, sheet: SheetScan, extent: _Extent) -> None:
    """The quick look, in byte searches that must account for every tag of a row or cell."""
    before, *rows = piece.split(b"<row")
    if b"<c" in before:
        raise UnusualSpelling("cell outside a row")
    cells = 0
    for content in rows:
        tag = _ROW.match(content)
        if tag is None:
            raise UnusualSpelling("tags")
        places = _CELL.findall(content)
        if places:
            cells += len(places)
            _note_columns(places, tag[1], extent)
        row = int(tag[1]) - 1
        if _CONTENT.search(content):
            if extent.rows and row <= extent.rows[-1]:
                raise UnusualSpelling("rows out of order")
            extent.rows.append(row)
        if places and _HIDDEN.search(tag[2]):
            sheet.hidden_rows.append(row)
    # Rich text inside a cell has tags that begin like a cell's (<color>); only then they are told apart.
    if cells != piece.count(b"<c") and cells != len(_ANY_CELL.findall(piece)):
        raise UnusualSpelling("tags")
    sheet.cells += cells
    if b"<f" in piece:
        _scan_formulas(piece, sheet)
    if b'"e"' in piece or b"'e'" in piece:
        _scan_errors(piece, sheet)


def _note_columns(places: list[bytes], number: bytes, extent: _Extent) -> None:
    """Which columns a row fills. Most rows fill the same ones, so these are looked at once."""
    columns = (b",".join(places) + b",").replace(number + b",", b",")
    if columns not in extent.filled and not _COLUMNS.fullmatch(columns):
        raise UnusualSpelling("cell in another row")
    extent.filled[columns] += 1


def _scan_errors(piece: bytes, sheet: SheetScan) -> None:
    errors = _ERROR.findall(piece)
    if len(errors) < piece.count(b'"e"') + piece.count(b"'e'"):
        raise UnusualSpelling("error cell")
    for letters, digits, text in errors:
        sheet.errors[int(digits) - 1, column_index(letters)] = text.decode("utf-8", "replace")


def _scan_formulas(piece: bytes, sheet: SheetScan) -> None:
    found = 0
    for match in _FORMULA.finditer(piece):
        found += 1
        row, column = int(match[2]) - 1, column_index(match[1])
        sheet.formulas.add(row, column)
        blank = (match[4] or match[6]) and b' t="str"' in match[3]  # the formula was worked out, and gave ""
        if not match[5] and not blank:
            sheet.without_value.add(row, column)
    if found != len(_FORMULA_START.findall(piece)):
        raise UnusualSpelling("formula")


def _scan_around(piece: bytes, sheet: SheetScan) -> None:
    """Columns before the rows, merges after them."""
    columns, merges = _COL.findall(piece), _MERGE.findall(piece)
    if len(columns) + len(merges) != len(_AROUND.findall(piece)):
        raise UnusualSpelling("columns or merges")
    for tag in columns:
        if not re.search(rb'hidden="(?:1|true)"', tag):
            continue
        ends = {key: int(value) for key, value in _NUMBER_ATTRIBUTE.findall(tag)}
        first, last = ends.get(b"min", 1), ends.get(b"max", 1)
        sheet.hidden_columns.extend(range(first - 1, min(last, 16384)))
    for first_letters, first_row, last_letters, last_row in merges:
        sheet.merged.append(
            Merge(int(first_row) - 1, column_index(first_letters), int(last_row) - 1, column_index(last_letters))
        )


def _settle_extent(archive: zipfile.ZipFile, sheet: SheetScan, extent: _Extent, limits: Limits) -> None:
    """Last row and column; far strays beyond the used block are cut off and listed."""
    columns = _sorted(extent.columns)
    if not extent.rows or not columns:
        return
    if columns[-1][0] >= limits.columns or _end_of_columns(columns) != columns[-1][0]:
        columns = _sorted(_columns_with_content(archive, sheet, limits))
    last_row = _end_of_block(extent.rows, _GAP_ROWS)
    last_column = _end_of_columns(columns)
    if last_row != extent.rows[-1] or last_column != columns[-1][0]:
        block = (last_row, last_column)
        strays = cells_beyond(archive, sheet.part, sheet.name, block, limits, _MAX_STRAYS, rewrite=sheet.rewrite)
        if len(strays) <= _MAX_STRAYS:
            sheet.strays = strays
            if strays:
                sheet.keep = (last_row, last_column)
            sheet.errors = {
                (row, column): text
                for (row, column), text in sheet.errors.items()
                if row <= last_row and column <= last_column
            }
        else:
            last_row, last_column = extent.rows[-1], columns[-1][0]
    if last_row >= limits.rows:
        raise _too_much(_("isi sampai baris {n}").format(n=last_row + 1), sheet.name)
    if last_column >= limits.columns:
        raise _too_much(_("isi sampai kolom {letter}").format(letter=column_letter(last_column)), sheet.name)
    sheet.last_row, sheet.last_column = last_row, last_column
    if (last_row + 1) * (last_column + 1) > 4 * limits.cells:
        raise _too_many_cells((last_row + 1) * (last_column + 1), sheet.name)


def _sorted(columns: Counter[bytes]) -> list[tuple[int, int]]:
    return sorted((column_index(letters), count) for letters, count in columns.items())


def _columns_with_content(archive: zipfile.ZipFile, sheet: SheetScan, limits: Limits) -> Counter[bytes]:
    """The exact count, without cells that are only formatted; worth a second pass only for a suspicious width."""
    columns: Counter[bytes] = Counter()
    for piece, inside in sheet_rows(archive, sheet.part, sheet.name, Budget(limits), rewrite=sheet.rewrite):
        if inside:
            columns.update(_OPEN_CELL_COLUMN.findall(piece))
    return columns


def _end_of_block(rows: list[int], gap: int) -> int:
    """The last row before a gap after which only few rows follow; the very last row when there is none."""
    tail = rows[-_MAX_STRAYS - 1 :]
    before = rows[-len(tail) - 1] if len(rows) > len(tail) else -1
    for row in tail:
        if row - before > gap and before >= 0:
            return before
        before = row
    return rows[-1]


def _end_of_columns(columns: list[tuple[int, int]]) -> int:
    last = columns[0][0]
    for position, (column, _count) in enumerate(columns):
        if column - last > _GAP_COLUMNS and sum(count for _c, count in columns[position:]) <= _MAX_STRAYS:
            return last
        last = column
    return last


def _too_many_cells(count: int, sheet_name: str) -> WorkbookError:
    return _too_much(_("{n} sel").format(n=count), sheet_name)


def _too_much(what: str, sheet_name: str) -> WorkbookError:
    return WorkbookError(
        _("Lembar “{sheet}” terlalu besar: {what}.").format(sheet=sheet_name, what=what),
        _("Hapus baris dan kolom kosong di luar tabel (Ctrl+End menunjukkan ujungnya), lalu simpan ulang."),
        code="ASN-1317",
    )

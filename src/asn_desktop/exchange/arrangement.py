"""Lists that are not one person below the other: several lines each, or two tables beside each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from asn_desktop.core.columns import ColumnSet, normalise_heading
from asn_desktop.core.identifiers import looks_like_nip
from asn_desktop.core.indonesian import format_day_month_year
from asn_desktop.exchange.header_rows import ABOVE, may_be_header
from asn_desktop.exchange.headers import SEARCHED_ROWS, SheetLayout, find_layout
from asn_desktop.exchange.heading_hints import key_of
from asn_desktop.exchange.workbook import Cell, Sheet

Row = tuple[int, list[Cell]]
_LINES = (2, 3)
_LOOKED_AT = 80
_DIGITS = 18
_PEOPLE = 2
"""How many people at least must be built alike."""


# -- several lines for each person ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lines:
    """``count`` lines for each person, the NIP in ``column`` of line ``nip_line`` (from 0) below the name."""

    count: int
    nip_line: int
    column: int


def lines_of(rows: Sequence[list[Cell]]) -> Lines | None:
    """How many lines each person has, told by NIPs that stand under their names at one distance; None: one line."""
    by_column: dict[int, list[int]] = {}
    for number, row in enumerate(rows[:_LOOKED_AT]):
        for column, cell in enumerate(row):
            if type(cell) is str and len(cell) >= _DIGITS and looks_like_nip(cell):
                by_column.setdefault(column, []).append(number)
    for column, numbers in by_column.items():
        steps = Counter(after - before for before, after in pairwise(numbers))
        step, often = steps.most_common(1)[0] if steps else (0, 0)
        if step not in _LINES or len(numbers) < _PEOPLE or 4 * often < 3 * (len(numbers) - 1):
            continue
        named = sum(_is_name(rows[number - 1], column) for number in numbers if number)
        if 4 * named < 3 * len(numbers):
            continue
        return Lines(step, _nip_line(rows, numbers, step), column)
    return None


def _nip_line(rows: Sequence[list[Cell]], numbers: Sequence[int], step: int) -> int:
    """On which line of a person the NIP stands: the running number opens each person, else the name above does."""
    for line in range(step):
        openers = [rows[number - line] for number in numbers if number >= line]
        if 2 * sum(bool(row) and _is_running_number(row[0]) for row in openers) > len(numbers):
            return line
    return 1


def _is_running_number(cell: Cell) -> bool:
    if isinstance(cell, str):
        return cell.strip(" .)").isdigit() and len(cell) < 7
    return isinstance(cell, float) and not isinstance(cell, bool) and cell < 100_000


def _is_name(row: Sequence[Cell], column: int) -> bool:
    """Whether a line holds the name of a person: a section has nothing beside its words."""
    cell = row[column] if column < len(row) else ""
    if not isinstance(cell, str) or looks_like_nip(cell) or sum(char.isalpha() for char in cell) < 2:
        return False
    return sum(each != "" for each in row) > _PEOPLE


def stacked_layout(
    sheet: Sheet, rows: Sequence[list[Cell]], lines: Lines, catalogues: Sequence[ColumnSet]
) -> SheetLayout | None:
    """The layout where the headings too stand on as many lines as a person fills: their columns side by side."""
    width = sheet.last_column + 1
    for first in range(min(SEARCHED_ROWS, len(rows) - lines.count)):
        block = rows[first : first + lines.count]
        if not may_be_header(block):
            continue
        for columns in catalogues:
            headings = _side_by_side(_explained(block, columns), width)
            body = [cells for _row, cells in fold(enumerate(rows[first + lines.count :]), lines, width)]
            layout = find_layout(replace(sheet, merged=()), [headings, *body], columns, searched=1)
            if layout is None or {"nip", "name"} - set(layout.mapping.values()):
                continue
            return replace(
                layout,
                header_rows=(first, first + lines.count - 1),
                first_data_row=first + lines.count,
                lines=lines.count,
                width=width,
                issues=(),
            )
    return None


def _explained(block: Sequence[list[Cell]], columns: ColumnSet) -> list[list[Cell]]:
    """A bare "TMT" on a lower line means what stands above it."""
    ambiguous = {column.key for column in columns.ambiguous}
    lines: list[list[Cell]] = [list(block[0])]
    for above, line in pairwise(block):
        explained: list[Cell] = []
        for column, cell in enumerate(line):
            parent = above[column] if column < len(above) else ""
            bare = isinstance(cell, str) and key_of(columns, cell) in ambiguous
            explained.append(f"{parent} {ABOVE} {cell}" if bare and parent != "" else cell)
        lines.append(explained)
    return lines


def _side_by_side(block: Sequence[Sequence[Cell]], width: int) -> list[Cell]:
    cells: list[Cell] = []
    for line in block:
        cells += [*line[:width], *[""] * (width - len(line))]
    return cells


def fold(rows: Iterable[Row], lines: Lines, width: int = 0) -> Iterator[Row]:
    """The lines of each person as one row, numbered as the first of them; other rows as they are.

    With ``width`` the lines stand side by side, else what is below each other in a column is one cell of several lines.
    """
    whole = list(rows)
    starts = {
        place - lines.nip_line
        for place, (_number, cells) in enumerate(whole)
        if place >= lines.nip_line and lines.column < len(cells) and _is_nip(cells[lines.column])
    }
    place = 0
    while place < len(whole):
        number, cells = whole[place]
        end = place + lines.count
        if (
            place in starts
            and starts.isdisjoint(range(place + 1, end))
            and all(cells for _n, cells in whole[place:end])
        ):
            block = [cells for _n, cells in whole[place:end]]
            yield number, (_side_by_side(block, width) if width else _joined(block))
            place = end
        else:
            yield number, cells
            place += 1


def _is_nip(cell: Cell) -> bool:
    return (isinstance(cell, str) and looks_like_nip(cell)) or (isinstance(cell, float) and cell >= 1e17)


def _joined(block: Sequence[Sequence[Cell]]) -> list[Cell]:
    cells: list[Cell] = []
    for column in range(max(map(len, block))):
        pieces = [line[column] for line in block if column < len(line) and line[column] != ""]
        cells.append(pieces[0] if len(pieces) == 1 else "\n".join(map(_written, pieces)))
    return cells


def _written(cell: Cell) -> str:
    if isinstance(cell, date):
        return format_day_month_year(cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell == int(cell) else str(cell)
    return str(getattr(cell, "text", cell))


# -- tables beside each other -----------------------------------------------------------------------------------


def second_block(layout: SheetLayout) -> int | None:
    """The column where headings of the same names begin again, for more people on the right; None: one table.

    In the same order they may be any; in another order the two parts must have the same headings and nothing else.
    """
    texts = {column: normalise_heading(text) for column, text in layout.headings.items() if text}
    identity = layout.column_of("nip")
    if identity is None:
        identity = layout.column_of("@name_nip")
    if identity is None or not texts:
        return None
    again = next((column for column in sorted(texts) if column > identity and texts[column] == texts[identity]), None)
    if again is None:
        return None
    step = again - identity
    start = min(texts) + step
    right = {column for column in texts if column >= start}
    same = all(texts.get(column - step) == texts[column] for column in right)
    if same and len(right) >= _PEOPLE and start > identity:
        return start
    return _rearranged_block(texts)


def _rearranged_block(texts: Mapping[int, str]) -> int | None:
    """Where the left half of all headings comes again in another order, a blank column between or none."""
    columns = sorted(texts)
    middle = len(columns) // 2
    left, right = columns[:middle], columns[middle:]
    if len(left) < _PEOPLE or sorted(texts[column] for column in left) != sorted(texts[column] for column in right):
        return None
    return right[0] if len({texts[column] for column in left}) == len(left) else None


def cut(rows: Iterable[Row], start: int, end: int | None) -> Iterator[Row]:
    """Only the columns of one table; those left of it stay as blanks, so that the rest keep their letters."""
    for number, cells in rows:
        piece = cells[start:end]
        while piece and piece[-1] == "":
            piece.pop()
        yield number, ([""] * start + piece if piece else [])

"""Paper, page frames and the pieces that are laid on pages: cells, blocks and breakable groups of rows.

All lengths are points, y grows downwards from the top of the frame. Nothing here draws; the pen does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from asn_desktop.reports.fonts import Face
from asn_desktop.reports.text import BLACK, Line, lines_height

MM = 72 / 25.4

#: Light blue of bands and headings (reads as light grey on a black-and-white printer).
BAND = (0xDE / 255, 0xEA / 255, 0xF6 / 255)

PAD_X = 1.2 * MM
PAD_Y = 0.7 * MM

#: A row is cut between two of its lines only if it is taller than this part of a page.
_CUT_FROM = 0.35

#: … and only if its upper part gets at least this part of a page.
_LEAST_PART = 0.12


class Paper(StrEnum):
    """F4 is the Indonesian office size 215 × 330 mm, not the "Folio" of printer drivers (210 × 330)."""

    F4 = "F4"
    A4 = "A4"

    @property
    def millimetres(self) -> tuple[float, float]:
        """Width and height, portrait."""
        return (215, 330) if self is Paper.F4 else (210, 297)


@dataclass(frozen=True, slots=True)
class Frame:
    """One page: its size and the margins inside which all of the form stands."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def inner_width(self) -> float:
        return self.width - self.left - self.right

    @property
    def inner_height(self) -> float:
        return self.height - self.top - self.bottom


def frame(paper: Paper, *, landscape: bool, side: float = 20) -> Frame:
    """The page of a form; ``side`` is the left and right margin in millimetres."""
    short, long = paper.millimetres
    width, height = (long, short) if landscape else (short, long)
    return Frame(width * MM, height * MM, side * MM, side * MM, 20 * MM, 15 * MM)


class Align(StrEnum):
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Painter(Protocol):
    """What a block may draw with besides its cells (``reports.pen``). Positions as in PDF: y grows upwards."""

    canvas: Any

    def text(self, x: float, baseline: float, text: str, face: Face, size: float, grey: float = BLACK) -> None: ...

    def lines(self, lines: Sequence[Line], x: float, top: float) -> None: ...

    def underline(self, line: Line, left: float, top: float) -> None: ...


@dataclass(frozen=True, slots=True)
class Cell:
    """A rectangle with lines of text. ``y`` and ``height`` are set when the row is placed."""

    x: float
    width: float
    lines: tuple[Line, ...] = ()
    align: Align = Align.LEFT
    middle: bool = False
    shaded: bool = False
    border: bool = True
    y: float = 0
    height: float = 0

    @property
    def needed(self) -> float:
        """Height that the text needs."""
        return lines_height(self.lines) + 2 * PAD_Y

    def at(self, y: float, height: float, lines: tuple[Line, ...] | None = None) -> Cell:
        """The same cell standing at its place."""
        lines = self.lines if lines is None else lines
        return Cell(self.x, self.width, lines, self.align, self.middle, self.shaded, self.border, y, height)


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Something that is never cut. ``shared`` blocks are drawn once per file and then only referred to."""

    height: float
    cells: tuple[Cell, ...] = ()
    shared: bool = False
    paint: Callable[[Painter, float, float], None] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    least: float = 0

    @property
    def height(self) -> float:
        return max(self.least, max([cell.needed for cell in self.cells]))


@dataclass(frozen=True, slots=True)
class Spanning:
    """A cell beside several rows; after a page break ``again`` is printed, or ``carried_on`` if too long."""

    cell: Cell
    again: tuple[Line, ...] = ()
    carried_on: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Rows with cells spanning them.

    ``together``: cut only when it is taller than a whole page. ``heads``: number of first rows that are
    repeated after a page break.
    """

    rows: tuple[Row, ...]
    spanning: tuple[Spanning, ...] = ()
    together: bool = False
    heads: int = 0
    height: float = field(init=False)

    def __post_init__(self) -> None:
        rows = sum([row.height for row in self.rows])
        object.__setattr__(self, "height", max(rows, self._spanning_height))

    @property
    def _spanning_height(self) -> float:
        return max([span.cell.needed for span in self.spanning], default=0)

    def least_start(self, page: float) -> float:
        """Height that must be free below for the group to begin there; ``page`` is that of a fresh page."""
        if self.together and self.height <= page:
            return self.height
        heads = sum([row.height for row in self.rows[: self.heads]])
        first = self.rows[self.heads].height
        if first > page * _CUT_FROM:
            first = page * _LEAST_PART
        # What spans several rows may go on beside the next ones; beside a single row it needs its own height.
        beside = self._spanning_height if len(self.rows) == self.heads + 1 else 0
        return min(max(heads + first, beside), page)

    def split(self, room: float, page: float) -> tuple[Block, Group | None]:
        """The part that fits into ``room`` and the rest, if any, for the next page."""
        if self.height <= room:
            return self._block(self.rows, self.height), None
        placed: list[Row] = []
        rest = list(self.rows)
        used = 0.0
        while rest and used + rest[0].height <= room:
            used += rest[0].height
            placed.append(rest.pop(0))
        forced = len(placed) <= self.heads
        wanted = bool(rest) and rest[0].height > page * _CUT_FROM and room - used >= page * _LEAST_PART
        if rest and (forced or wanted):
            upper, lower = _cut_row(rest[0], room - used)
            if upper is not None:
                placed.append(upper)
                used += upper.height
                rest[0] = lower
        height = max(used, min(self._spanning_height, room))
        spans = [_cut_spanning(span, height, page) for span in self.spanning]
        block = self._block(placed, height, [shown for shown, _ in spans])
        if not rest:
            rest = [Row(tuple(cell.at(0, 0, ()) for cell in self.rows[-1].cells))]
        rows = (*self.rows[: self.heads], *rest)
        return block, Group(rows, tuple(span for _, span in spans), self.together, self.heads)

    def _block(self, rows: Sequence[Row], height: float, shown: Sequence[tuple[Line, ...]] | None = None) -> Block:
        cells: list[Cell] = []
        for index, span in enumerate(self.spanning):
            cells.append(span.cell.at(0, height, None if shown is None else shown[index]))
        y = 0.0
        for number, row in enumerate(rows, start=1):
            row_height = height - y if number == len(rows) else row.height
            cells += [cell.at(y, row_height) for cell in row.cells]
            y += row_height
        return Block(height, tuple(cells))


def row_block(cells: Sequence[Cell], *, least: float = 0, shared: bool = False) -> Block:
    """One row of cells that is never cut."""
    row = Row(tuple(cells), least)
    return Block(row.height, tuple(cell.at(0, row.height) for cell in cells), shared)


def stack(blocks: Sequence[Block], *, shared: bool = False) -> Block:
    """Blocks under one another as a single one."""
    cells: list[Cell] = []
    y = 0.0
    for block in blocks:
        cells += [cell.at(cell.y + y, cell.height) for cell in block.cells]
        y += block.height
    return Block(y, tuple(cells), shared)


def space(height: float) -> Block:
    return Block(height)


def _fitting(lines: Sequence[Line], room: float) -> int:
    """How many of the lines fit."""
    used = 2 * PAD_Y
    for count, line in enumerate(lines):
        used += line.height
        if used > room + 0.001:
            return count
    return len(lines)


def _cut_row(row: Row, room: float) -> tuple[Row | None, Row]:
    """A row cut between lines, or (None, row) if not even one line of a longer cell would fit."""
    counts = [_fitting(cell.lines, room) for cell in row.cells]
    if all(count == 0 for count, cell in zip(counts, row.cells, strict=True) if cell.lines):
        return None, row
    upper = [cell.at(0, 0, cell.lines[:count]) for cell, count in zip(row.cells, counts, strict=True)]
    lower = [cell.at(0, 0, cell.lines[count:]) for cell, count in zip(row.cells, counts, strict=True)]
    return Row(tuple(upper)), Row(tuple(lower))


def _cut_spanning(span: Spanning, height: float, page: float) -> tuple[tuple[Line, ...], Spanning]:
    """The lines shown beside this part, and the cell as it goes on after the break."""
    lines = span.cell.lines
    count = _fitting(lines, height)
    if count == len(lines):
        again = span.again if lines_height(span.again) + 2 * PAD_Y <= page else span.carried_on
    else:
        again = span.carried_on + lines[count:]
    return lines[:count], Spanning(span.cell.at(0, 0, again), span.again, span.carried_on)

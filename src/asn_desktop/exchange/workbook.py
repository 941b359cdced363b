"""What a read workbook is to the rest of the program: sheets of raw cells that still know what they were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import lru_cache
from typing import Any

from asn_desktop.core.i18n import N_
from asn_desktop.core.indonesian import next_day_at
from asn_desktop.exchange.cell_positions import CellPositions
from asn_desktop.exchange.scan import Merge, SheetScan


@dataclass(frozen=True, slots=True)
class CellError:
    """An error cell (``#REF!``) or a formula without a stored result (``text`` empty)."""

    text: str

    @property
    def is_formula_without_value(self) -> bool:
        return not self.text


@dataclass(frozen=True, slots=True)
class CellTime:
    """A time of day or a duration, as Excel shows it: never a date, never a number."""

    text: str


class NextDay(date):
    """A date whose cell says an hour of the day before: it came from a program in another time zone."""


FORMULA_WITHOUT_VALUE = CellError("")

Cell = str | float | bool | date | CellError | CellTime
"""Text (``""`` is blank), number (always float), truth value, date, or a marker."""


@lru_cache(maxsize=16384)
def _date(text: str, clock: str) -> date:
    day = date.fromisoformat(text)
    if not next_day_at(clock):
        return day
    after = day + timedelta(days=1)
    return NextDay(after.year, after.month, after.day)


def decode_value(value: dict[str, Any]) -> Any:
    """A JSON object of the child: a date, a time or a duration; messages stay dictionaries."""
    day = value.get("d")
    clock = value.get("t")
    if day is not None:
        return _date(day, clock or "")
    if clock is not None:
        return "" if clock == "00:00:00" else CellTime(time.fromisoformat(clock).isoformat("minutes"))
    if "p" in value:
        return CellTime(str(value["p"]))
    return value


def no_number(_name: str) -> CellError:
    """Infinity (``1e400`` in the file) and NaN: Excel shows them as this error."""
    return CellError("#NUM!")


@dataclass(slots=True)
class Sheet:
    """One sheet. ``rows[i]`` is Excel row ``i + 1``; blank rows are empty lists; ``""`` is a blank cell.

    Columns count from 0. Where the workbook is streamed, ``rows`` holds only what was kept.
    """

    name: str
    hidden: bool = False
    rows: list[list[Cell]] = field(default_factory=list)
    last_row: int = -1
    last_column: int = -1
    merged: tuple[Merge, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    formulas: CellPositions = field(default_factory=CellPositions)
    without_value: CellPositions = field(default_factory=CellPositions)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    strays: tuple[str, ...] = ()
    epoch_1904: bool = False

    @classmethod
    def of(cls, scan: SheetScan, *, epoch_1904: bool) -> Sheet:
        """The sheet as the scan knows it, without rows yet."""
        return cls(
            name=scan.name,
            hidden=scan.hidden,
            last_row=scan.last_row,
            last_column=scan.last_column,
            merged=tuple(scan.merged),
            hidden_rows=tuple(scan.hidden_rows),
            hidden_columns=tuple(scan.hidden_columns),
            formulas=scan.formulas,
            without_value=scan.without_value,
            errors=scan.errors,
            strays=tuple(scan.strays),
            epoch_1904=epoch_1904,
        )

    def is_formula(self, row: int, column: int) -> bool:
        return (row, column) in self.formulas


@dataclass(frozen=True, slots=True)
class RowChunk:
    """Consecutive rows of one sheet, the first being row ``first`` (from 0)."""

    sheet: Sheet
    first: int
    rows: list[list[Cell]]

    def __iter__(self) -> Iterator[tuple[int, list[Cell]]]:
        return enumerate(self.rows, self.first).__iter__()


@dataclass(slots=True)
class Workbook:
    """A whole workbook in memory."""

    name: str
    sheets: list[Sheet]

    def sheet(self, name: str) -> Sheet:
        return next(sheet for sheet in self.sheets if sheet.name == name)


def tidy_rows(sheet: Sheet, first: int, raw: Iterable[list[Any]], first_column: int) -> list[list[Cell]]:
    """Rows as the child sent them → absolute columns, error markers set, trailing blanks dropped."""
    rows: list[list[Cell]] = []
    padding: list[Cell] = [""] * first_column
    errors_by_row: dict[int, list[tuple[int, str]]] = {}
    for (row, column), text in sheet.errors.items():
        errors_by_row.setdefault(row, []).append((column, text))
    for number, values in enumerate(raw, first):
        cells = padding + values if padding else values
        marks = [(column, CellError(text)) for column, text in errors_by_row.get(number, ())]
        if len(sheet.without_value):
            marks += [(column, FORMULA_WITHOUT_VALUE) for column in sheet.without_value.columns_in(number)]
        for column, mark in marks:
            if column >= len(cells):
                cells.extend([""] * (column + 1 - len(cells)))
            cells[column] = mark
        while cells and cells[-1] == "":
            cells.pop()
        rows.append(cells)
    return rows


EMPTY_WORKBOOK = N_("Buku kerja ini tidak memuat lembar dengan isi.")

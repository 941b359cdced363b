"""Lists as offices type them, straight from rows: what the reader would hand over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from asn_desktop.core.columns import ColumnSet
from asn_desktop.core.issues import Issue
from asn_desktop.exchange.cell_positions import CellPositions
from asn_desktop.exchange.headers import SheetLayout
from asn_desktop.exchange.records import CleanRow
from asn_desktop.exchange.scan import Merge
from asn_desktop.exchange.tables import Table, read_tables
from asn_desktop.exchange.workbook import Cell, RowChunk, Sheet
from asn_desktop.personnel.columns import PERSONNEL

ON = date(2026, 10, 6)
NIP = "198503122010011004"
OTHER_NIP = "199001012015032001"
HEAD: list[Cell] = ["NIP", "NAMA", "GOLONGAN", "JABATAN", "TANGGAL LAHIR"]


@dataclass
class Read:
    """One sheet, read to its end."""

    table: Table
    rows: list[CleanRow]

    @property
    def layout(self) -> SheetLayout:
        assert self.table.layout is not None
        return self.table.layout

    @property
    def issues(self) -> list[Issue]:
        return [*self.table.issues, *(issue for row in self.rows for issue in row.issues)]

    def codes(self) -> set[str]:
        return {issue.code for issue in self.issues} - {"column_missing"}


def sheet_of(
    rows: Sequence[Sequence[Cell]],
    *,
    name: str = "Data",
    merged: Sequence[tuple[int, int, int, int]] = (),
    hidden_rows: Sequence[int] = (),
    hidden_columns: Sequence[int] = (),
    formulas: Sequence[tuple[int, int]] = (),
    hidden: bool = False,
    epoch_1904: bool = False,
) -> Sheet:
    """A sheet as the reader gives it; ``merged`` as (first row, first column, last row, last column)."""
    positions = CellPositions()
    for place in formulas:
        positions.add(*place)
    kept = [list(row) for row in rows]
    for row in kept:
        while row and row[-1] == "":
            row.pop()
    return Sheet(
        name=name,
        hidden=hidden,
        rows=kept,
        last_row=len(kept) - 1,
        last_column=max((len(row) for row in kept), default=0) - 1,
        merged=tuple(Merge(*ends) for ends in merged),
        hidden_rows=tuple(hidden_rows),
        hidden_columns=tuple(hidden_columns),
        formulas=positions,
        epoch_1904=epoch_1904,
    )


def read_sheets(sheets: Sequence[Sheet], columns: ColumnSet = PERSONNEL) -> list[Read]:
    chunks = [RowChunk(sheet, 0, sheet.rows) for sheet in sheets]
    found = []
    for table in read_tables(chunks, [columns], on=ON):
        rows = list(table.rows())
        found.append(Read(table, rows))
    return found


def read(rows: Sequence[Sequence[Cell]], columns: ColumnSet = PERSONNEL, **options: object) -> Read:
    """One sheet from rows (see :func:`sheet_of` for ``options``)."""
    return read_sheets([sheet_of(rows, **options)], columns)[0]  # type: ignore[arg-type]


def one(heading: str, cell: Cell, columns: ColumnSet = PERSONNEL) -> CleanRow:
    """A single person with one further column."""
    people = read([["NIP", "NAMA", "JABATAN", heading], [NIP, "Budi Contoh", "Guru Ahli Pertama", cell]], columns)
    assert len(people.rows) == 1
    return people.rows[0]

"""One value spread over several columns: a NIP in four cells, a date as TGL | BLN | THN. Joined before it is read.

What the cells hold says so, not only the heading: a list is joined where most of its rows give a NIP or a date together
and the first cell alone does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from asn_desktop.core.columns import ColumnKind
from asn_desktop.core.i18n import _
from asn_desktop.core.identifiers import looks_like_nip
from asn_desktop.core.indonesian import DateError, parse_date
from asn_desktop.core.issues import Issue, Location, Severity
from asn_desktop.exchange.cell_positions import column_letter
from asn_desktop.exchange.cell_text import as_text
from asn_desktop.exchange.headers import SheetLayout
from asn_desktop.exchange.workbook import Cell

Row = tuple[int, list[Cell]]
_DATE_PIECES = 3
_NIP_DIGITS = 18
_LOOKED_AT = 50
_MONTH = frozenset({"BLN", "BULAN", "MM"})
_SAID_TWICE = frozenset({"heading_duplicate", "heading_ambiguous"})


@dataclass(frozen=True, slots=True)
class Pieces:
    """Columns ``first`` to ``last`` hold one value; ``between`` joins them."""

    first: int
    last: int
    between: str

    def join(self, cells: Sequence[Cell]) -> Cell:
        """The value of a row; blank only where all its cells are."""
        texts = [as_text(cell).strip(" '") for cell in cells[self.first : self.last + 1]]
        texts += [""] * (self.last + 1 - self.first - len(texts))
        return self.between.join(texts) if any(texts) else ""


def pieces_of(layout: SheetLayout, head: Sequence[list[Cell]]) -> tuple[Pieces, ...]:
    """The values of a list that stand in several columns; mostly none. ``head``: its first rows, from row 1."""
    rows = [cells for cells in head[layout.first_data_row : layout.first_data_row + _LOOKED_AT] if any(cells)]
    found = []
    for column, key in layout.mapping.items():
        kind = layout.columns[key].kind
        free = _free_columns(layout, column)
        possible: Iterable[Pieces] = ()
        if kind is ColumnKind.NIP:
            possible = (Pieces(column, column + width - 1, "") for width in range(2, free + 1))
        elif kind is ColumnKind.DATE and free >= _DATE_PIECES and not _month_first(head, layout, column):
            possible = (Pieces(column, column + _DATE_PIECES - 1, "-"),)
        whole = _is_nip if kind is ColumnKind.NIP else _is_date
        found += [each for each in possible if _most(each, rows, whole)][:1]
    return tuple(found)


def joined_rows(rows: Iterable[Row], pieces: Sequence[Pieces]) -> Iterator[Row]:
    """Rows with each value in the first of its columns, the others blank."""
    for number, cells in rows:
        yield number, _joined(cells, pieces)


def joined_layout(layout: SheetLayout, pieces: Sequence[Pieces], head: Sequence[list[Cell]]) -> SheetLayout:
    """The layout without the columns that are part of another one; that they are joined is noted.

    A row "TGL | BLN | THN" below the headings is one of them.
    """
    first, data = layout.header_rows[0], layout.first_data_row
    if data < len(head) and _names_pieces(head[data], pieces):
        layout = replace(layout, header_rows=(first, data), first_data_row=data + 1)
    gone = {column for each in pieces for column in range(each.first + 1, each.last + 1)}
    letters = {column_letter(column) for column in gone}
    issues = [issue for issue in layout.issues if not (issue.code in _SAID_TWICE and issue.location.column in letters)]
    return replace(
        layout,
        headings=_without(layout.headings, gone),
        fallbacks=_without(layout.fallbacks, gone),
        unknown=tuple(column for column in layout.unknown if column not in gone),
        not_taken=tuple(column for column in layout.not_taken if column not in gone),
        issues=(*issues, *(_note(layout, each) for each in pieces)),
    )


def _names_pieces(cells: list[Cell], pieces: Sequence[Pieces]) -> bool:
    inside = {column for each in pieces for column in range(each.first, each.last + 1)}
    filled = [(column, cell) for column, cell in enumerate(cells) if cell != ""]
    return bool(filled) and all(
        column in inside and isinstance(cell, str) and not any(map(str.isdigit, cell)) for column, cell in filled
    )


def _without(columns: Mapping[int, str], gone: set[int]) -> dict[int, str]:
    return {column: text for column, text in columns.items() if column not in gone}


def _joined(cells: list[Cell], pieces: Sequence[Pieces]) -> list[Cell]:
    if not cells:
        return cells
    joined = list(cells)
    for each in pieces:
        if len(cells) > each.first:
            width = min(each.last + 1, len(cells)) - each.first
            joined[each.first : each.first + width] = [each.join(cells), *[""] * (width - 1)]
    return joined


def _free_columns(layout: SheetLayout, column: int) -> int:
    """How many columns from this one on nothing else is read from."""
    key = layout.mapping[column]
    last = column + 1
    while last <= column + _NIP_DIGITS and last not in layout.mapping and layout.fallbacks.get(last, key) == key:
        last += 1
    return last - column


def _most(pieces: Pieces, rows: Sequence[list[Cell]], whole: Callable[[Cell, str], bool]) -> bool:
    filled = [cells for cells in rows if pieces.first < len(cells) and cells[pieces.first] != ""]
    good = sum(whole(cells[pieces.first], str(pieces.join(cells))) for cells in filled)
    return good > 0 and 4 * good >= 3 * len(filled)


def _month_first(head: Sequence[list[Cell]], layout: SheetLayout, column: int) -> bool:
    """Whether the words above the cells begin with the month: such a date is left for a person to put in order."""
    above = (row[column] for row in head[layout.header_rows[0] : layout.first_data_row + 1] if column < len(row))
    return any(isinstance(cell, str) and cell.strip(" .").upper() in _MONTH for cell in above)


def _is_nip(first: Cell, joined: str) -> bool:
    return not looks_like_nip(as_text(first)) and len(joined) == _NIP_DIGITS and looks_like_nip(joined)


def _is_date(first: Cell, joined: str) -> bool:
    """A day, a month and a year of four digits, or the other way round; a serial number of Excel alone is neither."""
    pieces = joined.split("-")
    if not isinstance(first, float | str) or len(as_text(first)) > len("2026") or len(pieces) != _DATE_PIECES:
        return False
    try:
        parse_date(joined)
    except DateError:
        return False
    return any(len(piece) == len("2026") for piece in pieces)


def _note(layout: SheetLayout, pieces: Pieces) -> Issue:
    label = _(layout.columns[layout.mapping[pieces.first]].label)
    text = _("{label} terbagi atas kolom {first} sampai {last}; isinya digabung menjadi satu.").format(
        label=label, first=column_letter(pieces.first), last=column_letter(pieces.last)
    )
    place = Location(layout.sheet, layout.header_rows[1] + 1, column_letter(pieces.first))
    return Issue("cells_joined", text, Severity.NOTE, field=layout.mapping[pieces.first], location=place)

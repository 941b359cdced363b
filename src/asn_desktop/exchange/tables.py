"""From a stream of rows to tables of people: recognition, classification and cleaning in one pass."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from asn_desktop.core.clock import today
from asn_desktop.core.columns import ColumnSet
from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Issue, Location, Severity
from asn_desktop.exchange.arrangement import cut, fold, lines_of, second_block, stacked_layout
from asn_desktop.exchange.classify import DataRow, IgnoredRow, RowClassifier
from asn_desktop.exchange.headers import NearMiss, SheetLayout, begins_table, choose_layout, closest, find_layout
from asn_desktop.exchange.pieces import joined_layout, joined_rows, pieces_of
from asn_desktop.exchange.records import CleanRow, RowCleaner
from asn_desktop.exchange.workbook import Cell, RowChunk, Sheet

_HEAD = 200
_WINDOW = 40
"""How many rows below a further header tell what its columns hold."""
_NEEDED_BELOW = 2
"""Known headings of a further table: NIP and name will do, for this is a list of people."""


@dataclass
class Table:
    """One list of people, or a sheet without. ``layout`` None: no people here. Iterate :meth:`rows` once, then the
    rest is complete.

    The layout may be replaced (``layout.with_mapping``) before the rows are iterated. ``following`` is the list with
    other headings that begins below this one.
    """

    sheet: Sheet
    layout: SheetLayout | None
    issues: list[Issue] = field(default_factory=list)
    ignored: list[IgnoredRow] = field(default_factory=list)
    people: int = 0
    hidden_people: int = 0
    near_miss: NearMiss | None = None
    """Where there is no list: the row that is most like a header."""
    following: Table | None = None
    number: int = 1
    """Which table of its sheet this is."""
    head: Sequence[list[Cell]] = ()
    """The first rows, as they stand."""
    day: date = date.min
    _source: Ahead = field(default_factory=lambda: Ahead(()))
    _found: SheetLayout | None = None

    def __post_init__(self) -> None:
        self._found = self.layout

    def data_rows(self) -> Iterator[DataRow]:
        """The rows of people as they stand, not cleaned."""
        if self.layout is None:
            for _row in self._source:
                pass
            return
        classifier = RowClassifier(self.layout, self.sheet, self._next_table)
        yield from classifier.classify(self._source)
        self.ignored = classifier.ignored
        self.issues.extend((*_missing_columns(self.layout, classifier.named), *classifier.issues))
        self.people, self.hidden_people = classifier.people, classifier.hidden
        if self.following is not None and self.following.layout is not None:
            following = self.following.layout
            context = {**following.context, **classifier.context_below()}
            self.following.layout = replace(following, context=context)
            self.following.issues.extend(_layout_issues(self.following.layout))

    def rows(self) -> Iterator[CleanRow]:
        """The people, cleaned."""
        if self.layout is None:
            return
        clean = RowCleaner(self.layout, self.sheet, self.day)
        for data in self.data_rows():
            yield clean(data)
        self.issues.extend(clean.notes())

    def _next_table(self, row: int, cells: list[Cell]) -> bool:
        """Whether a row opens a list with other headings; then this table ends above it."""
        assert self._found is not None
        first = self._found
        if not begins_table(cells, first.columns):
            return False
        window = [cells, *(following for _row, following in self._source.peek(_WINDOW))]
        layout = find_layout(self.sheet, window, first.columns, top=row, searched=1, needed=_NEEDED_BELOW)
        if layout is None or layout.mapping == first.mapping:
            return False
        number = self.number + 1
        layout = replace(layout, sheet=_table_name(self.sheet, number), context=dict(first.context))
        self._source.push(row, cells)
        self.following = Table(self.sheet, layout, number=number, day=self.day, _source=self._source)
        return True


class Ahead(Iterator[tuple[int, list[Cell]]]):
    """Rows in order, some of which can be looked at before their turn."""

    def __init__(self, rows: Iterable[tuple[int, list[Cell]]]) -> None:
        self._rows = iter(rows)
        self._kept: deque[tuple[int, list[Cell]]] = deque()

    def __next__(self) -> tuple[int, list[Cell]]:
        return self._kept.popleft() if self._kept else next(self._rows)

    def push(self, row: int, cells: list[Cell]) -> None:
        """Hand a row out once more."""
        self._kept.appendleft((row, cells))

    def peek(self, count: int) -> list[tuple[int, list[Cell]]]:
        """The next rows, at most ``count``, which still come."""
        self._kept.extend(islice(self._rows, max(0, count - len(self._kept))))
        return list(self._kept)[:count]


def read_tables(
    chunks: Iterable[RowChunk],
    catalogues: Sequence[ColumnSet],
    *,
    on: date | None = None,
    period: str = "",
) -> Iterator[Table]:
    """The tables of each sheet, in order; finish one before asking for the next (the rows are streaming)."""
    stream = _Rewindable(iter(chunks))
    day = on or today()
    while (first := stream.next_sheet()) is not None:
        sheet = first.sheet
        head: list[list[Cell]] = []
        kept: list[RowChunk] = []
        while len(head) < _HEAD and (chunk := stream.next_of(sheet)) is not None:
            kept.append(chunk)
            head.extend(chunk.rows)
        table: Table | None = None
        for table in _tables(sheet, head, stream.rows_of(sheet, kept), catalogues, day, period):
            yield table
            while table.following is not None:
                table = table.following
                yield table
            for _row in table._source:  # the caller may have stopped early
                pass


def _tables(
    sheet: Sheet,
    head: Sequence[list[Cell]],
    rows: Iterable[tuple[int, list[Cell]]],
    catalogues: Sequence[ColumnSet],
    day: date,
    period: str,
) -> Iterator[Table]:
    """The tables of a sheet that stand beside each other; mostly one."""
    lines = lines_of(head)
    if lines is not None and (layout := stacked_layout(sheet, head, lines, catalogues)) is not None:
        sheet = replace(sheet, merged=())
        rows = fold(rows, lines, layout.width)
    elif lines is not None:
        sheet = replace(sheet, merged=())
        head = [cells for _row, cells in fold(enumerate(head), lines)]
        rows = fold(rows, lines)
        layout = choose_layout(sheet, head, catalogues, period)
    else:
        layout = choose_layout(sheet, head, catalogues, period)
    if layout is not None and (pieces := pieces_of(layout, head)):
        layout = joined_layout(layout, pieces, head)
        rows = joined_rows(rows, pieces)
        head = [cells for _row, cells in joined_rows(enumerate(head), pieces)]
    start = None if layout is None else second_block(layout)
    if layout is None or start is None:
        table = Table(sheet, layout, head=head, day=day, _source=Ahead(rows))
        table.near_miss = None if layout is not None else closest(sheet, head, catalogues)
        table.issues.extend(_sheet_issues(sheet, layout))
        yield table
        return
    whole = list(rows)
    left = 0
    number = 1
    while layout is not None:
        end = second_block(layout)
        piece = list(cut(whole, left, end))
        layout = choose_layout(sheet, [cells for _row, cells in piece[: len(head)]], catalogues, period)
        if layout is not None:
            layout = replace(layout, sheet=_table_name(sheet, number))
            table = Table(sheet, layout, number=number, day=day, _source=Ahead(piece))
            table.issues.extend(_sheet_issues(sheet, layout) if number == 1 else _layout_issues(layout))
            yield table
        if end is None:
            return
        left, number = end, number + 1
        rest = [cells for _row, cells in cut(whole[: len(head)], left, None)]
        layout = choose_layout(sheet, rest, catalogues, period)


def _table_name(sheet: Sheet, number: int) -> str:
    return sheet.name if number == 1 else _("{sheet} (tabel {n})").format(sheet=sheet.name, n=number)


class _Rewindable:
    """Chunks of several sheets one after another, with one chunk of looking ahead."""

    def __init__(self, chunks: Iterator[RowChunk]) -> None:
        self._chunks = chunks
        self._ahead: RowChunk | None = None

    def _peek(self) -> RowChunk | None:
        if self._ahead is None:
            self._ahead = next(self._chunks, None)
        return self._ahead

    def next_sheet(self) -> RowChunk | None:
        return self._peek()

    def next_of(self, sheet: Sheet) -> RowChunk | None:
        chunk = self._peek()
        if chunk is None or chunk.sheet is not sheet:
            return None
        self._ahead = None
        return chunk

    def rows_of(self, sheet: Sheet, kept: list[RowChunk]) -> Iterator[tuple[int, list[Cell]]]:
        while kept:
            yield from kept.pop(0)
        while (chunk := self.next_of(sheet)) is not None:
            yield from chunk


def _layout_issues(layout: SheetLayout) -> list[Issue]:
    """How one table was understood."""
    issues = list(layout.issues)
    if "opd" in layout.context and "opd" not in layout.keys and "opd" in layout.columns:
        said_by = layout.context["opd_said_by"]
        text = _("Perangkat daerah pegawai di lembar ini: {opd} (dari {source}).")
        source = _("nama lembar") if said_by == "tab" else _("judul di atas tabel")
        message = text.format(opd=layout.context["opd"], source=source)
        severity = Severity.NOTE if said_by == "label" else Severity.WARNING
        issues.append(Issue("opd_from_title", message, severity, field="opd", location=Location(layout.sheet)))
    return issues


def _sheet_issues(sheet: Sheet, layout: SheetLayout | None) -> list[Issue]:
    place = Location(sheet.name)
    issues: list[Issue] = []
    if layout is None:
        message = _("Lembar “{name}” tidak memuat daftar pegawai dan dilewati.").format(name=sheet.name)
        return [Issue("sheet_without_people", message, Severity.NOTE, location=place)]
    issues.extend(_layout_issues(layout))
    if sheet.hidden:
        message = _("Lembar “{name}” tersembunyi; isinya ikut terbaca.").format(name=sheet.name)
        issues.append(Issue("sheet_hidden", message, Severity.NOTE, location=place))
    hidden = [row for row in sheet.hidden_rows if row >= layout.first_data_row]
    if hidden:
        numbers = ", ".join(str(row + 1) for row in hidden[:10]) + (" …" if len(hidden) > 10 else "")
        message = _("{n} baris tersembunyi ikut terbaca (baris {numbers}).").format(n=len(hidden), numbers=numbers)
        issues.append(Issue("rows_hidden", message, Severity.WARNING, location=place))
    hidden_columns = [layout.headings.get(column, "") for column in sheet.hidden_columns if column in layout.mapping]
    if hidden_columns:
        message = _("Kolom tersembunyi ikut terbaca: {names}.").format(names=", ".join(hidden_columns))
        issues.append(Issue("columns_hidden", message, Severity.WARNING, location=place))
    if sheet.strays:
        message = _("Sel jauh di luar tabel tidak dibaca: {cells}.").format(cells=", ".join(sheet.strays[:10]))
        issues.append(Issue("cells_far_away", message, Severity.WARNING, location=place))
    return issues


def _missing_columns(layout: SheetLayout, named: Set[str]) -> list[Issue]:
    """One note for all required columns that the sheet lacks and that neither title nor sections make up for."""
    missing = [key for key in layout.missing if key not in layout.context and key not in named]
    if not missing:
        return []
    labels = ", ".join(_(layout.columns[key].label) for key in missing)
    message = _("Kolom yang tidak ada pada lembar ini: {labels}.").format(labels=labels)
    return [Issue("column_missing", message, Severity.NOTE, field=missing[0], location=Location(layout.sheet))]

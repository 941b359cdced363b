"""From a stream of rows to tables of people: recognition, classification and cleaning in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from datetime import date

from asn_desktop.core.clock import today
from asn_desktop.core.columns import ColumnSet
from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Issue, Location, Severity
from asn_desktop.exchange.classify import DataRow, IgnoredRow, RowClassifier
from asn_desktop.exchange.headers import SheetLayout, choose_layout
from asn_desktop.exchange.records import CleanRow, RowCleaner
from asn_desktop.exchange.workbook import Cell, RowChunk, Sheet

_HEAD = 200


@dataclass
class Table:
    """One sheet. ``layout`` None: no people here. Iterate :meth:`rows` once, then the rest is complete.

    The layout may be replaced (``layout.with_mapping``) before the rows are iterated.
    """

    sheet: Sheet
    layout: SheetLayout | None
    issues: list[Issue] = field(default_factory=list)
    ignored: list[IgnoredRow] = field(default_factory=list)
    people: int = 0
    hidden_people: int = 0
    _source: Iterable[tuple[int, list[Cell]]] = ()
    day: date = date.min

    def data_rows(self) -> Iterator[DataRow]:
        """The rows of people as they stand, not cleaned."""
        if self.layout is None:
            for _row in self._source:
                pass
            return
        classifier = RowClassifier(self.layout, self.sheet)
        yield from classifier.classify(self._source)
        self.ignored = classifier.ignored
        self.issues.extend((*_missing_columns(self.layout, classifier.named), *classifier.issues))
        self.people, self.hidden_people = classifier.people, classifier.hidden

    def rows(self) -> Iterator[CleanRow]:
        """The people, cleaned."""
        if self.layout is None:
            return
        clean = RowCleaner(self.layout, self.sheet, self.day)
        for data in self.data_rows():
            yield clean(data)


def read_tables(
    chunks: Iterable[RowChunk],
    catalogues: Sequence[ColumnSet],
    *,
    on: date | None = None,
) -> Iterator[Table]:
    """A :class:`Table` per sheet, in order; finish one before asking for the next (the rows are streaming)."""
    stream = _Rewindable(iter(chunks))
    day = on or today()
    while (first := stream.next_sheet()) is not None:
        sheet = first.sheet
        head: list[list[Cell]] = []
        kept: list[RowChunk] = []
        while len(head) < _HEAD and (chunk := stream.next_of(sheet)) is not None:
            kept.append(chunk)
            head.extend(chunk.rows)
        layout = choose_layout(sheet, head, catalogues)
        table = Table(sheet, layout, _source=stream.rows_of(sheet, kept), day=day)
        table.issues.extend(_sheet_issues(sheet, layout))
        yield table
        for _row in table._source:  # the caller may have stopped early
            pass


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


def _sheet_issues(sheet: Sheet, layout: SheetLayout | None) -> list[Issue]:
    place = Location(sheet.name)
    issues: list[Issue] = []
    if layout is None:
        message = _("Lembar “{name}” tidak memuat daftar pegawai dan dilewati.").format(name=sheet.name)
        return [Issue("sheet_without_people", message, Severity.NOTE, location=place)]
    issues.extend(layout.issues)
    if "opd" in layout.context and "opd" not in layout.keys and "opd" in layout.columns:
        said_by = layout.context["opd_said_by"]
        text = _("Perangkat daerah pegawai di lembar ini: {opd} (dari {source}).")
        source = _("nama lembar") if said_by == "tab" else _("judul di atas tabel")
        message = text.format(opd=layout.context["opd"], source=source)
        severity = Severity.NOTE if said_by == "label" else Severity.WARNING
        issues.append(Issue("opd_from_title", message, severity, field="opd", location=place))
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

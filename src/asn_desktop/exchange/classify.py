"""Which rows of a sheet are people, and what are the others? Every row that is not blank gets an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from asn_desktop.core.columns import normalise_heading
from asn_desktop.core.i18n import _
from asn_desktop.core.identifiers import looks_like_nip
from asn_desktop.core.issues import Issue, Location, Severity
from asn_desktop.core.names import clean_spaces, tidy_unit_name
from asn_desktop.exchange import titles
from asn_desktop.exchange.headers import ABOVE, SheetLayout, is_number_row
from asn_desktop.exchange.scan import Merge
from asn_desktop.exchange.workbook import Cell, CellError, Sheet

_FEW = 2


class RowKind(StrEnum):
    """Why a row is not a person."""

    TITLE = "title"
    HEADER = "header"
    SECTION = "section"
    TOTAL = "total"
    FOOTER = "footer"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class DataRow:
    """One person. ``row`` counts from 0; ``opd`` and ``unit`` come from section rows or the title above."""

    row: int
    cells: list[Cell]
    opd: str = ""
    unit: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class IgnoredRow:
    """A row that is reported, not imported."""

    row: int
    kind: RowKind
    text: str


@dataclass(slots=True)
class RowClassifier:
    """Fed with the rows of one sheet in order; yields people, keeps the rest for the report."""

    layout: SheetLayout
    sheet: Sheet
    ignored: list[IgnoredRow] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    people: int = 0
    hidden: int = 0
    named: set[str] = field(default_factory=set)
    """Fields that section rows name for the people below them: ``opd``, ``unit``."""
    _since_total: int = 0
    _opd: str = ""
    _unit: str = ""
    _in_footer: bool = False
    _nip_columns: tuple[int, ...] = ()
    _name_columns: tuple[int, ...] = ()
    _number_columns: tuple[int, ...] = ()
    _header_texts: dict[int, str] = field(default_factory=dict)
    _hidden_rows: frozenset[int] = frozenset()
    _merges: dict[int, list[Merge]] = field(default_factory=dict)
    _merged_values: dict[Merge, Cell] = field(default_factory=dict)

    def __post_init__(self) -> None:
        layout = self.layout
        columns = {**layout.fallbacks, **layout.mapping}
        self._nip_columns = tuple(column for column, key in columns.items() if key in ("nip", "@name_nip"))
        self._name_columns = tuple(column for column, key in columns.items() if key in ("name", "@name_nip"))
        self._number_columns = tuple(column for column, key in columns.items() if key == "@row_number")
        self._opd = layout.context.get("opd", "")
        self._header_texts = {
            column: normalise_heading(layout.headings[column].split(ABOVE)[0])
            for column in (*self._nip_columns, *self._name_columns)
        }
        self._hidden_rows = frozenset(self.sheet.hidden_rows)
        for merge in self.sheet.merged:
            if merge.last_row > merge.first_row >= layout.first_data_row:
                for row in range(merge.first_row, min(merge.last_row, self.sheet.last_row) + 1):
                    self._merges.setdefault(row, []).append(merge)

    def classify(self, rows: Iterable[tuple[int, list[Cell]]]) -> Iterator[DataRow]:
        """The people among the rows."""
        for row, cells in rows:
            if row >= self.layout.first_data_row:
                if self._merges:
                    cells = self._fill_merged(row, cells)
                if cells and (person := self._person(row, cells)) is not None:
                    yield person
            elif cells and row < self.layout.header_rows[0]:
                self._ignore(row, RowKind.TITLE, cells)
            elif cells:
                self._ignore(row, RowKind.HEADER, cells)

    def _person(self, row: int, cells: list[Cell]) -> DataRow | None:
        has_nip = any(column < len(cells) and _numberish(cells[column]) for column in self._nip_columns)
        if not has_nip or _has_few(cells):
            filled = [cell for cell in cells if cell != ""]
            if not filled:
                return None
            kind = self._kind_of_other(row, cells, filled, _first_text(cells), has_nip=has_nip)
            if kind is not None:
                self._ignore(row, kind, cells)
                return None
        self._in_footer = False
        self.people += 1
        self._since_total += 1
        hidden = row in self._hidden_rows
        self.hidden += hidden
        return DataRow(row, cells, self._opd, self._unit, hidden)

    def _kind_of_other(
        self, row: int, cells: list[Cell], filled: list[Cell], text: str, *, has_nip: bool
    ) -> RowKind | None:
        """None: it is a person after all (a name with data but no number yet)."""
        if has_nip and not _only_signature(cells, self._nip_columns):
            return None
        if titles.is_total(text):
            self._compare_total(row, cells)
            return RowKind.TOTAL
        if is_number_row(cells) or self._repeats_header(cells):
            return RowKind.HEADER
        named = any(column < len(cells) and _is_name(cells[column]) for column in self._name_columns)
        if named and any(column < len(cells) and isinstance(cells[column], float) for column in self._number_columns):
            return None  # a counted person about whom nothing else is known yet
        if len(filled) > _FEW:
            return None if named and not self._in_footer else RowKind.OTHER
        if self._in_footer or has_nip or titles.is_footer(text):
            self._in_footer = True
            return RowKind.FOOTER
        return self._section(row, text)

    def _section(self, row: int, text: str) -> RowKind:
        if not text:
            return RowKind.OTHER
        if titles.is_opd_name(text):
            self._opd, self._unit = tidy_unit_name(text), ""
            self.named.add("opd")
        elif titles.is_unit_name(text):
            self._unit = tidy_unit_name(text)
            self.named.add("unit")
        elif titles.is_other_section(text):
            return RowKind.SECTION
        elif "opd" not in self.layout.keys:
            # Who stands below belongs elsewhere than who stands above; better a strange name than a wrong office.
            self._opd, self._unit = tidy_unit_name(text), ""
            self.named.add("opd")
            message = _("Baris “{text}” dianggap nama perangkat daerah untuk pegawai di bawahnya.")
            self._warn("section_unknown", row, message.format(text=text[:60]))
        return RowKind.SECTION

    def _compare_total(self, row: int, cells: Sequence[Cell]) -> None:
        """A JUMLAH that differs from the people counted is worth a warning; an uncalculated formula says nothing."""
        numbers = [
            (column, cell)
            for column, cell in enumerate(cells)
            if isinstance(cell, float) and not isinstance(cell, bool) and cell == int(cell)
        ]
        if numbers:
            column, said = numbers[-1] if len(numbers) == 1 else max(numbers, key=lambda item: item[1])
            uncalculated = said == 0 and self.sheet.is_formula(row, column)
            if said not in (self._since_total, self.people) and not uncalculated:
                message = _("JUMLAH menyebut {said}, sedangkan yang terbaca {n} pegawai.")
                self._warn("total_differs", row, message.format(said=int(said), n=self._since_total))
        self._since_total = 0

    def _repeats_header(self, cells: Sequence[Cell]) -> bool:
        if not self._header_texts:
            return False
        return all(
            column < len(cells) and isinstance(cells[column], str) and normalise_heading(str(cells[column])) == text
            for column, text in self._header_texts.items()
        )

    def _fill_merged(self, row: int, cells: list[Cell]) -> list[Cell]:
        """A unit merged over its staff holds for each of them, and only inside the merge."""
        for merge in self._merges.get(row, ()):
            column = merge.first_column
            if column in self._nip_columns or column in self._name_columns:
                continue
            if row == merge.first_row:
                self._merged_values[merge] = cells[column] if column < len(cells) else ""
                continue
            value = self._merged_values.get(merge, "")
            if value == "" or not any(cell != "" for cell in cells):
                continue
            cells = [*cells, *[""] * (column + 1 - len(cells))]
            if cells[column] == "":
                cells[column] = value
        return cells

    def _ignore(self, row: int, kind: RowKind, cells: Sequence[Cell]) -> None:
        self.ignored.append(IgnoredRow(row, kind, _all_text(cells)))

    def _warn(self, code: str, row: int, message: str) -> None:
        place = Location(self.layout.sheet, row + 1)
        self.issues.append(Issue(code=code, message=message, severity=Severity.WARNING, location=place))


def _numberish(cell: Cell) -> bool:
    """Something that somebody may have meant as a NIP: enough digits, a number, or an error cell."""
    if isinstance(cell, str):
        return looks_like_nip(cell) or sum(char.isdigit() for char in cell) >= 6
    if isinstance(cell, CellError):
        return not cell.is_formula_without_value
    return isinstance(cell, float) and cell >= 100_000


def _has_few(cells: Sequence[Cell]) -> bool:
    found = 0
    for cell in cells:
        if cell != "":
            found += 1
            if found > _FEW:
                return False
    return True


def _is_name(cell: Cell) -> bool:
    return isinstance(cell, str) and sum(char.isalpha() for char in cell) >= 2


def _only_signature(cells: Sequence[Cell], nip_columns: Sequence[int]) -> bool:
    """ "NIP. 1968…" alone in its row stands under a signature; a person has at least a name beside it."""
    others = [cell for column, cell in enumerate(cells) if cell != "" and column not in nip_columns]
    return not others


def _first_text(cells: Sequence[Cell]) -> str:
    return next((clean_spaces(cell) for cell in cells if isinstance(cell, str) and cell.strip()), "")


def _all_text(cells: Sequence[Cell]) -> str:
    return clean_spaces(" ".join(cell for cell in cells if isinstance(cell, str)))[:120]

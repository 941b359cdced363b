"""Which rows of a sheet are people, and what are the others? Every row that is not blank gets an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, StrEnum

from asn_desktop.core.columns import normalise_heading
from asn_desktop.core.i18n import _
from asn_desktop.core.identifiers import looks_like_nip
from asn_desktop.core.issues import Issue, Location, Severity
from asn_desktop.core.names import clean_spaces, tidy_unit_name
from asn_desktop.exchange import titles
from asn_desktop.exchange.header_rows import ABOVE
from asn_desktop.exchange.headers import SheetLayout, is_number_row
from asn_desktop.exchange.scan import Merge
from asn_desktop.exchange.workbook import Cell, CellError, Sheet

_FEW = 2
_TITLE = 6
"""So many rows above a further list may be its title."""
_SIGNER = 4
"""More cells than this beside the number no signature fills."""
_DIGITS = frozenset("0123456789")


class RowKind(StrEnum):
    """Why a row is not a person."""

    TITLE = "title"
    HEADER = "header"
    SECTION = "section"
    TOTAL = "total"
    FOOTER = "footer"
    OTHER = "other"
    LEFT_OUT = "left_out"
    """A person on a sheet that is not imported."""


class Footer(Enum):
    """Whether the lines at hand belong to a signature block."""

    NONE = 0
    MAYBE = 1
    """A line that names an office holder: a signer, or a heading inside the list."""
    CERTAIN = 2


@dataclass(frozen=True, slots=True)
class DataRow:
    """One person. ``row`` counts from 0; ``opd`` and ``unit`` come from section rows or the title above."""

    row: int
    cells: list[Cell]
    opd: str = ""
    unit: str = ""
    hidden: bool = False
    doubt: bool = False
    """Stands under a line such as "Mengetahui," and could be who signs as well as an employee."""


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
    next_table: Callable[[int, list[Cell]], bool] = lambda _row, _cells: False
    """Whether a row that is nobody opens a list with other headings, which is not ours to read."""
    ignored: list[IgnoredRow] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    people: int = 0
    hidden: int = 0
    named: set[str] = field(default_factory=set)
    """Fields that section rows name for the people below them: ``opd``, ``unit``."""
    _since_total: int = 0
    _opd: str = ""
    _unit: str = ""
    _footer: Footer = Footer.NONE
    _office_below: str = ""
    """An office named inside a footer: it holds for people only if a list follows at once."""
    _usual: Sequence[Cell] = ()
    """The last certain person: what a row of this list looks like."""
    _elsewhere: list[int] = field(default_factory=list)
    _ended: bool = False
    _below: list[list[Cell]] = field(default_factory=list)
    """The rows since the last person: the title of a further list stands among them."""
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
                if self._ended:
                    break
            elif cells and row < self.layout.header_rows[0]:
                self._ignore(row, RowKind.TITLE, cells)
            elif cells:
                self._ignore(row, RowKind.HEADER, cells)
        if self._elsewhere:
            self._tell_elsewhere()

    def context_below(self) -> dict[str, str]:
        """What is said between the last person and a further list: its own title, else the office at hand."""
        said = titles.context_of("", self._below[-_TITLE:])
        if "opd" not in said and self._opd:
            said |= {"opd": self._opd, "opd_said_by": "title"}
        return said

    def _tell_elsewhere(self) -> None:
        """Rows whose NIP stands in another column than the list's: somebody's row must not vanish in the report."""
        rows = ", ".join(str(row + 1) for row in self._elsewhere[:20]) + (" …" if len(self._elsewhere) > 20 else "")
        text = _("{n} baris memuat NIP di kolom lain, jadi tidak diambil: baris {rows}.")
        hint = _("Pindahkan isinya ke kolom yang sesuai dengan judul, atau beri judul baru di atas baris itu.")
        place = Location(self.layout.sheet, self._elsewhere[0] + 1)
        message = text.format(n=len(self._elsewhere), rows=rows)
        self.issues.append(Issue("nip_elsewhere", message, Severity.ERROR, hint, field="nip", location=place))

    def _person(self, row: int, cells: list[Cell]) -> DataRow | None:
        has_nip = any(column < len(cells) and _numberish(cells[column]) for column in self._nip_columns)
        doubt = False
        if not has_nip or self._footer is not Footer.NONE or _has_few(cells) or self._says_nip(cells):
            filled = [cell for cell in cells if cell != ""]
            if not filled:
                return None
            other = self._kind_of_signer(cells) if has_nip else self._kind_of_other(row, cells, filled)
            if other is None:
                return None
            if isinstance(other, RowKind):
                self._ignore(row, other, cells)
                return None
            doubt = other
        if not doubt:
            self._leave_footer()
            self._usual = cells
            if self._below:
                self._below.clear()
        self.people += 1
        self._since_total += 1
        hidden = row in self._hidden_rows
        self.hidden += hidden
        return DataRow(row, cells, self._opd, self._unit, hidden, doubt)

    # -- rows with a number: a person, or somebody who signs -----------------------------------------------------

    def _kind_of_signer(self, cells: Sequence[Cell]) -> RowKind | bool:
        """FOOTER for who signs, False for a person, True where only somebody who knows the office can tell."""
        others = [cell for column, cell in enumerate(cells) if cell != "" and column not in self._nip_columns]
        if not others:  # "NIP. 1968…" alone in its row stands under a signature
            return self._enter_footer()
        worded = self._says_nip(cells) and not self._says_nip(self._usual)
        beside = any(isinstance(cell, str) and titles.says_nip(cell) for cell in others)
        known = bool(self._usual) or self._footer is not Footer.NONE
        if worded and beside and known:
            return self._enter_footer()
        numbered = self._numbered(cells)
        if numbered or (self._footer is Footer.NONE and not (worded and known)):
            return False
        # No running number where the list has them, or a list without: how much of a usual row is there?
        aside = self._nip_columns + self._number_columns
        usual = sum(cell != "" and column not in aside for column, cell in enumerate(self._usual))
        whole = len(others) >= 0.7 * usual
        expected = bool(self._usual) and self._numbered(self._usual)
        if whole and (self._footer is Footer.MAYBE or (len(others) > _SIGNER and not expected)):
            return False
        return True if whole or not known else self._enter_footer()

    def _says_nip(self, cells: Sequence[Cell]) -> bool:
        for column in self._nip_columns:
            cell = cells[column] if column < len(cells) else ""
            if isinstance(cell, str) and cell[:1] not in _DIGITS and titles.says_nip(cell):
                return True
        return False

    def _numbered(self, cells: Sequence[Cell]) -> bool:
        return any(column < len(cells) and _is_number(cells[column]) for column in self._number_columns)

    def _enter_footer(self) -> RowKind:
        self._footer = Footer.CERTAIN
        return RowKind.FOOTER

    def _leave_footer(self) -> None:
        """A list goes on: an office named just above it holds for its people."""
        if self._office_below:
            self._opd, self._unit = tidy_unit_name(self._office_below), ""
            self.named.add("opd")
        self._footer, self._office_below = Footer.NONE, ""

    # -- rows without a number -----------------------------------------------------------------------------------

    def _kind_of_other(self, row: int, cells: list[Cell], filled: list[Cell]) -> RowKind | bool | None:
        """False: it is a person after all (a name with data but no number yet). None: it is not of this list."""
        text = _first_text(cells)
        if titles.is_total(text):
            self._compare_total(row, cells)
            return RowKind.TOTAL
        if len(filled) > _FEW and self.next_table(row, cells):
            self._ended = True
            return None
        if is_number_row(cells) or self._repeats_header(cells):
            self._leave_footer()
            return RowKind.HEADER
        certain = self._footer is Footer.CERTAIN
        few = len(filled) <= _FEW
        named = any(column < len(cells) and _is_name(cells[column]) for column in self._name_columns)
        if named and self._numbered(cells) and not (certain and few):
            return False  # a counted person about whom nothing else is known yet
        texts = [clean_spaces(cell) for cell in cells if isinstance(cell, str) and cell.strip()]
        signs = sum(titles.is_footer(each) for each in texts)
        signed = any(titles.is_signature(each) for each in texts) or (signs > 1 and signs == len(texts))
        if signed and (
            len(filled) <= _SIGNER or not named
        ):  # a whole row about somebody may have such a word in one of its cells
            return self._enter_footer()
        if titles.is_summary(text):
            return RowKind.TOTAL
        if certain:
            self._office_below = text if few and titles.is_opd_name(text) else ""
            return RowKind.FOOTER
        if not few:
            if named:
                return False
            if any(isinstance(cell, str) and looks_like_nip(cell) for cell in cells):
                self._elsewhere.append(row)
            return RowKind.OTHER
        if signs:
            self._footer = Footer.MAYBE
            return RowKind.FOOTER
        if self._footer is Footer.MAYBE and not titles.names_unit(text):
            return RowKind.FOOTER
        self._footer = Footer.NONE
        if any(_is_figure(cell) and column not in self._number_columns for column, cell in enumerate(cells)):
            return RowKind.OTHER
        if len([each for each in texts if not _is_number(each)]) > 1 and not titles.names_unit(text):
            return RowKind.OTHER  # two names beside each other sign; a section has one
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
        self.ignored.append(IgnoredRow(row, kind, all_text(cells)))
        self._below.append(list(cells))

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


def _is_number(cell: Cell) -> bool:
    """A running number: 7, "7", "7."."""
    return _is_figure(cell) or (isinstance(cell, str) and cell.strip(" .)").isdigit())


def _is_figure(cell: Cell) -> bool:
    return isinstance(cell, float) and not isinstance(cell, bool)


def _first_text(cells: Sequence[Cell]) -> str:
    return next((clean_spaces(cell) for cell in cells if isinstance(cell, str) and cell.strip()), "")


def all_text(cells: Sequence[Cell]) -> str:
    """The words of a row, for a report."""
    return clean_spaces(" ".join(cell for cell in cells if isinstance(cell, str)))[:120]

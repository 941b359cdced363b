"""Find the header of a foreign list and say which column is which field.

Offices write the header in row 1 or row 12, in one row or two ("TMT" over "GOL | JABATAN"), with the same word
twice ("TMT" after GOL, "TMT" after JABATAN). Exact headings and known aliases are taken; anything similar is
only suggested. What cannot be settled without guessing becomes an issue that a person decides.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from asn_desktop.core.columns import ColumnKind, ColumnSet, normalise_heading
from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Issue, Location, Severity
from asn_desktop.core.names import clean_spaces
from asn_desktop.exchange.cell_positions import column_letter
from asn_desktop.exchange.cell_text import plausible_share
from asn_desktop.exchange.combined import nip_inside
from asn_desktop.exchange.header_rows import ABOVE, heading_paths, may_be_header
from asn_desktop.exchange.heading_hints import without_hint
from asn_desktop.exchange.heading_keys import Contest, HeadingResolver, Resolved
from asn_desktop.exchange.titles import context_of
from asn_desktop.exchange.workbook import Cell, Sheet

SEARCHED_ROWS = 25
_HEIGHTS = (1, 2, 3)
_NEEDED_HITS = 3
_SIMILAR = 90.0
_IDENTITY = frozenset({"nip", "name", "@name_nip"})


@dataclass(frozen=True)
class SheetLayout:
    """How one sheet is built. Rows and columns count from 0.

    ``mapping`` column → key (keys starting with "@" are helpers: combined, tick or number columns);
    ``fallbacks`` second columns of a field that fill its blanks; ``unknown`` and ``not_taken`` columns with a
    heading that stay behind; ``context`` values said above the header.
    Of ``contests`` nothing is read until :meth:`settled`; ``dated`` columns name a period, ``other_periods`` (column →
    key) not the one asked for.
    """

    sheet: str
    columns: ColumnSet
    header_rows: tuple[int, int]
    first_data_row: int
    mapping: Mapping[int, str]
    headings: Mapping[int, str]
    fallbacks: Mapping[int, str] = field(default_factory=dict)
    unknown: tuple[int, ...] = ()
    not_taken: tuple[int, ...] = ()
    signature: str = ""
    context: Mapping[str, str] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
    contests: tuple[Contest, ...] = ()
    dated: frozenset[int] = frozenset()
    other_periods: Mapping[int, str] = field(default_factory=dict)
    lines: int = 1
    width: int = 0
    """Where one person fills several lines, they stand side by side: column ``width`` is A of the second line."""

    def place(self, row: int, column: int) -> Location:
        """The cell in the file. ``row`` counts from 1: the first line of the person."""
        line, column = divmod(column, self.width) if self.lines > 1 else (0, column)
        return Location(self.sheet, row + line, column_letter(column))

    def letter(self, column: int) -> str:
        """What the column is called in the file; of the second line of a person "B ↓2"."""
        line, column = divmod(column, self.width) if self.lines > 1 else (0, column)
        return f"{column_letter(column)} ↓{line + 1}" if line else column_letter(column)

    @cached_property
    def keys(self) -> frozenset[str]:
        """Stored fields this sheet can fill, through whatever column."""
        keys: set[str] = set()
        for key in (*self.mapping.values(), *self.fallbacks.values()):
            column = self.columns[key]
            if column.kind is ColumnKind.TICK:
                keys.add(column.parts[0])
            elif column.parts:
                keys.update(column.parts)
            elif not key.startswith("@"):
                keys.add(key)
        return frozenset(keys)

    @property
    def missing(self) -> tuple[str, ...]:
        """Required fields without a column."""
        return tuple(column.key for column in self.columns.required if column.key not in self.keys)

    def column_of(self, key: str) -> int | None:
        return next((column for column, mapped in self.mapping.items() if mapped == key), None)

    @cached_property
    def suggestions(self) -> dict[int, str]:
        """Unknown column → the most similar known heading, from 90 of 100 on: only a proposal."""
        if not self.unknown:
            return {}
        from rapidfuzz import fuzz, process  # not where headings are unknown to a catalogue that is not chosen

        known = list(self.columns.headings)
        found = {}
        for column in self.unknown:
            heading = normalise_heading(without_hint(self.headings[column].split(ABOVE)[-1]))
            if len(heading) < 4:
                continue
            match = process.extractOne(heading, known, scorer=fuzz.ratio, score_cutoff=_SIMILAR)
            if match is not None:
                found[column] = self.columns.headings[match[0]]
        return found

    def with_mapping(self, mapping: Mapping[int, str]) -> SheetLayout:
        """The layout as a person corrected it, or as it was remembered: ``{column: key}``, "" for "leave out"."""
        chosen = {column: key for column, key in mapping.items() if key and key in self.columns}
        kept = {
            column: key for column, key in self.fallbacks.items() if column not in mapping and key in chosen.values()
        }
        open_contests = tuple(each for each in self.contests if not set(each.columns) & set(chosen))
        waiting = {column for contest in open_contests for column in contest.columns}
        left = [column for column in self.headings if column not in {*chosen, *kept, *waiting}]
        return replace(
            self,
            mapping=chosen,
            fallbacks=kept,
            not_taken=tuple(left),
            unknown=(),
            issues=tuple(issue for issue in self.issues if not issue.code.startswith("heading_")),
            contests=open_contests,
        )

    def with_remembered(self, mapping: Mapping[int, str]) -> SheetLayout:
        """As :meth:`with_mapping` for a mapping of an earlier import: which period is meant is told by this file."""
        dated = {column: key for column, key in self.mapping.items() if column in self.dated}
        return self.with_mapping({column: key for column, key in mapping.items() if column not in self.dated} | dated)

    def settled(self, contest: Contest, sides: Sequence[str]) -> SheetLayout:
        """A contest decided: the first of ``sides`` is read, the others fill its blanks; none: all stay behind."""
        mapping, fallbacks = dict(self.mapping), dict(self.fallbacks)
        for place, side in enumerate(sides):
            (fallbacks if place else mapping).update(contest.sides[side])
        left = [column for column in contest.columns if column not in mapping and column not in fallbacks]
        return replace(
            self,
            mapping=dict(sorted(mapping.items())),
            fallbacks=fallbacks,
            not_taken=tuple(sorted({*self.not_taken, *left})),
            contests=tuple(each for each in self.contests if each is not contest),
        )

    @property
    def about(self) -> frozenset[str]:
        """Stored fields this sheet has columns for, also those that are not read yet."""
        contested = {key for contest in self.contests for key in contest.keys}
        return self.keys | contested | set(self.other_periods.values())


def find_layout(
    sheet: Sheet,
    rows: Sequence[list[Cell]],
    columns: ColumnSet,
    period: str = "",
    *,
    top: int = 0,
    searched: int = SEARCHED_ROWS,
    needed: int = _NEEDED_HITS,
) -> SheetLayout | None:
    """The layout of a sheet by its first rows (at least 25 where there are so many); None: no list of people.

    The header is the row, or the two or three rows, within the first 25 that give most known fields: at least three,
    NIP or name among them. ``period`` ("2026-TW3") is the one asked for; without it the title's counts. For a table
    further down ``rows`` begin at row ``top`` of the sheet, and the header within the first ``searched`` of them.
    """
    best: tuple[int, int, int] | None = None
    best_resolved: Resolved | None = None
    for first in range(min(searched, len(rows))):
        for height in _HEIGHTS:
            last = first + height - 1
            if last >= min(len(rows), searched + height - 1, SEARCHED_ROWS) or not may_be_header(
                rows[first : last + 1]
            ):
                continue
            wanted = _period(period, context_of(sheet.name, [row for row in rows[:first] if row]))
            resolved = HeadingResolver(columns, heading_paths(rows, first, last, sheet.merged, top), wanted).resolve()
            keys = resolved.known - {"@row_number"}
            if len(keys) < needed or not keys & _IDENTITY:
                continue
            rank = (len(keys), -height, -first)
            if best is None or rank > best:
                best, best_resolved = rank, resolved
    if best is None or best_resolved is None:
        return None
    first = -best[2]
    last = first - best[1] - 1
    layout = _layout(sheet, rows, columns, (first, last), best_resolved)
    layout = _with_nip_in_name(layout, rows)
    layout = replace(layout, issues=(*layout.issues, *_content_issues(layout, rows)))
    return layout if top == 0 else moved_down(layout, top)


def moved_down(layout: SheetLayout, by: int) -> SheetLayout:
    """The layout of a table that begins ``by`` rows further down than it was read."""
    return replace(
        layout,
        header_rows=(layout.header_rows[0] + by, layout.header_rows[1] + by),
        first_data_row=layout.first_data_row + by,
        issues=tuple(
            replace(issue, location=replace(issue.location, row=issue.location.row + by)) for issue in layout.issues
        ),
    )


def _with_nip_in_name(layout: SheetLayout, rows: Sequence[list[Cell]]) -> SheetLayout:
    """A column that is called a name and holds name and NIP in each cell is read as both."""
    column = layout.column_of("name")
    if column is None or "nip" in layout.keys or "@name_nip" not in layout.columns:
        return layout
    data = [row[column] for row in rows[layout.first_data_row :] if column < len(row) and row[column] != ""]
    both = sum(isinstance(cell, str) and nip_inside(cell) for cell in data)
    if not both or 2 * both < len(data):
        return layout
    return replace(layout, mapping={**layout.mapping, column: "@name_nip"})


def begins_table(cells: list[Cell], columns: ColumnSet) -> bool:
    """Whether a row below a list can be the header of another one: NIP and name among its headings, or half of it."""
    if not may_be_header([cells]):
        return False
    paths: dict[int, tuple[str, ...]] = {
        column: (clean_spaces(str(cell)),) for column, cell in enumerate(cells) if cell != ""
    }
    keys = set(HeadingResolver(columns, paths).resolve().keys.values())
    return {"nip", "name"} <= keys or "@name_nip" in keys


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A row with NIP or name among its headings that is no header all the same. ``row`` counts from 1."""

    row: int
    known: tuple[str, ...]
    unknown: tuple[str, ...]


def closest(sheet: Sheet, rows: Sequence[list[Cell]], catalogues: Sequence[ColumnSet]) -> NearMiss | None:
    """The row that is most like a header; None: nothing like it."""
    best: NearMiss | None = None
    for number, row in enumerate(rows):
        if not may_be_header([row]):
            continue
        paths = heading_paths(rows, number, number, sheet.merged)
        for columns in catalogues:
            resolved = HeadingResolver(columns, paths).resolve()
            known = tuple(paths[column][-1] for column, key in resolved.keys.items() if key != "@row_number")
            if _IDENTITY & set(resolved.keys.values()) and (best is None or len(known) > len(best.known)):
                unknown = tuple(path[-1] for column, path in paths.items() if column not in resolved.keys)
                best = NearMiss(number + 1, known, unknown)
    return best


def _period(asked: str, context: Mapping[str, str]) -> tuple[str, str]:
    """Year and TW that are asked for, else those of the title."""
    year, _dash, period = asked.partition("-")
    return (year, period) if asked else (context.get("year", ""), context.get("period", ""))


def choose_layout(
    sheet: Sheet, rows: Sequence[list[Cell]], catalogues: Sequence[ColumnSet], period: str = ""
) -> SheetLayout | None:
    """The layout by the catalogue that leaves the fewest required fields open (ratings before people on a tie)."""
    found = [layout for columns in catalogues if (layout := find_layout(sheet, rows, columns, period)) is not None]
    return max(found, key=_fit, default=None)


def _fit(layout: SheetLayout) -> tuple[float, int]:
    said = sum(1 for column in layout.columns.required if column.key in layout.about)
    return said / len(layout.columns.required), len(layout.about)


def _layout(
    sheet: Sheet,
    rows: Sequence[list[Cell]],
    columns: ColumnSet,
    header_rows: tuple[int, int],
    resolved: Resolved,
) -> SheetLayout:
    first, last = header_rows
    data = last + 1
    while data < len(rows) and (is_number_row(rows[data]) or not rows[data]) and data <= last + 3:
        data += 1
    headings = {column: f" {ABOVE} ".join(path) for column, path in resolved.paths.items()}
    contested = {column for contest in resolved.contests for column in contest.columns}
    taken = {*resolved.keys, *resolved.fallbacks, *resolved.not_taken, *contested}
    unknown = [column for column in resolved.paths if column not in taken]
    for column in range(max((len(row) for row in rows[data:]), default=0)):
        if column not in headings and any(column < len(row) and row[column] != "" for row in rows[data : data + 10]):
            headings[column] = ""
            unknown.append(column)
    context = context_of(sheet.name, [row for row in rows[:first] if row])
    # A period in the headings themselves is nearer to the cells than the title.
    context |= {key: said for key, said in zip(("year", "period"), resolved.period, strict=True) if said}
    issues = [_heading_issue(sheet.name, last, *issue, headings=headings) for issue in resolved.issues]
    return SheetLayout(
        sheet=sheet.name,
        columns=columns,
        header_rows=(first, last),
        first_data_row=data,
        mapping=dict(sorted(resolved.keys.items())),
        headings=headings,
        fallbacks=resolved.fallbacks,
        unknown=tuple(sorted(unknown)),
        not_taken=tuple(sorted(set(resolved.not_taken) - {*resolved.keys, *resolved.fallbacks})),
        signature=_signature(columns.name, resolved.paths),
        context=context,
        issues=tuple(issues),
        contests=tuple(resolved.contests),
        dated=resolved.dated,
        other_periods=resolved.other_periods,
    )


def is_number_row(row: Sequence[Cell]) -> bool:
    """The row of column numbers under a header: 1 2 3 … or (1) (2) (3) …"""
    filled = [cell for cell in row if cell != ""]
    if len(filled) < 3:
        return False
    numbers = []
    for cell in filled:
        text = str(int(cell)) if isinstance(cell, float) and cell == int(cell) else str(cell)
        text = text.strip(" ()[].")
        if not text.isdigit() or int(text) > 400:
            return False
        numbers.append(int(text))
    return numbers[0] in (1, 2) and all(b - a in (0, 1, 2, 3) for a, b in pairwise(numbers))


def _signature(kind: str, paths: Mapping[int, tuple[str, ...]]) -> str:
    """Same headings in the same order give the same signature, whatever the spacing and spelling of capitals."""
    text = "|".join("/".join(normalise_heading(part) for part in paths[column]) for column in sorted(paths))
    return hashlib.sha256(f"{kind}|{text}".encode()).hexdigest()[:32]


def _heading_issue(sheet: str, row: int, code: str, column: int, other: str, *, headings: Mapping[int, str]) -> Issue:
    heading = headings.get(column, "")
    messages = {
        "heading_ambiguous": _("Judul “{heading}” dapat berarti beberapa hal dan kolom di kirinya tidak menjelaskan."),
        "heading_duplicate": _("Judul “{heading}” muncul dua kali (juga di kolom {other}); yang ini tidak dibaca."),
    }
    return Issue(
        code=code,
        message=messages[code].format(heading=heading, other=other),
        severity=Severity.DECISION if code == "heading_ambiguous" else Severity.WARNING,
        hint=_("Pilih sendiri isi kolom ini pada halaman Kolom."),
        value=heading,
        location=Location(sheet, row + 1, column_letter(column)),
    )


def _content_issues(layout: SheetLayout, rows: Sequence[list[Cell]]) -> list[Issue]:
    """Anchor check: does the column hold what its heading promises? A shifted layout must be loud."""
    issues = []
    for column, key in layout.mapping.items():
        entry = layout.columns[key]
        share = plausible_share(entry, (row[column] for row in rows[layout.first_data_row :] if column < len(row)))
        if share is not None and share < 0.5:
            issues.append(
                Issue(
                    code="column_content",
                    message=_("Kolom {letter} berjudul “{heading}” tetapi sebagian besar isinya bukan {label}.").format(
                        letter=column_letter(column), heading=layout.headings[column], label=_(entry.label)
                    ),
                    severity=Severity.DECISION,
                    hint=_("Periksa apakah kolom bergeser, lalu betulkan pengaturan kolom."),
                    field=key,
                    location=Location(layout.sheet, layout.header_rows[1] + 1, column_letter(column)),
                )
            )
    return issues

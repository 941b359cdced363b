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
from asn_desktop.core.identifiers import looks_like_nip
from asn_desktop.core.issues import Issue, Location, Severity
from asn_desktop.core.names import clean_spaces
from asn_desktop.exchange.cell_positions import column_letter
from asn_desktop.exchange.cell_text import plausible_share
from asn_desktop.exchange.scan import Merge
from asn_desktop.exchange.titles import context_of
from asn_desktop.exchange.workbook import Cell, Sheet

SEARCHED_ROWS = 25
_NEEDED_HITS = 3
_SIMILAR = 90.0
_IDENTITY = frozenset({"nip", "name", "@name_nip"})


@dataclass(frozen=True)
class SheetLayout:
    """How one sheet is built. Rows and columns count from 0.

    ``mapping`` column → key (keys starting with "@" are helpers: combined, tick or number columns);
    ``fallbacks`` second columns of a field that fill its blanks; ``unknown`` and ``not_taken`` columns with a
    heading that stay behind; ``suggestions`` for unknown ones; ``context`` values said above the header.
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
    suggestions: Mapping[int, str] = field(default_factory=dict)
    signature: str = ""
    context: Mapping[str, str] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()

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

    def with_mapping(self, mapping: Mapping[int, str]) -> SheetLayout:
        """The layout as a person corrected it, or as it was remembered: ``{column: key}``, "" for "leave out"."""
        chosen = {column: key for column, key in mapping.items() if key and key in self.columns}
        kept = {
            column: key for column, key in self.fallbacks.items() if column not in mapping and key in chosen.values()
        }
        left = [column for column in self.headings if column not in chosen and column not in kept]
        return replace(
            self,
            mapping=chosen,
            fallbacks=kept,
            not_taken=tuple(left),
            unknown=(),
            suggestions={},
            issues=tuple(issue for issue in self.issues if not issue.code.startswith("heading_")),
        )


def find_layout(sheet: Sheet, rows: Sequence[list[Cell]], columns: ColumnSet) -> SheetLayout | None:
    """The layout of a sheet by its first rows (at least 25 where there are so many); None: no list of people.

    The header is the row, or pair of rows, within the first 25 that gives most known fields: at least three,
    NIP or name among them.
    """
    best: tuple[int, int, int] | None = None
    best_resolved: _Resolved | None = None
    for first in range(min(SEARCHED_ROWS, len(rows))):
        for height in (1, 2):
            last = first + height - 1
            if last >= min(len(rows), SEARCHED_ROWS) or not _may_be_header(rows[first : last + 1]):
                continue
            resolved = _Resolver(columns, _paths(rows, first, last, sheet.merged)).resolve()
            keys = {key for key in resolved.keys.values() if key != "@row_number"}
            if len(keys) < _NEEDED_HITS or not keys & _IDENTITY:
                continue
            rank = (len(keys), -height, -first)
            if best is None or rank > best:
                best, best_resolved = rank, resolved
    if best is None or best_resolved is None:
        return None
    first = -best[2]
    last = first - best[1] - 1
    layout = _layout(sheet, rows, columns, (first, last), best_resolved)
    return replace(layout, issues=(*layout.issues, *_content_issues(layout, rows)))


def choose_layout(sheet: Sheet, rows: Sequence[list[Cell]], catalogues: Sequence[ColumnSet]) -> SheetLayout | None:
    """The layout by the catalogue that leaves the fewest required fields open (ratings before people on a tie)."""
    found = [layout for columns in catalogues if (layout := find_layout(sheet, rows, columns)) is not None]
    return max(found, key=_fit, default=None)


def _fit(layout: SheetLayout) -> tuple[float, int]:
    said = sum(1 for column in layout.columns.required if column.key in layout.keys)
    return said / len(layout.columns.required), len(layout.keys)


def _may_be_header(block: Sequence[list[Cell]]) -> bool:
    """Headings are words: no dates, no NIP, no long numbers; at least two filled cells in each row."""
    for row in block:
        filled = [cell for cell in row if cell != ""]
        if not filled or (len(block) == 1 and len(filled) < 2):
            return False
        if any(not isinstance(cell, str) or looks_like_nip(cell) for cell in filled):
            return False
    return True


def _paths(rows: Sequence[list[Cell]], first: int, last: int, merged: Sequence[Merge]) -> dict[int, tuple[str, ...]]:
    """Column → heading texts from above to below; a merged parent stands over all its children."""
    width = max(len(row) for row in rows[first : last + 1])
    lines = []
    for number in range(first, last + 1):
        row = rows[number]
        lines.append([clean_spaces(cell) if isinstance(cell, str) else "" for cell in row] + [""] * (width - len(row)))
    for merge in merged:
        if merge.first_row > last or merge.last_row < first or merge.first_row < first:
            continue
        text = lines[merge.first_row - first][merge.first_column] if merge.first_column < width else ""
        if merge.first_column == merge.last_column:
            continue  # merged downwards: the text stands once
        for column in range(merge.first_column, min(merge.last_column, width - 1) + 1):
            lines[merge.first_row - first][column] = text
    if len(lines) == 2 and not any(m.first_row == first and m.last_column > m.first_column for m in merged):
        _spread_parents(lines[0], lines[1])
    paths = {}
    for column in range(width):
        texts = [line[column] for line in lines if line[column]]
        if texts:
            paths[column] = tuple(dict.fromkeys(texts))
    return paths


def _spread_parents(parents: list[str], children: list[str]) -> None:
    """Without merges (some programs write none) a parent reaches over the children right of it."""
    current = ""
    for column, child in enumerate(children):
        if parents[column]:
            current = parents[column] if child else ""
        elif child:
            parents[column] = current
        else:
            current = ""


@dataclass(slots=True)
class _Resolved:
    keys: dict[int, str]
    fallbacks: dict[int, str]
    paths: dict[int, tuple[str, ...]]
    not_taken: list[int]
    issues: list[tuple[str, int, str]]


class _Resolver:
    """From heading texts to keys: joined headings, ambiguous ones by their neighbour, duplicates by rank."""

    def __init__(self, columns: ColumnSet, paths: dict[int, tuple[str, ...]]) -> None:
        self._columns = columns
        self._paths = paths
        self._after = {column.key: dict(column.after) for column in columns.ambiguous}
        self._result = _Resolved({}, {}, paths, [], [])

    def resolve(self) -> _Resolved:
        result = self._result
        named: dict[int, str] = {}
        explained = self._first_explanation()
        for column, path in self._paths.items():
            if column >= explained:
                result.not_taken.append(column)
                continue
            key = self._by_path(path)
            if key in self._after:
                key = self._by_neighbour(column, key, named)
            if key is None:
                if any(self._columns.is_not_taken(text) for text in (" ".join(path), path[-1], path[0])):
                    result.not_taken.append(column)
                continue
            named[column] = key
        self._settle_duplicates(named)
        self._settle_ticks()
        if "education_level" not in result.keys.values() and "@education" not in result.keys.values():
            for column, key in result.keys.items():
                if key == "education" and "@education" in self._columns:
                    result.keys[column] = "@education"
        return result

    def _first_explanation(self) -> int:
        """Our own error workbook explains from column BARIS EXCEL on; those columns are no data."""
        marks = [column for column, path in self._paths.items() if normalise_heading(path[-1]) == "BARISEXCEL"]
        return min(marks, default=1 << 20)

    def _by_path(self, path: tuple[str, ...]) -> str | None:
        columns = self._columns
        if len(path) == 1:
            return columns.key_of(path[0])
        parent, child = path[0], path[-1]
        parent_key, child_key = columns.key_of(parent), columns.key_of(child)
        if child_key in self._after:
            by_parent = self._after[child_key].get(parent_key or "")
            if by_parent:
                return by_parent
        joined = columns.key_of(f"{parent} {child}") or columns.key_of(f"{child} {parent}")
        if joined and joined not in self._after:
            return joined
        if columns.is_not_taken(f"{parent} {child}") or (parent_key is None and columns.is_not_taken(parent)):
            return None
        upper = parent.upper()
        for word in ("PENILAI", "ATASAN"):
            if word in upper:
                return columns.key_of(f"{child} {word}")
        if child_key == "name" and parent_key not in (None, "name"):
            return parent_key
        return child_key or (parent_key if child_key is None and _is_filler(child) else None)

    def _by_neighbour(self, column: int, key: str, named: dict[int, str]) -> str | None:
        """ "TMT" alone: what it means is told by the column just before it (anchor check)."""
        meaning = self._after[key].get(named.get(column - 1, ""))
        if meaning is None:
            self._result.issues.append(("heading_ambiguous", column, ""))
        return meaning

    def _settle_duplicates(self, named: dict[int, str]) -> None:
        result = self._result
        by_key: dict[str, list[int]] = {}
        for column, key in named.items():
            by_key.setdefault(key, []).append(column)
        for key, found in by_key.items():
            ranked = sorted(found, key=lambda column, key=key: (self._rank(key, column), column))  # type: ignore[misc]
            leader = ranked[0]
            result.keys[leader] = key
            for column in ranked[1:]:
                same_words = normalise_heading(" ".join(self._paths[column])) == normalise_heading(
                    " ".join(self._paths[leader])
                )
                if same_words or key.startswith("@"):
                    if key != "@row_number":
                        result.issues.append(("heading_duplicate", column, column_letter(leader)))
                    result.not_taken.append(column)
                else:
                    result.fallbacks[column] = key

    def _rank(self, key: str, column: int) -> int:
        """Position of the heading in the catalogue: the heading itself, then the aliases in their order."""
        entry = self._columns[key]
        known = [normalise_heading(text) for text in (entry.heading, entry.label, *entry.aliases)]
        heading = normalise_heading(" ".join(self._paths[column]))
        last = normalise_heading(self._paths[column][-1])
        for wanted in (heading, last):
            if wanted in known:
                return known.index(wanted)
        return len(known)

    def _settle_ticks(self) -> None:
        """ "L" and "P" mean a sex only as a pair, and only where no column says it in words."""
        keys = self._result.keys
        ticks = [column for column, key in keys.items() if self._columns[key].kind is ColumnKind.TICK]
        if len(ticks) != 2 or "sex" in keys.values():
            for column in ticks:
                del keys[column]


def _is_filler(child: str) -> bool:
    return not normalise_heading(child) or normalise_heading(child).isdigit()


def _layout(
    sheet: Sheet,
    rows: Sequence[list[Cell]],
    columns: ColumnSet,
    header_rows: tuple[int, int],
    resolved: _Resolved,
) -> SheetLayout:
    first, last = header_rows
    data = last + 1
    while data < len(rows) and (is_number_row(rows[data]) or not rows[data]) and data <= last + 3:
        data += 1
    headings = {column: " › ".join(path) for column, path in resolved.paths.items()}
    taken = {*resolved.keys, *resolved.fallbacks, *resolved.not_taken}
    unknown = [column for column in resolved.paths if column not in taken]
    for column in range(max((len(row) for row in rows[data:]), default=0)):
        if column not in headings and any(column < len(row) and row[column] != "" for row in rows[data : data + 10]):
            headings[column] = ""
            unknown.append(column)
    context = context_of(sheet.name, [row for row in rows[:first] if row])
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
        suggestions=_suggestions(
            columns, {column: resolved.paths[column][-1] for column in unknown if column in resolved.paths}
        ),
        signature=_signature(columns.name, resolved.paths),
        context=context,
        issues=tuple(issues),
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


def _suggestions(columns: ColumnSet, unknown: Mapping[int, str]) -> dict[int, str]:
    """Only a proposal: the most similar known heading, from 90 of 100 on."""
    from rapidfuzz import fuzz, process  # only where a heading is unknown

    known = list(columns.headings)
    suggestions = {}
    for column, text in unknown.items():
        heading = normalise_heading(text)
        if len(heading) < 4:
            continue
        match = process.extractOne(heading, known, scorer=fuzz.ratio, score_cutoff=_SIMILAR)
        if match is not None:
            suggestions[column] = columns.headings[match[0]]
    return suggestions


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
        hint=_("Pilih sendiri isi kolom ini pada halaman pemetaan kolom."),
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
                    hint=_("Periksa apakah kolom bergeser, lalu betulkan pemetaan kolom."),
                    field=key,
                    location=Location(layout.sheet, layout.header_rows[1] + 1, column_letter(column)),
                )
            )
    return issues

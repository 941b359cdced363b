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
from asn_desktop.exchange.heading_keys import HeadingResolver, Resolved
from asn_desktop.exchange.scan import Merge
from asn_desktop.exchange.titles import context_of
from asn_desktop.exchange.workbook import Cell, Sheet

SEARCHED_ROWS = 25
ABOVE = "›"
"""Joins a heading to the one above it, where two rows become one: "PANGKAT › TMT". Read back as two."""
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
    best_resolved: Resolved | None = None
    for first in range(min(SEARCHED_ROWS, len(rows))):
        for height in (1, 2):
            last = first + height - 1
            if last >= min(len(rows), SEARCHED_ROWS) or not _may_be_header(rows[first : last + 1]):
                continue
            resolved = HeadingResolver(columns, _paths(rows, first, last, sheet.merged)).resolve()
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
        texts = [text.strip() for line in lines for text in line[column].split(ABOVE) if text.strip()]
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

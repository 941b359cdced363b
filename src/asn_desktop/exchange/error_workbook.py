"""The error workbook (*Perbaikan*): the user's own rows, failing cells coloured and commented.

Same headings as the file they came from, so that it can be corrected and imported again. Who it is comes first and
stays in sight, then what is wrong and how to mend it, then the rest of the row; at the end, which row it was. What the
sheet knew from its surroundings (the OPD of a section) is written out as a column, because here the section is gone.
Colour is never the only sign: every coloured cell has a comment.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from asn_desktop.core.columns import ColumnSet
from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.exchange.paper import set_up_paper
from asn_desktop.exchange.plan import PlannedRow
from asn_desktop.exchange.writer import new_book, written_whole

EXPLANATIONS = ("MASALAH", "CARA MEMBETULKAN")
ORIGIN = ("BARIS EXCEL", "TINGKAT")
_WHO = ("nip", "@name_nip", "name")
_EXPLANATION_WIDTH, _ORIGIN_WIDTHS = 46, (18, 16)
_NARROWEST, _WIDEST = 9, 34
_LINE = 15  # points
_LEVELS = {
    Severity.ERROR: "Perlu dibetulkan",
    Severity.DECISION: "Perlu keputusan",
    Severity.WARNING: "Perlu diperiksa",
}


@dataclass(frozen=True, slots=True)
class ReturnedSheet:
    """A sheet with rows to give back: its headings by column, field → column, and the raw cells of each row."""

    name: str
    headings: Sequence[str]
    columns: Mapping[str, int]
    rows: Sequence[tuple[PlannedRow, Sequence[Any]]]
    hidden: frozenset[int] = frozenset()
    """Columns that stay hidden: the machine part of a worksheet, which must come back with the row."""

    @property
    def who(self) -> list[int]:
        """The columns that say whose row it is."""
        return [self.columns[key] for key in _WHO if key in self.columns]

    @property
    def others(self) -> list[int]:
        return [column for column in range(len(self.headings)) if column not in self.who]


def write_error_workbook(target: Path, sheets: Sequence[ReturnedSheet], catalogue: ColumnSet) -> int:
    """Write the rows to ``target``; returns how many. Leaves nothing half-written."""
    with written_whole(target) as temporary:
        book = new_book(temporary)
        formats = _formats(book)
        used: set[str] = set()
        for sheet in sheets:
            _write_sheet(book, replace(sheet, name=_tab_name(sheet.name, used)), catalogue, formats)
        book.close()
    return sum(len(sheet.rows) for sheet in sheets)


def _formats(book: Any) -> dict[str, Any]:
    wrong = {"valign": "top", "bg_color": "#FBE3DD", "font_color": "#8A2B16", "border": 1, "border_color": "#D9735B"}
    return {
        "head": book.add_format({"bold": True, "bg_color": "#E1F0ED", "border": 1, "text_wrap": True}),
        "extra": book.add_format({"bold": True, "bg_color": "#FFF3D6", "border": 1, "text_wrap": True}),
        "text": book.add_format({"num_format": "@", "valign": "top"}),
        "date": book.add_format({"num_format": "dd-mm-yyyy", "align": "left", "valign": "top"}),
        "wrong_text": book.add_format({"num_format": "@", **wrong}),
        "wrong_date": book.add_format({"num_format": "dd-mm-yyyy", "align": "left", **wrong}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def _write_sheet(book: Any, source: ReturnedSheet, catalogue: ColumnSet, formats: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet(source.name)
    added = [key for key in ("opd", "unit") if key not in source.columns and _knows(source, key)]
    places, headings, widths = _arranged(source, [catalogue[key].heading for key in added])
    for position, (heading, width) in enumerate(zip(headings, widths, strict=True)):
        ours = heading in EXPLANATIONS or position >= len(headings) - len(ORIGIN)
        sheet.write_string(0, position, heading, formats["extra" if ours else "head"])
        sheet.set_column(position, position, width, formats["text"])
    for column in source.hidden:
        sheet.set_column(places[column], places[column], 8, formats["text"], {"hidden": True})
    who = len(source.who)
    sheet.set_row(0, 2 * _LINE)
    sheet.freeze_panes(1, who)
    for line, (row, cells) in enumerate(source.rows, start=1):
        by_column = _issues_by_column(row, source)
        for column, position in places.items():
            value = cells[column] if column < len(cells) else ""
            is_number = column == source.columns.get("nip")
            _write_cell(sheet, line, position, value, by_column.get(column, []), formats, is_nip=is_number)
        for offset, key in enumerate(added, len(headings) - len(ORIGIN) - len(added)):
            sheet.write_string(line, offset, str(row.values.get(key) or ""), formats["text"])
        _write_explanations(sheet, line, who, row, formats)
        sheet.write_string(line, len(headings) - 2, f"{row.sheet}!{row.number}")
        sheet.write_string(line, len(headings) - 1, _level(row))
    for key, column in source.columns.items():
        labels = [_(label) for _value, label in catalogue[key].choices] if key in catalogue else []
        if labels and len(",".join(labels)) <= 255:
            rule = {"validate": "list", "source": labels, "error_type": "information"}
            sheet.data_validation(1, places[column], len(source.rows), places[column], rule)
    set_up_paper(sheet, widths, key_columns=who, footer=source.name)


def _arranged(source: ReturnedSheet, added: Sequence[str]) -> tuple[dict[int, int], list[str], list[float]]:
    """Column of the source → its place here; all headings and widths from the left."""
    who, others = source.who, source.others
    places = {column: place for place, column in enumerate(who)}
    places |= {column: place for place, column in enumerate(others, len(who) + len(EXPLANATIONS))}
    names = source.headings
    headings = [*(names[column] for column in who), *EXPLANATIONS, *(names[column] for column in others)]
    widths = [_width(source, column) for column in who]
    widths += [_EXPLANATION_WIDTH] * len(EXPLANATIONS)
    widths += [_width(source, column) for column in others]
    return places, [*headings, *added, *ORIGIN], [*widths, *[24.0] * len(added), *_ORIGIN_WIDTHS]


def _width(source: ReturnedSheet, column: int) -> float:
    """By what stands in the column; its heading may take two lines."""
    texts = [_shown(cells[column]) for _row, cells in source.rows if column < len(cells)]
    heading = source.headings[column]
    longest = max([len(heading) / 2, *(len(word) for word in heading.split()), *map(len, texts)])
    least = 20 if column == source.columns.get("nip") else _NARROWEST
    return min(max(longest + 2, least), _WIDEST)


def _shown(value: Any) -> str:
    return "00-00-0000" if isinstance(value, date) else str(getattr(value, "text", value))


def _tab_name(name: str, used: set[str]) -> str:
    """At most 31 letters and none twice, as Excel wants it; the end of the name ("(tabel 2)") tells tables apart."""
    number = 1
    tab = name if len(name) <= 31 else f"{name[:20]}…{name[-10:]}"
    while tab.casefold() in used:
        number += 1
        tab = f"{name[:25]} ({number})"
    used.add(tab.casefold())
    return tab


def _knows(source: ReturnedSheet, key: str) -> bool:
    return any(row.values.get(key) for row, _cells in source.rows)


def _issues_by_column(row: PlannedRow, source: ReturnedSheet) -> dict[int, list[Issue]]:
    found: dict[int, list[Issue]] = {}
    for issue in row.issues:
        if issue.severity is not Severity.NOTE and issue.field in source.columns:
            found.setdefault(source.columns[issue.field], []).append(issue)
    return found


def _write_cell(
    sheet: Any,
    line: int,
    position: int,
    value: Any,
    issues: Sequence[Issue],
    formats: Mapping[str, Any],
    *,
    is_nip: bool = False,
) -> None:
    wrong = "wrong_" if issues else ""
    comment = "\n".join(f"{issue.message} {issue.hint}".strip() for issue in issues)
    if is_nip and issues and isinstance(value, int | float) and not isinstance(value, bool):
        # A NIP that was a number has lost its last digits: nothing of it is worth keeping in the cell.
        sheet.write_blank(line, position, None, formats["wrong_text"])
        stood = f"{value:.5E}".replace(".", ",")  # as Excel shows it
        comment = _("Ketik 18 angka NIP. Isi semula {value}.").format(value=stood) + "\n" + comment
    elif isinstance(value, date):
        sheet.write_datetime(line, position, value, formats[wrong + "date"])
    elif isinstance(value, bool):
        sheet.write_boolean(line, position, value, formats[wrong + "text"])
    elif isinstance(value, int | float):
        # As it stands in the file; the text format makes what is typed over it stay text.
        sheet.write_number(line, position, value, formats[wrong + "text"])
    elif value != "" or issues:
        sheet.write_string(line, position, str(getattr(value, "text", value)), formats[wrong + "text"])
    if issues:
        sheet.write_comment(line, position, comment, {"x_scale": 2.2, "y_scale": 1.4, "author": "ASN Desktop"})


def _write_explanations(sheet: Any, line: int, start: int, row: PlannedRow, formats: Mapping[str, Any]) -> None:
    shown = [issue for issue in row.issues if issue.severity in _LEVELS]
    texts = ("\n".join(issue.message for issue in shown), "\n".join(issue.hint for issue in shown if issue.hint))
    for offset, text in enumerate(texts):
        sheet.write_string(line, start + offset, text, formats["wrap"])
    lines = max(sum(-(-len(part) // _EXPLANATION_WIDTH) for part in text.split("\n")) for text in texts)
    sheet.set_row(line, _LINE * max(lines, 1) + 3)


def _level(row: PlannedRow) -> str:
    levels = list(_LEVELS)
    worst = min((levels.index(issue.severity) for issue in row.issues if issue.severity in levels), default=-1)
    return _LEVELS[levels[worst]]

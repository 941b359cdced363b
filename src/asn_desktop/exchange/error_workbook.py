"""The error workbook (*Perbaikan*): the user's own rows, failing cells coloured and commented.

Same headings as the file they came from, so that it can be corrected and imported again; four columns at the end
say which row it was and what is wrong. What the sheet knew from its surroundings (the OPD of a section) is written
out as a column, because here the section is gone. Colour is never the only sign: every coloured cell has a comment.
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
from asn_desktop.exchange.plan import PlannedRow
from asn_desktop.exchange.writer import new_book, written_whole

EXTRA_HEADINGS = ("BARIS EXCEL", "TINGKAT", "MASALAH", "KETERANGAN")
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
    wrong = {"bg_color": "#FBE3DD", "font_color": "#8A2B16", "border": 1, "border_color": "#D9735B"}
    return {
        "head": book.add_format({"bold": True, "bg_color": "#E1F0ED", "border": 1, "text_wrap": True}),
        "extra": book.add_format({"bold": True, "bg_color": "#FFF3D6", "border": 1, "text_wrap": True}),
        "text": book.add_format({"num_format": "@"}),
        "date": book.add_format({"num_format": "dd-mm-yyyy", "align": "left"}),
        "wrong_text": book.add_format({"num_format": "@", **wrong}),
        "wrong_date": book.add_format({"num_format": "dd-mm-yyyy", "align": "left", **wrong}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def _write_sheet(book: Any, source: ReturnedSheet, catalogue: ColumnSet, formats: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet(source.name)
    added = [key for key in ("opd", "unit") if key not in source.columns and _knows(source, key)]
    headings = [*source.headings, *(catalogue[key].heading for key in added)]
    for position, heading in enumerate(headings):
        sheet.write_string(0, position, heading, formats["head"])
        options = {"hidden": True} if position in source.hidden else {}
        sheet.set_column(position, position, 20, formats["text"], options)
    for offset, heading in enumerate(EXTRA_HEADINGS):
        sheet.write_string(0, len(headings) + offset, heading, formats["extra"])
        sheet.set_column(len(headings) + offset, len(headings) + offset, (12, 18, 60, 60)[offset])
    sheet.freeze_panes(1, 0)
    for line, (row, cells) in enumerate(source.rows, start=1):
        by_column = _issues_by_column(row, source)
        for position in range(len(source.headings)):
            value = cells[position] if position < len(cells) else ""
            _write_cell(sheet, line, position, value, by_column.get(position, []), formats)
        for offset, key in enumerate(added):
            sheet.write_string(line, len(source.headings) + offset, str(row.values.get(key) or ""), formats["text"])
        _write_extras(sheet, line, len(headings), row, formats)
    for key, position in source.columns.items():
        labels = [_(label) for _value, label in catalogue[key].choices] if key in catalogue else []
        if labels and len(",".join(labels)) <= 255:
            rule = {"validate": "list", "source": labels, "error_type": "information"}
            sheet.data_validation(1, position, len(source.rows), position, rule)


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
    sheet: Any, line: int, position: int, value: Any, issues: Sequence[Issue], formats: Mapping[str, Any]
) -> None:
    wrong = "wrong_" if issues else ""
    if isinstance(value, date):
        sheet.write_datetime(line, position, value, formats[wrong + "date"])
    elif isinstance(value, bool):
        sheet.write_boolean(line, position, value, formats[wrong + "text"])
    elif isinstance(value, int | float):
        # As it stands in the file; the text format makes what is typed over it stay text.
        sheet.write_number(line, position, value, formats[wrong + "text"])
    elif value != "" or issues:
        sheet.write_string(line, position, str(getattr(value, "text", value)), formats[wrong + "text"])
    if issues:
        comment = "\n".join(f"{issue.message} {issue.hint}".strip() for issue in issues)
        sheet.write_comment(line, position, comment, {"x_scale": 2.2, "y_scale": 1.4, "author": "ASN Desktop"})


def _write_extras(sheet: Any, line: int, start: int, row: PlannedRow, formats: Mapping[str, Any]) -> None:
    shown = [issue for issue in row.issues if issue.severity in _LEVELS]
    worst = min((list(_LEVELS).index(issue.severity) for issue in shown), default=len(_LEVELS) - 1)
    sheet.write_string(line, start, f"{row.sheet}!{row.number}")
    sheet.write_string(line, start + 1, list(_LEVELS.values())[worst])
    sheet.write_string(line, start + 2, "\n".join(issue.message for issue in shown), formats["wrap"])
    sheet.write_string(line, start + 3, "\n".join(issue.hint for issue in shown if issue.hint), formats["wrap"])

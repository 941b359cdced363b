"""Our own workbooks: sheet PETUNJUK, one data sheet in the canonical layout, hidden _META.

Text goes out as text only (``write_string``): a name that begins with ``=`` can never become a formula. NIP and
other numbers are text cells, dates real dates, coded columns carry a drop-down list. What is written here can be
imported again with zero changes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from asn_desktop.core.columns import Column, ColumnKind, ColumnSet
from asn_desktop.core.i18n import _
from asn_desktop.core.outputs import output
from asn_desktop.core.progress import Progress
from asn_desktop.exchange.paper import FOLIO, set_up_paper

SCHEMA = 1
_WIDTHS = {ColumnKind.NIP: 20, ColumnKind.NAME: 32, ColumnKind.DATE: 12, ColumnKind.INTEGER: 8, ColumnKind.CHOICE: 18}
_KEY_COLUMNS = 2
"""NIP and name begin each row, stay in sight and are printed beside every part of it."""
_LIST_LIMIT = 255  # Excel's limit for a list written into the rule itself


def write_canonical(
    target: Path,
    columns: ColumnSet,
    rows: Iterable[Mapping[str, Any]],
    *,
    title: str,
    instructions: Sequence[str],
    meta: Mapping[str, str],
    progress: Progress | None = None,
) -> int:
    """Write ``rows`` (key → value) to ``target``; returns their number. Leaves nothing half-written."""
    with written_whole(target) as temporary:
        return _write(temporary, columns, rows, title, instructions, meta, progress or Progress())


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """The path of a workbook to make; only when the block ends well does it take the place of ``target``.

    Raises :class:`OutputRefused` or :class:`FileNotWritten`; nothing half-written is left behind.
    """
    import xlsxwriter.exceptions  # takes long to load: only when something is written

    with output(target) as temporary:
        try:
            yield temporary
        except xlsxwriter.exceptions.FileCreateError as error:
            raise OSError(*getattr(error.args[0], "args", ())) from error


def new_book(path: Path, *, constant_memory: bool = False) -> Any:
    """An empty workbook in which text stays text; its working files stay beside it, not in the system's folder.

    ``constant_memory``: rows go to the disk as soon as the next one begins, so they come in order.
    """
    import xlsxwriter  # takes long to load: only when something is written

    text_only = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    options = {**text_only, "tmpdir": str(path.parent), "constant_memory": constant_memory}
    return xlsxwriter.Workbook(str(path), options)


def _write(
    path: Path,
    columns: ColumnSet,
    rows: Iterable[Mapping[str, Any]],
    title: str,
    instructions: Sequence[str],
    meta: Mapping[str, str],
    progress: Progress,
) -> int:

    book = new_book(path)
    formats = {
        "head": book.add_format({"bold": True, "bg_color": "#E1F0ED", "border": 1, "border_color": "#B9C4CF",
                                 "text_wrap": True, "valign": "vcenter"}),
        "must": book.add_format({"bold": True, "bg_color": "#0F6B5C", "font_color": "#FFFFFF", "border": 1,
                                 "border_color": "#B9C4CF", "text_wrap": True, "valign": "vcenter"}),
        "text": book.add_format({"num_format": "@"}),
        "date": book.add_format({"num_format": "dd-mm-yyyy", "align": "left"}),
        "number": book.add_format({"num_format": "0"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }  # fmt: skip
    guide = book.add_worksheet("PETUNJUK")
    sheet = book.add_worksheet(columns.name)
    sheet.activate()
    _guide(guide, columns, title, instructions, formats)
    _headings(sheet, columns, formats)
    digest = hashlib.sha256()
    count = 0
    for count, row in enumerate(rows, start=1):
        values = [row.get(column.key) for column in columns]
        for position, (column, value) in enumerate(zip(columns, values, strict=True)):
            _cell(sheet, count, position, column, value, formats)
        digest.update("\t".join(str(value or "") for value in values).encode() + b"\n")
        if count % 200 == 0:
            progress.advance(200)
    _drop_downs(sheet, columns, count)
    set_up_paper(sheet, [_width(column) for column in columns], key_columns=_KEY_COLUMNS, footer=title)
    sheet.autofilter(0, 0, max(count, 1), len(columns.columns) - 1)
    _meta(book, {**meta, "baris": str(count), "checksum": digest.hexdigest()})
    book.close()
    return count


def _guide(sheet: Any, columns: ColumnSet, title: str, instructions: Sequence[str], formats: Mapping[str, Any]) -> None:
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    sheet.set_paper(FOLIO)
    sheet.set_margins(left=0.6, right=0.6, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.merge_range(0, 0, 0, 1, "")  # else a long title is cut in two where the paper ends
    sheet.write_string(0, 0, title, formats["title"])
    sheet.set_row(0, 24)
    line = 2
    for column, name, text in _legend(columns):
        sheet.write_string(line, 0, column.heading, formats[name])
        sheet.write_string(line, 1, text)
        line += 1
    line += 1
    for text in instructions:
        sheet.write_string(line, 0, "•")
        sheet.write_string(line, 1, text, formats["wrap"])
        line += 1
    line += 1
    sheet.write_string(line, 0, _("Kolom berkode"), formats["head"])
    sheet.write_string(line, 1, _("Isian yang dikenal"), formats["head"])
    for column in columns:
        if column.choices:
            line += 1
            sheet.write_string(line, 0, column.heading)
            sheet.write_string(line, 1, "; ".join(_(label) for _value, label in column.choices), formats["wrap"])


def _legend(columns: ColumnSet) -> Iterator[tuple[Column, str, str]]:
    """One heading of each colour as an example: its format's name, and what it means."""
    for required, name, text in (
        (True, "must", _("Judul gelap: wajib diisi.")),
        (False, "head", _("Judul pucat: diisi bila ada.")),
    ):
        if example := next((column for column in columns if column.required is required), None):
            yield example, name, text


def _headings(sheet: Any, columns: ColumnSet, formats: Mapping[str, Any]) -> None:
    sheet.freeze_panes(1, _KEY_COLUMNS)
    sheet.set_row(0, 32)
    for position, column in enumerate(columns):
        sheet.write_string(0, position, column.heading, formats["must" if column.required else "head"])
        whole = formats["date"] if column.kind is ColumnKind.DATE else formats["text"]
        sheet.set_column(position, position, _width(column), None if _is_number(column) else whole)


def _cell(sheet: Any, row: int, position: int, column: Column, value: Any, formats: Mapping[str, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime | date):
        sheet.write_datetime(row, position, value, formats["date"])
    elif isinstance(value, int | Decimal) and _is_number(column):
        sheet.write_number(row, position, value, formats["number"])
    else:
        labels = dict(column.choices)
        sheet.write_string(row, position, _(labels[value]) if value in labels else str(value), formats["text"])


def _width(column: Column) -> int:
    """As wide as what stands in it: the longest word of a coded column, else by kind and length of its texts."""
    if column.choices and not column.open_choices:
        longest = max(len(_(label)) for _value, label in column.choices)
        return min(max(longest + 3, 10), 26)
    by_length = min(max(column.max_length // 6, 14), 30) if column.max_length else 20
    return _WIDTHS.get(column.kind, by_length)


def _is_number(column: Column) -> bool:
    return column.kind is ColumnKind.INTEGER


def _drop_downs(sheet: Any, columns: ColumnSet, count: int) -> None:
    last = max(count, 1) + 500  # room for rows that people add
    for position, column in enumerate(columns):
        labels = [_(label) for _value, label in column.choices]
        if labels and len(",".join(labels)) <= _LIST_LIMIT:
            rule: dict[str, Any] = {"validate": "list", "source": labels}
            if column.open_choices:
                rule["error_type"] = "information"
            rule["error_title"] = _("Isian tidak dikenal")
            rule["error_message"] = _("Pilih dari daftar. Daftar lengkap ada di lembar PETUNJUK.")
            sheet.data_validation(1, position, last, position, rule)


def _meta(book: Any, meta: Mapping[str, str]) -> None:
    sheet = book.add_worksheet("_META")
    sheet.very_hidden()
    for row, (key, value) in enumerate(meta.items()):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, value)
    book.set_custom_property("asn_meta", json.dumps(dict(meta), ensure_ascii=False)[:255])

"""The workbook that an OPD opens in Excel: PETUNJUK first, then one sheet to fill.

What may be filled is unlocked, yellow until it holds something, and stands under the words that say so; everything
else is locked without a password. Text goes out as text only, nothing is a formula. The machine part is hidden.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from asn_desktop.core.columns import Column, ColumnKind
from asn_desktop.core.i18n import _
from asn_desktop.exchange.package.head import FORMAT_KEY
from asn_desktop.exchange.package.recognise import WORKSHEET_FORMAT
from asn_desktop.exchange.paper import set_up_paper
from asn_desktop.exchange.worksheet import basis
from asn_desktop.exchange.worksheet.columns import MACHINE, SPARE
from asn_desktop.exchange.worksheet.guide import Addressee, write_guide
from asn_desktop.exchange.worksheet.kinds import OutgoingRow, WorksheetKind
from asn_desktop.exchange.worksheet.mark import VERSION, Mark
from asn_desktop.exchange.writer import new_book, written_whole

TITLE_ROW, BAND_ROW, HEAD_ROW, FIRST_ROW = 0, 1, 2, 3
LISTS_SHEET = "_DAFTAR"
_LETTERS = 1.1  # letters on a unit of column width, which is one digit
_LINE = 15.0  # points, of 11-point letters
_AROUND = 5.0  # points above and below the lines of a row: one of a single line is 20 high
_MOST_LINES = 25  # Excel's rows end at 409 points
_RULE_LIMIT = 255  # Excel's limit for a list written into the rule itself
_WIDTHS = {
    "name": 31, "nip": 20, "position": 27, "unit": 25, "result_rating": 20, "behaviour_rating": 20, "notes": 34,
    "employment_kind": 12, "title_front": 10, "title_back": 12, "rank": 11, "rank_tmt": 15, "education": 26,
    "email": 24, "superior_nip": 20, "state": 15, "attendance_percent": 9, "jp_credited": 9, "certificate_number": 24,
    "graduation_year": 8, "education_level": 12,
}  # fmt: skip
_PROTECTION = dict.fromkeys(
    ("format_columns", "format_rows", "autofilter", "sort", "select_locked_cells", "select_unlocked_cells"), True
)


@dataclass(frozen=True, slots=True)
class WorksheetFile:
    """All that is needed to write one worksheet. ``lists``: field → choices that the office's data gives."""

    kind: WorksheetKind
    mark: Mark
    title: str
    addressee: Addressee
    rows: Sequence[OutgoingRow]
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)


def write_worksheet(target: Path, content: WorksheetFile) -> int:
    """Write the workbook; returns how many people are on it. Leaves nothing half-written."""
    with written_whole(target) as temporary:
        book = new_book(temporary)
        _Writer(book, content).write()
        book.close()
    return len(content.rows)


class _Writer:
    """Writes the sheets of one workbook, in order."""

    def __init__(self, book: Any, content: WorksheetFile) -> None:
        self._book = book
        self._content = content
        self._kind = content.kind
        self._formats = _formats(book)
        self._columns = content.kind.columns
        self._first_open = 1 + len(content.kind.context)
        self._machine = 1 + len(self._columns)
        self._last_row = FIRST_ROW + len(content.rows) + content.kind.spare - 1

    def write(self) -> None:
        mark = self._content.mark
        guide = self._book.add_worksheet("PETUNJUK")
        self._sheet = self._book.add_worksheet(self._kind.sheet)
        content = self._content
        write_guide(self._book, guide, self._kind, content.title, content.addressee, len(content.rows))
        guide.activate()
        self._heads()
        for line, row in enumerate(self._content.rows, FIRST_ROW):
            self._person(line, row)
        for line in range(FIRST_ROW + len(self._content.rows), self._last_row + 1):
            self._sheet.set_row(line, _LINE + _AROUND)
            self._spare(line)
        self._drop_downs()
        self._set_up()
        meta = self._book.add_worksheet("_META")
        meta.very_hidden()
        meta.write_string(0, 0, mark.text)
        self._book.set_properties({"title": self._content.title, "author": self._content.addressee.sender})
        self._book.set_custom_property(FORMAT_KEY, f"{WORKSHEET_FORMAT}/{VERSION}")
        self._book.set_custom_property("asn_lembar", mark.text)

    def _heads(self) -> None:
        sheet, formats = self._sheet, self._formats
        sheet.set_row(TITLE_ROW, 24)
        sheet.set_row(BAND_ROW, 24)
        sheet.set_row(HEAD_ROW, 34)
        sheet.write_string(TITLE_ROW, 0, f"{self._content.title} · {self._content.addressee.name}", formats["title"])
        for position in range(self._machine):
            sheet.write_blank(BAND_ROW, position, None, formats["band" if position < self._first_open else "band_open"])
        sheet.write_string(BAND_ROW, 0, _("🔒 TERKUNCI – JANGAN DIUBAH"), formats["band"])
        sheet.write_string(
            BAND_ROW, self._first_open, _("▼ ISI DI SINI: kuning = kosong, hijau = terisi"), formats["band_open"]
        )
        sheet.write_string(HEAD_ROW, 0, "NO", formats["head"])
        sheet.set_column(0, 0, 5)
        for position, column in enumerate(self._columns, 1):
            opened = position >= self._first_open
            sheet.write_string(HEAD_ROW, position, column.heading, formats["head_open" if opened else "head"])
            sheet.set_column(position, position, _WIDTHS.get(column.key, 14))
        texts = [*(column.heading for column in MACHINE), self._content.mark.text]
        for position, text in enumerate(texts, self._machine):
            sheet.write_string(HEAD_ROW, position, text, formats["machine"])
        sheet.set_column(self._machine, self._machine + len(texts) - 1, 8, None, {"hidden": True})

    def _person(self, line: int, row: OutgoingRow) -> None:
        self._sheet.set_row(line, _LINE * self._lines(row) + _AROUND)
        self._sheet.write_string(line, 0, str(line - FIRST_ROW + 1), self._formats["locked"])
        for position, column in enumerate(self._columns, 1):
            self._cell(line, position, column, row.values.get(column.key))
        held = {key: row.values.get(key) for key in self._kind.fields}
        cells = (row.rid, basis.encode(self._content.mark.stamp, row.rid, row.nip, held), row.nip)
        for position, text in enumerate(cells, self._machine):
            self._sheet.write_string(line, position, text, self._formats["machine"])

    def _lines(self, row: OutgoingRow) -> int:
        """Over how many lines the longest text of a row runs; programs that do not measure show all of it, too."""
        texts = ((str(row.values.get(column.key) or ""), _WIDTHS.get(column.key, 14)) for column in self._columns)
        return min(
            _MOST_LINES, max(-(-len(text) // round(width * _LETTERS)) + text.count("\n") for text, width in texts) or 1
        )

    def _cell(self, line: int, position: int, column: Column, value: Any) -> None:
        cell_format = self._formats[_format_of(column, opened=position >= self._first_open)]
        if value is None or value == "":
            self._sheet.write_blank(line, position, None, cell_format)
        elif isinstance(value, date):
            self._sheet.write_datetime(line, position, value, cell_format)
        elif isinstance(value, int) and column.kind is ColumnKind.INTEGER:
            self._sheet.write_number(line, position, value, cell_format)
        else:
            label = dict(column.choices).get(str(value))
            self._sheet.write_string(line, position, _(label) if label else str(value), cell_format)

    def _spare(self, line: int) -> None:
        """A blank row for somebody who is missing: name, NIP and all open cells may be filled."""
        self._sheet.write_string(line, 0, SPARE, self._formats["locked"])
        for position, column in enumerate(self._columns, 1):
            opened = position >= self._first_open or column.key in ("name", "nip")
            self._sheet.write_blank(line, position, None, self._formats[_format_of(column, opened=opened)])

    def _drop_downs(self) -> None:
        for position, column in enumerate(self._columns, 1):
            if position < self._first_open:
                continue
            labels = list(self._content.lists.get(column.key, [_(label) for _value, label in column.choices]))
            rule: dict[str, Any] = {"error_title": _("Isian tidak dikenal")}
            if labels:
                rule |= {"validate": "list", "source": self._source(column, labels)}
                rule["error_message"] = _("Pilih dari daftar: klik tanda panah di tepi kanan sel.")
                if column.open_choices:
                    rule["error_type"] = "information"
            elif column.numbers and column.kind is ColumnKind.INTEGER:
                low, high = column.numbers
                rule |= {"validate": "integer", "criteria": "between", "minimum": low, "maximum": high}
                rule["error_message"] = _("Isi angka bulat {low} sampai {high}.").format(low=low, high=high)
            else:
                continue
            self._sheet.data_validation(FIRST_ROW, position, self._last_row, position, rule)

    def _source(self, column: Column, labels: list[str]) -> Any:
        """Short lists stand in the rule; longer ones, and those with a comma, in a hidden sheet."""
        if len(",".join(labels)) <= _RULE_LIMIT and not any("," in label for label in labels):
            return labels
        lists = self._book.get_worksheet_by_name(LISTS_SHEET)
        if lists is None:
            lists = self._book.add_worksheet(LISTS_SHEET)
            lists.hide()
        place = list(self._columns).index(column)
        for line, label in enumerate(labels):
            lists.write_string(line, place, label)
        letter = chr(ord("A") + place)
        return f"={LISTS_SHEET}!${letter}$1:${letter}${len(labels)}"

    def _set_up(self) -> None:
        sheet = self._sheet
        last_column = self._machine - 1
        everything = (FIRST_ROW, self._first_open, self._last_row, last_column)
        sheet.conditional_format(*everything, {"type": "no_blanks", "format": self._formats["filled"]})
        sheet.autofilter(HEAD_ROW, 0, self._last_row, last_column + len(MACHINE))
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{self._last_row + 1}"})
        sheet.freeze_panes(FIRST_ROW, 2)
        sheet.set_selection(FIRST_ROW, self._first_open, FIRST_ROW, self._first_open)
        sheet.protect("", _PROTECTION)
        sheet.set_zoom(120)
        sheet.print_area(TITLE_ROW, 0, self._last_row, last_column)
        addressee, pages = self._content.addressee.name, self._kind.pages_wide
        set_up_paper(sheet, (), head_rows=HEAD_ROW + 1, key_columns=2, footer=addressee, pages=pages)


def _format_of(column: Column, *, opened: bool) -> str:
    if not opened:
        return "locked"
    if column.kind is ColumnKind.DATE:
        return "open_date"
    return "open_number" if column.kind is ColumnKind.INTEGER else "open"


def _formats(book: Any) -> dict[str, Any]:
    line = {"border": 1, "border_color": "#C9D2DB", "valign": "vcenter"}
    locked = {**line, "num_format": "@", "bg_color": "#F3F5F7", "font_color": "#3B4652", "text_wrap": True}
    opened = {**line, "bg_color": "#FFF6D9", "locked": False, "text_wrap": True}
    band = {"bold": True, "valign": "vcenter"}
    head = {**line, "bold": True, "text_wrap": True, "border_color": "#9AA7B4"}
    return {
        "title": book.add_format({"bold": True, "font_size": 13, "valign": "vcenter"}),
        "band": book.add_format({**band, "font_size": 11, "font_color": "#5A6672", "bg_color": "#E3E8ED"}),
        "band_open": book.add_format({**band, "font_size": 13, "font_color": "#7A4B00", "bg_color": "#FFE39A"}),
        "head": book.add_format({**head, "bg_color": "#E3E8ED"}),
        "head_open": book.add_format({**head, "bg_color": "#0F6B5C", "font_color": "#FFFFFF"}),
        "locked": book.add_format(locked),
        "open": book.add_format({**opened, "num_format": "@"}),
        "open_date": book.add_format({**opened, "num_format": "dd-mm-yyyy", "align": "left"}),
        "open_number": book.add_format({**opened, "num_format": "0", "align": "left"}),
        "filled": book.add_format({"bg_color": "#E8F5E9"}),
        "machine": book.add_format({"num_format": "@", "font_color": "#9AA7B4", "font_size": 8}),
    }

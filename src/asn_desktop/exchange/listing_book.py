"""A list as a workbook to read, sort and print: title, headings with a filter, one row a line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_date
from asn_desktop.core.listing import Listing
from asn_desktop.exchange.writer import new_book, written_whole

_HEAD = 3
"""Rows above the headings: title, subtitle, an empty one."""


def write_listing(listing: Listing, target: Path) -> int:
    """Write the list; returns its rows. Raises :class:`FileNotWritten`, nothing half-written is left behind."""
    with written_whole(target) as temporary:
        book = new_book(temporary)
        bold = book.add_format({"bold": True, "font_size": 14})
        head = book.add_format(
            {"bold": True, "bg_color": "#E1F0ED", "border": 1, "border_color": "#B9C4CF", "text_wrap": True,
             "valign": "vcenter"}
        )  # fmt: skip
        text = book.add_format({"num_format": "@"})
        number = book.add_format({"num_format": "#,##0.##"})
        day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
        sheet = book.add_worksheet("DAFTAR")
        sheet.write_string(0, 0, listing.title + (f" · {_('CONTOH, data rekaan')}" if listing.sample else ""), bold)
        sheet.write_string(1, 0, f"{listing.office} · {listing.subtitle} · {format_date(listing.made_on)}")
        for place, column in enumerate(listing.columns):
            sheet.set_column(place, place, column.width + 2)
            sheet.write_string(_HEAD, place, column.heading, head)
        for line, row in enumerate(listing.rows, start=_HEAD + 1):
            for place, value in enumerate(row):
                if value is None or value == "":
                    continue
                if isinstance(value, date):
                    sheet.write_datetime(line, place, value, day)
                elif isinstance(value, int | float):
                    sheet.write_number(line, place, value, number)
                else:
                    sheet.write_string(line, place, value, text)
        last = _HEAD + len(listing.rows)
        sheet.autofilter(_HEAD, 0, max(last, _HEAD + 1), len(listing.columns) - 1)
        sheet.freeze_panes(_HEAD + 1, 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEAD)
        book.close()
    return len(listing.rows)

"""A list on paper: F4 or A4 across, headings on every page, pages numbered; whole words, never cut off."""

from __future__ import annotations

from datetime import date

from asn_desktop.core.i18n import N_, _
from asn_desktop.core.indonesian import format_date, format_number, format_short_date
from asn_desktop.core.listing import Listing, Value
from asn_desktop.reports.flow import Item
from asn_desktop.reports.fonts import Face
from asn_desktop.reports.form import Form
from asn_desktop.reports.layout import MM, Group, Paper, Row, row_block, space
from asn_desktop.reports.parts import DocumentInfo, Kit, bold
from asn_desktop.reports.text import Run


def items(listing: Listing, kit: Kit) -> list[Item]:
    """Columns share the width of the paper in the proportion of theirs."""
    whole = sum(column.width for column in listing.columns)
    edges = kit.columns(*(100 * column.width / whole for column in listing.columns))
    title = (Run(listing.title, Face.BOLD, scale=1.6),)
    quiet = (Run(f"{listing.office} · {listing.subtitle}", scale=1.1),)
    heading = row_block(
        [
            kit.cell(edge, (bold(column.heading),), shaded=True)
            for edge, column in zip(edges, listing.columns, strict=True)
        ]
    )
    found = [
        Item(row_block([kit.cell((0, kit.width), (title, quiet), border=False)])),
        Item(space(2 * MM), keep_next=bool(listing.rows)),
    ]
    if not listing.rows:
        found.append(Item(heading))
    for row in listing.rows:
        cells = [
            kit.cell(edge, _text(value), right=column.number)
            for edge, column, value in zip(edges, listing.columns, row, strict=True)
        ]
        found.append(Item(Group((Row(tuple(cells)),)), heading))
    return found


def _text(value: Value) -> str:
    if isinstance(value, date):
        return format_short_date(value)
    if isinstance(value, int | float):
        return format_number(value)
    return value or ""


def _info(listing: Listing, _blank: bool) -> DocumentInfo:
    made = _("dibuat {day}").format(day=format_date(listing.made_on))
    foot = [listing.title, listing.office, made]
    return DocumentInfo(listing.title, listing.title, foot, listing.subtitle, listing.sample)


FORM = Form("DAFTAR", N_("Daftar"), Listing, True, 12, {Paper.F4: 8.0, Paper.A4: 8.0}, items, _info)

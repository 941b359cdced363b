"""A list on paper: F4 or A4 across, headings on every page, pages numbered; whole words, never cut off."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer, TableStyle

from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_date, format_number, format_short_date
from asn_desktop.core.listing import Listing, ListingColumn, Value
from asn_desktop.reports.fonts import Face, measure, register_fonts
from asn_desktop.reports.layout import Paper

_MARGIN = 12 * mm
_LINE = Color(0.6, 0.6, 0.6)
_HEAD = Color(0.9, 0.94, 0.93)
_SIZE = 8


def render_listing(listing: Listing, paper: Paper = Paper.F4) -> bytes:
    """The list as PDF. Columns share the width of the paper in the proportion of theirs."""
    register_fonts()
    short, long = paper.millimetres
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=(long * mm, short * mm), leftMargin=_MARGIN, rightMargin=_MARGIN, topMargin=_MARGIN,
        bottomMargin=_MARGIN + 4 * mm, title=listing.title, author=listing.office,
    )  # fmt: skip
    room = long * mm - 2 * _MARGIN
    whole = sum(column.width for column in listing.columns)
    title = ParagraphStyle("title", fontName=Face.BOLD.value, fontSize=13, leading=17)
    quiet = ParagraphStyle("quiet", fontName=Face.REGULAR.value, fontSize=9, leading=12)
    head = ParagraphStyle("head", fontName=Face.BOLD.value, fontSize=_SIZE, leading=_SIZE + 2)
    body = [
        [Paragraph(_marked(column.heading, Face.BOLD), head) for column in listing.columns],
        *(_line(listing.columns, row) for row in listing.rows),
    ]
    table = LongTable(body, colWidths=[room * column.width / whole for column in listing.columns], repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.4, _LINE),
                ("BACKGROUND", (0, 0), (-1, 0), _HEAD),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 3),
                ("RIGHTPADDING", (0, 0), (-1, -1), 3),
                ("TOPPADDING", (0, 0), (-1, -1), 2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
            ]
        )
    )
    story = [
        Paragraph(_marked(listing.title, Face.BOLD), title),
        Paragraph(_marked(f"{listing.office} · {listing.subtitle}", Face.REGULAR), quiet),
        Spacer(1, 3 * mm),
        table,
    ]

    def foot(canvas: Canvas, _document: object) -> None:
        canvas.setFont(Face.REGULAR.value, 8)
        canvas.drawString(_MARGIN, 9 * mm, _("Dibuat {day}").format(day=format_date(listing.made_on)))
        canvas.drawRightString(long * mm - _MARGIN, 9 * mm, _("Halaman {n}").format(n=canvas.getPageNumber()))
        if listing.sample:
            mark = _("CONTOH · data rekaan, bukan dokumen dinas")
            canvas.setFont(Face.BOLD.value, 8)
            canvas.drawCentredString(long * mm / 2, 9 * mm, mark)

    document.build(story, onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()


def _line(columns: Sequence[ListingColumn], row: Sequence[Value]) -> list[Paragraph]:
    left = ParagraphStyle("cell", fontName=Face.REGULAR.value, fontSize=_SIZE, leading=_SIZE + 2, splitLongWords=1)
    right = ParagraphStyle("number", parent=left, alignment=TA_RIGHT)
    return [
        Paragraph(_marked(_text(value), Face.REGULAR), right if column.number else left)
        for column, value in zip(columns, row, strict=True)
    ]


def _text(value: Value) -> str:
    if isinstance(value, date):
        return format_short_date(value)
    if isinstance(value, int | float):
        return format_number(value)
    return value or ""


def _marked(text: str, face: Face) -> str:
    """Markup in which every letter has a font that can draw it."""
    words = []
    for word in text.split(" "):
        pieces = measure(word, face).pieces
        words.append(
            "".join(
                escape(piece.text)
                if piece.face is face
                else f'<font name="{piece.face.value}">{escape(piece.text)}</font>'
                for piece in pieces
            )
        )
    return " ".join(words)

"""Draws placed blocks on a reportlab canvas: fills, then lines, then letters, with few PDF operators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from asn_desktop.reports.flow import Page
from asn_desktop.reports.fonts import Face, text_width
from asn_desktop.reports.layout import BAND, PAD_X, PAD_Y, Align, Block, Cell, Frame
from asn_desktop.reports.text import BLACK, Line, lines_height

# Pages as bytes, not as ASCII letters: files are a fifth smaller and written faster.
rl_config.useA85 = 0

LINE_WIDTH = 0.5

#: Distance from the top of a line to the feet of its letters, in parts of the line's height.
_BASELINE = 0.78

#: An underline: so far below the feet, so thick, with so much air on either side of letters that hang through it.
_UNDERLINE, _UNDERLINE_WIDTH, _HANGING_AIR = 1.2, 0.6, 0.5
_HANGING = frozenset("gjpqyQJ,;()")


class Pen:
    """One pen per file; it remembers the shared blocks already stored in it."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas: Any = canvas
        self._stored: dict[int, tuple[str, Block]] = {}

    def page(self, page: Page, frame: Frame) -> None:
        for y, block in page:
            self.block(block, frame.left, frame.height - frame.top - y)

    def block(self, block: Block, x: float, top: float) -> None:
        """Draw with the upper left corner at x, top (in PDF coordinates: upwards)."""
        if block.shared:
            self._shared(block, x, top)
        else:
            self._draw(block, x, top)

    def text(self, x: float, baseline: float, text: str, face: Face, size: float, grey: float = BLACK) -> None:
        """One line, left-aligned; all its letters must be in the face."""
        self.canvas.setFillGray(grey)
        self.canvas.setFont(face.value, size)
        self.canvas.drawString(x, baseline, text)

    def text_right(self, right: float, baseline: float, text: str, face: Face, size: float, grey: float) -> None:
        self.text(right - text_width(text, face, size), baseline, text, face, size, grey)

    def lines(self, lines: Sequence[Line], x: float, top: float) -> None:
        """Lines of text under one another, left-aligned, without a cell."""
        height = lines_height(lines)
        self._letters([Cell(0, 1e6, tuple(lines), border=False, height=height + 2 * PAD_Y)], x - PAD_X, top + PAD_Y)

    def underline(self, line: Line, left: float, top: float) -> None:
        """A rule below a line of text whose upper left corner is given, open where letters hang below the line."""
        y = top - line.height * _BASELINE - _UNDERLINE
        self.canvas.setStrokeGray(BLACK)
        self.canvas.setLineWidth(_UNDERLINE_WIDTH)
        self.canvas.lines([(left + start, y, left + end, y) for start, end in underline_pieces(line)])

    def _shared(self, block: Block, x: float, top: float) -> None:
        name, _ = self._stored.get(id(block), ("", None))
        if not name:
            name = f"shared{len(self._stored)}"
            self._stored[id(block)] = (name, block)
            self.canvas.beginForm(name, -1, -block.height - 1, 2000, 1)
            self._draw(block, 0, 0)
            self.canvas.endForm()
        self.canvas.saveState()
        self.canvas.translate(round(x, 2), round(top, 2))
        self.canvas.doForm(name)
        self.canvas.restoreState()

    def _draw(self, block: Block, x: float, top: float) -> None:
        self._boxes([cell for cell in block.cells if cell.shaded], x, top, fill=True)
        self._boxes([cell for cell in block.cells if cell.border], x, top, fill=False)
        self._letters([cell for cell in block.cells if cell.lines], x, top)
        if block.paint is not None:
            block.paint(self, x, top)

    def _boxes(self, cells: Sequence[Cell], x: float, top: float, *, fill: bool) -> None:
        if not cells:
            return
        path = self.canvas.beginPath()
        for cell in cells:
            path.rect(x + cell.x, top - cell.y - cell.height, cell.width, cell.height)
        if fill:
            self.canvas.setFillColorRGB(*BAND)
        else:
            self.canvas.setStrokeGray(BLACK)
            self.canvas.setLineWidth(LINE_WIDTH)
        self.canvas.drawPath(path, stroke=not fill, fill=fill)

    def _letters(self, cells: Sequence[Cell], x: float, top: float) -> None:
        if not cells:
            return
        out = self.canvas.beginText()
        face, size, grey = None, 0.0, None
        for cell in cells:
            y = top - cell.y - PAD_Y
            if cell.middle:
                y -= (cell.height - cell.needed) / 2
            left = x + cell.x + PAD_X
            for line in cell.lines:
                baseline = y - line.height * _BASELINE
                start = left
                if cell.align is not Align.LEFT:
                    free = cell.width - 2 * PAD_X - line.width
                    start += free / 2 if cell.align is Align.CENTRE else free
                for span in line.spans:
                    if span.grey != grey:
                        grey = span.grey
                        out.setFillGray(grey)
                    if span.face is not face or span.size != size:
                        face, size = span.face, span.size
                        out.setFont(face.value, size)
                    out.setTextOrigin(start + span.x, baseline)
                    out.textOut(span.text)
                y -= line.height
        self.canvas.drawText(out)


def underline_pieces(line: Line) -> list[tuple[float, float]]:
    """Where an underline is drawn, in points from the line's left end: everywhere but at letters that hang below."""
    gaps: list[tuple[float, float]] = []
    for span in line.spans:
        for at, letter in enumerate(span.text):
            if letter in _HANGING:
                start = span.x + text_width(span.text[:at], span.face, span.size)
                end = span.x + text_width(span.text[: at + 1], span.face, span.size)
                gaps.append((start - _HANGING_AIR, end + _HANGING_AIR))
    pieces, reached = [], 0.0
    for start, end in [*gaps, (line.width, line.width)]:
        if start > reached:
            pieces.append((reached, start))
        reached = max(reached, end)
    return pieces

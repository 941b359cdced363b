"""Parts that all documents share: cells, bands, tables, signatures, footnotes, page head and foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from asn_desktop.core.i18n import _
from asn_desktop.reports.fonts import Face, text_width
from asn_desktop.reports.layout import MM, PAD_X, PAD_Y, Align, Block, Cell, Frame, Painter, row_block
from asn_desktop.reports.pen import Pen
from asn_desktop.reports.text import GREY, Paragraph, Run, plain, set_lines

FOOT_SIZE = 7.0
_FOOT_GREY = 0.35
_SAMPLE_GREY = 0.55

#: Room for a wet signature and the stamp.
SIGNING_SPACE = 17 * MM


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What margins and file say of one document: ``foot`` stands below each page, ``name`` in the reader's outline.

    ``title`` and ``subject`` are those of the file's properties; ``sample`` marks made-up people.
    """

    title: str
    name: str
    foot: Sequence[str | None]
    subject: str = ""
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Kit:
    """Type size and width of one form on one paper; makes cells. ``blank``: hints and all choices show."""

    size: float
    width: float
    blank: bool

    @property
    def hand_line(self) -> float:
        """Least height of a line that is filled in by hand on a blank form."""
        return 6 * MM if self.blank else 0

    def columns(self, *percent: float) -> tuple[tuple[float, float], ...]:
        """Left end and width of every column."""
        total, edges = 0.0, []
        for share in percent:
            edges.append((total * self.width / 100, share * self.width / 100))
            total += share
        return tuple(edges)

    def cell(
        self,
        column: tuple[float, float],
        paragraphs: Sequence[Paragraph] | str | None,
        *,
        centre: bool = False,
        right: bool = False,
        middle: bool = False,
        shaded: bool = False,
        border: bool = True,
    ) -> Cell:
        x, width = column
        if paragraphs is None or isinstance(paragraphs, str):
            paragraphs = plain(paragraphs)
        lines = set_lines(paragraphs, self.size, width - 2 * PAD_X)
        align = Align.CENTRE if centre else Align.RIGHT if right else Align.LEFT
        return Cell(x, width, lines, align, middle, shaded, border)

    def hint(self, words: str) -> tuple[Paragraph, ...]:
        """Grey italics on a blank form, nothing on a filled one."""
        return ((Run(words, Face.ITALIC, GREY),),) if self.blank else ()

    def band(self, *paragraphs: Paragraph) -> Block:
        """A shaded row over the full width."""
        return row_block([self.cell((0, self.width), paragraphs, shaded=True)])

    def centred(self, paragraphs: Sequence[Paragraph]) -> Block:
        """Lines without a box in the middle of the page."""
        return row_block([self.cell((0, self.width), paragraphs, centre=True, border=False)])


def bold(text: str) -> Paragraph:
    return (Run(text, Face.BOLD),)


def footnotes(kit: Kit, *notes: tuple[str, str]) -> Block:
    """The notes below a form, mark and text in italics."""
    paragraphs = [(Run(f"{mark} {text}", Face.ITALIC),) for mark, text in notes]
    return row_block([kit.cell((0, kit.width), paragraphs, border=False)])


def dotted(kit: Kit, column: tuple[float, float], before: str = "", most: int = 28) -> str:
    """A line to write on by hand: as many dots behind ``before`` as the column holds on one line."""
    room = column[1] - 2 * PAD_X - text_width(before, Face.REGULAR, kit.size)
    return before + "…" * max(1, min(most, int(room / text_width("…", Face.REGULAR, kit.size))))


def signature(
    kit: Kit,
    column: tuple[float, float],
    above: Sequence[Paragraph],
    name: Sequence[Paragraph],
    nip: Sequence[Paragraph] = (),
    *,
    underlined: bool = True,
    room: float = SIGNING_SPACE,
) -> Block:
    """One signature: what stands above it (place and date, title), room to sign, name, and NIP if there is one."""
    head = kit.cell(column, above, centre=True, border=False)
    foot = kit.cell(column, (*name, *nip), centre=True, border=False)
    top = head.needed + room
    height = top + foot.needed

    def underline(pen: Painter, x: float, y: float) -> None:
        below = y - top - PAD_Y
        for line in foot.lines[: len(foot.lines) - len(nip)]:
            pen.underline(line, x + column[0] + (column[1] - line.width) / 2, below)
            below -= line.height

    cells = (head.at(0, head.needed), foot.at(top, foot.needed))
    return Block(height, cells, paint=underline if underlined else None)


def beside(*blocks: Block) -> Block:
    """Blocks with their own columns side by side."""

    def paint(pen: Painter, x: float, y: float) -> None:
        for block in blocks:
            if block.paint is not None:
                block.paint(pen, x, y)

    return Block(max(block.height for block in blocks), tuple(c for block in blocks for c in block.cells), paint=paint)


def rule(height: float, width: float) -> Block:
    """A horizontal line over the full width with white around it."""

    def paint(pen: Painter, x: float, y: float) -> None:
        pen.canvas.setStrokeGray(0)
        pen.canvas.setLineWidth(0.8)
        pen.canvas.line(x, y - height / 2, x + width, y - height / 2)

    return Block(height, paint=paint)


def page_margins(pen: Pen, frame: Frame, info: DocumentInfo, number: int, of: int) -> None:
    """Foot of every page, below the frame: which document, "halaman n dari m".

    A document of made-up people carries the word CONTOH in the upper margin, so that nobody takes it for real.
    """
    page_of = _("halaman {n} dari {m}").format(n=number, m=of)
    room = frame.inner_width - 28 * MM
    lines = set_lines(plain(" · ".join(word for word in info.foot if word), grey=_FOOT_GREY), FOOT_SIZE, room)
    top = frame.bottom - 2.5 * MM
    pen.lines(lines, frame.left, top)
    right = frame.width - frame.right
    pen.text_right(right, top - FOOT_SIZE, page_of, Face.REGULAR, FOOT_SIZE, _FOOT_GREY)
    if info.sample:
        mark = _("CONTOH · data rekaan, bukan dokumen dinas")
        pen.text_right(right, frame.height - 12 * MM, mark, Face.BOLD, 8, _SAMPLE_GREY)

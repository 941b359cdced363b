"""Text cut into lines that fit a column. No mark-up language: "<b>&" is five ordinary signs.

Sizes and widths are points. The same text in the same column is cut only once (many employees share the
result of their leader, and all share the texts of the regulation).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from asn_desktop.reports.fonts import Face, Word, measure, space_width

#: Grey of hints and of choices not made; still readable from a laser printer.
GREY = 0.5
BLACK = 0.0

LEADING = 1.24


class Run(NamedTuple):
    """A stretch of text in one face and grey; ``scale`` enlarges it against the text around."""

    text: str
    face: Face = Face.REGULAR
    grey: float = BLACK
    scale: float = 1.0


class Span(NamedTuple):
    """Letters of one font, ``x`` points from the left end of their line."""

    x: float
    face: Face
    size: float
    text: str
    grey: float


class Line(NamedTuple):
    height: float
    width: float
    spans: tuple[Span, ...]


class _Token(NamedTuple):
    """``width`` and ``gap``, the blank before it, in ems of the paragraph's size."""

    word: Word
    run: Run
    width: float
    gap: float


Paragraph = tuple[Run, ...]


def plain(text: str | None, face: Face = Face.REGULAR, grey: float = BLACK) -> tuple[Paragraph, ...]:
    """One paragraph per line of a text that a person wrote; no text gives no paragraph."""
    if not text:
        return ()
    clean = unicodedata.normalize("NFC", text) if not text.isascii() else text
    return tuple((Run(part, face, grey),) for part in clean.strip().splitlines())


def set_lines(paragraphs: Sequence[Paragraph], size: float, width: float) -> tuple[Line, ...]:
    """All paragraphs cut to the width, one under the other."""
    lines: list[Line] = []
    for paragraph in paragraphs:
        lines += _set_paragraph(paragraph, size, width)
    return tuple(lines)


def lines_height(lines: Sequence[Line]) -> float:
    return sum([line.height for line in lines])


@lru_cache(maxsize=20_000)
def _set_paragraph(paragraph: Paragraph, size: float, width: float) -> tuple[Line, ...]:
    # A list item ("- …") hangs: its further lines begin under the first word.
    first = paragraph[0]
    hang = 0.0
    if first.text.startswith("- "):
        hang = measure("-", first.face).width + space_width(first.face)
    limit = (width - 0.01) / size
    lines: list[Line] = []
    row: list[_Token] = []
    used = 0.0
    for token in _tokens(paragraph, limit - hang):
        gap = token.gap if row else 0.0
        if row and used + gap + token.width > limit:
            lines.append(_line(row, size, hang if lines else 0.0))
            row, used, gap = [], hang, 0.0
        row.append(token)
        used += gap + token.width
    lines.append(_line(row, size, hang if lines else 0.0))
    return tuple(lines)


def _tokens(paragraph: Paragraph, limit: float) -> Iterator[_Token]:
    """Words with the run they come from; a word wider than a whole line is cut so that nothing is lost."""
    blank = False
    for run in paragraph:
        face, scale = run.face, run.scale
        space = space_width(face) * scale
        blank = blank or run.text[:1].isspace()
        for text in run.text.split():
            gap = space if blank else 0.0
            blank = True
            word = measure(text, face)
            if word.width * scale <= limit:
                yield _Token(word, run, word.width * scale, gap)
                continue
            for part in _cut(text, face, limit / scale):
                word = measure(part, face)
                yield _Token(word, run, word.width * scale, gap)
                gap = 0.0
        blank = run.text[-1:].isspace()


def _cut(text: str, face: Face, limit: float) -> Iterator[str]:
    """Parts of an over-long word, if possible cut behind a sign such as / or -."""
    while len(text) > 1 and measure(text, face).width > limit:
        end, width = 1, measure(text[0], face).width
        while end < len(text):
            width += measure(text[end], face).width
            if width > limit:
                break
            end += 1
        behind_sign = max(text.rfind(sign, 0, end) for sign in "/-_.,@") + 1
        if behind_sign > end // 2:
            end = behind_sign
        yield text[:end]
        text = text[end:]
    if text:
        yield text


def _line(row: Sequence[_Token], size: float, indent: float) -> Line:
    """Words set side by side; neighbours in the same font become one span. ``indent`` in ems."""
    spans: list[Span] = []
    x = indent * size
    height = size
    last_run: Run | None = None
    for index, (word, run, _, gap) in enumerate(row):
        blank = index > 0 and gap > 0
        if blank:
            x += gap * size
        own_size = size * run.scale
        height = max(height, own_size)
        for piece in word.pieces:
            last = spans[-1] if spans else None
            # A blank of the symbol font would have another width than the one measured here.
            if last and last.face is piece.face is not Face.SYMBOLS and _looks_same(last_run, run):
                text = f"{last.text} {piece.text}" if blank else last.text + piece.text
                spans[-1] = Span(last.x, last.face, own_size, text, last.grey)
            else:
                spans.append(Span(x, piece.face, own_size, piece.text, run.grey))
            x += piece.width * own_size
            blank = False
            last_run = run
    return Line(height * LEADING, x, tuple(spans))


def _looks_same(one: Run | None, other: Run) -> bool:
    return one is other or (one is not None and one[1:] == other[1:])

"""The embedded fonts of the printed forms and the widths of words in them.

Form Bonum is a Bookman, the face the regulation is set in; Form Symbols holds 👍 ☺ ☹ and a few signs more.
Both live in ``resources/fonts`` with their licences, so a form looks the same on every computer.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from asn_desktop.environment.resources import resource_path


class Face(StrEnum):
    REGULAR = "FormBonum-Regular"
    BOLD = "FormBonum-Bold"
    ITALIC = "FormBonum-Italic"
    BOLD_ITALIC = "FormBonum-BoldItalic"
    SYMBOLS = "FormSymbols-Regular"


class Piece(NamedTuple):
    """Letters that one font can draw. ``width`` is in ems."""

    face: Face
    text: str
    width: float


class Word(NamedTuple):
    """A word as pieces of fonts; ``width`` in ems."""

    pieces: tuple[Piece, ...]
    width: float


#: Drawn where no embedded font has the letter, so that a reader sees that something stands there.
UNKNOWN = "\ufffd"

#: Joiners and variation selectors say how a letter looks; they have no picture of their own.
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFE0E, 0xFE0F, 0xFEFF, 0xAD])

#: Distinct words kept per face; an office has far fewer.
_MAX_WORDS = 50_000

_words: dict[Face, dict[str, Word]] = {face: {} for face in Face}


@cache
def register_fonts() -> None:
    """Make the embedded fonts known to reportlab; later calls do nothing."""
    for face in Face:
        pdfmetrics.registerFont(_Font(face.value, str(resource_path("fonts", f"{face.value}.ttf"))))


@cache
def letter_widths(face: Face) -> dict[int, float]:
    """Width of every letter in the face, in ems, by code point."""
    register_fonts()
    font = pdfmetrics.getFont(face.value).face
    return {code: font.charWidths[code] / 1000 for code in font.charToGlyph}


def measure(word: str, face: Face) -> Word:
    """The word (no blanks in it) cut into pieces by font, with its width."""
    known = _words[face]
    found = known.get(word)
    if found is None:
        if len(known) >= _MAX_WORDS:
            known.clear()
        found = known[word] = _measure(word, face)
    return found


def space_width(face: Face) -> float:
    """Width of a blank, in ems."""
    return letter_widths(face)[32]


def text_width(text: str, face: Face, size: float) -> float:
    """Width of one line of text, in points."""
    words = [measure(word, face).width for word in text.split(" ")]
    return size * (sum(words) + space_width(face) * (len(words) - 1))


class _Font(TTFont):  # type: ignore[misc]  # reportlab has no types
    """A font whose letters beyond U+FFFF (👍) can be searched and copied.

    reportlab writes them into the table of letters as five digits; PDF wants a UTF-16 pair.
    """

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab calls it by this name
        super().addObjects(doc)
        for name, entry in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:"):
                entry.content = re.sub(r"<([0-9A-F]{5,6})>", _utf16, entry.content)


def _utf16(found: re.Match[str]) -> str:
    return f"<{chr(int(found[1], 16)).encode('utf-16-be').hex().upper()}>"


def _measure(word: str, face: Face) -> Word:
    widths = letter_widths(face)
    try:
        width = sum([widths[ord(letter)] for letter in word])
        return Word((Piece(face, word, width),), width)
    except KeyError:
        return _with_fallback(word.translate(_INVISIBLE), face)


def _with_fallback(word: str, face: Face) -> Word:
    own, symbols = letter_widths(face), letter_widths(Face.SYMBOLS)
    pieces: list[Piece] = []
    for letter in word:
        code = ord(letter)
        if code in own:
            piece = Piece(face, letter, own[code])
        elif code in symbols:
            piece = Piece(Face.SYMBOLS, letter, symbols[code])
        else:
            piece = Piece(Face.SYMBOLS, UNKNOWN, symbols[ord(UNKNOWN)])
        if pieces and pieces[-1].face is piece.face:
            last = pieces.pop()
            piece = Piece(last.face, last.text + piece.text, last.width + piece.width)
        pieces.append(piece)
    return Word(tuple(pieces), sum(piece.width for piece in pieces))

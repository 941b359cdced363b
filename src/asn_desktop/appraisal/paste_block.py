"""The cells of a pasted block, and what they look like: a number of somebody, a rating, a predicate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from asn_desktop.appraisal.columns import RATING_COLUMNS
from asn_desktop.appraisal.predicate import Predicate, Rating
from asn_desktop.appraisal.rating_words import rating_meant
from asn_desktop.core.columns import normalise_heading

Cells = list[str]
BARE_DIGITS = frozenset("123")
"""Refused: in the national data 1 is *Di Atas*, on the keys of the grid 1 is *Di Bawah* (domain: exchange names)."""

_QUOTED = re.compile(r'"([^"]*(?:""[^"]*)*)"(?=[\t\n]|\Z)')
_PLAIN = re.compile(r"[^\t\n]*")
_NOT_DIGIT = re.compile(r"[\s.'’‘\u00a0-]+")
_SCIENTIFIC = re.compile(r"^'?\d(?:[.,]\d*)?\s*E\s*\+?\s*1\d$", re.I)
_NIP_WORD = re.compile(r"^(?:NIP|NI\s*PPPK)\b[\s.:]*", re.I)
_RUNNING_NUMBER = re.compile(r"^\d{1,5}[.)]?$")
_ENUMERATOR = re.compile(r"^\s*\d{1,3}[.)]\s+")
_BETWEEN = re.compile(r"\s+[-–—/]+\s+|\s*[:;|]\s+|,\s+")
_NUMBER_INSIDE = re.compile(r"(?<!\d)\d{8}[ ]?\d{6}[ ]?\d[ ]?\d{3}(?!\d)")


def read_block(text: str) -> list[Cells]:
    """The lines of a block. A cell in quotes may hold line breaks and quotes, as Excel writes them; a message that has
    no columns is taken apart at its dashes, colons and commas where a line names a NIP."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    if "\t" not in text and _NUMBER_INSIDE.search(text):
        return [[piece.strip() for piece in _BETWEEN.split(_ENUMERATOR.sub("", line))] for line in text.split("\n")]
    rows: list[Cells] = [[]]
    place = 0
    while True:
        quoted = _QUOTED.match(text, place) if text[place : place + 1] == '"' else None
        match = quoted or _PLAIN.match(text, place)
        assert match is not None
        value = quoted[1].replace('""', '"') if quoted else match[0]
        rows[-1].append(" ".join(value.split()))
        place = match.end()
        if place >= len(text):
            return rows
        if text[place] == "\n":
            rows.append([])
        place += 1


def nip_of(text: str) -> str | None:
    """18 digits in whatever way they are printed; says nothing about whose they are."""
    digits = _NOT_DIGIT.sub("", _NIP_WORD.sub("", text))
    return digits if len(digits) == 18 and digits.isdigit() else None


def is_like_nip(text: str) -> bool:
    """Something that names a person by number, though perhaps not a readable one: 1,98503E+17, a digit missing."""
    if len(text) > 40:
        return False
    bare = _NOT_DIGIT.sub("", _NIP_WORD.sub("", text))
    return bool(_SCIENTIFIC.match(text.strip())) or (bare.isdigit() and len(bare) >= 12)


def is_running_number(text: str) -> bool:
    return bool(_RUNNING_NUMBER.match(text))


def is_heading(cells: Sequence[str]) -> bool:
    keys = {RATING_COLUMNS.key_of(cell) for cell in cells if 0 < len(cell) <= 60 and not cell[0].isdigit()}
    return bool(keys & {"nip", "result_rating", "behaviour_rating"}) and not any(map(is_like_nip, cells))


def parse_rating(text: str) -> Rating | None:
    """A rating in any spelling of the catalogue; None when it is something else, a bare digit too."""
    if len(text) > 60:
        return None
    meant = _ratings().get(normalise_heading(text)) or rating_meant(text)
    return Rating(meant) if meant else None


def parse_predicate(text: str) -> Predicate | None:
    """A predicate in any spelling of the catalogue."""
    return _predicates().get(normalise_heading(text)) if len(text) <= 60 else None


def looks_like_rating(text: str) -> bool:
    """A rating that somebody misspelt."""
    words = normalise_heading(text) if len(text) <= 60 else ""
    return any(part in words for part in ("EKSP", "EKPEK", "SESUAI", "ATAS", "BAWAH"))


@cache
def _ratings() -> dict[str, Rating]:
    return {word: Rating(value) for word, value in _spellings("result_rating").items()} | {
        normalise_heading(rating): rating for rating in Rating
    }


@cache
def _predicates() -> dict[str, Predicate]:
    return {word: Predicate(value) for word, value in _spellings("predicate").items()}


def _spellings(key: str) -> dict[str, str]:
    column = RATING_COLUMNS[key]
    known = {normalise_heading(label): value for value, label in column.choices}
    return known | {normalise_heading(spelling): value for spelling, value in column.spellings}

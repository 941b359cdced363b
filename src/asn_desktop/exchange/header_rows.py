"""The rows of a header: whether some rows can be one, and the words over each column."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from asn_desktop.core.identifiers import looks_like_nip
from asn_desktop.core.names import clean_spaces
from asn_desktop.exchange.scan import Merge
from asn_desktop.exchange.workbook import Cell

ABOVE = "›"
"""Joins a heading to the one above it, where two rows become one: "PANGKAT › TMT". Read back as two."""


def may_be_header(block: Sequence[list[Cell]]) -> bool:
    """Headings are words: no dates, no NIP, no long numbers; two of them at least, but in one row of a pair."""
    for row in block:
        filled = [cell for cell in row if cell != ""]
        if not filled or (len(block) != 2 and len(filled) < 2):
            return False
        if any(not isinstance(cell, str) or looks_like_nip(cell) for cell in filled):
            return False
    return True


def heading_paths(
    rows: Sequence[list[Cell]], first: int, last: int, merged: Sequence[Merge], top: int = 0
) -> dict[int, tuple[str, ...]]:
    """Column → heading texts from above to below; a merged parent stands over all its children.

    ``top``: the row of the sheet that ``rows`` begin with.
    """
    width = max(len(row) for row in rows[first : last + 1])
    lines = []
    for number in range(first, last + 1):
        row = rows[number]
        lines.append([clean_spaces(cell) if isinstance(cell, str) else "" for cell in row] + [""] * (width - len(row)))
    wide = [(merge.first_row - top - first, merge) for merge in merged if merge.last_column > merge.first_column]
    wide = [(line, merge) for line, merge in wide if 0 <= line < len(lines)]  # merged downwards the text stands once
    for line, merge in wide:
        text = lines[line][merge.first_column] if merge.first_column < width else ""
        for column in range(merge.first_column, min(merge.last_column, width - 1) + 1):
            lines[line][column] = text
    for line, (parents, children) in enumerate(pairwise(lines)):
        if not any(merged_line == line for merged_line, _merge in wide):
            _spread_parents(parents, children)
    paths = {}
    for column in range(width):
        texts = [text.strip() for line in lines for text in line[column].split(ABOVE) if text.strip()]
        if texts:
            paths[column] = tuple(dict.fromkeys(texts))
    return paths


def _spread_parents(parents: list[str], children: list[str]) -> None:
    """Without merges (some programs write none) a parent reaches over the children right of it."""
    current = ""
    for column, child in enumerate(children):
        if parents[column]:
            current = parents[column] if child else ""
        elif child:
            parents[column] = current
        else:
            current = ""

"""A block copied from Excel or WhatsApp becomes rating changes, shown before anything is written.

Two shapes are understood: rows with a NIP somewhere (any order, other columns ignored), or only ratings in the order
of the rows on screen. Words in any spelling of the field catalogue; an empty cell leaves the rating alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from asn_desktop.appraisal.columns import RATING_COLUMNS
from asn_desktop.appraisal.commands import KEEP, Keep, RatingChange
from asn_desktop.appraisal.predicate import Rating
from asn_desktop.core.columns import normalise_heading
from asn_desktop.core.i18n import _

_NOT_DIGIT = re.compile(r"[\s.'’‘\u00a0-]+")
_DIGITS = frozenset("123")
"""Refused: in the national data 1 is *Di Atas*, on the keys of the grid 1 is *Di Bawah* (domain: exchange names)."""


@dataclass(frozen=True, slots=True)
class RejectedCell:
    """A cell that is not taken: ``row`` and ``column`` count from 1 inside the pasted block."""

    row: int
    column: int
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class PastePlan:
    """What a paste would write; ``rows`` counts the lines of the block without its heading."""

    changes: tuple[RatingChange, ...]
    rejected: tuple[RejectedCell, ...]
    rows: int
    by_nip: bool


def plan_paste(
    text: str,
    order: Sequence[int],
    by_nip: Mapping[str, int],
    *,
    first_row: int = 0,
    behaviour_first: bool = False,
) -> PastePlan:
    """Read a tab-separated block.

    ``order``: evaluation ids as shown, from which the row ``first_row`` takes the first line when there is no NIP.
    ``by_nip``: NIP → evaluation id, for blocks that carry NIP. ``behaviour_first``: a single column was pasted on the
    column of perilaku kerja.
    """
    lines = text.replace("\r\n", "\n").rstrip("\n").split("\n")
    block = [[cell.strip() for cell in line.split("\t")] for line in lines]
    nip_column = _nip_column(block)
    rejected: list[RejectedCell] = []
    changes: list[RatingChange] = []
    seen: dict[int, int] = {}
    offset = 0
    for number, cells in enumerate(block, start=1):
        if not any(cells):
            continue
        if _is_heading(cells):
            offset += 1
            continue
        columns = _rating_cells(cells, nip_column)
        if nip_column is not None:
            target = _by_nip(cells, nip_column, number, by_nip, rejected)
        else:
            target = _by_order(number - 1 - offset + first_row, order, number, columns, rejected)
        if target is None:
            continue
        if target in seen:
            text_ = _("Pegawai ini sudah ada pada baris {n}.").format(n=seen[target])
            rejected.append(RejectedCell(number, 1, cells[0], text_))
            continue
        seen[target] = number
        change = _change(target, number, columns, behaviour_first, rejected)
        if change is not None:
            changes.append(change)
    return PastePlan(tuple(changes), tuple(rejected), len(block) - offset, nip_column is not None)


def parse_rating(text: str) -> Rating | None:
    """A rating in any spelling of the catalogue; None when it is something else, a bare digit too."""
    return _spellings().get(normalise_heading(text))


@cache
def _spellings() -> dict[str, Rating]:
    column = RATING_COLUMNS["result_rating"]
    known = {normalise_heading(label): Rating(value) for value, label in column.choices}
    known |= {normalise_heading(spelling): Rating(value) for spelling, value in column.spellings}
    return known | {normalise_heading(rating): rating for rating in Rating}


def _nip(text: str) -> str | None:
    digits = _NOT_DIGIT.sub("", text)
    return digits if len(digits) == 18 and digits.isdigit() else None


def _nip_column(block: Sequence[Sequence[str]]) -> int | None:
    for cells in block:
        for place, cell in enumerate(cells):
            if _nip(cell):
                return place
    return None


def _is_heading(cells: Sequence[str]) -> bool:
    keys = {RATING_COLUMNS.key_of(cell) for cell in cells if cell}
    return bool(keys & {"nip", "result_rating", "behaviour_rating"}) and not any(_nip(cell) for cell in cells)


def _rating_cells(cells: Sequence[str], nip_column: int | None) -> list[tuple[int, str]]:
    """(column, text) of the cells that may hold the two ratings, at most two.

    Beside a NIP: the first two neighbours that read as ratings; if only one does, the cell after it, so that a
    misspelt word is reported instead of passed over. Without a NIP: the first two cells.
    """
    if nip_column is None:
        return [(place, cell) for place, cell in enumerate(cells[:2])]
    after = [(place, cell) for place, cell in enumerate(cells) if place != nip_column]
    hits = [place for place, cell in after if parse_rating(cell)]
    if len(hits) >= 2:
        return [(place, cells[place]) for place in hits[:2]]
    if len(hits) == 1:
        place = hits[0]
        before, behind = cells[place - 1] if place > 0 else "", cells[place + 1] if place + 1 < len(cells) else ""
        if place - 1 > nip_column and before and _looks_like_rating(before):
            return [(place - 1, before), (place, cells[place])]
        return [(place, cells[place]), (place + 1, behind)] if behind else [(place, cells[place])]
    tail = [(place, cell) for place, cell in after if place > nip_column]
    digits = [(place, cell) for place, cell in tail if cell in _DIGITS]
    return digits[:2] or tail[-2:]


def _looks_like_rating(text: str) -> bool:
    words = normalise_heading(text)
    return any(part in words for part in ("EKSP", "EKPEK", "SESUAI", "ATAS", "BAWAH"))


def _by_nip(
    cells: Sequence[str], column: int, row: int, by_nip: Mapping[str, int], rejected: list[RejectedCell]
) -> int | None:
    value = cells[column] if column < len(cells) else ""
    nip = _nip(value)
    if nip is None:
        rejected.append(RejectedCell(row, column + 1, value, _("Bukan NIP 18 angka; baris ini tidak diambil.")))
        return None
    target = by_nip.get(nip)
    if target is None:
        rejected.append(RejectedCell(row, column + 1, value, _("NIP ini tidak ada pada periode ini.")))
    return target


def _by_order(
    place: int, order: Sequence[int], row: int, columns: Sequence[tuple[int, str]], rejected: list[RejectedCell]
) -> int | None:
    if place < len(order):
        return order[place]
    value = columns[0][1] if columns else ""
    rejected.append(RejectedCell(row, 1, value, _("Baris melewati akhir daftar.")))
    return None


def _change(
    target: int, row: int, columns: Sequence[tuple[int, str]], behaviour_first: bool, rejected: list[RejectedCell]
) -> RatingChange | None:
    found: list[Rating | Keep] = []
    for place, text in columns:
        rating = parse_rating(text) if text else None
        if text and rating is None:
            reason = (
                _("Angka tidak diambil karena urutannya berbeda-beda (pada data nasional 1 = Di Atas). Tulis katanya.")
                if text in _DIGITS
                else _("Bukan rating. Tulis Di Atas, Sesuai, atau Di Bawah Ekspektasi.")
            )
            rejected.append(RejectedCell(row, place + 1, text, reason))
        found.append(rating or KEEP)
    if all(item is KEEP for item in found):
        return None
    if len(found) == 1 and behaviour_first:
        return RatingChange(target, behaviour=found[0])
    return RatingChange(target, result=found[0], behaviour=found[1] if len(found) > 1 else KEEP)

"""A block copied from Excel or WhatsApp becomes rating changes, shown before anything is written.

Two shapes are understood: rows with a NIP somewhere (any order, other columns ignored), or nothing but ratings in the
order of the rows on screen. Anything that names a person forbids the second: ratings would land on whoever stands
there. Words in any spelling of the field catalogue; an empty cell leaves the rating alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from asn_desktop.appraisal.columns import RATING_COLUMNS
from asn_desktop.appraisal.commands import KEEP, Keep, RatingChange
from asn_desktop.appraisal.paste_block import (
    BARE_DIGITS,
    Cells,
    is_heading,
    is_like_nip,
    is_running_number,
    looks_like_rating,
    nip_of,
    parse_predicate,
    parse_rating,
    read_block,
)
from asn_desktop.appraisal.predicate import Predicate, Rating
from asn_desktop.core.i18n import _
from asn_desktop.core.identifiers import IdentifierError, parse_nip
from asn_desktop.core.name_match import may_be_one
from asn_desktop.core.names import search_key, split_name

__all__ = ["PasteLine", "PastePlan", "RejectedCell", "parse_rating", "plan_paste"]
_LOOKED_AT = 200
_MANY = 3


@dataclass(frozen=True, slots=True)
class RejectedCell:
    """A cell that is not taken: ``row`` and ``column`` count from 1 inside the pasted block."""

    row: int
    column: int
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class PasteLine:
    """Where a change comes from: the line (from 1), the predicate that stands in it, what a person should look at."""

    row: int
    declared: Predicate | None = None
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class PastePlan:
    """What a paste would write; ``rows`` counts the lines of the block without its heading.

    ``lines``: evaluation id → its line. ``refusal`` says why nothing of the block is taken.
    """

    changes: tuple[RatingChange, ...]
    rejected: tuple[RejectedCell, ...]
    rows: int
    by_nip: bool
    lines: Mapping[int, PasteLine] = field(default_factory=dict)
    refusal: str = ""


def plan_paste(
    text: str,
    order: Sequence[int],
    by_nip: Mapping[str, int],
    *,
    names: Mapping[int, str] | None = None,
    first_row: int = 0,
    behaviour_first: bool = False,
) -> PastePlan:
    """Read a tab-separated block.

    ``order``: evaluation ids as shown, from which the row ``first_row`` takes the first line when there is no NIP.
    ``by_nip``: NIP → evaluation id, for blocks that carry NIP; ``names``: evaluation id → name, to compare with a name
    beside the NIP. ``behaviour_first``: a single column was pasted on the column of perilaku kerja.
    """
    block = read_block(text)
    headings: list[Cells] = []
    lines: list[tuple[int, Cells]] = []
    for number, cells in enumerate(block, start=1):
        if is_heading(cells):
            headings.append(cells)
        else:
            lines.append((number, cells))
    rows = len(lines)
    nip_column = _nip_column(lines, headings)
    if nip_column is None:
        return _by_order(lines, order, first_row, behaviour_first=behaviour_first)
    name_column = _name_column(lines, headings, nip_column, names or {})
    reader = _Reader(rejected=[], names=names or {})
    for number, cells in lines:
        if any(cells):
            target = reader.owner(cells, nip_column, number, by_nip)
            name = cells[name_column] if name_column is not None and name_column < len(cells) else ""
            if target is not None and reader.agrees(target, number, name, name_column):
                columns = _rating_cells(cells, nip_column)
                reader.take(target, number, cells, columns, behaviour_first=behaviour_first)
    if reader.strangers >= _MANY and 2 * reader.strangers > reader.compared:
        text_ = _("Nama bergeser terhadap NIP pada {n} dari {total} baris, jadi tidak ada yang diambil.")
        refusal = text_.format(n=reader.strangers, total=reader.compared)
        return PastePlan((), tuple(reader.rejected), rows, by_nip=True, refusal=refusal)
    return PastePlan(tuple(reader.changes), tuple(reader.rejected), rows, by_nip=True, lines=reader.lines)


def _by_order(
    lines: Sequence[tuple[int, Cells]], order: Sequence[int], first_row: int, *, behaviour_first: bool
) -> PastePlan:
    skipped = _numbering(lines)
    odd = _other_than_ratings(lines, skipped)
    if odd is not None:
        reason = _("Isi ini bukan rating, dan di baris ini tidak ada NIP.")
        text = _("Baris {row} memuat “{value}”, bukan rating. Tanpa NIP tidak jelas milik siapa, jadi tidak diambil.")
        refusal = text.format(row=odd[0], value=odd[2][:40])
        return PastePlan((), (RejectedCell(*odd, reason),), len(lines), by_nip=False, refusal=refusal)
    reader = _Reader(rejected=[], names={})
    for place, (number, cells) in enumerate(lines, start=first_row):
        if not any(cells):
            continue
        columns = [(column, cells[column]) for column in range(skipped, min(len(cells), skipped + 2))]
        if place < len(order):
            reader.take(order[place], number, cells, columns, behaviour_first=behaviour_first)
        else:
            value = columns[0][1] if columns else ""
            reader.rejected.append(RejectedCell(number, 1, value, _("Baris melewati akhir daftar.")))
    return PastePlan(tuple(reader.changes), tuple(reader.rejected), len(lines), by_nip=False, lines=reader.lines)


@dataclass(slots=True)
class _Reader:
    """Gathers what the lines come to. ``strangers`` of ``compared`` names are not those of their NIPs."""

    rejected: list[RejectedCell]
    names: Mapping[int, str]
    changes: list[RatingChange] = field(default_factory=list)
    lines: dict[int, PasteLine] = field(default_factory=dict)
    compared: int = 0
    strangers: int = 0
    _doubt: str = ""
    _first: dict[int, int] = field(default_factory=dict)

    def owner(self, cells: Cells, column: int, row: int, by_nip: Mapping[str, int]) -> int | None:
        """The evaluation of the NIP in a line."""
        value = cells[column] if column < len(cells) else ""
        nip = nip_of(value)
        target = by_nip.get(nip) if nip else None
        if target is None:
            self.rejected.append(RejectedCell(row, column + 1, value, _unreadable(value, nip)))
        return target

    def agrees(self, target: int, row: int, name: str, column: int | None) -> bool:
        """Whether the name beside a NIP can be its owner's; another spelling is a doubt."""
        known = self.names.get(target, "")
        self._doubt = ""
        if not name or not known or column is None:
            return True
        self.compared += 1
        if may_be_one(name, known):
            if search_key(split_name(name)[1]) != search_key(known):
                self._doubt = _("Tertulis “{name}”").format(name=name[:60])
            return True
        self.strangers += 1
        reason = _("NIP di baris ini milik {owner}; baris ini tidak diambil.").format(owner=known)
        self.rejected.append(RejectedCell(row, column + 1, name, reason))
        return False

    def take(
        self, target: int, row: int, cells: Cells, columns: Sequence[tuple[int, str]], *, behaviour_first: bool
    ) -> None:
        """The ratings of one line for one person; a second line of the same person is not taken."""
        if target in self._first:
            text = _("Pegawai ini sudah ada pada baris {n}.").format(n=self._first[target])
            self.rejected.append(RejectedCell(row, 1, cells[0], text))
            return
        self._first[target] = row
        before = len(self.rejected)
        change = _change(target, row, columns, behaviour_first, self.rejected)
        if change is None:
            return
        if len(self.rejected) > before:
            self._doubt = self._doubt or _("Hanya satu rating yang terbaca")
        taken = {column for column, _text in columns}
        rest = (cell for column, cell in enumerate(cells) if column not in taken)
        declared = next((found for cell in rest if (found := parse_predicate(cell)) is not None), None)
        self.changes.append(change)
        self.lines[target] = PasteLine(row, declared, self._doubt)


def _unreadable(value: str, nip: str | None) -> str:
    """Why a line's number leads to nobody."""
    if nip is None and not is_like_nip(value):
        return _("Bukan NIP 18 angka; baris ini tidak diambil.")
    try:
        parse_nip(value)
    except IdentifierError as error:
        return error.reason
    return _("NIP ini tidak ada pada periode ini.")


def _nip_column(lines: Sequence[tuple[int, Cells]], headings: Sequence[Cells]) -> int | None:
    """The column of the NIPs: as its heading says, else the first that holds one, else one that is like it."""
    for cells in headings:
        for column, cell in enumerate(cells):
            if RATING_COLUMNS.key_of(cell) == "nip":
                return column
    for test in (nip_of, is_like_nip):
        for _number, cells in lines:
            for column, cell in enumerate(cells):
                if test(cell):
                    return column
    return None


def _name_column(
    lines: Sequence[tuple[int, Cells]], headings: Sequence[Cells], nip_column: int, names: Mapping[int, str]
) -> int | None:
    """The column of the names: as its heading says, else the one in which known names stand."""
    for cells in headings:
        for column, cell in enumerate(cells):
            if RATING_COLUMNS.key_of(cell) == "name":
                return column
    known = {search_key(name) for name in names.values()}
    found: Counter[int] = Counter()
    for _number, cells in lines[:_LOOKED_AT]:
        for column, cell in enumerate(cells):
            if column != nip_column and 0 < len(cell) <= 120 and search_key(split_name(cell)[1]) in known:
                found[column] += 1
    return found.most_common(1)[0][0] if found else None


def _numbering(lines: Sequence[tuple[int, Cells]]) -> int:
    """1 where the first column only counts the lines and ratings stand beside it, else 0."""
    filled = [cells for _number, cells in lines if any(cells)]
    counted = bool(filled) and all(is_running_number(cells[0]) for cells in filled)
    return int(counted and any(len(cells) > 1 and parse_rating(cells[1]) for cells in filled))


def _other_than_ratings(lines: Sequence[tuple[int, Cells]], skipped: int) -> tuple[int, int, str] | None:
    """The first cell (line, column, text) that is neither a rating nor what stands beside ratings."""
    for number, cells in lines:
        for column, cell in enumerate(cells[skipped:], start=skipped):
            harmless = not cell or cell in BARE_DIGITS or cell == "-"
            if not harmless and not parse_rating(cell) and not parse_predicate(cell) and not looks_like_rating(cell):
                return number, column + 1, cell
    return None


def _rating_cells(cells: Sequence[str], nip_column: int) -> list[tuple[int, str]]:
    """(column, text) of the cells beside a NIP that may hold the two ratings, at most two.

    The first two that read as ratings; if only one does, the cell after it, so that a misspelt word is reported instead
    of passed over.
    """
    after = [(place, cell) for place, cell in enumerate(cells) if place != nip_column]
    hits = [place for place, cell in after if parse_rating(cell)]
    if len(hits) >= 2:
        return [(place, cells[place]) for place in hits[:2]]
    if len(hits) == 1:
        place = hits[0]
        before, behind = cells[place - 1] if place > 0 else "", cells[place + 1] if place + 1 < len(cells) else ""
        if place - 1 > nip_column and before and looks_like_rating(before):
            return [(place - 1, before), (place, cells[place])]
        return [(place, cells[place]), (place + 1, behind)] if behind else [(place, cells[place])]
    tail = [(place, cell) for place, cell in after if place > nip_column]
    digits = [(place, cell) for place, cell in tail if cell in BARE_DIGITS]
    return digits[:2] or tail[-2:]


def _change(
    target: int, row: int, columns: Sequence[tuple[int, str]], behaviour_first: bool, rejected: list[RejectedCell]
) -> RatingChange | None:
    found: list[Rating | Keep] = []
    for place, text in columns:
        rating = parse_rating(text) if text else None
        if text and rating is None:
            reason = (
                _("Angka tidak diambil karena urutannya berbeda-beda (pada data nasional 1 = Di Atas). Tulis katanya.")
                if text in BARE_DIGITS
                else _("Bukan rating. Tulis Di Atas, Sesuai, atau Di Bawah Ekspektasi.")
            )
            rejected.append(RejectedCell(row, place + 1, text, reason))
        found.append(rating or KEEP)
    if all(item is KEEP for item in found):
        return None
    if len(found) == 1 and behaviour_first:
        return RatingChange(target, behaviour=found[0])
    return RatingChange(target, result=found[0], behaviour=found[1] if len(found) > 1 else KEEP)

"""Names that stand at somebody else's NIP: a column sorted alone, a cell deleted and the rest shifted up.

One such row waits for a person; a sheet in which they are many, or follow each other in step, is refused whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.core.name_match import may_be_one, share_a_word
from asn_desktop.core.names import search_key, split_name
from asn_desktop.exchange.plan import Fate, Option, PlannedRow, planned
from asn_desktop.exchange.read_file import ReadFile
from asn_desktop.exchange.records import CleanRow

_FEW = 3
"""Fewer strangers than this are told one by one."""
_REACH = 3
"""How many rows apart a name and its NIP are looked for."""
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Strangers:
    """``owners``: place of a row → name of the NIP's owner, where the row's name cannot be one with it."""

    owners: Mapping[tuple[str, int], str]
    shifted: frozenset[str]
    """Sheets whose names are shifted against the NIPs."""

    def refuses(self, row: CleanRow) -> bool:
        return row.sheet in self.shifted


def find_strangers(read: ReadFile, owner: Callable[[CleanRow], str | None]) -> Strangers:
    """Compare each row's name with that of the person it is about (None: nobody here); shifted sheets are noted."""
    sheets: dict[str, list[tuple[CleanRow, str, bool]]] = {}
    for row in read.rows:
        name, known = row.values.get("name"), owner(row)
        if known and isinstance(name, str):
            strange = name != known and not may_be_one(name, known)
            sheets.setdefault(row.sheet, []).append((row, known, strange))
    owners: dict[tuple[str, int], str] = {}
    shifted = set()
    for sheet, rows in sheets.items():
        strange_rows = [(row, known) for row, known, strange in rows if strange]
        owners.update({(row.sheet, row.row): known for row, known in strange_rows})
        if len(strange_rows) >= _FEW and (_mostly_foreign(rows) or _in_step(rows) or _mixed(rows)):
            shifted.add(sheet)
            read.notes.append(_note(read, strange_rows))
    return Strangers(owners, frozenset(shifted))


def refused(row: CleanRow, read: ReadFile, strangers: Strangers) -> PlannedRow:
    """A row of a shifted sheet: not taken, whatever it says."""
    known = strangers.owners.get((row.sheet, row.row))
    whole = _("Nama di lembar ini bergeser terhadap NIP, jadi tidak ada baris yang diambil.")
    hint = _("Betulkan urutan nama dan NIP di berkas asal, lalu impor lagi.")
    text = _whose(row, known) if known else whole
    row.issues.append(read.issue(row, "name", "names_shifted", text, hint, value=_name(row)))
    return planned(row, Fate.REJECTED)


def questioned(row: CleanRow, read: ReadFile, strangers: Strangers) -> bool:
    """Tell that the row's name is not that of the NIP's owner; False when it is."""
    known = strangers.owners.get((row.sheet, row.row))
    if known is None:
        return False
    hint = _("Periksa NIP dan namanya. Sebelum diputuskan, data tidak berubah.")
    text = _whose(row, known)
    row.issues.append(
        read.issue(row, "name", "name_other_person", text, hint, severity=Severity.DECISION, value=_name(row))
    )
    return True


def told_spelling(row: CleanRow, read: ReadFile, known: str) -> bool:
    """Whether the row has the person's name; another spelling of it is pointed out, a stranger's name is not."""
    name = _name(row)
    same = search_key(split_name(name)[1]) == search_key(known)
    if name and not same and may_be_one(name, known):
        text = _("Nama di berkas “{name}”, sedangkan pemilik NIP ini {stored}.").format(name=name, stored=known)
        row.issues.append(read.issue(row, "name", "name_differs", text, severity=Severity.WARNING, value=name))
    return same


def held(row: PlannedRow, label: str) -> PlannedRow:
    """The row waiting for a person, ``use`` being what it would have become. Writing nothing needs no choice."""
    if row.fate not in (Fate.NEW, Fate.CHANGED):
        return row
    option = Option("use", label, row.fate, row.values, row.changes, row.target)
    return replace(row, fate=Fate.CONFLICT, changes=(), options=(option,))


def _mostly_foreign(rows: Sequence[tuple[CleanRow, str, bool]]) -> bool:
    """Whether more than half of the names have nothing at all in common with the owner's."""
    foreign = sum(strange and not share_a_word(str(row.values["name"]), known) for row, known, strange in rows)
    return foreign >= _FEW and 2 * foreign > len(rows)


def _in_step(rows: Sequence[tuple[CleanRow, str, bool]]) -> bool:
    """Whether names stand the same number of rows from their NIP, again and again."""
    steps: Counter[int] = Counter()
    for place, (row, _known, strange) in enumerate(rows):
        if strange:
            name = search_key(str(row.values["name"]))
            for step in (*range(-_REACH, 0), *range(1, _REACH + 1)):
                if 0 <= place + step < len(rows) and search_key(rows[place + step][1]) == name:
                    steps[step] += 1
    return any(count >= _FEW for count in steps.values())


def _mixed(rows: Sequence[tuple[CleanRow, str, bool]]) -> bool:
    """Whether a quarter of the rows carry the name of somebody else in the same sheet."""
    owners = {search_key(known) for _row, known, _strange in rows}
    elsewhere = sum(strange and search_key(str(row.values["name"])) in owners for row, _known, strange in rows)
    return elsewhere >= _FEW and 4 * elsewhere >= len(rows)


def _note(read: ReadFile, rows: Sequence[tuple[CleanRow, str]]) -> Issue:
    first = rows[0][0]
    cells = "; ".join(
        _("{cell} “{name}” pada NIP milik {owner}").format(cell=_cell(read, row), name=_name(row), owner=known)
        for row, known in rows[:_NAMED]
    )
    more = _(" dan {n} baris lain").format(n=len(rows) - _NAMED) if len(rows) > _NAMED else ""
    text = _("Nama bergeser terhadap NIP di lembar “{sheet}”: {cells}{more}. Seluruh lembar ini tidak diambil.").format(
        sheet=first.sheet, cells=cells, more=more
    )
    hint = _("Mungkin satu kolom diurutkan sendiri. Urutkan seluruh tabel di berkas asal, lalu impor lagi.")
    return read.issue(first, "name", "names_shifted", text, hint, value=_name(first))


def _cell(read: ReadFile, row: CleanRow) -> str:
    return read.issue(row, "name", "", "").location.cell


def _whose(row: CleanRow, known: str) -> str:
    return _("Nama di berkas “{name}”, sedangkan NIP ini milik {owner}.").format(name=_name(row), owner=known)


def _name(row: CleanRow) -> str:
    return str(row.values.get("name") or "")

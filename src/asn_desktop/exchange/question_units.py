"""Offices and units that the tree does not know: which one is meant, or is it new? Once per spelling.

Into an office without any OPD new ones are what is expected; there only spellings in the file that look like each other
are asked about. Afterwards every strange OPD is, and every unit that could be one that its OPD has already.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from asn_desktop.core.i18n import _
from asn_desktop.exchange.questions import Choice, Question, Sample
from asn_desktop.exchange.read_file import ReadFile
from asn_desktop.exchange.records import CleanRow
from asn_desktop.reference.queries import UnitRow
from asn_desktop.reference.rules import match_name
from asn_desktop.reference.unit_names import alike, could_be, groups

NEW = "new"
_LISTED = 40
_OPD, _UNIT = "opd", "unit"


@dataclass(slots=True)
class Tree:
    """This office's own units by name: ``opds`` and, per OPD, its units; match name → name as written."""

    opds: dict[str, str] = field(default_factory=dict)
    units: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Sequence[UnitRow]) -> Tree:
        tree = cls()
        own = [row for row in rows if row.office == ""]
        opd_names = {row.id: match_name(row.name) for row in own if row.kind == "OPD"}
        for row in own:
            if row.kind == "OPD":
                tree.opds.setdefault(match_name(row.name), row.name)
            elif row.kind == "UNIT" and row.opd_id in opd_names:
                tree.units.setdefault(opd_names[row.opd_id], {}).setdefault(match_name(row.name), row.name)
        return tree


def ask(read: ReadFile, tree: Tree, opd_of: Callable[[CleanRow], str]) -> None:
    """Ask for every unknown OPD and unit, and write the answers into the rows; rows without one wait.

    ``opd_of`` is where somebody is now, for rows that name a unit without its OPD.
    """
    if _OPD not in read.columns or "birth_date" not in read.columns:
        return
    opds: dict[str, list[CleanRow]] = {}
    for row in read.rows:
        name = row.values.get(_OPD)
        if isinstance(name, str):
            opds.setdefault(name, []).append(row)
    waiting = _ask_level(read, _OPD, "", opds, tree.opds)
    places: dict[tuple[str, str], list[CleanRow]] = {}
    for row in read.rows:
        unit = row.values.get(_UNIT)
        if isinstance(unit, str) and not (waiting and (row.sheet, row.row) in waiting):
            places.setdefault((row.values.get(_OPD) or opd_of(row), unit), []).append(row)
    below: dict[str, dict[str, list[CleanRow]]] = {}
    written: dict[str, str] = {}
    for (opd, unit), rows in places.items():
        key = match_name(str(opd))
        if key and match_name(unit) != key:
            written.setdefault(key, str(opd))
            below.setdefault(key, {}).setdefault(unit, []).extend(rows)
    for key, spelled in below.items():
        _ask_level(read, _UNIT, tree.opds.get(key, written[key]), spelled, tree.units.get(key, {}))


def _ask_level(
    read: ReadFile, level: str, opd: str, spelled: Mapping[str, Sequence[CleanRow]], known: Mapping[str, str]
) -> set[tuple[str, int]]:
    """Questions about one level of the tree (spelling → rows with it); returns the rows that wait."""
    strange: dict[str, list[CleanRow]] = {}
    written: dict[str, str] = {}
    for name, named in spelled.items():
        key = match_name(name)
        if key and key not in known:
            strange.setdefault(key, []).extend(named)
            written.setdefault(key, name)
    waiting: set[tuple[str, int]] = set()
    if not strange:
        return waiting
    similar = _similar(written, strange)
    answered: dict[str, str] = {}
    for key, named in sorted(strange.items(), key=lambda item: -len(item[1])):
        others = [other for other in similar.get(key, ()) if answered.get(other, NEW) == NEW]
        question = _question(read, level, opd, written[key], named, known, [written[other] for other in others])
        if not others and not _worth_asking(level, written[key], known):
            if level == _OPD and all(row.refused for row in named):
                read.asking.imply(question, NEW)
            continue
        answer = read.asking.ask(question)
        answered[key] = answer
        if not answer:
            for row in named:
                read.asking.hold(question.id, (row.sheet, row.row), (_OPD, _UNIT))
                waiting.add((row.sheet, row.row))
        elif answer != NEW:
            chosen = known.get(answer) or written[answer]
            for row in named:
                row.values[level] = chosen
    return waiting


def _worth_asking(level: str, name: str, known: Mapping[str, str]) -> bool:
    """A new OPD is rare once there are any; a new unit is asked about where there is one that it could be."""
    return bool(known) if level == _OPD else any(could_be(name, other) for other in known.values())


def _similar(written: Mapping[str, str], strange: Mapping[str, Sequence[CleanRow]]) -> dict[str, list[str]]:
    """For each strange name the others in the file it looks like, if these are written more often."""
    found: dict[str, list[str]] = {}
    place = {key: number for number, key in enumerate(written)}
    for group in groups(list(written)):
        ranked = sorted(group, key=lambda key: (-len(strange[key]), place[key]))
        for number, key in enumerate(ranked):
            if number:
                found[key] = ranked[:number]
    return found


def _question(
    read: ReadFile,
    level: str,
    opd: str,
    name: str,
    rows: Sequence[CleanRow],
    known: Mapping[str, str],
    others: Sequence[str],
) -> Question:
    near = alike(name, known.values())
    rest = sorted(set(known.values()) - set(near)) if level == _OPD and len(known) <= _LISTED else []
    is_opd = level == _OPD
    new = _("Perangkat daerah baru: {name}") if is_opd else _("Unit baru: {name}")
    choices = [
        *(Choice(match_name(other), _("Sama dengan “{name}” di berkas ini").format(name=other)) for other in others),
        *(Choice(match_name(other), other) for other in near),
        Choice(NEW, new.format(name=name)),
        *(Choice(match_name(other), other) for other in rest),
    ]
    if is_opd:
        text = _("Perangkat daerah “{name}” belum ada dalam data. Yang mana maksudnya?").format(name=name)
    else:
        text = _("Unit “{name}” belum ada di {opd}. Yang mana maksudnya?").format(name=name, opd=opd)
    cells = [read.issue(row, level, "", "").location for row in rows[:3]]
    return Question(
        level,
        name if is_opd else f"{opd} / {name}",
        "opd_unknown" if is_opd else "unit_unknown",
        text,
        tuple({choice.key: choice for choice in reversed(choices)}.values())[::-1],
        subject_text=name,
        effect=_("Sebelum dijawab, baris dengan tulisan ini tidak diimpor."),
        samples=tuple(
            Sample(place.cell, f"{row.values.get('name') or row.values.get('nip') or ''}: {name}")
            for place, row in zip(cells, rows[:3], strict=True)
        ),
        rows=len(rows),
        location=cells[0],
    )

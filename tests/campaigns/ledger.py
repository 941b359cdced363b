"""What every person in every office has ever said, and whether all of it can still be accounted for. Plain Python.

An *edit* is what one operation of a person says (values of fields, that a record is there or gone) and what the person
saw and replaced by it. A copy of a database *knows* edits: those made in it and those that packages brought. Restoring
a backup forgets what came after it; what no living copy knows any more is lost without anybody's fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Key = tuple[str, str]
"""Table and ``rid``."""
Facts = Mapping[Key, Mapping[str, Any]]
"""Record → its travelling fields as text-like values, with ``owner``: absolute code of its office, "" for shared."""
Said = tuple[str, str, str, Any]
"""Table, rid, field, value; the field "" says whether the record is there."""

NO_FIELD = "owner"
DERIVED = "predicate"
"""Follows from two other fields: nobody says it."""


@dataclass(frozen=True, slots=True)
class Edit:
    """``owner`` as in :data:`Facts`: who may learn of it."""

    number: int
    table: str
    owner: str
    said: frozenset[Said]
    replaced: frozenset[Said]


def values_of(key: Key, record: Mapping[str, Any]) -> set[Said]:
    return {(*key, name, value) for name, value in record.items() if name not in (NO_FIELD, DERIVED)}


def difference(before: Facts, after: Facts) -> list[tuple[str, str, set[Said], set[Said]]]:
    """(table, owner, said, replaced) of every record that differs."""
    found = []
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        if old is None and new is not None:
            found.append((key[0], new[NO_FIELD], {*values_of(key, new), (*key, "", True)}, {(*key, "", False)}))
        elif new is None and old is not None:
            found.append((key[0], old[NO_FIELD], {(*key, "", False)}, {*values_of(key, old), (*key, "", True)}))
        elif old is not None and new is not None:
            said = values_of(key, new) - values_of(key, old)
            found.append((key[0], new[NO_FIELD], said, values_of(key, old) - values_of(key, new)))
    return found


class Ledger:
    """All edits of a history."""

    def __init__(self) -> None:
        self.edits: dict[int, Edit] = {}

    def note(self, table: str, owner: str, said: Iterable[Said], replaced: Iterable[Said]) -> int:
        number = len(self.edits) + 1
        self.edits[number] = Edit(number, table, owner, frozenset(said), frozenset(replaced))
        return number

    def visible(self, known: Iterable[int], office: str, province: str) -> set[int]:
        """Of these edits those that a package of the province for a district brings."""
        return {
            number
            for number in known
            if (edit := self.edits[number]).owner in ("", office)
            or (edit.owner == province and edit.table == "training_event")
        }

    def unaccounted(self, known: Iterable[int], final: Facts, recorded: set[Said], refused: set[Key]) -> list[Said]:
        """What somebody said that is neither in force, nor replaced by somebody who saw it, nor on record.

        ``recorded``: what stands in conflict records; ``refused``: records that were given back with a reason.
        """
        edits = [self.edits[number] for number in known]
        replaced = {item for edit in edits for item in edit.replaced}
        found = []
        for item in sorted({item for edit in edits for item in edit.said}, key=repr):
            table, rid, field, value = item
            record = final.get((table, rid))
            in_force = (record is not None) == value if field == "" else record is not None and record[field] == value
            if not (in_force or item in replaced or item in recorded or (table, rid) in refused):
                found.append(item)
        return found

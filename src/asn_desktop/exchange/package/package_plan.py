"""What merging a package would do, before anything is written. Pure types.

Every row and tombstone of the file has exactly one fate, so that rows_read = new + changed + same + conflict +
rejected + ignored. A row in conflict may also bring fields that are taken: it is counted once, as a conflict.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from asn_desktop.exchange.package.content import PackageHead, Place, ReadPackage
from asn_desktop.exchange.package.later import beyond_ours
from asn_desktop.exchange.package.merge import FieldOutcome
from asn_desktop.exchange.plan import Fate


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """One value that would change. References are ``rid``; ``heading`` is the column's name in the file."""

    field: str
    heading: str
    before: Any
    after: Any


@dataclass(slots=True)
class PlannedRecord:
    """One row (or tombstone) of the package and its fate.

    ``together``: both offices changed the record in different fields and both changes stay (*ubah bersamaan*).
    ``overridden``: values of ours that the owner's newer ones replace; each is kept in a conflict record.
    """

    entity: str
    rid: str
    fate: Fate
    place: Place | None
    tombstone: bool = False
    changes: Sequence[FieldDiff] = ()
    conflicts: Sequence[FieldOutcome] = ()
    overridden: Sequence[FieldOutcome] = ()
    together: bool = False
    code: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class ConflictDraft:
    """A conflict record to be written. ``kind`` and ``state`` as in the table ``conflict``."""

    entity: str
    rid: str
    field: str
    kind: str
    state: str
    rule: str
    base: Any
    local: Any
    incoming: Any
    local_revision: int
    incoming_by: str
    incoming_at: str


@dataclass(slots=True)
class Writes:
    """What applying the plan writes. Values are those of the package: references as ``rid``."""

    inserts: dict[str, list[tuple[str, str, Mapping[str, Any]]]] = field(default_factory=dict)
    """table → (rid, local office, values)"""
    updates: dict[str, list[tuple[int, Mapping[str, Any], Mapping[str, Any]]]] = field(default_factory=dict)
    """table → (id, changed values, the row as it is)"""
    deletes: list[tuple[str, int]] = field(default_factory=list)
    """(table, id), children first"""
    gone: list[tuple[str, str]] = field(default_factory=list)
    """(table, rid) of removed records that were never here: noted, so that other copies of their office learn of it"""
    confirmed: list[tuple[str, str, int, list[str]]] = field(default_factory=list)
    """(table, rid, id, fields) that they set anew to what stands here: noted, for the same reason"""
    conflicts: list[ConflictDraft] = field(default_factory=list)
    later: dict[str, list[tuple[str, str, Mapping[str, Any]]]] = field(default_factory=dict)
    """table → (rid, local office, values) of records whose table only a newer program knows"""
    settled: set[tuple[str, str, str]] = field(default_factory=set)
    """(entity, rid, field) on which both sides agree now; field "" for the whole record"""


@dataclass(frozen=True, slots=True)
class PackagePlan:
    """The agreed way from a package to the database. Applied only while nothing it looked at has
    changed after operation ``log_head``.

    ``already``: when this very package was merged before (ISO), else ""; then nothing is written.
    ``first_contact``: the sending office is not known here yet.
    """

    read: ReadPackage
    records: Sequence[PlannedRecord]
    writes: Writes
    log_head: int
    merged: int
    known: int
    already: str = ""
    first_contact: bool = False
    missing_seq: int = 0
    """How many packages of the sender were never seen here (harmless: this one brings what was in them)."""
    unread: int = 0
    """Rows with a fate that are not in the content, for they could not be read."""
    salvage: bool = False
    """The seal is broken: nothing but proposals comes of it, and nothing is noted about the sender."""

    @property
    def head(self) -> PackageHead:
        return self.read.content.head

    @property
    def counts(self) -> dict[str, int]:
        """The counting identity of a receipt; raises AssertionError where it would not hold."""
        content = self.read.content
        return counts_of(self.records, len(content.rows) + len(content.tombstones) + self.unread)

    @property
    def later_values(self) -> int:
        """How many values come that only a newer program can show; they are kept."""
        writes = self.writes
        brought = [(table, values) for table, rows in writes.inserts.items() for _rid, _office, values in rows]
        brought += [(table, values) for table, rows in writes.updates.items() for _number, values, _local in rows]
        brought += [(table, values) for table, rows in writes.later.items() for _rid, _office, values in rows]
        return sum(1 for table, values in brought for value in beyond_ours(table, values).values() if value is not None)

    @property
    def together(self) -> list[PlannedRecord]:
        return [record for record in self.records if record.together]

    def counts_by_entity(self) -> dict[str, dict[str, int]]:
        """entity → fate → rows, in the order of the file."""
        found: dict[str, dict[str, int]] = {}
        for record in self.records:
            fates = found.setdefault(record.entity, dict.fromkeys((fate.value for fate in Fate), 0))
            fates[record.fate.value] += 1
        return found


def counts_of(records: Sequence[PlannedRecord], rows_read: int) -> dict[str, int]:
    found = Counter(record.fate for record in records)
    if found.total() != rows_read:
        raise AssertionError(f"{rows_read} rows in the file, {found.total()} fates")
    return {"rows_read": rows_read} | {fate.value: found[fate] for fate in Fate}

"""Who knew what: revisions of records and fields, read from the change log and from nowhere else.

A *revision* is the number of an operation in one replica's log. For a merge only one question matters: what did this
office do to a record after the other side last knew it? :func:`own_news` answers it from the log lines after that
point. For a package the question is the mirror image, :func:`outgoing`.

Two kinds of lines are not our doing. A receive from the very replica we talk to brought its own values: they are
known there (``FROM_THEM``). A receive that was taken back together with its undo left no trace between us and that
replica: both are passed over (void). Towards any third office both count like ordinary work.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from asn_desktop.exchange.package.content import ALL_FIELDS, RETURNED, Replica

ORIGIN = "paket:"
ENDLESS = 2**62


class _Missing:
    def __repr__(self) -> str:
        return "MISSING"


MISSING = _Missing()
"""The value of a field before its record existed: equal to no value that can be sent."""


# -- lines of descent -----------------------------------------------------------------------------------------

Lineage = Sequence[tuple[str, int]]
"""A replica and its ancestors, each with the highest revision of its history that is shared."""


def lineage(replica: Replica, parents: Mapping[str, tuple[str, int]]) -> Lineage:
    """``replica`` first, then parent after parent; ``parents`` gives those of replicas known from elsewhere.

    A restored database shares its parent's history only up to where the backup was made, and that of the
    grandparent at most as far.
    """
    known = {**parents, **_chain_of(replica)}
    line = [(replica.id, ENDLESS)]
    seen = {replica.id}
    current, limit = replica.id, ENDLESS
    while current in known:
        parent, forked_at = known[current]
        if not parent or parent in seen:
            break
        limit = min(limit, forked_at)
        line.append((parent, limit))
        seen.add(parent)
        current = parent
    return line


def _chain_of(replica: Replica) -> dict[str, tuple[str, int]]:
    found = {replica.id: (replica.parent, replica.forked_at)}
    child = replica.parent
    for ancestor, forked_at, _retired in replica.ancestors:
        found[child] = (ancestor, forked_at)
        child = ancestor
    return found


def known_revision(merged: Mapping[str, int], line: Lineage) -> int:
    """How much of the history of a replica is known to somebody who merged ``merged`` (replica → revision)."""
    return max(min(merged.get(replica, 0), limit) for replica, limit in line)


def with_own_history(merged: Mapping[str, int], line: Lineage) -> dict[str, int]:
    """What a replica knows: what it merged of others, and the history it shares with its own ancestors."""
    found = dict(merged)
    for replica, limit in line:
        found[replica] = max(found.get(replica, 0), limit)
    return found


# -- operations -----------------------------------------------------------------------------------------------


class OperationLine(NamedTuple):
    """Of an operation only what causality needs."""

    id: int
    undoes: int | None
    origin: str


def origin_of(replica: str, to_rev: int) -> str:
    """How an operation that merged a package says where it comes from."""
    return f"{ORIGIN}{replica}:{to_rev}"


@dataclass(frozen=True, slots=True)
class Receives:
    """Receive operations concerning one other replica: ``void`` left no trace, ``theirs`` brought its values."""

    void: frozenset[int] = frozenset()
    theirs: frozenset[int] = frozenset()
    returned: frozenset[int] = frozenset()
    """Brought by any copy of the office we talk to: not work of ours."""
    merged: frozenset[int] = frozenset()
    """Brought by a package of anybody: nobody here typed it."""


class _Family(NamedTuple):
    """A package that was merged, taken back, merged again …: every second operation took it back."""

    replica: str
    to_rev: int
    operations: list[int]

    @property
    def merging(self) -> list[int]:
        return self.operations[::2]


def _families(operations: Iterable[OperationLine]) -> list[_Family]:
    found: dict[int, _Family] = {}
    root_of: dict[int, int] = {}
    for operation in sorted(operations):
        if not operation.origin.startswith(ORIGIN):
            continue
        replica, _, to_rev = operation.origin.removeprefix(ORIGIN).partition(":")
        root = root_of.get(operation.undoes, operation.id) if operation.undoes is not None else operation.id
        root_of[operation.id] = root
        found.setdefault(root, _Family(replica, int(to_rev or 0), [])).operations.append(operation.id)
    return list(found.values())


def packages_merged(operations: Iterable[OperationLine]) -> dict[int, tuple[str, int]]:
    """Operation → the package (replica, revision) whose values it wrote."""
    return {number: (family.replica, family.to_rev) for family in _families(operations) for number in family.merging}


def taken_back(operations: Iterable[OperationLine]) -> dict[str, int]:
    """Replica → the highest revision of a package of theirs whose merge was undone."""
    found: dict[str, int] = {}
    for family in _families(operations):
        if len(family.operations) % 2 == 0:
            found[family.replica] = max(found.get(family.replica, 0), family.to_rev)
    return found


def receives_from(
    line: Lineage,
    operations: Iterable[OperationLine],
    office: Collection[str] = (),
    passed_on: Mapping[str, int] | None = None,
) -> Receives:
    """Sort out the operations that merged packages of a replica or of its ancestors, and their undos and redos.

    A package of an ancestor counts as the replica's own only as far as their common history goes. ``office`` names
    all replicas of the office, which need not be related. ``passed_on``: replica → up to where the other side has
    merged it too, so that what such a package brought us is no news there.
    """
    limits, there = dict(line), passed_on or {}
    void: set[int] = set()
    theirs: set[int] = set()
    returned: set[int] = set()
    merged: set[int] = set()
    for family in _families(operations):
        merged.update(family.merging)
        if family.replica in office:
            returned.update(family.operations)
        if family.replica in limits:
            in_force = len(family.operations) % 2 == 1
            void.update(family.operations[:-1] if in_force else family.operations)
            if in_force and family.to_rev <= limits[family.replica]:
                theirs.add(family.operations[-1])
        elif family.to_rev <= there.get(family.replica, 0):
            theirs.update(family.merging)
    return Receives(frozenset(void), frozenset(theirs), frozenset(returned - void - theirs), frozenset(merged))


# -- lines of the change log ----------------------------------------------------------------------------------


class Line(NamedTuple):
    """One change of one record. ``fields``: JSON of field → [before, after]; empty where nobody needs it."""

    operation: int
    table: str
    rid: str
    kind: str
    fields: str


@dataclass(slots=True)
class OwnNews:
    """What this office did to a record that the other side does not know yet.

    ``fields`` maps a field to the value both sides knew (:data:`MISSING` where there was none), ``touched`` names
    those that a person confirmed, ``brought`` those that nobody here typed: packages of others did it all. ``created``:
    the record itself is news, so every field is.
    """

    fields: dict[str, Any] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    brought: set[str] = field(default_factory=set)
    revisions: dict[str, int] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)
    """Fields of a created record that the other side has set since."""
    created: bool = False
    removed: bool = False
    revision: int = 0

    def has(self, name: str) -> bool:
        return name in self.fields or (self.created and name not in self.settled)

    def base(self, name: str) -> Any:
        return self.fields.get(name, MISSING)

    def operation(self, name: str) -> int:
        return self.revisions.get(name, self.revision)

    @property
    def any(self) -> bool:
        return self.created or bool(self.fields)


def own_news(lines: Iterable[Line], receives: Receives) -> dict[tuple[str, str], OwnNews]:
    """(table, rid) → news, from the lines after the revision that the other side knows, oldest first."""
    found: dict[tuple[str, str], OwnNews] = {}
    for line in lines:
        if line.operation in receives.void:
            continue
        key = (line.table, line.rid)
        news = found.get(key)
        if news is None:
            news = found[key] = OwnNews()
        if line.operation in receives.theirs:
            _taken_from_them(news, line)
            continue
        news.revision = line.operation
        if line.kind == "insert":
            news.created, news.removed = True, False
            news.fields.clear()
            news.settled.clear()
        elif line.kind == "delete":
            news.created, news.removed = False, True
            news.fields.clear()
        else:
            for name, (before, after) in json.loads(line.fields).items():
                news.revisions[name] = line.operation
                first = not news.has(name)
                if not news.created or name in news.settled:
                    news.fields.setdefault(name, before)
                if before == after:
                    news.touched.add(name)
                if line.operation not in receives.merged:
                    news.brought.discard(name)
                elif first:
                    news.brought.add(name)
    return found


def _taken_from_them(news: OwnNews, line: Line) -> None:
    """From here on both sides know these values: what we did before is settled."""
    if line.kind == "update":
        for name in json.loads(line.fields):
            news.fields.pop(name, None)
            news.touched.discard(name)
            news.brought.discard(name)
            news.settled.add(name)
        return
    news.fields.clear()
    news.touched.clear()
    news.brought.clear()
    news.created = news.removed = False


# -- what goes out --------------------------------------------------------------------------------------------


_NO_FIELDS: Mapping[str, int] = MappingProxyType({})
_NONE: frozenset[str] = frozenset()


@lru_cache(maxsize=1024)
def _all_fields(revision: int) -> Mapping[str, int]:
    """One for all records of an operation: a full package holds half a million of them."""
    return MappingProxyType({ALL_FIELDS: revision})


@dataclass(slots=True)
class Outgoing:
    """Revisions of one record for a package. ``every`` covers fields without their own entry; 0: known there."""

    every: int | None = None
    fields: Mapping[str, int] = field(default_factory=lambda: _NO_FIELDS)
    removed: int = 0
    last: int = 0
    returned: frozenset[str] = _NONE
    """Fields (:data:`ALL_FIELDS` for the rest, and for the removal) that another copy of the addressee set."""
    before: str = ""
    """JSON of the removed record's fields (for its office)."""

    @property
    def is_news(self) -> bool:
        return bool(self.every) or any(self.fields.values())

    def revisions(self) -> Mapping[str, int]:
        """As they stand in a package: the common revision under :data:`ALL_FIELDS`, exceptions by name."""
        if self.every is not None and not self.fields and not self.returned:
            return _all_fields(self.every)
        if self.every is None:
            found = {name: rev for name, rev in self.fields.items() if rev}
        else:
            found = {ALL_FIELDS: self.every} | {name: rev for name, rev in self.fields.items() if rev != self.every}
        if not self.returned:
            return found
        return {f"{RETURNED}{name}" if name in self.returned else name: rev for name, rev in found.items()}


def outgoing(lines: Iterable[Line], receives: Receives) -> dict[tuple[str, str], Outgoing]:
    """(table, rid) → what changed, from the lines after the revision that the addressee knows, oldest first."""
    found: dict[tuple[str, str], Outgoing] = {}
    for line in lines:
        if line.operation in receives.void:
            continue
        key = (line.table, line.rid)
        state = found.get(key)
        if state is None:
            state = found[key] = Outgoing()
        revision = 0 if line.operation in receives.theirs else line.operation
        state.last = line.operation
        returned = line.operation in receives.returned
        if line.kind == "insert":
            state.every, state.removed = revision, 0
            state.fields = _NO_FIELDS
            state.returned = frozenset({ALL_FIELDS}) if returned else _NONE
        elif line.kind == "delete":
            state.every, state.removed = None, revision
            if line.fields != "{}":  # a confirmed removal says nothing of the record
                state.before = line.fields
            state.fields = _NO_FIELDS
            state.returned = frozenset({ALL_FIELDS}) if returned else _NONE
        else:
            names = json.loads(line.fields)
            state.fields = {**state.fields, **dict.fromkeys(names, revision)}
            if returned:
                state.returned = state.returned.union(names)
            elif state.returned:
                state.returned = state.returned.difference(names)
    return found

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
    for ancestor, forked_at in replica.ancestors:
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


def receives_from(line: Lineage, operations: Iterable[OperationLine], office: Collection[str] = ()) -> Receives:
    """Sort out the operations that merged packages of a replica or of its ancestors, and their undos and redos.

    A package of an ancestor counts as the replica's own only as far as their common history goes. ``office`` names
    all replicas of the office, which need not be related.
    """
    limits = dict(line)
    family: dict[int, list[int]] = {}
    root_of: dict[int, int] = {}
    shared: dict[int, bool] = {}
    for operation in sorted(operations):
        if not operation.origin.startswith(ORIGIN):
            continue
        replica, _, to_rev = operation.origin.removeprefix(ORIGIN).partition(":")
        if replica not in limits:
            continue
        root = root_of.get(operation.undoes, operation.id) if operation.undoes is not None else operation.id
        root_of[operation.id] = root
        family.setdefault(root, []).append(operation.id)
        shared[root] = int(to_rev or 0) <= limits[replica]
    void: set[int] = set()
    theirs: set[int] = set()
    returned: set[int] = set()
    for operation in operations:
        if operation.origin.startswith(ORIGIN) and _replica_of(operation) in office:
            returned.add(operation.id)
    for root, members in family.items():
        in_force = len(members) % 2 == 1
        void.update(members[:-1] if in_force else members)
        if in_force and shared[root]:
            theirs.add(members[-1])
    return Receives(frozenset(void), frozenset(theirs), frozenset(returned - void - theirs))


def _replica_of(operation: OperationLine) -> str:
    return operation.origin.removeprefix(ORIGIN).partition(":")[0]


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
    those that a person confirmed. ``created``: the record itself is news, so every field is.
    """

    fields: dict[str, Any] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
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
                if not news.created or name in news.settled:
                    news.fields.setdefault(name, before)
                if before == after:
                    news.touched.add(name)
    return found


def _taken_from_them(news: OwnNews, line: Line) -> None:
    """From here on both sides know these values: what we did before is settled."""
    if line.kind == "update":
        for name in json.loads(line.fields):
            news.fields.pop(name, None)
            news.touched.discard(name)
            news.settled.add(name)
        return
    news.fields.clear()
    news.touched.clear()
    news.created = news.removed = False


# -- what goes out --------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Outgoing:
    """Revisions of one record for a package. ``every`` covers fields without their own entry; 0: known there."""

    every: int | None = None
    fields: dict[str, int] = field(default_factory=dict)
    removed: int = 0
    last: int = 0
    returned: set[str] = field(default_factory=set)
    """Fields (:data:`ALL_FIELDS` for the rest, and for the removal) that another copy of the addressee set."""
    before: str = ""
    """JSON of the removed record's fields (for its office)."""

    @property
    def is_news(self) -> bool:
        return bool(self.every) or any(self.fields.values())

    def revisions(self) -> dict[str, int]:
        """As they stand in a package: the common revision under :data:`ALL_FIELDS`, exceptions by name."""
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
            state.fields.clear()
            state.returned = {ALL_FIELDS} if returned else set()
        elif line.kind == "delete":
            state.every, state.removed = None, revision
            if line.fields != "{}":  # a confirmed removal says nothing of the record
                state.before = line.fields
            state.fields.clear()
            state.returned = {ALL_FIELDS} if returned else set()
        else:
            for name in json.loads(line.fields):
                state.fields[name] = revision
                if returned:
                    state.returned.add(name)
                else:
                    state.returned.discard(name)
    return found

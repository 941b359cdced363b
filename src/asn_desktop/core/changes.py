"""What a write did: the spine of audit, undo, refresh of views and exchange."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class ChangeKind(StrEnum):
    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Change:
    """One record changed by an operation.

    ``before`` and ``after`` hold the database representation of the changed fields only (all non-empty
    fields for an insert or delete); dates as ISO text, decimals as text.
    """

    table: str
    rid: str
    kind: ChangeKind
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def inverse(change: Change) -> Change:
    """The change that takes ``change`` back."""
    opposite = {
        ChangeKind.INSERT: ChangeKind.DELETE,
        ChangeKind.DELETE: ChangeKind.INSERT,
        ChangeKind.UPDATE: ChangeKind.UPDATE,
    }
    return Change(change.table, change.rid, opposite[change.kind], before=change.after, after=change.before)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What views need to know about a committed operation. ``initiator`` lets a sender ignore its own echo."""

    operation_id: int
    kind: str
    label: str
    tables: frozenset[str] = field(default_factory=frozenset)
    count: int = 0
    initiator: object = None

    def touches(self, *tables: str) -> bool:
        return bool(self.tables.intersection(tables))


@dataclass(frozen=True, slots=True)
class OperationRow:
    """A line of the history: who did what, when."""

    id: int
    kind: str
    label: str
    user: str
    at: str
    changes: int
    undone_by: int | None
    undoes: int | None
    undoable: bool = True

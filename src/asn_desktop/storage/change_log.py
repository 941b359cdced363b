"""The change log: two append-only tables and their hash chain.

Each operation's ``hash`` covers the previous operation's hash, its own header and every change in order, so
that an edit, removal, insertion or reordering of any line breaks the chain at a place that can be named.
Triggers (in the migrations) refuse UPDATE and DELETE.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import Connection, ForeignKey, Index, String, Text, func, select, text

from asn_desktop.core.changes import Change, ChangeKind, OperationRow
from asn_desktop.storage.base import Base, Stored, column

GENESIS = "0" * 64


class OperationLog(Base):
    __tablename__ = "operation"

    id: Stored[int] = column(primary_key=True)
    rid: Stored[str] = column(type_=String(36), unique=True)
    kind: Stored[str]
    label: Stored[str]
    user: Stored[str]
    origin: Stored[str]
    at: Stored[str]
    changes: Stored[int]
    undoable: Stored[bool]
    undoes: Stored[int | None] = column(ForeignKey("operation.id"), index=True)
    hash: Stored[str] = column(type_=String(64))


class ChangeLog(Base):
    __tablename__ = "change"
    __table_args__ = (
        Index("ix_change_rid", "rid"),
        # Which records were ever removed: few, asked for every record of a package.
        Index("ix_change_deleted", "rid", sqlite_where=text("kind = 'delete'")),
    )

    operation_id: Stored[int] = column(ForeignKey("operation.id"), primary_key=True)
    seq: Stored[int] = column(primary_key=True)
    table: Stored[str]
    rid: Stored[str] = column(type_=String(36))
    kind: Stored[str]
    fields: Stored[str] = column(type_=Text)
    """JSON object: field → [before, after]."""


def stored(value: Any) -> Any:
    """The value as it stands in the log: ISO dates, decimals and enums as text."""
    if isinstance(value, date):  # first: these are what JSON asks about by the ten thousands
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"no log form for {type(value).__name__}")


_to_json = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=stored, check_circular=False
).encode


def encode_new(values: Mapping[str, Any]) -> str:
    """The line of a new record: what is not empty."""
    return _to_json({key: (None, value) for key, value in values.items() if value is not None})


def encode_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    return _to_json({key: (before.get(key), after.get(key)) for key in after.keys() | before.keys()})


def decode_change(row: Any) -> Change:
    fields: dict[str, list[Any]] = json.loads(row.fields)
    kind = ChangeKind(row.kind)
    before = {} if kind is ChangeKind.INSERT else {key: pair[0] for key, pair in fields.items()}
    after = {} if kind is ChangeKind.DELETE else {key: pair[1] for key, pair in fields.items()}
    return Change(row.table, row.rid, kind, before, after)


def chain_hash(previous: str, header: Mapping[str, Any], lines: Iterable[Mapping[str, Any]]) -> str:
    """SHA-256 over the previous hash, the operation's header and its change lines."""
    digest = hashlib.sha256(previous.encode())
    digest.update(json.dumps(header, ensure_ascii=False, sort_keys=True).encode())
    for line in lines:
        digest.update(f"\n{line['seq']}\t{line['table']}\t{line['rid']}\t{line['kind']}\t{line['fields']}".encode())
    return digest.hexdigest()


def header_of(row: Mapping[str, Any]) -> dict[str, Any]:
    names = ("id", "rid", "kind", "label", "user", "origin", "at", "changes", "undoable", "undoes")
    return {name: row[name] for name in names}


def head(connection: Connection) -> tuple[int, str]:
    """Number and hash of the last operation; (0, zeros) in a new database."""
    row = connection.execute(
        select(OperationLog.id, OperationLog.hash).order_by(OperationLog.id.desc()).limit(1)
    ).first()
    return (row.id, row.hash) if row else (0, GENESIS)


@dataclass(frozen=True, slots=True)
class ChainReport:
    """Outcome of :func:`verify`: ``broken_at`` names the first operation that does not fit, if any."""

    operations: int
    changes: int
    broken_at: int | None = None
    reason: str = ""

    @property
    def sound(self) -> bool:
        return self.broken_at is None


def agrees(connection: Connection, anchor: tuple[int, str]) -> bool:
    """Whether the operation that the anchor names is in the log with the hash that it had then."""
    number, digest = anchor
    found = connection.scalar(select(OperationLog.hash).where(OperationLog.id == number))
    return number == 0 or found == digest


def verify(connection: Connection, anchor: tuple[int, str] | None = None) -> ChainReport:
    """Recompute the whole chain; ``anchor`` (number, hash) noted earlier outside the file reveals truncation."""
    previous = GENESIS
    operations = changes = 0
    anchor_seen = anchor is None or anchor[0] == 0
    lines_of = _lines_by_operation(connection)
    pending = next(lines_of, None)
    for row in connection.execute(select(OperationLog.__table__).order_by(OperationLog.id)).mappings():
        operations += 1
        lines: list[Mapping[str, Any]] = []
        if pending is not None and pending[0] < row["id"]:
            return ChainReport(operations, changes, pending[0], "perubahan tanpa kepala operasi")
        if pending is not None and pending[0] == row["id"]:
            lines = pending[1]
            pending = next(lines_of, None)
        changes += len(lines)
        if row["id"] != operations:
            return ChainReport(operations, changes, operations, "operasi hilang dari catatan")
        if row["changes"] != len(lines):
            return ChainReport(operations, changes, row["id"], "jumlah perubahan tidak cocok")
        if chain_hash(previous, header_of(dict(row)), lines) != row["hash"]:
            return ChainReport(operations, changes, row["id"], "isi catatan diubah")
        previous = row["hash"]
        if anchor is not None and row["id"] == anchor[0]:
            anchor_seen = previous == anchor[1]
            if not anchor_seen:
                return ChainReport(operations, changes, row["id"], "berbeda dari jangkar di luar berkas")
    if pending is not None:
        return ChainReport(operations, changes, pending[0], "perubahan tanpa kepala operasi")
    if not anchor_seen:
        return ChainReport(operations, changes, operations + 1, "catatan terpotong di ujung")
    return ChainReport(operations, changes)


def _lines_by_operation(connection: Connection) -> Iterator[tuple[int, list[Mapping[str, Any]]]]:
    query = select(ChangeLog.__table__).order_by(ChangeLog.operation_id, ChangeLog.seq)
    current: int | None = None
    lines: list[Mapping[str, Any]] = []
    for line in connection.execute(query.execution_options(yield_per=2000)).mappings():
        if current is not None and line["operation_id"] != current:
            yield current, lines
            lines = []
        current = line["operation_id"]
        lines.append(dict(line))
    if current is not None:
        yield current, lines


def changes_of(connection: Connection, operation_id: int) -> list[Change]:
    query = select(ChangeLog).where(ChangeLog.operation_id == operation_id).order_by(ChangeLog.seq)
    return [decode_change(row) for row in connection.execute(select(*query.subquery().c))]


def history(connection: Connection, limit: int = 200, rid: str | None = None) -> list[OperationRow]:
    """The last operations, newest first; ``rid`` narrows to those that changed one record."""
    undone = (
        select(OperationLog.undoes, func.max(OperationLog.id).label("by"))
        .where(OperationLog.undoes.is_not(None))
        .group_by(OperationLog.undoes)
        .subquery()
    )
    query = (
        select(OperationLog.__table__, undone.c.by)
        .outerjoin(undone, undone.c.undoes == OperationLog.id)
        .order_by(OperationLog.id.desc())
        .limit(limit)
    )
    if rid is not None:
        query = query.where(OperationLog.id.in_(select(ChangeLog.operation_id).where(ChangeLog.rid == rid)))
    return [
        OperationRow(row.id, row.kind, row.label, row.user, row.at, row.changes, row.by, row.undoes, row.undoable)
        for row in connection.execute(query)
    ]

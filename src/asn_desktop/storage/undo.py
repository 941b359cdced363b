"""Take back a logged operation, if nothing later touched what it changed.

An undo is itself an operation (``undoes`` names the one taken back), so that undoing the undo is a redo and the
log stays append-only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from asn_desktop.core.changes import Change, ChangeKind, ChangeSet, inverse
from asn_desktop.core.errors import ConflictError, InputError
from asn_desktop.core.i18n import _
from asn_desktop.storage import change_log
from asn_desktop.storage.base import Record
from asn_desktop.storage.change_log import OperationLog, stored
from asn_desktop.storage.unit_of_work import Database, UnitOfWork

_CHUNK = 500
_OWN = {"version"}


_PAGE = 50
_REACH = 1_000
"""How many operations Ctrl+Z and Ctrl+Y look back over: one keystroke of rating is one operation, and both are asked
after every write. Older ones are taken back from the history."""


def next_undo(connection: Connection, user: str | None = None) -> tuple[int, str] | None:
    """Number and label of the operation that Ctrl+Z would take back: the last of ``user``'s own (None: of anybody)."""
    for row in _standing(connection, user):
        if row.undoes is None:
            return (row.id, row.label) if row.undoable else None
    return None


def next_redo(connection: Connection, user: str | None = None) -> tuple[int, str] | None:
    """Number and label of the undo that Ctrl+Y would take back: only directly after an undo, of the same person."""
    for row in _standing(connection, user):
        if row.undoes is None:
            return None
        if row.undoes_an_undo is None:  # a redo is passed over, like the undo that it took back
            return row.id, row.undone
    return None


def _standing(connection: Connection, user: str | None) -> Iterator[Row[Any]]:
    """The last operations, newest first, without those that a later one took back."""
    undone = OperationLog.__table__.alias()
    query = (
        select(
            OperationLog.id, OperationLog.label, OperationLog.user, OperationLog.undoes, OperationLog.undoable,
            undone.c.label.label("undone"), undone.c.undoes.label("undoes_an_undo"),
        )
        .outerjoin(undone, undone.c.id == OperationLog.undoes)
        .order_by(OperationLog.id.desc())
        .limit(_PAGE)
    )  # fmt: skip
    taken_back: set[int] = set()
    newest = change_log.head(connection)[0]
    for last in range(newest, max(newest - _REACH, 0), -_PAGE):
        for row in connection.execute(query.where(OperationLog.id <= last)):
            if row.id in taken_back:
                continue
            if row.undoes is not None:
                taken_back.add(row.undoes)
            if user in (None, row.user):
                yield row


def undo(database: Database, operation_id: int, initiator: object = None) -> ChangeSet:
    """Apply the inverse of an operation in one transaction.

    Raises :class:`ConflictError` when a later change touched the same records; nothing is written then.
    """
    with database.read() as connection:
        row = connection.execute(
            select(OperationLog.label, OperationLog.undoes, OperationLog.undoable, OperationLog.origin).where(
                OperationLog.id == operation_id
            )
        ).one()
        if not row.undoable:
            raise InputError(
                _("Langkah ini tidak dapat diurungkan."),
                _("Ubah kembali datanya di tempatnya, atau pulihkan dari cadangan."),
                code="ASN-1104",
            )
        in_turn = operation_id in {found[0] for found in (next_undo(connection), next_redo(connection)) if found}
        logged = reversed(change_log.changes_of(connection, operation_id))
        changes = [inverse(change) for change in logged if change.before or change.after]
    label = _("Ulangi: {label}") if row.undoes else _("Urungkan: {label}")
    plain = row.label.split(": ", 1)[1] if row.undoes and ": " in row.label else row.label
    with database.write(
        "undo", label.format(label=plain), undoes=operation_id, initiator=initiator,
        consequences=not in_turn, origin=row.origin,
    ) as uow:  # fmt: skip
        uow.defer_references()  # a unit and its head
        for group in _runs(changes):
            _apply(uow, group)
    return uow.change_set


def _runs(changes: list[Change]) -> list[list[Change]]:
    """Neighbouring changes of one table and kind, each record once, so that a large import goes back in bulk."""
    groups: list[list[Change]] = []
    seen: set[str] = set()
    for change in changes:
        last = groups[-1][-1] if groups else None
        same = last is not None and (last.table, last.kind) == (change.table, change.kind)
        if same and len(groups[-1]) < _CHUNK and change.rid not in seen:
            groups[-1].append(change)
        else:
            groups.append([change])
            seen.clear()
        seen.add(change.rid)
    return groups


def _apply(uow: UnitOfWork, group: list[Change]) -> None:
    model = _models().get(group[0].table)
    if model is None:  # a table that only a newer program knows: what is kept of it is logged, and goes back, by itself
        for change in group:
            uow.note(change.table, change.rid, change.kind, change.before, change.after)
        return
    table = model.__table__
    assert isinstance(table, Table)
    kind = group[0].kind
    if kind is ChangeKind.UPDATE:
        group = _without_later_fields(uow, table, group)
    if kind is ChangeKind.INSERT:
        _reinsert(uow, model, table, group)
        return
    query = select(table).where(table.c.rid.in_([change.rid for change in group]))
    rows = {row["rid"]: dict(row) for row in uow.connection.execute(query).mappings()}
    for change in group:
        row = rows.get(change.rid)
        # A removal takes back a creation: fields that were empty then must be empty still.
        blank = dict.fromkeys(row or ()) if kind is ChangeKind.DELETE else {}
        if row is None or _differs(row, {**blank, **change.before}):
            raise _touched(change)
    if kind is ChangeKind.DELETE:
        uow.delete_many(model, [rows[change.rid]["id"] for change in group])
        return
    uow.update_many(
        model,
        [(rows[change.rid]["id"], _typed(table, change.after, skip=_OWN)) for change in group],
    )


def _without_later_fields(uow: UnitOfWork, table: Table, group: list[Change]) -> list[Change]:
    """Fields that only a newer program knows go back in the log; their values are kept, and go back, elsewhere."""
    found = []
    for change in group:
        later = (change.before.keys() | change.after.keys()) - set(table.columns.keys())
        if later:
            before, after = ({name: side.get(name) for name in later} for side in (change.before, change.after))
            uow.note(change.table, change.rid, change.kind, before, after)
            before, after = (
                {name: value for name, value in side.items() if name not in later}
                for side in (change.before, change.after)
            )
            change = replace(change, before=before, after=after)
        if change.before or change.after:
            found.append(change)
    return found


def _reinsert(uow: UnitOfWork, model: type[Record], table: Table, group: list[Change]) -> None:
    # Records come back under the id they had: rows of other tables still name it.
    rows = [_typed(table, change.after) for change in group]
    uow.insert_again(model, rows)


def _differs(row: Mapping[str, Any], expected: Mapping[str, Any]) -> bool:
    return any(stored(row[key]) != value for key, value in expected.items() if key not in _OWN)


def _touched(change: Change) -> ConflictError:
    return ConflictError(
        _("Langkah ini tidak dapat diurungkan: datanya sudah diubah lagi sesudahnya."),
        _("Urungkan dahulu langkah yang lebih baru, atau perbaiki datanya langsung."),
        code="ASN-1204",
        details=f"{change.table} {change.rid}",
    )


def _typed(table: Table, values: Mapping[str, Any], skip: set[str] | None = None) -> dict[str, Any]:
    """Log values back in the types the columns expect."""
    result: dict[str, Any] = {}
    for key, value in values.items():
        if skip and key in skip:
            continue
        python_type = table.c[key].type.python_type
        if isinstance(value, str) and python_type is date:
            value = date.fromisoformat(value)
        elif isinstance(value, str) and python_type is datetime:
            value = datetime.fromisoformat(value)
        elif value is not None and python_type is bool:
            value = bool(value)
        result[key] = value
    return result


def _models() -> dict[str, type[Record]]:
    return {model.__tablename__: model for model in Record.__subclasses__()}

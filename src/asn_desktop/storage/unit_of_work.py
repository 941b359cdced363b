"""Reading and writing. ``Database.write`` is the only way to change data, and it always leaves a log line.

Use::

    with database.write("employee.update", _("Ubah data pegawai")) as uow:
        uow.update(Employee, employee_id, {"phone": "0812…"}, expected_version=3)
    return uow.change_set

Leaving the block without an exception commits; any exception rolls everything back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from asn_desktop.core.changes import ChangeKind, ChangeSet
from asn_desktop.core.clock import Clock, system_clock
from asn_desktop.core.errors import ConflictError, reload_hint
from asn_desktop.core.i18n import _
from asn_desktop.core.rights import Access
from asn_desktop.storage import change_log
from asn_desktop.storage.base import Record
from asn_desktop.storage.dialect import WRITE_OPTION, dialect_of
from asn_desktop.storage.engine import translated
from asn_desktop.storage.identity import natural_rid, new_rid

_CHUNK = 500


class Database:
    """One open office file: its engine, who is signed in, and the clock."""

    def __init__(
        self,
        engine: Engine,
        path: Path,
        *,
        user: str = "-",
        origin: str = "local",
        clock: Clock = system_clock,
    ) -> None:
        self.engine = engine
        self.path = path
        self.user = user
        self.origin = origin
        self.clock = clock
        self.access = Access()
        """What the signed-in person may do; everything until the office's users are known."""
        self.on_commit: list[Callable[[ChangeSet], None]] = []
        self.before_commit: list[Callable[[UnitOfWork], None]] = []
        """Consequences that belong to the same operation (a low rating proposes a plan): run inside the
        transaction, undone together with it. Ctrl+Z takes them back itself and does not run them; taking back an
        older step out of turn does, because newer facts may stand beside older ones then."""
        self.before_removal: list[Callable[[UnitOfWork, str, Sequence[str]], None]] = []
        """What goes with records (table, rids) that are about to be removed, without their table knowing of it."""

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent snapshot. Never write through it."""
        with self._translated(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(
        self,
        kind: str,
        label: str,
        *,
        undoable: bool = True,
        undoes: int | None = None,
        initiator: object = None,
        consequences: bool = True,
        origin: str | None = None,
    ) -> Iterator[UnitOfWork]:
        """Begin a named operation. ``kind`` is stable English, ``label`` is what history and Ctrl+Z show.

        ``origin`` says where the changes come from when it is not this office's own hands (a package).
        """
        with self._translated(), self.engine.connect() as connection:
            connection = connection.execution_options(**{WRITE_OPTION: True})
            with connection.begin():
                uow = UnitOfWork(connection, self, kind, label, undoable, undoes, initiator, origin)
                yield uow
                if consequences:
                    for consequence in self.before_commit:
                        consequence(uow)
                uow.finish()
        for listener in self.on_commit:
            listener(uow.change_set)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            with translated(self.path):
                yield
        except IntegrityError as error:
            raise ConflictError(
                _("Perubahan ditolak karena tidak cocok dengan data lain."),
                reload_hint(),
                code="ASN-1202",
                details=str(error.orig),
            ) from error

    def close(self) -> None:
        self.engine.dispose()


class UnitOfWork:
    """The open transaction of one operation. ``connection`` is for reading inside it."""

    def __init__(
        self, connection: Connection, database: Database, kind: str, label: str,
        undoable: bool, undoes: int | None, initiator: object, origin: str | None = None,
    ) -> None:  # fmt: skip
        self.connection = connection
        self.label = label
        """What history and undo call the operation; may name whom it concerns once that is known inside."""
        self._database = database
        self._dialect = dialect_of(connection)
        self._kind = kind
        self._undoable = undoable
        self._undoes = undoes
        self._initiator = initiator
        self._origin = origin or database.origin
        self._started = database.clock()
        self._lines: list[dict[str, Any]] = []
        self._tables: set[str] = set()
        self._change_set: ChangeSet | None = None

    @property
    def change_set(self) -> ChangeSet:
        """What was done; available after the block."""
        if self._change_set is None:
            raise RuntimeError("the operation is not finished")
        return self._change_set

    def touched(self, model: type[Record]) -> set[str]:
        """The ``rid`` of every record of a table that this operation has changed so far."""
        name = _table(model).name
        return {line["rid"] for line in self._lines if line["table"] == name}

    # -- writing ------------------------------------------------------------------------------------------

    def defer_references(self) -> None:
        """Check references once, at the commit: records of one operation may name each other in a circle."""
        self._dialect.defer_references(self.connection)

    def insert(self, model: type[Record], values: Mapping[str, Any]) -> int:
        """Add one record; returns its local id."""
        return self.insert_many(model, [values])[0]

    def insert_many(self, model: type[Record], rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Add many records in one go. ``rid`` is created unless given. Returns local ids in order.

        A model with a ``natural_key`` gets its ``rid`` from it, unless a part is empty or the identity is taken by
        a record that has been given another key since.
        """
        if not rows:
            return []
        table = _table(model)
        ids = self.next_ids(model, len(rows))
        natural = self._natural_rids(model, rows)
        blank = dict.fromkeys(sorted({key for row in rows for key in row})) | _defaults(table)
        complete = []
        for position, (number, row) in enumerate(zip(ids, rows, strict=True)):
            rid = row.get("rid") or natural.pop(position, "") or new_rid(self._started)
            full: dict[str, Any] = {**blank, **row, "id": number, "rid": rid}
            complete.append(full)
            self._log(table.name, rid, ChangeKind.INSERT, change_log.encode_new(full))
        self._dialect.insert_rows(self.connection, table, complete)
        return ids

    def next_ids(self, model: type[Record], count: int) -> list[int]:
        """The ids that the next insertion of ``count`` records will give, for records that name each other."""
        first = self._dialect.next_id(self.connection, _table(model).name)
        return list(range(first, first + count))

    def _natural_rids(self, model: type[Record], rows: Sequence[Mapping[str, Any]]) -> dict[int, str]:
        """Position → computed identity, of the rows that have all parts of their natural key."""
        if not model.natural_key:
            return {}
        table = _table(model)
        parts: list[list[str | None]] = []
        for key in model.natural_key:
            values = [row.get(key) for row in rows]
            target = next((foreign.column.table for foreign in table.c[key].foreign_keys), None)
            if target is None:
                parts.append([None if value is None else str(change_log.stored(value)) for value in values])
            else:
                known = self._rids(target, {value for value in values if value is not None})
                parts.append([None if value is None else known.get(value) for value in values])
        beside = bool(table.c[model.natural_key[0]].foreign_keys)
        found = {
            position: natural_rid(table.name, [part or "" for part in key], near=(key[0] or "") if beside else "")
            for position, key in enumerate(zip(*parts, strict=True))
            if not rows[position].get("rid") and None not in key
        }
        taken = self._taken(table, list(found.values())) if found else set()
        return {position: rid for position, rid in found.items() if rid not in taken}

    def _rids(self, table: Any, ids: set[Any]) -> dict[int, str]:
        ordered, known = sorted(ids), {}
        for start in range(0, len(ordered), _CHUNK):
            query = select(table.c.id, table.c.rid).where(table.c.id.in_(ordered[start : start + _CHUNK]))
            known.update({row.id: row.rid for row in self.connection.execute(query)})
        return known

    def _taken(self, table: Table, rids: Sequence[str]) -> set[str]:
        taken: set[str] = set()
        for start in range(0, len(rids), _CHUNK):
            query = select(table.c.rid).where(table.c.rid.in_(rids[start : start + _CHUNK]))
            taken.update(self.connection.scalars(query))
        return taken

    def insert_again(self, model: type[Record], rows: Sequence[Mapping[str, Any]]) -> None:
        """Bring back removed records under the ids they had (undo only)."""
        table = _table(model)
        keys = sorted({key for row in rows for key in row})
        for row in rows:
            self._log(table.name, row["rid"], ChangeKind.INSERT, change_log.encode_new(row))
        self.connection.execute(insert(table), [dict.fromkeys(keys) | dict(row) for row in rows])

    def update(
        self,
        model: type[Record],
        record_id: int,
        values: Mapping[str, Any],
        expected_version: int | None = None,
    ) -> bool:
        """Change fields of one record; returns whether anything differed.

        Raises :class:`ConflictError` if ``expected_version`` is no longer the record's version.
        """
        if expected_version is not None:
            table = _table(model)
            current = self.connection.scalar(select(table.c.version).where(table.c.id == record_id))
            if current != expected_version:
                raise ConflictError(
                    _("Data ini sudah berubah sejak Anda membukanya. Perubahan Anda belum disimpan."),
                    reload_hint(),
                    code="ASN-1201",
                )
        return self.update_many(model, [(record_id, values)]) == 1

    def update_many(self, model: type[Record], changes: Sequence[tuple[int, Mapping[str, Any]]]) -> int:
        """Change many records; unchanged fields are left out of the log. Returns how many records differed.

        A record named more than once is changed once, a later value winning over an earlier one.
        """
        table = _table(model)
        changed = 0
        if len({record_id for record_id, _values in changes}) < len(changes):
            merged: dict[int, dict[str, Any]] = {}
            for record_id, values in changes:
                merged.setdefault(record_id, {}).update(values)
            changes = list(merged.items())
        for start in range(0, len(changes), _CHUNK):
            chunk = changes[start : start + _CHUNK]
            query = select(table).where(table.c.id.in_([record_id for record_id, _values in chunk]))
            stored_rows = {row["id"]: row for row in self.connection.execute(query).mappings()}
            by_keys: dict[tuple[str, ...], list[dict[str, Any]]] = {}
            for record_id, values in chunk:
                row = stored_rows.get(record_id)
                if row is None:
                    raise ConflictError(
                        _("Data yang hendak diubah sudah tidak ada."),
                        reload_hint(),
                        code="ASN-1203",
                    )
                after = {key: value for key, value in values.items() if row[key] != value}
                if not after:
                    continue
                changed += 1
                before = {key: row[key] for key in after}
                self._log(table.name, row["rid"], ChangeKind.UPDATE, change_log.encode_fields(before, after))
                parameters = {f"v_{key}": value for key, value in after.items()}
                by_keys.setdefault(tuple(sorted(after)), []).append({"b_id": record_id, **parameters})
            for keys, parameters_list in by_keys.items():
                statement = (
                    update(table)
                    .where(table.c.id == bindparam("b_id"))
                    .values({key: bindparam(f"v_{key}", type_=table.c[key].type) for key in keys})
                    .values(version=table.c.version + 1)
                )
                self.connection.execute(statement, parameters_list)
        return changed

    def touch(self, model: type[Record], fields: Mapping[int, Iterable[str]]) -> None:
        """Confirm fields (record id → names) as they are: nothing changes, but other offices learn that a person
        has decided, as if the value had been typed anew."""
        table = _table(model)
        for row in self.connection.execute(select(table).where(table.c.id.in_(list(fields)))).mappings():
            values = {key: row[key] for key in fields[row["id"]]}
            self._log(table.name, row["rid"], ChangeKind.UPDATE, change_log.encode_fields(values, values))

    def touch_removed(self, model: type[Record], rid: str) -> None:
        """The same for a record that is gone: confirm that it stays so."""
        self.note(_table(model).name, rid, ChangeKind.DELETE, {}, {})

    def delete_many(self, model: type[Record], ids: Sequence[int]) -> int:
        """Remove records (undo of a creation, lines of a list). People are deactivated, never deleted."""
        table = _table(model)
        removed = 0
        for start in range(0, len(ids), _CHUNK):
            chunk = ids[start : start + _CHUNK]
            query = select(table).where(table.c.id.in_(chunk)).order_by(table.c.id)
            rows = self.connection.execute(query).mappings().all()
            for beside in self._database.before_removal:
                beside(self, table.name, [row["rid"] for row in rows])
            for row in rows:
                before = {key: value for key, value in row.items() if value is not None}
                self._log(table.name, row["rid"], ChangeKind.DELETE, change_log.encode_fields(before, {}))
            self.connection.execute(delete(table).where(table.c.id.in_(chunk)))
            removed += len(rows)
        return removed

    def delete(self, model: type[Record], record_id: int) -> bool:
        return self.delete_many(model, [record_id]) == 1

    # -- the log ------------------------------------------------------------------------------------------

    def note(self, table: str, rid: str, kind: ChangeKind, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """Log a change of what this program has no column or no table for, in the record's own name. Where the values
        are kept is written, and logged, beside it."""
        self._log(table, rid, kind, change_log.encode_fields(before, after))

    def _log(self, table: str, rid: str, kind: ChangeKind, fields: str) -> None:
        self._tables.add(table)
        self._lines.append(
            {
                "seq": len(self._lines) + 1,
                "table": str(table),  # SQLAlchemy's names are more than text, and the driver asks each one what it is
                "rid": rid,
                "kind": kind.value,
                "fields": fields,
            }
        )

    def finish(self) -> None:
        """Write the operation's log lines. Called by :meth:`Database.write` just before the commit."""
        number, previous = change_log.head(self.connection)
        if not self._lines:
            self._change_set = ChangeSet(0, self._kind, self.label, initiator=self._initiator)
            return
        header = {
            "id": number + 1,
            "rid": new_rid(self._started),
            "kind": self._kind,
            "label": self.label,
            "user": self._database.user,
            "origin": self._origin,
            "at": self._database.clock().isoformat(timespec="seconds"),
            "changes": len(self._lines),
            "undoable": self._undoable,
            "undoes": self._undoes,
        }
        header["hash"] = change_log.chain_hash(previous, change_log.header_of(header), self._lines)
        self.connection.execute(insert(_table(change_log.OperationLog)), header)
        for line in self._lines:
            line["operation_id"] = header["id"]
        self._dialect.insert_rows(self.connection, _table(change_log.ChangeLog), self._lines)
        self._change_set = ChangeSet(
            number + 1, self._kind, self.label, frozenset(self._tables), len(self._lines), self._initiator
        )


def _table(model: type[Any]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table


def _defaults(table: Table) -> dict[str, Any]:
    """Column defaults, written out so that the log holds them too."""
    return {
        column.name: getattr(column.default, "arg", None)
        for column in table.columns
        if column.default is not None and column.default.is_scalar
    }

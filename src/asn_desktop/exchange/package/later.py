"""What only a newer program knows: kept as it came, handed on, and taken over by the migration that brings it.

The values stand in ``later_record``, and each change of them is noted in the change log in the record's own name, as if
the column were there already. So causality asks nothing new of anybody, and when the migration has moved the values
into their column (``storage/migrations/taking_over.py``) the log fits them without a word being changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from asn_desktop.core.changes import ChangeKind
from asn_desktop.core.chunks import chunks
from asn_desktop.exchange.package.model import LaterFieldNote, LaterRecord
from asn_desktop.exchange.package.protocol import BY_TABLE, LaterField, LaterTable
from asn_desktop.storage.unit_of_work import UnitOfWork

_KNOWN = {table: frozenset(field.key for field in entity.fields) for table, entity in BY_TABLE.items()}


def beyond_ours(table: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Of the values of a record those that this program has no column for."""
    known = _KNOWN.get(table, frozenset())
    if len(values) <= len(known) and values.keys() <= known:
        return {}
    return {name: value for name, value in values.items() if name not in known and name != "office"}


def known_of_later(connection: Connection) -> dict[str, LaterTable]:
    """Table → what packages have brought of it that this program does not know."""
    found: dict[str, LaterTable] = {}
    table = LaterFieldNote.__table__
    for row in connection.execute(select(table).order_by(table.c.id)):
        if row.key in _KNOWN.get(row.entity, ()):
            continue
        field = LaterField(row.key, row.kind, row.heading, row.target)
        before = found.get(row.entity)
        fields, schema = ((*before.fields, field), max(before.schema, row.schema)) if before else ((field,), row.schema)
        found[row.entity] = LaterTable(row.entity, row.sheet, row.title, row.everyones, schema, fields)
    return found


class Kept:
    """The values of one record: ``number`` is its id in ``later_record``."""

    __slots__ = ("number", "office", "values")

    def __init__(self, number: int, office: str, values: dict[str, Any]) -> None:
        self.number, self.office, self.values = number, office, values


def kept(connection: Connection, table: str, rids: Iterable[str]) -> dict[str, Kept]:
    """rid → what is kept of it."""
    source = LaterRecord.__table__
    found: dict[str, Kept] = {}
    for chunk in chunks(sorted(set(rids))):
        query = select(source).where(source.c.entity == table, source.c.record.in_(chunk))
        for row in connection.execute(query):
            found[row.record] = Kept(row.id, row.office, json.loads(row.content))
    return found


# -- writing ----------------------------------------------------------------------------------------------------------


def note_fields(uow: UnitOfWork, tables: Sequence[LaterTable]) -> None:
    """Remember how the fields stand in a package."""
    source = LaterFieldNote.__table__
    standing = {(row.entity, row.key): row.id for row in uow.connection.execute(select(source))}
    for table in tables:
        for field in table.fields:
            values = {
                "kind": field.kind, "heading": field.heading, "target": field.target, "sheet": table.sheet,
                "title": table.title, "everyones": table.everyones, "schema": table.schema,
            }  # fmt: skip
            number = standing.get((table.table, field.key))
            if number is None:
                uow.insert(LaterFieldNote, {"entity": table.table, "key": field.key, **values})
            else:
                uow.update(LaterFieldNote, number, values)


def keep(uow: UnitOfWork, table: str, records: Iterable[tuple[str, str, Mapping[str, Any]]]) -> None:
    """Lay values (rid, office, field → value) over what is kept; a record is made where nothing was.

    Values that are already so are noted as confirmed.
    """
    wanted = [(rid, office, dict(values)) for rid, office, values in records if values or table not in BY_TABLE]
    before = kept(uow.connection, table, (rid for rid, _office, _values in wanted))
    fresh, changed = [], []
    for rid, office, values in wanted:
        known = before.get(rid)
        if known is None:
            fresh.append({"entity": table, "record": rid, "office": office, "content": _json(values)})
        else:
            changed.append((known.number, {"content": _json({**known.values, **values})}))
    uow.insert_many(LaterRecord, fresh)
    uow.update_many(LaterRecord, changed)
    for rid, _office, values in wanted:
        known = before.get(rid)
        if known is None and table not in BY_TABLE:
            uow.note(table, rid, ChangeKind.INSERT, {}, values)
        else:
            old = known.values if known is not None else {}
            uow.note(table, rid, ChangeKind.UPDATE, {name: old.get(name) for name in values}, values)


def confirm(uow: UnitOfWork, table: str, rid: str, names: Iterable[str]) -> None:
    """Say of kept values that they stay as they are."""
    known = kept(uow.connection, table, (rid,)).get(rid)
    values = {name: known.values.get(name) if known else None for name in names}
    if values:
        uow.note(table, rid, ChangeKind.UPDATE, values, values)


def remove(uow: UnitOfWork, table: str, rid: str) -> None:
    """Remove a record of a table that only a newer program knows; one that is not here is noted as gone."""
    known = kept(uow.connection, table, (rid,)).get(rid)
    if known is not None:
        uow.delete(LaterRecord, known.number)
    before = {"office": known.office, **known.values} if known is not None else {}
    uow.note(table, rid, ChangeKind.DELETE, before, {})


def forget(uow: UnitOfWork, table: str, rids: Sequence[str]) -> None:
    """What is kept of records that are being removed goes with them."""
    if table in BY_TABLE:
        uow.delete_many(LaterRecord, [found.number for found in kept(uow.connection, table, rids).values()])


def _json(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True)

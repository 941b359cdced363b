"""Into a package: what this office keeps for newer programs without knowing it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from sqlalchemy import Connection

from asn_desktop.exchange.package import later
from asn_desktop.exchange.package.causality import Outgoing
from asn_desktop.exchange.package.content import RETURNED, OpenConflict, RecordRow, Rejection
from asn_desktop.exchange.package.protocol import BY_TABLE, SCHEMA, LaterTable
from asn_desktop.reference.queries import OfficeRow


def records(
    connection: Connection,
    own: OfficeRow,
    offices: frozenset[str] | None,
    table: LaterTable,
    news: Mapping[str, Outgoing],
    authors: Mapping[int, tuple[str, str]],
) -> Iterator[RecordRow]:
    """Records of a table that only a newer program knows, of these offices (None: of all)."""
    for rid, found in later.kept(connection, table.table, news).items():
        if table.everyones or offices is None or found.office in offices:
            state = news[rid]
            office = "" if table.everyones else found.office or own.code
            revisions = state.revisions()
            yield RecordRow(table.table, rid, office, state.last, revisions, found.values, *authors[state.last])


def lay_beside(connection: Connection, table: LaterTable, rows: list[RecordRow]) -> bool:
    """Lay what is kept of records beside their values; whether there is anything, or anything changed."""
    found = later.kept(connection, table.table, (row.rid for row in rows))
    keys = {field.key for field in table.fields}
    for row in rows:
        if row.rid in found:
            cast(dict[str, Any], row.values).update(found[row.rid].values)
    return bool(found) or any(name.removeprefix(RETURNED) in keys for row in rows for name in row.revisions)


def schema_of(
    connection: Connection,
    handed_on: Iterable[LaterTable],
    conflicts: Iterable[OpenConflict],
    refused: Iterable[Rejection],
) -> int:
    """The schema of a package that names all this: that of a newer program where only it knows what is named."""
    beyond = later.known_of_later(connection)
    named = {table.table for table in handed_on} | {item.entity for item in refused if item.entity not in BY_TABLE}
    named |= {
        item.entity for item in conflicts if later.beyond_ours(item.entity, {item.field: None} if item.field else {})
    }
    return max([SCHEMA, *(beyond[name].schema for name in named if name in beyond)])

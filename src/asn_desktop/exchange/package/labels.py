"""What a reference shows to people: whose evaluation, which unit. Never read back as content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, select

from asn_desktop.core.chunks import chunks
from asn_desktop.exchange.package import tables
from asn_desktop.exchange.package.content import RecordRow
from asn_desktop.exchange.package.protocol import BY_TABLE, ENTITIES

_REFERRED = {field.target for entity in ENTITIES for field in entity.references}


class Labels:
    """Record → label, from the records of the package themselves and from ``known`` (of those that are not in it)."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = known
        self._found: dict[str, str] = {}

    def learn(self, rows: Iterable[RecordRow]) -> None:
        """Names of records; those that are named after another one come after it."""
        for row in rows:
            if row.entity not in _REFERRED:
                continue
            entity = BY_TABLE[row.entity]
            above = "" if entity.name else self(row.entity, row.values[entity.parent] or "")
            self._found[row.rid] = str(row.values[entity.name] or "") if entity.name else above

    def __call__(self, _table: str, rid: str) -> str:
        return self._found.get(rid) or self._known.get(rid, "")


def names_of_absent(connection: Connection, rows: Sequence[RecordRow]) -> dict[str, str]:
    """Record → name, of what these rows refer to and do not bring along themselves. One query per table."""
    present = {row.rid for row in rows}
    wanted: dict[str, set[str]] = {}
    references = {
        table: [(field.key, field.target) for field in entity.references] for table, entity in BY_TABLE.items()
    }
    for row in rows:
        for key, target in references.get(row.entity, ()):
            rid = row.values[key]
            if rid and rid not in present:
                wanted.setdefault(target, set()).add(rid)
    found: dict[str, str] = {}
    for table, rids in wanted.items():
        found.update((rid, name) for rid, (_owner, name) in owners_of(connection, table, rids).items())
    return found


def owners_of(connection: Connection, table: str, rids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Record → who it belongs to and that name; a record with a name of its own is its own owner."""
    source = joined = last = tables.table_of(table)
    current = table
    while not BY_TABLE[current].name:
        column = tables.PARENT[current]
        current = tables.target_of(current, column)
        above = tables.table_of(current)
        joined = joined.join(above, above.c.id == last.c[column])  # type: ignore[assignment]
        last = above
    query = select(source.c.rid, last.c.rid, last.c[BY_TABLE[current].name]).select_from(joined)
    parts = (connection.execute(query.where(source.c.rid.in_(part))) for part in chunks(sorted(rids)))
    return {rid: (owner, str(name or "")) for rows in parts for rid, owner, name in rows}

"""The change log and the identities of records, in bulk: what causality is computed from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, select, text

from asn_desktop.core.chunks import chunks
from asn_desktop.exchange.package import tables
from asn_desktop.exchange.package.causality import ORIGIN, Line, OperationLine
from asn_desktop.exchange.package.model import LaterFieldNote, PeerReplica
from asn_desktop.exchange.package.protocol import BY_TABLE
from asn_desktop.storage.change_log import OperationLog
from asn_desktop.storage.dialect import dialect_of

_COMMON = frozenset({*tables.SHARED, "training_event"})
# Whose insertion it was is all that is asked of an insert: its fields are not even read.
_LINES = (
    "SELECT operation_id, \"table\", rid, kind, CASE kind WHEN 'insert' THEN '' ELSE fields END"
    ' FROM change WHERE operation_id > :since AND "table" IN (:tables)'
)


def _listed(names: Iterable[str]) -> str:
    """Names of tables for a query. Those of a newer program come from packages."""
    return ",".join("'" + name.replace("'", "''") + "'" for name in sorted(names))


def _lines(connection: Connection) -> str:
    """The query for lines of all records that travel, also of tables that only a newer program knows."""
    later = connection.scalars(select(LaterFieldNote.entity).distinct())
    return _LINES.replace(":tables", _listed({*BY_TABLE, *later}))


def receive_operations(connection: Connection) -> list[OperationLine]:
    """All operations that merged a package, with their undos and redos."""
    query = select(OperationLog.id, OperationLog.undoes, OperationLog.origin).where(
        OperationLog.origin.like(f"{ORIGIN}%")
    )
    return [OperationLine(*row) for row in connection.execute(query)]


def lines_after(connection: Connection, since: int, foreign: Iterable[int] = ()) -> Iterator[Line]:
    """Every change of a travelling record after operation ``since``, oldest first.

    ``foreign`` operations merged packages of third offices: of those only what every office may see.
    """
    numbers = ",".join(str(number) for number in sorted(foreign))
    everyones = connection.scalars(select(LaterFieldNote.entity).where(LaterFieldNote.everyones).distinct())
    common = _listed({*_COMMON, *everyones})
    narrowed = f' AND (operation_id NOT IN ({numbers}) OR "table" IN ({common}))' if numbers else ""
    query = _lines(connection) + narrowed + " ORDER BY operation_id, seq"
    return map(Line._make, dialect_of(connection).rows(connection, query, {"since": since}))


def lines_about(connection: Connection, rids: Iterable[str], since: int) -> list[Line]:
    """The same for some records."""
    whole = _lines(connection)
    query = text(whole + " AND rid IN :rids ORDER BY operation_id, seq").bindparams(bindparam("rids", expanding=True))
    found: list[Line] = []
    for chunk in chunks(sorted(set(rids))):
        found.extend(Line(*row) for row in connection.execute(query, {"since": since, "rids": chunk}))
    found.sort(key=lambda line: line.operation)  # stable: within an operation the order of the log stays
    return found


def sender_of(connection: Connection, operation: int) -> str | None:
    """The office whose package an operation merged; None for other operations."""
    origin = str(connection.scalar(select(OperationLog.origin).where(OperationLog.id == operation)) or "")
    replica = origin.removeprefix(ORIGIN).partition(":")[0]
    return connection.scalar(select(PeerReplica.office).where(PeerReplica.replica == replica))


def ever_removed(connection: Connection, rids: Sequence[str]) -> set[str]:
    """Which of these records were removed here at some time."""
    if connection.scalar(text("SELECT 1 FROM change WHERE kind = 'delete' LIMIT 1")) is None:
        return set()
    query = text("SELECT DISTINCT rid FROM change WHERE kind = 'delete' AND rid IN :rids").bindparams(
        bindparam("rids", expanding=True)
    )
    return {rid for chunk in chunks(rids) for rid in connection.scalars(query, {"rids": chunk})}


def who_and_when(connection: Connection, operations: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Operation → user and time, for people to read."""
    found: dict[int, tuple[str, str]] = {}
    for chunk in chunks(sorted(set(operations))):
        query = select(OperationLog.id, OperationLog.user, OperationLog.at).where(OperationLog.id.in_(chunk))
        found.update({row.id: (row.user, row.at) for row in connection.execute(query)})
    return found


class Identities:
    """id ↔ rid of the tables that are referred to; each is looked up once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rids: dict[str, dict[int, str]] = {}
        self._ids: dict[str, dict[str, int | None]] = {}

    def rids(self, table: str, ids: Iterable[int | None]) -> dict[int, str]:
        """id → rid, of at least the given records; ids that are gone are missing."""
        known = self._rids.setdefault(table, {})
        wanted = sorted({number for number in ids if number is not None and number not in known})
        for rows in self._select(table, "id", wanted):
            known.update({row.id: row.rid for row in rows})
        return known

    def ids(self, table: str, rids: Iterable[str | None]) -> dict[str, int | None]:
        """rid → id, of at least the given records; None for those that are not here."""
        known = self._ids.setdefault(table, {})
        wanted = sorted({rid for rid in rids if rid is not None and rid not in known})
        known.update(dict.fromkeys(wanted))
        for rows in self._select(table, "rid", wanted):
            known.update({row.rid: row.id for row in rows})
        return known

    def add(self, table: str, rid: str, number: int) -> None:
        """A record that is being created."""
        self._ids.setdefault(table, {})[rid] = number

    def _select(self, table: str, column: str, wanted: Sequence[Any]) -> Iterator[Any]:
        source: Table = tables.table_of(table)
        for chunk in chunks(wanted):
            yield self._connection.execute(select(source.c.id, source.c.rid).where(source.c[column].in_(chunk)))

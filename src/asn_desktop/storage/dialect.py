"""What SQLite says in its own way: the one place that knows which database a query runs on.

The program runs on SQLite alone. Everything here has a second form for PostgreSQL, so that the subjects' queries stay
fit for a server with several clerks; ``tests/postgres`` plays an office's work on both. Backup, encryption and the
check of the pages belong to the file and are not here.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text

WRITE_OPTION = "asn_write"
"""Execution option of connections that are going to write."""
_MANY = 50
_WRITERS = 0x41534E  # "ASN": the number of the lock that writers on a server take


class Dialect(ABC):
    """Texts for queries written by hand, and what the databases do differently."""

    @abstractmethod
    def begin(self, connection: Connection, *, writing: bool) -> None:
        """Begin a transaction: one writer at a time, from its first statement on; readers see one moment."""

    @abstractmethod
    def defer_references(self, connection: Connection) -> None:
        """Check references between records once, at the commit: they may name each other in a circle."""

    @abstractmethod
    def next_id(self, connection: Connection, table: str) -> int:
        """The next never-used id of a table, so that an undone id is not given away again."""

    @abstractmethod
    def insert_rows(self, connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows that all have the keys of the first."""

    @abstractmethod
    def rows(self, connection: Connection, query: str, values: Mapping[str, Any]) -> Iterator[Any]:
        """The answer of a query with ``:name`` parameters as plain tuples, for answers of many thousand rows."""

    @abstractmethod
    def by_index(self, index: str) -> str:
        """After a table's name: read it through this index, where the planner would not by itself."""

    @abstractmethod
    def contains(self, whole: str, part: str) -> str:
        """The condition that one text holds another."""

    @abstractmethod
    def is_flag(self, column: str, wanted: bool) -> str:
        """The condition that a yes/no column says so, word for word as partial indexes have it."""


class _SQLite(Dialect):
    def begin(self, connection: Connection, *, writing: bool) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    def defer_references(self, connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")

    def next_id(self, connection: Connection, table: str) -> int:
        last = connection.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table})
        return int(last or 0) + 1

    def insert_rows(self, connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Many go to the driver as tuples: SQLAlchemy's own way takes twice as long for them, but it remembers the
        statement, which counts for a few."""
        if len(rows) < _MANY:
            connection.execute(insert(table), rows)
            return
        dialect = connection.dialect
        statement = insert(table).compile(dialect=dialect, column_keys=list(rows[0]))
        order = statement.positiontup or []
        convert = {key: table.c[key].type.dialect_impl(dialect).bind_processor(dialect) for key in order}
        columns = ((convert[key], map(itemgetter(key), rows)) for key in order)
        values = list(zip(*(map(cache(turn), column) if turn else column for turn, column in columns), strict=True))
        connection.exec_driver_sql(str(statement), values)

    def rows(self, connection: Connection, query: str, values: Mapping[str, Any]) -> Iterator[Any]:
        cursor = connection.connection.cursor()  # the driver's: SQLAlchemy's row objects cost as much as sorting
        try:
            yield from cursor.execute(query, values)
        finally:
            cursor.close()

    def by_index(self, index: str) -> str:
        return f" INDEXED BY {index}"

    def contains(self, whole: str, part: str) -> str:
        return f"instr({whole}, {part}) > 0"

    def is_flag(self, column: str, wanted: bool) -> str:
        return f"{column} = {int(wanted)}"


class _PostgreSQL(Dialect):
    """References are made deferrable, texts are ordered by their bytes (database with the locale C), as in SQLite."""

    def begin(self, connection: Connection, *, writing: bool) -> None:
        if writing:
            connection.execute(select(func.pg_advisory_xact_lock(_WRITERS)))
        else:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def defer_references(self, connection: Connection) -> None:
        connection.exec_driver_sql("SET CONSTRAINTS ALL DEFERRED")

    def next_id(self, connection: Connection, table: str) -> int:
        sequence = f'SELECT last_value + CASE WHEN is_called THEN 1 ELSE 0 END FROM "{table}_id_seq"'
        return int(connection.scalar(text(sequence)) or 1)

    def insert_rows(self, connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        connection.execute(insert(table), rows)
        if "id" in rows[0]:
            connection.execute(select(func.setval(f'"{table.name}_id_seq"', max(row["id"] for row in rows))))

    def rows(self, connection: Connection, query: str, values: Mapping[str, Any]) -> Iterator[Any]:
        yield from connection.execute(text(query), values)

    def by_index(self, index: str) -> str:
        return ""

    def contains(self, whole: str, part: str) -> str:
        return f"strpos({whole}, {part}) > 0"

    def is_flag(self, column: str, wanted: bool) -> str:
        return column if wanted else f"NOT {column}"


SQLITE: Dialect = _SQLite()
_BY_NAME: Mapping[str, Dialect] = {"sqlite": SQLITE, "postgresql": _PostgreSQL()}


def dialect_of(connection: Connection) -> Dialect:
    """The dialect of the database at the other end."""
    return _BY_NAME[connection.dialect.name]


def begin(connection: Connection) -> None:
    """For the engine's event ``begin``."""
    writing = connection.get_execution_options().get(WRITE_OPTION, False)
    dialect_of(connection).begin(connection, writing=writing)

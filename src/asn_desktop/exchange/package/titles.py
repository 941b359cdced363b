"""Records in words, for lists and messages: ``Evaluasi kinerja: Fatimah Siregar``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection

from asn_desktop.exchange.package import tables
from asn_desktop.exchange.package.package_plan import PackagePlan

_OWN_WORDS = ("name", "code", "key", "nip")


def titles_of(
    connection: Connection, keys: Iterable[tuple[str, str]], plan: PackagePlan | None
) -> dict[tuple[str, str], str]:
    """(entity, rid) → title; from the database, else from the package."""
    incoming = {(row.entity, row.rid): row.values for row in plan.read.content.rows} if plan else {}
    teller = _Teller(connection, incoming)
    return {key: teller.title(*key) for key in set(keys)}


class _Teller:
    def __init__(self, connection: Connection, incoming: Mapping[tuple[str, str], Mapping[str, Any]]) -> None:
        self._connection = connection
        self._incoming = incoming

    def title(self, entity: str, rid: str) -> str:
        if entity not in tables.MODELS:  # of a newer program
            return _words(self._incoming.get((entity, rid), {})) or rid[-8:]
        table = tables.table_of(entity)
        row = self._connection.execute(table.select().where(table.c.rid == rid)).mappings().first()
        if row is not None:
            return self._of_row(entity, dict(row))
        values = self._incoming.get((entity, rid))
        if values is None:
            return rid[-8:]
        words = _words(values)
        if words or entity not in tables.PARENT:
            return words or rid[-8:]
        column = tables.PARENT[entity]
        above = values.get(column)
        return self.title(tables.target_of(entity, column), above) if above else rid[-8:]

    def _of_row(self, entity: str, row: Mapping[str, Any]) -> str:
        words = _words(row)
        if words or entity not in tables.PARENT:
            return words
        column = tables.PARENT[entity]
        above = tables.target_of(entity, column)
        table = tables.table_of(above)
        parent = self._connection.execute(table.select().where(table.c.id == row[column])).mappings().first()
        return self._of_row(above, dict(parent)) if parent is not None else ""


def _words(values: Mapping[str, Any]) -> str:
    return next((str(values[name]) for name in _OWN_WORDS if values.get(name)), "")

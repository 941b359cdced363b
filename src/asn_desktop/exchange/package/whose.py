"""Whose is a row of a package that somebody edited? What people see in it must agree with the hidden ID.

Who sorts or shifts the visible columns leaves the IDs behind, and every value would be proposed to another person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from asn_desktop.core.name_match import may_be_one
from asn_desktop.exchange.package.content import RecordRow
from asn_desktop.exchange.package.labels import owners_of
from asn_desktop.exchange.package.tables import PARENT

_NUMBER = {"employee": "nip", "unit": "code", "training_event": "code"}
"""Records with a name of their own, and the number that tells namesakes apart."""


class Whose:
    """The owners of the records of one sheet of a file, as they are known here."""

    def __init__(self, connection: Connection, table: str, rows: Iterable[RecordRow]) -> None:
        self._table = table
        self._owners: dict[str, tuple[str, str]] = {}
        if table in _NUMBER or table in PARENT:
            self._owners = owners_of(connection, table, (row.rid for row in rows if row.entity == table))

    def is_doubtful(self, row: RecordRow, local: Mapping[str, Any]) -> bool:
        """Whether what stands visibly in ``row`` names somebody else than the owner of ``local``, or nobody surely."""
        owner = self._owners.get(row.rid)
        if owner is None:
            return False  # a record of everybody
        rid, name = owner
        key = _NUMBER.get(self._table)
        if key is None:
            parent = PARENT[self._table]
            return row.values[parent] not in (None, local[parent]) or self._names_another(row.shown, rid, name)
        number, shown = row.values[key], row.values["name"] or ""
        if number and number == local[key]:
            return not may_be_one(shown, name)
        if number is None and local[key] is not None:
            return True
        return self._names_another(shown, rid, name)

    def _names_another(self, shown: str, rid: str, name: str) -> bool:
        if shown in self._named:
            return self._named[shown] != {rid}
        return not shown or not may_be_one(shown, name)

    @cached_property
    def _named(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for rid, name in self._owners.values():
            found.setdefault(name, set()).add(rid)
        return found

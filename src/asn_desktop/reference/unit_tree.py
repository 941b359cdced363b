"""Units that an import names: found in the tree, or added to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from asn_desktop.reference.model import Unit
from asn_desktop.reference.rules import match_name
from asn_desktop.storage.offices import ours
from asn_desktop.storage.unit_of_work import UnitOfWork


def ensure_units(uow: UnitOfWork, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Find or create the units an import names; ``wanted`` holds pairs (OPD, unit), either may be empty.

    Returns the unit id of each pair. An OPD is a child of the office's root; a unit stands anywhere below its OPD; a
    unit named without an OPD is the only one of that name, or a new one below the root. Names are compared by
    :func:`rules.match_name`. Nothing is ever renamed or removed here.
    """
    tree = _Tree(uow)
    return {(opd, unit): tree.place(opd, unit) for opd, unit in wanted}


class _Tree:
    """This office's own unit tree in memory while an import adds to it."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._codes: dict[int, str] = {}
        self._opds: dict[str, int] = {}
        self._units: dict[tuple[int | None, str], list[int]] = {}
        self._by_name: dict[str, list[int]] = {}
        query = select(Unit.id, Unit.code, Unit.match_name, Unit.kind, Unit.opd_id).where(ours(Unit)).order_by(Unit.id)
        for row in uow.connection.execute(query):
            self._codes[row.id] = row.code
            if row.kind == "INSTANSI":
                self._root: int = row.id
            self._remember(row.id, row.match_name, row.kind, row.opd_id)

    def place(self, opd: str, unit: str) -> int:
        """The id of a unit, added if the tree does not have it."""
        name, key = match_name(unit), match_name(opd)
        if not key:
            found = self._by_name.get(name, [])
            return found[0] if len(found) == 1 else self._child(self._root, None, unit)
        parent = self._opds.get(key) or self._add(opd, "OPD", self._root, None)
        return parent if not name or name == key else self._child(parent, parent, unit)

    def _child(self, parent: int, opd_id: int | None, name: str) -> int:
        found = self._units.get((opd_id, match_name(name)))
        return found[0] if found else self._add(name, "UNIT", parent, opd_id)

    def _add(self, name: str, kind: str, parent: int, opd_id: int | None) -> int:
        code = self._free_code("" if kind == "OPD" else f"{self._codes[parent]}.")
        values: dict[str, Any] = {
            "code": code,
            "name": name.strip(),
            "match_name": match_name(name),
            "kind": kind,
            "parent_id": parent,
            "opd_id": opd_id,
        }
        number = self._uow.insert(Unit, values)
        if kind == "OPD":
            opd_id = number
            self._uow.update(Unit, number, {"opd_id": number})
        self._codes[number] = code
        self._remember(number, match_name(name), kind, opd_id)
        return number

    def _remember(self, number: int, name: str, kind: str, opd_id: int | None) -> None:
        self._by_name.setdefault(name, []).append(number)
        if kind == "OPD":
            self._opds.setdefault(name, number)
        elif kind == "UNIT":
            self._units.setdefault((opd_id, name), []).append(number)

    def _free_code(self, prefix: str) -> str:
        taken = set(self._codes.values())
        number = 1
        while f"{prefix}{number:02d}" in taken:
            number += 1
        return f"{prefix}{number:02d}"

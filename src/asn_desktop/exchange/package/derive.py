"""Columns that are computed from others: never taken from a package, always made anew here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from asn_desktop.personnel import rules as personnel_rules
from asn_desktop.reference.model import Unit
from asn_desktop.reference.rules import match_name
from asn_desktop.storage.unit_of_work import UnitOfWork

Predicate = Callable[[str, str], str]


def derived_values(
    table: str, values: Mapping[str, Any], current: Mapping[str, Any], predicate: Predicate
) -> dict[str, Any]:
    """What follows from ``values`` laid over the ``current`` row (empty for a new record)."""
    whole = {**current, **values}
    match table:
        case "employee":
            name = whole["name"]
            return {
                "name_key": personnel_rules.name_key(name),
                "search_text": personnel_rules.search_text(name, whole.get("nip"), whole.get("position")),
                "rank_order": personnel_rules.rank_order(whole.get("rank")),
            }
        case "unit":
            return {"match_name": match_name(whole["name"])}
        case "evaluation":
            result, behaviour = whole.get("result_rating"), whole.get("behaviour_rating")
            return {"predicate": predicate(result, behaviour) if result and behaviour else None}
        case _:
            return {}


def place_units(uow: UnitOfWork) -> None:
    """Tell every unit its OPD again: the nearest of that kind above it."""
    query = select(Unit.id, Unit.parent_id, Unit.kind, Unit.opd_id)
    rows = {row.id: row for row in uow.connection.execute(query)}
    found: dict[int, int | None] = {}

    def opd_of(number: int | None, depth: int = 0) -> int | None:
        if number is None or number not in rows or depth > len(rows):
            return None
        if number not in found:
            row = rows[number]
            found[number] = number if row.kind == "OPD" else opd_of(row.parent_id, depth + 1)
        return found[number]

    changes = [(number, {"opd_id": opd_of(number)}) for number, row in rows.items() if row.opd_id != opd_of(number)]
    uow.update_many(Unit, changes)

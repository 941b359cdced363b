"""Who probably leads a unit, told from the posts of its people. Only ever a proposal: a person confirms it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, false, func, select, true

from asn_desktop.core.indonesian import print_name, search_key
from asn_desktop.personnel.model import Employee
from asn_desktop.reference.model import Unit
from asn_desktop.storage.base import aliased
from asn_desktop.storage.offices import ours

# Acting leaders (Plt., Plh., Pj.) lead too: the assessor relation follows them.
_LEADS = re.compile(
    r"^(?:plt|plh|pj|pjs)?\s*(?:kepala(?! sub)|camat|lurah|direktur|inspektur|sekretaris daerah|sekretaris dprd|"
    r"kabid|kabag|kadis|kaban|kapus|kepsek)\b"
)
_SECRETARY = re.compile(r"^(?:plt|plh|pj|pjs)?\s*sekretaris\b")
_SMALL_UNIT = re.compile(r"^(?:sub\s?bagian|subbag|seksi|sub bidang|subbid)\b")
_LEADS_SMALL = re.compile(r"^(?:plt|plh|pj|pjs)?\s*(?:kepala|kasi|kasubbag|kasubag|kasubbid)\b")
_ECHELONS = ("I.a", "I.b", "II.a", "II.b", "III.a", "III.b", "IV.a", "IV.b", "V.a")


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the guess looks at."""

    id: int
    position: str
    echelon: str | None
    rank_order: int | None


@dataclass(frozen=True, slots=True)
class HeadProposal:
    """A unit without head and who seems to lead it (``employee_id`` None: nobody can be told)."""

    unit_id: int
    unit: str
    opd: str
    people: int
    employee_id: int | None
    name: str
    position: str


def likely_head(unit_name: str, candidates: Iterable[Candidate]) -> Candidate | None:
    """The one whose post leads this unit: highest eselon, then the post that names the unit, then the rank.

    None when nobody's post says so, or when two people are alike in everything.
    """
    unit = search_key(unit_name)
    if _SMALL_UNIT.match(unit):
        pattern = _LEADS_SMALL
    elif unit.startswith("sekretariat") and unit not in ("sekretariat daerah", "sekretariat dprd"):
        pattern = _SECRETARY
    else:
        pattern = _LEADS
    words = set(unit.split())

    def order(candidate: Candidate) -> tuple[int, int, int]:
        echelon = _ECHELONS.index(candidate.echelon) if candidate.echelon in _ECHELONS else len(_ECHELONS)
        named = len(words & set(search_key(candidate.position).split()))
        return echelon, -named, -(candidate.rank_order or 0)

    leading = sorted((c for c in candidates if pattern.match(search_key(c.position))), key=order)
    if not leading or (len(leading) > 1 and order(leading[0]) == order(leading[1])):
        return None
    return leading[0]


_ACTIVE = func.coalesce(Employee.active, false()).is_(true())
"""Written so that SQLite starts from the few units instead of from everybody who is active."""


def headless_units(connection: Connection) -> int:
    """How many units have active people of their own but no head."""
    query = (
        select(func.count(Employee.unit_id.distinct()))
        .join(Unit, Unit.id == Employee.unit_id)
        .where(_ACTIVE, ours(Unit), Unit.head_id.is_(None), Unit.head_name.is_(None))
    )
    return connection.scalar(query) or 0


def proposals(connection: Connection) -> list[HeadProposal]:
    """Units that have active people but no head, with who seems to lead each; proposals first, then by name."""
    opd = aliased(Unit)
    query = (
        select(
            Employee.id, Employee.position, Employee.echelon, Employee.rank_order, Employee.title_front, Employee.name,
            Employee.title_back, Unit.id.label("unit_id"), Unit.name.label("unit"), opd.name.label("opd"),
        )
        .join(Unit, Unit.id == Employee.unit_id)
        .outerjoin(opd, opd.id == Unit.opd_id)
        .where(_ACTIVE, ours(Unit), Unit.head_id.is_(None), Unit.head_name.is_(None))
        .order_by(Employee.id)
    )  # fmt: skip
    by_unit: dict[int, list[Any]] = {}
    for row in connection.execute(query):
        by_unit.setdefault(row.unit_id, []).append(row)
    found = [_proposal(people) for people in by_unit.values()]
    return sorted(found, key=lambda one: (one.employee_id is None, one.opd, one.unit))


def _proposal(people: Sequence[Any]) -> HeadProposal:
    rows = {row.id: row for row in people}
    first = next(iter(rows.values()))
    head = likely_head(
        first.unit, (Candidate(row.id, row.position or "", row.echelon, row.rank_order) for row in rows.values())
    )
    if head is None:
        return HeadProposal(first.unit_id, first.unit, first.opd or "", len(rows), None, "", "")
    row = rows[head.id]
    name = print_name(row.title_front or "", row.name, row.title_back or "")
    return HeadProposal(first.unit_id, first.unit, first.opd or "", len(rows), head.id, name, row.position)

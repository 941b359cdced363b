"""Write an agreed plan: inside one operation, all or nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence, Set
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Connection, select

from asn_desktop.appraisal.commands import ImportedRating
from asn_desktop.appraisal.predicate import Predicate, Rating
from asn_desktop.core.chunks import chunks
from asn_desktop.core.errors import InputError
from asn_desktop.core.i18n import _
from asn_desktop.core.periods import Period
from asn_desktop.core.progress import Progress
from asn_desktop.exchange.column_cleaner import ERASE
from asn_desktop.exchange.model import ImportBatch, LayoutMapping
from asn_desktop.exchange.plan import Fate, ImportPlan, PlannedRow
from asn_desktop.exchange.superiors import circle
from asn_desktop.personnel import queries as personnel_queries
from asn_desktop.personnel.model import Employee, FormerPlacement
from asn_desktop.personnel.rules import employee_values, former_placement, moved
from asn_desktop.reference.unit_tree import ensure_units
from asn_desktop.storage.offices import ours
from asn_desktop.storage.unit_of_work import UnitOfWork

_Item = TypeVar("_Item")
_INDIRECT = ("unit", "opd", "superior_nip")


def apply_personnel(uow: UnitOfWork, plan: ImportPlan, today: date, progress: Progress) -> None:
    """Insert new employees, update changed ones, keep the places they left, link superiors."""
    new = [row for row in plan.rows if row.fate is Fate.NEW]
    changed = [row for row in plan.rows if row.fate is Fate.CHANGED]
    progress.step("", len(new) + len(changed))
    current = _current(uow.connection, [row.target for row in changed if row.target is not None])
    units = _units(uow, new, changed, current)
    created = _insert(uow, new, units, progress)
    superiors = _superiors(uow.connection, [*new, *changed])
    _update(uow, changed, current, units, superiors, today, progress)
    links = [(number, superiors.get(str(row.values.get("superior_nip")))) for row, number in created]
    uow.update_many(Employee, [(number, {"superior_id": above}) for number, above in links if above is not None])
    linked: set[int | None] = {number for number, above in links if above is not None}
    linked |= {row.target for row in changed if any(change.field == "superior_nip" for change in row.changes)}
    if linked:
        _refuse_circle(uow.connection, linked)


def imported_rating(row: PlannedRow, period: Period) -> ImportedRating:
    """An agreed row of ratings as the appraisal takes it."""
    assert row.target is not None
    declared, notes = row.values.get("predicate"), row.values.get("notes")
    if all(change.field != "notes" for change in row.changes):
        notes = None  # the same words, perhaps on other lines: left as they are
    return ImportedRating(
        employee_id=row.target,
        period=period.code,
        result=_rating(row, "result_rating"),
        behaviour=_rating(row, "behaviour_rating"),
        notes="" if notes is ERASE else notes,
        declared=Predicate(declared) if declared else None,
        accept_ratings=bool(row.choice),
    )


def _rating(row: PlannedRow, key: str) -> Rating | None:
    """None where a worksheet brings only a note for somebody who is not rated yet."""
    value = row.values[key]
    return Rating(value) if value else None


def record_batch(uow: UnitOfWork, plan: ImportPlan, at: str, user: str) -> None:
    """The ledger line of this import, and the headings it was read by."""
    uow.insert(
        ImportBatch,
        {
            "file_name": plan.file_name,
            "sha256": plan.sha256,
            "kind": plan.kind,
            "period": plan.period,
            "at": at,
            "user": user,
            "counts": json.dumps(plan.counts),
        },
    )


def remember_mapping(uow: UnitOfWork, kind: str, signature: str, mapping: Mapping[int, str]) -> None:
    """Keep a mapping that a person has confirmed, for the next workbook of the same layout."""
    text = json.dumps({str(column): key for column, key in mapping.items()})
    found = uow.connection.scalar(
        select(LayoutMapping.id).where(LayoutMapping.signature == signature, LayoutMapping.kind == kind)
    )
    if found is None:
        uow.insert(LayoutMapping, {"signature": signature, "kind": kind, "mapping": text})
    else:
        uow.update(LayoutMapping, found, {"mapping": text})


def _insert(
    uow: UnitOfWork, rows: Sequence[PlannedRow], units: Mapping[tuple[str, str], int], progress: Progress
) -> list[tuple[PlannedRow, int]]:
    created: list[tuple[PlannedRow, int]] = []
    for chunk in chunks(rows):
        records = []
        for row in chunk:
            values = employee_values(_direct(row.values))
            values["unit_id"] = units.get(_place(row.values))
            records.append(values)
        created.extend(zip(chunk, uow.insert_many(Employee, records), strict=True))
        progress.advance(len(chunk))
    return created


def _update(
    uow: UnitOfWork,
    rows: Sequence[PlannedRow],
    current: Mapping[int, Mapping[str, Any]],
    units: Mapping[tuple[str, str], int],
    superiors: Mapping[str, int],
    today: date,
    progress: Progress,
) -> None:
    for chunk in chunks(rows):
        updates, places = [], []
        for row in chunk:
            assert row.target is not None
            before = current[row.target]
            fields = {change.field: change.after for change in row.changes if change.field not in _INDIRECT}
            values = employee_values(fields, before)
            if any(change.field in ("unit", "opd") for change in row.changes):
                values["unit_id"] = units[_new_place(row, before)]
            values |= _superior(row, superiors)
            if moved(before, values):
                places.append(former_placement(row.target, before, _effective(values, before, today)))
            updates.append((row.target, values))
        uow.update_many(Employee, updates)
        uow.insert_many(FormerPlacement, places)
        progress.advance(len(chunk))


def _effective(values: Mapping[str, Any], before: Mapping[str, Any], today: date) -> date:
    """From when a new place counts: the TMT of the new post when the workbook brings one, else today."""
    starts = values.get("position_tmt")
    return starts if isinstance(starts, date) and starts != before["position_tmt"] else today


def _superior(row: PlannedRow, superiors: Mapping[str, int]) -> dict[str, int | None]:
    """The new superior of a changed row; one whose own row was not taken is not there to be linked."""
    change = next((change for change in row.changes if change.field == "superior_nip"), None)
    if change is None or (change.after is not None and change.after not in superiors):
        return {}
    return {"superior_id": None if change.after is None else superiors[change.after]}


def _superiors(connection: Connection, rows: Sequence[PlannedRow]) -> dict[str, int]:
    """NIP → id of every superior the rows name and the data holds by now."""
    named = {row.values.get("superior_nip") for row in rows}
    return personnel_queries.find_by_nips(connection, {nip for nip in named if isinstance(nip, str)})


def _refuse_circle(connection: Connection, linked: Set[int | None]) -> None:
    """Who a row is about may have been decided in the preview: then a circle that it closes shows only here.
    One that stood in the data before is not this file's fault."""
    query = select(Employee.id, Employee.superior_id).where(ours(Employee), Employee.superior_id.is_not(None))
    above = {number: superior for number, superior in connection.execute(query) if superior is not None}
    while members := circle(above):
        if linked.isdisjoint(members):
            for number in members:
                del above[number]
            continue
        people = personnel_queries.people(connection, members)
        raise InputError(
            _("Impor dibatalkan: menurut berkas ini {names} saling menjadi atasan.").format(
                names=", ".join(person.name for person in people.values())
            ),
            _("Betulkan NIP ATASAN pegawai itu di berkasnya, lalu impor sekali lagi."),
            code="ASN-1207",
        )


def _units(
    uow: UnitOfWork,
    new: Sequence[PlannedRow],
    changed: Sequence[PlannedRow],
    current: Mapping[int, Mapping[str, Any]],
) -> dict[tuple[str, str], int]:
    wanted = {_place(row.values) for row in new}
    for row in changed:
        if any(change.field in ("unit", "opd") for change in row.changes):
            assert row.target is not None
            wanted.add(_new_place(row, current[row.target]))
    wanted.discard(("", ""))
    return ensure_units(uow, sorted(wanted))


def _place(values: Mapping[str, Any]) -> tuple[str, str]:
    return (values.get("opd") or "", values.get("unit") or "")


def _new_place(row: PlannedRow, before: Mapping[str, Any]) -> tuple[str, str]:
    """Where a changed row puts somebody; a blank OPD means the one they are in."""
    opd, unit = _place(row.values)
    return (opd or before["opd"] or "", unit)


def _direct(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: value for key, value in values.items() if key not in _INDIRECT and value is not None and value is not ERASE
    }


def _current(connection: Connection, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    return {row["id"]: row for row in personnel_queries.import_rows(connection, ids)}

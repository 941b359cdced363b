"""Which worksheets went out, and which have come back: per quarter and OPD."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from asn_desktop.exchange.plan import Fate, ImportPlan, WorksheetReturn
from asn_desktop.exchange.worksheet.mark import Mark
from asn_desktop.exchange.worksheet.model import Worksheet
from asn_desktop.personnel.model import Employee
from asn_desktop.reference.model import Unit
from asn_desktop.storage.unit_of_work import UnitOfWork
from asn_desktop.training.model import TrainingEvent


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One worksheet. ``counts`` as in the ledger of imports, plus ``filled``; empty while it has not come back."""

    id: int
    rid: str
    kind: str
    period: str | None
    unit_id: int | None
    event_id: int | None
    file_name: str
    made_at: str
    made_by: str
    due: date | None
    contact: str
    rows: int
    returned_at: str | None
    returned_file: str | None
    returned_digest: str | None
    counts: Mapping[str, int]


def rows(connection: Connection, kind: str, period: str | None = None) -> list[LedgerRow]:
    """The worksheets of a kind (and period), oldest first."""
    table = Worksheet.__table__
    query = select(table).where(table.c.kind == kind).order_by(table.c.id)
    if period is not None:
        query = query.where(table.c.period == period)
    return [_row(found) for found in connection.execute(query).mappings()]


def by_rid(connection: Connection, rid: str) -> LedgerRow | None:
    table = Worksheet.__table__
    found = connection.execute(select(table).where(table.c.rid == rid)).mappings().first()
    return None if found is None else _row(found)


def staff_by_opd(connection: Connection) -> dict[int | None, int]:
    """Active employees of each OPD, by the unit's id."""
    query = select(Unit.opd_id, func.count()).join(Employee, Employee.unit_id == Unit.id)
    rows = connection.execute(query.where(Employee.active.is_(True)).group_by(Unit.opd_id))
    return dict(rows.all())


def last_contact(connection: Connection) -> str:
    """Whom the last worksheet named for questions: the proposal for the next one."""
    query = select(Worksheet.contact).where(Worksheet.contact.is_not(None)).order_by(Worksheet.id.desc()).limit(1)
    return connection.scalar(query) or ""


def note_return(uow: UnitOfWork, plan: ImportPlan, moment: str) -> None:
    """Write into the ledger that the worksheets of a plan have come back, with what became of their rows."""
    for returned in plan.worksheets:
        counts = Counter(row.fate.value for row in plan.rows if row.sheet in returned.sheets)
        said = {fate.value: counts.get(fate.value, 0) for fate in Fate}
        if returned.noted:
            _note_again(uow, returned, said)
            continue
        values = {
            "returned_at": moment,
            "returned_file": plan.file_name,
            "returned_digest": returned.digest,
            "returned_counts": json.dumps({**said, "filled": returned.filled}),
        }
        known = by_rid(uow.connection, returned.mark.id)
        if known is None:
            uow.insert(Worksheet, {**_lost_line(uow.connection, returned), **values})
        else:
            uow.update(Worksheet, known.id, values)


def _note_again(uow: UnitOfWork, returned: WorksheetReturn, said: Mapping[str, int]) -> None:
    """The same content once more: what was left open before may be decided now. What was taken before stays counted
    as taken, although the rows are *same* by now."""
    known = by_rid(uow.connection, returned.mark.id)
    assert known is not None
    together = dict(said)
    for fate in (Fate.NEW.value, Fate.CHANGED.value):
        together[fate] += known.counts.get(fate, 0)
    together[Fate.SAME.value] += sum(said.values()) - sum(together.values())
    if together[Fate.SAME.value] < 0:  # some of it has been taken back since
        together = dict(said)
    if any(known.counts.get(fate) != count for fate, count in together.items()):
        counts = json.dumps({**together, "filled": returned.filled})
        uow.update(Worksheet, known.id, {"returned_counts": counts})


def _lost_line(connection: Connection, returned: WorksheetReturn) -> dict[str, Any]:
    """The line of a worksheet that this file does not remember having written (it was restored since)."""
    mark = returned.mark
    return {
        "rid": mark.id,
        "kind": mark.kind,
        "period": mark.period or None,
        "unit_id": connection.scalar(select(Unit.id).where(Unit.code == mark.unit)),
        "event_id": event_of(connection, mark),
        "file_name": "",
        "made_at": mark.made,
        "made_by": "",
        "rows": mark.rows,
    }


def event_of(connection: Connection, mark: Mark) -> int | None:
    """The event a worksheet is for, if it is for one and it is still there."""
    return connection.scalar(select(TrainingEvent.id).where(TrainingEvent.rid == mark.event)) if mark.event else None


def name_of(connection: Connection, mark: Mark) -> str:
    """The unit or event a worksheet is for, by name; its code where it is not known here."""
    if mark.event:
        found = connection.scalar(select(TrainingEvent.name).where(TrainingEvent.rid == mark.event))
    else:
        found = connection.scalar(select(Unit.name).where(Unit.code == mark.unit))
    return found or mark.unit


def _row(found: Mapping[Any, Any]) -> LedgerRow:
    counts = json.loads(found["returned_counts"]) if found["returned_counts"] else {}
    names = ("id", "rid", "kind", "period", "unit_id", "event_id", "file_name", "made_at", "made_by", "due", "rows",
             "returned_at", "returned_file", "returned_digest")  # fmt: skip
    return LedgerRow(**{name: found[name] for name in names}, contact=found["contact"] or "", counts=counts)

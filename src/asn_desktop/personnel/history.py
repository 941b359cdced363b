"""The change history of one employee, in words: read from the change log, never kept a second time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from asn_desktop.core.changes import ChangeKind
from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_short_date, print_name
from asn_desktop.personnel.fields import EMPLOYEE
from asn_desktop.personnel.model import Employee
from asn_desktop.reference.model import Unit
from asn_desktop.storage.change_log import ChangeLog, OperationLog, decode_change

_DERIVED = frozenset({"id", "rid", "version", "name_key", "search_text", "rank_order"})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, as people read it: ``before`` and ``after`` are printed values ("" for none)."""

    field: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One operation that touched the employee. ``at`` is local time as ISO text."""

    operation_id: int
    label: str
    user: str
    at: str
    kind: ChangeKind
    fields: tuple[FieldChange, ...]


def field_label(key: str) -> str:
    """The Indonesian name of a column."""
    return EMPLOYEE[key].name


def edit_label(current: Mapping[str, Any], values: Mapping[str, Any]) -> str:
    """The name of an edit: “Ubah golongan Agus Hasibuan”; more than two fields are only counted."""
    changed = [key for key, value in values.items() if key not in _DERIVED and current.get(key) != value]
    name = print_name(*(str(({**current, **values}).get(key) or "") for key in ("title_front", "name", "title_back")))
    if not 1 <= len(changed) <= 2:
        text = _("Ubah data {name} ({n} isian)") if changed else _("Ubah data {name}")
        return text.format(name=name, n=len(changed))
    words = _(" dan ").join(_inside(field_label(key)) for key in changed)
    return _("Ubah {fields} {name}").format(fields=words, name=name)


def _inside(label: str) -> str:
    """A label within a sentence: small letter, unless it is an abbreviation (NIP)."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def history(connection: Connection, rid: str, limit: int = 50) -> list[HistoryRow]:
    """What happened to the employee with ``rid``, newest first; of the creation only the fact is told."""
    query = (
        select(ChangeLog, OperationLog.label, OperationLog.user, OperationLog.at)
        .join(OperationLog, OperationLog.id == ChangeLog.operation_id)
        .where(ChangeLog.rid == rid, ChangeLog.table == Employee.__tablename__)
        .order_by(ChangeLog.operation_id.desc(), ChangeLog.seq.desc())
        .limit(limit)
    )
    rows = connection.execute(select(*query.subquery().c)).all()
    changes = [(row, decode_change(row)) for row in rows]
    updates = [change for _row, change in changes if change.kind is ChangeKind.UPDATE]
    name_of = _names(connection, (side for change in updates for side in (change.before, change.after)))
    result = []
    for row, change in changes:
        keys = sorted(change.after.keys() - _DERIVED) if change.kind is ChangeKind.UPDATE else []
        fields = tuple(
            FieldChange(key, field_label(key), name_of(key, change.before.get(key)), name_of(key, change.after[key]))
            for key in keys
            if change.before.get(key) != change.after[key]  # confirmed as it was: nothing to show
        )
        result.append(HistoryRow(row.operation_id, row.label, row.user, row.at, change.kind, fields))
    return result


def _names(connection: Connection, sides: Iterable[Mapping[str, Any]]) -> Callable[[str, Any], str]:
    """How values are shown; units and superiors by name."""
    wanted: dict[str, set[int]] = {"unit_id": set(), "superior_id": set()}
    for side in sides:
        for key, ids in wanted.items():
            if side.get(key) is not None:
                ids.add(side[key])
    units = select(Unit.id, Unit.name).where(Unit.id.in_(wanted["unit_id"]))
    superiors = select(Employee.id, Employee.name).where(Employee.id.in_(wanted["superior_id"]))
    names: dict[str, dict[int, str]] = {
        "unit_id": {row.id: row.name for row in connection.execute(units)},
        "superior_id": {row.id: row.name for row in connection.execute(superiors)},
    }

    def shown(key: str, value: Any) -> str:
        if value is None:
            return ""
        if key in names:
            return names[key].get(value) or str(value)
        return show_value(key, value)

    return shown


def show_value(key: str, value: Any) -> str:
    """A stored value as people read it: labels of choices, dates day first."""
    return EMPLOYEE[key].say(value, format_short_date)

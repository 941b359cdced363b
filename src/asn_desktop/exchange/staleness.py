"""Has the data moved since a preview in a way that the preview would show?

Somebody else's telephone number does not make an import wrong. What was written since is looked through line by line;
whatever is not known to be harmless counts as movement, and the preview is made anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Set

from sqlalchemy import Connection, select

from asn_desktop.appraisal.model import Evaluation
from asn_desktop.core.changes import ChangeKind
from asn_desktop.core.chunks import chunks
from asn_desktop.exchange.plan import ImportPlan
from asn_desktop.personnel.model import Employee
from asn_desktop.personnel.queries import find_by_nips
from asn_desktop.storage.change_log import ChangeLog

_FOUND_BY: Mapping[str, frozenset[str]] = {
    "employee": frozenset({"office", "nip", "name", "name_key", "birth_date", "unit_id", "superior_id"}),
    "evaluation": frozenset({"employee_id", "period_id"}),
}
"""Tables whose other records may change → the fields by which plans find people and see how they hang together."""
_NOT_IMPORTED = frozenset({"remediation_plan", "plan_step", "plan_note", "user", "import_batch", "layout_mapping"})


def moved(connection: Connection, since: int, concerned: Set[str], unread: Set[str] = frozenset()) -> bool:
    """Whether an operation after ``since`` wrote what a plan looked at: records with a ``rid`` in ``concerned``, what
    may be found beside them, or a table that is neither ``unread`` nor known here."""
    query = select(ChangeLog.table, ChangeLog.rid, ChangeLog.kind, ChangeLog.fields)
    return any(
        not (
            row.table in unread
            or (
                row.kind == ChangeKind.UPDATE
                and row.rid not in concerned
                and row.table in _FOUND_BY
                and _FOUND_BY[row.table].isdisjoint(json.loads(row.fields))
            )
        )
        for row in connection.execute(query.where(ChangeLog.operation_id > since))
    )


def import_moved(connection: Connection, plan: ImportPlan) -> bool:
    """The same for an import: it looks at the employees that its rows name, and at their evaluations."""
    people = {option.target for row in plan.rows for option in row.options} | {row.target for row in plan.rows}
    named = find_by_nips(connection, (row.nip for row in plan.rows))
    ids = sorted({number for number in (*people, *named.values()) if number is not None})
    concerned: set[str] = set()
    for part in chunks(ids):
        concerned.update(connection.scalars(select(Employee.rid).where(Employee.id.in_(part))))
        concerned.update(connection.scalars(select(Evaluation.rid).where(Evaluation.employee_id.in_(part))))
    return moved(connection, plan.log_head, concerned, _NOT_IMPORTED)

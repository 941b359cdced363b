"""Which mapped class stands behind an entity of the catalogue, and to which office its records belong."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from sqlalchemy import Select, Table, literal, select

from asn_desktop.appraisal import model as appraisal
from asn_desktop.exchange.package.protocol import ENTITIES
from asn_desktop.personnel import model as personnel
from asn_desktop.reference import model as reference
from asn_desktop.remediation import model as remediation
from asn_desktop.storage.base import Record
from asn_desktop.training import model as training

MODELS: Mapping[str, type[Record]] = {
    model.__tablename__: model
    for model in (
        reference.Holiday, reference.Parameter, reference.Unit, personnel.Employee, personnel.FormerPlacement,
        appraisal.AppraisalPeriod, appraisal.OrganisationResult, appraisal.Skp, appraisal.Rhk, appraisal.Iki,
        appraisal.BehaviourExpectation, appraisal.Evaluation, appraisal.Realisation, appraisal.Feedback,
        appraisal.FrozenSheet, training.TrainingEvent, training.Participant, remediation.RemediationPlan,
        remediation.PlanStep,
    )
}  # fmt: skip

PARENT: Mapping[str, str] = {entity.table: entity.parent for entity in ENTITIES if entity.parent}
"""The reference that says whose record it is, for tables without an office of their own."""

SHARED = frozenset(entity.table for entity in ENTITIES if not entity.owned and not entity.parent)
"""Records of no office: every office has them."""


def table_of(name: str) -> Table:
    table = MODELS[name].__table__
    assert isinstance(table, Table)
    return table


def target_of(table: str, column: str) -> str:
    """The table that a reference points to."""
    (key,) = table_of(table).c[column].foreign_keys
    return str(key.column.table.name)


CHILDREN: Mapping[str, tuple[tuple[str, str], ...]] = {
    entity.table: tuple(
        (other.table, field.key) for other in ENTITIES for field in other.references if field.target == entity.table
    )
    for entity in ENTITIES
}
"""Table → the (table, column) pairs that refer to it."""


@cache
def with_office(name: str) -> Select[tuple[object, ...]]:
    """All columns of a table and ``owner``: the office its record belongs to ("" own and shared ones)."""
    table = table_of(name)
    if name in SHARED:
        return select(table, literal("").label("owner"))
    joined, last, current = table, table, name
    while current in PARENT:
        column = PARENT[current]
        current = target_of(current, column)
        above = table_of(current)
        joined = joined.join(above, above.c.id == last.c[column])  # type: ignore[assignment]
        last = above
    return select(table, last.c.office.label("owner")).select_from(joined)

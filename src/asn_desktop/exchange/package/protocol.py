"""The catalogue of what travels: one entity per table, one sheet per entity, one field per column.

The order is the order of writing and merging: what is referred to comes before what refers to it. Not here, on
purpose: users and keys, layouts and ledgers of this PC, notes of counselling sessions (``plan_note`` never leaves
the office), and everything that is computed from other fields (search texts, rank order, match names).
``SCHEMA`` grows whenever an entity or a field is added or changes its meaning (docs/exchange.md, "Versions"); an older
program keeps what it does not know, unless :data:`READS` says that it must not read the package.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from asn_desktop.appraisal import fields as appraisal
from asn_desktop.core.catalogue import LATER, Entity
from asn_desktop.personnel import fields as personnel
from asn_desktop.reference import fields as reference
from asn_desktop.remediation import fields as remediation
from asn_desktop.training import fields as training

FORMAT = "ASN-PAKET"
SCHEMA = 1
READS = 1
"""The oldest schema whose programs may read what this one writes: raised where one of them would get something wrong
by keeping what it does not know. The sheets of a package are declared in its head as far as they are not those of
this schema."""


@dataclass(frozen=True, slots=True)
class LaterField:
    """A field that only a newer program knows. ``kind``: how it stands in cells (:class:`~.cell_values.Kind`)."""

    key: str
    kind: str
    heading: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class LaterTable:
    """What only a newer program knows of one table, or a table that only it knows. ``schema``: which one brought it;
    ``everyones``: its records belong to no office."""

    table: str
    sheet: str
    title: str
    everyones: bool
    schema: int
    fields: tuple[LaterField, ...]


ENTITIES: Sequence[Entity] = (
    reference.HOLIDAY, reference.PARAMETER, appraisal.PERIOD, reference.UNIT, personnel.EMPLOYEE,
    personnel.FORMER_PLACEMENT, appraisal.ORGANISATION_RESULT, appraisal.SKP, appraisal.RHK, appraisal.IKI,
    appraisal.BEHAVIOUR, appraisal.EVALUATION, appraisal.REALISATION, appraisal.FEEDBACK, appraisal.FROZEN,
    training.EVENT, training.PARTICIPANT, remediation.PLAN, remediation.STEP,
)  # fmt: skip
"""Two circles cannot be ordered and are linked after both sides are there: unit.head_id ↔ employee.unit_id, and
employee.superior_id to another employee."""

BY_TABLE: Mapping[str, Entity] = {entity.table: entity for entity in ENTITIES}
BY_SHEET: Mapping[str, Entity] = {entity.sheet: entity for entity in ENTITIES}


def entity_of(table: str) -> Entity:
    """The entity, or what stands for a table that only a newer program knows."""
    return BY_TABLE.get(table) or Entity(table, table, LATER, ())

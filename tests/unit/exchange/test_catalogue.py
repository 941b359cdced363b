"""The catalogue of records against everything that reads it: tables, packages, rules, words."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Date, ForeignKey, Integer, String
from sqlalchemy.sql.type_api import TypeEngine

import asn_desktop.services  # noqa: F401 - every table is mapped
from asn_desktop.core.catalogue import Entity, Field, FieldKind
from asn_desktop.devtools import schema_doc
from asn_desktop.exchange.package import tables
from asn_desktop.exchange.package.checks import incomplete
from asn_desktop.exchange.package.ownership import SEED
from asn_desktop.exchange.package.protocol import ENTITIES
from asn_desktop.exchange.package.wording import field_label
from asn_desktop.personnel.columns import PERSONNEL
from asn_desktop.personnel.commands import EmployeeCommand
from asn_desktop.personnel.fields import EMPLOYEE
from asn_desktop.training.commands import SaveEvent
from asn_desktop.training.fields import EVENT

FIELDS = [(entity, field) for entity in ENTITIES for field in entity.fields]
STORED: dict[FieldKind, type[TypeEngine[Any]]] = {
    FieldKind.TEXT: String, FieldKind.LONG: String, FieldKind.INTEGER: Integer, FieldKind.BOOLEAN: Boolean,
    FieldKind.DATE: Date, FieldKind.REFERENCE: Integer,
}  # fmt: skip
A_VALUE = {FieldKind.DATE: date(2026, 1, 1), FieldKind.INTEGER: 1, FieldKind.BOOLEAN: True, FieldKind.REFERENCE: "r"}
NOT_IN_THE_FORM = {"active", "inactive_since", "inactive_reason"}
"""Follow from the legal status, or are set by deactivating."""


def _name(value: object) -> str:
    return value.table if isinstance(value, Entity) else value.key if isinstance(value, Field) else ""


@pytest.mark.parametrize(("entity", "field"), FIELDS, ids=_name)
def test_a_field_is_stored_as_what_it_is(entity: Entity, field: Field) -> None:
    column = tables.table_of(entity.table).c[field.key]
    assert isinstance(column.type, STORED[field.kind])
    assert any(isinstance(key, ForeignKey) for key in column.foreign_keys) == (field.kind is FieldKind.REFERENCE)


@pytest.mark.parametrize(("entity", "field"), FIELDS, ids=_name)
def test_a_field_has_a_name_and_each_of_its_values_a_word(entity: Entity, field: Field) -> None:
    assert field_label(entity.table, field.key).strip()
    assert not field.closed or field.choices, "nothing could be stored"
    assert all(word.strip() for word in (field.choices or {}).values())


@pytest.mark.parametrize("entity", ENTITIES, ids=_name)
def test_a_record_is_somebodys_and_has_a_title(entity: Entity) -> None:
    keys = {field.key for field in entity.fields}
    assert not (entity.owned and entity.parent)
    assert bool(entity.name) != bool(entity.parent), "named by a field of its own, or after what it is part of"
    assert {entity.name, entity.second, entity.parent, *entity.judgement} - {""} <= keys
    assert entity.owned == ("office" in tables.table_of(entity.table).c)


@pytest.mark.parametrize("entity", ENTITIES, ids=_name)
def test_every_field_has_an_owner_from_the_start(entity: Entity) -> None:
    rules = [rule for rule in SEED if rule.entity == entity.table]
    named = {name for rule in rules for name in rule.fields.split() if name not in "+*" and "=" not in name}
    assert named <= {field.key for field in entity.fields}
    for field in entity.fields:
        assert any(rule.covers(field.key, {}) for rule in rules), field.key


@pytest.mark.parametrize(("entity", "field"), [pair for pair in FIELDS if pair[1].closed], ids=_name)
def test_a_package_brings_no_value_outside_the_list(entity: Entity, field: Field) -> None:
    whole = {each.key: A_VALUE.get(each.kind, "x") for each in entity.fields}
    whole |= {key: values[0] for key, values in entity.closed.items()}
    assert incomplete(entity, whole) is None
    refused = incomplete(entity, whole | {field.key: "lain"})
    assert refused is not None
    assert refused[0] == "unknown_value"


@pytest.mark.parametrize(
    ("entity", "command", "beyond"),
    [(EMPLOYEE, EmployeeCommand, set()), (EVENT, SaveEvent, {"code", "event_id", "expected_version"})],
    ids=_name,
)
def test_what_is_entered_is_what_the_catalogue_says(entity: Entity, command: Any, beyond: set[str]) -> None:
    """The form is made from the one and fills the other."""
    on_form = {field.key for section in entity.sections for field in entity.on_form(section)}
    assert set(command.__dataclass_fields__) - beyond == on_form
    assert {field.key for field in entity.fields if field.screen.section} == on_form


def test_what_is_entered_of_an_employee_is_all_but_what_follows() -> None:
    assert set(EmployeeCommand.__dataclass_fields__) == {field.key for field in EMPLOYEE.fields} - NOT_IN_THE_FORM
    assert {column.key for column in PERSONNEL} - {field.key for field in EMPLOYEE.fields} == {
        "unit", "opd", "superior_nip",
    }  # fmt: skip


def test_the_document_of_all_fields_is_up_to_date() -> None:
    path = Path(__file__).resolve().parents[3] / "docs" / "schema.md"
    assert path.read_text(encoding="utf-8") == schema_doc.document(), "uv run asn-dev schema-doc"


def test_the_document_tells_what_must_be_known_of_a_field() -> None:
    lines = schema_doc.document().splitlines()
    (sex,) = [line for line in lines if line.startswith("| `sex` |")]
    assert sex == "| `sex` | Jenis kelamin | text | `L` Laki-laki, `P` Perempuan | province/merge |  |"
    (nik,) = [line for line in lines if line.startswith("| `nik` |")]
    assert nik.endswith("| yes |")
    assert "Stays here: `office`, `rank_order`, `name_key`, `search_text`." in lines
    assert "`plan_note`" in lines[-1], "notes of counselling"

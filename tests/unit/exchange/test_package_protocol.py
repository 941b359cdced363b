"""The catalogue of packages against the tables: nothing that people enter may be forgotten on the way."""

from __future__ import annotations

import pytest

import asn_desktop.services  # noqa: F401 - every table is mapped
from asn_desktop.core.catalogue import FieldKind
from asn_desktop.exchange.package.protocol import BY_SHEET, BY_TABLE, ENTITIES
from asn_desktop.storage.base import Base

OWN = {"id", "rid", "version", "office"}
DERIVED = {
    "employee": {"name_key", "search_text", "rank_order"},
    "unit": {"match_name", "opd_id"},
    "appraisal_period": {"state"},  # each office closes its own quarter; how far it is travels as a status
}


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.table)
def test_every_column_of_a_travelling_table_travels(entity) -> None:
    table = Base.metadata.tables[entity.table]
    columns = {column.name for column in table.columns} - OWN - DERIVED.get(entity.table, set())
    assert {field.key for field in entity.fields} == columns


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.table)
def test_references_are_the_foreign_keys(entity) -> None:
    table = Base.metadata.tables[entity.table]
    keys = {
        column.name: next(iter(column.foreign_keys)).column.table.name
        for column in table.columns
        if column.foreign_keys and column.name not in DERIVED.get(entity.table, set())
    }
    assert {field.key: field.target for field in entity.references} == keys


def test_what_is_referred_to_comes_first() -> None:
    seen: set[str] = set()
    later = {("unit", "head_id"), ("unit", "parent_id"), ("employee", "superior_id")}
    for entity in ENTITIES:
        for field in entity.references:
            assert field.target in seen or (entity.table, field.key) in later, f"{entity.table}.{field.key}"
        seen.add(entity.table)


def test_what_stays_at_home_is_said() -> None:
    stays = {table for table, mapped in Base.metadata.tables.items() if "rid" in mapped.columns} - BY_TABLE.keys()
    assert {"user", "office", "plan_note", "import_batch", "layout_mapping"} <= stays
    assert "plan_note" not in BY_SHEET, "notes of counselling sessions never leave the office"


def test_sheets_and_headings_are_unique_and_short_enough_for_excel() -> None:
    assert len(BY_SHEET) == len(ENTITIES)
    for entity in ENTITIES:
        assert len(entity.sheet) <= 31
        headings = [field.heading for field in entity.fields]
        assert len(set(headings)) == len(headings)
        assert all(field.kind is not FieldKind.REFERENCE or field.target for field in entity.fields)

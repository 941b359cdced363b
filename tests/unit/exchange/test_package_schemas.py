"""The layout of a released schema never changes; what the program writes is that of the newest one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from asn_desktop.core.catalogue import Field, FieldKind
from asn_desktop.devtools import freeze
from asn_desktop.environment.resources import resource_path
from asn_desktop.exchange.package.protocol import BY_TABLE, SCHEMA
from asn_desktop.exchange.package.schemas import CURRENT, declarations, frozen_name, released
from asn_desktop.exchange.package.sheets import entity_layout

RELEASED = {1: "71f1e5828835dbee52b71cfed7711de98862250df2572bf075bc4b1e38f7273c"}
"""Schema → the SHA-256 of its file. A line is added when a schema is released, and none is ever changed."""


@pytest.mark.parametrize("schema", RELEASED)
def test_what_is_released_is_never_edited(schema: int) -> None:
    data = resource_path("schemas", frozen_name(schema)).read_bytes()
    assert hashlib.sha256(data).hexdigest() == RELEASED[schema]


def test_every_frozen_schema_is_listed_here() -> None:
    files = sorted(path.name for path in resource_path("schemas").glob("*.json"))
    assert files == sorted(map(frozen_name, RELEASED))


def test_the_program_writes_the_newest_released_schema() -> None:
    number, sheets = freeze.newest()
    found = freeze.differences(sheets, freeze.live())
    assert not found, "\n".join([*found, "", freeze.STEPS.format(newest=number)])
    assert number == SCHEMA, f"SCHEMA is {SCHEMA}, frozen is {number}: uv run asn-dev freeze-package-schema"


def test_a_released_layout_reads_as_the_program_writes() -> None:
    assert {name: sheet.columns for name, sheet in released(SCHEMA).sheets().items()} == {
        name: sheet.columns for name, sheet in CURRENT.sheets().items()
    }
    assert [sheet.table for sheet in released(SCHEMA).entities] == [sheet.table for sheet in CURRENT.entities]


def with_fields(change: Callable[[tuple[Field, ...]], tuple[Field, ...]]) -> dict[str, Any]:
    """The sheets of a program whose employees have other fields."""
    employee = BY_TABLE["employee"]
    sheet = entity_layout(replace(employee, fields=change(employee.fields)))
    entities = tuple(sheet if found.table == "employee" else found for found in CURRENT.entities)
    return declarations(replace(CURRENT, entities=entities), headings=False)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda fields: (*fields, Field("favourite_planet", "PLANET KESUKAAN")), "column favourite_planet: None"),
        (lambda fields: fields[1:], "column nip"),
        (lambda fields: (replace(fields[0], kind=FieldKind.INTEGER), *fields[1:]), "column nip"),
        (lambda fields: (fields[1], fields[0], *fields[2:]), "order"),
    ],
)
def test_whatever_changes_in_the_catalogue_is_named(change: Any, told: str) -> None:
    (found,) = freeze.differences(freeze.live(), with_fields(change))
    assert "sheet pegawai" in found
    assert told in found


def test_a_table_that_comes_or_goes_is_named() -> None:
    fewer = {name: said for name, said in freeze.live().items() if name != "skp"}
    assert freeze.differences(freeze.live(), fewer) == ["sheet skp: gone"]
    assert freeze.differences(fewer, freeze.live()) == ["sheet skp: new"]


def test_other_words_for_people_are_no_other_schema() -> None:
    renamed = with_fields(lambda fields: (replace(fields[0], heading="NOMOR INDUK"), *fields[1:]))
    assert freeze.differences(freeze.live(), renamed) == []


def test_freezing_writes_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "schemas"
    assert freeze.freeze(folder) == 0
    target = folder / frozen_name(SCHEMA)
    assert target.read_bytes() == resource_path("schemas", frozen_name(SCHEMA)).read_bytes()
    assert freeze.freeze(folder) == 0
    target.write_text(target.read_text(encoding="utf-8").replace('"nip"', '"nomor"'), encoding="utf-8")
    edited = target.read_bytes()
    assert freeze.freeze(folder) == 1
    assert "raise SCHEMA" in capsys.readouterr().out
    assert target.read_bytes() == edited

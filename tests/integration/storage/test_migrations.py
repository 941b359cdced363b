"""The DDL of the migrations and the mapped classes describe the same schema."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest
from sqlalchemy import CheckConstraint, Connection, PrimaryKeyConstraint, UniqueConstraint, inspect, text

from asn_desktop.services import Services
from asn_desktop.storage.base import Base
from asn_desktop.storage.engine import open_engine
from asn_desktop.storage.migrations import runner

SUBJECTS = "accounts reference personnel appraisal training remediation exchange exchange.package exchange.worksheet"
for subject in SUBJECTS.split():
    importlib.import_module(f"asn_desktop.{subject}.model")
TABLES = sorted(Base.metadata.tables)


@pytest.mark.parametrize("name", TABLES)
def test_the_migrated_table_is_the_mapped_one(office: Services, name: str) -> None:
    inspector = inspect(office.database.engine)
    table = Base.metadata.tables[name]
    found = {column["name"]: (str(column["type"]), column["nullable"]) for column in inspector.get_columns(name)}
    wanted = {
        column.name: (column.type.compile(office.database.engine.dialect), column.nullable) for column in table.columns
    }
    assert found == wanted
    indexes = {index["name"]: index["column_names"] for index in inspector.get_indexes(name)}
    assert indexes == {index.name: [column.name for column in index.columns] for index in table.indexes}
    assert len(inspector.get_foreign_keys(name)) == len(table.foreign_key_constraints)


@pytest.mark.parametrize("name", TABLES)
def test_the_migrated_table_refuses_what_the_mapped_one_refuses(office: Services, name: str) -> None:
    """Rules of the table: what may stand in it, what is unique, what must exist. Without them only the program refuses."""
    inspector = inspect(office.database.engine)
    table = Base.metadata.tables[name]
    checks = {_plain(check["sqltext"]) for check in inspector.get_check_constraints(name)}
    mapped = (part for part in table.constraints if isinstance(part, CheckConstraint))
    assert checks == {_plain(str(check.sqltext)) for check in mapped}
    unique = {tuple(found["column_names"]) for found in inspector.get_unique_constraints(name)}
    assert unique == {
        tuple(column.name for column in part.columns)
        for part in table.constraints
        if isinstance(part, UniqueConstraint)
    }
    only_once = {str(index["name"]) for index in inspector.get_indexes(name) if index["unique"]}
    assert only_once == {index.name for index in table.indexes if index.unique}
    references = {
        (tuple(key["constrained_columns"]), key["referred_table"], tuple(key["referred_columns"]))
        for key in inspector.get_foreign_keys(name)
    }
    assert references == {
        (tuple(key.column_keys), key.referred_table.name, tuple(part.column.name for part in key.elements))
        for key in table.foreign_key_constraints
    }
    (primary,) = [part for part in table.constraints if isinstance(part, PrimaryKeyConstraint)]
    assert inspector.get_pk_constraint(name)["constrained_columns"] == [column.name for column in primary.columns]


def _plain(check: object) -> str:
    """Without line breaks; the values of a list in one order, whatever stands between them."""
    text = re.sub(r"\s+", " ", str(check)).strip()
    return re.sub(r"\((.*)\)", lambda found: f"({','.join(sorted(map(str.strip, found[1].split(','))))})", text)


@pytest.mark.parametrize("name", TABLES)
def test_every_reference_can_be_looked_up_from_its_target(office: Services, name: str) -> None:
    """SQLite looks for the children of every record it adds while a reference is open (a package may name a head before
    the person): without an index each of those looks reads a whole table, and a province's tables are long."""
    with office.database.read() as connection:
        for reference in Base.metadata.tables[name].foreign_keys:
            column = reference.parent.name
            plan = connection.execute(text(f'EXPLAIN QUERY PLAN SELECT 1 FROM "{name}" WHERE {column} = 1')).all()
            assert plan[0].detail.startswith("SEARCH"), f"{name}.{column} has no index"


def test_no_table_exists_that_nobody_maps(office: Services) -> None:
    assert sorted(inspect(office.database.engine).get_table_names()) == TABLES


def test_a_failing_step_leaves_the_schema_as_it_was(tmp_path: Path) -> None:
    def broken(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE setengah (a INTEGER)")
        raise RuntimeError("listrik padam")

    engine = open_engine(tmp_path / "a.db", bytes(32))
    runner.upgrade(engine)
    with pytest.raises(RuntimeError):
        runner.upgrade(engine, (*runner.STEPS, (runner.CURRENT + 1, broken)))
    assert "setengah" not in inspect(engine).get_table_names()
    with engine.connect() as connection, connection.begin():
        assert runner.schema_version(connection) == runner.CURRENT
    engine.dispose()

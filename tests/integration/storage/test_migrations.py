"""The DDL of the migrations and the mapped classes describe the same schema."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect

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
    assert {index["name"] for index in inspector.get_indexes(name)} == {index.name for index in table.indexes}
    assert len(inspector.get_foreign_keys(name)) == len(table.foreign_key_constraints)


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

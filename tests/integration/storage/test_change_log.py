"""Every write leaves a line; the chain of lines cannot be edited, shortened or reordered unnoticed."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from asn_desktop.core.changes import ChangeKind
from asn_desktop.core.errors import ConflictError
from asn_desktop.reference.model import Parameter, Unit
from asn_desktop.services import Services
from asn_desktop.storage import change_log
from asn_desktop.storage.engine import connect

UNIT = {"name": "Dinas Contoh", "match_name": "DINAS CONTOH", "kind": "OPD"}


def add_unit(office: Services, code: str) -> int:
    with office.database.write("unit.add", "Tambah unit") as uow:
        return uow.insert(Unit, {**UNIT, "code": code})


def test_a_write_records_each_changed_field_with_before_and_after(office: Services) -> None:
    unit = add_unit(office, "01")
    with office.database.write("unit.rename", "Ubah nama unit") as uow:
        uow.update(Unit, unit, {"name": "Dinas Baru", "match_name": "DINAS CONTOH"})
    with office.database.read() as connection:
        (change,) = change_log.changes_of(connection, uow.change_set.operation_id)
    assert change.kind is ChangeKind.UPDATE
    assert change.before == {"name": "Dinas Contoh"}
    assert change.after == {"name": "Dinas Baru"}


def test_writing_what_already_stands_there_leaves_no_operation(office: Services) -> None:
    unit = add_unit(office, "01")
    with office.database.write("unit.rename", "Ubah nama unit") as uow:
        assert not uow.update(Unit, unit, {"name": "Dinas Contoh"})
    assert uow.change_set.operation_id == 0
    assert office.safety.history()[0].kind == "unit.add"


def test_an_exception_inside_the_block_rolls_everything_back(office: Services) -> None:
    with pytest.raises(ZeroDivisionError), office.database.write("unit.add", "Tambah unit") as uow:
        uow.insert(Unit, {**UNIT, "code": "01"})
        raise ZeroDivisionError
    assert [unit.code for unit in office.reference.units()] == ["11.12"]
    assert [row.kind for row in office.safety.history()] == ["office.create"]


def test_a_stale_form_is_refused(office: Services) -> None:
    unit = add_unit(office, "01")
    with office.database.write("unit.rename", "Ubah") as uow:
        uow.update(Unit, unit, {"name": "Kedua"}, expected_version=1)
    with pytest.raises(ConflictError), office.database.write("unit.rename", "Ubah") as uow:
        uow.update(Unit, unit, {"name": "Ketiga"}, expected_version=1)
    assert {unit.code: unit.name for unit in office.reference.units()}["01"] == "Kedua"


def test_breaking_a_rule_of_the_database_is_explained_not_written(office: Services) -> None:
    add_unit(office, "01")
    with pytest.raises(ConflictError) as caught:
        add_unit(office, "01")
    assert "tidak cocok dengan data lain" in caught.value.message


def test_the_log_refuses_to_be_edited(office: Services) -> None:
    add_unit(office, "01")
    with pytest.raises(DBAPIError), office.database.engine.begin() as connection:
        connection.execute(text("UPDATE operation SET user = 'orang lain'"))
    with pytest.raises(DBAPIError), office.database.engine.begin() as connection:
        connection.execute(text('DELETE FROM "change"'))


@pytest.mark.parametrize(
    ("tampering", "found_at"),
    [
        ("UPDATE operation SET user = 'orang lain' WHERE id = 3", 3),
        ("UPDATE \"change\" SET fields = replace(fields, 'Dinas Contoh', 'Dinas Lain') WHERE operation_id = 2", 2),
        ('DELETE FROM "change" WHERE operation_id = 4', 4),
        ("DELETE FROM operation WHERE id = 3", 3),
        ("INSERT INTO \"change\" VALUES (9, 1, 'unit', 'x', 'insert', '{}')", 9),
    ],
)
def test_check_finds_and_locates_tampering(office: Services, tampering: str, found_at: int) -> None:
    for code in ("01", "02", "03"):
        add_unit(office, code)
    assert office.safety.check().sound
    driver = connect(office.paths.database, office.safety._key)
    driver.execute("PRAGMA foreign_keys = OFF")
    for trigger in ("operation_no_update", "operation_no_delete", "change_no_update", "change_no_delete"):
        driver.execute(f"DROP TRIGGER {trigger}")
    driver.execute(tampering)
    driver.close()
    report = office.safety.check().chain
    assert not report.sound
    assert report.broken_at == found_at


def test_a_line_rewritten_with_a_hash_of_its_own_does_not_fit_the_next(office: Services) -> None:
    """Somebody who knows how a hash is made can make one for the line they changed: each hash holds the one before."""
    for code in ("01", "02", "03"):
        add_unit(office, code)
    driver = connect(office.paths.database, office.safety._key)
    driver.execute("PRAGMA foreign_keys = OFF")
    driver.execute("DROP TRIGGER operation_no_update")
    cursor = driver.execute("SELECT * FROM operation WHERE id = 2")
    row = dict(zip([part[0] for part in cursor.description], cursor.fetchone(), strict=True)) | {"user": "orang lain"}
    header = change_log.header_of(row | {"undoable": bool(row["undoable"])})
    previous = driver.execute("SELECT hash FROM operation WHERE id = 1").fetchone()[0]
    names = ("seq", "table", "rid", "kind", "fields")
    lines = driver.execute('SELECT seq, "table", rid, kind, fields FROM "change" WHERE operation_id = 2').fetchall()
    digest = change_log.chain_hash(previous, header, [dict(zip(names, line, strict=True)) for line in lines])
    driver.execute("UPDATE operation SET user = 'orang lain', hash = ? WHERE id = 2", (digest,))
    driver.close()
    report = office.safety.check().chain
    assert not report.sound
    assert report.broken_at == 3, "line 2 is made well, and line 3 was made after another one"


def test_a_log_cut_off_at_the_end_shows_against_the_anchor_outside(office: Services) -> None:
    add_unit(office, "01")
    office.safety.note_anchor()
    driver = connect(office.paths.database, office.safety._key)
    driver.execute("DROP TRIGGER operation_no_delete")
    driver.execute("DROP TRIGGER change_no_delete")
    driver.execute('DELETE FROM "change" WHERE operation_id = 2')
    driver.execute("DELETE FROM operation WHERE id = 2")
    driver.close()
    assert office.safety.check().chain.broken_at == 2


def test_column_defaults_are_written_to_the_log_too(office: Services) -> None:
    with office.database.write("parameter.add", "Tambah") as uow:
        uow.insert_many(Parameter, [
            {"key": "a", "value": "1", "valid_from": office.database.clock().date(), "source": "uji"},
            {"key": "b", "value": "2", "valid_from": office.database.clock().date(), "source": "uji", "verified": True},
        ])  # fmt: skip
    with office.database.read() as connection:
        first, second = change_log.changes_of(connection, uow.change_set.operation_id)
    assert (first.after["verified"], second.after["verified"]) == (False, True)


def test_a_consequence_belongs_to_the_operation_that_caused_it(office: Services) -> None:
    def rename(uow: object) -> None:
        from asn_desktop.storage.unit_of_work import UnitOfWork

        assert isinstance(uow, UnitOfWork)
        if uow.touched(Unit):
            uow.insert(
                Parameter,
                {"key": "akibat", "value": "1", "valid_from": office.database.clock().date(), "source": "uji"},
            )

    office.database.before_commit.append(rename)
    add_unit(office, "01")
    assert any(row.key == "akibat" for row in office.reference.parameters())
    office.safety.undo()
    assert not any(row.key == "akibat" for row in office.reference.parameters())

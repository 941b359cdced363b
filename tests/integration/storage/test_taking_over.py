"""What waited for a field or a table goes into its column; what cannot go yet waits on, and nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text

from asn_desktop.services import Services
from asn_desktop.storage.dialect import WRITE_OPTION
from asn_desktop.storage.migrations import taking_over


@pytest.fixture
def connection(office: Services) -> Iterator[Connection]:
    """Inside a migration of an office with one unit."""
    with office.database.engine.connect() as plain:
        connection = plain.execution_options(**{WRITE_OPTION: True})
        with connection.begin():
            yield connection


def wait(connection: Connection, entity: str, record: str, **content: object) -> None:
    """Values that a package brought for a newer program."""
    query = "INSERT INTO later_record (entity, record, office, content, rid, version) VALUES (:e, :r, '', :c, :r, 1)"
    connection.execute(text(query), {"e": entity, "r": record, "c": json.dumps(content)})
    for key in content:
        field = (
            'INSERT OR IGNORE INTO later_field (entity, "key", kind, heading, target, sheet, title, everyones, schema,'
            " rid, version) VALUES (:e, :k, 'text', '', '', '', '', 0, 2, :k, 1)"
        )
        connection.execute(text(field), {"e": entity, "k": key})


def waiting(connection: Connection) -> dict[str, dict[str, object]]:
    rows = connection.execute(text("SELECT record, content FROM later_record"))
    return {row.record: json.loads(row.content) for row in rows}


def fields(connection: Connection) -> set[str]:
    return set(connection.scalars(text('SELECT "key" FROM later_field')))


def unit(connection: Connection) -> str:
    return str(connection.scalar(text("SELECT rid FROM unit WHERE id = 1")))


def test_only_the_field_that_came_is_taken(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE unit ADD COLUMN motto VARCHAR")
    wait(connection, "unit", unit(connection), motto="Melayani", colour="hijau")
    assert taking_over.adopt(connection, "unit", "motto") == 1
    assert connection.scalar(text("SELECT motto FROM unit WHERE id = 1")) == "Melayani"
    assert waiting(connection) == {unit(connection): {"colour": "hijau"}}
    assert fields(connection) == {"colour"}


def test_a_value_that_the_column_refuses_waits_on(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE unit ADD COLUMN size VARCHAR CHECK (size IN ('besar', 'kecil'))")
    wait(connection, "unit", unit(connection), size="sedang")
    assert taking_over.adopt(connection, "unit", "size") == 0
    assert waiting(connection) == {unit(connection): {"size": "sedang"}}
    assert connection.scalar(text("SELECT size FROM unit WHERE id = 1")) is None


def test_a_reference_goes_in_as_the_record_it_names_or_waits_for_it(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE unit ADD COLUMN sister_id INTEGER REFERENCES unit (id)")
    wait(connection, "unit", unit(connection), sister_id=unit(connection))
    wait(connection, "holiday", "h1", sister_id="x")
    assert taking_over.adopt(connection, "unit", "sister_id", "unit") == 1
    assert connection.scalar(text("SELECT sister_id FROM unit WHERE id = 1")) == 1
    connection.execute(text("UPDATE unit SET sister_id = NULL"))
    wait(connection, "unit", unit(connection), sister_id="belum ada")
    assert taking_over.adopt(connection, "unit", "sister_id", "unit") == 0
    assert waiting(connection)[unit(connection)] == {"sister_id": "belum ada"}
    assert "h1" in waiting(connection), "another table's"


def test_a_record_whose_person_is_not_here_waits(connection: Connection) -> None:
    connection.exec_driver_sql(
        "CREATE TABLE motto (unit_id INTEGER NOT NULL REFERENCES unit (id), words VARCHAR NOT NULL, seen_by_id INTEGER,"
        " id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, rid VARCHAR(36) NOT NULL UNIQUE, version INTEGER NOT NULL)"
    )
    wait(connection, "motto", "m1", unit_id=unit(connection), words="Melayani", later_still=5)
    wait(connection, "motto", "m2", unit_id="belum ada", words="Cepat")
    wait(connection, "motto", "m3", unit_id=unit(connection), words=None)
    taken = {"unit_id": "unit", "words": "", "seen_by_id": "employee"}
    assert taking_over.adopt_table(connection, "motto", taken) == 1
    assert [tuple(row) for row in connection.execute(text("SELECT rid, unit_id, words, seen_by_id FROM motto"))] == [
        ("m1", 1, "Melayani", None)
    ]
    assert waiting(connection) == {
        "m1": {"later_still": 5},
        "m2": {"unit_id": "belum ada", "words": "Cepat"},
        "m3": {"unit_id": unit(connection), "words": None},
    }


def rules(connection: Connection, entity: str) -> list[tuple[str, ...]]:
    query = text("SELECT fields, owner, policy FROM exchange_rule WHERE entity = :e ORDER BY position, id")
    return [tuple(row) for row in connection.execute(query, {"e": entity})]


def test_a_rule_of_a_new_field_is_asked_before_the_general_one(connection: Connection) -> None:
    before = {entity: rules(connection, entity) for entity in ("employee", "unit", "holiday", "evaluation")}
    new = ("unit", "motto", "district", "queue")
    assert taking_over.add_rules(connection, [new]) == 1
    after = rules(connection, "unit")
    assert after == [*before["unit"][:-1], new[1:], before["unit"][-1]]
    for entity in ("employee", "holiday", "evaluation"):
        assert rules(connection, entity) == before[entity]
    assert taking_over.add_rules(connection, [new]) == 0


def test_a_rule_that_an_office_changed_stays(connection: Connection) -> None:
    taking_over.add_rules(connection, [("motto", "*", "district", "queue")])
    connection.execute(text("UPDATE exchange_rule SET policy = 'refuse' WHERE entity = 'motto'"))
    assert taking_over.add_rules(connection, [("motto", "*", "province", "merge")]) == 0
    assert rules(connection, "motto") == [("*", "district", "refuse")]

"""A program of tomorrow: today's with one field more for people, one table more, and the migration that brings both.

    python -m tests.tomorrow < steps.json

Every step is one call of the services on an office (``home``); what the last one answers is printed as JSON. It is a
process of its own, for a program has one catalogue.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, ForeignKey, String, select

from asn_desktop.core.catalogue import Entity, Field, FieldKind
from asn_desktop.exchange.package import protocol
from asn_desktop.personnel.model import Employee
from asn_desktop.storage.base import Record, Stored, column
from asn_desktop.storage.migrations import runner, taking_over

FIELDS = {"employee_id": "employee", "rule": "", "understood_on": "", "by_id": "employee"}


class Acknowledgement(Record):
    """Who has understood which rule."""

    __tablename__ = "acknowledgement"

    employee_id: Stored[int] = column(ForeignKey("employee.id"), index=True)
    rule: Stored[str]
    understood_on: Stored[str | None]
    by_id: Stored[int | None] = column(ForeignKey("employee.id"), index=True)


def bring(connection: Connection) -> None:
    """The migration of tomorrow."""
    connection.exec_driver_sql("ALTER TABLE employee ADD COLUMN blood_type VARCHAR")
    connection.exec_driver_sql(
        """CREATE TABLE acknowledgement (
            employee_id INTEGER NOT NULL,
            rule VARCHAR NOT NULL,
            understood_on VARCHAR,
            by_id INTEGER,
            id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            rid VARCHAR(36) NOT NULL UNIQUE,
            version INTEGER NOT NULL,
            FOREIGN KEY(employee_id) REFERENCES employee (id),
            FOREIGN KEY(by_id) REFERENCES employee (id)
        )"""
    )
    connection.exec_driver_sql("CREATE INDEX ix_acknowledgement_employee_id ON acknowledgement (employee_id)")
    connection.exec_driver_sql("CREATE INDEX ix_acknowledgement_by_id ON acknowledgement (by_id)")
    taking_over.adopt(connection, "employee", "blood_type")
    taking_over.adopt_table(connection, "acknowledgement", FIELDS)
    taking_over.add_rules(
        connection,
        [("employee", "blood_type", "district", "merge"), ("acknowledgement", "*", "district", "merge")],
    )


def become_tomorrow() -> None:
    """Before anything that derives from the catalogue is imported."""
    Employee.__table__.append_column(Column("blood_type", String))
    acknowledgement = Entity(
        "acknowledgement",
        "pernyataan_paham",
        "Pernyataan paham",
        (
            Field("employee_id", "PEGAWAI", FieldKind.REFERENCE, "employee"),
            Field("rule", "ATURAN"),
            Field("understood_on", "TANGGAL"),
            Field("by_id", "DIJELASKAN OLEH", FieldKind.REFERENCE, "employee"),
        ),
        parent="employee_id",
        second="rule",
    )
    entities = []
    for entity in protocol.ENTITIES:
        if entity.table == "employee":
            at = 2  # not at the end: the order of columns is the writer's
            blood = Field("blood_type", "GOLONGAN DARAH")
            entity = replace(entity, fields=(*entity.fields[:at], blood, *entity.fields[at:]))
        entities.append(entity)
    protocol.SCHEMA = 2
    protocol.ENTITIES = (*entities, acknowledgement)
    protocol.BY_TABLE = {entity.table: entity for entity in protocol.ENTITIES}
    protocol.BY_SHEET = {entity.sheet: entity for entity in protocol.ENTITIES}
    runner.STEPS = (*runner.STEPS, (runner.CURRENT + 1, bring))
    runner.CURRENT += 1
    from asn_desktop.exchange.package import tables

    tables.MODELS = {**tables.MODELS, "acknowledgement": Acknowledgement}


def number_of(connection: Connection, name: str) -> int:
    return int(connection.execute(select(Employee.id).where(Employee.name == name)).scalar_one())


def blood(services: Any, step: dict[str, Any]) -> None:
    """Note the blood type of people (name → type)."""
    with services.database.write("employee.update", "Ubah pegawai") as uow:
        for name, value in step["people"].items():
            uow.update(Employee, number_of(uow.connection, name), {"blood_type": value})


def understood(services: Any, step: dict[str, Any]) -> None:
    with services.database.write("acknowledgement.add", "Catat pernyataan") as uow:
        number = number_of(uow.connection, step["name"])
        row = {"employee_id": number, "rule": step["rule"], "understood_on": "2027-02-01", "by_id": number}
        uow.insert(Acknowledgement, row)


def change_rule(services: Any, step: dict[str, Any]) -> None:
    with services.database.write("acknowledgement.change", "Ubah pernyataan") as uow:
        query = select(Acknowledgement.id).where(Acknowledgement.rule == step["rule"])
        uow.update(Acknowledgement, uow.connection.execute(query).scalar_one(), {"rule": step["becomes"]})


def withdraw(services: Any, step: dict[str, Any]) -> None:
    with services.database.write("acknowledgement.remove", "Hapus pernyataan") as uow:
        query = select(Acknowledgement.id).where(Acknowledgement.rule == step["rule"])
        uow.delete(Acknowledgement, uow.connection.execute(query).scalar_one())


def phone(services: Any, step: dict[str, Any]) -> None:
    with services.database.write("employee.update", "Ubah pegawai") as uow:
        uow.update(Employee, number_of(uow.connection, step["name"]), {"phone": step["phone"]})


def send(services: Any, step: dict[str, Any]) -> None:
    services.packages.send(Path(step["file"]), step.get("to"))


def receive(services: Any, step: dict[str, Any]) -> dict[str, Any]:
    plan = services.packages.examine(Path(step["file"]))
    services.packages.apply(plan, backup=False)
    return {"seal": plan.read.seal.value, "counts": dict(plan.counts), "later": plan.later_values}


def show(services: Any, _step: dict[str, Any]) -> dict[str, Any]:
    """What stands in the columns."""
    with services.database.read() as connection:
        table = Employee.__table__
        people = {row.name: [row.blood_type, row.phone] for row in connection.execute(select(table))}
        query = select(Acknowledgement.rule, table.c.name).join(table, table.c.id == Acknowledgement.employee_id)
        rules = sorted([row.name, row.rule] for row in connection.execute(query))
    with services.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT entity, fields, policy FROM exchange_rule ORDER BY position")
        ownership = [list(row) for row in rows]
        waiting = connection.exec_driver_sql("SELECT count(*) FROM later_record").scalar()
    open_here = [[row.entity, row.field] for row in services.packages.conflicts("open")]
    return {
        "people": people, "rules": rules, "sound": services.safety.check().sound, "open": open_here,
        "ownership": ownership, "waiting": waiting, "backups": [made.reason for made in services.safety.backups()],
    }  # fmt: skip


STEPS: dict[str, Callable[[Any, dict[str, Any]], Any]] = {
    step.__name__: step for step in (blood, understood, change_rule, withdraw, phone, send, receive, show)
}


def main() -> None:
    become_tomorrow()
    from asn_desktop.environment.paths import office_paths
    from asn_desktop.services import close_office, open_office
    from tests.conftest import PASSPHRASE, USER, fixed_clock

    answer: Any = None
    for step in json.load(sys.stdin):
        services = open_office(office_paths(Path(step["home"])), USER, PASSPHRASE, clock=fixed_clock)
        try:
            answer = STEPS[step["do"]](services, step)
        finally:
            close_office(services)
    print(json.dumps(answer))


if __name__ == "__main__":
    main()

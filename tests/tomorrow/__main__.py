"""A program of tomorrow: today's with one field more for people, one table more, and the migration that brings both.

What it brings is what no office will ever need: a field that is added for good must still be missing here.

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

FIELDS = {"employee_id": "employee", "comet": "", "seen_on": "", "by_id": "employee"}


class CometSighting(Record):
    """Who has seen which comet."""

    __tablename__ = "comet_sighting"

    employee_id: Stored[int] = column(ForeignKey("employee.id"), index=True)
    comet: Stored[str]
    seen_on: Stored[str | None]
    by_id: Stored[int | None] = column(ForeignKey("employee.id"), index=True)


def bring(connection: Connection) -> None:
    """The migration of tomorrow."""
    connection.exec_driver_sql("ALTER TABLE employee ADD COLUMN favourite_planet VARCHAR")
    connection.exec_driver_sql(
        """CREATE TABLE comet_sighting (
            employee_id INTEGER NOT NULL,
            comet VARCHAR NOT NULL,
            seen_on VARCHAR,
            by_id INTEGER,
            id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            rid VARCHAR(36) NOT NULL UNIQUE,
            version INTEGER NOT NULL,
            FOREIGN KEY(employee_id) REFERENCES employee (id),
            FOREIGN KEY(by_id) REFERENCES employee (id)
        )"""
    )
    connection.exec_driver_sql("CREATE INDEX ix_comet_sighting_employee_id ON comet_sighting (employee_id)")
    connection.exec_driver_sql("CREATE INDEX ix_comet_sighting_by_id ON comet_sighting (by_id)")
    taking_over.adopt(connection, "employee", "favourite_planet")
    taking_over.adopt_table(connection, "comet_sighting", FIELDS)
    taking_over.add_rules(
        connection,
        [("employee", "favourite_planet", "district", "merge"), ("comet_sighting", "*", "district", "merge")],
    )


def become_tomorrow() -> None:
    """Before anything that derives from the catalogue is imported."""
    Employee.__table__.append_column(Column("favourite_planet", String))
    sighting = Entity(
        "comet_sighting",
        "penampakan_komet",
        "Penampakan komet",
        (
            Field("employee_id", "PEGAWAI", FieldKind.REFERENCE, "employee"),
            Field("comet", "KOMET"),
            Field("seen_on", "TANGGAL"),
            Field("by_id", "DITUNJUKKAN OLEH", FieldKind.REFERENCE, "employee"),
        ),
        parent="employee_id",
        second="comet",
    )
    entities = []
    for entity in protocol.ENTITIES:
        if entity.table == "employee":
            at = 2  # not at the end: the order of columns is the writer's
            planet = Field("favourite_planet", "PLANET KESUKAAN")
            entity = replace(entity, fields=(*entity.fields[:at], planet, *entity.fields[at:]))
        entities.append(entity)
    protocol.SCHEMA += 1
    protocol.ENTITIES = (*entities, sighting)
    protocol.BY_TABLE = {entity.table: entity for entity in protocol.ENTITIES}
    protocol.BY_SHEET = {entity.sheet: entity for entity in protocol.ENTITIES}
    runner.STEPS = (*runner.STEPS, (runner.CURRENT + 1, bring))
    runner.CURRENT += 1
    from asn_desktop.exchange.package import tables

    tables.MODELS = {**tables.MODELS, "comet_sighting": CometSighting}


def number_of(connection: Connection, name: str) -> int:
    return int(connection.execute(select(Employee.id).where(Employee.name == name)).scalar_one())


def planet(services: Any, step: dict[str, Any]) -> None:
    """Note the planet of people (name → planet)."""
    with services.database.write("employee.update", "Ubah pegawai") as uow:
        for name, value in step["people"].items():
            uow.update(Employee, number_of(uow.connection, name), {"favourite_planet": value})


def sighted(services: Any, step: dict[str, Any]) -> None:
    with services.database.write("comet_sighting.add", "Catat penampakan") as uow:
        number = number_of(uow.connection, step["name"])
        row = {"employee_id": number, "comet": step["comet"], "seen_on": "2027-02-01", "by_id": number}
        uow.insert(CometSighting, row)


def rename_comet(services: Any, step: dict[str, Any]) -> None:
    with services.database.write("comet_sighting.change", "Ubah penampakan") as uow:
        query = select(CometSighting.id).where(CometSighting.comet == step["comet"])
        uow.update(CometSighting, uow.connection.execute(query).scalar_one(), {"comet": step["becomes"]})


def withdraw(services: Any, step: dict[str, Any]) -> None:
    with services.database.write("comet_sighting.remove", "Hapus penampakan") as uow:
        query = select(CometSighting.id).where(CometSighting.comet == step["comet"])
        uow.delete(CometSighting, uow.connection.execute(query).scalar_one())


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
        people = {row.name: [row.favourite_planet, row.phone] for row in connection.execute(select(table))}
        query = select(CometSighting.comet, table.c.name).join(table, table.c.id == CometSighting.employee_id)
        comets = sorted([row.name, row.comet] for row in connection.execute(query))
    with services.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT entity, fields, policy FROM exchange_rule ORDER BY position")
        ownership = [list(row) for row in rows]
        waiting = connection.exec_driver_sql("SELECT count(*) FROM later_record").scalar()
    open_here = [[row.entity, row.field] for row in services.packages.conflicts("open")]
    return {
        "people": people, "comets": comets, "sound": services.safety.check().sound, "open": open_here,
        "ownership": ownership, "waiting": waiting, "backups": [made.reason for made in services.safety.backups()],
    }  # fmt: skip


STEPS: dict[str, Callable[[Any, dict[str, Any]], Any]] = {
    step.__name__: step for step in (planet, sighted, rename_comet, withdraw, phone, send, receive, show)
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

"""Offices that exchange packages: real encrypted homes, packages handed over in memory.

``Site`` is one database with its home; :meth:`Site.send` and :meth:`Site.receive` are what a clerk does, without the
file between (the file has its own tests). A site can be cloned to another home or restored from a backup.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from asn_desktop.environment.paths import OfficePaths, office_paths
from asn_desktop.exchange.package import sending, tables
from asn_desktop.exchange.package.content import PackageContent, ReadPackage, Seal
from asn_desktop.exchange.package.protocol import ENTITIES
from asn_desktop.exchange.package.results import Received
from asn_desktop.personnel.model import Employee
from asn_desktop.reference.queries import OfficeRow
from asn_desktop.services import Services, close_office, create_office, open_office
from asn_desktop.storage.base import Record
from tests.conftest import PASSPHRASE, USER, fixed_clock, leave_as_template, move_in

PROVINCE = OfficeRow("11", "BKD Provinsi Contoh", "Pemerintah Provinsi Contoh", "Kota Contoh", "province", True)


def district_row(code: str) -> OfficeRow:
    return OfficeRow(code, f"BKPSDM Kabupaten {code}", f"Pemerintah Kabupaten {code}", "Contoh", "district", True)


@dataclass
class Site:
    """One living copy of an office's database."""

    paths: OfficePaths
    services: Services
    inbox: list[tuple[PackageContent, str]] = field(default_factory=list)

    @property
    def code(self) -> str:
        return self.services.reference.office().code

    # -- packages -----------------------------------------------------------------------------------------

    def send(self, to: str | None = None, *, cut_off: bool = False) -> tuple[PackageContent, str]:
        """A package and its digest, noted as sent. ``cut_off``: the file got out, and the ledger does not know."""
        database = self.services.database
        content = sending.reserve(database, self.services.packages.content_for(to), "paket.xlsx")
        digest = f"digest of {content.head.package_id}"
        if not cut_off:
            sending.complete(database, content, digest)
        self.services.packages.remember()
        return content, digest

    def receive(self, package: tuple[PackageContent, str]) -> Received:
        return self.services.packages.apply(self.plan(package), backup=False)

    def plan(self, package: tuple[PackageContent, str]) -> Any:
        content, digest = package
        return self.services.packages.plan(ReadPackage(content, "paket.xlsx", digest, digest, Seal.INTACT))

    def undo(self) -> None:
        self.services.safety.undo()

    def redo(self) -> None:
        self.services.safety.redo()

    # -- work ---------------------------------------------------------------------------------------------

    def insert(self, model: type[Record], **values: Any) -> str:
        with self.services.database.write("test.insert", "Tambah") as uow:
            number = uow.insert(model, values)
        table: Any = model.__table__
        with self.services.database.read() as connection:
            return str(connection.scalar(select(table.c.rid).where(table.c.id == number)))

    def edit(self, model: type[Record], rid: str, **values: Any) -> None:
        with self.services.database.write("test.edit", "Ubah") as uow:
            uow.update(model, self.id_of(model, rid), values)

    def remove(self, model: type[Record], rid: str) -> None:
        with self.services.database.write("test.remove", "Hapus") as uow:
            uow.delete(model, self.id_of(model, rid))

    def id_of(self, model: type[Record], rid: str) -> int:
        table: Any = model.__table__
        with self.services.database.read() as connection:
            return int(connection.execute(select(table.c.id).where(table.c.rid == rid)).scalar_one())

    def add_person(self, name: str, nip: str | None = None, **values: Any) -> str:
        unit = self.services.reference.units()[0].id
        return self.insert(
            Employee, name=name, nip=nip, employment_kind="PNS", legal_status="Aktif", name_key=name.lower(),
            search_text=name.lower(), unit_id=unit, **values,
        )  # fmt: skip

    # -- looking ------------------------------------------------------------------------------------------

    def get(self, model: type[Record], rid: str) -> dict[str, Any] | None:
        table: Any = model.__table__
        with self.services.database.read() as connection:
            found = connection.execute(select(table).where(table.c.rid == rid)).mappings().first()
            return dict(found) if found else None

    def value(self, model: type[Record], rid: str, name: str) -> Any:
        found = self.get(model, rid)
        assert found is not None
        return found[name]

    def facts(self, offices: set[str] | None = None) -> dict[tuple[str, str], dict[str, Any]]:
        """(table, rid) → every travelling value, references as ``rid`` and offices absolute: to compare sites.

        ``offices`` narrows to records of these (absolute codes) and shared ones.
        """
        own = self.code
        found: dict[tuple[str, str], dict[str, Any]] = {}
        with self.services.database.read() as connection:
            rids = {
                name: dict(connection.execute(select(tables.table_of(name).c.id, tables.table_of(name).c.rid)).all())
                for name in tables.MODELS
            }
            for entity in ENTITIES:
                for row in connection.execute(tables.with_office(entity.table)).mappings():
                    owner = "" if entity.table in tables.SHARED else row["owner"] or own
                    if offices is not None and owner and owner not in offices:
                        continue
                    values = {part.key: row[part.key] for part in entity.fields}
                    for part in entity.references:
                        if values[part.key] is not None:
                            values[part.key] = rids[part.target][values[part.key]]
                    found[entity.table, row["rid"]] = {**values, "owner": owner}
        return found

    def head(self) -> int:
        from asn_desktop.storage import change_log

        with self.services.database.read() as connection:
            return change_log.head(connection)[0]

    def sound(self) -> bool:
        return self.services.safety.check().sound

    # -- accidents ----------------------------------------------------------------------------------------

    def close(self) -> None:
        close_office(self.services)

    def reopen(self) -> None:
        self.services = open_office(self.paths, USER, PASSPHRASE, clock=fixed_clock)

    def clone(self, home: Path) -> Site:
        """Another PC with a copy of this home."""
        self.close()
        shutil.copytree(self.paths.home, home)
        self.reopen()
        paths = office_paths(home)
        return Site(paths, open_office(paths, USER, PASSPHRASE, clock=fixed_clock))

    def keep(self) -> Path:
        """A copy of the database as it is now, to go back to."""
        return self.services.safety.back_up("manual").path

    def go_back(self, backup: Path) -> None:
        from asn_desktop.services import restore_backup

        self.close()
        restore_backup(self.paths, USER, PASSPHRASE, backup, clock=fixed_clock)
        self.reopen()


class Country:
    """Makes sites quickly: one set-up office per code in a run, copied for each test."""

    def __init__(self, templates: Path) -> None:
        self._templates = templates
        self._made: dict[str, Path] = {}

    def site(self, folder: Path, code: str) -> Site:
        if code not in self._made:
            home = self._templates / code
            row = PROVINCE if code == PROVINCE.code else district_row(code)
            services, _recovery = create_office(office_paths(home), row, USER, PASSPHRASE, clock=fixed_clock)
            close_office(services)
            self._made[code] = leave_as_template(home)
        paths = move_in(self._made[code], folder / code)
        return Site(paths, open_office(paths, USER, PASSPHRASE, clock=fixed_clock))

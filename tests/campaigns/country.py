"""A small country to play with: a province and three districts with people, a quarter, training and plans."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from nacl.pwhash import argon2id
from sqlalchemy import func, select

from asn_desktop.accounts import keyfile
from asn_desktop.appraisal.commands import RatingChange
from asn_desktop.appraisal.predicate import Rating
from asn_desktop.core.periods import Period
from asn_desktop.environment.paths import office_paths
from asn_desktop.exchange.package.desk import ConflictRow
from asn_desktop.exchange.package.model import Conflict, RejectionNote
from asn_desktop.exchange.package.protocol import BY_TABLE
from asn_desktop.personnel.model import Employee
from asn_desktop.reference.unit_tree import ensure_units
from asn_desktop.remediation.model import PlanNote, PlanStep, RemediationPlan
from asn_desktop.services import open_office
from asn_desktop.storage import change_log
from asn_desktop.storage.change_log import ChangeLog, OperationLog, stored
from asn_desktop.training.model import Participant, TrainingEvent
from tests.campaigns.ledger import Facts, Key, Said
from tests.conftest import PASSPHRASE, USER, fixed_clock, leave_as_template, move_in
from tests.integration.packages.offices import PROVINCE, Country, Site

DISTRICTS = ("11.12", "11.13", "11.14")
QUARTER = Period(2026, 3)


@contextmanager
def computer(folder: Path) -> Iterator[None]:
    """What this "PC" remembers about databases is kept in ``folder``, and its random ids are the same in every run:
    a history can be repeated, and shortened, only when the same record has the same ``rid``."""
    before, uuid4 = os.environ.get("ASN_MACHINE_DIR"), uuid.uuid4
    os.environ["ASN_MACHINE_DIR"] = str(folder)
    dice = random.Random(folder.name)
    uuid.uuid4 = lambda: uuid.UUID(int=dice.getrandbits(128), version=4)
    try:
        yield
    finally:
        uuid.uuid4 = uuid4
        if before is None:
            del os.environ["ASN_MACHINE_DIR"]
        else:
            os.environ["ASN_MACHINE_DIR"] = before


@contextmanager
def quick_keys() -> Iterator[None]:
    """Offices made now open with the least work that the key derivation allows: a history opens a dozen databases."""
    before = keyfile._OPS, keyfile._MEMORY
    keyfile._OPS, keyfile._MEMORY = argon2id.OPSLIMIT_MIN, argon2id.MEMLIMIT_MIN
    try:
        yield
    finally:
        keyfile._OPS, keyfile._MEMORY = before


@dataclass
class Copy:
    """One living copy of an office's database, with the edits that it must know.

    ``gains``: what each merged package (by operation) taught it. ``kept``: backups with what was known then.
    """

    name: str
    code: str
    site: Site
    known: set[int] = field(default_factory=set)
    gains: dict[int, set[int]] = field(default_factory=dict)
    merged: set[int] = field(default_factory=set)
    """Numbers of packages that its ledger must have."""
    _read: tuple[tuple[int, str], Facts] | None = None
    kept: list[tuple[Path, set[int], dict[int, set[int]], set[int]]] = field(default_factory=list)

    def facts(self) -> Facts:
        """As :meth:`Site.facts`, dates as text. Read again only when the log has grown: nothing changes without it."""
        with self.site.services.database.read() as connection:
            head = change_log.head(connection)
        if self._read is None or self._read[0] != head:
            facts = self.site.facts().items()
            self._read = (head, {key: {name: stored(value) for name, value in row.items()} for key, row in facts})
        return self._read[1]

    def keep(self) -> None:
        self.kept.append((self.site.keep(), set(self.known), dict(self.gains), set(self.merged)))

    def go_back(self, which: int) -> bool:
        there = [kept for kept in self.kept if kept[0].exists()]
        if not there:
            return False
        path, known, gains, merged = there[which % len(there)]
        self.site.go_back(path)
        self.known, self.gains, self.merged = set(known), dict(gains), set(merged)
        return True

    def undoes(self, operation: int) -> int | None:
        with self.site.services.database.read() as connection:
            return connection.scalar(select(OperationLog.undoes).where(OperationLog.id == operation))

    def touched_by(self, kind: str, since: int) -> set[Key]:
        """Records that operations of this kind changed after operation ``since``."""
        with self.site.services.database.read() as connection:
            query = (
                select(ChangeLog.table, ChangeLog.rid)
                .join(OperationLog, OperationLog.id == ChangeLog.operation_id)
                .where(OperationLog.kind == kind, OperationLog.id > since)
            )
            return {(row.table, row.rid) for row in connection.execute(query)}

    def on_record(self) -> set[Said]:
        """Everything that stands in conflict records, whatever became of them."""
        found: set[Said] = set()
        for row in self.site.services.packages.conflicts("open", "waiting", "overridden", "decided", "closed"):
            found |= said_in(row)
        return found

    def refused(self) -> set[Key]:
        with self.site.services.database.read() as connection:
            return {(row.entity, row.record) for row in connection.execute(select(RejectionNote.__table__))}

    def conflict_states(self) -> list[tuple[int, str, str, str, str]]:
        with self.site.services.database.read() as connection:
            query = select(Conflict.id, Conflict.entity, Conflict.record, Conflict.field, Conflict.state)
            return [tuple(row) for row in connection.execute(query.order_by(Conflict.id))]  # type: ignore[misc]

    def count(self, model: type[Any]) -> int:
        with self.site.services.database.read() as connection:
            return int(connection.scalar(select(func.count()).select_from(model)) or 0)


def said_in(row: ConflictRow) -> set[Said]:
    """The values that a conflict record keeps."""
    key = (row.entity, row.record)
    if row.field:
        return {(*key, row.field, row.local), (*key, row.field, row.incoming)}
    found: set[Said] = {(*key, "", True), (*key, "", False)}
    if isinstance(row.incoming, dict):
        found |= {(*key, name, row.incoming[name]) for name in row.incoming if name in _fields(row.entity)}
    return found


def _fields(table: str) -> set[str]:
    return {part.key for part in BY_TABLE[table].fields}


# -- the offices ----------------------------------------------------------------------------------------------


def plant(site: Site) -> None:
    """Units, three people with a quarter (one of them low: a plan with a step), an event with two participants."""
    services, code = site.services, site.code
    with services.database.write("test.units", "Unit", undoable=False) as uow:
        units = list(ensure_units(uow, [("Dinas Kesehatan", "Puskesmas Susoh"), ("Dinas Pendidikan", "")]).values())
    people = []
    for number in range(3):
        nip = f"19850312201001{1 + number}{code[-2:]}{number}"
        people.append(site.add_person(f"Orang {'ABC'[number]}", nip))
        site.edit(Employee, people[-1], unit_id=units[number % len(units)])
    services.appraisal.open_period(QUARTER)
    rows = services.appraisal.list_evaluations(QUARTER.code)
    services.appraisal.rate([RatingChange(rows[0].id, Rating.DI_BAWAH, Rating.DI_BAWAH)])
    event = add_event(site, f"P-{code}")
    for rid in people[:2]:
        site.insert(Participant, event_id=site.id_of(TrainingEvent, event), employee_id=site.id_of(Employee, rid))
    with services.database.read() as connection:
        plan = connection.scalars(select(RemediationPlan.id)).first()
    if plan is not None:
        site.insert(PlanStep, plan_id=plan, position=1, action="Bimbingan mingguan")
        site.insert(PlanNote, plan_id=plan, day=date(2026, 10, 6), text="rahasia konseling")


def add_event(site: Site, code: str) -> str:
    return site.insert(
        TrainingEvent, code=code, name=f"Pelatihan {code}", form="pelatihan", competence="teknis",
        starts=date(2026, 11, 2), ends=date(2026, 11, 4), jp=20,
    )  # fmt: skip


@dataclass(frozen=True)
class Templates:
    """Closed homes to copy from: ``apart`` have never met, ``met`` have exchanged everything once."""

    apart: Path
    met: Path


def make_templates(folder: Path) -> Templates:
    """Cheap to copy, dear to make."""
    with quick_keys(), computer(folder / "komputer-template"):
        country = Country(folder / "kosong")
        sites = [country.site(folder / "apart", code) for code in (PROVINCE.code, *DISTRICTS)]
        province, districts = sites[0], sites[1:]
        add_event(province, "P-11")
        for one in districts:
            plant(one)
        _leave(sites, folder / "apart")
        for site in sites:
            move_in(folder / "apart" / site.paths.home.name, folder / "met" / site.paths.home.name)
        sites = [open_copy(folder / "met" / code) for code in (PROVINCE.code, *DISTRICTS)]
        for one in sites[1:]:
            sites[0].receive(one.send())
        for one in sites[1:]:
            one.receive(sites[0].send(one.code))
        for one in sites[1:]:
            sites[0].receive(one.send())
        _leave(sites, folder / "met")
    return Templates(folder / "apart", folder / "met")


def _leave(sites: list[Site], folder: Path) -> None:
    for site in sites:
        home = site.paths.home
        site.close()
        shutil.rmtree(home / "backups", ignore_errors=True)
        leave_as_template(home)
        assert home.parent == folder


def open_copy(home: Path) -> Site:
    paths = office_paths(home)
    return Site(paths, open_office(paths, USER, PASSPHRASE, clock=fixed_clock))


def settle_in(templates: Path, folder: Path) -> list[Copy]:
    """Copies of the template homes, the province first, as if they had always lived in ``folder``."""
    found = []
    for code in (PROVINCE.code, *DISTRICTS):
        move_in(templates / code, folder / code)
        name = "provinsi" if code == PROVINCE.code else f"kabupaten {code}"
        found.append(Copy(name, code, open_copy(folder / code)))
    return found


def temporary_folder() -> Path:
    """In memory where the system offers it: a history writes thousands of small transactions."""
    memory = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix="asn-negeri-", dir=memory if memory.is_dir() else None))

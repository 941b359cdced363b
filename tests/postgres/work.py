"""Half a year of an office's work through the services, and what a person sees after each step of it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from asn_desktop import office_files, services
from asn_desktop.appraisal.commands import RatingChange
from asn_desktop.appraisal.predicate import Rating
from asn_desktop.appraisal.queries import EvaluationSpec
from asn_desktop.devtools.sample_workbooks import make_people, write_flat
from asn_desktop.environment.instance import InstanceLock
from asn_desktop.environment.paths import office_paths
from asn_desktop.exchange.worksheet.orders import Order
from asn_desktop.personnel.commands import EmployeeCommand
from asn_desktop.personnel.listing import SORT_KEYS, EmployeeSpec
from asn_desktop.reference.model import Unit
from asn_desktop.sample import neighbour
from asn_desktop.sample.moving_clock import MovingClock
from asn_desktop.sample.office import SampleYear, fill, sample_year
from asn_desktop.services import Services
from asn_desktop.storage import change_log
from asn_desktop.storage.base import Base
from asn_desktop.storage.unit_of_work import Database
from asn_desktop.training.balance import BalanceSpec
from tests.conftest import NOW, OFFICE, PASSPHRASE, USER, fixed_clock

PEOPLE = 300
_LISTS = [
    *(EmployeeSpec(status="all", sort=key, descending=down) for key in SORT_KEYS for down in (False, True)),
    EmployeeSpec(search="kesehatan"),
    EmployeeSpec(search="siti puskesmas", sort="rank"),
    EmployeeSpec(status="incomplete"),
    EmployeeSpec(status="incomplete", missing="education_level", sort="unit"),
    EmployeeSpec(status="inactive"),
    EmployeeSpec(employment_kinds=("PPPK",), ranks=("IX", "X")),
    EmployeeSpec(position_kind="PELAKSANA", sort="position"),
]


def office_on(engine: Engine, home: Path) -> Services:
    """A new office whose tables are in the database of ``engine``; its files are in ``home``."""
    paths = office_paths(home)
    paths.create()
    clock = MovingClock(NOW, sample_year(NOW.date()).quarters[-2].starts)
    database = Database(engine, paths.database, user=USER, clock=clock)
    office_files.fill(database, OFFICE, "Operator Contoh")
    return services.bundle(paths, database, InstanceLock(paths.lock), bytes(32))


def work(office: Services, folder: Path) -> Iterator[tuple[str, Any]]:
    """Step by step: its name, and what it showed."""
    folder.mkdir()
    clock = office.database.clock
    assert isinstance(clock, MovingClock)
    year = SampleYear(sample_year(NOW.date()).quarters[-2:])
    fill(office, clock, year, PEOPLE, NOW.date())
    office.database.clock = fixed_clock
    code = year.current.code
    yield "set up and half a year of work", {name: len(rows) for name, rows in everything(office).items()}
    yield from _personnel(office)
    yield from _appraisal(office, code)
    yield from _other_subjects(office)
    yield from _workbooks(office, folder, code)
    yield from _packages(office)
    with office.database.read() as connection:
        yield "chain", change_log.verify(connection)
    yield "every table", everything(office)


def _personnel(office: Services) -> Iterator[tuple[str, Any]]:
    people = office.personnel
    for number, spec in enumerate(_LISTS):
        rows = people.rows(people.ids(spec))
        namesakes_in_any_order = sorted(rows, key=lambda row: row.id), [row.bare_name for row in rows]
        yield f"list {number}: {spec.sort} {spec.search}", namesakes_in_any_order if spec.sort == "name" else rows
    opd = next(unit for unit in office.reference.units() if unit.kind == "OPD")
    yield "list of a unit", people.ids(EmployeeSpec(opd_id=opd.id))
    yield "list below a unit", people.ids(EmployeeSpec(unit_id=opd.id, sort="rank_tmt"))
    yield "counts by unit", [people.counts_by_unit(status) for status in ("active", "inactive", "all", "incomplete")]
    yield "missing fields", people.missing_counts(EmployeeSpec())
    yield "units without a head", (people.headless_units(), people.head_proposals())
    yield "people found", people.find_people("siti")
    yield "posts", people.positions()
    first = people.ids(EmployeeSpec())[0]
    yield "detail", people.detail(first)
    number, _changes = people.add_employee(
        EmployeeCommand(nip=None, name="Baru Contoh", employment_kind="PPPK_PARUH_WAKTU", unit_id=opd.id)
    )
    detail = people.detail(number)
    yield "added", (number, detail)
    yield "history", people.history(detail.row.rid)
    office.safety.undo()
    yield "undone", (office.safety.next_undo(), office.safety.next_redo(), people.total())
    office.safety.redo()
    yield "done again", people.detail(number)
    people.deactivate(first, "Mutasi ke luar", date(2026, 10, 1), "Pindah Instansi")
    yield "left", people.detail(first)
    office.safety.undo()
    yield "heads and units in a circle", _circle(office, number)


def _circle(office: Services, head: int) -> Any:
    with office.database.write("unit.add", "Unit baru") as uow:
        unit = uow.insert(
            Unit,
            {"code": "U9", "name": "Unit Sembilan", "match_name": "unit sembilan", "kind": "UNIT", "head_id": head},
        )
    office.safety.undo()
    office.safety.redo()
    return unit, office.reference.find_unit("U9")


def _appraisal(office: Services, code: str) -> Iterator[tuple[str, Any]]:
    appraisal = office.appraisal
    spec = EvaluationSpec(code, unrated=True, sort="unit")
    waiting = appraisal.evaluation_ids(spec)
    yield "unrated", appraisal.evaluation_rows(waiting)
    low, good = waiting[0], waiting[1]
    appraisal.rate(
        [RatingChange(low, Rating.DI_BAWAH, Rating.SESUAI), RatingChange(good, Rating.DI_ATAS, Rating.DI_ATAS)]
    )
    yield "rated", appraisal.evaluation_rows([low, good])
    yield "proposed", office.remediation.plan_of_evaluation(low)
    yield "found", [appraisal.evaluation_ids(EvaluationSpec(code, search="guru", sort=key)) for key in ("name", "nip")]
    yield "progress", appraisal.progress_by_unit(code)
    yield "distribution", appraisal.distribution(code)
    yield "deadlines", appraisal.deadlines(code)
    yield "sheet", appraisal.evaluation_sheet(good)
    appraisal.close_period(code)
    appraisal.reopen_period(code, "Keliru ditutup")
    yield "closed and open again", appraisal.period(code)


def _other_subjects(office: Services) -> Iterator[tuple[str, Any]]:
    training, plans = office.training, office.remediation
    yield "calendar", training.calendar(date(2026, 1, 1), date(2026, 12, 31))
    events = training.events()
    yield "events", events
    yield "event", (training.event_detail(events[0].id), training.participants(events[0].id))
    spec = BalanceSpec(2026)
    yield "balance", training.balance_rows(2026, training.balance_ids(spec))
    yield "funding", (training.funding_summary(2026), training.count_short(2026))
    yield "candidates", training.candidates(events[-1].id, spec)
    found = plans.plans()
    yield "plans", found
    yield "plan", plans.plan_detail(found[0].id)
    yield "plans counted", (plans.counts(), plans.count_missing(), plans.mentor_suggestions(found[0].employee_id))
    yield "holidays", [office.reference.has_holidays(year) for year in range(2020, 2030)]


def _workbooks(office: Services, folder: Path, code: str) -> Iterator[tuple[str, Any]]:
    exchange = office.exchange
    people, ratings, flat = folder / "pegawai.xlsx", folder / "rating.xlsx", folder / "unduhan.xlsx"
    yield "exported", (exchange.export("personnel", people), exchange.export("ratings", ratings, period=code))
    for path in (people, ratings):
        yield f"{path.stem} read back", exchange.examine(path, period=code).counts
    chance = random.Random(7)
    write_flat(flat, make_people(50, chance), chance, kind="PNS")
    plan = exchange.examine(flat)
    yield "flat export", plan.counts
    exchange.apply(plan, backup=folder)
    yield "imported", (exchange.history(), office.personnel.total())
    office.safety.undo()
    yield "import undone", office.personnel.total()
    units = office.worksheets.opd_ids()[:2]
    written = office.worksheets.write_each(folder / "lembar", Order("ratings", period=code), units)
    yield "worksheets", [(file.name, file.rows) for file in written.files]
    back = exchange.examine(written.files[0].path)
    exchange.apply(back, backup=folder)
    yield "worksheet returned", (back.counts, office.worksheets.returns(code))


def _packages(office: Services) -> Iterator[tuple[str, Any]]:
    neighbour.exchange(office, USER, PASSPHRASE, fixed_clock)
    waiting = neighbour.waiting_package(office.paths.home)
    assert waiting is not None
    plan = office.packages.examine(waiting)
    yield "package", plan.counts
    office.packages.apply(plan, backup=False)
    conflicts = office.packages.conflicts()
    yield "conflicts", office.package_reading.conflicts(conflicts)
    office.packages.decide([(conflict.id, "incoming") for conflict in conflicts])
    yield "ledger", office.packages.ledger()
    office.packages.receipt(office.paths.home / "tanda-terima.xlsx", "99")
    yield "reminders", office.package_reminders()


# -- to compare -------------------------------------------------------------------------------------------------

_IDENTITY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-f]{64}\b")


def everything(office: Services) -> Mapping[str, list[Any]]:
    """Table → its rows in the order of their keys."""
    with office.database.read() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in Base.metadata.sorted_tables
        }


def plain(value: Any) -> Any:
    """As text that two offices can have in common: drawn identities and hashes left out."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {_masked(str(key)): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, (set, frozenset)):
        return sorted(map(str, map(plain, value)))
    return _masked(repr(value))


def _masked(text: str) -> str:
    return _IDENTITY.sub("…", text)


def played(engine: Engine, folder: Path) -> dict[str, Any]:
    """The whole work, as :func:`plain` values by step."""
    office = office_on(engine, folder / "kantor")
    try:
        return {name: plain(result) for name, result in work(office, folder / "berkas")}
    finally:
        office.lock.release()

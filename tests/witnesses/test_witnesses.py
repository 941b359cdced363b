"""Files of released programs are opened, migrated, received and answered by the program of today."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from asn_desktop.core.periods import parse_period
from asn_desktop.environment import machine
from asn_desktop.environment.paths import OfficePaths, office_paths
from asn_desktop.exchange.package.content import Seal
from asn_desktop.reference.queries import OfficeRow
from asn_desktop.services import Services, close_office, create_office, move_in, open_office
from asn_desktop.storage.engine import open_engine
from asn_desktop.storage.migrations import runner
from tests.conftest import fixed_clock
from tests.witnesses.make_witnesses import PASSPHRASE, USER

FOLDERS = sorted(Path(__file__).parent.glob("schema_*"))
Table = list[dict[str, Any]]


@pytest.fixture(params=FOLDERS, ids=lambda path: path.name)
def witness(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.param
    return folder


@pytest.fixture
def outcomes(witness: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((witness / "hasil.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture
def opened() -> Iterator[Callable[[Services], Services]]:
    """Closes at the end what a test opened."""
    kept: list[Services] = []

    def keep(services: Services) -> Services:
        kept.append(services)
        return services

    yield keep
    for services in kept:
        close_office(services)


@pytest.fixture
def home(witness: Path, tmp_path: Path) -> OfficePaths:
    """The old office on a PC that knows it, as after an update of the program."""
    paths = office_paths(tmp_path / "kantor")
    shutil.copytree(witness / "kantor", paths.home)
    for replica, seen in json.loads((paths.home / "komputer.json").read_text(encoding="utf-8")).items():
        if seen["home"] == "KANTOR":
            machine.note(replica, machine.Sighting(str(paths.home), seen["operation"], seen["hash"]))
    return paths


@pytest.fixture
def district(home: OfficePaths, opened: Callable[[Services], Services]) -> Services:
    return opened(open_office(home, USER, PASSPHRASE, clock=fixed_clock))


@pytest.fixture
def province(witness: Path, tmp_path: Path, opened: Callable[[Services], Services]) -> Services:
    """The old province from its backup, on a new PC."""
    (backup,) = (witness / "cadangan").glob("*.cadangan")
    return opened(move_in(office_paths(tmp_path / "provinsi"), backup, PASSPHRASE, clock=fixed_clock))


def stored(witness: Path, name: str) -> dict[str, Table]:
    found: dict[str, Table] = json.loads(gzip.decompress((witness / f"{name}.json.gz").read_bytes()))
    return found


def rows(services: Services, table: str) -> Table:
    with services.database.read() as connection:
        return [dict(row) for row in connection.execute(text(f'SELECT * FROM "{table}" ORDER BY id')).mappings()]


def assert_nothing_lost(services: Services, before: dict[str, Table], leave_out: frozenset[str] = frozenset()) -> None:
    """Every value of every row that the old program stored; columns and tables may have been added."""
    for table, wanted in before.items():
        if table in leave_out:
            continue
        found = {row["rid"]: row for row in rows(services, table)}
        for row in wanted:
            now = found[row["rid"]]
            assert {key: now[key] for key in row} == row, f"{table} {row['rid']}"


def test_there_is_a_witness_of_every_released_schema() -> None:
    versions = [int(folder.name.removeprefix("schema_")) for folder in FOLDERS]
    assert versions == list(range(1, len(versions) + 1))
    assert versions[-1] >= runner.CURRENT - 1, "make the witnesses of a schema before it goes up (README.md)"


def test_an_old_office_opens_with_all_it_had(witness: Path, home: OfficePaths, district: Services) -> None:
    assert_nothing_lost(district, stored(witness, "district"))
    assert district.safety.check().sound
    with district.database.read() as connection:
        assert runner.schema_version(connection) == runner.CURRENT
    migrated = int(witness.name.removeprefix("schema_")) < runner.CURRENT
    reasons = [made.reason for made in district.safety.backups()]
    assert bool(reasons) == migrated, "a verified backup before a migration, and none without one"


def test_an_old_office_has_the_very_tables_of_a_new_one(district: Services, tmp_path: Path) -> None:
    """What a released step makes stays as it was, to the letter: the old office was made by the program of its day."""
    fresh = open_engine(tmp_path / "baru.db", bytes(32))
    runner.upgrade(fresh)
    schema = text("SELECT type, name, sql FROM sqlite_master ORDER BY name")
    with district.database.read() as old, fresh.connect() as new:
        assert old.execute(schema).all() == new.execute(schema).all()
    fresh.dispose()


def test_it_is_still_the_same_copy_of_the_office(witness: Path, district: Services) -> None:
    before = stored(witness, "district")["replica"]
    assert [row["rid"] for row in rows(district, "replica")] == [row["rid"] for row in before]


def test_an_old_backup_is_restored_on_a_new_pc(witness: Path, province: Services) -> None:
    # A restored database is a new copy of the office: what is noted of copies goes on.
    assert_nothing_lost(province, stored(witness, "province"), leave_out=frozenset({"replica"}))
    assert province.safety.check().sound


def test_an_old_answer_is_merged_as_the_old_program_did(
    witness: Path, district: Services, outcomes: dict[str, Any]
) -> None:
    plan = district.packages.examine(witness / "paket" / "balasan.xlsx")
    assert plan.read.seal is Seal.INTACT or plan.read.seal is Seal.SIGNED
    assert dict(plan.counts) == outcomes["balasan"]
    district.packages.apply(plan)
    assert len(district.packages.conflicts("open")) == outcomes["balasan"]["conflict"]
    assert district.safety.check().sound


def test_old_changes_reach_a_province_that_has_updated(
    witness: Path, province: Services, outcomes: dict[str, Any]
) -> None:
    plan = province.packages.examine(witness / "paket" / "perubahan.xlsx")
    assert dict(plan.counts) == outcomes["perubahan"]
    province.packages.apply(plan)
    people = {row["rid"]: row["address"] for row in rows(province, "employee")}
    assert {rid: people[rid] for rid in outcomes["addresses"]} == outcomes["addresses"]


def test_an_old_receipt_answers_an_old_package(witness: Path, district: Services) -> None:
    (sent,) = [row for row in district.packages.ledger() if row.direction == "out"]
    assert not sent.answered_at
    district.packages.apply(district.packages.examine(witness / "paket" / "tanda_terima.xlsx"))
    (sent,) = [row for row in district.packages.ledger() if row.direction == "out"]
    assert sent.answered_at


def test_an_old_full_package_makes_the_district_at_a_new_province(
    witness: Path, tmp_path: Path, opened: Callable[[Services], Services]
) -> None:
    row = OfficeRow("99", "BKD Provinsi Contoh", "Pemerintah Provinsi Contoh", "Kota Contoh", "province", True)
    services, _code = create_office(office_paths(tmp_path / "baru"), row, USER, PASSPHRASE, clock=fixed_clock)
    opened(services)
    plan = services.packages.examine(witness / "paket" / "lengkap.xlsx")
    assert plan.counts["rejected"] == plan.counts["conflict"] == 0
    services.packages.apply(plan)
    before = stored(witness, "district")
    for table, keys in (
        ("employee", ("nip", "name", "birth_date", "rank", "position", "address", "education")),
        ("evaluation", ("result_rating", "behaviour_rating", "predicate", "state", "notes")),
        ("iki", ("aspect", "text", "target")),
        ("realisation", ("text", "evidence")),
        ("participant", ("state", "jp_credited", "certificate_number")),
        ("remediation_plan", ("kind", "goal", "state", "outcome")),
    ):
        found = {row["rid"]: row for row in rows(services, table)}
        for row in before[table]:
            assert {key: found[row["rid"]][key] for key in keys} == {key: row[key] for key in keys}, table


@pytest.mark.parametrize("kind", ["ratings", "personnel", "participants"])
def test_an_old_worksheet_comes_back(witness: Path, district: Services, outcomes: dict[str, Any], kind: str) -> None:
    plan = district.exchange.examine(witness / "lembar" / f"{kind}.xlsx")
    assert dict(plan.counts) == outcomes[kind]
    district.exchange.apply(plan)
    if kind == "ratings":
        period = parse_period(outcomes["period"]).code
        changed = [row for row in district.appraisal.list_evaluations(period) if row.result == "DI_ATAS"]
        assert len(changed) >= outcomes[kind]["changed"]
    elif kind == "personnel":
        mails = {row["email"] for row in rows(district, "employee")}
        assert {"pegawai4@contoh.go.id", "pegawai5@contoh.go.id"} <= mails
    else:
        assert sum(row["state"] == "withdrawn" for row in rows(district, "participant")) >= 2
    assert dict(district.exchange.examine(witness / "lembar" / f"{kind}.xlsx").counts)["changed"] == 0

"""What stands between a new program's migration and the only copy of an office's data; and copies of a newer program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection

from asn_desktop.core.errors import DatabaseTooNew, FileNotWritten
from asn_desktop.environment.paths import OfficePaths, office_paths
from asn_desktop.services import Services, close_office, move_in, open_office, restore_backup
from asn_desktop.storage.backup_content import list_backups
from asn_desktop.storage.engine import connect
from asn_desktop.storage.migrations import runner
from tests.conftest import PASSPHRASE, USER, fixed_clock

TODAY = runner.CURRENT
HEAD = "Kepala sebelum migrasi"


@pytest.fixture
def office_of_today(office_home: OfficePaths) -> tuple[OfficePaths, bytes]:
    """An office with something to lose, closed; and its key."""
    services = open_office(office_home, USER, PASSPHRASE, clock=fixed_clock)
    services.reference.set_unit_head(1, None, HEAD, "Bupati")
    key = services.safety._key
    close_office(services)
    return office_home, key


@contextmanager
def tomorrow(step: Callable[[Connection], None]) -> Iterator[None]:
    """The next program, whose migration is ``step``."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runner, "STEPS", (*runner.STEPS, (TODAY + 1, step)))
        patch.setattr(runner, "CURRENT", TODAY + 1)
        yield


def spoil(connection: Connection) -> None:
    """A step with a mistake in it that nobody noticed."""
    connection.exec_driver_sql("UPDATE unit SET head_name = NULL")


def ask(path: Path, key: bytes, query: str) -> object:
    driver = connect(path, key)
    try:
        return driver.execute(query).fetchone()[0]
    finally:
        driver.close()


def test_a_migration_that_spoils_data_can_be_taken_back_from_the_backup_before_it(
    office_of_today: tuple[OfficePaths, bytes],
) -> None:
    paths, key = office_of_today
    with tomorrow(spoil):
        close_office(open_office(paths, USER, PASSPHRASE, clock=fixed_clock))
    assert ask(paths.database, key, "SELECT head_name FROM unit WHERE id = 1") is None
    (copy,) = [found.path for found in list_backups(paths.backups, key) if found.reason == "migrasi"]
    assert ask(copy, key, "PRAGMA user_version") == TODAY
    assert ask(copy, key, "SELECT head_name FROM unit WHERE id = 1") == HEAD
    restore_backup(paths, USER, PASSPHRASE, copy, clock=fixed_clock)
    services = open_office(paths, USER, PASSPHRASE, clock=fixed_clock)
    assert services.reference.units()[0].head_name == HEAD
    close_office(services)


def test_without_a_backup_there_is_no_migration(office_of_today: tuple[OfficePaths, bytes]) -> None:
    paths, key = office_of_today
    if paths.backups.exists():
        paths.backups.rename(paths.backups.with_name("cadangan lama"))
    paths.backups.write_text("bukan folder", encoding="utf-8")
    with tomorrow(spoil), pytest.raises(FileNotWritten):
        open_office(paths, USER, PASSPHRASE, clock=fixed_clock)
    assert ask(paths.database, key, "PRAGMA user_version") == TODAY
    assert ask(paths.database, key, "SELECT head_name FROM unit WHERE id = 1") == HEAD


def test_an_office_of_today_is_opened_without_one(office_of_today: tuple[OfficePaths, bytes]) -> None:
    paths, key = office_of_today
    close_office(open_office(paths, USER, PASSPHRASE, clock=fixed_clock))
    assert "migrasi" not in [found.reason for found in list_backups(paths.backups, key)]


# -- copies that a newer program made -------------------------------------------------------------------------------


@pytest.fixture
def newer_copy(office: Services, tmp_path: Path) -> Path:
    """A backup with its key file, as a program of tomorrow makes it."""
    folder = tmp_path / "flash disk"
    folder.mkdir()
    made = office.safety.back_up_to(folder / "asn-20270101.cadangan")
    driver = connect(made, office.safety._key)
    driver.execute(f"PRAGMA user_version = {TODAY + 1}")
    driver.close()
    return made


def test_a_newer_copy_is_not_put_in_the_place_of_the_data(office: Services, newer_copy: Path) -> None:
    office.reference.set_unit_head(1, None, HEAD, "Bupati")
    close_office(office)
    before = office.paths.database.read_bytes()
    with pytest.raises(DatabaseTooNew) as caught:
        restore_backup(office.paths, USER, PASSPHRASE, newer_copy, clock=fixed_clock)
    assert caught.value.code == "ASN-1410"
    assert office.paths.database.read_bytes() == before
    reopened = open_office(office.paths, USER, PASSPHRASE, clock=fixed_clock)
    assert reopened.reference.units()[0].head_name == HEAD
    close_office(reopened)


def test_a_newer_copy_makes_no_office_on_an_older_pc(newer_copy: Path, tmp_path: Path) -> None:
    paths = office_paths(tmp_path / "komputer lama")
    with pytest.raises(DatabaseTooNew):
        move_in(paths, newer_copy, PASSPHRASE, clock=fixed_clock)
    assert not paths.exists

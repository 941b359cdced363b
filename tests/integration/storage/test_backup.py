"""Backups that can be trusted, damage that is found, and the way back."""

from __future__ import annotations

import errno
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import psutil
import pytest

from asn_desktop.core.errors import AppError, DatabaseDamaged, DatabaseTooNew, EnvironmentProblem, FileNotWritten
from asn_desktop.environment.paths import OfficePaths
from asn_desktop.services import DamagedOffice, Services, close_office, open_office, restore_backup
from asn_desktop.storage import backup
from asn_desktop.storage.backup import Backup
from asn_desktop.storage.engine import connect, database_problem
from tests.conftest import PASSPHRASE, USER, fixed_clock


def test_a_backup_holds_the_data_of_its_moment(office: Services) -> None:
    office.reference.set_unit_head(1, None, "Bupati Contoh", "Bupati")
    made = office.safety.back_up()
    office.reference.set_unit_head(1, None, "Bupati Lain", "Bupati")
    close_office(office)
    kept = restore_backup(office.paths, USER, PASSPHRASE, made.path, clock=fixed_clock)
    assert kept is not None
    assert kept.exists()
    reopened = open_office(office.paths, USER, PASSPHRASE, clock=fixed_clock)
    assert reopened.reference.units()[0].head_name == "Bupati Contoh"
    assert reopened.safety.check().sound
    assert any(found.reason == "pulih" for found in reopened.safety.backups())
    close_office(reopened)


def test_a_failing_backup_leaves_nothing_behind(office: Services, tmp_path: Path) -> None:
    blocked = tmp_path / "berkas-bukan-folder"
    blocked.write_text("x", encoding="utf-8")
    with pytest.raises(AppError):
        office.safety.back_up_to(blocked / "salinan.cadangan")
    assert blocked.read_text(encoding="utf-8") == "x"


@pytest.mark.parametrize("seed", range(12))
def test_damage_anywhere_is_found_at_opening_and_the_newest_sound_backup_is_offered(
    office_home: OfficePaths, seed: int
) -> None:
    services = open_office(office_home, USER, PASSPHRASE, clock=fixed_clock)
    services.safety.back_up()
    newest = services.safety.back_up()
    close_office(services)
    damage(office_home.database, random.Random(seed))
    with pytest.raises(DatabaseDamaged) as caught:
        open_office(office_home, USER, PASSPHRASE, clock=fixed_clock)
    assert isinstance(caught.value, DamagedOffice)
    assert caught.value.backup is not None
    assert caught.value.backup.path == newest.path
    assert caught.value.exit_code == 4
    # while the error is still shown: Windows would not let a file that is open be replaced
    assert str(office_home.database) not in {opened.path for opened in psutil.Process().open_files()}
    restore_backup(office_home, USER, PASSPHRASE, newest.path, clock=fixed_clock)
    close_office(open_office(office_home, USER, PASSPHRASE, clock=fixed_clock))


def damage(path: Path, rng: random.Random) -> None:
    """One of the ways files break on old disks: truncation, flipped bytes, zero pages, another file, nothing."""
    content = bytearray(path.read_bytes())
    way = rng.choice(["truncate", "flip", "zero", "foreign", "empty", "plain"])
    if way == "truncate":
        del content[rng.randrange(1, len(content) - 1) :]
    elif way == "flip":
        for _i in range(rng.randint(1, 20)):
            position = rng.randrange(len(content))
            content[position] ^= rng.randint(1, 255)
    elif way == "zero":
        start = rng.randrange(0, len(content) - 4096)
        content[start : start + 4096] = bytes(4096)
    elif way == "foreign":
        content = bytearray(rng.randbytes(len(content)))
    elif way == "plain":
        content = bytearray(b"SQLite format 3\x00" + bytes(content[16:]))
    else:
        content = bytearray()
    path.write_bytes(bytes(content))


def test_a_damaged_backup_is_not_offered_and_not_restored(office_home: OfficePaths) -> None:
    services = open_office(office_home, USER, PASSPHRASE, clock=fixed_clock)
    good = services.safety.back_up()
    bad = services.safety.back_up()
    close_office(services)
    bad.path.write_bytes(bad.path.read_bytes()[:5000])
    office_home.database.write_bytes(b"rusak" * 100)
    with pytest.raises(DamagedOffice) as caught:
        open_office(office_home, USER, PASSPHRASE, clock=fixed_clock)
    assert caught.value.backup is not None
    assert caught.value.backup.path == good.path
    with pytest.raises(DatabaseDamaged):
        restore_backup(office_home, USER, PASSPHRASE, bad.path, clock=fixed_clock)


def test_a_second_program_on_the_same_data_explains_and_leaves(
    office: Services, open_services: Callable[[], Services]
) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        open_services()
    assert caught.value.code == "ASN-1404"


def test_a_database_of_a_newer_program_is_refused_kindly(office_home: OfficePaths) -> None:
    services = open_office(office_home, USER, PASSPHRASE, clock=fixed_clock)
    key = services.safety._key
    close_office(services)
    driver = connect(office_home.database, key)
    driver.execute("PRAGMA user_version = 999")
    driver.close()
    with pytest.raises(DatabaseTooNew):
        open_office(office_home, USER, PASSPHRASE, clock=fixed_clock)


def test_thinning_keeps_recent_daily_weekly_and_monthly_copies() -> None:
    now = datetime(2026, 11, 21, 12, 0)
    copies = [
        Backup(Path(f"asn-{moment:%Y%m%d-%H%M%S}-keluar.cadangan"), moment, "keluar", 1)
        for moment in (now - timedelta(hours=6 * step) for step in range(4 * 400))
    ]
    gone = {copy.path for copy in backup.thin(copies, now)}
    kept = [copy for copy in copies if copy.path not in gone]
    assert all(copy in kept for copy in copies if now - copy.made_at < timedelta(days=2))
    assert len({copy.made_at.date() for copy in kept}) >= 14
    assert len({(copy.made_at.year, copy.made_at.month) for copy in kept}) == 12
    assert len(kept) < 60


def test_a_backup_onto_a_folder_or_onto_the_database_itself_is_refused(office: Services, tmp_path: Path) -> None:
    for target in (tmp_path, office.paths.database):
        with pytest.raises(FileNotWritten) as caught:
            office.safety.back_up_to(target)
        assert caught.value.exit_code == 3
    assert office.safety.check().sound


def test_a_backup_without_room_for_the_key_says_so(office: Services, tmp_path: Path) -> None:
    (tmp_path / "a.cadangan.kunci.json").mkdir()
    with pytest.raises(FileNotWritten):
        office.safety.back_up_to(tmp_path / "a.cadangan")


def test_an_open_office_is_marked_and_a_closed_one_not(office_home: OfficePaths) -> None:
    services = open_office(office_home, USER, PASSPHRASE, clock=fixed_clock)
    assert office_home.lock.read_bytes() == b"terbuka"
    close_office(services)
    assert office_home.lock.read_bytes() == b""


def test_a_restore_that_cannot_finish_takes_its_moves_back(office_home: OfficePaths) -> None:
    """The log beside the database cannot be moved away: the office stays as it was, with its log."""
    services = open_office(office_home, USER, PASSPHRASE, clock=fixed_clock)
    made = services.safety.back_up()
    key = services.safety._key
    close_office(services)
    log = office_home.database.with_name("asn.db-wal")
    log.write_bytes(b"log")
    (office_home.home / f"asn-diganti-{fixed_clock():%Y%m%d-%H%M%S}.db-wal.lama" / "isi").mkdir(parents=True)
    before = office_home.database.read_bytes()
    with pytest.raises(EnvironmentProblem) as caught:
        backup.restore(office_home.database, made.path, key, fixed_clock())
    assert caught.value.code == "ASN-1403"
    assert office_home.database.read_bytes() == before
    assert log.read_bytes() == b"log"
    assert not list(office_home.home.glob("*.pulih"))


def test_two_restores_in_one_second_keep_both_replaced_files(office_home: OfficePaths) -> None:
    services = open_office(office_home, USER, PASSPHRASE, clock=fixed_clock)
    made = services.safety.back_up()
    close_office(services)
    kept = [restore_backup(office_home, USER, PASSPHRASE, made.path, clock=fixed_clock) for _time in range(2)]
    assert len(set(kept)) == 2
    assert all(path is not None and path.exists() for path in kept)


@pytest.mark.windows_only
def test_a_database_held_by_another_program_is_not_restored_over(office_home: OfficePaths) -> None:
    services = open_office(office_home, USER, PASSPHRASE, clock=fixed_clock)
    made = services.safety.back_up()
    key = services.safety._key
    close_office(services)
    before = office_home.database.read_bytes()
    with office_home.database.open("rb"), pytest.raises(EnvironmentProblem) as caught:
        backup.restore(office_home.database, made.path, key, fixed_clock())
    assert caught.value.code == "ASN-1401"
    assert office_home.database.read_bytes() == before
    assert not list(office_home.home.glob("*.pulih"))


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.ENOSPC, "Ruang pada disk tidak cukup."), "ASN-1402"),
        (PermissionError(errno.EACCES, "Akses ditolak."), "ASN-1403"),
        (OSError(errno.EIO, "Galat perangkat."), "ASN-1403"),
    ],
)
def test_what_the_system_says_in_its_own_language_is_understood(error: OSError, code: str) -> None:
    """An Indonesian Windows says it in Indonesian: the number counts, not the words."""
    assert database_problem(error, Path("asn.db")).code == code

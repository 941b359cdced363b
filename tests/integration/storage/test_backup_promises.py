"""What a backup promises: it is checked, it can be opened elsewhere, and it is there before anything dangerous."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from asn_desktop.core.errors import BackupDamaged
from asn_desktop.environment.paths import OfficePaths, office_paths
from asn_desktop.services import Services, close_office, move_in, open_office
from asn_desktop.storage import backup
from asn_desktop.storage.backup import Backup
from asn_desktop.storage.migrations import runner
from tests.conftest import PASSPHRASE, USER, fixed_clock


def test_before_a_migration_there_is_a_sound_backup_of_the_old_schema(
    office_home: OfficePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def later(connection: Connection) -> None:
        connection.execute(text("ALTER TABLE unit ADD COLUMN later VARCHAR"))

    before = runner.CURRENT
    monkeypatch.setattr(runner, "CURRENT", before + 1)
    monkeypatch.setattr(runner, "STEPS", (*runner.STEPS, (before + 1, later)))
    monkeypatch.setattr(runner.upgrade, "__defaults__", (runner.STEPS,))
    services = open_office(office_home, USER, PASSPHRASE, clock=fixed_clock)
    (made,) = services.safety.backups()
    key = services.safety._key
    close_office(services)
    assert made.reason == "migrasi"
    assert not backup.check_file(made.path, key)
    connection = backup.connect(made.path, key, sealed=True)
    assert connection.execute("PRAGMA user_version").fetchone()[0] == before
    assert "later" not in [row[1] for row in connection.execute("PRAGMA table_info(unit)")]
    connection.close()


def test_the_folder_of_backups_is_all_that_a_new_pc_needs(office: Services, tmp_path: Path) -> None:
    """Carried over on a stick: the copy and, beside it, the key file that a passphrase opens."""
    office.reference.set_unit_head(1, None, "Bupati Contoh", "Bupati")
    made = office.safety.back_up()
    stick = tmp_path / "flash disk"
    made.path.parent.rename(stick)
    moved = move_in(office_paths(tmp_path / "pc baru"), stick / made.path.name, PASSPHRASE, clock=fixed_clock)
    assert moved.reference.units()[0].head_name == "Bupati Contoh"
    close_office(moved)


def test_a_copy_that_came_out_damaged_is_not_kept_as_a_backup(
    office: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failing disk: what was written is not what is read back."""
    real = backup.connect

    def failing(path: Path, key: bytes, **options: Any) -> Any:
        if options.get("sealed"):  # now it is read back
            content = bytearray(path.read_bytes())
            content[4096:8192] = bytes(4096)
            path.write_bytes(content)
        return real(path, key, **options)

    monkeypatch.setattr(backup, "connect", failing)
    with pytest.raises(BackupDamaged) as caught:
        office.safety.back_up()
    assert caught.value.code == "ASN-1433"
    monkeypatch.undo()
    assert office.safety.backups() == []


@pytest.mark.parametrize("at", [timedelta(days=number) for number in (0, 400, 3000)])
def test_the_ten_newest_are_kept_whenever_they_were_made(at: timedelta, copies: Callable[..., list[Backup]]) -> None:
    made = copies(at, 25)
    kept = [copy for copy in made if copy not in backup.thin(made, datetime(2026, 11, 20) + at)]
    newest = sorted(made, key=lambda copy: copy.made_at, reverse=True)
    assert set(newest[:10]) <= set(kept)


@pytest.fixture
def copies() -> Callable[..., list[Backup]]:
    """Many copies of one day long ago, a minute apart: none is the newest of its day, week or month but one."""

    def make(at: timedelta, count: int) -> list[Backup]:
        first = datetime(2026, 11, 20) + at - timedelta(days=700)
        moments = [first + timedelta(minutes=number) for number in range(count)]
        return [Backup(Path(f"asn-{number}.cadangan"), moment, "manual", 1) for number, moment in enumerate(moments)]

    return make

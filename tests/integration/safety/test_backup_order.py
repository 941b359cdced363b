"""Backups are ordered by what is in them: a clock that lies and names that lie change nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from asn_desktop.environment.paths import OfficePaths
from asn_desktop.sample import people
from asn_desktop.services import DamagedOffice, Services, close_office, describe, list_backups, open_office
from asn_desktop.storage.backup import newest_sound
from tests.conftest import OFFICE, PASSPHRASE, USER, fixed_clock


def in_2019() -> datetime:
    return fixed_clock().replace(year=2019)


@pytest.fixture
def two_clocks(office_home: OfficePaths) -> OfficePaths:
    """An empty office backed up in 2026, then 100 people entered and backed up on a PC whose clock stands at 2019."""
    services = open_office(office_home, USER, PASSPHRASE, clock=fixed_clock)
    services.safety.back_up()
    close_office(services)
    services = open_office(office_home, USER, PASSPHRASE, clock=in_2019)
    with services.database.write("sample.people", "Isi pegawai contoh", undoable=False) as uow:
        people.plant(uow, people.make(100))
    services.safety.back_up()
    close_office(services)
    return office_home


def test_setelah_rusak_yang_ditawarkan_adalah_yang_berisi(two_clocks: OfficePaths) -> None:
    two_clocks.database.write_bytes(b"rusak" * 2000)
    with pytest.raises(DamagedOffice) as caught:
        open_office(two_clocks, USER, PASSPHRASE, clock=fixed_clock)
    found = caught.value.backup
    assert found is not None
    assert found.content is not None
    assert found.content.employees == 100
    assert "100 pegawai" in caught.value.hint
    assert f"{in_2019():%d/%m/%Y}" in describe(found), "both dates: the last change inside, and the file's"


def test_nama_dan_tanggal_berkas_tidak_menentukan(two_clocks: OfficePaths) -> None:
    empty = list_backups(two_clocks, USER, PASSPHRASE)[-1]
    liar = empty.path.rename(empty.path.with_name("asn-20991231-235959-manual.cadangan"))
    os.utime(liar, (4_000_000_000, 4_000_000_000))
    ordered = list_backups(two_clocks, USER, PASSPHRASE)
    assert [backup.content.employees for backup in ordered if backup.content] == [100, 0]


def test_cadangan_kantor_lain_dan_salinan_lain_dikenali(
    two_clocks: OfficePaths, open_services: Callable[[], Services], tmp_path: Path
) -> None:
    from asn_desktop.services import create_office

    other, _code = create_office(OfficePaths(tmp_path / "lain"), OFFICE, USER, PASSPHRASE, clock=fixed_clock)
    foreign = other.safety.back_up().path
    close_office(other)
    brought = two_clocks.backups / "asn-20261001-080000-manual.cadangan"
    brought.write_bytes(foreign.read_bytes())
    services = open_office(two_clocks, USER, PASSPHRASE, clock=fixed_clock)
    ordered = services.safety.backups()
    close_office(services)
    assert ordered[-1].path == brought
    assert ordered[-1].content is None
    found = newest_sound(ordered, services.data_key)
    assert found is not None
    assert found.path != brought
    assert all(backup.ours for backup in ordered)


def test_berkas_milik_orang_tidak_ikut_dirapikan(office: Services) -> None:
    own = office.paths.backups / "dari flash disk.cadangan"
    own.write_bytes(office.safety.back_up().path.read_bytes())
    for _time in range(14):
        office.safety.back_up()
    assert own.exists()


@pytest.mark.posix_only
def test_nama_yang_mustahil_dan_tautan_putus_tidak_mengganggu_impor_maupun_pemulihan(two_clocks: OfficePaths) -> None:
    folder = two_clocks.backups
    (folder / "asn-20261399-996199-manual.cadangan").write_bytes(b"")
    (folder / "asn-20260101-000000-99999999999999999999-manual.cadangan").write_bytes(b"x")
    (folder / "asn-20260102-000000-manual.cadangan").symlink_to("tidak-ada")
    (folder / "asn-20260103-000000-manual.cadangan").mkdir()
    (folder / "asn-20260104-000000-manual.cadangan").symlink_to(folder / "asn-20260104-000000-manual.cadangan")
    services = open_office(two_clocks, USER, PASSPHRASE, clock=fixed_clock)
    services.safety.back_up("impor")
    close_office(services)
    two_clocks.database.write_bytes(b"rusak" * 2000)
    with pytest.raises(DamagedOffice) as caught:
        open_office(two_clocks, USER, PASSPHRASE, clock=fixed_clock)
    assert caught.value.backup is not None

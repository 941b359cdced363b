"""A full disk is called a full disk, whatever it stops, and nothing suffers from it."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from asn_desktop.core import files
from asn_desktop.core.errors import AppError, DatabaseDamaged, EnvironmentProblem, FileNotWritten
from asn_desktop.environment import machine
from asn_desktop.environment.instance import InstanceLock
from asn_desktop.environment.paths import OfficePaths
from asn_desktop.sample import people
from asn_desktop.services import Services, close_office, create_office, open_office
from asn_desktop.storage.engine import database_problem
from tests.conftest import OFFICE, PASSPHRASE, USER, fixed_clock


def test_penuh_saat_menyimpan_bukan_rusak(office: Services) -> None:
    """SQLite's own ceiling stands for the disk: the commit is refused by the real engine."""
    with office.database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
    before = len(office.safety.history())
    with pytest.raises(EnvironmentProblem) as caught, office.database.write("sample.people", "Isi") as uow:
        people.plant(uow, people.make(200))
    assert caught.value.code == "ASN-1402"
    assert not isinstance(caught.value, DatabaseDamaged)
    assert len(office.safety.history()) == before
    assert office.safety.check().sound


@pytest.mark.posix_only
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_tanda_pemakaian_di_disk_penuh(tmp_path: Path) -> None:
    """The lock's file takes nothing: told once, by the code for a full disk, and given back without a further word."""
    place = tmp_path / "sedang-dipakai"
    place.symlink_to("/dev/full")
    lock = InstanceLock(place)
    with pytest.raises(EnvironmentProblem) as caught:
        lock.mark(b"terbuka")
    assert caught.value.code in ("ASN-1402", "ASN-1403")
    lock.release()


def test_jangkar_yang_tidak_dapat_diganti_tidak_membatalkan_yang_sudah_disimpan(office: Services) -> None:
    """What was committed is not said to be undone because a note beside it could not be written."""
    office.paths.anchor.unlink()
    office.paths.anchor.mkdir()
    (office.paths.anchor / "isi").write_text("x", encoding="utf-8")
    office.reference.set_unit_head(1, None, "Bupati Contoh", "Bupati")
    assert office.safety.back_up().path.exists()
    close_office(office)
    reopened = open_office(office.paths, USER, PASSPHRASE, clock=fixed_clock)
    assert reopened.reference.units()[0].head_name == "Bupati Contoh"
    close_office(reopened)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_setiap_tulisan_di_disk_penuh_disebut_penuh(
    office: Services, number: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The moment at which a finished file is put down, for what people ask for and for the program's own."""

    def full(_descriptor: int) -> None:
        raise OSError(number, "Ruang pada disk tidak cukup.")

    monkeypatch.setattr(os, "fsync", full)
    for ask in (
        lambda: office.exchange.export("personnel", tmp_path / "pegawai.xlsx"),
        lambda: office.safety.back_up_to(tmp_path / "a.cadangan"),
        lambda: office.safety.back_up(),
        lambda: office.accounts.change_passphrase(PASSPHRASE, "kata sandi baru"),
        lambda: office.packages.send(tmp_path / "kirim.xlsx", "11"),
    ):
        with pytest.raises(AppError) as caught:
            ask()
        assert caught.value.code == "ASN-1402"
    assert not list(tmp_path.glob("*.xlsx"))
    assert not list(tmp_path.glob(".asn-*"))
    assert not list(office.paths.home.rglob("*.sementara"))
    close_office(office)  # nothing of this keeps it from being closed


def test_catatan_komputer_di_disk_penuh_tidak_menggagalkan(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def full(_path: Path, _data: bytes) -> None:
        raise OSError(errno.ENOSPC, "penuh")

    monkeypatch.setattr(machine, "write_whole", full)
    machine.note("r", machine.Sighting(str(tmp_path), 1, "a"))
    assert machine.last_seen("r", tmp_path) is None


def test_kesalahan_baca_disk_bukan_kerusakan(tmp_path: Path) -> None:
    found = database_problem(OSError(errno.EIO, "Galat perangkat."), tmp_path / "asn.db")
    assert not isinstance(found, DatabaseDamaged)
    assert "kabel" in found.hint
    assert FileNotWritten.because("x.xlsx", OSError(errno.ENOSPC, "penuh")).exit_code == 3


def test_tulisan_pribadi_hanya_untuk_pemiliknya(tmp_path: Path) -> None:
    files.write_whole(tmp_path / "kunci.json", b"{}")
    if os.name == "posix":
        assert (tmp_path / "kunci.json").stat().st_mode & 0o777 == 0o600


# -- a small disk of its own, where one can be mounted ---------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 6 MB in memory."""
    place = tmp_path / "disk"
    place.mkdir()
    if sys.platform != "linux":
        pytest.skip("mounts a tmpfs")
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)], check=False, capture_output=True
    )
    if done.returncode:
        pytest.skip("only root may mount")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def leave(place: Path, kilobytes: int) -> None:
    """Fill the disk until so many kilobytes are free."""
    filler = place / "penuh"
    filler.unlink(missing_ok=True)
    room = os.statvfs(place)
    with filler.open("wb") as file:
        file.write(bytes(max(0, room.f_bavail * room.f_frsize - kilobytes * 1024)))


def said(home: Path, *words: str) -> tuple[int, dict[str, object]]:
    environment = {**os.environ, "ASN_PASSPHRASE": PASSPHRASE}
    done = subprocess.run(
        [sys.executable, "-m", "asn_desktop", "--home", str(home), "--json", *words],
        env=environment, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    return done.returncode, json.loads(done.stdout)


@pytest.mark.parametrize("free", [0, 4, 40, 200, 900])
def test_disk_kecil_yang_penuh(small_disk: Path, tmp_path: Path, free: int) -> None:
    """Every kind of writing with hardly any room: done, or refused as a full disk; and sound afterwards."""
    paths = OfficePaths(small_disk / "kantor")
    close_office(create_office(paths, OFFICE, USER, PASSPHRASE, clock=fixed_clock)[0])
    leave(small_disk, free)
    asked = [
        ("backup",),
        ("export", "personnel", str(small_disk / "a.xlsx")),
        ("send", str(small_disk / "b.xlsx"), "--to", "11"),
        ("worksheet", "personnel", "--all", str(small_disk / "lembar")),
    ]
    for words in asked:
        code, answer = said(paths.home, *words)
        if code:
            assert answer["error"]["code"] == "ASN-1402", (words, answer)  # type: ignore[index]
            assert code in (3, 4)
    half = OfficePaths(small_disk / "baru")
    code, answer = said(half.home, "init", "--office", "11.13", "--name", "Kantor")
    if code:
        assert answer["error"]["code"] == "ASN-1402"  # type: ignore[index]
        assert not half.exists
    (small_disk / "penuh").unlink()
    assert said(paths.home, "check")[1]["sound"] is True
    assert not list(small_disk.rglob("*.sementara"))


def test_pemulihan_di_disk_penuh_tidak_menyentuh_data(small_disk: Path) -> None:
    paths = OfficePaths(small_disk / "kantor")
    services, _code = create_office(paths, OFFICE, USER, PASSPHRASE, clock=fixed_clock)
    made = services.safety.back_up()
    close_office(services)
    before = paths.database.read_bytes()
    leave(small_disk, 100)
    code, answer = said(paths.home, "restore", made.path.name)
    assert (code, answer["error"]["code"]) == (4, "ASN-1402")  # type: ignore[index]
    assert paths.database.read_bytes() == before
    assert not paths.restored.exists()


def test_sisa_di_disk_lain_berpindah_utuh(small_disk: Path, office: Services) -> None:
    """From the office's disk to another: whole or not at all there too."""
    leave(small_disk, 4)
    with pytest.raises(FileNotWritten) as caught:
        office.exchange.export("personnel", small_disk / "pegawai.xlsx")
    assert caught.value.code == "ASN-1402"
    assert [path.name for path in small_disk.iterdir()] == ["penuh"]
    (small_disk / "penuh").unlink()
    assert office.exchange.export("personnel", small_disk / "pegawai.xlsx") == 0
    assert (small_disk / "pegawai.xlsx").stat().st_size > 1000

"""A new PC takes over the office from a backup and the key file beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from asn_desktop.core.errors import DatabaseDamaged, EnvironmentProblem, InputError, WrongPassphrase
from asn_desktop.environment.paths import OfficePaths, office_paths
from asn_desktop.services import Services, close_office, move_in
from tests.conftest import OFFICE, PASSPHRASE, fixed_clock


@pytest.fixture
def new_pc(tmp_path: Path) -> OfficePaths:
    return office_paths(tmp_path / "komputer baru é")


@pytest.fixture
def flash_disk(open_services: Callable[[], Services], tmp_path: Path) -> Path:
    """A copy made with *Simpan ke tempat lain*, and its key file."""
    folder = tmp_path / "flash disk"
    folder.mkdir()
    return open_services().safety.back_up_to(folder / "asn-20261006.cadangan")


def test_seluruh_kantor_ada_di_komputer_baru(flash_disk: Path, new_pc: OfficePaths) -> None:
    before = flash_disk.read_bytes()
    services = move_in(new_pc, flash_disk, PASSPHRASE, clock=fixed_clock)
    assert services.reference.office().name == OFFICE.name
    assert services.safety.check().sound
    close_office(services)
    assert flash_disk.read_bytes() == before


def test_kunci_di_folder_cadangan_juga_ditemukan(flash_disk: Path, new_pc: OfficePaths) -> None:
    """The whole backup folder was copied: there the key file is called as in the office."""
    flash_disk.with_name(flash_disk.name + ".kunci.json").rename(flash_disk.with_name("kunci.json"))
    close_office(move_in(new_pc, flash_disk, PASSPHRASE, clock=fixed_clock))


def test_tanpa_berkas_kunci_dijelaskan(flash_disk: Path, new_pc: OfficePaths) -> None:
    flash_disk.with_name(flash_disk.name + ".kunci.json").unlink()
    with pytest.raises(EnvironmentProblem, match="Berkas kunci tidak ada") as caught:
        move_in(new_pc, flash_disk, PASSPHRASE)
    assert caught.value.code == "ASN-1425"
    assert not new_pc.exists


def test_kata_sandi_keliru_tidak_meninggalkan_apa_pun(flash_disk: Path, new_pc: OfficePaths) -> None:
    with pytest.raises(WrongPassphrase):
        move_in(new_pc, flash_disk, "bukan kata sandinya")
    assert not new_pc.home.exists()


def test_cadangan_rusak_tidak_meninggalkan_kantor(flash_disk: Path, new_pc: OfficePaths) -> None:
    content = bytearray(flash_disk.read_bytes())
    content[5000:6000] = bytes(1000)
    flash_disk.write_bytes(content)
    with pytest.raises(DatabaseDamaged):
        move_in(new_pc, flash_disk, PASSPHRASE)
    assert not new_pc.exists


def test_kantor_yang_sudah_ada_tidak_ditimpa(flash_disk: Path, office_home: OfficePaths) -> None:
    before = office_home.database.read_bytes()
    with pytest.raises(InputError) as caught:
        move_in(office_home, flash_disk, PASSPHRASE)
    assert caught.value.code == "ASN-1421"
    assert office_home.database.read_bytes() == before


def test_pengguna_mana_pun_dapat_memindahkan(
    open_services: Callable[[], Services], new_pc: OfficePaths, tmp_path: Path
) -> None:
    services = open_services()
    services.accounts.add_user("kasubbag", "Kepala Subbagian", "operator", "sandi kedua kantor")
    copy = services.safety.back_up_to(tmp_path / "salinan.cadangan")
    moved = move_in(new_pc, copy, "sandi kedua kantor", clock=fixed_clock)
    assert moved.accounts.current().name == "kasubbag"
    close_office(moved)

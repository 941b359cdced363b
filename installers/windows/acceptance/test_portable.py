"""The portable zip: unpacked on a flash disk it works there, and leaves nothing on the PC."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

import build
from asn_desktop.environment.paths import PORTABLE_MARK
from windows.acceptance.pc import PRODUCT, Pc
from windows.places import CONSOLE_EXE, WINDOW_EXE


@pytest.fixture(scope="module")
def unpacked(pc: Pc, portable_zip: Path) -> Path:
    place = pc.drive / "Flash Disk é"
    with zipfile.ZipFile(portable_zip) as archive:
        archive.extractall(place)
    return place / PRODUCT


def test_its_data_stay_beside_it(pc: Pc, unpacked: Path) -> None:
    assert (unpacked / PORTABLE_MARK).read_text(encoding="utf-8-sig").startswith("ASN Desktop portabel")
    pc.cli("init", "--office", "11.12", "--name", "BKPSDM Kabupaten Contoh", folder=unpacked)
    assert (unpacked / "data" / "asn.db").is_file()
    assert not pc.data.exists()


@pytest.mark.parametrize("name", [CONSOLE_EXE, WINDOW_EXE])
def test_it_works(pc: Pc, unpacked: Path, name: str) -> None:
    build.examine(*pc.self_test(unpacked / name, f"portabel-{Path(name).stem}"))


def test_moved_to_another_folder_it_finds_its_data(pc: Pc, unpacked: Path) -> None:
    moved = unpacked.rename(unpacked.with_name("ASN Desktop kantor"))
    assert pc.cli("check", folder=moved)
    assert not pc.data.exists()

"""The check that no DLL is missing from a bundle, on program files made here byte by byte."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

pytest.importorskip("pefile", reason="only where bundles are made")

from windows.pe_closure import AMD64, problems

HEADERS, SECTION, BASE = 0x400, 0x1000, 0x140000000


def program(*dlls: str, machine: int = AMD64, wine: bool = False) -> bytes:
    """The smallest PE32+ file with an import table: headers, one section, the names of ``dlls``."""
    table = 20 * (len(dlls) + 1)
    names = b"".join(dll.encode() + b"\0" for dll in dlls)
    entries, at = b"", SECTION + table
    for dll in dlls:
        entries += struct.pack("<5I", SECTION + 0x800, 0, 0, at, SECTION + 0x800)
        at += len(dll) + 1
    thunks = struct.pack("<QQ", 1 << 63 | 1, 0)  # one function, by number
    section = (entries + bytes(20) + names).ljust(0x800, b"\0") + thunks.ljust(0x800, b"\0")
    stub = (b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x80)).ljust(0x80, b"\0")
    if wine:
        stub = stub[:0x40] + b"Wine builtin DLL".ljust(0x40, b"\0")
    directories = bytes(8) + struct.pack("<2I", SECTION, table) + bytes(14 * 8)
    optional = struct.pack("<HBBIIIIIQIIHHHHHHIIIIHHQQQQII", 0x20B, 0, 0, 0, 0x1000, 0, 0, SECTION, BASE, 0x1000,
                           0x200, 6, 0, 0, 0, 6, 0, 0, 0x2000, HEADERS, 0, 3, 0, 0, 0, 0, 0, 0, 16)  # fmt: skip
    optional += directories
    coff = struct.pack("<HHIIIHH", machine, 1, 0, 0, 0, len(optional), 0x22)
    header = struct.pack("<8sIIIIIIHHI", b".idata", 0x1000, SECTION, 0x1000, HEADERS, 0, 0, 0, 0, 0x40000040)
    return (stub + b"PE\0\0" + coff + optional + header).ljust(HEADERS, b"\0") + section


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A sound one: the program needs a DLL of the bundle and one of Windows."""
    internal = tmp_path / "_internal"
    (internal / "PySide6").mkdir(parents=True)
    (tmp_path / "ASN-Desktop.exe").write_bytes(program("KERNEL32.dll", "api-ms-win-crt-heap-l1-1-0.dll"))
    (internal / "python311.dll").write_bytes(program("ADVAPI32.dll"))
    (internal / "PySide6" / "QtCore.pyd").write_bytes(program("python311.dll", "USER32.dll"))
    return tmp_path


def test_a_closed_bundle_has_no_problem(bundle: Path) -> None:
    assert problems(bundle) == []


def test_a_missing_dll_is_told_with_the_file_that_needs_it(bundle: Path) -> None:
    (bundle / "_internal" / "python311.dll").unlink()
    assert problems(bundle) == [
        "_internal/PySide6/QtCore.pyd: needs python311.dll, which is neither here nor in Windows 10"
    ]


def test_a_dll_in_another_packages_folder_is_not_found_by_windows(bundle: Path) -> None:
    other = bundle / "_internal" / "PIL"
    other.mkdir()
    (bundle / "_internal" / "python311.dll").rename(other / "python311.dll")
    assert len(problems(bundle)) == 1


def test_dlls_that_a_wheel_brings_in_its_own_folder_are_found(bundle: Path) -> None:
    libs = bundle / "_internal" / "rapidfuzz.libs"
    libs.mkdir()
    (libs / "msvcp140-1a2b.dll").write_bytes(program("KERNEL32.dll"))
    (bundle / "_internal" / "fuzz.pyd").write_bytes(program("msvcp140-1a2b.dll"))
    assert problems(bundle) == []


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("ucrtbase.dll", program(wine=True), "a file of Wine, not of Windows"),
        ("alt.dll", program(machine=0x14C), "not for x86-64"),
        ("icuuc.dll", program("KERNEL32.dll"), "a stand-in for the tests, or Windows' own"),
        ("neu.pyd", program("d3dcompiler_47.dll"), "needs d3dcompiler_47.dll, which is neither here nor in Windows 10"),
    ],
)
def test_what_must_not_be_handed_out(bundle: Path, name: str, content: bytes, words: str) -> None:
    (bundle / "_internal" / name).write_bytes(content)
    assert problems(bundle) == [f"_internal/{name}: {words}"]


def test_a_file_whose_table_cannot_be_read_is_not_taken_for_closed(bundle: Path) -> None:
    content = program("python311.dll").replace(struct.pack("<I", SECTION + 0x800), bytes(4))
    (bundle / "_internal" / "neu.pyd").write_bytes(content)
    assert problems(bundle) == ["_internal/neu.pyd: its table of imports cannot be read"]


def test_an_empty_folder_is_not_a_sound_bundle(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        problems(tmp_path)

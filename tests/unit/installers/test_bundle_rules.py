"""What goes into a bundle, and under which licences. The bundle itself is built and tried by ``.ci/run``."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

import build
import licences
import trim
import version_info

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt6Core.dll",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6\\plugins\\imageformats\\qico.dll",
        "PySide6\\plugins\\printsupport\\windowsprintersupport.dll",
        "libcrypto-3.dll",  # hashlib asks for it
        "tzdata\\zoneinfo\\Asia\\Jakarta",
        "asn_desktop/_resources/fonts/inter/Inter-Regular.otf",
        "holidays/locale/id/LC_MESSAGES/ID.mo",
    ],
)
def test_what_the_program_needs_stays(name: str) -> None:
    assert trim.kept(name)


@pytest.mark.parametrize(
    "name",
    [
        "PySide6\\opengl32sw.dll",
        "PySide6\\Qt6Quick.dll",
        "PySide6/Qt/lib/libQt6Qml.so.6",
        "PySide6\\translations\\qtbase_de.qm",
        "PySide6\\plugins\\platforms\\qdirect2d.dll",
        "PySide6\\plugins\\tls\\qschannelbackend.dll",
        "PySide6/Qt/plugins/sqldrivers/libqsqlite.so",
        "libssl-3.dll",
        "tzdata\\zoneinfo\\Europe\\Paris",
        "reportlab/fonts/Vera.ttf",
        "rapidfuzz\\fuzz_cpp_avx2.cp311-win_amd64.pyd",
    ],
)
def test_what_it_never_touches_goes(name: str) -> None:
    assert not trim.kept(name)


def test_libraries_of_the_machine_are_not_taken_along() -> None:
    assert trim.of_the_system("/usr/lib/x86_64-linux-gnu/libxcb.so.1")
    assert trim.of_the_system("C:\\windows\\system32\\api-ms-win-core-file-l1-2-0.dll")
    assert not trim.of_the_system("C:\\python\\vcruntime140.dll")
    assert not trim.of_the_system("/opt/python/lib/libpython3.11.so.1.0")


def test_every_module_of_the_program_is_taken_along_but_the_developers_commands() -> None:
    names = trim.own_modules(ROOT / "src")
    assert {"asn_desktop", "asn_desktop.app", "asn_desktop.gui.shell", "asn_desktop.exchange"} <= set(names)
    assert not [name for name in names if "devtools" in name]


def test_the_version_is_written_once() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert version_info.version() == declared
    resource = version_info.windows_resource("ASN-Desktop.exe")
    assert resource.count(f"'{declared}'") == 2
    assert f"filevers=({', '.join(declared.split('.'))}, 0)" in resource
    ast.parse(resource)  # PyInstaller evaluates it


def test_the_built_program_learns_its_version_from_the_metadata(tmp_path: Path) -> None:
    from importlib.metadata import PathDistribution

    found = PathDistribution(version_info.write_metadata(tmp_path))
    assert (found.metadata["Name"], found.version) == ("asn-desktop", version_info.version())


def test_every_part_brings_its_licence(tmp_path: Path) -> None:
    import openpyxl
    import PySide6
    import sqlcipher3

    files = [Path(module.__file__ or "") for module in (openpyxl, sqlcipher3, PySide6)]
    parts = {part.name for part in licences.collect(files, tmp_path / "LICENSES")}
    assert parts >= {"openpyxl", "sqlcipher3", "sqlcipher", "openssl", "pyside6-essentials", "qt", "python"}
    for name in parts:
        texts = [file for file in (tmp_path / "LICENSES" / name).rglob("*") if file.is_file()]
        assert any(file.stat().st_size > 40 for file in texts), name
    assert "LGPL" in (tmp_path / "LICENSES" / "qt" / "NOTICE.txt").read_text(encoding="utf-8")
    assert (tmp_path / "LICENSES" / "asn-desktop" / "inter-OFL.txt").exists()


def test_the_licence_that_pythons_own_build_brings_is_taken_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "LICENSE.txt").write_text("bzip2, libffi, OpenSSL, Microsoft Distributable Code", encoding="utf-8")
    monkeypatch.setattr(licences.sys, "base_prefix", str(tmp_path))
    licences.collect([], tmp_path / "LICENSES")
    taken = tmp_path / "LICENSES" / "python" / "LICENSE-Windows.txt"
    assert "libffi" in taken.read_text(encoding="utf-8")


def test_a_part_without_licence_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlcipher3

    monkeypatch.setattr(licences, "OWN_TEXTS", tmp_path / "none")
    with pytest.raises(licences.MissingLicence, match="sqlcipher: no licence text"):
        licences.collect([sqlcipher3.__file__], tmp_path / "LICENSES")


def test_a_file_from_nowhere_stops_the_build(tmp_path: Path) -> None:
    stranger = tmp_path / "unknown.dll"
    stranger.touch()
    with pytest.raises(licences.MissingLicence, match=r"unknown\.dll: belongs to no known part"):
        licences.collect([stranger], tmp_path / "LICENSES")


def test_the_build_asks_for_every_check_of_the_self_test() -> None:
    from asn_desktop.self_test import office, parts, window

    keys = [check.key for group in (parts, office, window) for check in group.CHECKS]
    assert len(keys) == len(set(keys))
    assert set(keys) == build.CHECKS

"""The life of the program on one PC, each test going on from the last: refused, installed, used, updated, removed.

The older version lives in a folder with a space and an accent; it is used for the main job before it is updated.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

import build
import version_info
from windows.acceptance.conftest import OLDER, STALE
from windows.acceptance.pc import MENU_KEY, PASSPHRASE, PRODUCT, UNINSTALL_KEY, Pc
from windows.pack import LIST
from windows.places import CONSOLE_EXE, ROOT, WINDOW_EXE, Places

OLD_WINDOWS, RUNNING, NEWER_INSTALLED, FOREIGN_FOLDER = 10, 11, 12, 13
_WINDOWS_KEY = r"HKLM\Software\Microsoft\Windows NT\CurrentVersion"
_BUILDS = ("CurrentBuild", "CurrentBuildNumber")
NOTE = "catatan saya.txt"
"""A file that the user put into the program's folder."""


@pytest.fixture(scope="module")
def accented(pc: Pc) -> Path:
    return pc.drive / "Budi Santoso é" / PRODUCT


def everything(folder: Path) -> dict[str, str]:
    """Name → checksum of every file below ``folder``."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# -- before anything is copied --------------------------------------------------------------------------------


def test_windows_8_is_refused(pc: Pc, setup_exe: Path) -> None:
    pc.wine.expect(["winecfg", "-v", "win81"], seconds=120)
    assert pc.set_up(setup_exe) == OLD_WINDOWS
    assert not pc.usual_folder.exists()
    pc.wine.expect(["winecfg", "-v", "win10"], seconds=120)


def test_windows_10_before_1809_is_refused(pc: Pc, setup_exe: Path) -> None:
    usual = pc.wine.registry(_WINDOWS_KEY, "CurrentBuildNumber")
    assert usual is not None
    assert int(usual) >= 17763
    _pretend_build(pc, "17134")
    assert pc.set_up(setup_exe) == OLD_WINDOWS
    assert not pc.usual_folder.exists()
    _pretend_build(pc, usual)


def _pretend_build(pc: Pc, number: str) -> None:
    for name in _BUILDS:
        pc.wine.expect(["reg", "add", _WINDOWS_KEY, "/v", name, "/d", number, "/f"], seconds=60)
    pc.wine.stop()  # Wine reads it when it starts


# -- the older version, used for the main job -----------------------------------------------------------------


def test_silent_installation_into_a_chosen_folder(pc: Pc, older_exe: Path, accented: Path) -> None:
    assert pc.set_up(older_exe, "/DESKTOP=0", "/MENU=1", folder=accented) == 0
    assert pc.installed_version == OLDER
    assert pc.folder == accented
    assert (accented / WINDOW_EXE).is_file()
    assert (accented / STALE).is_file()
    assert pc.start_menu_link.is_file()
    assert not pc.desktop_link.exists()
    command = pc.wine.registry(MENU_KEY + r"\command")
    assert command == rf'"{pc.wine.windows_path(accented)}\{WINDOW_EXE}" open "%1"'
    assert pc.wine.registry(UNINSTALL_KEY, "DisplayName") == PRODUCT
    listed = (accented / LIST).read_text(encoding="ascii").splitlines()
    on_disk = {str(path.relative_to(accented)).replace("/", "\\") for path in accented.rglob("*") if path.is_file()}
    assert on_disk - {"Hapus ASN Desktop.exe", LIST} == {name for name in listed if not name.endswith("\\")}
    (accented / NOTE).write_text("jangan dihapus", encoding="utf-8")


@pytest.mark.parametrize("name", [CONSOLE_EXE, WINDOW_EXE])
def test_self_test_in_a_folder_with_space_and_accent(pc: Pc, accented: Path, name: str) -> None:
    build.examine(*pc.self_test(accented / name, f"aksen-{Path(name).stem}"))


def test_the_main_job_answers_as_it_does_on_linux(pc: Pc, workbooks: Path, tmp_path: Path) -> None:
    """Set up an office, import people and ratings, print, export: on Windows and here, with the same answers."""
    out = pc.drive / "hasil kerja é"
    out.mkdir()

    def job(target: Path) -> list[list[str | Path]]:
        return [
            ["init", "--office", "11.12", "--name", "BKPSDM Kabupaten Contoh", "--place", "Blangpidie"],
            ["import", workbooks / "ekspor_pns.xlsx"],
            ["import", workbooks / "rekap_tw2.xlsx", "--period", "2026-TW2", "--errors", target / "kembali.xlsx"],
            ["print", "C.1.3", target / "evaluasi.pdf", "--period", "2026-TW2", "--unit", "03"],
            ["export", "ratings", target / "PREDIKAT.xlsx", "--period", "2026-TW2"],
            ["list", "plans", "--period", "2026-TW2"],
            ["check"],
        ]

    on_windows = [_without_places(pc.cli(*words)) for words in job(out)]
    on_linux = [_without_places(_linux(tmp_path / "kantor", words)) for words in job(tmp_path)]
    assert on_windows == on_linux
    with (
        pypdfium2.PdfDocument(out / "evaluasi.pdf") as windows,
        pypdfium2.PdfDocument(tmp_path / "evaluasi.pdf") as linux,
    ):
        assert len(windows) == len(linux) > 0
        assert _text(windows) == _text(linux)
    assert (out / "PREDIKAT.xlsx").stat().st_size > 5000
    assert (pc.data / "asn.db").is_file(), "data lie in the user's folder, not beside the program"


def _linux(home: Path, words: list[str | Path]) -> dict[str, Any]:
    command = [sys.executable, "-m", "asn_desktop", "--home", str(home), *map(str, words), "--json"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "ASN_PASSPHRASE": PASSPHRASE},
        stdout=subprocess.PIPE,
        check=True,
    )
    answer = json.loads(done.stdout)
    assert isinstance(answer, dict)
    return answer


def _without_places(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer without what differs from office to office: places of files, the recovery code, identities."""
    text = json.dumps(answer)
    for key in ("path", "file", "errors", "home", "recovery_code", "out", "backup", "rid", "log"):
        answer.pop(key, None)
    assert answer, text
    return answer


def _text(document: pypdfium2.PdfDocument) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in document]


# -- while it runs --------------------------------------------------------------------------------------------


def test_nothing_is_changed_while_the_window_is_open(pc: Pc, setup_exe: Path, accented: Path) -> None:
    before = everything(accented)
    pc.open_window("demo", title="Pembinaan ASN Berbasis Kinerja")
    pc.wine.settle()
    for position in range(1, 7):
        if position > 1:  # the first is open
            pc.wine.press(f"ctrl+{position}")
        pc.wine.picture(f"tab-{position}")
    assert pc.set_up(setup_exe) == RUNNING
    assert pc.refused_removal() == RUNNING
    assert everything(accented) == before
    assert pc.installed_version == OLDER
    pc.close_window()


def test_nothing_is_changed_while_the_console_works(pc: Pc, setup_exe: Path, accented: Path) -> None:
    reading = pc.wine.start([accented / CONSOLE_EXE, "--read-workbook"], stdin=subprocess.PIPE)
    time.sleep(3)
    assert reading.poll() is None, "it waits for a workbook"
    assert pc.set_up(setup_exe) == RUNNING
    assert reading.stdin is not None
    reading.stdin.close()
    reading.wait(60)


# -- the update -----------------------------------------------------------------------------------------------


def test_update_in_place(pc: Pc, setup_exe: Path, accented: Path) -> None:
    data = everything(pc.data)
    assert len(data) > 2
    assert pc.set_up(setup_exe) == 0
    assert pc.installed_version == version_info.version()
    assert pc.folder == accented, "where the version before was"
    assert not (accented / STALE).parent.exists(), "nothing of the version before stays"
    assert (accented / NOTE).read_text(encoding="utf-8") == "jangan dihapus"
    assert everything(pc.data) == data, "an update never touches data"
    assert not pc.desktop_link.exists(), "nor brings back what was not wanted"
    assert pc.wine.registry(MENU_KEY) == "Terima di ASN Desktop"


def test_the_updated_program_knows_the_data(pc: Pc) -> None:
    people = pc.cli("list", "employees")
    assert len(people["employees"]) > 100
    pc.cli("check")


def test_going_back_to_an_older_version_is_refused(pc: Pc, older_exe: Path) -> None:
    assert pc.set_up(older_exe) == NEWER_INSTALLED
    assert pc.installed_version == version_info.version()


def test_a_folder_with_another_program_or_data_is_refused(pc: Pc, setup_exe: Path) -> None:
    other = pc.drive / "Program Lain"
    (other / "_internal").mkdir(parents=True)
    (other / "_internal" / "python311.dll").write_bytes(b"milik program lain")
    for folder in (other, pc.data, pc.data / "cadangan"):
        before = everything(folder)
        assert pc.set_up(setup_exe, folder=folder) == FOREIGN_FOLDER
        assert everything(folder) == before


# -- the removal ----------------------------------------------------------------------------------------------


def test_removal_keeps_data_and_what_is_not_ours(pc: Pc, accented: Path) -> None:
    data = everything(pc.data)
    assert pc.remove() == 0
    assert everything(accented) == {NOTE: hashlib.sha256(b"jangan dihapus").hexdigest()}
    assert everything(pc.data) == data
    assert not pc.start_menu_link.exists()
    assert pc.wine.registry(MENU_KEY) is None
    assert pc.wine.registry(rf"HKCU\Software\{PRODUCT}", "InstallDir") is None


def test_installed_again_it_finds_its_data(pc: Pc, setup_exe: Path, where: Places) -> None:
    assert pc.set_up(setup_exe) == 0
    assert pc.folder == pc.usual_folder
    assert pc.desktop_link.is_file()
    assert pc.wine.registry(MENU_KEY) is None, "only where it is asked for"
    assert len(pc.cli("list", "employees")["employees"]) > 100
    for name in (CONSOLE_EXE, WINDOW_EXE):
        build.examine(*pc.self_test(pc.folder / name, f"biasa-{Path(name).stem}"))


def test_removal_with_data_only_where_it_is_said(pc: Pc) -> None:
    assert pc.remove("/HAPUSDATA") == 0
    assert not pc.usual_folder.exists()
    assert not pc.desktop_link.exists()
    assert not pc.data.exists()

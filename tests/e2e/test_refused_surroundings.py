"""The command line where the surroundings refuse: each has its own words and exit code, and never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from asn_desktop.cli.run import main
from asn_desktop.environment.paths import OfficePaths
from tests.conftest import PASSPHRASE
from tests.unprivileged import unprivileged

BARE_LOCALE = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
NO_TEXT = b"kata \xff sandi"


def run(
    *arguments: str | bytes, output: int = subprocess.PIPE, errors: int = subprocess.PIPE, **environment: str | bytes
) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "asn_desktop", *arguments],
        env={**os.environ, "ASN_PASSPHRASE": PASSPHRASE, **environment},  # type: ignore[dict-item]
        stdin=subprocess.DEVNULL, stdout=output, stderr=errors, timeout=300, check=False,
    )  # fmt: skip
    said, complained = ((stream or b"").decode("utf-8") for stream in (done.stdout, done.stderr))
    assert "Traceback" not in complained
    assert "ASN-9000" not in said + complained
    assert "Exception ignored" not in complained
    return done.returncode, said, complained


@pytest.mark.posix_only
def test_a_full_output_is_told_apart_from_a_command_that_failed(office_home: OfficePaths) -> None:
    home = str(office_home.home)
    with open("/dev/full", "wb") as full:
        for shape in ((), ("--json",)):
            code, _said, complained = run("--home", home, *shape, "list", "employees", output=full.fileno())
            assert (code, "keluarannya penuh" in complained) == (5, True)
        assert run("--home", f"{home}-lain", "--json", "list", "employees", output=full.fileno())[0] == 4
        assert run("--home", f"{home}-lain", "list", "employees", errors=full.fileno())[0] == 4
        assert run("--version", output=full.fileno())[0] == 5


@pytest.mark.posix_only
@pytest.mark.parametrize("command", [("list", "employees"), ("init", "--office", "11.12", "--name", "Kantor")])
@pytest.mark.parametrize("home", ["x" * 800, "xxxxxxxxx/" * 500], ids=["one name of 800", "a path of 5000"])
def test_a_place_too_long_for_the_system(tmp_path: Path, home: str, command: tuple[str, ...]) -> None:
    code, said, complained = run("--home", str(tmp_path / home), "--json", *command)
    assert code == 4
    assert json.loads(said)["error"]["code"] == "ASN-1409"
    assert "terlalu panjang" in complained
    assert len(complained) < 400


@pytest.mark.posix_only
@pytest.mark.parametrize("command", [["list", "employees"], ["init", "--office", "11.12", "--name", "Kantor"]])
def test_a_folder_of_somebody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    monkeypatch.setenv("ASN_PASSPHRASE", PASSPHRASE)
    (tmp_path / "milik-orang").mkdir(mode=0)
    tmp_path.chmod(0o755)
    with unprivileged(tmp_path):
        home = Path("milik-orang")
        monkeypatch.setattr(Path, "absolute", lambda path: path)  # the folders above belong to root
        code = main(["--home", str(home), "--json", *command])
    said = capsys.readouterr()
    assert (code, json.loads(said.out)["error"]["code"]) == (4, "ASN-1403")
    assert "tidak berhak" in said.err
    (tmp_path / "milik-orang").chmod(0o700)
    assert list((tmp_path / "milik-orang").iterdir()) == []


@pytest.mark.posix_only
def test_accents_in_a_bare_locale(tmp_path: Path) -> None:
    home = str(tmp_path / "kantor é")
    assert run("--home", home, "init", "--office", "11.12", "--name", "Kantor é", **BARE_LOCALE)[0] == 0
    code, said, _complained = run("--home", home, "export", "personnel", str(tmp_path / "é.xlsx"), **BARE_LOCALE)
    assert code == 0
    assert "é.xlsx" in said
    assert (tmp_path / "é.xlsx").exists()
    accented = {**BARE_LOCALE, "ASN_PASSPHRASE": "kata sandi é yang panjang"}
    other = str(tmp_path / "lain")
    assert run("--home", other, "init", "--office", "11.12", "--name", "Kantor", **accented)[0] == 0
    assert run("--home", other, "list", "employees", ASN_PASSPHRASE=accented["ASN_PASSPHRASE"])[0] == 0


@pytest.mark.posix_only
def test_what_is_no_text_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    home = tmp_path / "kantor"
    make = ("--home", str(home), "init", "--office", "11.12", "--name")
    code, _said, complained = run(*make, "Kantor", ASN_PASSPHRASE=NO_TEXT)
    assert (code, "ASN_PASSPHRASE tidak terbaca" in complained) == (2, True)
    code, _said, complained = run(*make, b"Kantor \xff")
    assert (code, "tidak terbaca sebagai teks" in complained) == (2, True)
    assert not home.exists()

"""``asn-dev``: says what it can do, and repeats the test runner's closing line as the last one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from asn_desktop.devtools import command, system_libraries


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["asn-dev", *arguments])
    return command.main()


def test_without_a_command_it_lists_them(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch) == 0
    listed = capsys.readouterr().out
    for name in ("run", "check", "test", "fast", "seeds", "sample-data", "gallery", "bench", "kill"):
        assert f"\n  {name} " in listed


def test_an_unknown_command_is_wrong_use(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "tes") == 2
    assert "asn-dev" in capsys.readouterr().out


def test_the_closing_line_comes_last(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "test_one.py").write_text("def test_one():\n    assert True\n", encoding="utf-8")
    monkeypatch.setattr(command, "CHECKS", ())
    monkeypatch.setattr(system_libraries, "missing_packages", list)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    rest = ("-p", "no:randomly", "-p", "no:cacheprovider", "-c", str(tmp_path / "none.ini"), str(tmp_path))
    (tmp_path / "none.ini").write_text("[pytest]\n", encoding="utf-8")
    assert command.test(rest) == 0
    assert " 1 passed in " in capsys.readouterr().out.splitlines()[-1]
    (tmp_path / "test_two.py").write_text("def test_two():\n    assert False\n", encoding="utf-8")
    assert command.test(rest) == 1
    assert "1 failed, 1 passed" in capsys.readouterr().out.splitlines()[-1]


def test_missing_libraries_are_named_with_the_command_that_installs_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system_libraries, "missing_packages", lambda: ["libegl1", "libxkbcommon0"])
    assert command.test(()) == 1
    assert "apt-get install -y --no-install-recommends libegl1 libxkbcommon0" in capsys.readouterr().err


@pytest.mark.posix_only
def test_a_library_that_is_not_there_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(system_libraries.PACKAGES, "libtidak-ada-di-mana-pun.so.9", "paket-contoh")
    assert "paket-contoh" in system_libraries.missing_packages()


@pytest.mark.posix_only
def test_what_the_bundle_lacks_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "binutils" in system_libraries.missing_for_bundle()


@pytest.mark.posix_only
def test_what_the_tests_lack_is_installed_with_the_rest(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(system_libraries, "POSTGRESQL", tmp_path)
    assert run(monkeypatch, "system-packages") == 0
    assert {"binutils", "libreoffice-calc-nogui", "postgresql"} <= set(capsys.readouterr().out.split())


def test_the_fast_part_takes_only_rules_and_contracts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "fast", "-n0", "--collect-only", "-q", "--ignore=tests/unit/exchange") == 0
    folders = {"/".join(line.split("/")[:2]) for line in capsys.readouterr().out.splitlines() if "::" in line}
    assert folders == {"tests/architecture", "tests/unit"}

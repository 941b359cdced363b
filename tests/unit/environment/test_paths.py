"""Where an office lives: chosen, portable, or in the user's own data folder."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from asn_desktop.environment.paths import PORTABLE_MARK, office_paths


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a built program, as PyInstaller's start-up code announces it."""
    monkeypatch.delenv("ASN_HOME", raising=False)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "ASN-Desktop.exe"))
    return tmp_path


def test_an_installed_program_keeps_data_away_from_itself(program: Path) -> None:
    home = office_paths().home
    assert home.name == "ASN Desktop"
    assert program not in home.parents


def test_a_portable_program_keeps_data_beside_itself(program: Path) -> None:
    (program / PORTABLE_MARK).touch()
    assert office_paths().home == program / "data"


def test_a_chosen_folder_comes_before_the_portable_one(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (program / PORTABLE_MARK).touch()
    monkeypatch.setenv("ASN_HOME", str(tmp_path / "lain"))
    assert office_paths().home == tmp_path / "lain"
    assert office_paths(tmp_path / "pilihan").home == tmp_path / "pilihan"


def test_the_mark_means_nothing_to_a_checkout(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (program / PORTABLE_MARK).touch()
    monkeypatch.delattr(sys, "frozen")
    assert office_paths().home.name == "ASN Desktop"

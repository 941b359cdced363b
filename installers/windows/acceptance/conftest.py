"""What the acceptance tests start from: the files that were built, and a clean PC without Python."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import version_info
from windows import pack
from windows.acceptance.pc import Pc
from windows.places import ROOT, Places, places
from windows.wine import Wine, screen

OLDER, STALE = "0.0.1", "_internal/usang/modul-lama.txt"
"""Made from the same bundle under a lower number, with a file that the next version no longer has."""


@pytest.fixture(scope="session")
def where() -> Places:
    found = places()
    shutil.rmtree(found.results, ignore_errors=True)
    found.results.mkdir(parents=True)
    return found


@pytest.fixture(scope="session")
def setup_exe(where: Places) -> Path:
    return _built(where.out / f"ASN-Desktop-{version_info.version()}-setup.exe")


@pytest.fixture(scope="session")
def portable_zip(where: Places) -> Path:
    return _built(where.out / f"ASN-Desktop-{version_info.version()}-portabel.zip")


def _built(path: Path) -> Path:
    assert path.is_file(), f"{path} is not there: run installers/build first"
    return path


@pytest.fixture(scope="session")
def older_exe(where: Places, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("versi-lama")
    older = replace(where, work=place, out=place)
    shutil.copytree(where.bundle, older.bundle, copy_function=os.link)
    (older.bundle / STALE).parent.mkdir()
    (older.bundle / STALE).write_text("dari versi lama", encoding="utf-8")
    return pack.installer(older, OLDER, fast=True)


@pytest.fixture(scope="session")
def wine(where: Places) -> Iterator[Wine]:
    with screen() as display:
        made = Wine(where.work / "prefix-test", display, where.results)
        made.create()
        yield made
        made.stop()


@pytest.fixture(scope="session")
def pc(wine: Wine) -> Pc:
    return Pc(wine)


@pytest.fixture(scope="session")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample workbooks, made by the developers' command: lists and ratings of made-up people."""
    place = tmp_path_factory.mktemp("contoh")
    command = [sys.executable, "-m", "asn_desktop.devtools.command", "sample-data", str(place)]
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return place / "buku-kerja"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep what the screen shows when a test has failed."""
    report = yield
    wine = getattr(item, "funcargs", {}).get("wine") or getattr(getattr(item, "funcargs", {}).get("pc"), "wine", None)
    if report.when == "call" and report.failed and isinstance(wine, Wine):
        wine.picture(f"failed-{item.name}")
    return report

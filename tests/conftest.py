"""Shared fixtures: a real, encrypted office, set up once per run and copied for each test."""

from __future__ import annotations

import ctypes
import json
import shutil
import sys
from collections.abc import Callable, Generator, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from asn_desktop.core.clock import Clock
from asn_desktop.core.collector import collect_exempt
from asn_desktop.environment import machine
from asn_desktop.environment.logs import stop_log
from asn_desktop.environment.paths import OfficePaths, office_paths
from asn_desktop.reference.queries import OfficeRow
from asn_desktop.sample import people
from asn_desktop.services import Services, close_office, create_office, open_office
from tests import skips

PASSPHRASE = "kata sandi uji"
USER = "operator"
OFFICE = OfficeRow("11.12", "BKPSDM Kabupaten Contoh", "Pemerintah Kabupaten Contoh", "Blangpidie", "district", True)
NOW = datetime(2026, 10, 6, 10, 42, tzinfo=timezone(timedelta(hours=7)))


@pytest.hookimpl(trylast=True)  # after the tests were put into a random order
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What belongs elsewhere is skipped with its reason (tests/skips.py); the files that take longest come first."""
    elsewhere = ["posix_only" if sys.platform == "win32" else "windows_only"]
    if _in_wine():
        elsewhere.append("not_in_wine")
    for item in items:
        if any(item.get_closest_marker(name) for name in elsewhere):
            item.add_marker(pytest.mark.skip(reason=skips.reason_for(item.nodeid) or "belongs to another system"))
    items.sort(key=lambda item: _LONGEST_FIRST.get(item.nodeid.split("/")[1], len(_LONGEST_FIRST)))


_LONGEST_FIRST = {"e2e": 0, "properties": 1}
"""Folder below tests → its turn: a file of a minute that begins last keeps one core waiting for the other."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        _forbid_in_ci(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if report.skipped:
        _forbid_in_ci(report)
    return report


def _forbid_in_ci(report: pytest.TestReport | pytest.CollectReport) -> None:
    if skips.is_failure(report.nodeid):
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} was skipped in CI and tests/skips.py does not allow it: {why}"


def _in_wine() -> bool:
    """Whether this Windows is Wine's: the suite runs there too (installers/windows/acceptance)."""
    return sys.platform == "win32" and hasattr(ctypes.WinDLL("ntdll"), "wine_get_version")


settings.register_profile(
    "default", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.register_profile("nightly", parent=settings.get_profile("default"), max_examples=2000)
settings.load_profile("default")


def fixed_clock() -> datetime:
    """6 October 2026, in the evaluation window of Triwulan III."""
    return NOW


@pytest.fixture
def clock() -> Clock:
    return fixed_clock


@pytest.fixture(scope="session", autouse=True)
def machine_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """What this "PC" remembers about databases stays inside the test run."""
    folder = tmp_path_factory.mktemp("komputer")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASN_MACHINE_DIR", str(folder))
        yield folder


def move_in(template: Path, home: Path) -> OfficePaths:
    """A copy of an office that the program takes for the original, as if it had always lived at ``home``."""
    shutil.copytree(template, home)
    known = json.loads((template / "komputer.json").read_text(encoding="utf-8"))
    for replica, sighting in known.items():
        if sighting["home"] == str(template):
            machine.note(replica, machine.Sighting(str(home), sighting["operation"], sighting["hash"]))
    return office_paths(home)


def leave_as_template(home: Path) -> Path:
    """Keep what this "PC" remembers of a closed office beside it, for :func:`move_in`."""
    shutil.copy(machine.machine_folder() / "salinan.json", home / "komputer.json")
    return home


@pytest.fixture(scope="session")
def office_template(tmp_path_factory: pytest.TempPathFactory, machine_folder: Path) -> Path:
    """A freshly set-up office, closed. Setting one up costs two key derivations; copying it does not."""
    home = tmp_path_factory.mktemp("kantor")
    services, _code = create_office(office_paths(home), OFFICE, USER, PASSPHRASE, clock=fixed_clock)
    close_office(services)
    return leave_as_template(home)


@pytest.fixture
def office_home(office_template: Path, tmp_path: Path) -> OfficePaths:
    """A closed office of its own for one test."""
    return move_in(office_template, tmp_path / "kantor")


@pytest.fixture
def open_services(office_home: OfficePaths) -> Iterator[Callable[[], Services]]:
    """Opens the test's office; whatever is still open at the end is closed."""
    opened: list[Services] = []

    def open_it() -> Services:
        services = open_office(office_home, USER, PASSPHRASE, clock=fixed_clock)
        opened.append(services)
        return services

    yield open_it
    for services in opened:
        close_office(services)
    stop_log()


@pytest.fixture
def office(open_services: Callable[[], Services]) -> Services:
    """An open, empty office on a real encrypted file."""
    return open_services()


@pytest.fixture(scope="session")
def district_template(office_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same office with 200 made-up employees in their units, closed."""
    home = tmp_path_factory.mktemp("kabupaten") / "kantor"
    services = open_office(move_in(office_template, home), USER, PASSPHRASE, clock=fixed_clock)
    with services.database.write("sample.people", "Isi pegawai contoh", undoable=False) as uow:
        people.plant(uow, people.make(200))
    close_office(services)
    return leave_as_template(home)


@pytest.fixture
def district(district_template: Path, tmp_path: Path) -> Iterator[Services]:
    """An open office with 200 made-up employees."""
    home = tmp_path / "kabupaten"
    services = open_office(move_in(district_template, home), USER, PASSPHRASE, clock=fixed_clock)
    yield services
    close_office(services)
    stop_log()


@pytest.fixture(autouse=True, scope="module")
def _memory_is_given_back() -> Iterator[None]:
    """As the window does when nobody waits; a worker that runs hundreds of imports would grow without end."""
    yield
    collect_exempt()


@pytest.fixture(autouse=True, scope="session")
def _no_log_file_left_open() -> Iterator[None]:
    yield
    stop_log()

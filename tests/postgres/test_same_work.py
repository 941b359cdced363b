"""An office's work on SQLite and on a PostgreSQL server of its own: every step shows the same."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, Engine

from asn_desktop.core.errors import AppError, ConflictError
from asn_desktop.devtools.system_libraries import postgresql_programs
from asn_desktop.reference.model import Unit
from asn_desktop.services import Services
from asn_desktop.storage.engine import open_engine
from asn_desktop.storage.migrations import runner
from asn_desktop.storage.unit_of_work import Database
from tests.postgres import server, work

pytestmark = pytest.mark.skipif(postgresql_programs() is None, reason="no PostgreSQL server is installed")


@pytest.fixture(scope="module")
def address() -> Iterator[URL]:
    with server.running() as url:
        yield url


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "SQLite":
        made = on_sqlite(tmp_path)
    else:
        made = server.open_engine(request.getfixturevalue("address"), f"kantor_{tmp_path.name.lower()}")
    yield made
    made.dispose()


def on_sqlite(folder: Path) -> Engine:
    engine = open_engine(folder / "asn.db", bytes(32))
    runner.upgrade(engine)
    return engine


def test_setiap_langkah_menampilkan_hal_yang_sama(address: URL, tmp_path: Path) -> None:
    shown: dict[str, dict[str, Any]] = {}
    for name, engine in (("SQLite", on_sqlite(tmp_path)), ("PostgreSQL", server.open_engine(address, "langkah"))):
        (tmp_path / name).mkdir()
        shown[name] = work.played(engine, tmp_path / name)
        engine.dispose()
    assert list(shown["SQLite"]) == list(shown["PostgreSQL"])
    assert len(shown["SQLite"]) > 37
    for step, expected in shown["SQLite"].items():
        assert shown["PostgreSQL"][step] == expected, step


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Iterator[Services]:
    services = work.office_on(engine, tmp_path / "kantor")
    yield services
    services.lock.release()


def add_units(database: Database, count: int) -> list[int]:
    with database.write("unit.add", "Tambah unit") as uow:
        return uow.insert_many(
            Unit, [{"code": f"U{n}", "name": f"U{n}", "match_name": f"u{n}", "kind": "UNIT"} for n in range(count)]
        )


def test_dua_petugas_menulis_bersamaan_dan_tidak_ada_yang_ditolak(office: Services) -> None:
    units = add_units(office.database, 2)
    refused: list[AppError] = []
    start = threading.Barrier(2)

    def rename(user: str, unit: int) -> None:
        desk = Database(office.database.engine, office.database.path, user=user, clock=office.database.clock)
        start.wait()
        for number in range(25):
            try:
                with desk.write("unit.rename", "Ubah") as uow:
                    uow.update(Unit, unit, {"name": f"{user} {number}"})
            except AppError as error:
                refused.append(error)

    clerks = [threading.Thread(target=rename, args=pair) for pair in zip(("siti", "budi"), units, strict=True)]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()
    assert refused == []
    assert [row.user for row in office.safety.history(50)].count("siti") == 25
    assert office.reference.find_unit("U0").name == "siti 24"
    assert office.reference.find_unit("U1").name == "budi 24"


def test_simpanan_kedua_atas_versi_yang_sama_ditolak(office: Services) -> None:
    (unit,) = add_units(office.database, 1)
    with office.database.write("unit.rename", "Ubah") as uow:
        uow.update(Unit, unit, {"name": "pertama"}, expected_version=1)
    with pytest.raises(ConflictError) as refused, office.database.write("unit.rename", "Ubah") as uow:
        uow.update(Unit, unit, {"name": "kedua"}, expected_version=1)
    assert refused.value.code == "ASN-1201"
    assert office.reference.find_unit("U0").name == "pertama"

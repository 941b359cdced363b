"""Ctrl+Z with several people at one office, and in a log of years."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from sqlalchemy import Connection, insert

from asn_desktop.core.errors import InputError
from asn_desktop.services import Services
from asn_desktop.storage import undo
from asn_desktop.storage.change_log import OperationLog
from tests.integration.storage.test_undo import add, names, rename


@pytest.fixture
def at_the_desk(office: Services) -> Callable[[str], Services]:
    """Who sits there now; the office stays the same."""

    def sit_down(user: str) -> Services:
        office.database.user = user
        return office

    return sit_down


def test_langkah_rekan_tidak_ikut_diurungkan(at_the_desk: Callable[[str], Services]) -> None:
    add(at_the_desk("siti"), "A")
    add(at_the_desk("budi"), "B")
    siti = at_the_desk("siti")
    assert siti.safety.next_undo() == "Tambah A"
    siti.safety.undo()
    assert names(siti) == {"B": "B"}
    assert siti.safety.next_undo() is None
    with pytest.raises(InputError):
        siti.safety.undo()


def test_yang_diurungkan_sendiri_dapat_diulangi_walau_rekan_bekerja(at_the_desk: Callable[[str], Services]) -> None:
    (unit,) = add(at_the_desk("siti"), "A")
    rename(at_the_desk("siti"), unit, "A2")
    at_the_desk("siti").safety.undo()
    budi = at_the_desk("budi")
    assert budi.safety.next_redo() is None
    add(budi, "B")
    at_the_desk("siti").safety.redo()
    assert names(at_the_desk("siti")) == {"A": "A2", "B": "B"}


def test_yang_diurungkan_rekan_dari_riwayat_tidak_ditawarkan_lagi(at_the_desk: Callable[[str], Services]) -> None:
    siti = at_the_desk("siti")
    add(siti, "A")
    add(siti, "B")
    at_the_desk("budi").safety.undo_operation(siti.safety.history()[0].id)
    assert at_the_desk("siti").safety.next_undo() == "Tambah A"


@pytest.mark.parametrize("ask", [undo.next_undo, undo.next_redo])
@pytest.mark.parametrize("user", ["siti", "siapa pun yang belum pernah menulis"])
@pytest.mark.parametrize("undone", [False, True])
def test_yang_dibaca_tidak_bertambah_dengan_umur_catatan(
    office: Services, ask: Callable[[Connection, str], object], user: str, undone: bool
) -> None:
    """Counted in steps of SQLite's own machine, which depend on neither clock nor load."""
    with office.database.engine.connect() as connection, connection.begin():
        young = _grown(connection, 3_000, undone)
        before = _steps(connection, lambda: ask(connection, user))
        _grown(connection, 9_000, undone, young)
        assert _steps(connection, lambda: ask(connection, user)) <= before + 200


def _grown(connection: Connection, count: int, undone: bool, start: int = 1) -> int:
    numbers = range(start + 1, start + 1 + count)
    connection.execute(
        insert(OperationLog),
        [
            {
                "id": number, "rid": f"r{number}", "kind": "x", "label": "x", "user": "siti", "origin": "local",
                "at": "2026-10-06", "changes": 0, "undoable": True, "undoes": number - 1 if undone else None,
                "hash": "0" * 64,
            }
            for number in numbers
        ],
    )  # fmt: skip
    return numbers[-1]


def _steps(connection: Connection, work: Callable[[], object]) -> int:
    driver = connection.connection.driver_connection
    assert driver is not None
    taken = itertools.count()

    def count() -> int:
        next(taken)
        return 0

    work()  # the statement is prepared
    driver.set_progress_handler(count, 1)
    try:
        work()
    finally:
        driver.set_progress_handler(None, 1)
    return next(taken)

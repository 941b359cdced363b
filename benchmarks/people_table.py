"""The list of employees on an encrypted file: search, sort by every column, opening the tab.

    uv run python benchmarks/people_table.py --people 60000

Every time is also given as a ratio to a yardstick of the same run: reading all ids in key order with the bare
driver (``SELECT id FROM employee ORDER BY id``). Targets: first page of a search 50 ms, sort by any column 150 ms.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from asn_desktop.personnel.listing import SORT_KEYS, EmployeeSpec
from asn_desktop.personnel.service import PersonnelService
from asn_desktop.reference.service import ReferenceService
from asn_desktop.sample import people
from asn_desktop.storage.engine import connect, open_engine
from asn_desktop.storage.migrations import runner as migrations
from asn_desktop.storage.unit_of_work import Database

KEY = bytes(range(32))
PAGE = 100
SEARCHES = ("s", "siti", "siti nasution", "guru kelas", "puskesmas", "19850", "tidak ada")
SEARCH_TARGET, SORT_TARGET = 50.0, 150.0


def fill(path: Path, count: int) -> Database:
    """A new encrypted office with ``count`` made-up employees."""
    engine = open_engine(path, KEY)
    migrations.upgrade(engine)
    database = Database(engine, path)
    with database.write("sample.people", "Isi pegawai contoh", undoable=False) as uow:
        ReferenceService(database).set_up(uow, people.SAMPLE_OFFICE, [2026])
        people.plant(uow, people.make(count))
    return database


def timed(work: Callable[[], object], repeat: int) -> tuple[float, float]:
    """Best and median milliseconds of ``repeat`` runs; the best one is the least disturbed by other programs."""
    times = []
    for _run in range(repeat):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return min(times), statistics.median(times)


@contextmanager
def bare_ids(path: Path) -> Iterator[Callable[[], object]]:
    """The yardstick on a connection of its own."""
    connection = connect(path, KEY)
    try:
        yield lambda: connection.execute("SELECT id FROM employee ORDER BY id").fetchall()
    finally:
        connection.close()


def first_page(personnel: PersonnelService, spec: EmployeeSpec) -> Callable[[], object]:
    """Everything between a key press and the rows on the screen: all ids in order, then one page of rows."""
    return lambda: personnel.rows(personnel.ids(spec)[:PAGE])


def open_tab(personnel: PersonnelService, reference: ReferenceService) -> Callable[[], object]:
    """Makes and shows the whole tab: tree, list with its first page, first person."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication  # only this measurement needs Qt

    from asn_desktop.gui.application import configure
    from asn_desktop.gui.change_bus import ChangeBus
    from asn_desktop.gui.personnel.tab import PersonnelTab
    from asn_desktop.gui.tasks import SynchronousRunner

    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication([])
    configure(app)

    def fail(error: BaseException) -> None:
        raise error

    def show() -> None:
        bus = ChangeBus()
        tab = PersonnelTab(
            personnel, reference, SynchronousRunner(bus, fail), bus,
            import_people=lambda: None, export_people=lambda _spec: None,
        )  # fmt: skip
        tab.resize(1366, 660)
        tab.show()
        app.processEvents()
        tab.close()
        tab.deleteLater()

    return show


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--people", type=int, default=60_000)
    options.add_argument("--repeat", type=int, default=5)
    options.add_argument("--without-window", action="store_true", help="leave out the tab")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kantor.db"
        database = fill(path, chosen.people)
        missed = measure(database, path, chosen.repeat, with_window=not chosen.without_window)
        database.close()
    return 1 if missed else 0


def measure(database: Database, path: Path, repeat: int, *, with_window: bool) -> list[str]:
    """Print every measurement; returns those beyond their target."""
    personnel, reference = PersonnelService(database), ReferenceService(database)
    missed: list[str] = []
    with bare_ids(path) as read_ids:
        yardstick, usual = timed(read_ids, repeat)
    print(f"{'':<44}{'best':>8} {'median':>8} ms   ratio of best")
    print(f"{'yardstick: all ids with the driver':<44}{yardstick:8.1f} {usual:8.1f}{'1.0':>10}")

    def tell(name: str, work: Callable[[], object], target: float | None) -> None:
        best, median = timed(work, repeat)
        beyond = target is not None and best > target
        missed.extend([name] if beyond else [])
        print(f"{name:<44}{best:8.1f} {median:8.1f}{best / yardstick:10.1f}{'  BEYOND TARGET' if beyond else ''}")

    for typed in SEARCHES:
        spec = EmployeeSpec(search=typed)
        tell(
            f"search “{typed}”, first page", lambda spec=spec: personnel.rows(personnel.ids(spec)[:PAGE]), SEARCH_TARGET
        )
    for key in SORT_KEYS:
        for descending in (False, True):
            spec = EmployeeSpec(sort=key, descending=descending)
            name = f"sort by {key}{' descending' if descending else ''}, first page"
            tell(name, first_page(personnel, spec), SORT_TARGET)
    tell("numbers of all units", personnel.counts_by_unit, None)
    tell("one person", lambda: personnel.detail(500), None)
    if with_window:
        tell("open the tab", open_tab(personnel, reference), None)
    return missed


if __name__ == "__main__":
    raise SystemExit(main())

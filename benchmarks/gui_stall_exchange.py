"""How long the window stands still while a package of many people is received, searched, applied and decided on.

    uv run python benchmarks/gui_stall_exchange.py --people 5000

Two real offices and the district's real window with the program's own task runner. A timer of 5 ms asks for the event
loop's attention; the longest wait beyond its 5 ms is the stall of a step. Target: no stall above 200 ms.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

TARGET = 0.200
_TICK = 5
_AT_REST = 250


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--people", type=int, default=5000)
    people = parser.parse_args().people
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("ASN_MACHINE_DIR", str(Path(folder) / "komputer"))
        worst = measure(Path(folder), people)
    print(f"longest stall {worst * 1000:.0f} ms; target {TARGET * 1000:.0f} ms")
    return 0 if worst <= TARGET else 1


def measure(folder: Path, size: int) -> float:
    """The longest stall in seconds; each step is printed."""
    from asn_desktop.app import build_window
    from asn_desktop.exchange.plan import Fate
    from asn_desktop.gui.application import create_application
    from asn_desktop.gui.change_bus import ChangeBus
    from asn_desktop.gui.table_view import NoViewSettings
    from asn_desktop.gui.tasks import TaskRunner
    from asn_desktop.services import close_office

    app = create_application(sys.argv[:1])
    district, province, package = _offices(folder, size)
    bus = ChangeBus()
    failures: list[BaseException] = []
    runner = TaskRunner(bus, failures.append)
    window, shell = build_window(district, runner, bus, NoViewSettings())
    window.resize(1366, 728)
    window.show()
    tab = shell.go_to("exchange")
    watch = _Watch(lambda: runner.busy)
    watch.rest()
    dialog = watch.step("receive: examine and show", lambda: tab.does.open_package(package))
    preview = dialog.preview
    for fate in (Fate.CHANGED, Fate.SAME, Fate.CONFLICT):
        watch.step(f"card {fate.value}", lambda fate=fate: preview.show_fate(fate))
    for text in ("siti", "agus", "tidak ada"):
        watch.step(f"search {text}", lambda text=text: _type(preview.search, text))
    watch.step("apply", dialog.forward.click)
    watch.step("to the desk", dialog.conflicts_button.click)
    watch.step("decide one", lambda: tab.desk.decide_current("local"))
    watch.step("pick all", tab.desk.pick_all.click)
    numbers = sorted(tab.desk.table.rows.checked)
    watch.step(f"decide {len(numbers)}", lambda: tab.desk._decide(numbers, "incoming", ""))
    watch.step("undo", shell.undo)
    watch.step("send: gather", tab.send).reject()
    window.close()
    runner.shutdown()
    for office in (district, province):
        close_office(office)
    del app
    if failures:
        raise SystemExit(f"a step failed: {failures[0]}")
    return watch.worst


class _Watch:
    """Does a step and waits until the window is at rest again, timing every wait in between."""

    def __init__(self, busy: Callable[[], bool]) -> None:
        from PySide6.QtCore import Qt, QTimer

        self._busy = busy
        self._waits: list[float] = []
        self._last = time.perf_counter()
        self.worst = 0.0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self._waits.append(now - self._last - _TICK / 1000)
        self._last = now

    def rest(self) -> None:
        _run(30)
        while self._busy():
            _run(20)
        _run(_AT_REST)

    def step(self, name: str, act: Callable[[], Any]) -> Any:
        self._waits.clear()
        self._last = started = time.perf_counter()
        result = act()
        self._tick()
        self.rest()
        stall = max(self._waits)
        self.worst = max(self.worst, stall)
        print(f"{name:28} {time.perf_counter() - started:6.2f} s, longest wait {stall * 1000:4.0f} ms", flush=True)
        return result


def _offices(folder: Path, size: int) -> tuple[Any, Any, Path]:
    """A district and its province that know each other, and a package of the province: two fifths of the people with
    another telephone number (each a conflict), the others with another position."""
    from asn_desktop.core.periods import Period
    from asn_desktop.environment.paths import office_paths
    from asn_desktop.personnel.listing import EmployeeSpec
    from asn_desktop.personnel.model import Employee
    from asn_desktop.sample import people
    from asn_desktop.services import create_office, new_office

    def office(code: str, name: str, role: str) -> Any:
        row = new_office(code, name, role=role, sample=True)
        return create_office(office_paths(folder / code), row, "operator", "kata sandi ukur")[0]

    district = office("11.12", "BKPSDM Kabupaten Contoh", "district")
    province = office("11", "BKD Provinsi Contoh", "province")
    with district.database.write("sample.people", "Isi pegawai contoh", undoable=False) as uow:
        people.plant(uow, people.make(size))
    district.appraisal.open_period(Period(2026, 3))
    for sender, receiver, to in ((district, province, None), (province, district, "11.12")):
        path = folder / f"kenal-{to}.xlsx"
        sender.packages.send(path, to)
        receiver.packages.apply(receiver.packages.examine(path), backup=False)
    ids = province.personnel.ids(EmployeeSpec())
    with province.database.write("employee.update", "Ubah data pegawai") as uow:
        for place, number in enumerate(ids):
            changed = {"phone": f"0812{place:08}"} if place < len(ids) * 2 // 5 else {"position": "Analis SDM Aparatur"}
            uow.update(Employee, number, changed)
    package = folder / "perubahan.xlsx"
    province.packages.send(package, "11.12")
    return district, province, package


def _type(field: Any, text: str) -> None:
    field.setText(text)
    field.search_now()


def _run(milliseconds: int) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    sys.exit(main())

"""From the start of the process to a usable window, beside an empty PySide6 window.

    uv run python benchmarks/start_up.py --people 60000

Each start is a process of its own (offscreen, byte code cached as after an installation); all kinds take turns and
the best of the repeats counts, because it is the least disturbed by other programs. Usable means: the window is
painted, the list shows its first rows, nothing is being read any more. The kinds:

``empty``     imports PySide6 (Core, Gui, Widgets) and shows an empty main window
``libraries`` the same with the libraries that any program on an encrypted file has to load
``imports``   the same with every module that our own window loads until it is usable
``sign_in``   our sign-in window, ready for the passphrase
``entered``   from the passphrase to the usable window (the rest is loaded while somebody types)
``window``    our whole start with nobody's typing in it: sign-in, key derivation, encrypted file, window, first tab

Target: at most 2.5 times "an empty window with imports". Whose imports is not said, so ``window`` stands beside all
three empty windows, the strictest last; ``imports`` is the mildest reading and proves the least.
"""

from __future__ import annotations

import argparse
import gc
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

KINDS = ("empty", "libraries", "imports", "sign_in", "entered", "window")
TARGET = 2.5
_TYPING_MS = 2500
_PASSPHRASE = "contoh kabupaten"


def measure(kind: str, home: Path, cache: Path) -> float:
    """Seconds until the child says that it is ready."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": str(cache)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    _end_cleanly(home)
    started = time.perf_counter()
    command = [sys.executable, __file__, "--child", kind, "--home", str(home)]
    child = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)
    if child.returncode:
        raise SystemExit(child.stderr)
    moments = dict(line.split("=") for line in child.stdout.splitlines() if "=" in line)
    return float(moments["ready"]) - float(moments.get("from", started))


def _end_cleanly(home: Path) -> None:
    """The children leave by ``os._exit``; without this the next one would read every page, as after a crash."""
    from asn_desktop.environment.paths import office_paths

    lock = office_paths(home).lock
    if lock.exists():
        lock.write_bytes(b"")


def say(name: str) -> None:
    print(f"{name}={time.perf_counter()}", flush=True)  # one clock for all processes of the machine


# -- children ----------------------------------------------------------------------------------------------


def empty(*, libraries: bool, own: bool) -> None:
    from PySide6 import QtGui  # noqa: F401 - part of what is measured
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    if libraries:
        import nacl.pwhash.argon2id  # noqa: F401
        import sqlalchemy  # noqa: F401
        import sqlcipher3.dbapi2  # noqa: F401
    if own:
        import asn_desktop.app
        import asn_desktop.gui.home.tab
        import asn_desktop.gui.main_window
        import asn_desktop.gui.shell
        import asn_desktop.services  # noqa: F401
    app = QApplication([])
    window = QMainWindow()
    window.resize(1366, 728)
    window.show()
    QTimer.singleShot(0, lambda: QTimer.singleShot(0, app.quit))
    app.exec()
    say("ready")


def ours(kind: str, home: Path) -> None:
    from asn_desktop import app as composition
    from asn_desktop.environment.paths import office_paths
    from asn_desktop.environment.preferences import Preferences
    from asn_desktop.gui.application import create_application

    gc.disable()  # as __main__ does it
    paths = office_paths(home)
    app = create_application([])
    program = composition.Program(app, paths, Preferences(paths.settings))
    program.begin()
    _when(lambda: program.ready, lambda: _arrived(kind, program))
    app.exec()
    program.runner.shutdown()


def _arrived(kind: str, program: object) -> None:
    from PySide6.QtCore import QTimer

    from asn_desktop.app import Program

    assert isinstance(program, Program)
    if kind != "sign_in" and program.shell is None:
        QTimer.singleShot(_TYPING_MS if kind == "entered" else 0, lambda: _enter(kind, program))
        return
    say("ready")
    os._exit(0)  # how long the end takes is another question


def _enter(kind: str, program: object) -> None:
    from asn_desktop.app import Program
    from asn_desktop.gui.start.sign_in import SignIn

    assert isinstance(program, Program)
    window = program.front
    assert isinstance(window, SignIn)
    window.page.passphrase.line.setText(_PASSPHRASE)
    if kind == "entered":
        say("from")
    window.enter.click()
    _when(lambda: program.shell is not None and program.ready, lambda: _arrived(kind, program))


def _when(condition: object, action: object) -> None:
    from PySide6.QtCore import QTimer

    assert callable(condition)
    assert callable(action)
    timer = QTimer()

    def look() -> None:
        if condition():
            timer.stop()
            QTimer.singleShot(0, action)

    timer.timeout.connect(look)
    timer.start(2)
    _timers.append(timer)


_timers: list[object] = []


# -- the office and the report --------------------------------------------------------------------------------


def make_office(home: Path, count: int) -> None:
    """An encrypted office with ``count`` made-up people that ``demo`` opens without asking."""
    from asn_desktop.environment.paths import office_paths
    from asn_desktop.sample import people
    from asn_desktop.sample.office import SAMPLE_USER
    from asn_desktop.services import close_office, create_office

    services, _code = create_office(office_paths(home), people.SAMPLE_OFFICE, SAMPLE_USER, _PASSPHRASE)
    with services.database.write("sample.people", "Isi pegawai contoh", undoable=False) as uow:
        people.plant(uow, people.make(count))
    close_office(services)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=60_000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--home", type=Path, help="an office made before (kept)")
    parser.add_argument("--child", choices=KINDS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child in ("empty", "libraries", "imports"):
        empty(libraries=arguments.child != "empty", own=arguments.child == "imports")
        return 0
    if arguments.child:
        ours(arguments.child, arguments.home)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        home, cache = arguments.home or Path(folder) / "kantor", Path(folder) / "pyc"
        if not (home / "asn.db").exists():
            make_office(home, arguments.people)
        best: dict[str, float] = {}
        for turn in range(arguments.repeat + 1):
            for kind in KINDS:
                seconds = measure(kind, home, cache)
                if turn:  # the first turn fills the caches
                    best[kind] = min(seconds, best.get(kind, seconds))
    print(f"{arguments.people} people, best of {arguments.repeat}")
    for kind in KINDS:
        print(f"{kind:10} {best[kind] * 1000:7.0f} ms  {best[kind] / best['empty']:5.2f} x empty window")
    for kind, yardstick in (
        ("sign_in", "empty"),
        ("window", "imports"),
        ("window", "libraries"),
        ("window", "empty"),
    ):
        ratio = best[kind] / best[yardstick]
        print(f"{kind} / {yardstick}: {ratio:.2f}, target {TARGET}: {'reached' if ratio <= TARGET else 'missed'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""``asn-dev kill``, the first start: kill -9 at every point at which a set-up touches a file, and at random moments.

Whatever is left, the office is there whole or not at all. Where it is not there, setting it up once more at the same
place works, with another passphrase too; where it is there, it opens, and a new recovery code can be made for who
never saw the first.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from asn_desktop.accounts import keyfile
from asn_desktop.core.errors import AppError
from asn_desktop.environment.paths import OfficePaths
from asn_desktop.sample import people
from asn_desktop.services import Services, close_office, create_office, move_in, open_office

_USER, _FIRST, _SECOND = "operator", "kata sandi pertama", "kata sandi kedua"
_TOUCHING = frozenset(
    ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "os.utime", "shutil.rmtree")
)
"""What Python tells its audit hooks about files (``os.rename`` is ``os.replace`` too)."""

Start = Callable[[OfficePaths, str], Services]


class Locked(Exception):
    """What was left lets nobody in."""


def set_up_office(paths: OfficePaths, passphrase: str) -> Services:
    return create_office(paths, people.SAMPLE_OFFICE, _USER, passphrase)[0]


def moving_in(backup: Path) -> Start:
    """The other way to begin: from a backup of another PC."""
    return lambda paths, passphrase: move_in(paths, backup, passphrase)


def at_every_point(
    folder: Path, start: Start = set_up_office, *, again: str = _SECOND, first: str = _FIRST, operations: int = 1
) -> int:
    """Kill once before each touch of a file in the home; returns how many points there are. Raises :class:`Locked`.

    ``first`` is the passphrase of the set-up that is killed, ``again`` the one of its repetition; a start leaves at
    most so many operations.
    """
    points = _count(folder / "latihan", start, first)
    for point in range(points):
        home = folder / f"korban-{point}"
        _kill_in_child(home, start, first, _exactly(point + 1))
        look(OfficePaths(home), start, first, again, operations)
        shutil.rmtree(home)
    return points


def at_random_moments(folder: Path, count: int, chance: random.Random) -> int:
    """Kill after random times; returns how many set-ups had not been finished."""
    started = time.perf_counter()
    close_office(set_up_office(OfficePaths(folder / "waktu"), _FIRST))
    seconds = time.perf_counter() - started
    cut = 0
    for number in range(count):
        home = folder / f"acak-{number}"
        process = multiprocessing.Process(target=_work, args=(home, set_up_office, _FIRST), daemon=True)
        process.start()
        time.sleep(chance.uniform(0, seconds * 1.3))
        process.kill()
        process.join()
        cut += not OfficePaths(home).exists
        look(OfficePaths(home), set_up_office, _FIRST, _SECOND)
        shutil.rmtree(home)
    return cut


def look(paths: OfficePaths, start: Start, first: str, again: str, operations: int = 1) -> None:
    """Raises :class:`Locked` unless the office opens, or can be set up once more."""
    try:
        if paths.exists:
            services, passphrase = open_office(paths, _USER, first), first
        else:
            services, passphrase = start(paths, again), again
        try:
            if not services.safety.check().sound:
                raise Locked("not sound")
            code = services.accounts.new_recovery_code(passphrase)
            keyfile.unlock_with_code(paths.key_file, code)
            if len(services.safety.history()) > operations:
                raise Locked("taken for a copy of itself")
        finally:
            close_office(services)
    except AppError as error:
        raise Locked(f"{error.code} {error.message}") from error
    left = [path.name for path in paths.home.rglob("*") if path.name.endswith(".sementara")]
    if left or paths.set_up.exists():
        raise Locked(f"left behind: {left}")


def _exactly(point: int) -> Callable[[int], bool]:
    return lambda touched: touched == point


def _count(home: Path, start: Start, passphrase: str) -> int:
    """How many touches a whole start has, counted where nobody's hooks stay: in a child."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=_rehearse, args=(home, start, passphrase, theirs), daemon=True)
    process.start()
    theirs.close()
    points = int(ours.recv())
    process.join()
    shutil.rmtree(home)
    return points


def _rehearse(home: Path, start: Start, passphrase: str, pipe: multiprocessing.connection.Connection) -> None:
    touched = _watch(home, lambda _number: False)
    services = start(OfficePaths(home), passphrase)
    pipe.send(touched())
    close_office(services)


def _kill_in_child(home: Path, start: Start, passphrase: str, when: Callable[[int], bool]) -> None:
    process = multiprocessing.Process(target=_work, args=(home, start, passphrase, when), daemon=True)
    process.start()
    process.join()
    if process.exitcode != -signal.SIGKILL:
        raise Locked(f"the set-up ended by itself: {process.exitcode}")


def _work(home: Path, start: Start, passphrase: str, when: Callable[[int], bool] | None = None) -> None:
    if when is not None:
        _watch(home, when)
    start(OfficePaths(home), passphrase)


def _watch(home: Path, die: Callable[[int], bool]) -> Callable[[], int]:
    """Count what happens in ``home`` from now on, and end this process without a word where ``die`` says so."""
    touched = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal touched
        if event in _TOUCHING and any(str(argument).startswith(str(home)) for argument in arguments[:2]):
            touched += 1
            if die(touched):
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    return lambda: touched

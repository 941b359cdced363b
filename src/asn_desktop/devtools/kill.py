"""``asn-dev kill``: kill -9 at random moments of an import and of a row of saves, then look at what is left.

After each kill the office must open, ``check`` must find everything sound, every listed backup must pass its own check,
and the content must be exactly that before or after the operation that was cut off. A save that was reported as done
must be there.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import Any

from sqlalchemy import text

from asn_desktop.accounts import keyfile
from asn_desktop.appraisal.commands import RatingChange
from asn_desktop.appraisal.predicate import Rating
from asn_desktop.core.periods import Period
from asn_desktop.environment.paths import OfficePaths
from asn_desktop.sample import people, workbooks
from asn_desktop.services import Services, close_office, create_office, open_office
from asn_desktop.storage import backup

_USER, _PASSPHRASE = "operator", "kata sandi uji putus"
_PERIOD = Period(2026, 3)
_SAVES = 60
_SIZE = 160
_UNSTABLE = frozenset({"rid", "at", "hash"})
"""Columns that differ from run to run: random ids, times, and the chain over both."""
_LOGS = frozenset({"operation", "change"})


class Unsound(Exception):
    """What was left behind is not what was promised."""


@dataclass(frozen=True, slots=True)
class State:
    """Number of logged operations, and a digest of everything else."""

    operations: int
    digest: str


@dataclass(frozen=True, slots=True)
class Scene:
    """Work to be interrupted: ``states[k]`` is the content after ``k`` finished operations."""

    name: str
    work: Callable[[Services, Path, Pipe], None]
    states: Sequence[State]
    seconds: float


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="asn-dev kill", description=__doc__)
    parser.add_argument("--count", type=int, default=50, help="how many times (default 50)")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="repeats a campaign")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="asn-putus-", ignore_cleanup_errors=True) as folder:
        return campaign(Path(folder), options.count, options.seed)


def campaign(folder: Path, count: int, seed: int) -> int:
    """Run ``count`` kills; 0 when everything was sound after each."""
    chance = random.Random(seed)
    template, book = _prepare(folder)
    scenes = [_rehearse(folder, template, book, "import", _import), _rehearse(folder, template, book, "save", _save)]
    finished: dict[str, list[int]] = {scene.name: [] for scene in scenes}
    for number in range(count):
        scene = scenes[number % len(scenes)]
        moment = chance.uniform(0, scene.seconds * 1.4)
        home = folder / "korban"
        try:
            done = _kill_once(template, home, book, scene, moment)
        except Unsound as problem:
            print(f"kill {number} of {scene.name} after {moment * 1000:.0f} ms, seed {seed}: {problem}")
            print(f"left at {shutil.move(home, Path(tempfile.mkdtemp(prefix='asn-putus-')))}")
            return 1
        finished[scene.name].append(done)
        shutil.rmtree(home)
    for name, numbers in finished.items():
        cut = sum(number < len(next(s for s in scenes if s.name == name).states) - 1 for number in numbers)
        print(f"{name}: {len(numbers)} kills, {cut} before the end, all sound (seed {seed})")
    return 0


def _prepare(folder: Path) -> tuple[Path, Path]:
    """A small office with a quarter, closed, and a workbook that changes and adds people."""
    home, book = folder / "kantor", folder / "nominatif.xlsx"
    services, _code = create_office(
        OfficePaths(home), people.SAMPLE_OFFICE, _USER, _PASSPHRASE, clock=lambda: datetime(2026, 10, 6, tzinfo=UTC)
    )
    with services.database.write("sample.people", "Isi pegawai contoh", undoable=False) as uow:
        people.plant(uow, people.make(_SIZE))
    services.appraisal.open_period(_PERIOD)
    close_office(services)
    workbooks.write_nominative(book, people.make(_SIZE, seed=7), date(2026, 9, 30))
    return home, book


def _import(services: Services, book: Path, pipe: Pipe) -> None:
    plan = services.exchange.examine(book)
    pipe.send("go")
    services.exchange.apply(plan)
    pipe.send("done")


def _save(services: Services, _book: Path, pipe: Pipe) -> None:
    rows = services.appraisal.list_evaluations(_PERIOD.code)
    pipe.send("go")
    for number, row in enumerate(rows[:_SAVES]):
        result = (Rating.SESUAI, Rating.DI_ATAS, Rating.DI_BAWAH)[number % 3]
        services.appraisal.rate([RatingChange(row.id, result, Rating.SESUAI)])
        pipe.send("done")


def _rehearse(
    folder: Path, template: Path, book: Path, name: str, work: Callable[[Services, Path, Pipe], None]
) -> Scene:
    """The same work uninterrupted, with the content noted after each operation."""
    home = folder / f"latihan-{name}"
    shutil.copytree(template, home)
    services = _open(home)
    states: list[State] = []

    class Recorder:
        """Stands in for the pipe: notes the content and leaves the noting out of the time."""

        seconds = 0.0
        started = 0.0

        def send(self, _word: str) -> None:
            self.seconds += time.perf_counter() - self.started if states else 0.0
            states.append(_state(services))
            self.started = time.perf_counter()

    recorder = Recorder()
    work(services, book, recorder)  # type: ignore[arg-type]  # only send() is asked of it
    close_office(services)
    return Scene(name, work, states, recorder.seconds)


def _kill_once(template: Path, home: Path, book: Path, scene: Scene, moment: float) -> int:
    """Returns how many operations were finished. Raises :class:`Unsound`."""
    shutil.copytree(template, home)
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=_worker, args=(home, book, scene.work, theirs), daemon=True)
    process.start()
    theirs.close()
    if not ours.poll(60) or ours.recv() != "go":
        raise Unsound("the work did not begin")
    time.sleep(moment)
    process.kill()
    process.join()
    reported = _drain(ours)
    return _look(home, scene, reported)


def _worker(home: Path, book: Path, work: Callable[[Services, Path, Pipe], None], pipe: Pipe) -> None:
    work(_open(home), book, pipe)


def _drain(pipe: Pipe) -> int:
    reported = 0
    try:
        while pipe.poll(0):
            reported += pipe.recv() == "done"
    except (EOFError, OSError):
        pass  # the other end is dead, and has said all it could
    return reported


def _look(home: Path, scene: Scene, reported: int) -> int:
    services = _open(home)
    try:
        report = services.safety.check()
        if not report.sound:
            raise Unsound(f"check: {report}")
        state = _state(services)
        done = state.operations - scene.states[0].operations
        if not 0 <= done < len(scene.states) or scene.states[done] != state:
            raise Unsound(f"content is neither before nor after: {done} operations, {state.digest[:12]}")
        if done not in (reported, reported + 1):
            raise Unsound(f"{reported} operations were reported as done, {done} are there")
        data_key = keyfile.unlock(services.paths.key_file, _USER, _PASSPHRASE)
        for made in services.safety.backups():
            if problem := backup.check_file(made.path, data_key):
                raise Unsound(f"backup {made.path.name}: {problem}")
    finally:
        close_office(services)
    return done


def _open(home: Path) -> Services:
    return open_office(OfficePaths(home), _USER, _PASSPHRASE)


def _state(services: Services) -> State:
    digest = hashlib.sha256()
    with services.database.read() as connection:
        names = connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")).all()
        operations = connection.scalar(text("SELECT count(*) FROM operation"))
        for name in names:
            if name not in _LOGS and not name.startswith("sqlite_"):
                for row in connection.execute(text(f'SELECT * FROM "{name}" ORDER BY 1')).mappings():
                    digest.update(repr(_stable(row)).encode())
    return State(int(operations or 0), digest.hexdigest())


def _stable(row: Any) -> list[tuple[str, object]]:
    return [(key, value) for key, value in row.items() if key not in _UNSTABLE]

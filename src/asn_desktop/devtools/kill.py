"""``asn-dev kill``: kill -9 at random moments of an import, a row of saves, the sending and the receiving of a package,
then look at what is left.

After each kill the office must open, ``check`` must find everything sound, every listed backup must pass its own check,
and the content must be exactly that before or after the operation that was cut off. A save that was reported as done
must be there. A package stands whole under its name or not at all, the ledger names none that is not there, and what
was cut off can simply be done again.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import os
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
from asn_desktop.core.errors import InputError
from asn_desktop.core.i18n import _
from asn_desktop.core.outputs import HomeName
from asn_desktop.core.periods import Period
from asn_desktop.core.progress import Progress
from asn_desktop.devtools import kill_set_up
from asn_desktop.environment import machine
from asn_desktop.environment.paths import OfficePaths
from asn_desktop.exchange.package.content import Seal
from asn_desktop.exchange.package.package_reader import read_package
from asn_desktop.exchange.package.replicas import own_replica
from asn_desktop.reference.queries import OfficeRow
from asn_desktop.sample import people, workbooks
from asn_desktop.services import Services, close_office, create_office, open_office
from asn_desktop.storage import backup, change_log

_USER, _PASSPHRASE = "operator", "kata sandi uji putus"
_PERIOD = Period(2026, 3)
_SAVES = 60
_SIZE = 160
_PROVINCE = OfficeRow("11", "BKD Provinsi Contoh", "Pemerintah Provinsi Contoh", "Kota Contoh", "province", True)
_SENT = "keluar.xlsx"
_UNSTABLE = frozenset({"rid", "at", "made_at", "hash", "package_id", "digest", "since"})
"""Columns that differ from run to run: random ids, times, and what is computed from both."""
_LOGS = frozenset({"operation", "change"})


class Unsound(Exception):
    """What was left behind is not what was promised."""


@dataclass(frozen=True, slots=True)
class State:
    """Number of logged operations, and a digest of everything else."""

    operations: int
    digest: str


Work = Callable[[Services, Path, Pipe], None]
Look = Callable[[Services, Path, "Scene", int], None]


@dataclass(frozen=True, slots=True)
class Template:
    """A closed office to copy, its replica and the end of its log."""

    home: Path
    replica: str
    operation: int
    hash: str


@dataclass(frozen=True, slots=True)
class Act:
    """What is to be cut off: in a copy of ``template``, with ``book``. ``look`` finds more that must hold afterwards;
    it gets the number of finished operations."""

    name: str
    template: Template
    book: Path
    work: Work
    look: Look


@dataclass(frozen=True, slots=True)
class Scene:
    """An act that has been rehearsed: ``states[k]`` is the content after ``k`` finished operations."""

    act: Act
    states: Sequence[State]
    seconds: float


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="asn-dev kill", description=__doc__)
    parser.add_argument("--count", type=int, default=50, help="how many times (default 50)")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="repeats a campaign")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="asn-putus-", ignore_cleanup_errors=True) as folder:
        os.environ["ASN_MACHINE_DIR"] = str(Path(folder) / "komputer")  # these offices are not this PC's
        return first_starts(Path(folder), options.count, options.seed) or campaign(
            Path(folder), options.count, options.seed
        )


def first_starts(folder: Path, count: int, seed: int) -> int:
    """A set-up killed at every point and at random moments; 0 when nobody was locked out."""
    try:
        points = kill_set_up.at_every_point(folder)
        cut = kill_set_up.at_random_moments(folder, count // 5, random.Random(seed))
    except kill_set_up.Locked as problem:
        print(f"init, seed {seed}: {problem}")
        return 1
    print(f"init: killed at {points} points and {count // 5} moments, {cut} of them before the end (seed {seed})")
    return 0


def campaign(folder: Path, count: int, seed: int) -> int:
    """Run ``count`` kills; 0 when everything was sound after each."""
    chance = random.Random(seed)
    scenes = [_rehearse(folder, act) for act in _prepare(folder)]
    finished: dict[str, list[int]] = {scene.act.name: [] for scene in scenes}
    for number in range(count):
        scene = scenes[number % len(scenes)]
        moment = chance.uniform(0, scene.seconds * 1.4)
        home = folder / "korban"
        try:
            done = _kill_once(home, scene, moment)
        except Unsound as problem:
            print(f"kill {number} of {scene.act.name} after {moment * 1000:.0f} ms, seed {seed}: {problem}")
            print(f"left at {shutil.move(home, Path(tempfile.mkdtemp(prefix='asn-putus-')))}")
            return 1
        finished[scene.act.name].append(done)
        shutil.rmtree(home)
    for scene in scenes:
        numbers = finished[scene.act.name]
        cut = sum(number < len(scene.states) - 1 for number in numbers)
        print(f"{scene.act.name}: {len(numbers)} kills, {cut} before the end, all sound (seed {seed})")
    return 0


def _prepare(folder: Path) -> list[Act]:
    """A small office with a quarter, a workbook that changes and adds people, and a province with a package."""
    book, package = folder / "nominatif.xlsx", folder / "paket.xlsx"
    services, _code = create_office(
        OfficePaths(folder / "kantor"), people.SAMPLE_OFFICE, _USER, _PASSPHRASE, clock=_october
    )
    with services.database.write("sample.people", "Isi pegawai contoh", undoable=False) as uow:
        people.plant(uow, people.make(_SIZE))
    services.appraisal.open_period(_PERIOD)
    rows = services.appraisal.list_evaluations(_PERIOD.code)
    services.appraisal.rate([RatingChange(row.id, Rating.DI_BAWAH, Rating.SESUAI) for row in rows[_SAVES::3]])
    services.packages.send(package)
    district = _leave(services)
    services, _code = create_office(OfficePaths(folder / "provinsi"), _PROVINCE, _USER, _PASSPHRASE, clock=_october)
    province = _leave(services)
    workbooks.write_nominative(book, people.make(_SIZE, seed=7), date(2026, 9, 30))
    return [
        Act("import", district, book, _import, _nothing_more),
        Act("save", district, book, _save, _nothing_more),
        Act("send", district, book, _send, _whole_package_or_none),
        Act("receive", province, package, _receive, _receiving_again_works),
    ]


def _leave(services: Services) -> Template:
    with services.database.read() as connection:
        found = Template(services.paths.home, own_replica(connection).id, *change_log.head(connection))
    close_office(services)
    return found


def _october() -> datetime:
    return datetime(2026, 10, 6, tzinfo=UTC)


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


def _send(services: Services, _book: Path, pipe: Pipe) -> None:
    services.packages  # noqa: B018 – loading the code is not what is to be cut off
    pipe.send("go")
    services.packages.send(_sent(services.paths.home), progress=_Reporting(pipe))
    pipe.send("done")


class _Reporting(Progress):
    """Says when the package stands in the ledger and its file is about to be written: the first operation of two."""

    def __init__(self, pipe: Pipe) -> None:
        super().__init__()
        self._pipe, self._steps = pipe, 0

    def step(self, text: str, total: int = 0) -> None:
        super().step(text, total)
        self._steps += text == _("Menulis paket")
        if self._steps == 2:  # once before it is noted, once by the writer
            self._steps += 1
            self._pipe.send("done")


def _receive(services: Services, book: Path, pipe: Pipe) -> None:
    services.packages  # noqa: B018
    pipe.send("go")
    services.packages.apply(services.packages.examine(book))
    pipe.send("done")


def _nothing_more(_services: Services, _book: Path, _scene: Scene, _done: int) -> None:
    pass


def _whole_package_or_none(services: Services, _book: Path, _scene: Scene, done: int) -> None:
    """The file is complete or not there; the ledger knows it whenever it is; the next package works."""
    target = _sent(services.paths.home)
    lines = [line for line in services.packages.ledger() if line.file_name == _SENT]
    if len(lines) != (done > 0) or [line.cut_off for line in lines] != [True] * (done == 1) + [False] * (done == 2):
        raise Unsound(f"ledger after {done} operations: {lines}")
    if target.exists():
        read = read_package(target)
        digest = lines[0].digest if lines else None
        if read.seal is not Seal.INTACT or digest not in ("", read.digest):
            raise Unsound(f"package under its final name: {read.seal}, ledger: {digest}")
        _comes_home(services, target)
    elif done == 2:
        raise Unsound("noted as written, and the file is not there")
    services.packages.send(target)
    after = read_package(target)
    if after.seal is not Seal.INTACT or after.content.head.seq in {line.seq for line in lines}:
        raise Unsound("the package sent afterwards")
    work = services.paths.home / HomeName.WORK
    strange = [path.name for path in (*target.parent.glob(".asn-*"), *work.glob("*"))]
    if strange:
        raise Unsound(f"left behind: {strange}")


def _comes_home(services: Services, target: Path) -> None:
    """Our own package is called our own, and nobody is taken for a twin."""
    try:
        services.packages.examine(target)
    except InputError as answer:
        if answer.code == "ASN-1242":
            return
        raise Unsound(f"our own package came home: {answer.code}") from answer
    raise Unsound("our own package came home and was planned")


def _receiving_again_works(services: Services, book: Path, scene: Scene, done: int) -> None:
    """Once more brings everything when it was cut off, and nothing when it was not."""
    plan = services.packages.examine(book)
    if bool(plan.already) != (done > 0):
        raise Unsound(f"after {done} operations the ledger says: {plan.already or 'never received'}")
    services.packages.apply(plan)
    if _state(services).digest != scene.states[-1].digest:
        raise Unsound("receiving again leads elsewhere")


def _rehearse(folder: Path, act: Act) -> Scene:
    """The same work uninterrupted, with the content noted after each operation."""
    home = folder / f"latihan-{act.name}"
    _place(act.template, home)
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
    act.work(services, act.book, recorder)  # type: ignore[arg-type]  # only send() is asked of it
    close_office(services)
    return Scene(act, states, recorder.seconds)


def _sent(home: Path) -> Path:
    """Where the package goes: never into the office's own folder."""
    return home.with_name(_SENT)


def _place(template: Template, home: Path) -> None:
    """A copy that is taken for the original: otherwise it would open as a replica of its own."""
    shutil.copytree(template.home, home)
    _sent(home).unlink(missing_ok=True)
    machine.note(template.replica, machine.Sighting(str(home), template.operation, template.hash))


def _kill_once(home: Path, scene: Scene, moment: float) -> int:
    """Returns how many operations were finished. Raises :class:`Unsound`."""
    _place(scene.act.template, home)
    ours, theirs = multiprocessing.Pipe()
    arguments = (home, scene.act.book, scene.act.work, theirs)
    process = multiprocessing.Process(target=_worker, args=arguments, daemon=True)
    process.start()
    theirs.close()
    if not ours.poll(60) or ours.recv() != "go":
        raise Unsound("the work did not begin")
    time.sleep(moment)
    process.kill()
    process.join()
    reported = _drain(ours)
    return _look(home, scene, reported)


def _worker(home: Path, book: Path, work: Work, pipe: Pipe) -> None:
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
        scene.act.look(services, scene.act.book, scene, done)
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
                for row in connection.execute(text(f'SELECT * FROM "{name}" ORDER BY rowid')).mappings():
                    digest.update(repr(_stable(row)).encode())
    return State(int(operations or 0), digest.hexdigest())


def _stable(row: Any) -> list[tuple[str, object]]:
    return [(key, value) for key, value in row.items() if key not in _UNSTABLE]

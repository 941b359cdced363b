"""``asn-dev fuzz``: spoiled workbooks through everything that looks at a file a person chose.

For each: recognise it, read it as a package, plan its import. Allowed is an answer or an error with a message. Not
allowed: any other exception, more than 30 seconds, a write to the office or beside the file, a package that calls
itself intact with other content than was sealed, or more than 400 MB in the program's own process. Every failure is
told with its seed: ``asn-dev fuzz --seed N --count 1`` repeats it.
"""

from __future__ import annotations

import argparse
import faulthandler
import random
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from sqlalchemy import text

from asn_desktop.core.collector import collect_exempt
from asn_desktop.core.errors import AppError
from asn_desktop.devtools.fuzz_mutations import spoiled
from asn_desktop.devtools.fuzz_seeds import make_office, write_seeds
from asn_desktop.exchange.package.content import PackageContent, Seal
from asn_desktop.exchange.package.package_reader import read_package
from asn_desktop.exchange.package.recognise import recognise
from asn_desktop.services import Services, close_office

SECONDS, MEGABYTES = 30.0, 400.0
SHARE = 5_000
_HANG = 120.0
_TIDY_EVERY = 30


class Unsound(Exception):
    """Something that must never happen."""


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="asn-dev fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=500, help="how many workbooks (default 500)")
    parser.add_argument("--seed", type=int, default=random.randrange(10**9), help="number of the first workbook")
    parser.add_argument("--jobs", type=int, default=1, help="processes side by side")
    parser.add_argument("--keep", type=Path, help="folder for the workbooks that failed")
    options = parser.parse_args(arguments)
    if options.jobs > 1 or options.count > SHARE:
        return _in_shares(options.count, options.seed, options.jobs, options.keep)
    with tempfile.TemporaryDirectory(prefix="asn-fuzz-", ignore_cleanup_errors=True) as folder:
        return campaign(Path(folder), options.count, options.seed, options.keep)


def campaign(folder: Path, count: int, seed: int, keep: Path | None = None) -> int:
    """Try ``count`` workbooks; 0 when every one of them was answered soundly."""
    services = make_office(folder / "kantor")
    try:
        (folder / "asal").mkdir()
        trial = Trial(services, folder, write_seeds(folder / "asal", services))
        failed = [number for number in range(seed, seed + count) if not trial.run(number, keep)]
    finally:
        faulthandler.cancel_dump_traceback_later()
        close_office(services)
    print(f"{count} workbooks, seeds {seed} to {seed + count - 1}: {len(failed)} failed")
    print(f"slowest {trial.slowest:.1f} s, peak {peak_megabytes():.0f} MB; {dict(trial.outcomes.most_common())}")
    return 1 if failed else 0


class Trial:
    """An office, the sound workbooks, and what came of the spoiled ones."""

    def __init__(self, services: Services, folder: Path, seeds: dict[str, bytes]) -> None:
        self.outcomes: Counter[str] = Counter()
        self.slowest = 0.0
        self._services = services
        self._seeds = seeds
        self._folder = folder / "kotak"
        self._folder.mkdir()
        self._sealed = {
            name: _content(read_package(folder / "asal" / name).content) for name in seeds if "paket" in name
        }
        self._operations = self._last_operation()

    def run(self, number: int, keep: Path | None = None) -> bool:
        """Spoil and try workbook ``number``; False after telling what went wrong."""
        chance = random.Random(number)
        name = chance.choice(sorted(self._seeds))
        data = spoiled(self._seeds[name], chance)
        # Whoever hangs is ended with a traceback; the line before says which workbook it was.
        print(f"workbook {number}: {name}", file=sys.stderr, flush=True)
        faulthandler.dump_traceback_later(_HANG, exit=True)
        if number % _TIDY_EVERY == 0:
            collect_exempt()  # as the window does when no dialog is open
        try:
            self.try_one(name, data)
        except Exception:
            print(f"FAILED workbook {number} ({name}): asn-dev fuzz --seed {number} --count 1")
            print(traceback.format_exc(), flush=True)
            if keep is not None:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{number}_{name}").write_bytes(data)
            return False
        return True

    def try_one(self, name: str, data: bytes) -> None:
        """Everything that looks at a chosen file. Raises what it should not have raised."""
        for left in self._folder.iterdir():
            left.unlink()
        path = self._folder / name
        path.write_bytes(data)
        start = time.perf_counter()
        self._answer(lambda: f"is {recognise(path).kind}")
        self._answer(lambda: self._read(path))
        self._answer(lambda: f"plan {self._services.exchange.examine(path).kind}")
        seconds = time.perf_counter() - start
        self.slowest = max(self.slowest, seconds)
        if seconds > SECONDS:
            raise Unsound(f"took {seconds:.0f} s")
        if peak_megabytes() > MEGABYTES:
            raise Unsound(f"needed {peak_megabytes():.0f} MB")
        if [found.name for found in self._folder.iterdir()] != [name] or path.read_bytes() != data:
            raise Unsound("wrote beside the file or into it")
        if self._last_operation() != self._operations:
            raise Unsound("wrote to the office")

    def _answer(self, ask: Callable[[], str]) -> None:
        try:
            self.outcomes[ask()] += 1
        except AppError as error:
            if not error.message or not error.code.startswith("ASN-"):
                raise
            self.outcomes[error.code] += 1

    def _read(self, path: Path) -> str:
        read = read_package(path)
        if read.seal is not Seal.BROKEN and _content(read.content) != self._sealed[path.name]:
            raise Unsound(f"seal {read.seal} over other content")
        return f"seal {read.seal}"

    def _last_operation(self) -> int:
        with self._services.database.read() as connection:
            return int(connection.execute(text("SELECT max(id) FROM operation")).scalar_one())


def _content(content: PackageContent) -> PackageContent:
    """Without places and counts, rows in one order."""
    rows = sorted((replace(row, place=None) for row in content.rows), key=lambda row: (row.entity, row.rid))
    tombstones = tuple(replace(row, place=None) for row in content.tombstones)
    return replace(content, head=replace(content.head, rows={}), rows=tuple(rows), tombstones=tombstones)


def _in_shares(count: int, seed: int, jobs: int, keep: Path | None) -> int:
    """Processes of their own, ``jobs`` at a time, each with more files than anybody opens: what leaks shows."""
    shares = [(first, min(SHARE, seed + count - first)) for first in range(seed, seed + count, SHARE)]
    with ThreadPoolExecutor(jobs) as pool:
        return max(pool.map(lambda share: _share(share[0], share[1], keep), shares))


def _share(first: int, count: int, keep: Path | None) -> int:
    """One process; when it dies, its last lines tell the workbook and where it hung."""
    call = [sys.executable, "-m", "asn_desktop.devtools.command", "fuzz", "--seed", str(first), "--count", str(count)]
    call += ["--keep", str(keep.absolute())] if keep is not None else []
    done = subprocess.run(call, capture_output=True, encoding="utf-8", errors="replace", check=False)
    print(done.stdout, end="", flush=True)
    if "workbooks, seeds" not in done.stdout:  # it did not come to its end
        print(f"a process ended with {done.returncode}:", *done.stderr.splitlines()[-40:], sep="\n", flush=True)
        return 1
    return done.returncode


def peak_megabytes() -> float:
    """The most this process has needed so far."""
    if sys.platform == "win32":
        import psutil

        return float(psutil.Process().memory_info().peak_wset) / 2**20
    # Not getrusage: its figure survives exec and would be that of the process which started this one.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024

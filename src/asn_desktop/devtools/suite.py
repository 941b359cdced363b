"""The test suite as commands: all of it, the fast part, and many orders of it on a busy machine."""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

FAST = ("tests/unit", "tests/architecture")
"""Rules and contracts: no office is made, no window is opened."""
_CLOSING_LINE = re.compile(r"=+ .*\b(passed|failed|error|errors|no tests ran)\b.* =+")
_FAILED = re.compile(r"^(FAILED|ERROR) (\S+)", re.MULTILINE)
# Two processes for the two cores of the machines that run this; a file stays in one, with its shared offices, and the
# files come in the order in which they were collected, the longest first (tests/conftest.py).
PARALLEL = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")


def pytest_command(arguments: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "pytest", "--color=no", *arguments]


def run_pytest(arguments: Sequence[str]) -> tuple[int, str]:
    """Everything is passed on as it comes but the closing line, which is returned beside the exit code."""
    parallel = () if arguments else PARALLEL
    command = pytest_command(["--durations=12", "--durations-min=1", *parallel, *arguments])
    closing_line = "pytest ended without a closing line"
    with (
        _compiled_once() as environment,
        subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, encoding="utf-8", errors="replace"
        ) as process,
    ):
        assert process.stdout is not None
        for line in process.stdout:
            if _CLOSING_LINE.fullmatch(line.strip()):
                closing_line = line.strip()
            else:
                print(line, end="", flush=True)
    return process.returncode, closing_line


@contextmanager
def _compiled_once() -> Iterator[dict[str, str]]:
    """An environment in which the hundreds of processes of a run compile each module once between them, whatever the
    caller's says: half of the processor's time was the compiler's where nothing may be written beside the sources."""
    with tempfile.TemporaryDirectory(prefix="asn-compiled-") as folder:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        yield environment


# -- many orders ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What may differ from one machine to the next and must not matter: one run of the suite in it."""

    seed: int
    time_zone: str
    locale: str
    umask: int

    @classmethod
    def drawn(cls, chance: random.Random) -> Surroundings:
        return cls(
            chance.randrange(2**32),
            chance.choice(("Asia/Jakarta", "Asia/Jayapura", "UTC", "America/Los_Angeles", "Pacific/Kiritimati")),
            chance.choice(("C.UTF-8", "C", "")),
            chance.choice((0o022, 0o077, 0o002)),
        )

    @property
    def environment(self) -> Mapping[str, str]:
        """``C`` is the bare locale of old servers: Python must not make UTF-8 of it. Empty: that of the caller."""
        bare = {"PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"} if self.locale == "C" else {}
        return {"TZ": self.time_zone, **({"LC_ALL": self.locale} if self.locale else {}), **bare}

    def __str__(self) -> str:
        return f"seed {self.seed}, TZ={self.time_zone}, LC_ALL={self.locale or '(as here)'}, umask {self.umask:03o}"


def seeds(arguments: Sequence[str]) -> int:
    """The suite in ``--count`` random orders and surroundings, on request with every core busy beside it."""
    parser = argparse.ArgumentParser(prog="asn-dev seeds", description=seeds.__doc__)
    parser.add_argument("--count", type=int, default=10, help="how many runs (default 10)")
    parser.add_argument(
        "--seed", type=int, default=None, help="draws the orders and surroundings; random when not given"
    )
    parser.add_argument("--load", action="store_true", help="as many busy processes as there are cores")
    parser.add_argument("tests", nargs="*", help="folders or files, otherwise all")
    chosen = parser.parse_args(arguments)
    first = random.SystemRandom().randrange(2**32) if chosen.seed is None else chosen.seed
    chance = random.Random(first)
    logs = Path(tempfile.mkdtemp(prefix="asn-seeds-"))
    print(f"--seed {first}, logs in {logs}", flush=True)
    red = 0
    with _busy_cores(os.cpu_count() or 1) if chosen.load else _nothing():
        for number in range(1, chosen.count + 1):
            red += _one_run(number, Surroundings.drawn(chance), chosen.tests, logs) != 0
    print(f"{chosen.count - red} of {chosen.count} runs green", flush=True)
    return 1 if red else 0


def _one_run(number: int, around: Surroundings, tests: Sequence[str], logs: Path) -> int:
    parallel = () if tests else PARALLEL
    command = pytest_command(["-q", "-p", "no:cacheprovider", *parallel, f"--randomly-seed={around.seed}", *tests])
    print(f"{number}: {around} …", flush=True)
    with _compiled_once() as environment:
        done = subprocess.run(
            command, env={**environment, **around.environment}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            encoding="utf-8", errors="replace", umask=around.umask, check=False,
        )  # fmt: skip
    (logs / f"{number:02}-{around.seed}.log").write_text(done.stdout, encoding="utf-8")
    print(f"   {done.stdout.rstrip().rpartition(chr(10))[2]}", flush=True)
    for kind, name in _FAILED.findall(done.stdout):
        print(f"   {kind} {name}", flush=True)
    return done.returncode


@contextmanager
def _busy_cores(count: int) -> Iterator[None]:
    burners = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _core in range(count)]
    try:
        yield
    finally:
        for burner in burners:
            burner.kill()
            burner.wait()


@contextmanager
def _nothing() -> Iterator[None]:
    yield

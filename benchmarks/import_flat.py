"""Import of a large flat workbook, against openpyxl in read-only mode just reading the same file, in the same run.

    uv run python benchmarks/import_flat.py --rows 10000

What is timed: gate, scan and child process, cleaning, comparing, the preview's counts, a verified backup, and one write
with the change log, into a fresh encrypted office. Each measurement is a process of its own; imports and readings
alternate. Memory is the most that the program's own process ever held (the reading child is counted apart).
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import make_flat
import openpyxl

from asn_desktop.core.progress import Progress
from asn_desktop.environment.paths import office_paths
from asn_desktop.sample.people import SAMPLE_OFFICE
from asn_desktop.services import close_office, create_office


@dataclass(slots=True)
class Phases(Progress):
    """Times the phases that the exchange announces to the person waiting."""

    seconds: dict[str, float] = field(default_factory=dict)
    _since: float = field(default_factory=time.perf_counter)

    def step(self, text: str, total: int = 0) -> None:
        self.stop()
        # A dataclass with slots is a new class: super() without arguments would look for the old one.
        Progress.step(self, text, total)

    def stop(self) -> None:
        now = time.perf_counter()
        if self.text:
            self.seconds[self.text] = self.seconds.get(self.text, 0.0) + now - self._since
        self._since = now


def read_with_openpyxl(path: Path) -> dict[str, object]:
    """The yardstick: every cell's value, nothing else."""
    started = time.perf_counter()
    book = openpyxl.load_workbook(path, read_only=True)
    cells = sum(len(row) for row in book.active.iter_rows(values_only=True))
    book.close()
    return {"seconds": time.perf_counter() - started, "cells": cells}


def import_once(path: Path, home: Path, profile: bool) -> dict[str, object]:
    services, _code = create_office(office_paths(home), SAMPLE_OFFICE, "operator", "kata sandi ukur")
    phases, profiler = Phases(), cProfile.Profile()
    if profile:
        profiler.enable()
    started = time.perf_counter()
    plan = services.exchange.examine(path, progress=phases)
    counts = plan.counts
    examined = time.perf_counter()
    services.exchange.apply(plan, progress=phases)
    ended = time.perf_counter()
    phases.stop()
    profiler.disable()
    if profile:
        pstats.Stats(profiler, stream=sys.stderr).sort_stats("tottime").print_stats(45)
    close_office(services)
    return {
        "seconds": ended - started,
        "examine": examined - started,
        "apply": ended - examined,
        "phases": phases.seconds,
        "counts": counts,
        "own_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "child_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
    }


def in_own_process(*arguments: str) -> dict[str, float]:
    command = [sys.executable, __file__, *arguments]
    found = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(found.stdout.splitlines()[-1]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--profile", action="store_true", help="one import under cProfile instead")
    parser.add_argument("--worker", choices=("openpyxl", "import"), help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker == "openpyxl":
        print(json.dumps(read_with_openpyxl(arguments.file)))
    elif arguments.worker == "import":
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(import_once(arguments.file, Path(folder) / "kantor", arguments.profile)))
    else:
        measure(arguments)


def measure(arguments: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "datar.xlsx"
        make_flat.write(path, arguments.rows)
        print(f"{arguments.rows} rows x {make_flat.COLUMNS} columns, {path.stat().st_size / 1e6:.1f} MB")
        worker = ("--worker", "import", "--file", str(path))
        if arguments.profile:
            in_own_process(*worker, "--profile")
            return
        readings, imports = [], []
        for _round in range(arguments.rounds):
            readings.append(in_own_process("--worker", "openpyxl", "--file", str(path)))
            imports.append(in_own_process(*worker))
    report(readings, imports)


def report(readings: list[dict[str, float]], imports: list[dict[str, float]]) -> None:
    yardstick = statistics.median(run["seconds"] for run in readings)
    middle = sorted(imports, key=lambda run: run["seconds"])[len(imports) // 2]
    print(f"openpyxl read-only   {yardstick:6.2f} s")
    print(f"import, end to end   {middle['seconds']:6.2f} s   (examine {middle['examine']:.2f}, apply {middle['apply']:.2f})")
    for name, seconds in middle["phases"].items():  # type: ignore[attr-defined]
        print(f"    {name:<28} {seconds:6.2f} s")
    print(f"counts {middle['counts']}")
    print(f"own process at most {max(run['own_mb'] for run in imports):.0f} MB, reading child {middle['child_mb']:.0f} MB")
    ratio = statistics.median(run["seconds"] for run in imports) / yardstick
    print(f"ratio {ratio:.2f} (target at most 0.60)")


if __name__ == "__main__":
    main()

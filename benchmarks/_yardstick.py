"""The yardstick of everything that is read: openpyxl going through all cells of a workbook and keeping nothing.

    python benchmarks/_yardstick.py BOOK.xlsx

It is measured as people have it. openpyxl switches to defusedxml where that happens to be installed, which slows it by
half, and our own development environment has it: so it is told not to.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple


class Cost(NamedTuple):
    """What a whole process took: seconds on the clock, and of the processors, its children included."""

    seconds: float
    cpu: float


def read_with_openpyxl(path: Path) -> None:
    """Every cell of every sheet. Must be the first use of openpyxl in its process."""
    os.environ["OPENPYXL_DEFUSEDXML"] = "False"
    import openpyxl

    for sheet in openpyxl.load_workbook(path, read_only=True):
        for _row in sheet.iter_rows(values_only=True):
            pass


def whole_process(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Cost:
    """Run a program from its start to its end, with byte code cached as an installed one has it."""
    given = {**os.environ, **(environment or {})}
    given.pop("PYTHONDONTWRITEBYTECODE", None)
    before, start = _children_cpu(), perf_counter()
    done = subprocess.run(command, env=given, capture_output=True, encoding="utf-8")
    cost = Cost(perf_counter() - start, _children_cpu() - before)
    if done.returncode:
        raise SystemExit(f"{command} ended with {done.returncode}:\n{done.stderr}")
    return cost


def openpyxl_process(path: Path) -> Cost:
    """The yardstick as a whole process."""
    return whole_process([sys.executable, __file__, str(path)])


def _children_cpu() -> float:
    """Of all children that have ended, and theirs; Windows does not say (0)."""
    times = os.times()
    return times.children_user + times.children_system


if __name__ == "__main__":
    read_with_openpyxl(Path(sys.argv[1]))

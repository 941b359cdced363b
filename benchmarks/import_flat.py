"""Importing a flat workbook of 10,000 × 60 into an empty office, against openpyxl merely reading it.

    uv run python benchmarks/import_flat.py --rows 10000

Both are measured as whole processes, from start to exit, with byte code cached: `asn-desktop --home H --json import
FILE` with sign-in, gate, scan, parse in the child, recognise, validate, compare, backup, commit with change log and
closing, beside a Python that opens the file with openpyxl (read-only, without defusedxml) and goes through all cells.
Where the time goes is measured beside it, in a process of its own: the start, each step, and the floor, which is the
parser alone reading the file.

Targets: at most 0.55 × openpyxl, under 300 MB in the program's process. The verdict is by the clock, on an otherwise
idle machine; the processor time counts the reading child too, which works while the program does.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from _yardstick import Cost, openpyxl_process, whole_process
from make_flat import write

TIME_TARGET, MEMORY_TARGET = 0.55, 300
PASSPHRASE = "kata sandi ukur"


def make_office(home: Path) -> None:
    """An empty office, closed."""
    from asn_desktop.environment.paths import office_paths
    from asn_desktop.sample.people import SAMPLE_OFFICE
    from asn_desktop.services import close_office, create_office

    services, _code = create_office(office_paths(home), SAMPLE_OFFICE, "operator", PASSPHRASE)
    close_office(services)


def whole_import(office: Path, path: Path) -> Cost:
    """The command as a script of a head office would call it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder) / "kantor"
        shutil.copytree(office, home)
        command = [sys.executable, "-m", "asn_desktop", "--home", str(home), "--json", "import", str(path)]
        return whole_process(command, {"ASN_PASSPHRASE": PASSPHRASE, "ASN_MACHINE_DIR": folder})


def bare_parser(path: Path) -> Cost:
    """The floor: the parser of the child goes through the sheets by itself."""
    code = (
        "import sys, python_calamine; book = python_calamine.CalamineWorkbook.from_path(sys.argv[1]);"
        "[row for name in book.sheet_names for row in book.get_sheet_by_name(name).iter_rows()]"
    )
    return whole_process([sys.executable, "-c", code, str(path)])


def steps(office: Path, path: Path) -> dict[str, float]:
    """Processor seconds of this process alone, by step; and its memory."""
    marks = [("", time.process_time())]

    def mark(name: str) -> None:
        marks.append((name, time.process_time()))

    import asn_desktop.cli.run  # noqa: F401 - what the command loads
    from asn_desktop.environment.paths import office_paths
    from asn_desktop.services import close_office, open_office

    mark("load the program")
    services = open_office(office_paths(office), "operator", PASSPHRASE)
    mark("open the office")
    plan = services.exchange.examine(path)
    mark("read and plan")
    services.exchange.apply(plan)
    mark("backup and commit")
    again = services.exchange.examine(path)
    close_office(services)
    if plan.counts["new"] == 0 or again.writes:
        raise SystemExit(f"the import is not right: {plan.counts}, again {again.counts}")
    found = {name: at - before for (_name, before), (name, at) in pairwise(marks)}
    return {"start of Python": marks[0][1], **found, "megabytes": _peak_memory()}


def _peak_memory() -> float:
    import psutil

    info = psutil.Process().memory_info()
    peak = getattr(info, "peak_wset", None)
    if peak is None:
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return float(peak) / 2**20


def steps_alone(office: Path, path: Path) -> dict[str, float]:
    """:func:`steps` in a process and an office of its own."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder) / "kantor"
        shutil.copytree(office, home)
        given = {**os.environ, "ASN_MACHINE_DIR": folder}
        given.pop("PYTHONDONTWRITEBYTECODE", None)
        call = [sys.executable, __file__, "--steps", str(home), "--workbook", str(path)]
        done = subprocess.run(call, check=True, capture_output=True, encoding="utf-8", env=given)
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--workbook", type=Path)
    parser.add_argument("--steps", type=Path, metavar="OFFICE")
    options = parser.parse_args()
    if options.steps:
        print(json.dumps(steps(options.steps, options.workbook)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ASN_MACHINE_DIR"] = folder
        path = options.workbook or Path(folder) / "datar.xlsx"
        if options.workbook is None:
            write(path, options.rows)
        office = Path(folder) / "kantor"
        make_office(office)
        runs: dict[str, list[Cost]] = {"openpyxl reads": [], "parser alone": [], "import, all of it": []}
        whole_import(office, path)  # writes what byte code is missing
        for _run in range(options.repeat):
            runs["openpyxl reads"].append(openpyxl_process(path))
            runs["import, all of it"].append(whole_import(office, path))
            runs["parser alone"].append(bare_parser(path))
        shares = min((steps_alone(office, path) for _run in range(options.repeat)), key=lambda run: sum(run.values()))
    memory = shares.pop("megabytes")
    bar = Cost(*(min(figures) for figures in zip(*runs["openpyxl reads"], strict=True)))
    for name, costs in runs.items():
        best = Cost(*(min(figures) for figures in zip(*costs, strict=True)))
        ratio = best.seconds / bar.seconds
        by_cpu = f"{best.cpu / bar.cpu:.2f}" if bar.cpu else "-"
        print(f"{name:20} {best.seconds:6.2f} s = {ratio:.2f}   processor {best.cpu:6.2f} s = {by_cpu}")
        if name == "import, all of it":
            good = ratio <= TIME_TARGET and memory < MEMORY_TARGET
    for name, seconds in shares.items():
        print(f"  {name:18} {seconds:6.2f} s of the program's own process")
    print(f"memory of the program {memory:.0f} MB; targets {TIME_TARGET} and {MEMORY_TARGET} MB")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

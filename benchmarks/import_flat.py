"""Importing a flat workbook of 10,000 × 60, against openpyxl merely reading it.

    uv run python benchmarks/import_flat.py --rows 10000

The import is whole: gate, scan, parse in the child, recognise, validate, compare, backup, commit with change log,
into a new encrypted office. Each measured run is a process of its own, so that memory is the program's own.
Targets: at most 0.6 × the time openpyxl (read-only) needs, under 300 MB in the program's process.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from make_flat import write

TIME_TARGET, MEMORY_TARGET = 0.6, 300


def openpyxl_seconds(path: Path) -> dict[str, float]:
    """The yardstick: every cell of the sheet, nothing done with it."""
    import openpyxl

    start = time.perf_counter()
    workbook = openpyxl.load_workbook(path, read_only=True)
    for _row in workbook.worksheets[0].iter_rows(values_only=True):
        pass
    return {"seconds": time.perf_counter() - start}


def import_seconds(path: Path) -> dict[str, float]:
    """The import, by its parts."""
    from asn_desktop.environment.paths import office_paths
    from asn_desktop.sample.people import SAMPLE_OFFICE
    from asn_desktop.services import close_office, create_office

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        services, _code = create_office(office_paths(Path(home)), SAMPLE_OFFICE, "operator", "kata sandi ukur")
        start = time.perf_counter()
        plan = services.exchange.examine(path)
        planned = time.perf_counter()
        services.exchange.apply(plan)
        done = time.perf_counter()
        again = services.exchange.examine(path)
        close_office(services)
    if plan.counts["new"] == 0 or again.writes:
        raise SystemExit(f"the import is not right: {plan.counts}, again {again.counts}")
    return {"seconds": done - start, "plan": planned - start, "commit": done - planned, "megabytes": _peak_memory()}


def _peak_memory() -> float:
    import psutil

    info = psutil.Process().memory_info()
    peak = getattr(info, "peak_wset", None)
    if peak is None:
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return peak / 1024 / 1024


def _in_a_process(work: str, path: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, __file__, "--only", work, "--workbook", str(path)],
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--repeat", type=int, default=2)
    parser.add_argument("--workbook", type=Path)
    parser.add_argument("--only", choices=("openpyxl", "import"))
    arguments = parser.parse_args()
    if arguments.only:
        work = openpyxl_seconds if arguments.only == "openpyxl" else import_seconds
        print(json.dumps(work(arguments.workbook)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = arguments.workbook or Path(folder) / "datar.xlsx"
        if arguments.workbook is None:
            write(path, arguments.rows)
        yardsticks, imports = [], []
        for _run in range(arguments.repeat):
            yardsticks.append(_in_a_process("openpyxl", path)["seconds"])
            imports.append(_in_a_process("import", path))
    best = min(imports, key=lambda run: run["seconds"])
    ratio, memory = best["seconds"] / min(yardsticks), max(run["megabytes"] for run in imports)
    print(f"openpyxl reads         {min(yardsticks):6.2f} s")
    print(f"import, all of it      {best['seconds']:6.2f} s  = {ratio:.2f} × (target {TIME_TARGET})")
    print(f"  read and plan        {best['plan']:6.2f} s")
    print(f"  backup and commit    {best['commit']:6.2f} s")
    print(f"memory of the program  {memory:6.0f} MB (target {MEMORY_TARGET})")
    return 0 if ratio <= TIME_TARGET and memory < MEMORY_TARGET else 1


if __name__ == "__main__":
    sys.exit(main())

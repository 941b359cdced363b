"""Writing and reading the file of a package of 10,000 employees (40 fields, 48 cells each), without a database.

    uv run python benchmarks/package_file.py --rows 10000 --repeat 3

Writing is whole: canonical digest, labels, cover, head. Its yardstick is XlsxWriter in constant-memory mode writing
the same cells, prepared beforehand. Reading is whole too: gate, scan, child process, typed content, digest,
signature; its yardstick is openpyxl (read-only, without defusedxml) merely reading all cells of the same file.
Every measured run is a process of its own. Targets: at most 1.3 and 0.5.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from _yardstick import read_with_openpyxl

from asn_desktop.core.catalogue import FieldKind
from asn_desktop.exchange.package import cell_values
from asn_desktop.exchange.package.content import PackageContent, PackageHead, PackageKind, RecordRow, Replica, Seal
from asn_desktop.exchange.package.protocol import BY_TABLE, SCHEMA
from asn_desktop.exchange.package.schemas import CURRENT, FIRST_ROW, record_packer

WRITE_TARGET, READ_TARGET = 1.3, 0.5
HEAD = PackageHead("ukur", PackageKind.FULL, SCHEMA, "11.12", "BKPSDM Kabupaten Contoh", "district", "11",
                   Replica("r"), 1, 0, 9, {}, True, "ukur", "ukur", "2026-11-21T08:00:00+07:00")  # fmt: skip


def content_of(rows: int) -> PackageContent:
    """Made-up people with every field filled."""
    rng = random.Random(7)
    entity = BY_TABLE["employee"]

    def value(kind: FieldKind) -> Any:
        if kind is FieldKind.DATE:
            return date.fromordinal(rng.randint(715000, 738000))
        if kind is FieldKind.INTEGER:
            return rng.randint(0, 40)
        return True if kind is FieldKind.BOOLEAN else f"Isian contoh {rng.getrandbits(48):x}"

    def record(number: int) -> RecordRow:
        values = {field.key: value(field.kind) for field in entity.fields}
        values |= {"nip": f"19850115201001{number:04}", "unit_id": "u1", "superior_id": f"{number // 10:032x}"}
        rid = f"{number:032x}"
        return RecordRow("employee", rid, "11.12", number, {"*": number}, values, "ukur", "2026-11-21T08:00:00+07:00")

    return PackageContent(HEAD, [record(number) for number in range(rows)])


def write_ours(path: Path, rows: int) -> float:
    from asn_desktop.exchange.package.package_writer import write_package
    from asn_desktop.exchange.package.signing import OfficeKey

    content = content_of(rows)
    start = time.perf_counter()
    write_package(path, content, signer=OfficeKey(b"k" * 32))
    return time.perf_counter() - start


def write_bare(path: Path, rows: int) -> float:
    """The same cells by themselves."""
    from asn_desktop.exchange.writer import new_book

    layout = next(layout for layout in CURRENT.entities if layout.name == "pegawai")
    entity = BY_TABLE["employee"]
    names = {f"{number:032x}": f"Isian contoh {number:012x}" for number in range(rows)}
    cells: list[list[str | int | date | None]] = []
    pack = record_packer(entity, lambda _table, rid: names.get(rid, ""))
    for row in content_of(rows).rows:
        cells.append([None if value in (None, "") else _cell(value) for value in pack(row)])
    start = time.perf_counter()
    book = new_book(path, constant_memory=True)
    text, day, number_look = (book.add_format({"num_format": look}) for look in ("@", "dd-mm-yyyy", "0"))
    sheet = book.add_worksheet(layout.name)
    for at, column in enumerate(layout.columns):
        sheet.write_string(0, at, column.heading)
    for at, column in enumerate(layout.columns):
        sheet.write_string(1, at, column.key)
    for number, row_cells in enumerate(cells, start=FIRST_ROW):
        for at, value in enumerate(row_cells):
            if isinstance(value, str):
                sheet.write_string(number, at, value, text)
            elif isinstance(value, date):
                sheet.write_datetime(number, at, value, day)
            elif value is not None:
                sheet.write_number(number, at, value, number_look)
    book.close()
    return time.perf_counter() - start


def _cell(value: Any) -> str | int | date:
    if isinstance(value, bool):
        return cell_values.YES if value else cell_values.NO
    return value if isinstance(value, int | date) else str(value)


def read_ours(path: Path, rows: int) -> float:
    from asn_desktop.exchange.package.package_reader import read_package

    start = time.perf_counter()
    read = read_package(path)
    seconds = time.perf_counter() - start
    expected = content_of(rows)
    if read.seal is not Seal.INTACT or [replace(row, place=None) for row in read.content.rows] != expected.rows:
        raise SystemExit("what was read is not what was written")
    return seconds


def read_bare(path: Path, _rows: int) -> float:
    start = time.perf_counter()
    read_with_openpyxl(path)
    return time.perf_counter() - start


WORK = {"write_ours": write_ours, "write_bare": write_bare, "read_ours": read_ours, "read_bare": read_bare}


def measured(name: str, path: Path, rows: int) -> tuple[float, float]:
    """Seconds and peak megabytes of the process."""
    call = [sys.executable, __file__, "--rows", str(rows), "--only", name, "--file", str(path)]
    output = subprocess.run(call, check=True, capture_output=True, encoding="utf-8").stdout
    result = json.loads(output)
    return result["seconds"], result["megabytes"]


def _peak_memory() -> float:
    import psutil

    info = psutil.Process().memory_info()
    peak = getattr(info, "peak_wset", None)
    if peak is None:
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return float(peak) / 2**20


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--only", choices=sorted(WORK))
    parser.add_argument("--file", type=Path)
    options = parser.parse_args()
    if options.only:
        seconds = WORK[options.only](options.file, options.rows)
        print(json.dumps({"seconds": seconds, "megabytes": _peak_memory()}))
        return 0
    best: dict[str, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for _round in range(options.repeat):
            for name in ("write_bare", "write_ours", "read_bare", "read_ours"):
                path = Path(folder) / ("bare.xlsx" if name == "write_bare" else "paket.xlsx")
                best[name] = min(best.get(name, (9e9, 0.0)), measured(name, path, options.rows))
        size = (Path(folder) / "paket.xlsx").stat().st_size / 2**20
    for name, (seconds, megabytes) in best.items():
        print(f"{name:11} {seconds:6.2f} s  peak {megabytes:4.0f} MB")
    ratios = {kind: best[f"{kind}_ours"][0] / best[f"{kind}_bare"][0] for kind in ("write", "read")}
    targets = {"write": WRITE_TARGET, "read": READ_TARGET}
    for kind, ratio in ratios.items():
        print(f"{kind}: ratio {ratio:.2f}, target {targets[kind]}: {'met' if ratio <= targets[kind] else 'MISSED'}")
    print(f"file {size:.1f} MB")
    return 0 if all(ratios[kind] <= targets[kind] for kind in ratios) else 1


if __name__ == "__main__":
    sys.exit(main())

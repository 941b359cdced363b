"""Sending and receiving a package of a whole district, and a province that takes one district after another.

Sending is whole: gather from the database, write, note in the ledger; its yardstick is XlsxWriter in constant-memory
mode writing the same cells, prepared beforehand. Receiving is whole too: gate, digest, merge, preview, backup, commit;
its yardstick is openpyxl (read-only, without defusedxml) merely reading the same file. The four take turns, each in a
process of its own, and the best of each counts. Then a province takes packages of the same size of one district after
another: time per package must not grow. Targets: 1.3; 1.0; last within 1.2 × first (CPU seconds).

``--districts 40`` is the full number; the default of 5 says the same sooner.
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
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from _yardstick import read_with_openpyxl
from package_file import _cell as as_cell
from package_merge import PASSPHRASE, district, elsewhere

from asn_desktop.environment.paths import office_paths
from asn_desktop.exchange.package.content import ReadPackage, Seal
from asn_desktop.exchange.package.package_reader import read_package
from asn_desktop.exchange.package.protocol import BY_TABLE
from asn_desktop.exchange.package.schemas import CURRENT, FIRST_ROW, record_packer
from asn_desktop.services import Services, close_office, create_office, new_office, open_office

SEND_TARGET, RECEIVE_TARGET, GROWTH_TARGET = 1.3, 1.0, 1.2
USER = "ukur"


def prepare(folder: Path, people: int) -> None:
    """A district with a rated quarter, an empty province, and the package between them; all closed."""
    sender = district(folder / "kabupaten", people)
    sender.packages.send(folder / "paket.xlsx")
    close_office(sender)
    row = new_office("11", "BKD Provinsi Ukur", role="province", sample=True)
    province, _code = create_office(office_paths(folder / "provinsi"), row, USER, PASSPHRASE)
    close_office(province)


def open_copy(folder: Path, name: str) -> Services:
    home = folder / f"{name}-salinan"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(folder / name, home)
    return open_office(office_paths(home), USER, PASSPHRASE)


def send(folder: Path) -> float:
    services = open_copy(folder, "kabupaten")
    packages = services.packages
    return timed(lambda: packages.send(folder / "keluar.xlsx"))


def write_bare(folder: Path) -> float:
    from asn_desktop.exchange.writer import new_book

    content = read_package(folder / "paket.xlsx").content
    names = {row.rid: str(row.values.get("name") or row.values.get("code") or "") for row in content.rows}
    pack = {table: record_packer(entity, lambda _table, rid: names.get(rid, "")) for table, entity in BY_TABLE.items()}
    pages: dict[str, list[list[Any]]] = {}
    for row in content.rows:
        cells = [None if value in (None, "") else as_cell(value) for value in pack[row.entity](row)]
        pages.setdefault(BY_TABLE[row.entity].sheet, []).append(cells)

    def write() -> None:
        book = new_book(folder / "polos.xlsx", constant_memory=True)
        text, day, number_look = (book.add_format({"num_format": look}) for look in ("@", "dd-mm-yyyy", "0"))
        for layout in CURRENT.entities:
            if layout.name not in pages:
                continue
            sheet = book.add_worksheet(layout.name)
            for at, column in enumerate(layout.columns):
                sheet.write_string(0, at, column.heading)
            for at, column in enumerate(layout.columns):
                sheet.write_string(1, at, column.key)
            for number, cells in enumerate(pages[layout.name], start=FIRST_ROW):
                for at, value in enumerate(cells):
                    if isinstance(value, str):
                        sheet.write_string(number, at, value, text)
                    elif isinstance(value, date):
                        sheet.write_datetime(number, at, value, day)
                    elif value is not None:
                        sheet.write_number(number, at, value, number_look)
        book.close()

    return timed(write)


def receive(folder: Path) -> float:
    services = open_copy(folder, "provinsi")
    packages = services.packages

    def work() -> None:
        done = packages.apply(packages.examine(folder / "paket.xlsx"))
        assert done.plan.counts["rejected"] == done.plan.counts["conflict"] == 0

    return timed(work)


def read_bare(folder: Path) -> float:
    return timed(lambda: read_with_openpyxl(folder / "paket.xlsx"))


def one_after_another(folder: Path, districts: int) -> list[float]:
    """CPU seconds of merging each package. The file is read once; all districts send the same people."""
    services = open_copy(folder, "provinsi")
    packages = services.packages
    read = read_package(folder / "paket.xlsx")
    found = []
    for number in range(20, 20 + districts):
        content = elsewhere(read.content, number)
        package = ReadPackage(content, "paket.xlsx", f"digest {number}", f"digest {number}", Seal.INTACT)
        start = time.process_time()
        plan = packages.plan(package)
        packages.apply(plan, backup=False)
        found.append(time.process_time() - start)
        assert plan.counts["rejected"] == plan.counts["conflict"] == 0
        print(f"  district {number - 19}: {found[-1]:.2f} s CPU", file=sys.stderr, flush=True)
    return found


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


TURNS: dict[str, Callable[[Path], float]] = {
    "write_bare": write_bare,
    "send": send,
    "read_bare": read_bare,
    "receive": receive,
}


def alone(folder: Path, name: str) -> float:
    """In a process of its own."""
    call = [sys.executable, __file__, "--only", name, "--folder", str(folder)]
    return float(json.loads(subprocess.run(call, check=True, capture_output=True, encoding="utf-8").stdout))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--districts", type=int, default=5)
    parser.add_argument("--only", choices=sorted(TURNS))
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if options.only:
        os.environ["ASN_MACHINE_DIR"] = str(options.folder)
        print(json.dumps(TURNS[options.only](options.folder)))
        return 0
    best: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["ASN_MACHINE_DIR"] = name
        prepare(folder, options.people)
        for _round in range(options.repeat):
            for turn in TURNS:
                best[turn] = min(best.get(turn, 9e9), alone(folder, turn))
        for turn, seconds in best.items():
            print(f"{turn:11} {seconds:6.2f} s")
        good = [
            verdict("send / XlsxWriter", best["send"] / best["write_bare"], SEND_TARGET),
            verdict("receive / openpyxl", best["receive"] / best["read_bare"], RECEIVE_TARGET),
        ]
        if options.districts > 1:
            times = one_after_another(folder, options.districts)
            good.append(verdict(f"package {options.districts} / package 1", times[-1] / times[0], GROWTH_TARGET))
    if hasattr(os, "getloadavg"):
        print(f"load {os.getloadavg()[0]:.1f}")
    return 0 if all(good) else 1


def verdict(what: str, ratio: float, target: float) -> bool:
    print(f"{what}: ratio {ratio:.2f}, target {target}: {'met' if ratio <= target else 'MISSED'}", flush=True)
    return ratio <= target


if __name__ == "__main__":
    sys.exit(main())

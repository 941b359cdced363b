"""Sending and receiving packages: gathering, merging and writing, per phase, in CPU seconds.

``python benchmarks/package_merge.py [EMPLOYEES] [DISTRICTS]`` makes a district with a rated quarter, sends it as a
file, receives it in a province, and then lets DISTRICTS more packages of that size come in one after another.
"""

from __future__ import annotations

import os
import random
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from asn_desktop.appraisal.model import Evaluation
from asn_desktop.core.periods import parse_period
from asn_desktop.environment.paths import office_paths
from asn_desktop.exchange.package.content import PackageContent, ReadPackage, RecordRow, Replica, Seal
from asn_desktop.exchange.package.package_reader import read_package
from asn_desktop.exchange.package.package_writer import write_package
from asn_desktop.exchange.package.protocol import BY_TABLE
from asn_desktop.sample import people
from asn_desktop.services import Services, create_office, new_office

_ELSEWHERE = uuid.UUID("5b0e3c58-3a53-4dc1-8f2c-2f4d4a1f9a10")
PASSPHRASE = "kata sandi ukur"


@contextmanager
def timed(what: str, found: dict[str, float]) -> Iterator[None]:
    start = time.process_time()
    yield
    found[what] = time.process_time() - start
    print(f"{what:32} {found[what]:8.2f} s CPU", flush=True)


def district(home: Path, count: int) -> Services:
    services, _code = create_office(
        office_paths(home), new_office("11.12", "BKPSDM Kabupaten Ukur", sample=True), "ukur", PASSPHRASE
    )
    with services.database.write("bench.people", "Isi", undoable=False) as uow:
        people.plant(uow, people.make(count))
    services.appraisal.open_period(parse_period("2026-TW3"))
    with services.database.write("bench.rate", "Nilai", consequences=False) as uow:
        ids = list(uow.connection.scalars(Evaluation.__table__.select().with_only_columns(Evaluation.__table__.c.id)))
        rated = {"result_rating": "SESUAI", "behaviour_rating": "SESUAI", "predicate": "BAIK", "state": "rated"}
        uow.update_many(Evaluation, [(number, rated) for number in ids])
    return services


def elsewhere(content: PackageContent, number: int) -> PackageContent:
    """The same data as if another district had sent them, who typed them at some other time."""
    office = f"11.{number}"
    later = random.Random(office).randrange(2**40)

    def rid(text: str) -> str:
        if not text:
            return text
        lead = f"{int(text[:8] + text[9:13], 16) + later:012x}"
        return f"{lead[:8]}-{lead[8:]}{str(uuid.uuid5(_ELSEWHERE, f'{office} {text}'))[13:]}"

    shared = {"holiday", "parameter", "appraisal_period"}
    kept = {row.rid for row in content.rows if row.entity in shared}

    def moved(row: RecordRow) -> RecordRow:
        if row.entity in shared:
            return row
        values = dict(row.values)
        for field in BY_TABLE[row.entity].references:
            if values[field.key] not in kept:
                values[field.key] = rid(values[field.key])
        return replace(row, rid=rid(row.rid), office=office if row.office else "", values=values)

    head = replace(content.head, office=office, package_id=f"{number:036d}", replica=Replica(f"replica-{number}"))
    return replace(content, head=head, rows=[moved(row) for row in content.rows])


def main(count: int, districts: int) -> None:
    found: dict[str, float] = {}
    with TemporaryDirectory() as folder:
        os.environ["ASN_MACHINE_DIR"] = folder
        sender = district(Path(folder) / "kabupaten", count)
        province, _code = create_office(
            office_paths(Path(folder) / "provinsi"),
            new_office("11", "BKD Provinsi Ukur", role="province", sample=True),
            "ukur",
            PASSPHRASE,
        )
        file = Path(folder) / "paket.xlsx"
        with timed("gather", found):
            content = sender.packages.content_for()
        print(f"{len(content.rows)} rows")
        with timed("write the file", found):
            digest = write_package(file, content)
        wall = time.perf_counter()
        with timed("read the file (own process)", found):
            read = read_package(file)
        print(f"{'read the file (wall)':32} {time.perf_counter() - wall:8.2f} s")
        with timed("plan", found):
            plan = province.packages.plan(read)
        assert plan.counts["rejected"] == 0
        with timed("apply without backup", found):
            province.packages.apply(plan, backup=False)
        times = []
        for number in range(20, 20 + districts):
            other = elsewhere(content, number)
            start = time.process_time()
            plan = province.packages.plan(ReadPackage(other, "x", digest + str(number), digest, Seal.INTACT))
            assert plan.counts["rejected"] == plan.counts["conflict"] == 0
            planned = time.process_time()
            province.packages.apply(plan, backup=False)
            times.append(time.process_time() - start)
            print(f"district {number}: {times[-1]:6.2f} s CPU ({planned - start:.2f} plan)", flush=True)
        if times:
            print(f"last / first: {times[-1] / times[0]:.2f}")
        with timed("gather an answer for one", found):
            back = province.packages.content_for("11.12")
        print(f"{len(back.rows)} rows back")


if __name__ == "__main__":
    main(*(int(text) for text in (sys.argv[1:] + ["10000", "5"][len(sys.argv) - 1 :])))

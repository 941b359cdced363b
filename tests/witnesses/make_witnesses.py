"""Leave behind what the program of today writes, so that every later one is tried with it.

    python -m tests.witnesses.make_witnesses tests/witnesses/schema_N

Run once, by the last program of a schema, before the schema goes up; never again for the same one. It plays a small
year of the sample office and its province and keeps what they wrote, with what that program itself made of each file.
See README.md beside this file.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import openpyxl
from sqlalchemy import text

PASSPHRASE = "contoh kabupaten"
USER = "operator"
SIZE = 60
_BEGINS = datetime(2026, 11, 20, 10, 0, tzinfo=timezone(timedelta(hours=7)))
_EDITED_ROWS = (4, 5)
"""Of a worksheet: the rows in which the made-up clerk writes something."""


class _Clock:
    """Every look at it is a second later: nothing that is told apart by time happens at the same one."""

    def __init__(self) -> None:
        self._now = _BEGINS

    def __call__(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now


def main() -> None:
    target = Path(sys.argv[1])
    target.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ASN_MACHINE_DIR"] = str(Path(folder) / "komputer")
        _make(Path(folder), target, _Clock())


def _make(folder: Path, target: Path, clock: Callable[[], datetime]) -> None:
    from asn_desktop.environment import machine
    from asn_desktop.environment.paths import OfficePaths, office_paths
    from asn_desktop.exchange.worksheet.orders import Order
    from asn_desktop.personnel.model import Employee
    from asn_desktop.sample import neighbour, office
    from asn_desktop.services import close_office, open_office

    office._GONE = ()  # type: ignore[assignment]  # it takes two of the first people beyond 200; here are fewer
    home = folder / "kantor"
    district = office.create_sample_office(office_paths(home), PASSPHRASE, clock=clock, size=SIZE)
    neighbour.exchange(district, USER, PASSPHRASE, clock)
    period = office.sample_year(_BEGINS.date()).current
    contents = {"district": _tables(district)}
    outcomes: dict[str, Any] = {"period": period.code}

    sheets = target / "lembar"
    sheets.mkdir()
    opd = district.worksheets.opd_ids()[0]
    event = next(row.id for row in district.training.events() if row.taken)
    for order, column, value in (
        (Order("ratings", opd, period.code), "RATING HASIL KERJA", "Di Atas Ekspektasi"),
        (Order("personnel", opd), "EMAIL", "pegawai{row}@contoh.go.id"),
        (Order("participants", event_id=event), "STATUS", "Mengundurkan diri"),
    ):
        path = sheets / f"{order.kind}.xlsx"
        district.worksheets.write(path, order)
        _fill(path, column, value)
        outcomes[order.kind] = dict(district.exchange.examine(path).counts)
    contents["district"] = _tables(district)  # with the ledger of what went out
    close_office(district)
    # Before anything more happens in it: later programs go on from here.
    kept = target / "kantor"
    kept.mkdir()
    for name in ("asn.db", "kunci.json", "jangkar.json"):
        shutil.copy(home / name, kept / name)
    # What the PC knew of it, without the folder it stood in: a later program is told another one.
    known = (machine.machine_folder() / "salinan.json").read_text(encoding="utf-8").replace(str(home), "KANTOR")
    (kept / "komputer.json").write_text(known, encoding="utf-8")

    province = open_office(OfficePaths(home / neighbour.PROVINCE_HOME), USER, PASSPHRASE, clock=clock)
    packages = target / "paket"
    packages.mkdir()
    own, other = province.reference.office().code, contents["district"]["office"][0]["code"]
    shutil.copy(next((home / neighbour.FOLDER).glob(f"PAKET_{other}_*")), packages / "lengkap.xlsx")
    shutil.copy(next((home / neighbour.FOLDER).glob(f"PAKET_{own}_*")), packages / "balasan.xlsx")
    contents["province"] = _tables(province)
    province.safety.back_up()
    shutil.copytree(province.paths.backups, target / "cadangan")
    province.packages.receipt(packages / "tanda_terima.xlsx", other)
    close_office(province)

    district = open_office(office_paths(home), USER, PASSPHRASE, clock=clock)
    answer = district.packages.examine(packages / "balasan.xlsx")
    outcomes["balasan"] = dict(answer.counts)
    district.packages.apply(answer)
    people = [row["id"] for row in contents["district"]["employee"] if row["office"] == ""][:3]
    with district.database.write("employee.update", "Ubah alamat") as uow:
        uow.update_many(Employee, [(number, {"address": f"Jalan Saksi {number}"}) for number in people])
    outcomes["addresses"] = {
        row["rid"]: f"Jalan Saksi {row['id']}" for row in contents["district"]["employee"] if row["id"] in people
    }
    district.packages.send(packages / "perubahan.xlsx")
    close_office(district)
    province = open_office(OfficePaths(home / neighbour.PROVINCE_HOME), USER, PASSPHRASE, clock=clock)
    outcomes["perubahan"] = dict(province.packages.examine(packages / "perubahan.xlsx").counts)
    close_office(province)
    for name, content in contents.items():
        (target / f"{name}.json.gz").write_bytes(gzip.compress(json.dumps(content, sort_keys=True).encode(), mtime=0))
    (target / "hasil.json").write_text(json.dumps(outcomes, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _fill(path: Path, heading: str, value: str) -> None:
    """As a clerk would in a spreadsheet program."""
    workbook = openpyxl.load_workbook(path)
    page = next(sheet for sheet in workbook.worksheets if sheet.title not in ("PETUNJUK", "_META", "_DAFTAR"))
    (head,) = [row for row in page.iter_rows(max_row=6) if any(cell.value == heading for cell in row)]
    column = next(cell.column for cell in head if cell.value == heading)
    for row in _EDITED_ROWS:
        page.cell(row, column).value = value.format(row=row)
    workbook.save(path)


def _tables(services: Any) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table but the log, as stored."""
    found: dict[str, list[dict[str, Any]]] = {}
    with services.database.read() as connection:
        names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")).scalars()
        for name in names.all():
            if name not in ("operation", "change") and not name.startswith("sqlite_"):
                rows = connection.execute(text(f'SELECT * FROM "{name}" ORDER BY id')).mappings()
                found[name] = [dict(row) for row in rows]
    return found


if __name__ == "__main__":
    main()

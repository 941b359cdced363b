"""The sound workbooks that ``asn-dev fuzz`` starts from: packages, worksheets, lists, ours and others'."""

from __future__ import annotations

import random
import warnings
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from asn_desktop.core.catalogue import FieldKind
from asn_desktop.core.periods import Period
from asn_desktop.environment.paths import OfficePaths
from asn_desktop.exchange.package.content import (
    Acknowledgement,
    OpenConflict,
    PackageContent,
    PackageHead,
    PackageKind,
    PeriodStatus,
    RecordRow,
    Rejection,
    Replica,
    Tombstone,
)
from asn_desktop.exchange.package.package_writer import write_package
from asn_desktop.exchange.package.protocol import ENTITIES, SCHEMA
from asn_desktop.exchange.package.signing import OfficeKey
from asn_desktop.exchange.worksheet.orders import Order
from asn_desktop.sample import people, workbooks
from asn_desktop.services import Services, create_office

_PEOPLE = 40
_PERIOD = Period(2026, 3)


def make_office(home: Path) -> Services:
    """A small office with an open quarter, for plans to be made against."""
    services, _code = create_office(
        OfficePaths(home),
        people.SAMPLE_OFFICE,
        "operator",
        "kata sandi uji",
        clock=lambda: datetime(2026, 10, 6, tzinfo=UTC),
    )
    with services.database.write("sample.people", "Isi pegawai contoh", undoable=False) as uow:
        people.plant(uow, people.make(_PEOPLE))
    services.appraisal.open_period(_PERIOD)
    return services


def write_seeds(folder: Path, services: Services) -> dict[str, bytes]:
    """Name → bytes of every sound workbook."""
    content = package_content()
    write_package(folder / "paket.xlsx", content, signer=OfficeKey(b"k" * 32))
    _through_openpyxl(folder / "paket.xlsx", folder / "paket_disimpan_ulang.xlsx")
    receipt = PackageContent(_head(PackageKind.RECEIPT), acknowledgements=content.acknowledgements)
    write_package(folder / "paket_tanda_terima.xlsx", receipt)
    workbooks.write_nominative(folder / "daftar.xlsx", people.make(_PEOPLE, seed=7), date(2026, 9, 30))
    _through_openpyxl(folder / "daftar.xlsx", folder / "daftar_disimpan_ulang.xlsx")
    unit = services.worksheets.opd_ids()[0]
    services.worksheets.write(folder / "lembar_rating.xlsx", Order("ratings", unit, _PERIOD.code))
    services.worksheets.write(folder / "lembar_pegawai.xlsx", Order("personnel", unit))
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def package_content() -> PackageContent:
    """Two records of every table with a value in nearly every field, and something in every other sheet."""
    chance = random.Random(11)
    values: dict[FieldKind, Any] = {
        FieldKind.TEXT: lambda: chance.choice(("Contoh", "", "a\nb", "=1+1", " spasi ", "198501152010011023", "\\")),
        FieldKind.LONG: lambda: "panjang " * chance.choice((1, 10, 9_000)),
        FieldKind.INTEGER: lambda: chance.choice((0, 5, -7, 10**16)),
        FieldKind.BOOLEAN: lambda: chance.random() < 0.5,
        FieldKind.DATE: lambda: date.fromordinal(chance.randint(1, 800_000)),
        FieldKind.REFERENCE: lambda: f"{chance.getrandbits(128):032x}",
    }
    rows = [
        RecordRow(entity.table, f"{chance.getrandbits(128):032x}", "11.12", number, {"*": number},
                  {field.key: values[field.kind]() for field in entity.fields}, "siti", "2026-11-21")
        for entity in ENTITIES
        for number in (1, 2)
    ]  # fmt: skip
    return PackageContent(
        _head(PackageKind.FULL),
        tuple(rows),
        (Tombstone("employee", "p9", "11.12", 4, "salah ketik", "siti", "2026-11-01"),),
        (OpenConflict("employee", "p1", "birth_date", date(1985, 1, 1), True, 5, "2026-11-02"),),
        (Rejection("skp", "s7", "paket-lama", "ASN-1", "pegawai tidak ada"),),
        (Acknowledgement("paket-lama", 3, "ab" * 32, "2026-11-03", "budi", {"new": 4}),),
        (PeriodStatus("2026-TW3", True, 120, 118, 110),),
    )


def _head(kind: PackageKind) -> PackageHead:
    replica = Replica("r1", 2, "r0", 4, True, (("r-", 1, True),))
    return PackageHead("p1", kind, SCHEMA, "11.12", "BKPSDM Kabupaten Contoh", "district", "11", replica, 17, 3, 455,
                       {"r9": 8}, True, "0.1", "siti", "2026-11-21T08:00:00+07:00")  # fmt: skip


def _through_openpyxl(source: Path, target: Path) -> None:
    """The same workbook as another program writes it: shared strings, other order of parts."""
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        openpyxl.load_workbook(source).save(target)

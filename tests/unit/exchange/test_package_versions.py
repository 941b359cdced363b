"""The file of a package with more in it than its reader knows, and with less."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import asn_desktop.services  # noqa: F401 - every table is mapped
from asn_desktop.core.errors import WorkbookError
from asn_desktop.exchange.package import package_reader, package_writer
from asn_desktop.exchange.package.content import PackageContent, ReadPackage, RecordRow, Seal
from asn_desktop.exchange.package.local_side import names_of
from asn_desktop.exchange.package.package_reader import read_package
from asn_desktop.exchange.package.package_writer import write_package
from asn_desktop.exchange.package.protocol import READS, SCHEMA, LaterField, LaterTable
from asn_desktop.exchange.package.schemas import Layout, beyond, layout_of, released

from .packages import HEAD, comparable, record, small

NEXT = SCHEMA + 1
PLANET = LaterTable(
    "employee", "pegawai", "Pegawai", False, NEXT,
    (LaterField("favourite_planet", "text", "PLANET KESUKAAN"), LaterField("stargazer_since", "date", "MENGAMATI SEJAK")),
)  # fmt: skip
SIGHTING = LaterTable(
    "comet_sighting", "penampakan_komet", "Penampakan komet", False, NEXT,
    (LaterField("employee_id", "text", "PEGAWAI (ID)", "employee"), LaterField("comet", "text", "KOMET")),
)  # fmt: skip


def person(rid: str, revisions: dict[str, int], **more: Any) -> RecordRow:
    row = record("employee", rid, name=f"Orang {rid}")
    return replace(row, values={**row.values, **more}, revisions=revisions)


def handing_on() -> PackageContent:
    """What an office hands on that knows neither the two fields nor the table."""
    sighting = {"employee_id": "p1", "comet": "Komet Halley"}
    return PackageContent(
        replace(HEAD, schema=NEXT),
        (
            person("p1", {"*": 45}, favourite_planet="Saturnus", stargazer_since="2020-05-17"),
            person("p2", {"*": 45}),
            person("p3", {"favourite_planet": 50}, favourite_planet=None),
            RecordRow("comet_sighting", "a1", "11.12", 45, {"*": 45}, sighting, "siti", "2026"),
        ),
        later=(PLANET, SIGHTING),
    )


@pytest.fixture
def handed_on(tmp_path: Path) -> ReadPackage:
    write_package(tmp_path / "paket.xlsx", handing_on())
    return read_package(tmp_path / "paket.xlsx")


def test_what_the_reader_does_not_know_is_verified_and_read(handed_on: ReadPackage) -> None:
    assert handed_on.seal is Seal.INTACT
    assert not handed_on.notes
    assert [table.table for table in handed_on.content.later] == ["employee", "comet_sighting"]
    assert {field.heading for field in handed_on.content.later[0].fields} == {"PLANET KESUKAAN", "MENGAMATI SEJAK"}
    rows = {row.rid: row for row in handed_on.content.rows}
    assert rows["a1"].values == {"employee_id": "p1", "comet": "Komet Halley"}
    assert rows["a1"].office == "11.12"
    assert rows["p1"].values["stargazer_since"] == "2020-05-17", "in the form of the change log"


def test_an_empty_cell_of_what_is_handed_on_says_something_only_where_it_is_named(handed_on: ReadPackage) -> None:
    rows = {row.rid: row for row in handed_on.content.rows}
    assert "favourite_planet" not in rows["p2"].values
    assert rows["p3"].values["favourite_planet"] is None
    assert names_of(rows["p3"])[-1] == "favourite_planet"
    assert "favourite_planet" not in names_of(rows["p2"])
    assert names_of(rows["p1"])[-2:] == ["favourite_planet", "stargazer_since"]


def test_one_changed_cell_of_what_nobody_here_knows_breaks_the_seal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_package(tmp_path / "paket.xlsx", handing_on())
    whole = package_reader.stream_workbook

    def forged(*arguments: Any, **options: Any) -> Any:
        for chunk in whole(*arguments, **options):
            yield replace(
                chunk, rows=[["Uranus" if cell == "Saturnus" else cell for cell in row] for row in chunk.rows]
            )

    monkeypatch.setattr(package_reader, "stream_workbook", forged)
    assert read_package(tmp_path / "paket.xlsx").seal is Seal.BROKEN


def test_a_program_from_before_these_pairs_still_verifies_an_ordinary_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It looks at the schema alone, reads the sheets that were frozen under that number and digests whatever pairs
    there are: what a head declares is nothing else than what its schema is."""
    write_package(tmp_path / "paket.xlsx", small())
    monkeypatch.setattr(package_reader, "_layout_of", lambda heads: released(int(heads[0]["schema"])))
    read = read_package(tmp_path / "paket.xlsx")
    assert read.content.head.schema == SCHEMA
    assert read.seal is Seal.INTACT
    assert comparable(read.content) == comparable(small())


def test_a_package_of_the_oldest_schema_declares_nothing() -> None:
    assert beyond(released(READS)) == {}


def declaring(monkeypatch: pytest.MonkeyPatch, path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """A package, properly sealed, whose head declares other sheets than it has."""
    true = package_writer.beyond

    def said(layout: Layout) -> dict[str, Any]:
        found = true(layout)
        change(found)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(package_writer, "beyond", said)
        write_package(path, handing_on())


def _another_kind(said: dict[str, Any]) -> None:
    next(column for column in said["pegawai"]["columns"] if column["key"] == "name")["kind"] = "integer"


def _stays_at_home(said: dict[str, Any]) -> None:
    said["penampakan_komet"]["table"] = "user"


def _sessions(said: dict[str, Any]) -> None:
    said["penampakan_komet"]["table"] = "plan_note"


def _computed(said: dict[str, Any]) -> None:
    said["pegawai"]["columns"][-7]["key"] = "search_text"


def _no_identity(said: dict[str, Any]) -> None:
    said["pegawai"]["columns"] = [column for column in said["pegawai"]["columns"] if column["key"] != "_rid"]


def _twice(said: dict[str, Any]) -> None:
    said["pegawai"]["columns"].append(said["pegawai"]["columns"][0])


def _nonsense(said: dict[str, Any]) -> None:
    said["pegawai"] = ["columns"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_another_kind, "ASN-1350"),
        (_stays_at_home, "ASN-1352"),
        (_sessions, "ASN-1352"),
        (_computed, "ASN-1352"),
        (_no_identity, "ASN-1352"),
        (_twice, "ASN-1352"),
        (_nonsense, "ASN-1352"),
    ],
)
def test_a_declaration_that_cannot_be_followed_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[dict[str, Any]], None], code: str
) -> None:
    declaring(monkeypatch, tmp_path / "paket.xlsx", change)
    with pytest.raises(WorkbookError) as caught:
        read_package(tmp_path / "paket.xlsx")
    assert caught.value.code == code


def test_a_side_sheet_with_a_column_more_is_read_as_ours() -> None:
    frozen = {"_tolak": {"columns": [{"key": key, "kind": "text", "blank": ""} for key in
                                     ("entity", "urgency", "message", "code", "package_id", "_rid")]}}  # fmt: skip
    sheet = layout_of(2, frozen).sides["rejections"]
    found = sheet.unpack(["skp", "tinggi", "alasan", "K", "p", "r1"], None)  # type: ignore[arg-type]
    assert (found.entity, found.rid, found.package_id, found.code, found.message) == ("skp", "r1", "p", "K", "alasan")


def test_dates_that_are_handed_on_are_dates_in_the_file(tmp_path: Path) -> None:
    """A person who opens the workbook sees a day, as the office that noted it meant it."""
    import openpyxl

    write_package(tmp_path / "paket.xlsx", handing_on())
    page = openpyxl.load_workbook(tmp_path / "paket.xlsx")["pegawai"]
    keys = [cell.value for cell in page[2]]
    assert page.cell(3, keys.index("stargazer_since") + 1).value.date() == date(2020, 5, 17)

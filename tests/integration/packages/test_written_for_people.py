"""What a person sees who opens a package that was really sent: names for ids, whose columns they are, to whom it goes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
from sqlalchemy import event, text

from asn_desktop.appraisal.commands import RatingChange
from asn_desktop.appraisal.predicate import Rating
from asn_desktop.core.periods import Period
from asn_desktop.exchange.package.labels import names_of_absent
from asn_desktop.exchange.package.package_reader import read_package
from asn_desktop.personnel.model import Employee
from tests.integration.packages.offices import Site
from tests.integration.packages.test_two_offices import PERSON, introduce

_BLUE, _GREEN, _GREY = "FFDCE7F7", "FFE1F0ED", "FFE7ECF1"


def sent_delta(kabupaten: Site, province: Site, target: Path) -> Any:
    """The workbook of a package that brings a changed person and ratings, and leaves out what they refer to."""
    chief = kabupaten.add_person("Kepala Contoh", "197003152000031001")
    rid = kabupaten.add_person("Fatimah", PERSON)
    kabupaten.edit(Employee, rid, superior_id=kabupaten.id_of(Employee, chief))
    period = Period(2026, 3)
    kabupaten.services.appraisal.open_period(period)
    introduce(kabupaten, province)
    kabupaten.edit(Employee, rid, phone="0812")
    rows = kabupaten.services.appraisal.list_evaluations(period.code)
    kabupaten.services.appraisal.rate([RatingChange(row.id, Rating.SESUAI, Rating.SESUAI) for row in rows])
    kabupaten.services.packages.send(target)
    return openpyxl.load_workbook(target)


def columns(sheet: Any) -> dict[str, tuple[str, str]]:
    """Heading → (value in the first row, colour), of the visible columns."""
    found: dict[str, tuple[str, str]] = {}
    for heading, cell in zip(sheet[1], sheet[3], strict=False):
        if not sheet.column_dimensions[heading.column_letter].hidden:
            found[heading.value] = (str(cell.value or ""), heading.fill.start_color.rgb)
    return found


def test_rujukan_yang_tidak_ikut_tetap_bernama(kabupaten: Site, province: Site, tmp_path: Path) -> None:
    book = sent_delta(kabupaten, province, tmp_path / "paket.xlsx")
    unit = kabupaten.services.reference.units()[0].name
    people, evaluations = columns(book["pegawai"]), columns(book["penilaian"])
    assert "unit" not in book.sheetnames
    assert people["UNIT KERJA"][0] == unit
    assert people["ATASAN"][0] == "Kepala Contoh"
    names = {row[0].value for row in book["penilaian"].iter_rows(min_row=3)}
    assert names == {"Fatimah", "Kepala Contoh"}
    assert evaluations["PERIODE"][0] == "2026-TW3"


def test_warna_judul_menunjukkan_pemilik_kolom(kabupaten: Site, province: Site, tmp_path: Path) -> None:
    book = sent_delta(kabupaten, province, tmp_path / "paket.xlsx")
    people, evaluations = columns(book["pegawai"]), columns(book["penilaian"])
    assert people["NIP"][1] == people["NAMA"][1] == _BLUE
    assert people["UNIT KERJA"][1] == people["NO HP"][1] == people["ATASAN"][1] == _GREEN
    assert evaluations["PEGAWAI"][1] == evaluations["RATING HASIL KERJA"][1] == _GREEN
    assert columns(book["_tanda_terima"])["NOMOR PAKET"][1] == _GREY
    cover = [cell.value for row in book["Sampul"].iter_rows() for cell in row if cell.value]
    assert "BKD Provinsi Contoh (11)" in cover
    assert any("milik provinsi" in str(value) for value in cover)


def test_paket_pertama_tanpa_kantor_yang_dikenal(kabupaten: Site, tmp_path: Path) -> None:
    kabupaten.services.packages.send(tmp_path / "paket.xlsx")
    cover = openpyxl.load_workbook(tmp_path / "paket.xlsx")["Sampul"]
    assert any("belum pernah berhubungan" in str(cell.value) for row in cover.iter_rows() for cell in row)


def test_satu_pertanyaan_per_tabel(kabupaten: Site, province: Site, tmp_path: Path) -> None:
    sent_delta(kabupaten, province, tmp_path / "paket.xlsx")
    rows = read_package(tmp_path / "paket.xlsx").content.rows
    absent = {
        value
        for row in rows
        for key, value in row.values.items()
        if key in ("unit_id", "superior_id", "employee_id", "period_id") and value
    } - {row.rid for row in rows}
    asked: list[str] = []
    with kabupaten.services.database.read() as connection:
        event.listen(connection, "before_cursor_execute", lambda *call: asked.append(call[2]))
        found = names_of_absent(connection, rows)
        assert connection.execute(text("SELECT count(*) FROM employee")).scalar() == 2
    assert found.keys() >= absent
    assert len(asked) - 1 == 3, "units, people, periods"

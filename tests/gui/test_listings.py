"""Lists that go out as Excel and onto paper: Saldo JP, plans, the province's Rekap."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pypdfium2
from pytestqt.qtbot import QtBot

from asn_desktop.core.listing import Listing, ListingColumn
from asn_desktop.core.periods import Period
from asn_desktop.exchange.listing_book import write_listing
from asn_desktop.exchange.package.reading import OfficeCounts
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.exchange.packages.counts_page import CountsPage
from asn_desktop.gui.pdf_dialog import PdfDialog
from asn_desktop.gui.remediation.tab import RemediationTab
from asn_desktop.gui.tasks import SynchronousRunner
from asn_desktop.gui.training.tab import TrainingTab
from asn_desktop.reports.registry import render
from asn_desktop.services import Services
from tests.gui.layout import assert_nothing_clipped
from tests.gui.recorder import MessageRecorder
from tests.integration.staff import add_people, rate

TW3 = Period(2026, 3)


def cells(path: Path) -> list[list[object]]:
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def printed(listing: Listing) -> bytes:
    out = io.BytesIO()
    render("DAFTAR", [listing], out)
    return out.getvalue()


def test_a_text_stays_text_a_number_a_number_and_a_day_a_day(tmp_path: Path) -> None:
    columns = [
        ListingColumn("Nama", 20),
        ListingColumn("NIP"),
        ListingColumn("JP", 8, number=True),
        ListingColumn("Mulai"),
    ]
    rows = [("=1+1", "198503122010011008", 12, date(2026, 10, 5)), ("Ani", "", None, None)]
    listing = Listing("Saldo", "2026", "BKPSDM", date(2026, 11, 30), columns, rows)
    assert write_listing(listing, tmp_path / "a.xlsx") == 2
    found = cells(tmp_path / "a.xlsx")
    assert found[3] == ["Nama", "NIP", "JP", "Mulai"]
    assert found[4][:3] == ["=1+1", "198503122010011008", 12]
    assert str(found[4][3]).startswith("2026-10-05")
    assert found[5] == ["Ani", None, None, None]


def test_a_long_list_has_its_headings_on_every_page_and_loses_nobody() -> None:
    columns = [ListingColumn("Nama", 30), ListingColumn("Unit kerja", 40), ListingColumn("JP", 8, number=True)]
    unit = "Puskesmas & Rumah Sakit <Contoh> " * 4
    rows = [(f"Pegawai {number:03} ☺", unit, 1200 + number) for number in range(150)]
    found = pages(printed(Listing("Daftar", "2026", "BKPSDM", date(2026, 11, 30), columns, rows, sample=True)))
    assert len(found) > 3
    assert all("Nama" in page and "CONTOH" in page for page in found)
    assert [f"halaman {number} dari {len(found)}" in page for number, page in enumerate(found, 1)] == [True] * len(
        found
    )
    text = "".join(found)
    assert all(text.count(f"Pegawai {number:03}") == 1 for number in range(150))
    assert "<Contoh>" in text
    assert "1.200" in text


def test_an_empty_list_can_be_printed_too() -> None:
    (page,) = pages(printed(Listing("Daftar", "2026", "BKPSDM", date(2026, 11, 30), [ListingColumn("Nama")], [])))
    assert "Nama" in page


def test_the_balance_goes_out_as_it_is_filtered(
    office: Services, runner: SynchronousRunner, bus: ChangeBus, qtbot: QtBot, messages: MessageRecorder, tmp_path: Path
) -> None:
    add_people(office, "Rahmat", "Siti")
    add_people(office, "Budi PPPK", kind="PPPK")
    tab = TrainingTab(office, runner, bus)
    qtbot.addWidget(tab)
    tab.resize(1366, 640)
    tab.show()
    tab.show_balance("short")
    assert_nothing_clipped(tab)
    target = tmp_path / "saldo.xlsx"
    messages.answer(target)
    tab.balance.listing.export()
    assert messages.saved_paths == [target]
    found = cells(target)
    assert found[3][:5] == ["Nama", "NIP", "Jabatan", "Unit kerja", "Saldo JP"]
    assert [row[0] for row in found[4:]] == ["Rahmat", "Siti"], "only those who are shown"
    assert "2026 · Semua OPD · " in str(found[1][0])
    tab.balance.listing.print()
    (dialog,) = tab.findChildren(PdfDialog)
    assert "Rahmat" in pages(dialog._pdf)[0]
    dialog.reject()


def test_plans_go_out_with_their_state(
    office: Services, runner: SynchronousRunner, bus: ChangeBus, qtbot: QtBot, messages: MessageRecorder, tmp_path: Path
) -> None:
    for name in ("Rahmat", "Siti"):
        (person,) = add_people(office, name)
        rate(office, TW3, person, "DI_BAWAH", "SESUAI")
    tab = RemediationTab(office, runner, bus)
    qtbot.addWidget(tab)
    tab.resize(1366, 640)
    tab.show()
    tab.show_group("proposed")
    tab.groups.search.setText("siti")
    tab.groups.search.search_now()
    messages.answer(tmp_path / "rencana.xlsx")
    tab.listing.export()
    (row,) = cells(tmp_path / "rencana.xlsx")[4:]
    assert (row[0], row[4], row[5]) == ("Siti", "Triwulan III 2026", "Butuh Perbaikan")
    tab.listing.print()
    (dialog,) = tab.findChildren(PdfDialog)
    assert "Siti" in pages(dialog._pdf)[0]
    dialog.reject()


def test_the_rekap_has_a_line_for_each_district_and_one_for_all(
    office: Services, runner: SynchronousRunner, qtbot: QtBot, messages: MessageRecorder, tmp_path: Path
) -> None:
    page = CountsPage(office.reference, runner, date(2026, 11, 30), None)  # type: ignore[arg-type]
    qtbot.addWidget(page)
    page.resize(1100, 500)
    page.show()
    page.set_counts(
        [
            OfficeCounts("11.12", "Kabupaten Satu", 120, 100, {"BAIK": 70, "KURANG": 10}),
            OfficeCounts("11.13", "Kabupaten Dua", 80, 80, {"BAIK": 80}),
        ],
        "Triwulan III 2026",
    )
    messages.answer(tmp_path / "rekap.xlsx")
    page.listing.export()
    found = cells(tmp_path / "rekap.xlsx")
    assert found[0][0] == "Rekap predikat Triwulan III 2026 · CONTOH, data rekaan"
    assert [row[0] for row in found[4:]] == ["Kabupaten Satu", "Kabupaten Dua", "Semua"]
    assert found[4][1:7] == ["11.12", 120, 100, 80, 0, 70]
    assert found[6][2:5] == [200, 180, 160]

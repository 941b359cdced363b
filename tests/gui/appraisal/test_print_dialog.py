"""The real PDF in sight: pages, zoom, one person, a unit, blank; saved and printed unchanged."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from asn_desktop.appraisal.queries import EvaluationSpec
from asn_desktop.core.progress import Progress
from asn_desktop.gui.appraisal import printing
from asn_desktop.gui.appraisal.print_dialog import PrintDialog
from asn_desktop.gui.tasks import SynchronousRunner
from asn_desktop.reports.preview import PreviewFile
from asn_desktop.reports.registry import Paper
from tests.gui.appraisal.conftest import TW3
from tests.gui.layout import assert_nothing_clipped
from tests.gui.recorder import MessageRecorder
from tests.integration.appraisal.people import SmallOffice


@pytest.fixture
def dialog(qtbot: QtBot, kantor: SmallOffice, runner: SynchronousRunner) -> PrintDialog:
    kantor.appraisal.open_period(TW3)
    spec = EvaluationSpec(TW3.code, kantor.puskesmas)
    chosen = kantor.appraisal.evaluation_ids(spec)[:1]
    result = PrintDialog(kantor.appraisal, runner, TW3, chosen, spec, "Puskesmas Contoh")
    qtbot.addWidget(result)
    result.show()
    return result


def texts(pdf: bytes | Path) -> list[str]:
    with PreviewFile(pdf) as file:
        return [file.text(number) for number in range(len(file))]


def test_the_preview_shows_the_pages_of_the_chosen_person(dialog: PrintDialog) -> None:
    assert dialog.view.count >= 1
    assert dialog.pages.text() == f"Halaman 1 dari {dialog.view.count}"
    assert dialog._pdf is not None
    assert "Dewi Contoh" in texts(dialog._pdf)[0]


def test_pages_turn_by_keys_and_buttons_and_zoom(dialog: PrintDialog) -> None:
    dialog.unit_scope.setChecked(True)
    count = dialog.view.count
    assert count >= 20
    QTest.keyClick(dialog.view, Qt.Key.Key_PageDown)
    assert dialog.pages.text() == f"Halaman 2 dari {count}"
    dialog.forward.click()
    dialog.back.click()
    assert dialog.view.index == 1
    QTest.keyClick(dialog.view, Qt.Key.Key_End)
    assert dialog.view.index == count - 1
    assert not dialog.forward.isEnabled()
    before = dialog.view._sheet.width()
    dialog.larger.click()
    dialog.larger.click()
    dialog.larger.click()
    assert dialog.view.zoom > 1
    assert dialog.view._sheet.width() > before
    dialog.fit.click()
    assert dialog.view.zoom == 0


def test_a_whole_unit_is_saved_complete_though_the_preview_is_short(
    dialog: PrintDialog, messages: MessageRecorder, tmp_path: Path
) -> None:
    dialog.form.setCurrentIndex(dialog.form.findData("D.1.1"))
    dialog.unit_scope.setChecked(True)
    assert "20 pegawai pertama dari 31" in dialog.note.text()
    assert dialog.file_name() == "D.1.1 TW3 2026 Puskesmas Contoh.pdf"
    target = tmp_path / "unit.pdf"
    messages.answer(target)
    dialog.save()
    assert messages.notices == ["31 halaman disimpan: unit.pdf"]
    pages = texts(target)
    assert len(pages) == 31
    assert sum("Staf Contoh" in page for page in pages) == 30


def test_paper_and_blank_forms(dialog: PrintDialog) -> None:
    assert dialog._pdf is not None
    with PreviewFile(dialog._pdf) as file:
        assert file.page_size(0) == pytest.approx((330 / 25.4 * 72, 215 / 25.4 * 72), abs=1)
    dialog.paper.setCurrentIndex(dialog.paper.findData("A4"))
    dialog.blank_scope.setChecked(True)
    with PreviewFile(dialog._pdf) as file:
        assert file.page_size(0) == pytest.approx((297 / 25.4 * 72, 210 / 25.4 * 72), abs=1)
    assert "FORMAT C.1.3" in texts(dialog._pdf)[0]
    assert not dialog.rated_only.isEnabled()
    assert dialog.file_name() == "C.1.3 TW3 2026 Kosong.pdf"


def test_only_rated_people_when_nobody_is_rated_says_so(dialog: PrintDialog) -> None:
    dialog.unit_scope.setChecked(True)
    dialog.rated_only.setChecked(True)
    assert dialog.view.count == 0
    assert not dialog.print_button.isEnabled()
    assert "Tidak ada pegawai yang sudah dinilai" in dialog.note.text()


def test_printing_draws_every_page_of_the_same_file(
    dialog: PrintDialog, messages: MessageRecorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "cetak.pdf"

    def to_file(printer: QPrinter) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        printer.setResolution(150)
        return True

    monkeypatch.setattr(dialog, "choose_printer", to_file)
    dialog.send()
    assert dialog._pdf is not None
    expected = len(texts(dialog._pdf))
    assert messages.notices == [f"{expected} halaman dikirim ke printer."]
    with PreviewFile(target) as printed:
        assert len(printed) == expected
        assert printed.page_size(0) == pytest.approx((330 / 25.4 * 72, 215 / 25.4 * 72), abs=2)
        picture = printed.render(0, 0.5)
    dark = sum(value < 128 for value in picture.pixels[::4])
    assert dark > 200, "the printed page is empty"


def test_f4_is_told_to_the_driver_by_its_size() -> None:
    size = printing.page_size(Paper.F4)
    assert size.size(QPageSize.Unit.Millimeter) == QSizeF(215, 330)
    assert size.name() == "F4"
    assert printing.page_size(Paper.A4).id() == QPageSize.PageSizeId.A4


def test_the_printer_gets_the_orientation_of_the_file(dialog: PrintDialog) -> None:
    assert dialog._pdf is not None
    printer = QPrinter()
    printing.prepare_printer(printer, dialog._pdf, Paper.F4)
    assert printer.pageLayout().orientation() == QPageLayout.Orientation.Landscape
    assert printer.fullPage()


def test_a_cancelled_print_stops(dialog: PrintDialog, tmp_path: Path) -> None:
    from asn_desktop.core.errors import Cancelled

    assert dialog._pdf is not None
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "x.pdf"))
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        printing.print_pages(printer, dialog._pdf, progress)


def test_the_print_dialog_fits_a_small_screen(dialog: PrintDialog) -> None:
    dialog.resize(880, 480)
    assert_nothing_clipped(dialog)

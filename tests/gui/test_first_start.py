"""The first start: from nothing to an open, encrypted office with its recovery code noted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtGui import QPdfWriter
from pytestqt.qtbot import QtBot

from asn_desktop.environment.logs import stop_log
from asn_desktop.environment.paths import OfficePaths, office_paths
from asn_desktop.gui.start.first_start import FirstStart, NextStep
from asn_desktop.gui.start.move_in import MoveInDialog
from asn_desktop.gui.start.passphrase import strength
from asn_desktop.gui.start.recovery_code import paint_sheet, sheet_layout, sheet_text
from asn_desktop.gui.tasks import SynchronousRunner
from asn_desktop.services import Services, close_office, open_with_recovery_code
from tests.conftest import OFFICE, PASSPHRASE
from tests.gui.layout import assert_nothing_clipped
from tests.gui.recorder import MessageRecorder

WORDS = "meja kopi jendela"


@pytest.fixture
def new_home(tmp_path: Path) -> OfficePaths:
    return office_paths(tmp_path / "kantor baru")


@pytest.fixture
def window(new_home: OfficePaths, runner: SynchronousRunner, qtbot: QtBot) -> FirstStart:
    result = FirstStart(new_home, runner)
    qtbot.addWidget(result)
    result.show()
    return result


def fill_office(window: FirstStart) -> None:
    page = window.office_page
    page.name.line.setText("BKPSDM Kabupaten Contoh")
    page.name.line.editingFinished.emit()
    page.code.line.setText("11.12")
    page.place.line.setText("Blangpidie")
    window.forward.click()


def fill_user(window: FirstStart, again: str = WORDS) -> None:
    for field, text in ((window.user_page.new.first, WORDS), (window.user_page.new.second, again)):
        field.line.setText(text)
        field.line.textEdited.emit(text)
    window.forward.click()


def test_from_nothing_to_an_open_office(window: FirstStart, new_home: OfficePaths, qtbot: QtBot) -> None:
    fill_office(window)
    assert window.office_page.agency.text == "Pemerintah Kabupaten Contoh", "proposed from the name"
    assert_nothing_clipped(window)
    fill_user(window)
    assert window.code_page.view is not None
    code = window.code_page.view.code
    assert not window.forward.isEnabled(), "the code must be noted first"
    assert_nothing_clipped(window)
    window.code_page.view.tick.setChecked(True)
    window.forward.click()
    assert_nothing_clipped(window)
    with qtbot.waitSignal(window.finished_with) as told:
        window.begin_page.choices["import"].chosen.emit("import")
    services, step = told.args
    assert isinstance(services, Services)
    assert (services.reference.office().name, step) == ("BKPSDM Kabupaten Contoh", NextStep.IMPORT)
    close_office(services)
    again = open_with_recovery_code(new_home, "operator", code.lower().replace("-", " "), "kata sandi lain")
    close_office(again)
    stop_log()


def test_what_is_missing_is_said_at_the_field_and_nothing_is_made(window: FirstStart, new_home: OfficePaths) -> None:
    window.forward.click()
    assert window.office_page.name.error == "Nama kantor belum diisi."
    assert window.office_page.place.error
    assert_nothing_clipped(window)
    fill_office(window)
    fill_user(window, again="bukan yang tadi")
    assert window.user_page.new.second.error == "Kedua isian belum sama."
    assert window.services is None
    assert not new_home.exists


def test_the_code_page_is_not_left_by_accident(window: FirstStart, messages: MessageRecorder) -> None:
    fill_office(window)
    fill_user(window)
    messages.answer(False)
    window.reject()
    assert window.isVisible()
    messages.answer(True)
    window.reject()
    assert not window.isVisible()
    assert window.services is None, "the office was closed"
    stop_log()


def test_the_code_can_be_saved_and_copied(window: FirstStart, messages: MessageRecorder, tmp_path: Path) -> None:
    fill_office(window)
    fill_user(window)
    view = window.code_page.view
    assert view is not None
    messages.answer(tmp_path / "kode.txt")
    view.save()
    assert view.code in (tmp_path / "kode.txt").read_text(encoding="utf-8")
    assert messages.notices
    assert window.services is not None
    close_office(window.services)
    window.services = None
    stop_log()


def test_the_printed_sheet_shows_the_code_in_large_letters(tmp_path: Path) -> None:
    code = "ABCDE-FGHJK-MNPQR-STVWX-YZ234-56789"
    assert code in sheet_text("Kantor", code)
    device = QPdfWriter(str(tmp_path / "kode.pdf"))
    device.setPageLayout(sheet_layout())
    paint_sheet(device, "BKPSDM Kabupaten Contoh", code)
    with pypdfium2.PdfDocument(tmp_path / "kode.pdf") as document:
        assert len(document) == 1
        page = document[0]
        assert [round(side) for side in page.get_size()] == [595, 842]
        picture = page.render(scale=0.5).to_pil().convert("L")
    assert picture.getextrema()[0] < 80, "something is printed"


@pytest.mark.parametrize(
    "passphrase, word, enough",
    [
        ("pendek", "Terlalu pendek", False),
        ("password1", "Mudah ditebak", False),
        ("aaaaaaaaaaaa", "Mudah ditebak", False),
        ("pintu12x", "Cukup", True),
        ("meja kopi jendela besar", "Kuat", True),
    ],
)
def test_strength_is_said_in_words(passphrase: str, word: str, enough: bool) -> None:
    found = strength(passphrase)
    assert (found.word, found.enough) == (word, enough)
    assert found.advice


def test_an_office_moves_in_from_a_backup_of_the_old_pc(
    window: FirstStart,
    new_home: OfficePaths,
    open_services: Callable[[], Services],
    messages: MessageRecorder,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    copy = open_services().safety.back_up_to(tmp_path / "asn-20261006.cadangan")
    messages.answer(copy)
    window.move_button.click()
    dialog = next(child for child in window.findChildren(MoveInDialog) if child.isVisible())
    assert_nothing_clipped(dialog)
    dialog.passphrase.line.setText("bukan ini")
    dialog.move_in.click()
    assert dialog.passphrase.error
    assert not new_home.exists
    dialog.passphrase.line.setText(PASSPHRASE)
    with qtbot.waitSignal(window.moved_in) as told:
        dialog.move_in.click()
    [services] = told.args
    assert services.paths == new_home
    assert services.reference.office().name == OFFICE.name
    close_office(services)


def test_who_chooses_no_backup_stays_on_the_first_page(window: FirstStart, messages: MessageRecorder) -> None:
    messages.answer(None)
    window.move_button.click()
    assert window.isVisible()
    assert not window.findChildren(MoveInDialog)


def test_the_code_says_which_region_it_names(window: FirstStart, messages: MessageRecorder) -> None:
    page = window.office_page
    page.code.line.setText("11.12")
    assert page.code.below.text() == "Kabupaten di Aceh"
    page.code.line.setText("11")
    fill_names(window)
    window.forward.click()
    assert page.code.error.startswith("11 adalah kode Provinsi Aceh")
    assert window.pages.currentIndex() == 0
    page.code.line.setText("9701")
    messages.answer(False)
    window.forward.click()
    assert window.pages.currentIndex() == 0, "a province nobody knows is asked about"
    messages.answer(True)
    window.forward.click()
    assert window.pages.currentIndex() == 1
    assert page.office.code == "97.01"


def test_the_set_up_of_a_province_speaks_of_a_province(window: FirstStart, qtbot: QtBot) -> None:
    page = window.office_page
    page.role.choose("province")
    hints = " ".join(field.below.text() for field in (page.name, page.agency, page.code, page.place))
    assert "Provinsi Contoh" in hints
    assert "Kabupaten" not in hints
    assert_nothing_clipped(window)
    page.name.line.setText("BKD Provinsi Contoh")
    page.name.line.editingFinished.emit()
    assert page.agency.text == "Pemerintah Provinsi Contoh"
    page.code.line.setText("11")
    page.place.line.setText("Banda Aceh")
    window.forward.click()
    fill_user(window)
    assert window.code_page.view is not None
    window.code_page.noted.emit(True)
    window.forward.click()
    shown = [value for value, choice in window.begin_page.choices.items() if choice.isVisible()]
    assert shown == ["receive", "sample", "empty"], "a province imports no list of employees"
    assert_nothing_clipped(window)
    window.reject()


def fill_names(window: FirstStart) -> None:
    page = window.office_page
    page.name.line.setText("BKPSDM Kabupaten Contoh")
    page.name.line.editingFinished.emit()
    page.place.line.setText("Blangpidie")

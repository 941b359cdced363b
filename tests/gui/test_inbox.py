"""The closing week: worksheets of many OPD come back by flash disk and chat, and go in together."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from asn_desktop.app import build_window
from asn_desktop.core.periods import Period
from asn_desktop.exchange.worksheet.orders import Order
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.exchange.import_wizard import ImportWizard, Step
from asn_desktop.gui.exchange.packages.inbox_dialog import InboxDialog
from asn_desktop.gui.exchange.packages.inbox_words import state_of
from asn_desktop.gui.exchange.worksheets_dialog import WorksheetsDialog
from asn_desktop.gui.shell import Shell
from asn_desktop.gui.table_view import NoViewSettings
from asn_desktop.gui.tasks import SynchronousRunner
from asn_desktop.services import Services
from tests.gui.layout import assert_nothing_clipped
from tests.gui.recorder import MessageRecorder
from tests.integration.exchange.books import ANI, ATAS, SESUAI, book
from tests.integration.exchange.clerk import Clerk
from tests.integration.staff import rate

TW2, TW3 = Period(2026, 2), Period(2026, 3)


@pytest.fixture
def shell(district: Services, runner: SynchronousRunner, bus: ChangeBus, qtbot: QtBot) -> Iterator[Shell]:
    for period in (TW2, TW3):
        district.appraisal.open_period(period)
    window, result = build_window(district, runner, bus, NoViewSettings())
    qtbot.addWidget(window)
    window.resize(1366, 728)
    window.show()
    yield result
    for dialog in window.findChildren(QDialog):
        dialog.close()


def dialog_of(shell: Shell, kind: type[QDialog]) -> Any:
    return [dialog for dialog in shell.window.findChildren(kind) if dialog.isVisible()][-1]


def fill(path: Path, people: int, word: str = ATAS) -> Path:
    """The first people of a worksheet rated by its OPD."""
    clerk = Clerk(path)
    for row in range(4, 4 + people):
        clerk.fill_row(row, RATING_HASIL_KERJA=word, RATING_PERILAKU_KERJA=SESUAI)
    return clerk.save(path)


@pytest.fixture
def returned(shell: Shell, tmp_path: Path) -> Path:
    """A flash disk: four OPD of Triwulan III (one of them twice, one rated here meanwhile and misspelt), one of
    Triwulan II, a list, and a file that a bad disk spoilt."""
    office = shell.services
    staffed = [row.id for row in office.worksheets.returns(TW3.code) if row.people >= 3][:3]
    folder = tmp_path / "flashdisk"
    third = [
        file.path for file in office.worksheets.write_each(folder, Order("ratings", period=TW3.code), staffed).files
    ]
    second = office.worksheets.write_each(folder, Order("ratings", period=TW2.code), staffed[:1]).files[0].path
    fill(third[0], 3)
    shutil.copy(third[0], folder / "kiriman WhatsApp.xlsx")
    fill(third[1], 2)
    fill(third[2], 3)
    clerk = Clerk(third[2])
    nip = str(clerk.sheet.cell(4, clerk.column("NIP")).value)
    clerk.fill_row(5, RATING_HASIL_KERJA="lumayan").save(third[2])
    (person,) = [row.employee_id for row in office.appraisal.list_evaluations(TW3.code) if row.nip == nip]
    rate(office, TW3, person, "SESUAI", "SESUAI")
    fill(second, 2)
    book(folder / "nominatif.xlsx", ANI)
    whole = third[1].read_bytes()
    (folder / "rusak.xlsx").write_bytes(whole[: len(whole) // 2])
    return folder


def look(widget: Any, name: str) -> None:
    """For a designer: the picture, where one is asked for."""
    if folder := os.environ.get("ASN_TEST_PICTURES"):
        QApplication.processEvents()
        Path(folder).mkdir(parents=True, exist_ok=True)
        widget.grab().save(f"{folder}/{name}.png")


def test_a_week_of_returns(
    shell: Shell, returned: Path, tmp_path: Path, messages: MessageRecorder, qtbot: QtBot
) -> None:
    sheets: WorksheetsDialog = shell.open_worksheets(TW3.code)  # type: ignore[assignment]
    operations, copies = len(shell.services.safety.history()), len(shell.services.safety.backups())
    messages.answer(returned)
    sheets.folder_button.click()
    inbox: InboxDialog = dialog_of(shell, InboxDialog)
    assert sorted(file.state for file in inbox.files) == ["other", *["ready"] * 5, "refused"]
    assert inbox.forward.text() == "Terapkan 5 berkas"
    assert len(shell.services.safety.history()) == operations, "nothing is written before Terapkan"
    assert {file.period for file in inbox.files if file.content == "ratings"} == {TW2.code, TW3.code}
    look(inbox, "1-diperiksa")
    assert_nothing_clipped(inbox)
    inbox.forward.click()
    words = [state_of(file)[1] for file in inbox.files]
    assert sorted(words) == ["Daftar", "Diterapkan", "Diterapkan", "Diterapkan", "Ditolak", "Sebagian", "Sudah pernah"]
    assert len(shell.services.safety.backups()) == copies + 1
    assert sum(row.rated for row in shell.services.worksheets.returns(TW3.code)) == 3 + 2 + 1 + 1
    assert sum(row.rated for row in shell.services.worksheets.returns(TW2.code)) == 2
    assert "3 dari" in sheets.summary.text(), "the list behind it says who is back"

    (partly,) = [file for file in inbox.files if state_of(file)[1] == "Sebagian"]
    assert inbox.table.current_id() == partly.id, "where something is left to do"
    look(inbox, "2-diterapkan")
    for width, height in ((960, 560), (895, 440)):
        inbox.resize(width, height)
        QApplication.processEvents()
        assert_nothing_clipped(inbox)
        look(inbox, f"3-{width}")
    messages.answer(tmp_path / "perbaiki.xlsx")
    inbox.errors_button.click()
    assert messages.notices[-1].startswith("2 baris tersimpan")
    assert openpyxl.load_workbook(tmp_path / "perbaiki.xlsx").worksheets

    inbox.open_button.click()
    wizard: ImportWizard = dialog_of(shell, ImportWizard)
    assert wizard.step is Step.PREVIEW
    (row,) = [row for row in wizard.plan.rows if row.options]
    wizard.preview_page.choose([row.key], row.options[0].key)
    wizard.forward.click()
    assert wizard.step is Step.RESULT
    wizard.accept()
    (now,) = [file for file in inbox.files if file.id == partly.id]
    assert (now.state, now.waiting) == ("applied", 1), "decided there, seen here"
    inbox.forward.click()
    assert not inbox.isVisible()


def test_a_list_is_opened_in_the_wizard(shell: Shell, returned: Path) -> None:
    inbox = shell.open_inbox([returned / "nominatif.xlsx", returned / "rusak.xlsx"])
    assert inbox.forward.text() == "Tutup"
    (named,) = [file for file in inbox.files if file.state == "other"]
    inbox.table.select_id(named.id)
    assert not inbox.errors_button.isVisible()
    inbox.open_button.click()
    assert dialog_of(shell, ImportWizard).step is Step.COLUMNS


def drop(widget: Any, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    widget.dropEvent(
        QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )


def test_a_folder_dropped_on_the_tab_or_the_list(shell: Shell, returned: Path, messages: MessageRecorder) -> None:
    tab = shell.go_to("personnel")
    drop(shell.window, returned)
    assert shell.window.current_key == "exchange", "dropped on any tab, looked at where files are looked at"
    tab = shell.go_to("exchange")
    assert len(dialog_of(shell, InboxDialog).files) == 7
    dialog_of(shell, InboxDialog).close()
    messages.answer(returned)
    tab.overview.folder.click()
    assert len(dialog_of(shell, InboxDialog).files) == 7
    dialog_of(shell, InboxDialog).close()
    look(shell.window, "4-tab")
    sheets: Any = shell.open_worksheets(TW3.code)
    look(sheets, "5-lembar")
    sheets.resize(895, 440)
    assert_nothing_clipped(sheets)
    look(sheets, "6-lembar-895")
    drop(sheets, returned / "kiriman WhatsApp.xlsx")
    assert dialog_of(shell, ImportWizard).step is Step.PREVIEW, "one file: shown whole at once"


def test_an_empty_folder_is_told(shell: Shell, tmp_path: Path, messages: MessageRecorder) -> None:
    (tmp_path / "kosong").mkdir()
    messages.answer(tmp_path / "kosong")
    shell.go_to("exchange").overview.folder.click()
    assert messages.notices == ["Tidak ada buku kerja Excel di folder itu."]


def test_a_folder_that_is_gone_is_told(shell: Shell, tmp_path: Path, messages: MessageRecorder) -> None:
    messages.answer(tmp_path / "dicabut")
    shell.go_to("exchange").overview.folder.click()
    assert [error.code for error in messages.take_errors()] == ["ASN-1301"]

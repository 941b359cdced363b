"""The tab in the real window: open, rate, Ctrl+Z and Ctrl+Y, with threads as in the program."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from asn_desktop.app import build_window
from asn_desktop.appraisal.predicate import Rating
from asn_desktop.appraisal.queries import EvaluationRow
from asn_desktop.gui import messages as messages_module
from asn_desktop.gui.appraisal.tab import AppraisalTab
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.main_window import MainWindow
from asn_desktop.gui.shell import Shell
from asn_desktop.gui.table_view import NoViewSettings
from asn_desktop.gui.tasks import TaskRunner
from tests.gui.appraisal.conftest import TW3
from tests.integration.appraisal.people import SmallOffice


@pytest.fixture
def window(kantor: SmallOffice, bus: ChangeBus, qtbot: QtBot) -> Iterator[MainWindow]:
    """The program's own window on the office, with worker threads."""
    runner = TaskRunner(bus, lambda error: messages_module.show_error(None, error))
    result, _shell = build_window(kantor.services, runner, bus, NoViewSettings())
    qtbot.addWidget(result)
    result.resize(1366, 728)
    result.show()
    result.activateWindow()
    yield result
    runner.shutdown()


def test_a_quarter_is_opened_rated_and_taken_back(window: MainWindow, kantor: SmallOffice, qtbot: QtBot) -> None:
    tab = window.go_to("appraisal")
    assert isinstance(tab, AppraisalTab)
    assert tab.empty.button is not None
    qtbot.waitUntil(lambda: tab.stack.currentWidget() is tab.empty)
    qtbot.mouseClick(tab.empty.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(tab.grid.model.ids) == 32)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is tab.grid.table)
    for number in range(20):
        for key in (Qt.Key.Key_2, Qt.Key.Key_Right, Qt.Key.Key_3 if number % 4 else Qt.Key.Key_1, Qt.Key.Key_Left):
            QTest.keyClick(tab.grid.table, key)
        QTest.keyClick(tab.grid.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: rated(kantor) == 20)
    qtbot.waitUntil(lambda: tab.grid.state_label.text().startswith("20 dari 32"))
    shown = [tab.grid.model.row_at(place) for place in range(20)]
    assert [(row.result, row.behaviour) for row in shown if row] == [
        (Rating.SESUAI, Rating.DI_ATAS if number % 4 else Rating.DI_BAWAH) for number in range(20)
    ]
    qtbot.waitUntil(window.undo_action.isEnabled)
    QTest.keyClick(tab.grid.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: rated(kantor) == 19)
    qtbot.waitUntil(lambda: row_at(tab, 19).behaviour is None)
    qtbot.waitUntil(window.redo_action.isEnabled)
    QTest.keyClick(tab.grid.table, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: rated(kantor) == 20)
    qtbot.waitUntil(lambda: row_at(tab, 19).behaviour is Rating.DI_ATAS)


def test_a_unit_asked_for_before_the_tab_was_ever_seen(window: MainWindow, kantor: SmallOffice, qtbot: QtBot) -> None:
    kantor.appraisal.open_period(TW3)
    (shell,) = window.findChildren(Shell)
    shell.show_ratings(TW3.code, kantor.puskesmas, unrated=True)
    tab = window.tab("appraisal")
    assert isinstance(tab, AppraisalTab)
    qtbot.waitUntil(lambda: tab.grid.title_label.text() == "Puskesmas Contoh")
    qtbot.waitUntil(lambda: len(tab.grid.model.ids) == 31)
    assert tab.tree.current_id == kantor.puskesmas


def rated(kantor: SmallOffice) -> int:
    return kantor.appraisal.progress_by_unit(TW3.code)[None].rated


def row_at(tab: AppraisalTab, place: int) -> EvaluationRow:
    row = tab.grid.model.row_at(place)
    assert isinstance(row, EvaluationRow)
    return row

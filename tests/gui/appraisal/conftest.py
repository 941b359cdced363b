from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from asn_desktop.core.periods import Period
from asn_desktop.gui.appraisal.tab import AppraisalTab
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.tasks import SynchronousRunner
from asn_desktop.services import Services
from asn_desktop.storage import undo
from tests.integration.appraisal.people import SmallOffice, small_office

TW3 = Period(2026, 3)


@pytest.fixture
def kantor(office: Services) -> SmallOffice:
    """A real office with 30 people in a puskesmas, the quarter not opened yet."""
    return small_office(office, staff=30)


@pytest.fixture
def show_tab(
    qtbot: QtBot, kantor: SmallOffice, runner: SynchronousRunner, bus: ChangeBus
) -> Callable[[], AppraisalTab]:
    """Shows the tab on the office; what it needs to refresh arrives through the bus."""

    def show() -> AppraisalTab:
        tab = AppraisalTab(kantor.appraisal, kantor.services.reference, runner, bus, TW3)
        qtbot.addWidget(tab)
        tab.resize(1366, 620)
        tab.show()
        qtbot.waitExposed(tab)
        return tab

    return show


@pytest.fixture
def tab(kantor: SmallOffice, show_tab: Callable[[], AppraisalTab]) -> AppraisalTab:
    """The tab with Triwulan III opened."""
    kantor.appraisal.open_period(TW3)
    return show_tab()


@pytest.fixture
def urungkan(kantor: SmallOffice, bus: ChangeBus) -> Callable[[], None]:
    """What Ctrl+Z of the window does: undo the last operation and tell the bus."""

    def undo_last() -> None:
        with kantor.services.database.read() as connection:
            found = undo.next_undo(connection)
        assert found is not None
        bus.publish(undo.undo(kantor.services.database, found[0]))
        QApplication.processEvents()

    return undo_last

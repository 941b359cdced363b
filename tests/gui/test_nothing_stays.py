"""What is closed is gone: somebody who opens many dialogs and signs in and out all day does not fill the memory."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from asn_desktop.app import build_window
from asn_desktop.core.periods import Period
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.shell import Shell
from asn_desktop.gui.table_view import NoViewSettings
from asn_desktop.gui.tasks import SynchronousRunner
from asn_desktop.services import Services
from tests.integration.exchange.books import ANI, book
from tests.integration.staff import rate

TW3 = Period(2026, 3)
TABS = ("home", "personnel", "appraisal", "training", "remediation", "exchange")
TIMES = 5
Opener = Callable[[Shell, Path], QWidget]
DIALOGS: dict[str, Opener] = {
    "import": lambda shell, _file: shell.open_import(),
    "inbox": lambda shell, file: shell.open_inbox([file, file.with_name("tidak_ada.xlsx")]),
    "export": lambda shell, _file: shell.open_export(),
    "worksheets": lambda shell, _file: shell.open_worksheets(TW3.code),
    "backups": lambda shell, _file: shell.open_backups(),
    "history": lambda shell, _file: shell.open_history(),
    "settings": lambda shell, _file: shell.open_settings(),
    "about": lambda shell, _file: shell.open_about(),
    "send": lambda shell, _file: shell.go_to("exchange").send(),
    "receive": lambda shell, file: shell.go_to("exchange").does.open_package(file),
    "keys": lambda shell, _file: shell.go_to("exchange").does.open_keys(),
    "register": lambda shell, _file: shell.go_to("exchange").does.register(),
}


def living() -> Counter[str]:
    """Every widget there is, by class, once all that was told to go has gone."""
    for _round in range(2):  # collecting lets go of what then may be deleted
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
    return Counter(widget.metaObject().className() for widget in QApplication.allWidgets())


@pytest.fixture
def office(district: Services) -> Services:
    """With a quarter, and somebody low enough for a plan."""
    district.appraisal.open_period(TW3)
    person = next(row.employee_id for row in district.appraisal.list_evaluations(TW3.code))
    rate(district, TW3, person, "DI_BAWAH", "SESUAI")
    return district


@pytest.fixture
def shell(office: Services, runner: SynchronousRunner, bus: ChangeBus, qtbot: QtBot) -> Iterator[Shell]:
    window, result = build_window(office, runner, bus, NoViewSettings())
    qtbot.addWidget(window)
    window.show()
    yield result
    window.close()


@pytest.mark.parametrize("name", DIALOGS)
def test_a_closed_dialog_is_gone(shell: Shell, name: str, tmp_path: Path) -> None:
    file = book(tmp_path / "daftar.xlsx", ANI)

    def open_and_close() -> None:
        dialog = DIALOGS[name](shell, file)
        assert isinstance(dialog, QDialog)
        QApplication.processEvents()
        dialog.close()

    open_and_close()  # the first of its kind may make what is kept for good: a tab, a cursor
    before = living()
    for _time in range(TIMES):
        open_and_close()
    assert living() - before == Counter()


def test_an_office_that_was_left_is_gone(office: Services, runner: SynchronousRunner, bus: ChangeBus) -> None:
    """Signing out and in again: the runner and the bus stay, the window does not."""

    def visit() -> None:
        window, shell = build_window(office, runner, bus, NoViewSettings())
        window.show()
        for key in TABS:
            shell.go_to(key)
            QApplication.processEvents()
        window.close()
        window.deleteLater()

    visit()
    before = living()
    for _time in range(2):
        visit()
    assert living() - before == Counter()


def test_every_widget_of_a_window_belongs_to_it(shell: Shell) -> None:
    """One without a parent is Python's to delete: late, and from the thread that happens to collect."""
    others = set(without_parent()) - {shell.window}  # what earlier tests of this process have left is not asked for
    for key in TABS:
        shell.go_to(key)
        QApplication.processEvents()
    gc.collect()
    assert set(without_parent()) - others == {shell.window}


def without_parent() -> list[QWidget]:
    living()  # what was told to go has gone
    return [widget for widget in QApplication.topLevelWidgets() if widget.parent() is None]

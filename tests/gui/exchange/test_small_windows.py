"""1366×768 at 150 % leaves 911×480: every page and dialog of the exchange fits, in large text too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from asn_desktop.exchange.plan import Fate
from asn_desktop.gui import low_screen, theme
from asn_desktop.gui.exchange.packages.receive_dialog import ReceiveDialog
from asn_desktop.gui.exchange.packages.tab import ExchangeTab
from asn_desktop.gui.looks import apply_look
from tests.gui.exchange.conftest import Desk, OpenDesk
from tests.gui.exchange.test_packages import in_conflict
from tests.gui.layout import clipped

WIDTH, HEIGHT = 911, 480


@pytest.fixture(params=[False, True], ids=["", "besar"])
def large(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[bool]:
    apply_look(qapp, theme.variant(large_text=request.param))
    yield request.param
    apply_look(qapp, theme.LIGHT)


def shrunk(desk: Desk, qtbot: QtBot) -> None:
    desk.shell.window.resize(WIDTH, HEIGHT)
    qtbot.wait(30)
    assert (desk.shell.window.width(), desk.shell.window.height()) == (WIDTH, HEIGHT)


def problems(tab: ExchangeTab, views: tuple[str, ...], qtbot: QtBot) -> dict[str, list[str]]:
    found = {}
    for view in views:
        tab.show_view(view)
        qtbot.wait(20)
        found[view] = clipped(tab)
    return {view: texts for view, texts in found.items() if texts}


def test_the_districts_pages(large: bool, desk: OpenDesk, tmp_path: Path, qtbot: QtBot) -> None:
    district, province = desk("11.12"), desk("11")
    _rid, package = in_conflict(district, province, tmp_path)
    district.services.packages.apply(district.services.packages.examine(package))
    shrunk(district, qtbot)
    assert problems(district.tab, ("overview", "desk", "rules"), qtbot) == {}
    panel = district.tab.desk.panel
    district.tab.show_desk()
    qtbot.wait(20)
    assert all(not answer.visibleRegion().isEmpty() for answer in panel.answers.values()), "both answers are in sight"


def test_the_provinces_pages(large: bool, desk: OpenDesk, tmp_path: Path, qtbot: QtBot) -> None:
    district, province = desk("11.12"), desk("11")
    in_conflict(district, province, tmp_path)
    shrunk(province, qtbot)
    assert problems(province.tab, ("offices", "desk", "counts", "history", "rules"), qtbot) == {}
    assert province.tab.offices.table.columnWidth(0) >= theme.tokens().px(180), "which district it is can be read"


def test_the_preview_of_a_package(
    large: bool, desk: OpenDesk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(low_screen, "LOW", 900)  # the screen of the tests is 800×800: one that counts as low
    district, province = desk("11.12"), desk("11")
    _rid, package = in_conflict(district, province, tmp_path)
    district.tab.receive([package])
    dialog = district.dialog(ReceiveDialog)
    dialog.resize(WIDTH - 16, HEIGHT - 8)
    qtbot.wait(30)
    room = HEIGHT - 8 if not large else 510  # a real low screen presses it further than the one of the tests
    assert dialog.height() <= room, "the primary button is in sight"
    for fate in (Fate.CONFLICT, Fate.NEW):
        dialog.preview.show_fate(fate)
        qtbot.wait(20)
        assert clipped(dialog) == []

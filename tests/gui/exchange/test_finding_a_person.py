"""In the preview of a package: find the person one cares about, whatever becomes of the record."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from asn_desktop.exchange.plan import Fate
from asn_desktop.gui.exchange.packages.plan_page import PlanPage
from asn_desktop.gui.exchange.packages.receive_dialog import ReceiveDialog
from asn_desktop.personnel.model import Employee
from tests.gui.exchange.conftest import Desk
from tests.gui.exchange.test_packages import acquainted, words
from tests.gui.layout import assert_nothing_clipped


def preview(district: Desk, province: Desk, folder: Path) -> ReceiveDialog:
    """Of the province's second package: one person in conflict, one changed, holidays and parameters unchanged."""
    other = district.site.add_person("Yusuf Ma'ruf", "199001012015031002", phone="081100002222")
    rid = acquainted(district, province, folder)
    province.site.edit(Employee, rid, phone="081299990000")
    district.site.edit(Employee, rid, phone="085211112222")
    province.site.edit(Employee, other, position="Analis Kepegawaian")
    district.tab.receive([province.send(folder / "kedua.xlsx", "11.12")])
    found = district.dialog(ReceiveDialog)
    assert isinstance(found, ReceiveDialog)
    return found


def names(page: PlanPage) -> list[tuple[str, Fate]]:
    rows = page.table.rows
    lines = [rows.row(number) for number in range(rows.rowCount())]
    return [(line.name, line.fate) for line in lines if line is not None]


def typed(qtbot: QtBot, page: PlanPage, text: str) -> None:
    page.search.setFocus()
    page.search.selectAll()
    qtbot.keyClicks(page.search, text)
    qtbot.keyClick(page.search, Qt.Key.Key_Return)


def test_a_search_looks_through_all_cards(district: Desk, province: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = preview(district, province, tmp_path)
    page = dialog.preview
    assert names(page) == [("Fatimah Siregar", Fate.CONFLICT)], "the card that needs the person is open first"
    typed(qtbot, page, "maruf")
    assert names(page) == [("Yusuf Ma'ruf", Fate.CHANGED)]
    qtbot.wait(20)
    assert "Analis Kepegawaian" in words(page.panel), "the row that was found is explained beside the list"
    assert "1 baris cocok dengan “maruf”" in words(page)
    assert not page.table.isColumnHidden(1), "the list says which card the row belongs to"
    assert_nothing_clipped(dialog)


def test_a_nip_is_found_however_it_is_typed(district: Desk, province: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    page = preview(district, province, tmp_path).preview
    for nip in ("198503152010012003", "19850315 201001 2 003", "2010012003"):
        typed(qtbot, page, nip)
        assert names(page) == [("Fatimah Siregar", Fate.CONFLICT)], nip


def test_a_card_or_esc_ends_the_search_and_the_dialog_stays(
    district: Desk, province: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = preview(district, province, tmp_path)
    page = dialog.preview
    typed(qtbot, page, "tidak ada orangnya")
    assert names(page) == []
    assert "“tidak ada orangnya” tidak ada dalam berkas ini" in words(page)
    assert_nothing_clipped(dialog)
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert names(page) == [("Fatimah Siregar", Fate.CONFLICT)]
    typed(qtbot, page, "yusuf")
    page.cards[Fate.CHANGED].activated.emit()
    assert page.search.text() == ""
    assert names(page) == [("Yusuf Ma'ruf", Fate.CHANGED)]
    assert page.table.isColumnHidden(1)


def test_the_foot_says_what_applying_does(district: Desk, province: Desk, tmp_path: Path) -> None:
    dialog = preview(district, province, tmp_path)
    assert dialog.forward.text() == "Terapkan paket"
    assert dialog.consequence.text().startswith("1 data disimpan. 1 data berbeda")

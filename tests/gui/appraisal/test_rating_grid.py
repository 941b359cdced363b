"""Rating with keys only: the numbers, arrows, Enter, Tab, Del, and blocks from Excel."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from asn_desktop.appraisal.commands import RatingChange
from asn_desktop.appraisal.predicate import Predicate, Rating
from asn_desktop.appraisal.queries import EvaluationRow
from asn_desktop.gui.appraisal.grid import BEHAVIOUR, RESULT
from asn_desktop.gui.appraisal.menus import add_menus
from asn_desktop.gui.appraisal.paste_dialog import PasteDialog
from asn_desktop.gui.appraisal.tab import AppraisalTab
from asn_desktop.gui.context_menu import ContextMenu
from asn_desktop.gui.delegates import icon_cells
from tests.gui.recorder import MessageRecorder
from tests.integration.appraisal.people import SmallOffice

Key = Qt.Key
ABOVE, AS_EXPECTED, BELOW = Rating.DI_ATAS, Rating.SESUAI, Rating.DI_BAWAH


def press(tab: AppraisalTab, *keys: Qt.Key, control: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    for key in keys:
        QTest.keyClick(tab.grid.table, key, modifier)


def stored(kantor: SmallOffice, tab: AppraisalTab) -> list[EvaluationRow]:
    """What the database holds, in the order on screen."""
    return kantor.appraisal.evaluation_rows([int(str(number)) for number in tab.grid.model.ids])


def ratings(rows: list[EvaluationRow]) -> list[tuple[Rating | None, Rating | None]]:
    return [(row.result, row.behaviour) for row in rows]


def test_twenty_people_are_rated_without_the_mouse(tab: AppraisalTab, kantor: SmallOffice) -> None:
    assert tab.grid.table.hasFocus()
    for number in range(20):
        press(
            tab, (Key.Key_1, Key.Key_2, Key.Key_3)[number % 3], Key.Key_Right, Key.Key_2, Key.Key_Left, Key.Key_Return
        )
    rows = stored(kantor, tab)
    wanted = [((BELOW, AS_EXPECTED, ABOVE)[number % 3], AS_EXPECTED) for number in range(20)]
    assert ratings(rows)[:20] == wanted
    assert ratings(rows)[20:] == [(None, None)] * 12
    assert {row.predicate for row in rows[:20]} == {Predicate.BUTUH_PERBAIKAN, Predicate.BAIK}
    assert tab.grid.table.currentIndex().row() == 20


def test_tab_walks_through_the_cells_and_enter_down_a_column(tab: AppraisalTab, kantor: SmallOffice) -> None:
    press(tab, Key.Key_3, Key.Key_Tab, Key.Key_2, Key.Key_Tab)
    assert (tab.grid.table.currentIndex().row(), tab.grid.rating_column()) == (1, RESULT)
    press(tab, Key.Key_Right, Key.Key_2, Key.Key_Return, Key.Key_1, Key.Key_Up, Key.Key_Up)
    assert (tab.grid.table.currentIndex().row(), tab.grid.rating_column()) == (0, BEHAVIOUR)
    assert ratings(stored(kantor, tab))[:3] == [(ABOVE, AS_EXPECTED), (None, AS_EXPECTED), (None, BELOW)]


def test_enter_after_tab_returns_to_where_the_row_was_begun(tab: AppraisalTab, kantor: SmallOffice) -> None:
    for _person in range(3):
        press(tab, Key.Key_2, Key.Key_Tab, Key.Key_3, Key.Key_Return)
    assert ratings(stored(kantor, tab))[:4] == [(AS_EXPECTED, ABOVE)] * 3 + [(None, None)]
    assert (tab.grid.table.currentIndex().row(), tab.grid.rating_column()) == (3, RESULT)
    press(tab, Key.Key_Tab, Key.Key_Right, Key.Key_Return)
    assert tab.grid.rating_column() == BEHAVIOUR, "an arrow begins anew: Enter stays in its column"


def test_del_clears_and_the_predicate_goes_with_it(tab: AppraisalTab, kantor: SmallOffice) -> None:
    press(tab, Key.Key_2, Key.Key_Right, Key.Key_2)
    assert tab.person.reason.text() == "Baik: hasil kerja dan perilaku sesuai ekspektasi."
    press(tab, Key.Key_Delete)
    row = stored(kantor, tab)[0]
    assert (row.result, row.behaviour, row.predicate) == (AS_EXPECTED, None, None)
    assert tab.person.reason.text() == "Belum dinilai: rating perilaku kerja belum diisi."


def test_one_undo_takes_back_one_keystroke(
    tab: AppraisalTab, kantor: SmallOffice, urungkan: Callable[[], None]
) -> None:
    press(tab, Key.Key_2, Key.Key_Right, Key.Key_3)
    urungkan()
    assert ratings(stored(kantor, tab))[0] == (AS_EXPECTED, None)
    shown = tab.grid.model.row_at(0)
    assert shown is not None
    assert (shown.result, shown.behaviour) == (AS_EXPECTED, None)
    urungkan()
    assert ratings(stored(kantor, tab))[0] == (None, None)


def test_a_selection_is_rated_at_once_and_undone_at_once(
    tab: AppraisalTab, kantor: SmallOffice, urungkan: Callable[[], None], messages: MessageRecorder
) -> None:
    press(tab, Key.Key_3)
    press(tab, Key.Key_A, control=True)
    assert tab.person.name.text() == "32 pegawai dipilih"
    messages.answer(False)
    press(tab, Key.Key_2)
    assert [row.result for row in stored(kantor, tab)] == [ABOVE, *[None] * 31], "refused: nothing is written"
    messages.answer(True)
    press(tab, Key.Key_2)
    assert {row.result for row in stored(kantor, tab)} == {AS_EXPECTED}
    assert messages.asked[-1] == (
        "Nilai 32 pegawai sekaligus? Hasil kerja mereka menjadi “Sesuai Ekspektasi”. "
        "1 di antaranya sudah berisi rating lain dan akan diganti."
    )
    urungkan()
    assert [row.result for row in stored(kantor, tab)] == [ABOVE, *[None] * 31]


def test_a_few_chosen_people_are_rated_without_a_question(tab: AppraisalTab, kantor: SmallOffice) -> None:
    for _step in range(4):
        QTest.keyClick(tab.grid.table, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(tab, Key.Key_2)
    assert [row.result for row in stored(kantor, tab)][:6] == [*[AS_EXPECTED] * 5, None]


def dot(tab: AppraisalTab, place: int, number: int) -> QPoint:
    """The middle of − (0), • (1) or + (2) of the second rating of a row."""
    rect = tab.grid.table.visualRect(tab.grid.model.index(place, BEHAVIOUR))
    return QPoint(icon_cells(rect.left() + 10, rect.center().y(), 3)[number].center().toPoint())


def test_the_first_click_stands_on_a_cell_the_next_one_rates(tab: AppraisalTab, kantor: SmallOffice) -> None:
    viewport, left = tab.grid.table.viewport(), Qt.MouseButton.LeftButton
    QTest.mouseClick(viewport, left, pos=dot(tab, 4, 2))
    assert ratings(stored(kantor, tab))[4] == (None, None)
    assert (tab.grid.table.currentIndex().row(), tab.grid.rating_column()) == (4, BEHAVIOUR)
    assert tab.person.name.text() == stored(kantor, tab)[4].name
    QTest.mouseClick(viewport, left, pos=dot(tab, 4, 2))
    assert ratings(stored(kantor, tab))[4] == (None, ABOVE)
    QTest.mouseClick(viewport, left, Qt.KeyboardModifier.ControlModifier, pos=dot(tab, 4, 0))
    assert ratings(stored(kantor, tab))[4] == (None, ABOVE), "a click that chooses rows never rates"


def test_a_double_click_on_a_dot_goes_there_and_rates(tab: AppraisalTab, kantor: SmallOffice) -> None:
    opened: list[object] = []
    tab.grid.opened.disconnect()  # the evaluation itself would wait for an answer
    tab.grid.opened.connect(opened.append)
    viewport, left, at = tab.grid.table.viewport(), Qt.MouseButton.LeftButton, dot(tab, 3, 0)
    QTest.mouseClick(viewport, left, pos=at)
    QTest.mouseDClick(viewport, left, pos=at)  # the second press
    assert ratings(stored(kantor, tab))[3] == (None, BELOW)
    assert not opened


def test_a_jump_to_the_end_takes_the_keys_along(tab: AppraisalTab, kantor: SmallOffice) -> None:
    QTest.mouseClick(tab.grid.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 10))
    press(tab, Key.Key_End, control=True)
    last = stored(kantor, tab)[-1]
    assert tab.person.name.text() == last.name
    press(tab, Key.Key_1)
    rows = stored(kantor, tab)
    assert (rows[0].result, rows[-1].result) == (None, BELOW)


def test_what_the_wheel_has_moved_away_is_not_rated_blindly(tab: AppraisalTab, kantor: SmallOffice) -> None:
    table = tab.grid.table
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    press(tab, Key.Key_1)
    assert stored(kantor, tab)[0].result is None
    assert table.rowViewportPosition(0) >= 0, "the first key only shows again where one stands"
    press(tab, Key.Key_1)
    assert stored(kantor, tab)[0].result is BELOW


def test_with_a_filter_the_next_person_follows_the_rated_one(tab: AppraisalTab, kantor: SmallOffice) -> None:
    names = [row.name for row in stored(kantor, tab)]
    tab.filter.setCurrentIndex(tab.filter.findData("unrated"))
    tab.grid.go_to(4)
    press(tab, Key.Key_2, Key.Key_Right, Key.Key_2)
    tab.reload()  # as after a write from elsewhere
    assert [row.name for row in stored(kantor, tab)] == [*names[:4], *names[5:]]
    assert tab.person.name.text() == names[5]
    assert tab.grid.table.selected_places() == [4]


def test_the_panel_explains_the_selected_person(tab: AppraisalTab) -> None:
    press(tab, Key.Key_1, Key.Key_Right, Key.Key_2)
    assert tab.person.name.text() == "dr. Ahmad Contoh"
    assert tab.person.reason.text() == "Butuh Perbaikan: hasil kerja di bawah, perilaku sesuai ekspektasi."
    assert tab.person.plan_button.isEnabled()
    press(tab, Key.Key_Down)
    assert tab.person.name.text() == "Dewi Contoh"
    assert not tab.person.plan_button.isEnabled()


def test_a_block_from_excel_is_shown_then_written_in_one_step(
    tab: AppraisalTab, kantor: SmallOffice, urungkan: Callable[[], None], messages: MessageRecorder
) -> None:  # fmt: skip
    rows = stored(kantor, tab)
    block = "NIP\tNama\tHasil Kerja\tPerilaku\n" + "\n".join(
        f"{row.nip}\t{row.bare_name}\tSESUAI EKSPEKTASI\t{'diatas' if place else 'bagus'}"
        for place, row in enumerate(rows[:10])
    )
    QGuiApplication.clipboard().setText(block)
    dialog = pasted(tab)
    assert (dialog.table.rowCount(), dialog.refused.rowCount()) == (10, 1)
    dialog.apply_button.click()
    assert ratings(stored(kantor, tab))[:11] == [(AS_EXPECTED, None), *[(AS_EXPECTED, ABOVE)] * 9, (None, None)]
    assert messages.notices == ["10 pegawai dinilai."]
    urungkan()
    assert ratings(stored(kantor, tab)) == [(None, None)] * 32


def test_a_column_without_nip_goes_down_from_the_cursor(tab: AppraisalTab, kantor: SmallOffice) -> None:
    tab.grid.go_to(5, BEHAVIOUR)
    QGuiApplication.clipboard().setText("di atas\nsesuai\n")
    pasted(tab).apply_button.click()
    assert ratings(stored(kantor, tab))[4:8] == [(None, None), (None, ABOVE), (None, AS_EXPECTED), (None, None)]


def test_what_is_copied_carries_the_nip_and_can_be_pasted_again(tab: AppraisalTab, kantor: SmallOffice) -> None:
    press(tab, Key.Key_3, Key.Key_Right, Key.Key_1)
    press(tab, Key.Key_C, control=True)
    first = stored(kantor, tab)[0]
    text = QGuiApplication.clipboard().text()
    assert first.nip is not None
    assert first.nip in text
    assert "Di Atas Ekspektasi" in text
    press(tab, Key.Key_Delete)
    pasted(tab).apply_button.click()
    assert ratings(stored(kantor, tab))[0] == (ABOVE, BELOW)


def test_final_rows_and_closed_quarters_take_no_keys(tab: AppraisalTab, kantor: SmallOffice) -> None:
    first = stored(kantor, tab)[0].id
    kantor.appraisal.rate([RatingChange(first, AS_EXPECTED, AS_EXPECTED)])
    kantor.appraisal.finalise([first])
    tab.reload()
    tab.grid.go_to(0)
    press(tab, Key.Key_1)
    assert ratings(stored(kantor, tab))[0] == (AS_EXPECTED, AS_EXPECTED)
    kantor.appraisal.close_period("2026-TW3")
    tab.reload()
    tab.grid.go_to(1)
    press(tab, Key.Key_1)
    assert ratings(stored(kantor, tab))[1] == (None, None)
    assert tab.finish_button.text() == "Ditutup"


def test_a_refused_write_brings_back_what_is_stored(
    tab: AppraisalTab, kantor: SmallOffice, messages: MessageRecorder
) -> None:
    kantor.appraisal.close_period("2026-TW3")  # by somebody else; the tab has not heard of it
    press(tab, Key.Key_1)
    [error] = messages.take_errors()
    assert "ditutup" in error.title
    shown = tab.grid.model.row_at(0)
    assert shown is not None
    assert shown.result is None


def test_a_refused_block_stays_in_its_preview(
    tab: AppraisalTab, kantor: SmallOffice, messages: MessageRecorder
) -> None:
    QGuiApplication.clipboard().setText("di atas\nsesuai\n")
    dialog = pasted(tab)
    kantor.appraisal.close_period("2026-TW3")  # a colleague was faster
    dialog.apply_button.click()
    assert "ditutup" in messages.take_errors()[0].title
    assert (dialog.isVisible(), dialog.isEnabled(), dialog.table.rowCount()) == (True, True, 2)
    dialog.reject()


def pasted(tab: AppraisalTab) -> PasteDialog:
    """The preview of what the clipboard holds."""
    press(tab, Key.Key_V, control=True)
    [dialog] = [each for each in tab.window().findChildren(PasteDialog) if each.isVisible()]
    return dialog


Menus = tuple[ContextMenu, ContextMenu]


@pytest.fixture
def menus(tab: AppraisalTab) -> Menus:
    """Of the list and of the unit tree, as the window adds them."""
    return add_menus(tab)


def choose(menu: ContextMenu, text: str) -> None:
    """Pick an entry of the right button's menu, as the person reads it."""
    found = {action.text().split("\t")[0]: action for action in menu.build().actions()}
    assert found[text].isEnabled(), text
    found[text].trigger()


def test_the_right_button_offers_what_the_keys_can(tab: AppraisalTab, menus: Menus, kantor: SmallOffice) -> None:
    choose(menus[0], "Hasil kerja: Di Bawah Ekspektasi")
    press(tab, Key.Key_Right)
    choose(menus[0], "Perilaku kerja: Sesuai Ekspektasi")
    assert ratings(stored(kantor, tab))[:2] == [(BELOW, AS_EXPECTED), (None, None)]
    wanted: list[int] = []
    tab.plan_wanted.connect(wanted.append)
    tab.person_wanted.connect(wanted.append)
    choose(menus[0], "Rencana pembinaan")
    choose(menus[0], "Lihat di Pegawai")
    row = tab.current
    assert row is not None
    assert wanted == [row.id, row.employee_id]
    choose(menus[0], "Perilaku kerja: kosongkan")
    assert ratings(stored(kantor, tab))[0] == (BELOW, None)


def test_the_right_button_acts_on_all_chosen_people(
    tab: AppraisalTab, menus: Menus, kantor: SmallOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[list[int]] = []
    monkeypatch.setattr(tab, "_print", printed.append)
    for _step in range(2):
        QTest.keyClick(tab.grid.table, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    choose(menus[0], "Hasil kerja: Di Atas Ekspektasi")
    assert ratings(stored(kantor, tab))[:4] == [(ABOVE, None)] * 3 + [(None, None)]
    choose(menus[0], "Cetak 3 pegawai …")
    assert printed == [tab.grid.table.selected_ids()]
    assert len(printed[0]) == 3
    choose(menus[0], "Hasil kerja: kosongkan")
    assert ratings(stored(kantor, tab))[:3] == [(None, None)] * 3


def test_the_menu_of_a_closed_quarter_changes_nothing(tab: AppraisalTab, menus: Menus, kantor: SmallOffice) -> None:
    kantor.appraisal.close_period(tab.period.code)
    tab.reload()
    offered = {action.text().split("\t")[0]: action.isEnabled() for action in menus[0].build().actions()}
    assert not any(on for text, on in offered.items() if "kerja:" in text)
    assert offered["Buka evaluasi"]
    units = {action.text().split("\t")[0]: action.isEnabled() for action in menus[1].build().actions()}
    assert units["Cetak unit ini …"]
    assert not units["Capaian organisasi …"]

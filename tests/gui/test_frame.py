"""The frame: lazy tabs, keys, header, lists, and nothing cut in any look."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from asn_desktop.devtools.gallery_scenes import SCENES, frame
from asn_desktop.gui import theme
from asn_desktop.gui.dialogs import FRAME
from asn_desktop.gui.global_search import SearchHit
from asn_desktop.gui.looks import apply_look
from asn_desktop.gui.main_window import MainWindow, TabSpec
from asn_desktop.gui.paged_model import TableColumn, TableQuery
from asn_desktop.gui.table_page import TablePage
from asn_desktop.gui.table_view import NoViewSettings
from asn_desktop.gui.widgets import EmptyState, button
from tests.gui.layout import assert_nothing_clipped, clipped


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    shown = MainWindow()
    qtbot.addWidget(shown)
    return shown


def bring_up(qtbot: QtBot, window: MainWindow) -> None:
    """Shortcuts work in the active window only."""
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def tabs(built: list[str]) -> list[TabSpec]:
    def factory(key: str) -> QWidget:
        built.append(key)
        return QLabel(key)

    names = (("home", "Beranda", "house"), ("people", "Pegawai", "users"), ("plans", "Rencana Pembinaan", "sprout"))
    return [TabSpec(k, t, i, lambda k=k: factory(k)) for k, t, i in names]  # type: ignore[misc]


def test_a_tab_is_built_when_it_is_first_seen(qtbot: QtBot, window: MainWindow) -> None:
    built: list[str] = []
    window.show_tabs(tabs(built), "people")
    assert built == ["people"]
    bring_up(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert built == ["people", "plans"]
    assert window.current_key == "people"
    assert window.pages.currentWidget() is window.tab("people")


def test_f5_reads_again_what_the_tab_in_front_shows(qtbot: QtBot, window: MainWindow) -> None:
    read: list[str] = []

    class Page(QLabel):
        def reload(self) -> None:
            read.append(self.text())

    window.show_tabs([TabSpec(key, key, "house", lambda key=key: Page(key)) for key in ("one", "two")], "one")  # type: ignore[misc]
    bring_up(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_F5)
    window.go_to("two")
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert read == ["one", "two"]


def test_the_line_under_the_current_tab_is_in_sight(qtbot: QtBot, window: MainWindow) -> None:
    window.show_tabs(tabs([]))
    bring_up(qtbot, window)
    assert window.tabs.height() >= window.tabs.tabRect(0).height()


def test_undo_is_named_and_reached_by_key(qtbot: QtBot, window: MainWindow) -> None:
    window.show_tabs(tabs([]))
    bring_up(qtbot, window)
    assert not window.undo_action.isEnabled()
    window.set_undo("nilai 12 pegawai")
    assert window.undo_action.text() == "&Urungkan nilai 12 pegawai"
    with qtbot.waitSignal(window.undo_requested):
        qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def test_the_period_is_told_only_when_the_person_picks_it(window: MainWindow) -> None:
    picked: list[str] = []
    window.period_changed.connect(picked.append)
    window.header.set_periods(
        [("2026-TW3", "Triwulan III 2026", "dibuka"), ("2026-TW2", "Triwulan II 2026", "ditutup")], "2026-TW2"
    )
    assert window.header.period == "2026-TW2"
    window.header.periods.setCurrentIndex(0)
    assert picked == ["2026-TW3"]


def test_the_search_of_the_head_shows_results_and_enter_goes_there(qtbot: QtBot, window: MainWindow) -> None:
    window.show_tabs(tabs([]))
    bring_up(qtbot, window)
    hits = [SearchHit("employee", 7, "Rahmat Hidayat"), SearchHit("unit", 2, "Puskesmas Rahmat", icon="building-2")]
    search = window.header.search
    search.finder = lambda text: [hit for hit in hits if text in hit.title.lower()]
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(search.hasFocus)
    qtbot.keyClicks(search, "rahmat")
    search.search_now()
    assert search._popup.isVisible()
    qtbot.keyClick(search, Qt.Key.Key_Down)
    with qtbot.waitSignal(search.chosen) as chosen:
        qtbot.keyClick(search, Qt.Key.Key_Return)
    assert chosen.args == [hits[1]]
    assert not search._popup.isVisible()
    assert search.text() == ""


def test_the_status_line_says_what_is_saved_in_words(window: MainWindow) -> None:
    window.status.set_saved(datetime(2026, 10, 6, 10, 42, tzinfo=UTC))
    assert window.status.saved.text() == "Tersimpan 10.42"
    window.status.set_unsaved("diska penuh")
    assert window.status.saved.text() == "Belum tersimpan: diska penuh"


def test_what_was_refused_in_one_tab_does_not_follow_into_another(window: MainWindow) -> None:
    window.show_tabs(tabs([]))
    window.status.set_saved(datetime(2026, 10, 6, 10, 42, tzinfo=UTC))
    window.status.set_unsaved("Triwulan III 2026 sudah ditutup.")
    window.tabs.setCurrentIndex((window.tabs.currentIndex() + 1) % window.tabs.count())
    assert window.status.saved.text() == "Tersimpan 10.42"


def test_a_tab_with_unsaved_work_keeps_the_window_open(qtbot: QtBot, window: MainWindow) -> None:
    class Stubborn(QLabel):
        answer = False

        def may_close(self) -> bool:
            return self.answer

    tab = Stubborn("isi")
    window.show_tabs([TabSpec("a", "Pegawai", "users", lambda: tab)])
    window.show()
    assert not window.close()
    tab.answer = True
    assert window.close()


def test_large_text_and_contrast_build_the_tabs_anew(qtbot: QtBot, qapp: QApplication, window: MainWindow) -> None:
    built: list[str] = []
    window.show_tabs(tabs(built), "people")
    window.show()
    with qtbot.waitSignal(window.appearance_changed) as told:
        window.large_text.setChecked(True)
    assert told.args == [True, False]
    assert theme.tokens().scale > 1
    assert built == ["people", "people"]
    assert window.current_key == "people"


def test_the_size_of_the_window_is_remembered(qtbot: QtBot) -> None:
    settings = NoViewSettings()
    first = MainWindow(settings=settings)
    qtbot.addWidget(first)
    first.show_tabs(tabs([]))
    first.show()
    first.resize(760, 560)
    first.close()
    again = MainWindow(settings=settings)
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (760, 560)
    assert not again.isMaximized()


def test_the_first_window_lies_within_the_screen(qtbot: QtBot) -> None:
    """With the frame and the title bar, which the system adds."""
    screen = QGuiApplication.primaryScreen().availableGeometry()
    window = MainWindow()
    qtbot.addWidget(window)
    outside = QRect(window.pos(), window.size() + FRAME)
    assert screen.contains(outside), (screen, outside)
    assert window.fits == screen.contains(QRect(0, 0, 1366 + FRAME.width(), 768 + FRAME.height())), (
        "else the whole screen"
    )


def test_a_window_that_filled_the_screen_does_so_again(qtbot: QtBot) -> None:
    settings = NoViewSettings()
    first = MainWindow(settings=settings)
    qtbot.addWidget(first)
    first.show_tabs(tabs([]))
    first.resize(700, 500)
    first.showMaximized()
    first.close()
    assert (settings.read("window")["width"], settings.read("window")["height"]) == (700, 500)
    again = MainWindow(settings=settings)
    qtbot.addWidget(again)
    assert again.isMaximized()


def test_ctrl_tab_goes_around_the_tabs(qtbot: QtBot, window: MainWindow) -> None:
    window.show_tabs(tabs([]))
    bring_up(qtbot, window)
    count = window.tabs.count()
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_Tab, control)
    assert window.tabs.currentIndex() == 1
    qtbot.keyClick(window, Qt.Key.Key_Backtab, control | shift)
    qtbot.keyClick(window, Qt.Key.Key_Backtab, control | shift)
    assert window.tabs.currentIndex() == count - 1


def test_a_button_that_goes_away_leaves_the_keys_in_the_tab(qtbot: QtBot, window: MainWindow) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    used_up, other = QPushButton("Isi", page), QPushButton("Lain", page)
    column.addWidget(other)
    column.addWidget(used_up)  # the last one: behind it comes the head of the window
    window.show_tabs([TabSpec("one", "Satu", "house", lambda: page)])
    bring_up(qtbot, window)
    used_up.setFocus()
    used_up.hide()
    assert other.hasFocus()
    used_up.show()
    used_up.setFocus()
    used_up.setEnabled(False)
    assert other.hasFocus()


# --- lists ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Spec:
    search: str = ""
    status: str = ""
    open_only: bool = False
    sort: str = "name"
    descending: bool = False


def page(qtbot: QtBot, names: list[str]) -> TablePage:
    rows = {n: Row(n, name) for n, name in enumerate(names)}

    def ids(spec: Spec) -> list[int]:
        found = [n for n, row in rows.items() if spec.search.lower() in row.name.lower() and spec.status in row.name]
        return sorted(found, reverse=spec.descending)

    columns = [TableColumn("name", "Nama", lambda r: r.name, width=260)]
    made = TablePage("Pegawai", columns, TableQuery(ids, lambda i: [rows[n] for n in i]), Spec(), noun="pegawai")
    made.set_empty(EmptyState("users", "Belum ada pegawai", "Impor dari SIMPEG.", "Impor daftar"))
    qtbot.addWidget(made)
    made.resize(900, 500)
    return made


def test_a_list_counts_filters_and_offers_the_way_back(qtbot: QtBot) -> None:
    shown = page(qtbot, ["Rahmat", "Ratna", "Yusuf"])
    status = shown.add_choice("Status", [("", "Semua"), ("Yusuf", "Hanya Yusuf")], "status")
    shown.load()
    shown.show()
    assert shown.count_label.text() == "3 pegawai"
    shown.search.setText("RA")
    shown.search.search_now()
    assert shown.count_label.text() == "2 pegawai"
    status.setCurrentIndex(1)
    assert shown.count_label.text() == "0 pegawai"
    way_back = shown._nothing_found.button
    assert way_back is not None
    assert way_back.isVisible()
    way_back.click()
    assert shown.spec == Spec()
    assert shown.count_label.text() == "3 pegawai"
    shown.table.selectAll()
    assert shown.count_label.text() == "3 pegawai · 3 dipilih"


def test_an_empty_list_says_what_to_do_first(qtbot: QtBot) -> None:
    shown = page(qtbot, [])
    shown.load()
    shown.show()
    assert shown._empty is not None
    assert shown._empty.isVisible()
    assert not shown.search.isVisible()
    assert_nothing_clipped(shown)


def test_ctrl_f_goes_to_the_search_of_the_list(qtbot: QtBot) -> None:
    shown = page(qtbot, ["Rahmat"])
    shown.load()
    shown.show()
    shown.table.setFocus()
    qtbot.waitUntil(shown.table.hasFocus)
    qtbot.keyClick(shown.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert shown.search.hasFocus()


def test_a_header_click_sorts_and_a_second_one_turns_the_order(qtbot: QtBot) -> None:
    shown = page(qtbot, ["A", "B"])
    shown.load()
    shown.table.horizontalHeader().sectionClicked.emit(0)
    assert shown.spec == replace(Spec(), descending=True)
    assert shown.model.id_at(0) == 1


# --- looks ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("large", [False, True], ids=["biasa", "besar"])
@pytest.mark.parametrize("contrast", [False, True], ids=["terang", "kontras"])
@pytest.mark.parametrize("scene", list(SCENES))
def test_no_text_of_the_shared_parts_is_cut(
    qtbot: QtBot, qapp: QApplication, scene: str, contrast: bool, large: bool
) -> None:
    apply_look(qapp, theme.variant(large_text=large, high_contrast=contrast))
    widget = SCENES[scene]()
    qtbot.addWidget(widget)
    widget.resize(1366, 768)
    widget.show()
    assert_nothing_clipped(widget)


def test_the_frame_fits_a_small_laptop_at_150_percent(qtbot: QtBot) -> None:
    window = frame()
    qtbot.addWidget(window)
    window.resize(1366 * 2 // 3, 768 * 2 // 3)
    window.show()
    assert window.width() <= 1366 * 2 // 3 + 1
    assert [p for p in clipped(window) if "hint cut" not in p] == []


def test_the_helper_notices_cut_texts(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    column = QVBoxLayout(box)
    cut = button("Usulkan rencana pembinaan")
    cut.setFixedWidth(60)
    column.addWidget(cut)
    sentence = QLabel("Tenggat lima belas Oktober, sisa enam hari kerja")
    sentence.setWordWrap(True)
    sentence.setFixedSize(80, 20)
    column.addWidget(sentence)
    box.show()
    assert len(clipped(box)) == 2


def _luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast_ratio(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("look", [theme.LIGHT, theme.CONTRAST], ids=["terang", "kontras"])
def test_every_text_colour_is_readable(look: theme.Tokens) -> None:
    pairs = {
        "ink": (look.ink, look.surface),
        "muted on white": (look.muted, look.surface),
        "muted on ground": (look.muted, look.ground),
        "muted on selection": (look.muted, look.accent_soft),
        "accent": (look.accent, look.surface),
        "danger": (look.danger, look.surface),
        "primary button": (look.on_accent, look.accent),
        "tool tip": (look.on_tooltip, look.tooltip),
        **{f"tone {name}": (tone.ink, tone.ground) for name, tone in look.tones.items()},
        **{f"tone {name} on white": (tone.ink, look.surface) for name, tone in look.tones.items()},
    }
    low = {name: round(contrast_ratio(*pair), 2) for name, pair in pairs.items() if contrast_ratio(*pair) < 4.5}
    assert low == {}


def test_the_program_ends_calmly_with_something_on_the_clipboard() -> None:
    script = """
from PySide6.QtCore import QMimeData, QTimer
from asn_desktop.gui.application import create_application
app = create_application(["asn-desktop"])
data = QMimeData()
data.setText("198503122010012004")
data.setHtml("<table></table>")
app.clipboard().setMimeData(data)
QTimer.singleShot(0, app.quit)
app.exec()
"""
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False, timeout=300
    )
    assert ended.returncode == 0, ended.stderr


@pytest.mark.windows_only
def test_tables_and_menus_have_the_programs_font() -> None:
    """In a process of its own, because only the real platform knows the fonts of Windows."""
    kinds = ("QAbstractItemView", "QMenu", "QMenuBar", "QStatusBar", "QTipLabel")
    code = (
        "from asn_desktop.gui.application import create_application; app = create_application(['asn'])\n"
        f"print(app.platformName(), *{{app.font(kind).family() for kind in {kinds}}})"
    )
    environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, encoding="utf-8", timeout=300, check=True)
    assert done.stdout.split() == ["windows", theme.FONT_FAMILY]

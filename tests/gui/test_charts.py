"""The painted widgets: what stands where, what is said, what the keys do."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from asn_desktop.appraisal.distribution_plot import curve_counts
from asn_desktop.environment.resources import reference_table
from asn_desktop.gui import theme
from asn_desktop.gui.looks import apply_look
from asn_desktop.gui.widgets import (
    CalendarEvent,
    DayMark,
    DistributionChart,
    MonthCalendar,
    UnitNode,
    UnitTree,
)
from asn_desktop.gui.widgets.month_layout import hidden_counts, lanes_shown, pack, weeks_of

AUGUST = weeks_of(2026, 8)
TRAINING = CalendarEvent(1, "Pelatihan", date(2026, 8, 3), date(2026, 8, 14))
ONE_DAY = CalendarEvent(2, "Bimtek", date(2026, 8, 5), date(2026, 8, 5))
NEXT = CalendarEvent(3, "Coaching", date(2026, 8, 6), date(2026, 8, 7))


def curve(organisation: str) -> list[tuple[float, float]]:
    rows = reference_table("kurva_distribusi")
    return [(float(r["posisi_x"]), float(r["tinggi_y"])) for r in rows if r["capaian_organisasi"] == organisation]


def test_a_month_is_made_of_whole_weeks_from_monday() -> None:
    assert AUGUST[0][0] == date(2026, 7, 27)
    assert AUGUST[-1][-1] == date(2026, 9, 6)
    assert all(len(week) == 7 and week[0].weekday() == 0 for week in AUGUST)
    assert len(weeks_of(2027, 2)) == 4


def test_long_events_go_on_in_the_next_week_and_none_overlap() -> None:
    bars = pack([NEXT, ONE_DAY, TRAINING], AUGUST)
    placed = [(bar.event.id, bar.week, bar.first, bar.last, bar.lane) for bar in bars]
    assert placed == [(1, 1, 0, 6, 0), (2, 1, 2, 2, 1), (3, 1, 3, 4, 1), (1, 2, 0, 4, 0)]


def test_events_that_do_not_fit_are_counted_per_day() -> None:
    bars = pack([TRAINING, ONE_DAY, CalendarEvent(4, "Lain", date(2026, 8, 5), date(2026, 8, 6))], AUGUST)
    lanes = lanes_shown(bars, len(AUGUST), room=1)
    assert lanes[1] == 1
    assert lanes[2] == 1
    assert hidden_counts(bars, lanes) == {(1, 2): 2, (1, 3): 1}
    assert lanes_shown(bars, len(AUGUST), room=2)[1] == 2


@pytest.fixture
def calendar(qtbot: QtBot) -> MonthCalendar:
    shown = MonthCalendar(date(2026, 8, 5), today=date(2026, 8, 6))
    shown.set_content([TRAINING, ONE_DAY, NEXT], {date(2026, 8, 17): DayMark("Hari Kemerdekaan")})
    qtbot.addWidget(shown)
    shown.resize(800, 560)
    shown.show()
    return shown


def test_keys_move_through_the_calendar(qtbot: QtBot, calendar: MonthCalendar) -> None:
    turned: list[tuple[int, int]] = []
    calendar.month_changed.connect(lambda year, month: turned.append((year, month)))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up):
        qtbot.keyClick(calendar, key)
    assert calendar.selected == date(2026, 8, 5)
    calendar.select(date(2026, 8, 31))
    qtbot.keyClick(calendar, Qt.Key.Key_PageDown)
    assert calendar.selected == date(2026, 9, 30)
    qtbot.keyClick(calendar, Qt.Key.Key_Home)
    assert calendar.selected == date(2026, 8, 6)
    assert turned == [(2026, 9), (2026, 8)]
    calendar.turn(5)
    assert calendar.selected == date(2027, 1, 6)


def test_enter_opens_the_day_or_the_event_chosen_with_alt_down(qtbot: QtBot, calendar: MonthCalendar) -> None:
    days: list[date] = []
    events: list[object] = []
    calendar.date_opened.connect(days.append)
    calendar.event_clicked.connect(events.append)
    qtbot.keyClick(calendar, Qt.Key.Key_Return)
    for _again in range(2):
        qtbot.keyClick(calendar, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(calendar, Qt.Key.Key_Return)
    assert days == [date(2026, 8, 5)]
    assert events == [2]


def test_a_click_finds_the_event_under_the_mouse(qtbot: QtBot, calendar: MonthCalendar) -> None:
    bar = next(bar for bar in pack([TRAINING, ONE_DAY, NEXT], AUGUST) if bar.event.id == 3)
    with qtbot.waitSignal(calendar.event_clicked) as told:
        place = calendar._bar_rect(bar).center().toPoint()
        qtbot.mouseClick(calendar, Qt.MouseButton.LeftButton, pos=place)
    assert told.args == [3]
    with qtbot.waitSignal(calendar.date_selected) as told:
        qtbot.mouseClick(calendar, Qt.MouseButton.LeftButton, pos=QPoint(10, calendar.height() - 10))
    assert told.args == [date(2026, 8, 31)]


def test_a_holiday_is_said_not_only_coloured(calendar: MonthCalendar) -> None:
    calendar.select(date(2026, 8, 17))
    assert calendar.accessibleName() == "17/08/2026. Hari Kemerdekaan"


@pytest.mark.parametrize("organisation", ["ISTIMEWA", "BAIK", "BUTUH_PERBAIKAN", "KURANG", "SANGAT_KURANG"])
def test_the_curve_is_drawn_for_as_many_people_as_there_are(organisation: str) -> None:
    people = curve_counts(curve(organisation), 176)
    assert sum(n for position, n in people if position == int(position)) == pytest.approx(176)
    assert curve_counts(curve(organisation), 0) == []


def test_the_chart_says_its_numbers_and_opens_the_people_behind_a_bar(qtbot: QtBot) -> None:
    chart = DistributionChart()
    qtbot.addWidget(chart)
    chart.set_data(
        {"BAIK": 132, "SANGAT_BAIK": 26, "BUTUH_PERBAIKAN": 14, "KURANG": 3, "SANGAT_KURANG": 1}, curve("BAIK")
    )
    assert chart.describe("BAIK") == "Baik: 132 pegawai (75%), menurut pola distribusi 92"
    assert "Sangat Kurang 1" in chart.accessibleName()
    chart.resize(chart.minimumSizeHint())
    chart.show()
    opened: list[str] = []
    chart.bar_clicked.connect(opened.append)
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(5, 50))
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert opened == ["SANGAT_KURANG", "KURANG"]


def test_a_unit_that_does_not_follow_the_pattern_does_not_look_as_if_it_did(qtbot: QtBot) -> None:
    """310 of 741 with the highest predicate: the pattern of *Baik* has 558 beside them, not the height of their bar."""
    chart = DistributionChart()
    qtbot.addWidget(chart)
    chart.resize(400, 200)
    chart.set_data({"SANGAT_BAIK": 310, "BAIK": 417, "BUTUH_PERBAIKAN": 14}, curve("BAIK"))
    expected = [int(chart.describe(code).rsplit(" ", 1)[1]) for code in theme.PREDICATES]
    assert expected == [32, 65, 129, 386, 129]
    plot = chart._drawing()
    points = zip(plot.curve, plot.line(), strict=True)
    heights = {position: y for (position, _count), (_x, y) in points}  # pixels from above
    for place, people in enumerate(expected):
        assert heights[place] == pytest.approx(plot.area.bottom - plot.height_of(people), abs=1)
    assert heights[3] > chart._bar(3).top()  # the bar is higher than the pattern
    assert heights[4] > chart._bar(4).top()
    assert heights[2] < chart._bar(2).top()


@pytest.mark.parametrize("large", [False, True])
def test_axis_words_fit_even_into_the_smallest_chart(qtbot: QtBot, qapp: object, large: bool) -> None:
    apply_look(qapp, theme.variant(large_text=large))  # type: ignore[arg-type]
    chart = DistributionChart()
    qtbot.addWidget(chart)
    chart.resize(chart.minimumSizeHint())
    slot = chart._slot(0)
    metrics = chart._label_metrics()
    assert all(metrics.horizontalAdvance(word) <= slot.width() for word in chart._longest_words())
    assert chart.height() - slot.bottom() >= 2 * metrics.lineSpacing()


def test_the_unit_tree_keeps_the_place_when_figures_change(qtbot: QtBot) -> None:
    tree = UnitTree()
    qtbot.addWidget(tree)
    units = [
        UnitNode(None, None, "Semua unit"),
        UnitNode(1, None, "Dinas Kesehatan"),
        UnitNode(2, 1, "Puskesmas Susoh"),
    ]
    tree.set_units(units, expanded=True)
    chosen: list[object] = []
    tree.chosen.connect(chosen.append)
    assert tree.select(2)
    tree.set_units([UnitNode(u.id, u.parent, u.name, "88%") for u in units])
    assert tree.current_id == 2
    assert chosen == [2]
    assert not tree.select(99)


def test_the_unit_tree_is_filtered_with_the_units_above(qtbot: QtBot) -> None:
    tree = UnitTree()
    qtbot.addWidget(tree)
    tree.set_units(
        [UnitNode(1, None, "Dinas Kesehatan"), UnitNode(2, 1, "Puskesmas Susoh"), UnitNode(3, None, "BKPSDM")]
    )
    tree.filter("susoh")
    shown = [i.text(0) for i in tree._items.values() if not i.isHidden()]
    assert shown == ["Dinas Kesehatan", "Puskesmas Susoh"]
    tree.filter("")
    assert not any(item.isHidden() for item in tree._items.values())

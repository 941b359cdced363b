"""Kalender Pelatihan: filters, the month (or list, or JP balance), and the selected event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import MONTHS
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.gui import theme
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.context_menu import ContextMenu, Entry
from asn_desktop.gui.inputs import IssueList
from asn_desktop.gui.low_screen import fit_margins, is_low
from asn_desktop.gui.row_table import Column, RowTable
from asn_desktop.gui.side_zone import SideZone
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.training.actions import EventActions
from asn_desktop.gui.training.balance_view import BalanceView
from asn_desktop.gui.training.event_calendar import EventCalendar
from asn_desktop.gui.training.event_panel import EventPanel
from asn_desktop.gui.training.filters import FilterPanel
from asn_desktop.gui.training.words import event_tone, filled
from asn_desktop.gui.widgets import (
    Card,
    ElidedLabel,
    EmptyState,
    Segment,
    SegmentedControl,
    YieldingWords,
    button,
    label,
    tool_button,
)
from asn_desktop.services import Services
from asn_desktop.training.queries import EventRow, EventSpec
from asn_desktop.training.rules import EVENT_STATES, OCCUPYING, EventState, date_span, week_of
from asn_desktop.training.rules import label as word

_TABLES = ("training_event", "participant", "holiday", "employee", "remediation_plan", "parameter")


class TrainingTab(QWidget):
    """``person_opened(employee_id)`` asks the window to show somebody in the tab Pegawai."""

    person_opened = Signal(int)
    hints_changed = Signal()
    """Another view with other keys."""

    def __init__(self, services: Services, runner: Runner, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._training = services.training
        self._runner = runner
        self._today = services.database.clock().date()
        self._stale = True
        self._event_id = 0
        self._week: tuple[date, date] | None = None
        self.does = EventActions(services, runner, self, lambda: self.panel.detail)
        self._build()
        self.show_month(self._today.year, self._today.month)
        bus.changed.connect(self._changed)
        for keys, slot in (("Ctrl+N", self.add_event), ("Ctrl+F", self.filters.search.setFocus)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    @property
    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """For the status line: the keys of the view in sight."""
        if self.view.value != "bulan":
            return (("↑↓", _("pilih")), ("Ctrl+F", _("cari")), ("Ctrl+N", _("tambah kegiatan")))
        return (
            ("←↑→↓", _("hari")),
            ("PgUp PgDn", _("bulan")),
            ("Enter", _("pilih kegiatan")),
            ("Ctrl+N", _("tambah")),
        )

    # -- building -----------------------------------------------------------------------------------------

    def _build(self) -> None:
        outer = self._outer = QHBoxLayout(self)
        outer.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        outer.setSpacing(theme.GAP)
        self.filters = FilterPanel(self)
        self.filters.changed.connect(self.reload)
        self._left = SideZone(self.filters, 222, self)
        outer.addWidget(self._left)
        card = Card(parent=self, margins=0)
        card.body.setSpacing(0)
        card.body.addLayout(self._heading(card))
        self.warnings = IssueList(card)
        self.warnings.setContentsMargins(16, 0, 16, 8)
        card.body.addWidget(self.warnings)
        self.pages = QStackedWidget(card)
        self.calendar = EventCalendar(self._today, card)
        self.list = self._list(card)
        self.balance = BalanceView(self._training, self._services.reference, self._runner, self._today, card)
        self.empty = EmptyState(
            "calendar-days",
            _("Belum ada kegiatan pelatihan"),
            _("Catat pelatihan, seminar, mentoring, dan bentuk lain di sini: peserta, kehadiran, JP, dan dananya."),
            _("Tambah kegiatan"),
            card,
            action_icon="calendar-plus",
        )
        self.empty.activated.connect(self.add_event)
        for page in (self.calendar, self.list, self.balance, self.empty):
            self.pages.addWidget(page)
        card.body.addWidget(self.pages, 1)
        outer.addWidget(card, 1)
        self.panel = EventPanel(self)
        self.panel.setFixedWidth(theme.tokens().px(336))
        outer.addWidget(self.panel)
        self._left.toggle.toggled.connect(lambda on: self.panel.setVisible(not on))
        self._connect()

    def _heading(self, card: Card) -> QVBoxLayout:
        column = self._heading_column = QVBoxLayout()
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(theme.SPACE)
        self.before = tool_button("chevron-left", "", parent=card, clicked=lambda: self.turn(-1))
        self.after = tool_button("chevron-right", "", parent=card, clicked=lambda: self.turn(1))
        self.title = label("", "title", parent=card)
        self.now = button(_("Hari ini"), kind="ghost", icon="calendar-clock", parent=card, clicked=self.show_today)
        self.add_button = button(_("Tambah kegiatan"), kind="primary", icon="plus", parent=card, clicked=self.add_event)
        self.view = SegmentedControl(
            [Segment("bulan", _("Bulan")), Segment("daftar", _("Daftar")), Segment("jp", _("Saldo JP"))],
            card,
            name=_("Tampilan"),
        )
        self.view.set_value("bulan")
        self.subtitle = ElidedLabel("", "secondary", card)
        self.holidays_button = button(
            _("Hari libur"), kind="link", parent=card, clicked=lambda: self.does.edit_holidays(self.calendar.month.year)
        )
        above, below = QHBoxLayout(), QHBoxLayout()
        for line in (above, below):
            line.setSpacing(theme.SPACE)
            column.addLayout(line)
        for widget in (self.before, self.after, self.title, self.now):
            above.addWidget(widget)
        above.addStretch(1)
        above.addWidget(self.add_button)
        below.addWidget(self.view)
        below.addWidget(self.subtitle, 1)
        below.addWidget(self.holidays_button)
        below.addWidget(self._left.toggle)
        YieldingWords(card, column, (self._left.toggle, self.now, self.add_button))
        return column

    def _list(self, card: Card) -> RowTable[EventRow]:
        columns: list[Column[EventRow]] = [
            Column(
                _("Kegiatan"),
                lambda row: row.name,
                lambda row: f"{row.form_name} · {row.provider or '–'}",
                stretch=True,
            ),
            Column(_("Waktu"), lambda row: date_span(row.starts, row.ends), lambda row: row.place, width=190),
            Column(_("Peserta"), filled, lambda row: _("{n} JP").format(n=row.jp), width=120),
            Column(
                _("Status"),
                lambda row: word(EVENT_STATES, row.state),
                tone=lambda row: event_tone(row.state),
                width=104,
            ),
        ]
        return RowTable(columns, lambda row: row.id, card, name=_("Kegiatan pelatihan"))

    def _connect(self) -> None:
        self.view.changed.connect(lambda _value: self._view_chosen())
        self.calendar.event_clicked.connect(self.select_event)
        self.calendar.event_opened.connect(lambda _number: self.does.edit_event())
        self.calendar.date_opened.connect(self.does.add_event)
        self.calendar.month_changed.connect(self.show_month)
        self.list.current_row.connect(self._list_moved)
        self.list.opened.connect(lambda _row: self.does.edit_event())
        self.balance.person_opened.connect(self.person_opened)
        self.panel.person_opened.connect(self.person_opened)
        self.panel.worksheet_wanted.connect(self.does.write_worksheet)
        self.panel.edit_wanted.connect(self.does.edit_event)
        self.panel.state_wanted.connect(self.does.change_state)
        self.panel.add_wanted.connect(self.does.add_people)
        self.panel.attendance_wanted.connect(self.does.record_attendance)
        self.panel.participant_state_wanted.connect(self.does.set_participant_state)
        self.panel.remove_wanted.connect(self.does.remove_participant)
        self.does.saved.connect(self._show_saved)
        self.list_menu = ContextMenu(self.list, self._entries)
        self.balance_menu = ContextMenu(self.balance.table, self.balance.entries)

    def _entries(self) -> Sequence[Entry | None]:
        """What can be done with the selected event, as its panel offers it."""
        if self.panel.detail is None or self.list.row() is None:
            return []
        return [
            Entry(_("Ubah kegiatan …"), self.does.edit_event, "Enter"),
            Entry(_("Tambah peserta …"), self.does.add_people, enabled=self.panel.add_button.isEnabled()),
            Entry(_("Kehadiran …"), self.does.record_attendance, enabled=self.panel.attendance_button.isEnabled()),
            Entry(_("Lembar kerja peserta …"), self.does.write_worksheet),
        ]

    # -- showing ------------------------------------------------------------------------------------------

    def _view_chosen(self) -> None:
        self._week = None
        self.reload()

    @Slot(int, int)
    def show_month(self, year: int, month: int) -> None:
        """Turn the calendar (and the year of the list and the balance) to a month."""
        self._week = None
        self.calendar.set_month(year, month)
        self.balance.year = year
        self.reload()

    def turn(self, steps: int) -> None:
        """One month on or back; one year in the list and the balance."""
        month = self.calendar.month
        if self.view.value == "bulan":
            index = month.year * 12 + month.month - 1 + steps
            self.show_month(index // 12, index % 12 + 1)
        else:
            self.show_month(month.year + steps, month.month)

    def show_day(self, day: date) -> None:
        """Turn to the month of a day and stand on it."""
        self.show_month(day.year, day.month)
        self.calendar.select(day)

    def show_today(self) -> None:
        self.show_day(self._today)

    def show_event(self, event_id: int) -> None:
        """Open an event from elsewhere (a plan, *Beranda*)."""
        rows = self._training.event_rows([event_id])
        if rows:
            self.filters.clear()
            self.view.set_value("bulan")
            self.show_day(rows[0].starts)
            self.select_event(event_id)

    def show_week(self, day: date | None = None) -> None:
        """The list of one week's events; without a day, of this week (*pelatihan minggu ini*)."""
        self.filters.clear()
        self.view.set_value("daftar")
        self._week = week_of(day or self._today)
        self.reload()

    def show_balance(self, state: str = "") -> None:
        """The JP balance, narrowed to a state (*JP belum cukup*)."""
        self.view.set_value("jp")
        self.balance.year = self._today.year
        self.reload()
        self.balance.show_state(state)

    @Slot()
    def reload(self) -> None:
        """Read what is visible again."""
        self._stale = False
        self.hints_changed.emit()
        month = self.calendar.month
        starts, ends = self.calendar.shown_days
        page = self._training.calendar(starts, ends)
        year_view = self.view.value != "bulan"
        self.title.setText(str(month.year) if year_view else f"{MONTHS[month.month - 1]} {month.year}")
        self.warnings.set_issues(
            Issue(
                "holiday_year_missing",
                _("Belum ada data libur tahun {year}. Buka “Hari libur” untuk mengisinya.").format(year=year),
                Severity.WARNING,
            )
            for year in page.missing_years
        )
        spec = self.filters.spec()
        if self._week is not None:
            spec = replace(spec, states=OCCUPYING, starts=self._week[0], ends=self._week[1])
            self.title.setText(date_span(*self._week))
        elif year_view:
            spec = replace(spec, starts=date(month.year, 1, 1), ends=date(month.year, 12, 31))
        else:
            spec = replace(spec, starts=starts, ends=ends)
        rows = self._training.events(spec)
        self.calendar.show_rows(rows, page.holidays)
        if self._event_id not in {row.id for row in rows} and not year_view:
            self._event_id = 0  # the panel shows no event that is out of sight; the list chooses its next one
        self._show_page(rows, spec, year_view)
        self.filters.show_money(month.year, self._training.funding_summary(month.year))
        self._show_selected()

    def _show_page(self, rows: list[EventRow], spec: EventSpec, year_view: bool) -> None:
        self.before.setToolTip(_("Tahun sebelumnya") if year_view else _("Bulan sebelumnya (PgUp)"))
        self.after.setToolTip(_("Tahun berikutnya") if year_view else _("Bulan berikutnya (PgDn)"))
        month = self.calendar.month
        people = self.view.value == "jp"
        self._left.set_wanted(not people)
        self.panel.setVisible(not people)
        if people:
            self.pages.setCurrentWidget(self.balance)
            self.balance.year = month.year
            self.balance.reload()
            self.subtitle.set_text(_("PNS paling sedikit, PPPK paling banyak: dua batas yang berbeda"))
            return
        inside = [
            row for row in rows if year_view or (row.starts.month == month.month or row.ends.month == month.month)
        ]
        running = sum(1 for row in inside if row.state == EventState.RUNNING)
        place = str(month.year) if year_view else MONTHS[month.month - 1]
        if self._week is not None:
            place = _("minggu ini") if self._week == week_of(self._today) else date_span(*self._week)
        text = _("{n} kegiatan pada {place}").format(n=len(inside), place=place)
        self.subtitle.set_text(
            text
            + (_(" · {n} sedang berjalan").format(n=running) if running else "")
            + (_(" · disaring") if self.filters.narrowed else "")
        )
        if year_view:
            wanted = self._event_id  # chosen in the calendar, or before the list was read again
            self.list.set_rows(rows, spec)
            self.list.select_id(wanted)
            self.pages.setCurrentWidget(self.list if rows or self.filters.narrowed else self.empty)
        else:
            self.pages.setCurrentWidget(self.calendar)

    def _list_moved(self, row: EventRow | None) -> None:
        number = row.id if row is not None else 0
        if number != self._event_id:
            self.select_event(number)

    @Slot(int)
    def select_event(self, event_id: int) -> None:
        """Show an event in the panel; 0 shows none."""
        self._event_id = event_id
        self._show_selected()

    def _show_selected(self) -> None:
        number = self._event_id
        detail = self._training.event_detail(number) if number else None
        if detail is None:
            self._event_id = 0
            self.calendar.highlight(None)
            self.panel.show_event(None, [], {})
            return
        self.calendar.highlight(number)
        self.panel.show_event(detail, self._training.participants(number), self._training.participant_issues(number))

    def on_shown(self) -> None:
        """The keys work at once: the calendar (or list) has the focus when the tab comes to the front."""
        places = {"bulan": self.calendar, "daftar": self.list, "jp": self.balance.search}
        places[self.view.value].setFocus(Qt.FocusReason.TabFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.reload()

    def minimumSizeHint(self) -> QSize:
        # Without the left zone, which goes behind its button when the window is narrow.
        return QSize(760, 290)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fit_margins(self, self._outer)
        low = is_low(self)
        self._heading_column.setContentsMargins(16, 7 if low else 12, 16, 4 if low else 8)
        self._heading_column.setSpacing(theme.SPACE_SMALL if low else theme.SPACE)
        self._left.fit(self.width())
        self.panel.setFixedWidth(theme.tokens().px(296 if self._left.narrow else 336))

    @Slot(int)
    def _show_saved(self, event_id: int) -> None:
        self._event_id = event_id
        self.show_day(self._training.event_rows([event_id])[0].starts)

    @Slot()
    def add_event(self) -> None:
        """A new event on the day the calendar stands on."""
        self.does.add_event(self.calendar.selected)

    @Slot()
    def edit_holidays(self) -> None:
        """The holidays of the year that is shown."""
        self.does.edit_holidays(self.calendar.month.year)

    @Slot(object)
    def _changed(self, change_set: ChangeSet) -> None:
        if not change_set.touches(*_TABLES):
            return
        if self.isVisible():
            self.reload()
        else:
            self._stale = True

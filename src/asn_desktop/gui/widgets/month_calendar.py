"""A month at a glance: holidays red, cuti bersama orange, events as bars. Arrows, PgUp and PgDn move; Enter opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from asn_desktop.core.i18n import N_, _
from asn_desktop.core.indonesian import format_short_date
from asn_desktop.gui import theme
from asn_desktop.gui.widgets.month_layout import Bar, CalendarEvent, DayMark, hidden_counts, lanes_shown, pack, weeks_of

WEEKDAYS = (N_("Senin"), N_("Selasa"), N_("Rabu"), N_("Kamis"), N_("Jumat"), N_("Sabtu"), N_("Minggu"))
"""Shortened to three letters where the columns are narrow."""


class MonthCalendar(QWidget):
    """Signals: ``date_selected(date)``, ``date_opened(date)`` (Enter, double click), ``event_clicked(id)``,
    ``event_opened(id)`` (double click),
    ``more_clicked(date)`` for the line *+3 lagi*, ``month_changed(year, month)`` when the keys left the month.
    """

    date_selected = Signal(object)
    date_opened = Signal(object)
    event_clicked = Signal(object)
    event_opened = Signal(object)
    more_clicked = Signal(object)
    month_changed = Signal(int, int)

    def __init__(self, shown: date, parent: QWidget | None = None, *, today: date | None = None) -> None:
        super().__init__(parent)
        self._today = today or shown
        self._selected = shown
        self._year, self._month = shown.year, shown.month
        self._marks: Mapping[date, DayMark] = {}
        self._events: tuple[CalendarEvent, ...] = ()
        self._weeks = weeks_of(self._year, self._month)
        self._bars: list[Bar] = []
        self._highlighted: object = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # content ------------------------------------------------------------------------------------------

    def set_month(self, year: int, month: int) -> None:
        """Show a month without telling anybody; the events and marks are set afterwards."""
        self._year, self._month = year, month
        self._weeks = weeks_of(year, month)
        if (self._selected.year, self._selected.month) != (year, month):
            self._selected = date(year, month, 1)
        self._repack()

    def set_content(self, events: Sequence[CalendarEvent], marks: Mapping[date, DayMark]) -> None:
        """Events may reach into neighbouring months; those outside the shown weeks are ignored."""
        self._events, self._marks = tuple(events), dict(marks)
        self._repack()

    def _repack(self) -> None:
        self._bars = pack(self._events, self._weeks)
        if all(event.id != self._highlighted for event in self._events):
            self._highlighted = None
        self._name_it()
        self.update()

    @property
    def shown_days(self) -> tuple[date, date]:
        """First and last day on the sheet: what to ask the service for."""
        return self._weeks[0][0], self._weeks[-1][-1]

    @property
    def month(self) -> date:
        """The first day of the month that is shown."""
        return date(self._year, self._month, 1)

    @property
    def selected(self) -> date:
        return self._selected

    @property
    def highlighted(self) -> object:
        """The id of the framed event, if any."""
        return self._highlighted

    def highlight(self, event_id: object) -> None:
        """Frame an event without telling anybody; ``None`` frames none."""
        self._highlighted = event_id
        self.update()

    def select(self, day: date) -> None:
        """Go to a day as the person would; turns the page if needed."""
        turned = (day.year, day.month) != (self._year, self._month)
        self._selected, self._highlighted = day, None
        if turned:
            self.set_month(day.year, day.month)
            self.month_changed.emit(day.year, day.month)
        self._name_it()
        self.update()
        self.date_selected.emit(day)

    def events_on(self, day: date) -> list[CalendarEvent]:
        return [event for event in self._events if event.starts <= day <= event.ends]

    def _name_it(self) -> None:
        mark = self._marks.get(self._selected)
        parts = [format_short_date(self._selected), mark.name if mark else ""]
        parts += [event.title for event in self.events_on(self._selected)]
        self.setAccessibleName(". ".join(part for part in parts if part))

    # geometry -----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(theme.tokens().px(760), theme.tokens().px(520))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.tokens().px(420), self._head() + 6 * theme.tokens().px(28))

    def _head(self) -> int:
        return QFontMetrics(theme.font(12)).height() + theme.tokens().px(12)

    def _day_line(self) -> int:
        return QFontMetrics(self._number_font()).height() + (4 if self._tight else 8)

    def _lane_height(self) -> int:
        return QFontMetrics(self._bar_font()).height() + (2 if self._tight else 5)

    @property
    def _tight(self) -> bool:
        """In a low window numbers and bars are smaller, so that each day still shows a bar."""
        return (self.height() - self._head()) / len(self._weeks) < theme.tokens().px(44)

    def _number_font(self, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        return theme.font(12 if self._tight else 13, weight=weight)

    def _bar_font(self) -> QFont:
        return theme.font(11 if self._tight else 12, weight=QFont.Weight.Medium)

    def _cell(self, week: int, column: int) -> QRectF:
        width = self.width() / 7
        height = (self.height() - self._head()) / len(self._weeks)
        return QRectF(column * width, self._head() + week * height, width, height)

    def _lanes(self) -> int:
        """How many bars fit below the number of a day; at least one, which may lean over the edge."""
        room = self._cell(0, 0).height() - self._day_line() + 4
        return max(int(room // self._lane_height()), 1)

    def _visible_lanes(self) -> list[int]:
        return lanes_shown(self._bars, len(self._weeks), self._lanes())

    def _bar_rect(self, bar: Bar) -> QRectF:
        first, last = self._cell(bar.week, bar.first), self._cell(bar.week, bar.last)
        top = first.top() + self._day_line() + bar.lane * self._lane_height()
        left = first.left() + (4 if bar.begins else 0)
        right = last.right() - (4 if bar.last < 6 or bar.event.ends <= self._weeks[bar.week][6] else 0)
        return QRectF(left, top, right - left, self._lane_height() - 2)

    # painting -----------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.tokens()
        painter.fillRect(self.rect(), QColor(look.surface))
        self._paint_head(painter)
        for number, week in enumerate(self._weeks):
            for column, day in enumerate(week):
                self._paint_day(painter, self._cell(number, column), day)
        lanes = self._visible_lanes()
        for bar in self._bars:
            if bar.lane < lanes[bar.week]:
                self._paint_bar(painter, bar)
        painter.setFont(theme.font(11, weight=QFont.Weight.Medium))
        painter.setPen(QColor(look.muted))
        for (number, column), count in hidden_counts(self._bars, lanes).items():
            side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(self._more_rect(number, column), side, _("+{n} lagi").format(n=count))

    def _more_rect(self, week: int, column: int) -> QRectF:
        cell = self._cell(week, column)
        left = cell.left() + self._day_line() + 8
        return QRectF(left, cell.top() + 2, cell.right() - left - 6, self._day_line() - 2)

    def _paint_head(self, painter: QPainter) -> None:
        look = theme.tokens()
        painter.setFont(theme.font(12, weight=QFont.Weight.DemiBold))
        widest = max(QFontMetrics(painter.font()).horizontalAdvance(_(name)) for name in WEEKDAYS)
        letters = None if widest + 16 <= self.width() / 7 else 3
        for column, name in enumerate(WEEKDAYS):
            cell = self._cell(0, column)
            painter.setPen(QColor(look.danger if column == 6 else look.muted))
            place = QRectF(cell.left() + 10, 0, cell.width() - 12, self._head())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, _(name)[:letters])

    def _paint_day(self, painter: QPainter, cell: QRectF, day: date) -> None:
        look = theme.tokens()
        mark = self._marks.get(day)
        inside = day.month == self._month
        ground = look.surface
        if mark is not None and inside:
            ground = theme.tone("attention" if mark.joint_leave else "bad").ground
        elif day.weekday() >= 5 or not inside:
            ground = look.ground
        painter.fillRect(cell, QColor(ground))
        painter.setPen(QPen(QColor(look.line), 1))
        painter.drawLine(cell.topLeft(), cell.topRight())
        if day.weekday():
            painter.drawLine(cell.topLeft(), cell.bottomLeft())
        self._paint_number(painter, cell, day, mark, inside=inside)
        if day == self._selected:
            width = 2 if self.hasFocus() else 1
            painter.setPen(QPen(QColor(look.focus), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(cell.adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)

    def _paint_number(self, painter: QPainter, cell: QRectF, day: date, mark: DayMark | None, *, inside: bool) -> None:
        look = theme.tokens()
        color = look.ink if inside else look.disabled
        if inside and mark is not None:
            color = theme.tone("attention" if mark.joint_leave else "bad").ink
        elif inside and day.weekday() == 6:
            color = look.danger
        edge = 1 if self._tight else 3
        side = self._day_line() - edge - 1
        spot = QRectF(cell.left() + 6, cell.top() + edge, side, side)
        painter.setFont(self._number_font(QFont.Weight.DemiBold if mark or day == self._today else QFont.Weight.Normal))
        if day == self._today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.accent))
            painter.drawEllipse(spot)
            color = look.on_accent
        painter.setPen(QColor(color))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, str(day.day))
        if mark is not None and inside:
            self._paint_mark(painter, cell, day, mark)

    def _paint_mark(self, painter: QPainter, cell: QRectF, day: date, mark: DayMark) -> None:
        """The name of a holiday: below the number where no bar lies, else beside it."""
        font = theme.font(11)
        painter.setFont(font)
        painter.setPen(QColor(theme.tone("attention" if mark.joint_leave else "bad").ink))
        if not self.events_on(day):
            place = cell.adjusted(10, self._day_line() - 1, -6, -2)
            name = mark.name
            if place.height() < 2 * QFontMetrics(font).height():
                name = QFontMetrics(font).elidedText(name, Qt.TextElideMode.ElideRight, int(place.width()))
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap, name)
            return
        left = cell.left() + self._day_line() + 8
        place = QRectF(left, cell.top() + 3, cell.right() - left - 5, self._day_line() - 4)
        name = QFontMetrics(font).elidedText(mark.name, Qt.TextElideMode.ElideRight, int(place.width()))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)

    def _paint_bar(self, painter: QPainter, bar: Bar) -> None:
        tone = theme.tone(bar.event.tone)
        rect = self._bar_rect(bar)
        chosen = bar.event.id == self._highlighted
        outlined = tone.ground == theme.tokens().surface  # high contrast: bars are white and need an edge
        edge = QPen(QColor(theme.tokens().focus), 2) if chosen else QPen(QColor(tone.ink), 1)
        off = bar.event.off
        if off:
            edge.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(edge if chosen or outlined or off else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens().surface if off else tone.ground))
        painter.drawRoundedRect(rect.adjusted(0, 0.5, 0, -0.5), 3, 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tone.solid))
        if bar.begins and not off:
            painter.drawRoundedRect(QRectF(rect.left(), rect.top(), 3, rect.height()), 1.5, 1.5)
        font = self._bar_font()
        painter.setFont(font)
        painter.setPen(QColor(tone.ink))
        place = rect.adjusted(8, 0, -4, 0)
        title = QFontMetrics(font).elidedText(bar.event.title, Qt.TextElideMode.ElideRight, int(place.width()))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)

    # input --------------------------------------------------------------------------------------------

    def _day_at(self, point: QPointF) -> date | None:
        for number, week in enumerate(self._weeks):
            for column, day in enumerate(week):
                if self._cell(number, column).contains(point):
                    return day
        return None

    def _bar_at(self, point: QPointF) -> Bar | None:
        lanes = self._visible_lanes()
        return next(
            (bar for bar in self._bars if bar.lane < lanes[bar.week] and self._bar_rect(bar).contains(point)), None
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point, day = event.position(), self._day_at(event.position())
        bar = self._bar_at(point)
        if day is None:
            return
        if bar is not None:
            self._selected = day
            self._name_it()
            self._highlighted = bar.event.id
            self.update()
            self.event_clicked.emit(bar.event.id)
            return
        self.select(day)
        hidden = hidden_counts(self._bars, self._visible_lanes())
        if any(self._weeks[w][c] == day and self._more_rect(w, c).contains(point) for w, c in hidden):
            self.more_clicked.emit(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        day, bar = self._day_at(event.position()), self._bar_at(event.position())
        if bar is not None:
            self.event_opened.emit(bar.event.id)
        elif day is not None:
            self.date_opened.emit(day)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # a wheel that turns pages by accident confuses; PgUp and PgDn do it on purpose

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._next_event(1 if key == Qt.Key.Key_Down else -1)
        elif key in steps:
            self.select(self._selected + timedelta(days=steps[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turn(1 if key == Qt.Key.Key_PageDown else -1)
        elif key == Qt.Key.Key_Home:
            self.select(self._today)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._highlighted is not None:
                self.event_clicked.emit(self._highlighted)
            else:
                self.date_opened.emit(self._selected)
        else:
            super().keyPressEvent(event)

    def turn(self, months: int) -> None:
        """Go some months on or back, to the same day where there is one."""
        number = self._year * 12 + self._month - 1 + months
        year, month = divmod(number, 12)
        last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
        self.select(date(year, month + 1, min(self._selected.day, last)))

    def _next_event(self, step: int) -> None:
        ids = [event.id for event in self.events_on(self._selected)]
        if ids:
            place = ids.index(self._highlighted) + step if self._highlighted in ids else (0 if step > 0 else -1)
            self._highlighted = ids[place % len(ids)]
            self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tip(QPointF(event.pos())), self)
            return True
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)

    def _tip(self, point: QPointF) -> str:
        bar = self._bar_at(point)
        if bar is not None:
            span = format_short_date(bar.event.starts)
            if bar.event.ends != bar.event.starts:
                span += f" – {format_short_date(bar.event.ends)}"
            return "\n".join(part for part in (bar.event.title, span, bar.event.note) if part)
        day = self._day_at(point)
        mark = self._marks.get(day) if day is not None else None
        return mark.name if mark is not None else ""

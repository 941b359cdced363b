"""The month as a painted page: holidays red, cuti bersama orange, events as bars. All of it works by keyboard."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
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
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import MONTHS
from asn_desktop.gui import theme
from asn_desktop.gui.training.words import event_tone
from asn_desktop.reference.queries import HolidayRow
from asn_desktop.training.queries import EventRow
from asn_desktop.training.rules import EVENT_STATES, date_span, label
from asn_desktop.training.schedule import Bar, month_weeks, week_bars

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


class MonthCalendar(QWidget):
    """One month. Arrows move the day, PgUp/PgDn the month, Enter goes through the day's events, Insert adds one."""

    event_selected = Signal(int)
    event_opened = Signal(int)
    day_opened = Signal(object)
    """Double click or Insert on a day: a new event is wanted there."""
    month_wanted = Signal(int, int)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.day = today
        self._weeks = month_weeks(today.year, today.month)
        self._month = today.replace(day=1)
        self._events: dict[int, EventRow] = {}
        self._bars: list[list[Bar]] = [[] for _week in self._weeks]
        self._holidays: dict[date, list[HolidayRow]] = {}
        self.selected = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(420, 190)
        self._name_it()

    # -- contents -----------------------------------------------------------------------------------------

    @property
    def month(self) -> date:
        """The first day of the month shown."""
        return self._month

    @property
    def shown_days(self) -> tuple[date, date]:
        return self._weeks[0][0], self._weeks[-1][-1]

    def show_month(self, year: int, month: int) -> None:
        """Turn to a month; its events come with :meth:`set_contents`."""
        self._month = date(year, month, 1)
        self._weeks = month_weeks(year, month)
        if (self.day.year, self.day.month) != (year, month):
            inside = self._today if (self._today.year, self._today.month) == (year, month) else self._month
            self.day = inside
        self.set_contents((), ())

    def set_contents(self, events: tuple[EventRow, ...], holidays: tuple[HolidayRow, ...]) -> None:
        self._events = {event.id: event for event in events}
        self._bars = [week_bars(week, [event.span for event in events]) for week in self._weeks]
        self._holidays = {}
        for row in holidays:
            self._holidays.setdefault(row.day, []).append(row)
        self._name_it()
        self.update()

    def select_event(self, event_id: int) -> None:
        """Mark an event without telling anybody."""
        self.selected = event_id
        self.update()

    def events_on(self, day: date) -> list[EventRow]:
        return [event for event in self._events.values() if event.starts <= day <= event.ends]

    def day_text(self, day: date) -> str:
        """What a tool tip or a screen reader says of a day."""
        parts = [f"{WEEKDAYS[day.weekday()]}, {date_span(day, day)}"]
        parts += [f"{row.name} ({_holiday_word(row.kind)})" for row in self._holidays.get(day, ())]
        parts += [f"{event.name}: {label(EVENT_STATES, event.state)}" for event in self.events_on(day)]
        return "\n".join(parts)

    def _name_it(self) -> None:
        self.setAccessibleName(
            _("Kalender {month}").format(month=f"{MONTHS[self._month.month - 1]} {self._month.year}")
        )
        self.setAccessibleDescription(self.day_text(self.day))

    # -- geometry -----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(720, 520)

    def _head(self) -> int:
        return theme.tokens().px(26)

    def _cell(self, week: int, column: int) -> QRectF:
        width = self.width() / 7
        height = (self.height() - self._head()) / len(self._weeks)
        return QRectF(column * width, self._head() + week * height, width, height)

    def _lane_height(self) -> float:
        return theme.tokens().px(19)

    def _lanes(self) -> int:
        """How many lanes of bars fit under the number of a day."""
        room = self._cell(0, 0).height() - theme.tokens().px(25)
        return max(1, int(room // (self._lane_height() + 2)))

    def _bar_rect(self, week: int, bar: Bar) -> QRectF:
        left, right = self._cell(week, bar.first), self._cell(week, bar.last)
        top = left.top() + theme.tokens().px(24) + bar.lane * (self._lane_height() + 2)
        begin = left.left() + (4 if bar.begins_here else 0)
        end = right.right() - (4 if bar.ends_here else 0)
        return QRectF(begin, top, end - begin, self._lane_height())

    def _visible(self, week: int) -> list[Bar]:
        """The bars that fit; the others are counted in the corner of their days."""
        lanes = self._lanes()
        return [bar for bar in self._bars[week] if bar.lane < lanes]

    def _hidden_on(self, week: int, column: int) -> int:
        shown = set(self._visible(week))
        return sum(1 for bar in self._bars[week] if bar not in shown and bar.first <= column <= bar.last)

    def _at(self, point: QPointF) -> tuple[date | None, int]:
        """Day and event under the mouse; event 0 means none."""
        for number, week in enumerate(self._weeks):
            for bar in self._visible(number):
                if self._bar_rect(number, bar).contains(point):
                    column = min(6, max(0, int(point.x() * 7 / self.width())))
                    return week[column], bar.event_id
            for column, day in enumerate(week):
                if self._cell(number, column).contains(point):
                    return day, 0
        return None, 0

    # -- painting -----------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_head(painter)
        for number, week in enumerate(self._weeks):
            for column, day in enumerate(week):
                self._paint_day(painter, self._cell(number, column), day)
        for number in range(len(self._weeks)):
            for bar in self._visible(number):
                self._paint_bar(painter, self._bar_rect(number, bar), bar)
            self._paint_more(painter, number)

    def _paint_head(self, painter: QPainter) -> None:
        look = theme.tokens()
        painter.setFont(theme.font(12, weight=QFont.Weight.DemiBold))
        width = self.width() / 7
        for column, name in enumerate(WEEKDAYS):
            painter.setPen(QColor(theme.tone("bad").ink if column == 6 else look.muted))
            place = QRectF(column * width + 8, 0, width - 8, self._head())
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)

    def _paint_day(self, painter: QPainter, cell: QRectF, day: date) -> None:
        look = theme.tokens()
        inside = day.month == self._month.month
        rows = self._holidays.get(day, [])
        tone = _holiday_tone(rows)
        ground = theme.tone(tone).ground if tone else look.surface if day.weekday() < 5 else look.ground
        painter.fillRect(cell, QColor(ground if inside else look.ground))
        painter.setPen(QPen(QColor(look.line), 1))
        painter.drawLine(cell.topLeft(), cell.topRight())
        if cell.left() > 1:
            painter.drawLine(cell.topLeft(), cell.bottomLeft())
        self._paint_number(painter, cell, day, tone, inside)
        if rows and inside:
            self._paint_holiday(painter, cell, day, "; ".join(row.name for row in rows), theme.tone(tone).ink)
        if day == self.day and self.hasFocus():
            painter.setPen(QPen(QColor(look.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(cell.adjusted(2, 2, -2, -2), theme.RADIUS_SMALL, theme.RADIUS_SMALL)

    def _paint_holiday(self, painter: QPainter, cell: QRectF, day: date, text: str, ink: str) -> None:
        look = theme.tokens()
        painter.setFont(theme.font(11))
        painter.setPen(QColor(ink))
        if not self.events_on(day):  # room for the whole name under the number
            place = cell.adjusted(8, look.px(24), -6, -4)
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap, text)
            return
        place = cell.adjusted(look.px(34), 3, -6, 0)
        place.setHeight(look.px(19))
        fitting = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, int(place.width()))
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, fitting)

    def _paint_number(self, painter: QPainter, cell: QRectF, day: date, tone: str, inside: bool) -> None:
        look = theme.tokens()
        red = day.weekday() == 6 or tone == "bad"
        ink = theme.tone("bad").ink if red else theme.tone(tone).ink if tone else look.ink
        painter.setFont(theme.font(13, weight=QFont.Weight.DemiBold if inside else QFont.Weight.Normal))
        side = look.px(22)
        place = QRectF(cell.left() + 6, cell.top() + 2, side, side)
        if day == self._today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.accent))
            painter.drawEllipse(place)
            ink = look.on_accent
        elif not inside:
            ink = look.disabled
        painter.setPen(QColor(ink))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(day.day))

    def _paint_bar(self, painter: QPainter, rect: QRectF, bar: Bar) -> None:
        look = theme.tokens()
        event = self._events[bar.event_id]
        tone = theme.tone(event_tone(event.state))
        off = event.state in ("cancelled", "postponed")
        chosen = event.id == self.selected
        edge = QPen(QColor(tone.ink if chosen else tone.solid), 2 if chosen else 1)
        if off:
            edge.setStyle(Qt.PenStyle.DashLine)
        bare = tone.ground == look.surface  # high contrast: only an outline tells the bar from the day
        painter.setPen(edge if chosen or off or bare else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.surface if off else tone.ground))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS_SMALL, theme.RADIUS_SMALL)
        if bar.begins_here and not off:
            painter.fillRect(QRectF(rect.left() + 1, rect.top() + 2, 3, rect.height() - 4), QColor(tone.solid))
        font = theme.font(12, weight=QFont.Weight.DemiBold if chosen else QFont.Weight.Medium)
        font.setStrikeOut(event.state == "cancelled")
        painter.setFont(font)
        painter.setPen(QColor(tone.ink))
        place = rect.adjusted(8, 0, -4, 0)
        fitting = QFontMetrics(font).elidedText(event.name, Qt.TextElideMode.ElideRight, int(place.width()))
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, fitting)

    def _paint_more(self, painter: QPainter, week: int) -> None:
        look = theme.tokens()
        painter.setFont(theme.font(11, weight=QFont.Weight.Medium))
        painter.setPen(QColor(look.muted))
        for column in range(7):
            hidden = self._hidden_on(week, column)
            if hidden:
                cell = self._cell(week, column)
                place = QRectF(cell.left() + look.px(34), cell.top() + 3, cell.width() - look.px(40), look.px(19))
                text = _("+ {n} lagi").format(n=hidden)
                painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    # -- input --------------------------------------------------------------------------------------------

    def _go_to(self, day: date) -> None:
        self.day = day
        if (day.year, day.month) != (self._month.year, self._month.month):
            self.month_wanted.emit(day.year, day.month)
        self._name_it()
        self.update()

    def _choose(self, event_id: int) -> None:
        self.selected = event_id
        self.update()
        self.event_selected.emit(event_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: timedelta(days=-1),
            Qt.Key.Key_Right: timedelta(days=1),
            Qt.Key.Key_Up: timedelta(days=-7),
            Qt.Key.Key_Down: timedelta(days=7),
        }
        key = Qt.Key(event.key())
        if key in steps:
            self._go_to(self.day + steps[key])
        elif key == Qt.Key.Key_PageUp:
            before = self._month - timedelta(days=1)
            self._go_to(before.replace(day=min(self.day.day, before.day)))
        elif key == Qt.Key.Key_PageDown:
            after = (self._month + timedelta(days=32)).replace(day=1)
            last = (after + timedelta(days=32)).replace(day=1) - timedelta(days=1)
            self._go_to(after.replace(day=min(self.day.day, last.day)))
        elif key == Qt.Key.Key_Home:
            self._go_to(self._today)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._next_event()
        elif key == Qt.Key.Key_Insert:
            self.day_opened.emit(self.day)
        else:
            super().keyPressEvent(event)

    def _next_event(self) -> None:
        found = [event.id for event in self.events_on(self.day)]
        if found:
            place = found.index(self.selected) + 1 if self.selected in found else 0
            self._choose(found[place % len(found)])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day, event_id = self._at(event.position())
        if day is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._go_to(day)
        if event_id:
            self._choose(event_id)
        else:
            self._offer_hidden(day, event.globalPosition().toPoint())

    def _offer_hidden(self, day: date, place: QPoint) -> None:
        for number, week in enumerate(self._weeks):
            if day in week and self._hidden_on(number, week.index(day)):
                menu = QMenu(self)
                for row in self.events_on(day):
                    menu.addAction(row.name).setData(row.id)
                menu.triggered.connect(lambda action: self._choose(int(action.data())))
                menu.popup(place)
                return

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        day, event_id = self._at(event.position())
        if event_id:
            self.event_opened.emit(event_id)
        elif day is not None:
            self.day_opened.emit(day)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # A wheel over a month would turn pages by accident; the arrows above do that on purpose.
        event.ignore()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            day, event_id = self._at(QPointF(event.pos()))
            text = self.day_text(day) if day is not None else ""
            if event_id in self._events:
                row = self._events[event_id]
                text = "\n".join((row.name, date_span(row.starts, row.ends), label(EVENT_STATES, row.state)))
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)


def _holiday_tone(rows: list[HolidayRow]) -> str:
    if not rows:
        return ""
    return "attention" if all(row.kind == "cuti_bersama" for row in rows) else "bad"


def _holiday_word(kind: str) -> str:
    return _("cuti bersama") if kind == "cuti_bersama" else _("libur")

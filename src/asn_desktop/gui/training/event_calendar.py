"""The month of training events: rows of the services become bars, holidays become marks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.gui.training.words import event_tone
from asn_desktop.gui.widgets import CalendarEvent, DayMark, MonthCalendar
from asn_desktop.reference.queries import HolidayRow
from asn_desktop.training.queries import EventRow
from asn_desktop.training.rules import EVENT_STATES, OCCUPYING, label


class EventCalendar(MonthCalendar):
    """Enter goes through the events of a day, Insert (or a double click on a free place) asks for a new one."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(today, parent, today=today)
        self.more_clicked.connect(self._offer)

    def show_rows(self, events: Sequence[EventRow], holidays: Sequence[HolidayRow]) -> None:
        """Show the events and holidays of the sheet."""
        marks: dict[date, DayMark] = {}
        for row in holidays:
            before = marks.get(row.day)
            leave = row.kind == "cuti_bersama"
            name = row.name if before is None else f"{before.name}; {row.name}"
            marks[row.day] = DayMark(name, leave if before is None else before.joint_leave and leave)
        self.set_content([_event(row) for row in events], marks)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        found = [shown.id for shown in self.events_on(self.selected)]
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and found:
            place = found.index(self.highlighted) + 1 if self.highlighted in found else 0
            self.highlight(found[place % len(found)])
            self.event_clicked.emit(self.highlighted)
        elif event.key() == Qt.Key.Key_Insert:
            self.date_opened.emit(self.selected)
        else:
            super().keyPressEvent(event)

    def _offer(self, day: date) -> None:
        """A menu of all events of a day that has more than its cell can show."""
        menu = QMenu(self)
        for shown in self.events_on(day):
            menu.addAction(shown.title).setData(shown.id)
        menu.triggered.connect(lambda action: self.event_clicked.emit(action.data()))
        menu.popup(QCursor.pos())


def _event(row: EventRow) -> CalendarEvent:
    note = _("{state} · {n} peserta").format(state=label(EVENT_STATES, row.state), n=row.taken)
    return CalendarEvent(
        row.id, row.name, row.starts, row.ends, event_tone(row.state), note, off=row.state not in OCCUPYING
    )

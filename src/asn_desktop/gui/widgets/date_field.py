"""A date typed the way clerks type it: 21112026, 21/11/2026, 21-11-2026 or 21.11.2026.

Shown as 21/11/2026.
"""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QVBoxLayout, QWidget

from asn_desktop.core.clock import today
from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_short_date
from asn_desktop.gui import icons, theme

_PATTERN = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})|(\d{2})(\d{2})(\d{4})")


def parse_date(text: str) -> date | None:
    """The date a text means; ``None`` for an empty one. Raises ``ValueError`` with an Indonesian sentence.

    Two-digit years are refused: 21/11/26 may be 1926 as well as 2026.
    """
    text = text.strip()
    if not text:
        return None
    match = _PATTERN.fullmatch(text)
    if match is None:
        raise ValueError(_("Tulis tanggal sebagai hari, bulan, tahun lengkap, misalnya 21/11/2026."))
    day, month, year = (int(part) for part in match.groups() if part is not None)
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(_("Tanggal {text} tidak ada di kalender.").format(text=text)) from None


class DateField(QLineEdit):
    """``date_changed(date | None)`` when a valid date was entered.

    ``error`` holds the sentence of a wrong one.
    """

    date_changed = Signal(object)
    error_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(parent)
        self._date: date | None = None
        self._error = ""
        self.setPlaceholderText(_("hh/bb/tttt"))
        self.setAccessibleName(name or _("Tanggal"))
        self.setMaxLength(10)
        self.setMinimumWidth(theme.tokens().px(132))
        picker = QAction(icons.icon("calendar", theme.tokens().muted), "", self)
        self.addAction(picker, QLineEdit.ActionPosition.TrailingPosition)
        picker.setToolTip(_("Pilih dari kalender (Alt+↓)"))
        picker.triggered.connect(self.open_calendar)
        self.editingFinished.connect(self.commit)
        self.textEdited.connect(lambda _text: self._set_error(""))

    @property
    def value(self) -> date | None:
        """The last valid date."""
        return self._date

    @property
    def error(self) -> str:
        return self._error

    def set_value(self, value: date | None) -> None:
        """Show a date without telling anybody."""
        self._date = value
        self.setText(format_short_date(value))
        self._set_error("")

    def commit(self) -> bool:
        """Read the text; returns whether it is a valid date (or empty)."""
        try:
            found = parse_date(self.text())
        except ValueError as error:
            self._set_error(str(error))
            return False
        changed = found != self._date
        self.set_value(found)
        if changed:
            self.date_changed.emit(found)
        return True

    def _set_error(self, text: str) -> None:
        if text != self._error:
            self._error = text
            self.error_changed.emit(text)
        theme.set_property(self, "invalid", bool(text))

    def open_calendar(self) -> None:
        """A small month to pick from, below the field."""
        popup = _Popup(self._date or today(), self)
        popup.picked.connect(self._picked)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        popup.show()

    def _picked(self, chosen: QDate) -> None:
        self.setText(f"{chosen.day():02}/{chosen.month():02}/{chosen.year()}")
        self.commit()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and event.key() == Qt.Key.Key_Down:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()


class _Popup(QFrame):
    picked = Signal(QDate)

    def __init__(self, shown: date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("card", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        self.calendar = QCalendarWidget(self)
        self.calendar.setLocale(QLocale("id_ID"))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        self.calendar.clicked.connect(self._take)
        self.calendar.activated.connect(self._take)
        column.addWidget(self.calendar)
        self.calendar.setFocus()

    def _take(self, chosen: QDate) -> None:
        self.picked.emit(chosen)
        self.close()

"""How far each OPD is: name, painted bar, numbers. A click or Enter opens the people behind a bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.gui import theme


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """One OPD: ``done`` of ``total`` people are rated."""

    unit_id: int
    name: str
    done: int
    total: int

    @property
    def percent(self) -> int:
        return self.done * 100 // self.total if self.total else 0


class ProgressList(QWidget):
    """``chosen(unit_id)`` when a line is opened."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[ProgressLine, ...] = ()
        self._current = 0
        self._hovered = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Kemajuan per OPD"))

    def set_lines(self, lines: Sequence[ProgressLine]) -> None:
        """Who is furthest behind comes first."""
        self.lines = tuple(sorted(lines, key=lambda line: (line.percent, line.name)))
        self._current = min(self._current, max(0, len(self.lines) - 1))
        self._describe()
        self.updateGeometry()
        self.update()

    def _describe(self) -> None:
        if self.lines:
            line = self.lines[self._current]
            text = _("{name}: {done} dari {total} dinilai").format(name=line.name, done=line.done, total=line.total)
            self.setAccessibleDescription(text)

    def _row(self) -> int:
        return theme.tokens().px(34)

    def sizeHint(self) -> QSize:
        return QSize(theme.tokens().px(420), self._row() * len(self.lines))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.tokens().px(260), self._row() * len(self.lines))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.tokens()
        for place, line in enumerate(self.lines):
            rect = QRectF(0, place * self._row(), self.width(), self._row())
            if place == self._hovered or (place == self._current and self.hasFocus()):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(look.hover))
                painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), theme.RADIUS_SMALL, theme.RADIUS_SMALL)
            if place == self._current and self.hasFocus():
                painter.setPen(QPen(QColor(look.focus), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(rect.adjusted(1, 2, -1, -2), theme.RADIUS_SMALL, theme.RADIUS_SMALL)
            self._paint_line(painter, rect.adjusted(8, 0, -8, 0), line)

    def _paint_line(self, painter: QPainter, rect: QRectF, line: ProgressLine) -> None:
        look = theme.tokens()
        numbers = look.px(118)
        bar = min(look.px(200), rect.width() * 0.3)
        name = QRectF(rect.left(), rect.top(), rect.width() - numbers - bar - 20, rect.height())
        painter.setFont(theme.font())
        painter.setPen(QColor(look.ink))
        text = QFontMetrics(painter.font()).elidedText(line.name, Qt.TextElideMode.ElideRight, int(name.width()))
        painter.drawText(name, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        groove = QRectF(name.right() + 10, rect.center().y() - 4, bar, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.line_soft))
        painter.drawRoundedRect(groove, 4, 4)
        if line.done:
            filled = QRectF(groove)
            filled.setWidth(max(8.0, groove.width() * line.done / line.total))
            painter.setBrush(QColor(theme.tone("good" if line.done == line.total else "info").solid))
            painter.drawRoundedRect(filled, 4, 4)
        place = QRectF(groove.right() + 10, rect.top(), numbers - 10, rect.height())
        painter.setFont(theme.font(12, weight=QFont.Weight.Medium))
        painter.setPen(QColor(look.muted))
        words = f"{line.percent}% · {line.done}/{line.total}"
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)

    def _at(self, event: QMouseEvent) -> int:
        place = int(event.position().y() // self._row())
        return place if 0 <= place < len(self.lines) else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self._at(event)
        self.setCursor(Qt.CursorShape.PointingHandCursor if self._hovered >= 0 else Qt.CursorShape.ArrowCursor)
        self.update()

    def leaveEvent(self, event: object) -> None:
        self._hovered = -1
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._at(event)
        if place >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._current = place
            self.chosen.emit(self.lines[place].unit_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key in steps and self.lines:
            self._current = min(max(self._current + steps[key], 0), len(self.lines) - 1)
            self._describe()
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.lines:
            self.chosen.emit(self.lines[self._current].unit_id)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)

"""A large answer to a question: icon, title, sentence."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from asn_desktop.gui import icons, theme
from asn_desktop.gui.widgets import label


class Choice(QFrame):
    """Click, Enter or Space chooses it: ``chosen(value)``. Up and Down go to its neighbours."""

    chosen = Signal(str)

    def __init__(self, value: str, icon: str, title: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._value, self._icon = value, icon
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{title}. {text}")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.tokens().px(68), 14, 16, 14)
        column.setSpacing(2)
        column.addWidget(label(title, "section", parent=self))
        column.addWidget(label(text, "secondary", wrap=True, parent=self))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.tokens()
        strong = self.hasFocus() or self.underMouse()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(look.focus if strong else look.line_strong), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(look.accent_soft if strong else look.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.RADIUS_CARD, theme.RADIUS_CARD)
        side = look.px(28)
        place = QRectF(look.px(22), (self.height() - side) / 2, side, side)
        icons.paint(painter, self._icon, place, look.accent)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave, QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit(self._value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self._value)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(key == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

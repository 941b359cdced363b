"""A count that is also a filter: the cards above the preview."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.gui import theme
from asn_desktop.gui.exchange.job_panel import grouped


class FateCard(QWidget):
    """Number, word, note; the selected one has a strong edge. Click, Enter or Space selects: ``activated``.

    In a low window number and word stand in one line, and the note is the tool tip.
    """

    activated = Signal()

    def __init__(self, title: str, note: str, tone: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._title, self._note, self._tone = title, note, tone
        self._count = 0
        self._selected = False
        self._low = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def count(self) -> int:
        return self._count

    def set_count(self, count: int, note: str = "") -> None:
        self._count = count
        self._note = note or self._note
        self.setAccessibleName(f"{self._title}: {grouped(count)}. {self._note}")
        self.setToolTip(self._note)
        self.updateGeometry()
        self.update()

    def set_low(self, low: bool) -> None:
        if low is not self._low:
            self._low = low
            self.updateGeometry()
            self.update()

    def set_selected(self, selected: bool) -> None:
        self._selected = selected
        self.setAccessibleDescription(_("Ditampilkan") if selected else "")
        self.update()

    def sizeHint(self) -> QSize:
        look = theme.tokens()
        words = QFontMetrics(theme.font(12, weight=QFont.Weight.DemiBold)).horizontalAdvance(self._title)
        if self._low:
            number = QFontMetrics(_number_font(low=True)).horizontalAdvance(grouped(self._count))
            return QSize(number + words + look.px(34), look.px(36))
        note = QFontMetrics(theme.font(12)).horizontalAdvance(self._note)
        return QSize(max(words, note) + look.px(28), look.px(78))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.tokens()
        tone = theme.tone(self._tone)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        edge = tone.solid if self._selected else look.line_strong if self.underMouse() else look.line
        painter.setPen(
            QPen(QColor(look.focus if self.hasFocus() else edge), 2 if self._selected or self.hasFocus() else 1)
        )
        painter.setBrush(QColor(tone.ground if self._selected else look.surface))
        painter.drawRoundedRect(shape, theme.RADIUS_CARD, theme.RADIUS_CARD)
        left, width = look.px(12 if self._low else 14), self.width() - look.px(20)
        number = QRectF(left, 0, width, self.height()) if self._low else QRectF(left, look.px(8), width, look.px(26))
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(_number_font(low=self._low))
        painter.setPen(QColor(tone.ink if self._count else look.muted))
        painter.drawText(number, flags, grouped(self._count))
        beside = QFontMetrics(painter.font()).horizontalAdvance(grouped(self._count)) + look.px(8)
        title = number.adjusted(beside, 0, 0, 0) if self._low else QRectF(left, look.px(34), width, look.px(18))
        painter.setFont(theme.font(12, weight=QFont.Weight.DemiBold))
        painter.setPen(QColor(look.ink))
        painter.drawText(title, flags, self._title)
        if not self._low:
            painter.setFont(theme.font(12))
            painter.setPen(QColor(look.muted))
            painter.drawText(QRectF(left, look.px(52), width, look.px(18)), flags, self._note)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave, QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.activated.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.activated.emit()
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)


def _number_font(*, low: bool) -> QFont:
    return theme.font(16 if low else 20, weight=QFont.Weight.Bold)

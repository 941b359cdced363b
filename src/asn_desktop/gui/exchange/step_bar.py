"""Where we are in a wizard: numbered steps with the one of now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.gui import icons, theme


class StepBar(QWidget):
    """Steps in one line. Only shown, never clicked: the buttons below lead."""

    def __init__(self, steps: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = tuple(steps)
        self._now = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_step(0)

    def set_step(self, index: int) -> None:
        self._now = index
        text = _("Langkah {n} dari {total}: {name}")
        self.setAccessibleName(text.format(n=index + 1, total=len(self._steps), name=self._steps[index]))
        self.update()

    def sizeHint(self) -> QSize:
        look = theme.tokens()
        metrics = QFontMetrics(theme.font(13, weight=QFont.Weight.DemiBold))
        width = sum(metrics.horizontalAdvance(step) + look.px(24 + 8 + 48) for step in self._steps)
        return QSize(width, look.px(28))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = look.px(24)
        left = 1.0
        middle = self.height() / 2
        for index, step in enumerate(self._steps):
            now, done = index == self._now, index < self._now
            circle = QRectF(left, middle - side / 2, side, side)
            strong = QColor(look.accent if now or done else look.line_strong)
            painter.setPen(QPen(strong, 1.2))
            painter.setBrush(QColor(look.accent) if now else QColor(look.accent_soft if done else look.surface))
            painter.drawEllipse(circle)
            if done:
                inner = side * 0.24
                icons.paint(painter, "check", circle.adjusted(inner, inner, -inner, -inner), look.accent)
            else:
                painter.setFont(theme.font(12, weight=QFont.Weight.DemiBold))
                painter.setPen(QColor(look.on_accent if now else look.muted))
                painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(index + 1))
            left += side + look.px(8)
            font = theme.font(13, weight=QFont.Weight.DemiBold if now else QFont.Weight.Normal)
            painter.setFont(font)
            painter.setPen(QColor(look.ink if now else look.muted))
            width = QFontMetrics(font).horizontalAdvance(step) + 2
            flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
            painter.drawText(QRectF(left, 0, width, self.height()), flags, step)
            left += width + look.px(12)
            if index < len(self._steps) - 1:
                painter.setPen(QPen(QColor(look.line_strong), 1))
                painter.drawLine(round(left), round(middle), round(left + look.px(24)), round(middle))
                left += look.px(36)

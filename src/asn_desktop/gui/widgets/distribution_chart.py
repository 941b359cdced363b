"""Five bars for the five predicates with their counts, and the guidance curve of the regulation, dashed.

Where they stand says ``appraisal.distribution_plot``. What the curve says stands below each bar in people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from asn_desktop.appraisal.distribution_plot import Box, Plot, at_bars, curve_counts, whole_people
from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_number
from asn_desktop.gui import theme


class DistributionChart(QWidget):
    """``bar_clicked(code)`` opens the people behind a bar (also Enter on the focused bar, arrows move)."""

    bar_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[str, int] = dict.fromkeys(theme.PREDICATES, 0)
        self._curve: list[tuple[float, float]] = []
        self._expected: dict[str, int] = {}
        self._focused = len(theme.PREDICATES) - 1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_data(self, counts: Mapping[str, int], curve: Sequence[tuple[float, float]] = ()) -> None:
        """``counts`` per predicate code.

        ``curve`` as ``(position 0…4, height)`` from *Sangat Kurang* to *Sangat Baik*.
        """
        self._counts = {code: counts.get(code, 0) for code in theme.PREDICATES}
        self._curve = curve_counts(curve, sum(self._counts.values()))
        expected = whole_people(at_bars(self._curve))
        self._expected = dict(zip(theme.PREDICATES, expected, strict=True)) if expected else {}
        spoken = ", ".join(f"{theme.predicate_label(c)} {n}" for c, n in self._counts.items())
        self.setAccessibleName(_("Distribusi predikat: {list}").format(list=spoken))
        self.update()

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()  # it takes whatever room is left

    def minimumSizeHint(self) -> QSize:
        label_width = max(self._label_metrics().horizontalAdvance(w) for w in self._longest_words())
        return QSize((label_width + 6) * len(theme.PREDICATES), theme.tokens().px(128))

    # geometry -----------------------------------------------------------------------------------------

    @staticmethod
    def _label_metrics() -> QFontMetrics:
        return QFontMetrics(theme.font(12))

    @staticmethod
    def _longest_words() -> list[str]:
        return [max(theme.predicate_label(code).split(), key=len) for code in theme.PREDICATES]

    def _plot(self) -> QRectF:
        metrics = self._label_metrics()
        lines = max(len(theme.predicate_label(code).split()) for code in theme.PREDICATES)
        foot = metrics.lineSpacing() * (lines + bool(self._expected)) + 8
        head = QFontMetrics(theme.font(12)).height() + 8
        return QRectF(0, head, self.width(), max(self.height() - head - foot, 10))

    def _drawing(self) -> Plot:
        plot = self._plot()
        area = Box(plot.left(), plot.top(), plot.width(), plot.height())
        return Plot(area, list(self._counts.values()), self._curve, theme.tokens().px(48))

    def _slot(self, place: int) -> QRectF:
        return QRectF(*self._drawing().slot(place))

    def _bar(self, place: int) -> QRectF:
        return QRectF(*self._drawing().bar(place))

    # painting -----------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plot = self._plot()
        for place, code in enumerate(theme.PREDICATES):
            bar = self._bar(place)
            path = QPainterPath()
            path.addRoundedRect(bar, min(3, bar.height() / 2), min(3, bar.height() / 2))
            painter.fillPath(path, QColor(theme.tone(theme.predicate_tone(code)).solid))
        painter.setPen(QPen(QColor(look.line_strong), 1))
        painter.drawLine(plot.bottomLeft() + QPointF(0, 0.5), plot.bottomRight() + QPointF(0, 0.5))
        self._paint_curve(painter)
        for place in range(len(theme.PREDICATES)):
            self._paint_texts(painter, place)
        if self.hasFocus():
            painter.setPen(QPen(QColor(look.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._focus_frame(), 4, 4)

    def _focus_frame(self) -> QRectF:
        """Around the column and the number above it."""
        number_height = QFontMetrics(theme.font(12, weight=QFont.Weight.DemiBold)).height() + 5
        frame = self._slot(self._focused).adjusted(3, 0, -3, 2)
        frame.setTop(max(1.0, min(frame.top() - 6, self._bar(self._focused).top() - number_height)))
        return frame

    def _paint_curve(self, painter: QPainter) -> None:
        if not self._curve:
            return
        path = QPainterPath()
        first, *rest = self._drawing().line()
        path.moveTo(*first)
        for point in rest:
            path.lineTo(*point)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.tokens().surface), 3.5))
        painter.drawPath(path)
        pen = QPen(QColor(theme.tokens().muted), 1.6)
        pen.setDashPattern([3.5, 2.5])
        painter.setPen(pen)
        painter.drawPath(path)

    def _paint_texts(self, painter: QPainter, place: int) -> None:
        look, code, slot = theme.tokens(), theme.PREDICATES[place], self._slot(place)
        bold = theme.font(12, weight=QFont.Weight.DemiBold)
        metrics = QFontMetrics(bold)
        text = format_number(self._counts[code])
        width = metrics.horizontalAdvance(text) + 8
        bottom = self._bar(place).top() - 3
        painter.setFont(bold)
        painter.setPen(QColor(look.ink if self._counts[code] else look.muted))
        box = QRectF(slot.center().x() - width / 2, bottom - metrics.height(), width, metrics.height())
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.surface))  # the dashed line stops before a number instead of crossing it
        painter.drawRoundedRect(box.adjusted(1, 1, -1, 1), 3, 3)
        painter.restore()
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.setFont(theme.font(12))
        painter.setPen(QColor(look.muted))
        below = QRectF(slot.left(), slot.bottom() + 6, slot.width(), self.height() - slot.bottom() - 6)
        words = "\n".join(theme.predicate_label(code).split())
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, words)
        if self._expected:
            last = QRectF(below.left(), self.height() - self._label_metrics().lineSpacing(), below.width(), 0)
            text = _("pola {n}").format(n=format_number(self._expected[code]))
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextDontClip
            painter.setFont(theme.font(11))
            painter.drawText(last, flags, text)

    # input --------------------------------------------------------------------------------------------

    def _place_at(self, x: float) -> int:
        return min(int(x / max(self.width(), 1) * len(theme.PREDICATES)), len(theme.PREDICATES) - 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._focused = self._place_at(event.position().x())
            self.bar_clicked.emit(theme.PREDICATES[self._focused])
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            self._focused = (self._focused + step) % len(theme.PREDICATES)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.bar_clicked.emit(theme.PREDICATES[self._focused])
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            code = theme.PREDICATES[self._place_at(event.pos().x())]
            QToolTip.showText(event.globalPos(), self.describe(code), self)
            return True
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)

    def describe(self, code: str) -> str:
        """*Baik: 132 pegawai (75%), menurut pola distribusi 98.*"""
        count, total = self._counts[code], sum(self._counts.values())
        share = round(100 * count / total) if total else 0
        text = _("{label}: {n} pegawai ({share}%)").format(
            label=theme.predicate_label(code), n=format_number(count), share=share
        )
        if not self._expected:
            return text
        return text + _(", menurut pola distribusi {n}").format(n=format_number(self._expected[code]))

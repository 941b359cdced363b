"""Predicates of a unit as bars, with the guidance pattern of its organisation result as a dashed line."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from asn_desktop.appraisal.predicate import Predicate
from asn_desktop.appraisal.service import Distribution
from asn_desktop.core.i18n import _
from asn_desktop.gui import theme

_CURVE_PEAK = 6.02  # the highest point of every drawn pattern (reference/kurva_distribusi.csv)


class DistributionView(QWidget):
    """Five bars with their numbers; the pattern is scaled so that its peak stands beside the tallest bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Distribution | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_distribution(self, distribution: Distribution | None) -> None:
        self._shown = distribution
        if distribution is not None:
            parts = [f"{predicate.label} {count}" for predicate, count in distribution.counts.items()]
            self.setAccessibleName(_("Distribusi predikat: {parts}").format(parts=", ".join(parts)))
        self.update()

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()  # it takes whatever room is left

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.tokens().px(230), theme.tokens().px(112))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.tokens()
        small = theme.font(11)
        line = QFontMetrics(small).height()
        counts = self._shown.counts if self._shown else dict.fromkeys(Predicate, 0)
        step = self.width() / len(Predicate)
        floor = self.height() - 2 * line - 6
        top = QFontMetrics(theme.font(12)).height() + 6
        highest = max(*counts.values(), 1)
        painter.setPen(QPen(QColor(look.line), 1))
        painter.drawLine(QPointF(0, floor), QPointF(self.width(), floor))
        for place, predicate in enumerate(Predicate):
            centre = (place + 0.5) * step
            tall = (floor - top) * counts[predicate] / highest
            tone = theme.tone(theme.predicate_tone(predicate.value))
            width = min(step * 0.55, look.px(40))
            bar = QRectF(centre - width / 2, floor - max(tall, 1.5), width, max(tall, 1.5))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tone.solid))
            painter.drawRoundedRect(bar, 2, 2)
            painter.setFont(small)
            painter.setPen(QColor(look.muted))
            below = QRectF(centre - step / 2, floor + 4, step, 2 * line + 2)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(below, flags, predicate.label)
        self._pattern(painter, step, floor, top)
        self._numbers(painter, counts, step, floor, top, highest)

    def _pattern(self, painter: QPainter, step: float, floor: float, top: float) -> None:
        if self._shown is None or not self._shown.curve:
            return
        look = theme.tokens()
        path = QPainterPath()
        for number, point in enumerate(self._shown.curve):
            spot = QPointF((point.x + 0.5) * step, floor - (floor - top) * point.y / _CURVE_PEAK)
            if number:
                path.lineTo(spot)
            else:
                path.moveTo(spot)
        pen = QPen(QColor(look.muted), 1.4)
        pen.setDashPattern([4, 3])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        painter.drawPath(path)
        text, font = _("pola distribusi"), theme.font(11)
        metrics = QFontMetrics(font)
        # The legend stands where the pattern is low.
        left = self._shown.curve[0].y < self._shown.curve[-1].y
        start = 0.0 if left else self.width() - metrics.horizontalAdvance(text) - look.px(30)
        middle = metrics.height() / 2
        painter.drawLine(QPointF(start, middle), QPointF(start + look.px(22), middle))
        painter.setFont(font)
        painter.drawText(QPointF(start + look.px(28), metrics.ascent()), text)

    def _numbers(
        self, painter: QPainter, counts: dict[Predicate, int], step: float, floor: float, top: float, highest: int
    ) -> None:
        """The counts last and on a ground of their own, so that the dashed line never crosses a digit."""
        look = theme.tokens()
        font = theme.font(12, weight=QFont.Weight.DemiBold)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        for place, predicate in enumerate(Predicate):
            text = f"{counts[predicate]:,}".replace(",", ".")
            tall = (floor - top) * counts[predicate] / highest
            width = metrics.horizontalAdvance(text) + 8
            spot = QRectF(
                (place + 0.5) * step - width / 2, floor - tall - metrics.height() - 3, width, metrics.height()
            )
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.surface))
            painter.drawRoundedRect(spot, 3, 3)
            painter.setPen(QColor(look.ink))
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, text)

"""Kuadran kinerja with the cell that gave the predicate, painted."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from asn_desktop.appraisal.predicate import Matrix, Rating
from asn_desktop.core.i18n import _
from asn_desktop.gui import theme

_ROWS = (Rating.DI_ATAS, Rating.SESUAI, Rating.DI_BAWAH)
_COLUMNS = (Rating.DI_BAWAH, Rating.SESUAI, Rating.DI_ATAS)


class MatrixView(QWidget):
    """Nine cells; the present one is framed and tinted in the tone of its predicate."""

    def __init__(self, matrix: Matrix, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._matrix = matrix
        self._result: Rating | None = None
        self._behaviour: Rating | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_ratings(None, None)

    def set_ratings(self, result: Rating | None, behaviour: Rating | None) -> None:
        """Mark the cell of two ratings; with one rating its row or column."""
        self._result, self._behaviour = result, behaviour
        if result and behaviour:
            text = _("Kuadran kinerja: {predicate}").format(predicate=self._matrix[result, behaviour].label)
        else:
            text = _("Kuadran kinerja: belum dinilai")
        self.setAccessibleName(text)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.tokens().px(280), self._cell_height() * 3 + 8 + self._axis_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.tokens().px(230), self.sizeHint().height())

    def _cell_height(self) -> int:
        return theme.tokens().px(34)

    def _axis_height(self) -> int:
        return QFontMetrics(theme.font(11)).height() * 2 + 6

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.tokens()
        small = theme.font(11)
        metrics = QFontMetrics(small)
        side = metrics.height() + 4
        labels = max(metrics.horizontalAdvance(rating.word) for rating in Rating) + 8
        left, gap, height = side + labels, 4, self._cell_height()
        width = (self.width() - left - 2 * gap) / 3
        for place, result in enumerate(_ROWS):
            top = place * (height + gap)
            painter.setFont(small)  # the cells before have their own
            painter.setPen(QColor(look.muted))
            spot = QRectF(side, top, labels - 8, height)
            painter.drawText(spot, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, result.word)
            for at, behaviour in enumerate(_COLUMNS):
                self._cell(painter, QRectF(left + at * (width + gap), top, width, height), result, behaviour)
        below = 3 * height + 2 * gap + 3
        painter.setFont(small)
        painter.setPen(QColor(look.muted))
        for at, behaviour in enumerate(_COLUMNS):
            spot = QRectF(left + at * (width + gap), below, width, metrics.height())
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, behaviour.word)
        axis = theme.font(11, weight=QFont.Weight.DemiBold)
        painter.setFont(axis)
        spot = QRectF(left, below + metrics.height() + 1, self.width() - left, metrics.height() + 2)
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, _("Perilaku kerja"))
        painter.translate(0, 3 * height + 2 * gap)
        painter.rotate(-90)
        spot = QRectF(0, 0, 3 * height + 2 * gap, side)
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, _("Hasil kerja"))

    def _cell(self, painter: QPainter, rect: QRectF, result: Rating, behaviour: Rating) -> None:
        look = theme.tokens()
        predicate = self._matrix[result, behaviour]
        both = self._result is not None and self._behaviour is not None
        here = (result, behaviour) == (self._result, self._behaviour)
        possible = not both and (result is self._result or behaviour is self._behaviour)
        tone = theme.tone(theme.predicate_tone(predicate.value))
        shape = rect.adjusted(1, 1, -1, -1)
        painter.setBrush(QColor(tone.ground if here else look.accent_soft if possible else look.ground))
        painter.setPen(QPen(QColor(tone.ink), 2) if here else QPen(QColor(look.line), 1))
        painter.drawRoundedRect(shape, theme.RADIUS, theme.RADIUS)
        painter.setFont(theme.font(11, weight=QFont.Weight.Bold if here else QFont.Weight.Normal))
        painter.setPen(QColor(tone.ink if here else look.muted if both else look.ink))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(shape.adjusted(2, 0, -2, 0), flags, predicate.label)

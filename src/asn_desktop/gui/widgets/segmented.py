"""A few choices side by side (− • +). Keyboard: 1, 2, 3 … choose, arrows move, Del or Backspace clears."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from asn_desktop.appraisal.predicate import RATING_WORDS
from asn_desktop.core.i18n import _
from asn_desktop.gui import icons, theme


@dataclass(frozen=True, slots=True)
class Segment:
    """One choice: its ``value``, the ``word`` it stands for, and an icon to show instead of the word."""

    value: str
    word: str
    icon: str = ""


RATING_SEGMENTS = (
    Segment("DI_BAWAH", RATING_WORDS["DI_BAWAH"], "minus"),
    Segment("SESUAI", RATING_WORDS["SESUAI"], "dot"),
    Segment("DI_ATAS", RATING_WORDS["DI_ATAS"], "plus"),
)
"""The three ratings of hasil kerja and perilaku (PermenPANRB 6/2022 Lampiran Bab IV.B.3)."""

CELL_WIDTH, CELL_HEIGHT, CELL_GAP = 26, 24, 3


def paint_segment(
    painter: QPainter, rect: QRectF, icon: str, *, chosen: bool, hovered: bool = False, enabled: bool = True
) -> None:
    """Draw one icon segment; shared with the rating delegate of tables."""
    look = theme.tokens()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    fill = look.accent if chosen else look.hover if hovered and enabled else look.surface
    border = look.accent if chosen else look.line_strong
    ink = look.on_accent if chosen else look.muted
    if not enabled:
        fill, border, ink = (
            (look.disabled if chosen else look.ground),
            look.line,
            (look.surface if chosen else look.disabled),
        )
    painter.setPen(QPen(QColor(border), 1))
    painter.setBrush(QColor(fill))
    painter.drawRoundedRect(shape, theme.RADIUS_SMALL, theme.RADIUS_SMALL)
    if icon == "dot":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ink))
        radius = rect.height() * 0.14
        painter.drawEllipse(rect.center(), radius, radius)
    else:
        side = rect.height() * 0.58
        icons.paint(
            painter,
            icon,
            QRectF(rect.center() - QPointF(side / 2, side / 2), rect.center() + QPointF(side / 2, side / 2)),
            ink,
        )
    painter.restore()


def icon_cells(left: float, center_y: float, count: int) -> list[QRectF]:
    """The rectangles of ``count`` icon segments that begin at ``left``."""
    look = theme.tokens()
    width, height, gap = look.px(CELL_WIDTH), look.px(CELL_HEIGHT), CELL_GAP
    return [QRectF(left + i * (width + gap), center_y - height / 2, width, height) for i in range(count)]


class SegmentedControl(QWidget):
    """One choice out of a few. ``changed(value)`` is emitted when the person chooses; empty means cleared."""

    changed = Signal(str)

    def __init__(
        self,
        segments: Sequence[Segment] = RATING_SEGMENTS,
        parent: QWidget | None = None,
        *,
        name: str = "",
        clearable: bool = False,
        show_word: bool = True,
    ) -> None:
        super().__init__(parent)
        self._segments = tuple(segments)
        self._value = ""
        self._hovered = -1
        self._clearable = clearable
        self._name = name
        self._show_word = show_word and all(s.icon for s in self._segments)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._name_it()

    @property
    def value(self) -> str:
        return self._value

    @property
    def word(self) -> str:
        """The word of the choice, empty when nothing is chosen."""
        return next((_(s.word) for s in self._segments if s.value == self._value), "")

    def set_value(self, value: str) -> None:
        """Show a choice without telling anybody; an unknown value raises ``ValueError``."""
        if value and all(s.value != value for s in self._segments):
            raise ValueError(value)
        self._value = value
        self._name_it()
        self.update()

    def set_word(self, value: str, word: str) -> None:
        """Another word for a choice: ``Meja konflik (10)``."""
        self._segments = tuple(replace(s, word=word) if s.value == value else s for s in self._segments)
        self._name_it()
        self.updateGeometry()
        self.update()

    def choose(self, value: str) -> None:
        """Choose as the person would: shows it and emits ``changed``."""
        if value == self._value:
            return
        self.set_value(value)
        self.changed.emit(value)

    def _name_it(self) -> None:
        self.setAccessibleName(f"{self._name}: {self.word or _('belum diisi')}" if self._name else self.word)

    # geometry ---------------------------------------------------------------------------------

    def _cells(self) -> list[QRectF]:
        if all(s.icon for s in self._segments):
            return icon_cells(2, self.height() / 2, len(self._segments))
        left, cells = 2.0, []
        for segment in self._segments:
            width = self._text_width(segment)
            cells.append(QRectF(left, 2, width, self.height() - 4))
            left += width
        return cells

    def _text_width(self, segment: Segment) -> float:
        metrics = QFontMetrics(theme.font(13, weight=QFont.Weight.DemiBold))
        return metrics.horizontalAdvance(_(segment.word)) + theme.tokens().px(28)

    def _word_width(self) -> int:
        metrics = QFontMetrics(theme.font())
        return max(metrics.horizontalAdvance(_(s.word)) for s in self._segments) + 10 if self._show_word else 0

    def sizeHint(self) -> QSize:
        look = theme.tokens()
        if all(s.icon for s in self._segments):
            count = len(self._segments)
            return QSize(
                count * look.px(CELL_WIDTH) + (count - 1) * CELL_GAP + 4 + self._word_width(),
                look.px(CELL_HEIGHT) + 4,
            )
        return QSize(round(sum(self._text_width(s) for s in self._segments)) + 4, look.px(30) + 4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    # painting -----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cells = self._cells()
        if all(s.icon for s in self._segments):
            self._paint_icons(painter, cells)
        else:
            self._paint_words(painter, cells)
        if self.hasFocus():
            around = cells[0].united(cells[-1]).adjusted(-1, -1, 1, 1)
            painter.setPen(QPen(QColor(theme.tokens().focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(around, theme.RADIUS, theme.RADIUS)

    def _paint_icons(self, painter: QPainter, cells: list[QRectF]) -> None:
        for index, (segment, cell) in enumerate(zip(self._segments, cells, strict=True)):
            paint_segment(
                painter, cell, segment.icon,
                chosen=segment.value == self._value, hovered=index == self._hovered, enabled=self.isEnabled(),
            )  # fmt: skip
        if self._show_word and self.word:
            painter.setPen(QColor(theme.tokens().ink))
            painter.setFont(theme.font())
            place = QRectF(cells[-1].right() + 8, 0, self.width() - cells[-1].right() - 8, self.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.word)

    def _paint_words(self, painter: QPainter, cells: list[QRectF]) -> None:
        look = theme.tokens()
        frame = cells[0].united(cells[-1]).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(look.line_strong), 1))
        painter.setBrush(QColor(look.surface))
        painter.drawRoundedRect(frame, theme.RADIUS, theme.RADIUS)
        for index, (segment, cell) in enumerate(zip(self._segments, cells, strict=True)):
            chosen = segment.value == self._value
            enabled = self.isEnabled()
            if chosen or (enabled and index == self._hovered):
                painter.setPen(QPen(QColor(look.accent if enabled else look.line), 1) if chosen else Qt.PenStyle.NoPen)
                painter.setBrush(QColor(look.accent_soft if chosen and enabled else look.hover))
                painter.drawRoundedRect(cell.adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS)
            weight = QFont.Weight.DemiBold if chosen else QFont.Weight.Normal
            painter.setFont(theme.font(13, weight=weight))
            ink = look.accent_pressed if chosen else look.ink
            painter.setPen(QColor(ink if enabled else look.muted if chosen else look.disabled))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, _(segment.word))

    # input ----------------------------------------------------------------------------------------

    def _at(self, point: QPointF) -> int:
        return next((i for i, cell in enumerate(self._cells()) if cell.contains(point)), -1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self._at(event.position())
        self.update()
        if self._hovered >= 0:
            self.setToolTip(_(self._segments[self._hovered].word))

    def leaveEvent(self, event: object) -> None:
        self._hovered = -1
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._at(event.position())
        if index >= 0:
            self.choose(self._segments[index].value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        values = [s.value for s in self._segments]
        index = values.index(self._value) if self._value else -1
        number = event.key() - Qt.Key.Key_1.value
        if 0 <= number < len(values):
            self.choose(values[number])
        elif event.key() == Qt.Key.Key_Right:
            self.choose(values[min(index + 1, len(values) - 1)])
        elif event.key() == Qt.Key.Key_Left:
            self.choose(values[max(index - 1, 0)])
        elif self._clearable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.choose("")
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)

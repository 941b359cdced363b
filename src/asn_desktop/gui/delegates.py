"""How cells are drawn: one or two lines, chips, ratings. One delegate for all lists, so that all look alike."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from asn_desktop.core.i18n import _
from asn_desktop.gui import theme
from asn_desktop.gui.paged_model import (
    COLUMN_ROLE,
    LOCKED_ROLE,
    ROW_ROLE,
    SECOND_ROLE,
    TONE_ROLE,
    VALUE_ROLE,
    CellKind,
)
from asn_desktop.gui.widgets.basics import chip_font, paint_chip
from asn_desktop.gui.widgets.segmented import RATING_SEGMENTS, icon_cells, paint_segment

Index = QModelIndex | QPersistentModelIndex
PADDING = 10


class CellDelegate(QStyledItemDelegate):
    """Draws the cells of a :class:`~asn_desktop.gui.table_view.TableView`.

    ``rated(index, value)`` is emitted when a rating segment is clicked (``DI_BAWAH``, ``SESUAI``, ``DI_ATAS``).
    """

    rated = Signal(object, str)

    def __init__(self, parent: QObject | None = None, *, two_lines: bool = False, ratings_locked: bool = False) -> None:
        super().__init__(parent)
        self.hovered_row = -1
        self.two_lines = two_lines
        self.ratings_locked = ratings_locked
        """Shows ratings as words only (a closed quarter)."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        look = theme.tokens()
        return QSize(look.px(80), look.row_two_lines if self.two_lines else look.row_one_line)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.tokens()
        column = index.data(COLUMN_ROLE)
        painter.save()
        rect: QRect = option.rect
        self._paint_ground(painter, option, rect, index)
        inner = rect.adjusted(_left_padding(option, index), 0, -look.px(PADDING), -1)
        kind = column.kind if column is not None else CellKind.TEXT
        if index.data(ROW_ROLE) is None:
            self._text(painter, inner, index.data() or "", QColor(look.disabled), theme.font())
        elif kind is CellKind.TWO_LINES:
            self._two_lines(painter, inner, index)
        elif kind is CellKind.CHIP:
            self._chip(painter, inner, index)
        elif kind is CellKind.RATING:
            self._rating(painter, inner, index, current=_is_current(option, index))
        else:
            right = Qt.AlignmentFlag.AlignRight if kind is CellKind.NUMBER else Qt.AlignmentFlag.AlignLeft
            self._text(painter, inner, index.data() or "", QColor(look.ink), theme.font(), right)
        painter.restore()

    # parts ------------------------------------------------------------------------------------------

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, index: Index) -> None:
        look = theme.tokens()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, QColor(look.accent_soft))
        elif index.row() == self.hovered_row:
            painter.fillRect(rect, QColor(look.hover))
        painter.setPen(QColor(look.line_soft))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        view = option.widget
        if selected and isinstance(view, QAbstractItemView) and view.hasFocus() and _is_first(view, index):
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height() - 1), QColor(look.accent))

    def _text(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        color: QColor,
        font: QFont,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        painter.setFont(font)
        painter.setPen(color)
        shown = QFontMetrics(font).elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def _two_lines(self, painter: QPainter, rect: QRect, index: Index) -> None:
        look = theme.tokens()
        second = index.data(SECOND_ROLE) or ""
        strong = theme.font(13, weight=QFont.Weight.Medium)
        if not second:
            self._text(painter, rect, index.data() or "", QColor(look.ink), strong)
            return
        small = theme.font(12)
        first_height, second_height = QFontMetrics(strong).height(), QFontMetrics(small).height()
        top = rect.top() + (rect.height() - first_height - second_height - 1) // 2
        upper = QRect(rect.left(), top, rect.width(), first_height)
        lower = QRect(rect.left(), top + first_height + 1, rect.width(), second_height)
        self._text(painter, upper, index.data() or "", QColor(look.ink), strong)
        self._text(painter, lower, second, QColor(look.muted), small)

    def _chip(self, painter: QPainter, rect: QRect, index: Index) -> None:
        text = index.data() or ""
        if not text:
            return
        metrics = QFontMetrics(chip_font())
        height = metrics.height() + 6
        width = min(metrics.horizontalAdvance(text) + theme.tokens().px(20), rect.width())
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width - theme.tokens().px(12))
        place = QRectF(rect.left(), rect.center().y() - height / 2 + 0.5, width, height)
        paint_chip(painter, place, shown, index.data(TONE_ROLE) or "neutral")

    def _rating(self, painter: QPainter, rect: QRect, index: Index, *, current: bool) -> None:
        look = theme.tokens()
        value = index.data(VALUE_ROLE) or ""
        word = next((_(s.word) for s in RATING_SEGMENTS if s.value == value), "")
        if self.ratings_locked or index.data(LOCKED_ROLE):
            self._text(painter, rect, word or "–", QColor(look.ink if word else look.muted), theme.font())
            return
        cells = icon_cells(rect.left(), rect.center().y() + 0.5, len(RATING_SEGMENTS))
        for segment, cell in zip(RATING_SEGMENTS, cells, strict=True):
            paint_segment(painter, cell, segment.icon, chosen=segment.value == value)
        if current:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(look.focus), 2))
            around = cells[0].united(cells[-1]).adjusted(-3, -3, 3, 3)
            painter.drawRoundedRect(around, theme.RADIUS, theme.RADIUS)
        beside = QRect(
            round(cells[-1].right()) + 8, rect.top(), rect.right() - round(cells[-1].right()) - 8, rect.height()
        )
        if beside.width() >= QFontMetrics(theme.font()).horizontalAdvance(word):  # a narrow column shows no half word
            self._text(painter, beside, word, QColor(look.ink), theme.font())

    def editorEvent(self, event: QEvent, model: object, option: QStyleOptionViewItem, index: Index) -> bool:
        column = index.data(COLUMN_ROLE)
        if (
            isinstance(event, QMouseEvent)
            # of a double click the second press counts: its release is not passed on
            and event.type() in (QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick)
            and event.button() == Qt.MouseButton.LeftButton
            and column is not None
            and column.kind is CellKind.RATING
            and not self.ratings_locked
            and not index.data(LOCKED_ROLE)
        ):
            value = self._segment_at(option, index, QPointF(event.position()))
            if value:
                self.rated.emit(QPersistentModelIndex(index), value)
                return True
        return False

    def _segment_at(self, option: QStyleOptionViewItem, index: Index, point: QPointF) -> str:
        rect: QRect = option.rect
        inner = rect.adjusted(_left_padding(option, index), 0, 0, -1)
        cells = icon_cells(inner.left(), inner.center().y() + 0.5, len(RATING_SEGMENTS))
        for segment, cell in zip(RATING_SEGMENTS, cells, strict=True):
            if cell.adjusted(-1, -4, 2, 4).contains(point):
                return segment.value
        return ""


def rating_width(*, words: bool = True) -> int:
    """The width a rating column needs for its segments and (``words``) the longest word."""
    cells = round(icon_cells(0, 0, len(RATING_SEGMENTS))[-1].right()) + 2 * theme.tokens().px(PADDING) + 4
    word = max(QFontMetrics(theme.font()).horizontalAdvance(_(s.word)) for s in RATING_SEGMENTS)
    return cells + 8 + word if words else cells


def _left_padding(option: QStyleOptionViewItem, index: Index) -> int:
    """The first column begins where the title of the card begins."""
    view = option.widget
    first = isinstance(view, QTableView) and view.horizontalHeader().visualIndex(index.column()) == 0
    return theme.MARGIN if first else theme.tokens().px(PADDING)


def _is_current(option: QStyleOptionViewItem, index: Index) -> bool:
    view = option.widget
    if not isinstance(view, QAbstractItemView) or not view.hasFocus():
        return False
    current = view.currentIndex()
    return current.row() == index.row() and current.column() == index.column()


def _is_first(view: QAbstractItemView, index: Index) -> bool:
    return view.visualRect(index).left() <= 0

"""How a row of the grid is painted: two lines for the person, three segments for a rating, a chip."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from asn_desktop.appraisal.predicate import Rating
from asn_desktop.appraisal.queries import EvaluationRow
from asn_desktop.core.i18n import _
from asn_desktop.gui import icons, theme
from asn_desktop.gui.appraisal.grid_model import ROW_ROLE, GridColumn
from asn_desktop.gui.widgets.basics import chip_font, paint_chip
from asn_desktop.gui.widgets.segmented import RATING_SEGMENTS, icon_cells, paint_segment

Index = QModelIndex | QPersistentModelIndex
PADDING = 12


class RowDelegate(QStyledItemDelegate):
    """Ground and line shared by all columns; columns add their own content in :meth:`paint_row`."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.tokens()
        state = option.state  # type: ignore[attr-defined]
        rect: QRect = option.rect  # type: ignore[attr-defined]
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(rect, QColor(look.accent_soft))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(look.hover))
        painter.setPen(QPen(QColor(look.line_soft), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        row = index.data(ROW_ROLE)
        if row is None:
            painter.setPen(QColor(look.disabled))
            if index.column() == 0:
                painter.drawText(rect.adjusted(PADDING, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, index.data())
        else:
            focused = bool(state & QStyle.StateFlag.State_HasFocus)
            self.paint_row(painter, QRectF(rect), row, index, focused)
        painter.restore()

    def paint_row(self, painter: QPainter, rect: QRectF, row: EvaluationRow, index: Index, focused: bool) -> None:
        raise NotImplementedError

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.tokens().px(120), theme.tokens().row_two_lines)


class PersonDelegate(RowDelegate):
    """Name, and below it the position."""

    def paint_row(self, painter: QPainter, rect: QRectF, row: EvaluationRow, index: Index, focused: bool) -> None:
        look = theme.tokens()
        name, below = theme.font(13, weight=QFont.Weight.Medium), theme.font(12)
        inner = rect.adjusted(theme.MARGIN, 0, -6, 0)
        middle = rect.center().y()
        upper = QRectF(inner.left(), rect.top() + look.px(3), inner.width(), middle - rect.top())
        lower = QRectF(inner.left(), middle + look.px(1), inner.width(), rect.bottom() - middle - look.px(4))
        _line(painter, upper, row.name, name, look.ink, Qt.AlignmentFlag.AlignBottom)
        _line(painter, lower, row.position or _("Jabatan belum diisi"), below, look.muted, Qt.AlignmentFlag.AlignTop)


def _line(
    painter: QPainter, rect: QRectF, text: str, font: QFont, colour: str, vertical: Qt.AlignmentFlag
) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()))
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | vertical | Qt.TextFlag.TextSingleLine, shown)


class RatingDelegate(RowDelegate):
    """Three segments (− • +) and the word of the chosen one when there is room."""

    def paint_row(self, painter: QPainter, rect: QRectF, row: EvaluationRow, index: Index, focused: bool) -> None:
        look = theme.tokens()
        rating = rating_of(row, index.column())
        model = index.model()
        enabled = model.can_rate(index.row()) if hasattr(model, "can_rate") else True
        cells = segment_cells(rect)
        for segment, cell in zip(RATING_SEGMENTS, cells, strict=True):
            paint_segment(painter, cell, segment.icon, chosen=segment.value == rating, enabled=enabled)
        if focused:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(look.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            around = cells[0].united(cells[-1]).adjusted(-4, -4, 4, 4)
            painter.drawRoundedRect(around, theme.RADIUS, theme.RADIUS)
        left = cells[-1].right() + look.px(9)
        if rating is not None and rect.right() - left >= word_width():
            place = QRectF(left, rect.top(), rect.right() - left, rect.height())
            _line(painter, place, rating.word, theme.font(), look.ink, Qt.AlignmentFlag.AlignVCenter)


class PredicateDelegate(RowDelegate):
    """The predicate as a chip; a lock for final ones, a mark where a decision is due."""

    def paint_row(self, painter: QPainter, rect: QRectF, row: EvaluationRow, index: Index, focused: bool) -> None:
        look = theme.tokens()
        if row.declared and not row.predicate:
            text, tone = _("Perlu keputusan"), "attention"
        else:
            code = row.predicate.value if row.predicate else ""
            text, tone = theme.predicate_label(code), theme.predicate_tone(code)
        metrics = QFontMetrics(chip_font())
        side = look.px(14)
        lock = row.state == "final"
        room = rect.width() - PADDING - (side + 8 if lock else 0) - 4
        width = min(metrics.horizontalAdvance(text) + look.px(20), room)
        height = metrics.height() + 7
        place = QRectF(rect.left() + PADDING, rect.center().y() - height / 2, width, height)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width - look.px(12)))
        paint_chip(painter, place, shown, tone)
        if lock:
            spot = QRectF(place.right() + 6, rect.center().y() - side / 2, side, side)
            icons.paint(painter, "lock", spot, look.muted)


def rating_of(row: EvaluationRow, column: int) -> Rating | None:
    return row.result if column == GridColumn.RESULT else row.behaviour


def segment_cells(rect: QRectF) -> list[QRectF]:
    """Where the three segments of a rating cell are."""
    return icon_cells(rect.left() + PADDING, rect.center().y(), len(RATING_SEGMENTS))


def segment_at(rect: QRect, point: QPointF) -> Rating | None:
    """The rating under the mouse."""
    for segment, cell in zip(RATING_SEGMENTS, segment_cells(QRectF(rect)), strict=True):
        if cell.adjusted(-1, -4, 1, 4).contains(point):
            return Rating(segment.value)
    return None


def word_width() -> int:
    metrics = QFontMetrics(theme.font())
    return max(metrics.horizontalAdvance(rating.word) for rating in Rating) + 4


def rating_width(*, words: bool) -> int:
    """The width of a rating column, with or without the word beside the segments."""
    cells = icon_cells(PADDING, 0, len(RATING_SEGMENTS))
    return round(cells[-1].right()) + PADDING + (word_width() + theme.tokens().px(8) if words else 0)


def predicate_width() -> int:
    """Room for the longest chip with its lock."""
    metrics = QFontMetrics(chip_font())
    codes = (*theme.PREDICATES, "")
    longest = max(metrics.horizontalAdvance(theme.predicate_label(code)) for code in codes)
    return longest + theme.tokens().px(20) + theme.tokens().px(14) + PADDING * 2 + 8

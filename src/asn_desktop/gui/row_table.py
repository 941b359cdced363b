"""A short list of frozen rows as a calm table: two lines a row, chips for states, optional boxes to tick.

For lists of tens to a few thousand rows. ``set_ids`` reads longer ones by pages while they scroll into view.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from asn_desktop.core.i18n import _
from asn_desktop.gui import icons, theme
from asn_desktop.gui.widgets.basics import chip_font, paint_chip

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
_PAGE = 200
_SECOND = Qt.ItemDataRole.UserRole + 1
_TONE = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column. ``second`` is a muted line below; ``tone`` paints the text as a chip; one column stretches."""

    title: str
    text: Callable[[R], str]
    second: Callable[[R], str] | None = None
    tone: Callable[[R], str] | None = None
    width: int = 110
    stretch: bool = False
    right: bool = False


class RowModel(QAbstractTableModel, Generic[R]):
    """Frozen rows behind a table. ``checked`` holds the keys of ticked rows."""

    ticked = Signal()

    def __init__(
        self, columns: Sequence[Column[R]], key: Callable[[R], int], parent: QWidget, *, checkable: bool = False
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.key = key
        self.checkable = checkable
        self.checked: set[int] = set()
        self.may_tick: Callable[[R], bool] = lambda _row: True
        self._count = 0
        self._pages: dict[int, Sequence[R]] = {}
        self._ids: Sequence[int] = ()
        self._fetch: Callable[[Sequence[int]], Sequence[R]] | None = None

    def set_rows(self, rows: Sequence[R]) -> None:
        self.beginResetModel()
        self._fetch, self._ids = None, [self.key(row) for row in rows]
        self._pages = {number: rows[start : start + _PAGE] for number, start in enumerate(range(0, len(rows), _PAGE))}
        self._count = len(rows)
        self.endResetModel()

    def set_ids(self, ids: Sequence[int], fetch: Callable[[Sequence[int]], Sequence[R]]) -> None:
        """Show rows by id; ``fetch`` reads one page at a time."""
        self.beginResetModel()
        self._fetch, self._ids, self._pages, self._count = fetch, ids, {}, len(ids)
        self.endResetModel()

    def row(self, number: int) -> R | None:
        """The frozen row; None when it disappeared between two reads."""
        page, place = divmod(number, _PAGE)
        if page not in self._pages and self._fetch is not None:
            self._pages[page] = self._fetch(self._ids[page * _PAGE : (page + 1) * _PAGE])
        rows = self._pages.get(page, ())
        return rows[place] if place < len(rows) else None

    def number_of(self, key: int) -> int:
        """Where the row with a key stands; -1 when it is not in the list."""
        try:
            return list(self._ids).index(key)
        except ValueError:
            return -1

    def tick(self, number: int) -> None:
        row = self.row(number)
        if row is None or not self.may_tick(row):
            return
        self.checked ^= {self.key(row)}
        self.dataChanged.emit(self.index(number, 0), self.index(number, len(self.columns) - 1))
        self.ticked.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        column = self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            text = column.text(row)
            second = column.second(row) if column.second and role == Qt.ItemDataRole.ToolTipRole else ""
            return f"{text}\n{second}" if second else text
        if role == _SECOND:
            return column.second(row) if column.second else ""
        if role == _TONE:
            return column.tone(row) if column.tone else ""
        if role == Qt.ItemDataRole.CheckStateRole and self.checkable and index.column() == 0:
            return Qt.CheckState.Checked if self.key(row) in self.checked else Qt.CheckState.Unchecked
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, table: RowTable[Any]) -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, self._table.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.tokens()
        rect = QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, QColor(look.accent_soft if selected else look.surface))
        painter.setPen(QPen(QColor(look.line_soft), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        model = self._table.rows
        column = model.columns[index.column()]
        inner = rect.adjusted(look.px(16 if index.column() == 0 else 8), 0, -look.px(8), 0)
        if model.checkable and index.column() == 0:
            inner = self._paint_box(painter, inner, index)
        text, second = index.data(), index.data(_SECOND)
        tone = index.data(_TONE)
        side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        if tone and text:
            metrics = QFontMetrics(chip_font())
            width = min(metrics.horizontalAdvance(text) + look.px(20), inner.width())
            height = metrics.height() + 7
            paint_chip(painter, QRectF(inner.left(), rect.center().y() - height / 2, width, height), text, tone)
        elif text:
            self._paint_lines(painter, inner, str(text), str(second or ""), side, bold=index.column() == 0)
        painter.restore()

    def _paint_box(self, painter: QPainter, inner: QRectF, index: Index) -> QRectF:
        look = theme.tokens()
        side = look.px(18)
        box = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
        row = self._table.rows.row(index.row())
        allowed = row is not None and self._table.rows.may_tick(row)
        on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        painter.setPen(QPen(QColor(look.accent if on else look.line_strong), 1))
        painter.setBrush(QColor(look.accent if on else look.surface if allowed else look.ground))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS_SMALL, theme.RADIUS_SMALL)
        if on:
            icons.paint(painter, "check", box.adjusted(2, 2, -2, -2), look.on_accent)
        return inner.adjusted(side + look.px(10), 0, 0, 0)

    def _paint_lines(
        self, painter: QPainter, inner: QRectF, text: str, second: str, side: Qt.AlignmentFlag, *, bold: bool
    ) -> None:
        look = theme.tokens()
        upper, lower = inner, inner
        if second:
            half = inner.height() / 2
            upper = QRectF(inner.left(), inner.top() + 3, inner.width(), half - 2)
            lower = QRectF(inner.left(), inner.top() + half, inner.width(), half - 4)
        font = theme.font(13, weight=QFont.Weight.Medium if bold else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(look.ink))
        fitting = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(inner.width()))
        painter.drawText(upper, side | Qt.AlignmentFlag.AlignVCenter, fitting)
        if second:
            small = theme.font(12)
            painter.setFont(small)
            painter.setPen(QColor(look.muted))
            fitting = QFontMetrics(small).elidedText(second, Qt.TextElideMode.ElideRight, int(inner.width()))
            painter.drawText(lower, side | Qt.AlignmentFlag.AlignVCenter, fitting)


class RowTable(QTableView, Generic[R]):
    """The table. ``row_selected(row | None)`` follows the current row, ``opened(row)`` is Enter or double click."""

    row_selected = Signal(object)
    opened = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column[R]],
        key: Callable[[R], int],
        parent: QWidget | None = None,
        *,
        checkable: bool = False,
        name: str = "",
    ) -> None:
        super().__init__(parent)
        self.rows: RowModel[R] = RowModel(columns, key, self, checkable=checkable)
        self._two_lines = any(column.second for column in columns)
        self.setModel(self.rows)
        self.setAccessibleName(name or _("Daftar"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setItemDelegate(_Delegate(self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.row_height())
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(36)
        for number, column in enumerate(columns):
            mode = QHeaderView.ResizeMode.Stretch if column.stretch else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(number, mode)
            self.setColumnWidth(number, theme.tokens().px(column.width))
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.doubleClicked.connect(self._open)

    def row_height(self) -> int:
        look = theme.tokens()
        return look.row_two_lines if self._two_lines else look.row_one_line + 4

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show rows and keep the current one where it still exists."""
        self._keep(lambda: self.rows.set_rows(rows))

    def set_ids(self, ids: Sequence[int], fetch: Callable[[Sequence[int]], Sequence[R]]) -> None:
        self._keep(lambda: self.rows.set_ids(ids, fetch))

    def _keep(self, fill: Callable[[], None]) -> None:
        before = self.current()
        key = self.rows.key(before) if before is not None else None
        fill()
        if key is not None:
            self.select_key(key)

    def current(self) -> R | None:
        index = self.currentIndex()
        return self.rows.row(index.row()) if index.isValid() else None

    def select_key(self, key: int) -> bool:
        """Make the row with a key current; False when it is not shown."""
        number = self.rows.number_of(key)
        if number < 0:
            return False
        self.setCurrentIndex(self.rows.index(number, 0))
        self.scrollTo(self.rows.index(number, 0))
        return True

    def tick_keys(self, keys: Iterable[int]) -> None:
        self.rows.checked = set(keys)
        self.viewport().update()
        self.rows.ticked.emit()

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.row_selected.emit(self.rows.row(current.row()) if current.isValid() else None)

    def _open(self, index: QModelIndex) -> None:
        row = self.rows.row(index.row())
        if row is not None:
            self.opened.emit(row)

    def copy(self) -> None:
        """The whole list as it stands to the clipboard, ready for Excel: a heading line, tabs between cells."""
        lines = ["\t".join(column.title for column in self.rows.columns)]
        for number in range(self.rows.rowCount()):
            row = self.rows.row(number)
            if row is not None:
                lines.append("\t".join(column.text(row) for column in self.rows.columns))
        QGuiApplication.clipboard().setText("\n".join(lines))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if self.rows.checkable and index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.rows.tick(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if index.isValid() and self.rows.checkable and event.key() == Qt.Key.Key_Space:
            self.rows.tick(index.row())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif index.isValid() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(index)
        else:
            super().keyPressEvent(event)

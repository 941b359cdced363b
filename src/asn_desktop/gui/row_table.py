"""A :class:`TableView` for lists that a tab reads itself: given rows, or given ids read by pages; boxes to tick.

The big lists with a spec of their own use :class:`~asn_desktop.gui.table_page.TablePage`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.gui import icons, theme
from asn_desktop.gui.delegates import CellDelegate
from asn_desktop.gui.paged_model import CellKind, PagedTableModel, TableColumn, TableQuery
from asn_desktop.gui.table_view import TableView

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column. ``second`` is a muted line below; ``tone`` paints the text as a chip; ``number`` stands at the right.

    Those that ``stretch`` share the room that is left and need at least their ``width``. Where there is less, columns
    leave the table, those with the smallest ``drop`` first; 0 never leaves. What they say must stand elsewhere too.
    """

    title: str
    text: Callable[[R], str]
    second: Callable[[R], str] | None = None
    tone: Callable[[R], str] | None = None
    width: int = 110
    stretch: bool = False
    number: bool = False
    drop: int = 0
    tip: Callable[[R], str] | None = None
    """The tool tip, where it is not the cell's own text."""

    def table_column(self) -> TableColumn:
        plain = CellKind.NUMBER if self.number else CellKind.TEXT
        kind = CellKind.TWO_LINES if self.second else CellKind.CHIP if self.tone else plain
        return TableColumn(
            self.title, self.title, self.text, kind, self.width, self.second, self.tone,
            tip=self.tip or self._tip, sortable=False,
        )  # fmt: skip

    def _tip(self, row: R) -> str:
        second = self.second(row) if self.second else ""
        return f"{self.text(row)}\n{second}" if second else self.text(row)


class RowModel(PagedTableModel, Generic[R]):
    """The rows behind the table. ``checked`` holds the keys of ticked rows, also of rows not shown now."""

    ticked = Signal()

    def __init__(self, columns: Sequence[Column[R]], key: Callable[[R], int], parent: QWidget | None) -> None:
        self.key = key
        self.checked: set[int] = set()
        self.may_tick: Callable[[R], bool] = lambda _row: True
        self._fetch: Callable[[Sequence[int]], Sequence[R]] = lambda _ids: ()
        self._question: object = None
        query = TableQuery(lambda _spec: self.ids, lambda ids: self._fetch(ids), key)
        super().__init__([column.table_column() for column in columns], query, parent=parent)

    def show_ids(
        self, ids: Sequence[int], fetch: Callable[[Sequence[int]], Sequence[R]], question: object = None
    ) -> None:
        """Show rows by id; ``fetch`` reads one page at a time."""
        self._fetch = fetch
        other, self._question = question != self._question, question
        self.set_ids(ids, other_question=other)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Headings break into two lines where the column is narrow."""
        found = super().headerData(section, orientation, role)
        if role == Qt.ItemDataRole.TextAlignmentRole and found is not None:
            return int(found) | int(Qt.TextFlag.TextWordWrap)
        return found

    def row(self, number: int) -> R | None:
        """The frozen row; None when it disappeared between two reads."""
        return self.row_at(number)

    def tick(self, number: int) -> None:
        row = self.row(number)
        if row is not None and self.may_tick(row):
            self.checked ^= {self.key(row)}
            self.dataChanged.emit(self.index(number, 0), self.index(number, 0))
            self.ticked.emit()


class _BoxDelegate(CellDelegate):
    """A box before the name in the first column."""

    def __init__(self, model: RowModel[Any], parent: QWidget) -> None:
        super().__init__(parent, two_lines=True)
        self._model = model

    def _two_lines(self, painter: QPainter, rect: QRect, index: Index) -> None:
        if index.column() == 0:
            side = theme.tokens().px(18)
            box = QRectF(rect.left(), rect.center().y() - side / 2, side, side)
            self._paint_box(painter, box, self._model.row(index.row()))
            rect = rect.adjusted(side + theme.tokens().px(10), 0, 0, 0)
        super()._two_lines(painter, rect, index)

    def _paint_box(self, painter: QPainter, box: QRectF, row: Any) -> None:
        look = theme.tokens()
        allowed = row is not None and self._model.may_tick(row)
        on = row is not None and self._model.key(row) in self._model.checked
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(look.accent if on else look.line_strong), 1))
        painter.setBrush(QColor(look.accent if on else look.surface if allowed else look.ground))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS_SMALL, theme.RADIUS_SMALL)
        if on:
            icons.paint(painter, "check", box.adjusted(2, 2, -2, -2), look.on_accent)
        painter.restore()


class RowTable(TableView, Generic[R]):
    """``set_rows`` or ``set_ids``; the place in the list stays. Space ticks where there are boxes.

    ``question`` is what the person asked for (search, filters, year): another one begins with its first row, where the
    chosen one is not in it; the same one, read again after a change, goes on with the next row.
    """

    def __init__(
        self,
        columns: Sequence[Column[R]],
        key: Callable[[R], int],
        parent: QWidget | None = None,
        *,
        checkable: bool = False,
        name: str = "",
    ) -> None:
        self.rows: RowModel[R] = RowModel(columns, key, parent)
        self._checkable = checkable
        self._shape = tuple(columns)
        self._unwanted: set[int] = set()
        super().__init__(self.rows, parent, two_lines=any(column.second for column in columns), multi=False)
        if checkable:
            self.cells = _BoxDelegate(self.rows, self)
            self.setItemDelegate(self.cells)
        self.setAccessibleName(name or _("Daftar data"))
        header = self.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        if any(column.stretch for column in columns):
            header.setStretchLastSection(False)
        for number, column in enumerate(columns):
            if column.stretch:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)

    def set_wanted(self, place: int, wanted: bool) -> None:
        """Whether a column is of use now. It may still leave where there is no room."""
        self._unwanted = self._unwanted - {place} if wanted else self._unwanted | {place}
        self._fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if any(column.drop for column in self._shape):
            self._fit_columns()

    def _fit_columns(self) -> None:
        look = theme.tokens()
        shown = [place for place in range(len(self._shape)) if place not in self._unwanted]
        needed = sum(look.px(self._shape[place].width) for place in shown)
        for drop in sorted({self._shape[place].drop for place in shown} - {0}):
            if needed <= self.viewport().width():
                break
            leaving = [place for place in shown if self._shape[place].drop == drop]
            needed -= sum(look.px(self._shape[place].width) for place in leaving)
            shown = [place for place in shown if place not in leaving]
        for place in range(len(self._shape)):
            if self.isColumnHidden(place) is (place in shown):
                self.setColumnHidden(place, place not in shown)

    def row_height(self) -> int:
        return self.verticalHeader().defaultSectionSize()

    def set_rows(self, rows: Sequence[R], question: object = None) -> None:
        known = {self.rows.key(row): row for row in rows}
        self.set_ids(list(known), lambda ids: [known[number] for number in ids], question)

    def set_ids(
        self, ids: Sequence[int], fetch: Callable[[Sequence[int]], Sequence[R]], question: object = None
    ) -> None:
        self.rows.show_ids(ids, fetch, question)

    def tick_keys(self, keys: Iterable[int]) -> None:
        """Tick exactly these rows."""
        self.rows.checked = set(keys)
        self.viewport().update()
        self.rows.ticked.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if self._checkable and index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.rows.tick(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._checkable and self.currentIndex().isValid() and event.key() == Qt.Key.Key_Space:
            self.rows.tick(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

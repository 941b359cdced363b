"""The first columns of a wide list stay in place while the others are scrolled sideways.

They are shown by a second view of the same model that lies over the table and never takes the focus: selection,
order and scrolling belong to the table behind it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from asn_desktop.gui.table_view import TableView


class FrozenColumns(QTableView):
    """Create it with the table it belongs to; it follows by itself."""

    def __init__(self, table: TableView, count: int) -> None:
        super().__init__(table)
        self._table, self._count = table, count
        self.setObjectName("frozen_columns")
        self.setProperty("frozen", True)
        self.setModel(table.model())
        self.setSelectionModel(table.selectionModel())
        self.setItemDelegate(table.cells)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(table.selectionBehavior())
        self.setSelectionMode(table.selectionMode())
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(table.verticalScrollMode())
        for policy in (self.setVerticalScrollBarPolicy, self.setHorizontalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self._copy_header()
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(table.verticalScrollBar().setValue)
        table.horizontalHeader().sectionResized.connect(lambda *_args: self._follow())
        table.columns_changed.connect(self._follow)
        table.cells.hover_changed.connect(self.viewport().update)
        self.doubleClicked.connect(table.doubleClicked)
        table.viewport().installEventFilter(self)
        self._follow()
        self.show()

    def _copy_header(self) -> None:
        header, behind = self.horizontalHeader(), self._table.horizontalHeader()
        header.setFixedHeight(behind.height())
        header.setHighlightSections(False)
        header.setMinimumSectionSize(behind.minimumSectionSize())
        header.setSectionsClickable(behind.sectionsClickable())
        header.setSortIndicatorShown(behind.isSortIndicatorShown())
        behind.sortIndicatorChanged.connect(self._show_order)
        self._show_order(behind.sortIndicatorSection(), behind.sortIndicatorOrder())
        header.sectionClicked.connect(self._sort)
        header.sectionResized.connect(self._resized_here)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda at: self._table.choose_columns(header.mapToGlobal(at)))

    def _show_order(self, section: int, order: Qt.SortOrder) -> None:
        self.horizontalHeader().setSortIndicator(section, order)

    def _sort(self, section: int) -> None:
        self._table.horizontalHeader().sectionClicked.emit(section)

    def _resized_here(self, section: int, _old: int, new: int) -> None:
        if self._table.columnWidth(section) != new and section < self._count:
            self._table.setColumnWidth(section, new)

    def _follow(self) -> None:
        """Take over widths, hidden columns, row heights and the place over the table."""
        table = self._table
        height = table.verticalHeader().defaultSectionSize()
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        width = 0
        for column in range(table.model().columnCount()):
            hidden = column >= self._count or table.isColumnHidden(column)
            self.setColumnHidden(column, hidden)
            if not hidden:
                self.setColumnWidth(column, table.columnWidth(column))
                width += table.columnWidth(column)
        place = table.viewport().geometry()
        top = table.horizontalHeader().geometry().top()
        self.setGeometry(place.left(), top, width + 1, place.bottom() - top + 1)
        table.left_margin = width
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._follow()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._table.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._table.hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._table.hover(-1)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if abs(event.angleDelta().x()) > abs(event.angleDelta().y()):
            event.ignore()
        else:
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._table.contextMenuEvent(event)

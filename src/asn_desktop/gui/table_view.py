"""The table of every list: keyboard, copying, hover, column chooser, frozen first columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QItemSelectionModel, QMimeData, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.gui import theme
from asn_desktop.gui.delegates import CellDelegate, rating_width
from asn_desktop.gui.paged_model import ID_ROLE, ROW_ROLE, AnyIndex, CellKind, CopiedCells, PagedTableModel, sortable


class ViewSettings(Protocol):
    """Where widths and chosen columns are remembered. Keys look like ``table.pegawai``."""

    def read(self, key: str) -> Mapping[str, Any]: ...
    def write(self, key: str, value: Mapping[str, Any]) -> None: ...


class NoViewSettings:
    """Remembers for as long as it lives; for tests and previews."""

    def __init__(self) -> None:
        self.stored: dict[str, Mapping[str, Any]] = {}

    def read(self, key: str) -> Mapping[str, Any]:
        return self.stored.get(key, {})

    def write(self, key: str, value: Mapping[str, Any]) -> None:
        self.stored[key] = dict(value)


class TableView(QTableView):
    """Signals: ``current_row(row | None)`` and ``opened(row)`` (Enter, double click).

    ``key_handler(index, event) -> bool`` sees every key first: a grid uses it for 1/2/3 and Enter.
    """

    current_row = Signal(object)
    opened = Signal(object)
    columns_changed = Signal()

    def __init__(
        self,
        model: PagedTableModel,
        parent: QWidget | None = None,
        *,
        two_lines: bool = False,
        multi: bool = True,
        settings: ViewSettings | None = None,
        settings_key: str = "",
    ) -> None:
        super().__init__(parent)
        self.key_handler: Callable[[QModelIndex, QKeyEvent], bool] | None = None
        self._settings = settings or NoViewSettings()
        self._settings_key = settings_key
        self._kept_id: object = None
        self.left_margin = 0
        """Pixels at the left that frozen columns cover."""
        self.cells = CellDelegate(self, two_lines=two_lines)
        self.setItemDelegate(self.cells)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if multi else mode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setModel(model)
        # The header asks about every cell of a selected column each time it is painted: seconds, after Ctrl+A in a
        # long list. It shows no selection anyway, so it gets an empty one.
        self.horizontalHeader().setSelectionModel(QItemSelectionModel(model, self.horizontalHeader()))
        self._set_up_header(model)
        self.apply_look()
        model.modelAboutToBeReset.connect(self._remember_place)
        model.modelReset.connect(self._return_to_place)
        self.doubleClicked.connect(self._open)

    # set-up -----------------------------------------------------------------------------------------

    @property
    def paged(self) -> PagedTableModel:
        found = self.model()
        assert isinstance(found, PagedTableModel)
        return found

    def apply_look(self) -> None:
        """Row heights follow the text size."""
        look = theme.tokens()
        height = look.row_two_lines if self.cells.two_lines else look.row_one_line
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)

    def _set_up_header(self, model: PagedTableModel) -> None:
        header = self.horizontalHeader()
        header.setSectionsMovable(False)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(48)
        header.setFixedHeight(theme.tokens().px(36))
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda at: self.choose_columns(header.mapToGlobal(at)))
        header.setSortIndicatorClearable(False)
        stored = self._settings.read(self._settings_key)
        widths, visible = stored.get("widths", {}), stored.get("visible", {})
        for place, column in enumerate(model.columns):
            natural = rating_width() if column.kind is CellKind.RATING else theme.tokens().px(column.width)
            self.setColumnWidth(place, int(widths.get(column.key, natural)))
            self.setColumnHidden(place, not visible.get(column.key, column.visible))
        if sortable(model.spec):
            self._show_sort(model)
            header.setSectionsClickable(True)
            header.setSortIndicatorShown(True)
            header.sectionClicked.connect(self._sort_by)
        self._save_later = QTimer(self)
        self._save_later.setSingleShot(True)
        self._save_later.setInterval(400)
        self._save_later.timeout.connect(self.save_layout)
        header.sectionResized.connect(lambda *_args: self._save_later.start())

    def _show_sort(self, model: PagedTableModel) -> None:
        keys = [column.key for column in model.columns]
        if model.spec.sort in keys:
            order = Qt.SortOrder.DescendingOrder if model.spec.descending else Qt.SortOrder.AscendingOrder
            self.horizontalHeader().setSortIndicator(keys.index(model.spec.sort), order)
        else:
            self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def _sort_by(self, section: int) -> None:
        column = self.paged.columns[section]
        if column.sortable:
            again = self.paged.spec.sort == column.key and not self.paged.spec.descending
            self.paged.sort(section, Qt.SortOrder.DescendingOrder if again else Qt.SortOrder.AscendingOrder)
        self._show_sort(self.paged)

    # columns ------------------------------------------------------------------------------------------

    def choose_columns(self, at: QPoint) -> None:
        """The menu of columns, ticked where they are shown."""
        menu = self.column_menu()
        menu.exec(at)
        menu.deleteLater()

    def column_menu(self) -> QMenu:
        menu = QMenu(self)
        for place, column in enumerate(self.paged.columns):
            action = QAction(column.label, menu)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(place))
            action.setEnabled(place > 0)  # the first column says whose row it is
            action.toggled.connect(lambda shown, p=place: self.show_column(p, shown))
            menu.addAction(action)
        return menu

    def show_column(self, place: int, shown: bool) -> None:
        self.setColumnHidden(place, not shown)
        self.save_layout()
        self.columns_changed.emit()

    def save_layout(self) -> None:
        """Remember widths and chosen columns."""
        if not self._settings_key:
            return
        columns = list(enumerate(self.paged.columns))
        widths = {c.key: self.columnWidth(p) for p, c in columns if not self.isColumnHidden(p)}
        visible = {c.key: not self.isColumnHidden(p) for p, c in columns}
        self._settings.write(self._settings_key, {"widths": widths, "visible": visible})

    # rows -----------------------------------------------------------------------------------------------

    def row(self) -> Any | None:
        """The current row."""
        index = self.currentIndex()
        return index.data(ROW_ROLE) if index.isValid() else None

    def current_id(self) -> Any | None:
        index = self.currentIndex()
        return index.data(ID_ROLE) if index.isValid() else None

    def selected_ids(self) -> list[Any]:
        """The ids of the selected rows, in the order of the list."""
        return [self.paged.id_at(place) for place in self.selected_places()]

    def selected_places(self) -> list[int]:
        """The selected rows by place, in order.

        Read from the ranges of the selection: Qt's own ``selectedRows`` asks the model about every cell, which takes
        seconds when everything of a long list is selected.
        """
        ranges = [(part.top(), part.bottom()) for part in self.selectionModel().selection().toList()]
        if len(ranges) == 1:
            return list(range(ranges[0][0], ranges[0][1] + 1))
        return sorted({place for top, bottom in ranges for place in range(top, bottom + 1)})

    def select_id(self, row_id: Any, column: int = -1) -> bool:
        """Go to a record; returns whether it is in the list."""
        place = self.paged.place_of(row_id)
        if place is None:
            return False
        at = column if column >= 0 else max(self.currentIndex().column(), 0)
        self.setCurrentIndex(self.paged.index(place, at))
        self.scrollTo(self.currentIndex())
        return True

    def _remember_place(self) -> None:
        self._kept_id = self.current_id()

    def _return_to_place(self) -> None:
        if self._kept_id is None or not self.select_id(self._kept_id):
            self.current_row.emit(None)

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.current_row.emit(self.row())

    def scrollTo(
        self, index: AnyIndex, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell into view, not under the frozen columns."""
        super().scrollTo(index, hint)
        covered = self.left_margin - self.visualRect(index).left()
        if covered > 0 and self.columnViewportPosition(index.column()) + self.horizontalOffset() >= self.left_margin:
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - covered)

    def _open(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if row is not None:
            self.opened.emit(row)

    # keys and mouse ----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.key_handler is not None and self.key_handler(self.currentIndex(), event):
            event.accept()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the selected rows on the clipboard, visible columns in their order; several rows get headings."""
        places = self.selected_places()
        columns = [p for p in range(len(self.paged.columns)) if not self.isColumnHidden(p)]
        self.put_on_clipboard(self.paged.copied(places, columns, headings=len(places) > 1))

    def put_on_clipboard(self, cells: CopiedCells) -> None:
        """Text for any program, and a table for Excel that keeps numbers as text."""
        data = QMimeData()
        data.setText(cells.tsv)
        data.setHtml(cells.html)
        QGuiApplication.clipboard().setMimeData(data)

    def contextMenuEvent(self, event: Any) -> None:
        menu = QMenu(self)
        for action in self.actions():
            menu.addAction(action)
        if self.actions():
            menu.addSeparator()
        menu.addAction(_("Salin baris"), QKeySequence.StandardKey.Copy, self.copy)
        menu.exec(event.globalPos())
        menu.deleteLater()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.hover(-1)
        super().leaveEvent(event)

    def hover(self, row: int) -> None:
        if row != self.cells.hovered_row:
            self.cells.hovered_row = row
            self.viewport().update()
            self.cells.hover_changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "cells"):
            self.apply_look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.columns_changed.emit()

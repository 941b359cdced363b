"""The table of every list: keyboard, copying, hover, column chooser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QItemSelectionModel, QMimeData, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.gui import theme
from asn_desktop.gui.chosen_rows import ChosenRows
from asn_desktop.gui.delegates import CellDelegate, rating_width
from asn_desktop.gui.paged_model import ROW_ROLE, CellKind, CopiedCells, PagedTableModel, sortable


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


class TableView(ChosenRows):
    """Signals: ``current_row(row | None)`` (the one chosen row) and ``opened(row)`` (Enter, double click).

    ``key_handler(index, event) -> bool`` sees every key first: a grid uses it for 1/2/3 and Enter.
    """

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
        super().__init__(model, parent, multi=multi)
        self.key_handler: Callable[[QModelIndex, QKeyEvent], bool] | None = None
        self._settings = settings or NoViewSettings()
        self._settings_key = settings_key
        self.opens_on_double_click: Callable[[QModelIndex], bool] = lambda _index: True
        self.cells = CellDelegate(self, two_lines=two_lines)
        self.setItemDelegate(self.cells)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        # The header asks about every cell of a selected column each time it is painted: seconds, after Ctrl+A in a
        # long list. It shows no selection anyway, so it gets an empty one.
        self.horizontalHeader().setSelectionModel(QItemSelectionModel(model, self.horizontalHeader()))
        self._set_up_header(model)
        self.apply_look()
        self.doubleClicked.connect(lambda index: self._open(index) if self.opens_on_double_click(index) else None)

    # set-up -----------------------------------------------------------------------------------------

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
        self._scale = theme.tokens().scale
        stored = self._settings.read(self._settings_key)
        widths, visible = stored.get("widths", {}), stored.get("visible", {})
        for place, column in enumerate(model.columns):
            natural = rating_width() if column.kind is CellKind.RATING else theme.tokens().px(column.width)
            kept = widths.get(column.key)
            self.setColumnWidth(place, natural if kept is None else theme.tokens().px(kept))
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
        """Remember chosen columns and widths, as they would be in text of the usual size."""
        if not self._settings_key:
            return
        columns = list(enumerate(self.paged.columns))
        widths = {c.key: round(self.columnWidth(p) / self._scale) for p, c in columns if not self.isColumnHidden(p)}
        visible = {c.key: not self.isColumnHidden(p) for p, c in columns}
        self._settings.write(self._settings_key, {"widths": widths, "visible": visible})

    # rows -----------------------------------------------------------------------------------------------

    def _open(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if row is not None and self.chosen_count == 1:
            self.opened.emit(row)

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
        menu = self.row_menu()
        menu.exec(event.globalPos())
        menu.deleteLater()

    def row_menu(self) -> QMenu:
        """What can be done with the chosen rows; entries for a single row are left out where several are chosen."""
        menu = QMenu(self)
        actions = [action for action in self.actions() if action.data() or self.chosen_count == 1]
        for action in actions:
            menu.addAction(action)
        if actions:
            menu.addSeparator()
        menu.addAction(_("Salin baris"), QKeySequence.StandardKey.Copy, self.copy)
        return menu

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

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "cells"):
            self.apply_look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.columns_changed.emit()

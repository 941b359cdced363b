"""The rating grid: thousands of rows, entirely by keyboard.

Arrows move, 1 2 3 rate (every selected row), Enter goes down, Tab to the next cell, Del clears, Ctrl+C and Ctrl+V
exchange a block with Excel.
"""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from asn_desktop.appraisal.commands import KEEP, RatingChange
from asn_desktop.appraisal.paste import rows_as_text
from asn_desktop.appraisal.predicate import Rating
from asn_desktop.appraisal.queries import EvaluationRow
from asn_desktop.core.i18n import _
from asn_desktop.gui import theme
from asn_desktop.gui.appraisal import delegates
from asn_desktop.gui.appraisal.grid_model import SORTS, GridColumn, RatingModel

KEYS = {Qt.Key.Key_1: Rating.DI_BAWAH, Qt.Key.Key_2: Rating.SESUAI, Qt.Key.Key_3: Rating.DI_ATAS}
RATING_COLUMNS = (GridColumn.RESULT, GridColumn.BEHAVIOUR)


class RatingGrid(QTableView):
    """Emits what the person wants; writes nothing itself."""

    rated = Signal(list)
    """``list[RatingChange]`` of one keystroke or click."""
    pasted = Signal(str, int, bool)
    """(text, first row, on the column of perilaku kerja)."""
    copied = Signal(int)
    current_changed = Signal(object)
    """The :class:`EvaluationRow` under the cursor, or None."""
    opened = Signal(int)
    """Evaluation id: double click on the person, or F2."""
    sort_wanted = Signal(str, bool)

    def __init__(self, model: RatingModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setAccessibleName(_("Daftar penilaian"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for column, delegate in (
            (GridColumn.PERSON, delegates.PersonDelegate(self)),
            (GridColumn.RESULT, delegates.RatingDelegate(self)),
            (GridColumn.BEHAVIOUR, delegates.RatingDelegate(self)),
            (GridColumn.PREDICATE, delegates.PredicateDelegate(self)),
        ):
            self.setItemDelegateForColumn(column, delegate)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.sectionClicked.connect(self._header_clicked)
        self._sorted: tuple[str, bool] = ("name", False)
        self.fit()
        model.modelReset.connect(self._tell_current)
        model.dataChanged.connect(self._tell_current)

    # -- looks --------------------------------------------------------------------------------------------

    def fit(self) -> None:
        """Give the columns their widths for the present size and look."""
        self.verticalHeader().setDefaultSectionSize(theme.tokens().row_two_lines)
        room = self.viewport().width()
        words, without = delegates.rating_width(words=True), delegates.rating_width(words=False)
        predicate = delegates.predicate_width()
        rating = words if room - 2 * words - predicate >= theme.tokens().px(190) else without
        rest = max(room - 2 * rating - predicate, theme.tokens().px(120))
        for column, width in enumerate((rest, rating, rating, predicate)):
            self.setColumnWidth(column, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def show_sort(self, sort: str, descending: bool) -> None:
        self._sorted = (sort, descending)
        header = self.horizontalHeader()
        header.setSortIndicatorShown(True)
        column = next((column for column, name in SORTS.items() if name == sort), GridColumn.PERSON)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(column, order)

    def _header_clicked(self, section: int) -> None:
        sort = SORTS[GridColumn(section)]
        self.sort_wanted.emit(sort, self._sorted == (sort, False))

    # -- where we are -------------------------------------------------------------------------------------

    @property
    def current_row(self) -> EvaluationRow | None:
        return self._model.row_at(self.currentIndex().row())

    def selected_places(self) -> list[int]:
        """Rows of the selection from top to bottom."""
        places: set[int] = set()
        for part in self.selectionModel().selection():
            places.update(range(part.top(), part.bottom() + 1))
        return sorted(places)

    def selected_ids(self) -> list[int]:
        return [self._model.ids[place] for place in self.selected_places()]

    def go_to(self, place: int, column: GridColumn = GridColumn.RESULT) -> None:
        """Put the cursor on a rating of a row and show it."""
        index = self._model.index(place, column)
        mode = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, mode)
        self.scrollTo(index)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        super().currentChanged(current, previous)
        self._tell_current()

    def _tell_current(self) -> None:
        self.current_changed.emit(self.current_row)

    # -- keys and mouse -----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif key in KEYS:
            self.rate(KEYS[key])
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.rate(None)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._step_row(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and self._step_cell(-1 if key == Qt.Key.Key_Backtab else 1):
            event.accept()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            column = GridColumn.RESULT if key == Qt.Key.Key_Left else GridColumn.BEHAVIOUR
            if self.currentIndex().isValid():
                self.go_to(self.currentIndex().row(), column)
        elif key == Qt.Key.Key_F2 and self.current_row is not None:
            self.opened.emit(self.current_row.id)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks through the cells and leaves the grid only at its ends."""
        return self._step_cell(1 if forward else -1) or super().focusNextPrevChild(forward)

    def _step_row(self, step: int) -> None:
        place = self.currentIndex().row() + step
        if 0 <= place < self._model.rowCount():
            self.go_to(place, self.rating_column())

    def _step_cell(self, step: int) -> bool:
        index = self.currentIndex()
        if not index.isValid():
            return False
        cell = index.row() * 2 + (self.rating_column() == GridColumn.BEHAVIOUR) + step
        if not 0 <= cell < self._model.rowCount() * 2:
            return False
        self.go_to(cell // 2, RATING_COLUMNS[cell % 2])
        return True

    def rating_column(self, column: int | None = None) -> GridColumn:
        """The rating a key acts on in ``column`` (default: where the cursor is)."""
        place = self.currentIndex().column() if column is None else column
        return GridColumn.BEHAVIOUR if place == GridColumn.BEHAVIOUR else GridColumn.RESULT

    def rate(self, rating: Rating | None) -> None:
        """Give every selected row this rating in the current column (None clears it)."""
        self._emit(self.selected_places() or [self.currentIndex().row()], self.rating_column(), rating)

    def _emit(self, places: list[int], column: GridColumn, rating: Rating | None) -> None:
        changes = []
        for row in self._model.rows_at(place for place in places if 0 <= place < self._model.rowCount()):
            place = self._model.place_of(row.id)
            if place is None or not self._model.can_rate(place) or delegates.rating_of(row, column) is rating:
                continue
            on_result = column == GridColumn.RESULT
            changes.append(
                RatingChange(row.id, result=rating if on_result else KEEP, behaviour=KEEP if on_result else rating)
            )
        if changes:
            self.rated.emit(changes)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.column() in RATING_COLUMNS:
            rating = delegates.segment_at(self.visualRect(index), event.position())
            if rating is not None:
                self.go_to(index.row(), GridColumn(index.column()))
                self._emit([index.row()], GridColumn(index.column()), rating)
                return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        row = self._model.row_at(index.row())
        if row is not None and index.column() in (GridColumn.PERSON, GridColumn.PREDICATE):
            self.opened.emit(row.id)
        else:
            self.mousePressEvent(event)

    # -- clipboard ----------------------------------------------------------------------------------------

    def copy(self) -> None:
        """The selected rows as a block that Excel takes and a paste reads again."""
        rows = self._model.rows_at(self.selected_places())
        block = rows_as_text(
            [(r.nip, r.name, r.result, r.behaviour, r.predicate.label if r.predicate else "") for r in rows]
        )
        QGuiApplication.clipboard().setText(block)
        self.copied.emit(len(rows))

    def _paste(self) -> None:
        text = QGuiApplication.clipboard().text()
        if text.strip():
            place = max(self.currentIndex().row(), 0)
            self.pasted.emit(text, place, self.rating_column() == GridColumn.BEHAVIOUR)

"""What a key or a button acts on is what the eye is led to: the chosen rows of a table, from one source.

The chosen rows are the highlighted ones. The cursor always stands on one of them, so the frame, the panel beside the
list, the line below it and every action mean the same people. Qt keeps cursor and selection apart (Ctrl+End moves only
the one, a click with Ctrl may leave the cursor on a row that is not chosen, the focus gives a cursor without a
selection); here they cannot part. Reading a list again keeps the place: the chosen rows that are still there, otherwise
the row that came next, at the same height of the window.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from asn_desktop.gui.paged_model import ID_ROLE, ROW_ROLE, AnyIndex, PagedTableModel

_Flag = QItemSelectionModel.SelectionFlag
_ROW = _Flag.ClearAndSelect | _Flag.Rows
_MOST_RANGES = 200
"""Chosen rows that an order has scattered more than this are not chosen again: Qt would take seconds."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the person was before the list was read again."""

    ids: Sequence[Hashable]
    row: int
    column: int
    chosen: Sequence[Hashable]
    scrolled: int
    height: int | None
    """Distance of the cursor's row from the upper edge; None when it was scrolled out of sight."""


class ChosenRows(QTableView):
    """The part of :class:`~asn_desktop.gui.table_view.TableView` that knows which rows everything is about."""

    current_row = Signal(object)
    """The one chosen row; None where none or several are chosen (:attr:`chosen_count` tells). Sent once for each
    change, and after each reading of the list."""

    def __init__(self, model: PagedTableModel, parent: QWidget | None, *, multi: bool) -> None:
        super().__init__(parent)
        self._moving = 0
        self._command: QItemSelectionModel.SelectionFlag | None = None
        self._told: tuple[int, object] | None = None
        self._place: _Place | None = None
        self.first_by_itself = True
        """Whether the first row is chosen when a list appears. Not where choosing it is the decision itself."""
        self.was_standing = False
        """Whether the mouse was pressed on the one row that was chosen already: a first click only goes there."""
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if multi else mode.SingleSelection)
        self.setModel(model)
        model.modelAboutToBeReset.connect(self._remember_place)
        model.modelReset.connect(self._return_to_place)
        self.selectionModel().selectionChanged.connect(lambda *_args: self._settle())
        self.selectionModel().currentChanged.connect(lambda *_args: self._settle())

    @property
    def paged(self) -> PagedTableModel:
        found = self.model()
        assert isinstance(found, PagedTableModel)
        return found

    # what is chosen -----------------------------------------------------------------------------------

    def row(self) -> Any | None:
        """The row that everything is about; None where none or several are chosen."""
        index = self.currentIndex()
        return index.data(ROW_ROLE) if index.isValid() and self.chosen_count == 1 else None

    def current_id(self) -> Any | None:
        """The id of :meth:`row`."""
        index = self.currentIndex()
        return index.data(ID_ROLE) if index.isValid() and self.chosen_count == 1 else None

    def selected_ids(self) -> list[Any]:
        """The ids of the chosen rows, in the order of the list: what an action for several rows acts on."""
        return [self.paged.id_at(place) for place in self.selected_places()]

    def selected_places(self) -> list[int]:
        """The chosen rows by place, in order."""
        return [place for top, bottom in self._ranges() for place in range(top, bottom + 1)]

    @property
    def chosen_count(self) -> int:
        return sum(bottom - top + 1 for top, bottom in self._ranges())

    def _ranges(self) -> list[tuple[int, int]]:
        """The chosen rows as (first, last), in order and without overlap.

        Read from the ranges of the selection: Qt's own ``selectedRows`` asks the model about every cell, which takes
        seconds when everything of a long list is selected.
        """
        result: list[tuple[int, int]] = []
        for top, bottom in sorted((part.top(), part.bottom()) for part in self.selectionModel().selection().toList()):
            if result and top <= result[-1][1] + 1:
                result[-1] = (result[-1][0], max(bottom, result[-1][1]))
            else:
                result.append((top, bottom))
        return result

    # going somewhere ----------------------------------------------------------------------------------

    def go_to(self, place: int, column: int = -1) -> None:
        """Choose the row at a place, only this one, and show it; whatever keys are held."""
        self.setCurrentIndex(self.paged.index(place, column if column >= 0 else max(self.currentIndex().column(), 0)))
        self.scrollTo(self.currentIndex())

    def select_id(self, row_id: Any, column: int = -1) -> bool:
        """Choose a record; returns whether it is in the list."""
        place = self.paged.place_of(row_id)
        if place is None:
            return False
        self.go_to(place, column)
        return True

    def choose_none(self) -> None:
        """Stand nowhere (a new record is entered beside the list)."""
        with self._together():
            self.selectionModel().clear()

    def in_sight(self) -> bool:
        """Whether the cursor's row is to be seen; otherwise it is brought into view, and a key does nothing more.

        For keys that change something without asking: what the wheel has moved away is not changed blindly.
        """
        index = self.currentIndex()
        top = self.rowViewportPosition(index.row())
        height = self.rowHeight(index.row())
        seen = index.isValid() and -height // 2 <= top <= self.viewport().height() - height // 2
        if not seen:
            self.scrollTo(index)
        return seen

    # staying together ---------------------------------------------------------------------------------

    def selectionCommand(self, index: AnyIndex, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        """Keys move the choice with the cursor, Shift widens it; moves of the program choose one row."""
        if event is None and self._command is not None:  # Qt asks once more within the same key or click
            return self._command
        result = _ROW if index.isValid() else _Flag.NoUpdate
        if isinstance(event, QMouseEvent):
            result = super().selectionCommand(index, event)
        elif isinstance(event, QKeyEvent) and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            several = self.selectionMode() == QAbstractItemView.SelectionMode.ExtendedSelection
            result = _Flag.SelectCurrent | _Flag.Rows if several else result
        if event is not None:
            self._command = result
        return result

    @contextmanager
    def _together(self) -> Iterator[None]:
        """Qt moves cursor and selection one after the other; only the result counts."""
        self._moving += 1
        self._command = None
        try:
            yield
        finally:
            self._moving -= 1
            self._command = None
        self._settle()

    def _settle(self) -> None:
        if self._moving:
            return
        self._moving += 1
        try:
            self._agree()
        finally:
            self._moving -= 1
        count = self.chosen_count
        told = (count, self.current_id())
        if told != self._told:
            self._told = told
            self.current_row.emit(self.row())

    def _agree(self) -> None:
        """The cursor goes to the nearest chosen row; where none is chosen, its own row is."""
        model = self.selectionModel()
        current, ranges = model.currentIndex(), self._ranges()
        if current.isValid() and not ranges:
            model.select(current, _ROW)
        elif ranges and not (current.isValid() and any(top <= current.row() <= bottom for top, bottom in ranges)):
            here = current.row()
            nearest = min((min(max(here, top), bottom) for top, bottom in ranges), key=lambda place: abs(place - here))
            model.setCurrentIndex(self.paged.index(nearest, max(current.column(), 0)), _Flag.NoUpdate)

    def focusInEvent(self, event: QFocusEvent) -> None:
        nowhere = not self.currentIndex().isValid()
        with self._together():
            super().focusInEvent(event)  # Qt puts the cursor somewhere
            if nowhere and not self.first_by_itself:
                self.selectionModel().clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        with self._together():
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._note_standing(event)
        with self._together():
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._note_standing(event)
        with self._together():
            super().mouseDoubleClickEvent(event)

    def _note_standing(self, event: QMouseEvent) -> None:
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        place = self.rowAt(event.position().toPoint().y())
        self.was_standing = not held and self.chosen_count == 1 and place == self.currentIndex().row() >= 0

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        with self._together():
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        with self._together():
            super().mouseReleaseEvent(event)

    # reading the list again -----------------------------------------------------------------------------

    def _remember_place(self) -> None:
        self._moving += 1
        current, model = self.currentIndex(), self.paged
        row, ranges = current.row(), self._ranges()
        chosen = [model.id_at(place) for top, bottom in ranges for place in range(top, bottom + 1)]
        top = self.rowViewportPosition(row)
        height = top if current.isValid() and 0 <= top < self.viewport().height() else None
        self._place = _Place(model.ids, row, current.column(), chosen, self.verticalScrollBar().value(), height)

    def _return_to_place(self) -> None:
        before, self._place = self._place, None
        if before is not None and self.paged.rowCount() and (before.row >= 0 or self.first_by_itself):
            self._choose_again(before)
        self._moving -= 1
        self._told = None
        self._settle()

    def _choose_again(self, before: _Place) -> None:
        model = self.paged
        cursor = _next_of(before, model)
        stays = before.row >= 0 and model.id_at(cursor) == before.ids[before.row]
        places = sorted(place for one in before.chosen if (place := model.place_of(one)) is not None) if stays else []
        breaks = [n for n, (one, other) in enumerate(pairwise(places), 1) if other != one + 1]
        last = model.columnCount() - 1
        selection = QItemSelection()
        if len(breaks) < _MOST_RANGES:
            for start, end in pairwise([0, *breaks, len(places)] if places else []):
                selection.select(model.index(places[start], 0), model.index(places[end - 1], last))
        else:
            selection.select(model.index(cursor, 0), model.index(cursor, last))
        at = model.index(cursor, max(before.column, 0))
        self.selectionModel().select(selection, _ROW)
        self.selectionModel().setCurrentIndex(at, _Flag.NoUpdate if places else _ROW)
        self.executeDelayedItemsLayout()
        bar = self.verticalScrollBar()
        if model.other_question or before.row < 0:
            self.scrollTo(at)
        elif before.height is not None:
            bar.setValue(cursor * self.verticalHeader().defaultSectionSize() - before.height)
            self.scrollTo(at)
        else:
            bar.setValue(before.scrolled)


def _next_of(before: _Place, model: PagedTableModel) -> int:
    """Where to stand: on the same record; after another question on the first, else on the next one still there."""
    if before.row < 0:
        return 0
    same = model.place_of(before.ids[before.row])
    if same is not None or model.other_question:
        return same or 0
    following = (*range(before.row + 1, len(before.ids)), *range(before.row - 1, -1, -1))
    return next((place for n in following if (place := model.place_of(before.ids[n])) is not None), 0)

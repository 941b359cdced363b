"""The menu of the right button (and of the menu key) on a list or a tree: what can be done with its row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QMenu

from asn_desktop.core.i18n import _
from asn_desktop.gui.table_view import TableView


@dataclass(frozen=True, slots=True)
class Entry:
    """``keys`` are only shown: the view or the window handles them already."""

    text: str
    act: Callable[[], object]
    keys: str = ""
    enabled: bool = True


class ContextMenu(QObject):
    """``entries`` is asked each time; None in it is a line. Tables get *Salin baris* at the end."""

    def __init__(self, view: QAbstractItemView, entries: Callable[[], Sequence[Entry | None]]) -> None:
        super().__init__(view)
        self._view, self._entries = view, entries
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._open)

    def build(self) -> QMenu:
        """The menu of the current row; empty where nothing can be done."""
        menu = QMenu(self._view)
        for entry in self._entries():
            if entry is None:
                menu.addSeparator()
                continue
            shown = f"{entry.text}\t{entry.keys}" if entry.keys else entry.text
            action = menu.addAction(shown)
            action.setEnabled(entry.enabled)
            action.triggered.connect(lambda _checked=False, act=entry.act: act())
        if isinstance(self._view, TableView) and self._view.currentIndex().isValid():
            menu.addSeparator()
            copy = QKeySequence(QKeySequence.StandardKey.Copy).toString(QKeySequence.SequenceFormat.NativeText)
            menu.addAction(f"{_('Salin baris')}\t{copy}").triggered.connect(self._view.copy)
        return menu

    def _open(self, place: QPoint) -> None:
        menu = self.build()
        if menu.actions():
            menu.exec(self._view.viewport().mapToGlobal(place))
        menu.deleteLater()

"""Everything that a widget and what belongs to it may show or read aloud: texts, headings, cells, tool tips."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QTreeView,
    QWidget,
)

ROWS = 12
"""How many rows of a list are looked at."""


class Shown(NamedTuple):
    """``kind``: ``text``, ``tip`` (a small window of its own) or ``cell``."""

    where: str
    kind: str
    text: str


def texts(root: QObject) -> Iterator[Shown]:
    """Painted widgets are found by their accessible names; texts that are empty are left out."""
    for child in (root, *root.findChildren(QObject)):
        where = type(child).__name__
        found: Iterator[tuple[str, str]] = iter(())
        if isinstance(child, QAction):
            found = iter((("text", child.text()), ("tip", child.toolTip())))
        elif isinstance(child, QWidget):
            found = _of_widget(child)
        yield from (Shown(where, kind, text) for kind, text in found if text)


def _of_widget(widget: QWidget) -> Iterator[tuple[str, str]]:
    yield from (("tip", text) for text in (widget.toolTip(), widget.statusTip(), widget.whatsThis()))
    yield from (("text", text) for text in (widget.windowTitle(), widget.accessibleName()))
    yield "text", widget.accessibleDescription()
    if isinstance(widget, QLabel | QAbstractButton):
        yield "text", widget.text()
    elif isinstance(widget, QLineEdit):
        yield from (("text", text) for text in (widget.placeholderText(), widget.text()))
    elif isinstance(widget, QPlainTextEdit):
        yield from (("text", text) for text in (widget.placeholderText(), widget.toPlainText()))
    elif isinstance(widget, QTextEdit):
        yield "text", widget.toPlainText()
    elif isinstance(widget, QComboBox):
        yield from (("text", widget.itemText(place)) for place in range(widget.count()))
    elif isinstance(widget, QGroupBox | QMenu):
        yield "text", widget.title()
    elif isinstance(widget, QTabBar):
        for place in range(widget.count()):
            yield from (("text", widget.tabText(place)), ("tip", widget.tabToolTip(place)))
    elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _cells(widget)


def _cells(view: QAbstractItemView) -> Iterator[tuple[str, str]]:
    """Headings and the first rows of what a list, table or tree shows."""
    model = view.model()
    root = view.rootIndex()
    columns = 1 if isinstance(view, QListView) else model.columnCount(root)
    for column in range(columns):
        yield "cell", _text(model.headerData(column, Qt.Orientation.Horizontal))
        yield "tip", _text(model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole))
    yield from _below(view, root, columns)


def _below(view: QAbstractItemView, parent: QModelIndex, columns: int) -> Iterator[tuple[str, str]]:
    model = view.model()
    for row in range(min(ROWS, model.rowCount(parent))):
        for column in range(columns):
            index = model.index(row, column, parent)
            yield "cell", _text(index.data(Qt.ItemDataRole.DisplayRole))
            yield "tip", _text(index.data(Qt.ItemDataRole.ToolTipRole))
        if isinstance(view, QTreeView):
            yield from _below(view, model.index(row, 0, parent), columns)


def _text(found: object) -> str:
    return found if isinstance(found, str) else ""

"""The tree of units with a figure at the right of each; names are shortened before they reach the figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from asn_desktop.gui import theme

_NODE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class UnitNode:
    """A line of the tree. ``parent`` None is the top level; ``figure`` is "88 %" or "42"; ``tone`` colours it.

    ``hint`` is the tool tip; without one, name and figure.
    """

    id: int | None
    parent: int | None
    name: str
    figure: str = ""
    tone: str = ""
    hint: str = ""


class UnitTree(QTreeWidget):
    """``chosen(id)`` when the person goes to a unit; ``id`` None is the line for all units."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setColumnCount(1)
        self.setIndentation(theme.tokens().px(16))
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_UnitDelegate(self))
        self._items: dict[int | None, QTreeWidgetItem] = {}
        self._quiet = False
        self.currentItemChanged.connect(self._current_changed)

    def set_units(self, nodes: Sequence[UnitNode], *, expanded: bool = False) -> None:
        """Show these units in this order (parents before children); the chosen one and open branches stay."""
        if self._update_figures(nodes):
            return
        kept = self.current_id
        opened = {key for key, item in self._items.items() if item.isExpanded()}
        self._quiet = True
        self.clear()
        self._items = {}
        for node in nodes:
            above = self._items.get(node.parent) if node.parent is not None else None
            item = QTreeWidgetItem(above) if above is not None else QTreeWidgetItem(self)
            item.setText(0, node.name)
            _fill(item, node)
            self._items[node.id] = item
        for key, item in self._items.items():
            item.setExpanded(expanded or key in opened)
        if nodes:
            self.setCurrentItem(self._items.get(kept) or self._items[nodes[0].id])
        self._quiet = False

    def _update_figures(self, nodes: Sequence[UnitNode]) -> bool:
        """Write new figures into the same tree; False when the units themselves are other ones."""
        before = [item.data(0, _NODE) for item in self._items.values()]
        if not before or [(n.id, n.parent, n.name) for n in before] != [(n.id, n.parent, n.name) for n in nodes]:
            return False
        for node in nodes:
            _fill(self._items[node.id], node)
        self.viewport().update()
        return True

    @property
    def current_id(self) -> int | None:
        item = self.currentItem()
        node = item.data(0, _NODE) if item is not None else None
        return node.id if isinstance(node, UnitNode) else None

    def select(self, unit_id: int | None) -> bool:
        """Go to a unit as the person would; returns whether it is in the tree."""
        item = self._items.get(unit_id)
        if item is None:
            return False
        self.setCurrentItem(item)
        self.scrollToItem(item)
        return True

    def filter(self, text: str) -> None:
        """Show only units whose name holds the text, and the units above them."""
        wanted = text.casefold()
        for item in self._items.values():
            item.setHidden(bool(wanted) and wanted not in item.text(0).casefold())
        if wanted:
            for item in list(self._items.values()):
                if not item.isHidden():
                    self._show_above(item)

    def _show_above(self, item: QTreeWidgetItem) -> None:
        above = item.parent()
        while above is not None:
            above.setHidden(False)
            above.setExpanded(True)
            above = above.parent()

    def _current_changed(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and not self._quiet:
            self.chosen.emit(self.current_id)


def _fill(item: QTreeWidgetItem, node: UnitNode) -> None:
    item.setToolTip(0, node.hint or (f"{node.name} · {node.figure}" if node.figure else node.name))
    item.setData(0, _NODE, node)


class _UnitDelegate(QStyledItemDelegate):
    def __init__(self, view: UnitTree) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, theme.tokens().px(30))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look = theme.tokens()
        node: UnitNode = index.data(_NODE)
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(rect, QColor(look.accent_soft))
            if self._view.hasFocus():
                painter.fillRect(QRect(0, rect.top(), 3, rect.height()), QColor(look.accent))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(look.hover))
        weight = QFont.Weight.DemiBold if selected else QFont.Weight.Normal
        font, small = theme.font(13, weight=weight), theme.font(12)
        figure_width = QFontMetrics(small).horizontalAdvance(node.figure) if node.figure else 0
        name_place = rect.adjusted(4, 0, -figure_width - look.px(20), 0)
        painter.setFont(font)
        painter.setPen(QColor(look.accent_pressed if selected else look.ink))
        # OPD are told apart by their beginning, units of one OPD (UPTD Puskesmas …) by their end.
        elide = Qt.TextElideMode.ElideMiddle if index.parent().isValid() else Qt.TextElideMode.ElideRight
        name = QFontMetrics(font).elidedText(node.name, elide, name_place.width())
        painter.drawText(name_place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        painter.setFont(small)
        painter.setPen(QColor(theme.tone(node.tone).ink if node.tone else look.muted))
        figure_place = rect.adjusted(0, 0, -look.px(8), 0)
        painter.drawText(figure_place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, node.figure)
        painter.restore()

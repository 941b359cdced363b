"""Where: the unit tree with a number beside each name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QFontMetrics, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_number
from asn_desktop.gui import theme
from asn_desktop.reference.queries import UnitRow

_ID = Qt.ItemDataRole.UserRole
_COUNT = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex


class UnitTree(QTreeView):
    """``chosen(id | None)`` when another unit is selected; None is *Semua unit*."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(theme.tokens().px(14))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Unit kerja"))
        self.setItemDelegate(_CountDelegate(self))
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        self._by_id: dict[int | None, QStandardItem] = {}
        self._silent = False
        self.selectionModel().currentChanged.connect(self._current_changed)

    @property
    def unit_id(self) -> int | None:
        """The selected unit; None for all."""
        index = self.currentIndex()
        found = index.data(_ID) if index.isValid() else None
        return found if isinstance(found, int) else None

    def set_units(self, units: Sequence[UnitRow], counts: Mapping[int, int]) -> None:
        """Show the tree again; what was open and selected stays so. ``units`` has parents before children."""
        keep, opened = self.unit_id, self._opened()
        self._silent = True
        self._items.clear()
        self._by_id = {}
        everybody = self._item(_("Semua unit"), None, _total(units, counts))
        self._items.appendRow(everybody)
        for unit in units:
            if unit.kind == "INSTANSI":
                continue
            item = self._item(unit.name, unit.id, counts.get(unit.id, 0))
            parent = self._by_id.get(unit.parent_id) if unit.parent_id is not None else None
            (parent or self._items.invisibleRootItem()).appendRow(item)
        for unit_id in opened & self._by_id.keys():
            self.expand(self._by_id[unit_id].index())
        self.setCurrentIndex(self._by_id.get(keep, everybody).index())
        self._silent = False
        if self.unit_id != keep:
            self.chosen.emit(self.unit_id)

    def choose(self, unit_id: int | None) -> None:
        """Select a unit and make it visible."""
        item = self._by_id.get(unit_id)
        if item is not None:
            self.setCurrentIndex(item.index())
            self.scrollTo(item.index())

    def _item(self, name: str, unit_id: int | None, count: int) -> QStandardItem:
        item = QStandardItem(name)
        item.setData(unit_id, _ID)
        item.setData(format_number(count), _COUNT)
        item.setToolTip(name)
        item.setData(_("{unit}, {n} pegawai").format(unit=name, n=count), Qt.ItemDataRole.AccessibleTextRole)
        self._by_id[unit_id] = item
        return item

    def _opened(self) -> set[int | None]:
        return {unit_id for unit_id, item in self._by_id.items() if self.isExpanded(item.index())}

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid() and not self._silent:
            self.chosen.emit(self.unit_id)


class UnitPopup(QFrame):
    """Lends the tree a window of its own until a unit is chosen; ``give_back`` puts it in its place again."""

    def __init__(self, tree: UnitTree, give_back: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("card", True)
        self._tree, self._give_back = tree, give_back
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 4, 8)
        column.addWidget(tree)
        tree.show()
        tree.clicked.connect(self._picked)
        tree.activated.connect(self._picked)

    def open_below(self, place: QWidget) -> None:
        look = theme.tokens()
        self.resize(look.px(340), look.px(380))
        self.move(place.mapToGlobal(place.rect().bottomLeft()))
        self.show()
        self._tree.setFocus()

    def _picked(self, _index: QModelIndex) -> None:
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._tree.clicked.disconnect(self._picked)
        self._tree.activated.disconnect(self._picked)
        self._give_back()
        super().closeEvent(event)


def _total(units: Sequence[UnitRow], counts: Mapping[int, int]) -> int:
    return sum(counts.get(unit.id, 0) for unit in units if unit.parent_id is None)


class _CountDelegate(QStyledItemDelegate):
    """The name at the left, shortened where needed, the number at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), theme.tokens().row_one_line)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look = theme.tokens()
        view = option.widget
        state = option.state
        rect: QRect = option.rect
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        view.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, view)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        count = str(index.data(_COUNT) or "")
        small = theme.font(12)
        width = QFontMetrics(small).horizontalAdvance(count)
        inside = rect.adjusted(look.px(4), 0, -look.px(8), 0)
        painter.setFont(small)
        painter.setPen(QColor(look.accent if selected else look.muted))
        painter.drawText(inside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        name_font = theme.font(13)
        if selected:
            name_font.setWeight(name_font.Weight.DemiBold)
        painter.setFont(name_font)
        painter.setPen(QColor(look.ink))
        inside.setRight(inside.right() - width - look.px(8))
        name = QFontMetrics(name_font).elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        painter.restore()

"""Units with how far each is: the first zone of the tab."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeWidget, QTreeWidgetItem, QWidget

from asn_desktop.appraisal.queries import Progress
from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_number
from asn_desktop.gui import theme
from asn_desktop.reference.queries import UnitRow

UNIT_ROLE = Qt.ItemDataRole.UserRole
PROGRESS_ROLE = Qt.ItemDataRole.UserRole + 1


class UnitTree(QTreeWidget):
    """*Semua unit* first, then the OPD; ``chosen(unit_id | None)`` when the person goes to another one."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setIndentation(theme.tokens().px(14))
        self.setAccessibleName(_("Unit kerja"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_PercentDelegate(self))
        self.setUniformRowHeights(True)
        self._items: dict[int | None, QTreeWidgetItem] = {}
        self.currentItemChanged.connect(self._tell)

    @property
    def unit_id(self) -> int | None:
        item = self.currentItem()
        return item.data(0, UNIT_ROLE) if item else None

    def show_units(self, units: Sequence[UnitRow], progress: Mapping[int | None, Progress]) -> None:
        """Units that have somebody to rate; the chosen one and what was unfolded stay."""
        shown = [unit for unit in units if unit.kind != "INSTANSI" and progress.get(unit.id, _NOBODY).total]
        if [unit.id for unit in shown] == [key for key in self._items if key is not None] and self._items:
            self._update_progress(progress)
            return
        kept = self.unit_id
        unfolded = {key for key, item in self._items.items() if item.isExpanded()}
        self.blockSignals(True)
        self.clear()
        self._items = {None: self._item(None, _("Semua unit"), self)}
        for unit in shown:  # parents come before children
            parent = self._items.get(unit.parent_id) if unit.parent_id is not None else None
            self._items[unit.id] = self._item(unit.id, unit.name, parent or self)
        for key in unfolded & self._items.keys():
            self._items[key].setExpanded(True)
        self.blockSignals(False)
        self._update_progress(progress)
        self.setCurrentItem(self._items.get(kept, self._items[None]))

    def choose(self, unit_id: int | None) -> None:
        """Go to a unit as if it had been clicked; an unknown one is *Semua unit*."""
        if self._items:
            self.setCurrentItem(self._items.get(unit_id, self._items[None]))

    def _item(self, unit_id: int | None, name: str, parent: QTreeWidget | QTreeWidgetItem) -> QTreeWidgetItem:
        item = QTreeWidgetItem(parent, [name])
        item.setData(0, UNIT_ROLE, unit_id)
        return item

    def _update_progress(self, progress: Mapping[int | None, Progress]) -> None:
        for unit_id, item in self._items.items():
            found = progress.get(unit_id, _NOBODY)
            item.setData(0, PROGRESS_ROLE, found)
            text = _("{name}\n{rated} dari {total} dinilai").format(
                name=item.text(0), rated=format_number(found.rated), total=format_number(found.total)
            )
            item.setToolTip(0, text)
        self.viewport().update()

    def _tell(self, current: QTreeWidgetItem | None, previous: QTreeWidgetItem | None) -> None:
        if current is not None and current is not previous:
            self.chosen.emit(current.data(0, UNIT_ROLE))


_NOBODY = Progress(0, 0, 0)


class _PercentDelegate(QStyledItemDelegate):
    """The name, elided, and the percentage at the right; 100 % in green."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        option.text = ""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        look = theme.tokens()
        rect: QRect = option.rect
        found = index.data(PROGRESS_ROLE) or _NOBODY
        number = f"{found.percent} %"
        small = theme.font(12, weight=QFont.Weight.DemiBold if found.percent == 100 else QFont.Weight.Normal)
        width = QFontMetrics(small).horizontalAdvance("100 %") + 8
        painter.save()
        painter.setFont(small)
        painter.setPen(QColor(look.accent if found.percent == 100 else look.muted))
        right = rect.adjusted(0, 0, -6, 0)
        painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number)
        name = rect.adjusted(4, 0, -width - 6, 0)
        painter.setFont(theme.font(13))
        painter.setPen(QColor(look.ink))
        # OPD are told apart by their beginning, units of one OPD (UPTD Puskesmas …) by their end.
        elide = Qt.TextElideMode.ElideMiddle if index.parent().isValid() else Qt.TextElideMode.ElideRight
        shown = QFontMetrics(theme.font(13)).elidedText(index.data(), elide, name.width())
        painter.drawText(name, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()

"""Where: the lines of the unit tree, and the tree as a window of its own where there is no room beside the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_number
from asn_desktop.gui import theme
from asn_desktop.gui.widgets import button, label
from asn_desktop.gui.widgets.unit_tree import UnitNode, UnitTree
from asn_desktop.reference.queries import UnitRow


def unit_nodes(units: Sequence[UnitRow], counts: Mapping[int, int]) -> list[UnitNode]:
    """*Semua unit* and the units below the office, each with how many people it has. A province sees each of its
    districts with the units below it; its own tree only where it has people of its own."""
    tops = [unit for unit in units if unit.parent_id is None]
    everybody = sum(counts.get(top.id, 0) for top in tops)
    nodes = [UnitNode(None, None, _("Semua unit"), format_number(everybody))]
    own = next((top.id for top in tops if not top.office), 0)
    several = len(tops) > 1
    hidden = {own} if not several or not counts.get(own) else set()
    for unit in units:
        if unit.id not in hidden:
            parent = None if unit.parent_id in hidden else unit.parent_id
            nodes.append(UnitNode(unit.id, parent, unit.name, format_number(counts.get(unit.id, 0))))
    return nodes


class UnitPopup(QFrame):
    """Lends the tree a window until a unit is chosen; ``give_back`` puts it in its place again."""

    def __init__(self, tree: UnitTree, give_back: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("card", True)
        self._tree, self._give_back = tree, give_back
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 4, 8)
        column.addWidget(tree)
        tree.show()
        tree.itemClicked.connect(self._picked)
        tree.itemActivated.connect(self._picked)

    def open_below(self, place: QWidget) -> None:
        """Show it under the button that asked for it."""
        look = theme.tokens()
        self.resize(look.px(340), look.px(380))
        self.move(place.mapToGlobal(place.rect().bottomLeft()))
        self.show()
        self._tree.setFocus()

    def _picked(self) -> None:
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._tree.itemClicked.disconnect(self._picked)
        self._tree.itemActivated.disconnect(self._picked)
        self._give_back()
        super().closeEvent(event)


class HeadlessBanner(QFrame):
    """Units without a head have people whose assessor nobody knows: said above the list until it is settled."""

    def __init__(self, settle: Callable[[], object]) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 8)
        line.setSpacing(theme.SPACE)
        self.text = label("", "warning", wrap=True)
        line.addWidget(self.text, 1)
        self.settle_button = button(_("Tetapkan pimpinan"), kind="link", clicked=settle)
        line.addWidget(self.settle_button)
        self.hide()

    def show_count(self, units: int) -> None:
        """How many units have people but no head; 0 hides the banner."""
        text = _("{n} unit belum punya pimpinan, jadi penilai pegawainya belum diketahui.").format(n=units)
        self.text.setText(text)
        self.setVisible(units > 0)

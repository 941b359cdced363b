"""The way from one record of a list to its neighbours, inside the dialog of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_number
from asn_desktop.gui import theme
from asn_desktop.gui.widgets import label, tool_button


class ListWalk(QWidget):
    """*3 dari 25* and two arrows; Ctrl+PgUp and Ctrl+PgDn do the same. ``wanted(id)`` asks for a neighbour.

    ``order`` holds the ids of the list as it was when the dialog opened. Alone it stays hidden.
    """

    wanted = Signal(int)

    def __init__(self, order: Sequence[int], before: str, after: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._order = order
        self._at = -1
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_SMALL)
        self.place = label("", "secondary", parent=self)
        self.before = tool_button("chevron-left", _("{what} (Ctrl+PgUp)").format(what=before), parent=self)
        self.after = tool_button("chevron-right", _("{what} (Ctrl+PgDn)").format(what=after), parent=self)
        for widget in (self.place, self.before, self.after):
            row.addWidget(widget)
        for act, keys, step in ((self.before, "Ctrl+PgUp", -1), (self.after, "Ctrl+PgDown", 1)):
            act.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # these have keys of their own
            act.clicked.connect(partial(self._step, step))
            QShortcut(QKeySequence(keys), parent).activated.connect(partial(self._step, step))

    def show_place(self, current: int) -> None:
        """Whose turn it is."""
        self._at = self._order.index(current) if current in self._order else -1
        self.setVisible(self._at >= 0 and len(self._order) > 1)
        text = _("{n} dari {count}")
        self.place.setText(text.format(n=format_number(self._at + 1), count=format_number(len(self._order))))
        self.before.setEnabled(self._at > 0)
        self.after.setEnabled(self._at + 1 < len(self._order))

    def _step(self, step: int, _checked: bool = False) -> None:
        place = self._at + step
        if self._at >= 0 and 0 <= place < len(self._order):
            self.wanted.emit(self._order[place])

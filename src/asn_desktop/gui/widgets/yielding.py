"""Buttons that give their words away where a row is too narrow for them, so that no word is ever cut."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLayout, QPushButton, QWidget


class YieldingWords(QObject):
    """Keeps ``row`` as narrow as ``place``: one button after the other, in the order given, shows its icon alone.

    A button without a tool tip of its own says its words there. ``row`` is a layout that goes from side to side.
    """

    def __init__(self, place: QWidget, row: QLayout, buttons: Sequence[QPushButton]) -> None:
        super().__init__(place)
        self._place, self._row = place, row
        self._buttons = [(button, button.text(), button.toolTip()) for button in buttons]
        for button, words, _tip in self._buttons:
            button.setAccessibleName(words)
        place.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._give_back()
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):  # something else appeared or grew
            self._yield()
        return False

    def _give_back(self) -> None:
        for button, words, tip in self._buttons:
            if not button.text():
                button.setText(words)
                button.setToolTip(tip)

    def _yield(self) -> None:
        for button, words, tip in self._buttons:
            if button.isHidden() or not button.text():
                continue
            layout = self._place.layout()
            assert layout is not None
            layout.activate()  # what was measured before a word changed is out of date
            if self._row.minimumSize().width() <= self._place.contentsRect().width():
                return
            button.setText("")
            button.setToolTip(tip or words)

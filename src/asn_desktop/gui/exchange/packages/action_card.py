"""A big action with a sentence: what it does, before it is pressed. Takes dropped files where it is told to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from asn_desktop.gui import theme
from asn_desktop.gui.widgets import Card, button, label, picture, tool_button


class ActionCard(Card):
    """Picture, title, sentence and one button."""

    def __init__(
        self, icon: str, title: str, text: str, verb: str, act: Callable[[], object], parent: QWidget, *, primary: bool
    ) -> None:
        super().__init__(parent=parent)
        self._icon = icon
        self.heading_row = QWidget(self)
        row = QHBoxLayout(self.heading_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        self._picture = picture(icon, 22, theme.tokens().accent, parent=self)
        row.addWidget(self._picture)
        row.addWidget(label(title, "section", parent=self), 1)
        self.body.addWidget(self.heading_row)
        self.text = label(text, "secondary", wrap=True, parent=self)
        self.text.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.body.addWidget(self.text, 1, Qt.AlignmentFlag.AlignTop)
        self.button = button(verb, kind="primary" if primary else "", icon=icon, parent=self, clicked=act)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(theme.SPACE)
        self._buttons.addWidget(self.button, 1)
        self.body.addLayout(self._buttons)

    def add_tool(self, icon: str, tip: str, act: Callable[[], object]) -> QToolButton:
        """A small button beside the big one, for another way to the same."""
        result = tool_button(icon, tip, parent=self, clicked=act)
        self._buttons.addWidget(result)
        return result

"""A card beside a list that explains what is selected there; its content is built anew each time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from asn_desktop.gui import theme
from asn_desktop.gui.widgets import label

Fill = Callable[[QWidget, QVBoxLayout], None]
"""Puts widgets with the given parent into the given column."""


class DetailPanel(QFrame):
    """Scrolls what does not fit; ``empty`` is said while nothing is selected."""

    def __init__(self, parent: QWidget, empty: str = "") -> None:
        super().__init__(parent)
        self._empty = empty
        self.setProperty("card", True)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._box.addWidget(self._scroll, 1)

    def show_content(self, fill: Fill | None) -> None:
        """Replace the content; None: nothing is selected. What stood there is deleted."""
        page = QWidget()
        page.setProperty("clear", True)
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(theme.SPACE)
        if fill is not None:
            fill(page, column)
        elif self._empty:
            column.addWidget(label(self._empty, "secondary", wrap=True, parent=page))
        column.addStretch(1)
        self._scroll.setWidget(page)

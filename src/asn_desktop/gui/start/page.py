"""A page of a start window."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from asn_desktop.gui import theme


class Page(QWidget):
    """A page of a start window: its heading, and where the cursor goes."""

    title = ""
    subtitle = ""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.GAP)

    def start(self) -> None:
        """Called whenever the page comes to the front."""

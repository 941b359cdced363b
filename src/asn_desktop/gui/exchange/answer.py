"""A radio button whose text may need several lines."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QWidget

from asn_desktop.gui import theme
from asn_desktop.gui.widgets import label


class Answer(QWidget):
    """Emits ``taken`` when the person chooses it."""

    taken = Signal()

    def __init__(self, text: str, chosen: bool, group: QButtonGroup, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(theme.SPACE_SMALL)
        self.radio = QRadioButton(self)
        self.radio.setAccessibleName(text)
        self.radio.setChecked(chosen)
        group.addButton(self.radio)
        self.text = label(text, wrap=True, parent=self)
        self.text.setCursor(Qt.CursorShape.PointingHandCursor)
        row.addWidget(self.radio, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text, 1)
        self.radio.clicked.connect(lambda: self.taken.emit())

    def choose(self) -> None:
        """As a click on it."""
        self.radio.click()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.radio.setFocus()
            self.radio.click()

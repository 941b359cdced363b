"""A small window that says what is being done while there is no other window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.gui import theme
from asn_desktop.gui.widgets import label


class Notice(QWidget):
    """Cannot be closed by hand: it goes when the work is done."""

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self.setWindowTitle(_("ASN Desktop"))
        self.setWindowFlags(Qt.WindowType.Window | Qt.WindowType.CustomizeWindowHint | Qt.WindowType.WindowTitleHint)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 28)
        column.setSpacing(theme.GAP)
        column.addWidget(label(title, "title", parent=self))
        column.addWidget(label(text, wrap=True, parent=self))
        bar = QProgressBar(self)
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        column.addWidget(bar)
        self.setFixedWidth(theme.tokens().px(420))

    def closeEvent(self, event: QCloseEvent) -> None:
        if event.spontaneous():
            event.ignore()

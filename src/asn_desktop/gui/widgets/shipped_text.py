"""A text that comes with the program (Markdown), the only place of the windows where markup means anything."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QTextBrowser, QWidget

from asn_desktop.gui import theme


class ShippedText(QTextBrowser):
    """Read only; follows no link and opens no file, whatever the text asks for."""

    def __init__(self, markdown: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("boxed", True)
        self.setOpenLinks(False)
        self.setAccessibleName(name)
        look = theme.tokens()
        self.setStyleSheet(f"QTextBrowser {{ background: {look.surface}; color: {look.ink}; }}")
        self.setMarkdown(markdown)

    def loadResource(self, type: int, name: QUrl | str) -> object:
        """An empty picture for every one: where Qt gets none it opens the file itself."""
        return _NOTHING


_NOTHING = QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)
_NOTHING.fill(Qt.GlobalColor.transparent)

"""A search field that waits until the typing pauses."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.gui import icons, theme


class SearchField(QLineEdit):
    """Emits ``searched(text)`` 150 ms after the last key, at once on Enter. Esc empties it.

    Text is stripped. Enter goes no further: in a dialog it would press the primary button.
    """

    searched = Signal(str)

    def __init__(self, hint: str = "", parent: QWidget | None = None, *, delay: int = 150) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint or _("Cari …"))
        self.setAccessibleName(hint or _("Cari"))
        self._last = ""
        # Made here, not by addAction(icon): what Qt makes itself can lose its Python side while it is in use.
        self._glass = QAction(icons.icon("search", theme.tokens().muted), "", self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._clear = QAction(icons.icon("x", theme.tokens().muted), "", self)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setToolTip(_("Kosongkan"))
        self._clear.setVisible(False)
        self._clear.triggered.connect(self.clear)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(delay)
        self._timer.timeout.connect(self.search_now)
        self.textChanged.connect(self._typed)

    def width_of_hint(self) -> int:
        """How wide it is when the hint just fits beside the glass."""
        return self.fontMetrics().horizontalAdvance(self.placeholderText()) + 56

    def _typed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._timer.start()

    def search_now(self) -> None:
        """Emit the text if it differs from the last search."""
        self._timer.stop()
        text = self.text().strip()
        if text != self._last:
            self._last = text
            self.searched.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.search_now()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.search_now()
            super().keyPressEvent(event)
            event.accept()
        else:
            super().keyPressEvent(event)

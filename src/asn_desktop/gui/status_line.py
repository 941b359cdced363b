"""The foot of the window: whether everything is saved, what is running, and the keys of the current tab."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_clock
from asn_desktop.gui import icons, theme
from asn_desktop.gui.widgets import KeyHint, label


class StatusLine(QFrame):
    """*Tersimpan 10.42* at the left, key hints at the right; hints that do not fit are left out from the end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("foot", True)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(20, 5, 16, 5)
        row.setSpacing(6)
        self._icon = label(parent=self)
        self.saved = label("", "secondary", parent=self)
        self.working = label("", "secondary", parent=self)
        row.addWidget(self._icon)
        row.addWidget(self.saved)
        row.addSpacing(12)
        row.addWidget(self.working)
        row.addStretch(1)
        self._hints_row = QHBoxLayout()
        self._hints_row.setSpacing(14)
        row.addLayout(self._hints_row)
        self._hints: list[KeyHint] = []
        self._saved_at: datetime | None = None
        self._refused = False
        self.setMinimumHeight(theme.tokens().px(32))
        self._show_icon("check", "muted")

    def set_low(self, low: bool) -> None:
        """Less room above and below, for a low window."""
        self._row.setContentsMargins(20, 2 if low else 5, 16, 2 if low else 5)
        self.setMinimumHeight(theme.tokens().px(24 if low else 32))

    def set_saved(self, at: datetime) -> None:
        """Everything is saved; the time as offices write it (10.42)."""
        self._saved_at = at
        self._refused = False
        self.saved.setText(_("Tersimpan {time}").format(time=format_clock(at)))
        theme.set_role(self.saved, "secondary")
        self._show_icon("check", "muted")

    def set_unsaved(self, reason: str) -> None:
        """Something could not be saved: said in words and in red, until something is saved or the place is left."""
        self._refused = True
        self.saved.setText(_("Belum tersimpan: {reason}").format(reason=reason))
        theme.set_role(self.saved, "error")
        self._show_icon("triangle-alert", "danger")

    def leave_refusal(self) -> None:
        """Another tab: what was refused there was said there."""
        if not self._refused:
            return
        self._refused = False
        if self._saved_at is not None:
            self.set_saved(self._saved_at)
        else:
            self.saved.clear()
            self._show_icon("check", "muted")

    def set_working(self, text: str) -> None:
        """What runs in the background; empty when nothing does."""
        self.working.setText(text)

    def set_hints(self, hints: Sequence[tuple[str, str]]) -> None:
        """``(key, what it does)`` in order of importance."""
        for old in self._hints:
            self._hints_row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._hints = [KeyHint(key, text, self) for key, text in hints]
        for hint in self._hints:
            self._hints_row.addWidget(hint)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - self.saved.sizeHint().width() - self.working.sizeHint().width() - 110
        for hint in self._hints:
            room -= hint.sizeHint().width() + 14
            hint.setVisible(room > 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _show_icon(self, name: str, token: str) -> None:
        side = theme.tokens().px(16)
        color = getattr(theme.tokens(), token)
        self._icon.setPixmap(icons.pixmap(name, side, color, ratio=self.devicePixelRatioF()))

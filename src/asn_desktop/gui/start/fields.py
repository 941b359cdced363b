"""A field of a form: caption above, editor, and below it a hint or what is wrong."""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.gui import icons, theme
from asn_desktop.gui.widgets import label


class Field(QWidget):
    """Caption, editor and one line below: the hint, or the error while there is one."""

    def __init__(self, caption: str, editor: QWidget, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self._hint = hint
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_SMALL)
        self.caption = label(caption, "field", parent=self)
        self.caption.setBuddy(editor)
        editor.setAccessibleName(caption)
        self.below = label(hint, "secondary", wrap=True, parent=self)
        self.below.setVisible(bool(hint))
        for widget in (self.caption, editor, self.below):
            column.addWidget(widget)

    @property
    def error(self) -> str:
        return self.below.text() if self.below.property("role") == "error" else ""

    def set_error(self, text: str) -> None:
        """Show what is wrong at the field; an empty text brings the hint back."""
        theme.set_role(self.below, "error" if text else "secondary")
        theme.set_property(self.editor, "invalid", bool(text))
        self.below.setText(text or self._hint)
        self.below.setVisible(bool(text or self._hint))
        self.below.setAccessibleName(text)

    def set_hint(self, text: str) -> None:
        self._hint = text
        if not self.error:
            self.set_error("")


class TextField(Field):
    """A field of one line. Typing takes the error away."""

    def __init__(self, caption: str, hint: str = "", *, text: str = "", parent: QWidget | None = None) -> None:
        self.line = QLineEdit(text)
        super().__init__(caption, self.line, hint, parent)
        self.line.textEdited.connect(lambda: self.set_error(""))

    @property
    def text(self) -> str:
        return self.line.text().strip()

    def require(self, message: str) -> bool:
        """Whether something was typed; otherwise says so at the field."""
        self.set_error("" if self.text else message)
        return bool(self.text)


class PassphraseField(Field):
    """A passphrase: hidden letters, an eye to look, and a word when Caps Lock is on."""

    edited = Signal(str)

    def __init__(self, caption: str, hint: str = "", *, parent: QWidget | None = None) -> None:
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        # Passphrases must not end up in the memory of an input method.
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        super().__init__(caption, self.line, hint, parent)
        self._eye = QAction(_("Lihat kata sandi"), self.line)
        self._eye.setCheckable(True)
        icons.set_icon(self._eye, "eye", "muted")
        self._eye.toggled.connect(self._reveal)
        self.line.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self.caps = label(_("Caps Lock menyala."), "error", parent=self)
        self.caps.hide()
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self.caps)
        self.line.textEdited.connect(self._edited)
        self.line.installEventFilter(self)

    @property
    def text(self) -> str:
        return self.line.text()

    def clear(self) -> None:
        self.line.clear()
        self._eye.setChecked(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            found = caps_lock_seen(event)
            if found is not None:
                self.caps.setVisible(found)
        return False

    def _edited(self, text: str) -> None:
        self.set_error("")
        self.edited.emit(text)

    def _reveal(self, shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._eye.setText(_("Sembunyikan kata sandi") if shown else _("Lihat kata sandi"))


def caps_lock_seen(event: QKeyEvent) -> bool | None:
    """Whether Caps Lock is on, as far as this key tells; ``None`` when it tells nothing.

    Windows is asked directly; elsewhere a letter whose case does not fit the Shift key gives it away.
    """
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.user32.GetKeyState(0x14) & 1)
    if event.key() == Qt.Key.Key_CapsLock:
        return False if event.isAutoRepeat() else None
    text = event.text()
    if len(text) != 1 or not text.isalpha():
        return None
    shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    return text.isupper() != shifted

"""The frame of every dialog and side panel.

Title, body, one row of buttons with the primary one at the right.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from asn_desktop.core.i18n import _
from asn_desktop.gui import low_screen, messages, theme
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets.controls import button, label
from asn_desktop.gui.widgets.segmented import SegmentedControl

T = TypeVar("T")
FRAME = QSize(16, 40)
"""What the system draws around a window: its borders and the title bar."""


def fit(window: QWidget, width: int, height: int) -> None:
    """Resize to logical pixels before the text scale, but never beyond the screen (1366×768 at 150 % is 911×512)."""
    room = QGuiApplication.primaryScreen().availableSize() - FRAME
    look = theme.tokens()
    window.resize(QSize(look.px(width), look.px(height)).boundedTo(room))


class Dialog(QDialog):
    """Title at the top (``heading`` has room beside it), ``body`` to fill, buttons below. Esc cancels.

    Wide enough for its texts at any scale.

    ``add_primary`` goes to the right end, ``add_cancel`` beside it, ``add_extra`` to the left. A dialog whose content
    is written by who opened it emits ``wanted`` instead of accepting; who opened it calls :meth:`save_and_close`.
    """

    wanted = Signal()
    asks_first = False
    """Whether closing without saving asks first: what is typed here takes long to type again."""

    def __init__(self, title: str, parent: QWidget | None = None, *, subtitle: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        content = QWidget(self)
        self.body = QVBoxLayout(content)
        ends = 12 if low_screen.screen_is_low() else 20
        self.body.setContentsMargins(24, ends, 24, ends)
        self.body.setSpacing(theme.GAP)
        self.title_label = label(title, "title", wrap=True, parent=content)
        self.heading = QHBoxLayout()
        self.heading.setSpacing(theme.MARGIN)
        self.heading.addWidget(self.title_label, 1)
        self.body.addLayout(self.heading)
        if subtitle:
            self.body.addWidget(label(subtitle, "secondary", wrap=True, parent=content))
        outer.addWidget(content, 1)
        self._foot = foot = QFrame(self)
        foot.setProperty("foot", True)
        self._buttons = QHBoxLayout(foot)
        self._buttons.setContentsMargins(24, 12, 24, 12)
        self._buttons.setSpacing(theme.SPACE)
        self._buttons.addStretch(1)
        outer.addWidget(foot)
        self.setMinimumWidth(theme.tokens().px(420))
        self._at_first: list[object] | None = None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._at_first is None:
            self._at_first = typed(self)

    def reject(self) -> None:
        """Close without doing anything; see :attr:`asks_first`."""
        kept = self.asks_first and self._at_first is not None and self._at_first != typed(self)
        question = _("Yang Anda isi di jendela ini belum disimpan.")
        if not kept or messages.confirm(self, _("Buang isian ini?"), question, action=_("Buang isian")):
            super().reject()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show, QEvent.Type.Resize):
            self._make_room()
        return handled

    def _make_room(self) -> None:
        """Never lower than the wrapped lines need at this width; Qt asks at the width it would prefer."""
        room = self.screen().availableGeometry().height() - theme.tokens().px(40)
        needed = self.body.totalMinimumHeightForWidth(self.width()) + self._foot.sizeHint().height()
        self.setMinimumHeight(min(needed, room))

    def save_and_close(self, runner: Runner, work: Callable[[], T], done: Callable[[T], object]) -> None:
        """Write what was typed and close. Refused, the dialog stays with everything in it and the reason above it."""

        def written(result: T) -> None:
            self.setEnabled(True)
            self.accept()
            done(result)

        def refused(error: BaseException) -> None:
            self.setEnabled(True)
            messages.show_error(self, error)

        self.setEnabled(False)
        runner.run_write(lambda _progress: work(), written, refused, owner=self)

    def add_primary(self, text: str, action: Callable[[], object] | None = None, *, icon: str = "") -> QPushButton:
        """The one filled button; without ``action`` it accepts the dialog."""
        result = button(text, kind="primary", icon=icon, parent=self)
        result.setDefault(True)
        result.clicked.connect(lambda: action() if action is not None else self.accept())
        self._buttons.addWidget(result)
        return result

    def add_button(self, text: str, action: Callable[[], object], *, kind: str = "", icon: str = "") -> QPushButton:
        """A quiet (or ``danger``) button before the primary one."""
        result = button(text, kind=kind, icon=icon, parent=self)
        result.setAutoDefault(False)
        result.clicked.connect(lambda: action())
        self._buttons.addWidget(result)
        return result

    def add_cancel(self, text: str = "") -> QPushButton:
        """*Batal*: closes without doing anything."""
        return self.add_button(text or _("Batal"), self.reject)

    def add_extra(self, text: str, action: Callable[[], object], *, icon: str = "") -> QPushButton:
        """A quiet button at the left end (help, copy details)."""
        result = button(text, kind="ghost", icon=icon, parent=self)
        result.setAutoDefault(False)
        result.clicked.connect(lambda: action())
        self._buttons.insertWidget(0, result)
        return result

    def add_note(self) -> QLabel:
        """A sentence at the left end: what the primary button will do."""
        result = label("", "secondary", wrap=True, parent=self)
        self._buttons.insertWidget(0, result, 100)  # the room that the buttons leave
        return result


def typed(window: QWidget) -> list[object]:
    """All that a person can have put into the fields of a window, to be compared with what stood there before."""
    result: list[object] = []
    for each in window.findChildren(QWidget):
        if isinstance(each, QLineEdit) and not each.isReadOnly():
            result.append(each.text())
        elif isinstance(each, QPlainTextEdit) and not each.isReadOnly():
            result.append(each.toPlainText())
        elif isinstance(each, QComboBox):
            result.append(each.currentText())
        elif isinstance(each, QAbstractButton) and each.isCheckable():
            result.append(each.isChecked())
        elif isinstance(each, SegmentedControl):
            result.append(each.value)
    return result


class SidePanel(QFrame):
    """The third zone: the selected thing, explained, beside the list.

    A card with title, subtitle and ``body``.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 14, 16, 16)
        self.body.setSpacing(theme.SPACE)
        self.title_label = label("", "section", wrap=True, parent=self)
        self.subtitle_label = label("", "secondary", wrap=True, parent=self)
        self.body.addWidget(self.title_label)
        self.body.addWidget(self.subtitle_label)

    def set_heading(self, title: str, subtitle: str = "") -> None:
        self.title_label.setText(title)
        self.subtitle_label.setText(subtitle)
        self._fit_heading()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_heading()

    def _fit_heading(self) -> None:
        """Large letters in a low window leave room for the title alone."""
        tight = theme.tokens().scale > 1 and low_screen.is_low(self)
        self.subtitle_label.setVisible(not tight and bool(self.subtitle_label.text()))
        self.body.setContentsMargins(16, 6 if tight else 14, 16, 6 if tight else 16)
        self.body.setSpacing(4 if tight else theme.SPACE)

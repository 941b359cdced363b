"""The windows behind ``messages``: message box, question, text question, toast, file dialogs.

Used by nobody else.
"""

from __future__ import annotations

import platform
import re
import sys
import traceback
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QEnterEvent, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

import asn_desktop
from asn_desktop.core.errors import AppError
from asn_desktop.core.i18n import _
from asn_desktop.gui import folders, icons, theme
from asn_desktop.gui.dialogs import Dialog
from asn_desktop.gui.messages import ErrorText, Option
from asn_desktop.gui.widgets.controls import button, label

TOAST_MS = 6000
TOAST_WITH_ACTION_MS = 12000
_FILE_DIALOG_ICONS = {
    "backButton": "chevron-left",
    "forwardButton": "chevron-right",
    "toParentButton": "arrow-up",
    "newFolderButton": "folder-plus",
    "listModeButton": "layout-grid",
    "detailModeButton": "list",
}


class MessageDialog(Dialog):
    """An icon, a sentence, what follows from it, and named answers. ``answer`` is what was chosen."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        lines: Sequence[str],
        *,
        icon: str = "info",
        tone: str = "info",
        code: str = "",
    ) -> None:
        super().__init__(title, parent)
        self.answer: str | None = None
        self.heading.removeWidget(self.title_label)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(_ToneIcon(icon, tone, self), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE)
        column.addWidget(self.title_label)
        for line in lines:
            if line:
                column.addWidget(label(line, wrap=True, parent=self))
        if code:
            column.addWidget(label(_("Kode: {code}").format(code=code), "secondary", parent=self))
        column.addStretch(1)
        row.addLayout(column, 1)
        self.body.addLayout(row)
        self.setFixedWidth(theme.tokens().px(500))
        self.setWindowTitle(_("ASN Desktop"))

    def add_answers(self, options: Sequence[Option]) -> None:
        for option in options:
            made = self.add_button(option.text, partial(self._take, option.value), kind=option.kind)
            if option.kind == "primary":
                made.setDefault(True)
                made.setFocus()

    def _take(self, value: str) -> None:
        self.answer = value
        self.accept()


class WindowMessenger:
    """Shows messages as windows of the program."""

    def error(self, parent: QWidget | None, text: ErrorText, error: BaseException) -> None:
        ours = not isinstance(error, AppError)
        box = MessageDialog(
            parent, text.title, [text.safety, text.hint],
            icon="octagon-alert" if ours else "triangle-alert", tone="bad" if ours else "attention",
            code=text.code,
        )  # fmt: skip
        if ours:
            box.add_extra(_("Salin rincian"), lambda: copy_text(error_details(error)), icon="copy")
        box.add_primary(_("Tutup"))
        box.exec()
        box.deleteLater()

    def inform(self, parent: QWidget | None, title: str, text: str) -> None:
        box = MessageDialog(parent, title, [text])
        box.add_primary(_("Mengerti"))
        box.exec()
        box.deleteLater()

    def choose(self, parent: QWidget | None, title: str, text: str, options: Sequence[Option]) -> str | None:
        danger = any(option.kind == "danger" for option in options)
        icon, tone = ("triangle-alert", "attention") if danger else ("circle-help", "info")
        box = MessageDialog(parent, title, [text], icon=icon, tone=tone)
        box.add_answers(options)
        box.exec()
        box.deleteLater()
        return box.answer

    def ask_text(
        self,
        parent: QWidget | None,
        title: str,
        label: str,
        *,
        text: str,
        action: str,
        required: bool,
        lines: int,
    ) -> str | None:
        box = TextDialog(parent, title, label, text=text, action=action, required=required, lines=lines)
        accepted = box.exec() == Dialog.DialogCode.Accepted
        box.deleteLater()
        return box.text if accepted else None

    def notify(self, parent: QWidget, text: str, action: str, on_action: Callable[[], object] | None) -> None:
        Toast(parent.window(), text, [(action, on_action)] if on_action is not None else []).appear()

    def saved(self, parent: QWidget, text: str, path: Path) -> None:
        ways = [(_("Buka folder"), partial(folders.open_path, path if path.is_dir() else path.parent))]
        if not path.is_dir():
            ways.insert(0, (_("Buka berkas"), partial(folders.open_path, path)))
        Toast(parent.window(), text, ways).appear()

    def open_files(
        self, parent: QWidget | None, title: str, start: Path, filters: Sequence[str], *, many: bool
    ) -> list[Path]:
        mode = QFileDialog.FileMode.ExistingFiles if many else QFileDialog.FileMode.ExistingFile
        dialog = file_dialog(parent, title, filters)
        dialog.setFileMode(mode)
        dialog.setDirectory(str(start))
        chosen = [Path(name) for name in dialog.selectedFiles()] if dialog.exec() else []
        dialog.deleteLater()
        return chosen

    def save_file(self, parent: QWidget | None, title: str, suggestion: Path, filters: Sequence[str]) -> Path | None:
        dialog = file_dialog(parent, title, filters)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        found = re.search(r"\*(\.\w+)", filters[0]) if filters else None
        dialog.setDefaultSuffix(found.group(1).lstrip(".") if found else "")
        dialog.setDirectory(str(suggestion.parent))
        dialog.selectFile(suggestion.name)
        chosen = Path(dialog.selectedFiles()[0]) if dialog.exec() else None
        dialog.deleteLater()
        return chosen

    def folder(self, parent: QWidget | None, title: str, start: Path) -> Path | None:
        dialog = file_dialog(parent, title, ())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        dialog.setDirectory(str(start))
        chosen = Path(dialog.selectedFiles()[0]) if dialog.exec() else None
        dialog.deleteLater()
        return chosen


def file_dialog(parent: QWidget | None, title: str, filters: Sequence[str]) -> QFileDialog:
    """The file dialog: the system's own on Windows, which people know; elsewhere Qt's, in Indonesian."""
    dialog = QFileDialog(parent, title)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog, sys.platform != "win32")
    if filters:
        dialog.setNameFilters([*filters, _("Semua berkas (*)")])
    dialog.resize(theme.tokens().px(820), theme.tokens().px(520))
    for name, icon in _FILE_DIALOG_ICONS.items():
        found = dialog.findChild(QToolButton, name)
        if found is not None:  # only Qt's own dialog has them
            icons.set_icon(found, icon, "muted")
    return dialog


def copy_text(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def error_details(error: BaseException) -> str:
    """What the helpers need to know: versions and the traceback.

    Only ever copied when the person asks for it.
    """
    head = f"ASN Desktop {asn_desktop.__version__} · Python {platform.python_version()} · {platform.platform()}"
    return head + "\n\n" + "".join(traceback.format_exception(error))


class TextDialog(Dialog):
    """Asks for a sentence; the primary button waits until something was written when it is required."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        caption: str,
        *,
        text: str,
        action: str,
        required: bool,
        lines: int,
    ) -> None:
        super().__init__(title, parent)
        self._required = required
        self.body.addWidget(label(caption, wrap=True, parent=self))
        self.editor = QPlainTextEdit(text, self)
        self.editor.setTabChangesFocus(True)
        self.editor.setAccessibleName(caption)
        self.editor.setFixedHeight(self.editor.fontMetrics().lineSpacing() * lines + 24)
        self.body.addWidget(self.editor)
        self.add_cancel()
        self.primary = self.add_primary(action)
        self.editor.textChanged.connect(self._check)
        self._check()
        self.editor.setFocus()
        self.setFixedWidth(theme.tokens().px(480))

    @property
    def text(self) -> str:
        return self.editor.toPlainText().strip()

    def _check(self) -> None:
        self.primary.setEnabled(bool(self.text) or not self._required)


class Toast(QFrame):
    """A notice at the foot of the window; goes away by itself, stays while the mouse is over it."""

    def __init__(self, window: QWidget, text: str, ways: Sequence[tuple[str, Callable[[], object]]] = ()) -> None:
        super().__init__(window)
        self._window = window
        for older in window.findChildren(Toast):
            if older is not self:
                older.close()
        self.setObjectName("toast")
        self.setProperty("toast", True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(text)
        self.text = text
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 10 if ways else 16, 8)
        row.setSpacing(theme.GAP)
        self._words = label(text, parent=self)
        row.addWidget(self._words)
        self.buttons = [button(name, parent=self, clicked=partial(self._act, act)) for name, act in ways]
        for made in self.buttons:
            row.addWidget(made)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TOAST_WITH_ACTION_MS if ways else TOAST_MS)
        self._timer.timeout.connect(self.close)
        window.installEventFilter(self)

    def appear(self) -> None:
        beyond = self.sizeHint().width() - (self._window.width() - 2 * theme.tokens().px(24))
        if beyond > 0:
            self._words.setFixedWidth(self._words.sizeHint().width() - beyond)
            self._words.setWordWrap(True)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def _act(self, action: Callable[[], object]) -> None:
        self.close()
        action()

    def _place(self) -> None:
        window = self._window
        foot = theme.tokens().px(48)
        # At the left: what has to be pressed next stands at the right in every window.
        self.move(theme.tokens().px(24), window.height() - self.height() - foot)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()


class _ToneIcon(QWidget):
    def __init__(self, name: str, tone: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name, self._tone = name, tone
        side = theme.tokens().px(40)
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.tone(self._tone)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.ground))
        painter.drawEllipse(self.rect())
        inner = self.width() * 0.25
        icons.paint(painter, self._name, QRectF(self.rect()).adjusted(inner, inner, -inner, -inner), colours.ink)

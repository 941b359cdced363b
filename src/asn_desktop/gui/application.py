"""The QApplication: style, fonts, look, locale and Qt's own texts in Indonesian."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from PySide6.QtCore import QLocale, QObject, Qt, QTranslator
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from asn_desktop.environment.resources import resource_path
from asn_desktop.gui import layout_wrappers, messages, theme
from asn_desktop.gui.looks import apply_look
from asn_desktop.gui.qt_strings import KEPT_CONTEXTS, QT_STRINGS

_HAND_OVER_SECONDS = 0.0005
"""How long work in a thread may go on while the window waits for the interpreter. Painting asks for it again after
every call into Qt: with Python's own 5 ms the window stood still for 150–230 ms during an import (measured), with this
for 58–148 ms at 0.3–1 ms, and the import took no longer (1,500 people, ten other programs at work)."""
DATE_FORMAT = "dd/MM/yyyy"
FIRST_DAY_OF_WEEK = Qt.DayOfWeek.Monday


class IndonesianTranslator(QTranslator):
    """Answers Qt's own strings and remembers those it could not, for a test to list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.missing: set[tuple[str, str]] = set()

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source_text: str, disambiguation: str | None = None, n: int = -1) -> str:
        """The Indonesian text; a text without one stays as it is and is noted in ``missing``.

        Never an empty text: Qt would show it, and a paper size without a name is not valid.
        """
        found = QT_STRINGS.get(f"{context}|{source_text}") or QT_STRINGS.get(source_text)
        if found is None:
            if source_text and context not in KEPT_CONTEXTS:
                self.missing.add((context, source_text))
            return source_text
        return found.replace("%n", str(n)) if n >= 0 else found


def create_application(argv: Sequence[str], *, look: theme.Tokens = theme.LIGHT) -> QApplication:
    """The one application object, ready for windows. Call it once per process, before any widget."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus, False)
    app = QApplication(list(argv))
    sys.setswitchinterval(_HAND_OVER_SECONDS)
    configure(app, look)
    return app


def configure(app: QApplication, look: theme.Tokens = theme.LIGHT) -> None:
    """Give an existing application our style, language and look."""
    layout_wrappers.keep_none()
    messages.made_by(_message_windows)
    app.setApplicationName("ASN Desktop")
    app.setOrganizationName("asn-desktop")
    QLocale.setDefault(QLocale("id_ID"))
    translator = IndonesianTranslator(app)
    app.installTranslator(translator)
    app.setStyle("Fusion")
    theme.load_fonts()
    apply_look(app, look)
    app.setWindowIcon(QIcon(str(resource_path("icons", "asn-desktop.ico"))))
    if sys.platform != "darwin":
        app.setEffectEnabled(Qt.UIEffect.UI_AnimateCombo, False)
    app.aboutToQuit.connect(hand_over_clipboard)


def _message_windows() -> messages.Messenger:
    from asn_desktop.gui.message_windows import WindowMessenger  # only when something is to be shown

    return WindowMessenger()


def hand_over_clipboard() -> None:
    """Give up clipboard data made in Python before Python ends.

    Where Qt itself keeps the clipboard (offscreen, X11) it frees the data after the interpreter is gone, and PySide6
    6.11.3 crashes there (measured). Windows has taken its copy by then; its table form must stay, or Excel would
    read NIPs as numbers.
    """
    clipboard = QGuiApplication.clipboard()
    platform = QGuiApplication.platformName()
    ours = clipboard.ownsClipboard() or platform == "offscreen"  # which never says so
    if ours and platform != "windows":
        clipboard.setText(clipboard.text())


def translator_of(app: QApplication) -> IndonesianTranslator:
    """The translator installed by :func:`configure`."""
    found = app.findChild(IndonesianTranslator)
    if found is None:
        raise LookupError("the application was not configured")
    return found

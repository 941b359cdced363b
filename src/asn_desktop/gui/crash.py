"""What happens with an exception nobody caught.

It is logged, shown with an apology, and the program goes on.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication, QWidget

from asn_desktop.core.errors import AppError, Cancelled
from asn_desktop.core.i18n import _
from asn_desktop.gui import messages
from asn_desktop.gui.message_windows import MessageDialog, copy_text, error_details
from asn_desktop.gui.widgets.controls import label

log = logging.getLogger(__name__)


class CrashDialog(MessageDialog):
    """Apology, whether the data is safe, code, log path, *Salin rincian*."""

    def __init__(self, error: BaseException, log_path: Path | None, parent: QWidget | None = None) -> None:
        text = messages.error_text(error)
        super().__init__(parent, text.title, [text.safety, text.hint], icon="octagon-alert", tone="bad", code=text.code)
        if log_path is not None:
            place = _("Berkas log: {path}").format(path=log_path)
            self.body.addWidget(label(place, "secondary", wrap=True, parent=self))
        self.details = error_details(error)
        self.add_extra(_("Salin rincian"), lambda: copy_text(self.details), icon="copy")
        self.add_primary(_("Lanjutkan"))


class ExceptHook:
    """``sys.excepthook`` of the program. A second error while one is being shown is only logged."""

    def __init__(self, log_path: Path | None = None) -> None:
        self._log_path = log_path
        self._showing = False

    def install(self) -> None:
        sys.excepthook = self

    def __call__(self, kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, traceback)
            return
        if isinstance(error, Cancelled):
            return
        log.critical("not caught", exc_info=(kind, error, traceback))
        if self._showing or QApplication.instance() is None:
            return
        self._showing = True
        try:
            self.show(error)
        finally:
            self._showing = False

    def show(self, error: BaseException) -> None:
        """A person's error as a message, our own mistake as the crash dialog."""
        window = QApplication.activeWindow()
        if isinstance(error, AppError):
            messages.show_error(window, error)
            return
        dialog = CrashDialog(error, self._log_path, window)
        dialog.exec()
        dialog.deleteLater()

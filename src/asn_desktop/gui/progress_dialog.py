"""Shows a job that takes longer than half a second.

What it does, how far it is, how long still, and *Batal*.
"""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.gui import theme
from asn_desktop.gui.dialogs import Dialog
from asn_desktop.gui.tasks import Job
from asn_desktop.gui.widgets import label

APPEARS_AFTER_MS = 500
POLL_MS = 100


def time_left(done: int, total: int, elapsed: float) -> str:
    """A sentence about the remaining time, empty while it cannot be known (``elapsed`` in seconds)."""
    if total <= 0 or done <= 0 or elapsed < 1:
        return ""
    seconds = elapsed * (total - done) / done
    if seconds < 5:
        return _("sebentar lagi selesai")
    if seconds < 60:
        return _("sekitar {n} detik lagi").format(n=round(seconds / 5) * 5)
    return _("sekitar {n} menit lagi").format(n=max(1, round(seconds / 60)))


class ProgressDialog(Dialog):
    """Watches one job by polling its progress; closes itself when the job has ended."""

    def __init__(self, job: Job[Any], parent: QWidget | None = None, *, appears_after: int = APPEARS_AFTER_MS) -> None:
        super().__init__(job.title or _("Sedang diproses"), parent)
        self._job = job
        self._phase = ""
        self._phase_since = time.monotonic()
        self._text = label(wrap=True, parent=self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._left = label("", "secondary", parent=self)
        body = QVBoxLayout()
        body.setSpacing(theme.SPACE)
        for widget in (self._text, self._bar, self._left):
            body.addWidget(widget)
        self.body.addLayout(body)
        self.cancel_button = self.add_cancel(_("Batal"))
        self.setFixedWidth(theme.tokens().px(440))
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self._update)
        self._poll.start()
        QTimer.singleShot(appears_after, self, self._appear)

    @Slot()
    def _appear(self) -> None:
        if not self._job.finished:
            self._update()
            self.open()

    @Slot()
    def _update(self) -> None:
        if self._job.finished:
            self._poll.stop()
            self.done(0)
            self.deleteLater()
            return
        progress = self._job.progress
        if progress.text != self._phase:
            self._phase, self._phase_since = progress.text, time.monotonic()
        stopping = progress.cancelled
        self._text.setText(_("Menghentikan dengan aman …") if stopping else progress.text or _("Mohon tunggu …"))
        self._bar.setMaximum(progress.total)
        self._bar.setValue(min(progress.done, progress.total))
        self._left.setText(self._count_text())

    def _count_text(self) -> str:
        progress = self._job.progress
        if progress.total <= 0:
            return " "
        count = _("{done} dari {total}").format(done=_grouped(progress.done), total=_grouped(progress.total))
        left = time_left(progress.done, progress.total, time.monotonic() - self._phase_since)
        return f"{count} · {left}" if left else count

    def reject(self) -> None:
        """*Batal* and Esc ask the job to stop; the dialog stays until the job has noticed."""
        if self._job.finished:
            super().reject()
            return
        self._job.cancel()
        self.cancel_button.setEnabled(False)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._job.finished:
            super().closeEvent(event)
        else:
            self.reject()
            event.ignore()


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")

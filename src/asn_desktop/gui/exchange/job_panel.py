"""Progress of one job inside a page: what it does, how far it is, and *Batal*."""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.gui import theme
from asn_desktop.gui.dialogs import Dialog
from asn_desktop.gui.progress_dialog import POLL_MS, time_left
from asn_desktop.gui.tasks import Job
from asn_desktop.gui.widgets import button, label


class JobPanel(QWidget):
    """Polls the progress of the job given to :meth:`watch` until it has ended."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job[Any] | None = None
        self._phase, self._since = "", 0.0
        outer = QVBoxLayout(self)
        outer.setContentsMargins(48, 24, 48, 24)
        outer.setSpacing(theme.SPACE)
        outer.addStretch(1)
        self.title = label("", "title", wrap=True, parent=self)
        self.title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._text = label("", parent=self)
        self._text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._left = label(" ", "secondary", parent=self)
        self._left.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        for widget in (self.title, self._text, self._bar, self._left):
            outer.addWidget(widget)
        outer.addSpacing(theme.SPACE)
        self.cancel_button = button(_("Batalkan"), icon="x", parent=self, clicked=self.cancel)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        row.addStretch(1)
        outer.addLayout(row)
        outer.addStretch(2)
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self._update)

    @property
    def text(self) -> str:
        return self._text.text()

    def watch(self, job: Job[Any], title: str) -> None:
        self._job = job
        self.title.setText(title)
        self.cancel_button.setEnabled(True)
        self._phase = ""
        self._update()
        if not job.finished:
            self._poll.start()
            self.cancel_button.setFocus()

    def cancel(self) -> None:
        """Ask the job to stop; it stays on screen until it has noticed."""
        if self._job is not None and not self._job.finished:
            self._job.cancel()
            self.cancel_button.setEnabled(False)
            self._update()

    def _update(self) -> None:
        job = self._job
        if job is None or job.finished:
            self._poll.stop()
            return
        progress = job.progress
        if progress.text != self._phase:
            self._phase, self._since = progress.text, time.monotonic()
        stopping = progress.cancelled
        self._text.setText(_("Menghentikan dengan aman …") if stopping else progress.text or _("Mohon tunggu …"))
        self._bar.setMaximum(progress.total)
        self._bar.setValue(min(progress.done, progress.total))
        if progress.total > 0:
            count = _("{done} dari {total}").format(done=grouped(progress.done), total=grouped(progress.total))
            left = time_left(progress.done, progress.total, time.monotonic() - self._since)
            self._left.setText(f"{count} · {left}" if left else count)
        else:
            self._left.setText(" ")


class JobDialog(Dialog):
    """A dialog in ``pages``, one of which is ``working``: Esc and the cross ask a running job to stop first."""

    pages: QStackedWidget
    working: JobPanel

    @property
    def at_work(self) -> bool:
        return self.pages.currentWidget() is self.working

    @property
    def has_written(self) -> bool:
        """Whether closing leaves something done rather than given up; the dialogs say so."""
        return False

    def reject(self) -> None:
        if self.at_work:
            self.working.cancel()
        elif self.has_written:
            self.accept()
        else:
            self.give_up()

    def give_up(self) -> None:
        """Close with nothing done, also where the job that has just ended is still shown."""
        super().reject()


def grouped(number: int) -> str:
    """``12.345``"""
    return f"{number:,}".replace(",", ".")

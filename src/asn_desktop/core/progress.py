"""How long work tells where it is, and how it is stopped. Polled by the window, never a signal per row."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from asn_desktop.core.errors import Cancelled


@dataclass(slots=True)
class Progress:
    """Shared between a job and whoever watches it. ``total`` 0 means unknown."""

    text: str = ""
    done: int = 0
    total: int = 0
    _cancelled: threading.Event = field(default_factory=threading.Event, repr=False)

    def step(self, text: str, total: int = 0) -> None:
        """Begin a new phase of the work; raises :class:`Cancelled` if the person asked to stop."""
        self.check()
        self.text, self.total, self.done = text, total, 0

    def advance(self, count: int = 1) -> None:
        self.check()
        self.done += count

    def cancel(self) -> None:
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    def part(self) -> Progress:
        """For one file of many: its own text and steps, stopped together with the whole."""
        return Progress(_cancelled=self._cancelled)

    def check(self) -> None:
        if self._cancelled.is_set():
            raise Cancelled

"""Notices when anything in this process, Qt's own code too, opens a certain file (inotify, so Linux only)."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

_IN_OPEN = 0x20


class OpeningWatch:
    """``openings()`` tells how often ``file`` was opened since the last call."""

    def __init__(self, file: Path) -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        self._queue = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if self._queue < 0 or libc.inotify_add_watch(self._queue, os.fsencode(file), _IN_OPEN) < 0:
            raise OSError(ctypes.get_errno(), "inotify", str(file))

    def openings(self) -> int:
        try:
            events = os.read(self._queue, 1 << 16)
        except BlockingIOError:
            return 0
        return len(events) // 16  # a watch on a file names nobody: every event has the size of its head

    def close(self) -> None:
        os.close(self._queue)

"""What a picture of the gallery shows, and the wait until it is drawn."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

Scene = Callable[[], QWidget]


def settle(milliseconds: int = 60) -> None:
    """Let layouts, timers and deliveries run."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()

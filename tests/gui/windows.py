"""How windows go between two tests, and between two scenes of one."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget


def delete_windows(keep: Collection[QWidget]) -> None:
    """Close and delete every window but those to ``keep``, with all that belongs to it."""
    for window in QApplication.topLevelWidgets():
        # The pop-up of a completer has no parent either, but belongs to the completer.
        if window not in keep and window.parent() is None and window.windowType() != Qt.WindowType.Popup:
            window.close()
            window.deleteLater()
    delete_what_was_told_to_go()


def delete_what_was_told_to_go() -> None:
    """Under pytest no event loop ever ends, and only its end would delete what ``deleteLater`` has been told."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

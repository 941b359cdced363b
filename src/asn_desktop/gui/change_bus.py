"""One notification after each write: what changed and who started it.

Every open view decides if it is concerned.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class ChangeBus(QObject):
    """``changed(change_set, initiator)`` is emitted once per committed write, in the GUI thread.

    A view that refreshed itself already may ignore its own echo: ``if initiator is self: return``.
    """

    changed = Signal(object, object)

    def publish(self, change_set: object, initiator: object = None) -> None:
        self.changed.emit(change_set, initiator)

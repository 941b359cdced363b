"""One notification after each write. Every open view decides for itself whether it is concerned."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from asn_desktop.core.changes import ChangeSet


class ChangeBus(QObject):
    """``changed(ChangeSet)`` is emitted once per committed write, in the GUI thread.

    A view that refreshed itself already ignores its own echo: ``if change_set.initiator is self: return``.
    """

    changed = Signal(object)

    def publish(self, change_set: ChangeSet) -> None:
        self.changed.emit(change_set)

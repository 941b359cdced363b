"""*Urungkan* on the notice after a write: takes back exactly that operation."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from asn_desktop.core.changes import ChangeSet
from asn_desktop.gui.tasks import Runner
from asn_desktop.services import Services


def undo_of(services: Services, runner: Runner, changes: ChangeSet, owner: QObject) -> Callable[[], None]:
    """What the button of :func:`messages.notify` does; a conflict is told like any other error."""

    def take_back() -> None:
        runner.run_write(lambda _progress: services.safety.undo_operation(changes.operation_id), owner=owner)

    return take_back

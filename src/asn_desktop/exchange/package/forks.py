"""Is this database still the one it says it is? A copy or a restored one becomes a new replica.

Forking when in doubt is always safe: the new replica shares the old one's history up to where it stands, its next
package brings everything, and nobody takes it for the old one. Not forking would let two databases speak with one
name, and edits would be taken for known that are not.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from asn_desktop.core.i18n import N_, _
from asn_desktop.environment import machine
from asn_desktop.environment.machine import Sighting
from asn_desktop.environment.paths import OfficePaths
from asn_desktop.exchange.package import replicas
from asn_desktop.storage import change_log
from asn_desktop.storage.change_log import OperationLog
from asn_desktop.storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class Fork:
    """``copy``: the original may live on. ``restored``: it cannot, so nobody waits for it. ``twin``: another database
    speaks with our name (found in a package)."""

    reason: str
    forked_at: int

    @property
    def parent_retired(self) -> bool:
        return self.reason == "restored"


_FORK_LABELS = {
    "restored": N_("Data dipulihkan dari cadangan"),
    "copy": N_("Data ini mulai dipakai di tempat baru (salinan)"),
    "twin": N_("Data ini dibedakan dari salinannya di komputer lain"),
}


def recognise(database: Database, paths: OfficePaths) -> Fork | None:
    """Compare the database with what this PC remembers of it."""
    with database.read() as connection:
        head, digest = change_log.head(connection)
        replica = replicas.own_replica(connection)
        seen = machine.last_seen(replica.id, paths.home)
        if paths.restored.exists():
            return Fork("restored", head)
        if seen is None:
            return Fork("copy", head)
        noted = connection.scalar(select(OperationLog.hash).where(OperationLog.id == seen.operation))
    if not machine.same_folder(seen.home, str(paths.home)):
        still_there = (Path(seen.home) / paths.database.name).exists()
        moved = not still_there and noted == seen.hash and (head, digest) >= (seen.operation, "")
        return None if moved else Fork("copy", head)
    if noted == seen.hash:
        return None
    # Shorter: put back from an older copy, all of which is common. Otherwise nobody can tell where the ways part.
    return Fork("restored", head if head < seen.operation else 0)


def settle_identity(database: Database, paths: OfficePaths) -> Fork | None:
    """Make a copied or restored database a new replica; returns what was found. Called when an office is opened."""
    found = recognise(database, paths)
    if found is not None:
        make_fork(database, found)
        paths.restored.unlink(missing_ok=True)
    remember(database, paths)
    return found


def make_fork(database: Database, found: Fork) -> None:
    moment = database.clock().isoformat(timespec="seconds")
    with database.write("replica.fork", _(_FORK_LABELS[found.reason]), undoable=False) as uow:
        replicas.fork(uow, found.reason, found.forked_at, moment, parent_retired=found.parent_retired)


def remember(database: Database, paths: OfficePaths) -> None:
    """Note outside the database where it lives and how far its log has come."""
    with database.read() as connection:
        head, digest = change_log.head(connection)
        replica = replicas.own_replica(connection)
    machine.note(replica.id, Sighting(str(paths.home), head, digest))

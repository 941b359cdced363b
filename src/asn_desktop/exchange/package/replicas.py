"""Our own line of replicas and those of other offices, as the database holds them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from asn_desktop.exchange.package.causality import Lineage, known_revision, lineage, with_own_history
from asn_desktop.exchange.package.content import PackageHead, Replica
from asn_desktop.exchange.package.model import OwnReplica, PackageLedger, PeerReplica
from asn_desktop.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Peer:
    """A copy of another office's database, with how far each side is with the other."""

    id: int
    replica: str
    office: str
    epoch: int
    parent: str
    forked_at: int
    retired: bool
    merged_rev: int
    acked_rev: int
    acked_replica: str
    last_seq: int
    last_at: str

    @property
    def living(self) -> bool:
        """Whether it has spoken to us and can speak again: its receipts are waited for."""
        return self.last_seq > 0 and not self.retired


def own_replica(connection: Connection) -> Replica:
    """What this database is now, with all its ancestors."""
    query = select(
        OwnReplica.replica, OwnReplica.epoch, OwnReplica.parent, OwnReplica.forked_at, OwnReplica.parent_retired
    ).order_by(OwnReplica.epoch.desc())
    rows = connection.execute(query).all()
    now = rows[0]
    ancestors = tuple((row.parent, row.forked_at, row.parent_retired) for row in rows[1:] if row.parent)
    return Replica(now.replica, now.epoch, now.parent, now.forked_at, now.parent_retired, ancestors)


def own_line(connection: Connection) -> Lineage:
    return lineage(own_replica(connection), {})


def fork(uow: UnitOfWork, reason: str, forked_at: int, at: str, *, parent_retired: bool) -> str:
    """Make this database a new replica that shares the old one's history up to ``forked_at``; returns its id."""
    before = own_replica(uow.connection)
    values = {
        "replica": str(uuid.uuid4()),
        "epoch": before.epoch + 1,
        "parent": before.id,
        "forked_at": forked_at,
        "parent_retired": parent_retired,
        "reason": reason,
        "at": at,
    }
    uow.insert(OwnReplica, values)
    return str(values["replica"])


def peers(connection: Connection) -> dict[str, Peer]:
    """Replica id → what is known of it."""
    columns = [getattr(PeerReplica, name) for name in Peer.__slots__]
    return {row.replica: Peer(*row) for row in connection.execute(select(*columns).order_by(PeerReplica.id))}


def sender_line(head: PackageHead, known: Mapping[str, Peer]) -> Lineage:
    return lineage(head.replica, {peer.replica: (peer.parent, peer.forked_at) for peer in known.values()})


def speaks_for(head: PackageHead, known: Mapping[str, Peer]) -> set[str]:
    """Whose words the sender can take back: its own, and those of ancestors that will not speak again. The PC that it
    was copied from has a voice of its own."""
    line = {replica for replica, _limit in sender_line(head, known)}
    return {replica for replica in line if replica not in known or not known[replica].living} | {head.replica.id}


def merged_here(head: PackageHead, known: Mapping[str, Peer], own: Lineage) -> int:
    """How much of the sender's history is merged here."""
    merged = {peer.replica: peer.merged_rev for peer in known.values()}
    return known_revision(with_own_history(merged, own), sender_line(head, known))


def known_there(head: PackageHead, known: Mapping[str, Peer], own: Lineage) -> int:
    """How much of our history the sender knew when it made the package."""
    return known_revision(with_own_history(head.merged, sender_line(head, known)), own)


def passed_on(head: PackageHead) -> dict[str, int]:
    """Replica → up to which revision the package hands on what its sender knows of it."""
    return {replica: revision for known in head.passes_on.values() for replica, revision in known.items()}


def seen_here(head: PackageHead, known: Mapping[str, Peer], own: Lineage) -> frozenset[int]:
    """The sender's operations that merged a package which is merged here too, or which we made."""
    here = with_own_history({peer.replica: peer.merged_rev for peer in known.values()}, own)
    return frozenset(
        operation for operation, (replica, to_rev) in head.brought.items() if to_rev <= here.get(replica, 0)
    )


def living(known: Mapping[str, Peer], office: str) -> list[Peer]:
    return [peer for peer in known.values() if peer.office == office and peer.living]


def since_for(known: Mapping[str, Peer], office: str, own: Replica) -> int:
    """Up to which of our revisions every living copy of ``office`` is: a package starts there. 0: from the start."""
    copies = living(known, office)
    if not copies or any(peer.acked_replica != own.id for peer in copies):
        return 0
    return min(peer.acked_rev for peer in copies)


def next_seq(connection: Connection, replica: str, office: str) -> int:
    """The number of the next package for ``office``. Each office sees numbers without gaps of its own; "" is the
    province before it is known by its code, whose numbers go on when it is."""
    query = select(func.max(PackageLedger.seq)).where(
        PackageLedger.direction == "out", PackageLedger.replica == replica
    )
    if office:
        query = query.where(PackageLedger.office.in_(("", office)))
    return (connection.scalar(query) or 0) + 1


def addressee_line(known: Mapping[str, Peer], copies: Sequence[Peer]) -> Lineage:
    """Whose values need not be sent back: those of the only living copy. With several, each needs the others'."""
    if len(copies) != 1:
        return ()
    (peer,) = copies
    parents = {other.replica: (other.parent, other.forked_at) for other in known.values()}
    replica = Replica(peer.replica, peer.epoch, peer.parent, peer.forked_at)
    return lineage(replica, parents)

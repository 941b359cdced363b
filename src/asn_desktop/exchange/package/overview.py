"""Reading the bookkeeping: offices, ledger, rejections, periods."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from asn_desktop.exchange.package import replicas
from asn_desktop.exchange.package.model import Conflict, PackageLedger, PeerOffice, PeerPeriod, RejectionNote
from asn_desktop.exchange.package.replicas import Peer
from asn_desktop.reference.queries import office as own_office


@dataclass(frozen=True, slots=True)
class PeerRow:
    """An office we exchange with. Times are ISO; "" when there was none. ``unanswered``: packages to them that were
    sent after the last one they confirmed."""

    code: str
    name: str
    role: str
    key: str
    since: str
    last_received: str
    last_sent: str
    unanswered: int
    oldest_unanswered: str
    open_conflicts: int
    waiting: int
    copies: tuple[Peer, ...]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A package made (``out``) or merged (``in``). ``answer`` is what became of ours there; empty until they say."""

    id: int
    package_id: str
    direction: str
    kind: str
    office: str
    seq: int
    file_name: str
    digest: str
    counts: Mapping[str, int]
    at: str
    user: str
    made_at: str
    seal: str
    answered_at: str
    answer: Mapping[str, int]

    @property
    def cut_off(self) -> bool:
        """Its writing was cut off, and nobody has seen it since: the file may be there or not."""
        return self.direction == "out" and not self.digest and not self.answered_at


@dataclass(frozen=True, slots=True)
class RejectionRow:
    direction: str
    office: str
    package_id: str
    entity: str
    record: str
    code: str
    message: str
    at: str


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """How far an office is with a period; ``at`` says as of when."""

    office: str
    code: str
    closed: bool
    evaluations: int
    rated: int
    final: int
    at: str


def peers(connection: Connection) -> list[PeerRow]:
    table, ledger = PeerOffice, PackageLedger
    copies = replicas.peers(connection).values()
    counts = {
        (row.office, row.state): row.n
        for row in connection.execute(
            select(Conflict.office, Conflict.state, func.count().label("n")).group_by(Conflict.office, Conflict.state)
        )
    }
    lines: dict[str, list[LedgerRow]] = {}
    for line in _ledger(connection, select(ledger.__table__).order_by(ledger.id)):
        lines.setdefault(line.office, []).append(line)
    found = []
    for row in connection.execute(
        select(table.code, table.name, table.role, table.key, table.since).order_by(table.code)
    ):
        own = lines.get(row.code, [])
        sent = [line for line in own if line.direction == "out" and line.kind != "receipt" and not line.cut_off]
        received = [line for line in own if line.direction == "in"]
        answered = max((line.seq for line in sent if line.answered_at), default=0)
        waiting = [line for line in sent if line.seq > answered]
        found.append(PeerRow(
            row.code, row.name, row.role, row.key, row.since,
            received[-1].at if received else "", sent[-1].at if sent else "",
            len(waiting), waiting[0].at if waiting else "",
            counts.get((row.code, "open"), 0), counts.get((row.code, "waiting"), 0),
            tuple(peer for peer in copies if peer.office == row.code),
        ))  # fmt: skip
    return found


def office_title(connection: Connection, code: str) -> str:
    """An office as people know it: ``BKD Provinsi Contoh (11)``; "" while it is not known by name."""
    own = own_office(connection)
    name = own.name if code == own.code else connection.scalar(select(PeerOffice.name).where(PeerOffice.code == code))
    return f"{name} ({code})" if name else ""


def ledger(connection: Connection, office: str | None, limit: int) -> list[LedgerRow]:
    """Newest first."""
    table = PackageLedger
    query = select(table.__table__).order_by(table.id.desc()).limit(limit)
    return _ledger(connection, query if office is None else query.where(table.office == office))


def _ledger(connection: Connection, query: object) -> list[LedgerRow]:
    return [
        LedgerRow(
            row["id"], row["package_id"], row["direction"], row["kind"], row["office"], row["seq"], row["file_name"],
            row["digest"], json.loads(row["counts"]), row["at"], row["user"], row["made_at"], row["seal"],
            row["answered_at"] or "",
            json.loads(row["answer"] or "{}"),
        )
        for row in connection.execute(query).mappings()  # type: ignore[call-overload]
    ]  # fmt: skip


def rejections(connection: Connection, office: str | None) -> list[RejectionRow]:
    note = RejectionNote
    query = select(
        note.direction, note.office, note.package_id, note.entity, note.record, note.code, note.message, note.at
    ).order_by(note.id)
    rows = connection.execute(query if office is None else query.where(note.office == office))
    return [RejectionRow(*row) for row in rows]


def periods(connection: Connection, code: str) -> list[PeriodRow]:
    table = PeerPeriod
    query = (
        select(table.office, table.code, table.closed, table.evaluations, table.rated, table.final, table.at)
        .where(table.code == code)
        .order_by(table.office)
    )
    return [PeriodRow(*row) for row in connection.execute(query)]

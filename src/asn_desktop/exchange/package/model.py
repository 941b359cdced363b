"""Tables of the exchange between offices: who we are, whom we know, what was sent and received, what is undecided.

All are ordinary records, written in the operation that merges a package: undoing it takes the bookkeeping back too.
None of them travels.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ColumnElement, Index, String, Text, UniqueConstraint, or_
from sqlalchemy.orm import Mapped, mapped_column

from asn_desktop.storage.base import Record


class OwnReplica(Record):
    """The line of living copies this database descends from; the one with the highest epoch is the present one.

    A restored or copied database is a new replica: it shares the history of ``parent`` up to operation
    ``forked_at`` and goes its own way after it.
    """

    __tablename__ = "replica"

    replica: Mapped[str] = mapped_column(String(36), unique=True)
    epoch: Mapped[int] = mapped_column(default=1)
    parent: Mapped[str] = mapped_column(default="")
    forked_at: Mapped[int] = mapped_column(default=0)
    parent_retired: Mapped[bool] = mapped_column(default=False)
    """The parent cannot speak any more: it was restored in place."""
    reason: Mapped[str]
    """``new``, ``copy``, ``restored``, ``twin``."""
    at: Mapped[str]


class PeerOffice(Record):
    """An office we exchange with. ``key`` is its public key in hex once it is known ("" before)."""

    __tablename__ = "peer_office"

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str]
    key: Mapped[str] = mapped_column(default="")
    since: Mapped[str]


class PeerReplica(Record):
    """One copy of another office's database. Revisions of theirs are their operation numbers, of ours ours."""

    __tablename__ = "peer_replica"

    replica: Mapped[str] = mapped_column(String(36), unique=True)
    office: Mapped[str]
    epoch: Mapped[int] = mapped_column(default=1)
    parent: Mapped[str] = mapped_column(default="")
    forked_at: Mapped[int] = mapped_column(default=0)
    retired: Mapped[bool] = mapped_column(default=False)
    merged_rev: Mapped[int] = mapped_column(default=0)
    """Everything of theirs up to this revision is merged here."""
    acked_rev: Mapped[int] = mapped_column(default=0)
    """Everything of ours up to this revision is merged there, as their newest package says."""
    acked_replica: Mapped[str] = mapped_column(default="")
    """Which of our replicas ``acked_rev`` speaks of."""
    last_seq: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[str] = mapped_column(default="")


class PeerPeriod(Record):
    """How far another office is with a period, as its newest package says."""

    __tablename__ = "peer_period"
    __table_args__ = (UniqueConstraint("office", "code"), {"sqlite_autoincrement": True})

    office: Mapped[str]
    code: Mapped[str]
    closed: Mapped[bool]
    evaluations: Mapped[int]
    rated: Mapped[int]
    final: Mapped[int]
    at: Mapped[str]


class PackageLedger(Record):
    """Every package made (``out``) or merged (``in``) here."""

    __tablename__ = "package"
    __table_args__ = (
        CheckConstraint("direction IN ('in','out')", "direction"),
        Index("ix_package_package_id", "package_id"),
        Index("ix_package_office", "office", "direction", "seq"),
        {"sqlite_autoincrement": True},
    )

    package_id: Mapped[str] = mapped_column(String(36))
    direction: Mapped[str]
    kind: Mapped[str]
    office: Mapped[str]
    """The other side; empty for a package sent before the other office was known."""
    replica: Mapped[str] = mapped_column(String(36))
    """Who made it."""
    seq: Mapped[int]
    since_rev: Mapped[int]
    to_rev: Mapped[int]
    digest: Mapped[str]
    """Empty while our own package is being written, and for ever when that was cut off and no receipt came."""
    file_name: Mapped[str]
    made_at: Mapped[str]
    """When its maker made it, as it says itself."""
    seal: Mapped[str]
    """``signed`` with the key known for its maker, ``unknown_key``, or ``intact`` (unsigned); "" for our own."""
    counts: Mapped[str] = mapped_column(Text)
    """JSON: what became of the rows (in), how many rows per sheet (out)."""
    at: Mapped[str]
    user: Mapped[str]
    answered_at: Mapped[str | None]
    """When the other side merged it, from its receipt (out only)."""
    answer: Mapped[str | None] = mapped_column(Text)
    """JSON: what became of its rows there."""


def has_left() -> ColumnElement[bool]:
    """Of one of our own packages: its file was written, as we saw ourselves or as its receipt says."""
    return or_(PackageLedger.digest != "", PackageLedger.answered_at.is_not(None))


SALVAGED = "salvage"
"""In :attr:`Conflict.rule`: read from a package whose seal is broken. Nobody's word in the exchange: it is told to no
other office, and keeping our own value says nothing to anybody."""


class Conflict(Record):
    """Two offices say different things about one field (or one of them removed the record).

    ``open``: this office decides; ``waiting``: the other side does; ``overridden``: the owner's value replaced ours;
    ``decided``: by us; ``closed``: settled by what came later.
    """

    __tablename__ = "conflict"
    __table_args__ = (
        CheckConstraint("kind IN ('field','new','removed_here','removed_there')", "kind"),
        CheckConstraint("state IN ('open','waiting','overridden','decided','closed')", "state"),
        CheckConstraint("choice IN ('local','incoming')", "choice"),
        Index("ix_conflict_state", "state", "office"),
        Index("ix_conflict_record", "record"),
        {"sqlite_autoincrement": True},
    )

    office: Mapped[str]
    replica: Mapped[str] = mapped_column(String(36))
    package_id: Mapped[str] = mapped_column(String(36))
    entity: Mapped[str]
    record: Mapped[str] = mapped_column(String(36))
    title: Mapped[str]
    """The record in words, for lists."""
    field: Mapped[str]
    """Empty when the whole record is meant."""
    kind: Mapped[str]
    rule: Mapped[str]
    base: Mapped[str | None] = mapped_column(Text)
    """JSON of the value both sides knew; references as ``rid``."""
    local: Mapped[str | None] = mapped_column(Text)
    incoming: Mapped[str | None] = mapped_column(Text)
    local_by: Mapped[str]
    local_at: Mapped[str]
    incoming_by: Mapped[str]
    incoming_at: Mapped[str]
    state: Mapped[str]
    since: Mapped[str]
    choice: Mapped[str | None]
    reason: Mapped[str | None]
    decided_by: Mapped[str | None]
    decided_at: Mapped[str | None]


class RejectionNote(Record):
    """A record that could not be taken: ``in`` here (told to its office until it is), ``out`` by the other side."""

    __tablename__ = "rejection"
    __table_args__ = (
        CheckConstraint("direction IN ('in','out')", "direction"),
        UniqueConstraint("direction", "office", "entity", "record"),
        {"sqlite_autoincrement": True},
    )

    direction: Mapped[str]
    office: Mapped[str]
    replica: Mapped[str] = mapped_column(String(36))
    package_id: Mapped[str] = mapped_column(String(36))
    entity: Mapped[str]
    record: Mapped[str] = mapped_column(String(36))
    code: Mapped[str]
    message: Mapped[str]
    merged_before: Mapped[int] = mapped_column(default=0)
    """Up to which revision of theirs the record was known here when it was first refused (``in`` only)."""
    at: Mapped[str]


class LaterFieldNote(Record):
    """A field that only a newer program knows, of a table that we know or not: how its values stand in a package."""

    __tablename__ = "later_field"
    __table_args__ = (UniqueConstraint("entity", "key"), {"sqlite_autoincrement": True})

    entity: Mapped[str]
    key: Mapped[str]
    kind: Mapped[str]
    heading: Mapped[str]
    target: Mapped[str]
    """The table that a reference points to; its values are ``rid``."""
    sheet: Mapped[str]
    title: Mapped[str]
    everyones: Mapped[bool]
    """Records of the table belong to no office."""
    schema: Mapped[int]
    """The schema of packages that brought it."""


class LaterRecord(Record):
    """What a newer program says of one record and this one cannot show: kept as it came, for whoever knows it."""

    __tablename__ = "later_record"
    __table_args__ = (UniqueConstraint("entity", "record"), {"sqlite_autoincrement": True})

    entity: Mapped[str]
    record: Mapped[str] = mapped_column(String(36))
    office: Mapped[str]
    """Of a table that we do not know: whose record it is, as in ``employee``. "" for others."""
    content: Mapped[str] = mapped_column(Text)
    """JSON: field → value in the form of the change log."""


class ExchangeRule(Record):
    """Who owns a group of fields, and what the owner does with the other side's edit. First match counts."""

    __tablename__ = "exchange_rule"
    __table_args__ = (
        CheckConstraint("owner IN ('district','province','office')", "owner"),
        CheckConstraint("policy IN ('merge','queue','refuse')", "policy"),
        {"sqlite_autoincrement": True},
    )

    entity: Mapped[str]
    fields: Mapped[str]
    """Names separated by spaces, ``*`` for all, or ``field=value`` for records of a kind (``kind=libur_daerah``)."""
    owner: Mapped[str]
    """``office``: the office that the record itself belongs to."""
    policy: Mapped[str]
    position: Mapped[int]

"""Tables of the exchange between offices: who we are, whom we know, what was sent and received, what is undecided.

All are ordinary records, written in the operation that merges a package: undoing it takes the bookkeeping back too.
None of them travels.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ColumnElement, Index, String, Text, UniqueConstraint, or_

from asn_desktop.storage.base import Record, Stored, column


class OwnReplica(Record):
    """The line of living copies this database descends from; the one with the highest epoch is the present one.

    A restored or copied database is a new replica: it shares the history of ``parent`` up to operation
    ``forked_at`` and goes its own way after it.
    """

    __tablename__ = "replica"

    replica: Stored[str] = column(type_=String(36), unique=True)
    epoch: Stored[int] = column(default=1)
    parent: Stored[str] = column(default="")
    forked_at: Stored[int] = column(default=0)
    parent_retired: Stored[bool] = column(default=False)
    """The parent cannot speak any more: it was restored in place."""
    reason: Stored[str]
    """``new``, ``copy``, ``restored``, ``twin``."""
    at: Stored[str]


class PeerOffice(Record):
    """An office we exchange with. ``key`` is its public key in hex once it is known ("" before)."""

    __tablename__ = "peer_office"

    code: Stored[str] = column(unique=True)
    name: Stored[str]
    role: Stored[str]
    key: Stored[str] = column(default="")
    since: Stored[str]


class PeerReplica(Record):
    """One copy of another office's database. Revisions of theirs are their operation numbers, of ours ours."""

    __tablename__ = "peer_replica"

    replica: Stored[str] = column(type_=String(36), unique=True)
    office: Stored[str]
    epoch: Stored[int] = column(default=1)
    parent: Stored[str] = column(default="")
    forked_at: Stored[int] = column(default=0)
    retired: Stored[bool] = column(default=False)
    merged_rev: Stored[int] = column(default=0)
    """Everything of theirs up to this revision is merged here."""
    acked_rev: Stored[int] = column(default=0)
    """Everything of ours up to this revision is merged there, as their newest package says."""
    acked_replica: Stored[str] = column(default="")
    """Which of our replicas ``acked_rev`` speaks of."""
    last_seq: Stored[int] = column(default=0)
    last_at: Stored[str] = column(default="")


class PeerPeriod(Record):
    """How far another office is with a period, as its newest package says."""

    __tablename__ = "peer_period"
    __table_args__ = (UniqueConstraint("office", "code"),)

    office: Stored[str]
    code: Stored[str]
    closed: Stored[bool]
    evaluations: Stored[int]
    rated: Stored[int]
    final: Stored[int]
    at: Stored[str]


class PackageLedger(Record):
    """Every package made (``out``) or merged (``in``) here."""

    __tablename__ = "package"
    __table_args__ = (
        CheckConstraint("direction IN ('in','out')", "direction"),
        Index("ix_package_package_id", "package_id"),
        Index("ix_package_office", "office", "direction", "seq"),
    )

    package_id: Stored[str] = column(type_=String(36))
    direction: Stored[str]
    kind: Stored[str]
    office: Stored[str]
    """The other side; empty for a package sent before the other office was known."""
    replica: Stored[str] = column(type_=String(36))
    """Who made it."""
    seq: Stored[int]
    since_rev: Stored[int]
    to_rev: Stored[int]
    digest: Stored[str]
    """Empty while our own package is being written, and for ever when that was cut off and no receipt came."""
    file_name: Stored[str]
    made_at: Stored[str]
    """When its maker made it, as it says itself."""
    seal: Stored[str]
    """``signed`` with the key known for its maker, ``unknown_key``, or ``intact`` (unsigned); "" for our own."""
    counts: Stored[str] = column(type_=Text)
    """JSON: what became of the rows (in), how many rows per sheet (out)."""
    at: Stored[str]
    user: Stored[str]
    answered_at: Stored[str | None]
    """When the other side merged it, from its receipt (out only)."""
    answer: Stored[str | None] = column(type_=Text)
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
    )

    office: Stored[str]
    replica: Stored[str] = column(type_=String(36))
    package_id: Stored[str] = column(type_=String(36))
    entity: Stored[str]
    record: Stored[str] = column(type_=String(36))
    title: Stored[str]
    """The record in words, for lists."""
    field: Stored[str]
    """Empty when the whole record is meant."""
    kind: Stored[str]
    rule: Stored[str]
    base: Stored[str | None] = column(type_=Text)
    """JSON of the value both sides knew; references as ``rid``."""
    local: Stored[str | None] = column(type_=Text)
    incoming: Stored[str | None] = column(type_=Text)
    local_by: Stored[str]
    local_at: Stored[str]
    incoming_by: Stored[str]
    incoming_at: Stored[str]
    state: Stored[str]
    since: Stored[str]
    choice: Stored[str | None]
    reason: Stored[str | None]
    decided_by: Stored[str | None]
    decided_at: Stored[str | None]


class RejectionNote(Record):
    """A record that could not be taken: ``in`` here (told to its office until it is), ``out`` by the other side."""

    __tablename__ = "rejection"
    __table_args__ = (
        CheckConstraint("direction IN ('in','out')", "direction"),
        UniqueConstraint("direction", "office", "entity", "record"),
    )

    direction: Stored[str]
    office: Stored[str]
    replica: Stored[str] = column(type_=String(36))
    package_id: Stored[str] = column(type_=String(36))
    entity: Stored[str]
    record: Stored[str] = column(type_=String(36))
    code: Stored[str]
    message: Stored[str]
    merged_before: Stored[int] = column(default=0)
    """Up to which revision of theirs the record was known here when it was first refused (``in`` only)."""
    at: Stored[str]


class LaterFieldNote(Record):
    """A field that only a newer program knows, of a table that we know or not: how its values stand in a package."""

    __tablename__ = "later_field"
    __table_args__ = (UniqueConstraint("entity", "key"),)

    entity: Stored[str]
    key: Stored[str]
    kind: Stored[str]
    heading: Stored[str]
    target: Stored[str]
    """The table that a reference points to; its values are ``rid``."""
    sheet: Stored[str]
    title: Stored[str]
    everyones: Stored[bool]
    """Records of the table belong to no office."""
    schema: Stored[int]
    """The schema of packages that brought it."""


class LaterRecord(Record):
    """What a newer program says of one record and this one cannot show: kept as it came, for whoever knows it."""

    __tablename__ = "later_record"
    __table_args__ = (UniqueConstraint("entity", "record"),)

    entity: Stored[str]
    record: Stored[str] = column(type_=String(36))
    office: Stored[str]
    """Of a table that we do not know: whose record it is, as in ``employee``. "" for others."""
    content: Stored[str] = column(type_=Text)
    """JSON: field → value in the form of the change log."""


class ExchangeRule(Record):
    """Who owns a group of fields, and what the owner does with the other side's edit. First match counts."""

    __tablename__ = "exchange_rule"
    __table_args__ = (
        CheckConstraint("owner IN ('district','province','office')", "owner"),
        CheckConstraint("policy IN ('merge','queue','refuse')", "policy"),
    )

    entity: Stored[str]
    fields: Stored[str]
    """Names separated by spaces, ``*`` for all, or ``field=value`` for records of a kind (``kind=libur_daerah``)."""
    owner: Stored[str]
    """``office``: the office that the record itself belongs to."""
    policy: Stored[str]
    position: Stored[int]

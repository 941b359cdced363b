"""A package in memory: what the database gives to the file and the file gives to the merge.

Revisions are operation numbers of the replica that made the package (see docs/exchange.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from asn_desktop.exchange.package.protocol import SCHEMA, LaterTable

ALL_FIELDS = "*"
"""In :attr:`RecordRow.revisions`: the revision of every field that is not named itself."""

RETURNED = "<"
"""Before a name in :attr:`RecordRow.revisions` (and as :attr:`Tombstone.reason`): the change came from another copy of
the addressee's own office. After a restore it brings back what was lost; nobody of the sender's office made it, so
the rules about the other side's edits do not apply."""


class PackageKind(StrEnum):
    DELTA = "delta"
    """Everything that changed since the addressee's last known receipt."""
    FULL = "full"
    """Everything in scope: first contact, or the first after a restore."""
    RECEIPT = "receipt"
    """No data rows: only what became of packages."""


@dataclass(frozen=True, slots=True)
class Replica:
    """One living copy of an office's database. ``parent`` and ``forked_at`` tell from which history it branched.

    ``parent_retired``: the parent cannot speak any more (restored in place), so nobody waits for it.
    """

    id: str
    epoch: int = 1
    parent: str = ""
    forked_at: int = 0
    parent_retired: bool = False
    ancestors: Sequence[tuple[str, int, bool]] = ()
    """The parent's parent and so on: (id, revision up to which its child shares its history, whether it can speak no
    more). A receiver may never have heard of the ones between."""


@dataclass(frozen=True, slots=True)
class PackageHead:
    """Who, to whom, and which part of the sender's history. ``to`` is empty at first contact."""

    package_id: str
    kind: PackageKind
    schema: int
    office: str
    office_name: str
    role: str
    to: str
    replica: Replica
    seq: int
    since_rev: int
    to_rev: int
    merged: Mapping[str, int]
    """Foreign replica → its highest revision that the sender had merged when it made this package."""
    sample: bool
    app: str
    made_by: str
    made_at: str
    """ISO date and time with offset: shown, never used to decide."""
    rows: Mapping[str, int] = field(default_factory=dict)
    """Sheet → rows, so that a cut-off file shows."""
    passes_on: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Office → its replicas → up to which revision the sender hands on all that the addressee may know of them: who
    has merged this package has merged those too. Nothing is said of offices with which something is undecided."""
    brought: Mapping[int, tuple[str, int]] = field(default_factory=dict)
    """Operation of the sender → the package that it merged (replica, revision). What such an operation wrote is known
    to whoever has merged that package."""
    writer: int = SCHEMA
    """The schema of the program that made it: lower than ``schema`` where it hands on what it does not know."""
    to_replica: str = ""
    """The only copy of the addressee's database that the sender knew: what came from there is left out. A copy that
    does not know all of that has to refuse. Empty when nothing is left out."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands in the file, for messages; row counts from 1."""

    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class RecordRow:
    """The whole record as the sender has it. ``values`` holds every field that its sender has, references as ``rid``;
    a field that is not there was not blanked, whatever ``revisions`` says of all fields together.

    ``revisions`` names fields that changed after ``since_rev``; fields it does not cover did not.
    ``office`` is the absolute code of the office that owns the record, empty where the entity has none of its own.
    ``shown``: the name of its owner as a reader of the file sees it, "" for records with a name of their own.
    """

    entity: str
    rid: str
    office: str
    rev: int
    revisions: Mapping[str, int]
    values: Mapping[str, Any]
    changed_by: str = ""
    changed_at: str = ""
    place: Place | None = None
    shown: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A record that was removed. ``office`` as in :class:`RecordRow`, for routing and messages."""

    entity: str
    rid: str
    office: str
    rev: int
    reason: str
    changed_by: str = ""
    changed_at: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """A conflict the sender has not decided yet. ``field`` is empty for removed against changed."""

    entity: str
    rid: str
    field: str
    base: Any
    local: Any
    incoming: Any
    since: str
    """When the sender noticed it (ISO)."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A record of the addressee that the sender could not take; listed until it is taken."""

    entity: str
    rid: str
    package_id: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """What became of one package of the addressee: the receipt that rides along."""

    package_id: str
    seq: int
    digest: str
    received_at: str
    received_by: str
    counts: Mapping[str, int]
    """new, changed, same, conflict, rejected, ignored."""


@dataclass(frozen=True, slots=True)
class PeriodStatus:
    """How far the sender is with a period."""

    code: str
    closed: bool
    evaluations: int
    rated: int
    final: int


@dataclass(frozen=True, slots=True)
class PackageContent:
    """Everything in one package. ``rows`` is in the order of the catalogue, references before their users."""

    head: PackageHead
    rows: Sequence[RecordRow] = ()
    tombstones: Sequence[Tombstone] = ()
    conflicts: Sequence[OpenConflict] = ()
    rejections: Sequence[Rejection] = ()
    acknowledgements: Sequence[Acknowledgement] = ()
    periods: Sequence[PeriodStatus] = ()
    later: Sequence[LaterTable] = ()
    """What is in ``rows`` that the reader, or the sender who only hands it on, does not know itself."""


class Seal(StrEnum):
    """What is known about the file's integrity."""

    INTACT = "intact"
    """The digest fits; unsigned, or signed by a key this office does not know."""
    SIGNED = "signed"
    """The digest fits and the signature is of the key known for the sending office."""
    BROKEN = "broken"
    """The content is not what the sender sealed: edited, cut off or damaged."""
    FORGED = "forged"
    """The digest fits, but the signature is not of the key known for the sending office."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that could not be read as what it should be; it is not in the content. Only in a broken package."""

    place: Place
    cell: str
    """As ``C12``."""
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReadPackage:
    """A package read from a file. ``notes`` are findings for people (unknown columns, missing rows); ``key`` is the
    sender's public key in hex, empty when unsigned. ``problems``: rows left out of ``content``; there are none
    unless the seal is broken. A broken package's content is what could be read: to refuse, or to propose from."""

    content: PackageContent
    file_name: str
    digest: str
    declared_digest: str
    seal: Seal
    key: str = ""
    notes: Sequence[str] = ()
    problems: Sequence[Problem] = ()
    unread: Mapping[str, int] = field(default_factory=dict)
    """Sheet → rows with content that could not be read, also beyond those listed in ``problems``."""

    @property
    def signature(self) -> str:
        """The verdict in a word for the ledger: ``signed`` by the key we know, ``unknown_key``, or the bare seal."""
        return "unknown_key" if self.seal is Seal.INTACT and self.key else self.seal.value

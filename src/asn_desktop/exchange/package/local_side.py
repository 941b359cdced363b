"""Our side of a merge: the records of a package as they are here, whose they are, and what we did to them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from asn_desktop.appraisal.model import AppraisalPeriod
from asn_desktop.core.catalogue import Entity, FieldKind
from asn_desktop.core.chunks import chunks
from asn_desktop.core.i18n import _
from asn_desktop.exchange.package import later, log_reading, replicas, tables
from asn_desktop.exchange.package.causality import MISSING, OwnNews, Receives, own_news, receives_from
from asn_desktop.exchange.package.content import PackageContent, RecordRow, Tombstone
from asn_desktop.exchange.package.log_reading import Identities
from asn_desktop.exchange.package.merge import has_news
from asn_desktop.exchange.package.model import Conflict, RejectionNote
from asn_desktop.exchange.package.protocol import BY_TABLE, ENTITIES
from asn_desktop.exchange.package.replicas import Peer
from asn_desktop.reference.queries import OfficeRow

NAMES = {entity.table: tuple(field.key for field in entity.fields if not field.derived) for entity in ENTITIES}
"""Table → the fields that are merged."""

_WHOLE = {entity.table: frozenset(field.key for field in entity.fields) for entity in ENTITIES}
_DERIVED = {entity.table: {field.key for field in entity.fields if field.derived} for entity in ENTITIES}


def names_of(row: RecordRow) -> Sequence[str]:
    """The fields that a record brings to be merged: what its sender does not have is not looked at, and what only a
    newer program knows comes last."""
    known = NAMES.get(row.entity, ())
    if row.values.keys() == _WHOLE.get(row.entity, frozenset()):
        return known
    derived = _DERIVED.get(row.entity, ())
    carried = [name for name in known if name in row.values]
    return [*carried, *(name for name in row.values if name not in known and name not in derived)]


_OF_A_PERIOD = {entity.table: "" for entity in ENTITIES if "period_id" in NAMES[entity.table]}
_OF_A_PERIOD |= {entity.table: entity.parent for entity in ENTITIES if entity.parent == "evaluation_id"}
"""Records of a quarter → the evaluation they belong to, or "" where they name the period themselves."""
_NOTHING = OwnNews()


@dataclass(frozen=True, slots=True)
class Known:
    """What stands between us and the sender before the package is looked at."""

    merged: int
    known: int
    receives: Receives
    refused_before: Mapping[tuple[str, str], int]
    """(entity, rid) of the sender's records we could not take → how much of theirs was merged then."""
    proposed: Mapping[tuple[str, str], int]
    """(entity, rid) of records waiting for a decision whether to take them at all → conflict id."""
    seen: frozenset[int]
    """Operations of the sender that brought it only what is merged here as well."""


class LocalSide:
    """Reads once, in bulk, what planning a package needs. ``rows``: table → rid → record with its ``owner``, references
    as ``rid``; ``gone``: (table, rid) of records that were removed here."""

    def __init__(
        self, connection: Connection, own: OfficeRow, content: PackageContent, known_peers: Mapping[str, Peer]
    ) -> None:
        self._connection = connection
        self._own = own
        self._content = content
        self.incoming = {(row.entity, row.rid): row for row in content.rows}
        self._owners: dict[tuple[str, str], str | None] = {}
        self._closed: dict[str, bool] = {}
        self.identities = Identities(connection)
        self.rows: dict[str, dict[str, Mapping[str, Any]]] = {}
        self.gone: set[tuple[str, str]] = set()
        self.known = self._what_is_known(known_peers)
        self._read_local()
        self.news = self._own_news()

    def _what_is_known(self, known_peers: Mapping[str, Peer]) -> Known:
        connection, office = self._connection, self._content.head.office
        line = replicas.sender_line(self._content.head, known_peers)
        own = replicas.own_line(connection)
        head = self._content.head
        notes = select(
            RejectionNote.entity, RejectionNote.record, RejectionNote.merged_before, RejectionNote.replica
        ).where(RejectionNote.direction == "in", RejectionNote.office == office)
        proposals = select(Conflict.entity, Conflict.record, Conflict.id).where(
            Conflict.office == office, Conflict.kind == "new", Conflict.state == "open"
        )
        return Known(
            merged=replicas.merged_here(self._content.head, known_peers, own),
            known=replicas.known_there(self._content.head, known_peers, own),
            receives=receives_from(
                line, log_reading.receive_operations(connection), passed_on=replicas.passed_on(head)
            ),
            refused_before={
                (row.entity, row.record): row.merged_before if row.replica == head.replica.id else 0
                for row in connection.execute(notes)
            },
            proposed={(row.entity, row.record): row.id for row in connection.execute(proposals)},
            seen=replicas.seen_here(head, known_peers, own),
        )

    def _read_local(self) -> None:
        """The records of the package that are here, by table and rid, references as ``rid``."""
        wanted: dict[str, list[str]] = {}
        both: tuple[RecordRow | Tombstone, ...] = (*self._content.rows, *self._content.tombstones)
        for item in both:
            wanted.setdefault(item.entity, []).append(item.rid)
        for table, rids in wanted.items():
            found = self.rows[table] = {}
            beyond = later.kept(self._connection, table, rids)
            if table not in BY_TABLE:
                for rid, kept in beyond.items():
                    found[rid] = {**kept.values, "id": kept.number, "rid": rid, "owner": kept.office}
                    self._owners[table, rid] = kept.office
                continue
            source = tables.table_of(table)
            batches = [
                self._connection.execute(tables.with_office(table).where(source.c.rid.in_(chunk))).mappings().all()
                for chunk in chunks(sorted(set(rids)))
            ]
            rows = [dict(row) for batch in batches for row in batch]
            for field in BY_TABLE[table].references:
                names = self.identities.rids(field.target, (row[field.key] for row in rows))
                for row in rows:
                    if row[field.key] is not None:
                        row[field.key] = names[row[field.key]]
            for row in rows:
                kept_of = beyond.get(row["rid"])
                found[row["rid"]] = row | kept_of.values if kept_of is not None else row
                self._owners[table, row["rid"]] = row["owner"]

    def _own_news(self) -> dict[tuple[str, str], OwnNews]:
        """Our news on the records where it matters: those that differ, go, or were removed here."""
        asked: set[str] = set()
        absent: list[str] = []
        for row in self._content.rows:
            local = self.rows[row.entity].get(row.rid)
            if local is None:
                absent.append(row.rid)
            elif has_news(row.revisions, self.known.merged) or any(
                row.values[name] != local.get(name) for name in names_of(row)
            ):
                asked.add(row.rid)
        for stone in self._content.tombstones:
            if stone.rid in self.rows[stone.entity]:
                asked.add(stone.rid)
            else:
                absent.append(stone.rid)
        gone = log_reading.ever_removed(self._connection, absent)
        self.gone = self._really_removed(gone)
        lines = log_reading.lines_about(self._connection, asked | gone, self.known.known)
        return own_news(lines, self.known.receives)

    def _really_removed(self, rids: set[str]) -> set[tuple[str, str]]:
        """Of records that were removed at some time those that a person or another office removed; a receive that
        was taken back is not a removal."""
        if not rids:
            return set()
        lines = log_reading.lines_about(self._connection, rids, 0)
        last = {(line.table, line.rid): line.kind for line in lines if line.operation not in self.known.receives.void}
        return {key for key, kind in last.items() if kind == "delete"}

    def any_removed_here(self, rids: Sequence[str]) -> bool:
        """Whether one of these records, none of which need be in the package, was removed here."""
        return bool(self._really_removed(log_reading.ever_removed(self._connection, rids)))

    def owner(self, entity: str, rid: str | None) -> str | None:
        """Local code of the office a record belongs to; None when it is nowhere to be seen."""
        if rid is None:
            return None
        key = (entity, rid)
        if key not in self._owners:
            self._owners[key] = None  # against circles in a broken package
            row = self.incoming.get(key)
            if row is not None and entity in tables.PARENT:
                column = tables.PARENT[entity]
                self._owners[key] = self.owner(tables.target_of(entity, column), row.values.get(column))
            elif row is not None:
                self._owners[key] = self.local_office(row)
            elif entity in BY_TABLE:
                query = tables.with_office(entity).where(tables.table_of(entity).c.rid == rid)
                found = self._connection.execute(query).mappings().first()
                self._owners[key] = found["owner"] if found else None
        return self._owners[key]

    def local_office(self, row: RecordRow) -> str:
        return "" if row.office in ("", self._own.code) else row.office

    def is_closed(self, entity: str, values: Mapping[str, Any]) -> bool:
        """Whether the record belongs to a period that this office has sealed."""
        if entity not in _OF_A_PERIOD or self._own.role != "district":
            return False
        period = values.get("period_id")
        if _OF_A_PERIOD[entity]:
            parent = values.get(_OF_A_PERIOD[entity])
            row = self.incoming.get(("evaluation", str(parent)))
            known = row.values if row else self._stored_evaluation(str(parent))
            period = known.get("period_id")
        if period is None:
            return False
        if period not in self._closed:
            query = select(AppraisalPeriod.state).where(AppraisalPeriod.rid == period)
            self._closed[period] = self._connection.scalar(query) == "closed"
        return self._closed[period]

    def _stored_evaluation(self, rid: str) -> Mapping[str, Any]:
        source = tables.table_of("evaluation")
        query = (
            select(AppraisalPeriod.rid.label("period_id"))
            .join(source, source.c.period_id == AppraisalPeriod.id)
            .where(source.c.rid == rid)
        )
        return dict(self._connection.execute(query).mappings().first() or {})

    def still_used(self, entity: str, number: int, going: Collection[tuple[str, str]]) -> bool:
        for table, column in tables.CHILDREN.get(entity, ()):
            source = tables.table_of(table)
            query = select(source.c.rid).where(source.c[column] == number)
            if any((table, rid) not in going for rid in self._connection.scalars(query)):
                return True
        return False

    def news_of(self, entity: Entity, rid: str) -> OwnNews:
        """Our news on a record. Bases as they stand in the log become values as they stand in records."""
        news = self.news.get((entity.table, rid), _NOTHING)
        if not news.fields:
            return news
        names = NAMES.get(entity.table, ())
        typed = {
            name: self._typed(entity, name, value) if name in names else value for name, value in news.fields.items()
        }
        return replace(news, fields=typed)

    def _typed(self, entity: Entity, name: str, value: Any) -> Any:
        if value is None or value is MISSING:
            return value
        match entity[name].kind:
            case FieldKind.DATE:
                return date.fromisoformat(value)
            case FieldKind.BOOLEAN:
                return bool(value)
            case FieldKind.REFERENCE:
                return self.identities.rids(entity[name].target, (value,)).get(value, MISSING)
            case _:
                return value


def foreign_owner(here: LocalSide, entity: str, rid: str, own: str, sender: str) -> str:
    """Why a record is none of the sender's business, or ""."""
    if sender == own or entity in tables.SHARED:
        return ""
    owner = here.owner(entity, rid)
    if owner is None or owner in ("", sender):
        return ""
    return _("Data ini milik kantor {owner}, bukan milik kantor pengirim.").format(owner=owner)

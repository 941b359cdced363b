"""From the database to a package for one office: what it may have and does not know yet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, case, func, select

from asn_desktop.appraisal.model import AppraisalPeriod, Evaluation
from asn_desktop.core.catalogue import Entity
from asn_desktop.core.chunks import chunks
from asn_desktop.exchange.package import handing_on, later, log_reading, replicas, tables
from asn_desktop.exchange.package.causality import Outgoing, Receives, outgoing, packages_merged, receives_from
from asn_desktop.exchange.package.content import (
    RETURNED,
    Acknowledgement,
    OpenConflict,
    PeriodStatus,
    RecordRow,
    Rejection,
    Tombstone,
)
from asn_desktop.exchange.package.log_reading import Identities
from asn_desktop.exchange.package.model import SALVAGED, Conflict, PackageLedger, RejectionNote
from asn_desktop.exchange.package.protocol import BY_TABLE, ENTITIES, READS, LaterTable, entity_of
from asn_desktop.exchange.package.schemas import released
from asn_desktop.personnel.model import Employee
from asn_desktop.reference.queries import OfficeRow
from asn_desktop.storage.offices import ours

_ACKNOWLEDGED = 50
"""The last so many packages of the other office are acknowledged in each of ours: any of ours may be lost."""
_OLDEST = frozenset(sheet.table for sheet in released(READS).entities)
_MANY = 2000
"""From so many changed records of a table on it is read as a whole."""


@dataclass(frozen=True, slots=True)
class Target:
    """For whom, and from which of our revisions on. ``offices``: local office codes in scope; None: all of them."""

    office: str
    since: int
    receives: Receives
    offices: frozenset[str] | None
    event_offices: frozenset[str] | None
    replica: str = ""
    """The only living copy of the addressee; "" when there are several or none."""
    foreign: frozenset[int] = frozenset()
    """Operations that merged packages of third offices."""

    def takes(self, table: str, owner: str) -> bool:
        if table in tables.SHARED or self.offices is None or self.event_offices is None:
            return True
        return owner in (self.event_offices if table == "training_event" else self.offices)


def target_for(connection: Connection, own: OfficeRow, office: str, *, full: bool = False) -> Target:
    """``office`` "": the province, before it is known by its code."""
    known = replicas.peers(connection)
    copies = replicas.living(known, office)
    since = 0 if full else replicas.since_for(known, office, replicas.own_replica(connection))
    of_office = {peer.replica for peer in known.values() if peer.office == office}
    operations = log_reading.receive_operations(connection)
    receives = receives_from(replicas.addressee_line(known, copies), operations, of_office)
    only = copies[0].replica if len(copies) == 1 else ""
    if own.role == "district" or office == own.code:
        return Target(office, since, receives, None, None, only)
    others = {peer.replica for peer in known.values() if peer.office not in (office, own.code)}
    foreign = receives_from((), operations, others).returned
    return Target(office, since, receives, frozenset({office}), frozenset({office, ""}), only, foreign)


@dataclass(frozen=True, slots=True)
class Gathered:
    rows: list[RecordRow]
    tombstones: list[Tombstone]
    later: list[LaterTable]
    """What is among the rows that only a newer program knows."""


def gather(connection: Connection, own: OfficeRow, target: Target) -> Gathered:
    """Every record in scope with news after ``target.since``, and what the other side could not take before."""
    changed = outgoing(log_reading.lines_after(connection, target.since, target.foreign), target.receives)
    _again(connection, target, changed)
    identities = Identities(connection)
    authors = log_reading.who_and_when(connection, {state.last for state in changed.values()})
    rows: list[RecordRow] = []
    news: dict[str, dict[str, Outgoing]] = {}
    for (table, rid), state in changed.items():
        if state.is_news:
            news.setdefault(table, {})[rid] = state
    for entity in ENTITIES:
        if entity.table in news:
            rows.extend(_rows(connection, own, target, entity, news[entity.table], identities, authors))
    beyond = later.known_of_later(connection)
    removed = {key: state for key, state in changed.items() if state.removed and not state.is_news}
    stones = _tombstones(connection, own, target, removed, authors, beyond)
    handed_on = []
    for name, known in beyond.items():
        if name not in BY_TABLE:
            rows.extend(handing_on.records(connection, own, target.offices, known, news.get(name, {}), authors))
        of_table = [row for row in rows if row.entity == name]
        goes = any(stone.entity == name for stone in stones)
        if (of_table or goes) if name not in BY_TABLE else handing_on.lay_beside(connection, known, of_table):
            handed_on.append(known)
    return Gathered(rows, stones, handed_on)


def _again(connection: Connection, target: Target, changed: dict[tuple[str, str], Outgoing]) -> None:
    """Records the other office could not take go along with their whole history until it says it has them."""
    query = select(RejectionNote.entity, RejectionNote.record).where(
        RejectionNote.direction == "out", RejectionNote.office == target.office
    )
    refused = {(row.entity, row.record) for row in connection.execute(query)}
    if refused:
        lines = log_reading.lines_about(connection, {rid for _table, rid in refused}, 0)
        whole = outgoing(lines, Receives(void=target.receives.void, returned=target.receives.returned))
        changed.update({key: state for key, state in whole.items() if key in refused})


def _rows(
    connection: Connection,
    own: OfficeRow,
    target: Target,
    entity: Entity,
    news: Mapping[str, Outgoing],
    identities: Identities,
    authors: Mapping[int, tuple[str, str]],
) -> Iterator[RecordRow]:
    keys = [field.key for field in entity.fields]
    references = [(at, field.target) for at, field in enumerate(entity.fields) if field.target]
    # An older program cannot follow the references of a table that it does not know.
    says_office = entity.owned or (entity.table not in _OLDEST and entity.table not in tables.SHARED)
    for batch in _stored(connection, entity, news):
        maps = [
            (at, identities.rids(target, (cells[at] for _rid, _owner, cells in batch))) for at, target in references
        ]
        for rid, owner, cells in batch:
            if not target.takes(entity.table, owner):
                continue
            for at, rids in maps:
                if cells[at] is not None:
                    cells[at] = rids[cells[at]]
            state = news[rid]
            by, moment = authors[state.last]
            office = (owner or own.code) if says_office else ""
            values = dict(zip(keys, cells, strict=True))
            yield RecordRow(entity.table, rid, office, state.last, state.revisions(), values, by, moment)


_Stored = tuple[str, str, list[Any]]
"""rid, owner, and the fields in the order of the catalogue."""


def _stored(connection: Connection, entity: Entity, wanted: Mapping[str, Outgoing]) -> Iterator[list[_Stored]]:
    """The records, in the order they were made; in batches. As bare tuples: a package may hold every employee."""
    source = tables.table_of(entity.table)
    found = tables.with_office(entity.table)
    columns = [source.c.rid, found.selected_columns.owner, *(source.c[field.key] for field in entity.fields)]
    query = found.with_only_columns(*columns, maintain_column_froms=True).order_by(source.c.id)
    if len(wanted) >= _MANY:
        result = connection.execute(query.execution_options(yield_per=_MANY))
        for part in result.partitions():
            yield [(rid, owner, cells) for rid, owner, *cells in part if rid in wanted]
        return
    for chunk in chunks(sorted(wanted)):
        rows = connection.execute(query.where(source.c.rid.in_(chunk)))
        yield [(rid, owner, cells) for rid, owner, *cells in rows]


# -- removed records ------------------------------------------------------------------------------------------


def _tombstones(
    connection: Connection,
    own: OfficeRow,
    target: Target,
    removed: Mapping[tuple[str, str], Outgoing],
    authors: Mapping[int, tuple[str, str]],
    beyond: Mapping[str, LaterTable],
) -> list[Tombstone]:
    owners = _Owners(connection, removed)
    found = []
    everyones = {table.table for table in beyond.values() if table.everyones} | tables.SHARED
    # Children before what they refer to.
    for name in (*(name for name in beyond if name not in BY_TABLE), *(entity.table for entity in reversed(ENTITIES))):
        for (table, rid), state in removed.items():
            if table != name:
                continue
            if table not in BY_TABLE and table in everyones:
                by, at = authors[state.last]
                found.append(Tombstone(table, rid, "", state.removed, RETURNED if state.returned else "", by, at))
                continue
            owner = owners.of(table, state.before)
            if owner is None and target.offices is not None:  # never tell every district about one of them
                owner = owners.from_history(table, rid, state.last)
            if owner is not None and not target.takes(table, owner):
                continue
            by, at = authors[state.last]
            office = "" if table in tables.SHARED or owner is None else owner or own.code
            found.append(Tombstone(table, rid, office, state.removed, RETURNED if state.returned else "", by, at))
    return found


class _Owners:
    """The office a removed record belonged to, from its last values; None when that cannot be told any more."""

    def __init__(self, connection: Connection, removed: Mapping[tuple[str, str], Outgoing]) -> None:
        self._connection = connection
        self._removed = {
            (table, number): state.before
            for (table, _rid), state in removed.items()
            if (number := _values(state.before).get("id")) is not None
        }

    def of(self, table: str, before: str) -> str | None:
        if table in tables.SHARED:
            return ""
        values = _values(before)
        if table not in tables.PARENT:
            return values.get("office")
        column = tables.PARENT[table]
        number, above = values.get(column), tables.target_of(table, column)
        if number is None:
            return None
        query = tables.with_office(above).where(tables.table_of(above).c.id == number)
        row = self._connection.execute(query).mappings().first()
        if row is not None:
            return str(row["owner"])
        return self.of(above, self._removed.get((above, number), ""))

    def from_history(self, table: str, rid: str, operation: int) -> str | None:
        """The same of a removal that was only confirmed here, or of a record that was never here: from what the log
        said when it went, from the question that was decided, or from whose package spoke of it."""
        for line in reversed(log_reading.lines_about(self._connection, (rid,), 0)):
            if line.table == table and line.kind == "delete" and line.fields != "{}":
                owner = self.of(table, line.fields)
                if owner is not None:
                    return owner
        query = select(Conflict.office).where(Conflict.entity == table, Conflict.record == rid)
        asked = self._connection.scalar(query.order_by(Conflict.id.desc()).limit(1))
        return asked if asked is not None else log_reading.sender_of(self._connection, operation)


def _values(before: str) -> dict[str, Any]:
    return {name: pair[0] for name, pair in json.loads(before).items()} if before else {}


# -- what rides along -----------------------------------------------------------------------------------------


def open_conflicts(connection: Connection, office: str) -> list[OpenConflict]:
    """What this office has to decide about the other one's data, and removals whose decision it waits for: the other
    side must not take what it receives for an answer."""
    table = Conflict.__table__
    # What only mirrors the other side's list has no rule: sent back, each side would wait for the other.
    waiting = (table.c.state == "waiting") & (table.c.kind != "field") & (table.c.rule != "")
    undecided = ((table.c.state == "open") & (table.c.rule != SALVAGED)) | waiting
    query = select(table).where(undecided, table.c.office == office).order_by(table.c.id)
    return [_open_conflict(dict(row)) for row in connection.execute(query).mappings()]


def _open_conflict(row: Mapping[str, Any]) -> OpenConflict:
    if row["kind"] != "field":
        return OpenConflict(row["entity"], row["record"], "", None, None, None, row["since"])
    base, local, incoming = (_from_json(row[key]) for key in ("base", "local", "incoming"))
    return OpenConflict(row["entity"], row["record"], row["field"], base, local, incoming, row["since"])


def rejections(connection: Connection, office: str) -> list[Rejection]:
    note = RejectionNote
    query = select(note.entity, note.record, note.package_id, note.code, note.message).where(
        note.direction == "in", note.office == office
    )
    return [Rejection(*row) for row in connection.execute(query.order_by(note.id))]


def passes_on(connection: Connection, own: OfficeRow, to: str) -> dict[str, dict[str, int]]:
    """What a package for ``to`` hands on of other replicas: office → replica → revision.

    A district knows nothing of the province that other copies of the province would not have to be told by each
    other; all else that is merged here goes on from here. Only what is settled: a difference that waits for a person
    here, or a record that was not taken, is known here alone.
    """
    known = replicas.peers(connection)
    offices = {peer.office for peer in known.values()} if to == own.code else {own.code}
    if own.role == "province":
        offices.add(to)
    open_here = Conflict.__table__
    undecided = (open_here.c.state == "open") | ((open_here.c.state == "waiting") & (open_here.c.rule != ""))
    unsettled = set(connection.scalars(select(open_here.c.office).where(undecided)))
    unsettled |= set(connection.scalars(select(RejectionNote.office).where(RejectionNote.direction == "in")))
    if own.code in unsettled or (own.role == "district" and unsettled):
        return {}
    line = replicas.own_line(connection)
    merged = {peer.replica: (peer.office, peer.merged_rev) for peer in known.values() if peer.merged_rev}
    for replica, limit in line[1:]:
        merged[replica] = (own.code, max(limit, merged.get(replica, ("", 0))[1]))
    found: dict[str, dict[str, int]] = {}
    for replica, (office, revision) in merged.items():
        if office in offices - unsettled and revision:
            found.setdefault(office, {})[replica] = revision
    return found


def brought(connection: Connection, own: OfficeRow, target: Target) -> dict[int, tuple[str, int]]:
    """The operations behind a package that merged packages, of those whose packages the addressee may merge too."""
    offices = {peer.replica: peer.office for peer in replicas.peers(connection).values()}
    merged = packages_merged(log_reading.receive_operations(connection))
    return {
        operation: package
        for operation, package in merged.items()
        if operation > target.since
        and (target.office == own.code or offices.get(package[0]) in (own.code, target.office))
    }


def acknowledgements(connection: Connection, office: str) -> list[Acknowledgement]:
    """The receipts for the last packages of an office."""
    table = PackageLedger
    query = (
        select(table.package_id, table.seq, table.digest, table.at, table.user, table.counts)
        .where(table.direction == "in", table.office == office)
        .order_by(table.id.desc())
        .limit(_ACKNOWLEDGED)
    )
    rows = connection.execute(query).all()
    return [
        Acknowledgement(row.package_id, row.seq, row.digest, row.at, row.user, json.loads(row.counts))
        for row in reversed(rows)
    ]


def periods(connection: Connection) -> list[PeriodStatus]:
    """How far this office itself is with each period."""
    query = (
        select(
            AppraisalPeriod.code,
            AppraisalPeriod.state,
            func.count(Employee.id),
            func.sum(case((Employee.id.is_not(None) & (Evaluation.state != "draft"), 1), else_=0)),
            func.sum(case((Employee.id.is_not(None) & (Evaluation.state == "final"), 1), else_=0)),
        )
        .outerjoin(Evaluation, Evaluation.period_id == AppraisalPeriod.id)
        .outerjoin(Employee, (Employee.id == Evaluation.employee_id) & ours(Employee))
        .group_by(AppraisalPeriod.id)
        .order_by(AppraisalPeriod.code)
    )
    return [
        PeriodStatus(code, state == "closed", total, rated, final)
        for code, state, total, rated, final in connection.execute(query)
    ]


def _from_json(value: str | None) -> Any:
    return None if value is None else json.loads(value)


def counts_by_sheet(rows: Iterable[RecordRow]) -> dict[str, int]:
    """Sheet → rows, of the sheets that have any."""
    counts: dict[str, int] = {}
    for row in rows:
        sheet = entity_of(row.entity).sheet
        counts[sheet] = counts.get(sheet, 0) + 1
    return counts

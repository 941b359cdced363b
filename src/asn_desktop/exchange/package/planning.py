"""From a package and the database to a plan: what would become of every row. Reads only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from asn_desktop.appraisal.model import AppraisalPeriod
from asn_desktop.core.i18n import _
from asn_desktop.exchange.package import checks, log_reading, replicas, tables
from asn_desktop.exchange.package.causality import (
    MISSING,
    OwnNews,
    Receives,
    own_news,
    receives_from,
)
from asn_desktop.exchange.package.content import (
    ALL_FIELDS,
    RETURNED,
    PackageContent,
    ReadPackage,
    RecordRow,
    Tombstone,
)
from asn_desktop.exchange.package.log_reading import Identities, chunks
from asn_desktop.exchange.package.merge import (
    Action,
    Arrival,
    Removal,
    arrival,
    has_news,
    merge_fields,
    removal,
)
from asn_desktop.exchange.package.model import Conflict, ExchangeRule, RejectionNote
from asn_desktop.exchange.package.ownership import NEW, Owned, Ownership, Policy, Rule, Side
from asn_desktop.exchange.package.package_plan import ConflictDraft, FieldDiff, PackagePlan, PlannedRecord, Writes
from asn_desktop.exchange.package.protocol import BY_TABLE, ENTITIES, Entity, FieldKind
from asn_desktop.exchange.plan import Fate
from asn_desktop.reference.queries import OfficeRow
from asn_desktop.storage import change_log

_OF_A_PERIOD = {"evaluation": "", "realisation": "evaluation_id", "feedback": "evaluation_id",
                "frozen_sheet": "evaluation_id", "organisation_result": ""}  # fmt: skip
_NAMES = {entity.table: tuple(field.key for field in entity.fields if not field.derived) for entity in ENTITIES}
_NOTHING = OwnNews()
_OUR_OWN = Owned(Side.NOBODY, Policy.MERGE, "")
"""Work of another copy of this office that the sender brings back."""


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


def rules_of(connection: Connection) -> list[Rule]:
    table = ExchangeRule
    query = select(table.entity, table.fields, table.owner, table.policy).order_by(table.position, table.id)
    return [Rule(row.entity, row.fields, row.owner, Policy(row.policy)) for row in connection.execute(query)]


class Planner:
    """Plans one package. ``predicate`` gives the predicate of two rating codes."""

    def __init__(
        self, connection: Connection, own: OfficeRow, read: ReadPackage, predicate: Callable[[str, str], str]
    ) -> None:
        self._connection = connection
        self._own = own
        self._read = read
        self._content: PackageContent = read.content
        head = read.content.head
        self._head = head
        self._predicate = predicate
        self._known_peers = replicas.peers(connection)
        self._ownership = Ownership(rules_of(connection), own.code, own.role, head.office, head.role)
        self._identities = Identities(connection)
        self._records: list[PlannedRecord] = []
        self._writes = Writes()
        self._undecided = {(item.entity, item.rid, item.field) for item in read.content.conflicts}
        self._incoming = {(row.entity, row.rid): row for row in read.content.rows}
        self._owners: dict[tuple[str, str], str | None] = {}
        self._local: dict[str, dict[str, Mapping[str, Any]]] = {}
        self._closed: dict[str, bool] = {}
        self._returned: dict[tuple[str, str], set[str]] = {}

    def plan(self) -> PackagePlan:
        log_head = change_log.head(self._connection)[0]
        self._known = self._what_is_known()
        self._read_local()
        self._news = self._own_news()
        for row in self._content.rows:
            self._records.append(self._row(row))
        going = {(stone.entity, stone.rid) for stone in self._content.tombstones}
        for stone in self._content.tombstones:
            self._records.append(self._tombstone(stone, going))
        self._refuse_what_does_not_fit()
        known = self._known_peers.get(self._head.replica.id)
        return PackagePlan(
            self._read, self._records, self._writes, log_head, self._known.merged, self._known.known,
            first_contact=not any(peer.office == self._head.office for peer in self._known_peers.values()),
            missing_seq=max(0, self._head.seq - (known.last_seq if known else 0) - 1),
        )  # fmt: skip

    # -- what is known ------------------------------------------------------------------------------------

    def _what_is_known(self) -> Known:
        connection, office = self._connection, self._head.office
        line = replicas.sender_line(self._head, self._known_peers)
        own = replicas.own_line(connection)
        notes = select(RejectionNote.entity, RejectionNote.record, RejectionNote.merged_before).where(
            RejectionNote.direction == "in", RejectionNote.office == office
        )
        proposals = select(Conflict.entity, Conflict.record, Conflict.id).where(
            Conflict.office == office, Conflict.kind == "new", Conflict.state == "open"
        )
        return Known(
            merged=replicas.merged_here(self._head, self._known_peers, own),
            known=replicas.known_there(self._head, self._known_peers, own),
            receives=receives_from(line, log_reading.receive_operations(connection)),
            refused_before={(row.entity, row.record): row.merged_before for row in connection.execute(notes)},
            proposed={(row.entity, row.record): row.id for row in connection.execute(proposals)},
        )

    def _read_local(self) -> None:
        """The records of the package that are here, by table and rid, references as ``rid``."""
        wanted: dict[str, list[str]] = {}
        both: tuple[RecordRow | Tombstone, ...] = (*self._content.rows, *self._content.tombstones)
        for item in both:
            wanted.setdefault(item.entity, []).append(item.rid)
        for table, rids in wanted.items():
            found = self._local[table] = {}
            source = tables.table_of(table)
            batches = [
                self._connection.execute(tables.with_office(table).where(source.c.rid.in_(chunk))).mappings().all()
                for chunk in chunks(sorted(set(rids)))
            ]
            rows = [dict(row) for batch in batches for row in batch]
            for field in BY_TABLE[table].references:
                names = self._identities.rids(field.target, (row[field.key] for row in rows))
                for row in rows:
                    if row[field.key] is not None:
                        row[field.key] = names[row[field.key]]
            for row in rows:
                found[row["rid"]] = row
                self._owners[table, row["rid"]] = row["owner"]

    def _own_news(self) -> dict[tuple[str, str], OwnNews]:
        """Our news on the records where it matters: those that differ, go, or were removed here."""
        asked: set[str] = set()
        absent: list[str] = []
        for row in self._content.rows:
            local = self._local[row.entity].get(row.rid)
            if local is None:
                absent.append(row.rid)
            elif any(row.values[name] != local[name] for name in _NAMES[row.entity]):
                asked.add(row.rid)
        asked.update(stone.rid for stone in self._content.tombstones if stone.rid in self._local[stone.entity])
        gone = log_reading.ever_removed(self._connection, absent)
        self._gone = self._really_removed(gone)
        lines = log_reading.lines_about(self._connection, asked | gone, self._known.known)
        return own_news(lines, self._known.receives)

    def _really_removed(self, rids: set[str]) -> set[tuple[str, str]]:
        """Of records that were removed at some time those that a person or another office removed; a receive that
        was taken back is not a removal."""
        if not rids:
            return set()
        lines = log_reading.lines_about(self._connection, rids, 0)
        last = {(line.table, line.rid): line.kind for line in lines if line.operation not in self._known.receives.void}
        return {key for key, kind in last.items() if kind == "delete"}

    # -- one row ------------------------------------------------------------------------------------------

    def _row(self, row: RecordRow) -> PlannedRecord:
        refusal = self._foreign(row.entity, row.rid, row)
        if refusal:
            return PlannedRecord(row.entity, row.rid, Fate.IGNORED, row.place, code="foreign", message=refusal)
        if row.entity == "evaluation":
            wrong = checks.contradicting_predicate(row.values, self._predicate)
            if wrong:
                return self._refused(row, wrong)
        if any(name.startswith(RETURNED) for name in row.revisions):
            row = self._without_marks(row)
        merged = self._merged_for(row.entity, row.rid)
        local = self._local[row.entity].get(row.rid)
        if local is None:
            return self._arrives(row, merged)
        return self._meets(row, local, merged)

    def _without_marks(self, row: RecordRow) -> RecordRow:
        self._returned[row.entity, row.rid] = {
            name.removeprefix(RETURNED) for name in row.revisions if name.startswith(RETURNED)
        }
        names = {name.removeprefix(RETURNED): revision for name, revision in row.revisions.items()}
        return replace(row, revisions=names)

    def _is_returned(self, entity: str, rid: str, field: str, revisions: Mapping[str, int]) -> bool:
        """Whether another copy of this very office made the change."""
        marks = self._returned.get((entity, rid), ())
        return field in marks or (ALL_FIELDS in marks and field not in revisions)

    def _merged_for(self, entity: str, rid: str) -> int:
        return min(self._known.merged, self._known.refused_before.get((entity, rid), self._known.merged))

    def _arrives(self, row: RecordRow, merged: int) -> PlannedRecord:
        key = (row.entity, row.rid)
        news = self._news.get(key)
        owned = self._owned(row.entity, row.rid, NEW, row.values)
        if self._is_returned(row.entity, row.rid, ALL_FIELDS, {}):
            owned = _OUR_OWN
        if owned.side is Side.US and self._is_closed(row.entity, row.values):
            owned = Owned(Side.US, Policy.REFUSE, owned.rule)
        wrong = checks.incomplete(BY_TABLE[row.entity], row.values)
        if wrong:
            return self._refused(row, wrong)
        done = PlannedRecord(row.entity, row.rid, Fate.NEW, row.place)
        match arrival(row.revisions, merged, news, key in self._gone, (*key, "") in self._undecided, owned):
            case Arrival.INSERT:
                office = self._local_office(row)
                self._writes.inserts.setdefault(row.entity, []).append((row.rid, office, row.values))
                self._writes.settled.add((*key, ""))
            case Arrival.STAYS_AWAY:
                done.fate, done.code = Fate.SAME, "removed_here"
            case Arrival.REFUSE:
                return self._refused(row, _period_closed())
            case waiting:
                if key in self._known.proposed and merged >= row.rev:
                    done.fate = Fate.SAME  # already waits for a decision
                    return done
                state = "open" if waiting is Arrival.OPEN else "waiting"
                kind = "removed_here" if key in self._gone else "new"
                values = {**row.values, "office": self._local_office(row)}
                self._writes.conflicts.append(
                    ConflictDraft(row.entity, row.rid, "", kind, state, owned.rule, None, None, values,
                                  news.revision if news else 0, row.changed_by, row.changed_at)
                )  # fmt: skip
                done.fate, done.code = Fate.CONFLICT, kind
        return done

    def _meets(self, row: RecordRow, local: Mapping[str, Any], merged: int) -> PlannedRecord:
        entity = BY_TABLE[row.entity]
        news = self._typed_news(entity, self._news.get((row.entity, row.rid), _NOTHING))
        undecided = {name for table, rid, name in self._undecided if (table, rid) == (row.entity, row.rid)} if (
            self._undecided
        ) else ()  # fmt: skip
        closed = self._is_closed(row.entity, local)

        def owner(name: str) -> Owned:
            if self._is_returned(row.entity, row.rid, name, row.revisions):
                return _OUR_OWN
            owned = self._owned(row.entity, row.rid, name, local)
            return Owned(owned.side, Policy.REFUSE, owned.rule) if closed and owned.side is Side.US else owned

        done = merge_fields(_NAMES[row.entity], row.revisions, row.values, local, news, merged, owner, undecided)
        if done.with_action(Action.REFUSE):
            return self._refused(row, _period_closed() if closed else _not_allowed())
        taken = done.with_action(Action.TAKE, Action.OVERRIDE)
        if taken:
            wrong = checks.incomplete(entity, {outcome.field: outcome.incoming for outcome in taken})
            if wrong:
                return self._refused(row, wrong)
        record = PlannedRecord(row.entity, row.rid, Fate.SAME, row.place)
        record.changes = [FieldDiff(o.field, entity[o.field].heading, o.local, o.incoming) for o in taken]
        record.conflicts = done.with_action(Action.OPEN, Action.WAIT)
        record.overridden = done.with_action(Action.OVERRIDE)
        record.together = done.ours and any(outcome.action is Action.TAKE for outcome in taken)
        if taken:
            values = {outcome.field: outcome.incoming for outcome in taken}
            self._writes.updates.setdefault(row.entity, []).append((local["id"], values, local))
            self._writes.settled.update((row.entity, row.rid, outcome.field) for outcome in taken)
        self._writes.settled.update((row.entity, row.rid, name) for name in done.agreed)
        if has_news(row.revisions, merged):  # both have it: whether it stays is no question any more
            self._writes.settled.add((row.entity, row.rid, ""))
        for outcome in (*record.conflicts, *record.overridden):
            state = {Action.OPEN: "open", Action.WAIT: "waiting"}.get(outcome.action, "overridden")
            self._writes.conflicts.append(
                ConflictDraft(row.entity, row.rid, outcome.field, "field", state, outcome.rule, outcome.base,
                              outcome.local, outcome.incoming, outcome.local_revision, row.changed_by, row.changed_at)
            )  # fmt: skip
        if record.conflicts:
            record.fate = Fate.CONFLICT
        elif taken:
            record.fate = Fate.CHANGED
        return record

    def _tombstone(self, stone: Tombstone, going: set[tuple[str, str]]) -> PlannedRecord:
        key = (stone.entity, stone.rid)
        done = PlannedRecord(stone.entity, stone.rid, Fate.SAME, stone.place, tombstone=True)
        local = self._local[stone.entity].get(stone.rid)
        if local is None:
            self._writes.settled.add((*key, ""))
            return done
        refusal = self._foreign(stone.entity, stone.rid, None)
        if refusal:
            done.fate, done.code, done.message = Fate.IGNORED, "foreign", refusal
            return done
        owned = self._owned(stone.entity, stone.rid, NEW, local)
        if stone.reason == RETURNED:
            owned = _OUR_OWN
        elif owned.side is Side.US:
            owned = self._owned(stone.entity, stone.rid, "*", local)
            if self._is_closed(stone.entity, local):
                owned = Owned(Side.US, Policy.REFUSE, owned.rule)
        news = self._news.get(key)
        used = self._still_used(stone.entity, local["id"], going)
        match removal(stone.rev, self._merged_for(*key), news, used, (*key, "") in self._undecided, owned):
            case Removal.DELETE:
                done.fate = Fate.CHANGED
                self._writes.deletes.append((stone.entity, local["id"]))
                self._writes.settled.add((*key, ""))
            case Removal.REFUSE:
                code, message = _period_closed()
                done.fate, done.code, done.message = Fate.REJECTED, code, message
            case Removal.OPEN | Removal.WAIT as waiting:
                state = "open" if waiting is Removal.OPEN else "waiting"
                self._writes.conflicts.append(
                    ConflictDraft(stone.entity, stone.rid, "", "removed_there", state, owned.rule, None, None, None,
                                  news.revision if news else 0, stone.changed_by, stone.changed_at)
                )  # fmt: skip
                done.fate, done.code = Fate.CONFLICT, "removed_there"
        return done

    # -- who owns it --------------------------------------------------------------------------------------

    def _owned(self, entity: str, rid: str, field: str, values: Mapping[str, Any]) -> Owned:
        if entity == "participant":
            office = self._owner("training_event", values.get("event_id"))
        else:
            office = self._owner(entity, rid)
        return self._ownership.of(entity, field, office or "", values)

    def _owner(self, entity: str, rid: str | None) -> str | None:
        """Local code of the office a record belongs to; None when it is nowhere to be seen."""
        if rid is None:
            return None
        key = (entity, rid)
        if key not in self._owners:
            self._owners[key] = None  # against circles in a broken package
            row = self._incoming.get(key)
            if row is not None and entity in tables.PARENT:
                column = tables.PARENT[entity]
                self._owners[key] = self._owner(tables.target_of(entity, column), row.values.get(column))
            elif row is not None:
                self._owners[key] = self._local_office(row)
            else:
                query = tables.with_office(entity).where(tables.table_of(entity).c.rid == rid)
                found = self._connection.execute(query).mappings().first()
                self._owners[key] = found["owner"] if found else None
        return self._owners[key]

    def _local_office(self, row: RecordRow) -> str:
        return "" if row.office in ("", self._own.code) else row.office

    def _foreign(self, entity: str, rid: str, row: RecordRow | None) -> str:
        """Why a record is none of the sender's business, or ""."""
        if self._head.office == self._own.code or entity in tables.SHARED:
            return ""
        owner = self._owner(entity, rid)
        if owner is None or owner in ("", self._head.office):
            return ""
        return _("Data ini milik kantor {owner}, bukan milik kantor pengirim.").format(owner=owner)

    def _is_closed(self, entity: str, values: Mapping[str, Any]) -> bool:
        """Whether the record belongs to a period that this office has sealed."""
        if entity not in _OF_A_PERIOD or self._own.role != "district":
            return False
        period = values.get("period_id")
        if _OF_A_PERIOD[entity]:
            parent = values.get(_OF_A_PERIOD[entity])
            row = self._incoming.get(("evaluation", str(parent)))
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

    def _still_used(self, entity: str, number: int, going: Iterable[tuple[str, str]]) -> bool:
        for table, column in tables.CHILDREN[entity]:
            source = tables.table_of(table)
            query = select(source.c.rid).where(source.c[column] == number)
            if any((table, rid) not in going for rid in self._connection.scalars(query)):
                return True
        return False

    def _typed_news(self, entity: Entity, news: OwnNews) -> OwnNews:
        """Bases as they stand in the log become values as they stand in records."""
        if not news.fields:
            return news
        names = _NAMES[entity.table]
        typed = {name: self._typed(entity, name, value) for name, value in news.fields.items() if name in names}
        return OwnNews(typed, news.touched, news.revisions, news.settled, news.created, news.removed, news.revision)

    def _typed(self, entity: Entity, name: str, value: Any) -> Any:
        if value is None or value is MISSING:
            return value
        match entity[name].kind:
            case FieldKind.DATE:
                return date.fromisoformat(value)
            case FieldKind.BOOLEAN:
                return bool(value)
            case FieldKind.REFERENCE:
                return self._identities.rids(entity[name].target, (value,)).get(value, MISSING)
            case _:
                return value

    # -- the whole ----------------------------------------------------------------------------------------

    def _refused(self, row: RecordRow, why: checks.Refusal) -> PlannedRecord:
        return PlannedRecord(row.entity, row.rid, Fate.REJECTED, row.place, code=why[0], message=why[1])

    def _refuse_what_does_not_fit(self) -> None:
        """References and uniqueness can only be told of the whole."""
        refused: dict[tuple[str, str], checks.Refusal] = {}
        for entity in ENTITIES:
            refused |= {(entity.table, rid): why for rid, why in self._taken_keys(entity.table).items()}
        self._withdraw(refused)
        inserts = {
            table: {rid: values for rid, _office, values in rows} for table, rows in self._writes.inserts.items()
        }
        updates = [
            (table, local["rid"], values)
            for table, rows in self._writes.updates.items()
            for _number, values, local in rows
        ]
        removed = {
            (table, rid)
            for table, number in self._writes.deletes
            for rid, row in self._local[table].items()
            if row["id"] == number
        }
        self._withdraw(checks.without_missing_references(inserts, updates, self._identities, removed))

    def _taken_keys(self, table: str) -> dict[str, checks.Refusal]:
        """Only records whose key is new can clash."""
        names = {name for key in checks.unique_keys(table) for name in key}
        candidates = [
            (rid, {**values, "office": office}) for rid, office, values in self._writes.inserts.get(table, ())
        ]
        candidates += [
            (local["rid"], {**local, **values})
            for _number, values, local in self._writes.updates.get(table, ())
            if names & values.keys()
        ]
        return checks.already_taken(self._connection, table, candidates, self._identities) if candidates else {}

    def _withdraw(self, refused: Mapping[tuple[str, str], checks.Refusal]) -> None:
        if not refused:
            return
        writes = self._writes
        for table, rows in writes.inserts.items():
            rows[:] = [row for row in rows if (table, row[0]) not in refused]
        for table, changed in writes.updates.items():
            changed[:] = [row for row in changed if (table, row[2]["rid"]) not in refused]
        writes.conflicts = [draft for draft in writes.conflicts if (draft.entity, draft.rid) not in refused]
        writes.settled = {key for key in writes.settled if key[:2] not in refused}
        for record in self._records:
            why = refused.get((record.entity, record.rid))
            if why is not None and not record.tombstone:
                record.fate, (record.code, record.message) = Fate.REJECTED, why
                record.changes, record.conflicts, record.overridden, record.together = (), (), (), False


def _period_closed() -> checks.Refusal:
    return "period_closed", _("Triwulan sudah ditutup di sini. Minta kantor pemilik data membukanya kembali.")


def _not_allowed() -> checks.Refusal:
    return "not_allowed", _("Menurut aturan pertukaran, data ini tidak boleh diubah oleh kantor pengirim.")

"""From a package and the database to a plan: what would become of every row. Reads only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from asn_desktop.core.i18n import _
from asn_desktop.exchange.package import checks, replicas
from asn_desktop.exchange.package.causality import OwnNews
from asn_desktop.exchange.package.content import (
    ALL_FIELDS,
    RETURNED,
    PackageContent,
    ReadPackage,
    RecordRow,
    Tombstone,
)
from asn_desktop.exchange.package.founding import rules_of
from asn_desktop.exchange.package.local_side import LocalSide, foreign_owner, names_of
from asn_desktop.exchange.package.merge import (
    Action,
    Arrival,
    Removal,
    arrival,
    has_news,
    merge_fields,
    removal,
    revision_of,
)
from asn_desktop.exchange.package.ownership import NEW, Owned, Ownership, Policy, Side
from asn_desktop.exchange.package.package_plan import ConflictDraft, FieldDiff, PackagePlan, PlannedRecord, Writes
from asn_desktop.exchange.package.protocol import BY_TABLE, ENTITIES, entity_of
from asn_desktop.exchange.plan import Fate
from asn_desktop.reference.queries import OfficeRow
from asn_desktop.storage import change_log

_OUR_OWN = Owned(Side.NOBODY, Policy.MERGE, "")
"""Work of another copy of this office that the sender brings back."""


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
        self._here = LocalSide(connection, own, read.content, self._known_peers)
        self._ownership = Ownership(rules_of(connection), own.code, own.role, head.office, head.role)
        self._records: list[PlannedRecord] = []
        self._writes = Writes()
        self._undecided = {(item.entity, item.rid, item.field) for item in read.content.conflicts}
        self._returned: dict[tuple[str, str], set[str]] = {}

    def plan(self) -> PackagePlan:
        log_head = change_log.head(self._connection)[0]
        for row in self._content.rows:
            self._records.append(self._row(row))
        self._records.extend(self._removals())
        self._refuse_what_does_not_fit()
        known = self._known_peers.get(self._head.replica.id)
        return PackagePlan(
            self._read, self._records, self._writes, log_head, self._here.known.merged, self._here.known.known,
            first_contact=not any(peer.office == self._head.office for peer in self._known_peers.values()),
            missing_seq=max(0, self._head.seq - (known.last_seq if known else 0) - 1),
        )  # fmt: skip

    # -- one row ------------------------------------------------------------------------------------------

    def _row(self, row: RecordRow) -> PlannedRecord:
        refusal = self._foreign(row.entity, row.rid)
        if refusal:
            return PlannedRecord(row.entity, row.rid, Fate.IGNORED, row.place, code="foreign", message=refusal)
        if row.entity == "evaluation":
            wrong = checks.contradicting_predicate(row.values, self._predicate)
            if wrong:
                return self._refused(row, wrong)
        if any(name.startswith(RETURNED) for name in row.revisions):
            row = self._without_marks(row)
        merged = self._merged_for(row.entity, row.rid)
        local = self._here.rows[row.entity].get(row.rid)
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
        return min(self._here.known.merged, self._here.known.refused_before.get((entity, rid), self._here.known.merged))

    def _arrives(self, row: RecordRow, merged: int) -> PlannedRecord:
        key = (row.entity, row.rid)
        news = self._here.news.get(key)
        owned = self._owned(row.entity, row.rid, NEW, row.values)
        if self._is_returned(row.entity, row.rid, ALL_FIELDS, {}):
            owned = _OUR_OWN
        if owned.side is Side.US and self._here.is_closed(row.entity, row.values):
            owned = Owned(Side.US, Policy.REFUSE, owned.rule)
        wrong = checks.incomplete(entity_of(row.entity), row.values)
        if wrong:
            return self._refused(row, wrong)
        done = PlannedRecord(row.entity, row.rid, Fate.NEW, row.place)
        gone, undecided = key in self._here.gone, (*key, "") in self._undecided
        comes = arrival(row.revisions, merged, news, gone, undecided, owned, self._seen(*key))
        if row.entity not in BY_TABLE and comes is not Arrival.STAYS_AWAY:
            self._keep(row, row.values)  # nobody here can be asked about it
            return done
        match comes:
            case Arrival.INSERT:
                office = self._here.local_office(row)
                self._writes.inserts.setdefault(row.entity, []).append((row.rid, office, row.values))
                self._writes.settled.add((*key, ""))
            case Arrival.STAYS_AWAY:
                done.fate, done.code = Fate.SAME, "removed_here"
            case Arrival.REFUSE:
                return self._refused(row, checks.period_closed())
            case waiting:
                if key in self._here.known.proposed and merged >= row.rev:
                    done.fate = Fate.SAME  # already waits for a decision
                    return done
                state = "open" if waiting is Arrival.OPEN else "waiting"
                kind = "removed_here" if key in self._here.gone else "new"
                values = {**row.values, "office": self._here.local_office(row)}
                self._writes.conflicts.append(
                    ConflictDraft(row.entity, row.rid, "", kind, state, owned.rule, None, None, values,
                                  news.revision if news else 0, row.changed_by, row.changed_at)
                )  # fmt: skip
                done.fate, done.code = Fate.CONFLICT, kind
        return done

    def _keep(self, row: RecordRow, values: Mapping[str, Any]) -> None:
        """A record of a table that only a newer program knows."""
        self._writes.later.setdefault(row.entity, []).append((row.rid, self._here.local_office(row), values))
        self._writes.settled.add((row.entity, row.rid, ""))

    def _meets(self, row: RecordRow, local: Mapping[str, Any], merged: int) -> PlannedRecord:
        entity = entity_of(row.entity)
        news = self._here.news_of(entity, row.rid)
        undecided = {name for table, rid, name in self._undecided if (table, rid) == (row.entity, row.rid)} if (
            self._undecided
        ) else ()  # fmt: skip
        closed = self._here.is_closed(row.entity, local)

        def owner(name: str) -> Owned:
            if self._is_returned(row.entity, row.rid, name, row.revisions):
                return _OUR_OWN
            owned = self._owned(row.entity, row.rid, name, local)
            return Owned(owned.side, Policy.REFUSE, owned.rule) if closed and owned.side is Side.US else owned

        done = merge_fields(
            names_of(row), row.revisions, row.values, local, news, merged, owner, undecided,
            entity.judgement, self._seen(row.entity, row.rid),
        )  # fmt: skip
        if row.entity not in BY_TABLE:  # nobody here can be asked about it: the last word counts, ours stays on record
            done = done.overriding()
        if done.with_action(Action.REFUSE):
            return self._refused(row, checks.period_closed() if closed else _not_allowed())
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
            if row.entity in BY_TABLE:
                self._writes.updates.setdefault(row.entity, []).append((local["id"], values, local))
            else:
                self._keep(row, values)
            self._writes.settled.update((row.entity, row.rid, outcome.field) for outcome in taken)
        self._writes.settled.update((row.entity, row.rid, name) for name in done.agreed)
        self._confirm(row, local["id"], done.agreed, news)
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

    def _confirm(self, row: RecordRow, number: int, agreed: Sequence[str], news: OwnNews) -> None:
        """They set fields anew to what stands here: a third copy that knows only what was before must learn of it.

        Not where we have news ourselves, which travels anyway, nor what comes back to us from our own office.
        """
        seen = self._seen(row.entity, row.rid)
        names = [
            name
            for name in agreed
            if not news.has(name)
            and revision_of(row.revisions, name) not in seen
            and not self._is_returned(row.entity, row.rid, name, row.revisions)
        ]
        if names:
            self._writes.confirmed.append((row.entity, row.rid, number, names))

    def _seen(self, entity: str, rid: str) -> frozenset[int]:
        """A record that could not be taken before is looked at again, whoever brings it."""
        return frozenset() if (entity, rid) in self._here.known.refused_before else self._here.known.seen

    def _removals(self) -> list[PlannedRecord]:
        """Each removal after those of the records that refer to it, for what is kept keeps what it refers to."""
        found: dict[int, PlannedRecord] = {}
        pending = dict(enumerate(self._content.tombstones))
        going: set[tuple[str, str]] = set()
        disputed: set[tuple[str, str]] = set()
        forced = False
        while pending:
            before = len(pending)
            for position, stone in list(pending.items()):
                local = self._here.rows[stone.entity].get(stone.rid)
                used = local is not None and self._here.still_used(stone.entity, local["id"], going)
                if used and not forced:
                    continue
                del pending[position]
                in_the_way = (
                    local is not None and used and self._here.still_used(stone.entity, local["id"], going | disputed)
                )
                record = found[position] = self._tombstone(stone, used, in_the_way)
                if local is None or record.fate is Fate.CHANGED:
                    going.add((stone.entity, stone.rid))
                elif record.fate is Fate.CONFLICT:
                    disputed.add((stone.entity, stone.rid))
            forced = len(pending) == before
        return [found[position] for position in range(len(found))]

    def _tombstone(self, stone: Tombstone, used: bool, in_the_way: bool) -> PlannedRecord:
        """``in_the_way``: what still uses it here is not in dispute itself."""
        key = (stone.entity, stone.rid)
        done = PlannedRecord(stone.entity, stone.rid, Fate.SAME, stone.place, tombstone=True)
        local = self._here.rows[stone.entity].get(stone.rid)
        if local is None:
            self._writes.settled.add((*key, ""))
            news = self._here.news.get(key)
            anew = stone.rev > self._merged_for(*key) and stone.rev not in self._seen(*key)
            if anew and stone.reason != RETURNED and not (news is not None and news.removed):
                self._writes.gone.append(key)
            return done
        refusal = self._foreign(stone.entity, stone.rid)
        if refusal:
            done.fate, done.code, done.message = Fate.IGNORED, "foreign", refusal
            return done
        owned = self._owned(stone.entity, stone.rid, NEW, local)
        if stone.reason == RETURNED:
            owned = _OUR_OWN
        elif owned.side is Side.US:
            owned = self._owned(stone.entity, stone.rid, "*", local)
            if self._here.is_closed(stone.entity, local):
                owned = Owned(Side.US, Policy.REFUSE, owned.rule)
        news = self._here.news.get(key)
        merged, undecided = self._merged_for(*key), (*key, "") in self._undecided
        goes = removal(stone.rev, merged, news, used, in_the_way, undecided, owned, self._seen(*key))
        if stone.entity not in BY_TABLE and goes is not Removal.DELETE:
            return done  # changed by somebody meanwhile: data is kept, and comes back there
        match goes:
            case Removal.DELETE:
                done.fate = Fate.CHANGED
                self._writes.deletes.append((stone.entity, local["id"]))
                self._writes.settled.add((*key, ""))
            case Removal.REFUSE:
                code, message = checks.period_closed()
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
            office = self._here.owner("training_event", values.get("event_id"))
        else:
            office = self._here.owner(entity, rid)
        return self._ownership.of(entity, field, office or "", values)

    def _foreign(self, entity: str, rid: str) -> str:
        return foreign_owner(self._here, entity, rid, self._own.code, self._head.office)

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
            for rid, row in self._here.rows[table].items()
            if row["id"] == number
        }
        missing = checks.without_missing_references(inserts, updates, self._here.identities, removed)
        orphans = self._of_what_we_removed(missing)
        self._withdraw(missing)
        for draft in orphans:
            self._writes.conflicts.append(draft)
            for record in self._records:
                if (record.entity, record.rid) == (draft.entity, draft.rid):
                    record.fate, record.code, record.message = Fate.CONFLICT, draft.kind, ""

    def _of_what_we_removed(self, missing: Mapping[tuple[str, str], checks.Refusal]) -> list[ConflictDraft]:
        """New records under something of ours that was removed here: a question for us. Sent back, they would wait
        there for our decision about the removal and here for theirs."""
        found = []
        rows = {(row.entity, row.rid): row for row in self._content.rows if (row.entity, row.rid) in missing}
        for table, inserted in self._writes.inserts.items():
            for rid, office, values in inserted:
                row = rows.get((table, rid))
                owned = self._owned(table, rid, NEW, values)
                if row is None or owned.side is not Side.US:
                    continue
                targets = [values[field.key] for field in BY_TABLE[table].references if values.get(field.key)]
                if self._here.any_removed_here(targets):
                    found.append(
                        ConflictDraft(table, rid, "", "removed_here", "open", owned.rule, None, None,
                                      {**values, "office": office}, 0, row.changed_by, row.changed_at)
                    )  # fmt: skip
        return found

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
        return checks.already_taken(self._connection, table, candidates, self._here.identities) if candidates else {}

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
        writes.confirmed = [item for item in writes.confirmed if item[:2] not in refused]
        for record in self._records:
            why = refused.get((record.entity, record.rid))
            if why is not None and not record.tombstone:
                record.fate, (record.code, record.message) = Fate.REJECTED, why
                record.changes, record.conflicts, record.overridden, record.together = (), (), (), False


def _not_allowed() -> checks.Refusal:
    return "not_allowed", _("Menurut aturan pertukaran, data ini tidak boleh diubah oleh kantor pengirim.")

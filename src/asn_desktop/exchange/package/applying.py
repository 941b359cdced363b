"""Write an agreed plan: records, conflicts, and everything that is noted about the sender, in one operation."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from asn_desktop.core.progress import Progress
from asn_desktop.exchange.package import later, log_reading, replicas, tables
from asn_desktop.exchange.package.causality import taken_back
from asn_desktop.exchange.package.conflict_notes import mirror_conflicts, note_conflicts
from asn_desktop.exchange.package.content import PackageContent, PackageHead
from asn_desktop.exchange.package.derive import Predicate, derived_values, place_units
from asn_desktop.exchange.package.log_reading import Identities
from asn_desktop.exchange.package.model import (
    PackageLedger,
    PeerOffice,
    PeerPeriod,
    PeerReplica,
    RejectionNote,
)
from asn_desktop.exchange.package.package_plan import PackagePlan
from asn_desktop.exchange.package.protocol import BY_TABLE, ENTITIES
from asn_desktop.exchange.plan import Fate
from asn_desktop.storage.unit_of_work import UnitOfWork


def apply_plan(
    uow: UnitOfWork, plan: PackagePlan, moment: str, user: str, predicate: Predicate, progress: Progress
) -> None:
    """Everything the plan says. The caller has checked that it is still true."""
    uow.defer_references()
    write_records(uow, plan, predicate, progress)
    content = plan.read.content
    if content.later or any(stone.entity not in BY_TABLE for stone in content.tombstones):
        _keep_what_is_beyond_us(uow, plan)
    newest = note_sender(uow, plan, moment)
    note_conflicts(uow, plan, moment)
    _note_rejections(uow, plan, moment)
    if newest:
        _note_what_they_say(uow, plan.read.content, moment)
    _note_package(uow, plan, moment, user)


# -- records --------------------------------------------------------------------------------------------------


def write_records(uow: UnitOfWork, plan: PackagePlan, predicate: Predicate, progress: Progress) -> None:
    writes = plan.writes
    identities = Identities(uow.connection)
    for entity in ENTITIES:
        rows = writes.inserts.get(entity.table, ())
        if rows:
            numbers = uow.next_ids(tables.MODELS[entity.table], len(rows))
            for number, (rid, _office, _values) in zip(numbers, rows, strict=True):
                identities.add(entity.table, rid, number)
    for entity in ENTITIES:
        table, model = entity.table, tables.MODELS[entity.table]
        new = writes.inserts.get(table, ())
        changed = writes.updates.get(table, ())
        for field in entity.references:
            wanted = (*(values.get(field.key) for _rid, _office, values in new),
                      *(values.get(field.key) for _number, values, _local in changed))  # fmt: skip
            identities.ids(field.target, wanted)
        if new:
            own = {"office"} if entity.owned else set()
            uow.insert_many(model, [
                {"rid": rid, **with_ids(table, values, identities), **derived_values(table, values, {}, predicate),
                 **({"office": office} if own else {})}
                for rid, office, values in new
            ])  # fmt: skip
        if changed:
            uow.update_many(model, [
                (number, {**with_ids(table, values, identities), **derived_values(table, values, local, predicate)})
                for number, values, local in changed
            ])  # fmt: skip
        progress.check()
    for table, number in writes.deletes:
        if table in BY_TABLE:
            uow.delete(tables.MODELS[table], number)
    for table, rid in writes.gone:
        if table in BY_TABLE:
            uow.touch_removed(tables.MODELS[table], rid)
    for table, rid, number, names in writes.confirmed:
        confirm(uow, table, rid, number, names)
    if writes.inserts.get("unit") or writes.updates.get("unit"):
        place_units(uow)


def confirm(uow: UnitOfWork, table: str, rid: str, number: int, names: Iterable[str]) -> None:
    """Say of fields that they stay as they are, also of those that only a newer program knows."""
    beyond = later.beyond_ours(table, dict.fromkeys(names))
    ours = [name for name in names if name not in beyond]
    if ours:
        uow.touch(tables.MODELS[table], {number: ours})
    later.confirm(uow, table, rid, beyond)


def _keep_what_is_beyond_us(uow: UnitOfWork, plan: PackagePlan) -> None:
    """Values and removals that only a newer program understands."""
    writes = plan.writes
    found: dict[str, list[tuple[str, str, Mapping[str, Any]]]] = {}
    for table, fresh in writes.inserts.items():
        found[table] = [(rid, "", later.beyond_ours(table, values)) for rid, _office, values in fresh]
    for table, changed in writes.updates.items():
        rows = [(local["rid"], "", later.beyond_ours(table, values)) for _number, values, local in changed]
        found.setdefault(table, []).extend(rows)
    found |= writes.later
    later.note_fields(uow, plan.read.content.later)
    for table, records in found.items():
        later.keep(uow, table, records)
    here = {(record.entity, record.rid) for record in plan.records if record.tombstone and record.fate is Fate.CHANGED}
    for table, rid in (*here, *writes.gone):
        if table not in BY_TABLE:
            later.remove(uow, table, rid)


def with_ids(table: str, values: Mapping[str, Any], identities: Identities) -> dict[str, Any]:
    """Values for writing: references as local ids, computed fields left out."""
    found = {}
    for field in BY_TABLE[table].fields:
        if field.key in values and not field.derived:
            value = values[field.key]
            if field.target and value is not None:
                value = identities.ids(field.target, ())[value]
            found[field.key] = value
    return found


# -- the sender -----------------------------------------------------------------------------------------------


def note_sender(uow: UnitOfWork, plan: PackagePlan, moment: str, *, merges: bool = True) -> bool:
    """Register office and replica, move the marks of what is merged; whether this is their newest package.

    ``merges=False`` for a package that cannot be merged: what it says of its sender is still true, and two copies
    that each wait for the other's next word would wait for ever without it.
    """
    head, known = plan.head, replicas.peers(uow.connection)
    office = uow.connection.execute(select(PeerOffice.id, PeerOffice.key).where(PeerOffice.code == head.office)).first()
    names = {"name": head.office_name, "role": head.role}
    if office is None:
        uow.insert(PeerOffice, {"code": head.office, **names, "key": plan.read.key, "since": moment})
    else:
        uow.update(PeerOffice, office.id, names | ({} if office.key or not plan.read.key else {"key": plan.read.key}))
    _note_ancestors(uow, plan, known)
    peer = known.get(head.replica.id)
    newest = peer is None or head.seq > peer.last_seq
    identity = {
        "office": head.office,
        "epoch": head.replica.epoch,
        "parent": head.replica.parent,
        "forked_at": head.replica.forked_at,
        "merged_rev": max(plan.merged, head.to_rev) if merges else plan.merged,
    }
    own = replicas.own_replica(uow.connection)
    news = {
        "acked_rev": plan.known,
        # After a fork they must first say that they know what we have become.
        "acked_replica": own.id if own.id in head.merged or not own.parent else "",
        "retired": False,  # who speaks is not gone, whatever another copy says
        "last_seq": head.seq,
        "last_at": head.made_at,
    }
    if peer is None:
        uow.insert(PeerReplica, {"replica": head.replica.id, **identity, **news})
    else:
        uow.update(PeerReplica, peer.id, identity | (news if newest else {}))
    if merges:
        _note_passed_on(uow, head)
    return newest


def _note_passed_on(uow: UnitOfWork, head: PackageHead) -> None:
    """What the sender hands on of other replicas is merged with its package.

    Not while a package that was merged here is taken back: the sender may have what was in it from us, and then leaves
    it out as known.
    """
    if not head.passes_on:
        return
    known = replicas.peers(uow.connection)
    undone = taken_back(log_reading.receive_operations(uow.connection))
    if any(revision > (known[replica].merged_rev if replica in known else 0) for replica, revision in undone.items()):
        return
    own = replicas.own_replica(uow.connection).id
    fresh = []
    for office, line in head.passes_on.items():
        for replica, revision in line.items():
            peer = known.get(replica)
            if replica == own or revision <= (peer.merged_rev if peer else 0):
                continue
            if peer is None:
                fresh.append({"replica": replica, "office": office, "merged_rev": revision})
            else:
                uow.update(PeerReplica, peer.id, {"merged_rev": revision})
    uow.insert_many(PeerReplica, fresh)


def _note_ancestors(uow: UnitOfWork, plan: PackagePlan, known: Mapping[str, replicas.Peer]) -> None:
    """The line the sender descends from. An ancestor that never spoke to us is not waited for."""
    replica = plan.head.replica
    chain = [(replica.parent, replica.forked_at, replica.parent_retired), *replica.ancestors]
    own = {replica for replica, _limit in replicas.own_line(uow.connection)}
    for position, (ancestor, _forked_at, gone) in enumerate(chain):
        if not ancestor or ancestor in own:
            return
        parent, forked_at, _gone = chain[position + 1] if position + 1 < len(chain) else ("", 0, False)
        peer = known.get(ancestor)
        if peer is None:
            values = {"replica": ancestor, "office": plan.head.office, "epoch": replica.epoch - 1 - position,
                      "parent": parent, "forked_at": forked_at, "retired": True}  # fmt: skip
            uow.insert(PeerReplica, values)
        elif gone and not peer.retired:
            uow.update(PeerReplica, peer.id, {"retired": True})


def _note_rejections(uow: UnitOfWork, plan: PackagePlan, moment: str) -> None:
    """Remember what could not be taken, forget what could at last."""
    head, note = plan.head, RejectionNote
    query = select(note.entity, note.record, note.id, note.replica).where(
        note.direction == "in", note.office == head.office
    )
    found = uow.connection.execute(query).all()
    standing = {(row.entity, row.record): row.id for row in found}
    of_another = {row.id for row in found if row.replica != head.replica.id}
    fresh, done = [], []
    for record in plan.records:
        key = (record.entity, record.rid)
        if record.fate is not Fate.REJECTED:
            if key in standing:
                done.append(standing[key])
            continue
        values = {"package_id": head.package_id, "replica": head.replica.id, "code": record.code,
                  "message": record.message}  # fmt: skip
        if key in standing:
            unknown = {"merged_before": 0} if standing[key] in of_another else {}
            uow.update(RejectionNote, standing[key], values | unknown)
        else:
            fresh.append(values | {"direction": "in", "office": head.office, "entity": record.entity,
                                   "record": record.rid, "merged_before": plan.merged, "at": moment})  # fmt: skip
    uow.delete_many(RejectionNote, done)
    uow.insert_many(RejectionNote, fresh)


def _note_what_they_say(uow: UnitOfWork, content: PackageContent, moment: str) -> None:
    """Their newest word: receipts, what they could not take of ours, what they have to decide, their periods."""
    office = content.head.office
    _note_receipts(uow, content)
    _note_their_rejections(uow, content, moment)
    mirror_conflicts(uow, content, moment)
    standing = dict(
        uow.connection.execute(select(PeerPeriod.code, PeerPeriod.id).where(PeerPeriod.office == office)).all()
    )
    for period in content.periods:
        values = {"closed": period.closed, "evaluations": period.evaluations, "rated": period.rated,
                  "final": period.final, "at": content.head.made_at}  # fmt: skip
        if period.code in standing:
            uow.update(PeerPeriod, standing[period.code], values)
        else:
            uow.insert(PeerPeriod, {"office": office, "code": period.code, **values})


def _note_receipts(uow: UnitOfWork, content: PackageContent) -> None:
    table = PackageLedger
    wanted = {item.package_id: item for item in content.acknowledgements}
    query = select(table.id, table.package_id, table.digest).where(
        table.direction == "out", table.answered_at.is_(None), table.package_id.in_(list(wanted))
    )
    for row in uow.connection.execute(query).all():
        answer = wanted[row.package_id]
        values = {"answered_at": answer.received_at, "answer": json.dumps(dict(answer.counts)),
                  "office": content.head.office}  # fmt: skip
        if not row.digest:  # cut off while it was being written, and out all the same
            values["digest"] = answer.digest
        uow.update(table, row.id, values)


def _note_their_rejections(uow: UnitOfWork, content: PackageContent, moment: str) -> None:
    note, office = RejectionNote, content.head.office
    query = select(note.entity, note.record, note.id, note.replica).where(
        note.direction == "out", note.office == office
    )
    found = uow.connection.execute(query).all()
    standing = {(row.entity, row.record): row.id for row in found}
    listed = {(item.entity, item.rid): item for item in content.rejections}
    voices = replicas.speaks_for(content.head, replicas.peers(uow.connection))
    done = [row.id for row in found if (row.entity, row.record) not in listed and row.replica in voices]
    uow.delete_many(note, done)
    fresh = []
    for key, item in listed.items():
        values = {"package_id": item.package_id, "code": item.code, "message": item.message,
                  "replica": content.head.replica.id}  # fmt: skip
        if key in standing:
            uow.update(note, standing[key], values)
        else:
            fresh.append(values | {"direction": "out", "office": office, "entity": item.entity, "record": item.rid,
                                   "at": moment})  # fmt: skip
    uow.insert_many(note, fresh)


def _note_package(uow: UnitOfWork, plan: PackagePlan, moment: str, user: str) -> None:
    head = plan.head
    uow.insert(PackageLedger, {
        "package_id": head.package_id, "direction": "in", "kind": head.kind.value, "office": head.office,
        "replica": head.replica.id, "seq": head.seq, "since_rev": head.since_rev, "to_rev": head.to_rev,
        "digest": plan.read.digest, "file_name": plan.read.file_name, "made_at": head.made_at,
        "seal": plan.read.signature, "counts": json.dumps(plan.counts),
        "at": moment, "user": user,
    })  # fmt: skip

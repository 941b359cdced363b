"""What a merge leaves undecided: questions of this office, and what stands here because the other side is asked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from asn_desktop.exchange.package import log_reading, replicas
from asn_desktop.exchange.package.causality import MISSING
from asn_desktop.exchange.package.content import PackageContent
from asn_desktop.exchange.package.model import SALVAGED, Conflict
from asn_desktop.exchange.package.package_plan import ConflictDraft, PackagePlan
from asn_desktop.exchange.package.wording import Wording, index_of
from asn_desktop.exchange.plan import Fate
from asn_desktop.storage.change_log import stored
from asn_desktop.storage.unit_of_work import UnitOfWork

ConflictKey = tuple[str, str, str]
"""Entity, rid, field."""


def to_json(value: Any) -> str | None:
    """A value as the conflict table keeps it; None for one that did not exist."""
    if value is MISSING:
        return None
    if isinstance(value, Mapping):
        return json.dumps({key: stored(part) for key, part in value.items()}, ensure_ascii=False, sort_keys=True)
    return json.dumps(stored(value), ensure_ascii=False)


def note_conflicts(uow: UnitOfWork, plan: PackagePlan, moment: str) -> None:
    head, table = plan.head, Conflict.__table__
    query = select(table).where(table.c.office == head.office, table.c.state.in_(("open", "waiting")))
    standing: dict[ConflictKey, list[Any]] = {}
    salvaged: dict[ConflictKey, Any] = {}
    for row in uow.connection.execute(query).mappings():
        key = (row["entity"], row["record"], row["field"])
        if row["rule"] == SALVAGED:
            salvaged[key] = row
        else:
            standing.setdefault(key, []).append(row)
    drafts = {(draft.entity, draft.rid, draft.field): draft for draft in plan.writes.conflicts}
    gone = {(record.entity, record.rid) for record in plan.records if record.tombstone and record.fate is Fate.CHANGED}
    settled = {
        key
        for key in standing
        if (key in plan.writes.settled or key[:2] in gone) and (key not in drafts or drafts[key].state == "overridden")
    }
    # What an intact package says of a field takes the place of what a broken one was read to say.
    answered = [row for key, row in salvaged.items() if key in plan.writes.settled or key in drafts or key[:2] in gone]
    peers = replicas.peers(uow.connection)
    voices, known_there = replicas.speaks_for(head, peers), replicas.passed_on(head)
    for key in settled:
        for row in standing[key]:
            asker = row["replica"]
            # What another copy asked us is answered by somebody who has seen it, not by chance. Where their office
            # decides, any copy's word will do.
            heard = asker in peers and known_there.get(asker, 0) >= peers[asker].merged_rev
            if row["state"] == "waiting" or asker in voices or heard or key[:2] in gone:
                answered.append(row)
    uow.update_many(Conflict, [(row["id"], {"state": "closed"}) for row in answered])
    wording = Wording(uow.connection, index_of(plan.read.content.rows))
    authors = log_reading.who_and_when(uow.connection, {draft.local_revision for draft in plan.writes.conflicts})
    fresh, again = [], []
    for key, draft in drafts.items():
        values = _conflict_values(draft, plan, wording.title(draft.entity, draft.rid).name, authors, moment)
        asked = [] if key in settled or draft.state == "overridden" else standing.get(key, [])
        # What another copy of their office said is a question of its own.
        same = next((row for row in asked if row["replica"] in voices or row["incoming"] == values["incoming"]), None)
        if same is None:
            fresh.append(values)
        else:
            again.append((same["id"], values | {"base": same["base"], "since": same["since"]}))
    uow.insert_many(Conflict, fresh)
    uow.update_many(Conflict, again)


def _conflict_values(
    draft: ConflictDraft, plan: PackagePlan, title: str, authors: Mapping[int, tuple[str, str]], moment: str
) -> dict[str, Any]:
    by, at = authors.get(draft.local_revision, ("", ""))
    return {
        "office": plan.head.office,
        "replica": plan.head.replica.id,
        "package_id": plan.head.package_id,
        "entity": draft.entity,
        "record": draft.rid,
        "title": title,
        "field": draft.field,
        "kind": draft.kind,
        "rule": draft.rule,
        "base": to_json(draft.base),
        "local": to_json(draft.local),
        "incoming": to_json(draft.incoming),
        "local_by": by,
        "local_at": at,
        "incoming_by": draft.incoming_by,
        "incoming_at": draft.incoming_at,
        "state": draft.state,
        "since": moment,
    }


def mirror_conflicts(uow: UnitOfWork, content: PackageContent, moment: str) -> None:
    """What the other side has to decide stands here as waiting until it is listed no longer."""
    head, table = content.head, Conflict.__table__
    query = select(table).where(table.c.office == head.office, table.c.state.in_(("open", "waiting")))
    query = query.where(table.c.rule != SALVAGED)
    standing = {(row["entity"], row["record"], row["field"]): row for row in uow.connection.execute(query).mappings()}
    listed = {(item.entity, item.rid, item.field): item for item in content.conflicts}
    # Another copy of their office may list what this one does not: each takes back only its own words.
    voices = replicas.speaks_for(head, replicas.peers(uow.connection))
    over = [
        row["id"]
        for key, row in standing.items()
        if row["state"] == "waiting" and not row["rule"] and key not in listed and row["replica"] in voices
    ]
    uow.update_many(Conflict, [(number, {"state": "closed"}) for number in over])
    missing = [item for key, item in listed.items() if key not in standing]
    wording = Wording(uow.connection)
    uow.insert_many(Conflict, [
        {"office": head.office, "replica": head.replica.id, "package_id": head.package_id, "entity": item.entity,
         "record": item.rid, "title": wording.title(item.entity, item.rid).name, "field": item.field,
         "kind": "field" if item.field else "removed_there", "rule": "", "base": to_json(item.base),
         # What is theirs there is ours here.
         "local": to_json(item.incoming), "incoming": to_json(item.local), "local_by": "", "local_at": "",
         "incoming_by": head.made_by, "incoming_at": item.since, "state": "waiting", "since": moment}
        for item in missing
    ])  # fmt: skip

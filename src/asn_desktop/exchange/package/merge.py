"""The three-way merge of one record, field by field. Pure: what is known goes in, what should happen comes out.

Values are in the form of the change log (ISO dates, references as ``rid``), so that they can be compared with it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from asn_desktop.exchange.package.causality import OwnNews
from asn_desktop.exchange.package.content import ALL_FIELDS
from asn_desktop.exchange.package.ownership import Owned, Policy, Side


class Action(StrEnum):
    """What happens with one incoming value that differs from ours."""

    TAKE = "take"
    OVERRIDE = "override"
    """Taken because the other side owns it; our own newer value is kept in a record of the conflict."""
    KEEP = "keep"
    """Ours is newer; theirs is what we both knew."""
    OPEN = "open"
    """Both are new: a person decides."""
    WAIT = "wait"
    """Both are new and the other side decides; ours stays until then."""
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class FieldOutcome:
    field: str
    action: Action
    base: Any
    local: Any
    incoming: Any
    rule: str
    local_revision: int


@dataclass(frozen=True, slots=True)
class Merged:
    """``fields``: only those that differ and are news. ``ours``: whether we have news of our own in other fields, so
    that both sides' work ends up side by side (*ubah bersamaan*). ``agreed``: fields with news that say what ours
    say."""

    fields: Sequence[FieldOutcome]
    ours: bool
    agreed: Sequence[str]

    def overriding(self) -> Merged:
        """The same where nobody can decide: what would wait is taken, our own value kept in a record of it."""
        waits = (Action.OPEN, Action.WAIT, Action.REFUSE)
        fields = [
            replace(outcome, action=Action.OVERRIDE) if outcome.action in waits else outcome for outcome in self.fields
        ]
        return replace(self, fields=fields)

    def with_action(self, *actions: Action) -> list[FieldOutcome]:
        return [outcome for outcome in self.fields if outcome.action in actions]


def revision_of(revisions: Mapping[str, int], field: str) -> int:
    """0: did not change since the package's start."""
    return revisions.get(field, revisions.get(ALL_FIELDS, 0))


def has_news(revisions: Mapping[str, int], merged: int, seen: Collection[int] = ()) -> bool:
    return any(revision > merged and revision not in seen for revision in revisions.values())


def merge_fields(
    names: Sequence[str],
    revisions: Mapping[str, int],
    incoming: Mapping[str, Any],
    local: Mapping[str, Any],
    news: OwnNews,
    merged: int,
    owner: Callable[[str], Owned],
    undecided: Collection[str] = (),
    judgement: Collection[str] = (),
    seen: Collection[int] = (),
) -> Merged:
    """Merge one record that both sides have.

    ``merged`` is how much of the sender's history is merged here; ``news`` what we did since the sender last knew
    us; ``undecided`` the fields that the sender lists as an open conflict of its own; ``judgement`` fields that are
    one statement together: half of theirs is never laid beside half of ours; ``seen`` the sender's operations that
    brought it only what is merged here as well.
    """
    outcomes: list[FieldOutcome] = []
    agreed: list[str] = []
    ours = False
    for name in names:
        theirs, mine = incoming[name], local.get(name)
        if theirs == mine:
            if revision_of(revisions, name) > merged:
                agreed.append(name)
            continue
        own = news.has(name)
        ours = ours or own
        revision = revision_of(revisions, name)
        if revision <= merged or (own and revision in seen):  # what we have was made from that or after it
            continue
        base = news.base(name) if own else mine
        owned = owner(name)
        # What a third side brought us they may know by another way; a value they set since is then no old one.
        maybe_known = name in revisions and name in news.brought
        action = _decide(
            owned, own, name in news.touched, theirs == base and not maybe_known, mine == base, name in undecided
        )
        outcomes.append(FieldOutcome(name, action, base, mine, theirs, owned.rule, news.operation(name)))
    if judgement:
        outcomes = _one_statement(outcomes, judgement, incoming, local, news, owner)
    return Merged(outcomes, ours, agreed)


def _one_statement(
    outcomes: list[FieldOutcome],
    judgement: Collection[str],
    incoming: Mapping[str, Any],
    local: Mapping[str, Any],
    news: OwnNews,
    owner: Callable[[str], Owned],
) -> list[FieldOutcome]:
    """Two people judged at once, each one half: the owner's word counts for the whole, else a person decides."""
    taken = {Action.TAKE, Action.OVERRIDE}
    theirs = {outcome.field for outcome in outcomes if outcome.field in judgement and outcome.action in taken}
    kept = [name for name in judgement if name not in theirs and name in incoming and incoming[name] != local[name]]
    if not theirs or not kept:
        return outcomes
    if all(owner(name).side is Side.THEM for name in judgement):
        whole = [outcome for outcome in outcomes if outcome.field not in kept]
        for name in kept:
            whole.append(
                FieldOutcome(
                    name, Action.OVERRIDE, news.base(name) if news.has(name) else local[name], local[name],
                    incoming[name], owner(name).rule, news.operation(name),
                )
            )  # fmt: skip
        return whole
    return [replace(outcome, action=Action.OPEN) if outcome.field in theirs else outcome for outcome in outcomes]


def _decide(
    owned: Owned, own: bool, touched: bool, theirs_is_base: bool, mine_is_base: bool, undecided: bool
) -> Action:
    concurrent = own and not theirs_is_base and (touched or not mine_is_base)
    if own and theirs_is_base:
        return Action.KEEP
    if owned.side is Side.THEM:
        return Action.OVERRIDE if concurrent else Action.TAKE
    if owned.side is Side.NOBODY:
        return Action.OPEN if concurrent or undecided else Action.TAKE
    if owned.policy is Policy.REFUSE:
        return Action.REFUSE
    return Action.OPEN if concurrent or owned.policy is Policy.QUEUE else Action.TAKE


class Arrival(StrEnum):
    """What happens with a record that is not here."""

    INSERT = "insert"
    OPEN = "open"
    """Waits for a decision: a proposal, or removed here and changed there."""
    WAIT = "wait"
    STAYS_AWAY = "stays_away"
    """Removed here or there, and they have nothing new to say about it."""
    REFUSE = "refuse"


def arrival(
    revisions: Mapping[str, int],
    merged: int,
    news: OwnNews | None,
    removed: bool,
    undecided: bool,
    owned: Owned,
    seen: Collection[int] = (),
) -> Arrival:
    """A record that is not here. ``removed``: it was, at some time; ``news`` what we did since they last knew us;
    ``undecided``: they know that we removed it, and wait for a decision; ``seen`` as in :func:`merge_fields`."""
    if not has_news(revisions, merged):  # known here, and gone since: an old package does not bring it back
        return Arrival.STAYS_AWAY
    if removed:
        if news is not None and news.removed and not undecided and not has_news(revisions, merged, seen):
            return Arrival.STAYS_AWAY
        if undecided or (news is not None and news.removed):
            return Arrival.WAIT if owned.side is Side.THEM else Arrival.OPEN
        return Arrival.INSERT
    if owned.side is Side.US and owned.policy is Policy.QUEUE:
        return Arrival.OPEN
    if owned.side is Side.US and owned.policy is Policy.REFUSE:
        return Arrival.REFUSE
    return Arrival.INSERT


class Removal(StrEnum):
    """What happens with a record that they removed and that is here."""

    DELETE = "delete"
    KEEP = "keep"
    """We knew about it and have decided otherwise since."""
    OPEN = "open"
    WAIT = "wait"
    REFUSE = "refuse"


def removal(
    revision: int,
    merged: int,
    news: OwnNews | None,
    still_used: bool,
    in_the_way: bool,
    undecided: bool,
    owned: Owned,
    seen: Collection[int] = (),
) -> Removal:
    """``still_used``: other records here refer to it and do not go with it; ``in_the_way``: nor do they wait for a
    decision of their own; ``undecided``: they know what we did to it, and wait for a decision; ``seen`` as in
    :func:`merge_fields`."""
    own = news is not None and news.any
    if revision <= merged or (own and not undecided and revision in seen):
        return Removal.KEEP
    if in_the_way and not undecided and not own:  # it is ours: whoever owns the record cannot clear it away
        return Removal.OPEN
    if undecided or still_used or own:
        return Removal.WAIT if owned.side is Side.THEM else Removal.OPEN
    if owned.side is Side.US and owned.policy is Policy.QUEUE:
        return Removal.OPEN
    if owned.side is Side.US and owned.policy is Policy.REFUSE:
        return Removal.REFUSE
    return Removal.DELETE

"""Copies of offices, the packages between them, and the account at the end; what people do is in :mod:`.machine`.

Every step is noted in a :class:`Ledger`. :meth:`World.teardown` lets the packages flow until nothing moves any more, has
every conflict decided, and then asks: do all agree, and what became of everything that was ever said?
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from hypothesis import event, note
from hypothesis.stateful import RuleBasedStateMachine

from asn_desktop.core.errors import AppError, InputError
from asn_desktop.environment.logs import stop_log
from asn_desktop.exchange.package import tables
from asn_desktop.exchange.package.content import PackageContent
from asn_desktop.exchange.package.desk import Choice, ConflictRow
from asn_desktop.remediation.model import PlanNote
from tests.campaigns.country import (
    Copy,
    Templates,
    computer,
    said_in,
    temporary_folder,
)
from tests.campaigns.ledger import NO_FIELD, Facts, Key, Ledger, difference, values_of
from tests.integration.packages.offices import PROVINCE

REST = 12
"""So many rounds of packages must be enough to come to rest."""


@dataclass(frozen=True)
class Sent:
    """A package on its way. ``known``: the edits it brings."""

    number: int
    sender: str
    to: str
    package: tuple[PackageContent, str] | Path
    known: frozenset[int]


class World(RuleBasedStateMachine):
    templates: Templates

    def __init__(self) -> None:
        super().__init__()
        self.folder = temporary_folder()
        self._computer = computer(self.folder / "komputer")
        self._computer.__enter__()
        self.copies: list[Copy] = []
        self.sent: list[Sent] = []
        self.ledger = Ledger()
        self.serial = itertools.count(1)

    def teardown(self) -> None:
        try:
            if self.copies:
                self.settle()
        finally:
            for copy in self.copies:
                copy.site.close()
            stop_log()
            self._computer.__exit__(None, None, None)
            shutil.rmtree(self.folder, ignore_errors=True)

    def copy(self, number: int) -> Copy:
        return self.copies[number % len(self.copies)]

    @property
    def province(self) -> Copy:
        return self.copies[0]

    def _note(self, before: Facts, after: Facts) -> list[int]:
        return [self.ledger.note(*change) for change in difference(before, after)]

    def work(self, copy: Copy, action: Callable[[], object]) -> bool:
        """An operation of a person: whatever it changes is an edit. A refused one changes nothing."""
        before = copy.facts()
        try:
            action()
        except AppError as error:
            assert copy.facts() == before
            note(f"    refused: {error}")
            return False
        copy.known.update(self._note(before, copy.facts()))
        return True

    def _same(self, copy: Copy, before: Facts) -> None:
        assert copy.facts() == before, f"{copy.name}: {_differences(copy.facts(), before)}"

    def _undo_a_receive(self, copy: Copy, operation: int, undone: int | None) -> None:
        first = undone if undone in copy.gains else copy.undoes(undone or 0)
        gained = copy.gains[first or 0]
        note(f"    {copy.name}: {'redo' if undone != first else 'undo'} of a receive ({len(gained)} edits)")
        event("undo of a receive")
        if undone == first:
            copy.known -= gained
            copy.merged.clear()
        else:
            copy.known |= gained
        copy.gains[operation] = gained

    def _decide(self, copy: Copy, row: ConflictRow, choice: Choice) -> bool:
        """A decision is an edit too, and whoever made it saw both sides."""
        note(f"    {copy.name}: conflict {row.entity} {row.record[-8:]} {row.field or row.kind} → {choice}")
        key = (row.entity, row.record)
        known = copy.facts().get(key)
        if not self.work(copy, lambda: copy.site.services.packages.decide([(row.id, choice)])):
            return False
        event(f"decided {row.kind}")
        owner = "" if row.entity in tables.SHARED else self._owner(copy, row, known)
        now = copy.facts().get(key)
        said = {(*key, "", now is not None)}
        if row.field and now is not None:
            said.add((*key, row.field, now[row.field]))
        copy.known.add(self.ledger.note(row.entity, owner, said, said_in(row) - said))
        return True

    def _owner(self, copy: Copy, row: ConflictRow, known: Any) -> str:
        if known is not None:
            return str(known[NO_FIELD])
        return copy.code if copy is not self.province else row.office

    def _send(self, copy: Copy, to: int, by_file: bool = False) -> Sent | None:
        office = self._addressee(copy, to)
        known = set(copy.known)
        if copy is self.province:
            known = self.ledger.visible(known, office, PROVINCE.code)
        package: Any
        if by_file:
            package = self.folder / f"paket-{len(self.sent)}.xlsx"
            copy.site.services.packages.send(package, office)
            event("by file")
        else:
            package = copy.site.send(office)
        self.sent.append(Sent(len(self.sent), copy.name, office, package, frozenset(known)))
        note(f"    package {len(self.sent) - 1} of {copy.name} for {office}")
        return self.sent[-1]

    def _addressee(self, copy: Copy, to: int) -> str:
        if copy is self.province:
            return self.copies[1 + to % (len(self.copies) - 1)].code
        several = sum(other.code == copy.code for other in self.copies) > 1
        return copy.code if several and to % 3 == 0 else PROVINCE.code

    def _receive(self, copy: Copy, sent: Sent) -> bool:
        """Whether it was taken. Again: nothing is written."""
        before, head = copy.facts(), copy.site.head()
        packages = copy.site.services.packages
        try:
            plan = packages.examine(sent.package) if isinstance(sent.package, Path) else copy.site.plan(sent.package)
            done = packages.apply(plan, backup=False)
        except InputError as error:
            if error.code not in ("ASN-1242", "ASN-1245"):
                raise
            self._same(copy, before)
            note(f"    package {sent.number} refused by {copy.name}: {error.code}")
            event(f"refused {error.code}")
            return False
        counts = done.plan.counts
        assert sum(counts.values()) == 2 * counts["rows_read"], counts
        if counts["rows_read"]:
            note(f"    package {sent.number} at {copy.name}: { {k: v for k, v in counts.items() if v} }")
            for record in done.plan.records:
                if record.message:
                    note(f"        {record.entity} {record.rid[-8:]} {record.code} {record.message}")
        if sent.number in copy.merged:
            assert done.plan.already, "merged before, and the ledger does not know it"
            assert copy.site.head() == head
        gained = set(sent.known) - copy.known
        assert done.change_set is None or done.change_set.operation_id > head
        copy.known |= sent.known
        copy.merged.add(sent.number)
        if done.change_set is not None:
            copy.gains[done.change_set.operation_id] = gained
        self._follow(copy, before, head, sent)
        return True

    def _follow(self, copy: Copy, before: Facts, head: int, sent: Sent) -> None:
        """Plans that the program proposes or withdraws after ratings came are this office's own work."""
        keys = copy.touched_by("package.follow", head)
        if not keys:
            return
        after = copy.facts()
        narrowed = [{key: row for key, row in facts.items() if key in keys} for facts in (before, after)]
        copy.known.update(self._note(*narrowed))
        if isinstance(sent.package, Path):
            return
        for row in sent.package[0].rows:
            key = (row.entity, row.rid)
            if key in keys:  # what the package said of it was seen and replaced
                brought = values_of(key, {name: _text(value) for name, value in row.values.items()})
                here = after.get(key)
                now = values_of(key, here) if here is not None else set()
                exists = {(*key, "", True)} if here is None else set()
                owner = here[NO_FIELD] if here is not None else copy.code
                copy.known.add(self.ledger.note(row.entity, owner, (), (brought - now) | exists))

    def settle(self) -> None:
        """Packages flow until nothing moves, every conflict is decided by its owner; then the account."""
        note("    -- settling --")
        for copy in self.copies:
            service = copy.site.services.appraisal
            for row in service.periods():
                if row.state == "closed":
                    self.work(copy, partial(service.reopen_period, row.code, "Akhir"))
        for _turn in range(REST):
            self._flow()
            if not self._decide_all():
                break
        else:
            raise AssertionError(f"conflicts without end: {self._undecided()}")
        if self._undecided():
            self._talk_directly()
        undecided = self._undecided()
        assert not undecided, f"never closed: {undecided}"
        self._agree()
        self._account()
        self._again()
        for copy in self.copies:
            assert copy.site.sound(), copy.name

    def _flow(self) -> None:
        moving: Sequence[str] = ()
        for _round in range(REST):
            before = [(copy.facts(), copy.conflict_states()) for copy in self.copies]
            taken = [self._receive(self.province, self._out(copy, PROVINCE.code)) for copy in self.copies[1:]]
            for office in sorted({copy.code for copy in self.copies[1:]}):
                sent = self._out(self.province, office)
                taken += [self._receive(copy, sent) for copy in self.copies[1:] if copy.code == office]
            moving = [
                f"{copy.name}: {_differences(facts, copy.facts())} {sorted(set(copy.conflict_states()) ^ set(states))}"
                for copy, (facts, states) in zip(self.copies, before, strict=True)
                if (copy.facts(), copy.conflict_states()) != (facts, states)
            ]
            if all(taken) and not moving:
                return
        raise AssertionError(f"packages never come to rest; all taken: {all(taken)}; still moving: {moving}")

    def _talk_directly(self) -> None:
        """What one copy of an office has listed as its own question stands at its siblings until its next package for
        them; the last word of each is heard like any other last exchange."""
        for copy in self.copies[1:]:
            siblings = [other for other in self.copies[1:] if other.code == copy.code and other is not copy]
            if siblings:
                sent = self._out(copy, copy.code)
                for other in siblings:
                    self._receive(other, sent)
        self._flow()

    def _out(self, copy: Copy, office: str) -> Sent:
        known = set(copy.known)
        if copy is self.province:
            known = self.ledger.visible(known, office, PROVINCE.code)
        self.sent.append(Sent(len(self.sent), copy.name, office, copy.site.send(office), frozenset(known)))
        return self.sent[-1]

    def _decide_all(self) -> bool:
        """One copy of each office decides what it has to; whether there was anything."""
        done: set[str] = set()
        any_at_all = False
        for copy in self.copies:
            rows = copy.site.services.packages.conflicts()
            if not rows or copy.code in done:
                continue
            done.add(copy.code)
            any_at_all = True
            for row in rows:
                choices: Sequence[Choice] = ("incoming", "local") if row.id % 2 else ("local", "incoming")
                if not self._decide(copy, row, choices[0]):
                    self._decide(copy, row, choices[1])
        return any_at_all

    def _undecided(self) -> list[tuple[str, ...]]:
        return [
            (
                copy.name,
                row.office,
                row.entity,
                row.record[-8:],
                row.field or row.kind,
                row.state,
                row.rule or "mirrored",
            )
            for copy in self.copies
            for row in copy.site.services.packages.conflicts("open", "waiting")
        ]

    def _agree(self) -> None:
        whole = self.province.facts()
        for copy in self.copies[1:]:
            theirs = {
                key: row
                for key, row in whole.items()
                if row[NO_FIELD] in ("", copy.code) or (key[0] == "training_event" and row[NO_FIELD] == PROVINCE.code)
            }
            ours = copy.facts()
            strangers = {row[NO_FIELD] for row in ours.values()} - {"", copy.code, PROVINCE.code}
            assert not strangers, f"{copy.name} has records of {strangers}"
            ours = {key: row for key, row in ours.items() if key in theirs or row[NO_FIELD] != PROVINCE.code}
            assert ours == theirs, f"{copy.name} and the province: {_differences(ours, theirs)}"
        assert self.province.count(PlanNote) == 0, "a counselling note has travelled"

    def _account(self) -> None:
        known = set().union(*(copy.known for copy in self.copies))
        recorded = set().union(*(copy.on_record() for copy in self.copies))
        refused: set[Key] = set().union(*(copy.refused() for copy in self.copies))
        final: dict[Key, Any] = {}
        for copy in reversed(self.copies):
            final |= copy.facts()
        lost = self.ledger.unaccounted(known, final, recorded, refused)
        assert not lost, f"nobody can say what became of {lost[:5]} ({len(lost)} values)"

    def _again(self) -> None:
        """Every package once more, wherever it belongs: nothing is written that the office does not miss."""
        for sent in self.sent[-40:]:
            for copy in self.copies:
                if copy.code == sent.to and copy.name != sent.sender and sent.known <= copy.known:
                    before, states = copy.facts(), copy.conflict_states()
                    self._receive(copy, sent)
                    self._same(copy, before)
                    assert copy.conflict_states() == states


def _text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _differences(one: Facts, other: Facts) -> Collection[str]:
    found = []
    for key in sorted(one.keys() | other.keys()):
        ours, theirs = one.get(key), other.get(key)
        if ours is None or theirs is None:
            found.append(f"{key} only {'there' if ours is None else 'here'}")
        elif ours != theirs:
            found.append(
                f"{key}: " + ", ".join(f"{n} {ours[n]!r} ≠ {theirs[n]!r}" for n in ours if ours[n] != theirs[n])
            )
    return found[:8]

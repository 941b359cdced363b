"""Offices that do anything in any order, over packages that are lost, repeated and late (hypothesis).

Every step is noted in a :class:`Ledger`; :meth:`Offices.teardown` lets the packages flow until nothing moves any more,
has every conflict decided, and then asks for the account.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import event, note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from asn_desktop.appraisal.commands import RatingChange
from asn_desktop.appraisal.predicate import Rating
from asn_desktop.core.errors import AppError, InputError
from asn_desktop.core.periods import Period
from asn_desktop.environment.logs import stop_log
from asn_desktop.exchange.package import tables
from asn_desktop.exchange.package.content import PackageContent
from asn_desktop.exchange.package.desk import Choice, ConflictRow
from asn_desktop.personnel.model import Employee
from asn_desktop.reference.model import Holiday
from asn_desktop.remediation.model import PlanNote, PlanStep
from asn_desktop.training.model import Participant
from tests.campaigns.country import (
    QUARTER,
    Copy,
    Templates,
    add_event,
    computer,
    said_in,
    settle_in,
    temporary_folder,
)
from tests.campaigns.ledger import NO_FIELD, Facts, Key, Ledger, difference, values_of
from tests.integration.packages.offices import PROVINCE

NUMBER = st.integers(0, 999)
WORDS = {
    "employee": ("phone", "email", "position", "title_back"),
    "unit": ("head_name", "head_position"),
    "evaluation": ("notes", "position"),
    "training_event": ("place", "speakers"),
    "participant": ("certificate_number",),
    "remediation_plan": ("goal",),
    "plan_step": ("action", "result"),
    "holiday": ("source",),
}
"""Fields that get words nobody else has written: which edit a value comes from can be told."""
REMOVABLE = ("participant", "plan_step", "holiday")
MAX_COPIES = 6
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


class Offices(RuleBasedStateMachine):
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
        self.taken_back = False

    @initialize(met=st.booleans())
    def begin(self, met: bool) -> None:
        self.copies = settle_in(self.templates.met if met else self.templates.apart, self.folder)
        for copy in self.copies:
            facts = copy.facts()
            mine = {key: record for key, record in facts.items() if record[NO_FIELD] == copy.code}
            copy.known.update(self._note({}, mine))

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

    # -- people at work -----------------------------------------------------------------------------------

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

    def word(self) -> str:
        return f"tulisan {next(self.serial)}"

    def pick(self, facts: Facts, table: str, number: int) -> str | None:
        rids = sorted(rid for name, rid in facts if name == table)
        return rids[number % len(rids)] if rids else None

    @rule(who=NUMBER, table=st.sampled_from(sorted(WORDS)), which=NUMBER, field=NUMBER, empty=st.integers(0, 9))
    def edit(self, who: int, table: str, which: int, field: int, empty: int) -> None:
        copy = self.copy(who)
        rid = self.pick(copy.facts(), table, which)
        if rid is None:
            return
        name = WORDS[table][field % len(WORDS[table])]
        value = None if empty == 0 and name not in ("action", "source") else self.word()
        note(f"    {copy.name}: {table} {rid[:8]} {name} = {value}")
        self.work(copy, lambda: copy.site.edit(tables.MODELS[table], rid, **{name: value}))

    @rule(who=NUMBER, which=NUMBER, starts=st.integers(1, 9), ends=st.integers(1, 9), both=st.booleans())
    def move_event(self, who: int, which: int, starts: int, ends: int, both: bool) -> None:
        copy = self.copy(who)
        facts = copy.facts()
        rid = self.pick(facts, "training_event", which)
        if rid is None:
            return
        now = facts["training_event", rid]
        first = date(2026, 11, starts)
        last = date(2026, 11, ends) if both else date.fromisoformat(now["ends"])
        if first <= last:
            model = tables.MODELS["training_event"]
            self.work(copy, lambda: copy.site.edit(model, rid, starts=first, ends=last))

    @rule(who=NUMBER, which=NUMBER, unit=NUMBER)
    def move_person(self, who: int, which: int, unit: int) -> None:
        copy = self.copy(who)
        facts = copy.facts()
        rid = self.pick(facts, "employee", which)
        if rid is None:
            return
        owner = facts["employee", rid][NO_FIELD]
        units = sorted(key[1] for key, row in facts.items() if key[0] == "unit" and row[NO_FIELD] == owner)
        target = copy.site.id_of(tables.MODELS["unit"], units[unit % len(units)])
        self.work(copy, lambda: copy.site.edit(Employee, rid, unit_id=target))

    @rule(who=NUMBER, which=NUMBER, back=st.booleans())
    def leave_or_return(self, who: int, which: int, back: bool) -> None:
        copy = self.copy(who)
        rid = self.pick(copy.facts(), "employee", which)
        if rid is None:
            return
        number, service = copy.site.id_of(Employee, rid), copy.site.services.personnel
        if back:
            self.work(copy, lambda: service.reactivate(number))
        else:
            self.work(copy, lambda: service.deactivate(number, self.word(), date(2026, 9, 1), "Pensiun"))

    @rule(who=NUMBER, which=NUMBER, result=st.sampled_from(list(Rating)), behaviour=st.sampled_from(list(Rating)))
    def rate(self, who: int, which: int, result: Rating, behaviour: Rating) -> None:
        copy = self.copy(who)
        rid = self.pick(copy.facts(), "evaluation", which)
        if rid is None:
            return
        number = copy.site.id_of(tables.MODELS["evaluation"], rid)
        self.work(copy, lambda: copy.site.services.appraisal.rate([RatingChange(number, result, behaviour)]))

    @rule(who=NUMBER, step=st.sampled_from(("open", "open another", "close", "reopen")))
    def quarter(self, who: int, step: str) -> None:
        copy = self.copy(who)
        service = copy.site.services.appraisal
        actions: dict[str, Callable[[], object]] = {
            "open": lambda: service.open_period(QUARTER),
            "open another": lambda: service.open_period(Period(2026, 2)),
            "close": lambda: service.close_period(QUARTER.code),
            "reopen": lambda: service.reopen_period(QUARTER.code, "Data menyusul"),
        }
        self.work(copy, actions[step])

    @rule(who=NUMBER, what=st.sampled_from(("person", "event", "participant", "step", "holiday", "note")), which=NUMBER,
          other=NUMBER)  # fmt: skip
    def add(self, who: int, what: str, which: int, other: int) -> None:
        copy, site = self.copy(who), self.copy(who).site
        facts = copy.facts()
        serial = next(self.serial)
        match what:
            case "person":
                self.work(copy, lambda: site.add_person(f"Orang {serial}", f"19850312201009{serial % 10000:04}"))
            case "event":
                self.work(copy, lambda: add_event(site, f"B-{serial}"))
            case "participant":
                place, person = self.pick(facts, "training_event", which), self.pick(facts, "employee", other)
                if place is None or person is None or self._takes_part(facts, place, person):
                    return
                values = {"event_id": site.id_of(tables.MODELS["training_event"], place),
                          "employee_id": site.id_of(Employee, person)}  # fmt: skip
                self.work(copy, lambda: site.insert(Participant, **values, certificate_number=self.word()))
            case "step" | "note":
                rid = self.pick(facts, "remediation_plan", which)
                if rid is None:
                    return
                plan = site.id_of(tables.MODELS["remediation_plan"], rid)
                if what == "step":
                    self.work(copy, lambda: site.insert(PlanStep, plan_id=plan, position=9, action=self.word()))
                else:
                    site.insert(PlanNote, plan_id=plan, day=date(2026, 10, 6), text="rahasia konseling")
            case "holiday":
                day = date(2026, 12, 1 + which % 2)
                if any(key[0] == "holiday" and row["day"] == day.isoformat() and row["name"] == "HUT"
                       for key, row in facts.items()):  # fmt: skip
                    return
                kind = ("libur_daerah", "cuti_bersama")[other % 2]
                self.work(copy, lambda: site.insert(Holiday, day=day, name="HUT", kind=kind, source=self.word()))

    def _takes_part(self, facts: Facts, place: str, person: str) -> bool:
        return any(
            key[0] == "participant" and row["event_id"] == place and row["employee_id"] == person
            for key, row in facts.items()
        )

    @rule(who=NUMBER, table=st.sampled_from(REMOVABLE), which=NUMBER)
    def remove(self, who: int, table: str, which: int) -> None:
        copy = self.copy(who)
        rid = self.pick(copy.facts(), table, which)
        if rid is not None:
            note(f"    {copy.name}: remove {table} {rid[:8]}")
            self.work(copy, lambda: copy.site.remove(tables.MODELS[table], rid))

    @rule(who=NUMBER, which=NUMBER)
    def remove_event(self, who: int, which: int) -> None:
        """With its participants, as one operation."""
        copy = self.copy(who)
        facts = copy.facts()
        rid = self.pick(facts, "training_event", which)
        if rid is None or any(row.get("event_id") == rid for key, row in facts.items() if key[0] != "participant"):
            return
        places = [key[1] for key, row in facts.items() if key[0] == "participant" and row["event_id"] == rid]

        def together() -> None:
            with copy.site.services.database.write("test.remove", "Hapus kegiatan") as uow:
                for place in places:
                    uow.delete(Participant, copy.site.id_of(Participant, place))
                uow.delete(tables.MODELS["training_event"], copy.site.id_of(tables.MODELS["training_event"], rid))

        self.work(copy, together)

    @rule(who=NUMBER, redo=st.booleans())
    def undo(self, who: int, redo: bool) -> None:
        """Ctrl+Z or Ctrl+Y. Taking back a package also takes back what it taught."""
        copy = self.copy(who)
        before = copy.facts()
        try:
            done = copy.site.services.safety.redo() if redo else copy.site.services.safety.undo()
        except AppError:
            assert copy.facts() == before
            return
        operation = done.operation_id
        undone = copy.undoes(operation)
        if undone in copy.gains or (undone is not None and copy.undoes(undone) in copy.gains):
            self._undo_a_receive(copy, operation, undone)
            return
        copy.known.update(self._note(before, copy.facts()))

    def _undo_a_receive(self, copy: Copy, operation: int, undone: int | None) -> None:
        first = undone if undone in copy.gains else copy.undoes(undone or 0)
        gained = copy.gains[first or 0]
        note(f"    {copy.name}: {'redo' if undone != first else 'undo'} of a receive ({len(gained)} edits)")
        event("undo of a receive")
        self.taken_back = True
        if undone == first:
            copy.known -= gained
            copy.merged.clear()
        else:
            copy.known |= gained
        copy.gains[operation] = gained

    @rule(who=NUMBER, incoming=st.lists(st.booleans(), min_size=1, max_size=4))
    def decide(self, who: int, incoming: list[bool]) -> None:
        copy = self.copy(who)
        for row, take in zip(copy.site.services.packages.conflicts(), incoming, strict=False):
            self._decide(copy, row, "incoming" if take else "local")

    def _decide(self, copy: Copy, row: ConflictRow, choice: Choice) -> bool:
        """A decision is an edit too, and whoever made it saw both sides."""
        note(f"    {copy.name}: conflict {row.entity} {row.record[:8]} {row.field or row.kind} → {choice}")
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

    # -- packages -----------------------------------------------------------------------------------------

    @rule(who=NUMBER, to=NUMBER, by_file=st.integers(0, 40))
    def send(self, who: int, to: int, by_file: int) -> None:
        self._send(self.copy(who), to, by_file == 0)

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

    @rule(back=st.integers(0, 12), who=NUMBER)
    def deliver(self, back: int, who: int) -> None:
        """Any package ever sent, to any copy of its addressee."""
        if self.sent:
            package = self.sent[max(0, len(self.sent) - 1 - back)]
            there = [copy for copy in self.copies if copy.code == package.to]
            self._receive(there[who % len(there)], package)

    @rule(who=NUMBER, to=NUMBER)
    def exchange(self, who: int, to: int) -> None:
        """A package that arrives at once."""
        sent = self._send(self.copy(who), to)
        if sent is not None:
            there = [copy for copy in self.copies if copy.code == sent.to and copy.name != sent.sender]
            self._receive(there[to % len(there)], sent)

    def _receive(self, copy: Copy, sent: Sent) -> bool:
        """Whether it was taken. Again: nothing is written."""
        before, head = copy.facts(), copy.site.head()
        packages = copy.site.services.packages
        try:
            plan = packages.examine(sent.package) if isinstance(sent.package, Path) else copy.site.plan(sent.package)
            done = packages.apply(plan, backup=False)
        except InputError as error:
            assert error.code in ("ASN-1242", "ASN-1245"), error
            assert copy.facts() == before
            note(f"    package {sent.number} refused by {copy.name}: {error.code}")
            event(f"refused {error.code}")
            return False
        counts = done.plan.counts
        assert sum(counts.values()) == 2 * counts["rows_read"], counts
        if counts["rows_read"]:
            note(f"    package {sent.number} at {copy.name}: { {k: v for k, v in counts.items() if v} }")
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

    # -- accidents ----------------------------------------------------------------------------------------

    @rule(who=NUMBER)
    def back_up(self, who: int) -> None:
        self.copy(who).keep()

    @rule(who=NUMBER, which=NUMBER)
    def restore(self, who: int, which: int) -> None:
        copy = self.copy(who)
        if copy.go_back(which):
            note(f"    {copy.name} restored")
            event("restored")

    @rule(who=NUMBER)
    def clone(self, who: int) -> None:
        """The folder of a district is copied to a second PC, and both go on."""
        copy = self.copies[1 + who % (len(self.copies) - 1)]
        if len(self.copies) >= MAX_COPIES:
            return
        name = f"{copy.name} salinan {len(self.copies)}"
        site = copy.site.clone(self.folder / name.replace(" ", "-"))
        self.copies.append(Copy(name, copy.code, site, set(copy.known), dict(copy.gains), set(copy.merged)))
        note(f"    {name}")
        event("cloned")

    @rule(who=NUMBER, to=NUMBER)
    def receipt(self, who: int, to: int) -> None:
        """A receipt is a package without data."""
        copy = self.copy(who)
        office = self._addressee(copy, to)
        if office not in {peer.code for peer in copy.site.services.packages.peers()}:
            return
        path = self.folder / f"tanda-terima-{next(self.serial)}.xlsx"
        copy.site.services.packages.receipt(path, office)
        there = [other for other in self.copies if other.code == office and other is not copy]
        self._receive(there[to % len(there)], Sent(-next(self.serial), copy.name, office, path, frozenset()))

    # -- the end ------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Packages flow until nothing moves, every conflict is decided by its owner; then the account."""
        note("    -- settling --")
        for copy in self.copies:
            service = copy.site.services.appraisal
            for row in service.periods():
                if row.state == "closed":
                    self.work(copy, lambda code=row.code, service=service: service.reopen_period(code, "Akhir"))
        for _turn in range(REST):
            self._flow()
            if not self._decide_all():
                break
        else:
            raise AssertionError(f"conflicts without end: {self._undecided()}")
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
                row.record[:8],
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
                    assert copy.facts() == before, f"{copy.name}: {_differences(copy.facts(), before)}"
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

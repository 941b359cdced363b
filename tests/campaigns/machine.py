"""Offices that do anything in any order, over packages that are lost, repeated and late (hypothesis)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from hypothesis import event, note
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from asn_desktop.appraisal.commands import RatingChange
from asn_desktop.appraisal.predicate import Rating
from asn_desktop.core.errors import AppError
from asn_desktop.core.periods import Period
from asn_desktop.exchange.package import tables
from asn_desktop.personnel.model import Employee
from asn_desktop.reference.model import Holiday
from asn_desktop.remediation.model import PlanNote, PlanStep
from asn_desktop.training.model import Participant
from tests.campaigns.country import (
    QUARTER,
    Copy,
    add_event,
    settle_in,
)
from tests.campaigns.ledger import NO_FIELD, Facts
from tests.campaigns.world import Sent, World
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


class Offices(World):
    @initialize(met=st.booleans())
    def begin(self, met: bool) -> None:
        self.copies = settle_in(self.templates.met if met else self.templates.apart, self.folder)
        for copy in self.copies:
            facts = copy.facts()
            mine = {key: record for key, record in facts.items() if record[NO_FIELD] == copy.code}
            copy.known.update(self._note({}, mine))

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
        note(f"    {copy.name}: {table} {rid[-8:]} {name} = {value}")
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
                where, whose = facts["training_event", place][NO_FIELD], facts["employee", person][NO_FIELD]
                if where not in (whose, PROVINCE.code):  # no district can take its people into another's event
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
                elif copy is not self.province:  # what the province has of them must have travelled
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
            note(f"    {copy.name}: remove {table} {rid[-8:]}")
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

    @rule(who=NUMBER, incoming=st.lists(st.booleans(), min_size=1, max_size=4))
    def decide(self, who: int, incoming: list[bool]) -> None:
        copy = self.copy(who)
        for row, take in zip(copy.site.services.packages.conflicts(), incoming, strict=False):
            self._decide(copy, row, "incoming" if take else "local")

    @rule(who=NUMBER, to=NUMBER, by_file=st.integers(0, 40))
    def send(self, who: int, to: int, by_file: int) -> None:
        self._send(self.copy(who), to, by_file == 0)

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

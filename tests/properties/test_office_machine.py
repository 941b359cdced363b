"""A clerk who does anything in any order: whatever happens, the data stays whole and every step can be taken back."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from asn_desktop.appraisal.commands import (
    KEEP,
    EvaluationContent,
    EvaluationNotes,
    FeedbackDraft,
    IkiDraft,
    RatingChange,
    Reached,
    RhkDraft,
    SkpDraft,
)
from asn_desktop.appraisal.predicate import Rating
from asn_desktop.appraisal.tables import matrix
from asn_desktop.core.errors import AppError, Cancelled
from asn_desktop.core.periods import Period
from asn_desktop.core.progress import Progress
from asn_desktop.environment.logs import stop_log
from asn_desktop.environment.paths import office_paths
from asn_desktop.exchange.plan import SKIP, Fate, ImportPlan, decide
from asn_desktop.personnel.commands import EmployeeCommand
from asn_desktop.reference.unit_tree import ensure_units
from asn_desktop.remediation.commands import ClosePlan, ConfirmPlan, DeclinePlan
from asn_desktop.remediation.rules import is_low
from asn_desktop.services import Services, close_office, open_office
from asn_desktop.training.commands import ChangeEventState, Nominate, RecordAttendance, SaveEvent
from tests.conftest import PASSPHRASE, USER, fixed_clock
from tests.integration.exchange.books import book
from tests.properties.content import Content, content, difference

PERIODS = (Period(2026, 2), Period(2026, 3), Period(2026, 0))
RATING = st.sampled_from(list(Rating))
WORDS = {Rating.DI_ATAS: "Di Atas Ekspektasi", Rating.SESUAI: "Sesuai Ekspektasi", Rating.DI_BAWAH: "dibawah"}
PLACES = [("Dinas Kesehatan", "Puskesmas Susoh"), ("Dinas Kesehatan", ""), ("Dinas Pendidikan", "SD Negeri 1")]
NUMBER = st.integers(0, 10**6)


class Stopped(Progress):
    """Is cancelled at the n-th look after writing began: in the middle of the transaction."""

    def __init__(self, looks: int) -> None:
        super().__init__()
        self.looks = looks

    def check(self) -> None:
        super().check()
        if self.text in ("Menulis data", ""):
            self.looks -= bool(self.total or self.text)
            if self.looks == 0:
                raise Cancelled


class Office(RuleBasedStateMachine):
    """Drives the services of one real office. ``past`` holds the content before each step that can be taken back."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="asn-uji-"))
        shutil.copytree(self.template, self.folder / "kantor")
        self.office: Services = open_office(office_paths(self.folder / "kantor"), USER, PASSPHRASE, clock=fixed_clock)
        with self.office.database.write("test.units", "Unit", undoable=False) as uow:
            self.units = list(ensure_units(uow, PLACES).values())
        self.past: list[Content] = []
        self.future: list[Content] = []
        self.counter = itertools.count(1)
        for kind in ("PNS", "PNS", "PPPK", "PPPK_PARUH_WAKTU"):
            self.add_person(0, kind, 0)
        self.open_quarter(PERIODS[1])
        self.plan_event(2, date(2026, 9, 7))

    def teardown(self) -> None:
        sound = self.office.safety.check()
        close_office(self.office)
        stop_log()
        shutil.rmtree(self.folder)
        assert sound.sound, sound

    # -- how a step is judged -----------------------------------------------------------------------------

    def do(self, action: Callable[[], object]) -> None:
        """A step either writes as one operation or is refused and leaves everything as it was, versions too."""
        before, exact = content(self.office), content(self.office, versions=True)
        try:
            action()
        except (AppError, Cancelled):
            assert content(self.office, versions=True) == exact
            return
        if content(self.office) != before:
            self.past.append(before)
            self.future.clear()

    def pick(self, ids: list[int], number: int) -> int:
        return ids[number % len(ids)]

    def ids(self, table: str) -> list[int]:
        return sorted(content(self.office)[table])

    def has(self, table: str) -> bool:
        return bool(content(self.office)[table])

    # -- people -------------------------------------------------------------------------------------------

    @rule(number=NUMBER, kind=st.sampled_from(("PNS", "PPPK", "PPPK_PARUH_WAKTU")), unit=NUMBER)
    def add_person(self, number: int, kind: str, unit: int) -> None:
        serial = next(self.counter)
        month = "01" if kind == "PNS" else "21"
        nip = (
            None if kind == "PPPK_PARUH_WAKTU" else f"19850312{'2010' if kind == 'PNS' else '2024'}{month}1{serial:03}"
        )
        command = EmployeeCommand(
            nip=nip, name=f"Orang {chr(65 + serial % 26)}{'abcdefghij'[serial // 26 % 10]}", employment_kind=kind,
            birth_date=date(1985, 3, 12), unit_id=self.pick(self.units, unit), position="Guru",
            rank="III/b" if kind == "PNS" else "IX",
        )  # fmt: skip
        self.do(lambda: self.office.personnel.add_employee(command))

    def command_of(self, person: int) -> tuple[EmployeeCommand, int]:
        detail = self.office.personnel.detail(person)
        names = EmployeeCommand.__dataclass_fields__
        return EmployeeCommand(**{name: detail.values[name] for name in names}), detail.version

    @precondition(lambda self: self.has("employee"))
    @rule(who=NUMBER, unit=NUMBER, days=st.integers(-400, 5), correction=st.booleans())
    def move(self, who: int, unit: int, days: int, correction: bool) -> None:
        person = self.pick(self.ids("employee"), who)
        command, version = self.command_of(person)
        since = None if correction else date(2026, 10, 6) + timedelta(days=days)
        changed = replace(command, unit_id=self.pick(self.units, unit), position=f"Jabatan {unit % 3}")
        self.do(lambda: self.office.personnel.edit_employee(person, version, changed, since))

    @precondition(lambda self: self.has("employee"))
    @rule(who=NUMBER, other=NUMBER, days=st.integers(-400, 5))
    def set_superior(self, who: int, other: int, days: int) -> None:
        people = self.ids("employee")
        since = date(2026, 10, 6) + timedelta(days=days)
        chosen = [self.pick(people, who), self.pick(people, who + 1)]
        self.do(lambda: self.office.personnel.set_superior(chosen, self.pick(people, other), since))

    @precondition(lambda self: self.has("employee"))
    @rule(who=NUMBER, back=st.booleans(), days=st.integers(-300, 5))
    def leave_or_return(self, who: int, back: bool, days: int) -> None:
        person = self.pick(self.ids("employee"), who)
        service = self.office.personnel
        if back:
            self.do(lambda: service.reactivate(person))
        else:
            self.do(lambda: service.deactivate(person, "Pensiun", date(2026, 10, 6) + timedelta(days), "Pensiun"))

    @precondition(lambda self: self.has("employee"))
    @rule(who=NUMBER, unit=NUMBER)
    def set_head(self, who: int, unit: int) -> None:
        person = self.pick(self.ids("employee"), who)
        self.do(lambda: self.office.personnel.set_unit_head(self.pick(self.units, unit), person))

    # -- the quarter --------------------------------------------------------------------------------------

    @rule(period=st.sampled_from(PERIODS))
    def open_quarter(self, period: Period) -> None:
        self.do(lambda: self.office.appraisal.open_period(period))

    @precondition(lambda self: self.has("evaluation"))
    @rule(which=NUMBER, result=st.one_of(st.just(KEEP), st.none(), RATING), behaviour=st.one_of(st.none(), RATING))
    def rate(self, which: int, result: Any, behaviour: Any) -> None:
        known = self.ids("evaluation")
        twice = [RatingChange(self.pick(known, which + step), result, behaviour) for step in (0, 1, 0)]
        self.do(lambda: self.office.appraisal.rate(twice))

    @precondition(lambda self: self.has("evaluation"))
    @rule(which=NUMBER, step=st.sampled_from(("finalise", "revise")))
    def finalise_or_revise(self, which: int, step: str) -> None:
        number = self.pick(self.ids("evaluation"), which)
        service = self.office.appraisal
        if step == "finalise":
            self.do(lambda: service.finalise([number]))
        else:
            self.do(lambda: service.revise(number, "Keberatan diterima"))

    @rule(period=st.sampled_from(PERIODS), step=st.sampled_from(("close", "reopen", "reassign")))
    def close_or_reopen(self, period: Period, step: str) -> None:
        service = self.office.appraisal
        actions: dict[str, Callable[[], object]] = {
            "close": lambda: service.close_period(period.code),
            "reopen": lambda: service.reopen_period(period.code, "Data menyusul"),
            "reassign": lambda: service.refresh_assignments(period.code),
        }
        self.do(actions[step])

    @precondition(lambda self: self.has("evaluation"))
    @rule(which=NUMBER, results=st.integers(0, 2), reached=st.booleans(), anew=st.booleans(), days=st.integers(-3, 3))
    def write_skp(self, which: int, results: int, reached: bool, anew: bool, days: int) -> None:
        now = content(self.office)
        number = self.pick(self.ids("evaluation"), which)
        person = now["evaluation"][number]["employee_id"]
        own = [skp for skp, row in now["skp"].items() if row["employee_id"] == person]
        rhks = tuple(RhkDraft(f"Hasil {n}", ikis=(IkiDraft(f"Indikator {which % 3}"),)) for n in range(results))
        draft = SkpDraft(
            person, date(2026, 1, 1), date(2026, 12, 31), rhks, (("AKUNTABEL", "Teliti"),),
            id=None if anew or not own else own[0],
        )  # fmt: skip
        remark = FeedbackDraft("PIMPINAN", "Cepat", value="AKUNTABEL")
        each = Reached("80%", "Laporan", (FeedbackDraft("REKAN", "Rapi"),)) if reached else Reached()
        signed = date(2026, 10, 6)
        self.do(
            lambda: self.office.appraisal.save_evaluation(
                number,
                notes=EvaluationNotes(f"Catatan {which % 2}", signed, signed + timedelta(days)),
                content=EvaluationContent(draft, (each,) * results, (remark,)),
            )
        )

    # -- workbooks ----------------------------------------------------------------------------------------

    def load(self, path: Path, period: str | None, choice: int, *, cancel: bool) -> None:
        def look() -> ImportPlan:
            return self.office.exchange.examine(path, period=period)

        try:
            plan = look()
        except AppError:
            return
        assert sum(plan.counts[fate.value] for fate in Fate) == plan.counts["rows_read"]
        options = {
            row.key: [SKIP, *(option.key for option in row.options)][choice % (len(row.options) + 1)]
            for row in plan.rows
            if row.fate is Fate.CONFLICT
        }
        exact = content(self.office, versions=True)
        with suppress(AppError):  # two rows chosen for one person
            plan = decide(plan, options)
        if cancel and plan.writes:
            try:
                self.office.exchange.apply(plan, progress=Stopped(2 if plan.kind == "personnel" else 1))
            except Cancelled:
                assert content(self.office, versions=True) == exact
            else:
                raise AssertionError("a cancelled import was written")
        if plan.writes:
            self.do(lambda: self.office.exchange.apply(plan))
        again = look()
        assert not any(row.fate in (Fate.NEW, Fate.CHANGED) for row in again.rows) or not plan.writes, again.counts
        chosen = {row.key for row in plan.rows if row.choice not in ("", SKIP)}
        assert not any(row.fate in (Fate.NEW, Fate.CHANGED) and row.key not in chosen for row in again.rows)

    @rule(rows=st.lists(st.tuples(NUMBER, RATING, RATING, st.booleans()), min_size=1, max_size=5),
          period=st.sampled_from(PERIODS), choice=st.integers(0, 2), cancel=st.booleans())  # fmt: skip
    def import_ratings(self, rows: list[Any], period: Period, choice: int, cancel: bool) -> None:
        people = [row for row in content(self.office)["employee"].values() if row["nip"]]
        if not people:
            return
        lines = []
        for number, result, behaviour, contradict in rows:
            person = people[number % len(people)]
            lines.append(
                {
                    "NIP": person["nip"],
                    "NAMA": person["name"],
                    "RATING HASIL KERJA": WORDS[result],
                    "RATING PERILAKU KERJA": WORDS[behaviour],
                    "PREDIKAT": "Sangat Baik" if contradict else "",
                }
            )
        self.load(book(self.folder / "rating.xlsx", *lines), period.code, choice, cancel=cancel)

    @rule(rows=st.lists(st.tuples(NUMBER, NUMBER, NUMBER, st.sampled_from(("", "III/c", "[KOSONG]"))), min_size=1,
          max_size=5), choice=st.integers(0, 2), cancel=st.booleans())  # fmt: skip
    def import_people(self, rows: list[Any], choice: int, cancel: bool) -> None:
        known = list(content(self.office)["employee"].values())
        lines = []
        for number, place, superior, rank in rows:
            opd, unit = PLACES[place % len(PLACES)]
            person = known[number % len(known)] if known and number % 3 else None
            above = known[superior % len(known)]["nip"] if known and superior % 2 else ""
            serial = next(self.counter)
            lines.append(
                {
                    "NIP": (person["nip"] if person else f"19850312201001{2}{serial:03}") or "",
                    "NAMA": person["name"]
                    if person
                    else f"Baru {chr(65 + serial % 26)}{'abcdefghij'[serial // 26 % 10]}",
                    "JENIS PEGAWAI": "" if not person else person["employment_kind"].replace("_", " "),
                    "TANGGAL LAHIR": date(1985, 3, 12),
                    "JABATAN": f"Jabatan {place % 4}",
                    "GOL": rank if not person or person["employment_kind"] == "PNS" else "",
                    "OPD": opd,
                    "UNIT KERJA": unit,
                    "NIP ATASAN": above or ("[KOSONG]" if superior % 5 == 0 else ""),
                }
            )
        self.load(book(self.folder / "pegawai.xlsx", *lines), None, choice, cancel=cancel)

    # -- remediation and training -------------------------------------------------------------------------

    @precondition(lambda self: self.has("remediation_plan"))
    @rule(which=NUMBER, step=st.sampled_from(("confirm", "decline", "close", "reopen", "note")), event=NUMBER)
    def decide_plan(self, which: int, step: str, event: int) -> None:
        number = self.pick(self.ids("remediation_plan"), which)
        service = self.office.remediation
        events = self.ids("training_event")
        linked = self.pick(events, event) if events and event % 2 else None
        start = date(2026, 10, 7)
        actions: dict[str, Callable[[], object]] = {
            "confirm": lambda: service.confirm(ConfirmPlan(number, "coaching", start, event_id=linked)),
            "decline": lambda: service.decline(DeclinePlan(number, "Cuti sakit")),
            "close": lambda: service.close(ClosePlan(number, "berhasil")),
            "reopen": lambda: service.reopen(number),
            "note": lambda: service.add_note(number, "Bertemu dan sepakat"),
        }
        self.do(actions[step])

    @rule(quota=st.one_of(st.none(), st.integers(1, 2)), start=st.sampled_from((date(2026, 9, 7), date(2026, 11, 2))))
    def plan_event(self, quota: int | None, start: date) -> None:
        event = SaveEvent("Bimtek", "KL10", "teknis", start, start, 10, quota=quota)
        self.do(lambda: self.office.training.save_event(event))

    @precondition(lambda self: self.has("training_event") and self.has("employee"))
    @rule(which=NUMBER, who=NUMBER, state=st.sampled_from(("", "open", "cancelled")))
    def nominate(self, which: int, who: int, state: str) -> None:
        event = self.pick(self.ids("training_event"), which)
        people = self.ids("employee")
        chosen = (self.pick(people, who), self.pick(people, who + 1))
        if state:
            self.do(lambda: self.office.training.change_state(ChangeEventState(event, state, "Anggaran digeser")))
        else:
            self.do(lambda: self.office.training.nominate(Nominate(event, chosen)))

    @precondition(lambda self: self.has("participant"))
    @rule(which=NUMBER, attended=st.booleans(), percent=st.sampled_from((None, 90, 120)), leave=st.booleans())
    def attend(self, which: int, attended: bool, percent: int | None, leave: bool) -> None:
        number = self.pick(self.ids("participant"), which)
        event = content(self.office)["participant"][number]["event_id"]
        if leave:
            self.do(lambda: self.office.training.remove_participants([number]))
        else:
            record = RecordAttendance(number, attended, percent)
            self.do(lambda: self.office.training.record_attendance(event, [record]))

    # -- back and forth -----------------------------------------------------------------------------------

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        now = content(self.office)
        self.office.safety.undo()
        wanted = self.past.pop()
        assert difference(content(self.office), wanted) == []
        self.future.append(now)

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        now = content(self.office)
        self.office.safety.redo()
        wanted = self.future.pop()
        assert difference(content(self.office), wanted) == []
        self.past.append(now)

    @rule(which=NUMBER)
    def undo_something_older(self, which: int) -> None:
        history = self.office.safety.history()
        self.do(lambda: self.office.safety.undo_operation(history[which % len(history)].id))
        # Out of turn: what Ctrl+Z takes next is no longer the step before.
        self.past.clear()
        self.future.clear()

    # -- what always holds --------------------------------------------------------------------------------

    @invariant()
    def references_hold(self) -> None:
        with self.office.database.read() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall() == []

    @invariant()
    def predicates_follow_the_matrix_and_plans_the_predicates(self) -> None:
        now = content(self.office)
        plans: dict[int, list[str]] = {}
        for plan in now["remediation_plan"].values():
            plans.setdefault(plan["evaluation_id"], []).append(plan["state"])
        pairs = set()
        for number, row in now["evaluation"].items():
            result, behaviour = row["result_rating"], row["behaviour_rating"]
            both = bool(result and behaviour)
            expected = matrix()[Rating(result), Rating(behaviour)].value if both else None
            assert row["predicate"] == expected
            assert (row["state"] != "draft") == both
            pairs.add((row["employee_id"], row["period_id"]))
            states = plans.get(number, [])
            if is_low(row["predicate"], result, behaviour):
                assert len(states) == 1
            else:
                assert "proposed" not in states
        assert len(pairs) == len(now["evaluation"])

    @invariant()
    def nobody_stands_above_themself(self) -> None:
        above = {number: row["superior_id"] for number, row in content(self.office)["employee"].items()}
        for start in above:
            seen: set[int] = set()
            current: int | None = start
            while current is not None:
                assert current not in seen
                seen.add(current)
                current = above[current]


def test_a_clerk_may_do_anything_in_any_order(office_template: Path) -> None:
    machine = type("OfficeFromTemplate", (Office,), {"template": office_template})
    run_state_machine_as_test(machine, settings=settings(max_examples=4, stateful_step_count=20, deadline=None))

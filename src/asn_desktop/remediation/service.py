"""What a user can do with remediation plans. Proposals come from evaluations, decisions from people."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from asn_desktop.appraisal.model import Evaluation
from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.errors import InputError, reload_hint
from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.core.periods import Period
from asn_desktop.core.rights import Right
from asn_desktop.personnel.queries import who
from asn_desktop.reference import queries as reference_queries
from asn_desktop.remediation import follow_up, queries, rules
from asn_desktop.remediation.commands import ChangePlan, ClosePlan, ConfirmPlan, DeclinePlan, FinishStep, StepDraft
from asn_desktop.remediation.follow_up import MentorRow
from asn_desktop.remediation.model import PlanNote, PlanStep, RemediationPlan
from asn_desktop.remediation.queries import PlanDetail, PlanGroup, PlanRow, PlanSpec
from asn_desktop.remediation.rules import PlanState
from asn_desktop.storage.service import Service, needs
from asn_desktop.storage.unit_of_work import Database, UnitOfWork
from asn_desktop.training import placement
from asn_desktop.training.placement import Placement

_FEW = 500


@dataclass(frozen=True, slots=True)
class Proposed:
    """How many proposals were created and withdrawn."""

    change_set: ChangeSet
    created: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class Confirmed:
    """``placement`` tells what happened in the linked event; None without one."""

    change_set: ChangeSet
    placement: Placement | None
    warnings: tuple[Issue, ...]


class RemediationService(Service):
    def __init__(self, database: Database) -> None:
        self._database = database

    def _today(self) -> date:
        return self._database.clock().date()

    # -- reading ------------------------------------------------------------------------------------------

    @needs(Right.READ)
    def spec(self, **narrow: Any) -> PlanSpec:
        """A :class:`PlanSpec` for today."""
        return PlanSpec(self._today(), **narrow)

    @needs(Right.READ)
    def plan_ids(self, spec: PlanSpec) -> list[int]:
        with self._database.read() as connection:
            return queries.plan_ids(connection, spec)

    @needs(Right.READ)
    def plan_rows(self, ids: Sequence[int]) -> list[PlanRow]:
        with self._database.read() as connection:
            return queries.plan_rows(connection, ids, self._today())

    @needs(Right.READ)
    def plans(self, spec: PlanSpec | None = None) -> list[PlanRow]:
        """All rows of ``spec``: proposals, late, running, finished."""
        with self._database.read() as connection:
            ids = queries.plan_ids(connection, spec or self.spec())
            return queries.plan_rows(connection, ids, self._today())

    @needs(Right.READ)
    def plan_detail(self, plan_id: int) -> PlanDetail | None:
        with self._database.read() as connection:
            return queries.plan_detail(connection, plan_id, self._today())

    @needs(Right.READ)
    def plan_of_evaluation(self, evaluation_id: int) -> int | None:
        """The plan that an evaluation proposed, in whatever state; None when there is none."""
        with self._database.read() as connection:
            return connection.scalar(select(RemediationPlan.id).where(RemediationPlan.evaluation_id == evaluation_id))

    @needs(Right.READ)
    def counts(self) -> dict[PlanGroup, int]:
        with self._database.read() as connection:
            return queries.group_counts(connection, self._today())

    @needs(Right.READ)
    def count_missing(self) -> int:
        """Low evaluations nobody has proposed a plan for yet."""
        with self._database.read() as connection:
            return follow_up.count_missing(connection)

    @needs(Right.READ)
    def people_with_open_plan(self) -> frozenset[int]:
        with self._database.read() as connection:
            return queries.people_with_open_plan(connection)

    @needs(Right.READ)
    def default_due(self, starts: date) -> date:
        """``starts`` plus the months of the parameter ``pembinaan.bulan`` (PP 30/2019 Pasal 57: six)."""
        with self._database.read() as connection:
            months = reference_queries.parameter(connection, "pembinaan.bulan", starts)
        return rules.add_months(starts, int(months or 6))

    @needs(Right.READ)
    def mentor_suggestions(self, employee_id: int) -> list[MentorRow]:
        with self._database.read() as connection:
            limit = reference_queries.parameter(connection, "pembinaan.batas_pembina", self._today())
            return follow_up.mentor_suggestions(connection, employee_id, int(limit or 3))

    # -- proposals ----------------------------------------------------------------------------------------

    @needs(Right.REMEDIATE)
    def propose(self, period: Period | None = None, initiator: object = None) -> Proposed:
        """Propose a plan for every low evaluation of a period (or of all) that has none; one operation.

        Calling it again changes nothing. Open proposals whose evaluation is no longer low are withdrawn; plans
        that a person has decided on stay as they are.
        """
        label = _("Usulkan rencana pembinaan")
        with self._database.write("remediation.propose", label, initiator=initiator) as uow:
            created, withdrawn = self.propose_within(uow, period)
            if created:
                uow.label = _("Usulkan pembinaan {n} pegawai").format(n=created)
        return Proposed(uow.change_set, created, withdrawn)

    @needs(Right.REMEDIATE)
    def propose_within(
        self, uow: UnitOfWork, period: Period | None = None, rids: Collection[str] | None = None
    ) -> tuple[int, int]:
        """The same inside an open operation, such as an import of ratings; returns (created, withdrawn)."""
        found = follow_up.proposals(uow.connection, period, rids)
        uow.insert_many(RemediationPlan, found.missing)
        uow.update_many(RemediationPlan, found.outdated)
        uow.delete_many(RemediationPlan, found.withdrawn)
        return len(found.missing), len(found.withdrawn)

    @needs(Right.REMEDIATE)
    def follow_ratings(self, uow: UnitOfWork) -> None:
        """Consequence of any operation that touches evaluations or plans: proposals join it, undone with it."""
        rids, plans = uow.touched(Evaluation), uow.touched(RemediationPlan)
        if rids or plans:
            # One keystroke looks at one evaluation; a whole import is cheaper to compare in one go.
            self.propose_within(uow, rids=rids if len(rids) <= _FEW and not plans else None)

    # -- decisions ----------------------------------------------------------------------------------------

    @needs(Right.REMEDIATE)
    def confirm(self, command: ConfirmPlan, initiator: object = None) -> Confirmed:
        """Make a proposal a plan, with steps, mentor and, if wanted, a place in a training event."""
        due = command.due or self.default_due(command.starts)
        with self._database.write("remediation.confirm", _("Tetapkan rencana pembinaan"), initiator=initiator) as uow:
            uow.label = _("Tetapkan pembinaan {who}").format(who=_person(uow, command.plan_id))
            person, warnings = _confirm(uow, command, due)
            done = None
            if command.event_id is not None:
                done = placement.place(uow, command.event_id, [person], "rencana_pembinaan")
        return Confirmed(uow.change_set, done, warnings)

    @needs(Right.REMEDIATE)
    def confirm_many(self, plans: Sequence[PlanRow], starts: date, initiator: object = None) -> ChangeSet:
        """Make several proposals plans in one operation: each of the kind it was proposed with, with the steps of that
        kind. Raises :class:`ConflictError` or :class:`InputError` when one of them was decided meanwhile; then none is
        changed."""
        due = self.default_due(starts)
        label = _("Tetapkan {n} rencana pembinaan").format(n=len(plans))
        with self._database.write("remediation.confirm", label, initiator=initiator) as uow:
            for plan in plans:
                _confirm(uow, ConfirmPlan(plan.id, plan.kind, starts, due, expected_version=plan.version), due)
        return uow.change_set

    @needs(Right.REMEDIATE)
    def change(self, command: ChangePlan, initiator: object = None) -> ChangeSet:
        """Change a running plan; steps that are missing from the command are removed."""
        with self._database.write("remediation.change", _("Ubah rencana pembinaan"), initiator=initiator) as uow:
            uow.label = _("Ubah pembinaan {who}").format(who=_person(uow, command.plan_id))
            plan = _plan(uow, command.plan_id, PlanState.ACTIVE)
            _checked(command.kind, command.starts, command.due, plan.employee_id, command.mentor_id, command.steps)
            values = {
                "kind": command.kind,
                "root_cause": command.root_cause,
                "goal": command.goal.strip() or None,
                "mentor_id": command.mentor_id,
                "starts": command.starts,
                "due": command.due,
            }
            uow.update(RemediationPlan, command.plan_id, values, command.expected_version)
            kept = {draft.step_id for draft in command.steps if draft.step_id is not None}
            present = [row.id for row in queries.steps_of(uow.connection, command.plan_id)]
            uow.delete_many(PlanStep, [number for number in present if number not in kept])
            for position, draft in enumerate(command.steps, 1):
                row = _step(command.plan_id, position, draft)
                if draft.step_id is None:
                    uow.insert(PlanStep, row)
                else:
                    uow.update(PlanStep, draft.step_id, row)
        return uow.change_set

    @needs(Right.REMEDIATE)
    def link_event(self, plan_id: int, event_id: int, initiator: object = None) -> Confirmed:
        """Send the person of a plan to a training event: the plan names it, the calendar gives a place."""
        with self._database.write("remediation.event", _("Hubungkan dengan pelatihan"), initiator=initiator) as uow:
            uow.label = _("Beri tempat pelatihan kepada {who}").format(who=_person(uow, plan_id))
            plan = _plan(uow, plan_id, PlanState.ACTIVE)
            done = placement.place(uow, event_id, [plan.employee_id], "rencana_pembinaan")
            uow.update(RemediationPlan, plan_id, {"event_id": event_id})
        return Confirmed(uow.change_set, done, done.issues)

    @needs(Right.REMEDIATE)
    def decline(self, command: DeclinePlan, initiator: object = None) -> ChangeSet:
        """No plan is needed; the reason stays on record."""
        if not command.reason.strip():
            raise InputError(
                _("Alasan belum diisi."), _("Tulis singkat mengapa pembinaan tidak diperlukan, misalnya cuti sakit.")
            )
        label = _("Usulan pembinaan tidak dilanjutkan")
        with self._database.write("remediation.decline", label, initiator=initiator) as uow:
            uow.label = _("Usulan pembinaan {who} tidak dilanjutkan").format(who=_person(uow, command.plan_id))
            _plan(uow, command.plan_id, PlanState.PROPOSED)
            values = {"state": PlanState.DECLINED.value, "decision_reason": command.reason.strip()}
            uow.update(
                RemediationPlan, command.plan_id, values | {"closed_on": self._today()}, command.expected_version
            )
        return uow.change_set

    @needs(Right.REMEDIATE)
    def finish_step(self, command: FinishStep, initiator: object = None) -> ChangeSet:
        """Tick a step off with its evidence and result, or take the tick back."""
        done = command.done_on is not None
        if command.done_on is not None and command.done_on > self._today():
            raise InputError(_("Tanggal selesai langkah belum tiba."), _("Isi tanggal hari ini atau sebelumnya."))
        label = _("Langkah pembinaan {who} selesai") if done else _("Buka lagi langkah pembinaan {who}")
        with self._database.write("remediation.step", label, initiator=initiator) as uow:
            plan_id = uow.connection.scalar(select(PlanStep.plan_id).where(PlanStep.id == command.step_id))
            uow.label = label.format(who=_person(uow, plan_id))
            uow.update(
                PlanStep,
                command.step_id,
                {
                    "done_on": command.done_on,
                    "evidence": command.evidence.strip() or None,
                    "result": command.result.strip() or None,
                },
            )
        return uow.change_set

    @needs(Right.REMEDIATE)
    def add_note(self, plan_id: int, text: str, day: date | None = None, initiator: object = None) -> ChangeSet:
        """A line in the journal. What was said in counselling is confidential and does not belong here."""
        if not text.strip():
            raise InputError(_("Catatan masih kosong."), _("Tulis apa yang terjadi atau disepakati."))
        with self._database.write("remediation.note", _("Tambah catatan pembinaan"), initiator=initiator) as uow:
            uow.label = _("Tambah catatan pembinaan {who}").format(who=_person(uow, plan_id))
            uow.insert(PlanNote, {"plan_id": plan_id, "day": day or self._today(), "text": text.strip()})
        return uow.change_set

    @needs(Right.REMEDIATE)
    def close(self, command: ClosePlan, initiator: object = None) -> ChangeSet:
        """End a running plan with its outcome. The program recommends nothing further: officials decide."""
        if command.outcome not in rules.OUTCOMES:
            raise InputError(_("Hasil pembinaan belum dipilih."), _("Pilih berhasil, sebagian, atau belum berhasil."))
        with self._database.write("remediation.close", _("Tutup rencana pembinaan"), initiator=initiator) as uow:
            uow.label = _("Tutup pembinaan {who}").format(who=_person(uow, command.plan_id))
            _plan(uow, command.plan_id, PlanState.ACTIVE)
            values = {
                "state": PlanState.CLOSED.value,
                "outcome": command.outcome,
                "outcome_note": command.note.strip() or None,
                "closed_on": command.closed_on or self._today(),
            }
            uow.update(RemediationPlan, command.plan_id, values, command.expected_version)
        return uow.change_set

    @needs(Right.REMEDIATE)
    def reopen(self, plan_id: int, initiator: object = None) -> ChangeSet:
        """A declined proposal is proposed again; a closed plan runs on."""
        with self._database.write("remediation.reopen", _("Buka lagi rencana pembinaan"), initiator=initiator) as uow:
            uow.label = _("Buka lagi pembinaan {who}").format(who=_person(uow, plan_id))
            plan = _plan(uow, plan_id, PlanState.CLOSED, PlanState.DECLINED)
            state = PlanState.ACTIVE if plan.state == PlanState.CLOSED else PlanState.PROPOSED
            if state is PlanState.PROPOSED and not follow_up.still_low(uow.connection, plan_id):
                raise InputError(
                    _("Evaluasinya sudah dinilai ulang dan tidak rendah lagi, jadi tidak ada yang diusulkan."),
                    _("Bila pembinaan tetap diperlukan, catat alasannya pada evaluasi berikutnya."),
                    code="ASN-1119",
                )
            values = {
                "state": state.value,
                "outcome": None,
                "outcome_note": None,
                "closed_on": None,
                "decision_reason": None,
            }
            uow.update(RemediationPlan, plan_id, values)
        return uow.change_set


def _person(uow: UnitOfWork, plan_id: int | None) -> str:
    """Whose plan it is, for the name of an operation."""
    query = select(RemediationPlan.employee_id).where(RemediationPlan.id == plan_id)
    return who(uow.connection, uow.connection.scalars(query))


def _plan(uow: UnitOfWork, plan_id: int, *states: PlanState) -> Any:
    """The plan's employee and state; refuses one that is not in a state the action needs."""
    row = uow.connection.execute(
        select(RemediationPlan.employee_id, RemediationPlan.state).where(RemediationPlan.id == plan_id)
    ).first()
    if row is None:
        raise InputError(_("Rencana pembinaan ini sudah tidak ada."), reload_hint())
    if row.state not in states:
        raise InputError(
            _("Rencana ini berstatus {state}, jadi langkah itu tidak berlaku lagi.").format(
                state=_(rules.PLAN_STATES[row.state])
            ),
            reload_hint(),
        )
    return row


def _confirm(uow: UnitOfWork, command: ConfirmPlan, due: date) -> tuple[int, tuple[Issue, ...]]:
    """Make a proposal a plan with its steps; returns whose it is and what should be looked at."""
    plan = _plan(uow, command.plan_id, PlanState.PROPOSED)
    drafts = command.steps if command.steps is not None else _suggested(command.kind, command.starts, due)
    warnings = _checked(command.kind, command.starts, due, plan.employee_id, command.mentor_id, drafts)
    values = {
        "kind": command.kind,
        "root_cause": command.root_cause,
        "goal": command.goal.strip() or None,
        "mentor_id": command.mentor_id,
        "event_id": command.event_id,
        "starts": command.starts,
        "due": due,
        "state": PlanState.ACTIVE.value,
    }
    uow.update(RemediationPlan, command.plan_id, values, command.expected_version)
    uow.insert_many(PlanStep, [_step(command.plan_id, n, draft) for n, draft in enumerate(drafts, 1)])
    return plan.employee_id, warnings


def _suggested(kind: str, starts: date, due: date) -> tuple[StepDraft, ...]:
    if kind not in rules.KINDS:
        return ()
    return tuple(
        StepDraft(step.action, step.success_sign, step.due) for step in rules.suggested_steps(kind, starts, due)
    )


def _checked(
    kind: str, starts: date, due: date, employee_id: int, mentor_id: int | None, drafts: Sequence[StepDraft]
) -> tuple[Issue, ...]:
    issues = rules.check_plan(
        kind, starts, due, employee_id, mentor_id, [(draft.action, draft.due) for draft in drafts]
    )
    errors = [issue for issue in issues if issue.severity is Severity.ERROR]
    if errors:
        raise InputError(errors[0].message, _("Betulkan isian yang ditandai, lalu simpan lagi."), issues=errors)
    return tuple(issues)


def _step(plan_id: int, position: int, draft: StepDraft) -> dict[str, Any]:
    return {
        "plan_id": plan_id,
        "position": position,
        "action": draft.action.strip(),
        "success_sign": draft.success_sign.strip() or None,
        "due": draft.due,
    }

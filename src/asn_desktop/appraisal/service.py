"""What a person can do with the quarter: one method per action, one transaction each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from asn_desktop.appraisal import detail, distribution, opening, queries, rating, rules, sheets, skp, tables
from asn_desktop.appraisal.choices import PeriodChoice, choices
from asn_desktop.appraisal.commands import (
    EvaluationContent,
    EvaluationNotes,
    FeedbackDraft,
    ImportedRating,
    RatingChange,
    RealisationDraft,
    SkpDraft,
)
from asn_desktop.appraisal.detail import EvaluationDetail
from asn_desktop.appraisal.distribution import Distribution
from asn_desktop.appraisal.model import AppraisalPeriod, Evaluation, OrganisationResult
from asn_desktop.appraisal.opening import Opening
from asn_desktop.appraisal.paste import PastePlan, plan_paste
from asn_desktop.appraisal.predicate import OrganisationRating, Rating
from asn_desktop.appraisal.queries import EvaluationRow, EvaluationSpec, OrganisationRow, PeriodRow, Progress
from asn_desktop.appraisal.rating import ImportResult
from asn_desktop.appraisal.sheet import EvaluationSheet, blank_sheet
from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.errors import InputError
from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Issue
from asn_desktop.core.periods import Period, parse_period
from asn_desktop.core.rights import Right
from asn_desktop.personnel.model import Employee
from asn_desktop.personnel.queries import who
from asn_desktop.reference import queries as reference_queries
from asn_desktop.reference.model import Unit
from asn_desktop.reference.service import ReferenceService
from asn_desktop.storage.offices import ours
from asn_desktop.storage.service import Service, needs
from asn_desktop.storage.unit_of_work import Database, UnitOfWork


@dataclass(frozen=True, slots=True)
class Deadline:
    """A statutory term in working days; ``days_left`` is negative when it is overdue."""

    code: str
    due: date
    days_left: int
    holidays_known: bool
    """False: no holidays are entered for that year, so the day may be later than shown."""


class AppraisalService(Service):
    def __init__(self, database: Database, reference: ReferenceService) -> None:
        self._database = database
        self._reference = reference

    @staticmethod
    def predicate_of(result: str, behaviour: str) -> str:
        """The predicate that two rating codes give by the nine-cell table."""
        return tables.matrix()[Rating(result), Rating(behaviour)].value

    # -- periods ------------------------------------------------------------------------------------------

    @needs(Right.READ)
    def periods(self) -> list[PeriodRow]:
        """Opened periods, newest first."""
        with self._database.read() as connection:
            return queries.periods(connection)

    @property
    @needs(Right.READ)
    def today(self) -> date:
        return self._database.clock().date()

    @needs(Right.READ)
    def period_choices(self) -> list[PeriodChoice]:
        """Every period of the years in reach with its state, newest first: what a picker offers."""
        return choices(self.periods(), self.today)

    @needs(Right.READ)
    def period(self, code: str) -> PeriodRow | None:
        with self._database.read() as connection:
            return queries.period(connection, code)

    @needs(Right.READ)
    def preview_opening(self, period: Period) -> Opening:
        """What :meth:`open_period` would do, without writing."""
        with self._database.read() as connection:
            return opening.preview(connection, period)

    @needs(Right.PERIOD)
    def open_period(self, period: Period, *, initiator: object = None) -> tuple[Opening, ChangeSet]:
        """An evaluation per active employee as of the period's end. Again: adds only newcomers.

        Raises :class:`NotAllowed` when the period is closed.
        """
        label = _("Buka {period}").format(period=period.label)
        with self._database.write("period.open", label, initiator=initiator) as uow:
            done = self.open_period_within(uow, period)
        return done, uow.change_set

    @needs(Right.PERIOD)
    def open_period_within(self, uow: UnitOfWork, period: Period) -> Opening:
        """The same as part of another operation (an import of ratings opens the quarter it is for)."""
        days = [self._reference.number(f"evaluasi.{name}_hari", period.ends) for name in ("buka", "tutup")]
        known = queries.period(uow.connection, period.code)
        if known is not None:
            rating.refuse_closed(known.state)
        return opening.open_period(uow, period, rules.window(period, *days))

    @needs(Right.READ)
    def not_evaluated(self, period: Period) -> dict[int, str]:
        """Employees who have no evaluation in ``period`` and would get none, with the reason in words."""
        with self._database.read() as connection:
            return opening.not_evaluated(connection, period)

    @needs(Right.PERIOD)
    def refresh_assignments(self, code: str, *, initiator: object = None) -> ChangeSet:
        """Unit, post, rank and assessor of evaluations that are not final, anew as of the period's end."""
        label = _("Perbarui penilai {period}").format(period=parse_period(code).label)
        with self._database.write("period.reassign", label, initiator=initiator) as uow:
            row = self._require_period(uow, code)
            rating.refuse_closed(row.state)
            opening.reassign(uow, row.id, row.period)
        return uow.change_set

    @needs(Right.PERIOD)
    def close_period(self, code: str, *, initiator: object = None) -> ChangeSet:
        """Rated evaluations become final and the period is sealed. Unrated ones stay as drafts inside it."""
        label = _("Tutup {period}").format(period=parse_period(code).label)
        with self._database.write("period.close", label, initiator=initiator) as uow:
            row = self._require_period(uow, code)
            rating.refuse_closed(row.state)
            query = (
                select(Evaluation.id)
                .join(Employee, Employee.id == Evaluation.employee_id)
                .where(Evaluation.period_id == row.id, Evaluation.state == "rated", ours(Employee))
            )
            rating.finalise(uow, list(uow.connection.scalars(query)))
            uow.update(AppraisalPeriod, row.id, {"state": "closed"})
        return uow.change_set

    @needs(Right.PERIOD)
    def reopen_period(self, code: str, reason: str, *, initiator: object = None) -> ChangeSet:
        """Open a sealed period again; the reason stands in the history."""
        if not reason.strip():
            raise InputError(
                _("Alasan membuka kembali belum diisi."), _("Tulis alasannya; alasan tercatat pada riwayat.")
            )
        label = _("Buka kembali {period}: {reason}")
        label = label.format(period=parse_period(code).label, reason=reason.strip())
        with self._database.write("period.reopen", label, initiator=initiator) as uow:
            uow.update(AppraisalPeriod, self._require_period(uow, code).id, {"state": "open"})
        return uow.change_set

    @needs(Right.APPRAISE)
    def set_organisation_results(
        self,
        code: str,
        results: Sequence[tuple[int, OrganisationRating | None]],
        source: str = "",
        *,
        initiator: object = None,
    ) -> ChangeSet:
        """Capaian kinerja organisasi of units in a period (entered, with its source); None removes one."""
        table = OrganisationResult
        today = self.today
        with self._database.write("organisation.result", _("Isi capaian organisasi"), initiator=initiator) as uow:
            uow.label = _("Isi capaian organisasi {unit}").format(unit=_units(uow, [one for one, _result in results]))
            row = self._require_period(uow, code)
            rating.refuse_closed(row.state)
            query = select(table.unit_id, table.id).where(table.period_id == row.id)
            stored = dict(uow.connection.execute(query).all())
            for unit_id, result in results:
                known = stored.get(unit_id)
                values = {"unit_id": unit_id, "period_id": row.id, "source": source.strip() or None, "set_on": today}
                if result is None:
                    if known is not None:
                        uow.delete(table, known)
                elif known is None:
                    uow.insert(table, values | {"result": result.value})
                else:
                    uow.update(table, known, values | {"result": result.value})
        return uow.change_set

    @needs(Right.APPRAISE, scope="unit_id")
    def set_organisation_result(
        self, unit_id: int, code: str, result: OrganisationRating | None, source: str = ""
    ) -> ChangeSet:
        return self.set_organisation_results(code, [(unit_id, result)], source)

    @needs(Right.READ)
    def organisation_results(self, code: str) -> dict[int, OrganisationRow]:
        """Per unit; units below an OPD without their own take it from the nearest unit above."""
        with self._database.read() as connection:
            return queries.organisation_results(connection, code)

    # -- ratings ------------------------------------------------------------------------------------------

    @needs(Right.APPRAISE)
    def rate(self, changes: Sequence[RatingChange], label: str = "", *, initiator: object = None) -> ChangeSet:
        """Write ratings of one or many in one operation; the predicate follows from the matrix."""
        with self._database.write("evaluation.rate", label, initiator=initiator) as uow:
            if not label:
                uow.label = _("Nilai {who}").format(who=_who(uow, [change.evaluation_id for change in changes]))
            rating.rate(uow, tables.matrix(), changes)
        return uow.change_set

    @needs(Right.READ)
    def plan_paste(
        self, text: str, code: str, order: Sequence[int], first_row: int = 0, *, behaviour_first: bool = False
    ) -> PastePlan:
        """What a pasted block would write; write it with :meth:`rate`."""
        with self._database.read() as connection:
            known = queries.all_by_nip(connection, code)
        return plan_paste(
            text,
            order,
            {nip: number for nip, (number, _name) in known.items()},
            names=dict(known.values()),
            first_row=first_row,
            behaviour_first=behaviour_first,
        )

    @needs(Right.IMPORT)
    def apply_import(self, uow: UnitOfWork, rows: Sequence[ImportedRating]) -> ImportResult:
        """Write imported ratings inside the import's own operation; contradictions wait for a decision."""
        return rating.apply_import(uow, tables.matrix(), rows)

    @needs(Right.READ)
    def check_final(self, evaluation_ids: Sequence[int]) -> list[tuple[Issue, int]]:
        """What a person should know before finalising, each finding with how many evaluations it concerns.

        Only findings of severity ERROR (a missing rating) make :meth:`finalise` refuse.
        """
        with self._database.read() as connection:
            facts = queries.final_facts(connection, evaluation_ids)
        found: dict[str, tuple[Issue, int]] = {}
        for result, behaviour, organisation, has_assessor in facts:
            for issue in rules.final_problems(result, behaviour, organisation, has_assessor=has_assessor):
                found[issue.code] = (issue, found.get(issue.code, (issue, 0))[1] + 1)
        return list(found.values())

    @needs(Right.PERIOD)
    def finalise(self, evaluation_ids: Sequence[int], *, initiator: object = None) -> ChangeSet:
        with self._database.write("evaluation.finalise", _("Kunci evaluasi"), initiator=initiator) as uow:
            uow.label = _("Kunci evaluasi {who}").format(who=_who(uow, evaluation_ids))
            rating.finalise(uow, evaluation_ids)
        return uow.change_set

    @needs(Right.PERIOD)
    def revise(self, evaluation_id: int, reason: str, *, initiator: object = None) -> ChangeSet:
        """Final → rated again with a reason and the next revision number."""
        with self._database.write("evaluation.revise", _("Perbaiki evaluasi"), initiator=initiator) as uow:
            uow.label = _("Perbaiki evaluasi {who}").format(who=_who(uow, [evaluation_id]))
            rating.revise(uow, evaluation_id, reason)
        return uow.change_set

    # -- SKP, feedback, notes -----------------------------------------------------------------------------

    @needs(Right.APPRAISE)
    def save_evaluation(
        self,
        evaluation_id: int,
        *,
        ratings: RatingChange | None = None,
        notes: EvaluationNotes | None = None,
        content: EvaluationContent | None = None,
        realisations: Iterable[RealisationDraft] = (),
        feedback: Sequence[FeedbackDraft] | None = None,
        initiator: object = None,
    ) -> ChangeSet:
        """Everything the evaluation dialog holds, in one operation. Parts that are None stay as they are."""
        with self._database.write("evaluation.save", _("Simpan evaluasi"), initiator=initiator) as uow:
            uow.label = _("Simpan evaluasi {who}").format(who=_who(uow, [evaluation_id]))
            rating.require_open(uow.connection, [evaluation_id])
            if ratings is not None:
                rating.rate(uow, tables.matrix(), [ratings])
            if content is not None:
                skp.save_content(uow, evaluation_id, content)
            skp.save_realisations(uow, evaluation_id, realisations)
            if feedback is not None:
                skp.save_feedback(uow, evaluation_id, feedback)
            if notes is not None:
                skp.save_notes(uow, evaluation_id, notes)
        return uow.change_set

    @needs(Right.APPRAISE)
    def save_skp(self, draft: SkpDraft, *, initiator: object = None) -> tuple[int, ChangeSet]:
        """Write an SKP with its RHK and IKI; returns its id."""
        with self._database.write("skp.save", _("Simpan SKP"), initiator=initiator) as uow:
            uow.label = _("Simpan SKP {who}").format(who=who(uow.connection, [draft.employee_id]))
            number, _ikis = skp.save_skp(uow, draft)
        return number, uow.change_set

    # -- reading ------------------------------------------------------------------------------------------

    @needs(Right.READ)
    def evaluation_ids(self, spec: EvaluationSpec) -> list[int]:
        with self._database.read() as connection:
            return queries.evaluation_ids(connection, spec)

    @needs(Right.READ)
    def evaluation_rows(self, ids: Sequence[int]) -> list[EvaluationRow]:
        with self._database.read() as connection:
            return queries.evaluation_rows(connection, ids)

    @needs(Right.READ)
    def evaluation_detail(self, evaluation_id: int) -> EvaluationDetail:
        with self._database.read() as connection:
            return detail.evaluation_detail(connection, evaluation_id)

    @needs(Right.READ, scope="unit_id")
    def list_evaluations(self, code: str, unit_id: int | None = None) -> list[EvaluationRow]:
        """All evaluations of a period (of a unit and below), by name: for lists and exports."""
        with self._database.read() as connection:
            ids = queries.evaluation_ids(connection, EvaluationSpec(code, unit_id))
            return queries.evaluation_rows(connection, ids)

    @needs(Right.READ)
    def progress_by_unit(self, code: str) -> dict[int | None, Progress]:
        with self._database.read() as connection:
            return queries.progress_by_unit(connection, code)

    @needs(Right.READ, scope="unit_id")
    def distribution(self, code: str, unit_id: int | None = None) -> Distribution:
        """Counts of a unit and below (None: everybody), its guidance curve and warnings."""
        row = self.period(code)
        day = row.period.ends if row else self._database.clock().date()
        minimum = self._reference.number("distribusi.minimum_pegawai", day)
        percentages = self._reference.text("distribusi.persen", day) == "ya"
        with self._database.read() as connection:
            return distribution.distribution(
                connection, code, unit_id, self._reference.units(), percentages=percentages, minimum=minimum
            )

    @needs(Right.READ)
    def evaluation_sheet(self, evaluation_id: int) -> EvaluationSheet:
        with self._database.read() as connection:
            return sheets.evaluation_sheet(connection, evaluation_id)

    @needs(Right.READ)
    def evaluation_sheets(self, evaluation_ids: Sequence[int]) -> list[EvaluationSheet]:
        """What the forms print, for many people at once."""
        with self._database.read() as connection:
            return sheets.evaluation_sheets(connection, evaluation_ids)

    @needs(Right.READ)
    def blank_sheet(self, period: Period) -> EvaluationSheet:
        """An empty form of a period, to be filled by hand; it still names the office."""
        with self._database.read() as connection:
            office = reference_queries.office(connection)
        return replace(blank_sheet(period.form_title), agency=office.agency, sample=office.sample)

    @needs(Right.READ)
    def deadlines(self, code: str) -> list[Deadline]:
        """Terms of an opened period: end of the window, then 14 and 30 working days after it (Lampiran V.A)."""
        row = self.period(code)
        if row is None:
            return []
        days = [("JENDELA", row.window_closes)]
        for term in ("ATASAN_TTD", "LAPOR_PYB"):
            days.append((term, self._reference.deadline(row.window_closes, tables.deadline_days(term))))
        return [
            Deadline(name, due, self._reference.working_days_until(due), self._reference.has_holidays(due.year))
            for name, due in days
        ]

    @needs(Right.READ)
    def document_terms(self, signed_on: date | None, received_on: date | None) -> list[tuple[str, date]]:
        """What is due next for one document: ``DOK_SERAH`` after the signature, ``DOK_KEMBALI`` after receipt."""
        start, code = (received_on, "DOK_KEMBALI") if received_on else (signed_on, "DOK_SERAH")
        return [(code, self._reference.deadline(start, tables.deadline_days(code)))] if start else []

    def _require_period(self, uow: UnitOfWork, code: str) -> PeriodRow:
        if (row := queries.period(uow.connection, code)) is None:
            text = _("Periode {code} belum dibuka.").format(code=code)
            raise InputError(text, _("Buka triwulan dahulu."), code="ASN-1116")
        return row


def _who(uow: UnitOfWork, evaluation_ids: Sequence[int]) -> str:
    """Whom evaluations are about: the one person, or how many people."""
    if len(evaluation_ids) != 1:
        return who(uow.connection, evaluation_ids)  # one evaluation a person and period: their number is enough
    return who(
        uow.connection, uow.connection.scalars(select(Evaluation.employee_id).where(Evaluation.id == evaluation_ids[0]))
    )


def _units(uow: UnitOfWork, unit_ids: Sequence[int]) -> str:
    if len(unit_ids) != 1:
        return _("{n} unit").format(n=len(unit_ids))
    return uow.connection.scalar(select(Unit.name).where(Unit.id == unit_ids[0])) or ""

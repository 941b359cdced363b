"""SKP, realisation and feedback for a puskesmas of the sample office: enough to fill forms C.1.3 and D.1.1."""

from __future__ import annotations

from datetime import date, timedelta

from asn_desktop.appraisal.commands import (
    EvaluationNotes,
    FeedbackDraft,
    IkiDraft,
    RealisationDraft,
    RhkDraft,
    SkpDraft,
)
from asn_desktop.appraisal.detail import IkiRow
from asn_desktop.appraisal.predicate import Predicate, Rating
from asn_desktop.appraisal.queries import EvaluationRow
from asn_desktop.core.periods import Period
from asn_desktop.reference.queries import UnitRow
from asn_desktop.sample import skp_texts as texts
from asn_desktop.sample.people import SAMPLE_OFFICE
from asn_desktop.services import Services


class SkpWriter:
    """Remembers the indicators of everybody's SKP, so that each is read only once a year."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._ikis: dict[tuple[int, int], list[IkiRow]] = {}

    def write(self, period: Period, unit: UnitRow) -> None:
        """Fill the rated evaluations of a puskesmas in ``period``; makes the year's SKP where there is none yet."""
        for number, row in enumerate(self._services.appraisal.list_evaluations(period.code, unit.id)):
            if row.result is not None and row.behaviour is not None and row.predicate is not None:
                ikis = self._indicators(row, period.year)
                _fill(self._services, row, period, ikis, number, row.predicate)

    def _indicators(self, row: EvaluationRow, year: int) -> list[IkiRow]:
        key = (row.employee_id, year)
        if key not in self._ikis:
            self._services.appraisal.save_skp(draft(row, year))
            plan = self._services.appraisal.evaluation_detail(row.id).skp
            assert plan is not None
            self._ikis[key] = [iki for rhk in plan.rhks for iki in rhk.ikis]
        return self._ikis[key]


def draft(row: EvaluationRow, year: int) -> SkpDraft:
    """The plan of a calendar year for somebody's post."""
    results = _results(row)
    head = results is texts.HEAD
    return SkpDraft(
        employee_id=row.employee_id,
        starts=date(year, 1, 1),
        ends=date(year, 12, 31),
        place=SAMPLE_OFFICE.place,
        set_on=date(year, 1, 15),
        rhks=tuple(
            RhkDraft(
                text=result.text,
                kind=result.kind,
                superior_rhk=texts.ABOVE_HEAD if head else texts.HEAD[result.supports].text,
                ikis=tuple(IkiDraft(item.text, item.target, item.aspect) for item in result.indicators),
            )
            for result in results
        ),
        expectations=texts.EXPECTATIONS,
    )


def _results(row: EvaluationRow) -> tuple[texts.Result, ...]:
    post = row.position or ""
    return next(results for start, results in texts.BY_POST if post.startswith(start))


def _fill(
    services: Services, row: EvaluationRow, period: Period, ikis: list[IkiRow], number: int, predicate: Predicate
) -> None:
    signed = period.ends + timedelta(days=9)
    services.appraisal.save_evaluation(
        row.id,
        notes=EvaluationNotes(texts.NOTES[predicate], signed, signed + timedelta(days=number % 4 + 1)),
        realisations=_realisations(row, ikis),
        feedback=_feedback(row, ikis, number),
    )


def _realisations(row: EvaluationRow, ikis: list[IkiRow]) -> list[RealisationDraft]:
    place = (Rating.DI_ATAS, Rating.SESUAI, Rating.DI_BAWAH).index(row.result or Rating.SESUAI)
    known = {item.text: item for result in _results(row) for item in result.indicators}
    return [RealisationDraft(iki.id, known[iki.text].reached[place], known[iki.text].evidence) for iki in ikis]


def _feedback(row: EvaluationRow, ikis: list[IkiRow], number: int) -> list[FeedbackDraft]:
    assert row.result is not None
    assert row.behaviour is not None
    words = texts.ON_RESULTS[row.result]
    remark, symbol = texts.ON_BEHAVIOUR[row.behaviour]
    drafts = [
        FeedbackDraft("PIMPINAN", words[place % len(words)], iki_id=iki.id)
        for place, iki in enumerate(ikis)
        if place % 2 == 0
    ]
    drafts.append(FeedbackDraft("REKAN", remark, value="KOLABORATIF", symbol=symbol))
    if number % 3 == 0:
        drafts.append(FeedbackDraft("PIHAK_LAIN", texts.FROM_CITIZENS, value="BERORIENTASI_PELAYANAN"))
    return drafts

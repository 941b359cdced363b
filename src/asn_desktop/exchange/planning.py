"""From a workbook that was read to the plan of its import: what it leaves open is asked, what it says is compared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from asn_desktop.appraisal.service import AppraisalService
from asn_desktop.core.errors import InputError
from asn_desktop.core.i18n import _
from asn_desktop.core.periods import Period, parse_period
from asn_desktop.exchange import question_dates, question_status, question_units, snapshots, superiors
from asn_desktop.exchange.history_plan import HistoryPolicy
from asn_desktop.exchange.people_file import ReadFile
from asn_desktop.exchange.personnel_plan import PersonnelPolicy
from asn_desktop.exchange.plan import Fate, ImportPlan, PlannedRow, ignored_row, planned
from asn_desktop.exchange.planner import plan_rows
from asn_desktop.exchange.ratings_plan import RatingsPolicy
from asn_desktop.personnel.queries import find_by_nips
from asn_desktop.reference import queries as reference_queries
from asn_desktop.storage import change_log
from asn_desktop.storage.unit_of_work import Database
from asn_desktop.training.history_import import held_places

HISTORY = "training-history"
RETURNED = (Fate.REJECTED, Fate.CONFLICT)
"""Rows that may have to be given back."""


def personnel(database: Database, read: ReadFile, today: date) -> ImportPlan:
    """The plan of a list of employees."""
    with database.read() as connection:
        if named := superiors.named(read):
            wanted = {str(row.values["superior_nip"]) for row in named.values()}
            superiors.leave_out_unknown(read, set(find_by_nips(connection, wanted)))
            superiors.leave_out_circles(read, snapshots.superiors(connection))
        question_dates.ask(read, today)
        question_status.ask(read)
        snapshot = snapshots.personnel_snapshot(connection, read)
        question_units.ask(
            read,
            question_units.Tree.of(reference_queries.units(connection)),
            lambda row: str((snapshot.by_nip.get(row.values.get("nip") or "") or {}).get("opd") or ""),
        )
        head = change_log.head(connection)[0]
    return build(read, "personnel", None, plan_rows(PersonnelPolicy(read, snapshot)), head)


def ratings(database: Database, appraisal: AppraisalService, read: ReadFile, wanted: str | None) -> ImportPlan:
    """The plan of a list of ratings, of the period ``wanted`` or else of the one that the file names.

    Raises :class:`InputError` where neither says one (ASN-1120), or the file has ratings of other periods (ASN-1126).
    """
    period = _period_of(read, wanted)
    with database.read() as connection:
        head = change_log.head(connection)[0]  # before anything is looked at: a later write makes the plan stale
    known = appraisal.period(period.code)
    excluded = appraisal.not_evaluated(period)
    with database.read() as connection:
        people, by_prefix = snapshots.rated_people(connection, read, period.code, excluded)
    policy = RatingsPolicy(read, people, by_prefix, closed=known is not None and known.closed)
    return build(read, "ratings", period.code, plan_rows(policy), head)


def history(database: Database, read: ReadFile, today: date) -> ImportPlan:
    """The plan of a training history."""
    with database.read() as connection:
        head = change_log.head(connection)[0]
        people = snapshots.people_by_nip(connection, read)
        places = held_places(connection, {number for number, _name in people.values()})
    return build(read, HISTORY, None, plan_rows(HistoryPolicy(read, people, places, today)), head)


def _period_of(read: ReadFile, wanted: str | None) -> Period:
    code = wanted or read.period
    if code is None:
        if named := _dated_headings(read):
            raise InputError(
                _("Berkas ini memuat rating beberapa periode: {headings}.").format(headings=", ".join(named)),
                _("Pilih periode yang diimpor, lalu impor lagi; sesudah itu periode yang lain."),
                code="ASN-1120",
            )
        raise InputError(
            _("Periode penilaian tidak disebut di berkas ini."),
            _("Pilih periodenya, lalu impor lagi."),
            code="ASN-1120",
        )
    period = parse_period(code)
    read.refuse_other_periods(period)
    left_out = {sheet.sheet for sheet in read.summaries if sheet.left_out}
    for layout in read.layouts.values():
        others = [layout.headings[column] for column, key in layout.other_periods.items() if key == "result_rating"]
        asked = any("result_rating" in contest.keys for contest in layout.contests)
        if others and not asked and "result_rating" not in layout.keys and layout.sheet not in left_out:
            raise InputError(
                _("Lembar “{sheet}” tidak memuat rating {period}; yang ada: {headings}.").format(
                    sheet=layout.sheet, period=period.label, headings=", ".join(others)
                ),
                _("Pilih triwulan yang ada di berkas, lalu impor lagi."),
                code="ASN-1126",
            )
    return period


def _dated_headings(read: ReadFile) -> list[str]:
    """The headings that name periods, where no single one is meant."""
    dated = (
        parent
        for layout in read.layouts.values()
        for contest in layout.contests
        for parent, columns in contest.sides.items()
        if layout.dated.intersection(columns)
    )
    return list(dict.fromkeys(" ".join(parent.split()) for parent in dated))


def build(read: ReadFile, kind: str, period: str | None, rows: Sequence[PlannedRow], head: int) -> ImportPlan:
    """Rows and their fates as a plan, in the order of the file, with whatever waits for an answer held back.

    Uses ``read`` up: of its cells only those remain that may have to be given back, in the plan.
    """
    order = {summary.sheet: position for position, summary in enumerate(read.summaries)}
    aside = [planned(row, Fate.CONFLICT) for row in read.aside]
    everything = [*read.asking.withhold([*rows, *aside]), *(ignored_row(sheet, row) for sheet, row in read.ignored)]
    everything.sort(key=lambda row: (order[row.sheet], row.number))
    returned = {row.key for row in everything if row.fate in RETURNED}
    raw = {}
    while read.raw:  # one by one: freed at once, the cells of a whole workbook would hold up the window
        key, cells = read.raw.popitem()
        if key in returned:
            raw[key] = cells
    questions = read.asking.questions.values()
    return ImportPlan(
        file_name=read.file_name,
        sha256=read.sha256,
        kind=kind,
        period=period,
        sheets=tuple(read.summaries),
        rows=tuple(everything),
        notes=tuple(read.notes),
        log_head=head,
        raw=raw,
        questions=tuple(question for question in questions if not question.implied),
        implied=tuple(question for question in questions if question.implied),
    )

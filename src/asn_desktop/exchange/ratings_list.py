"""Lists of ratings of a quarter: in from anywhere, out in the canonical layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from asn_desktop.appraisal.columns import RATING_COLUMNS
from asn_desktop.appraisal.model import AppraisalPeriod, Evaluation, OrganisationResult
from asn_desktop.core.errors import InputError
from asn_desktop.core.i18n import N_, _
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.core.names import print_name, search_key
from asn_desktop.core.periods import Period, parse_period
from asn_desktop.core.progress import Progress
from asn_desktop.core.text import tidy_text
from asn_desktop.exchange import apply, snapshots
from asn_desktop.exchange.column_cleaner import ERASE
from asn_desktop.exchange.import_kind import ImportKind, OfficeData, build, taken
from asn_desktop.exchange.plan import Fate, FieldChange, ImportPlan, Option, PlannedRow, planned
from asn_desktop.exchange.planner import Policy, certain_name, plan_rows, unknown_person
from asn_desktop.exchange.read_file import ReadFile
from asn_desktop.exchange.records import CleanRow
from asn_desktop.exchange.snapshots import RATED, Known
from asn_desktop.exchange.stated_predicate import BOTH, contradiction, following, label, missing
from asn_desktop.exchange.strangers import told_spelling
from asn_desktop.personnel.model import Employee
from asn_desktop.personnel.queries import import_snapshot
from asn_desktop.reference import queries as reference_queries
from asn_desktop.reference.model import Unit
from asn_desktop.storage import change_log
from asn_desktop.storage.base import aliased
from asn_desktop.storage.offices import ours
from asn_desktop.storage.unit_of_work import UnitOfWork


class RatingsList(ImportKind):
    key = "ratings"
    title = N_("Penilaian triwulan (rekap predikat)")
    name = N_("daftar penilaian")
    columns = RATING_COLUMNS
    of_a_period = True
    sheet = "PREDIKAT"
    choice = N_("Penilaian triwulan")
    instructions = (
        N_(
            "Satu baris satu pegawai. Isi kedua rating dari daftar; predikat mengikuti kuadran kinerja, jangan diketik."
        ),
        N_("Predikat yang tidak cocok dengan kedua rating akan ditahan sampai ada keputusan."),
    )

    def plan(self, data: OfficeData, read: ReadFile, period: str | None) -> ImportPlan:
        """Raises :class:`InputError` where neither ``period`` nor the file says one (ASN-1120), or the file has ratings
        of other periods (ASN-1126)."""
        wanted = _period_of(read, period)
        with data.database.read() as connection:
            head = change_log.head(connection)[0]  # before anything is looked at: a later write makes the plan stale
        known = data.appraisal.period(wanted.code)
        excluded = data.appraisal.not_evaluated(wanted)
        with data.database.read() as connection:
            stored = import_snapshot(connection, {row.values["nip"] for row in read.rows if row.values.get("nip")})
            damaged = snapshots.by_prefix(connection, set(read.damaged.values()))
            everyone = [*stored.values(), *(row for rows in damaged.values() for row in rows)]
            closed = known is not None and known.closed
            people = snapshots.rated(connection, everyone, wanted.code, excluded, closed=closed)
        by_nip = {person.nip: person for person in people.values()}
        by_prefix = {prefix: [people[row["id"]] for row in rows] for prefix, rows in damaged.items()}
        policy = RatingsPolicy(read, by_nip, by_prefix)
        return build(read, self, wanted.code, plan_rows(policy), head)

    def apply(self, data: OfficeData, uow: UnitOfWork, plan: ImportPlan, progress: Progress) -> str | None:
        if not plan.rows_to_write:
            return None
        assert plan.period is not None
        period = parse_period(plan.period)
        known = data.appraisal.period(period.code)
        data.appraisal.open_period_within(uow, period)
        data.appraisal.apply_import(uow, [apply.imported_rating(row, period) for row in taken(plan)])
        return period.code if known is None else None

    def heading(self, office: str, period: str) -> str:
        label = parse_period(period).label
        return _("Evaluasi kinerja {period} – {office}").format(period=label, office=office)

    def rows(
        self, data: OfficeData, connection: Connection, unit_id: int | None, period: str
    ) -> Iterator[Mapping[str, Any]]:
        wanted = parse_period(period)
        if data.appraisal.period(wanted.code) is None:
            raise InputError(
                _("{period} belum dibuka.").format(period=wanted.label), _("Buka triwulannya dahulu."), code="ASN-1116"
            )
        return rating_rows(connection, wanted, unit_id)


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


@dataclass(frozen=True)
class RatingsPolicy(Policy):
    """``people`` by NIP; ``by_prefix`` finds rounded NIPs."""

    people: Mapping[str, Known]
    by_prefix: Mapping[str, Sequence[Known]]

    def owner(self, row: CleanRow) -> str | None:
        person = self.people.get(row.values.get("nip") or "")
        return None if person is None else person.name

    def identity(self, row: CleanRow) -> str | None:
        return row.values.get("nip") or None

    def says(self, row: CleanRow) -> object:
        return [row.values.get(key) for key in RATED]

    def candidates(self, row: CleanRow, digits: str) -> Iterator[Option]:
        name = search_key(str(row.values.get("name") or ""))
        if all(row.values.get(key) is not None for key in BOTH) and certain_name(row):
            for person in self.by_prefix[digits]:
                if name == search_key(person.name) and person.locked is None:
                    text = _("Ini {name}, NIP {nip}").format(name=person.name, nip=person.nip)
                    yield _option(f"employee:{person.rid}", text, row, person)

    def problem(self, row: CleanRow) -> Issue | None:
        person = self.people.get(row.values.get("nip") or "")
        if person is None:
            return unknown_person(self.read, row)
        if _is_blank(row):
            return None
        if self.read.layouts[row.sheet].keys.isdisjoint(BOTH):
            text = _("Lembar ini hanya memuat predikat. Yang disimpan kedua rating; predikat dihitung darinya.")
            hint = _(
                "Minta rating hasil kerja dan perilaku kerja kepada pejabat penilai, lalu isi dalam dua kolom itu."
            )
            return self.read.issue(row, "predicate", "only_predicate", text, hint)
        if (gap := missing(row.values)) is not None:
            return self.read.issue(row, *gap)
        if person.locked is not None and _changes(row, person):
            return self.read.issue(row, BOTH[0], *person.locked)
        return None

    def compare(self, row: CleanRow) -> PlannedRow:
        person = self.people[row.values["nip"]]
        if _is_blank(row):
            text = _("Rating belum diisi; tidak ada yang berubah.")
            row.issues.append(self.read.issue(row, "result_rating", "rating_blank", text, severity=Severity.NOTE))
            return planned(row, Fate.SAME, target=person.employee_id)
        told_spelling(row, self.read, person.name)
        option = _option("use", _("Pakai kedua rating"), row, person)
        stated = row.values.get("predicate")
        result, behaviour = (str(row.values[key]) for key in BOTH)
        wrong = contradiction(stated, result, behaviour)
        if wrong is None:
            return planned(row, option.fate, changes=option.changes, target=person.employee_id)
        row.issues.append(
            self.read.issue(
                row, "predicate", "predicate_contradicts", *wrong, severity=Severity.DECISION, value=label(str(stated))
            )
        )
        text = _("Kedua rating benar; predikat menjadi {follows}").format(follows=label(following(result, behaviour)))
        return planned(row, Fate.CONFLICT, options=(_option("use", text, row, person),))

    def agreement(self, row: CleanRow) -> str:
        return _("Rating ini memang untuk {name}").format(name=self.owner(row))


def _is_blank(row: CleanRow) -> bool:
    return all(row.values.get(key) is None for key in (*BOTH, "predicate"))


def _changes(row: CleanRow, person: Known) -> tuple[FieldChange, ...]:
    found = []
    for key in RATED:
        value = row.values.get(key)
        after, before = None if value is ERASE else value, person.held[key]
        # Notes of several lines come back from a workbook as one: the same words are no change.
        if value is not None and after != before and (not before or after != tidy_text(before)[0]):
            found.append(FieldChange(key, before, after))
    return tuple(found)


def _option(key: str, text: str, row: CleanRow, person: Known) -> Option:
    changes = _changes(row, person)
    unrated = not any(person.held[key] for key in BOTH)
    fate = Fate.SAME if not changes else Fate.NEW if unrated else Fate.CHANGED
    return Option(key, text, fate, row.values, changes, person.employee_id)


def rating_rows(connection: Connection, period: Period, unit_id: int | None) -> Iterator[Mapping[str, Any]]:
    """The evaluations of a period in the layout PREDIKAT, of a unit or of this office; unrated ones have empty
    ratings."""
    unit, opd, assessor, result = aliased(Unit), aliased(Unit), aliased(Employee), aliased(OrganisationResult)
    query = (
        select(
            Employee.rid,
            Employee.nip,
            Employee.title_front,
            Employee.name,
            Employee.title_back,
            unit.name.label("unit"),
            opd.name.label("opd"),
            Evaluation.position,
            result.result.label("organisation_result"),
            Evaluation.result_rating,
            Evaluation.behaviour_rating,
            Evaluation.predicate,
            Evaluation.notes,
            Evaluation.state,
            Evaluation.assessor_name,
            Evaluation.assessor_position,
            assessor.nip.label("assessor_nip"),
            assessor.name.label("assessor_plain"),
            assessor.title_front.label("assessor_front"),
            assessor.title_back.label("assessor_back"),
            assessor.position.label("assessor_post"),
        )
        .join(AppraisalPeriod, AppraisalPeriod.id == Evaluation.period_id)
        .join(Employee, Employee.id == Evaluation.employee_id)
        .outerjoin(unit, unit.id == Evaluation.unit_id)
        .outerjoin(opd, opd.id == unit.opd_id)
        .outerjoin(assessor, assessor.id == Evaluation.assessor_id)
        .outerjoin(
            result,
            (result.unit_id == Evaluation.organisation_unit_id) & (result.period_id == Evaluation.period_id),
        )
        .where(AppraisalPeriod.code == period.code)
        .order_by(opd.name, unit.name, Employee.name_key, Employee.id)
    )
    if unit_id is None:
        query = query.where(ours(Employee))
    else:
        query = query.where(Evaluation.unit_id.in_(reference_queries.below(connection, unit_id)))
    for row in connection.execute(query).mappings():
        yield _rating_row(dict(row), period)


def _rating_row(row: Mapping[str, Any], period: Period) -> dict[str, Any]:
    outside = row["assessor_name"]
    inside = row["assessor_plain"]
    if inside:
        assessor = print_name(row["assessor_front"] or "", inside, row["assessor_back"] or "")
    else:
        assessor = outside
    return {
        **row,
        "name": print_name(row["title_front"] or "", row["name"], row["title_back"] or ""),
        "year": period.year,
        "period": period.short_code,
        "starts": period.starts,
        "ends": period.ends,
        "assessor_name": assessor,
        "assessor_position": row["assessor_post"] or row["assessor_position"],
        "assessor_status": "ASN" if inside else "NON_ASN" if outside else None,
    }

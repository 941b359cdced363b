"""Reading evaluations: ids by spec, rows by page, one in detail, progress and distribution of units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select

from asn_desktop.appraisal.model import AppraisalPeriod, Evaluation, OrganisationResult
from asn_desktop.appraisal.predicate import OrganisationRating, Predicate, Rating, State
from asn_desktop.core.chunks import chunks
from asn_desktop.core.names import print_name, search_words
from asn_desktop.core.periods import Period, parse_period
from asn_desktop.personnel.model import Employee
from asn_desktop.reference import queries as reference_queries
from asn_desktop.reference.model import Unit
from asn_desktop.storage.base import aliased


@dataclass(frozen=True, slots=True)
class PeriodRow:
    id: int
    code: str
    window_opens: date
    window_closes: date
    state: str
    version: int

    @property
    def period(self) -> Period:
        return parse_period(self.code)

    @property
    def closed(self) -> bool:
        return self.state == "closed"


@dataclass(frozen=True, slots=True)
class EvaluationSpec:
    """Which evaluations, in which order. ``unit_id`` includes everything below it.

    ``sort``: name, nip, position, unit, result, behaviour, predicate, state. ``unrated``: only those that lack a
    rating; ``low``: only predicates below Baik or a rating below expectation; ``waiting``: only those whose imported
    predicate contradicted the ratings; ``unassessed``: only those whose assessor is not known.
    """

    period: str
    unit_id: int | None = None
    state: State | None = None
    predicate: Predicate | None = None
    search: str = ""
    unrated: bool = False
    low: bool = False
    waiting: bool = False
    unassessed: bool = False
    sort: str = "name"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class EvaluationRow:
    """One line of the grid."""

    id: int
    version: int
    employee_id: int
    nip: str | None
    name: str
    """With titles, as printed."""
    bare_name: str
    position: str | None
    rank: str | None
    unit_id: int | None
    unit: str | None
    opd: str | None
    period: str
    assessor: str | None
    result: Rating | None
    behaviour: Rating | None
    predicate: Predicate | None
    state: State
    declared: Predicate | None
    revision: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a unit (with everything below it) is: ``rated`` counts final ones too."""

    total: int
    rated: int
    final: int

    @property
    def percent(self) -> int:
        """Rounded down: 100 only when nobody is missing."""
        return self.rated * 100 // self.total if self.total else 0


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """The organisation result of a unit in a period; ``inherited_from`` names the unit it was taken from."""

    unit_id: int
    result: OrganisationRating
    source: str | None
    set_on: date
    inherited_from: str | None = None


def periods(connection: Connection) -> list[PeriodRow]:
    """Opened periods, newest first."""
    table = AppraisalPeriod
    query = select(table.id, table.code, table.window_opens, table.window_closes, table.state, table.version)
    newest = query.order_by(table.year.desc(), case((table.quarter == 0, 5), else_=table.quarter).desc())
    return [PeriodRow(*row) for row in connection.execute(newest)]


def period(connection: Connection, code: str) -> PeriodRow | None:
    return next((row for row in periods(connection) if row.code == code), None)


# -- lists ----------------------------------------------------------------------------------------------------

_RATING_ORDER = {rating.value: number for number, rating in enumerate(Rating)}
_PREDICATE_ORDER = {predicate.value: number for number, predicate in enumerate(Predicate)}
_STATE_ORDER = {state.value: number for number, state in enumerate(State)}


def evaluation_ids(connection: Connection, spec: EvaluationSpec) -> list[int]:
    """Ids of the evaluations that match, in order."""
    query = (
        select(Evaluation.id)
        .join(AppraisalPeriod, AppraisalPeriod.id == Evaluation.period_id)
        .join(Employee, Employee.id == Evaluation.employee_id)
        .outerjoin(Unit, Unit.id == Evaluation.unit_id)
        .where(AppraisalPeriod.code == spec.period, *_conditions(connection, spec))
    )
    order = _order(spec.sort)
    first = order.desc().nulls_last() if spec.descending else order.asc().nulls_last()
    return list(connection.scalars(query.order_by(first, Employee.name_key, Evaluation.id)))


def _conditions(connection: Connection, spec: EvaluationSpec) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if spec.unit_id is not None:
        units = reference_queries.units(connection)
        below = reference_queries.with_descendants(units, spec.unit_id)
        if len(below) < len(units):
            found.append(Evaluation.unit_id.in_(below))
    if spec.state is not None:
        found.append(Evaluation.state == spec.state.value)
    if spec.predicate is not None:
        found.append(Evaluation.predicate == spec.predicate.value)
    if spec.unrated:
        found.append(Evaluation.state == State.DRAFT.value)
    if spec.waiting:
        found.append(Evaluation.declared_predicate.is_not(None))
    if spec.low:
        found.append(_low())
    if spec.unassessed:
        found.append(Evaluation.assessor_id.is_(None) & Evaluation.assessor_name.is_(None))
    found.extend(Employee.search_text.contains(word, autoescape=True) for word in search_words(spec.search))
    return found


def _low() -> ColumnElement[bool]:
    below = Rating.DI_BAWAH.value
    return or_(
        Evaluation.predicate.in_([predicate.value for predicate in Predicate if predicate.is_low]),
        Evaluation.result_rating == below,
        Evaluation.behaviour_rating == below,
    )


def _order(sort: str) -> ColumnElement[Any]:
    orders: dict[str, ColumnElement[Any]] = {
        "name": Employee.name_key.expression,
        "nip": Employee.nip.expression,
        "position": Evaluation.position.expression,
        "unit": Unit.name.expression,
        "result": case(_RATING_ORDER, value=Evaluation.result_rating),
        "behaviour": case(_RATING_ORDER, value=Evaluation.behaviour_rating),
        "predicate": case(_PREDICATE_ORDER, value=Evaluation.predicate),
        "state": case(_STATE_ORDER, value=Evaluation.state),
    }
    return orders[sort]


def evaluation_rows(connection: Connection, ids: Sequence[int]) -> list[EvaluationRow]:
    """The rows of ``ids``, in that order; ids that are gone are left out."""
    found: dict[int, EvaluationRow] = {}
    for chunk in chunks(ids):
        query = _rows().where(Evaluation.id.in_(chunk))
        for row in connection.execute(query):
            found[row.id] = EvaluationRow(
                id=row.id,
                version=row.version,
                employee_id=row.employee_id,
                nip=row.nip,
                name=print_name(row.title_front or "", row.name, row.title_back or ""),
                bare_name=row.name,
                position=row.position,
                rank=row.rank,
                unit_id=row.unit_id,
                unit=row.unit,
                opd=row.opd,
                period=row.code,
                assessor=row.assessor_name or _assessor_name(row.a_front, row.a_name, row.a_back),
                result=Rating(row.result_rating) if row.result_rating else None,
                behaviour=Rating(row.behaviour_rating) if row.behaviour_rating else None,
                predicate=Predicate(row.predicate) if row.predicate else None,
                state=State(row.state),
                declared=Predicate(row.declared_predicate) if row.declared_predicate else None,
                revision=row.revision,
            )
    return [found[number] for number in ids if number in found]


@cache  # putting the statement together takes longer than running it
def _rows() -> Select[*tuple[Any, ...]]:
    person, assessor = aliased(Employee), aliased(Employee)
    opd = aliased(Unit)
    return (
        select(
            Evaluation.id, Evaluation.version, Evaluation.employee_id, Evaluation.position, Evaluation.rank,
            Evaluation.unit_id, Evaluation.assessor_name, Evaluation.result_rating, Evaluation.behaviour_rating,
            Evaluation.predicate, Evaluation.state, Evaluation.declared_predicate, Evaluation.revision,
            AppraisalPeriod.code, person.nip, person.name, person.title_front, person.title_back,
            Unit.name.label("unit"), opd.name.label("opd"),
            assessor.title_front.label("a_front"), assessor.name.label("a_name"), assessor.title_back.label("a_back"),
        )
        .join(AppraisalPeriod, AppraisalPeriod.id == Evaluation.period_id)
        .join(person, person.id == Evaluation.employee_id)
        .outerjoin(Unit, Unit.id == Evaluation.unit_id)
        .outerjoin(opd, opd.id == Unit.opd_id)
        .outerjoin(assessor, assessor.id == Evaluation.assessor_id)
    )  # fmt: skip


def _assessor_name(front: str | None, name: str | None, back: str | None) -> str | None:
    return print_name(front or "", name, back or "") if name else None


def all_by_nip(connection: Connection, period_code: str) -> dict[str, tuple[int, str]]:
    """NIP → evaluation of the period and name, for everybody who has a NIP and an evaluation."""
    query = (
        select(Employee.nip, Evaluation.id, Employee.name)
        .join(Evaluation, Evaluation.employee_id == Employee.id)
        .join(AppraisalPeriod, AppraisalPeriod.id == Evaluation.period_id)
        .where(AppraisalPeriod.code == period_code, Employee.nip.is_not(None))
    )
    return {nip: (number, name) for nip, number, name in connection.execute(query) if nip}


def final_facts(
    connection: Connection, ids: Sequence[int]
) -> list[tuple[Rating | None, Rating | None, OrganisationRating | None, bool]]:
    """Per evaluation: both ratings, the organisation result that counts, and whether the assessor is known."""
    results: dict[str, dict[int, OrganisationRow]] = {}
    facts: list[tuple[Rating | None, Rating | None, OrganisationRating | None, bool]] = []
    table = Evaluation
    for chunk in chunks(ids):
        query = (
            select(
                AppraisalPeriod.code, table.result_rating, table.behaviour_rating, table.organisation_unit_id,
                table.assessor_id, table.assessor_name,
            )
            .join(AppraisalPeriod, AppraisalPeriod.id == table.period_id)
            .where(table.id.in_(chunk))
        )  # fmt: skip
        for row in connection.execute(query):
            if row.code not in results:
                results[row.code] = organisation_results(connection, row.code)
            organisation = results[row.code].get(row.organisation_unit_id)
            facts.append(
                (
                    Rating(row.result_rating) if row.result_rating else None,
                    Rating(row.behaviour_rating) if row.behaviour_rating else None,
                    organisation.result if organisation else None,
                    row.assessor_id is not None or row.assessor_name is not None,
                )
            )
    return facts


# -- units ----------------------------------------------------------------------------------------------------


def progress_by_unit(connection: Connection, period_code: str) -> dict[int | None, Progress]:
    """Progress of every unit including everything below it; the key None holds all evaluations."""
    rated = func.sum(case((Evaluation.state != State.DRAFT.value, 1), else_=0))
    final = func.sum(case((Evaluation.state == State.FINAL.value, 1), else_=0))
    query = (
        select(Evaluation.unit_id, func.count(), rated, final)
        .join(AppraisalPeriod, AppraisalPeriod.id == Evaluation.period_id)
        .where(AppraisalPeriod.code == period_code)
        .group_by(Evaluation.unit_id)
    )
    own = {unit: (total, done, sealed) for unit, total, done, sealed in connection.execute(query)}
    sums: dict[int | None, list[int]] = {None: [sum(column) for column in zip(*own.values(), strict=True)] or [0] * 3}
    units = reference_queries.units(connection)
    for unit in reversed(units):  # children before their parents
        below = sums.setdefault(unit.id, [0, 0, 0])
        below[:] = [a + b for a, b in zip(below, own.get(unit.id, (0, 0, 0)), strict=True)]
        if unit.parent_id is not None:
            above = sums.setdefault(unit.parent_id, [0, 0, 0])
            above[:] = [a + b for a, b in zip(above, below, strict=True)]
    return {unit_id: Progress(*numbers) for unit_id, numbers in sums.items()}


def predicate_counts(connection: Connection, period_code: str, unit_id: int | None) -> dict[Predicate, int]:
    """How many have each predicate in a unit and below; predicates nobody has count 0."""
    query = (
        select(Evaluation.predicate, func.count())
        .join(AppraisalPeriod, AppraisalPeriod.id == Evaluation.period_id)
        .where(
            AppraisalPeriod.code == period_code,
            Evaluation.predicate.is_not(None),
            and_(True, *_conditions(connection, EvaluationSpec(period_code, unit_id))),
        )
        .group_by(Evaluation.predicate)
    )
    counts = {Predicate(name): number for name, number in connection.execute(query) if name}
    return {predicate: counts.get(predicate, 0) for predicate in Predicate}


def organisation_results(connection: Connection, period_code: str) -> dict[int, OrganisationRow]:
    """Organisation result per unit. A unit below an OPD without its own takes that of the nearest unit above it.

    An OPD never takes the result of the whole Pemda: that one counts only for the heads of OPD (L IV.B.1g).
    """
    table = OrganisationResult
    query = (
        select(table.unit_id, table.result, table.source, table.set_on)
        .join(AppraisalPeriod, AppraisalPeriod.id == table.period_id)
        .where(AppraisalPeriod.code == period_code)
    )
    found = {
        row.unit_id: OrganisationRow(row.unit_id, OrganisationRating(row.result), row.source, row.set_on)
        for row in connection.execute(query)
    }
    names: dict[int, str] = {}
    for unit in reference_queries.units(connection):  # parents first
        names[unit.id] = unit.name
        above = found.get(unit.parent_id) if unit.kind == "UNIT" and unit.parent_id is not None else None
        if unit.id not in found and above is not None:
            source = above.inherited_from or names[above.unit_id]
            found[unit.id] = OrganisationRow(unit.id, above.result, above.source, above.set_on, source)
    return found

"""What the printed forms say, for one evaluation or for a whole unit in a handful of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from asn_desktop.appraisal import detail, frozen, queries
from asn_desktop.appraisal.detail import FeedbackRow, SkpRow
from asn_desktop.appraisal.model import AppraisalPeriod, Evaluation
from asn_desktop.appraisal.sheet import EvaluationSheet, Feedback, Iki, Person, Rhk, RhkKind, behaviours_with
from asn_desktop.core.chunks import chunks
from asn_desktop.core.errors import ConflictError, reload_hint
from asn_desktop.core.i18n import _
from asn_desktop.core.names import print_name
from asn_desktop.core.periods import parse_period
from asn_desktop.core.ranks import ranks_by_code
from asn_desktop.personnel import queries as personnel
from asn_desktop.personnel.model import Employee
from asn_desktop.personnel.queries import AssessorRow
from asn_desktop.reference import queries as reference_queries
from asn_desktop.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class _Context:
    """What all sheets of one period share."""

    agency: str
    place: str
    sample: bool
    unit_names: Mapping[int, str]
    superiors: Mapping[int, AssessorRow]
    """Assessors of assessors who have no evaluation in the period themselves."""
    organisation: Mapping[int, queries.OrganisationRow]
    people: Mapping[int, Row[Any]]
    placed: Mapping[int, Row[Any]]


def evaluation_sheet(connection: Connection, evaluation_id: int) -> EvaluationSheet:
    """The sheet of one evaluation. Raises :class:`ConflictError` when it is gone."""
    sheets = evaluation_sheets(connection, [evaluation_id])
    if not sheets:
        raise ConflictError(_("Evaluasi ini sudah tidak ada."), reload_hint(), code="ASN-1205")
    return sheets[0]


def evaluation_sheets(connection: Connection, evaluation_ids: Sequence[int]) -> list[EvaluationSheet]:
    """The sheets of ``evaluation_ids`` in that order; the number of queries does not grow per person."""
    rows = _evaluations(connection, Evaluation.id, evaluation_ids)
    sheets: dict[int, EvaluationSheet] = {}
    for code in sorted({row.code for row in rows.values()}):
        of_period = {number: row for number, row in rows.items() if row.code == code}
        context = _context(connection, code, list(of_period.values()))
        skps = detail.skps(connection, {n: row.employee_id for n, row in of_period.items()}, parse_period(code))
        feedback: dict[int, list[FeedbackRow]] = {}
        for remark in detail.feedback(connection, list(of_period)):
            feedback.setdefault(remark.evaluation_id, []).append(remark)
        for number, row in of_period.items():
            sheets[number] = _sheet(row, context, skps.get(number), feedback.get(number, []))
    final = [number for number, row in rows.items() if row.state == "final"]
    sheets |= frozen.read(connection, final)
    return [sheets[number] for number in evaluation_ids if number in sheets]


def freeze_final(uow: UnitOfWork, employee_id: int) -> None:
    """Keep what somebody's final evaluations say, before their SKP changes."""
    query = select(Evaluation.id).where(Evaluation.employee_id == employee_id, Evaluation.state == "final")
    final = list(uow.connection.scalars(query))
    kept = frozen.read(uow.connection, final)
    wanted = [number for number in final if number not in kept]
    frozen.write(uow, dict(zip(wanted, evaluation_sheets(uow.connection, wanted), strict=True)))


def _evaluations(connection: Connection, key: Any, ids: Sequence[int], period: str = "") -> dict[int, Row[Any]]:
    """Evaluation rows by ``key`` (its id or its employee)."""
    table = Evaluation
    found: dict[int, Row[Any]] = {}
    for chunk in chunks(dict.fromkeys(ids)):
        query = (
            select(*table.__table__.columns, AppraisalPeriod.code)
            .join(AppraisalPeriod, AppraisalPeriod.id == table.period_id)
            .where(key.in_(chunk))
        )
        if period:
            query = query.where(AppraisalPeriod.code == period)
        found.update({getattr(row, key.key): row for row in connection.execute(query)})
    return found


def _context(connection: Connection, code: str, rows: Sequence[Row[Any]]) -> _Context:
    office = reference_queries.office(connection)
    placed = {row.employee_id: row for row in rows}
    wanted = {row.assessor_id for row in rows if row.assessor_id} - placed.keys()
    for _level in range(2):  # the assessors, then their assessors
        above = _evaluations(connection, Evaluation.employee_id, sorted(wanted), code)
        placed.update(above)
        wanted = {row.assessor_id for row in placed.values() if row.assessor_id} - placed.keys()
    people_ids = placed.keys() | {row.assessor_id for row in placed.values() if row.assessor_id}
    table = Employee
    people: dict[int, Row[Any]] = {}
    for chunk in chunks(sorted(people_ids)):
        query = select(
            table.id, table.nip, table.name, table.title_front, table.title_back, table.rank, table.position,
            table.unit_id,
        ).where(table.id.in_(chunk))  # fmt: skip
        people.update({row.id: row for row in connection.execute(query)})
    return _Context(
        agency=office.agency,
        place=office.place,
        sample=office.sample,
        unit_names={unit.id: unit.name for unit in reference_queries.units(connection)},
        superiors=personnel.assessors_on(connection, people_ids - placed.keys(), parse_period(code).ends),
        organisation=queries.organisation_results(connection, code),
        people=people,
        placed=placed,
    )


def _sheet(row: Row[Any], context: _Context, skp: SkpRow | None, feedback: Sequence[FeedbackRow]) -> EvaluationSheet:
    period = parse_period(row.code)
    organisation = context.organisation.get(row.organisation_unit_id)
    return EvaluationSheet(
        period_title=period.form_title,
        agency=context.agency,
        skp_starts=skp.starts if skp else period.starts.replace(month=1, day=1),
        skp_ends=skp.ends if skp else period.ends.replace(month=12, day=31),
        employee=_person(row.employee_id, context),
        assessor=_assessor(row, context),
        superior=_superior(row, context),
        organisation_result=organisation.result.value if organisation else None,
        result_rating=row.result_rating,
        behaviour_rating=row.behaviour_rating,
        predicate=row.predicate,
        notes=row.notes,
        place=context.place,
        signed_on=row.signed_on,
        rhks=tuple(_rhks(skp, feedback)) if skp else (),
        behaviours=behaviours_with(
            dict(skp.expectations) if skp else {},
            {
                value: tuple(_remark(remark) for remark in feedback if remark.value == value)
                for value in dict.fromkeys(remark.value for remark in feedback if remark.value)
            },
        ),
        sample=context.sample,
    )


def _person(employee_id: int, context: _Context) -> Person:
    """Identity as of the period where the person has an evaluation in it, else as of today."""
    person = context.people[employee_id]
    place = context.placed.get(employee_id, person)
    return Person(
        name=print_name(person.title_front or "", person.name, person.title_back or ""),
        nip=person.nip,
        rank_line=_rank_line(place.rank),
        position=place.position,
        unit=context.unit_names.get(place.unit_id),
        agency=context.agency,
    )


def _assessor(row: Row[Any], context: _Context) -> Person:
    if row.assessor_id is not None:
        return _person(row.assessor_id, context)
    if row.assessor_name:
        unit = context.unit_names.get(row.organisation_unit_id)
        return Person(
            row.assessor_name, rank_line="-", position=row.assessor_position, unit=unit, agency=context.agency
        )
    return Person()


def _superior(row: Row[Any], context: _Context) -> Person:
    """Atasan Pejabat Penilai Kinerja: who assesses the assessor; nobody above an official outside the list."""
    if row.assessor_id is None:
        return Person()
    placed = context.placed.get(row.assessor_id)
    if placed is not None:
        return _assessor(placed, context)
    above = context.superiors.get(row.assessor_id)
    if above is None:
        return Person()
    return Person(
        name=above.name,
        nip=above.nip,
        rank_line=_rank_line(above.rank) if above.id is not None else "-",
        position=above.position,
        unit=context.unit_names.get(above.unit_id or 0),
        agency=context.agency,
    )


def _rank_line(rank: str | None) -> str | None:
    """``Penata Tingkat I / III/d``; a PPPK has only the golongan (formulir: data names)."""
    if not rank:
        return None
    known = ranks_by_code().get(rank)
    return f"{known.title} / {rank}" if known and known.title else rank


def _rhks(skp: SkpRow, feedback: Sequence[FeedbackRow]) -> list[Rhk]:
    return [
        Rhk(
            number=number,
            kind=RhkKind(rhk.kind),
            text=rhk.text,
            assigned_by=rhk.assigned_by,
            superior_rhk=rhk.superior_rhk,
            takeover_note=rhk.takeover_note,
            ikis=tuple(
                Iki(
                    iki.aspect, iki.text, iki.target, iki.perspective, _reached(iki.realisation, iki.evidence),
                    tuple(_remark(remark) for remark in feedback if remark.iki_id == iki.id),
                )
                for iki in rhk.ikis
            ),
        )
        for number, rhk in enumerate(skp.rhks, start=1)
    ]  # fmt: skip


def _reached(text: str | None, evidence: str | None) -> str | None:
    """REALISASI BERDASARKAN BUKTI DUKUNG: what was reached, and the evidence named after it."""
    if text and evidence:
        return _("{text} (bukti: {evidence})").format(text=text, evidence=evidence)
    return text or evidence


def _remark(row: FeedbackRow) -> Feedback:
    return Feedback(row.giver, row.giver_name, row.text, row.symbol)

"""One evaluation with everything around it: SKP, realisation, feedback, earlier quarters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from asn_desktop.appraisal import queries
from asn_desktop.appraisal.model import (
    AppraisalPeriod,
    BehaviourExpectation,
    Evaluation,
    Feedback,
    Iki,
    Realisation,
    Rhk,
    Skp,
)
from asn_desktop.appraisal.predicate import Predicate
from asn_desktop.appraisal.queries import EvaluationRow, OrganisationRow, PeriodRow
from asn_desktop.core.chunks import chunks
from asn_desktop.core.errors import ConflictError, reload_hint
from asn_desktop.core.i18n import _
from asn_desktop.core.periods import Period, parse_period
from asn_desktop.reference.model import Unit


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    id: int
    evaluation_id: int
    iki_id: int | None
    value: str | None
    giver: str
    giver_name: str | None
    text: str | None
    symbol: str | None


@dataclass(frozen=True, slots=True)
class IkiRow:
    id: int
    rhk_id: int
    aspect: str | None
    text: str
    target: str | None
    perspective: str | None
    realisation: str | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class RhkRow:
    id: int
    kind: str
    text: str
    superior_rhk: str | None
    assigned_by: str | None
    takeover_note: str | None
    ikis: tuple[IkiRow, ...] = ()


@dataclass(frozen=True, slots=True)
class SkpRow:
    """The SKP in force in the period, with the realisation of that period beside each indicator."""

    id: int
    employee_id: int
    starts: date
    ends: date
    kind: str
    approach: str
    place: str | None
    set_on: date | None
    rhks: tuple[RhkRow, ...] = ()
    expectations: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class EvaluationDetail:
    """Everything the evaluation dialog shows. ``history``: earlier and later periods, newest first."""

    row: EvaluationRow
    period: PeriodRow
    notes: str | None
    signed_on: date | None
    received_on: date | None
    revision_reason: str | None
    assessor_id: int | None
    assessor_position: str | None
    organisation_unit: str | None
    organisation: OrganisationRow | None
    led: OrganisationRow | None
    """The result of the unit this person leads; None for everybody else."""
    led_unit: str | None
    skp: SkpRow | None
    feedback: tuple[FeedbackRow, ...]
    history: tuple[tuple[Period, Predicate | None], ...]

    @property
    def editable(self) -> bool:
        return self.row.state != "final" and not self.period.closed


def evaluation_detail(connection: Connection, evaluation_id: int) -> EvaluationDetail:
    """Raises :class:`ConflictError` when the evaluation is gone."""
    rows = queries.evaluation_rows(connection, [evaluation_id])
    if not rows:
        raise ConflictError(_("Evaluasi ini sudah tidak ada."), reload_hint(), code="ASN-1205")
    row = rows[0]
    table = Evaluation
    extra = connection.execute(
        select(
            table.notes, table.signed_on, table.received_on, table.revision_reason, table.assessor_id,
            table.assessor_position, table.organisation_unit_id, Unit.name.label("organisation_unit"),
        )
        .outerjoin(Unit, Unit.id == table.organisation_unit_id)
        .where(table.id == evaluation_id)
    ).one()  # fmt: skip
    results = queries.organisation_results(connection, row.period)
    unit = connection.execute(
        select(Unit.id, Unit.name)
        .where(Unit.head_id == row.employee_id)
        .order_by(Unit.parent_id.nulls_first(), Unit.id)
        .limit(1)
    ).first()
    period = queries.period(connection, row.period)
    assert period is not None, "an evaluation has a period"
    return EvaluationDetail(
        row=row,
        period=period,
        notes=extra.notes,
        signed_on=extra.signed_on,
        received_on=extra.received_on,
        revision_reason=extra.revision_reason,
        assessor_id=extra.assessor_id,
        assessor_position=extra.assessor_position,
        organisation_unit=extra.organisation_unit,
        organisation=results.get(extra.organisation_unit_id or 0),
        led=results.get(unit.id) if unit else None,
        led_unit=unit.name if unit else None,
        skp=skps(connection, {evaluation_id: row.employee_id}, period.period).get(evaluation_id),
        feedback=tuple(feedback(connection, [evaluation_id])),
        history=tuple(_history(connection, row.employee_id)),
    )


def skps(connection: Connection, employees: dict[int, int], period: Period) -> dict[int, SkpRow]:
    """Evaluation id → SKP of its employee that covers the end of the period best, with content; five queries.

    ``employees`` maps evaluation id → employee id. Of several overlapping SKP the one that began last counts (a
    transfer sets a new SKP, Lampiran II.C.6).
    """
    chosen: dict[int, Row[Any]] = {}
    for chunk in chunks(set(employees.values())):
        query = (
            select(*(Skp.__table__.columns))
            .where(Skp.employee_id.in_(chunk), Skp.starts <= period.ends, Skp.ends >= period.starts)
            .order_by(Skp.starts, Skp.id)
        )
        chosen.update({row.employee_id: row for row in connection.execute(query)})
    evaluation_of = {employee: evaluation for evaluation, employee in employees.items()}
    rhks = _rhks(connection, [row.id for row in chosen.values()], list(employees))
    expectations = _expectations(connection, [row.id for row in chosen.values()])
    return {
        evaluation_of[employee]: SkpRow(
            row.id, employee, row.starts, row.ends, row.kind, row.approach, row.place, row.set_on,
            tuple(rhks.get(row.id, ())), tuple(expectations.get(row.id, ())),
        )
        for employee, row in chosen.items()
    }  # fmt: skip


def feedback(connection: Connection, evaluation_ids: Sequence[int]) -> list[FeedbackRow]:
    rows: list[FeedbackRow] = []
    table = Feedback
    for chunk in chunks(evaluation_ids):
        query = select(
            table.id, table.evaluation_id, table.iki_id, table.value, table.giver, table.giver_name, table.text,
            table.symbol,
        ).where(table.evaluation_id.in_(chunk))  # fmt: skip
        rows.extend(FeedbackRow(*row) for row in connection.execute(query.order_by(table.id)))
    return rows


def _rhks(connection: Connection, skp_ids: Sequence[int], evaluation_ids: Sequence[int]) -> dict[int, list[RhkRow]]:
    reached: dict[int, tuple[str, str | None]] = {}
    for chunk in chunks(evaluation_ids):
        query = select(Realisation.iki_id, Realisation.text, Realisation.evidence)
        for iki_id, text, evidence in connection.execute(query.where(Realisation.evaluation_id.in_(chunk))):
            reached[iki_id] = (text, evidence)
    ikis: dict[int, list[IkiRow]] = {}
    found: dict[int, list[RhkRow]] = {}
    for chunk in chunks(skp_ids):
        indicators = (
            select(Iki.id, Iki.rhk_id, Iki.aspect, Iki.text, Iki.target, Iki.perspective)
            .join(Rhk, Rhk.id == Iki.rhk_id)
            .where(Rhk.skp_id.in_(chunk))
            .order_by(Iki.rhk_id, Iki.position, Iki.id)
        )
        for iki in connection.execute(indicators):
            ikis.setdefault(iki.rhk_id, []).append(IkiRow(*iki, *reached.get(iki.id, (None, None))))
        results = select(
            Rhk.skp_id, Rhk.id, Rhk.kind, Rhk.text, Rhk.superior_rhk, Rhk.assigned_by, Rhk.takeover_note
        ).where(Rhk.skp_id.in_(chunk))
        for row in connection.execute(results.order_by(Rhk.skp_id, Rhk.position, Rhk.id)):
            found.setdefault(row.skp_id, []).append(RhkRow(*row[1:], tuple(ikis.get(row.id, ()))))
    return found


def _expectations(connection: Connection, skp_ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    table = BehaviourExpectation
    for chunk in chunks(skp_ids):
        query = select(table.skp_id, table.value, table.text).where(table.skp_id.in_(chunk)).order_by(table.id)
        for skp_id, value, text in connection.execute(query):
            found.setdefault(skp_id, []).append((value, text))
    return found


def _history(connection: Connection, employee_id: int) -> Iterable[tuple[Period, Predicate | None]]:
    query = (
        select(AppraisalPeriod.code, Evaluation.predicate)
        .join(AppraisalPeriod, AppraisalPeriod.id == Evaluation.period_id)
        .where(Evaluation.employee_id == employee_id)
    )
    found = [(parse_period(code), Predicate(name) if name else None) for code, name in connection.execute(query)]
    return sorted(found, key=lambda item: (item[0].ends, item[0].quarter == 0), reverse=True)

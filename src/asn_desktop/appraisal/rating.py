"""Rate, clear, finalise, revise: the writes on evaluations, inside a unit of work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from asn_desktop.appraisal import frozen, rules
from asn_desktop.appraisal import predicate as table
from asn_desktop.appraisal.commands import KEEP, ImportedRating, Keep, RatingChange
from asn_desktop.appraisal.model import AppraisalPeriod, Evaluation
from asn_desktop.appraisal.predicate import Rating
from asn_desktop.core.chunks import chunks
from asn_desktop.core.errors import ConflictError, InputError, NotAllowed, reload_hint
from asn_desktop.core.i18n import _
from asn_desktop.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ImportResult:
    """Rows of an import: ``waiting`` employees stated a predicate that contradicts their ratings."""

    changed: int
    same: int
    waiting: tuple[int, ...] = ()


def rate(uow: UnitOfWork, matrix: table.Matrix, changes: Sequence[RatingChange]) -> int:
    """Write ratings and the predicate that follows; returns how many evaluations changed.

    Raises :class:`NotAllowed` if one of them is final or its period closed; nothing is written then.
    """
    current = _open_evaluations(uow.connection, [change.evaluation_id for change in changes])
    updates: list[tuple[int, dict[str, Any]]] = []
    for change in changes:
        row = current[change.evaluation_id]
        result = _kept(change.result, row.result_rating)
        behaviour = _kept(change.behaviour, row.behaviour_rating)
        updates.append((row.id, _values(matrix, result, behaviour)))
    return uow.update_many(Evaluation, updates)


def apply_import(uow: UnitOfWork, matrix: table.Matrix, rows: Sequence[ImportedRating]) -> ImportResult:
    """Write imported ratings. A row whose stated predicate contradicts the matrix is not rated: it waits.

    Such an evaluation only remembers the stated predicate, so that the grid can show that a decision is due.
    Raises :class:`InputError` when somebody has no evaluation in the period, :class:`NotAllowed` as in :func:`rate`.
    """
    found = _evaluations_of(uow.connection, rows)
    current = _open_evaluations(uow.connection, list(found.values()))
    updates: list[tuple[int, dict[str, Any]]] = []
    waiting: list[int] = []
    for incoming in rows:
        row = current[found[incoming.employee_id, incoming.period]]
        result = incoming.result or _rating(row.result_rating)
        behaviour = incoming.behaviour or _rating(row.behaviour_rating)
        derived = table.derive(matrix, result, behaviour)
        if contradicts(incoming, derived):
            waiting.append(incoming.employee_id)
            updates.append((row.id, {"declared_predicate": incoming.declared}))
            continue
        values = _values(matrix, result, behaviour)
        if incoming.notes is not None:
            values["notes"] = incoming.notes or None
        updates.append((row.id, values))
    changed = uow.update_many(Evaluation, updates)
    return ImportResult(changed, len(rows) - changed, tuple(waiting))


def contradicts(incoming: ImportedRating, derived: table.Predicate | None) -> bool:
    """Whether the workbook's own predicate is not what the matrix gives (and nobody decided yet)."""
    return incoming.declared is not None and incoming.declared is not derived and not incoming.accept_ratings


def finalise(uow: UnitOfWork, evaluation_ids: Sequence[int]) -> int:
    """Rated → final. Raises :class:`InputError` naming how many still lack a rating; nothing is written then."""
    current = _open_evaluations(uow.connection, evaluation_ids, allow_final=True)
    unrated = sum(row.state == "draft" for row in current.values())
    if unrated:
        raise InputError(
            _("{n} evaluasi belum lengkap ratingnya, jadi belum dapat difinalkan.").format(n=unrated),
            _("Isi rating hasil kerja dan perilaku kerja, lalu kunci lagi."),
            code="ASN-1111",
        )
    return uow.update_many(Evaluation, [(number, {"state": "final"}) for number in current])


def revise(uow: UnitOfWork, evaluation_id: int, reason: str) -> None:
    """Final → rated again, with a reason; the old content stays in the change log (kinerja: rule 11)."""
    if not reason.strip():
        raise InputError(
            _("Alasan perbaikan belum diisi."), _("Tulis mengapa evaluasi terkunci ini dibuka lagi."), code="ASN-1112"
        )
    row = _open_evaluations(uow.connection, [evaluation_id], allow_final=True)[evaluation_id]
    if row.state != "final":
        raise InputError(_("Evaluasi ini belum terkunci."), _("Buka evaluasinya, lalu ubah langsung."), code="ASN-1113")
    state = rules.state_of(_rating(row.result_rating), _rating(row.behaviour_rating))
    values = {"state": state.value, "revision": row.revision + 1, "revision_reason": reason.strip()}
    uow.update(Evaluation, evaluation_id, values)
    frozen.discard(uow, evaluation_id)


def require_open(connection: Connection, evaluation_ids: Sequence[int]) -> None:
    """Raises :class:`NotAllowed` unless every evaluation may still be edited."""
    _open_evaluations(connection, evaluation_ids)


def refuse_closed(period_state: str) -> None:
    """Raises :class:`NotAllowed` for a sealed period."""
    if period_state == "closed":
        raise NotAllowed(
            _("Periode ini sudah ditutup, jadi penilaiannya tidak dapat diubah."),
            _("Buka kembali periode dengan alasan, lalu ulangi."),
            code="ASN-1511",
        )


def _values(matrix: table.Matrix, result: Rating | None, behaviour: Rating | None) -> dict[str, Any]:
    predicate = table.derive(matrix, result, behaviour)
    return {
        "result_rating": result.value if result else None,
        "behaviour_rating": behaviour.value if behaviour else None,
        "predicate": predicate.value if predicate else None,
        "state": rules.state_of(result, behaviour).value,
        "declared_predicate": None,
    }


def _kept(wanted: Rating | Keep | None, stored: str | None) -> Rating | None:
    return _rating(stored) if wanted is KEEP else wanted


def _rating(stored: str | None) -> Rating | None:
    return Rating(stored) if stored else None


def _open_evaluations(
    connection: Connection, evaluation_ids: Sequence[int], *, allow_final: bool = False
) -> dict[int, Row[Any]]:
    rows: dict[int, Row[Any]] = {}
    for chunk in chunks(dict.fromkeys(evaluation_ids)):
        query = (
            select(
                Evaluation.id, Evaluation.state, Evaluation.result_rating, Evaluation.behaviour_rating,
                Evaluation.revision, AppraisalPeriod.state.label("period_state"), AppraisalPeriod.code,
            )
            .join(AppraisalPeriod, AppraisalPeriod.id == Evaluation.period_id)
            .where(Evaluation.id.in_(chunk))
        )  # fmt: skip
        rows.update({row.id: row for row in connection.execute(query)})
    if len(rows) != len(set(evaluation_ids)):
        raise ConflictError(
            _("Sebagian evaluasi sudah tidak ada."),
            reload_hint(),
            code="ASN-1205",
        )
    for row in rows.values():
        refuse_closed(row.period_state)
        if row.state == "final" and not allow_final:
            raise NotAllowed(
                _("Evaluasi yang sudah terkunci tidak dapat diubah."),
                _("Buka evaluasinya, pilih “Perbaiki …”, lalu tulis alasannya."),
                code="ASN-1512",
            )
    return rows


def _evaluations_of(connection: Connection, rows: Sequence[ImportedRating]) -> dict[tuple[int, str], int]:
    found: dict[tuple[int, str], int] = {}
    codes = {row.period for row in rows}
    for chunk in chunks(dict.fromkeys(row.employee_id for row in rows)):
        query = (
            select(Evaluation.id, Evaluation.employee_id, AppraisalPeriod.code)
            .join(AppraisalPeriod, AppraisalPeriod.id == Evaluation.period_id)
            .where(AppraisalPeriod.code.in_(codes), Evaluation.employee_id.in_(chunk))
        )
        found.update({(row.employee_id, row.code): row.id for row in connection.execute(query)})
    missing = sum((row.employee_id, row.period) not in found for row in rows)
    if missing:
        raise InputError(
            _("{n} pegawai belum memiliki evaluasi pada periode ini.").format(n=missing),
            _("Buka triwulan dahulu (pegawai baru ditambahkan), lalu ulangi impor."),
            code="ASN-1114",
        )
    return found

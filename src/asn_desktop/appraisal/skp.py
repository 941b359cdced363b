"""Write an SKP, its realisation, feedback and the notes of an evaluation, inside a unit of work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from asn_desktop.appraisal.columns import RATING_COLUMNS
from asn_desktop.appraisal.commands import (
    EvaluationContent,
    EvaluationNotes,
    FeedbackDraft,
    IkiDraft,
    RealisationDraft,
    RhkDraft,
    SkpDraft,
)
from asn_desktop.appraisal.model import BehaviourExpectation, Evaluation, Feedback, Iki, Realisation, Rhk, Skp
from asn_desktop.appraisal.sheets import freeze_final
from asn_desktop.core.errors import InputError
from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Issue
from asn_desktop.storage.base import Record
from asn_desktop.storage.unit_of_work import UnitOfWork


def save_content(uow: UnitOfWork, evaluation_id: int, content: EvaluationContent) -> None:
    """Write SKP, realisations and feedback of an evaluation together. Raises as the functions below."""
    _id, iki_ids = save_skp(uow, content.skp)
    together = list(zip(iki_ids, content.reached, strict=True))
    save_realisations(uow, evaluation_id, [RealisationDraft(i, each.text, each.evidence) for i, each in together])
    feedback = [replace(remark, iki_id=i) for i, each in together for remark in each.feedback]
    save_feedback(uow, evaluation_id, [*feedback, *content.behaviour_feedback])


def save_skp(uow: UnitOfWork, draft: SkpDraft) -> tuple[int, list[int]]:
    """Write the SKP as the editor holds it; RHK and IKI no longer in it are removed.

    Returns its id and the ids of the indicators in the order of ``draft``.

    Raises :class:`InputError` for empty texts, dates the wrong way round, or an indicator that already has a
    realisation or feedback and would be lost.
    """
    _check(draft)
    freeze_final(uow, draft.employee_id)
    values = {
        "employee_id": draft.employee_id, "starts": draft.starts, "ends": draft.ends, "kind": draft.kind,
        "approach": draft.approach, "place": draft.place.strip() or None, "set_on": draft.set_on,
    }  # fmt: skip
    skp_id = _put(uow, Skp, draft.id, values)
    kept_rhks: list[int] = []
    kept_ikis: list[int] = []
    # UTAMA come first on every form; the numbering runs on through TAMBAHAN.
    order = sorted(range(len(draft.rhks)), key=lambda place: draft.rhks[place].kind != "UTAMA")
    for place, rhk in enumerate(draft.rhks):
        rhk_id = _put(uow, Rhk, rhk.id, _rhk_values(skp_id, order.index(place) + 1, rhk))
        kept_rhks.append(rhk_id)
        for number, iki in enumerate(rhk.ikis, start=1):
            kept_ikis.append(_put(uow, Iki, iki.id, _iki_values(rhk_id, number, iki)))
    _remove_rest(uow, skp_id, kept_rhks, kept_ikis)
    _save_expectations(uow, skp_id, dict(draft.expectations))
    return skp_id, kept_ikis


def save_realisations(uow: UnitOfWork, evaluation_id: int, drafts: Iterable[RealisationDraft]) -> None:
    """Write what each named indicator reached; an empty text with empty evidence removes the entry."""
    query = select(Realisation.iki_id, Realisation.id).where(Realisation.evaluation_id == evaluation_id)
    stored = dict(uow.connection.execute(query).all())
    for draft in drafts:
        text, evidence = draft.text.strip(), draft.evidence.strip()
        known = stored.get(draft.iki_id)
        if text or evidence:
            values = {"evaluation_id": evaluation_id, "iki_id": draft.iki_id, "text": text}
            _put(uow, Realisation, known, values | {"evidence": evidence or None})
        elif known is not None:
            uow.delete(Realisation, known)


def save_feedback(uow: UnitOfWork, evaluation_id: int, drafts: Sequence[FeedbackDraft]) -> None:
    """Make the feedback of an evaluation exactly ``drafts``: named ids are changed, others removed, the rest added."""
    for draft in drafts:
        if (draft.iki_id is None) == (draft.value is None):
            raise ValueError("feedback belongs to an indicator or to a value, not both")
        if not draft.text.strip() and not draft.symbol:
            raise InputError(
                _("Umpan balik tanpa isi tidak dapat disimpan."), _("Tulis umpan baliknya, atau hapus barisnya.")
            )
        if not draft.giver.strip():
            raise InputError(_("Pemberi umpan balik belum dipilih."), _("Pilih siapa yang memberi umpan balik."))
    stored = list(uow.connection.scalars(select(Feedback.id).where(Feedback.evaluation_id == evaluation_id)))
    kept = {draft.id for draft in drafts}
    uow.delete_many(Feedback, [number for number in stored if number not in kept])
    for draft in drafts:
        values = {
            "evaluation_id": evaluation_id, "iki_id": draft.iki_id, "value": draft.value,
            "giver": draft.giver.strip(), "giver_name": draft.giver_name.strip() or None,
            "text": draft.text.strip() or None, "symbol": draft.symbol or None,
        }  # fmt: skip
        _put(uow, Feedback, draft.id, values)


def save_notes(uow: UnitOfWork, evaluation_id: int, notes: EvaluationNotes) -> None:
    if notes.signed_on and notes.received_on and notes.received_on < notes.signed_on:
        raise InputError(
            _("Tanggal diterima pegawai lebih awal daripada tanda tangan penilai."),
            _("Periksa kedua tanggal itu."),
            issues=[Issue("received_before_signed", _("Lebih awal daripada tanda tangan."), field="received_on")],
        )
    limit = RATING_COLUMNS["notes"].max_length
    if len(notes.notes.strip()) > limit:
        text = _("Catatan terlalu panjang: {n} huruf, paling banyak {limit}.")
        message = text.format(n=len(notes.notes.strip()), limit=limit)
        raise InputError(message, _("Ringkas catatannya."), issues=[Issue("text_too_long", message, field="notes")])
    values = {"notes": notes.notes.strip() or None, "signed_on": notes.signed_on, "received_on": notes.received_on}
    uow.update(Evaluation, evaluation_id, values)


def _check(draft: SkpDraft) -> None:
    issues = []
    if draft.ends < draft.starts:
        issues.append(Issue("skp_dates", _("Tanggal selesai SKP lebih awal daripada tanggal mulai."), field="ends"))
    for number, rhk in enumerate(draft.rhks, start=1):
        if not rhk.text.strip():
            issues.append(Issue("rhk_empty", _("RHK {n} belum ada isinya.").format(n=number), field=f"rhk.{number}"))
        if any(not iki.text.strip() for iki in rhk.ikis):
            text = _("Ada indikator tanpa isi pada RHK {n}.").format(n=number)
            issues.append(Issue("iki_empty", text, field=f"rhk.{number}"))
    if issues:
        raise InputError(issues[0].message, _("Lengkapi atau hapus baris yang kosong."), issues=issues)


def _rhk_values(skp_id: int, position: int, rhk: RhkDraft) -> dict[str, Any]:
    return {
        "skp_id": skp_id, "position": position, "kind": rhk.kind, "text": rhk.text.strip(),
        "superior_rhk": rhk.superior_rhk.strip() or None, "assigned_by": rhk.assigned_by.strip() or None,
        "takeover_note": rhk.takeover_note.strip() or None,
    }  # fmt: skip


def _iki_values(rhk_id: int, position: int, iki: IkiDraft) -> dict[str, Any]:
    return {
        "rhk_id": rhk_id, "position": position, "text": iki.text.strip(), "aspect": iki.aspect.strip() or None,
        "target": iki.target.strip() or None, "perspective": iki.perspective.strip() or None,
    }  # fmt: skip


def _put(uow: UnitOfWork, model: type[Record], record_id: int | None, values: dict[str, Any]) -> int:
    if record_id is None:
        return uow.insert(model, values)
    uow.update(model, record_id, values)
    return record_id


def _remove_rest(uow: UnitOfWork, skp_id: int, kept_rhks: list[int], kept_ikis: list[int]) -> None:
    connection = uow.connection
    ikis = connection.scalars(
        select(Iki.id).join(Rhk, Rhk.id == Iki.rhk_id).where(Rhk.skp_id == skp_id, Iki.id.not_in(kept_ikis))
    )
    gone = list(ikis)
    used = set(connection.scalars(select(Realisation.iki_id).where(Realisation.iki_id.in_(gone))))
    used |= set(connection.scalars(select(Feedback.iki_id).where(Feedback.iki_id.in_(gone))))
    if used:
        raise InputError(
            _("Indikator yang sudah memiliki realisasi atau umpan balik tidak dapat dihapus."),
            _("Hapus dahulu realisasi dan umpan baliknya, atau pertahankan indikatornya."),
            code="ASN-1115",
        )
    uow.delete_many(Iki, gone)
    rhks = connection.scalars(select(Rhk.id).where(Rhk.skp_id == skp_id, Rhk.id.not_in(kept_rhks)))
    uow.delete_many(Rhk, list(rhks))


def _save_expectations(uow: UnitOfWork, skp_id: int, wanted: dict[str, str]) -> None:
    table = BehaviourExpectation
    stored = dict(uow.connection.execute(select(table.value, table.id).where(table.skp_id == skp_id)).all())
    for value, text in wanted.items():
        known = stored.pop(value, None)
        if text.strip():
            _put(uow, table, known, {"skp_id": skp_id, "value": value, "text": text.strip()})
        elif known is not None:
            uow.delete(table, known)
    uow.delete_many(table, list(stored.values()))

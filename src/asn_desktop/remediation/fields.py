"""Plans of remediation and their steps. Notes of counselling (``plan_note``) never leave the office."""

from __future__ import annotations

from asn_desktop.core.catalogue import Entity, dates, integers, listed, one_of, ref, texts
from asn_desktop.core.i18n import N_
from asn_desktop.remediation.rules import KINDS, OUTCOMES, PLAN_STATES, ROOT_CAUSES

PLAN = Entity(
    "remediation_plan",
    "rencana_pembinaan",
    N_("Rencana pembinaan"),
    (
        ref("employee_id", "PEGAWAI", "employee"),
        ref("evaluation_id", "EVALUASI", "evaluation"),
        *texts("trigger=PEMICU"),
        listed("kind", "JENIS", KINDS),
        listed("root_cause", "AKAR MASALAH", ROOT_CAUSES),
        *texts("goal=TUJUAN"),
        ref("mentor_id", "PEMBINA", "employee"),
        ref("event_id", "KEGIATAN", "training_event"),
        *dates("starts=MULAI", "due=BATAS"),
        one_of("state", "STATUS", PLAN_STATES),
        one_of("outcome", "HASIL", OUTCOMES),
        *dates("closed_on=DITUTUP"),
        *texts("outcome_note=CATATAN HASIL", "decision_reason=ALASAN KEPUTUSAN"),
    ),
    parent="employee_id",
    rules=("* → district/queue",),
)

STEP = Entity(
    "plan_step",
    "langkah_pembinaan",
    N_("Langkah pembinaan"),
    (
        ref("plan_id", "RENCANA", "remediation_plan"),
        *integers("position=URUTAN"),
        *texts("action=LANGKAH", "success_sign=TANDA BERHASIL"),
        *dates("due=BATAS", "done_on=SELESAI"),
        *texts("evidence=BUKTI", "result=HASIL"),
        ref("event_id", "KEGIATAN", "training_event"),
    ),
    parent="plan_id",
    second="action",
    rules=("* → district/queue",),
)

"""Periods, results of organisations, evaluations, and the SKP with what hangs on it."""

from __future__ import annotations

from asn_desktop.appraisal.predicate import ORGANISATION_RESULTS, PREDICATES, RATINGS, STATES
from asn_desktop.core.catalogue import Entity, Field, FieldKind, dates, integers, long, one_of, ref, texts
from asn_desktop.core.errors import InputError
from asn_desktop.core.i18n import N_, _
from asn_desktop.core.periods import parse_period

_DISTRICT = ("* → district/queue",)
_SKP_KINDS = {"JPT": "JPT", "JAJF": "JAJF"}
_APPROACHES = {"KUANTITATIF": "Kuantitatif", "KUALITATIF": "Kualitatif"}
_RHK_KINDS = {"UTAMA": N_("Utama"), "TAMBAHAN": N_("Tambahan")}


def _period_label(code: str) -> str:
    try:
        return parse_period(code).label
    except InputError:
        return code


def _signed(_content: str) -> str:
    return _("(dokumen evaluasi yang sudah ditandatangani)")


PERIOD = Entity(
    "appraisal_period",
    "siklus",
    N_("Periode penilaian"),
    (
        Field("code", "PERIODE", shown=_period_label),
        *integers("year=TAHUN", "quarter=TRIWULAN"),
        *dates("window_opens=BUKA", "window_closes=TUTUP"),
    ),
    name="code",
    rules=("+ → province/merge", "* → province/queue"),  # a district opens its quarter without asking
)

ORGANISATION_RESULT = Entity(
    "organisation_result",
    "capaian_organisasi",
    N_("Capaian organisasi"),
    (
        ref("unit_id", "UNIT KERJA", "unit"),
        ref("period_id", "PERIODE", "appraisal_period"),
        one_of("result", "CAPAIAN", ORGANISATION_RESULTS),
        *texts("source=SUMBER"),
        *dates("set_on=DITETAPKAN"),
    ),
    parent="unit_id",
    second="period_id",
    rules=_DISTRICT,
)

EVALUATION = Entity(
    "evaluation",
    "penilaian",
    N_("Evaluasi kinerja"),
    (
        ref("employee_id", "PEGAWAI", "employee"),
        ref("period_id", "PERIODE", "appraisal_period"),
        ref("unit_id", "UNIT KERJA", "unit"),
        *texts("position=JABATAN", "rank=GOLONGAN"),
        ref("assessor_id", "PEJABAT PENILAI", "employee"),
        *texts("assessor_name=NAMA PENILAI", "assessor_position=JABATAN PENILAI"),
        ref("organisation_unit_id", "UNIT CAPAIAN ORGANISASI", "unit"),
        one_of("result_rating", "RATING HASIL KERJA", RATINGS),
        one_of("behaviour_rating", "RATING PERILAKU KERJA", RATINGS),
        Field("predicate", "PREDIKAT", derived=True, choices=PREDICATES, closed=True),
        one_of("state", "STATUS", STATES),
        *texts("notes=CATATAN"),
        *dates("signed_on=TANGGAL TANDA TANGAN", "received_on=TANGGAL DITERIMA"),
        *integers("revision=REVISI KE"),
        *texts("revision_reason=ALASAN REVISI"),
        Field("declared_predicate", "PREDIKAT TERTULIS", choices=PREDICATES),
    ),
    parent="employee_id",
    second="period_id",
    rules=_DISTRICT,
    judgement=("result_rating", "behaviour_rating", "state"),
)

SKP = Entity(
    "skp",
    "skp",
    N_("SKP"),
    (
        ref("employee_id", "PEGAWAI", "employee"),
        *dates("starts=MULAI", "ends=SELESAI"),
        one_of("kind", "JENIS", _SKP_KINDS),
        one_of("approach", "PENDEKATAN", _APPROACHES),
        *texts("place=TEMPAT"),
        *dates("set_on=DITETAPKAN"),
    ),
    parent="employee_id",
    rules=_DISTRICT,
)

RHK = Entity(
    "rhk",
    "rhk",
    N_("Rencana hasil kerja"),
    (
        ref("skp_id", "SKP", "skp"),
        *integers("position=URUTAN"),
        one_of("kind", "JENIS", _RHK_KINDS),
        long("text", "RENCANA HASIL KERJA"),
        *texts("superior_rhk=RHK PIMPINAN", "assigned_by=PENUGASAN DARI", "takeover_note=CATATAN ALIH TUGAS"),
    ),
    parent="skp_id",
    second="text",
    rules=_DISTRICT,
)

IKI = Entity(
    "iki",
    "penilaian_butir",
    N_("Indikator kinerja individu"),
    (
        ref("rhk_id", "RHK", "rhk"),
        *integers("position=URUTAN"),
        *texts("aspect=ASPEK"),
        long("text", "INDIKATOR"),
        *texts("target=TARGET", "perspective=PERSPEKTIF"),
    ),
    parent="rhk_id",
    second="text",
    rules=_DISTRICT,
)

BEHAVIOUR = Entity(
    "behaviour_expectation",
    "ekspektasi_perilaku",
    N_("Ekspektasi perilaku"),
    (ref("skp_id", "SKP", "skp"), *texts("value=NILAI DASAR"), long("text", "EKSPEKTASI")),
    parent="skp_id",
    second="value",
    rules=_DISTRICT,
)

REALISATION = Entity(
    "realisation",
    "realisasi",
    N_("Realisasi"),
    (
        ref("evaluation_id", "EVALUASI", "evaluation"),
        ref("iki_id", "INDIKATOR", "iki"),
        long("text", "REALISASI"),
        *texts("evidence=BUKTI DUKUNG"),
    ),
    parent="evaluation_id",
    second="evaluation_id",
    rules=_DISTRICT,
)

FEEDBACK = Entity(
    "feedback",
    "umpan_balik",
    N_("Umpan balik"),
    (
        ref("evaluation_id", "EVALUASI", "evaluation"),
        ref("iki_id", "INDIKATOR", "iki"),
        *texts("value=NILAI DASAR", "giver=PEMBERI", "giver_name=NAMA PEMBERI"),
        long("text", "UMPAN BALIK"),
        *texts("symbol=SIMBOL"),
    ),
    parent="evaluation_id",
    second="evaluation_id",
    rules=_DISTRICT,
)

FROZEN = Entity(
    "frozen_sheet",
    "evaluasi_ditandatangani",
    N_("Evaluasi yang sudah ditandatangani"),
    (
        ref("evaluation_id", "EVALUASI", "evaluation"),
        Field("content", "ISI", FieldKind.LONG, label=N_("Isi dokumen"), shown=_signed),
    ),
    parent="evaluation_id",
    second="evaluation_id",
    rules=_DISTRICT,
)

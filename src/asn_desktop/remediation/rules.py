"""When a plan is proposed, in which words, and with which first steps. Pure.

A low predicate starts help, not punishment: the programme recommends, the officials decide, and discipline is
never generated (PermenPANRB 6/2022 Pasal 20–21, Lampiran III.D).
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from asn_desktop.appraisal.predicate import Predicate, Rating
from asn_desktop.core.i18n import N_, _
from asn_desktop.core.issues import Issue, Severity


class PlanState(StrEnum):
    PROPOSED = "proposed"
    ACTIVE = "active"
    CLOSED = "closed"
    DECLINED = "declined"


PLAN_STATES: dict[str, str] = {
    PlanState.PROPOSED: N_("Usulan"),
    PlanState.ACTIVE: N_("Berjalan"),
    PlanState.CLOSED: N_("Selesai"),
    PlanState.DECLINED: N_("Tidak dilanjutkan"),
}
# The first four are forms of bimbingan kinerja (L III.D.4).
KINDS: dict[str, str] = {
    "coaching": N_("Coaching"),
    "mentoring": N_("Mentoring"),
    "pelatihan_formal": N_("Pelatihan formal"),
    "pelatihan_informal": N_("Pelatihan informal"),
    "konseling": N_("Konseling kinerja"),
    "penyesuaian_ekspektasi": N_("Penyesuaian ekspektasi"),
    "penyesuaian_sumber_daya": N_("Penyesuaian sumber daya"),
}
TRAINING_FORMS: dict[str, str] = {
    "coaching": "NKL01",
    "mentoring": "NKL02",
    "pelatihan_formal": "KL03",
    "pelatihan_informal": "NKL11",
}
"""Kind of plan → the form of training that carries it out; the other kinds are no training."""
ROOT_CAUSES: dict[str, str] = {
    "kompetensi": N_("Kompetensi"),
    "sumber_daya": N_("Sumber daya"),
    "perilaku": N_("Perilaku"),
    "kesehatan": N_("Kesehatan"),
    "penempatan": N_("Penempatan"),
}
OUTCOMES: dict[str, str] = {
    "berhasil": N_("Berhasil"),
    "sebagian": N_("Berhasil sebagian"),
    "tidak_berhasil": N_("Belum berhasil"),
}
LOW_PREDICATES = (Predicate.BUTUH_PERBAIKAN, Predicate.KURANG, Predicate.SANGAT_KURANG)
GOOD_PREDICATES = (Predicate.BAIK, Predicate.SANGAT_BAIK)
BELOW = Rating.DI_BAWAH


def is_low(predicate: str | None, result_rating: str | None, behaviour_rating: str | None) -> bool:
    """Whether an evaluation proposes a plan: a low predicate, or one of the two ratings below expectation."""
    return predicate in LOW_PREDICATES or BELOW in (result_rating, behaviour_rating)


def proposed_kind(result_rating: str | None, behaviour_rating: str | None) -> str:
    """Results below expectation ask for bimbingan, behaviour below for konseling (L III.D.4–5).

    When both are below, konseling comes first: behaviour stands in the way of the rest.
    """
    return "konseling" if behaviour_rating == BELOW else "coaching"


def proposed_cause(result_rating: str | None, behaviour_rating: str | None) -> str | None:
    """A first guess for the dialogue; the person who confirms decides."""
    if behaviour_rating == BELOW:
        return "perilaku"
    return "kompetensi" if result_rating == BELOW else None


def trigger_sentence(
    period: str, predicate: str | None, result_rating: str | None, behaviour_rating: str | None
) -> str:
    """``Triwulan III 2026, Butuh Perbaikan: hasil kerja di bawah, perilaku kerja sesuai ekspektasi.``"""
    parts = [
        _("{what} {rating}").format(what=what, rating=Rating(rating).label.lower() if rating else _("belum dinilai"))
        for what, rating in ((_("hasil kerja"), result_rating), (_("perilaku kerja"), behaviour_rating))
    ]
    name = Predicate(predicate).label if predicate else _("belum ada predikat")
    return _("{period}, {predicate}: {ratings}.").format(period=period, predicate=name, ratings=", ".join(parts))


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later; the last day of a shorter month."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class SuggestedStep:
    action: str
    success_sign: str
    due: date


_FIRST = (N_("Dialog kinerja: sepakati tujuan dan ukuran keberhasilan bersama pegawai"), N_("Tujuan disepakati berdua"))
_LAST = (N_("Tinjauan akhir: bandingkan kemajuan dengan tujuan"), N_("Kemajuan tercatat dengan bukti"))
_MIDDLE: dict[str, tuple[tuple[str, str], ...]] = {
    "coaching": (
        (N_("Pertemuan coaching pertama; isi rekaman B.1.6"), N_("Rekaman B.1.6 ditandatangani berdua")),
        (N_("Pertemuan coaching lanjutan tiap bulan"), N_("Hambatan utama sudah teratasi")),
    ),
    "mentoring": (
        (N_("Rencana aksi mentoring bersama pembimbing"), N_("Rencana aksi disetujui")),
        (N_("Pendampingan kerja; isi jurnal B.1.7"), N_("Jurnal B.1.7 terisi tiap bulan")),
    ),
    "pelatihan_formal": (
        (N_("Ikuti pelatihan yang dipilih dari kalender"), N_("Sertifikat atau surat keterangan")),
        (N_("Terapkan hasil pelatihan pada tugas"), N_("Satu hasil kerja yang membaik")),
    ),
    "pelatihan_informal": (
        (N_("Belajar mandiri atau komunitas belajar dengan bahan yang disepakati"), N_("Ringkasan belajar")),
        (N_("Terapkan pada tugas dengan pendampingan"), N_("Satu hasil kerja yang membaik")),
    ),
    "konseling": (
        (N_("Tunjuk konselor independen, tetapkan waktu dan tempat tersendiri"), N_("Jadwal disepakati pegawai")),
        (N_("Sesi konseling; isinya rahasia dan tidak dicatat di sini"), N_("Sesi terlaksana")),
    ),
    "penyesuaian_ekspektasi": (
        (N_("Bahas penyebab dan ekspektasi yang perlu disesuaikan"), N_("Alasan penyesuaian tertulis")),
        (N_("Ubah SKP sesuai hasil dialog kinerja"), N_("SKP baru ditetapkan")),
    ),
    "penyesuaian_sumber_daya": (
        (N_("Daftar sumber daya yang kurang: alat, anggaran, rekan kerja"), N_("Daftar disetujui pimpinan")),
        (N_("Penuhi atau alihkan sumber daya"), N_("Sumber daya tersedia")),
    ),
}


def suggested_steps(kind: str, starts: date, due: date) -> list[SuggestedStep]:
    """Four steps spread over the plan's time, to be edited by the person who confirms."""
    texts = (_FIRST, *_MIDDLE[kind], _LAST)
    length = (due - starts).days
    offsets = (min(14, length), length // 3, 2 * length // 3, length)
    return [
        SuggestedStep(_(action), _(sign), starts + timedelta(days=offset))
        for (action, sign), offset in zip(texts, offsets, strict=True)
    ]


def check_plan(
    kind: str,
    starts: date,
    due: date,
    employee_id: int,
    mentor_id: int | None,
    step_dues: list[tuple[str, date | None]],
) -> list[Issue]:
    """Errors of a plan that is being confirmed or changed; ``step_dues`` are pairs (action, due)."""
    issues: list[Issue] = []
    if kind not in KINDS:
        issues.append(Issue("plan_kind_unknown", _("Jenis pembinaan belum dipilih."), field="kind"))
    if due <= starts:
        issues.append(Issue("plan_dates", _("Batas waktu harus sesudah tanggal mulai."), field="due"))
    if mentor_id is not None and mentor_id == employee_id:
        issues.append(Issue("plan_own_mentor", _("Pegawai tidak dapat membina dirinya sendiri."), field="mentor"))
    for action, day in step_dues:
        if not action.strip():
            issues.append(Issue("step_empty", _("Ada langkah yang belum diisi tindakannya."), field="steps"))
        if day is not None and not starts <= day <= due:
            issues.append(
                Issue(
                    "step_outside",
                    _("Tanggal langkah “{action}” di luar masa pembinaan.").format(action=action.strip()[:60]),
                    Severity.WARNING,
                    field="steps",
                )
            )
    return issues

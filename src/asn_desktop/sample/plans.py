"""Remediation plans in every state: proposed, running, late, closed with an outcome, declined."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

from asn_desktop.core.i18n import _
from asn_desktop.core.periods import Period
from asn_desktop.remediation.commands import ClosePlan, ConfirmPlan, DeclinePlan, FinishStep
from asn_desktop.remediation.queries import PlanRow
from asn_desktop.sample.moving_clock import MovingClock
from asn_desktop.sample.quarters import Folk
from asn_desktop.sample.training_year import Planned, upcoming
from asn_desktop.services import Services

_GOALS = {
    "coaching": "Target triwulan berikutnya tercapai tanpa pendampingan harian.",
    "mentoring": "Mampu menyelesaikan tugas pokok secara mandiri.",
    "konseling": "Hadir tepat waktu dan berkomunikasi baik dengan rekan serta masyarakat.",
    "pelatihan_formal": "Menerapkan keterampilan baru pada tugas sehari-hari.",
}
_EVIDENCE = (
    "Notulen dialog kinerja",
    "Formulir B.1.6",
    "Jurnal mentoring",
    "Daftar hadir dan foto",
    "Laporan mingguan",
)
_RESULTS = (
    "Pegawai terbuka dan menyepakati tujuan.",
    "Kemajuan terlihat pada laporan dua minggu terakhir.",
    "Hambatan utama: pembagian tugas; sudah disesuaikan.",
)
_NOTES = (
    "Pertemuan dengan atasan langsung; jadwal mingguan disepakati.",
    "Pegawai meminta contoh dokumen; pembina membagikan berkas tahun lalu.",
    "Capaian bulan ini naik, tinggal ketepatan waktu laporan.",
)
_DECLINED = ("Sedang cuti sakit panjang; ditinjau kembali setelah aktif.", "Mutasi ke instansi lain mulai bulan depan.")
_OUTCOMES = (
    ("berhasil", "Kedua rating triwulan berikutnya sesuai ekspektasi."),
    ("berhasil", "Target tercapai; pendampingan dihentikan."),
    ("sebagian", "Hasil kerja membaik, ketepatan waktu masih perlu perhatian."),
    ("tidak_berhasil", "Belum ada perubahan berarti; dibahas dengan pejabat penilai."),
)


def follow_up(
    services: Services,
    clock: MovingClock,
    periods: Sequence[Period],
    folk: Folk,
    chance: random.Random,
    events: Sequence[Planned],
    *,
    current: bool,
) -> None:
    """What happens to plans after the last of ``periods`` was rated: new decisions, progress, closings."""
    period = periods[-1]
    services.remediation.propose()
    clock.go_to(period.ends + timedelta(days=14))
    for row in _plans(services, period, "proposed"):
        if current and chance.random() < 0.65:
            continue  # still waiting for somebody's decision
        _decide(services, row, clock.today, chance, events if current else ())
    clock.go_to(period.ends + timedelta(days=20))
    for earlier in periods[:-1]:
        for row in _plans(services, earlier, "active"):
            _work_on(services, row, clock.today, chance)
            if earlier != periods[-2] and chance.random() < 0.8:
                _close(services, row, folk, chance)


def catch_up(services: Services, periods: Sequence[Period], today: date, chance: random.Random) -> None:
    """Most running plans are up to date on the day the sample is opened; a few are not."""
    for period in periods:
        for row in _plans(services, period, "active"):
            if chance.random() < 0.65:
                _work_on(services, row, today, chance, leave_out=0)


def _plans(services: Services, period: Period, state: str) -> list[PlanRow]:
    rows = services.remediation.plans(services.remediation.spec(period=period.code))
    return [row for row in rows if row.state == state]


def _decide(services: Services, row: PlanRow, today: date, chance: random.Random, events: Sequence[Planned]) -> None:
    if chance.random() < 0.15:
        services.remediation.decline(DeclinePlan(row.id, chance.choice(_DECLINED)))
        return
    kind = (
        row.kind
        if row.kind == "konseling"
        else chance.choice(("coaching", "mentoring", "coaching", "pelatihan_formal"))
    )
    mentor = None
    if kind in ("coaching", "mentoring"):
        mentor = next((choice.employee_id for choice in services.remediation.mentor_suggestions(row.employee_id)), None)
    open_events = [event for event in upcoming(events, today) if event.source.for_everybody]
    event = chance.choice(open_events).id if kind == "pelatihan_formal" and open_events else None
    cause = (
        "perilaku" if kind == "konseling" else chance.choice(("kompetensi", "kompetensi", "sumber_daya", "kesehatan"))
    )
    services.remediation.confirm(
        ConfirmPlan(row.id, kind, today, root_cause=cause, goal=_(_GOALS[kind]), mentor_id=mentor, event_id=event)
    )
    if chance.random() < 0.4:
        services.remediation.add_note(row.id, chance.choice(_NOTES))


def _work_on(services: Services, row: PlanRow, today: date, chance: random.Random, leave_out: float = 0.25) -> None:
    """Tick off steps whose day has come; a share is left out and makes the plan late."""
    if row.next_due is None or row.next_due > today:
        return
    detail = services.remediation.plan_detail(row.id)
    assert detail is not None
    for step in detail.steps:
        if step.done_on is None and step.due is not None and step.due <= today and chance.random() >= leave_out:
            services.remediation.finish_step(
                FinishStep(step.id, step.due, chance.choice(_EVIDENCE), chance.choice(_RESULTS))
            )


def _close(services: Services, row: PlanRow, folk: Folk, chance: random.Random) -> None:
    outcome, note = chance.choice(_OUTCOMES)
    services.remediation.close(ClosePlan(row.id, outcome, note))
    if outcome == "berhasil":
        folk.improves(row.employee_id)

"""The sentences of the tab: state under the title, the empty quarter, the question before closing. No widgets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from asn_desktop.appraisal.opening import Opening
from asn_desktop.appraisal.queries import PeriodRow, Progress
from asn_desktop.appraisal.service import Deadline
from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import MONTHS
from asn_desktop.core.periods import Period


def number(value: int) -> str:
    """``1203`` → ``1.203``."""
    return f"{value:,}".replace(",", ".")


def day(value: date, *, year: bool = False) -> str:
    """``15 Oktober``."""
    text = f"{value.day} {MONTHS[value.month - 1]}"
    return f"{text} {value.year}" if year else text


def state_sentence(progress: Progress, period: PeriodRow, deadlines: Sequence[Deadline]) -> str:
    """``176 dari 184 pegawai dinilai · tenggat 15 Oktober · sisa 6 hari kerja``."""
    done = _("{rated} dari {total} pegawai dinilai").format(rated=number(progress.rated), total=number(progress.total))
    if period.closed:
        return _("{done} · {final} terkunci · triwulan sudah ditutup").format(done=done, final=number(progress.final))
    parts = [done]
    if progress.final:
        parts.append(_("{n} terkunci").format(n=number(progress.final)))
    if deadlines:
        parts += [_("tenggat {day}").format(day=day(deadlines[0].due)), _left(deadlines[0])]
    return " · ".join(parts)


def _left(deadline: Deadline) -> str:
    if deadline.days_left < 0:
        return _("terlambat {n} hari kerja").format(n=-deadline.days_left)
    if deadline.days_left == 0:
        return _("hari terakhir")
    return _("sisa {n} hari kerja").format(n=deadline.days_left)


def deadline_tip(deadlines: Sequence[Deadline]) -> str:
    """All statutory terms of the period, one a line (PermenPANRB 6/2022 Lampiran V.A)."""
    names = {
        "JENDELA": _("Akhir jangka waktu evaluasi (pengaturan kantor)"),
        "ATASAN_TTD": _("Atasan penilai menandatangani bila penilai tidak menilai: 14 hari kerja"),
        "LAPOR_PYB": _("Laporan kepada Pejabat yang Berwenang: 30 hari kerja"),
    }
    lines = [f"{day(each.due, year=True)}: {names[each.code]}" for each in deadlines]
    for year in sorted({each.due.year for each in deadlines if not each.holidays_known}):
        lines.append(_("Belum ada data libur tahun {year}, jadi tanggal dapat bergeser.").format(year=year))
    return "\n".join(lines)


def opening_sentence(period: Period, opening: Opening) -> str:
    """What opening will do, for the empty state."""
    text = _(
        "Membuka {period} membuat lembar evaluasi bagi {n} pegawai aktif, dengan unit, jabatan, dan pejabat penilai "
        "pada {day}."
    ).format(period=period.label, n=number(opening.created), day=day(period.ends, year=True))
    notes = []
    if opening.excluded:
        reasons = ", ".join(f"{reason.lower()} {number(count)}" for reason, count in opening.excluded)
        notes.append(_("Tidak dinilai: {reasons}.").format(reasons=reasons))
    if opening.without_assessor:
        notes.append(
            _("{n} pegawai belum diketahui penilainya; tetapkan pimpinan unit, lalu perbarui penilai.").format(
                n=number(opening.without_assessor)
            )
        )
    return " ".join([text, *notes])


def opened_notice(period: Period, opening: Opening) -> str:
    if not opening.created:
        return _("Tidak ada pegawai baru; semua sudah memiliki evaluasi {period}.").format(period=period.label)
    return _("{n} evaluasi {period} dibuat.").format(n=number(opening.created), period=period.label)


def closing_question(
    period: Period, progress: Progress, waiting: int, missing_results: int, without_assessor: int
) -> str:
    """What closing does and what is still open, before the person decides."""
    lines = [_("{n} evaluasi yang lengkap akan dikunci.").format(n=number(progress.rated - progress.final))]
    unrated = progress.total - progress.rated
    if unrated:
        lines.append(_("{n} pegawai belum dinilai dan akan tetap kosong.").format(n=number(unrated)))
    if waiting:
        text = _("{n} baris impor menunggu keputusan: predikatnya tidak cocok dengan kedua rating.")
        lines.append(text.format(n=number(waiting)))
    if missing_results:
        lines.append(_("{n} OPD belum diisi capaian organisasinya.").format(n=number(missing_results)))
    if without_assessor:
        lines.append(without_assessor_sentence(without_assessor))
        lines.append(_("Tetapkan pimpinan unitnya, lalu pilih ⋯ › Perbarui unit dan penilai, sebelum menutup."))
    lines.append(_("Setelah ditutup, {period} hanya dapat dibuka lagi dengan alasan.").format(period=period.label))
    return "\n".join(lines)


def without_assessor_sentence(people: int) -> str:
    """What is missing on the forms of people whose assessor nobody knows."""
    text = _("{n} pegawai belum diketahui pejabat penilainya: kotak penilai pada formulirnya akan kosong.")
    return text.format(n=number(people))


def key_hints(*, opened: bool, closed: bool) -> list[tuple[str, str]]:
    """Keys and what they do, for the status line: only in an open period are there keys that rate."""
    if not opened:
        return []
    if closed:
        return [("Enter", _("baris berikut")), ("F2", _("buka evaluasi")), ("Ctrl+F", _("cari"))]
    return [
        ("1", _("di bawah")),
        ("2", _("sesuai")),
        ("3", _("di atas")),
        ("Enter", _("baris berikut")),
        ("Del", _("kosongkan")),
        ("Ctrl+Z", _("urungkan")),
    ]

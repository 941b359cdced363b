"""What becomes of a row, in words and tones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from asn_desktop.core.i18n import N_, _
from asn_desktop.core.indonesian import format_date
from asn_desktop.core.issues import Severity
from asn_desktop.core.periods import parse_period
from asn_desktop.exchange.plan import SKIP, Fate, PlannedRow, WorksheetReturn


@dataclass(frozen=True, slots=True)
class FateText:
    """Title of the card, sentence below, tone, and what an empty list says."""

    title: str
    note: str
    tone: str
    empty: str


FATES: dict[Fate, FateText] = {
    Fate.NEW: FateText(N_("Baru"), N_("belum ada di data"), "good", N_("Tidak ada baris baru.")),
    Fate.CHANGED: FateText(N_("Berubah"), N_("isi berbeda"), "info", N_("Tidak ada isi yang berubah.")),
    Fate.SAME: FateText(N_("Sama"), N_("tidak berubah"), "neutral", N_("Tidak ada baris yang sama.")),
    Fate.CONFLICT: FateText(
        N_("Perlu keputusan"), N_("pilih per baris"), "attention", N_("Tidak ada yang perlu diputuskan.")
    ),
    Fate.REJECTED: FateText(N_("Ditolak"), N_("perlu dibetulkan"), "bad", N_("Tidak ada baris yang ditolak.")),
    Fate.IGNORED: FateText(
        N_("Diabaikan"), N_("bukan data, dilewati"), "neutral", N_("Tidak ada baris yang diabaikan.")
    ),
}

_SEVERITIES = {
    Severity.ERROR: ("bad", N_("Perlu dibetulkan")),
    Severity.DECISION: ("attention", N_("Perlu keputusan")),
    Severity.WARNING: ("attention", N_("Perlu diperiksa")),
    Severity.NOTE: ("neutral", N_("Catatan")),
}


def severity_text(severity: Severity) -> tuple[str, str]:
    """Tone and word of a finding."""
    tone, word = _SEVERITIES[severity]
    return tone, _(word)


def row_state(row: PlannedRow) -> tuple[str, str]:
    """Tone and word of a row, also after a decision."""
    if row.choice == SKIP:
        return "neutral", _("Dilewati")
    if row.choice:
        return "accent", _("Diputuskan")
    if row.waits:
        return "attention", _("Menunggu")
    found = FATES[row.fate]
    return found.tone, _(found.title)


def worksheet_sentence(returned: WorksheetReturn) -> str:
    """Whose worksheet came back, how many of its rows hold something, whether that is known already."""
    period = parse_period(returned.mark.period).label if returned.mark.period else ""
    text = _("{name}, lembar kerja yang dibuat {day}: {filled} dari {rows} baris terisi").format(
        name=" · ".join(filter(None, (returned.name, period))),
        day=format_date(date.fromisoformat(returned.mark.made)),
        filled=returned.filled,
        rows=returned.mark.rows,
    )
    text += _(", {n} baris ditambahkan.").format(n=returned.added) if returned.added else "."
    return text + " " + _("Isi yang sama sudah pernah diterima.") if returned.noted else text

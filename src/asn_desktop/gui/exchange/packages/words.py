"""Short words, tones and dates that the pages of the exchange share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from asn_desktop.core.i18n import N_, _
from asn_desktop.core.indonesian import MONTHS, format_date, format_moment, format_number
from asn_desktop.exchange.package.content import Seal
from asn_desktop.exchange.package.overview import LedgerRow
from asn_desktop.exchange.package.reading import sheet_titles
from asn_desktop.exchange.package.reminders import PATIENCE_DAYS
from asn_desktop.exchange.plan import Fate
from asn_desktop.gui.exchange.fates import FateText

counted = format_number

FATES: Mapping[Fate, FateText] = {
    Fate.NEW: FateText(N_("Baru"), N_("belum ada di sini"), "good", N_("Tidak ada data baru.")),
    Fate.CHANGED: FateText(N_("Berubah"), N_("isi diperbarui"), "info", N_("Tidak ada isi yang berubah.")),
    Fate.SAME: FateText(N_("Sama"), N_("tidak berubah"), "neutral", N_("Tidak ada data yang sama.")),
    Fate.CONFLICT: FateText(N_("Berbeda"), N_("menunggu keputusan"), "attention", N_("Tidak ada perbedaan.")),
    Fate.REJECTED: FateText(N_("Ditolak"), N_("dikembalikan"), "bad", N_("Tidak ada yang ditolak.")),
    Fate.IGNORED: FateText(N_("Diabaikan"), N_("bukan untuk kantor ini"), "neutral", N_("Tidak ada yang diabaikan.")),
}
_KINDS = {"full": N_("Paket lengkap"), "delta": N_("Paket perubahan"), "receipt": N_("Tanda terima")}


@dataclass(frozen=True, slots=True)
class State:
    """A word for a chip, its tone, and the sentence behind it."""

    word: str
    tone: str
    sentence: str


def day_of(at: str) -> date:
    return datetime.fromisoformat(at).date()


def day_text(day: date, today: date) -> str:
    """``12 Oktober``, with the year when it is another one."""
    return format_date(day) if day.year != today.year else f"{day.day} {MONTHS[day.month - 1]}"


def moment_text(at: str) -> str:
    """``12 Oktober 2026 10.42``; empty for no time."""
    if not at:
        return ""
    return format_moment(datetime.fromisoformat(at))


def kind_text(kind: str) -> str:
    return _(_KINDS[kind])


def rows_text(counts: Mapping[str, int]) -> str:
    """Sheet counts in words, the largest first: ``1.203 pegawai, 1.180 evaluasi kinerja``."""
    titles = sheet_titles()
    order = sorted(((n, sheet) for sheet, n in counts.items() if n and sheet in titles), reverse=True)
    parts = [f"{counted(n)} {_lower(_(titles[sheet]))}" for n, sheet in order]
    if not parts:
        return _("tanpa data, hanya tanda terima dan perbedaan")
    shown = parts[:3]
    return ", ".join(shown) + (_(" dan {n} jenis lain").format(n=len(parts) - 3) if len(parts) > 3 else "")


def fates_text(counts: Mapping[str, int], words: Mapping[Fate, FateText] = FATES) -> str:
    """``12 baru, 3 berubah, 1 konflik``: what became of the rows of a package (or, with other words, of a list)."""
    parts = [f"{counted(counts[fate.value])} {_(words[fate].title).lower()}" for fate in Fate if counts.get(fate.value)]
    return ", ".join(parts) if parts else _("tanpa data")


def ledger_state(row: LedgerRow, today: date, covered: bool) -> State:
    """What is known about a package. ``covered``: a later one of ours was confirmed."""
    if row.cut_off:
        text = _(
            "Program terputus ketika menyimpan berkas ini. Bila berkasnya ada, isinya utuh dan boleh diserahkan. Bila "
            "tidak ada, kirim paket baru: paket itu mencakup isinya."
        )
        return State(_("Terputus"), "attention", text)
    if row.kind == "receipt":
        if row.direction == "in":
            return State(_("Dicatat"), "good", _("Tanda terima ini sudah dicatat."))
        return State(_("Dibuat"), "neutral", _("Tanda terima ini dikirim ke kantor itu sebagai berkas."))
    if row.direction == "in":
        return _received_state(row.counts, _("Diterapkan"))
    if row.answered_at:
        return _received_state(row.answer, _("Sudah diterima"))
    if covered:
        return State(_("Tercakup"), "neutral", _("Paket sesudahnya sudah diterima, dan isinya mencakup paket ini."))
    days = (today - day_of(row.at)).days
    if days >= PATIENCE_DAYS:
        text = _("Belum ada tanda terima selama {n} hari. Tanyakan ke kantor tujuan, atau kirim paket baru.")
        return State(_("Belum ada tanda terima"), "bad", text.format(n=days))
    return State(_("Terkirim"), "info", _("Belum ada tanda terima. Paket berikutnya tetap membawa isi paket ini."))


def _received_state(counts: Mapping[str, int], word: str) -> State:
    rejected, conflicts = counts.get("rejected", 0), counts.get("conflict", 0)
    if rejected:
        text = _("{n} baris tidak dapat diterima; alasannya ada di bawah.").format(n=counted(rejected))
        return State(_("{n} ditolak").format(n=counted(rejected)), "bad", text)
    if conflicts:
        text = _("{n} perbedaan tercatat di “Putuskan perbedaan”.").format(n=counted(conflicts))
        return State(_("{n} perbedaan").format(n=counted(conflicts)), "attention", text)
    return State(word, "good", _("Seluruh isinya diterima."))


def seal_state(seal: Seal, signed: bool, first: bool) -> State:
    """What the seal of a package means."""
    if seal is Seal.SIGNED:
        return State(
            _("Bertanda tangan"), "good",
            _("Isi persis seperti disegel pengirim, dan tanda tangannya cocok dengan kunci kantor itu."),
        )  # fmt: skip
    if seal is Seal.BROKEN:
        return State(_("Isi tidak asli"), "bad", _("Isi berkas tidak sama dengan yang disegel pengirim."))
    if seal is Seal.FORGED:
        return State(_("Tanda tangan lain"), "critical", _("Tanda tangan bukan milik kantor yang disebut."))
    text = _("Isi persis seperti disegel pengirim.")
    if signed and first:
        text += " " + _("Kunci kantor ini belum dikenal.")
    return State(_("Segel utuh"), "good", text)


def _lower(title: str) -> str:
    return title if title.isupper() else title[:1].lower() + title[1:]

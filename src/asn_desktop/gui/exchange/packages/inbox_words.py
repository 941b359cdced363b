"""What the inbox says about a file."""

from __future__ import annotations

from collections.abc import Sequence

from asn_desktop.core.i18n import N_, _
from asn_desktop.core.periods import parse_period
from asn_desktop.exchange.inbox import InboxFile
from asn_desktop.exchange.package.recognise import FileKind
from asn_desktop.exchange.subjects import IMPORTS, WORKSHEETS
from asn_desktop.gui.exchange import fates
from asn_desktop.gui.exchange.packages.words import counted, fates_text

_STATES = {
    "ready": ("info", N_("Siap")),
    "applied": ("good", N_("Diterapkan")),
    "known": ("neutral", N_("Sudah pernah")),
    "refused": ("bad", N_("Ditolak")),
    "other": ("neutral", N_("Daftar")),
}
_PARTLY = {"ready": N_("Siap sebagian"), "applied": N_("Sebagian"), "known": N_("Belum selesai")}
"""The same for a worksheet with rows that stay behind."""


def state_of(file: InboxFile) -> tuple[str, str]:
    """Tone and word."""
    if file.waiting and file.state in _PARTLY:
        return "attention", _(_PARTLY[file.state])
    tone, word = _STATES[file.state]
    return tone, _(word)


def title_of(file: InboxFile) -> str:
    return file.name or file.path.name


def about(file: InboxFile) -> str:
    """The line below the title: what kind of file it is, and its name."""
    if file.kind is FileKind.WORKSHEET and file.name:
        period = parse_period(file.period).label if file.period else ""
        return f"{_(WORKSHEETS[file.content].choice).format(period=period)} · {file.path.name}"
    if file.name:
        return _("paket {seq} · {file}").format(seq=counted(file.seq), file=file.path.name)
    if file.state == "other":
        return _(IMPORTS[file.content].name)
    return ""


def content_of(file: InboxFile) -> str:
    """Why it cannot be taken, or what becomes of its rows."""
    if file.message:
        return file.message
    counts = file.counts or {}
    if file.state == "other":
        rows = _("{n} baris").format(n=counted(counts["rows_read"])) if counts else _("triwulannya belum disebut")
        return rows + ", " + _("dibuka satu per satu")
    if file.kind is FileKind.WORKSHEET:
        return fates_text(counts, fates.FATES)
    if file.state == "known":
        return _("Isinya sama dengan yang sudah diterima.")
    return fates_text(counts) if counts.get("rows_read") else _("tanda terima")


def explained(file: InboxFile) -> str:
    """The whole sentence about a file; a cell is too narrow for it."""
    parts = [file.message, file.hint]
    if file.state == "other":
        parts.append(_("Kolom daftar dari luar perlu dilihat dahulu: tekan Buka."))
    elif file.waiting and file.state == "ready":
        text = _("{n} baris belum disimpan: menunggu keputusan atau perlu dibetulkan.")
        parts.insert(0, text.format(n=counted(file.waiting)))
    elif file.waiting:
        text = _("{n} baris belum disimpan. Buka untuk memutuskannya, atau simpan barisnya untuk dibetulkan OPD.")
        parts = [text.format(n=counted(file.waiting))]
    return " ".join(part for part in parts if part)


def summary_of(files: Sequence[InboxFile], *, applied: bool) -> str:
    """The sentence below the list."""
    states = [file.state for file in files]
    if applied:
        text = _("{n} berkas diterapkan, {refused} tidak diterima.")
        text = text.format(n=states.count("applied"), refused=states.count("refused"))
        after = _("Setiap berkas satu langkah: Ctrl+Z mengurungkan yang terakhir.") if "applied" in states else ""
        if any(file.state == "applied" and file.is_package for file in files):
            after += " " + _("Tanda terimanya ikut dalam paket balasan Anda.")
    else:
        text = _("{n} berkas siap diterapkan, {refused} tidak dapat diterima.")
        text = text.format(n=states.count("ready"), refused=states.count("refused"))
        after = _("Cadangan dibuat sekali di awal.")
    waiting = sum(file.waiting for file in files)
    return " ".join(
        part
        for part in (
            text,
            _("{n} baris menunggu keputusan atau perlu dibetulkan.").format(n=counted(waiting)) if waiting else "",
            after,
        )
        if part
    )

"""How a backup and a moment are written for people."""

from __future__ import annotations

from asn_desktop.core.i18n import N_, _
from asn_desktop.core.indonesian import format_number
from asn_desktop.services import Backup, moment_text

_REASONS = {
    "impor": N_("sebelum impor"),
    "migrasi": N_("sebelum pembaruan program"),
    "pulih": N_("sebelum pemulihan"),
    "keluar": N_("saat program ditutup"),
    "manual": N_("atas permintaan"),
}


def reason_text(reason: str) -> str:
    return _(_REASONS.get(reason, N_("cadangan")))


def size_text(size: int) -> str:
    """Bytes for people: ``1,4 MB``."""
    if size < 1_000_000:
        return _("{n} kB").format(n=max(1, round(size / 1000)))
    return _("{n} MB").format(n=f"{size / 1_000_000:.1f}".replace(".", ","))


def content_text(backup: Backup) -> str:
    """What is inside, in counts; or why that cannot be said."""
    inside = backup.content
    if inside is None:
        return _("Tidak terbaca")
    if inside.empty:
        return _("Kosong, belum ada pegawai")
    text = _("{people} pegawai, {evaluations} evaluasi").format(
        people=format_number(inside.employees), evaluations=format_number(inside.evaluations)
    )
    return text if backup.ours else _("{text} · dari salinan lain").format(text=text)


def last_change_text(backup: Backup) -> str:
    return moment_text(backup.content.last_at if backup.content else None)


def backup_lines(backup: Backup) -> str:
    """What is inside and why it was made, and below it both dates: two lines of a list."""
    dates = _("perubahan terakhir {last} · berkas {made}").format(
        last=last_change_text(backup), made=moment_text(backup.made_at)
    )
    return f"{content_text(backup)} · {reason_text(backup.reason)}\n{dates}"

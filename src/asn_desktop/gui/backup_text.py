"""How a backup and a moment are written for people."""

from __future__ import annotations

from datetime import datetime

from asn_desktop.core.i18n import N_, _
from asn_desktop.core.indonesian import format_clock, format_date
from asn_desktop.services import Backup

_REASONS = {
    "impor": N_("sebelum impor"),
    "migrasi": N_("sebelum pembaruan program"),
    "pulih": N_("sebelum pemulihan"),
    "keluar": N_("saat program ditutup"),
    "manual": N_("atas permintaan"),
}


def when(moment: datetime) -> str:
    """``21 November 2026 pukul 10.42``."""
    return _("{day} pukul {clock}").format(day=format_date(moment.date()), clock=format_clock(moment))


def reason_text(reason: str) -> str:
    return _(_REASONS.get(reason, N_("cadangan")))


def size_text(size: int) -> str:
    """Bytes for people: ``1,4 MB``."""
    if size < 1_000_000:
        return _("{n} kB").format(n=max(1, round(size / 1000)))
    return _("{n} MB").format(n=f"{size / 1_000_000:.1f}".replace(".", ","))


def backup_line(backup: Backup) -> str:
    return f"{when(backup.made_at)} · {reason_text(backup.reason)} · {size_text(backup.size)}"

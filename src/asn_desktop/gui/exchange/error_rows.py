"""Giving rows back: the person's own rows that need correction, as a workbook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_number
from asn_desktop.gui import messages
from asn_desktop.gui.folders import Place
from asn_desktop.gui.tasks import Runner


def save_error_rows(parent: QWidget, runner: Runner, file_name: str, write: Callable[[Path], int]) -> None:
    """Ask where to; ``write`` makes the workbook away from the GUI thread and returns how many rows are in it."""
    suggestion = _("{name} - perbaiki.xlsx").format(name=Path(file_name).stem)
    target = messages.choose_save_file(parent, _("Simpan baris salah"), suggestion, place=Place.IMPORTS)
    if target is None:
        return

    def saved(count: int) -> None:
        text = _("{n} baris tersimpan di {file}. Betulkan, lalu impor lagi.")
        messages.saved(parent, text.format(n=format_number(count), file=target.name), target)

    runner.run_read(
        lambda _progress: write(target),
        saved,
        lambda error: messages.show_error(parent, error),
        title=_("Menyimpan baris yang perlu dibetulkan"),
        owner=parent,
    )

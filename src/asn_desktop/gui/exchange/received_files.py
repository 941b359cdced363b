"""Which files the person means: those of a folder, those of a drag."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from asn_desktop.core.errors import WorkbookError
from asn_desktop.core.i18n import _
from asn_desktop.exchange.inbox import workbooks_in
from asn_desktop.gui import messages
from asn_desktop.gui.folders import Place


def choose_folder_of_workbooks(parent: QWidget, title: str, place: Place) -> list[Path]:
    """All workbooks of a folder; says so when there are none."""
    folder = messages.choose_folder(parent, title, place=place)
    if folder is None:
        return []
    try:
        paths = workbooks_in(folder)
    except WorkbookError as error:
        messages.show_error(parent, error)
        return []
    if not paths:
        messages.notify(parent, _("Tidak ada buku kerja Excel di folder itu."))
    return paths


def dropped_files(event: QDropEvent) -> list[Path]:
    """The local files of a drag; of a folder the workbooks in it. A folder that cannot be read stays as it is, so that
    reading it as a file says why."""
    found: list[Path] = []
    for url in event.mimeData().urls():
        path = Path(url.toLocalFile()) if url.isLocalFile() else None
        if path is not None and path.is_dir():
            with suppress(WorkbookError):
                found.extend(workbooks_in(path))
                continue
            found.append(path)
        elif path is not None:
            found.append(path)
    return found

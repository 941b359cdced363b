"""Which folder a file dialog begins in: for each kind of file the one that was used last."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices

if TYPE_CHECKING:
    from asn_desktop.gui.table_view import ViewSettings

_KEY = "folders"
_settings: ViewSettings | None = None


class Place(StrEnum):
    """Kinds of files. Packages go to a flash disk, printed forms stay on the PC, so each remembers its own folder."""

    IMPORTS = "imports"
    EXPORTS = "exports"
    WORKSHEETS = "worksheets"
    PACKAGES = "packages"
    FORMS = "forms"
    BACKUPS = "backups"
    KEYS = "keys"
    REPORTS = "reports"


def remember_in(settings: ViewSettings | None) -> None:
    """Where the folders are remembered from now on; ``None``: nowhere."""
    global _settings
    _settings = settings


def folder_for(place: Place) -> Path:
    """The folder used last for this kind; the person's documents where there is none or it is gone (a flash disk)."""
    stored = _settings.read(_KEY).get(place.value) if _settings is not None else None
    if isinstance(stored, str) and Path(stored).is_dir():
        return Path(stored)
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def used(place: Place, folder: Path) -> None:
    """Remember the folder a person has just chosen."""
    if _settings is not None:
        _settings.write(_KEY, {**_settings.read(_KEY), place.value: str(folder)})


def open_path(path: Path) -> None:
    """Show a file or folder in the program that this PC uses for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

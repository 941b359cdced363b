"""The only place that speaks to the person in dialogs and notices. Tests replace it with a recorder.

Tabs call the functions of this module; what shows them is the :class:`Messenger` in force. Every message says
what happened, whether the data is safe and what to do next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QWidget

from asn_desktop.core.errors import OUR_MISTAKE, AppError, Cancelled, surroundings
from asn_desktop.core.i18n import _
from asn_desktop.gui import folders
from asn_desktop.gui.folders import Place

XLSX_FILTER = "Excel (*.xlsx)"
PDF_FILTER = "PDF (*.pdf)"
BACKUP_FILTER = "Cadangan (*.cadangan)"


@dataclass(frozen=True, slots=True)
class ErrorText:
    """What an error says to a person."""

    title: str
    safety: str
    hint: str
    code: str


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of :func:`choose`; ``kind`` as for buttons."""

    value: str
    text: str
    kind: str = ""


class Messenger(Protocol):
    """What shows the messages: windows in the program, a recorder in tests."""

    def error(self, parent: QWidget | None, text: ErrorText, error: BaseException) -> None: ...
    def inform(self, parent: QWidget | None, title: str, text: str) -> None: ...
    def choose(self, parent: QWidget | None, title: str, text: str, options: Sequence[Option]) -> str | None: ...
    def ask_text(
        self,
        parent: QWidget | None,
        title: str,
        label: str,
        *,
        text: str,
        action: str,
        required: bool,
        lines: int,
    ) -> str | None: ...
    def notify(self, parent: QWidget, text: str, action: str, on_action: Callable[[], object] | None) -> None: ...
    def saved(self, parent: QWidget, text: str, path: Path) -> None: ...
    def open_files(
        self, parent: QWidget | None, title: str, start: Path, filters: Sequence[str], *, many: bool
    ) -> list[Path]: ...
    def save_file(
        self, parent: QWidget | None, title: str, suggestion: Path, filters: Sequence[str]
    ) -> Path | None: ...
    def folder(self, parent: QWidget | None, title: str, start: Path) -> Path | None: ...


_messenger: Messenger | None = None
_windows: Callable[[], Messenger] | None = None


def use(messenger: Messenger | None) -> None:
    """Speak through another messenger from now on (tests); ``None`` returns to windows."""
    global _messenger
    _messenger = messenger


def made_by(windows: Callable[[], Messenger]) -> None:
    """What makes the windows, once something is to be shown."""
    global _windows
    _windows = windows


def _current() -> Messenger:
    global _messenger
    if _messenger is None:
        assert _windows is not None, "no application was made up"
        _messenger = _windows()
    return _messenger


def error_text(error: BaseException) -> ErrorText:
    """The sentences for an error. Our own mistakes are apologised for, never shown as a traceback."""
    error = surroundings(error) or error
    if isinstance(error, AppError):
        return ErrorText(
            error.message,
            _(error.safety),
            error.hint or _("Periksa kembali, lalu coba sekali lagi."),
            error.code,
        )
    return ErrorText(
        _("Maaf, program mengalami kesalahan."),
        _("Data Anda aman: pekerjaan yang belum selesai dibatalkan, yang tersimpan tetap ada."),
        _("Ulangi langkah terakhir. Bila terjadi lagi, salin rincian dan kirimkan kepada petugas TI kantor Anda."),
        OUR_MISTAKE,
    )


def show_error(parent: QWidget | None, error: BaseException) -> None:
    """Show an error; a :class:`Cancelled` shows nothing, because the person asked for it."""
    if not isinstance(error, Cancelled):
        _current().error(parent, error_text(error), error)


def ask_again(parent: QWidget | None, ask: Callable[[str], object], typed: str) -> Callable[[BaseException], None]:
    """What to do with a refused write: show the error, then ask once more with what was typed."""

    def refused(error: BaseException) -> None:
        show_error(parent, error)
        ask(typed)

    return refused


def inform(parent: QWidget | None, title: str, text: str = "") -> None:
    """Something the person must have read before going on. Prefer :func:`notify`."""
    _current().inform(parent, title, text)


def choose(parent: QWidget | None, title: str, text: str, options: Sequence[Option]) -> str | None:
    """Ask with named answers (the last one is the primary button); ``None`` when the person cancelled."""
    return _current().choose(parent, title, text, options)


def ask(parent: QWidget | None, title: str, text: str = "", *, yes: str, no: str = "") -> bool:
    """A question with verbs as answers: ``ask(self, "Tutup triwulan?", yes="Tutup triwulan")``."""
    options = [Option("no", no or _("Batal")), Option("yes", yes, "primary")]
    return _current().choose(parent, title, text, options) == "yes"


def confirm(parent: QWidget | None, title: str, text: str = "", *, action: str) -> bool:
    """Like :func:`ask` for something that cannot be taken back; the safe answer is the default."""
    options = [Option("yes", action, "danger"), Option("no", _("Batal"), "primary")]
    return _current().choose(parent, title, text, options) == "yes"


def ask_text(
    parent: QWidget | None,
    title: str,
    label: str,
    *,
    text: str = "",
    action: str = "",
    required: bool = True,
    lines: int = 3,
) -> str | None:
    """Ask for a sentence (a reason, a note); ``None`` when cancelled, never blank when ``required``."""
    return _current().ask_text(
        parent, title, label, text=text, action=action or _("Simpan"), required=required, lines=lines
    )


def notify(
    parent: QWidget, text: str, *, undo: Callable[[], object] | None = None, action: str = "",
) -> None:  # fmt: skip
    """A small notice that goes away by itself; with ``undo`` it offers *Urungkan* (or ``action``)."""
    _current().notify(parent, text, action or _("Urungkan"), undo)


def saved(parent: QWidget, text: str, path: Path) -> None:
    """A notice that a file (or a folder of files) was written; offers to open it and its folder."""
    _current().saved(parent, text, path)


def choose_open_file(
    parent: QWidget | None, title: str, filters: Sequence[str] = (XLSX_FILTER,), *, place: Place = Place.IMPORTS
) -> Path | None:
    found = _open_files(parent, title, filters, place, many=False)
    return found[0] if found else None


def choose_open_files(
    parent: QWidget | None, title: str, filters: Sequence[str] = (XLSX_FILTER,), *, place: Place = Place.IMPORTS
) -> list[Path]:
    return _open_files(parent, title, filters, place, many=True)


def _open_files(parent: QWidget | None, title: str, filters: Sequence[str], place: Place, *, many: bool) -> list[Path]:
    found = _current().open_files(parent, title, folders.folder_for(place), filters, many=many)
    if found:
        folders.used(place, found[0].parent)
    return found


def choose_save_file(
    parent: QWidget | None, title: str, suggestion: str, filters: Sequence[str] = (XLSX_FILTER,), *, place: Place
) -> Path | None:
    """Where to save, beginning in the folder used last for this kind; the first filter's ending is added if missing."""
    target = _current().save_file(parent, title, folders.folder_for(place) / suggestion, filters)
    if target is not None:
        folders.used(place, target.parent)
    return target


def choose_folder(parent: QWidget | None, title: str, *, place: Place) -> Path | None:
    """A folder to write many files to or read them from."""
    folder = _current().folder(parent, title, folders.folder_for(place))
    if folder is not None:
        folders.used(place, folder)
    return folder

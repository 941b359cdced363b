"""Errors that a person may read. Everything else that is raised is our own mistake.

Each error answers three questions in Indonesian: what happened, whether the data is safe, what to do next.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from asn_desktop.core.i18n import N_, _

if TYPE_CHECKING:
    from asn_desktop.core.issues import Issue


OUR_MISTAKE = "ASN-9000"
"""The code for what is no :class:`AppError`: a mistake of this program."""


def reload_hint() -> str:
    """The next step where what is on screen is older than the data."""
    return _("Kembali ke daftarnya, muat ulang dengan F5, lalu ulangi.")


class AppError(Exception):
    """Base of all errors with a message for the person in front of the screen.

    ``code`` is stable ("ASN-1203") and leads to the help; ``hint`` is the next step; ``safety`` says how the data
    stands, so the message itself need not; ``details`` is for the log and never holds personal data.
    """

    code = "ASN-1000"
    safety = N_("Data Anda aman dan tidak berubah.")
    exit_code = 3

    def __init__(self, message: str, hint: str = "", *, code: str | None = None, details: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.details = details
        if code is not None:
            self.code = code


class InputError(AppError):
    """What the person typed cannot be accepted; ``issues`` says which field and why."""

    code = "ASN-1100"

    def __init__(self, message: str, hint: str = "", *, issues: Iterable[Issue] = (), code: str | None = None) -> None:
        super().__init__(message, hint, code=code)
        self.issues = tuple(issues)


class ConflictError(AppError):
    """The record was changed by somebody else, or by an undo, since it was read."""

    code = "ASN-1200"


class WorkbookError(AppError):
    """A file is not what it claims to be: damaged, protected, dangerous, newer than this program."""

    code = "ASN-1300"


class EnvironmentProblem(AppError):
    """The surroundings refuse: disk full, read-only, locked, network drive, damaged database file."""

    code = "ASN-1400"
    exit_code = 4
    safety = N_("Data yang sudah tersimpan tetap aman.")


class FileNotWritten(EnvironmentProblem):
    """A file that the person asked for cannot be written; the office's own data is not concerned."""

    code = "ASN-1406"
    exit_code = 3

    def __init__(self, name: str, details: str = "") -> None:
        super().__init__(
            _("Berkas {name} tidak dapat disimpan.").format(name=name),
            _("Tutup berkas itu bila sedang dibuka, periksa ruang kosong, atau pilih folder lain."),
            details=details,
        )


class DatabaseTooNew(EnvironmentProblem):
    """The database was written by a newer version of this program."""

    code = "ASN-1410"


class WrongPassphrase(EnvironmentProblem):
    """The passphrase or recovery code does not open the key file."""

    code = "ASN-1420"


class DatabaseDamaged(EnvironmentProblem):
    """The database file cannot be read; a backup should be offered."""

    code = "ASN-1430"
    safety = N_("Berkas yang rusak disimpan. Cadangan tidak disentuh.")


class BackupDamaged(DatabaseDamaged):
    """A backup cannot be used; the office's data is whole."""

    safety = AppError.safety


class NotAllowed(AppError):
    """The signed-in user's role does not permit the action."""

    code = "ASN-1500"


class Cancelled(Exception):
    """The person stopped the work. Everything was rolled back; nothing is shown."""

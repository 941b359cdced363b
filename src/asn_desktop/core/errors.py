"""Errors that a person may read. Everything else that is raised is our own mistake.

Each error answers three questions in Indonesian: what happened, whether the data is safe, what to do next.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from asn_desktop.core.i18n import _

if TYPE_CHECKING:
    from asn_desktop.core.issues import Issue


class AppError(Exception):
    """Base of all errors with a message for the person in front of the screen.

    ``code`` is stable ("ASN-1203") and leads to the help; ``hint`` is the next step; ``details`` is for the
    log and never holds personal data.
    """

    code = "ASN-1000"
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


class FileNotWritten(EnvironmentProblem):
    """A file that the person asked for cannot be written; the office's own data is not concerned."""

    code = "ASN-1406"
    exit_code = 3

    def __init__(self, name: str, details: str = "") -> None:
        super().__init__(
            _("Berkas {name} tidak dapat ditulis. Data di aplikasi aman.").format(name=name),
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


class NotAllowed(AppError):
    """The signed-in user's role does not permit the action."""

    code = "ASN-1500"


class Cancelled(Exception):
    """The person stopped the work. Everything was rolled back; nothing is shown."""

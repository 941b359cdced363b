"""Errors that a person may read. Everything else that is raised is our own mistake.

Each error answers three questions in Indonesian: what happened, whether the data is safe, what to do next.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable
from typing import TYPE_CHECKING

from asn_desktop.core.i18n import N_, _

if TYPE_CHECKING:
    from pathlib import Path

    from asn_desktop.core.issues import Issue


_WINDOWS_DISK_FULL = (39, 112)
_HELD_BY_ANOTHER = (32, 33)  # sharing and lock violation: a scanner, a backup program, another window

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

    @classmethod
    def because(cls, name: str, error: OSError) -> FileNotWritten:
        """The error for people that belongs to the system's: a full disk has its own words and code."""
        problem = cls(name, str(error))
        if disk_is_full(error):
            problem.code = "ASN-1402"
            problem.message = _("Ruang penyimpanan penuh, jadi {name} tidak disimpan.").format(name=name)
            problem.hint = _("Kosongkan ruang di disk tujuan, atau pilih disk lain, lalu ulangi.")
        return problem


class OutputRefused(FileNotWritten):
    """What the person named as a file to write is something that must stay: the office's data, a backup, a device."""

    code = "ASN-1407"

    def __init__(self, message: str, hint: str) -> None:
        EnvironmentProblem.__init__(self, message, hint)


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


def system_problem(error: OSError, path: Path) -> EnvironmentProblem:
    """The error for people when the system refuses the office's own files at ``path``: nothing of it is damage."""
    details = str(error)
    if disk_is_full(error):
        return disk_full(details)
    if getattr(error, "winerror", None) in _HELD_BY_ANOTHER:
        return EnvironmentProblem(
            _("Data sedang dipakai program lain."),
            _("Tutup jendela ASN Desktop lain di komputer ini, lalu coba lagi."),
            code="ASN-1401",
            details=details,
        )
    if error.errno == errno.EIO:
        return disk_trouble(path, details)
    return EnvironmentProblem(
        _("Tidak dapat disimpan: {path}.").format(path=path),
        _("Periksa apakah folder hanya dapat dibaca, flash disk terkunci, atau izin Windows kurang."),
        code="ASN-1403",
        details=details,
    )


def disk_full(details: str) -> EnvironmentProblem:
    return EnvironmentProblem(
        _("Ruang penyimpanan penuh. Perubahan terakhir dibatalkan."),
        _("Kosongkan beberapa ratus MB di disk ini, lalu ulangi langkah terakhir."),
        code="ASN-1402",
        details=details,
    )


def disk_trouble(path: Path, details: str) -> EnvironmentProblem:
    """The disk itself fails to read or write: nobody knows yet whether the file has suffered."""
    return EnvironmentProblem(
        _("Disk tidak dapat dibaca atau diisi: {path}.").format(path=path.name),
        _("Periksa kabel atau flash disknya, lalu coba lagi. Bila berulang, salin folder data ke disk lain."),
        code="ASN-1403",
        details=details,
    )


def out_of_memory(details: str = "") -> EnvironmentProblem:
    return EnvironmentProblem(
        _("Memori komputer tidak cukup untuk langkah ini."),
        _("Tutup program lain, lalu coba lagi."),
        code="ASN-1408",
        details=details,
    )


def surroundings(error: BaseException) -> EnvironmentProblem | None:
    """The error for people where the machine is to blame, whatever part of the program met it; None for a mistake of
    ours."""
    if isinstance(error, MemoryError):
        return out_of_memory()
    if isinstance(error, OSError) and disk_is_full(error):
        return disk_full(str(error))
    return None


def disk_is_full(error: OSError) -> bool:
    """Whether the system refused for want of room (or of the user's share of it)."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT) or getattr(error, "winerror", None) in _WINDOWS_DISK_FULL


class Cancelled(Exception):
    """The person stopped the work. Everything was rolled back; nothing is shown."""

"""One program per database: a lock file held by the operating system, released even when the process dies."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from asn_desktop.core.errors import EnvironmentProblem, system_problem
from asn_desktop.core.i18n import _


class InstanceLock:
    """Held while an office is open. Raises :class:`EnvironmentProblem` when another program has it."""

    def __init__(self, path: Path) -> None:
        refuse_network_path(path)
        self._path = path
        try:
            # Unbuffered: what a full disk did not take must not be tried once more when the file is closed.
            self._file: IO[bytes] = path.open("a+b", buffering=0)
        except OSError as error:
            raise system_problem(error, path.parent) from error
        try:
            _lock(self._file)
        except OSError as error:
            self._file.close()
            raise EnvironmentProblem(
                _("Data kantor ini sedang dibuka oleh ASN Desktop yang lain di komputer ini."),
                _("Pakai jendela yang sudah terbuka, atau tutup dahulu lalu coba lagi."),
                code="ASN-1404",
            ) from error

    def mark(self, content: bytes) -> None:
        """Write ``content`` into the lock file, through the handle that holds the lock: Windows lets no other.

        Raises :class:`EnvironmentProblem` when the disk does not take it.
        """
        if self._file.closed:  # given back already: the mark is somebody else's now
            return
        try:
            self._file.truncate(0)
            self._file.write(content)
        except OSError as error:
            raise system_problem(error, self._path) from error

    def release(self) -> None:
        """Give the lock back; the error that may be under way is the one to be told, so there is none here."""
        if not self._file.closed:
            with suppress(OSError):
                _unlock(self._file)
            with suppress(OSError):
                self._file.close()


def refuse_network_path(path: Path) -> None:
    """WAL needs shared memory of one machine: a database on a network drive would be damaged sooner or later."""
    text = str(path)
    remote = text.startswith(("\\\\", "//"))
    if not remote and sys.platform == "win32":
        import ctypes

        drive = os.path.splitdrive(text)[0] + "\\"
        remote = ctypes.windll.kernel32.GetDriveTypeW(drive) == 4  # DRIVE_REMOTE
    if remote:
        raise EnvironmentProblem(
            _("Data tidak dapat dibuka dari disk jaringan: {path}.").format(path=path.parent),
            _("Simpan data di komputer ini; kirim dan terima lewat berkas paket."),
            code="ASN-1405",
        )


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        os.lseek(file.fileno(), 0, os.SEEK_SET)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _unlock(file: IO[bytes]) -> None:
        # Closing gives the lock back too, but at a moment that Windows chooses.
        os.lseek(file.fileno(), 0, os.SEEK_SET)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(_file: IO[bytes]) -> None:
        """Closing gives the lock back."""

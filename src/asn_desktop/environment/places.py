"""Where the system does not let us look: a folder of somebody else, a name that is longer than it allows."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from asn_desktop.core.errors import EnvironmentProblem
from asn_desktop.core.i18n import _

_SHOWN = 60
_TOO_LONG_ON_WINDOWS = (123, 206)  # ERROR_INVALID_NAME, ERROR_FILENAME_EXCED_RANGE
_NO_RIGHT = (errno.EACCES, errno.EPERM, errno.EROFS)


def look_into(home: Path) -> None:
    """Raise :class:`EnvironmentProblem` when it cannot even be seen whether there is an office at ``home``."""
    try:
        os.lstat(home / "kunci.json")
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        problem = place_problem(error, home)
        if problem is None:
            raise
        raise problem from error


def place_problem(error: BaseException, path: Path | None = None) -> EnvironmentProblem | None:
    """What to tell a person about a place that the system refuses; None when the error is of another kind."""
    if not isinstance(error, OSError):
        return None
    name = shortened(str(path or error.filename or ""))
    if error.errno == errno.ENAMETOOLONG or getattr(error, "winerror", None) in _TOO_LONG_ON_WINDOWS:
        return EnvironmentProblem(
            _("Nama atau alamat ini terlalu panjang untuk komputer ini: {path}.").format(path=name),
            _("Pakai nama yang lebih pendek, atau folder yang lebih dekat ke akar disk."),
            code="ASN-1409",
            details=str(error.errno),
        )
    if error.errno in _NO_RIGHT:
        return EnvironmentProblem(
            _("Anda tidak berhak membuka tempat ini: {path}.").format(path=name),
            _("Masuk sebagai pemilik folder itu, minta izinnya, atau pilih folder lain."),
            code="ASN-1403",
            details=str(error.errno),
        )
    return None


def shortened(path: str) -> str:
    """Both ends of a path that would fill the screen."""
    return path if len(path) <= _SHOWN else f"{path[: _SHOWN // 2]}…{path[-_SHOWN // 2 :]}"

"""Files written whole or not at all, where Windows has its own mind. What a person asked for: see ``outputs``.

There a file that another program holds open cannot be replaced, a virus scanner holds every fresh file for a moment,
and a path of more than 260 characters does not exist unless it is spelt in a special way.
"""

from __future__ import annotations

import os
import re
import stat
import sys
import time
from contextlib import suppress
from datetime import datetime
from itertools import count
from pathlib import Path, PureWindowsPath

from asn_desktop.core.indonesian import file_stamp

_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_PATIENCE_SECONDS = 1.0 if os.name == "nt" else 0.0
_LONGEST_PLAIN_PATH = 240
"""Windows allows 259 characters; some are left for the names of working files beside the one that is meant."""


def write_whole(path: Path, data: bytes) -> None:
    """Write one of the program's own files so that a reader, or a power cut, finds the old one or the whole new one.

    Only this user can read it. Raises ``OSError``.
    """
    target = reachable(path)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.sementara")
    try:
        with open(temporary, "wb", opener=_private) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        replace_file(temporary, target)
    except BaseException:
        with suppress(OSError):  # the folder itself may be the problem
            temporary.unlink(missing_ok=True)
        raise


def to_disk(path: Path) -> None:
    """Wait until a finished file is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def keep_private(*paths: Path) -> None:
    """Let nobody but this user read these files and folders. Windows has no such bits: there the user's own folder
    keeps others out. A disk that knows no rights (FAT) or files of somebody else stay as they are."""
    for path in paths:
        with suppress(OSError):
            mode = stat.S_IMODE(path.stat().st_mode)
            if mode & 0o077:
                path.chmod(mode & 0o700)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def replace_file(temporary: Path, target: Path) -> None:
    """``os.replace`` with patience: a scanner lets go within a second, Excel does not (``PermissionError``)."""
    give_up = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            os.replace(temporary, target)
            return
        except PermissionError:
            if time.monotonic() >= give_up:
                raise
            time.sleep(0.05)


def set_aside(path: Path, moment: datetime) -> Path | None:
    """Rename what is at ``path``, if anything is, to a free name that says when it was replaced; returns that one."""
    if not os.path.lexists(path):
        return None
    kept = free_name_for_replaced(path, moment)
    replace_file(path, kept)
    return kept


def free_name_for_replaced(path: Path, moment: datetime) -> Path:
    """``asn-diganti-20261006-104200.db``, or ``…-2.db`` and so on."""
    stem = f"{path.stem}-diganti-{file_stamp(moment)}"
    names = (f"{stem}-{number}{path.suffix}" if number > 1 else f"{stem}{path.suffix}" for number in count(1))
    return next(place for name in names if not os.path.lexists(place := path.with_name(name)))


def logs_beside(database: Path) -> list[Path]:
    """Where SQLite keeps what is not in the file yet. It belongs to that one file: another one put in its place would
    be spoilt by it."""
    return [database.with_name(database.name + end) for end in ("-wal", "-shm", "-journal")]


def reachable(path: Path) -> Path:
    """``path`` spelt so that the system finds it however long it is; the same path everywhere but on Windows."""
    if sys.platform == "win32":
        return Path(extended_spelling(str(path.absolute())))
    return path


def extended_spelling(absolute: str) -> str:
    r"""A Windows path with ``\\?\`` in front when it is too long for the plain spelling; others unchanged."""
    if len(absolute) <= _LONGEST_PLAIN_PATH or absolute.startswith("\\\\?\\"):
        return absolute
    text = str(PureWindowsPath(absolute))  # this spelling takes no forward slashes
    return f"\\\\?\\UNC\\{text[2:]}" if text.startswith("\\\\") else f"\\\\?\\{text}"


def plain_file_name(text: str) -> str:
    """A text as part of a file's name: nothing in it that Windows refuses, and not too long."""
    return " ".join(_NOT_IN_NAMES.sub(" ", text).split())[:110].rstrip(". ")

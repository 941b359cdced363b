"""A new office is built apart and appears at once: a set-up that is cut off anywhere can simply be begun again.

Key file and database are made in a folder of their own inside the home. The database moves out first, the key file
last, and only with it the office is there. As long as the key lies in that folder nobody has seen the recovery code
and nobody has entered anything.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress

from asn_desktop.core.clock import system_clock
from asn_desktop.core.files import logs_beside, replace_file, set_aside
from asn_desktop.environment.paths import OfficePaths


def begin(paths: OfficePaths) -> OfficePaths:
    """An empty place to build in; what an earlier set-up left is removed. The caller holds the office's lock."""
    discard(paths)
    paths.set_up.mkdir(mode=0o700)
    return OfficePaths(paths.set_up)


def finish(paths: OfficePaths) -> None:
    """The office appears. Both files are closed, whole and on the disk. Raises ``OSError``."""
    built = OfficePaths(paths.set_up)
    # Of a database that somebody removed: its log would spoil the new one, its anchor would call it cut off.
    for stray in (*logs_beside(paths.database), paths.anchor):
        set_aside(stray, system_clock())
    replace_file(built.database, paths.database)
    _to_disk(paths)
    replace_file(built.key_file, paths.key_file)
    _to_disk(paths)
    shutil.rmtree(paths.set_up, ignore_errors=True)


def discard(paths: OfficePaths) -> None:
    """Take back what an unfinished set-up has left; never touches an office that is there."""
    if paths.unfinished:
        for path in (paths.database, paths.restored, paths.anchor):
            with suppress(FileNotFoundError):
                path.unlink()
    if paths.set_up.exists():
        shutil.rmtree(paths.set_up)


def _to_disk(paths: OfficePaths) -> None:
    """The order of the two moves holds after a power cut too, where a system can be asked for it."""
    if os.name == "posix":
        with suppress(OSError):
            descriptor = os.open(paths.home, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

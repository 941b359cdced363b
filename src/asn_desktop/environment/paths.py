"""All directories and files of one office. ``--home`` or ``ASN_HOME`` points elsewhere.

A built program with the file ``portabel.txt`` beside it is a portable one: it keeps its data beside itself, on the
flash disk from which it runs, and leaves nothing on the PC.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from asn_desktop.core.errors import EnvironmentProblem, disk_is_full, system_problem
from asn_desktop.core.i18n import _
from asn_desktop.core.outputs import HomeName
from asn_desktop.environment.program import frozen

PORTABLE_MARK = "portabel.txt"


@dataclass(frozen=True, slots=True)
class OfficePaths:
    home: Path

    @property
    def database(self) -> Path:
        return self.home / HomeName.DATABASE

    @property
    def key_file(self) -> Path:
        return self.home / HomeName.KEY

    @property
    def anchor(self) -> Path:
        """Number and hash of the last known operation, kept outside the database: reveals a cut-off log."""
        return self.home / HomeName.ANCHOR

    @property
    def backups(self) -> Path:
        return self.home / HomeName.BACKUPS

    @property
    def logs(self) -> Path:
        return self.home / HomeName.LOGS

    @property
    def settings(self) -> Path:
        """What this PC's window remembers (widths, sizes); no personal data."""
        return self.home / HomeName.SETTINGS

    @property
    def lock(self) -> Path:
        return self.home / HomeName.LOCK

    @property
    def restored(self) -> Path:
        """Marks that a backup was put in place and the database does not know it yet."""
        return self.home / HomeName.RESTORED

    @property
    def set_up(self) -> Path:
        """Where a new office is built, until it is whole (see ``environment.set_up``)."""
        return self.home / HomeName.SET_UP

    @property
    def exists(self) -> bool:
        """Whether an office lives here: its key file or its database is present, and not only half set up."""
        there = os.path.lexists(self.key_file) or os.path.lexists(self.database)
        return there and not self.unfinished

    @property
    def unfinished(self) -> bool:
        """Whether a set-up was cut off: its key file, which comes last, has not left the place where it was made."""
        return (self.set_up / HomeName.KEY).exists() and not os.path.lexists(self.key_file)

    def create(self) -> None:
        """Make the folders; raises :class:`EnvironmentProblem` when the place is not writable."""
        try:
            self.home.parent.mkdir(parents=True, exist_ok=True)
            for folder in (self.home, self.backups, self.logs):  # for this user only, where we make them
                folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            if disk_is_full(error):
                raise system_problem(error, self.home) from error
            raise EnvironmentProblem(
                _("Folder data tidak dapat dibuat: {path}.").format(path=self.home),
                _("Pilih folder lain yang boleh Anda isi, misalnya di Documents."),
                code="ASN-1403",
                details=str(error),
            ) from error


def office_paths(home: Path | str | None = None) -> OfficePaths:
    """The office at ``home``, else ``ASN_HOME``, else beside a portable program, else in the user's data directory."""
    chosen = home or os.environ.get("ASN_HOME") or _portable_home() or _data_of_user()
    return OfficePaths(Path(chosen).expanduser().absolute())


def _portable_home() -> Path | None:
    if not frozen():
        return None
    program = Path(sys.executable).parent
    return program / "data" if (program / PORTABLE_MARK).is_file() else None


def _data_of_user() -> Path:
    return platformdirs.user_data_path("ASN Desktop", appauthor=False)

"""What is inside a backup, and which of many holds the newest work.

Names and dates lie: a PC whose clock stands at 2019 makes backups that look older than an empty office of 2026. So
copies are ordered by what they hold: the number of the last operation, after the generation of the data (a restored
or copied database starts a new one), and nothing empty before something that is not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from asn_desktop.core.outputs import BACKUP_SUFFIX
from asn_desktop.storage.engine import connect

_NAME = re.compile(r"^asn-\d{8}-\d{6}(?:-(\d{1,9}))?-([a-z-]+)\.cadangan$")


@dataclass(frozen=True, slots=True)
class Content:
    """``line``: the copies this data descends from, newest first; the first is the one that made the backup."""

    operation: int
    last_at: datetime | None
    """When the last operation was done, by the clock of its PC."""
    epoch: int
    line: tuple[str, ...]
    employees: int
    evaluations: int

    @property
    def replica(self) -> str:
        return self.line[0] if self.line else ""

    @property
    def empty(self) -> bool:
        return not self.employees


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy on disk. ``reason`` is why it was made: ``impor``, ``migrasi``, ``pulih``, ``keluar``, ``manual``; empty
    for a file with a name of its own. ``made_at`` is the file's own date."""

    path: Path
    made_at: datetime
    reason: str
    size: int
    number: int = 1
    """Counts the copies of one second."""
    content: Content | None = None
    """None when it could not be read: damaged, or another office's."""
    ours: bool = True
    """Whether it was made by this copy of the data or one it descends from."""

    @property
    def own_name(self) -> bool:
        """Whether the program gave it its name and may remove it when there are many."""
        return bool(self.reason)

    @property
    def worth(self) -> tuple[Any, ...]:
        """The larger, the newer the work inside; the file's date decides only between equal contents."""
        inside = self.content
        if inside is None:
            return (False, False, False, 0, 0, 0, self.made_at, self.number)
        counts = inside.employees + inside.evaluations
        return (True, not inside.empty, self.ours, inside.epoch, inside.operation, counts, self.made_at, self.number)


def list_backups(folder: Path, key: bytes, own: Collection[str] = ()) -> list[Backup]:
    """All copies in ``folder``, the newest work first. ``own``: the replicas that lived in this office's folder."""
    found = []
    for path in _files(folder):
        try:
            info = path.stat()
            made_at = datetime.fromtimestamp(info.st_mtime)  # noqa: DTZ006 - local time, shown only
        except (OSError, ValueError, OverflowError):
            continue
        name = _NAME.match(path.name)
        number, reason = (int(name[1] or 1), name[2]) if name else (1, "")
        found.append(Backup(path, made_at, reason, info.st_size, number, read_content(path, key)))
    return sorted(_marked(found, own), key=lambda backup: backup.worth, reverse=True)


def read_content(path: Path, key: bytes) -> Content | None:
    """A look inside without changing anything (a few pages); None when ``key`` does not open it."""
    connection = None
    try:
        connection = connect(path, key, sealed=True)
        last = connection.execute('SELECT id, at FROM "operation" ORDER BY id DESC LIMIT 1').fetchone()
        line = connection.execute('SELECT replica, epoch FROM "replica" ORDER BY epoch DESC').fetchall()
        employees, evaluations = (
            connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in ("employee", "evaluation")
        )
        return Content(
            operation=int(last[0]) if last else 0,
            last_at=_moment(last[1]) if last else None,
            epoch=int(line[0][1]) if line else 0,
            line=tuple(str(row[0]) for row in line),
            employees=int(employees),
            evaluations=int(evaluations),
        )
    except (sqlcipher.Error, OSError, ValueError, TypeError):
        return None
    finally:
        if connection is not None:
            connection.close()


def _files(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if path.suffix == BACKUP_SUFFIX and path.is_file()]
    except OSError:
        return []


def _marked(found: Iterable[Backup], own: Collection[str]) -> list[Backup]:
    """Whose they are. A copy's ancestors are its own past; where nothing is known of this office, all are ours."""
    backups = list(found)
    known = set(own)
    for backup in backups:
        if backup.content is not None and backup.content.replica in own:
            known.update(backup.content.line)
    if not known:
        return backups
    return [replace(backup, ours=backup.content is None or backup.content.replica in known) for backup in backups]


def _moment(text: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text)).replace(tzinfo=None)
    except ValueError:
        return None

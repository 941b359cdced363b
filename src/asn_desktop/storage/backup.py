"""Verified copies of the database and the way back.

A copy is made through SQLite's backup interface (a file copy of an open WAL database loses data), checked, and
only then given its name. Copies are encrypted with the same data key.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from asn_desktop.core.errors import BackupDamaged, EnvironmentProblem, FileNotWritten
from asn_desktop.core.files import replace_file
from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import file_stamp
from asn_desktop.storage.engine import connect, database_problem
from asn_desktop.storage.unit_of_work import Database

_NAME = re.compile(r"^asn-(\d{8}-\d{6})(?:-(\d+))?-([a-z-]+)\.cadangan$")
_KEEP_RECENT = 10
_KEPT: tuple[tuple[int, Callable[[datetime], object]], ...] = (
    (14, lambda moment: moment.date()),
    (8, lambda moment: moment.isocalendar()[:2]),
    (12, lambda moment: (moment.year, moment.month)),
)
"""How many days, weeks and months keep their newest copy."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy on disk. ``reason`` is why it was made: ``impor``, ``migrasi``, ``pulih``, ``keluar``, ``manual``."""

    path: Path
    made_at: datetime
    reason: str
    size: int
    number: int = 1
    """Counts the copies of one second."""

    @property
    def age_key(self) -> tuple[datetime, int]:
        return (self.made_at, self.number)


def make(database: Database, key: bytes, folder: Path, reason: str) -> Backup:
    """Copy the database into ``folder``; raises an :class:`EnvironmentProblem` and leaves nothing on failure."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileNotWritten(folder.name, str(error)) from error
    moment = database.clock()
    target = _free_name(folder, moment, reason)
    copy_to(database, key, target)
    return Backup(target, moment.replace(tzinfo=None), reason, target.stat().st_size)


def copy_to(database: Database, key: bytes, target: Path) -> None:
    """The same, to a file of the person's choice."""
    if target.is_dir() or target.resolve() == database.path.resolve():
        raise FileNotWritten(target.name)
    temporary = target.with_name(target.name + ".sementara")
    try:
        temporary.unlink(missing_ok=True)
        copy = connect(temporary, key)
        try:
            with database.engine.connect() as source:
                driver = source.connection.driver_connection
                assert driver is not None
                driver.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE").close()
        finally:
            copy.close()
        problem = check_file(temporary, key)
        if problem:
            raise BackupDamaged(
                _("Cadangan yang baru dibuat tidak lolos pemeriksaan, jadi tidak dipakai."),
                _("Buat cadangan di disk lain, lalu hubungi petugas TI kantor Anda."),
                code="ASN-1433",
                details=problem,
            )
        _sync(temporary)
        replace_file(temporary, target)
    except OSError as error:
        raise FileNotWritten(target.name, str(error)) from error
    except sqlcipher.Error as error:
        if not target.parent.is_dir():
            raise FileNotWritten(target.name, str(error)) from error
        raise database_problem(error, target) from error
    finally:
        with contextlib.suppress(OSError):  # the target folder itself may be the problem
            temporary.unlink(missing_ok=True)


def check_file(path: Path, key: bytes) -> str:
    """Empty when the file is a sound database that ``key`` opens; otherwise what is wrong (for the log)."""
    if not path.exists() or not path.stat().st_size:
        return "missing or empty"
    connection = None
    try:
        connection = connect(path, key)
        answer = connection.execute("PRAGMA quick_check").fetchone()[0]
        connection.execute("SELECT count(*) FROM operation").fetchone()
        return "" if answer == "ok" else str(answer)
    except sqlcipher.Error as error:
        return str(error)
    finally:
        if connection is not None:
            connection.close()


def list_backups(folder: Path) -> list[Backup]:
    """All copies in ``folder``, newest first."""
    found = []
    for path in folder.glob("asn-*.cadangan") if folder.is_dir() else ():
        match = _NAME.match(path.name)
        if match:
            made_at = datetime.strptime(match[1], "%Y%m%d-%H%M%S")  # noqa: DTZ007 - local time, shown only
            found.append(Backup(path, made_at, match[3], path.stat().st_size, int(match[2] or 1)))
    return sorted(found, key=lambda backup: backup.age_key, reverse=True)


def newest_sound(folder: Path, key: bytes) -> Backup | None:
    """The newest copy that passes its check: what a damaged database is offered to be replaced with."""
    return next((backup for backup in list_backups(folder) if not check_file(backup.path, key)), None)


def restore(database_path: Path, backup: Path, key: bytes, moment: datetime) -> Path | None:
    """Put ``backup`` in the place of the database file; the caller has closed it and made a backup if it could.

    The replaced file is kept beside it (its path is returned); nothing is deleted.
    """
    problem = check_file(backup, key)
    if problem:
        raise BackupDamaged(
            _("Cadangan {name} rusak atau bukan milik kantor ini.").format(name=backup.name),
            _("Pilih cadangan lain."),
            code="ASN-1434",
            details=problem,
        )
    try:
        return _put_in_place(database_path, backup, moment)
    except OSError as error:
        raise database_problem(error, database_path) from error


def _put_in_place(database_path: Path, backup: Path, moment: datetime) -> Path | None:
    """All moves happen, or those that did are taken back: a scanner or backup program may hold one of the files."""
    temporary = database_path.with_suffix(".pulih")
    kept = _name_for_replaced(database_path, moment)
    moves = [(database_path, kept)] if database_path.exists() else []
    for suffix in ("-wal", "-shm"):
        side = database_path.with_name(database_path.name + suffix)
        if side.exists():
            # The log belongs to the replaced file: kept with it, or it would be replayed into the restored one.
            moves.append((side, kept.with_name(kept.name + suffix + ".lama")))
    done: list[tuple[Path, Path]] = []
    try:
        temporary.write_bytes(backup.read_bytes())
        _sync(temporary)
        for source, target in (*moves, (temporary, database_path)):
            replace_file(source, target)
            done.append((source, target))
    except OSError:
        for source, target in reversed(done):
            replace_file(target, source)
        temporary.unlink(missing_ok=True)
        raise
    return kept if kept.exists() else None


def _name_for_replaced(database_path: Path, moment: datetime) -> Path:
    stem = f"{database_path.stem}-diganti-{file_stamp(moment)}"
    names = (f"{stem}-{number}.db" if number > 1 else f"{stem}.db" for number in count(1))
    return next(path for name in names if not (path := database_path.with_name(name)).exists())


def key_beside(backup: Path, name: str) -> Path:
    """The key file that travels with a copy: ``<copy>.kunci.json``, or ``name`` in the same folder.

    Raises :class:`EnvironmentProblem` when there is none: the copy alone opens nowhere.
    """
    for found in (backup.with_name(f"{backup.name}.kunci.json"), backup.with_name(name)):
        if found.is_file():
            return found
    raise EnvironmentProblem(
        _("Berkas kunci tidak ada di samping cadangan {name}.").format(name=backup.name),
        _("Salin juga {key} dari komputer lama ke folder yang sama. Tanpa kunci, cadangan tidak dapat dibuka.").format(
            key=f"{backup.name}.kunci.json"
        ),
        code="ASN-1425",
    )


def thin(backups: Iterable[Backup], now: datetime) -> list[Backup]:
    """Which copies may go: keeps the 10 newest, all of two days, then 14 daily, 8 weekly, 12 monthly."""
    ordered = sorted(backups, key=lambda backup: backup.age_key, reverse=True)
    keep = {backup.path for backup in ordered[:_KEEP_RECENT]}
    keep |= {backup.path for backup in ordered if now - backup.made_at < timedelta(days=2)}
    for many, bucket in _KEPT:
        seen: list[object] = []
        for backup in ordered:
            name = bucket(backup.made_at)
            if name not in seen and len(seen) < many:
                seen.append(name)
                keep.add(backup.path)
    return [backup for backup in ordered if backup.path not in keep]


def _free_name(folder: Path, moment: datetime, reason: str) -> Path:
    stamp = file_stamp(moment)
    candidate = folder / f"asn-{stamp}-{reason}.cadangan"
    number = 2
    while candidate.exists():
        candidate = folder / f"asn-{stamp}-{number}-{reason}.cadangan"
        number += 1
    return candidate


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())

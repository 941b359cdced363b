"""Verified copies of the database and the way back.

A copy is made through SQLite's backup interface (a file copy of an open WAL database loses data), checked, and
only then given its name. Copies are encrypted with the same data key.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from asn_desktop.core import side_files
from asn_desktop.core.errors import BackupDamaged, EnvironmentProblem, FileNotWritten
from asn_desktop.core.files import free_name_for_replaced, keep_private, logs_beside, replace_file, to_disk
from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import file_stamp
from asn_desktop.core.outputs import KEY_SUFFIX, output
from asn_desktop.storage.backup_content import Backup, read_content
from asn_desktop.storage.engine import connect, database_problem
from asn_desktop.storage.migrations import runner
from asn_desktop.storage.unit_of_work import Database

_KEEP_RECENT = 10
_KEPT: tuple[tuple[int, Callable[[datetime], object]], ...] = (
    (14, lambda moment: moment.date()),
    (8, lambda moment: moment.isocalendar()[:2]),
    (12, lambda moment: (moment.year, moment.month)),
)
"""How many days, weeks and months keep their newest copy."""


def make(database: Database, key: bytes, folder: Path, reason: str) -> Backup:
    """Copy the database into ``folder``; raises an :class:`EnvironmentProblem` and leaves nothing on failure."""
    moment = database.clock()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        target = _free_name(folder, moment, reason)
        temporary = target.with_name(target.name + ".sementara")
        try:
            _copy_checked(database, key, temporary)
            stamp = moment.timestamp()
            os.utime(temporary, (stamp, stamp))
            replace_file(temporary, target)
        finally:
            with contextlib.suppress(OSError):  # the folder itself may be the problem
                temporary.unlink(missing_ok=True)
        size = target.stat().st_size
    except OSError as error:
        raise FileNotWritten.because(folder.name, error) from error
    return Backup(target, moment.replace(tzinfo=None), reason, size, content=read_content(target, key))


def copy_to(database: Database, key: bytes, target: Path) -> None:
    """The same, to a file of the person's choice; never onto something that must stay (see ``core.outputs``)."""
    with output(target) as made:
        _copy_checked(database, key, made)


def _copy_checked(database: Database, key: bytes, target: Path) -> None:
    """A copy through SQLite's backup interface, on the disk and checked. Raises ``OSError`` too."""
    try:
        target.unlink(missing_ok=True)
        target.touch(mode=0o600)
        copy = connect(target, key)
        try:
            with database.engine.connect() as source:
                driver = source.connection.driver_connection
                assert driver is not None
                driver.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE").close()
        finally:
            copy.close()
    except sqlcipher.Error as error:
        if not target.parent.is_dir():
            raise FileNotWritten(target.name, str(error)) from error
        raise database_problem(error, target) from error
    problem = check_file(target, key)
    if problem:
        raise BackupDamaged(
            _("Cadangan yang baru dibuat tidak lolos pemeriksaan, jadi tidak dipakai."),
            _("Buat cadangan di disk lain. Bila berulang, hubungi petugas TI kantor Anda."),
            code="ASN-1433",
            details=problem,
        )
    to_disk(target)


def check_file(path: Path, key: bytes, *, sealed: bool = True) -> str:
    """Empty when the file is a sound database that ``key`` opens; otherwise what is wrong (for the log).

    ``sealed``: nobody writes to it, and it has no log beside it (every backup).
    """
    connection = None
    try:
        if not path.is_file() or not path.stat().st_size:
            return "missing or empty"
        connection = connect(path, key, sealed=sealed)
        answer = connection.execute("PRAGMA quick_check").fetchone()[0]
        connection.execute("SELECT count(*) FROM operation").fetchone()
        return "" if answer == "ok" else str(answer)
    except (sqlcipher.Error, OSError) as error:
        return str(error)
    finally:
        if connection is not None:
            connection.close()


def schema_of(path: Path, key: bytes) -> int:
    """The schema of a sound copy."""
    connection = connect(path, key, sealed=True)
    try:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.close()


def newest_sound(backups: Iterable[Backup], key: bytes) -> Backup | None:
    """The first copy that passes its check, the newest work first: what a damaged database is offered to be replaced
    with."""
    readable = (backup for backup in backups if backup.content is not None)
    return next((backup for backup in readable if not check_file(backup.path, key)), None)


def restore(database_path: Path, backup: Path, key: bytes, moment: datetime) -> Path | None:
    """Put ``backup`` in the place of the database file; the caller has closed it and made a backup if it could.

    The replaced file is kept beside it (its path is returned); nothing is deleted. Raises :class:`BackupDamaged`, and
    ``DatabaseTooNew`` for a copy that a newer program made: nothing has moved then.
    """
    problem = check_file(backup, key)
    if problem:
        raise BackupDamaged(
            _("Cadangan {name} rusak atau bukan milik kantor ini.").format(name=backup.name),
            _("Pilih cadangan lain."),
            code="ASN-1434",
            details=problem,
        )
    runner.refuse_newer(schema_of(backup, key))
    try:
        return _put_in_place(database_path, backup, moment)
    except OSError as error:
        raise database_problem(error, database_path) from error


def _put_in_place(database_path: Path, backup: Path, moment: datetime) -> Path | None:
    """All moves happen, or those that did are taken back: a scanner or backup program may hold one of the files."""
    temporary = database_path.with_suffix(".pulih")
    kept = free_name_for_replaced(database_path, moment)
    moves = [(database_path, kept)] if os.path.lexists(database_path) else []
    for side in logs_beside(database_path):
        if os.path.lexists(side):
            # The log belongs to the replaced file: kept with it, or it would be replayed into the restored one.
            moves.append((side, kept.with_name(kept.name + side.name.removeprefix(database_path.name) + ".lama")))
    done: list[tuple[Path, Path]] = []
    try:
        with backup.open("rb") as source_file, temporary.open("wb") as copy:
            shutil.copyfileobj(source_file, copy, 1 << 20)
        keep_private(temporary)
        to_disk(temporary)
        for source, target in (*moves, (temporary, database_path)):
            replace_file(source, target)
            done.append((source, target))
    except OSError:
        for source, target in reversed(done):
            replace_file(target, source)
        temporary.unlink(missing_ok=True)
        raise
    return kept if kept.exists() else None


def key_beside(backup: Path, name: str) -> Path:
    """The key file that travels with a copy: ``<copy>.kunci.json``, or ``name`` in the same folder.

    Raises :class:`EnvironmentProblem` when there is none: the copy alone opens nowhere.
    """
    for found in (backup.with_name(backup.name + KEY_SUFFIX), backup.with_name(name)):
        if found.is_file():
            return found
    raise EnvironmentProblem(
        _("Berkas kunci tidak ada di samping cadangan {name}.").format(name=backup.name),
        _("Salin juga {key} dari komputer lama ke folder yang sama. Tanpa kunci, cadangan tidak dapat dibuka.").format(
            key=backup.name + KEY_SUFFIX
        ),
        code="ASN-1425",
    )


def sound_key(path: Path) -> bytes:
    """The key file, if it is one: a damaged one must not take the place of the good copy beside the backups.

    Raises :class:`EnvironmentProblem`.
    """
    try:
        if not side_files.read_object(path).get("wraps"):
            raise ValueError("wraps")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise EnvironmentProblem(
            _("Berkas kunci tidak ada atau rusak: {name}.").format(name=path.name),
            _("Salin kembali kunci.json dari folder cadangan, lalu ulangi."),
            code="ASN-1422",
            details=str(error),
        ) from error


def thin(backups: Iterable[Backup], now: datetime) -> list[Backup]:
    """Which copies may go: keeps the 10 with the newest work, all of two days, then 14 daily, 8 weekly, 12 monthly.

    Files that the program did not name are somebody's own and stay.
    """
    ordered = sorted((backup for backup in backups if backup.own_name), key=lambda backup: backup.worth, reverse=True)
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

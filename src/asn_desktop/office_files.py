"""The files of an office as a whole: built for the first time, moved in, opened, put back from a backup.

Nothing here is half done: an office appears at once or not at all, and a file that cannot be used is told apart from
one that never was an office, and from a disk that is full.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, text

from asn_desktop.accounts import keyfile
from asn_desktop.accounts.keyfile import NewKey
from asn_desktop.accounts.service import insert_user
from asn_desktop.core.clock import Clock, system_clock
from asn_desktop.core.errors import AppError, DatabaseDamaged, EnvironmentProblem, InputError, system_problem
from asn_desktop.core.files import keep_private, set_aside, write_whole
from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_clock, format_number, format_short_date
from asn_desktop.environment import machine, set_up
from asn_desktop.environment.instance import InstanceLock
from asn_desktop.environment.paths import OfficePaths
from asn_desktop.exchange.package import forks, founding
from asn_desktop.reference.queries import OfficeRow
from asn_desktop.reference.service import ReferenceService
from asn_desktop.storage import backup, backup_content, integrity
from asn_desktop.storage.backup_content import Backup
from asn_desktop.storage.base import Base
from asn_desktop.storage.engine import empty_log, open_engine, translated
from asn_desktop.storage.migrations import runner
from asn_desktop.storage.unit_of_work import Database


class DamagedOffice(DatabaseDamaged):
    """The office's database cannot be used. ``backup`` is the copy with the newest work that passed its check, if any;
    ``backups`` are all that are there."""

    def __init__(self, cause: DatabaseDamaged, found: Backup | None, backups: Sequence[Backup] = ()) -> None:
        hint = cause.hint
        if found is not None:
            hint = _("Pulihkan dari cadangan sehat terbaru: {name} ({what}).").format(
                name=found.path.name, what=describe(found)
            )
        super().__init__(cause.message, hint, code=cause.code, details=cause.details)
        self.backup = found
        self.backups = backups or tuple(filter(None, [found]))


class UnfinishedOffice(EnvironmentProblem):
    """Set up by an older program that was cut off: there is a key and nothing that it opens."""

    code = "ASN-1426"


def describe(found: Backup) -> str:
    """What is in a backup, in one line: counts, the last change inside, the file's own date."""
    inside = found.content
    made = _("berkas dibuat {when}").format(when=moment_text(found.made_at))
    if inside is None:
        return _("isi tidak terbaca, {made}").format(made=made)
    last = moment_text(inside.last_at)
    return _("{people} pegawai, {evaluations} evaluasi, perubahan terakhir {last}, {made}").format(
        people=format_number(inside.employees), evaluations=format_number(inside.evaluations), last=last, made=made
    )


def moment_text(moment: datetime | None) -> str:
    """``21/11/2026 10.42``; a dash when it is not known."""
    return f"{format_short_date(moment)} {format_clock(moment)}" if moment else "–"


def build(
    paths: OfficePaths, office: OfficeRow, user: str, passphrase: str, *, display_name: str = "", clock: Clock
) -> tuple[InstanceLock, NewKey]:
    """Make a new office at ``paths``, closed, with its lock held; nothing is left behind when that fails.

    Raises :class:`InputError` where an office is, :class:`EnvironmentProblem` when the place refuses.
    """
    if paths.exists and not set_aside_unfinished(paths, passphrase):
        raise _office_there(paths)
    paths.create()
    lock = InstanceLock(paths.lock)
    try:
        built = _begin(paths)
        new = keyfile.create(built.key_file, user, passphrase)
        with translated(built.database), _closing(open_engine(built.database, new.data_key)) as engine:
            runner.upgrade(engine)
            database = Database(engine, built.database, user=user, clock=clock)
            fill(database, office, display_name or user)
            forks.remember(database, paths)
            empty_log(engine, built.database)
        _appear(paths)
    except BaseException:
        set_up.discard(paths)
        lock.release()
        raise
    return lock, new


def fill(database: Database, office: OfficeRow, display_name: str) -> None:
    """What an office starts with, in empty tables."""
    now = database.clock()
    with database.write("office.create", _("Siapkan kantor"), undoable=False) as uow:
        ReferenceService(database).set_up(uow, office, range(now.year - 1, now.year + 2))
        insert_user(uow, database.user, display_name, "admin")
        founding.set_up(uow, now.isoformat(timespec="seconds"))


def place(paths: OfficePaths, source: Path, passphrase: str, *, clock: Clock) -> str:
    """Put a backup and the key file beside it at ``paths``; returns the user whose passphrase it is. Nothing is left
    behind when that fails."""
    if paths.exists:
        raise _office_there(paths)
    key_file = backup.key_beside(source, paths.key_file.name)
    user, data_key = keyfile.unlock_as_anyone(key_file, passphrase)
    paths.create()
    lock = InstanceLock(paths.lock)
    try:
        built = _begin(paths)
        try:
            write_whole(built.key_file, key_file.read_bytes())
            backup.restore(built.database, source, data_key, clock())
            paths.restored.touch()  # the PC it comes from is given up: other offices need not wait for it
        except OSError as error:
            raise system_problem(error, paths.home) from error
        _appear(paths)
    except BaseException:
        set_up.discard(paths)
        raise
    finally:
        lock.release()
    return user


def set_aside_unfinished(paths: OfficePaths, passphrase: str) -> bool:
    """Whether what is at ``paths`` was never an office: its set-up by an older program was cut off. Its files are then
    renamed, so that the set-up can begin again; the passphrase must be the one of that set-up."""
    try:
        user, data_key = keyfile.unlock_as_anyone(paths.key_file, passphrase)
        if backup_content.list_backups(paths.backups, data_key):
            return False
        if paths.database.exists() and paths.database.stat().st_size:
            lock = InstanceLock(paths.lock)
            try:
                open_database(paths, user, data_key, system_clock, verify=False).close()
            finally:
                lock.release()
            return False
    except UnfinishedOffice:
        pass
    except AppError:
        return False
    for path in (paths.database, paths.key_file):
        set_aside(path, system_clock())
    return True


def restore_backup(
    paths: OfficePaths, user: str, passphrase: str, source: Path, *, clock: Clock = system_clock
) -> Path | None:
    """Put a backup in the place of the office's database; the replaced file is kept and its path returned.

    The office must be closed. What is there now is backed up first when it can still be read.
    """
    must_exist(paths)
    data_key = keyfile.unlock(paths.key_file, user, passphrase)
    lock = InstanceLock(paths.lock)
    try:
        if not backup.check_file(paths.database, data_key, sealed=False):
            engine = open_engine(paths.database, data_key)
            database = Database(engine, paths.database, user=user, clock=clock)
            try:
                backup.make(database, data_key, paths.backups, "pulih")
            finally:
                database.close()
        marked = paths.restored.exists()
        try:
            paths.restored.touch()  # first: a restored database must never be taken for the one it replaces
            kept = backup.restore(paths.database, source, data_key, clock())
            # The log of the restored file ends earlier: the old anchor would call it cut off.
            paths.anchor.unlink(missing_ok=True)
        except OSError as error:
            raise system_problem(error, paths.home) from error
        except AppError:
            if not marked:
                paths.restored.unlink(missing_ok=True)
            raise
        with suppress(EnvironmentProblem):
            lock.mark(b"")
        return kept
    finally:
        lock.release()


def put_key_back(paths: OfficePaths) -> None:
    """Take the copy of the key file beside the backups; a damaged one is kept under another name.

    Raises :class:`EnvironmentProblem` when there is no sound copy or the disk refuses.
    """
    data = backup.sound_key(paths.backups / paths.key_file.name)
    lock = InstanceLock(paths.lock)
    try:
        set_aside(paths.key_file, system_clock())
        write_whole(paths.key_file, data)
    except OSError as error:
        raise system_problem(error, paths.home) from error
    finally:
        lock.release()


def backups_of(paths: OfficePaths, data_key: bytes) -> list[Backup]:
    """The copies in the office's backup folder, the newest work first."""
    return backup_content.list_backups(paths.backups, data_key, machine.seen_in(paths.home))


def must_exist(paths: OfficePaths) -> None:
    """Raises :class:`EnvironmentProblem` where no office is."""
    if not paths.exists:
        raise EnvironmentProblem(
            _("Belum ada data kantor di {path}.").format(path=paths.home),
            _("Siapkan data kantor dahulu, atau pilih folder lain."),
            code="ASN-1423",
        )


def keep_office_private(paths: OfficePaths) -> None:
    """Offices set up by an older program are readable by everybody on the PC."""
    keep_private(paths.key_file, paths.database, paths.anchor, paths.backups, paths.logs)


def open_database(paths: OfficePaths, user: str, data_key: bytes, clock: Clock, *, verify: bool) -> Database:
    """The office's database in the schema of this program, every page read when ``verify``.

    Raises :class:`DatabaseDamaged`, :class:`UnfinishedOffice`, ``DatabaseTooNew``, :class:`EnvironmentProblem`.
    """
    if paths.database.is_dir():
        raise DatabaseDamaged(
            _("Di tempat berkas data ada folder bernama {name}.").format(name=paths.database.name),
            _("Pulihkan dari cadangan yang sehat."),
            code="ASN-1435",
        )
    if not paths.database.exists() or not paths.database.stat().st_size:
        raise DatabaseDamaged(
            _("Berkas data kantor ini hilang atau kosong: {name}.").format(name=paths.database.name),
            _("Pulihkan dari cadangan yang sehat."),
            code="ASN-1432",
        )
    database = Database(open_engine(paths.database, data_key), paths.database, user=user, clock=clock)
    try:
        with translated(paths.database):
            _make_current(database, paths, data_key)
            if verify and not integrity.pages_sound(database):
                raise DatabaseDamaged(
                    _("Sebagian berkas data rusak: {name}.").format(name=paths.database.name),
                    _("Pulihkan dari cadangan yang sehat."),
                )
            _tables_are_there(database, paths)
    except BaseException:
        database.close()
        raise
    return database


def _make_current(database: Database, paths: OfficePaths, data_key: bytes) -> None:
    """Bring an older schema to this program's, after a backup."""
    with database.read() as connection:
        if not runner.schema_version(connection):
            raise _unfinished(paths)
    if runner.needs_upgrade(database.engine):
        backup.make(database, data_key, paths.backups, "migrasi")
        runner.upgrade(database.engine)


def _tables_are_there(database: Database, paths: OfficePaths) -> None:
    """Whether a database of this schema has all of its tables, and an office in them."""
    with database.read() as connection:
        found = set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")))
        missing = sorted(set(Base.metadata.tables) - found)
        founded = not missing and connection.scalar(text("SELECT count(*) FROM replica"))
        begun = "operation" in found and connection.scalar(text("SELECT count(*) FROM operation"))
    if not founded and not missing and not begun:
        raise _unfinished(paths)
    if not founded:
        raise DatabaseDamaged(
            _("Sebagian isi berkas data hilang: {name}.").format(name=paths.database.name),
            _("Pulihkan dari cadangan yang sehat."),
            code="ASN-1436",
            details=", ".join(missing) or "replica",
        )


def _begin(paths: OfficePaths) -> OfficePaths:
    try:
        return set_up.begin(paths)
    except OSError as error:
        raise system_problem(error, paths.home) from error


def _appear(paths: OfficePaths) -> None:
    try:
        set_up.finish(paths)
    except OSError as error:
        raise system_problem(error, paths.home) from error


@contextmanager
def _closing(engine: Engine) -> Iterator[Engine]:
    """Closed whatever happens: Windows moves and deletes no file that is open."""
    try:
        yield engine
    finally:
        engine.dispose()


def _office_there(paths: OfficePaths) -> InputError:
    return InputError(
        _("Di folder ini sudah ada data kantor: {path}.").format(path=paths.home),
        _("Buka data itu, atau pilih folder lain."),
        code="ASN-1421",
    )


def _unfinished(paths: OfficePaths) -> UnfinishedOffice:
    return UnfinishedOffice(
        _("Penyiapan kantor di {path} terputus. Belum ada data di dalamnya.").format(path=paths.home),
        _("Ulangi penyiapannya di folder yang sama, dengan kata sandi yang sama."),
    )

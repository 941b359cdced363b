"""The services of one open office, for the window and the command line alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from asn_desktop.accounts import keyfile
from asn_desktop.accounts.service import AccountService, insert_user
from asn_desktop.appraisal.service import AppraisalService
from asn_desktop.core.clock import Clock, system_clock
from asn_desktop.core.errors import DatabaseDamaged, EnvironmentProblem, InputError
from asn_desktop.core.files import write_whole
from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_moment
from asn_desktop.environment import logs
from asn_desktop.environment.instance import InstanceLock
from asn_desktop.environment.paths import OfficePaths
from asn_desktop.exchange import model as exchange_tables  # noqa: F401 - undo has to know every table
from asn_desktop.exchange.package import forks, founding
from asn_desktop.exchange.package import model as package_tables  # noqa: F401 - the same
from asn_desktop.exchange.package.reminders import Reminders, reminders
from asn_desktop.exchange.worksheet import model as worksheet_tables  # noqa: F401 - undo has to know every table
from asn_desktop.personnel.service import PersonnelService
from asn_desktop.reference.office_code import parse_office_code
from asn_desktop.reference.queries import OfficeRow
from asn_desktop.reference.service import ReferenceService
from asn_desktop.remediation.service import RemediationService
from asn_desktop.storage import backup, integrity
from asn_desktop.storage.backup import Backup as Backup  # clients show backups and never import storage
from asn_desktop.storage.engine import open_engine
from asn_desktop.storage.migrations import runner
from asn_desktop.storage.safety import SafetyService
from asn_desktop.storage.unit_of_work import Database
from asn_desktop.training.service import TrainingService

if TYPE_CHECKING:
    from asn_desktop.exchange.inbox import Inbox
    from asn_desktop.exchange.package.reading import PackageReading
    from asn_desktop.exchange.package.service import PackageService
    from asn_desktop.exchange.service import ExchangeService
    from asn_desktop.exchange.worksheet.service import WorksheetService


@dataclass(frozen=True)
class Services:
    """Everything a client may call. Close it with :func:`close_office`."""

    paths: OfficePaths
    database: Database
    lock: InstanceLock
    accounts: AccountService
    reference: ReferenceService
    personnel: PersonnelService
    safety: SafetyService
    appraisal: AppraisalService
    training: TrainingService
    remediation: RemediationService
    data_key: bytes = field(repr=False)

    @cached_property
    def worksheets(self) -> WorksheetService:
        """Lembar kerja; made when first asked for, like :attr:`exchange`."""
        from asn_desktop.exchange.worksheet.service import WorksheetService

        return WorksheetService(self.database, self.reference, self.appraisal)

    @cached_property
    def exchange(self) -> ExchangeService:
        """Made when the first workbook comes in or goes out: reading and writing them is a fifth of all our code."""
        from asn_desktop.exchange.service import ExchangeService

        return ExchangeService(self.database, self.reference, self.appraisal, self.worksheets, self._back_up)

    @cached_property
    def packages(self) -> PackageService:
        """Made when the first package is sent, received or looked for."""
        from asn_desktop.exchange.package.service import PackageService
        from asn_desktop.exchange.package.signing import OfficeKey

        return PackageService(
            self.database,
            self.paths,
            self._back_up,
            self.appraisal.predicate_of,
            lambda uow, rids: self.remediation.propose_within(uow, rids=rids),
            OfficeKey(self.data_key),
        )

    @cached_property
    def inbox(self) -> Inbox:
        """Many received files at once, of every kind."""
        from asn_desktop.exchange.inbox import Inbox

        return Inbox(self.exchange, self.packages, self._back_up)

    @cached_property
    def package_reading(self) -> PackageReading:
        """Packages and conflicts in words, and counts across offices: for the window."""
        from asn_desktop.exchange.package.reading import PackageReading

        return PackageReading(self.database)

    def package_reminders(self) -> Reminders:
        """What *Beranda* and the badge say about packages, without loading what makes and reads them."""
        with self.database.read() as connection:
            return reminders(connection)

    def _back_up(self, reason: str) -> Path:
        return self.safety.back_up(reason).path


class DamagedOffice(DatabaseDamaged):
    """The office's database cannot be used; ``backup`` is the newest copy that passed its check, if any."""

    def __init__(self, cause: DatabaseDamaged, found: Backup | None) -> None:
        hint = cause.hint
        if found is not None:
            hint = _("Pulihkan dari cadangan sehat terbaru: {name} ({when}).").format(
                when=format_moment(found.made_at), name=found.path.name
            )
        super().__init__(cause.message, hint, code=cause.code, details=cause.details)
        self.backup = found


def agency_of(office_name: str) -> str:
    """The agency printed on forms, guessed from an office's name; it can be edited in the settings."""
    for prefix in ("BKPSDMD ", "BKPSDM ", "BKPP ", "BKD "):
        if office_name.upper().startswith(prefix):
            return f"Pemerintah {office_name[len(prefix) :]}"
    return office_name


def new_office(
    code: str, name: str, *, agency: str = "", place: str = "", role: str = "district", sample: bool = False
) -> OfficeRow:
    """The answers of the set-up; without an agency it is guessed from the name."""
    return OfficeRow(code.strip(), name.strip(), agency.strip() or agency_of(name.strip()), place.strip(), role, sample)


def create_office(
    paths: OfficePaths,
    office: OfficeRow,
    user: str,
    passphrase: str,
    *,
    display_name: str = "",
    clock: Clock = system_clock,
) -> tuple[Services, str]:
    """Set up a new office at ``paths``; returns its services and the recovery code to be written down.

    Raises :class:`InputError` for unusable answers or when an office is already there, and
    :class:`EnvironmentProblem` when the folder cannot be written; nothing is left behind then.
    """
    if not office.code.strip() or not office.name.strip() or not user.strip():
        raise InputError(
            _("Kode kantor, nama kantor, dan nama pengguna harus diisi."),
            _("Lengkapi isiannya, lalu lanjutkan."),
            code="ASN-1106",
        )
    if paths.exists:
        raise _office_there(paths)
    office = replace(office, code=parse_office_code(office.code, office.role).code)
    keyfile.check_passphrase(passphrase)
    paths.create()
    lock = InstanceLock(paths.lock)
    engine = None
    try:
        new = keyfile.create(paths.key_file, user, passphrase)
        engine = open_engine(paths.database, new.data_key)
        runner.upgrade(engine)
        database = Database(engine, paths.database, user=user, clock=clock)
        services = _bundle(paths, database, lock, new.data_key)
        year = clock().year
        with database.write("office.create", _("Siapkan kantor"), undoable=False) as uow:
            services.reference.set_up(uow, office, range(year - 1, year + 2))
            insert_user(uow, user, display_name or user, "admin")
            founding.set_up(uow, clock().isoformat(timespec="seconds"))
        services.safety.note_anchor()
        forks.remember(database, paths)
        lock.mark(b"terbuka")
    except BaseException:
        if engine is not None:
            engine.dispose()  # first: Windows deletes no file that is still open
        lock.release()
        paths.key_file.unlink(missing_ok=True)
        paths.database.unlink(missing_ok=True)
        raise
    logs.start_log(paths.logs)
    return services, new.recovery_code


def open_office(
    paths: OfficePaths, user: str, passphrase: str, *, verify: bool = True, clock: Clock = system_clock
) -> Services:
    """Open an existing office. Old schemas are upgraded after a backup.

    ``verify`` reads every page once (a large file takes a moment): the window opens without and checks in the
    background with :meth:`SafetyService.pages_sound`. After an unclean end it is always done.

    Raises ``WrongPassphrase``, ``DatabaseTooNew``, :class:`DamagedOffice` (with the newest good backup) or
    another :class:`EnvironmentProblem`.
    """
    _must_exist(paths)
    return open_with_key(paths, user, keyfile.unlock(paths.key_file, user, passphrase), verify=verify, clock=clock)


def open_with_recovery_code(
    paths: OfficePaths, user: str, code: str, new_passphrase: str, *, clock: Clock = system_clock
) -> Services:
    """The way back after a lost passphrase: the code opens, and ``user`` gets a new passphrase."""
    _must_exist(paths)
    keyfile.check_passphrase(new_passphrase)
    data_key = keyfile.unlock_with_code(paths.key_file, code)
    keyfile.set_passphrase(paths.key_file, user, data_key, new_passphrase)
    return open_with_key(paths, user, data_key, clock=clock)


def close_office(services: Services) -> None:
    """Note the anchor, mark the clean end, release the file."""
    try:
        services.safety.note_anchor()
        forks.remember(services.database, services.paths)
    finally:
        services.database.close()
        services.lock.mark(b"")
        services.lock.release()


def office_users(paths: OfficePaths) -> Sequence[str]:
    """Who can sign in here."""
    _must_exist(paths)
    return keyfile.users(paths.key_file)


def list_backups(paths: OfficePaths) -> list[Backup]:
    """The copies in the office's backup folder, newest first; also when the office cannot be opened."""
    return backup.list_backups(paths.backups)


def restore_backup(
    paths: OfficePaths, user: str, passphrase: str, source: Path, *, clock: Clock = system_clock
) -> Path | None:
    """Put a backup in the place of the office's database; the replaced file is kept and its path returned.

    The office must be closed. What is there now is backed up first when it can still be read.
    """
    _must_exist(paths)
    data_key = keyfile.unlock(paths.key_file, user, passphrase)
    lock = InstanceLock(paths.lock)
    try:
        if not backup.check_file(paths.database, data_key):
            engine = open_engine(paths.database, data_key)
            database = Database(engine, paths.database, user=user, clock=clock)
            try:
                backup.make(database, data_key, paths.backups, "pulih")
            finally:
                database.close()
        kept = backup.restore(paths.database, source, data_key, clock())
        # The log of the restored file ends earlier: the old anchor would call it cut off.
        paths.anchor.unlink(missing_ok=True)
        paths.restored.touch()
        lock.mark(b"")
        return kept
    finally:
        lock.release()


def move_in(paths: OfficePaths, source: Path, passphrase: str, *, clock: Clock = system_clock) -> Services:
    """Set up an office at ``paths`` from a backup made on another PC, its key file beside it; returns it open.

    Raises :class:`InputError` when an office is already there, :class:`EnvironmentProblem` without a key file,
    ``WrongPassphrase`` when no user of the backup has this passphrase, :class:`DatabaseDamaged` for an unsound copy.
    Nothing is left behind then.
    """
    if paths.exists:
        raise _office_there(paths)
    key_file = backup.key_beside(source, paths.key_file.name)
    user, data_key = keyfile.unlock_as_anyone(key_file, passphrase)
    paths.create()
    lock = InstanceLock(paths.lock)
    try:
        backup.restore(paths.database, source, data_key, clock())
        write_whole(paths.key_file, key_file.read_bytes())
        paths.restored.touch()  # the PC it comes from is given up: other offices need not wait for it
    except BaseException:
        paths.database.unlink(missing_ok=True)
        raise
    finally:
        lock.release()
    return open_office(paths, user, passphrase, clock=clock)


def _office_there(paths: OfficePaths) -> InputError:
    return InputError(
        _("Di folder ini sudah ada data kantor: {path}.").format(path=paths.home),
        _("Buka data itu, atau pilih folder lain."),
        code="ASN-1421",
    )


def _must_exist(paths: OfficePaths) -> None:
    if not paths.exists:
        raise EnvironmentProblem(
            _("Belum ada data kantor di {path}.").format(path=paths.home),
            _("Siapkan data kantor dahulu, atau pilih folder lain."),
            code="ASN-1423",
        )


def open_with_key(
    paths: OfficePaths, user: str, data_key: bytes, *, verify: bool = True, clock: Clock = system_clock
) -> Services:
    """The second half of :func:`open_office`, for who has unlocked the key file already."""
    lock = InstanceLock(paths.lock)
    try:
        unclean = paths.lock.stat().st_size > 0
        try:
            database = _open_database(paths, user, data_key, clock, verify or unclean)
        except DatabaseDamaged as error:
            raise DamagedOffice(error, backup.newest_sound(paths.backups, data_key)) from error
        forks.settle_identity(database, paths)
        lock.mark(b"terbuka")
    except BaseException:
        lock.release()
        raise
    logs.start_log(paths.logs)
    return _bundle(paths, database, lock, data_key)


def _open_database(paths: OfficePaths, user: str, data_key: bytes, clock: Clock, verify: bool) -> Database:
    if not paths.database.exists() or not paths.database.stat().st_size:
        raise DatabaseDamaged(
            _("Berkas data kantor ini hilang atau kosong: {name}.").format(name=paths.database.name),
            _("Pulihkan dari cadangan yang sehat."),
            code="ASN-1432",
        )
    engine = open_engine(paths.database, data_key)
    database = Database(engine, paths.database, user=user, clock=clock)
    try:
        with database.read() as connection:
            runner.schema_version(connection)
        if runner.needs_upgrade(engine):
            backup.make(database, data_key, paths.backups, "migrasi")
            runner.upgrade(engine)
        if verify and not integrity.pages_sound(database):
            raise DatabaseDamaged(
                _("Sebagian berkas data rusak: {name}.").format(name=paths.database.name),
                _("Pulihkan dari cadangan yang sehat."),
            )
    except (EnvironmentProblem, DBAPIError) as error:
        database.close()
        if isinstance(error, DBAPIError):
            raise DatabaseDamaged(
                _("Berkas data rusak: {name}.").format(name=paths.database.name),
                _("Pulihkan dari cadangan yang sehat."),
                details=str(error.orig),
            ) from error
        raise
    return database


def _bundle(paths: OfficePaths, database: Database, lock: InstanceLock, data_key: bytes) -> Services:
    reference = ReferenceService(database)
    appraisal = AppraisalService(database, reference)
    remediation = RemediationService(database)
    safety = SafetyService(database, data_key, paths.backups, paths.key_file, paths.anchor)
    database.before_commit.append(remediation.follow_ratings)
    return Services(
        paths=paths,
        database=database,
        lock=lock,
        accounts=AccountService(database, paths.key_file, data_key),
        reference=reference,
        personnel=PersonnelService(database),
        safety=safety,
        appraisal=appraisal,
        training=TrainingService(database),
        remediation=remediation,
        data_key=data_key,
    )

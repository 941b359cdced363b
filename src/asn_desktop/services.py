"""The services of one open office, for the window and the command line alike."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from asn_desktop import office_files
from asn_desktop.accounts import keyfile
from asn_desktop.accounts.passphrase import check_passphrase
from asn_desktop.accounts.rights import access_of
from asn_desktop.accounts.service import AccountService
from asn_desktop.appraisal.service import AppraisalService
from asn_desktop.core.clock import Clock, system_clock
from asn_desktop.core.errors import AppError, DatabaseDamaged, EnvironmentProblem, InputError
from asn_desktop.core.i18n import _
from asn_desktop.core.outputs import enter_office, leave_office
from asn_desktop.core.rights import Right
from asn_desktop.environment import logs
from asn_desktop.environment.instance import InstanceLock
from asn_desktop.environment.paths import OfficePaths
from asn_desktop.exchange import model as exchange_tables  # noqa: F401 - undo has to know every table
from asn_desktop.exchange.package import forks, later
from asn_desktop.exchange.package import model as package_tables  # noqa: F401 - the same
from asn_desktop.exchange.package.reminders import Reminders, reminders
from asn_desktop.exchange.worksheet import model as worksheet_tables  # noqa: F401 - undo has to know every table
from asn_desktop.office_files import DamagedOffice as DamagedOffice
from asn_desktop.office_files import UnfinishedOffice as UnfinishedOffice
from asn_desktop.office_files import backups_of, keep_office_private, must_exist, open_database
from asn_desktop.office_files import describe as describe
from asn_desktop.office_files import moment_text as moment_text
from asn_desktop.office_files import put_key_back as put_key_back
from asn_desktop.office_files import restore_backup as restore_backup
from asn_desktop.office_files import set_aside_unfinished as set_aside_unfinished
from asn_desktop.personnel.service import PersonnelService
from asn_desktop.reference.office_code import parse_office_code
from asn_desktop.reference.queries import OfficeRow
from asn_desktop.reference.service import ReferenceService
from asn_desktop.remediation.service import RemediationService
from asn_desktop.storage import backup
from asn_desktop.storage.backup_content import Backup as Backup  # clients show backups and never import storage
from asn_desktop.storage.safety import SafetyService
from asn_desktop.storage.unit_of_work import Database
from asn_desktop.training.service import TrainingService

if TYPE_CHECKING:
    from asn_desktop.exchange.inbox import Inbox
    from asn_desktop.exchange.package.reading import PackageReading
    from asn_desktop.exchange.package.service import PackageService
    from asn_desktop.exchange.service import ExchangeService
    from asn_desktop.exchange.worksheet.service import WorksheetService


log = logging.getLogger(__name__)


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

        return Inbox(self.database, self.exchange, self.packages, self._back_up)

    @cached_property
    def package_reading(self) -> PackageReading:
        """Packages and conflicts in words, and counts across offices: for the window."""
        from asn_desktop.exchange.package.reading import PackageReading

        return PackageReading(self.database)

    def package_reminders(self) -> Reminders:
        """What *Beranda* and the badge say about packages, without loading what makes and reads them."""
        with self.database.read() as connection:
            return reminders(connection)

    def may(self, right: Right) -> bool:
        """Whether the signed-in person has this right: what a window shows as possible."""
        return self.database.access.may(right)

    def _back_up(self, reason: str) -> Path:
        return self.safety.back_up(reason).path


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
    check_passphrase(passphrase)
    office = replace(office, code=parse_office_code(office.code, office.role).code)
    lock, new = office_files.build(paths, office, user, passphrase, display_name=display_name, clock=clock)
    services = _open_locked(paths, lock, user, new.data_key, verify=False, clock=clock)
    services.safety.note_anchor()
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
    must_exist(paths)
    return open_with_key(paths, user, keyfile.unlock(paths.key_file, user, passphrase), verify=verify, clock=clock)


def open_with_recovery_code(
    paths: OfficePaths, user: str, code: str, new_passphrase: str, *, clock: Clock = system_clock
) -> Services:
    """The way back after a lost passphrase: the code opens, and ``user`` gets a new passphrase."""
    must_exist(paths)
    check_passphrase(new_passphrase)
    data_key = keyfile.unlock_with_code(paths.key_file, code)
    keyfile.set_passphrase(paths.key_file, user, data_key, new_passphrase)
    return open_with_key(paths, user, data_key, clock=clock)


def close_office(services: Services) -> None:
    """Note the anchor, mark the clean end, release the file.

    Never raises: what was committed stays committed, and the error that led here is the one to be told. A note that
    could not be written leaves the mark of an unclean end, so the next opening reads every page.
    """
    clean = True
    try:
        services.safety.note_anchor()
        forks.remember(services.database, services.paths)
    except AppError as error:
        clean = False
        log.warning("not noted at closing: %s %s", error.code, error.details)
    services.database.close()
    if clean:
        with suppress(EnvironmentProblem):
            services.lock.mark(b"")
    services.lock.release()
    leave_office(services.paths.home)


def office_users(paths: OfficePaths) -> Sequence[str]:
    """Who can sign in here."""
    must_exist(paths)
    return keyfile.users(paths.key_file)


def list_backups(paths: OfficePaths, user: str, passphrase: str) -> list[Backup]:
    """The copies in the office's backup folder, the newest work first; also when the office cannot be opened."""
    must_exist(paths)
    return backups_of(paths, keyfile.unlock(paths.key_file, user, passphrase))


def move_in(paths: OfficePaths, source: Path, passphrase: str, *, clock: Clock = system_clock) -> Services:
    """Set up an office at ``paths`` from a backup made on another PC, its key file beside it; returns it open.

    Raises :class:`InputError` when an office is already there, :class:`EnvironmentProblem` without a key file,
    ``WrongPassphrase`` when no user of the backup has this passphrase, :class:`DatabaseDamaged` for an unsound copy.
    Nothing is left behind then.
    """
    user = office_files.place(paths, source, passphrase, clock=clock)
    return open_office(paths, user, passphrase, clock=clock)


def open_with_key(
    paths: OfficePaths, user: str, data_key: bytes, *, verify: bool = True, clock: Clock = system_clock
) -> Services:
    """The second half of :func:`open_office`, for who has unlocked the key file already."""
    return _open_locked(paths, InstanceLock(paths.lock), user, data_key, verify=verify, clock=clock)


def _open_locked(
    paths: OfficePaths, lock: InstanceLock, user: str, data_key: bytes, *, verify: bool, clock: Clock
) -> Services:
    """Gives the lock back when the office cannot be opened."""
    try:
        unclean = paths.lock.stat().st_size > 0
        enter_office(paths.home)
        keep_office_private(paths)
        try:
            database = open_database(paths, user, data_key, clock, verify=verify or unclean)
        except DatabaseDamaged as error:
            backups = backups_of(paths, data_key)
            raise DamagedOffice(error, backup.newest_sound(backups, data_key), backups) from error
        try:
            forks.settle_identity(database, paths)
            lock.mark(b"terbuka")
        except BaseException:
            database.close()
            raise
    except BaseException:
        leave_office(paths.home)
        lock.release()
        raise
    logs.start_log(paths.logs)
    return bundle(paths, database, lock, data_key)


def bundle(paths: OfficePaths, database: Database, lock: InstanceLock, data_key: bytes) -> Services:
    """The services on an open database."""
    reference = ReferenceService(database)
    appraisal = AppraisalService(database, reference)
    remediation = RemediationService(database)
    safety = SafetyService(database, data_key, paths.backups, paths.key_file, paths.anchor)
    accounts = AccountService(database, paths.key_file, data_key)
    database.access = access_of(accounts.current().role)
    database.before_commit.append(remediation.follow_ratings)
    database.before_removal.append(later.forget)
    return Services(
        paths=paths,
        database=database,
        lock=lock,
        accounts=accounts,
        reference=reference,
        personnel=PersonnelService(database),
        safety=safety,
        appraisal=appraisal,
        training=TrainingService(database),
        remediation=remediation,
        data_key=data_key,
    )

"""Users of an office: who is signed in, new users, changed passphrases."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from asn_desktop.accounts import keyfile
from asn_desktop.accounts.model import ROLES, User
from asn_desktop.accounts.passphrase import check_passphrase
from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.errors import InputError
from asn_desktop.core.i18n import _
from asn_desktop.core.rights import Right
from asn_desktop.storage.service import Service, needs
from asn_desktop.storage.unit_of_work import Database, UnitOfWork


@dataclass(frozen=True, slots=True)
class UserRow:
    name: str
    display_name: str
    role: str
    active: bool


class AccountService(Service):
    def __init__(self, database: Database, key_file: Path, data_key: bytes) -> None:
        self._database = database
        self._key_file = key_file
        self._data_key = data_key

    @needs(Right.READ)
    def users(self) -> list[UserRow]:
        with self._database.read() as connection:
            rows = connection.execute(select(User.name, User.display_name, User.role, User.active).order_by(User.name))
            return [UserRow(*row) for row in rows]

    @needs(Right.READ)
    def full_names(self) -> dict[str, str]:
        """How people read a user: the full name behind each name for signing in."""
        return {user.name: user.display_name for user in self.users()}

    @needs(Right.READ)
    def current(self) -> UserRow:
        """The signed-in user."""
        return next(
            (row for row in self.users() if row.name == self._database.user),
            UserRow(self._database.user, self._database.user, "operator", True),
        )

    @needs(Right.USERS)
    def add_user(self, name: str, display_name: str, role: str, passphrase: str) -> ChangeSet:
        """A colleague of this office; their passphrase wraps the same data key."""
        if not name.strip() or name.startswith("#"):
            raise InputError(_("Nama pengguna belum benar."), _("Pakai nama pendek tanpa tanda khusus."))
        if role not in ROLES:
            raise InputError(_("Peran tidak dikenal."), ", ".join(ROLES))
        check_passphrase(passphrase)
        with self._database.write("user.add", _("Tambah pengguna {name}").format(name=name), undoable=False) as uow:
            insert_user(uow, name.strip(), display_name.strip() or name.strip(), role)
        keyfile.set_passphrase(self._key_file, name.strip(), self._data_key, passphrase)
        return uow.change_set

    @needs(Right.ACCOUNT)
    def confirm(self, passphrase: str) -> None:
        """Check the signed-in user's passphrase again before something grave; raises ``WrongPassphrase``."""
        keyfile.unlock(self._key_file, self._database.user, passphrase)

    @needs(Right.ACCOUNT)
    def change_passphrase(self, old: str, new: str) -> None:
        """Replace the signed-in user's passphrase; the old one must fit."""
        keyfile.unlock(self._key_file, self._database.user, old)
        keyfile.set_passphrase(self._key_file, self._database.user, self._data_key, new)

    @needs(Right.BACKUP)
    def new_recovery_code(self, passphrase: str) -> str:
        """A new recovery code for who never saw the first, or lost it; raises ``WrongPassphrase``."""
        self.confirm(passphrase)
        return keyfile.set_recovery_code(self._key_file, self._data_key)


def insert_user(uow: UnitOfWork, name: str, display_name: str, role: str) -> int:
    return uow.insert(User, {"name": name, "display_name": display_name, "role": role})

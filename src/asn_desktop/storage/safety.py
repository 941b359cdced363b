"""What keeps the data safe, as user actions: backup, restore, check, undo, redo, history."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from asn_desktop.core.changes import ChangeSet, OperationRow
from asn_desktop.core.errors import FileNotWritten, InputError
from asn_desktop.core.files import write_whole
from asn_desktop.core.i18n import _
from asn_desktop.storage import backup, change_log, integrity, undo
from asn_desktop.storage.backup import Backup
from asn_desktop.storage.integrity import IntegrityReport
from asn_desktop.storage.unit_of_work import Database


class SafetyService:
    """``folder`` holds the backups, ``key_file`` travels with them, ``anchor`` notes the log's head outside."""

    def __init__(self, database: Database, data_key: bytes, folder: Path, key_file: Path, anchor: Path) -> None:
        self._database = database
        self._key = data_key
        self._folder = folder
        self._key_file = key_file
        self._anchor = anchor

    # -- backups ------------------------------------------------------------------------------------------

    def back_up(self, reason: str = "manual") -> Backup:
        """A verified copy in the backup folder; older ones are thinned (10 recent, 14 daily, 8 weekly, 12 monthly)."""
        made = backup.make(self._database, self._key, self._folder, reason)
        self._copy_key(self._folder / self._key_file.name)
        self.note_anchor()
        for old in backup.thin(backup.list_backups(self._folder), made.made_at):
            old.path.unlink(missing_ok=True)
        return made

    def back_up_to(self, target: Path) -> Path:
        """A verified copy where the person wants it, with the key file beside it (``<name>.kunci.json``)."""
        backup.copy_to(self._database, self._key, target)
        self._copy_key(target.with_name(target.name + ".kunci.json"))
        return target

    def _copy_key(self, target: Path) -> None:
        """Without its key file a backup is of no use on another machine."""
        try:
            shutil.copyfile(self._key_file, target)
        except OSError as error:
            raise FileNotWritten(target.name, str(error)) from error

    def backups(self) -> list[Backup]:
        return backup.list_backups(self._folder)

    # -- checks -------------------------------------------------------------------------------------------

    def check(self) -> IntegrityReport:
        """Structure, references, and the whole hash chain against the anchor noted outside the database."""
        return integrity.check(self._database, self._read_anchor())

    def pages_sound(self) -> bool:
        """Whether every page of the database file is as it was written (see ``integrity.pages_sound``)."""
        return integrity.pages_sound(self._database)

    def note_anchor(self) -> None:
        """Write number and hash of the last operation beside the database."""
        with self._database.read() as connection:
            number, digest = change_log.head(connection)
        write_whole(self._anchor, json.dumps({"operation": number, "hash": digest}).encode("utf-8"))

    def _read_anchor(self) -> tuple[int, str] | None:
        try:
            content = json.loads(self._anchor.read_text(encoding="utf-8"))
            return int(content["operation"]), str(content["hash"])
        except (OSError, ValueError, KeyError):
            return None

    # -- undo ---------------------------------------------------------------------------------------------

    def next_undo(self) -> str | None:
        """The label of what Ctrl+Z would take back, or None."""
        with self._database.read() as connection:
            found = undo.next_undo(connection)
        return found[1] if found else None

    def next_redo(self) -> str | None:
        with self._database.read() as connection:
            found = undo.next_redo(connection)
        return found[1] if found else None

    def undo(self, initiator: object = None) -> ChangeSet:
        """Take back the last operation; raises :class:`InputError` when there is nothing to take back."""
        with self._database.read() as connection:
            found = undo.next_undo(connection)
        if found is None:
            raise InputError(_("Tidak ada langkah yang dapat diurungkan."), "", code="ASN-1104")
        return undo.undo(self._database, found[0], initiator)

    def redo(self, initiator: object = None) -> ChangeSet:
        with self._database.read() as connection:
            found = undo.next_redo(connection)
        if found is None:
            raise InputError(_("Tidak ada langkah yang dapat diulangi."), "", code="ASN-1105")
        return undo.undo(self._database, found[0], initiator)

    def undo_operation(self, operation_id: int) -> ChangeSet:
        """Take back one operation of the history, if nothing later touched its records."""
        return undo.undo(self._database, operation_id)

    def history(self, limit: int = 200, rid: str | None = None) -> Sequence[OperationRow]:
        with self._database.read() as connection:
            return change_log.history(connection, limit, rid)

"""What keeps the data safe, as user actions: backup, restore, check, undo, redo, history."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from sqlalchemy import text

from asn_desktop.core import side_files
from asn_desktop.core.changes import ChangeSet, OperationRow
from asn_desktop.core.errors import EnvironmentProblem, FileNotWritten, InputError
from asn_desktop.core.files import write_whole
from asn_desktop.core.i18n import _
from asn_desktop.core.outputs import KEY_SUFFIX, refuse_output, write_output
from asn_desktop.core.rights import Right
from asn_desktop.storage import backup, change_log, integrity, undo
from asn_desktop.storage.backup_content import Backup, list_backups
from asn_desktop.storage.integrity import IntegrityReport
from asn_desktop.storage.service import Service, needs
from asn_desktop.storage.unit_of_work import Database

log = logging.getLogger(__name__)


class SafetyService(Service):
    """``folder`` holds the backups, ``key_file`` travels with them, ``anchor`` notes the log's head outside."""

    def __init__(self, database: Database, data_key: bytes, folder: Path, key_file: Path, anchor: Path) -> None:
        self._database = database
        self._key = data_key
        self._folder = folder
        self._key_file = key_file
        self._anchor = anchor

    # -- backups ------------------------------------------------------------------------------------------

    @needs(Right.BACKUP)
    def back_up(self, reason: str = "manual") -> Backup:
        """A verified copy in the backup folder; older ones are thinned (10 recent, 14 daily, 8 weekly, 12 monthly)."""
        made = backup.make(self._database, self._key, self._folder, reason)
        try:
            write_whole(self._folder / self._key_file.name, backup.sound_key(self._key_file))
        except OSError as error:
            raise FileNotWritten.because(self._key_file.name, error) from error
        self.note_anchor()
        for old in backup.thin(self.backups(), made.made_at):
            with suppress(OSError):  # held by a scanner: it goes the next time
                old.path.unlink(missing_ok=True)
        return made

    @needs(Right.BACKUP)
    def back_up_to(self, target: Path) -> Path:
        """A verified copy where the person wants it, with the key file beside it (``<name>.kunci.json``): without that
        one a backup is of no use on another machine."""
        beside = target.with_name(target.name + KEY_SUFFIX)
        refuse_output(target)
        refuse_output(beside)
        key = backup.sound_key(self._key_file)
        backup.copy_to(self._database, self._key, target)
        write_output(beside, key)
        return target

    @needs(Right.READ)
    def backups(self) -> list[Backup]:
        """The copies in the backup folder, the newest work first."""
        with self._database.read() as connection:
            own = connection.scalars(text("SELECT replica FROM replica")).all()
        return list_backups(self._folder, self._key, own)

    # -- checks -------------------------------------------------------------------------------------------

    @needs(Right.READ)
    def check(self) -> IntegrityReport:
        """Structure, references, and the whole hash chain against the anchor noted outside the database."""
        return integrity.check(self._database, self._read_anchor())

    @needs(Right.READ)
    def pages_sound(self) -> bool:
        """Whether every page of the database file is as it was written (see ``integrity.pages_sound``)."""
        return integrity.pages_sound(self._database)

    @needs(Right.READ)
    def anchor_problem(self) -> EnvironmentProblem | None:
        """What is wrong with the anchor, to be told at opening; None when it agrees with the log, or was never there.

        A damaged one is written anew at closing: what it said is lost anyway. One that disagrees stays.
        """
        if not os.path.lexists(self._anchor):
            return None
        anchor = self._read_anchor()
        if anchor is None:
            return EnvironmentProblem(
                _("Catatan penjaga riwayat rusak: {name}.").format(name=self._anchor.name),
                _("Data tetap dapat dipakai. Periksa keutuhannya, dan periksa disknya bila ini berulang."),
                code="ASN-1437",
            )
        with self._database.read() as connection:
            if change_log.agrees(connection, anchor):
                return None
        return EnvironmentProblem(
            _("Riwayat di berkas data berbeda dari yang tercatat di {name}.").format(name=self._anchor.name),
            _(
                "Mungkin berkas data ditukar, atau isian terakhir hilang: periksa isian terakhir. Bila sudah benar, "
                "buat cadangan, lalu pulihkan cadangan itu; pesan ini tidak muncul lagi."
            ),
            code="ASN-1438",
        )

    @needs(Right.READ)
    def note_anchor(self) -> None:
        """Write number and hash of the last operation beside the database.

        An anchor that cannot be written stays behind the log, which is no contradiction: what was committed is. One
        that contradicts the log is evidence, and is never written anew from the log that it accuses.
        """
        anchor = self._read_anchor()
        with self._database.read() as connection:
            if anchor is not None and not change_log.agrees(connection, anchor):
                log.warning("anchor disagrees with the log and is kept")
                return
            number, digest = change_log.head(connection)
        try:
            write_whole(self._anchor, json.dumps({"operation": number, "hash": digest}).encode("utf-8"))
        except OSError as error:
            log.warning("anchor not written: %s", error)

    def _read_anchor(self) -> tuple[int, str] | None:
        try:
            content = side_files.read_object(self._anchor)
            return side_files.number(content, "operation"), side_files.text(content, "hash", 64)
        except (OSError, ValueError):
            return None

    # -- undo ---------------------------------------------------------------------------------------------

    @needs(Right.READ)
    def next_undo(self) -> str | None:
        """The label of what Ctrl+Z would take back, or None: nobody takes back another person's step by it."""
        with self._database.read() as connection:
            found = undo.next_undo(connection, self._database.user)
        return found[1] if found else None

    @needs(Right.READ)
    def next_redo(self) -> str | None:
        with self._database.read() as connection:
            found = undo.next_redo(connection, self._database.user)
        return found[1] if found else None

    @needs(Right.UNDO)
    def undo(self, initiator: object = None) -> ChangeSet:
        """Take back one's own last operation; raises :class:`InputError` when there is nothing to take back."""
        with self._database.read() as connection:
            found = undo.next_undo(connection, self._database.user)
        if found is None:
            raise InputError(_("Tidak ada langkah yang dapat diurungkan."), "", code="ASN-1104")
        return undo.undo(self._database, found[0], initiator)

    @needs(Right.UNDO)
    def redo(self, initiator: object = None) -> ChangeSet:
        with self._database.read() as connection:
            found = undo.next_redo(connection, self._database.user)
        if found is None:
            raise InputError(_("Tidak ada langkah yang dapat diulangi."), "", code="ASN-1105")
        return undo.undo(self._database, found[0], initiator)

    @needs(Right.UNDO)
    def undo_operation(self, operation_id: int) -> ChangeSet:
        """Take back one operation of the history, if nothing later touched its records."""
        return undo.undo(self._database, operation_id)

    @needs(Right.READ)
    def history(self, limit: int = 200, rid: str | None = None) -> Sequence[OperationRow]:
        with self._database.read() as connection:
            return change_log.history(connection, limit, rid)

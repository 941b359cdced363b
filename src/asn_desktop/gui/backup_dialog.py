"""Backups: what there is, make one now or to another place, go back to one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from asn_desktop.core.errors import WrongPassphrase
from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import file_stamp
from asn_desktop.gui import messages, theme
from asn_desktop.gui.backup_text import content_text, last_change_text, reason_text, size_text
from asn_desktop.gui.dialogs import Dialog, fit
from asn_desktop.gui.folders import Place
from asn_desktop.gui.paged_model import CellKind, PagedTableModel, TableColumn, TableQuery
from asn_desktop.gui.start.fields import PassphraseField
from asn_desktop.gui.table_view import TableView
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import Card, EmptyState, button, label, wrappable
from asn_desktop.services import Backup, Services, describe, moment_text


class BackupDialog(Dialog):
    """``restore_wanted(path, passphrase)``: the composition root closes the office, puts the copy back, opens again."""

    restore_wanted = Signal(object, str)

    def __init__(self, services: Services, runner: Runner, parent: QWidget | None = None) -> None:
        subtitle = _(
            "Salinan terenkripsi yang sudah diperiksa. Dibuat otomatis sebelum impor dan saat program ditutup."
        )
        super().__init__(_("Cadangan data"), parent, subtitle=subtitle)
        self._services, self._runner = services, runner
        self._backups: dict[Path, Backup] = {}
        self.model = PagedTableModel(
            self._columns(), TableQuery(self._ids, self._rows, lambda row: row.path), parent=self
        )
        self.table = TableView(self.model, multi=False)
        self.table.setAccessibleName(_("Daftar cadangan data"))
        card = Card(parent=self, margins=0)
        self._stack = QStackedWidget(card)
        self._stack.addWidget(self.table)
        empty = EmptyState("shield-check", _("Belum ada cadangan"), _("Buat yang pertama dengan tombol di bawah."))
        self._stack.addWidget(empty)
        card.body.addWidget(self._stack)
        self.body.addWidget(card, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        self.elsewhere = button(_("Simpan ke tempat lain …"), icon="save", parent=self, clicked=self._copy)
        self.restore = button(_("Pulihkan …"), icon="rotate-ccw", parent=self, clicked=self._restore)
        row.addWidget(self.elsewhere)
        row.addWidget(self.restore)
        row.addStretch(1)
        self.body.addLayout(row)
        self.folder = label(
            _("Folder: {path}").format(path=wrappable(services.paths.backups)), "secondary", wrap=True, parent=self
        )
        self.body.addWidget(self.folder)
        self.add_cancel(_("Tutup"))
        self.make = self.add_primary(_("Buat cadangan sekarang"), self._make, icon="shield-check")
        fit(self, 900, 520)
        self.read()

    def _columns(self) -> list[TableColumn]:
        return [
            TableColumn("content", _("Isi"), content_text, width=220),
            TableColumn("last", _("Perubahan terakhir"), last_change_text, width=140),
            TableColumn("when", _("Berkas dibuat"), lambda row: moment_text(row.made_at), width=140),
            TableColumn("why", _("Alasan"), lambda row: reason_text(row.reason), width=150),
            TableColumn("size", _("Ukuran"), lambda row: size_text(row.size), CellKind.NUMBER, 80),
            TableColumn("file", _("Berkas"), lambda row: row.path.name, width=120),
        ]

    def _ids(self, _spec: object) -> list[Path]:
        return list(self._backups)

    def _rows(self, paths: object) -> list[Backup]:
        assert isinstance(paths, list | tuple)
        return [self._backups[path] for path in paths if path in self._backups]

    def read(self) -> None:
        """Look into the folder again."""
        self._backups = {backup.path: backup for backup in self._services.safety.backups()}
        self.model.refresh()
        self._stack.setCurrentIndex(0 if self._backups else 1)
        self.restore.setEnabled(bool(self._backups))

    def _make(self) -> None:
        self.make.setEnabled(False)
        self._runner.run_write(
            lambda _progress: self._services.safety.back_up(),
            self._made,
            self._failed,
            title=_("Membuat cadangan"),
            owner=self,
        )

    def _made(self, backup: Backup) -> None:
        self.make.setEnabled(True)
        self.read()
        self.table.select_id(backup.path)
        messages.notify(self, _("Cadangan dibuat dan lolos pemeriksaan."))

    def _failed(self, error: BaseException) -> None:
        self.make.setEnabled(True)
        messages.show_error(self, error)

    def _copy(self) -> None:
        now = self._services.database.clock()
        target = messages.choose_save_file(
            self,
            _("Simpan cadangan ke"),
            f"asn-{file_stamp(now)}.cadangan",
            (messages.BACKUP_FILTER,),
            place=Place.BACKUPS,
        )
        if target is None:
            return
        self._runner.run_write(
            lambda _progress: self._services.safety.back_up_to(target),
            lambda path: messages.saved(
                self, _("Tersimpan: {name}, bersama berkas kuncinya.").format(name=path.name), path.parent
            ),
            self._failed,
            title=_("Menyimpan cadangan"),
            owner=self,
        )

    def _restore(self) -> None:
        chosen = self.table.row()
        if chosen is None:
            return
        dialog = RestoreDialog(self._services, chosen, self)
        dialog.agreed.connect(lambda passphrase: self._agreed(chosen.path, passphrase))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _agreed(self, path: Path, passphrase: str) -> None:
        self.accept()
        self.restore_wanted.emit(path, passphrase)


class RestoreDialog(Dialog):
    """What going back means; asks for the passphrase: ``agreed(passphrase)``."""

    agreed = Signal(str)

    def __init__(self, services: Services, backup: Backup, parent: QWidget) -> None:
        super().__init__(_("Pulihkan dari cadangan?"), parent)
        self._services = services
        lines = QVBoxLayout()
        lines.setSpacing(theme.SPACE)
        for text in (
            _("Data kantor kembali seperti pada cadangan ini: {what}.").format(what=describe(backup)),
            _("Isian sesudah saat itu tidak tampak lagi, tetapi tidak hilang: data sekarang dicadangkan dahulu."),
            _("Jendela ditutup sebentar lalu terbuka kembali."),
        ):
            lines.addWidget(label(text, wrap=True, parent=self))
        self.body.addLayout(lines)
        self.passphrase = PassphraseField(_("Kata sandi Anda"), parent=self)
        self.body.addWidget(self.passphrase)
        self.add_cancel()
        act = self.add_button(_("Pulihkan"), self._check, kind="danger", icon="rotate-ccw")
        act.setDefault(True)  # whoever types the passphrase and presses Enter has decided
        self.passphrase.line.setFocus()

    def _check(self) -> None:
        try:
            self._services.accounts.confirm(self.passphrase.text)
        except WrongPassphrase as error:
            self.passphrase.set_error(error.message)
            return
        self.accept()
        self.agreed.emit(self.passphrase.text)

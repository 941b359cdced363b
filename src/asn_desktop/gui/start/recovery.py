"""The office's file is damaged: what happened, which copy is good, and the way back."""

from __future__ import annotations

import platform
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from asn_desktop import __version__
from asn_desktop.core.errors import FileNotWritten
from asn_desktop.core.i18n import _
from asn_desktop.core.outputs import write_output
from asn_desktop.environment.paths import OfficePaths
from asn_desktop.gui import messages, theme
from asn_desktop.gui.backup_text import backup_lines
from asn_desktop.gui.folders import Place
from asn_desktop.gui.start.frame import StartWindow
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import Card, Chip, label
from asn_desktop.services import Backup, DamagedOffice, Services, describe, open_office, restore_backup

TEXT_FILTER = "Teks (*.txt)"


class RecoveryWindow(StartWindow):
    """Emits ``opened(services)`` after a backup was put in place and opened."""

    opened = Signal(object)

    def __init__(
        self,
        paths: OfficePaths,
        user: str,
        passphrase: str,
        problem: DamagedOffice,
        runner: Runner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._paths, self._user, self._passphrase = paths, user, passphrase
        self._problem, self._runner = problem, runner
        self._backups = list(problem.backups)
        self.set_heading(
            _("Data kantor tidak dapat dibuka"),
            _("Sebagian berkas data rusak, misalnya karena listrik padam atau disk yang rusak."),
        )
        self.body.addWidget(self._card())
        self.list = self._list()
        heading = label(_("Semua cadangan di komputer ini"), "section", parent=self)
        note = _(
            "Berkas yang rusak disimpan di sampingnya, tidak dihapus. Isian sesudah perubahan terakhir di cadangan "
            "perlu diulang."
        )
        below = label(note, "secondary", wrap=True, parent=self)
        self.body.addWidget(heading)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(below)
        if not self._backups:
            for widget in (heading, self.list, below):
                widget.hide()
            self.body.addStretch(1)
        self.add_extra(_("Simpan laporan"), self._save_report, icon="save")
        self.add_button(_("Tutup"), self.reject)
        self.restore_button = self.add_button(_("Pulihkan"), self._restore, kind="primary", icon="rotate-ccw")
        self.restore_button.setEnabled(bool(self._backups))

    def _card(self) -> Card:
        card = Card(parent=self)
        row = QHBoxLayout()
        found = self._problem.backup
        if found is not None:
            row.addWidget(Chip(_("Cadangan sehat"), "good", card, icon="shield-check"))
            text = _("Cadangan terbaru yang lolos pemeriksaan: {what}.").format(what=describe(found))
        else:
            row.addWidget(Chip(_("Perlu bantuan"), "bad", card, icon="triangle-alert"))
            text = _(
                "Tidak ada cadangan yang lolos pemeriksaan di komputer ini. Salin cadangan dari flash disk ke folder "
                "cadangan, lalu buka program lagi."
            )
        row.addWidget(label(text, "strong", wrap=True, parent=card), 1)
        card.body.addLayout(row)
        card.body.addWidget(
            label(f"{self._problem.message} ({self._problem.code})", "secondary", wrap=True, parent=card)
        )
        return card

    def _list(self) -> QListWidget:
        result = QListWidget(self)
        result.setProperty("boxed", True)
        result.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        result.setAccessibleName(_("Daftar cadangan data"))
        newest = self._problem.backup
        for backup in self._backups:
            item = QListWidgetItem(backup_lines(backup), result)
            item.setToolTip(backup.path.name)
            item.setSizeHint(QSize(0, theme.tokens().px(50)))
            if newest is not None and backup.path == newest.path:
                result.setCurrentItem(item)
        if result.currentRow() < 0 and self._backups:
            result.setCurrentRow(0)
        result.setMinimumHeight(theme.tokens().px(110))
        return result

    @property
    def chosen(self) -> Backup | None:
        row = self.list.currentRow()
        return self._backups[row] if 0 <= row < len(self._backups) else None

    def _restore(self) -> None:
        chosen = self.chosen
        if chosen is None:
            return
        self._working(True)
        self._runner.run_read(
            lambda _progress: self._put_back(chosen.path),
            self._restored,
            self._failed,
            title=_("Memulihkan data"),
            owner=self,
        )

    def _put_back(self, source: Path) -> Services:
        restore_backup(self._paths, self._user, self._passphrase, source)
        return open_office(self._paths, self._user, self._passphrase)

    def _restored(self, services: Services) -> None:
        self.accept()
        self.opened.emit(services)

    def _failed(self, error: BaseException) -> None:
        self._working(False)
        messages.show_error(self, error)

    def _working(self, busy: bool) -> None:
        self.list.setEnabled(not busy)
        self.restore_button.setEnabled(not busy)
        self.restore_button.setText(_("Memulihkan …") if busy else _("Pulihkan"))

    # -- report -------------------------------------------------------------------------------------------

    def _save_report(self) -> None:
        target = messages.choose_save_file(
            self, _("Simpan laporan"), "laporan-asn-desktop.txt", (TEXT_FILTER,), place=Place.REPORTS
        )
        if target is not None:
            self.save_report(target)

    def save_report(self, target: Path) -> None:
        """What a helper needs to know; no personal data."""
        try:
            write_output(target, self.report().encode())
        except FileNotWritten as error:
            messages.show_error(self, error)
            return
        messages.saved(self, _("Laporan tersimpan: {name}").format(name=target.name), target)

    def report(self) -> str:
        size = self._paths.database.stat().st_size if self._paths.database.exists() else 0
        lines = [
            f"ASN Desktop {__version__} · Python {platform.python_version()} · {platform.platform()}",
            f"{self._problem.code}: {self._problem.message}",
            self._problem.details,
            _("Ukuran berkas data: {n} byte").format(n=size),
            _("Cadangan:"),
            *(f"  {backup.path.name}  {backup.size}" for backup in self._backups),
        ]
        return "\n".join(line for line in lines if line) + "\n"

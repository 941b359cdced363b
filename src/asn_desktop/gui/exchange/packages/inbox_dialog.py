"""Kotak masuk: many received files at once, looked at, applied one after another, with a line for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.i18n import _
from asn_desktop.exchange.inbox import InboxDone, InboxFile
from asn_desktop.gui import messages, theme
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.dialogs import fit
from asn_desktop.gui.exchange.error_rows import save_error_rows
from asn_desktop.gui.exchange.job_panel import JobDialog, JobPanel
from asn_desktop.gui.exchange.packages.inbox_words import about, content_of, explained, state_of, summary_of, title_of
from asn_desktop.gui.row_table import Column, RowTable
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import label
from asn_desktop.services import Services


class InboxDialog(JobDialog):
    """``files`` is what is shown: first what would happen, then what did. ``open_wanted(InboxFile)``: the person wants
    to see one of them whole."""

    open_wanted = Signal(object)

    def __init__(
        self, services: Services, runner: Runner, bus: ChangeBus, paths: Sequence[Path], parent: QWidget | None
    ) -> None:
        sentence = _("Berkas diperiksa dahulu; data tidak berubah sebelum Anda menekan “Terapkan”.")
        super().__init__(_("Kotak masuk"), parent)
        self.sentence = label(sentence, "secondary", wrap=True, parent=self)
        self.body.addWidget(self.sentence)
        self._services, self._runner = services, runner
        self.files: Sequence[InboxFile] = ()
        self.applied = False
        self._opened: InboxFile | None = None
        self.working = JobPanel(self)
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        columns: list[Column[InboxFile]] = [
            Column(_("Berkas"), title_of, about, width=240, stretch=True),
            Column(_("Status"), lambda file: state_of(file)[1], tone=lambda file: state_of(file)[0], width=130),
            Column(_("Isi"), content_of, lambda file: file.hint, width=240, stretch=True),
        ]
        self.table = RowTable(columns, lambda file: file.id, page, name=_("Berkas yang diterima"))
        self.table.setProperty("boxed", True)
        self.summary = label("", "strong", wrap=True, parent=page)
        self.detail = label("", "secondary", wrap=True, parent=page)
        self.table.current_row.connect(self._explain)
        self.table.opened.connect(self._open)
        column.addWidget(self.table, 1)
        column.addWidget(self.detail)
        column.addWidget(self.summary)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.working)
        self.pages.addWidget(page)
        self.body.addWidget(self.pages, 1)
        self.errors_button = self.add_extra(_("Simpan baris salah …"), self.save_errors, icon="file-spreadsheet")
        self.open_button = self.add_extra(_("Buka"), lambda: self._open(self.table.row()), icon="folder-open")
        self.cancel_button = self.add_cancel()
        self.forward = self.add_primary(_("Terapkan"), self._forward)
        bus.changed.connect(self._changed)
        fit(self, 1040, 600)
        self._look(paths)

    @property
    def ready(self) -> int:
        return sum(1 for file in self.files if file.state == "ready")

    # -- looking ------------------------------------------------------------------------------------------

    def _look(self, paths: Sequence[Path]) -> None:
        self._work()
        job = self._runner.run_read(
            lambda progress: self._services.inbox.look(paths, progress),
            self._show,
            self._failed,
            title=_("Memeriksa berkas"),
            owner=self,
            on_cancelled=self.give_up,
        )
        self.working.watch(job, _("Memeriksa {n} berkas").format(n=len(paths)))

    def _work(self) -> None:
        self.pages.setCurrentIndex(0)
        for act in (self.forward, self.open_button, self.errors_button):
            act.setVisible(False)

    def _show(self, files: Sequence[InboxFile]) -> None:
        self.files = files
        self.pages.setCurrentIndex(1)
        self.table.set_rows(files)
        self._explain(self.table.row())
        self.forward.setVisible(True)
        self.cancel_button.setVisible(bool(self.ready) or not self.applied)
        self.cancel_button.setText(_("Tutup") if self.applied else _("Batal"))
        close = _("Selesai") if self.applied else _("Tutup")
        self.forward.setText(_("Terapkan {n} berkas").format(n=self.ready) if self.ready else close)
        self.summary.setText(summary_of(files, applied=self.applied))
        self.sentence.setVisible(not self.applied)
        self.forward.setFocus()

    def _explain(self, file: InboxFile | None) -> None:
        self.detail.setText(explained(file) if file is not None else "")
        self.open_button.setVisible(file is not None)
        self.errors_button.setVisible(file is not None and file.waiting > 0)

    # -- one file -----------------------------------------------------------------------------------------

    def _open(self, file: InboxFile | None) -> None:
        if file is not None:
            self._opened = file
            self.open_wanted.emit(file)

    def _changed(self, _changes: ChangeSet) -> None:
        """Something was written while a file was open beside this list: it says what is true of the file now."""
        opened = self._opened
        if opened is not None and self.isVisible() and self.pages.currentIndex() == 1:
            self._runner.run_read(
                lambda progress: self._services.inbox.look_at(opened.id, opened.path, progress),
                self._looked_again,
                lambda error: messages.show_error(self, error),
                title=_("Memeriksa berkas"),
                owner=self,
            )

    def _looked_again(self, found: InboxFile) -> None:
        before = next(file for file in self.files if file.id == found.id)
        if found.state == "known" and before.state in ("ready", "applied"):
            found = replace(found, state="applied", operation=before.operation)
            self.applied = True
        self._show([found if file.id == found.id else file for file in self.files])

    def save_errors(self) -> None:
        """The rows of the selected worksheet that stay behind, for its OPD to correct."""
        file = self.table.row()
        if file is not None:
            inbox = self._services.inbox
            save_error_rows(self, self._runner, file.path.name, lambda target: inbox.write_errors(file.path, target))

    # -- writing ------------------------------------------------------------------------------------------

    def _forward(self) -> None:
        if not self.ready:
            self.accept()
            return
        files = self.files
        self._opened = None
        self._work()
        job = self._runner.run_write(
            lambda progress: self._services.inbox.apply(files, progress),
            self._done,
            self._failed,
            title=_("Menerapkan berkas"),
            owner=self,
            on_cancelled=lambda: self._show(files),
        )
        self.working.watch(job, _("Menerapkan {n} berkas").format(n=self.ready))

    def _done(self, done: InboxDone) -> None:
        self.applied = True
        self._show(done.files)
        behind = next((file.id for file in done.files if file.waiting), None)
        if behind is not None:
            self.table.select_id(behind)  # what the person has to do next
        if done.error is not None:
            messages.show_error(self, done.error)

    def _failed(self, error: BaseException) -> None:
        self._show(self.files)
        messages.show_error(self, error)

    @property
    def has_written(self) -> bool:
        return self.applied

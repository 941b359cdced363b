"""Kotak masuk: packages of many districts at once, looked at, applied one after another, with a line for each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from asn_desktop.core.i18n import N_, _
from asn_desktop.gui import messages, theme
from asn_desktop.gui.dialogs import Dialog, fit
from asn_desktop.gui.exchange.job_panel import JobPanel
from asn_desktop.gui.exchange.packages.batch import BatchDone, BatchFile, apply_all, look
from asn_desktop.gui.exchange.packages.words import counted, fates_text
from asn_desktop.gui.row_table import Column, RowTable
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import label
from asn_desktop.services import Services


class InboxDialog(Dialog):
    """``files`` is what is shown: first what would happen, then what did."""

    def __init__(self, services: Services, runner: Runner, paths: Sequence[Path], parent: QWidget | None) -> None:
        sentence = _("Berkas diperiksa dahulu; tidak ada yang ditulis sebelum Anda menekan Terapkan.")
        super().__init__(_("Kotak masuk"), parent, subtitle=sentence)
        self._services, self._runner = services, runner
        self.files: Sequence[BatchFile] = ()
        self.applied = False
        self.working = JobPanel(self)
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        columns: list[Column[BatchFile]] = [
            Column(_("Berkas"), lambda file: file.name or file.path.name, _second, stretch=True),
            Column(_("Keadaan"), _word, tone=_tone, width=130),
            Column(_("Isi"), _content, lambda file: file.hint, width=380),
        ]
        self.table = RowTable(columns, lambda file: file.id, page, name=_("Berkas yang diterima"))
        self.table.setProperty("boxed", True)
        self.summary = label("", "strong", wrap=True, parent=page)
        self.detail = label("", "secondary", wrap=True, parent=page)
        self.table.current_row.connect(self._explain)
        column.addWidget(self.table, 1)
        column.addWidget(self.detail)
        column.addWidget(self.summary)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.working)
        self.pages.addWidget(page)
        self.body.addWidget(self.pages, 1)
        self.cancel_button = self.add_cancel()
        self.forward = self.add_primary(_("Terapkan"), self._forward)
        fit(self, 900, 560)
        self._look(paths)

    @property
    def ready(self) -> int:
        return sum(1 for file in self.files if file.state == "ready")

    def _look(self, paths: Sequence[Path]) -> None:
        self._work()
        job = self._runner.run_read(
            lambda progress: look(self._services, paths, progress),
            self._show,
            self._failed,
            title=_("Memeriksa berkas"),
            owner=self,
            on_cancelled=super().reject,
        )
        self.working.watch(job, _("Memeriksa {n} berkas").format(n=len(paths)))

    def _work(self) -> None:
        self.pages.setCurrentIndex(0)
        self.forward.setVisible(False)

    def _show(self, files: Sequence[BatchFile]) -> None:
        self.files = files
        self.pages.setCurrentIndex(1)
        self.table.set_rows(files)
        if files:
            self.table.selectRow(0)
        self.forward.setVisible(True)
        self.cancel_button.setVisible(not self.applied)
        done = [file for file in files if file.state == "applied"]
        refused = [file for file in files if file.state in ("refused", "other")]
        if self.applied:
            self.forward.setText(_("Selesai"))
            text = _("{n} berkas diterapkan, {refused} tidak diterima.")
            self.summary.setText(text.format(n=len(done), refused=len(refused)))
        else:
            self.forward.setText(_("Terapkan {n} berkas").format(n=self.ready) if self.ready else _("Tutup"))
            text = _("{n} berkas siap diterapkan, {refused} tidak dapat diterima. Cadangan dibuat sekali di awal.")
            self.summary.setText(text.format(n=self.ready, refused=len(refused)))
        self.forward.setFocus()

    def _explain(self, file: BatchFile | None) -> None:
        """The whole sentence about a file that cannot be taken; a cell is too narrow for it."""
        self.detail.setText(f"{file.message} {file.hint}".strip() if file is not None else "")

    def _forward(self) -> None:
        if self.applied or not self.ready:
            self.accept()
            return
        files = self.files
        self._work()
        job = self._runner.run_write(
            lambda progress: apply_all(self._services, files, progress),
            self._done,
            self._failed,
            title=_("Menerapkan paket"),
            owner=self,
            on_cancelled=lambda: self._show(files),
        )
        self.working.watch(job, _("Menerapkan {n} berkas").format(n=self.ready))

    def _done(self, done: BatchDone) -> None:
        self.applied = True
        self._show(done.files)

    def _failed(self, error: BaseException) -> None:
        self._show(self.files)
        messages.show_error(self, error)

    def reject(self) -> None:
        if self.pages.currentIndex() == 0:
            self.working.cancel()
        elif self.applied:
            self.accept()
        else:
            super().reject()


_STATES = {
    "ready": ("info", N_("Siap")),
    "applied": ("good", N_("Diterapkan")),
    "known": ("neutral", N_("Sudah pernah")),
    "refused": ("bad", N_("Ditolak")),
    "other": ("neutral", N_("Bukan paket")),
}


def _word(file: BatchFile) -> str:
    return _(_STATES[file.state][1])


def _tone(file: BatchFile) -> str:
    return _STATES[file.state][0]


def _second(file: BatchFile) -> str:
    if not file.name:
        return ""
    return _("paket {seq} · {file}").format(seq=counted(file.seq), file=file.path.name)


def _content(file: BatchFile) -> str:
    if file.message:
        return file.message
    if file.state == "known":
        return _("Isinya sama dengan yang sudah diterima.")
    counts = file.counts or {}
    return fates_text(counts) if counts.get("rows_read") else _("tanda terima")

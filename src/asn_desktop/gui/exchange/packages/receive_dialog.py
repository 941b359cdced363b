"""Receiving a package or a receipt: read, look, apply. Nothing is written before *Terapkan*."""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from asn_desktop.core.errors import AppError, ConflictError
from asn_desktop.core.i18n import _
from asn_desktop.core.progress import Progress
from asn_desktop.exchange.package.content import PackageHead, PackageKind
from asn_desktop.exchange.package.package_plan import PackagePlan
from asn_desktop.exchange.package.recognise import recognise
from asn_desktop.exchange.package.results import Received
from asn_desktop.exchange.workbook_file import WorkbookFile
from asn_desktop.gui import messages
from asn_desktop.gui.dialogs import fit
from asn_desktop.gui.exchange.job_panel import JobDialog, JobPanel
from asn_desktop.gui.exchange.packages.outcome_pages import EndPage
from asn_desktop.gui.exchange.packages.plan_page import PlanPage
from asn_desktop.gui.exchange.packages.receipts import save_receipt
from asn_desktop.gui.exchange.packages.words import counted
from asn_desktop.gui.folders import Place
from asn_desktop.gui.tasks import Runner
from asn_desktop.services import Services


class Step(IntEnum):
    WORKING = 0
    REFUSED = 1
    PREVIEW = 2
    RECEIPT = 3
    RESULT = 4


class ReceiveDialog(JobDialog):
    """``applied(Received)`` after writing; ``send_wanted(code, name)`` and ``conflicts_wanted`` when the person goes on
    there; the code is empty where the file did not say who made it."""

    applied = Signal(object)
    send_wanted = Signal(str, str)
    conflicts_wanted = Signal()

    def __init__(
        self, services: Services, runner: Runner, source: Path | WorkbookFile, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Terima paket"), parent)
        self._services, self._runner = services, runner
        self._plan: PackagePlan | None = None
        self._head: PackageHead | None = None
        """Whose package it is, also where it was refused; None when its head could not be read at once."""
        self._done: Received | None = None
        self.working = JobPanel(self)
        self.refused = EndPage(self)
        self.preview = PlanPage(services.package_reading, runner, self)
        self.receipt = EndPage(self)
        self.end = EndPage(self)
        self.pages = QStackedWidget(self)
        for page in (self.working, self.refused, self.preview, self.receipt, self.end):
            self.pages.addWidget(page)
        self.body.addWidget(self.pages, 1)
        self.send_button = self.refused.add_action(_("Kirim paket dari sini"), "upload", self._send)
        self.other_button = self.refused.add_action(_("Pilih berkas lain …"), "folder-open", self._choose_other)
        self.again_receipt = self.refused.add_action(_("Simpan tanda terima …"), "save", self._save_receipt)
        self.salvage_button = self.refused.add_action(_("Periksa isi yang terbaca …"), "list-checks", self._salvage)
        self.undo_button = self.end.add_action(_("Urungkan"), "undo-2", self._undo)
        self.conflicts_button = self.end.add_action(_("Putuskan perbedaan"), "list-checks", self._open_conflicts)
        self.receipt_button = self.end.add_action(_("Simpan tanda terima …"), "save", self._save_receipt)
        self.print_button = self.end.add_action(_("Cetak tanda terima …"), "printer", self._print_receipt)
        self.cancel_button = self.add_cancel()
        self.forward = self.add_primary(_("Terapkan"), self._forward)
        self.consequence = self.add_note()
        self.heading.addWidget(self.preview.search)
        fit(self, 1120, 680)
        self._read(source)

    @property
    def step(self) -> Step:
        return Step(self.pages.currentIndex())

    @property
    def plan(self) -> PackagePlan:
        assert self._plan is not None
        return self._plan

    # -- reading ------------------------------------------------------------------------------------------

    def _read(self, source: Path | WorkbookFile, *, salvage: bool = False) -> None:
        self._path = source.path if isinstance(source, WorkbookFile) else source
        self._show(Step.WORKING)
        job = self._runner.run_read(
            lambda progress: self._examine(source, salvage=salvage, progress=progress),
            self._examined,
            self._refuse,
            title=_("Memeriksa paket"),
            owner=self,
            on_cancelled=self._stopped,
        )
        self.working.watch(job, _("Memeriksa {file}").format(file=self._path.name))

    def _salvage(self) -> None:
        self._read(self._path, salvage=True)

    def _examine(self, source: Path | WorkbookFile, *, salvage: bool, progress: Progress) -> PackagePlan:
        found = recognise(source)
        self._head = found.head
        packages = self._services.packages
        return (packages.salvage if salvage else packages.examine)(found.file, progress=progress)

    def _examined(self, plan: PackagePlan) -> None:
        self._plan = plan
        if plan.already:
            self.refused.show_already(plan)
            self._show(Step.REFUSED)
        elif plan.head.kind is PackageKind.RECEIPT and not plan.salvage:
            self.receipt.show_receipt(plan)
            self._show(Step.RECEIPT)
        else:
            self.preview.set_plan(plan)
            self._show(Step.PREVIEW)

    def _refuse(self, error: BaseException) -> None:
        self._plan = None
        self.refused.refuse(error)
        self._show(Step.REFUSED)
        code = error.code if isinstance(error, AppError) else ""
        self.send_button.setVisible(code in ("ASN-1245", "ASN-1243"))
        self.salvage_button.setVisible(code == "ASN-1357")

    def _stopped(self) -> None:
        messages.notify(self.parentWidget() or self, _("Dihentikan. Data tidak berubah."))
        self.give_up()

    def _choose_other(self) -> None:
        found = messages.choose_open_file(self, _("Pilih paket yang diterima"), place=Place.PACKAGES)
        if found is not None:
            self._read(found)

    # -- pages --------------------------------------------------------------------------------------------

    def _show(self, step: Step) -> None:
        self.pages.setCurrentIndex(step)
        already = self._plan is not None and bool(self._plan.already)
        self.send_button.setVisible(False)
        self.salvage_button.setVisible(False)
        self.forward.setEnabled(True)
        self.other_button.setVisible(not already)
        self.again_receipt.setVisible(already)
        self.forward.setVisible(step in (Step.PREVIEW, Step.RECEIPT, Step.RESULT))
        self.cancel_button.setVisible(step is not Step.RESULT)
        self.cancel_button.setText(_("Tutup") if step is Step.REFUSED else _("Batal"))
        self.title_label.setText(self._title(step))
        for part in (self.consequence, self.preview.search):
            part.setVisible(step is Step.PREVIEW)
        if step is Step.PREVIEW:
            writes = writes_of(self.plan)
            self.consequence.setText(consequence(self.plan))
            if self.plan.salvage:
                self.forward.setText(_("Usulkan"))
                self.forward.setEnabled(bool(self.plan.writes.conflicts))
            else:
                self.forward.setText(_("Terapkan paket") if writes else _("Catat paket"))
            self.preview.table.setFocus()
        elif step is Step.RECEIPT:
            self.forward.setText(_("Catat tanda terima"))
            self.forward.setFocus()
        elif step is Step.RESULT:
            self.forward.setText(_("Selesai"))
            self.forward.setFocus()

    def _title(self, step: Step) -> str:
        if step is not Step.PREVIEW:
            return _("Terima paket")
        head = self.plan.head
        text = _("Paket {seq} dari {office}")
        if self.plan.salvage:
            text = _("Isi yang masih terbaca dari paket {seq}, {office}")
        return text.format(seq=head.seq, office=head.office_name)

    def _forward(self) -> None:
        if self.step is Step.RESULT:
            self.accept()
        else:
            self._apply()

    # -- writing ------------------------------------------------------------------------------------------

    def _apply(self) -> None:
        plan, packages = self.plan, self._services.packages
        self._show(Step.WORKING)
        job = self._runner.run_write(
            lambda progress: packages.apply(plan, progress=progress),
            self._applied,
            self._failed,
            title=_("Menerapkan paket"),
            owner=self,
            on_cancelled=self._stopped,
        )
        self.working.watch(job, _("Menerapkan {file}").format(file=self._path.name))

    def _applied(self, done: Received) -> None:
        self._done = done
        self.applied.emit(done)
        if done.plan.salvage:
            self.end.show_proposed(done)
            self._show(Step.RESULT)
            for widget in (self.receipt_button, self.print_button):
                widget.setVisible(False)
            self.undo_button.setVisible(done.change_set is not None)
            return
        if done.plan.head.kind is PackageKind.RECEIPT:
            count = len(done.plan.read.content.acknowledgements)
            text = _("Tanda terima untuk {n} paket dicatat.").format(n=count)
            messages.notify(self.parentWidget() or self, text)
            self.accept()
            return
        self.end.show_applied(done)
        self._show(Step.RESULT)
        self.conflicts_button.setVisible(done.plan.counts["conflict"] > 0)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, ConflictError) and error.code == "ASN-1206":
            messages.notify(self, _("Data berubah sejak pratinjau dibuat. Pratinjau dihitung ulang."))
            self._read(self._path, salvage=self.plan.salvage)
            return
        self._refuse(error)

    def _undo(self) -> None:
        done = self._done
        if done is None or done.change_set is None:
            return
        operation = done.change_set.operation_id
        self._show(Step.WORKING)
        job = self._runner.run_write(
            lambda _progress: self._services.safety.undo_operation(operation),
            lambda _changes: self._undone(),
            self._undo_failed,
            title=_("Mengurungkan paket"),
            owner=self,
        )
        self.working.watch(job, _("Mengurungkan paket"))

    def _undone(self) -> None:
        self.end.show_undone()
        self._show(Step.RESULT)
        for widget in (self.undo_button, self.conflicts_button, self.receipt_button, self.print_button):
            widget.setVisible(False)

    def _undo_failed(self, error: BaseException) -> None:
        self._show(Step.RESULT)
        messages.show_error(self, error)

    # -- going on -----------------------------------------------------------------------------------------

    def _save_receipt(self) -> None:
        head = self.plan.head
        save_receipt(self, self._services, self._runner, head.office, head.office_name)

    def _print_receipt(self) -> None:
        from asn_desktop.gui.pdf_dialog import open_print  # loads the printed forms
        from asn_desktop.reports.exchange_receipt import FORM, receipt_of

        head = self.plan.head
        rows = self._services.packages.ledger(head.office)
        row = next(one for one in rows if one.package_id == head.package_id and one.direction == "in")
        name = f"TANDA_TERIMA_{row.office}_{row.seq:04}"
        open_print(self, self._runner, FORM.code, lambda: receipt_of(self._services, row), name)

    def _send(self) -> None:
        head = self._head
        self.accept()
        self.send_wanted.emit(*((head.office, head.office_name) if head is not None else ("", "")))

    def _open_conflicts(self) -> None:
        self.accept()
        self.conflicts_wanted.emit()

    @property
    def has_written(self) -> bool:
        return self.step is Step.RESULT


def writes_of(plan: PackagePlan) -> int:
    """Records that would be touched: those in conflict too, by their other fields and on the desk."""
    counts = plan.counts
    return counts["new"] + counts["changed"] + counts["conflict"]


def consequence(plan: PackagePlan) -> str:
    """What applying would do, in a sentence."""
    counts = plan.counts
    parts = []
    if plan.salvage:
        proposed = len(plan.writes.conflicts)
        if not proposed:
            return _("Tidak ada yang dapat diusulkan dari berkas ini.")
        return _("{n} isian diusulkan di “Putuskan perbedaan”; data tidak berubah sampai Anda putuskan.").format(
            n=counted(proposed)
        )
    if counts["new"] or counts["changed"]:
        parts.append(_("{n} data disimpan.").format(n=counted(counts["new"] + counts["changed"])))
    if counts["conflict"]:
        text = _("{n} data berbeda: isian kantor ini tetap berlaku sampai diputuskan di “Putuskan perbedaan”.")
        parts.append(text.format(n=counted(counts["conflict"])))
    if counts["rejected"]:
        text = _("{n} ditolak dan dikembalikan kepada pengirim.")
        parts.append(text.format(n=counted(counts["rejected"])))
    return " ".join(parts) or _("Tidak ada data yang berubah; paketnya hanya dicatat.")

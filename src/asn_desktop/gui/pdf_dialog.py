"""A finished PDF on screen: to paper or to a file."""

from __future__ import annotations

import io
from collections.abc import Callable

from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from asn_desktop.core.errors import FileNotWritten
from asn_desktop.core.i18n import _
from asn_desktop.core.outputs import write_output
from asn_desktop.gui import messages
from asn_desktop.gui.appraisal import printing
from asn_desktop.gui.appraisal.page_view import PageView
from asn_desktop.gui.dialogs import Dialog, fit
from asn_desktop.gui.folders import Place
from asn_desktop.gui.progress_dialog import ProgressDialog
from asn_desktop.gui.tasks import Runner
from asn_desktop.reports.parts import DocumentInfo
from asn_desktop.reports.registry import Paper, form_of, render


class PdfDialog(Dialog):
    """The pages with *Cetak* and *Simpan PDF*. ``name`` is the proposed file name without ending."""

    def __init__(
        self, runner: Runner, pdf: bytes, name: str, title: str, subtitle: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent, subtitle=subtitle)
        self._runner, self._pdf, self._name = runner, pdf, name
        self.view = PageView(self)
        self.view.show_pdf(pdf)
        self.body.addWidget(self.view, 1)
        self.add_extra(_("Simpan PDF …"), self.save, icon="save")
        self.add_cancel(_("Tutup"))
        self.add_primary(_("Cetak …"), self.print, icon="printer")
        fit(self, 760, 660)

    def save(self) -> None:
        target = messages.choose_save_file(
            self, _("Simpan PDF"), f"{self._name}.pdf", (messages.PDF_FILTER,), place=Place.FORMS
        )
        if target is None:
            return
        try:
            write_output(target, self._pdf)
        except FileNotWritten as error:
            messages.show_error(self, error)
            return
        messages.saved(self, _("Tersimpan di {file}.").format(file=target.name), target)

    def print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printing.prepare_printer(printer, self._pdf, Paper.F4)
        printer.setDocName(self._name)
        dialog = QPrintDialog(printer, self)
        accepted = dialog.exec() == QPrintDialog.DialogCode.Accepted
        dialog.deleteLater()
        if not accepted:
            return
        printing.prepare_printer(printer, self._pdf, Paper.F4)  # the driver's dialog may have set another paper
        job = self._runner.run_read(
            lambda progress: printing.print_pages(printer, self._pdf, progress),
            lambda pages: messages.notify(self, _("{n} halaman dikirim ke printer.").format(n=pages)),
            lambda error: messages.show_error(self, error),
            owner=self,
            title=_("Mencetak"),
        )
        ProgressDialog(job, self)

    def done(self, result: int) -> None:
        self.view.close_file()
        super().done(result)


def open_print(parent: QWidget, runner: Runner, form: str, make: Callable[[], object], name: str) -> None:
    """Read a document with ``make``, print it as ``form``, both in the background, and show the pages.

    ``name``: of the file, without ending.
    """

    def made(_progress: object) -> tuple[DocumentInfo, bytes]:
        document, out = make(), io.BytesIO()
        render(form, [document], out)
        return form_of(form).info(document, False), out.getvalue()

    def show(found: tuple[DocumentInfo, bytes]) -> None:
        info, pdf = found
        dialog = PdfDialog(runner, pdf, name, info.title, info.subject, parent)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    job = runner.run_read(
        made, show, lambda error: messages.show_error(parent, error), owner=parent, title=_("Menyiapkan cetakan")
    )
    ProgressDialog(job, parent)

"""The printed receipt of a received package: on screen, to paper, as PDF."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from asn_desktop.core.errors import FileNotWritten
from asn_desktop.core.files import write_whole
from asn_desktop.core.i18n import N_, _
from asn_desktop.exchange.package.digest import short_code
from asn_desktop.exchange.package.overview import LedgerRow
from asn_desktop.exchange.package.protocol import BY_TABLE
from asn_desktop.exchange.plan import Fate
from asn_desktop.gui import messages
from asn_desktop.gui.appraisal import printing
from asn_desktop.gui.appraisal.page_view import PageView
from asn_desktop.gui.dialogs import Dialog, fit
from asn_desktop.gui.exchange.packages.words import counted, moment_text
from asn_desktop.gui.folders import Place
from asn_desktop.gui.progress_dialog import ProgressDialog
from asn_desktop.gui.tasks import Runner
from asn_desktop.reports.exchange_receipt import Receipt, ReceiptCounts, ReceiptLine, render_receipt
from asn_desktop.reports.layout import Paper
from asn_desktop.services import Services

_CONFLICT_STATES = {
    "open": N_("menunggu keputusan kantor kami"),
    "waiting": N_("menunggu keputusan kantor pengirim"),
    "decided": N_("sudah diputuskan"),
    "closed": N_("sudah selesai"),
}


@dataclass(frozen=True, slots=True)
class Made:
    """The receipt as PDF, and the name of its file without ending."""

    pdf: bytes
    name: str


def make_receipt(services: Services, row: LedgerRow) -> Made:
    """The receipt of a received package, from what the ledger, the desk and the rejections hold about it."""
    own = services.reference.office()
    packages = services.packages
    names = {peer.code: peer.name for peer in packages.peers()}
    states = ("open", "waiting", "overridden", "decided", "closed")
    mine = [one for one in packages.conflicts(*states, office=row.office) if one.package_id == row.package_id]
    conflicts = [
        ReceiptLine(f"{line.subject}: {line.title.name}", f"{line.label}: {_(_CONFLICT_STATES[line.row.state])}")
        for line in services.package_reading.conflicts(mine)
        if line.row.state != "overridden"
    ]
    rejected = [
        ReceiptLine(_(BY_TABLE[note.entity].title), note.message)
        for note in packages.rejections(row.office)
        if note.direction == "in" and note.package_id == row.package_id
    ]
    if (gone := row.counts.get("rejected", 0) - len(rejected)) > 0:
        text = _("sudah diterima, atau ditolak lagi, lewat paket sesudahnya")
        rejected.append(ReceiptLine(_("{n} baris lain").format(n=counted(gone)), text))
    receipt = Receipt(
        package_id=row.package_id,
        seq=row.seq,
        code=short_code(row.digest),
        qr=f"ASN-TANDA-TERIMA {row.package_id} {row.digest}",
        sender=f"{names[row.office]} ({row.office})" if row.office in names else row.office,
        sent_at=moment_text(row.made_at) or "–",
        receiver=own.name,
        place=own.place,
        received_by=row.user,
        received_at=datetime.fromisoformat(row.at),
        counts=ReceiptCounts(**{fate.value: row.counts.get(fate.value, 0) for fate in Fate}),
        conflicts=conflicts,
        rejected=rejected,
        digest=row.digest,
        signature=row.seal,
        sample=own.sample,
    )
    out = io.BytesIO()
    render_receipt(receipt, out)
    return Made(out.getvalue(), f"TANDA_TERIMA_{row.office}_{row.seq:04}")


class ReceiptPrintDialog(Dialog):
    """The pages of a receipt with *Cetak* and *Simpan PDF*."""

    def __init__(self, runner: Runner, row: LedgerRow, made: Made, parent: QWidget | None = None) -> None:
        title = _("Tanda terima paket {seq}").format(seq=row.seq)
        super().__init__(title, parent, subtitle=_("Diterima {when}").format(when=moment_text(row.at)))
        self._runner, self._made = runner, made
        self.view = PageView(self)
        self.view.show_pdf(made.pdf)
        self.body.addWidget(self.view, 1)
        self.add_extra(_("Simpan PDF …"), self.save, icon="save")
        self.add_cancel(_("Tutup"))
        self.add_primary(_("Cetak …"), self.print, icon="printer")
        fit(self, 620, 660)

    def save(self) -> None:
        target = messages.choose_save_file(
            self, _("Simpan tanda terima"), f"{self._made.name}.pdf", (messages.PDF_FILTER,), place=Place.FORMS
        )
        if target is None:
            return
        try:
            write_whole(target, self._made.pdf)
        except OSError as error:
            messages.show_error(self, FileNotWritten(target.name, type(error).__name__))
            return
        messages.saved(self, _("Tanda terima tersimpan di {file}.").format(file=target.name), target)

    def print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printing.prepare_printer(printer, self._made.pdf, Paper.F4)
        printer.setDocName(self._made.name)
        dialog = QPrintDialog(printer, self)
        accepted = dialog.exec() == QPrintDialog.DialogCode.Accepted
        dialog.deleteLater()
        if not accepted:
            return
        printing.prepare_printer(printer, self._made.pdf, Paper.F4)  # the driver's dialog may have set another paper
        job = self._runner.run_read(
            lambda progress: printing.print_pages(printer, self._made.pdf, progress),
            lambda pages: messages.notify(self, _("{n} halaman dikirim ke printer.").format(n=pages)),
            lambda error: messages.show_error(self, error),
            owner=self,
            title=_("Mencetak"),
        )
        ProgressDialog(job, self)

    def done(self, result: int) -> None:
        self.view.close_file()
        super().done(result)


def open_receipt_print(parent: QWidget, services: Services, runner: Runner, row: LedgerRow) -> None:
    """Make the receipt in the background and show it."""

    def show(made: Made) -> None:
        dialog = ReceiptPrintDialog(runner, row, made, parent)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    runner.run_read(
        lambda _progress: make_receipt(services, row),
        show,
        lambda error: messages.show_error(parent, error),
        owner=parent,
        title=_("Menyusun tanda terima"),
    )

"""The printed receipt of a received package: on screen, to paper, as PDF."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QWidget

from asn_desktop.core.i18n import N_, _
from asn_desktop.exchange.package.digest import short_code
from asn_desktop.exchange.package.overview import LedgerRow
from asn_desktop.exchange.package.protocol import entity_of
from asn_desktop.exchange.plan import Fate
from asn_desktop.gui import messages
from asn_desktop.gui.exchange.packages.words import counted, moment_text
from asn_desktop.gui.pdf_dialog import PdfDialog
from asn_desktop.gui.tasks import Runner
from asn_desktop.reports.exchange_receipt import Receipt, ReceiptCounts, ReceiptLine, render_receipt
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
        ReceiptLine(_(entity_of(note.entity).title), note.message)
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


class ReceiptPrintDialog(PdfDialog):
    """The pages of a receipt."""

    def __init__(self, runner: Runner, row: LedgerRow, made: Made, parent: QWidget | None = None) -> None:
        title = _("Tanda terima paket {seq}").format(seq=row.seq)
        subtitle = _("Diterima {when}").format(when=moment_text(row.at))
        super().__init__(runner, made.pdf, made.name, title, subtitle, parent)


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

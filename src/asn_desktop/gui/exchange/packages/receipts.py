"""Giving a receipt: the file that tells the other office what became of its packages."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from asn_desktop.core.i18n import _
from asn_desktop.exchange.package.results import SentPackage
from asn_desktop.gui import messages
from asn_desktop.gui.folders import Place
from asn_desktop.gui.tasks import Runner
from asn_desktop.services import Services


def receipt_name(own: str, to: str) -> str:
    return f"TANDA_TERIMA_{own}_untuk_{to or 'provinsi'}.xlsx"


def save_receipt(parent: QWidget, services: Services, runner: Runner, office: str, name: str) -> None:
    """Ask where to, write the receipt for an office, offer the folder."""
    own = services.reference.office().code
    title = _("Simpan tanda terima untuk {office}").format(office=name)
    target = messages.choose_save_file(parent, title, receipt_name(own, office), place=Place.PACKAGES)
    if target is None:
        return

    def saved(_sent: SentPackage) -> None:
        text = _("Tanda terima tersimpan di {file}. Serahkan berkas ini ke {office}.")
        messages.saved(parent, text.format(file=target.name, office=name), target)

    runner.run_write(
        lambda _progress: services.packages.receipt(target, office),
        saved,
        lambda error: messages.show_error(parent, error),
        title=_("Menulis tanda terima"),
        owner=parent,
    )

"""What the pages of the exchange ask for: dialogs, files, and small writes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.errors import Cancelled
from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import file_stamp
from asn_desktop.core.progress import Progress
from asn_desktop.exchange.package.overview import LedgerRow
from asn_desktop.gui import messages
from asn_desktop.gui.exchange.packages.keys_dialog import KeysDialog
from asn_desktop.gui.exchange.packages.receipts import save_receipt
from asn_desktop.gui.exchange.packages.receive_dialog import ReceiveDialog
from asn_desktop.gui.exchange.packages.register_dialog import RegisterDialog
from asn_desktop.gui.exchange.packages.send_dialog import SendDialog
from asn_desktop.gui.folders import Place
from asn_desktop.gui.progress_dialog import ProgressDialog
from asn_desktop.gui.tasks import Runner
from asn_desktop.services import Services

if TYPE_CHECKING:
    from asn_desktop.exchange.workbook_file import WorkbookFile


@dataclass(frozen=True, slots=True)
class SentAll:
    """How many packages were written; ``change_set`` is that of the last one."""

    files: int
    change_set: ChangeSet | None


class ExchangeActions(QObject):
    """``page`` is what dialogs and notices belong to.

    ``desk_wanted``: conflicts are to be decided. ``answer_wanted(office, name)``: a package back is to be sent.
    ``partly_sent``: what is shown of the packages is out of date although an error came.
    """

    desk_wanted = Signal()
    answer_wanted = Signal(str, str)
    partly_sent = Signal()

    def __init__(self, services: Services, runner: Runner, page: QWidget) -> None:
        super().__init__(page)
        self._services, self._runner, self._page = services, runner, page

    def _open(self, dialog: QDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # -- one file -----------------------------------------------------------------------------------------

    def send_to(self, office: str | None, name: str) -> SendDialog:
        """What will be in the next package for an office; None: the only one a district knows."""
        dialog = SendDialog(self._services, self._runner, self._page.window(), office=office, name=name)
        self._open(dialog)
        return dialog

    def open_package(self, source: Path | WorkbookFile) -> ReceiveDialog:
        dialog = ReceiveDialog(self._services, self._runner, source, self._page.window())
        dialog.send_wanted.connect(self.answer_wanted)
        dialog.conflicts_wanted.connect(self.desk_wanted)
        self._open(dialog)
        return dialog

    def save_receipt(self, office: str, name: str) -> None:
        save_receipt(self._page, self._services, self._runner, office, name)

    def print_receipt(self, row: LedgerRow) -> None:
        """The receipt of a received package on paper."""
        from asn_desktop.gui.pdf_dialog import open_print  # loads the printed forms
        from asn_desktop.reports.exchange_receipt import FORM, receipt_of

        name = f"TANDA_TERIMA_{row.office}_{row.seq:04}"
        open_print(self._page.window(), self._runner, FORM.code, lambda: receipt_of(self._services, row), name)

    # -- many ---------------------------------------------------------------------------------------------

    def send_to_all(self) -> None:
        """A package for each district that has spoken to us, into one folder."""
        services = self._services
        offices = [peer.code for peer in services.packages.peers() if peer.role == "district" and peer.last_received]
        folder = messages.choose_folder(
            self._page, _("Simpan paket semua kabupaten/kota ke folder"), place=Place.PACKAGES
        )
        if folder is None or not offices:
            return

        own, day = services.packages.own_code(), services.database.clock().date()

        def write(progress: Progress) -> SentAll:
            """Stopped in between: what is written counts as sent."""
            done: list[ChangeSet] = []
            with suppress(Cancelled):
                for office in offices:
                    target = folder / f"PAKET_{own}_untuk_{office}_{file_stamp(day)}.xlsx"
                    done.append(services.packages.send(target, office, progress=progress).change_set)
            return SentAll(len(done), done[-1] if done else None)

        job = self._runner.run_write(
            write,
            lambda done: self._sent_all(folder, done),
            self._not_all_sent,
            title=_("Menulis paket"),
            owner=self,
        )
        if not job.finished:
            ProgressDialog(job, self._page)

    def _not_all_sent(self, error: BaseException) -> None:
        self.partly_sent.emit()  # those before the one that could not be written have left
        messages.show_error(self._page, error)

    def _sent_all(self, folder: Path, done: SentAll) -> None:
        text = _("{n} paket tersimpan di {folder}, satu untuk tiap kabupaten/kota.")
        messages.saved(self._page, text.format(n=done.files, folder=folder.name), folder)

    # -- offices and keys ---------------------------------------------------------------------------------

    def open_keys(self) -> KeysDialog:
        dialog = KeysDialog(self._services, self._runner, self._page.window())
        self._open(dialog)
        return dialog

    def register(self) -> RegisterDialog:
        dialog = RegisterDialog(self._services, self._runner, self._page.window())
        self._open(dialog)
        return dialog

    def retire(self, replica: str, name: str) -> None:
        """Nobody waits for the receipts of a copy that is not used any more."""
        title = _("Salinan data {office} tidak dipakai lagi?").format(office=name)
        text = _("Paket berikutnya tidak lagi menunggu tanda terima dari salinan itu.")
        if messages.ask(self._page, title, text, yes=_("Tidak dipakai lagi")):
            packages = self._services.packages
            self._runner.run_write(
                lambda _progress: packages.retire(replica),
                on_error=lambda error: messages.show_error(self._page, error),
                title=_("Mencatat salinan"),
                owner=self,
            )

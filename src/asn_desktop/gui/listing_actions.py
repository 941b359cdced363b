"""*Ekspor* and *Cetak* of a list that a tab shows: the same rows, as a workbook or on paper."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from asn_desktop.core.files import plain_file_name
from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_number
from asn_desktop.core.listing import Listing
from asn_desktop.gui import messages
from asn_desktop.gui.folders import Place
from asn_desktop.gui.progress_dialog import ProgressDialog
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import tool_button

Make = Callable[[], Listing]


class ListingActions(QObject):
    """``prepare()`` is called in the GUI thread and gives a function that reads the rows in the background."""

    def __init__(self, window: QWidget, runner: Runner, name: str, prepare: Callable[[], Make]) -> None:
        super().__init__(window)
        self._window, self._runner, self._name, self._prepare = window, runner, name, prepare

    def buttons(self, parent: QWidget) -> tuple[QToolButton | QPushButton, QToolButton | QPushButton]:
        """To Excel, to paper."""
        return (
            tool_button("file-spreadsheet", _("Ekspor daftar ini ke Excel"), parent=parent, clicked=self.export),
            tool_button("printer", _("Cetak daftar ini"), parent=parent, clicked=self.print),
        )

    def export(self) -> None:
        """Ask where to, write the list as a workbook."""
        from asn_desktop.exchange.listing_book import write_listing  # only when something is written

        make = self._prepare()
        target = messages.choose_save_file(
            self._window, _("Simpan ke"), f"{plain_file_name(self._name)}.xlsx", place=Place.EXPORTS
        )
        if target is None:
            return
        job = self._runner.run_read(
            lambda _progress: write_listing(make(), target),
            lambda count: messages.saved(
                self._window,
                _("{n} baris tersimpan di {file}.").format(n=format_number(count), file=target.name),
                target,
            ),
            lambda error: messages.show_error(self._window, error),
            title=_("Mengekspor"),
            owner=self,
        )
        ProgressDialog(job, self._window)

    def print(self) -> None:
        """Show the pages; from there they go to the printer or into a PDF."""
        from asn_desktop.gui.pdf_dialog import open_print  # loads the printed forms
        from asn_desktop.reports.listing import FORM

        open_print(self._window, self._runner, FORM.code, self._prepare(), plain_file_name(self._name))

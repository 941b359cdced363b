"""History: who did what, when; one step can be taken back if nothing later touched its records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtWidgets import QWidget

from asn_desktop.core.changes import ChangeSet, OperationRow
from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_moment
from asn_desktop.gui import messages
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.dialogs import Dialog, fit
from asn_desktop.gui.exchange.job_panel import grouped
from asn_desktop.gui.paged_model import CellKind, PagedTableModel, TableColumn, TableQuery
from asn_desktop.gui.progress_dialog import ProgressDialog
from asn_desktop.gui.table_view import TableView
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import Card, label
from asn_desktop.services import Services

LIMIT = 500


class HistoryDialog(Dialog):
    """The last operations, newest first."""

    def __init__(self, services: Services, runner: Runner, bus: ChangeBus, parent: QWidget | None = None) -> None:
        subtitle = _("Setiap perubahan dicatat dan tidak dapat dihapus. Langkah yang diurungkan tetap tampak di sini.")
        super().__init__(_("Riwayat perubahan"), parent, subtitle=subtitle)
        self._services, self._runner = services, runner
        self._rows: dict[int, OperationRow] = {}
        self.model = PagedTableModel(self._columns(), TableQuery(self._ids, self._found), parent=self)
        self.table = TableView(self.model, two_lines=True, multi=False)
        self.table.setAccessibleName(_("Riwayat perubahan"))
        self.table.current_row.connect(self._selected)
        card = Card(parent=self, margins=0)
        card.body.addWidget(self.table)
        self.body.addWidget(card, 1)
        self.why = label("", "secondary", wrap=True, parent=self)
        self.body.addWidget(self.why)
        self.take_back = self.add_extra(_("Urungkan langkah ini"), self._undo, icon="undo-2")
        self.add_primary(_("Tutup"))
        fit(self, 820, 560)
        bus.changed.connect(self._changed)
        self.read()

    def _columns(self) -> Sequence[TableColumn]:
        return (
            TableColumn(
                "what", _("Langkah"), lambda row: row.label, CellKind.TWO_LINES, 280,
                second=lambda row: _("{n} perubahan").format(n=grouped(row.changes)),
            ),
            TableColumn(
                "state", _("Status"), lambda row: self.state_of(row)[0],
                CellKind.CHIP, 130, tone=lambda row: self.state_of(row)[1],
            ),
            TableColumn("who", _("Oleh"), lambda row: row.user, width=140),
            TableColumn("when", _("Waktu"), lambda row: moment_text(row.at), width=196),
        )  # fmt: skip

    def state_of(self, row: OperationRow) -> tuple[str, str]:
        """Word and tone of an operation."""
        if self.taken_back(row):
            return _("Diurungkan"), "neutral"
        if row.undoes is not None:
            return _("Pembatalan langkah"), "attention"
        return _("Berlaku"), "good"

    def taken_back(self, row: OperationRow) -> bool:
        """Whether an undo of it is in force: an undo that was undone again does not count."""
        undo = self._rows.get(row.undone_by) if row.undone_by is not None else None
        return undo is not None and not self.taken_back(undo)

    def reason_not_undoable(self, row: OperationRow) -> str:
        """Why a step cannot be taken back; empty when it may be tried."""
        if self.taken_back(row):
            return _("Langkah ini sudah diurungkan.")
        if not row.undoable:
            return _("Langkah ini bagian dari penyiapan dan tidak dapat diurungkan.")
        return ""

    def read(self) -> None:
        def found(_progress: object) -> Sequence[OperationRow]:
            names = self._services.accounts.full_names()
            return [replace(row, user=names.get(row.user, row.user)) for row in self._services.safety.history(LIMIT)]

        self._runner.run_read(found, self._show, owner=self)

    def _show(self, rows: Sequence[OperationRow]) -> None:
        self._rows = {row.id: row for row in rows}
        self.model.refresh()
        self._selected(self.table.row())

    def _ids(self, _spec: object) -> list[int]:
        return list(self._rows)

    def _found(self, ids: Sequence[int]) -> list[OperationRow]:
        return [self._rows[number] for number in ids if number in self._rows]

    def _selected(self, row: OperationRow | None) -> None:
        why = "" if row is None else self.reason_not_undoable(row)
        self.take_back.setEnabled(row is not None and not why)
        self.why.setText(why or _("Dapat diurungkan selama datanya belum diubah lagi sesudahnya."))

    def _undo(self) -> None:
        row = self.table.row()
        if row is None or not messages.ask(self, _("Urungkan langkah ini?"), row.label, yes=_("Urungkan")):
            return
        job = self._runner.run_write(
            lambda _progress: self._services.safety.undo_operation(row.id),
            lambda _changes: messages.notify(self, _("Langkah diurungkan.")),
            lambda error: messages.show_error(self, error),
            title=_("Mengurungkan"),
            owner=self,
        )
        if not job.finished:
            ProgressDialog(job, self)

    def _changed(self, _changes: ChangeSet) -> None:
        self.read()


def moment_text(text: str) -> str:
    """``6 Oktober 2026 10.42`` from the stored ISO moment."""
    return format_moment(datetime.fromisoformat(text))

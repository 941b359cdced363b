"""Confirm several proposals at once: who is meant is chosen here and named again before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_date
from asn_desktop.gui import messages, theme
from asn_desktop.gui.dialogs import Dialog
from asn_desktop.gui.forms import FormField
from asn_desktop.gui.inputs import resize_within
from asn_desktop.gui.remediation.words import period_text, place_text
from asn_desktop.gui.row_table import Column, RowTable
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import DateField, button
from asn_desktop.remediation.queries import PlanRow
from asn_desktop.remediation.rules import KINDS
from asn_desktop.remediation.service import RemediationService

_NAMED = 12
"""So many names the question spells out; the rest it counts."""


class ConfirmManyDialog(Dialog):
    """``saved(ChangeSet)`` before it closes. Nobody is ticked at first: each plan is a decision about a person."""

    saved = Signal(object)

    asks_first = True

    def __init__(
        self,
        service: RemediationService,
        runner: Runner,
        proposals: Sequence[PlanRow],
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        sentence = _("Jenis dan langkahnya seperti yang diusulkan; pembimbing dan tujuan dapat diisi sesudahnya.")
        super().__init__(_("Tetapkan beberapa rencana"), parent, subtitle=sentence)
        self._service, self._runner = service, runner
        self._proposals = {row.id: row for row in proposals}
        self.starts = DateField(self, name=_("Mulai"))
        self.starts.set_value(today)
        self.starts_field = FormField("starts", _("Mulai"), self.starts, self, required=True)
        self.table: RowTable[PlanRow] = RowTable(
            [
                Column(_("Nama"), lambda row: row.name, place_text, stretch=True),
                Column(
                    _("Predikat"),
                    lambda row: theme.predicate_label(row.predicate or ""),
                    tone=lambda row: theme.predicate_tone(row.predicate or ""),
                    width=140,
                ),
                Column(_("Pembinaan"), lambda row: _(KINDS[row.kind]), period_text, width=190),
            ],
            lambda row: row.id,
            self,
            checkable=True,
            name=_("Usulan pembinaan"),
        )
        self.table.setProperty("boxed", True)
        self.table.set_rows(list(proposals))
        self.all_button = button(
            _("Centang semua ({n})").format(n=len(proposals)), icon="list-checks", parent=self, clicked=self.choose_all
        )
        self.all_button.setAutoDefault(False)
        line = QHBoxLayout()
        line.addWidget(self.starts_field)
        line.addStretch(1)
        line.addWidget(self.all_button)
        self.body.addLayout(line)
        self.body.addWidget(self.table, 1)
        self.add_cancel()
        self.confirm = self.add_primary("", self.save)
        self.table.rows.ticked.connect(self._ticked)
        self._ticked()
        resize_within(self, 760, 540)
        self.table.setFocus()

    @property
    def chosen(self) -> list[PlanRow]:
        """In the order of the list."""
        return [row for number, row in self._proposals.items() if number in self.table.rows.checked]

    def choose_all(self) -> None:
        self.table.tick_keys(self._proposals)

    def _ticked(self) -> None:
        count = len(self.table.rows.checked)
        self.confirm.setEnabled(count > 0)
        self.confirm.setText(_("Tetapkan {n} rencana").format(n=count) if count else _("Tetapkan"))

    def save(self) -> None:
        """Ask with the number and the names, then write all in one operation."""
        chosen = self.chosen
        if not self.starts.commit() or self.starts.value is None:
            self.starts_field.show_error(self.starts.error or _("Tanggal belum diisi."))
            return
        starts = self.starts.value
        title = _("Tetapkan {n} rencana pembinaan?").format(n=len(chosen))
        text = _("Mulai {day}: {names}.").format(day=format_date(starts), names=_names(chosen))
        if not chosen or not messages.ask(self, title, text, yes=_("Tetapkan {n} rencana").format(n=len(chosen))):
            return
        self._runner.run_write(
            lambda _progress: self._service.confirm_many(chosen, starts, initiator=self),
            self._done,
            lambda error: messages.show_error(self, error),
            title=_("Menetapkan rencana"),
            owner=self,
        )

    def _done(self, changes: ChangeSet) -> None:
        self.saved.emit(changes)
        self.accept()


def _names(rows: Sequence[PlanRow]) -> str:
    names = "; ".join(row.name for row in rows[:_NAMED])
    if len(rows) > _NAMED:
        names += _("; dan {n} orang lagi").format(n=len(rows) - _NAMED)
    return names

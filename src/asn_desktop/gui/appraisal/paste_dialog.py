"""What a pasted block would write, before it is written."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from asn_desktop.appraisal.commands import KEEP, Keep
from asn_desktop.appraisal.paste import PastePlan
from asn_desktop.appraisal.predicate import Matrix, Rating, derive
from asn_desktop.appraisal.queries import EvaluationRow
from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_number
from asn_desktop.gui import theme
from asn_desktop.gui.dialogs import Dialog
from asn_desktop.gui.widgets import label

SHOWN = 500


class PasteDialog(Dialog):
    """Lists the new ratings and the cells that are not taken; accepting writes them in one operation."""

    def __init__(
        self, plan: PastePlan, rows: Mapping[int, EvaluationRow], matrix: Matrix, parent: QWidget | None = None
    ) -> None:
        how = _("Dicocokkan menurut NIP.") if plan.by_nip else _("Dicocokkan menurut urutan baris pada daftar.")
        super().__init__(_("Tempel rating"), parent, subtitle=how)
        locked = [c for c in plan.changes if c.evaluation_id in rows and rows[c.evaluation_id].state == "final"]
        self.changes = [c for c in plan.changes if c.evaluation_id in rows and c not in locked]
        self.body.addWidget(label(self._summary(plan, len(locked)), "strong", wrap=True))
        self.table = _table([_("Pegawai"), _("Hasil kerja"), _("Perilaku kerja"), _("Predikat")])
        for change in self.changes[:SHOWN]:
            row = rows[change.evaluation_id]
            result = _kept(change.result, row.result)
            behaviour = _kept(change.behaviour, row.behaviour)
            predicate = derive(matrix, result, behaviour)
            _add(
                self.table,
                [
                    row.name,
                    _word(row.result, result),
                    _word(row.behaviour, behaviour),
                    predicate.label if predicate else _("Belum dinilai"),
                ],
            )
        self.body.addWidget(self.table, 2)
        if len(self.changes) > SHOWN:
            more = _("… dan {n} baris lagi.").format(n=format_number(len(self.changes) - SHOWN))
            self.body.addWidget(label(more, "secondary"))
        self.refused = _table([_("Baris"), _("Kolom"), _("Isi"), _("Mengapa tidak diambil")])
        for cell in plan.rejected[:SHOWN]:
            _add(self.refused, [str(cell.row), str(cell.column), cell.value, cell.reason])
        self.refused.setVisible(bool(plan.rejected))
        if plan.rejected:
            text = _("{n} sel tidak diambil").format(n=format_number(len(plan.rejected)))
            self.body.addWidget(label(text, "section"))
            self.body.addWidget(self.refused, 1)
        self.add_cancel()
        self.apply_button = self.add_primary(_("Tempel {n} rating").format(n=format_number(len(self.changes))))
        self.apply_button.setEnabled(bool(self.changes))
        self.resize(theme.tokens().px(720), theme.tokens().px(520))

    def _summary(self, plan: PastePlan, locked: int) -> str:
        parts = [_("{n} pegawai akan dinilai").format(n=format_number(len(self.changes)))]
        if plan.rejected:
            parts.append(_("{n} sel ditolak").format(n=format_number(len(plan.rejected))))
        if locked:
            parts.append(_("{n} sudah terkunci dan dibiarkan").format(n=format_number(locked)))
        return " · ".join(parts)


def _kept(wanted: Rating | Keep | None, stored: Rating | None) -> Rating | None:
    return stored if wanted is KEEP else wanted


def _word(before: Rating | None, after: Rating | None) -> str:
    new = after.word if after else "–"
    return new if before in (None, after) or before is None else f"{before.word} → {new}"


def _table(headings: list[str]) -> QTableWidget:
    table = QTableWidget(0, len(headings))
    table.setProperty("boxed", True)
    table.setHorizontalHeaderLabels(headings)
    table.verticalHeader().setVisible(False)
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
    table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    table.setShowGrid(False)
    table.verticalHeader().setDefaultSectionSize(theme.tokens().row_one_line)
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    stretched = 0 if headings[0] == _("Pegawai") else len(headings) - 1
    header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
    return table


def _add(table: QTableWidget, texts: list[str]) -> None:
    place = table.rowCount()
    table.insertRow(place)
    for column, text in enumerate(texts):
        item = QTableWidgetItem(text)
        item.setToolTip(text)
        table.setItem(place, column, item)

"""What a pasted block would write, before it is written."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from asn_desktop.appraisal.commands import KEEP, Keep, RatingChange
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
    """Lists the new ratings and the cells that are not taken; ``wanted`` writes them in one operation."""

    def __init__(
        self, plan: PastePlan, rows: Mapping[int, EvaluationRow], matrix: Matrix, parent: QWidget | None = None
    ) -> None:
        how = _("Dicocokkan menurut NIP.") if plan.by_nip else _("Dicocokkan menurut urutan baris pada daftar.")
        super().__init__(_("Tempel rating"), parent, subtitle=how)
        locked = [c for c in plan.changes if c.evaluation_id in rows and rows[c.evaluation_id].state == "final"]
        self.changes = [c for c in plan.changes if c.evaluation_id in rows and c not in locked]
        self.table = _table(
            [_("Baris"), _("Pegawai"), _("Hasil kerja"), _("Perilaku kerja"), _("Predikat"), _("Periksa")], stretched=1
        )
        doubts = [self._add_line(plan, change, rows[change.evaluation_id], matrix) for change in self.changes]
        self.body.addWidget(label(self._summary(plan, len(locked), sum(map(bool, doubts))), "strong", wrap=True))
        if plan.refusal:
            hint = _("Salin bersama kolom NIP, atau hanya kedua kolom rating. Data tidak berubah.")
            self.body.addWidget(label(f"{plan.refusal} {hint}", "error", wrap=True))
        self.table.setVisible(not plan.refusal)
        self.body.addWidget(self.table, 2)
        if len(self.changes) > SHOWN:
            more = _("… dan {n} baris lagi.").format(n=format_number(len(self.changes) - SHOWN))
            self.body.addWidget(label(more, "secondary"))
        self.refused = _table([_("Baris"), _("Kolom"), _("Isi"), _("Mengapa tidak diambil")], stretched=3)
        for cell in plan.rejected[:SHOWN]:
            _add(self.refused, [str(cell.row), str(cell.column), cell.value, cell.reason])
        # A reason is a sentence: it breaks into lines instead of being cut.
        self.refused.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.refused.setVisible(bool(plan.rejected))
        if plan.rejected:
            text = _("{n} sel tidak diambil").format(n=format_number(len(plan.rejected)))
            self.body.addWidget(label(text, "section"))
            self.body.addWidget(self.refused, 1)
        self.add_cancel()
        self.apply_button = self.add_primary(
            _("Tempel {n} rating").format(n=format_number(len(self.changes))), self.wanted.emit
        )
        self.apply_button.setEnabled(bool(self.changes))
        self.resize(theme.tokens().px(960), theme.tokens().px(520))

    def _add_line(self, plan: PastePlan, change: RatingChange, row: EvaluationRow, matrix: Matrix) -> str:
        """Show to whom a line goes and what it makes of the ratings; returns what there is to look at."""
        line = plan.lines[change.evaluation_id]
        result = _kept(change.result, row.result)
        behaviour = _kept(change.behaviour, row.behaviour)
        predicate = derive(matrix, result, behaviour)
        doubts = [line.doubt] if line.doubt else []
        if line.declared is not None and predicate is not None and line.declared is not predicate:
            doubts.append(_("Tertulis predikat {label}").format(label=line.declared.label))
        doubt = "; ".join(doubts)
        if self.table.rowCount() < SHOWN:
            predicate_label = predicate.label if predicate else _("Belum dinilai")
            ratings = [_word(row.result, result), _word(row.behaviour, behaviour)]
            _add(self.table, [str(line.row), row.name, *ratings, predicate_label, doubt], marked=bool(doubt))
        return doubt

    def _summary(self, plan: PastePlan, locked: int, doubts: int) -> str:
        parts = [_("{n} pegawai akan dinilai").format(n=format_number(len(self.changes)))]
        if doubts:
            parts.append(_("{n} baris perlu diperiksa").format(n=format_number(doubts)))
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


def _table(headings: list[str], *, stretched: int) -> QTableWidget:
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
    header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
    return table


def _add(table: QTableWidget, texts: list[str], *, marked: bool = False) -> None:
    place = table.rowCount()
    table.insertRow(place)
    for column, text in enumerate(texts):
        item = QTableWidgetItem(text)
        item.setToolTip(text)
        if marked and column == len(texts) - 1:
            item.setForeground(theme.color(theme.tone("attention").ink))
        table.setItem(place, column, item)

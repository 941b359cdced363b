"""One row of the preview, explained: decision, old and new per field, findings with their cell."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from asn_desktop.core.columns import masked
from asn_desktop.core.i18n import _
from asn_desktop.core.identifiers import format_nip
from asn_desktop.core.issues import Issue
from asn_desktop.exchange.plan import SKIP, Fate, FieldChange, PlannedRow
from asn_desktop.exchange.service import ExchangeService
from asn_desktop.exchange.subjects import IMPORTS
from asn_desktop.gui import theme
from asn_desktop.gui.exchange.answer import Answer
from asn_desktop.gui.exchange.detail_panel import DetailPanel
from asn_desktop.gui.exchange.fates import row_state, severity_text
from asn_desktop.gui.widgets import Chip, SectionTitle, button, label, rule


class RowPanel(DetailPanel):
    """Emits ``decided(row key, option key)`` and ``decided_alike(row key, option key)`` for all similar rows."""

    decided = Signal(object, str)
    decided_alike = Signal(object, str)

    def __init__(self, exchange: ExchangeService, parent: QWidget) -> None:
        super().__init__(parent, _("Pilih satu baris untuk melihat rinciannya."))
        self._exchange = exchange
        columns = [column for kind in IMPORTS for column in exchange.fields(kind)]
        self._masked = {column.key for column in columns if column.sensitive}
        self.answers: dict[str, Answer] = {}
        self.alike_button: QWidget | None = None
        self.leave_button: QWidget | None = None
        self.set_row(None, None, 0)

    def set_row(self, row: PlannedRow | None, original: PlannedRow | None, alike: int) -> None:
        """Show a row. ``original`` is the row before any decision; ``alike`` how many ask the same question."""
        self.answers = {}
        self.alike_button = self.leave_button = None
        if row is None or original is None:
            self.show_content(None)
        else:
            self.show_content(lambda page, column: self._fill(page, column, row, original, alike))

    def _fill(self, page: QWidget, column: QVBoxLayout, row: PlannedRow, original: PlannedRow, alike: int) -> None:
        self._heading(page, column, row)
        if original.options:
            self._question(page, column, row, original, alike)
        elif original.fate in (Fate.NEW, Fate.CHANGED):
            self._leave_out(page, column, row, original)
        elif original.waits:
            text = _("Baris ini menunggu jawaban di langkah Pertanyaan. Tekan “Kembali” untuk menjawabnya.")
            column.addWidget(label(text, wrap=True, parent=page))
        self._values(page, column, row)
        self._findings(page, column, row)

    def _heading(self, page: QWidget, column: QVBoxLayout, row: PlannedRow) -> None:
        tone, word = row_state(row)
        line = QHBoxLayout()
        line.setSpacing(theme.SPACE)
        line.addWidget(label(row.name or _("(tanpa nama)"), "section", wrap=True, parent=page), 1)
        line.addWidget(Chip(word, tone, page), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
        place = _("{sheet}, baris {row}").format(sheet=row.sheet, row=row.number)
        column.addWidget(
            label(f"{format_nip(row.nip)} · {place}" if row.nip else place, "secondary", wrap=True, parent=page)
        )

    def _question(self, page: QWidget, column: QVBoxLayout, row: PlannedRow, original: PlannedRow, alike: int) -> None:
        column.addWidget(rule(page))
        column.addWidget(SectionTitle(_("Keputusan Anda"), page))
        for issue in original.issues:
            if severity_text(issue.severity)[1] == _("Perlu keputusan"):
                column.addWidget(label(issue.message, wrap=True, parent=page))
        group = QButtonGroup(page)
        for key, text in (*((option.key, option.label) for option in original.options), (SKIP, _("Lewati baris ini"))):
            answer = Answer(text, row.choice == key, group, page)
            answer.taken.connect(partial(self.decided.emit, original.key, key))
            self.answers[key] = answer
            column.addWidget(answer)
        if row.choice and alike > 1:
            text = _("Pakai untuk {n} baris serupa").format(n=alike)
            self.alike_button = button(
                text, icon="list-checks", parent=page,
                clicked=lambda: self.decided_alike.emit(original.key, row.choice),
            )  # fmt: skip
            column.addWidget(self.alike_button, 0, Qt.AlignmentFlag.AlignLeft)

    def _leave_out(self, page: QWidget, column: QVBoxLayout, row: PlannedRow, original: PlannedRow) -> None:
        """Any row that would be written can be left out, and taken in again."""
        out = row.choice == SKIP
        text = _("Simpan juga baris ini") if out else _("Jangan simpan baris ini")
        self.leave_button = button(
            text, icon="undo-2" if out else "x", parent=page,
            clicked=lambda: self.decided.emit(original.key, "" if out else SKIP),
        )  # fmt: skip
        column.addWidget(self.leave_button, 0, Qt.AlignmentFlag.AlignLeft)

    def _values(self, page: QWidget, column: QVBoxLayout, row: PlannedRow) -> None:
        changes = row.changes
        if row.fate is Fate.NEW and not changes:
            changes = tuple(
                FieldChange(key, None, value) for key, value in row.values.items() if value not in (None, "")
            )
        if not changes:
            return
        column.addWidget(rule(page))
        old_and_new = any(change.before not in (None, "") for change in changes)
        column.addWidget(SectionTitle(_("Perubahan") if old_and_new else _("Isi"), page))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GAP)
        grid.setVerticalSpacing(6)
        for line, change in enumerate(changes):
            before = self._shown(change.field, change.before)
            after = self._shown(change.field, change.after)
            grid.addWidget(
                label(self._exchange.label(change.field), "secondary", wrap=True, parent=page),
                line,
                0,
                Qt.AlignmentFlag.AlignTop,
            )
            values = QVBoxLayout()
            values.setSpacing(0)
            if before:
                old = label(before, "secondary", wrap=True, parent=page)
                font = old.font()
                font.setStrikeOut(True)
                old.setFont(font)
                old.setAccessibleName(_("Lama: {text}").format(text=before))
                values.addWidget(old)
            new = label(after or _("(dikosongkan)"), "strong" if old_and_new else "", wrap=True, parent=page)
            new.setAccessibleName(_("Baru: {text}").format(text=after))
            values.addWidget(new)
            grid.addLayout(values, line, 1)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        column.addLayout(grid)

    def _shown(self, field: str, value: Any) -> str:
        """A value as text; specific personal data are masked (UU 27/2022)."""
        text = self._exchange.show(field, value)
        if field == "nip":
            return format_nip(text)
        return masked(text) if field in self._masked else text

    def _findings(self, page: QWidget, column: QVBoxLayout, row: PlannedRow) -> None:
        if not row.issues:
            return
        column.addWidget(rule(page))
        column.addWidget(SectionTitle(_("Temuan"), page))
        for issue in row.issues:
            self._finding(page, column, issue)

    def _finding(self, page: QWidget, column: QVBoxLayout, issue: Issue) -> None:
        tone, word = severity_text(issue.severity)
        line = QHBoxLayout()
        line.setSpacing(theme.SPACE)
        line.addWidget(Chip(word, tone, page))
        where = _("sel {cell}").format(cell=issue.location.cell) if issue.location.cell else ""
        line.addWidget(label(where, "secondary", parent=page), 1)
        column.addLayout(line)
        text = f"“{issue.value}”: {issue.message}" if issue.value else issue.message
        column.addWidget(label(text, wrap=True, parent=page))
        if issue.hint:
            column.addWidget(label(issue.hint, "secondary", wrap=True, parent=page))
        column.addSpacing(theme.SPACE_SMALL)

"""Riwayat: every package that left or came, with what became of it, and one of them explained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.exchange.package.digest import short_code
from asn_desktop.exchange.package.overview import LedgerRow, RejectionRow
from asn_desktop.exchange.package.protocol import entity_of
from asn_desktop.gui import theme
from asn_desktop.gui.exchange.detail_panel import DetailPanel
from asn_desktop.gui.exchange.packages.situation import Situation, unanswered
from asn_desktop.gui.exchange.packages.words import (
    State,
    counted,
    fates_text,
    kind_text,
    ledger_state,
    moment_text,
    rows_text,
)
from asn_desktop.gui.row_table import Column, RowTable
from asn_desktop.gui.widgets import Card, Chip, EmptyState, SectionTitle, button, label, rule


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A package with the words for it."""

    row: LedgerRow
    state: State
    office: str

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def title(self) -> str:
        if self.row.kind == "receipt":
            return _("Tanda terima dari {office}") if self.row.direction == "in" else _("Tanda terima untuk {office}")
        return _("Paket {seq} dari {office}") if self.row.direction == "in" else _("Paket {seq} untuk {office}")

    @property
    def shown(self) -> str:
        return self.title.format(seq=self.row.seq, office=self.office)

    @property
    def content(self) -> str:
        if self.row.kind == "receipt":
            return ""
        return rows_text(self.row.counts) if self.row.direction == "out" else fates_text(self.row.counts)


def ledger_lines(found: Situation) -> list[LedgerLine]:
    """Newest first, as read."""
    names = {peer.code: peer.name for peer in found.peers}
    waiting: set[int] = set()
    for office in {row.office for row in found.sent}:
        waiting |= {row.id for row in unanswered([row for row in found.sent if row.office == office])}
    return [
        LedgerLine(
            row,
            ledger_state(row, found.today, row.direction == "out" and row.id not in waiting),
            names.get(row.office) or row.office or _("provinsi"),
        )
        for row in found.ledger
    ]


class LedgerView(QWidget):
    """``receipt_wanted(office code, office name)``: give the receipt of a received package again;
    ``print_wanted(LedgerRow)``: on paper."""

    receipt_wanted = Signal(str, str)
    print_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rejections: Sequence[RejectionRow] = ()
        self._newest = 0
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.GAP)
        card = Card(parent=self, margins=0)
        card.body.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 8)
        head.addWidget(SectionTitle(_("Riwayat"), card), 1)
        card.body.addLayout(head)
        columns: list[Column[LedgerLine]] = [
            Column(_("Paket"), lambda line: line.shown, lambda line: line.content, width=200, stretch=True),
            Column(_("Kapan"), lambda line: moment_text(line.row.at), width=196, drop=1),
            Column(_("Status"), lambda line: line.state.word, tone=lambda line: line.state.tone, width=140),
        ]
        self.table = RowTable(columns, lambda line: line.id, card, name=_("Riwayat paket"))
        self.table.current_row.connect(self._show)
        self._empty = EmptyState(
            "package",
            _("Belum ada paket"),
            _("Setiap paket yang dikirim atau diterima tercatat di sini beserta tanda terimanya."),
            parent=card,
        )
        self._stack = QStackedWidget(card)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        self._stack.setMinimumHeight(theme.tokens().px(96))  # the empty state alone asks for twice as much
        card.body.addWidget(self._stack, 1)
        outer.addWidget(card, 1)
        self.panel = LedgerPanel(self)
        self.panel.receipt_wanted.connect(self.receipt_wanted)
        self.panel.print_wanted.connect(self.print_wanted)
        outer.addWidget(self.panel)

    def set_situation(self, found: Situation) -> None:
        self._rejections = found.rejections
        lines = ledger_lines(found)
        self.table.set_rows(lines)
        self._stack.setCurrentWidget(self.table if lines else self._empty)
        self.panel.setVisible(bool(lines))
        newest = max((line.id for line in lines), default=0)
        if newest > self._newest:
            self.table.go_to(0)  # what was just sent or received
        self._newest = newest
        self._show(self.table.row())

    def _show(self, line: LedgerLine | None) -> None:
        mine = [note for note in self._rejections if line is not None and note.package_id == line.row.package_id]
        self.panel.show_line(line, mine)


class LedgerPanel(DetailPanel):
    """One package: what is known about it, what was refused and why."""

    receipt_wanted = Signal(str, str)
    print_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _("Pilih satu paket untuk melihat rinciannya."))
        self.setFixedWidth(theme.tokens().px(340))
        self.show_content(None)

    def show_line(self, line: LedgerLine | None, rejections: Sequence[RejectionRow]) -> None:
        self.show_content(None if line is None else lambda page, column: self._fill(page, column, line, rejections))

    def _fill(self, page: QWidget, column: QVBoxLayout, line: LedgerLine, rejections: Sequence[RejectionRow]) -> None:
        row = line.row
        column.addWidget(label(line.shown, "section", wrap=True, parent=page))
        column.addWidget(Chip(line.state.word, line.state.tone, page), 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(label(line.state.sentence, wrap=True, parent=page))
        column.addWidget(rule(page))
        facts = [(_("Isi"), line.content)] if line.content else []
        if row.direction == "out":
            facts.append((_("Dibuat"), f"{moment_text(row.at)} · {row.user}"))
            if row.answered_at:
                facts.append((_("Diterima"), moment_text(row.answered_at)))
                facts.append((_("Hasil di kantor penerima"), fates_text(row.answer)))
        else:
            facts.append((_("Diterapkan"), f"{moment_text(row.at)} · {row.user}"))
        facts += [
            (_("Jenis"), kind_text(row.kind)),
            (_("Berkas"), row.file_name),
        ]
        if row.digest:
            facts.append((_("Kode ringkas"), short_code(row.digest)))
        for caption, value in facts:
            column.addWidget(label(caption, "secondary", parent=page))
            column.addWidget(label(value, wrap=True, parent=page))
        if rejections:
            self._refused(page, column, rejections)
        if row.direction == "in" and row.kind != "receipt":
            save = button(_("Simpan tanda terima …"), icon="save", parent=page)
            save.clicked.connect(lambda: self.receipt_wanted.emit(row.office, line.office))
            paper = button(_("Cetak tanda terima …"), icon="printer", parent=page)
            paper.clicked.connect(lambda: self.print_wanted.emit(row))
            for act in (save, paper):
                column.addWidget(act, 0, Qt.AlignmentFlag.AlignLeft)

    def _refused(self, page: QWidget, column: QVBoxLayout, rejections: Sequence[RejectionRow]) -> None:
        column.addWidget(rule(page))
        text = _("Tidak dapat diterima ({n})").format(n=counted(len(rejections)))
        column.addWidget(SectionTitle(text, page))
        for note in rejections[:20]:
            title = _(entity_of(note.entity).title)
            column.addWidget(label(f"{title}: {note.message}", wrap=True, parent=page))
        if len(rejections) > 20:
            column.addWidget(label(_("dan {n} lagi").format(n=counted(len(rejections) - 20)), "secondary", parent=page))

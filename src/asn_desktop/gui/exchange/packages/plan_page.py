"""What would become of every row of a package. Nothing has been written yet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.exchange.package.explaining import PlanExplainer, RecordLine
from asn_desktop.exchange.package.office_keys import fingerprint
from asn_desktop.exchange.package.package_plan import PackagePlan
from asn_desktop.exchange.package.protocol import BY_TABLE
from asn_desktop.exchange.package.reading import PackageReading
from asn_desktop.exchange.plan import Fate
from asn_desktop.gui import theme
from asn_desktop.gui.exchange.fate_card import FateCard
from asn_desktop.gui.exchange.packages.record_panel import RecordPanel
from asn_desktop.gui.exchange.packages.words import FATES, counted, kind_text, moment_text, seal_state
from asn_desktop.gui.paged_model import CellKind, PagedTableModel, TableColumn, TableQuery
from asn_desktop.gui.table_view import TableView
from asn_desktop.gui.widgets import Card, Chip, EmptyState, combo, label

_FIRST_SHOWN = (Fate.CONFLICT, Fate.REJECTED, Fate.CHANGED, Fate.NEW, Fate.SAME, Fate.IGNORED)


class PlanPage(QWidget):
    """Cards and two filters choose the rows; the selected row is explained beside them."""

    def __init__(self, reading: PackageReading, parent: QWidget) -> None:
        super().__init__(parent)
        self._reading = reading
        self._plan: PackagePlan | None = None
        self._explainer: PlanExplainer | None = None
        self._shown = Fate.NEW
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.SPACE)
        self.title = label("", "section", wrap=True, parent=self)
        self.second = label("", "secondary", wrap=True, parent=self)
        outer.addWidget(self.title)
        outer.addWidget(self.second)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(theme.SPACE_SMALL)
        outer.addLayout(self._notes)
        cards = QHBoxLayout()
        cards.setSpacing(theme.SPACE)
        self.cards: dict[Fate, FateCard] = {}
        for fate, text in FATES.items():
            card = FateCard(_(text.title), _(text.note), text.tone, self)
            card.activated.connect(lambda fate=fate: self.show_fate(fate))
            self.cards[fate] = card
            cards.addWidget(card, 1)
        outer.addLayout(cards)
        self.model = PagedTableModel(self._columns(), TableQuery(self._ids, self._lines), parent=self)
        self.table = TableView(self.model, two_lines=True, multi=False)
        self.table.setAccessibleName(_("Isi paket"))
        self.panel = RecordPanel(self)
        self._explain = QTimer(self)  # once for a burst of selections
        self._explain.setSingleShot(True)
        self._explain.timeout.connect(self._show_record)
        self.table.current_row.connect(lambda _line: self._explain.start())
        outer.addWidget(self._splitter(), 1)

    def _splitter(self) -> QSplitter:
        splitter = QSplitter(self)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.GAP)
        card = Card(parent=splitter, margins=0)
        card.body.setSpacing(0)
        card.body.addLayout(self._filters(card))
        self._stack = QStackedWidget(card)
        self._stack.addWidget(self.table)
        self._empty = EmptyState("circle-check", "", "", parent=card)
        self._stack.addWidget(self._empty)
        card.body.addWidget(self._stack, 1)
        splitter.addWidget(card)
        splitter.addWidget(self.panel)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes([theme.tokens().px(640), theme.tokens().px(430)])
        self.panel.setMinimumWidth(theme.tokens().px(300))
        return splitter

    def _filters(self, parent: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(theme.SPACE)
        self.subject = combo(parent=parent)
        self.subject.setAccessibleName(_("Jenis data"))
        self.subject.currentIndexChanged.connect(lambda _index: self._refresh())
        self.together = QPushButton(parent)
        self.together.setCheckable(True)
        self.together.setProperty("filter", True)
        self.together.setToolTip(_("Catatan yang diubah kedua kantor pada isian berbeda: kedua perubahan dipakai"))
        self.together.toggled.connect(lambda _on: self._refresh())
        row.addWidget(self.subject)
        row.addWidget(self.together)
        row.addStretch(1)
        return row

    def _columns(self) -> Sequence[TableColumn]:
        return (
            TableColumn(
                "name", _("Catatan"), lambda line: line.name, CellKind.TWO_LINES, 250, second=_second, tip=_tip
            ),
            TableColumn(
                "state", _("Keadaan"), lambda line: _(FATES[line.fate].title), CellKind.CHIP, 110,
                tone=lambda line: FATES[line.fate].tone,
            ),
            TableColumn("what", _("Yang terjadi"), lambda line: line.what, width=160, tip=lambda line: line.what),
        )  # fmt: skip

    # -- the plan -----------------------------------------------------------------------------------------

    @property
    def plan(self) -> PackagePlan:
        assert self._plan is not None
        return self._plan

    def set_plan(self, plan: PackagePlan) -> None:
        self._plan = plan
        self._explainer = self._reading.explainer(plan)
        self.panel.office = plan.head.office_name
        head = plan.head
        title = (
            _("Isi yang masih terbaca dari paket {seq}, {office}") if plan.salvage else _("Paket {seq} dari {office}")
        )
        self.title.setText(title.format(seq=head.seq, office=head.office_name))
        made = _("dibuat {when} oleh {who}").format(when=moment_text(head.made_at), who=head.made_by)
        self.second.setText(" · ".join((kind_text(head.kind.value), made, plan.read.file_name)))
        self._show_notes(plan)
        counts = plan.counts
        self._shown = next((fate for fate in _FIRST_SHOWN if counts[fate.value]), Fate.NEW)
        self.subject.blockSignals(True)
        self.subject.clear()
        self.subject.addItem(_("Semua jenis data"), "")
        for entity, fates in plan.counts_by_entity().items():
            self.subject.addItem(f"{_(BY_TABLE[entity].title)} ({counted(sum(fates.values()))})", entity)
        self.subject.blockSignals(False)
        self.together.blockSignals(True)
        self.together.setChecked(False)
        self.together.blockSignals(False)
        self.together.setText(_("Ubah bersamaan ({n})").format(n=counted(len(plan.together))))
        self.together.setVisible(bool(plan.together))
        self._refresh()

    def show_fate(self, fate: Fate) -> None:
        """Show the rows of a card."""
        self._shown = fate
        self.together.setChecked(False)
        self._refresh()

    def _show_notes(self, plan: PackagePlan) -> None:
        while (item := self._notes.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        state = seal_state(plan.read.seal, bool(plan.read.key), plan.first_contact)
        self._note(state.word, state.tone, state.sentence)
        if plan.salvage:
            text = _(
                "Tidak ada yang langsung ditulis: tiap isian yang berbeda menjadi pertanyaan di Meja konflik. Catatan "
                "baru dan penghapusan tidak diambil. Paket aslinya tetap dapat diterima nanti."
            )
            self._note(_("Hanya usulan"), "info", text)
            for note in plan.read.notes[:2]:
                self._note(_("Perlu diperiksa"), "attention", note)
            return
        if plan.first_contact:
            text = _("Paket pertama dari kantor ini. Sesudah diterapkan, kantor itu tercatat di daftar kantor.")
            self._note(_("Kantor baru"), "info", text)
            if plan.read.key:
                words = _("Cocokkan lewat telepon dengan kantor itu: {words}").format(
                    words=" ".join(fingerprint(plan.read.key))
                )
                self._note(_("Sidik kunci"), "neutral", words)
        if plan.missing_seq:
            text = _("{n} paket sebelumnya belum pernah sampai. Tidak apa-apa: isinya ikut dalam paket ini.")
            self._note(_("Paket terlewat"), "neutral", text.format(n=plan.missing_seq))
        if plan.head.replica.parent:
            text = _("Data kantor itu pernah dipulihkan atau disalin, jadi paket ini membawa semuanya sekali lagi.")
            self._note(_("Salinan baru"), "neutral", text)
        for note in plan.read.notes[:2]:
            self._note(_("Perlu diperiksa"), "attention", note)

    def _note(self, word: str, tone: str, text: str) -> None:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        row.addWidget(Chip(word, tone, holder), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(text, wrap=True, parent=holder), 1)
        self._notes.addWidget(holder)

    # -- rows ---------------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        if self._plan is None:
            return
        counts = self._plan.counts
        for fate, card in self.cards.items():
            card.set_selected(fate is self._shown and not self.together.isChecked())
            card.set_count(counts[fate.value])
        self.model.refresh()
        if self.model.ids:
            self._stack.setCurrentWidget(self.table)
            self.table.selectRow(0)
        else:
            self._empty.set_texts(_(FATES[self._shown].empty), _("Pilih kartu lain di atas untuk melihat isinya."))
            self._stack.setCurrentWidget(self._empty)
        self._explain.start()

    def _ids(self, _spec: object) -> Sequence[int]:
        if self._plan is None:
            return ()
        entity = self.subject.currentData()
        together = self.together.isChecked()
        return [
            place
            for place, record in enumerate(self._plan.records)
            if (record.together if together else record.fate is self._shown) and (not entity or record.entity == entity)
        ]

    def _lines(self, places: Sequence[int]) -> Sequence[RecordLine]:
        assert self._explainer is not None
        return self._reading.lines(self._explainer, places)

    def _show_record(self) -> None:
        line = self.table.row() if self.model.ids else None
        if line is None or self._explainer is None:
            self.panel.show_detail(None)
        else:
            self.panel.show_detail(self._reading.detail(self._explainer, line.id))


def _second(line: RecordLine) -> str:
    return " · ".join(part for part in (line.subject, line.second) if part)


def _tip(line: RecordLine) -> str:
    return f"{line.name}\n{_second(line)}"

"""Third page: what would become of every row. Nothing has been written yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.core.identifiers import format_nip
from asn_desktop.core.issues import Severity
from asn_desktop.exchange.plan import SKIP, Fate, ImportPlan, PlannedRow, decide
from asn_desktop.exchange.service import BatchRow, ExchangeService
from asn_desktop.gui import theme
from asn_desktop.gui.exchange.fate_card import FateCard
from asn_desktop.gui.exchange.fates import FATES, row_state, worksheet_sentence
from asn_desktop.gui.exchange.job_panel import grouped
from asn_desktop.gui.exchange.row_panel import RowPanel
from asn_desktop.gui.paged_model import CellKind, PagedTableModel, TableColumn, TableQuery
from asn_desktop.gui.table_view import TableView
from asn_desktop.gui.widgets import Card, Chip, EmptyState, label

RowKey = tuple[str, int]
_FIRST_SHOWN = (Fate.CONFLICT, Fate.REJECTED, Fate.NEW, Fate.CHANGED, Fate.SAME, Fate.IGNORED)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: its place in the plan and the row as decided."""

    id: int
    row: PlannedRow


class PreviewPage(QWidget):
    """Cards filter the table; the selected row is explained beside it. ``changed`` after each decision."""

    changed = Signal()

    def __init__(self, exchange: ExchangeService, parent: QWidget) -> None:
        super().__init__(parent)
        self._exchange = exchange
        self._original: ImportPlan | None = None
        self._decided: ImportPlan | None = None
        self._choices: dict[RowKey, str] = {}
        self._places: dict[RowKey, int] = {}
        self._shown = Fate.NEW
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.GAP)
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
        self.table.setAccessibleName(_("Baris berkas"))
        self.panel = RowPanel(exchange, self)
        # Decisions arrive from inside the panel that is about to be rebuilt: rebuild after the click is over.
        self._explain = QTimer(self)
        self._explain.setSingleShot(True)
        self._explain.timeout.connect(self._show_row)
        self.table.current_row.connect(lambda _line: self._explain.start())
        self.panel.decided.connect(lambda key, choice: self.choose([key], choice))
        self.panel.decided_alike.connect(lambda key, choice: self.choose(self.alike(key, choice), choice))
        outer.addWidget(self._splitter(), 1)

    def _splitter(self) -> QSplitter:
        splitter = QSplitter(self)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.GAP)
        card = Card(parent=splitter, margins=0)
        self._stack = QStackedWidget(card)
        self._stack.addWidget(self.table)
        self._empty = EmptyState("circle-check", "", "", parent=card)
        self._stack.addWidget(self._empty)
        card.body.addWidget(self._stack)
        splitter.addWidget(card)
        splitter.addWidget(self.panel)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        self.panel.setMinimumWidth(theme.tokens().px(320))
        return splitter

    def _columns(self) -> Sequence[TableColumn]:
        return (
            TableColumn(
                "name", _("Nama dan NIP"), lambda line: line.row.name or _("(tanpa nama)"),
                CellKind.TWO_LINES, 230, second=lambda line: format_nip(line.row.nip),
            ),
            TableColumn(
                "place", _("Baris"), lambda line: str(line.row.number), width=64, tip=lambda line: line.row.sheet
            ),
            TableColumn(
                "state", _("Keadaan"), lambda line: row_state(line.row)[1],
                CellKind.CHIP, 140, tone=lambda line: row_state(line.row)[0],
            ),
            TableColumn(
                "what", _("Yang terjadi"), lambda line: self.summary(line.row), width=120,
                tip=lambda line: self.summary(line.row),
            ),
        )  # fmt: skip

    # -- the plan -----------------------------------------------------------------------------------------

    def set_plan(self, plan: ImportPlan, previous: BatchRow | None) -> None:
        """Show a fresh plan; decisions on an older one are forgotten."""
        self._original = self._decided = plan
        self._choices = {}
        self._places = {row.key: place for place, row in enumerate(plan.rows)}
        self._show_notes(plan, previous)
        counts = plan.counts
        self._shown = next((fate for fate in _FIRST_SHOWN if counts[fate.value]), Fate.NEW)
        self._refresh()

    @property
    def plan(self) -> ImportPlan:
        """The plan with all decisions."""
        assert self._decided is not None
        return self._decided

    @property
    def choices(self) -> Mapping[RowKey, str]:
        return dict(self._choices)

    @property
    def undecided(self) -> int:
        """Rows that still wait; they are left alone when the plan is applied."""
        return sum(1 for row in self.plan.rows if row.options and not row.choice)

    def show_fate(self, fate: Fate) -> None:
        """Show the rows of a card."""
        self._shown = fate
        self._refresh()

    def choose(self, keys: Sequence[RowKey], choice: str) -> None:
        """Decide rows alike. Rows that would write the same person as a chosen one are skipped: one of them counts."""
        assert self._original is not None
        for key in keys:
            if choice != SKIP:
                self._choices.update(dict.fromkeys(self._rivals(key, choice), SKIP))
            self._choices[key] = choice
        self._decided = decide(self._original, self._choices)
        self._refresh()
        self.changed.emit()

    def _rivals(self, key: RowKey, choice: str) -> list[RowKey]:
        assert self._original is not None
        nip = _nip_after(self._original.rows[self._places[key]], choice)
        return [
            row.key
            for row in self._original.rows
            if row.options and row.key != key and any(_nip_after(row, option.key) == nip for option in row.options)
        ]

    def alike(self, key: RowKey, choice: str) -> list[RowKey]:
        """The rows that ask the same question and can take the same answer, each for another person."""
        assert self._original is not None
        asked = _question(self._original.rows[self._places[key]])
        rows = [
            row
            for row in self._original.rows
            if row.options
            and _question(row) == asked
            and (choice == SKIP or any(option.key == choice for option in row.options))
        ]
        if choice != SKIP and len({_nip_after(row, choice) for row in rows}) < len(rows):
            return [key]
        return [row.key for row in rows]

    # -- showing ------------------------------------------------------------------------------------------

    def _show_notes(self, plan: ImportPlan, previous: BatchRow | None) -> None:
        while (item := self._notes.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        if previous is not None:
            text = _("Berkas yang sama persis sudah pernah diimpor pada {when} oleh {user}.")
            self._note(
                _("Pernah diimpor"), "info", text.format(when=previous.at[:16].replace("T", " "), user=previous.user)
            )
        for returned in plan.worksheets:
            self._note(_("Lembar kerja"), "info", worksheet_sentence(returned))
        shown = [note for note in plan.notes if note.severity is not Severity.NOTE][:3]
        for note in shown:
            tone = "bad" if note.severity is Severity.ERROR else "attention"
            self._note(_("Perlu diperiksa"), tone, f"{note.message} {note.hint}".strip())

    def _note(self, word: str, tone: str, text: str) -> None:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        row.addWidget(Chip(word, tone, holder))
        row.addWidget(label(text, wrap=True, parent=holder), 1)
        self._notes.addWidget(holder)

    def _refresh(self) -> None:
        counts = self.plan.counts
        for fate, card in self.cards.items():
            card.set_selected(fate is self._shown)
            card.set_count(counts[fate.value], _(FATES[fate].note))
        questions = sum(1 for row in self.plan.rows if row.options)
        if questions:
            done = questions - self.undecided
            note = _("{done} dari {total} diputuskan").format(done=grouped(done), total=grouped(questions))
            self.cards[Fate.CONFLICT].set_count(counts[Fate.CONFLICT.value], note)
        elif counts[Fate.CONFLICT.value]:  # the same person twice with the same content: nothing to choose
            self.cards[Fate.CONFLICT].set_count(counts[Fate.CONFLICT.value], _("baris ganda, dilewati"))
        self.model.refresh()
        if self.model.ids:
            self._stack.setCurrentWidget(self.table)
            if not self.table.currentIndex().isValid():
                self.table.selectRow(0)
        else:
            text = FATES[self._shown]
            self._empty.set_texts(_(text.empty), _("Pilih kartu lain di atas untuk melihat barisnya."))
            self._stack.setCurrentWidget(self._empty)
        self._explain.start()

    def _ids(self, _spec: object) -> Sequence[int]:
        if self._decided is None or self._original is None:
            return ()
        if self._shown is Fate.CONFLICT:  # decided rows stay here, where they can be decided again
            return [place for place, row in enumerate(self._original.rows) if row.fate is Fate.CONFLICT]
        return [place for place, row in enumerate(self._decided.rows) if row.fate is self._shown]

    def _lines(self, places: Sequence[int]) -> Sequence[Line]:
        return [Line(place, self.plan.rows[place]) for place in places]

    def _show_row(self) -> None:
        line = self.table.row() if self.model.ids else None
        if line is None or self._original is None:
            self.panel.set_row(None, None, 0)
            return
        original = self._original.rows[line.id]
        row = self.plan.rows[line.id]
        alike = len(self.alike(original.key, row.choice)) if row.choice else 0
        self.panel.set_row(row, original, alike)

    def summary(self, row: PlannedRow) -> str:
        """One line about a row: the finding that matters most, or which fields change."""
        if row.choice == SKIP:
            return _("Dilewati: tidak ditulis")
        if row.choice:
            chosen = next(option for option in row.options if option.key == row.choice)
            return chosen.label
        for severity in (Severity.ERROR, Severity.DECISION):
            for issue in row.issues:
                if issue.severity is severity:
                    cell = f"{issue.location.cell}: " if issue.location.cell else ""
                    return f"{cell}{issue.message}"
        if row.fate is Fate.CHANGED:
            first = row.changes[0]
            text = f"{self._exchange.label(first.field)}: {self._exchange.show(first.field, first.after) or '–'}"
            more = len(row.changes) - 1
            return _("{text} · dan {n} isian lain").format(text=text, n=more) if more else text
        if row.issues:
            return row.issues[0].message
        return {
            Fate.NEW: _("Ditambahkan"),
            Fate.SAME: _("Sama dengan data"),
            Fate.IGNORED: _("Bukan baris data"),
        }.get(row.fate, "")


def _question(row: PlannedRow) -> str:
    return next((issue.code for issue in row.issues if issue.severity is Severity.DECISION), "")


def _nip_after(row: PlannedRow, choice: str) -> str:
    """Whose record a row would write with a choice."""
    option = next(option for option in row.options if option.key == choice)
    return str(option.values.get("nip") or row.nip)

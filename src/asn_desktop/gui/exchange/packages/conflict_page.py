"""Meja konflik: undecided differences, what the other side decides, and what was replaced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from asn_desktop.core.i18n import N_, _
from asn_desktop.exchange.package.desk import Choice
from asn_desktop.exchange.package.explaining import ConflictLine
from asn_desktop.gui import messages, theme
from asn_desktop.gui.exchange.packages.conflict_panel import ConflictPanel
from asn_desktop.gui.exchange.packages.words import counted, day_of, day_text
from asn_desktop.gui.row_table import Column, RowTable
from asn_desktop.gui.side_zone import THREE_ZONES
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import Card, EmptyState, Segment, SegmentedControl, button, combo, label
from asn_desktop.services import Services

_STATES = {
    "open": N_("Perlu keputusan"),
    "waiting": N_("Menunggu"),
    "overridden": N_("Diganti"),
    "decided": N_("Selesai"),
}
_FIELD = 1
_NOTHING = {
    "open": (N_("Tidak ada yang perlu diputuskan"), N_("Perbedaan yang menunggu keputusan kantor ini muncul di sini.")),
    "waiting": (N_("Tidak ada yang ditunggu"), N_("Perbedaan yang diputuskan kantor lain muncul di sini.")),
    "overridden": (N_("Tidak ada yang diganti"), N_("Isian kantor ini yang diganti pemilik data tercatat di sini.")),
    "decided": (N_("Belum ada keputusan"), N_("Keputusan kantor ini tercatat di sini beserta alasannya.")),
}


class ConflictPage(QWidget):
    """Decisions go straight to the database; ``undo_wanted`` is the *Urungkan* of their notice."""

    undo_wanted = Signal()

    def __init__(self, services: Services, runner: Runner, parent: QWidget) -> None:
        super().__init__(parent)
        self._services, self._runner = services, runner
        self._today = services.database.clock().date()
        self._lines: list[ConflictLine] = []
        self._names: Mapping[str, str] = {}
        self._narrow: bool | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.SPACE)
        outer.addLayout(self._head())
        splitter = self._splitter = QSplitter(self)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.GAP)
        splitter.addWidget(self._list_card())
        self.panel = ConflictPanel(self)
        self.panel.decided.connect(self.decide_current)
        self.panel.setMinimumWidth(theme.tokens().px(300))
        splitter.addWidget(self.panel)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        outer.addWidget(splitter, 1)

    def _head(self) -> QHBoxLayout:
        """Which differences are shown."""
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        self.state = SegmentedControl([Segment(key, _(text)) for key, text in _STATES.items()], name=_("Status"))
        self.state.set_value("open")
        self.state.changed.connect(lambda _value: self.reload())
        row.addWidget(self.state)
        self.kind = combo(parent=self)
        self.kind.setAccessibleName(_("Jenis perbedaan"))
        self.kind.setMinimumContentsLength(12)
        self.kind.setSizeAdjustPolicy(self.kind.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.kind.currentIndexChanged.connect(lambda _index: self._filter())
        row.addWidget(self.kind, 1)
        self.pick_all = button(
            _("Pilih semua"), kind="ghost", icon="list-checks", parent=self, clicked=self._toggle_all
        )
        row.addWidget(self.pick_all)
        return row

    def _list_card(self) -> Card:
        card = Card(parent=self, margins=0)
        card.body.setSpacing(0)
        columns: list[Column[ConflictLine]] = [
            Column(_("Data"), lambda line: line.title.name, self._second, width=268, stretch=True),
            Column(_("Isian"), lambda line: line.label, lambda line: self._office(line), width=160, drop=2),
            Column(_("Kantor ini"), _ours, width=140, drop=3),
            Column(_("Kantor pengirim"), _theirs, width=140, drop=3),
            Column(_("Sejak"), lambda line: day_text(day_of(line.row.since), self._today), width=96, drop=1),
        ]
        self.table = RowTable(columns, lambda line: line.id, card, checkable=True, name=_("Perbedaan"))
        self.table.key_handler = self._key
        self.table.rows.may_tick = lambda line: line.row.state == "open"
        self.table.current_row.connect(self._show)
        self.table.rows.ticked.connect(self._show_bar)
        self.empty = EmptyState("circle-check", "", "", parent=card)
        self._stack = QStackedWidget(card)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self._stack.setMinimumHeight(theme.tokens().px(96))  # the empty state alone asks for twice as much
        card.body.addWidget(self._stack, 1)
        card.body.addWidget(self._rule_bar(card))
        return card

    def _rule_bar(self, card: Card) -> QFrame:
        """Deciding many alike; there while something is picked."""
        self.bar = QFrame(card)
        self.bar.setProperty("foot", True)
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(theme.SPACE)
        self.bar_text = label("", "strong", parent=self.bar)
        row.addWidget(self.bar_text)
        row.addStretch(1)
        self.take_ours = button(
            _("Pakai data kantor ini"), parent=self.bar, clicked=lambda: self.decide_ticked("local")
        )
        self.take_theirs = button(
            _("Pakai data pengirim"), parent=self.bar, clicked=lambda: self.decide_ticked("incoming")
        )
        row.addWidget(self.take_ours)
        row.addWidget(self.take_theirs)
        return self.bar

    # -- showing ------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.tokens().px(THREE_ZONES)
        if narrow is not self._narrow:  # both values side by side need half of a narrow window
            self._narrow = narrow
            self._splitter.setSizes([50, 50] if narrow else [60, 40])

    def show_state(self, state: str) -> None:
        """Open the desk with one kind: ``open``, ``waiting``, ``overridden`` or ``decided``."""
        self.state.set_value(state)
        self.reload()

    def reload(self) -> None:
        state = self.state.value or "open"
        services = self._services

        def read(_progress: object) -> tuple[list[ConflictLine], Mapping[str, str]]:
            rows = services.packages.conflicts(state)
            names = {peer.code: peer.name for peer in services.packages.peers()}
            return services.package_reading.conflicts(rows), names

        self._runner.run_read(read, self._arrived, owner=self, title=_("Memuat perbedaan"))

    def _arrived(self, found: tuple[list[ConflictLine], Mapping[str, str]]) -> None:
        lines, self._names = found
        self._lines = sorted(lines, key=lambda line: (line.group, line.subject, line.id))
        chosen = self.kind.currentData()
        kinds = Counter(_kind(line) for line in self._lines)
        self.kind.blockSignals(True)
        self.kind.clear()
        self.kind.addItem(_("Semua jenis ({n})").format(n=counted(len(lines))), "")
        for kind, number in sorted(kinds.items()):
            self.kind.addItem(f"{kind} ({counted(number)})", kind)
        self.kind.setCurrentIndex(max(0, self.kind.findData(chosen)))
        self.kind.blockSignals(False)
        self._filter()

    def _filter(self) -> None:
        chosen = self.kind.currentData()
        shown = [line for line in self._lines if not chosen or _kind(line) == chosen]
        self.table.rows.checked &= {line.id for line in shown}
        state = self.state.value or "open"
        self.table.set_rows(shown, (state, chosen))
        if shown:
            self._stack.setCurrentWidget(self.table)
        else:
            title, text = _NOTHING[state]
            self.empty.set_texts(_(title), _(text))
            self._stack.setCurrentWidget(self.empty)
        self._show(self.table.row() if shown else None)
        self._show_bar()

    def _show(self, line: ConflictLine | None) -> None:
        self.panel.show_conflict(line, self._office(line) if line is not None else "")

    def _show_bar(self) -> None:
        rows = self.table.rows
        number = len(rows.checked)
        decidable = self.state.value == "open" and rows.rowCount() > 0
        self.bar.setVisible(decidable and number > 0)
        self.bar_text.setText(_("{n} dipilih").format(n=counted(number)))
        self.pick_all.setText(_("Lepas semua") if number else _("Pilih semua"))
        self.pick_all.setEnabled(decidable)
        self.kind.setEnabled(bool(self._lines))

    def _second(self, line: ConflictLine) -> str:
        """Where the column of the field is hidden, the field stands here."""
        first = line.label if self.table.isColumnHidden(_FIELD) else line.subject
        return " · ".join(part for part in (first, line.title.second) if part)

    def _office(self, line: ConflictLine) -> str:
        if line.salvaged:
            return _("paket bersegel rusak")
        return self._names.get(line.row.office, line.row.office)

    # -- deciding -----------------------------------------------------------------------------------------

    def _key(self, index: QModelIndex, event: QKeyEvent) -> bool:
        choice = {Qt.Key.Key_1: "local", Qt.Key.Key_2: "incoming"}.get(Qt.Key(event.key()))
        if choice is None or not index.isValid():
            return False
        if self.table.in_sight():
            self.decide_current(choice)
        return True

    def _toggle_all(self) -> None:
        shown = [] if self.table.rows.checked else [line.id for line in self._shown()]
        self.table.tick_keys(shown)

    def _shown(self) -> Sequence[ConflictLine]:
        chosen = self.kind.currentData()
        return [line for line in self._lines if not chosen or _kind(line) == chosen]

    def decide_current(self, choice: str) -> None:
        """Decide the selected difference; the next one is selected then."""
        line = self.table.row()
        if line is not None and line.row.state == "open":
            self._decide([line.id], choice, "")

    def decide_ticked(self, choice: str) -> None:
        """Decide all ticked ones alike, with a reason that is kept."""
        numbers = sorted(self.table.rows.checked)
        if not numbers:
            return
        self._ask_reason(numbers, choice, "")

    def _ask_reason(self, numbers: Sequence[int], choice: str, typed: str) -> None:
        text = _("Pakai data kantor ini") if choice == "local" else _("Pakai data pengirim")
        reason = messages.ask_text(
            self,
            _("{what} untuk {n} perbedaan").format(what=text, n=counted(len(numbers))),
            _("Alasan (tersimpan bersama keputusan)"),
            text=typed,
            action=_("Putuskan"),
            required=False,
        )
        if reason is not None:
            self._decide(numbers, choice, reason)

    def _decide(self, numbers: Sequence[int], choice: str, reason: str) -> None:
        packages = self._services.packages
        taken: Choice = "local" if choice == "local" else "incoming"

        def done(_changes: object) -> None:
            self.table.rows.checked -= set(numbers)
            messages.notify(self, _("{n} perbedaan diputuskan.").format(n=len(numbers)), undo=self.undo_wanted.emit)

        self._runner.run_write(
            lambda _progress: packages.decide([(number, taken) for number in numbers], reason),
            done,
            messages.ask_again(self, partial(self._ask_reason, numbers, choice), reason)
            if reason
            else partial(messages.show_error, self),
            title=_("Menyimpan keputusan"),
            owner=self,
        )


def _kind(line: ConflictLine) -> str:
    return f"{line.subject}: {line.label}"


def _ours(line: ConflictLine) -> str:
    match line.row.kind:
        case "new":
            return _("(belum ada)")
        case "removed_here":
            return _("(dihapus)")
        case "removed_there":
            return _("(masih ada)")
    return _one_line(line.local)


def _theirs(line: ConflictLine) -> str:
    match line.row.kind:
        case "new":
            return _("data baru")
        case "removed_there":
            return _("(dihapus)")
        case "removed_here":
            return _("diubah")
    return _one_line(line.incoming)


def _one_line(text: str) -> str:
    return text.replace("\n", " ") or _("(kosong)")

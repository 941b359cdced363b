"""What would become of every row of a file: cards with counts, a search across them, a list, one row explained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.exchange.plan import Fate
from asn_desktop.gui import theme
from asn_desktop.gui.exchange.detail_panel import DetailPanel
from asn_desktop.gui.exchange.fate_card import FateCard
from asn_desktop.gui.exchange.fates import FateText
from asn_desktop.gui.low_screen import is_low, screen_is_low
from asn_desktop.gui.row_table import Column, RowTable
from asn_desktop.gui.widgets import Card, Chip, EmptyState, SearchField, empty, label


class FatePreview(QWidget):
    """The frame of both previews. Rows are known by their place in the plan (``id`` of what :meth:`_lines` gives).

    A card shows the rows of one fate. A search looks through all of them, because the person knows whom they are
    looking for and not what becomes of them; a card, or Esc, ends it. The dialog places ``search`` beside its title.
    """

    def __init__(
        self,
        fates: Mapping[Fate, FateText],
        columns: Sequence[Column[Any]],
        panel: DetailPanel,
        parent: QWidget,
        *,
        order: Sequence[Fate],
        name: str,
        hint: str,
    ) -> None:
        """``order``: which fate is shown first; ``name``: of the list; ``hint``: what can be searched for."""
        super().__init__(parent)
        self._fates, self._order = fates, order
        self._shown = Fate.NEW
        outer = self._outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.SPACE)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(theme.SPACE_SMALL)
        outer.addLayout(self._notes)
        self.search = SearchField(hint, self)
        self.search.setFixedWidth(theme.tokens().px(250))
        self.search.searched.connect(lambda _text: self._refresh())
        cards = QHBoxLayout()
        cards.setSpacing(theme.SPACE)
        self.cards: dict[Fate, FateCard] = {}
        for fate, text in fates.items():
            card = FateCard(_(text.title), _(text.note), text.tone, self)
            card.activated.connect(lambda fate=fate: self.show_fate(fate))
            self.cards[fate] = card
            cards.addWidget(card, 1)
        outer.addLayout(cards)
        self.table: RowTable[Any] = RowTable(columns, lambda line: int(line.id), self, name=name)
        self.panel = panel
        # Decisions arrive from inside the panel that is about to be rebuilt: rebuild after the click is over, and
        # once for a burst of selections.
        self._explain = QTimer(self)
        self._explain.setSingleShot(True)
        self._explain.timeout.connect(self._show_row)
        self.table.current_row.connect(lambda _line: self._explain.start())
        outer.addWidget(self._splitter(), 1)
        self._set_low(screen_is_low())

    def _splitter(self) -> QSplitter:
        splitter = QSplitter(self)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.GAP)
        card = Card(parent=splitter, margins=0)
        card.body.setSpacing(0)
        self.filters = QWidget(card)
        row = QHBoxLayout(self.filters)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(theme.SPACE)
        self.found = label("", "secondary", wrap=True, parent=self.filters)
        row.addWidget(self.found, 1)
        self.filters.hide()
        card.body.addWidget(self.filters)
        self._stack = QStackedWidget(card)
        self._stack.addWidget(self.table)
        self._empty = EmptyState("circle-check", "", "", parent=card)
        self._stack.addWidget(self._empty)
        self._stack.setMinimumHeight(theme.tokens().px(76))  # the empty state alone would ask for twice as much
        card.body.addWidget(self._stack, 1)
        splitter.addWidget(card)
        splitter.addWidget(self.panel)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes([theme.tokens().px(640), theme.tokens().px(430)])
        self.panel.setMinimumWidth(theme.tokens().px(300))
        return splitter

    # -- what a preview knows of its plan -----------------------------------------------------------------

    def _counts(self) -> Mapping[str, int]:
        """Rows by fate."""
        raise NotImplementedError

    def _places(self) -> Sequence[int]:
        """The rows of the card and filters chosen."""
        raise NotImplementedError

    def _filtered(self) -> object:
        """The card and filters chosen."""
        return self._shown

    def _find(self, text: str) -> None:
        """Search all rows and give the places to :meth:`_show_found`, now or later."""
        raise NotImplementedError

    def _lines(self, places: Sequence[int]) -> Sequence[Any]:
        raise NotImplementedError

    def _show_row(self) -> None:
        """Explain the selected row beside the list."""
        raise NotImplementedError

    # -- showing ------------------------------------------------------------------------------------------

    @property
    def places(self) -> Sequence[int]:
        """The rows in the list now."""
        return [int(place) for place in self.table.rows.ids]  # type: ignore[call-overload]

    @property
    def searched(self) -> str:
        """What is searched for; empty while a card is shown."""
        return self.search.text().strip()

    def show_fate(self, fate: Fate) -> None:
        """Show the rows of a card; ends a search."""
        self._shown = fate
        self.search.clear()
        self.search.search_now()
        self._refresh()

    def _show_first(self) -> None:
        """Begin with what needs the person most."""
        counts = self._counts()
        self.show_fate(next((fate for fate in self._order if counts[fate.value]), Fate.NEW))

    def _refresh(self) -> None:
        text = self.searched
        counts = self._counts()
        for fate, card in self.cards.items():
            card.set_selected(not text and self._is_shown(fate))
            card.set_count(counts[fate.value])
        self._show_filters(bool(text))
        if text:
            self.found.setText(_("Mencari “{text}” …").format(text=text))
            self._find(text)
        else:
            self._fill(self._places(), _(self._fates[self._shown].empty), _("Pilih kartu lain di atas."))

    def _is_shown(self, fate: Fate) -> bool:
        return fate is self._shown

    def _show_filters(self, searching: bool) -> None:
        self.filters.setVisible(searching)

    def _show_found(self, text: str, places: Sequence[int]) -> None:
        """The answer to a search, unless the person has typed on meanwhile."""
        if text != self.searched:
            return
        found = _("{n} baris cocok dengan “{text}”, dari semua kartu")
        self.found.setText(found.format(n=len(places), text=text) if places else "")
        self.found.setVisible(bool(places))
        title = _("“{text}” tidak ada dalam berkas ini").format(text=text)
        self._fill(places, title, _("Coba sebagian nama, atau NIP tanpa spasi. Esc menampilkan lagi semua baris."))

    def _fill(self, places: Sequence[int], nothing: str, advice: str) -> None:
        self.table.set_ids(places, self._lines, self.searched or self._filtered())
        if places:
            self._stack.setCurrentWidget(self.table)
        else:
            self._empty.set_texts(nothing, advice)
            self._stack.setCurrentWidget(self._empty)
        self._explain.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_low(is_low(self))

    def _set_low(self, low: bool) -> None:
        self._outer.setSpacing(theme.SPACE_SMALL if low else theme.SPACE)
        for card in self.cards.values():
            card.set_low(low)

    # -- what has to be known about the file --------------------------------------------------------------

    def _clear_notes(self) -> None:
        empty(self._notes)

    def _note(self, word: str, tone: str, text: str) -> None:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        row.addWidget(Chip(word, tone, holder), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(text, wrap=True, parent=holder), 1)
        self._notes.addWidget(holder)

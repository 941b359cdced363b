"""The left zone of the calendar: what is shown, what the colours mean, and the money of the year."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.gui import theme
from asn_desktop.gui.forms import FormField
from asn_desktop.gui.inputs import Choice
from asn_desktop.gui.training.words import event_tone
from asn_desktop.gui.widgets import Card, Chip, SearchField, SectionTitle, empty, label
from asn_desktop.training.forms import training_forms
from asn_desktop.training.queries import EventSpec, FundingRow
from asn_desktop.training.rules import COMPETENCES, EVENT_STATES, FUNDING_SOURCES, rupiah_short
from asn_desktop.training.rules import label as word


class FilterPanel(QWidget):
    """``changed`` whenever the person narrows the calendar."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        card = Card(_("Saring"), self)
        self.search = SearchField(_("Cari kegiatan"), card)
        self.state = Choice([(key, _(text)) for key, text in EVENT_STATES.items()], card, empty=_("Semua"))
        self.form = Choice([(form.code, form.name) for form in training_forms()], card, empty=_("Semua"))
        self.competence = Choice([(key, _(text)) for key, text in COMPETENCES.items()], card, empty=_("Semua"))
        self.funding = Choice(
            [("-", _("Belum ada sumber dana")), *((key, _(text)) for key, text in FUNDING_SOURCES.items())],
            card,
            empty=_("Semua"),
        )
        card.body.addWidget(self.search)
        for title, choice in (
            (_("Status"), self.state), (_("Bentuk"), self.form),
            (_("Kompetensi"), self.competence), (_("Sumber dana"), self.funding),
        ):  # fmt: skip
            card.body.addWidget(FormField("", title, choice, card))
            choice.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.search.searched.connect(lambda _text: self.changed.emit())
        column.addWidget(card)
        self._money = Card(parent=self)
        self._money_title = SectionTitle(_("Dana"), self._money)
        self._money.body.addWidget(self._money_title)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.SPACE)
        self._grid.setVerticalSpacing(2)
        self._money.body.addLayout(self._grid)
        column.addWidget(self._money)
        column.addWidget(self._legend())
        column.addStretch(1)

    def _legend(self) -> Card:
        card = Card(_("Arti warna"), self)
        grid = QGridLayout()
        grid.setSpacing(theme.SPACE_SMALL)
        for number, (state, text) in enumerate(EVENT_STATES.items()):
            grid.addWidget(Chip(_(text), event_tone(state), card), number // 2, number % 2)
        grid.addWidget(Chip(_("Libur"), "bad", card), 3, 0)
        grid.addWidget(Chip(_("Cuti bersama"), "attention", card), 3, 1)
        card.body.addLayout(grid)
        return card

    def spec(self) -> EventSpec:
        """The filters as a spec without dates."""
        return EventSpec(
            self.search.text(),
            frozenset({self.form.value} - {""}),
            frozenset({self.state.value} - {""}),
            self.funding.value,
            self.competence.value,
        )

    @property
    def narrowed(self) -> bool:
        return self.spec() != EventSpec()

    def clear(self) -> None:
        """Show everything again."""
        self.search.clear()
        for choice in (self.state, self.form, self.competence, self.funding):
            choice.set_value("")
        self.search.search_now()

    def show_money(self, year: int, rows: list[FundingRow]) -> None:
        """Plan against realisation per source of a year."""
        empty(self._grid)
        self._money.setVisible(any(row.budget or row.spent for row in rows))
        for number, row in enumerate(rows):
            if not (row.budget or row.spent):
                continue
            name = word(FUNDING_SOURCES, row.funding) if row.funding else _("Belum ada sumber")
            role = "error" if row.spent > row.budget else "secondary"
            self._grid.addWidget(label(name, "strong", parent=self._money), number * 2, 0)
            text = _("{spent} dari {budget}").format(spent=rupiah_short(row.spent), budget=rupiah_short(row.budget))
            self._grid.addWidget(label(text, role, wrap=True, parent=self._money), number * 2 + 1, 0)
        self._money_title.setText(_("Dana {year}").format(year=year))

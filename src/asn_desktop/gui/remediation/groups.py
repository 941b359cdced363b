"""The left zone: the groups with their counts, and what narrows the list."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_number
from asn_desktop.gui import theme
from asn_desktop.gui.forms import FormField
from asn_desktop.gui.inputs import Choice
from asn_desktop.gui.widgets import Card, SearchField
from asn_desktop.remediation.queries import PLAN_GROUPS, PlanGroup
from asn_desktop.remediation.rules import KINDS

_ORDER = (PlanGroup.PROPOSED, PlanGroup.LATE, PlanGroup.RUNNING, PlanGroup.FINISHED)


class GroupPanel(QWidget):
    """``changed`` whenever another group or filter is chosen. ``group`` empty: all plans."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        card = Card(_("Status"), self)
        self.list = QListWidget(card)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setAccessibleName(_("Status rencana"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for group in ("", *_ORDER):
            item = QListWidgetItem(self.list)
            item.setData(Qt.ItemDataRole.UserRole, str(group))
        self.list.setFixedHeight(theme.tokens().px(5 * 29))
        self.show_counts(dict.fromkeys(_ORDER, 0))
        self.list.setCurrentRow(0)
        card.body.addWidget(self.list)
        column.addWidget(card)
        filters = Card(_("Saring"), self)
        self.search = SearchField(_("Nama atau NIP"), filters)
        self.kind = Choice([(key, _(text)) for key, text in KINDS.items()], filters, empty=_("Semua"))
        self.period = Choice([], filters, empty=_("Semua"))
        self.unit = Choice([], filters, empty=_("Semua"))
        self.repeated = QCheckBox(_("Rendah dua triwulan"), filters)
        self.repeated.setToolTip(_("Triwulan sebelumnya juga rendah"))
        filters.body.addWidget(self.search)
        for title, choice in ((_("OPD"), self.unit), (_("Jenis"), self.kind), (_("Periode pemicu"), self.period)):
            filters.body.addWidget(FormField("", title, choice, filters))
            choice.currentIndexChanged.connect(lambda _index: self.changed.emit())
        filters.body.addWidget(self.repeated)
        column.addWidget(filters)
        column.addStretch(1)
        self.list.currentRowChanged.connect(lambda _row: self.changed.emit())
        self.search.searched.connect(lambda _text: self.changed.emit())
        self.repeated.toggled.connect(lambda _on: self.changed.emit())

    def offer(self, periods: list[tuple[str, str]], offices: list[tuple[str, str]]) -> None:
        """The periods and OPD there are now."""
        self.period.set_options(periods)
        self.unit.set_options(offices)

    @property
    def group(self) -> str:
        item = self.list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole) or "")

    def choose(self, group: str) -> None:
        """Show one group without any other filter."""
        self.search.clear()
        self.search.search_now()
        self.repeated.setChecked(False)
        for choice in (self.kind, self.period, self.unit):
            choice.set_value("")
        self.list.setCurrentRow(("", *_ORDER).index(group) if group else 0)

    @property
    def narrowed(self) -> bool:
        values = (self.search.text().strip(), self.kind.value, self.period.value, self.unit.value)
        return any(values) or self.repeated.isChecked()

    def show_counts(self, counts: dict[PlanGroup, int]) -> None:
        """The numbers are those of the whole groups, not of the filter."""
        total = sum(counts.values())
        for place, group in enumerate(("", *_ORDER)):
            word = _(PLAN_GROUPS[group]) if group else _("Semua rencana")
            number = counts[PlanGroup(group)] if group else total
            item = self.list.item(place)
            item.setText(f"{word}  ({format_number(number)})")

"""JP balance of everybody in a year: a PNS owes a minimum, a PPPK has a maximum."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.core.identifiers import format_nip
from asn_desktop.core.indonesian import format_number
from asn_desktop.core.listing import Listing, ListingColumn
from asn_desktop.gui import theme
from asn_desktop.gui.context_menu import Entry
from asn_desktop.gui.inputs import Choice
from asn_desktop.gui.listing_actions import ListingActions
from asn_desktop.gui.row_table import Column, RowTable
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.training.words import balance_tone
from asn_desktop.gui.widgets import SearchField, label
from asn_desktop.reference.queries import with_descendants
from asn_desktop.reference.service import ReferenceService
from asn_desktop.training.balance import BalanceRow, BalanceSpec
from asn_desktop.training.rules import BALANCE_STATES
from asn_desktop.training.service import TrainingService


class BalanceView(QWidget):
    """A list by state and name; ``person_opened(employee_id)`` on Enter or double click."""

    person_opened = Signal(int)

    def __init__(
        self,
        service: TrainingService,
        reference: ReferenceService,
        runner: Runner,
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._service = service
        self._reference = reference
        self._today = today
        self.year = today.year
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        line = QHBoxLayout()
        line.setContentsMargins(16, 0, 16, 0)
        self.search = SearchField(_("Nama atau NIP"), self)
        self.state = Choice([(key, _(text)) for key, text in BALANCE_STATES.items()], self, empty=_("Semua saldo"))
        self.state.setMinimumWidth(theme.tokens().px(160))
        self.count = label("", "secondary", parent=self)
        self.unit = Choice([], self, empty=_("Semua OPD"))
        self.unit.setMinimumWidth(theme.tokens().px(160))
        self.unit.currentIndexChanged.connect(lambda _index: self.reload())
        line.addWidget(self.search, 1)
        line.addWidget(self.unit)
        line.addWidget(self.state)
        line.addWidget(self.count)
        self.listing = ListingActions(self, runner, _("Saldo JP"), self._prepare_listing)
        for act in self.listing.buttons(self):
            line.addWidget(act)
        column.addLayout(line)
        self.table: RowTable[BalanceRow] = RowTable(
            [
                Column(
                    _("Nama"), lambda row: row.name, lambda row: format_nip(row.nip or "") or row.position, stretch=True
                ),
                Column(_("Unit kerja"), lambda row: row.unit, lambda row: row.position, stretch=True),
                Column(
                    _("Saldo JP"),
                    lambda row: _(BALANCE_STATES[row.balance.state]),
                    tone=lambda row: balance_tone(row.balance.state),
                    width=130,
                ),
                Column(_("Jam pelajaran"), lambda row: row.balance.sentence.split(" · ")[0], _planned, width=230),
            ],
            lambda row: row.employee_id,
            self,
            name=_("Saldo JP"),
        )
        column.addWidget(self.table, 1)
        self.search.searched.connect(lambda _text: self.reload())
        self.state.currentIndexChanged.connect(lambda _index: self.reload())
        self.table.opened.connect(lambda row: self.person_opened.emit(row.employee_id))

    def entries(self) -> Sequence[Entry | None]:
        """The menu of a person."""
        row = self.table.row()
        return [] if row is None else [
            Entry(_("Buka data pegawai"), partial(self.person_opened.emit, row.employee_id), "Enter")
        ]  # fmt: skip

    def show_state(self, state: str) -> None:
        """Narrow to one state: the rows behind a number of *Beranda*."""
        self.search.clear()
        self.search.search_now()
        self.unit.set_value("")
        self.state.set_value(state)
        self.reload()

    def _spec(self) -> BalanceSpec:
        units: frozenset[int] = frozenset()
        if self.unit.value:
            units = frozenset(with_descendants(self._reference.units(), int(self.unit.value)))
        return BalanceSpec(self.year, self.search.text(), self.state.value, units)

    def _prepare_listing(self) -> Callable[[], Listing]:
        """The list as it is filtered now."""
        spec, today = self._spec(), self._today
        filters = [word for word in (self.unit.currentText(), self.state.currentText(), self.search.text()) if word]
        subtitle = " · ".join((str(self.year), *filters))
        return lambda: balance_listing(self._service, self._reference, spec, subtitle, today)

    def reload(self) -> None:
        known = self._reference.units()
        self.unit.set_options([(str(unit.id), unit.name) for unit in known if unit.kind == "OPD"])
        spec = self._spec()
        ids = self._service.balance_ids(spec)
        year = self.year
        self.table.set_ids(ids, lambda page: self._service.balance_rows(year, page), spec)
        self.count.setText(_("{n} pegawai · {year}").format(n=format_number(len(ids)), year=year))


def balance_listing(
    service: TrainingService, reference: ReferenceService, spec: BalanceSpec, subtitle: str, today: date
) -> Listing:
    """The balances of a list as Excel and paper take them; reads them, so it belongs into the background."""
    office = reference.office()
    columns = [
        ListingColumn(_("Nama"), 30), ListingColumn(_("NIP"), 21), ListingColumn(_("Jabatan"), 30),
        ListingColumn(_("Unit kerja"), 32), ListingColumn(_("Saldo JP"), 16),
        ListingColumn(_("JP diakui"), 10, number=True), ListingColumn(_("JP direncanakan"), 14, number=True),
        ListingColumn(_("Batas JP"), 9, number=True),
    ]  # fmt: skip
    rows = [
        (
            row.name, format_nip(row.nip or ""), row.position, row.unit, _(BALANCE_STATES[row.balance.state]),
            row.balance.earned, row.balance.planned, row.balance.limit,
        )
        for row in service.balance_rows(spec.year, service.balance_ids(spec))
    ]  # fmt: skip
    return Listing(_("Saldo JP pelatihan"), subtitle, office.name, today, columns, rows, office.sample)


def _planned(row: BalanceRow) -> str:
    return _("{n} JP direncanakan").format(n=row.balance.planned) if row.balance.planned else ""

"""Rekap: predicates of a period across the districts, as the packages brought them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_number
from asn_desktop.core.listing import Listing, ListingColumn, Value
from asn_desktop.exchange.package.reading import OfficeCounts
from asn_desktop.gui import theme
from asn_desktop.gui.exchange.packages.words import counted
from asn_desktop.gui.listing_actions import ListingActions
from asn_desktop.gui.row_table import Column, RowTable
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import Card, EmptyState, SectionTitle, label
from asn_desktop.reference.queries import OfficeRow
from asn_desktop.reference.service import ReferenceService

_ORDER = ("SANGAT_BAIK", "BAIK", "BUTUH_PERBAIKAN", "KURANG", "SANGAT_KURANG")


class CountsPage(QWidget):
    """A line for each district and one for all together."""

    def __init__(self, reference: ReferenceService, runner: Runner, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._reference, self._today, self._lines = reference, today, list[OfficeCounts]()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        card = Card(parent=self, margins=0)
        card.body.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 8)
        head.setSpacing(2)
        self.title = SectionTitle("", card)
        self.sentence = label("", "secondary", wrap=True, parent=card)
        line = QHBoxLayout()
        line.addWidget(self.title, 1)
        self.listing = ListingActions(self, runner, _("Rekap predikat"), self._prepare_listing)
        for act in self.listing.buttons(card):
            line.addWidget(act)
        head.addLayout(line)
        head.addWidget(self.sentence)
        card.body.addLayout(head)
        columns: list[Column[tuple[int, OfficeCounts]]] = [
            Column(_("Kabupaten/Kota"), lambda row: row[1].name, lambda row: row[1].office, width=170, stretch=True),
            Column(_("Pegawai aktif"), lambda row: counted(row[1].people), width=104, number=True, drop=1),
            Column(_("Sudah dinilai"), lambda row: counted(row[1].rated), lambda row: _share(row[1]), width=112),
            *(
                Column(
                    theme.predicate_label(code),
                    lambda row, code=code: counted(row[1].predicates.get(code, 0)),  # type: ignore[misc]
                    width=88,
                    number=True,
                )
                for code in _ORDER
            ),
        ]
        self.table = RowTable(columns, lambda row: row[0], card, name=_("Rekap predikat"))
        self.empty = EmptyState(
            "chart-column",
            _("Belum ada yang dijumlahkan"),
            _("Rekap terisi dari paket kabupaten/kota yang sudah diterapkan."),
            parent=card,
        )
        self._stack = QStackedWidget(card)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        card.body.addWidget(self._stack, 1)
        outer.addWidget(card)

    def set_counts(self, rows: Sequence[OfficeCounts], period: str) -> None:
        self.title.setText(_("Rekap predikat {period}").format(period=period))
        whole = together(rows)
        text = _("{rated} dari {n} evaluasi sudah dinilai · {offices} kantor").format(
            rated=counted(whole.rated), n=counted(whole.evaluations), offices=len(rows)
        )
        self.sentence.setText(text if rows else "")
        lines = [OfficeCounts(row.office, row.name or _("Kantor ini"), row.people, row.evaluations, row.predicates)
                 for row in rows]  # fmt: skip
        if len(lines) > 1:
            lines.append(whole)
        self._lines = lines
        self.table.set_rows(list(enumerate(lines)))
        self._stack.setCurrentWidget(self.table if lines else self.empty)

    def _prepare_listing(self) -> Callable[[], Listing]:
        lines, title, subtitle, today = self._lines, self.title.text(), self.sentence.text(), self._today
        return lambda: counts_listing(lines, title, subtitle, self._reference.office(), today)


def counts_listing(lines: Sequence[OfficeCounts], title: str, subtitle: str, office: OfficeRow, today: date) -> Listing:
    """The lines of the table as Excel and paper take them."""
    numbers = [_("Pegawai aktif"), _("Evaluasi"), _("Sudah dinilai"), *(theme.predicate_label(code) for code in _ORDER)]
    columns = [ListingColumn(_("Kabupaten/Kota"), 34), ListingColumn(_("Kode"), 8)]
    columns += [ListingColumn(name, 12, number=True) for name in numbers]
    rows: list[tuple[Value, ...]] = [
        (row.name, row.office, row.people, row.evaluations, row.rated, *(row.predicates.get(c, 0) for c in _ORDER))
        for row in lines
    ]
    return Listing(title, subtitle, office.name, today, columns, rows, office.sample)


def together(rows: Sequence[OfficeCounts]) -> OfficeCounts:
    """All offices as one."""
    predicates = {code: sum(row.predicates.get(code, 0) for row in rows) for code in _ORDER}
    return OfficeCounts(
        "", _("Semua"), sum(row.people for row in rows), sum(row.evaluations for row in rows), predicates
    )


def _share(row: OfficeCounts) -> str:
    if not row.evaluations:
        return ""
    return _("{n}% dari {total}").format(
        n=format_number(100 * row.rated / row.evaluations), total=counted(row.evaluations)
    )

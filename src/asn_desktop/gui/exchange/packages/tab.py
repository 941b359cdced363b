"""Pertukaran Data: where things stand, sending and receiving, the desk of differences, the rules."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.i18n import N_, _
from asn_desktop.core.periods import Period
from asn_desktop.exchange.package.recognise import Recognised, recognise
from asn_desktop.gui import messages, theme
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.exchange.packages.actions import ExchangeActions
from asn_desktop.gui.exchange.packages.conflict_page import ConflictPage
from asn_desktop.gui.exchange.packages.counts_page import CountsPage
from asn_desktop.gui.exchange.packages.lateness import office_lines
from asn_desktop.gui.exchange.packages.ledger_view import LedgerView
from asn_desktop.gui.exchange.packages.offices_page import OfficesPage
from asn_desktop.gui.exchange.packages.overview_page import OverviewPage
from asn_desktop.gui.exchange.packages.rules_page import RulesPage
from asn_desktop.gui.exchange.packages.send_dialog import SendDialog
from asn_desktop.gui.exchange.packages.situation import Situation, read_situation
from asn_desktop.gui.exchange.received_files import choose_folder_of_workbooks
from asn_desktop.gui.folders import Place
from asn_desktop.gui.low_screen import fit_margins
from asn_desktop.gui.side_zone import THREE_ZONES
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import Segment, SegmentedControl, button
from asn_desktop.services import Services

_DISTRICT_VIEWS = {"overview": N_("Kirim dan terima"), "desk": N_("Putuskan perbedaan"), "rules": N_("Aturan")}
_PROVINCE_VIEWS = {
    "offices": N_("Kabupaten/Kota"),
    "desk": N_("Putuskan perbedaan"),
    "counts": N_("Rekap"),
    "history": N_("Riwayat"),
    "rules": N_("Aturan"),
}
_TABLES = ("package", "conflict", "rejection", "peer_office", "peer_replica", "peer_period", "exchange_rule")


class ExchangeTab(QWidget):
    """Lists and worksheets go out as ``import_wanted(file)``: the import wizard knows both. Several files of any kind
    go out as ``inbox_wanted(paths)``."""

    import_wanted = Signal(object)
    inbox_wanted = Signal(object)
    worksheets_wanted = Signal()
    undo_wanted = Signal()
    hints_changed = Signal()

    def __init__(
        self, services: Services, runner: Runner, bus: ChangeBus, period: Period, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", True)
        self._services, self._runner, self._period = services, runner, period
        self._bus = bus
        self.is_province = services.reference.office().role == "province"
        self._stale = True
        self.situation: Situation | None = None
        self.does = ExchangeActions(services, runner, self)
        self.does.desk_wanted.connect(self.show_desk)
        self.does.answer_wanted.connect(self._answer)
        self.does.partly_sent.connect(self.reload)
        self.desk = ConflictPage(services, runner, self)
        self.desk.undo_wanted.connect(self.undo_wanted)
        self.rules = RulesPage(services, runner, self)
        outer = self._outer = QVBoxLayout(self)
        outer.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        outer.setSpacing(theme.GAP)
        self._pages: dict[str, QWidget] = self._province_pages() if self.is_province else self._district_pages()
        self._pages |= {"desk": self.desk, "rules": self.rules}
        names = _PROVINCE_VIEWS if self.is_province else _DISTRICT_VIEWS
        self.view = SegmentedControl([Segment(key, _(name)) for key, name in names.items()], name=_("Tampilan"))
        self.home = next(iter(names))
        self.view.set_value(self.home)
        self.view.changed.connect(lambda value: self.show_view(str(value)))
        outer.addLayout(self._bar())
        self.pages = QStackedWidget(self)
        for key in names:
            self.pages.addWidget(self._pages[key])
        outer.addWidget(self.pages, 1)
        bus.changed.connect(self._changed)

    def _bar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        row.addWidget(self.view)
        row.addStretch(1)
        self.worksheets_button = button(
            _("Lembar kerja OPD …"), kind="ghost", icon="file-spreadsheet", parent=self,
            clicked=self.worksheets_wanted.emit,
        )  # fmt: skip
        self.worksheets_button.setVisible(not self.is_province)
        self.keys_button = button(
            _("Kunci kantor …"), kind="ghost", icon="key-round", parent=self, clicked=self.does.open_keys
        )
        row.addWidget(self.worksheets_button)
        row.addWidget(self.keys_button)
        return row

    def _district_pages(self) -> dict[str, QWidget]:
        self.overview = OverviewPage(self)
        self.overview.send_wanted.connect(self.send)
        self.overview.receive_wanted.connect(self.choose_files)
        self.overview.folder_wanted.connect(self.choose_folder)
        self.overview.desk_wanted.connect(self.show_desk)
        self.overview.example_wanted.connect(self._receive_example)
        self.overview.receipt_wanted.connect(self.does.save_receipt)
        self.overview.print_wanted.connect(self.does.print_receipt)
        return {"overview": self.overview}

    def _province_pages(self) -> dict[str, QWidget]:
        self.offices = OfficesPage(self)
        self.offices.receive_wanted.connect(self.choose_files)
        self.offices.folder_wanted.connect(self.choose_folder)
        self.offices.send_wanted.connect(self.does.send_to)
        self.offices.send_all_wanted.connect(self.does.send_to_all)
        self.offices.register_wanted.connect(self.does.register)
        self.offices.receipt_wanted.connect(self.does.save_receipt)
        self.offices.keys_wanted.connect(self.does.open_keys)
        self.offices.desk_wanted.connect(self.show_desk)
        self.offices.retire_wanted.connect(self.does.retire)
        today = self._services.database.clock().date()
        self.counts = CountsPage(self._services.reference, self._runner, today, self)
        self.history = LedgerView(self)
        self.history.receipt_wanted.connect(self.does.save_receipt)
        self.history.print_wanted.connect(self.does.print_receipt)
        return {"offices": self.offices, "counts": self.counts, "history": self.history}

    @property
    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """For the status line."""
        if self.view.value == "desk":
            return (("1", _("kantor ini")), ("2", _("kantor pengirim")), ("Spasi", _("pilih")))
        return (("↑↓", _("pilih baris")), ("Tab", _("pindah")))

    @property
    def period(self) -> Period:
        """The one in view."""
        return self._period

    # -- showing ------------------------------------------------------------------------------------------

    def show_view(self, key: str) -> None:
        self.view.set_value(key)
        self.pages.setCurrentWidget(self._pages[key])
        self._read_view()
        self.on_shown()
        self.hints_changed.emit()

    def show_place(self, place: str) -> None:
        """From *Beranda*: ``desk``, ``overview``, or ``receive`` to choose files at once."""
        if place == "desk":
            self.show_desk()
            return
        self.show_view(self.home)
        if place == "receive":
            self.choose_files()

    def show_desk(self, state: str = "open") -> None:
        """Open the desk with differences in a state."""
        self.show_view("desk")
        self.desk.show_state(state)

    def set_period(self, period: Period) -> None:
        self._period = period
        self._read_situation()

    def reload(self) -> None:
        """Read again where things stand, and the view in front."""
        self._read_situation()
        if self.isVisible():
            self._read_view()

    def _read_view(self) -> None:
        if self.view.value == "desk":
            self.desk.reload()
        elif self.view.value == "rules":
            self.rules.reload()

    def _read_situation(self) -> None:
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        services, code = self._services, self._period.code
        self._runner.run_read(
            lambda _progress: read_situation(services, code), self._arrived, owner=self, title=_("Memuat pertukaran")
        )

    def _arrived(self, found: Situation) -> None:
        self.situation = found
        self.view.set_word(
            "desk", _("Putuskan perbedaan ({n})").format(n=found.open) if found.open else _("Putuskan perbedaan")
        )
        if self.is_province:
            self.offices.set_lines(office_lines(found, self._period), self._period.label)
            self.counts.set_counts(found.counts, self._period.label)
            self.history.set_situation(found)
        else:
            self.overview.set_situation(found)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read_situation()

    @Slot(object)
    def _changed(self, change_set: ChangeSet) -> None:
        self._read_situation()
        if self.isVisible() and change_set.touches(*_TABLES):
            self._read_view()

    def on_shown(self) -> None:
        """The keys work at once."""
        if self.view.value == "desk":
            self.desk.table.setFocus(Qt.FocusReason.TabFocusReason)
        elif self.view.value == self.home:
            first = self.offices.first if self.is_province else self.overview.send.button
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def minimumSizeHint(self) -> QSize:
        return QSize(760, 290)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fit_margins(self, self._outer)
        self.rules.fit(self.width())
        narrow = self.width() < theme.tokens().px(THREE_ZONES)
        for act, text in ((self.worksheets_button, _("Lembar kerja OPD …")), (self.keys_button, _("Kunci kantor …"))):
            act.setText("" if narrow else text)
            act.setToolTip(text if narrow else "")
            act.setAccessibleName(text)

    # -- sending and receiving ----------------------------------------------------------------------------

    def _answer(self, office: str, name: str) -> None:
        if self.is_province:
            self.does.send_to(office, name)
        else:
            self.send()

    def send(self) -> SendDialog:
        """A district: what will be in the next package for its province, and where to save it."""
        found = self.situation
        name = found.province.name if found is not None and found.province is not None else ""
        return self.does.send_to(None, name)

    def choose_files(self) -> None:
        paths = messages.choose_open_files(
            self, _("Pilih satu atau beberapa berkas yang diterima"), place=Place.PACKAGES
        )
        if paths:
            self.receive(paths)

    def _receive_example(self) -> None:
        if self.situation is not None and self.situation.example is not None:
            self.receive([self.situation.example])

    def choose_folder(self) -> None:
        """All workbooks of a folder."""
        paths = choose_folder_of_workbooks(self, _("Folder berisi berkas yang diterima"), Place.PACKAGES)
        if paths:
            self.inbox_wanted.emit(paths)

    def receive(self, paths: Sequence[Path]) -> None:
        """Any kind of our files: each goes its own way; several are looked at together."""
        if len(paths) > 1:
            self.inbox_wanted.emit(paths)
            return
        (path,) = paths
        self._runner.run_read(
            lambda _progress: recognise(path),
            self._receive,
            lambda error: messages.show_error(self, error),
            title=_("Mengenali berkas"),
            owner=self,
        )

    def _receive(self, found: Recognised) -> None:
        if found.is_package:
            self.does.open_package(found.file)
        else:
            self.import_wanted.emit(found.file)

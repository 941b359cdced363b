"""Pertukaran Data: where things stand, sending and receiving, the desk of differences, the rules."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.i18n import _
from asn_desktop.core.periods import Period
from asn_desktop.exchange.package.recognise import FileKind, recognise
from asn_desktop.gui import messages, theme
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.exchange.packages.conflict_page import ConflictPage
from asn_desktop.gui.exchange.packages.overview_page import OverviewPage
from asn_desktop.gui.exchange.packages.receipts import save_receipt
from asn_desktop.gui.exchange.packages.receive_dialog import ReceiveDialog
from asn_desktop.gui.exchange.packages.send_dialog import SendDialog
from asn_desktop.gui.exchange.packages.situation import Situation, read_situation
from asn_desktop.gui.low_screen import fit_margins
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import Segment, SegmentedControl
from asn_desktop.services import Services

_TABLES = ("package", "conflict", "rejection", "peer_office", "peer_replica", "peer_period", "exchange_rule")


class ExchangeTab(QWidget):
    """Files that are no packages go out as ``import_wanted(path)`` and ``worksheet_wanted(path)``."""

    import_wanted = Signal(object)
    worksheet_wanted = Signal(object)
    undo_wanted = Signal()

    def __init__(
        self, services: Services, runner: Runner, bus: ChangeBus, period: Period, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", True)
        self.setAcceptDrops(True)
        self._services, self._runner, self._period = services, runner, period
        self._province = services.reference.office().role == "province"
        self._stale = True
        self.situation: Situation | None = None
        outer = self._outer = QVBoxLayout(self)
        outer.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        outer.setSpacing(theme.GAP)
        self.view = SegmentedControl(
            [Segment("overview", _("Kirim dan terima")), Segment("desk", _("Meja konflik"))], name=_("Tampilan")
        )
        self.view.set_value("overview")
        self.view.changed.connect(lambda value: self.show_view(str(value)))
        row = QHBoxLayout()
        row.addWidget(self.view)
        row.addStretch(1)
        outer.addLayout(row)
        self.pages = QStackedWidget(self)
        outer.addWidget(self.pages, 1)
        self.overview = OverviewPage(self)
        self.desk = ConflictPage(services, runner, self)
        self._pages = {"overview": self.overview, "desk": self.desk}
        for page in self._pages.values():
            self.pages.addWidget(page)
        self.overview.send_wanted.connect(self.send)
        self.overview.receive_wanted.connect(self.choose_files)
        self.overview.desk_wanted.connect(self.show_desk)
        self.overview.receipt_wanted.connect(self.save_receipt)
        self.desk.undo_wanted.connect(self.undo_wanted)
        bus.changed.connect(self._changed)

    @property
    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """For the status line."""
        if self.view.value == "desk":
            return (("1", _("milik kita")), ("2", _("dari kantor lain")), ("Spasi", _("pilih")))
        return (("↑↓", _("pilih paket")), ("Tab", _("pindah")))

    # -- showing ------------------------------------------------------------------------------------------

    def show_view(self, key: str) -> None:
        self.view.set_value(key)
        self.pages.setCurrentWidget(self._pages[key])
        if key == "desk":
            self.desk.reload()

    def show_desk(self, state: str = "open") -> None:
        """Open the desk with differences in a state."""
        self.show_view("desk")
        self.desk.show_state(state)

    def set_period(self, period: Period) -> None:
        self._period = period
        self._reload()

    def _reload(self) -> None:
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
        self.overview.set_situation(found)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._reload()

    @Slot(object)
    def _changed(self, change_set: ChangeSet) -> None:
        self._reload()
        if self.isVisible() and self.view.value == "desk" and change_set.touches(*_TABLES):
            self.desk.reload()

    def minimumSizeHint(self) -> QSize:
        return QSize(760, 290)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fit_margins(self, self._outer)

    # -- sending and receiving ----------------------------------------------------------------------------

    def send(self) -> SendDialog:
        """What will be in the next package, and where to save it."""
        found = self.situation
        name = found.province.name if found is not None and found.province is not None else ""
        dialog = SendDialog(self._services, self._runner, self.window(), name=name)
        self._open(dialog)
        return dialog

    def choose_files(self) -> None:
        found = messages.choose_open_file(self, _("Pilih berkas yang diterima"))
        if found is not None:
            self.receive([found])

    def receive(self, paths: Sequence[Path]) -> None:
        """Any kind of our files: each goes its own way."""
        (path,) = paths
        self._runner.run_read(
            lambda _progress: recognise(path).kind,
            lambda kind: self._receive(path, kind),
            lambda error: messages.show_error(self, error),
            title=_("Mengenali berkas"),
            owner=self,
        )

    def _receive(self, path: Path, kind: FileKind) -> None:
        if kind is FileKind.FOREIGN:
            self.import_wanted.emit(path)
        elif kind is FileKind.WORKSHEET:
            self.worksheet_wanted.emit(path)
        else:
            dialog = ReceiveDialog(self._services, self._runner, path, self.window())
            dialog.send_wanted.connect(self.send)
            dialog.conflicts_wanted.connect(self.show_desk)
            self._open(dialog)

    def save_receipt(self, office: str, name: str) -> None:
        save_receipt(self, self._services, self._runner, office, name)

    def _open(self, dialog: ReceiveDialog | SendDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # -- files dropped on the tab -------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        found = dropped_files(event)
        if found:
            event.acceptProposedAction()
            self.receive(found)


def dropped_files(event: QDropEvent) -> list[Path]:
    """The local files of a drag; folders are not taken."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in paths if not path.is_dir()]

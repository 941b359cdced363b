"""Penilaian Triwulan: where (units) · what (the grid, keyboard first) · this one (explained)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from asn_desktop.appraisal import tables
from asn_desktop.appraisal.commands import RatingChange
from asn_desktop.appraisal.opening import Opening
from asn_desktop.appraisal.predicate import State
from asn_desktop.appraisal.queries import EvaluationRow, EvaluationSpec, PeriodRow, Progress
from asn_desktop.appraisal.service import AppraisalService
from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.i18n import _
from asn_desktop.core.periods import Period
from asn_desktop.gui import theme
from asn_desktop.gui.appraisal import filters, sentences
from asn_desktop.gui.appraisal.actions import QuarterActions
from asn_desktop.gui.appraisal.evaluation_dialog import EvaluationDialog
from asn_desktop.gui.appraisal.grid import RatingGrid
from asn_desktop.gui.appraisal.panels import DistributionPanel, PersonPanel
from asn_desktop.gui.appraisal.summary import Summary, read_summary
from asn_desktop.gui.appraisal.units import NOBODY, unit_nodes
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.low_screen import fit_margins
from asn_desktop.gui.table_view import ViewSettings
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import Card, EmptyState, UnitTree, combo, tool_button
from asn_desktop.reference.service import ReferenceService

TABLES = ("evaluation", "appraisal_period", "organisation_result", "employee", "unit", "parameter", "holiday")
NARROW = 1110  # logical pixels below which the unit tree gives its place to the grid


class AppraisalTab(QWidget):
    """The tab. The window sets the period; everything else it finds by itself and keeps fresh through the bus."""

    plan_wanted = Signal(int)
    """Evaluation id: propose (or show) the remediation plan."""
    import_wanted = Signal(str)
    """Period code: bring ratings from a workbook."""
    worksheets_wanted = Signal(str)
    """Period code: worksheets for the OPD, and which have come back."""
    personnel_import_wanted = Signal()
    person_wanted = Signal(int)
    """Employee id: show this person in *Pegawai*."""
    hints_changed = Signal()

    def __init__(
        self,
        appraisal: AppraisalService,
        reference: ReferenceService,
        runner: Runner,
        bus: ChangeBus,
        period: Period,
        parent: QWidget | None = None,
        *,
        settings: ViewSettings | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", True)
        self._appraisal = appraisal
        self._reference = reference
        self._runner = runner
        self._period = period
        self._opened: PeriodRow | None = None
        self._can_open = False
        self._progress: Mapping[int | None, Progress] = {}
        self._stale = True
        self.writes = QuarterActions(appraisal, reference, runner, self)
        self.grid = RatingGrid(
            appraisal, tables.matrix(), EvaluationSpec(period.code), settings=settings, runner=runner
        )
        self._build()
        self._summary_later = QTimer(self)
        self._summary_later.setSingleShot(True)
        self._summary_later.setInterval(200)
        self._summary_later.timeout.connect(self._load_summary)
        bus.changed.connect(self._changed)

    # -- building -----------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.tree = UnitTree()
        self.tree.setAccessibleName(_("Unit kerja"))
        self.tree.chosen.connect(self._unit_chosen)
        self.units_card = Card(_("Unit kerja"), margins=12)
        self.units_card.body.addWidget(self.tree, 1)
        self.units_card.setMinimumWidth(theme.tokens().px(180))
        self._build_grid()
        self.working = QWidget()
        self.zones = QSplitter(Qt.Orientation.Horizontal)
        self.zones.setHandleWidth(14)
        self.zones.setChildrenCollapsible(False)
        for place, zone in enumerate((self.units_card, self.grid, self._side())):
            self.zones.addWidget(zone)
            self.zones.setStretchFactor(place, int(zone is self.grid))
        self.zones.setSizes([theme.tokens().px(width) for width in (248, 728, 330)])
        around = self._around = QHBoxLayout(self.working)
        around.setContentsMargins(16, 16, 16, 16)
        around.addWidget(self.zones)
        self.empty = EmptyState("clipboard-check", "", "", _("Buka triwulan"), action_icon="play")
        self.empty.activated.connect(self._empty_action)
        self.loading = QWidget()
        self.stack = QStackedWidget(self)
        for page in (self.loading, self.working, self.empty):
            self.stack.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)
        for keys, action in (("Ctrl+P", self.print_forms), ("Ctrl+Return", self.finish)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    def _build_grid(self) -> None:
        grid = self.grid
        grid.rated.connect(self._rated)
        grid.pasted.connect(self._pasted)
        grid.opened.connect(lambda row: self.open_evaluation(row.id))
        self.writes.failed.connect(lambda: grid.model.forget_rows())
        self.units_button = tool_button("network", _("Pilih unit kerja"), clicked=self._toggle_units)
        grid.actions_row.addWidget(self.units_button)
        self.print_button = grid.add_action(_("Cetak"), self.print_forms, icon="printer", tip="Ctrl+P")
        self.more_button = tool_button("ellipsis", _("Tindakan lain"), clicked=self._show_menu)
        grid.actions_row.addWidget(self.more_button)
        self.finish_button = grid.add_action(
            _("Tutup triwulan"), self.finish, icon="lock", primary=True, tip="Ctrl+Enter"
        )
        grid.yield_words(self.print_button)
        self.filter = combo(filters.choices())
        self.filter.setAccessibleName(_("Saring"))
        self.filter.currentIndexChanged.connect(lambda _index: self._filter_chosen())
        grid.add_before_search(self.filter, lambda: self.filter.setCurrentIndex(0))

    def _side(self) -> QScrollArea:
        self.person = PersonPanel(tables.matrix())
        self.person.open_wanted.connect(self.open_evaluation)
        self.person.plan_wanted.connect(self.plan_wanted)
        self.grid.current_changed.connect(
            lambda row: self.person.show_row(row, self.grid.table.chosen_count, locked=self._closed)
        )
        self.distribution = DistributionPanel()
        self.distribution.print_wanted.connect(lambda: self.writes.print_recap(self._period, self.spec.unit_id))
        self.distribution.result_wanted.connect(self.set_organisation_results)
        self.distribution.predicate_wanted.connect(lambda code: self.filter.setCurrentIndex(self.filter.findData(code)))
        column = QWidget()
        column.setProperty("clear", True)
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addWidget(self.person)
        layout.addWidget(self.distribution, 1)
        self.side = QScrollArea()
        self.side.setWidgetResizable(True)
        self.side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.side.setWidget(column)
        bar = self.side.verticalScrollBar().sizeHint().width()
        self.side.setMinimumWidth(max(theme.tokens().px(300), column.minimumSizeHint().width() + bar))
        return self.side

    # -- what is shown ------------------------------------------------------------------------------------

    @property
    def _closed(self) -> bool:
        return self._opened is not None and self._opened.closed

    @property
    def key_hints(self) -> Sequence[tuple[str, str]]:
        """For the status line."""
        return sentences.key_hints(opened=self._opened is not None, closed=self._closed)

    @property
    def period(self) -> Period:
        return self._period

    @property
    def spec(self) -> EvaluationSpec:
        found = self.grid.spec
        assert isinstance(found, EvaluationSpec)
        return found

    @property
    def current(self) -> EvaluationRow | None:
        return self.grid.current

    def set_period(self, period: Period) -> None:
        """Show another quarter or year; unit and filters stay."""
        if period != self._period:
            self._period = period
            self.grid.change_spec(period=period.code)
            self._load_summary()

    def show_unit(self, unit_id: int | None, *, unrated: bool = False) -> None:
        """Jump to a unit (from Beranda), optionally only those still to be rated."""
        self.filter.setCurrentIndex(self.filter.findData("unrated" if unrated else ""))
        if not self.tree.select(unit_id):  # not read yet; the summary will find it
            self._unit_chosen(unit_id)

    def show_employee(self, nip: str) -> None:
        """Show one person of the period (from the search in the head)."""
        self.grid.search.setText(nip)
        self.grid.search.search_now()

    def reload(self) -> None:
        """Read everything again; the cursor stays on its person."""
        self._stale = False
        self.grid.refresh()
        self._load_summary()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place_units()
        if self._stale:
            self.reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fit_margins(self, self._around)
        self._place_units()

    def minimumSizeHint(self) -> QSize:
        return QSize(760, 290)

    def _place_units(self) -> None:
        narrow = self.width() < theme.tokens().px(NARROW)
        self.units_button.setVisible(narrow)
        self.units_card.setVisible(not narrow)

    def _toggle_units(self) -> None:
        self.units_card.setVisible(not self.units_card.isVisible())
        self.side.setVisible(not self.units_card.isVisible())

    def _changed(self, changes: ChangeSet) -> None:
        if not changes.touches(*TABLES):
            return
        if not self.isVisible():
            self._stale = True
        elif changes.initiator is self:
            self._summary_later.start()  # the grid shows the keystroke already
        else:
            self.reload()

    def _load_summary(self) -> None:
        period, unit_id = self._period, self.spec.unit_id

        def show(summary: Summary) -> None:
            if (period, unit_id) == (self._period, self.spec.unit_id):
                self._show_summary(summary)

        self._runner.run_read(
            lambda progress: read_summary(self._appraisal, self._reference, period, unit_id), show, owner=self
        )

    def _show_summary(self, found: Summary) -> None:
        self._opened = found.period
        self._progress = found.progress
        if found.period is None or found.distribution is None:
            self._show_empty(found.opening)
            return
        first = self.stack.currentWidget() is not self.working
        self.stack.setCurrentWidget(self.working)
        self.tree.set_units(unit_nodes(found.units, found.progress))
        if first:
            self._start_rating()
        if self.tree.current_id != self.spec.unit_id:
            if not self.tree.select(self.spec.unit_id):  # nobody to rate there
                self._unit_chosen(self.tree.current_id)
            return
        unit_id = self.spec.unit_id
        names: dict[int | None, str] = {unit.id: unit.name for unit in found.units} | {None: _("Semua unit")}
        progress = found.progress.get(unit_id, NOBODY)
        self.grid.set_title(names.get(unit_id, ""), sentences.state_sentence(progress, found.period, found.deadlines))
        self.grid.state_label.setToolTip(sentences.deadline_tip(found.deadlines))
        self.grid.set_locked(found.period.closed)
        self.distribution.show_distribution(found.distribution, closed=found.period.closed)
        self._show_finish(progress)
        self.hints_changed.emit()

    def _start_rating(self) -> None:
        """The cursor on the first rating, ready for the keys."""
        if not self.grid.model.ids:
            self.grid.refresh()
        self.grid.table.setFocus()

    def _show_finish(self, progress: Progress) -> None:
        closed = self._closed
        whole = self.spec.unit_id is None
        period = _("Tutup triwulan") if self._period.quarter else _("Tutup tahun")
        self.finish_button.setText(_("Ditutup") if closed else period if whole else _("Kunci evaluasi unit"))
        self.finish_button.setEnabled(not closed and (whole or progress.rated > progress.final))

    def _show_empty(self, opening: Opening | None) -> None:
        self._can_open = opening is not None and opening.created > 0
        button = self.empty.button
        assert button is not None
        if opening is not None and self._can_open:
            title = _("{period} belum dibuka").format(period=self._period.label)
            self.empty.set_texts(title, sentences.opening_sentence(self._period, opening))
            button.setText(_("Buka {period}").format(period=self._period.label))
        else:
            title = _("Belum ada pegawai untuk dinilai")
            self.empty.set_texts(title, _("Impor daftar pegawai dahulu; setelah itu triwulan dapat dibuka."))
            button.setText(_("Impor daftar pegawai"))
        self.stack.setCurrentWidget(self.empty)

    # -- what the person does -----------------------------------------------------------------------------

    def _empty_action(self) -> None:
        if self._can_open:
            self.writes.open_at_first(self._period)
        else:
            self.personnel_import_wanted.emit()

    def _unit_chosen(self, unit_id: int | None) -> None:
        self.grid.change_spec(unit_id=unit_id)
        self._load_summary()
        if self.units_button.isVisible():
            self.units_card.hide()
            self.side.show()

    def _filter_chosen(self) -> None:
        self.grid.change_spec(**filters.wanted(str(self.filter.currentData())))

    def _rated(self, changes: list[RatingChange]) -> None:
        self.writes.rate(changes, self)

    def _pasted(self, text: str, place: int, behaviour_first: bool) -> None:
        order = [int(str(number)) for number in self.grid.model.ids]
        self.writes.paste(text, self._period, order, place, behaviour_first=behaviour_first)

    def finish(self) -> None:
        """The primary action: close the quarter, or finalise the chosen unit."""
        if self._opened is None or not self.finish_button.isEnabled():
            return
        unit_id = self.spec.unit_id
        if unit_id is None:
            self.writes.close_period(self._period, self._progress.get(None, NOBODY))
            return
        rated = self._appraisal.evaluation_ids(EvaluationSpec(self._period.code, unit_id, State.RATED))
        self.writes.finalise(rated, self.grid.title_label.text())

    def set_organisation_results(self) -> None:
        self.writes.set_organisation_results(self._period, self.spec.unit_id, closed=self._closed)

    def open_evaluation(self, evaluation_id: int) -> None:
        """The whole evaluation: ratings, notes, SKP, feedback."""
        order = [int(str(number)) for number in self.grid.model.ids]
        dialog = EvaluationDialog(self._appraisal, self._runner, evaluation_id, self, order=order)
        dialog.shown.connect(self.grid.table.select_id)
        dialog.print_wanted.connect(lambda number: self._print([number]))
        dialog.exec()
        dialog.deleteLater()

    def print_forms(self) -> None:
        """The selected people, or the whole unit."""
        if self._opened is not None:
            self._print(self.grid.table.selected_ids())

    def print_unit(self) -> None:
        """The whole unit, whoever is selected."""
        if self._opened is not None:
            self._print([])

    def _print(self, selected: list[int]) -> None:
        from asn_desktop.gui.appraisal.print_dialog import PrintDialog  # with what makes and shows PDFs

        unit = EvaluationSpec(self._period.code, self.spec.unit_id)
        title = self.grid.title_label.text()
        dialog = PrintDialog(self._appraisal, self._runner, self._period, selected, unit, title, self)
        dialog.exec()
        dialog.deleteLater()

    def _show_menu(self) -> None:
        menu = self.more_menu()
        menu.exec(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))
        menu.deleteLater()

    def more_menu(self) -> QMenu:
        """Everything that is not done every day."""
        menu = QMenu(self)
        closed = self._closed
        menu.addAction(_("Lembar kerja OPD …"), lambda: self.worksheets_wanted.emit(self._period.code))
        menu.addAction(_("Capaian organisasi …"), self.set_organisation_results)
        for text, slot in (
            (_("Impor rating dari Excel …"), lambda: self.import_wanted.emit(self._period.code)),
            (_("Tambahkan pegawai baru"), lambda: self.writes.open_period(self._period)),
            (_("Perbarui unit dan penilai"), lambda: self.writes.refresh_assignments(self._period)),
        ):
            menu.addAction(text, slot).setEnabled(not closed)
        if closed:
            menu.addSeparator()
            menu.addAction(_("Buka kembali …"), lambda: self.writes.reopen_period(self._period))
        return menu

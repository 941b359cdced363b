"""Penilaian Triwulan: where (units) · what (the grid, keyboard first) · this one (explained)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from asn_desktop.appraisal import tables
from asn_desktop.appraisal.commands import RatingChange
from asn_desktop.appraisal.opening import Opening
from asn_desktop.appraisal.predicate import State
from asn_desktop.appraisal.queries import EvaluationSpec, PeriodRow, Progress
from asn_desktop.appraisal.service import AppraisalService, Deadline, Distribution
from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.i18n import _
from asn_desktop.core.periods import Period
from asn_desktop.gui import messages, theme
from asn_desktop.gui.appraisal import sentences
from asn_desktop.gui.appraisal.actions import QuarterActions
from asn_desktop.gui.appraisal.evaluation_dialog import EvaluationDialog
from asn_desktop.gui.appraisal.grid import RatingGrid
from asn_desktop.gui.appraisal.grid_model import RatingModel
from asn_desktop.gui.appraisal.panels import DistributionPanel, PersonPanel
from asn_desktop.gui.appraisal.print_dialog import PrintDialog
from asn_desktop.gui.appraisal.unit_tree import UnitTree
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import Card, ElidedLabel, EmptyState, SearchField, button, combo, label, tool_button
from asn_desktop.reference.queries import UnitRow
from asn_desktop.reference.service import ReferenceService

TABLES = ("evaluation", "appraisal_period", "organisation_result", "employee", "unit", "parameter", "holiday")
NARROW = 1040  # logical pixels below which the unit tree gives its place to the grid


@dataclass(frozen=True, slots=True)
class _Summary:
    """Everything around the grid, read in one go."""

    period: PeriodRow | None
    opening: Opening | None
    units: list[UnitRow]
    progress: dict[int | None, Progress]
    deadlines: list[Deadline]
    distribution: Distribution | None


class AppraisalTab(QWidget):
    """The tab. The window sets the period; everything else it finds by itself and keeps fresh through the bus."""

    plan_wanted = Signal(int)
    """Evaluation id: propose (or show) the remediation plan."""
    import_wanted = Signal(str)
    """Period code: bring ratings from a workbook."""
    personnel_import_wanted = Signal()
    status_changed = Signal(str)
    """Key hints for the status bar."""

    def __init__(
        self,
        appraisal: AppraisalService,
        reference: ReferenceService,
        runner: Runner,
        bus: ChangeBus,
        period: Period,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", True)
        self._appraisal = appraisal
        self._reference = reference
        self._runner = runner
        self._period = period
        self._opened: PeriodRow | None = None
        self._spec = EvaluationSpec(period.code)
        self._progress: dict[int | None, Progress] = {}
        self._asked = 0
        self._stale = True
        self.actions_ = QuarterActions(appraisal, reference, runner, self)
        self.actions_.failed.connect(lambda: self.model.refresh())
        self.model = RatingModel(appraisal.evaluation_rows, tables.matrix(), self)
        self._build()
        self._summary_later = QTimer(self)
        self._summary_later.setSingleShot(True)
        self._summary_later.setInterval(200)
        self._summary_later.timeout.connect(self._load_summary)
        bus.changed.connect(self._changed)

    # -- building -----------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.tree = UnitTree()
        self.tree.chosen.connect(self._unit_chosen)
        self.units_card = Card(_("Unit kerja"), margins=12)
        self.units_card.body.addWidget(self.tree, 1)
        self.units_card.setFixedWidth(theme.tokens().px(228))
        self.grid = RatingGrid(self.model)
        self.grid.rated.connect(self._rated)
        self.grid.pasted.connect(self._pasted)
        self.grid.copied.connect(lambda n: messages.notify(self, _("{n} baris disalin.").format(n=n)))
        self.grid.opened.connect(self.open_evaluation)
        self.grid.sort_wanted.connect(self._sort)
        self.person = PersonPanel(tables.matrix())
        self.person.open_wanted.connect(self.open_evaluation)
        self.person.plan_wanted.connect(self.plan_wanted)
        self.grid.current_changed.connect(self.person.show_row)
        self.distribution = DistributionPanel()
        self.distribution.result_wanted.connect(self.set_organisation_results)
        self.working = QWidget()
        zones = QHBoxLayout(self.working)
        zones.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
        zones.setSpacing(theme.GAP)
        zones.addWidget(self.units_card)
        zones.addWidget(self._list_card(), 1)
        zones.addWidget(self._side())
        self.empty = EmptyState("clipboard-check", "", "", _("Buka triwulan"), action_icon="play")
        self.empty.activated.connect(self._empty_action)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.working)
        self.stack.addWidget(self.empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)
        for keys, action in (
            ("Ctrl+F", self.search.setFocus),
            ("Ctrl+P", self.print_forms),
            ("Ctrl+Shift+F", self.finish),
        ):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    def _list_card(self) -> Card:
        card = Card(margins=0)
        head = QVBoxLayout()
        head.setContentsMargins(theme.MARGIN, 14, theme.MARGIN, 4)
        head.setSpacing(theme.SPACE)
        self.title = ElidedLabel("", "title")
        self.state = ElidedLabel("", "secondary")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.state)
        self.units_button = tool_button("network", _("Pilih unit kerja"), clicked=self._toggle_units)
        self.print_button = button(_("Cetak"), icon="printer", tip="Ctrl+P", clicked=self.print_forms)
        self.more_button = tool_button("ellipsis-vertical", _("Tindakan lain"), clicked=self._show_menu)
        self.finish_button = button(_("Finalkan"), kind="primary", icon="lock", clicked=self.finish)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        row.addWidget(self.units_button)
        row.addLayout(words, 1)
        for widget in (self.print_button, self.more_button, self.finish_button):
            row.addWidget(widget)
        head.addLayout(row)
        self.search = SearchField(_("Cari nama atau NIP"))
        self.search.searched.connect(lambda text: self._narrow(replace(self._spec, search=text)))
        self.filter = combo(_filters())
        self.filter.setAccessibleName(_("Saring"))
        self.filter.currentIndexChanged.connect(self._filter_chosen)
        tools = QHBoxLayout()
        tools.setSpacing(theme.SPACE)
        tools.addWidget(self.search, 1)
        tools.addWidget(self.filter)
        head.addLayout(tools)
        card.body.setSpacing(0)
        card.body.addLayout(head)
        self.none_found = EmptyState("search", _("Tidak ada yang cocok"), _("Ubah pencarian atau saringan."))
        self.list_stack = QStackedWidget()
        self.list_stack.addWidget(self.grid)
        self.list_stack.addWidget(self.none_found)
        card.body.addWidget(self.list_stack, 1)
        self.keys = ElidedLabel(key_hints(), "secondary")
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.MARGIN, 6, theme.MARGIN, 8)
        foot.addWidget(self.keys, 1)
        self.count = label("", "secondary")
        foot.addWidget(self.count)
        card.body.addLayout(foot)
        return card

    def _side(self) -> QScrollArea:
        column = QWidget()
        column.setProperty("clear", True)
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self.person)
        layout.addWidget(self.distribution, 1)
        self.side = QScrollArea()
        self.side.setWidgetResizable(True)
        self.side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.side.setWidget(column)
        self.side.setFixedWidth(theme.tokens().px(328))
        return self.side

    # -- what is shown ------------------------------------------------------------------------------------

    @property
    def period(self) -> Period:
        return self._period

    def set_period(self, period: Period) -> None:
        """Show another quarter or year; filters stay."""
        self._period = period
        self._spec = replace(self._spec, period=period.code)
        self.reload()

    def show_unit(self, unit_id: int | None, *, unrated: bool = False) -> None:
        """Jump to a unit (from Beranda), optionally only those still to be rated."""
        self.filter.setCurrentIndex(self.filter.findData("unrated" if unrated else ""))
        self.tree.choose(unit_id)

    def reload(self) -> None:
        """Read everything again."""
        self._stale = False
        self._load_summary()
        self._load_ids()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place_units()
        if self._stale:
            self.reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_units()

    def minimumSizeHint(self) -> QSize:
        return QSize(760, 420)

    def _place_units(self) -> None:
        narrow = self.width() < theme.tokens().px(NARROW)
        self.units_button.setVisible(narrow)
        self.units_card.setVisible(not narrow)

    def _toggle_units(self) -> None:
        self.units_card.setVisible(not self.units_card.isVisible())

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
        period, unit_id = self._period, self._spec.unit_id

        def read() -> _Summary:
            opened = self._appraisal.period(period.code)
            progress = self._appraisal.progress_by_unit(period.code) if opened else {}
            return _Summary(
                opened,
                None if opened else self._appraisal.preview_opening(period),
                self._reference.units(),
                progress,
                self._appraisal.deadlines(period.code),
                self._appraisal.distribution(period.code, unit_id) if opened else None,
            )

        def show(summary: _Summary) -> None:
            if (period, unit_id) == (self._period, self._spec.unit_id):
                self._show_summary(summary)

        self._runner.run_read(lambda progress: read(), show, owner=self)

    def _show_summary(self, found: _Summary) -> None:
        self._opened = found.period
        self._progress = found.progress
        if found.period is None or found.distribution is None:
            self._show_empty(found.opening)
            return
        self.stack.setCurrentWidget(self.working)
        self.tree.show_units(found.units, found.progress)
        names = {unit.id: unit.name for unit in found.units}
        unit_id = self._spec.unit_id
        progress = found.progress.get(unit_id, Progress(0, 0, 0))
        self.title.set_text(names.get(unit_id, "") if unit_id is not None else _("Semua unit"))
        self.state.set_text(sentences.state_sentence(progress, found.period, found.deadlines))
        self.state.setToolTip(sentences.deadline_tip(found.deadlines))
        self.distribution.show_distribution(found.distribution)
        self._show_finish(progress)

    def _show_finish(self, progress: Progress) -> None:
        closed = self._opened is not None and self._opened.closed
        whole = self._spec.unit_id is None
        period = _("Tutup triwulan") if self._period.quarter else _("Tutup tahun")
        self.finish_button.setText(_("Ditutup") if closed else period if whole else _("Finalkan unit"))
        self.finish_button.setEnabled(not closed and (whole or progress.rated > progress.final))
        tip = _("Setiap penilaian lengkap di unit ini menjadi final.") if not whole else ""
        self.finish_button.setToolTip(tip)

    def _show_empty(self, opening: Opening | None) -> None:
        self.stack.setCurrentWidget(self.empty)
        button_ = self.empty.button
        assert button_ is not None
        if opening is None or not opening.created:
            title = _("Belum ada pegawai untuk dinilai")
            self.empty.set_texts(title, _("Impor daftar pegawai dahulu; setelah itu triwulan dapat dibuka."))
            button_.setText(_("Impor daftar pegawai"))
        else:
            title = _("{period} belum dibuka").format(period=self._period.label)
            self.empty.set_texts(title, sentences.opening_sentence(self._period, opening))
            button_.setText(_("Buka {period}").format(period=self._period.label))
        self._can_open = opening is not None and opening.created > 0

    def _empty_action(self) -> None:
        if self._can_open:
            self.actions_.open_period(self._period)
        else:
            self.personnel_import_wanted.emit()

    def _load_ids(self) -> None:
        self._asked += 1
        asked, spec = self._asked, self._spec

        def show(ids: list[int]) -> None:
            if asked == self._asked:
                self._show_ids(ids)

        self._runner.run_read(lambda progress: self._appraisal.evaluation_ids(spec), show, owner=self)

    def _show_ids(self, ids: list[int]) -> None:
        closed = self._opened is not None and self._opened.closed
        here = self.grid.current_row
        column = self.grid.currentIndex().column()
        if list(self.model.ids) == ids and not closed:
            self.model.refresh()
        else:
            self.model.set_ids(ids, closed=closed)
            place = self.model.place_of(here.id) if here else None
            if ids:
                self.grid.go_to(place or 0, self.grid.rating_column(column))
        self.grid.show_sort(self._spec.sort, self._spec.descending)
        self.list_stack.setCurrentIndex(0 if ids else 1)
        self.count.setText(_("{n} pegawai").format(n=sentences.number(len(ids))))

    # -- what the person does -----------------------------------------------------------------------------

    def _unit_chosen(self, unit_id: int | None) -> None:
        if unit_id != self._spec.unit_id:
            self._narrow(replace(self._spec, unit_id=unit_id))
            self._load_summary()
        if self.units_button.isVisible():
            self.units_card.hide()

    def _filter_chosen(self) -> None:
        chosen = str(self.filter.currentData())
        state = State(chosen) if chosen in ("rated", "final") else None
        self._narrow(
            replace(
                self._spec,
                unrated=chosen == "unrated",
                low=chosen == "low",
                waiting=chosen == "waiting",
                state=state,
            )
        )

    def _sort(self, sort: str, descending: bool) -> None:
        self._narrow(replace(self._spec, sort=sort, descending=descending))

    def _narrow(self, spec: EvaluationSpec) -> None:
        if spec != self._spec:
            self._spec = spec
            self._load_ids()

    def _rated(self, changes: list[RatingChange]) -> None:
        row = self.grid.current_row
        label_ = _("Nilai {name}").format(name=row.name) if row and len(changes) == 1 else ""
        for change in changes:
            self.model.show_change(change)
        self.actions_.rate(changes, label_, self)

    def _pasted(self, text: str, place: int, behaviour_first: bool) -> None:
        self.actions_.paste(
            text,
            self._period,
            list(self.model.ids),
            place,
            behaviour_first=behaviour_first,
            rows=self._appraisal.evaluation_rows,
        )

    def finish(self) -> None:
        """The primary action: close the quarter, or finalise the chosen unit."""
        if self._opened is None or not self.finish_button.isEnabled():
            return
        unit_id = self._spec.unit_id
        if unit_id is None:
            self.actions_.close_period(self._period, self._progress.get(None, Progress(0, 0, 0)))
            return
        rated = EvaluationSpec(self._period.code, unit_id, State.RATED)
        self.actions_.finalise(self._appraisal.evaluation_ids(rated), self.title.full_text)

    def set_organisation_results(self) -> None:
        self.actions_.set_organisation_results(self._period, self._spec.unit_id)

    def open_evaluation(self, evaluation_id: int) -> None:
        dialog = EvaluationDialog(self._appraisal, self._runner, evaluation_id, self)
        dialog.print_wanted.connect(lambda number: self._print([number]))
        dialog.exec()
        dialog.deleteLater()

    def print_forms(self) -> None:
        """The selected person, or the whole unit."""
        if self._opened is not None:
            self._print(self.grid.selected_ids())

    def _print(self, selected: list[int]) -> None:
        unit = EvaluationSpec(self._period.code, self._spec.unit_id)
        dialog = PrintDialog(
            self._appraisal, self._runner, self._period, selected, unit, self.title.full_text, self
        )
        dialog.exec()
        dialog.deleteLater()

    def _show_menu(self) -> None:
        menu = self.more_menu()
        menu.exec(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))
        menu.deleteLater()

    def more_menu(self) -> QMenu:
        """Everything that is not done every day."""
        menu = QMenu(self)
        closed = self._opened is not None and self._opened.closed
        menu.addAction(_("Capaian organisasi …"), self.set_organisation_results).setEnabled(not closed)
        wanted = menu.addAction(_("Impor nilai dari Excel …"), lambda: self.import_wanted.emit(self._period.code))
        wanted.setEnabled(not closed)
        menu.addSeparator()
        add = menu.addAction(_("Tambahkan pegawai baru"), lambda: self.actions_.open_period(self._period))
        add.setEnabled(not closed)
        renew = menu.addAction(
            _("Perbarui unit dan penilai"), lambda: self.actions_.refresh_assignments(self._period)
        )
        renew.setEnabled(not closed)
        if closed:
            menu.addSeparator()
            menu.addAction(_("Buka kembali …"), lambda: self.actions_.reopen_period(self._period))
        return menu


def _filters() -> list[tuple[str, str]]:
    return [
        ("", _("Semua pegawai")),
        ("unrated", _("Belum dinilai")),
        ("rated", _("Dinilai, belum final")),
        ("final", _("Final")),
        ("low", _("Di bawah ekspektasi")),
        ("waiting", _("Perlu keputusan")),
    ]


def key_hints() -> str:
    return _("1 di bawah · 2 sesuai · 3 di atas · Tab kolom · Enter baris berikut · Del kosongkan")

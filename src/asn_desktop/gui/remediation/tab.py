"""Rencana Pembinaan: groups and filters, the list, and the selected plan."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.i18n import N_, _
from asn_desktop.core.listing import Listing
from asn_desktop.core.periods import parse_period
from asn_desktop.gui import messages, theme
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.context_menu import ContextMenu, Entry
from asn_desktop.gui.listing_actions import ListingActions
from asn_desktop.gui.low_screen import fit_margins
from asn_desktop.gui.remediation.actions import PlanActions
from asn_desktop.gui.remediation.groups import GroupPanel
from asn_desktop.gui.remediation.listing import plan_listing
from asn_desktop.gui.remediation.plan_panel import PlanPanel
from asn_desktop.gui.remediation.words import next_text, period_text, place_text, plan_tone, plan_word, steps_text
from asn_desktop.gui.row_table import Column, RowTable
from asn_desktop.gui.side_zone import SideZone
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import Card, EmptyState, YieldingWords, button, label
from asn_desktop.reference.queries import with_descendants
from asn_desktop.remediation.queries import PLAN_GROUPS, PlanGroup, PlanRow, PlanSpec
from asn_desktop.remediation.rules import KINDS, PlanState
from asn_desktop.services import Services

_TABLES = (
    "remediation_plan",
    "appraisal_period",
    "plan_step",
    "plan_note",
    "evaluation",
    "employee",
    "training_event",
    "unit",
)


class RemediationTab(QWidget):
    """Jumps go out as signals: ``person_opened(employee_id)``, ``evaluation_opened(evaluation_id)``,
    ``event_opened(event_id)``."""

    person_opened = Signal(int)
    evaluation_opened = Signal(int)
    event_opened = Signal(int)

    def __init__(self, services: Services, runner: Runner, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._plans = services.remediation
        self._runner = runner
        self._today = services.database.clock().date()
        self._stale = True
        self.does = PlanActions(services, runner, self, lambda: self.panel.detail)
        self._build()
        self.reload()
        bus.changed.connect(self._changed)
        shortcut = QShortcut(QKeySequence("Ctrl+F"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.groups.search.setFocus)

    @property
    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """For the status line."""
        return (("↑↓", _("pilih rencana")), ("Enter", _("buka")), ("Ctrl+F", _("cari")))

    # -- building -----------------------------------------------------------------------------------------

    def _build(self) -> None:
        outer = self._outer = QHBoxLayout(self)
        outer.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        outer.setSpacing(theme.GAP)
        self.groups = GroupPanel(self)
        self.groups.changed.connect(self.reload)
        self._left = SideZone(self.groups, 222, self)
        outer.addWidget(self._left)
        card = Card(parent=self, margins=0)
        card.body.setSpacing(0)
        card.body.addLayout(self._heading(card))
        card.body.addWidget(self._banner(card))
        self.pages = QStackedWidget(card)
        self.table = self._table(card)
        self.nothing = EmptyState(
            "sprout",
            _("Belum ada rencana pembinaan"),
            _(
                "Evaluasi dengan predikat rendah atau rating di bawah ekspektasi akan diusulkan di sini. "
                "Tujuannya membantu pegawai membaik, bukan menghukum."
            ),
            parent=card,
        )
        self.no_match = EmptyState(
            "filter-x", _("Tidak ada yang cocok"), _("Ubah saringan untuk melihat rencana lain."), parent=card
        )
        for page in (self.table, self.nothing, self.no_match):
            self.pages.addWidget(page)
        card.body.addWidget(self.pages, 1)
        outer.addWidget(card, 1)
        self.panel = PlanPanel(self._today, self)
        self.panel.setFixedWidth(theme.tokens().px(368))
        outer.addWidget(self.panel)
        self._left.toggle.toggled.connect(lambda on: self.panel.setVisible(not on))
        self._connect()

    def _heading(self, card: Card) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(16, 14, 16, 10)
        column.setSpacing(theme.SPACE_SMALL)
        self.title = label("", "title", parent=card)
        self.subtitle = label("", "secondary", wrap=True, parent=card)
        line = QHBoxLayout()
        line.addWidget(self.title, 1)
        self.many_button = button(
            _("Tetapkan beberapa …"), icon="list-checks", parent=card,
            clicked=lambda: self.does.confirm_many(self._plans.plans(self.spec())),
        )  # fmt: skip
        line.addWidget(self.many_button)
        self.listing = ListingActions(self, self._runner, _("Rencana pembinaan"), self._prepare_listing)
        for act in self.listing.buttons(card):
            line.addWidget(act)
        line.addWidget(self._left.toggle)
        column.addLayout(line)
        YieldingWords(card, column, (self._left.toggle, self.many_button))
        column.addWidget(self.subtitle)
        return column

    def _banner(self, card: Card) -> QFrame:
        self.banner = QFrame(card)
        self.banner.setProperty("foot", True)
        row = QHBoxLayout(self.banner)
        row.setContentsMargins(16, 10, 16, 10)
        self.banner_text = label("", "", wrap=True, parent=self.banner)
        self.propose_button = button(
            _("Buat usulan"), kind="primary", icon="sparkles", parent=self.banner, clicked=self.does.propose
        )
        row.addWidget(self.banner_text, 1)
        row.addWidget(self.propose_button)
        return self.banner

    def _table(self, card: Card) -> RowTable[PlanRow]:
        columns: list[Column[PlanRow]] = [
            Column(_("Nama"), lambda row: row.name, place_text, stretch=True),
            Column(
                _("Predikat"),
                lambda row: theme.predicate_label(row.predicate or ""),
                tone=lambda row: theme.predicate_tone(row.predicate or ""),
                width=134,
            ),
            Column(_("Pembinaan"), lambda row: _(KINDS[row.kind]), period_text, width=164),
            Column(_("Langkah"), steps_text, next_text, width=166),
            Column(_("Status"), plan_word, tone=plan_tone, width=150),
        ]
        return RowTable(columns, lambda row: row.id, card, name=_("Rencana pembinaan"))

    def _connect(self) -> None:
        self.table.current_row.connect(lambda _row: self._show_selected())
        self.table.opened.connect(self._open)
        panel = self.panel
        panel.confirm_wanted.connect(self.does.edit)
        panel.edit_wanted.connect(self.does.edit)
        panel.decline_wanted.connect(self.does.decline)
        panel.close_wanted.connect(self.does.close)
        panel.reopen_wanted.connect(self.does.reopen)
        panel.event_wanted.connect(self.does.choose_event)
        panel.step_toggled.connect(self.does.toggle_step)
        panel.note_written.connect(self.does.write_note)
        panel.person_opened.connect(self.person_opened)
        panel.evaluation_opened.connect(self.evaluation_opened)
        panel.event_opened.connect(self.event_opened)
        self.does.proposed.connect(lambda: self.show_group(PlanGroup.PROPOSED))
        self.does.given_up.connect(self._show_selected)
        self.does.finished.connect(self.on_shown)
        self.menu = ContextMenu(self.table, self._entries)

    def _entries(self) -> Sequence[Entry | None]:
        """What can be done with the selected plan, as its panel offers it."""
        detail = self.panel.detail
        if detail is None:
            return []
        does, row = self.does, detail.row
        ways = {
            PlanState.PROPOSED: [
                Entry(_("Tetapkan rencana …"), does.edit, "Enter"), Entry(_("Tidak perlu …"), does.decline),
            ],
            PlanState.ACTIVE: [
                Entry(_("Ubah …"), does.edit, "Enter"), Entry(_("Pilih pelatihan …"), does.choose_event),
                Entry(_("Tutup rencana …"), does.close),
            ],
        }.get(PlanState(row.state), [Entry(_("Buka lagi"), does.reopen)])  # fmt: skip
        return [
            *ways,
            None,
            Entry(_("Buka data pegawai"), partial(self.person_opened.emit, row.employee_id)),
            Entry(
                _("Buka evaluasi"),
                partial(self.evaluation_opened.emit, detail.evaluation_id),
                enabled=detail.evaluation_id is not None,
            ),
        ]

    # -- showing ------------------------------------------------------------------------------------------

    def show_group(self, group: str) -> None:
        """One group without other filters: the rows behind a number of *Beranda*."""
        self.groups.choose(group)
        self.reload()
        if self.table.rows.rowCount():
            self.table.go_to(0)

    def show_plan(self, plan_id: int) -> None:
        """Open a plan from elsewhere."""
        self.groups.choose("")
        self.reload()
        self.table.select_id(plan_id)

    def show_evaluation(self, evaluation_id: int) -> None:
        """Open the plan of an evaluation; proposes it first where there is none yet."""
        if self._plans.count_missing():
            self._runner.run_write(
                lambda _progress: self._plans.propose(), lambda _done: self._go_to(evaluation_id), owner=self
            )
        else:
            self._go_to(evaluation_id)

    def _go_to(self, evaluation_id: int) -> None:
        number = self._plans.plan_of_evaluation(evaluation_id)
        if number is None:
            messages.notify(self, _("Evaluasi ini tidak rendah, jadi tidak ada rencana pembinaan."))
        else:
            self.show_plan(number)

    def show_person(self, employee_id: int) -> None:
        """Open the newest plan of a person, if there is one."""
        self.groups.choose("")
        self.reload()
        plans = [row for row in self._plans.plans() if row.employee_id == employee_id]
        if plans:
            self.table.select_id(max(plans, key=lambda row: row.id).id)

    def spec(self) -> PlanSpec:
        """What the left zone asks for."""
        groups = self.groups
        units: frozenset[int] = frozenset()
        if groups.unit.value:
            units = frozenset(with_descendants(self._services.reference.units(), int(groups.unit.value)))
        return PlanSpec(
            self._today, groups.group, groups.search.text(), groups.kind.value, groups.period.value, units,
            groups.repeated.isChecked(),
        )  # fmt: skip

    @Slot()
    def reload(self) -> None:
        """Read what is visible again; the selected plan stays."""
        self._stale = False
        periods = [(row.code, parse_period(row.code).label) for row in self._services.appraisal.periods()]
        units = self._services.reference.units()
        self.groups.offer(periods, [(str(unit.id), unit.name) for unit in units if unit.kind == "OPD"])
        counts = self._plans.counts()
        self.groups.show_counts(counts)
        spec = self.spec()
        ids = self._plans.plan_ids(spec)
        before, old = self.table.row(), (list(self.table.rows.ids), self.table.verticalScrollBar().value())
        self.table.set_ids(ids, self._plans.plan_rows, spec)
        self._stay_where_it_was(before, *old)
        group = self.groups.group
        self.title.setText(_(PLAN_GROUPS[PlanGroup(group)]) if group else _("Semua rencana"))
        filtered = _(" · disaring") if self.groups.narrowed else ""
        self.subtitle.setText(_(_SENTENCES[group]).format(n=len(ids)) + filtered)
        self.many_button.setVisible(group == PlanGroup.PROPOSED and len(ids) > 1)
        missing = self._plans.count_missing()
        self.banner.setVisible(missing > 0)
        text = _("{n} evaluasi rendah belum diusulkan pembinaannya.")
        self.banner_text.setText(text.format(n=missing))
        self._show_columns()
        empty = self.nothing if sum(counts.values()) == 0 else self.no_match
        self.pages.setCurrentWidget(self.table if ids else empty)
        self._show_selected()

    def _stay_where_it_was(self, before: PlanRow | None, ids: list[Hashable], scrolled: int) -> None:
        """A decision moves a plan to another part of the list: the place stays, and the next plan is chosen."""
        rows, now = self.table.rows, self.table.row()
        if before is None or now is None or rows.other_question or now.id != before.id or now.state == before.state:
            return
        following = ids[ids.index(before.id) + 1 :]
        moved = rows.place_of(before.id) != ids.index(before.id)
        if moved and (next_one := next((one for one in following if rows.place_of(one) is not None), None)) is not None:
            self.table.select_id(next_one)
            self.table.verticalScrollBar().setValue(scrolled)

    def _prepare_listing(self) -> Callable[[], Listing]:
        """The list as it is filtered now."""
        ids, title, subtitle = self._plans.plan_ids(self.spec()), self.title.text(), self.subtitle.text()
        return lambda: plan_listing(self._services, ids, title, subtitle)

    def _show_selected(self) -> None:
        number = self.table.current_id()
        self.panel.show_plan(self._plans.plan_detail(number) if number is not None else None)

    def on_shown(self) -> None:
        """The keys work at once: the list has the focus when the tab comes to the front."""
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.reload()

    def minimumSizeHint(self) -> QSize:
        # Without the left zone, which goes behind its button when the window is narrow.
        return QSize(760, 290)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fit_margins(self, self._outer)
        self._left.fit(self.width())
        self.panel.setFixedWidth(theme.tokens().px(330 if self._left.narrow else 368))
        self._show_columns()

    def _show_columns(self) -> None:
        """Only columns that say something in this group, and fewer where there is little room."""
        group = self.groups.group
        self.table.setColumnHidden(_STEPS, group not in (PlanGroup.RUNNING, PlanGroup.LATE))
        self.table.setColumnHidden(_STATUS, group in (PlanGroup.PROPOSED, PlanGroup.RUNNING, PlanGroup.LATE))
        self.table.setColumnHidden(_KIND, self._left.narrow)

    @Slot(object)
    def _changed(self, change_set: ChangeSet) -> None:
        if not change_set.touches(*_TABLES):
            return
        if self.isVisible():
            self.reload()
        else:
            self._stale = True

    def _open(self, row: PlanRow) -> None:
        if row.state in ("proposed", "active"):
            self.does.edit()


_KIND, _STEPS, _STATUS = 2, 3, 4


_SENTENCES = {
    "": N_("{n} rencana"),
    PlanGroup.PROPOSED.value: N_("{n} usulan menunggu keputusan"),
    PlanGroup.LATE.value: N_("{n} rencana melewati tanggal langkah atau batas waktunya"),
    PlanGroup.RUNNING.value: N_("{n} rencana berjalan sesuai jadwal"),
    PlanGroup.FINISHED.value: N_("{n} rencana selesai atau tidak dilanjutkan"),
}

"""Tab *Pegawai*: unit tree, list, and the selected person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QWidget

from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.errors import InputError
from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_number
from asn_desktop.gui import messages, theme
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.context_menu import ContextMenu, Entry
from asn_desktop.gui.low_screen import fit_margins
from asn_desktop.gui.paged_model import TableQuery
from asn_desktop.gui.personnel.actions import PersonActions
from asn_desktop.gui.personnel.filters import as_wide_as, kind_filter
from asn_desktop.gui.personnel.list_columns import MISSING, employee_columns
from asn_desktop.gui.personnel.panel import PersonCard, PersonPanel
from asn_desktop.gui.personnel.units import HeadlessBanner, UnitPopup, unit_nodes
from asn_desktop.gui.table_page import TablePage
from asn_desktop.gui.table_view import ViewSettings
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import Card, EmptyState, button
from asn_desktop.gui.widgets.controls import shorten
from asn_desktop.gui.widgets.unit_tree import UnitTree
from asn_desktop.personnel import rules
from asn_desktop.personnel.choices import POSITION_KINDS
from asn_desktop.personnel.history import field_label
from asn_desktop.personnel.listing import EmployeeSpec
from asn_desktop.personnel.queries import EmployeeRow
from asn_desktop.personnel.service import PersonnelService
from asn_desktop.reference.queries import UnitRow
from asn_desktop.reference.service import ReferenceService

_THREE_ZONES = 1040
_CONCERNED = ("employee", "former_placement", "unit")


class PersonnelTab(QWidget):
    """Where · what · this one. ``import_people`` and ``export_people`` come from the composition root."""

    def __init__(
        self,
        personnel: PersonnelService,
        reference: ReferenceService,
        runner: Runner,
        bus: ChangeBus,
        parent: QWidget | None = None,
        *,
        import_people: Callable[[], object],
        export_people: Callable[[EmployeeSpec], object],
        undo: Callable[[], object] | None = None,
        settings: ViewSettings | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", True)
        self._personnel, self._reference, self._runner = personnel, reference, runner
        self._import, self._export = import_people, export_people
        self._units: list[UnitRow] = []
        self._asked = self._people = 0
        self._counts: dict[int, int] = {}
        self._counted = "active"
        self.tree = UnitTree(self)
        self.page = self._page(settings)
        self.people = PersonActions(self, self.page, personnel, runner, lambda: self._units, undo)
        self.panel = PersonPanel(self)
        self.headless = HeadlessBanner(self.people.propose_heads)
        self.page.add_banner(self.headless)
        self._lay_out()
        self._connect(bus)
        self.reload()

    # -- building -----------------------------------------------------------------------------------------

    def _page(self, settings: ViewSettings | None) -> TablePage:
        query = TableQuery(self._personnel.ids, self._personnel.rows)
        columns = employee_columns()
        self._missing_column = next(place for place, column in enumerate(columns) if column.key == MISSING)
        page = TablePage(
            _("Semua unit"), columns, query, EmployeeSpec(), self, noun=_("pegawai"),
            search_hint=_("Cari nama, NIP, unit"), two_lines=True, settings=settings,
            settings_key="table.pegawai",
            runner=self._runner,
        )  # fmt: skip
        page.table.setAccessibleName(_("Daftar pegawai"))
        save = page.add_action(
            _("Ekspor"), self.export, icon="file-spreadsheet", tip=_("Simpan daftar ini sebagai Excel")
        )
        add = page.add_action(
            _("Tambah"), lambda: self.people.add(), icon="user-plus", tip=_("Tambah satu pegawai (Ctrl+N)")
        )
        load = page.add_action(_("Impor pegawai"), lambda: self._import(), icon="upload", primary=True)
        page.yield_words(save, add)
        self._list_actions = (save, load)
        states = [("active", _("Aktif")), ("inactive", _("Nonaktif")), ("all", _("Semua"))]
        states.append(("incomplete", _("Perlu dilengkapi")))
        self._states = as_wide_as(page.add_choice(_("Status"), states, "status"), 4)
        self.missing = as_wide_as(page.add_choice(_("Isian yang kosong"), [("", _("Semua isian"))], "missing"), 8)
        self.missing.hide()
        kind_filter(page)
        kinds = [("", _("Semua jabatan")), *((value, _(text)) for value, text in POSITION_KINDS)]
        self._posts = as_wide_as(page.add_choice(_("Jenis jabatan"), kinds, "position_kind"), 9)
        empty = EmptyState(
            "users",
            _("Belum ada data pegawai"),
            _(
                "Di sini nanti daftar ASN menurut unit, dengan riwayat dan pejabat penilainya. Mulailah dengan berkas "
                "Excel yang sudah ada: daftar nominatif SIMPEG, unduhan SIASN, atau daftar per OPD."
            ),
            _("Impor pegawai"),
            action_icon="upload",
        )
        empty.activated.connect(lambda: self._import())
        page.set_empty(empty)
        return page

    def _lay_out(self) -> None:
        look = theme.tokens()
        self.where = Card(_("Unit kerja"))
        self.where.body.setContentsMargins(12, 14, 4, 8)
        self.where.body.addWidget(self.tree, 1)
        self.where.setMinimumWidth(look.px(180))
        self.page.setMinimumWidth(look.px(420))
        self.panel.setMinimumWidth(look.px(270))
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setHandleWidth(theme.GAP)
        self.splitter.setChildrenCollapsible(False)
        for place, (part, stretch) in enumerate(((self.where, 0), (self.page, 1), (self.panel, 0))):
            self.splitter.addWidget(part)
            self.splitter.setStretchFactor(place, stretch)
        self.splitter.setSizes([look.px(228), look.px(772), look.px(310)])
        outer = self._outer = QHBoxLayout(self)
        outer.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
        outer.addWidget(self.splitter)
        # A narrow window (150 % on 1366 pixels) has room for two zones: the tree opens from a button then.
        self.unit_button = button(_("Semua unit"), icon="network", tip=_("Pilih unit kerja (F4)"))
        self.unit_button.clicked.connect(self.open_units)
        self.unit_button.hide()
        self.page.add_before_search(self.unit_button, lambda: self.tree.select(None))

    @property
    def narrow(self) -> bool:
        """Whether there is no room for the unit tree beside the list."""
        return self.width() < theme.tokens().px(_THREE_ZONES)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fit_margins(self, self._outer, ends=theme.GAP)
        self._show_zones()

    def minimumSizeHint(self) -> QSize:
        return QSize(760, 290)

    def _show_zones(self) -> None:
        self.where.setVisible(self._people > 0 and not self.narrow)
        self.unit_button.setVisible(self._people > 0 and self.narrow)
        self.panel.setVisible(self._people > 0)

    def open_units(self) -> None:
        """The unit tree: in its zone, or as a window below its button where there is no room for a zone."""
        if not self.narrow:
            self.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        popup = UnitPopup(self.tree, lambda: self.where.body.addWidget(self.tree, 1), self)
        popup.open_below(self.unit_button)

    def _connect(self, bus: ChangeBus) -> None:
        self.tree.chosen.connect(self._unit_chosen)
        self.page.current_row.connect(self._row_changed)
        self.page.spec_changed.connect(self._spec_changed)
        self.panel.edit_asked.connect(self.people.edit)
        self.panel.leave_asked.connect(self.people.deactivate)
        self.panel.return_asked.connect(self.people.reactivate)
        self.panel.head_asked.connect(self.people.make_head)
        self.panel.fill_asked.connect(self.people.edit)
        self.unit_menu = ContextMenu(self.tree, self._unit_entries)
        bus.changed.connect(self._changed)
        for keys, slot in (("Ctrl+N", self.people.add), ("F6", self._next_zone), ("F4", self.open_units)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _unit_entries(self) -> list[Entry | None]:
        return [
            Entry(_("Tambah pegawai di unit ini …"), self.people.add, "Ctrl+N"),
            Entry(_("Ekspor unit ini …"), self.export),
        ]

    # -- showing ------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read units, numbers and list again."""
        status = self._counted = self.page.spec.status

        def read(_progress: object) -> tuple[list[UnitRow], dict[int, int], int, int]:
            people = self._personnel
            return self._reference.units(), people.counts_by_unit(status), people.total(), people.headless_units()

        self._runner.run_read(read, lambda found: self._show_units(*found), owner=self)
        self._count_missing()

    def _count_missing(self) -> None:
        """Which fields the incomplete records of this list lack, for the filter and its numbers."""
        incomplete = self.page.spec.status == "incomplete"
        self.missing.setVisible(incomplete)
        self._posts.setVisible(not incomplete or self._posts.currentIndex() > 0)  # no third line of filters
        self.page.table.setColumnHidden(self._missing_column, not incomplete)
        if not incomplete:
            self.missing.setCurrentIndex(0)
            return
        asked = replace(self.page.spec, missing="")

        def show(counts: dict[str, int]) -> None:
            if replace(self.page.spec, missing="") == asked:
                self._offer_missing(counts)

        self._runner.run_read(lambda _progress: self._personnel.missing_counts(asked), show, owner=self)

    def _offer_missing(self, counts: dict[str, int]) -> None:
        chosen = self.page.spec.missing
        self.missing.blockSignals(True)
        for _place in range(1, self.missing.count()):
            self.missing.removeItem(1)
        for key, number in counts.items():
            if number or key == chosen:
                text = _("{field} kosong ({n})").format(field=field_label(key), n=format_number(number))
                self.missing.addItem(text, key)
        self.missing.setCurrentIndex(max(0, self.missing.findData(chosen)))
        self.missing.blockSignals(False)

    def show_unit(self, unit_id: int | None) -> None:
        """Go to a unit (from another tab)."""
        self.tree.select(unit_id)

    def show_status(self, status: str) -> None:
        """The list narrowed to a state: the rows behind a number of *Beranda* (``incomplete``)."""
        self.page.clear_filters()
        self.tree.select(None)
        self._states.setCurrentIndex(self._states.findData(status))

    def search(self, text: str) -> None:
        """Look for somebody (from the window's search field)."""
        self.page.search.setText(text)
        self.page.search.search_now()

    def show_person(self, employee_id: int) -> None:
        """Go to one employee (from another tab), also to one who has left."""
        row = self._personnel.rows([employee_id])[0]
        self.page.clear_filters()
        self._states.setCurrentIndex(self._states.findData("active" if row.active else "all"))
        self.people.go_to(employee_id)

    def _show_units(self, units: list[UnitRow], counts: dict[int, int], total: int, headless: int) -> None:
        self._units, self._counts, self._people = units, counts, total
        self.tree.set_units(unit_nodes(units, counts))
        if self.tree.current_id != self.page.spec.unit_id:  # the unit is gone (an undone import)
            self.page.change_spec(unit_id=self.tree.current_id)
        self._show_zones()
        for one in self._list_actions:
            one.setVisible(total > 0)  # the empty state has its own button, and there is nothing to save
        self.page.refresh()
        self._say_state()
        self.headless.show_count(headless)

    def _name_unit(self, name: str) -> None:
        shorten(self.unit_button, name, theme.tokens().px(150), _("Pilih unit kerja (F4)"))

    def _say_state(self) -> None:
        counts = self._counts
        unit = next((row for row in self._units if row.id == self.page.spec.unit_id), None)
        if unit is None:
            offices = sum(row.kind == "OPD" for row in self._units)
            people = sum(counts.get(row.id, 0) for row in self._units if row.parent_id is None)
            text = _("{n} pegawai di {offices} perangkat daerah").format(n=format_number(people), offices=offices)
            self.page.set_title(_("Semua unit") if self._people else _("Pegawai"), text if self._people else "")
            self._name_unit(_("Semua unit"))
            return
        self._name_unit(unit.name)
        self.page.set_title(unit.name, _("{n} pegawai").format(n=format_number(counts.get(unit.id, 0))))
        if unit.head_name:
            self._say_head(unit, unit.head_name)
        elif unit.head_id is None:
            self._say_head(unit, "")
        else:
            head = unit.head_id
            self._runner.run_read(
                lambda _progress: self._personnel.rows([head]),
                lambda rows: self._say_head(unit, rows[0].name if rows else ""),
                owner=self,
            )

    def _say_head(self, unit: UnitRow, name: str) -> None:
        if self.page.spec.unit_id != unit.id:
            return
        count = self.page.state_label.text().split(" · ")[0]
        head = _("pimpinan: {name}").format(name=name) if name else _("belum ada pimpinan")
        self.page.set_state(f"{count} · {head}")

    def _unit_chosen(self, unit_id: int | None) -> None:
        self.page.change_spec(unit_id=unit_id)
        self._say_state()

    def _spec_changed(self, spec: EmployeeSpec) -> None:
        """The numbers in the tree count whom the list shows: active, inactive or all."""
        if spec.status != self._counted:
            self.reload()
        elif spec.status == "incomplete":
            self._count_missing()

    def _row_changed(self, row: EmployeeRow | None) -> None:
        self._asked += 1
        if row is None:
            self.panel.show_nobody(self.page.table.chosen_count)
            return
        self.panel.wait_for(row.id)
        number, person = self._asked, row.id

        def show(card: PersonCard) -> None:
            if number == self._asked:
                self.panel.show_card(card)

        def gone(error: BaseException) -> None:
            if not isinstance(error, InputError):
                messages.show_error(self, error)
            elif number == self._asked:  # taken back by an undo since the list was read; the list follows
                self.panel.show_nobody()

        self._runner.run_read(lambda _progress: self._read_card(person), show, gone, owner=self)

    def _read_card(self, employee_id: int) -> PersonCard:
        detail = self._personnel.detail(employee_id)
        today = self._personnel.today
        issues = rules.validate(detail.values, today)
        return PersonCard(detail, self._personnel.history(detail.row.rid), issues, today)

    def _changed(self, change_set: ChangeSet) -> None:
        if change_set.touches(*_CONCERNED):
            self.reload()
            self._row_changed(self.page.table.row())

    @property
    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """For the status line."""
        return (
            ("Enter", _("ubah")),
            ("Ctrl+N", _("tambah")),
            ("Ctrl+F", _("cari")),
            ("F4", _("unit kerja")),
            ("F6", _("pindah bagian")),
        )

    def on_shown(self) -> None:
        """Arrows and Enter work at once, without a click."""
        focused = QApplication.focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            self.page.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _next_zone(self) -> None:
        """F6 walks units → list → person."""
        zones: list[QWidget] = [self.tree, self.page.table, self.panel.area]
        focused = QGuiApplication.focusObject()
        here = next((n for n, zone in enumerate(zones) if zone is focused), -1)
        zones[(here + 1) % len(zones)].setFocus(Qt.FocusReason.TabFocusReason)

    def export(self) -> None:
        """Hand the list as it is filtered now to whoever writes workbooks."""
        self._export(self.page.spec)

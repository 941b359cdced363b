"""The frame of a list: title and state in words, actions, search and filters, table, designed empty states, count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_number
from asn_desktop.gui import low_screen, messages, theme
from asn_desktop.gui.paged_model import PagedTableModel, TableColumn, TableQuery
from asn_desktop.gui.table_view import TableView, ViewSettings
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import (
    ElidedLabel,
    EmptyState,
    SearchField,
    YieldingWords,
    button,
    combo,
    label,
    tool_button,
)
from asn_desktop.gui.widgets.flow import FlowLayout


class TablePage(QFrame):
    """A white card that holds a list. Fill it in the tab's constructor, then call :meth:`load`.

    With a ``runner`` the ids are searched and sorted in the background (lists of tens of thousands); rows of the
    visible page are always read at once.

    ``spec`` is the query's dataclass; the search field writes its field ``search``,
    filters write theirs, headers write ``sort`` and ``descending``.
    """

    current_row = Signal(object)
    opened = Signal(object)
    spec_changed = Signal(object)

    def __init__(
        self,
        title: str,
        columns: Sequence[TableColumn],
        query: TableQuery,
        spec: Any,
        parent: QWidget | None = None,
        *,
        noun: str = "",
        search_hint: str = "",
        two_lines: bool = False,
        multi: bool = True,
        settings: ViewSettings | None = None,
        settings_key: str = "",
        runner: Runner | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._noun = noun or _("baris")
        self._start_spec = spec
        self.model = PagedTableModel(columns, query, spec, self)
        if runner is not None:
            self.model.background = lambda read, show: runner.run_read(lambda _p: read(), show, owner=self)
        self.table = TableView(
            self.model, self, two_lines=two_lines, multi=multi, settings=settings, settings_key=settings_key
        )
        self.title_label = ElidedLabel(title, "title", self)
        self.state_label = label("", "secondary", wrap=True, parent=self)
        self.state_label.hide()
        self.search = SearchField(search_hint or _("Cari …"), self)
        self.count_label = label("", "secondary", parent=self)
        self._empty: QWidget | None = None
        self._resets: list[Callable[[], object]] = []
        self._build()
        self._connect()

    # building -----------------------------------------------------------------------------------------

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        self._head = head = QGridLayout()
        head.setHorizontalSpacing(theme.GAP)
        head.setVerticalSpacing(2)
        head.setColumnStretch(0, 1)
        self.actions_row = QHBoxLayout()
        self.actions_row.setSpacing(theme.SPACE)
        head.addWidget(self.title_label, 0, 0)
        head.addWidget(self.state_label, 1, 0)
        head.addLayout(self.actions_row, 0, 1, 2, 1)
        outer.addLayout(head)
        self.banner_place = QVBoxLayout()
        self.banner_place.setContentsMargins(16, 0, 16, 0)
        outer.addLayout(self.banner_place)
        outer.addWidget(self._filter_bar())
        self._stack = QStackedWidget(self)
        self._nothing_found = EmptyState(
            "search", _("Tidak ada yang cocok"), _("Ubah kata pencarian atau saringannya."), _("Kosongkan saringan")
        )
        self._nothing_found.activated.connect(self.clear_filters)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nothing_found)
        self._stack.setMinimumHeight(theme.tokens().px(96))
        outer.addWidget(self._stack, 1)
        foot = QFrame(self)
        foot.setProperty("listfoot", True)
        row = QHBoxLayout(foot)
        row.addWidget(self.count_label)
        row.addStretch(1)
        self.foot_row = row
        outer.addWidget(foot)
        self._fit_height()

    def _fit_height(self) -> None:
        """A low window gives its height to the rows."""
        low = low_screen.is_low(self)
        self._head.setContentsMargins(16, 8 if low else 12, 16, 6 if low else 10)
        self._bar_grid.setContentsMargins(16, 0, 12, 6 if low else 10)
        self.foot_row.setContentsMargins(16, 2 if low else 6, 16, 2 if low else 6)

    def _filter_bar(self) -> QWidget:
        bar = QWidget(self)
        self._bar_grid = QGridLayout(bar)
        self._bar_grid.setHorizontalSpacing(theme.SPACE)
        self._bar_grid.setVerticalSpacing(theme.SPACE)
        self._bar_grid.setColumnStretch(0, 1)
        self.search.setMinimumWidth(min(theme.tokens().px(200), self.search.width_of_hint()))
        self.search.setMaximumWidth(theme.tokens().px(440))
        self._where_and_what = QHBoxLayout()
        self._where_and_what.setSpacing(theme.SPACE)
        self._where_and_what.addWidget(self.search, 1)
        self._filter_zone = QWidget(bar)
        self._filters = FlowLayout(self._filter_zone, spacing=theme.SPACE)
        self.columns_button = tool_button("columns-3", _("Pilih kolom"), parent=bar)
        self.filter_button = tool_button("list-filter", _("Tampilkan saringan"), parent=bar)
        self.filter_button.setCheckable(True)
        self.filter_button.toggled.connect(lambda _on: self._arrange_filters())
        self._bar_grid.addLayout(self._where_and_what, 0, 0)
        self._bar_grid.addWidget(self._filter_zone, 0, 1)
        self._bar_grid.addWidget(self.filter_button, 0, 2)
        self._bar_grid.addWidget(self.columns_button, 0, 3)
        self._bar = bar
        bar.installEventFilter(self)
        return bar

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()
        self._arrange_head()
        self._arrange_filters()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._bar and event.type() == QEvent.Type.LayoutRequest:  # a filter became wider
            self._arrange_filters()
        return super().eventFilter(watched, event)

    def _arrange_filters(self) -> None:
        """Filters stand beside the search where both fit, otherwise below it."""
        parts = (self._where_and_what.minimumSize(), self._filters.sizeHint(), self.columns_button.sizeHint())
        needed = sum(part.width() for part in parts) + 2 * theme.SPACE + 28  # and the margins of the bar
        beside = needed <= self.width()
        place = (0, 1, 1, 1) if beside else (1, 0, 1, 4)
        if self._bar_grid.getItemPosition(self._bar_grid.indexOf(self._filter_zone)) != place:
            self._bar_grid.removeWidget(self._filter_zone)
            self._bar_grid.addWidget(self._filter_zone, *place)
        # Where height is short too, the second line opens from a button; a filter that is set stays in sight.
        folded = not beside and low_screen.is_low(self) and self._filters.count() > 0
        self.filter_button.setVisible(folded and not self._filter_set)
        self._filter_zone.setVisible(not folded or self._filter_set or self.filter_button.isChecked())

    @property
    def _filter_set(self) -> bool:
        boxes, chips = self._filter_zone.findChildren(QComboBox), self._filter_zone.findChildren(QPushButton)
        return any(box.currentIndex() > 0 for box in boxes) or any(chip.isChecked() for chip in chips)

    def _arrange_head(self) -> None:
        """The sentence of the state stands beside the actions where it fits, otherwise below on a whole line."""
        metrics = self.state_label.fontMetrics()
        room = self.width() - self.actions_row.sizeHint().width() - theme.GAP - 34
        beside = metrics.horizontalAdvance(self.state_label.text()) < room
        state, actions = ((1, 0, 1, 1), (0, 1, 2, 1)) if beside else ((1, 0, 1, 2), (0, 1, 1, 1))
        if self._head.getItemPosition(self._head.indexOf(self.state_label)) != state:
            self._head.removeWidget(self.state_label)
            self._head.addWidget(self.state_label, *state)
            self._head.removeItem(self.actions_row)
            self._head.addLayout(self.actions_row, *actions)

    def _connect(self) -> None:
        self.table.current_row.connect(self.current_row)
        self.table.opened.connect(self.opened)
        self.model.counted.connect(self._show_count)
        self.table.selectionModel().selectionChanged.connect(lambda *_args: self._show_count(len(self.model.ids)))
        self.search.searched.connect(self._searched)
        self.columns_button.clicked.connect(
            lambda: self.table.choose_columns(self.columns_button.mapToGlobal(self.columns_button.rect().bottomLeft()))
        )
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._find)

    def add_action(
        self, text: str, slot: Callable[[], object], *, icon: str = "", primary: bool = False, tip: str = ""
    ) -> QPushButton:
        """A button at the right of the title. Add the one primary action last: its place never moves."""
        result = button(text, kind="primary" if primary else "", icon=icon, tip=tip, parent=self, clicked=slot)
        self.actions_row.addWidget(result)
        return result

    def yield_words(self, *actions: QPushButton) -> None:
        """Where the head has no room for all words, these actions show their icons alone, in this order."""
        YieldingWords(self, self._head, actions)

    def add_row_action(
        self, text: str, slot: Callable[[], object], shortcut: str = "", *, several: bool = False
    ) -> QAction:
        """An entry of the row's context menu, with a key that works while the table has the focus.

        ``several`` says that it acts on all chosen rows; otherwise it needs one, and says so.
        """
        action = QAction(text, self.table)
        action.setData(several)
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda: slot() if several or self._one_chosen() else None)
        self.table.addAction(action)
        return action

    def _one_chosen(self) -> bool:
        """Whether one row is chosen; otherwise the person reads why nothing happened."""
        count = self.table.chosen_count
        if count > 1:
            text = _("{n} {noun} dipilih. Pilih satu saja untuk langkah ini.")
            messages.notify(self, text.format(n=format_number(count), noun=self._noun))
        return count == 1

    def add_choice(self, name: str, choices: Sequence[tuple[str, str]], field: str) -> QComboBox:
        """A drop-down filter that writes ``field`` of the spec; the first choice is the one without a filter."""
        result = combo(choices, parent=self)
        result.setAccessibleName(name)
        result.setToolTip(name)
        result.currentIndexChanged.connect(lambda _i: self.change_spec(**{field: result.currentData()}))
        self._filters.addWidget(result)
        self._resets.append(lambda: result.setCurrentIndex(0))
        return result

    def add_toggle(self, text: str, field: str, on: Any = True, off: Any = False) -> QPushButton:
        """A chip that switches ``field`` of the spec between two values."""
        result = button(text, parent=self)
        result.setProperty("filter", True)
        result.setCheckable(True)
        result.toggled.connect(lambda checked: self.change_spec(**{field: on if checked else off}))
        self._filters.addWidget(result)
        self._resets.append(lambda: result.setChecked(False))
        return result

    def add_filter_widget(self, widget: QWidget, reset: Callable[[], object]) -> None:
        """Any other filter; ``reset`` is called by *Kosongkan saringan*."""
        self._filters.addWidget(widget)
        self._resets.append(reset)

    def add_before_search(self, widget: QWidget, reset: Callable[[], object]) -> None:
        """Something that chooses where to search (a unit); ``reset`` as for filters."""
        self._where_and_what.insertWidget(self._where_and_what.count() - 1, widget)
        self._resets.append(reset)

    def set_empty(self, state: EmptyState) -> None:
        """What is shown when there is nothing at all and no filter is set."""
        self._empty = state
        self._stack.addWidget(state)

    def add_banner(self, widget: QWidget) -> None:
        """A notice between the title and the filters (what is due, what is locked)."""
        self.banner_place.addWidget(widget)

    # state --------------------------------------------------------------------------------------------

    @property
    def spec(self) -> Any:
        return self.model.spec

    def set_title(self, title: str, state: str = "") -> None:
        """The title and the sentence that says the state: how many of how many, which deadline, how long."""
        self.title_label.set_text(title)
        self.set_state(state)

    def set_state(self, state: str) -> None:
        self.state_label.setText(state)
        self.state_label.setVisible(bool(state))
        self._arrange_head()

    def load(self, spec: Any = None) -> None:
        """Read the list (with another spec, if given)."""
        self.model.load(self.model.spec if spec is None else spec)

    def refresh(self) -> None:
        """Read again after a change; the chosen rows stay, or the next one is chosen."""
        self.model.refresh()

    def change_spec(self, **changes: Any) -> None:
        """Set fields of the spec and read the list."""
        spec = replace(self.model.spec, **changes)
        if spec != self.model.spec:
            self.load(spec)
            self._arrange_filters()
            self.spec_changed.emit(spec)

    def clear_filters(self) -> None:
        """Take back the search and every filter."""
        self.search.clear()
        self.search.search_now()
        for reset in self._resets:
            reset()

    @property
    def filtered(self) -> bool:
        """Whether the list is narrowed (by anything but its order)."""
        return bool(_without_order(self.model.spec) != _without_order(self._start_spec))

    def _searched(self, text: str) -> None:
        self.change_spec(search=text)

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _show_count(self, count: int) -> None:
        chosen = self.table.chosen_count if count else 0
        text = f"{format_number(count)} {self._noun}"
        self.count_label.setText(
            _("{text} · {n} dipilih").format(text=text, n=format_number(chosen)) if chosen > 1 else text
        )
        if count:
            self._stack.setCurrentWidget(self.table)
        elif self._empty is not None and not self.filtered:
            self._stack.setCurrentWidget(self._empty)
        else:
            self._stack.setCurrentWidget(self._nothing_found)
        nothing_at_all = not count and self._empty is not None and not self.filtered
        self._bar.setVisible(not nothing_at_all)


def _without_order(spec: Any) -> Any:
    if is_dataclass(spec) and not isinstance(spec, type) and {"sort", "descending"} <= {f.name for f in fields(spec)}:
        return replace(spec, sort="", descending=False)
    return spec

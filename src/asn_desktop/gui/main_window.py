"""The frame of the program: menus, head, tabs built when first seen, status line. Knows no subject and no service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from asn_desktop.core.i18n import _
from asn_desktop.gui import icons, low_screen, theme
from asn_desktop.gui.dialogs import FRAME
from asn_desktop.gui.header import Header
from asn_desktop.gui.looks import apply_look
from asn_desktop.gui.status_line import StatusLine
from asn_desktop.gui.table_view import NoViewSettings, ViewSettings
from asn_desktop.gui.widgets import Chip

SETTINGS_KEY = "window"


@dataclass(frozen=True, slots=True)
class TabSpec:
    """A tab: built by ``factory`` when it is first shown.

    The widget may have: ``key_hints`` (pairs of key and text) and a signal ``hints_changed``, ``on_shown()`` (called
    each time it comes to the front), ``reload()`` (F5), ``has_unsaved() -> bool`` and ``may_close() -> bool`` (asked
    before the window closes).
    """

    key: str
    title: str
    icon: str
    factory: Callable[[], QWidget]
    hints: Sequence[tuple[str, str]] = ()


class MainWindow(QMainWindow):
    """Create it, add entries to its menus, :meth:`show_tabs`, show."""

    period_changed = Signal(str)
    undo_requested = Signal()
    redo_requested = Signal()
    tab_shown = Signal(str)
    files_dropped = Signal(list)
    """``list[Path]`` of files dragged onto the window from anywhere."""
    appearance_changed = Signal(bool, bool)
    """(large text, high contrast), after the look was applied."""
    closed = Signal()

    def __init__(self, *, settings: ViewSettings | None = None, title: str = "ASN Desktop") -> None:
        super().__init__()
        self._settings = settings or NoViewSettings()
        self._specs: list[TabSpec] = []
        self._built: dict[str, QWidget] = {}
        self._tab_keys: list[QShortcut] = []
        self.setWindowTitle(title)
        self.setAcceptDrops(True)
        self.header = Header(self)
        self.header.period_changed.connect(self.period_changed)
        self.tabs = QTabBar(self)
        self.tabs.setProperty("main", True)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.currentChanged.connect(self._show_tab)
        self.pages = QStackedWidget(self)
        self.status = StatusLine(self)
        self._lay_out()
        self._make_menus()
        self._take_place()

    # frame ----------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        central = QWidget(self)
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        band = QFrame(central)
        band.setProperty("bar", True)
        row = QHBoxLayout(band)
        row.setContentsMargins(12, 0, 12, 0)
        row.addWidget(self.tabs, 1)
        column.addWidget(band)
        column.addWidget(self.pages, 1)
        column.addWidget(self.status)
        self.setCentralWidget(central)

    def _take_place(self) -> None:
        """The remembered size, or 1366×768, but never with its frame beyond the screen; in the middle of it."""
        stored = self._settings.read(SETTINGS_KEY)
        screen = QGuiApplication.primaryScreen().availableGeometry()
        wanted = QSize(int(stored.get("width", 1366)), int(stored.get("height", 768)))
        size = wanted.boundedTo(screen.size() - FRAME)
        self.fits = size == wanted
        self.resize(size)
        rest = (screen.size() - FRAME - size) / 2
        self.move(screen.topLeft() + QPoint(rest.width(), rest.height()))
        if stored.get("maximized"):
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _make_menus(self) -> None:
        self.file_menu = self._menu(_("&Berkas"))
        self.edit_menu = self._menu(_("&Sunting"))
        self.view_menu = self._menu(_("&Tampilan"))
        self.help_menu = self._menu(_("Ba&ntuan"))
        self.undo_action = self._action(self.edit_menu, _("&Urungkan"), "undo-2", "Ctrl+Z", self.undo_requested.emit)
        self.redo_action = self._action(self.edit_menu, _("U&langi"), "redo-2", "Ctrl+Y", self.redo_requested.emit)
        self.set_undo("")
        self.set_redo("")
        self.large_text = self._toggle(_("&Tulisan besar"), theme.tokens().scale > 1)
        self.high_contrast = self._toggle(_("&Kontras tinggi"), theme.tokens().name == theme.CONTRAST.name)
        self.view_menu.addSeparator()
        self._action(self.view_menu, _("&Muat ulang"), "refresh-cw", "F5", self.reload)
        self.quit_action = QAction(_("&Keluar"), self)
        self.quit_action.setShortcut(QKeySequence("Ctrl+Q"))
        self.quit_action.triggered.connect(self.close)
        self.file_menu.addAction(self.quit_action)

    def _menu(self, text: str) -> QMenu:
        # Made here, not by addMenu(text): what Qt makes itself can lose its Python side while it is in use.
        menu = QMenu(text, self.menuBar())
        self.menuBar().addMenu(menu)
        return menu

    def _action(self, menu: Any, text: str, icon: str, keys: str, slot: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        icons.set_icon(action, icon, "muted")
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda: slot())
        menu.addAction(action)
        return action

    def add_file_action(self, text: str, slot: Callable[[], object], *, icon: str = "", keys: str = "") -> QAction:
        """An entry of *Berkas*, before *Keluar*."""
        action = self._action(self.file_menu, text, icon or "file-text", keys, slot)
        self.file_menu.insertAction(self.quit_action, action)
        return action

    def add_help_action(self, text: str, slot: Callable[[], object], *, icon: str = "", keys: str = "") -> QAction:
        return self._action(self.help_menu, text, icon or "circle-help", keys, slot)

    def _toggle(self, text: str, on: bool) -> QAction:
        action = QAction(text, self)
        action.setCheckable(True)
        action.setChecked(on)
        action.toggled.connect(lambda _on: self._change_appearance())
        self.view_menu.addAction(action)
        return action

    def set_undo(self, label: str) -> None:
        """What Ctrl+Z would take back (*nilai 12 pegawai*); empty: nothing."""
        self.undo_action.setText(_("&Urungkan {what}").format(what=label).strip() if label else _("&Urungkan"))
        self.undo_action.setEnabled(bool(label))

    def set_redo(self, label: str) -> None:
        self.redo_action.setText(_("U&langi {what}").format(what=label).strip() if label else _("U&langi"))
        self.redo_action.setEnabled(bool(label))

    # tabs -----------------------------------------------------------------------------------------------

    def show_tabs(self, specs: Sequence[TabSpec], current: str = "") -> None:
        """The tabs in order; only the current one is built now."""
        self._specs = list(specs)
        self.tabs.ensurePolished()  # measured with the style of the main tabs, not with that of other tab bars
        self.tabs.blockSignals(True)
        for spec in self._specs:
            look = theme.tokens()
            self.tabs.addTab(icons.icon(spec.icon, look.muted, on_color=look.accent), spec.title)
            self.pages.addWidget(QWidget(self.pages))
        self.tabs.setIconSize(QSize(theme.tokens().px(18), theme.tokens().px(18)))
        self.tabs.blockSignals(False)
        for number in range(min(9, len(self._specs))):
            key = QShortcut(QKeySequence(f"Ctrl+{number + 1}"), self)
            key.activated.connect(lambda n=number: self.tabs.setCurrentIndex(n))
            self._tab_keys.append(key)
        for keys, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            key = QShortcut(QKeySequence(keys), self)
            key.activated.connect(lambda by=step: self.tabs.setCurrentIndex(self._neighbour(by)))
            self._tab_keys.append(key)
        for number, spec in enumerate(self._specs):
            self.tabs.setTabToolTip(number, f"{spec.title} (Ctrl+{number + 1})")
        self._fit_tabs()
        self.go_to(current or self._specs[0].key).setFocus()

    def _neighbour(self, step: int) -> int:
        return (self.tabs.currentIndex() + step) % len(self._specs)

    def go_to(self, key: str) -> QWidget:
        """Bring a tab to the front (building it if needed) and return its widget."""
        place = [spec.key for spec in self._specs].index(key)
        if self.tabs.currentIndex() == place:
            self._show_tab(place)
        else:
            self.tabs.setCurrentIndex(place)
        return self._built[key]

    def tab(self, key: str) -> QWidget | None:
        """The widget of a tab, if it was built already."""
        return self._built.get(key)

    @property
    def current_key(self) -> str:
        place = self.tabs.currentIndex()
        return self._specs[place].key if 0 <= place < len(self._specs) else ""

    def set_badge(self, key: str, count: int) -> None:
        """The number of tasks due beside a tab's title; 0 takes it away."""
        place, side = [spec.key for spec in self._specs].index(key), QTabBar.ButtonPosition.RightSide
        before = self.tabs.tabButton(place, side)
        self.tabs.setTabButton(place, side, _Badge(count, self.tabs) if count else None)
        if before is not None:
            before.deleteLater()  # the tab bar only hides it

    def _show_tab(self, place: int) -> None:
        if not 0 <= place < len(self._specs):
            return
        spec = self._specs[place]
        self.status.leave_refusal()
        widget = self._built.get(spec.key)
        if widget is None:
            widget = self._built[spec.key] = spec.factory()
            if hasattr(widget, "hints_changed"):
                widget.hints_changed.connect(lambda spec=spec: self._show_hints(spec))
            self._replace_page(place, widget)
        self.pages.setCurrentIndex(place)
        self._show_hints(spec)
        self._fit_tabs()
        shown = getattr(widget, "on_shown", None)
        if callable(shown):
            shown()
        self.tab_shown.emit(spec.key)

    def reload(self) -> None:
        """Read again what the current tab shows (F5)."""
        again = getattr(self._built.get(self.current_key), "reload", None)
        if callable(again):
            again()

    def _show_hints(self, spec: TabSpec) -> None:
        if spec.key == self.current_key:
            self.status.set_hints(getattr(self._built[spec.key], "key_hints", spec.hints))

    def _replace_page(self, place: int, widget: QWidget) -> None:
        old = self.pages.widget(place)
        self.pages.insertWidget(place, widget)
        if old is not None:
            self.pages.removeWidget(old)
            old.deleteLater()

    def _fit_tabs(self) -> None:
        """Where the window is narrow, only the current tab keeps its words; the others have icons and tool tips."""
        for number, spec in enumerate(self._specs):
            self.tabs.setTabText(number, spec.title)
        if self.tabs.sizeHint().width() > self.width() - 28:
            for number in range(len(self._specs)):
                if number != self.tabs.currentIndex():
                    self.tabs.setTabText(number, "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()
        self._fit_tabs()

    def _fit_height(self) -> None:
        """In a low window head, tabs and foot take what their texts need."""
        low = low_screen.is_low(self)
        if low == bool(self.tabs.property("low")):
            return
        theme.set_property(self.tabs, "low", low)
        self.header.set_low(low)
        self.status.set_low(low)

    # focus and files ------------------------------------------------------------------------------------

    def focusNextPrevChild(self, forward: bool) -> bool:
        """When what has the focus goes away (a button that was used up), the keys stay in the tab."""
        lost = self.focusWidget()
        following = self._next_in_page(lost) if _went_away(lost) else None
        if following is None:
            return super().focusNextPrevChild(forward)
        following.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _next_in_page(self, lost: QWidget) -> QWidget | None:
        following = lost.nextInFocusChain()
        while following is not None and following is not lost:
            if self.pages.isAncestorOf(following) and _takes_keys(following):
                return following
            following = following.nextInFocusChain()
        return None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        local = any(url.isLocalFile() for url in event.mimeData().urls())
        if local and QApplication.activeModalWidget() is None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        from asn_desktop.gui.exchange.received_files import dropped_files  # looks into folders; not needed before

        found = dropped_files(event)
        if found:
            event.acceptProposedAction()
            self.files_dropped.emit(found)

    # appearance and end ------------------------------------------------------------------------------

    def _change_appearance(self) -> None:
        large, contrast = self.large_text.isChecked(), self.high_contrast.isChecked()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        anew = not any(_ask(widget, "has_unsaved", False) for widget in self._built.values())
        if anew:
            self._drop_tabs()  # first: the new look would be put on all that goes
        apply_look(app, theme.variant(large_text=large, high_contrast=contrast))
        if anew:
            self.rebuild_tabs()
        self.appearance_changed.emit(large, contrast)

    def rebuild_tabs(self) -> None:
        """Build the tabs anew when they are next seen (another text size, another office)."""
        key = self.current_key
        self._drop_tabs()
        for place, spec in enumerate(self._specs):
            look = theme.tokens()
            self.tabs.setTabIcon(place, icons.icon(spec.icon, look.muted, on_color=look.accent))
            badge = self.tabs.tabButton(place, QTabBar.ButtonPosition.RightSide)
            if isinstance(badge, _Badge):
                self.set_badge(spec.key, badge.count)  # the bar asks for its size only once
        self.tabs.setIconSize(QSize(theme.tokens().px(18), theme.tokens().px(18)))
        if key:
            self.go_to(key)

    def _drop_tabs(self) -> None:
        """Let go of all built tabs at once, not only when the event loop comes to it."""
        for place, spec in enumerate(self._specs):
            old = self._built.pop(spec.key, None)
            if old is not None:
                self._replace_page(place, QWidget(self.pages))
                QApplication.sendPostedEvents(old, QEvent.Type.DeferredDelete)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not all(_ask(widget, "may_close", True) for widget in self._built.values()):
            event.ignore()
            return
        size = self.normalGeometry().size() if self.isMaximized() else self.size()
        self._settings.write(
            SETTINGS_KEY, {"width": size.width(), "height": size.height(), "maximized": self.isMaximized()}
        )
        super().closeEvent(event)
        self.closed.emit()


def _went_away(widget: QWidget | None) -> bool:
    return widget is not None and not (widget.isVisible() and widget.isEnabled())


def _takes_keys(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


class _Badge(QWidget):
    """The number of tasks due, a little away from the next tab."""

    def __init__(self, count: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.count = count
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.addWidget(Chip(f"{count}", "attention", self))


def _ask(widget: QWidget, question: str, default: bool) -> bool:
    method = getattr(widget, question, None)
    return bool(method()) if callable(method) else default

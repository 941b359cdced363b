"""The head of the window: whose office this is, the search, the period, who is signed in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from asn_desktop.core.i18n import _
from asn_desktop.gui import theme
from asn_desktop.gui.delegates import Index
from asn_desktop.gui.global_search import GlobalSearch
from asn_desktop.gui.widgets import Chip, ElidedLabel, button, combo

NARROW = 1080
_STATE = Qt.ItemDataRole.UserRole + 1


class _PeriodDelegate(QStyledItemDelegate):
    """A period with its state (*dibuka*, *ditutup*, *belum dibuka*) behind it."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        if state := index.data(_STATE):
            option.text = f"{option.text} · {state}"


class Header(QFrame):
    """``period_changed(code)`` when the person picks another period."""

    period_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("band", True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 16, 6)
        row.setSpacing(theme.SPACE)
        words = QVBoxLayout()
        words.setSpacing(1)
        self.office = ElidedLabel("", "title", self)
        self.purpose = ElidedLabel(_("Pembinaan ASN Berbasis Kinerja"), "secondary", self)
        first = QHBoxLayout()
        first.setSpacing(10)
        self.sample_chip = Chip(_("CONTOH, data rekaan"), "attention", self, icon="info")
        self.sample_chip.setToolTip(_("Semua orang dan data di kantor ini rekaan."))
        self.sample_chip.hide()
        first.addWidget(self.office)
        words.addLayout(first)
        words.addWidget(self.purpose)
        row.addLayout(words, 4)
        row.addWidget(self.sample_chip)
        row.addSpacing(8)
        self.search = GlobalSearch(self)
        self.search.setMinimumWidth(theme.tokens().px(120))
        row.addWidget(self.search, 3)
        self.periods = combo(parent=self)
        self.periods.setAccessibleName(_("Periode"))
        self.periods.setToolTip(_("Periode penilaian yang ditampilkan"))
        self.periods.setItemDelegate(_PeriodDelegate(self.periods))
        self.periods.setMaxVisibleItems(12)
        self.periods.setSizeAdjustPolicy(self.periods.SizeAdjustPolicy.AdjustToContents)
        self.periods.hide()
        self.periods.currentIndexChanged.connect(lambda _i: self._period_picked())
        row.addWidget(self.periods)
        self.user = button(_("Pengguna"), icon="user", parent=self)
        self.user.setProperty("hasmenu", True)
        self.user_menu = QMenu(self.user)
        self.user.setMenu(self.user_menu)
        row.addWidget(self.user)
        find = QShortcut(QKeySequence("Ctrl+K"), self)
        find.activated.connect(self._find)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.tokens().px(640), super().minimumSizeHint().height())

    def set_low(self, low: bool) -> None:
        """Less room above and below, for a low window."""
        self._row.setContentsMargins(20, 3 if low else 8, 16, 3 if low else 6)

    def set_office(self, name: str, *, sample: bool) -> None:
        self.office.set_text(name)
        self.sample_chip.setVisible(sample)

    def set_user(self, name: str) -> None:
        self.user.setText(name)

    def set_periods(self, periods: Sequence[tuple[str, str, str]], current: str = "") -> None:
        """``(code, label, state in words)`` newest first; tells nobody. The state stands in the opened list only."""
        self.periods.blockSignals(True)
        self.periods.clear()
        for place, (code, text, state) in enumerate(periods):
            self.periods.addItem(text, code)
            self.periods.setItemData(place, state, _STATE)
            self.periods.setItemData(place, f"{text}, {state}", Qt.ItemDataRole.AccessibleTextRole)
        view = self.periods.view()
        view.setMinimumWidth(view.sizeHintForColumn(0) + view.verticalScrollBar().sizeHint().width())
        place = self.periods.findData(current)
        self.periods.setCurrentIndex(max(place, 0) if periods else -1)
        self.periods.setVisible(bool(periods))
        self.periods.blockSignals(False)

    @property
    def period(self) -> str:
        """The code of the shown period, empty when there is none."""
        return self.periods.currentData() or ""

    def _period_picked(self) -> None:
        if self.period:
            self.period_changed.emit(self.period)

    def _find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= theme.tokens().px(NARROW)
        self.purpose.setVisible(wide)
        self.sample_chip.set_content(_("CONTOH, data rekaan") if wide else _("CONTOH"), self.sample_chip.tone)

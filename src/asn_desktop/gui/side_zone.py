"""The left zone of a tab: beside the list where there is room, behind a button where there is not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.gui import theme
from asn_desktop.gui.widgets import button

THREE_ZONES = 1180
"""Below this width (150 % on 1366 pixels) there is room for two zones only."""


class SideZone(QScrollArea):
    """Holds the filters. ``toggle`` is the button that opens them in a narrow window; the tab places it."""

    def __init__(self, content: QWidget, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open = False
        self._narrow = False
        self._wanted = True
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content.setProperty("clear", True)
        self.setWidget(content)
        self.setFixedWidth(theme.tokens().px(width))
        self.toggle: QPushButton = button(_("Saring"), icon="list-filter", tip=_("Tampilkan saringan"))
        self.toggle.setCheckable(True)
        self.toggle.toggled.connect(self._toggled)
        self.toggle.hide()

    @property
    def narrow(self) -> bool:
        return self._narrow

    def fit(self, width: int) -> None:
        """Tell the zone how wide the tab is."""
        self._narrow = width < theme.tokens().px(THREE_ZONES)
        self._place()

    def set_wanted(self, wanted: bool) -> None:
        """Whether the present view has filters at all."""
        self._wanted = wanted
        self._place()

    def _toggled(self, on: bool) -> None:
        self._open = on
        self._place()

    def _place(self) -> None:
        self.toggle.setVisible(self._narrow and self._wanted)
        self.setVisible(self._wanted and (self._open or not self._narrow))

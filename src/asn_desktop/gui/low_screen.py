"""Low windows (1366×768 at 150 % leaves 480 logical pixels): less ground around things, so that rows keep room."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLayout, QWidget

from asn_desktop.gui import theme

LOW = 600
"""Below this height of the window its head, its tabs and the margins of the pages become tight."""


def is_low(widget: QWidget) -> bool:
    """Whether the window around ``widget`` is low."""
    return widget.window().height() < theme.tokens().px(LOW)


def screen_is_low() -> bool:
    """Whether every window will be: for what is decided before a window has its size."""
    return QGuiApplication.primaryScreen().availableSize().height() < theme.tokens().px(LOW)


def fit_margins(widget: QWidget, layout: QLayout, sides: int = theme.MARGIN, ends: int = theme.MARGIN) -> None:
    """The margins of a page: the usual ones, in a low window less above and below. Call it in ``resizeEvent``."""
    ends = theme.SPACE if is_low(widget) else ends
    if layout.contentsMargins().top() != ends:
        layout.setContentsMargins(sides, ends, sides, ends)

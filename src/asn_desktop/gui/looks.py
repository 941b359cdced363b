"""A look put on the whole program: fonts, palette, style sheet, icons."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from asn_desktop.gui import icons, stylesheet, theme

_FONTS_OF_WINDOWS = (
    *("QAbstractItemView", "QMenu", "QMenuBar", "QStatusBar", "QTipLabel"),
    *("QDockWidgetTitle", "QMdiSubWindowTitleBar"),
)
"""Kinds of widget that Windows gives a font of its own (8 points), which that of the program does not replace."""


def apply_look(app: QApplication, look: theme.Tokens) -> None:
    """Put a look on the whole program, also on windows that are already open."""
    theme.use(look)
    app.setFont(theme.font())
    app.setPalette(theme.palette(look))
    app.setStyleSheet(stylesheet.build(look))
    for kind in _FONTS_OF_WINDOWS:  # after the style sheet, which brings them back
        app.setFont(theme.font(), kind)  # type: ignore[arg-type]  # PySide6 wants a str and says bytes
    icons.retint(app)
    for widget in app.allWidgets():
        widget.update()

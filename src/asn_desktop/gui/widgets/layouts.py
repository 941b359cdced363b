"""What is done to layouts whose content changes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def empty(layout: QLayout) -> None:
    """Delete the widgets of a layout that is set; layouts inside it stay.

    By ``removeWidget``, not by ``itemAt`` or ``takeAt``: Qt deletes items without telling Python, and what Python then
    has in their place ends the program (:mod:`asn_desktop.gui.layout_wrappers`).
    """
    parent = layout.parentWidget()
    assert parent is not None
    for widget in parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if layout.indexOf(widget) >= 0:
            layout.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

"""Wrappers of layout items, of which none may stay (gui/layout_wrappers.py)."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLayoutItem
from shiboken6 import Shiboken


def item_wrappers() -> list[QLayoutItem]:
    """All of them that Python takes for alive. They are not asked for anything: their item may be gone."""
    wrappers = Shiboken.getAllValidWrappers()
    return [each for each in wrappers if isinstance(each, QLayoutItem) and not isinstance(each, QObject)]

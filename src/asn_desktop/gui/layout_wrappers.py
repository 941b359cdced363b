"""A trap of PySide6 and its answer: wrappers of layout items outlive the items.

``addLayout`` makes a Python wrapper of every item of a layout that is already filled. Qt deletes such an item whenever
its widget goes elsewhere, and tells nobody. The wrapper then stands for whatever is made at that address next: where
that is a widget, PySide asks the wrapper for the widget's class and the program falls (under Wine: in *Beranda* and
in questions). We never use these wrappers, so they are dropped where they are made. Written for PySide6 6.11.3;
tests/gui/test_layout_wrappers.py says whether it is still needed.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QBoxLayout, QFormLayout, QGridLayout, QLayout, QWidget
from shiboken6 import Shiboken

_MAKERS: tuple[tuple[type, tuple[str, ...]], ...] = (
    (QBoxLayout, ("addLayout", "insertLayout")),
    (QGridLayout, ("addLayout",)),
    (QFormLayout, ("addRow", "insertRow", "setLayout")),
    (QWidget, ("setLayout",)),
)
"""What takes a layout that may be filled."""


@functools.cache
def keep_none() -> None:
    """From now on no wrapper stays of the items of a layout that is put into another or into a widget."""
    for kind, names in _MAKERS:
        for name in names:
            setattr(kind, name, _dropping(getattr(kind, name)))


def _dropping(method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def called(*arguments: Any, **named: Any) -> Any:
        result = method(*arguments, **named)
        for each in arguments[1:]:
            if isinstance(each, QLayout):
                _drop(each)
        return result

    return called


def _drop(layout: QLayout) -> None:
    if type(layout).itemAt not in _ITEM_AT:  # a layout written in Python holds the wrappers itself
        return
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if isinstance(item, QLayout):
            _drop(item)
        elif item is not None:
            Shiboken.invalidate(item)


_ITEM_AT = tuple(kind.itemAt for kind in (QBoxLayout, QGridLayout, QFormLayout))

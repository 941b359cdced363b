"""No wrapper of a layout item outlives it; the reason is told in gui/layout_wrappers.py."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from asn_desktop.gui.widgets import empty
from tests.gui.layout_items import item_wrappers

UNPATCHED = """
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from tests.gui.layout_items import item_wrappers
application = QApplication([])
window = QWidget()
column, row = QVBoxLayout(window), QHBoxLayout()
row.addWidget(QWidget(window))
column.addLayout(row)
print(len(item_wrappers()))
"""


@pytest.fixture
def window() -> Iterator[QWidget]:
    made = QWidget()
    yield made
    shiboken6.delete(made)


@pytest.mark.parametrize("outer_kind", [QVBoxLayout, QGridLayout])
def test_a_filled_layout_is_added_without_wrappers_of_its_items(window: QWidget, outer_kind: type[QLayout]) -> None:
    before = len(item_wrappers())
    outer, inner, innermost = outer_kind(window), QHBoxLayout(), QVBoxLayout()
    innermost.addWidget(QWidget(window))
    innermost.addStretch(1)
    inner.addLayout(innermost)
    inner.addWidget(QWidget(window))
    assert isinstance(outer, QVBoxLayout | QGridLayout)
    outer.addLayout(inner, *([0, 0] if isinstance(outer, QGridLayout) else []))  # type: ignore[call-overload]
    assert len(item_wrappers()) == before


def test_a_filled_layout_is_set_without_wrappers_of_its_items(window: QWidget) -> None:
    before = len(item_wrappers())
    row = QHBoxLayout()
    row.addWidget(QWidget(window))
    window.setLayout(row)
    assert len(item_wrappers()) == before


def test_pyside_still_makes_them_by_itself() -> None:
    """Where this fails, gui/layout_wrappers.py is no longer needed."""
    done = subprocess.run([sys.executable, "-c", UNPATCHED], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.split() == ["1"]


def test_an_emptied_layout_keeps_what_is_not_its_own(window: QWidget) -> None:
    column, row = QVBoxLayout(window), QHBoxLayout()
    inside, other = QWidget(window), QWidget(window)
    row.addWidget(inside)
    column.addLayout(row)
    column.addWidget(other)
    empty(row)
    assert (row.count(), column.count(), inside.isHidden()) == (0, 2, True)

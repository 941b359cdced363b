"""What Qt keeps in a layout is not looked at from Python: its wrapper would outlive it (gui/layout_wrappers.py)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

GUI = Path(__file__).parents[2] / "src" / "asn_desktop"


def layout_items_asked_for(source: str) -> list[int]:
    """The lines that call ``itemAt`` or ``takeAt``."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [
        call.lineno for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in ("itemAt", "takeAt")
    ]


MODULES = [path for path in (GUI / "gui").rglob("*.py") if path.name != "layout_wrappers.py"]
"""But for the one that drops these wrappers."""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_layout_is_asked_for_its_items(path: Path) -> None:
    assert not layout_items_asked_for(path.read_text(encoding="utf-8")), "use empty(layout)"


def test_such_a_call_is_found() -> None:
    assert layout_items_asked_for("row = 1\nitem = self.body.itemAt(0)\n") == [2]

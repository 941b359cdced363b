"""Menus and actions that are kept are made by us: the Python side of what Qt makes itself can die while in use."""

from __future__ import annotations

import ast
from pathlib import Path

import asn_desktop.gui

GUI = Path(asn_desktop.gui.__file__).parent
FACTORIES = {"addAction", "addMenu", "addSeparator", "addSection", "addToolBar"}


def _kept(tree: ast.AST) -> list[int]:
    """Lines that keep, as an attribute, what such a call has made."""
    return [
        found.lineno
        for found in ast.walk(tree)
        if isinstance(found, ast.Assign | ast.AnnAssign)
        and isinstance(found.value, ast.Call)
        and isinstance(found.value.func, ast.Attribute)
        and found.value.func.attr in FACTORIES
        and any(
            isinstance(target, ast.Attribute)
            for target in (found.targets if isinstance(found, ast.Assign) else [found.target])
        )
    ]


def test_kept_menus_and_actions_are_made_here() -> None:
    """A search field lost its “x” this way after a dialog had closed: every key in it ended in ASN-9000."""
    found = {
        f"{path.relative_to(GUI)}:{line}"
        for path in GUI.rglob("*.py")
        for line in _kept(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert not found, "make it with QAction(…, parent) or QMenu(…, parent) and add that"


def test_the_check_sees_a_kept_action() -> None:
    assert _kept(ast.parse("self.bin = menu.addAction('Hapus')\nmenu.addAction('Salin').trigger()")) == [1]

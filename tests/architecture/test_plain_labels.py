"""Data is shown as plain text: what could take a name for HTML is made in two places only (tests/gui/test_plain_text.py)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

GUI = Path(__file__).parents[2] / "src" / "asn_desktop"
HOMES = {
    "QLabel": "gui/widgets/controls.py",
    "QTextBrowser": "gui/widgets/shipped_text.py",
    "setMarkdown": "gui/widgets/shipped_text.py",
    "setTextFormat": "gui/widgets/controls.py",
    "setHtml": "gui/table_view.py",  # the table on the clipboard, escaped in paged_model
}
"""What takes a text for markup, unless told otherwise → the one module that may make or call it."""
NOWHERE = (
    "QErrorMessage", "QInputDialog", "QMessageBox", "QProgressDialog", "QSplashScreen", "QStaticText", "QTextDocument",
    "QTextEdit", "QWhatsThis", "QWizard", "appendHtml", "drawStaticText", "insertHtml",
)  # fmt: skip


def made_or_called(source: str) -> Iterator[tuple[int, str]]:
    """(line, name) of every call and every base class."""
    for node in ast.walk(ast.parse(source)):
        named = [node.func] if isinstance(node, ast.Call) else node.bases if isinstance(node, ast.ClassDef) else []
        for each in named:
            name = each.attr if isinstance(each, ast.Attribute) else getattr(each, "id", "")
            yield each.lineno, name


def out_of_place(source: str, module: str) -> list[str]:
    return [
        f"{module}:{line} {name}"
        for line, name in made_or_called(source)
        if name in NOWHERE or (name in HOMES and HOMES[name] != module)
    ]


def test_only_the_shared_parts_make_what_can_show_markup() -> None:
    modules = [*(GUI / "gui").rglob("*.py"), GUI / "app.py", *(GUI / "self_test").rglob("*.py")]
    assert len(modules) > 150
    found = [
        line
        for path in modules
        for line in out_of_place(path.read_text(encoding="utf-8"), path.relative_to(GUI).as_posix())
    ]
    assert not found, "use label(), picture(), SectionTitle, ElidedLabel or ShippedText"


@pytest.mark.parametrize("name", HOMES)
def test_every_exception_is_still_needed(name: str) -> None:
    home = (GUI / HOMES[name]).read_text(encoding="utf-8")
    assert name in {found for _line, found in made_or_called(home)}


@pytest.mark.parametrize(
    "source",
    [
        "QLabel(text)",
        "QtWidgets.QLabel()",
        "class Title(QLabel): ...",
        "QMessageBox.x; QMessageBox()",
        "view.setHtml(t)",
    ],
)
def test_the_guard_sees(source: str) -> None:
    assert out_of_place(source, "gui/somewhere.py")

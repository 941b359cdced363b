"""What is loaded before the first window decides how long a person waits: heavy libraries come when they are used."""

from __future__ import annotations

import ast
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import asn_desktop
from asn_desktop.gui import loading

WRITERS = ["reportlab", "xlsxwriter", "pypdfium2", "holidays", "openpyxl", "rapidfuzz", "python_calamine", "PIL"]
DATABASE = ["sqlalchemy", "sqlcipher3", "nacl"]
NOT_BEFORE_THE_WINDOW = [
    *WRITERS,
    "defusedxml",
    "asn_desktop.exchange.service",
    "asn_desktop.reports",
    "asn_desktop.sample.office",
    "asn_desktop.gui.personnel",
    "asn_desktop.gui.appraisal",
    "asn_desktop.gui.training.tab",
    "asn_desktop.gui.remediation",
    "asn_desktop.gui.exchange",
]


def loaded_by(*modules: str) -> set[str]:
    """Names in ``sys.modules`` of a fresh process after importing ``modules``."""
    code = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    return set(done.stdout.split())


def test_the_sign_in_window_needs_neither_database_nor_writers() -> None:
    found = loaded_by("asn_desktop.app", "asn_desktop.gui.start.sign_in", "asn_desktop.gui.start.first_start")
    assert "PySide6" in found
    assert not found.intersection([*WRITERS, *DATABASE])


@pytest.mark.parametrize("module", loading.MODULES)
def test_an_open_office_loads_nothing_of_a_later_step(module: str) -> None:
    assert not loaded_by(module).intersection(NOT_BEFORE_THE_WINDOW)


def test_importing_reads_no_source_text() -> None:
    """PySide6 would look into every module that is imported after it (see ``asn_desktop.gui``)."""
    code = "import asn_desktop.gui, builtins; print(builtins.__import__.__name__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() != "__feature_import__"


def test_what_may_be_asked_for_next_is_loaded_behind_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []
    monkeypatch.setattr(loading, "import_module", loaded.append)
    loading.load_later()
    for thread in threading.enumerate():
        if thread.name == "later":
            thread.join(timeout=30)
    assert tuple(loaded) == loading.LATER


@pytest.mark.parametrize("module", loading.LATER)
def test_what_is_loaded_behind_the_window_can_be_loaded_by_itself(module: str) -> None:
    assert module in loaded_by(module)


def test_no_module_imports_itself_through_others() -> None:
    """Two threads may import at the same time (``loading``): in a circle the second one would see half a module."""
    root = Path(asn_desktop.__file__).parent.parent
    modules = {
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): path
        for path in (root / "asn_desktop").rglob("*.py")
    }
    left = {
        name: {found for found in _imported(ast.parse(path.read_text("utf-8")).body) if found in modules} - {name}
        for name, path in modules.items()
    }
    assert any(left.values())
    while ready := [name for name, needs in left.items() if not needs & left.keys()]:
        for name in ready:
            del left[name]
    assert not left, "in a circle, or above one"


def _imported(body: Sequence[ast.stmt]) -> Iterator[str]:
    """What is imported as soon as the module is; a type checker's imports are not."""
    for statement in body:
        if isinstance(statement, ast.Import):
            yield from (alias.name for alias in statement.names)
        elif isinstance(statement, ast.ImportFrom):
            yield from (f"{statement.module}.{alias.name}" for alias in statement.names)
            yield str(statement.module)
        elif isinstance(statement, ast.If) and "TYPE_CHECKING" not in ast.unparse(statement.test):
            yield from _imported((*statement.body, *statement.orelse))
        elif isinstance(statement, ast.Try):
            yield from _imported(statement.body)

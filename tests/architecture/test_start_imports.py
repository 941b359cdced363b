"""What is loaded before the first window decides how long a person waits: heavy libraries come when they are used."""

from __future__ import annotations

import subprocess
import sys

import pytest

WRITERS = {"reportlab", "xlsxwriter", "pypdfium2", "holidays", "openpyxl", "rapidfuzz", "python_calamine", "PIL"}
DATABASE = {"sqlalchemy", "sqlcipher3", "nacl"}


def loaded_by(*modules: str) -> set[str]:
    """Top-level names in ``sys.modules`` of a fresh process after importing ``modules``."""
    code = f"import sys, {', '.join(modules)}; print(*{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    return set(done.stdout.split())


def test_the_sign_in_window_needs_neither_database_nor_writers() -> None:
    found = loaded_by("asn_desktop.app", "asn_desktop.gui.start.sign_in", "asn_desktop.gui.start.first_start")
    assert "PySide6" in found
    assert not found & (WRITERS | DATABASE)


@pytest.mark.parametrize("module", ["asn_desktop.services", "asn_desktop.gui.shell", "asn_desktop.gui.home.tab"])
def test_an_open_office_loads_no_library_for_writing_files(module: str) -> None:
    assert not loaded_by(module) & WRITERS

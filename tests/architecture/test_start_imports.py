"""What is loaded before the first window decides how long a person waits: heavy libraries come when they are used."""

from __future__ import annotations

import subprocess
import sys

import pytest

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

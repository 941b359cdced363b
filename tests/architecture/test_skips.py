"""The list of tests that are not run everywhere is true, and in CI it is the only way to skip one."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.skips import LACKING, MARKERS, SKIPS

TESTS = Path(__file__).parents[1]


def marked() -> Iterator[str]:
    """Every test or class that says where it belongs, as the list names it."""
    for path in TESTS.rglob("test_*.py"):
        file = path.relative_to(TESTS).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and any(map(_is_marker, node.decorator_list)):
                yield f"{file}::{node.name}"
            elif isinstance(node, ast.Assign) and _is_marker(node.value):  # pytestmark: the whole file
                yield file


def _is_marker(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Attribute) and called.attr in MARKERS


def test_the_list_names_exactly_the_tests_that_are_marked() -> None:
    assert sorted(SKIPS) == sorted(marked())


def test_what_a_machine_may_lack_is_still_asked_for() -> None:
    assert [file for file in LACKING if "pytest.skip(" not in (TESTS / file).read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("ci, closing", [("true", "1 failed, 1 passed, 1 error"), ("", "1 passed, 2 skipped")])
def test_a_skip_that_nobody_declared_fails_in_ci_only(tmp_path: Path, ci: str, closing: str) -> None:
    folder = tmp_path / "tests"
    folder.mkdir()
    (folder / "test_one.py").write_text(
        "import pytest\n\n"
        "def test_lacks_a_program():\n    pytest.skip('no LibreOffice')\n\n"
        "@pytest.mark.skip(reason='later')\ndef test_later():\n    pass\n\n"
        "def test_runs():\n    pass\n",
        encoding="utf-8",
    )
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n0",
        "-p",
        "tests.conftest",
        "-p",
        "no:cacheprovider",
        str(folder),
    ]
    environment = {**os.environ, "CI": ci, "PYTHONPATH": str(TESTS.parent)}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", timeout=300, check=False
    )
    assert f"{closing} in" in done.stdout, done.stdout + done.stderr
    if ci:
        assert "tests/skips.py does not allow it: Skipped: no LibreOffice" in done.stdout

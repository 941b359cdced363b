"""The rules of docs/architecture.md, kept by machine."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "asn_desktop"


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def test_import_contracts_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "path", [*sys.path])
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None) == EXIT_STATUS_SUCCESS


def test_a_module_can_be_read_in_one_sitting() -> None:
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    too_long = {key: lines for key, lines in lengths.items() if lines > 400}
    assert not too_long


def test_only_messages_opens_message_boxes() -> None:
    users = [
        name(path)
        for path in modules()
        if "QMessageBox" in path.read_text(encoding="utf-8") and name(path) != "gui/messages.py"
    ]
    assert not users


def test_only_the_unit_of_work_writes_to_the_database() -> None:
    writing = re.compile(
        r"\b(insert|update|delete)\((?:table|[A-Z]\w+(?:\.__table__)?)\)|INSERT INTO|UPDATE \w+ SET|DELETE FROM"
    )
    # A migration has no operation to write in: it moves what the log has told of already.
    allowed = ("storage/unit_of_work.py", "storage/dialect.py", "storage/migrations/taking_over.py")
    found = [
        name(path)
        for path in modules()
        if not name(path).startswith(allowed) and writing.search(path.read_text(encoding="utf-8"))
    ]
    assert not found


def test_no_broad_except_below_the_task_runner() -> None:
    allowed = {"gui/tasks.py", "gui/application.py", "cli/run.py", "self_test/", "devtools"}
    found = [
        name(path)
        for path in modules()
        if re.search(r"except (Exception|BaseException)?\s*:", path.read_text(encoding="utf-8"))
        and not any(name(path).startswith(place) for place in allowed)
        and not re.search(r"except BaseException:\n(\s+.*\n)*?\s+raise\n", path.read_text(encoding="utf-8"))
    ]
    assert not found


def test_every_package_says_what_it_is() -> None:
    silent = [name(path) for path in SOURCE.rglob("__init__.py") if len(path.read_text(encoding="utf-8")) < 40]
    assert not silent

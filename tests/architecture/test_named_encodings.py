"""Windows opens text as cp1252 unless told otherwise: every place that opens text names its encoding."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = ("src", "installers", "benchmarks", "tests")
_TEXT_METHODS = {"read_text": 1, "write_text": 2}
"""Method → how many positional arguments it has before the encoding must have been named (itself included)."""
_PROCESS_CALLS = {"run", "Popen", "check_output", "check_call", "call", "getoutput"}


def opens_text_unnamed(call: ast.Call) -> bool:
    """Whether this call reads or writes text in whatever encoding the system prefers."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    if "encoding" in given or None in given:  # None: **options, which nobody can see into
        return False
    if name in _TEXT_METHODS:
        return len(call.args) < _TEXT_METHODS[name]
    if name in _PROCESS_CALLS:
        return any(_is_true(given.get(option)) for option in ("text", "universal_newlines"))
    if name == "TextIOWrapper":
        return len(call.args) < 2
    if name in ("NamedTemporaryFile", "TemporaryFile"):
        return "b" not in _mode(call, given, 0, "w+b")
    if name == "open" and isinstance(call.func, ast.Name):
        return "b" not in _mode(call, given, 1, "r") and len(call.args) < 4
    if name == "open":  # path.open("w"), but not dialog.open(), archive.open(entry), os.open(path, flags)
        mode = _mode(call, given, 0, "")
        return bool(mode) and set(mode) <= set("rwax+t") and len(call.args) < 3
    return False


def _mode(call: ast.Call, given: dict[str | None, ast.expr], place: int, default: str) -> str:
    node = given.get("mode") or (call.args[place] if len(call.args) > place else None)
    if node is None:
        return default
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _is_true(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


def calls(source: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield node


def test_every_text_file_is_opened_with_a_named_encoding() -> None:
    files = [path for folder in SOURCES for path in (ROOT / folder).rglob("*.py")]
    assert len(files) > 300
    found = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in files
        for call in calls(path.read_text(encoding="utf-8"))
        if opens_text_unnamed(call)
    ]
    assert not found


@pytest.mark.parametrize(
    "code",
    [
        "open(p)",
        "open(p, 'w')",
        "p.open('w')",
        "p.read_text()",
        "p.write_text(t)",
        "subprocess.run(c, text=True)",
        "tempfile.NamedTemporaryFile('w')",
        "io.TextIOWrapper(raw)",
    ],
)
def test_the_guard_sees(code: str) -> None:
    assert any(opens_text_unnamed(call) for call in calls(code))


@pytest.mark.parametrize(
    "code",
    [
        "open(p, encoding='utf-8')",
        "open(p, 'rb')",
        "p.open('wb')",
        "p.read_text('utf-8')",
        "p.read_text(encoding='utf-8')",
        "dialog.open()",
        "archive.open(entry)",
        "subprocess.run(c, capture_output=True)",
        "tempfile.TemporaryFile()",
    ],
)
def test_the_guard_lets_pass(code: str) -> None:
    assert not any(opens_text_unnamed(call) for call in calls(code))

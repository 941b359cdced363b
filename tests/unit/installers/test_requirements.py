"""The pinned Windows wheels are those that ``pyproject.toml`` asks for, each with a hash and without an address."""

from __future__ import annotations

import re
import tomllib

import pytest

from windows.pin import REQUIREMENTS
from windows.places import ROOT

LISTS = sorted(REQUIREMENTS.glob("*.txt"))


def pinned(name: str) -> dict[str, str]:
    text = (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_dependency_is_pinned_at_its_version() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)
    wanted = dict(text.partition(";")[0].strip().split("==") for text in project["project"]["dependencies"])
    found = pinned("program")
    assert {normalised(name): found.get(normalised(name)) for name in wanted} == {
        normalised(name): version for name, version in wanted.items()
    }
    constraints = dict(text.split("==") for text in project["tool"]["uv"]["constraint-dependencies"])
    assert {name: constraints.get(name, version) for name, version in found.items()} == found


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_every_package_has_a_hash_and_no_list_an_address(path: object) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    entries = [entry for entry in re.split(r"\n(?=\S)", text) if not entry.startswith("#")]
    assert entries
    assert [entry for entry in entries if not re.search(r"--hash=sha256:[0-9a-f]{64}", entry)] == []
    assert "://" not in text

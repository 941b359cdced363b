"""``asn-dev seeds``: the same tests in other orders and surroundings, and what was red is told."""

from __future__ import annotations

import random
from pathlib import Path

import psutil
import pytest

from asn_desktop.devtools import suite
from asn_desktop.devtools.suite import Surroundings, seeds

TEST = """
import os, time
from pathlib import Path

def test_one():
    with Path({log!r}).open("a", encoding="utf-8") as log:
        mask = os.umask(0)
        print(os.environ["TZ"], os.environ.get("LC_ALL", ""), f"{{mask:03o}}", file=log)
        os.umask(mask)

def test_two():
    assert not Path({red!r}).exists()
"""


@pytest.fixture
def tests(tmp_path: Path) -> Path:
    """A folder with two tests; the second is red as soon as there is a file ``red``."""
    folder = tmp_path / "tests"
    folder.mkdir()
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    text = TEST.format(log=str(tmp_path / "log"), red=str(tmp_path / "red"))
    (folder / "test_some.py").write_text(text, encoding="utf-8")
    return folder


def test_each_run_has_surroundings_of_its_own_and_a_seed_repeats_them(
    tests: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tests.parent / "log"
    assert seeds(["--count", "3", "--seed", "7", str(tests)]) == 0
    first = log.read_text(encoding="utf-8")
    chance = random.Random(7)
    drawn = [Surroundings.drawn(chance) for _run in range(3)]
    assert [line.split()[0] for line in first.splitlines()] == [around.time_zone for around in drawn]
    assert [line.split()[-1] for line in first.splitlines()] == [f"{around.umask:03o}" for around in drawn]
    said = capsys.readouterr().out
    assert said.endswith("3 of 3 runs green\n")
    assert all(f"seed {around.seed}" in said for around in drawn)
    log.unlink()
    seeds(["--count", "3", "--seed", "7", str(tests)])
    assert log.read_text(encoding="utf-8") == first


def test_what_was_red_is_named(tests: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tests.parent / "red").touch()
    assert seeds(["--count", "1", str(tests)]) == 1
    said = capsys.readouterr().out
    assert "FAILED" in said
    assert "test_some.py::test_two" in said
    assert said.endswith("0 of 1 runs green\n")


def test_the_load_beside_it_ends_with_it(tests: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    beside: list[int] = []
    one_run = suite._one_run

    def watched(*arguments: object) -> int:
        beside.extend(child.pid for child in psutil.Process().children() if "while True" in child.cmdline()[-1])
        return one_run(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(suite, "_one_run", watched)
    assert seeds(["--count", "1", "--load", str(tests)]) == 0
    assert len(beside) == (psutil.cpu_count() or 1)
    assert not any(psutil.pid_exists(pid) for pid in beside)

"""Break the program on purpose, one place at a time, and see that a test notices.

``tests/mutants.toml`` holds the list: what would be broken, by replacing which words of which file, and the tests that
are to fail. Each mutant lives in a copy of the checkout for as long as its tests run. A mutant whose words are not
there any more (the code has moved on) is an error too: then the line is to be brought up to date.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_COPIED = ("src", "tests", "resources", "installers", "pyproject.toml", "CHANGELOG.md", "docs", "README.md")
_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Mutant:
    """``broken``: what somebody would suffer. ``was`` stands exactly once in ``file`` and becomes ``becomes``."""

    name: str
    broken: str
    file: str
    was: str
    becomes: str
    tests: tuple[str, ...]


def read(path: Path) -> list[Mutant]:
    lines = tomllib.loads(path.read_text(encoding="utf-8"))["mutant"]
    return [Mutant(**{**line, "tests": tuple(line["tests"])}) for line in lines]


def main(arguments: Sequence[str], root: Path) -> int:
    """0 when every mutant was noticed; prints those that were not."""
    parser = argparse.ArgumentParser(prog="asn-dev mutants", description=__doc__)
    parser.add_argument("names", nargs="*", help="only these; without: all")
    chosen = parser.parse_args(arguments).names
    mutants = [one for one in read(root / "tests" / "mutants.toml") if not chosen or one.name in chosen]
    survivors = []
    with tempfile.TemporaryDirectory() as folder:
        copy = copy_checkout(root, Path(folder) / "asn")
        for mutant in mutants:
            noticed = run(mutant, copy)
            print(f"{'noticed ' if noticed else 'SURVIVED'}  {mutant.name}: {mutant.broken}", flush=True)
            survivors += [] if noticed else [mutant]
    print(f"{len(mutants) - len(survivors)} of {len(mutants)} noticed")
    return 1 if survivors else 0


def run(mutant: Mutant, copy: Path) -> bool:
    """Whether one of its tests fails in a ``copy`` that has it. Raises ``ValueError`` where its words are not there."""
    path = copy / mutant.file
    sound = path.read_text(encoding="utf-8")
    if sound.count(mutant.was) != 1:
        raise ValueError(f"{mutant.name}: {mutant.was!r} stands {sound.count(mutant.was)} times in {mutant.file}")
    path.write_text(sound.replace(mutant.was, mutant.becomes), encoding="utf-8")
    try:
        command = (sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *mutant.tests)
        # The copy's own source, not the installed one.
        environment = {**os.environ, "PYTHONPATH": str(copy / "src"), "QT_QPA_PLATFORM": "offscreen"}
        done = subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, encoding="utf-8", timeout=_SECONDS, check=False
        )
    finally:
        path.write_text(sound, encoding="utf-8")
    if done.returncode not in (0, 1):  # 1: a test failed; else pytest itself could not run
        raise ValueError(f"{mutant.name}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.returncode == 1


def copy_checkout(root: Path, target: Path) -> Path:
    """What the tests need of a checkout, at ``target``."""
    target.mkdir()
    for name in _COPIED:
        source = root / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__", "schema_*"))
        else:
            shutil.copy(source, target / name)
    return target

"""Writes ``requirements/*.txt``: every Windows wheel of a build with its version and hash, and no address.

To be run after a dependency in ``pyproject.toml`` has changed: ``PYTHONPATH=installers uv run python -m windows.pin``.
The versions come from there; uv finds what else they need on Windows. A test compares the lists with
``pyproject.toml``, so that a forgotten call fails there and not at the end of a build.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

from windows.places import ROOT

REQUIREMENTS = Path(__file__).parent / "requirements"
_PYTHON = "3.11"

_TESTING = ("pytest", "pytest-qt", "pytest-xdist", "hypothesis", "psutil", "openpyxl")


def main() -> int:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    testing = [wanted for wanted in groups["dev"] if wanted.partition("==")[0] in _TESTING]
    _write("program", "What the program imports; all of it is packed.", [], ["pyproject.toml"])
    _write("building", "PyInstaller and what it needs; only its start-up code is packed.", groups["bundle"], [])
    _write("testing", "For the test suite under the Windows Python; none of it is packed.", testing, [])
    return 0


def _write(name: str, purpose: str, wanted: list[str], sources: list[str]) -> None:
    command = ["uv", "pip", "compile", "--quiet", "--python-platform", "windows", "--python-version", _PYTHON]
    found = subprocess.run(
        [*command, "--format", "pylock.toml", *sources, *(["-"] if wanted else [])],
        input="\n".join(wanted),
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        check=True,
    )
    lines = [f"# {purpose}", "# Written by pin.py for Windows x86-64; do not edit by hand."]
    for package in tomllib.loads(found.stdout)["packages"]:
        hashes = sorted(wheel["hashes"]["sha256"] for wheel in package.get("wheels", ()))
        if not hashes:
            sys.exit(f"pin: {package['name']} {package['version']} has no wheel for Windows")
        lines.append(f"{package['name']}=={package['version']} \\")
        lines.extend(f"    --hash=sha256:{digest} \\" for digest in hashes)
        lines[-1] = lines[-1].removesuffix(" \\")
    path = REQUIREMENTS / f"{name}.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(path.relative_to(ROOT), sum("==" in line for line in lines), "packages")


if __name__ == "__main__":
    sys.exit(main())

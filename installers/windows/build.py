"""``installers/build``: the Windows bundle, its installer and the portable zip, from nothing, on a Linux machine."""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import platform
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import version_info
from windows import bundle, pack, signing, tools, windows_python
from windows.places import Places, places
from windows.wine import Wine, screen

REPORT = "windows-build.json"


def main() -> int:
    parser = argparse.ArgumentParser(prog="installers/build", description=__doc__)
    parser.add_argument("--fast", action="store_true", help="compress lightly: for trying, not for handing out")
    arguments = parser.parse_args()
    if missing := tools.missing_packages():
        print(f"install first: apt-get install --no-install-recommends {' '.join(missing)}", file=sys.stderr)
        return 1
    build(places(), fast=arguments.fast)
    return 0


def build(where: Places, *, fast: bool = False) -> list[Path]:
    """Every step or an exception; returns the files that are handed out."""
    version, times = version_info.version(), dict[str, float]()
    where.results.mkdir(parents=True, exist_ok=True)
    with _timed("Windows Python and wheels", times):
        windows_python.prepare(where)
    with screen() as display:
        wine = Wine(where.work / "prefix-build", display, where.results)
        try:
            with _timed("Wine prefix", times):
                wine.create()
            with _timed("PyInstaller, closure check", times):
                bundle.make(where, wine)
        finally:
            wine.stop()
    with _timed("installer", times):
        made = [pack.installer(where, version, fast=fast)]
    with _timed("portable zip", times):
        made.append(pack.portable(where, version))
    _report(where, version, made, times)
    return made


@contextlib.contextmanager
def _timed(step: str, times: dict[str, float]) -> Iterator[None]:
    print(f"windows: {step} …", file=sys.stderr, flush=True)
    started = time.monotonic()
    yield
    times[step] = round(time.monotonic() - started, 1)


def _report(where: Places, version: str, made: list[Path], times: dict[str, float]) -> None:
    """What was made from what, beside it: sizes, checksums, times, versions of the tools."""
    installed = sum(path.stat().st_size for path in where.bundle.rglob("*") if path.is_file())
    seconds = {**times, "all": round(sum(times.values()), 1)}
    content = {
        "version": version,
        "signed": signing.wanted(),
        "files": {path.name: {"bytes": path.stat().st_size, "sha256": _sha256(path)} for path in made},
        "installed_bytes": installed,
        "installed_files": sum(path.is_file() for path in where.bundle.rglob("*")),
        "seconds": seconds,
        "tools": {
            "wine": _says("wine", "--version"),
            "makensis": _says("makensis", "-VERSION"),
            "host": platform.platform(),
        },
    }
    (where.out / REPORT).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    sums = "".join(f"{_sha256(path)}  {path.name}\n" for path in made)
    (where.out / "SHA256SUMS.txt").write_text(sums, encoding="ascii")
    for path in made:
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
    print(f"installed: {installed / 1e6:.1f} MB; all in {seconds['all']} s")


def _says(*command: str) -> str:
    return subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8", check=True
    ).stdout.strip()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    sys.exit(main())

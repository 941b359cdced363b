"""PyInstaller under Wine, with the specification that Linux uses too; then what must be true of its result."""

from __future__ import annotations

import shutil
from pathlib import Path

from windows import pe_closure, signing
from windows.places import CONSOLE_EXE, ROOT, WINDOW_EXE, Places
from windows.wine import Wine

SPEC = ROOT / "installers" / "asn_desktop.spec"
INSTALLED_LIMIT = 120_000_000
"""Bytes of an installed program; above it the build fails, so that a new dependency is noticed."""
_SECONDS = 1200
_SAME_EVERY_TIME = {"PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": "1767225600"}
"""The same sources give the same executables."""


class UnfitBundle(Exception):
    """The bundle was made but must not be handed out."""


def make(places: Places, wine: Wine) -> Path:
    """The bundle, checked and (with a certificate) signed; returns its folder."""
    shutil.rmtree(places.bundle.parent, ignore_errors=True)
    python_path = ";".join(wine.windows_path(places.python / "Lib" / name) for name in ("building", "site-packages"))
    output = wine.expect(
        [
            *(places.python / "python.exe", "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"),
            *("--distpath", places.bundle.parent, "--workpath", places.work / "pyinstaller", SPEC),
        ],
        seconds=_SECONDS,
        variables={"PYTHONPATH": python_path, "PYTHONDONTWRITEBYTECODE": "1", **_SAME_EVERY_TIME},
        folder=ROOT,
    )
    (places.results / "pyinstaller.log").write_text(output, encoding="utf-8")
    check(places.bundle)
    if signing.wanted():
        for name in (WINDOW_EXE, CONSOLE_EXE):
            signing.sign(places.bundle / name)
    return places.bundle


def check(bundle: Path) -> None:
    """Raises :class:`UnfitBundle` with everything that is wrong."""
    found = pe_closure.problems(bundle)
    found += [f"{name} is missing" for name in (WINDOW_EXE, CONSOLE_EXE, "LICENSES") if not (bundle / name).exists()]
    size = sum(path.stat().st_size for path in bundle.rglob("*") if path.is_file())
    if size > INSTALLED_LIMIT:
        found.append(f"{size / 1e6:.1f} MB is more than {INSTALLED_LIMIT / 1e6:.0f} MB")
    if found:
        raise UnfitBundle("\n".join(found))

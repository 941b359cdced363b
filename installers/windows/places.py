"""Where a build takes from, works in and puts its results."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
WINDOW_EXE = "ASN-Desktop.exe"
CONSOLE_EXE = "asn-desktop-cli.exe"


@dataclass(frozen=True, slots=True)
class Places:
    """All folders of one build. Only ``out`` lies in the checkout (ignored by git)."""

    cache: Path
    """Downloads, kept from build to build: with a full one, a build needs no network."""
    work: Path
    """The Windows Python, Wine prefixes, the bundle. May be removed at any time; about 3 GB."""
    out: Path
    """What is handed out, and ``windows-build.json``, which tells how it was made."""

    @property
    def python(self) -> Path:
        return self.work / "python"

    @property
    def bundle(self) -> Path:
        """The folder that PyInstaller makes: the program as it is installed."""
        return self.work / "dist" / "ASN-Desktop"

    @property
    def results(self) -> Path:
        """Logs and pictures for a person to look at, above all when something failed."""
        return self.work / "results"


def places() -> Places:
    """Below ``ASN_BUILD_CACHE``, else below the user's cache folder."""
    given = os.environ.get("ASN_BUILD_CACHE")
    cache = Path(given) if given else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "asn-desktop"
    cache = cache.expanduser().absolute()
    return Places(cache / "downloads", cache / "windows", ROOT / "dist")

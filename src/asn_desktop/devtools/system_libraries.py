"""What Qt, the bundle's build and the tests need from the system on Linux, and which Debian package brings each."""

from __future__ import annotations

import ctypes
import shutil
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path

PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libzstd.so.1": "libzstd1",
}
"""What QtCore, QtGui, QtWidgets, QtSvg and the offscreen platform link to; found with ``objdump -p``."""


def missing_packages() -> list[str]:
    """Debian packages to install; empty where Qt brings everything itself (Windows, macOS)."""
    if not sys.platform.startswith("linux"):
        return []
    return sorted({package for library, package in PACKAGES.items() if not _loads(library)})


def missing_for_bundle() -> list[str]:
    """Debian packages that PyInstaller wants besides: ``objdump``, and Python as a library where it is not built so."""
    if not sys.platform.startswith("linux"):
        return []
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    shared = bool(sysconfig.get_config_var("Py_ENABLE_SHARED")) or _loads(f"libpython{version}.so.1.0")
    return [*([] if shutil.which("objdump") else ["binutils"]), *([] if shared else [f"libpython{version}"])]


TEST_PROGRAMS = {"soffice": "libreoffice-calc-nogui"}
"""Programs that tests call → packages. Workbooks go through LibreOffice, because that is what many offices have."""


POSTGRESQL = Path("/usr/lib/postgresql")
"""Where Debian installs servers. The package is ``postgresql``; Debian 12 brings version 15."""


def missing_for_tests() -> list[str]:
    """Debian packages without which some tests are skipped; in CI a skip is a failure (tests/skips.py)."""
    if not sys.platform.startswith("linux"):
        return []
    missing = [package for program, package in TEST_PROGRAMS.items() if shutil.which(program) is None]
    return missing if postgresql_programs() else [*missing, "postgresql"]


def postgresql_programs() -> Path | None:
    """Where the programs of a PostgreSQL server are, one folder for each version; None on other systems than Linux."""
    if not sys.platform.startswith("linux"):
        return None
    return next((place.parent for place in sorted(POSTGRESQL.glob("*/bin/initdb"), reverse=True)), None)


def all_missing() -> list[str]:
    """What a machine lacks for everything that ``.ci/run`` does on Linux."""
    return [*missing_packages(), *missing_for_bundle(), *missing_for_tests()]


def explanation(packages: Sequence[str]) -> str:
    names = " ".join(packages)
    return (
        f"Qt cannot start: this system lacks {names}.\n"
        f"On Debian or Ubuntu: apt-get update && apt-get install -y --no-install-recommends {names}"
    )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True

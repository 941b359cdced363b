"""The Debian packages that a Windows build needs. ``-m windows.tools`` prints what is missing."""

from __future__ import annotations

import shutil
import sys

PACKAGES = {
    "wine": "wine wine64",
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "import": "imagemagick",
    "makensis": "nsis",
    "osslsigncode": "osslsigncode",
    "openssl": "openssl",
    "x86_64-w64-mingw32-gcc-win32": "gcc-mingw-w64-x86-64-win32",
}
"""Program → packages that bring it. The compiler is for the stand-ins in ``shims``."""


def missing_packages() -> list[str]:
    return [name for program, names in PACKAGES.items() if shutil.which(program) is None for name in names.split()]


if __name__ == "__main__":
    print("\n".join(missing_packages()))
    sys.exit(0)

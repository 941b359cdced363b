"""What a bundle leaves out, and why. Used by ``asn_desktop.spec``; tests look at the rules alone.

PyInstaller takes along whatever an import can reach. A program that draws with widgets, speaks to no network and
reads no database but its own needs about half of that.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

EXCLUDED_MODULES = (
    # Python's own parts that only developers use
    *("tkinter", "unittest", "pydoc", "doctest", "test", "lib2to3", "idlelib", "distutils", "ensurepip", "venv"),
    *("setuptools", "pkg_resources", "pip", "_pytest", "pytest", "hypothesis", "mypy", "IPython", "psutil"),
    # no network, and children are started by hand: what the standard library brings for either
    *("ssl", "_ssl", "xmlrpc", "http.server", "multiprocessing"),
    # Qt beyond widgets, pictures and printers
    *("PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtOpenGL", "PySide6.QtDBus", "PySide6.QtTest"),
    # Pillow is here because reportlab imports it: only its core
    *("PIL.ImageQt", "PIL.ImageTk", "PIL.ImageShow", "PIL.ImageCms", "PIL.ImageMath", "PIL.ImageMorph"),
    *("PIL._avif", "PIL._webp", "PIL._imagingtk", "PIL._imagingcms", "PIL._imagingmath", "PIL._imagingmorph"),
    *("PIL._imagingft", "PIL.ImageFont", "PIL.AvifImagePlugin", "PIL.WebPImagePlugin"),
    # databases of other makers, and plain SQLite: ours comes in by sqlcipher3, encrypted
    "sqlite3",
    *(f"sqlalchemy.dialects.{name}" for name in ("mysql", "postgresql", "oracle", "mssql")),
    *("sqlalchemy.ext.asyncio", "sqlalchemy.testing", "greenlet"),
    # what libraries would use if it were there
    *("numpy", "pandas", "lxml", "matplotlib", "rlextra", "rl_renderPM", "uharfbuzz", "cryptography", "yaml"),
    *("charset_normalizer", "chardet"),
    # developers' commands are not shipped
    "asn_desktop.devtools",
)

QT_PLUGINS = frozenset(
    {
        *("platforms/qwindows", "platforms/qxcb", "platforms/qoffscreen"),  # the last for a self-test without a screen
        *("imageformats/qsvg", "imageformats/qico", "imageformats/qjpeg", "iconengines/qsvgicon"),
        *("printsupport/windowsprintersupport", "printsupport/cupsprintersupport"),
        *("platforminputcontexts/composeplatforminputcontextplugin"),
    }
)
"""The Qt plug-ins that stay, without ``lib`` and ending; everything else in ``plugins/`` goes.

No style: the program always uses Fusion, which is part of the widgets.
"""

_UNUSED_LIBRARIES = re.compile(
    r"^(lib)?("
    r"opengl32sw|d3dcompiler_47|"  # drawing in 3D, also without a graphics card: widgets do neither
    r"(libssl|ssl)-?[\d_]*(-x64)?|"
    r"Qt6(Qml|Quick|Wayland|Network|OpenGL|VirtualKeyboard|Pdf|WlShell|Eglfs|EglFS|Test|Sql|Designer|Help|UiTools|Labs)\w*"
    r")(\.|$)",
    re.IGNORECASE,
)
_TIME_ZONES = ("Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura", "UTC")
_FASTER_TWINS = re.compile(r"(^|/)rapidfuzz/.*_avx2\.")
"""The same functions once more for newer processors; a dozen names are compared, and old PCs lack them anyway."""
_REPORTLAB_FONTS = re.compile(r"(^|/)reportlab/fonts/")


def kept(name: str) -> bool:
    """Whether a file of PyInstaller's collection stays; ``name`` is its path in the bundle, in either spelling."""
    path = PurePosixPath(name.replace("\\", "/"))
    text = str(path)
    if "/translations/" in text:  # Qt's own words come from gui/qt_strings.py
        return False
    if "/qml/" in text:
        return False
    if "/plugins/" in text:
        plugin = text.split("/plugins/", 1)[1]
        return _stem(plugin) in QT_PLUGINS
    if "tzdata/zoneinfo/" in text:
        return text.split("tzdata/zoneinfo/", 1)[1] in _TIME_ZONES
    if _REPORTLAB_FONTS.search(text) or _FASTER_TWINS.search(text):  # forms embed fonts of ours
        return False
    return not _UNUSED_LIBRARIES.match(path.name)


def _stem(plugin: str) -> str:
    path = PurePosixPath(plugin)
    return str(path.with_name(path.name.split(".")[0].removeprefix("lib")))


def own_modules(source: Path) -> list[str]:
    """All modules of the program: some are imported by name, while the first window is already there."""
    paths = (path.relative_to(source).with_suffix("") for path in sorted((source / "asn_desktop").rglob("*.py")))
    names = (".".join(path.parts).removesuffix(".__init__") for path in paths)
    return [name for name in names if not name.startswith("asn_desktop.devtools") and not name.endswith("__main__")]


def of_the_system(source: str) -> bool:
    """Whether a library belongs to the machine: Linux's own are installed there, Windows 10 has its C runtime.

    ``source`` is where the file was found.
    """
    path = PurePosixPath(source.replace("\\", "/"))
    if path.suffix.lower() == ".dll":
        return path.name.lower().startswith(("api-ms-win-", "ucrtbase."))
    return str(path).startswith(("/lib/", "/usr/lib/", "/lib64/"))

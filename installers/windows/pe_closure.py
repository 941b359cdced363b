"""Does every program file of a bundle find the DLLs it asks for, on a Windows that has nothing but Windows?

A DLL that is missing shows only on the user's PC, as a box without an explanation. So each file's import table is read
(also the tables that are used at need only) and every name must lie in the bundle or belong to Windows 10 1809.
Nothing of Wine's, nothing for another processor and none of the stand-ins of ``shims`` may be in it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import pefile

from windows.wine import SHIMS

AMD64 = 0x8664
WINDOWS_10_1809 = frozenset(
    {
        *("advapi32", "authz", "bcrypt", "bcryptprimitives", "cfgmgr32", "combase", "comctl32", "comdlg32", "crypt32"),
        *("d2d1", "d3d11", "d3d12", "d3d9", "dcomp", "dnsapi", "dwmapi", "dwrite", "dxgi", "gdi32", "gdiplus"),
        *("icuin", "icuuc", "imm32", "iphlpapi", "kernel32", "mpr", "mscms", "msi", "msvcrt", "ncrypt", "netapi32"),
        *("ntdll", "ole32", "oleacc", "oleaut32", "opengl32", "powrprof", "propsys", "psapi", "rpcrt4", "secur32"),
        *("setupapi", "shcore", "shell32", "shlwapi", "ucrtbase", "uiautomationcore", "user32", "userenv", "usp10"),
        *("uxtheme", "version", "winhttp", "wininet", "winmm", "winspool.drv", "ws2_32", "wtsapi32"),
    }
)
"""Without ``.dll``: what this Windows has in System32 on every PC. A new name is added after looking it up."""
_FAMILIES = ("api-ms-win-", "ext-ms-win-")
_WINE = (b"Wine builtin DLL", b"Wine placeholder DLL")
_IMPORTS = pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_IMPORT"]
_TABLES = ("IMAGE_DIRECTORY_ENTRY_IMPORT", "IMAGE_DIRECTORY_ENTRY_DELAY_IMPORT")


def problems(bundle: Path) -> list[str]:
    """One line for each thing that is wrong; empty when the bundle is whole. Raises when it holds no program at all."""
    files = sorted(path for path in bundle.rglob("*") if path.suffix.lower() in (".exe", ".dll", ".pyd"))
    if not any(path.suffix.lower() == ".exe" for path in files):
        raise FileNotFoundError(f"no program in {bundle}")
    shared = _loaded_for_all(bundle, files)
    found: list[str] = []
    for path in files:
        name = path.relative_to(bundle).as_posix()
        if path.stem.lower() in SHIMS:
            found.append(f"{name}: a stand-in for the tests, or Windows' own")
        found.extend(f"{name}: {text}" for text in _problems_of(path, shared))
    return found


def _loaded_for_all(bundle: Path, files: Iterable[Path]) -> frozenset[str]:
    # PyInstaller adds the top folder to the search path; PySide6 adds its own folder and that of shiboken6, and a wheel
    # that brings DLLs in a folder NAME.libs adds that one when it is imported.
    top = bundle / "_internal"
    folders = (top, top / "PySide6", top / "shiboken6")
    found = (path for path in files if path.parent in folders or path.parent.suffix == ".libs")
    return frozenset(path.name.lower() for path in found)


def _problems_of(path: Path, shared: frozenset[str]) -> list[str]:
    with pefile.PE(str(path), fast_load=True) as image:
        if any(mark in path.read_bytes()[:512] for mark in _WINE):
            return ["a file of Wine, not of Windows"]
        if image.FILE_HEADER.Machine != AMD64:
            return ["not for x86-64"]
        image.parse_data_directories([pefile.DIRECTORY_ENTRY[table] for table in _TABLES])
        entries = [*getattr(image, "DIRECTORY_ENTRY_IMPORT", ()), *getattr(image, "DIRECTORY_ENTRY_DELAY_IMPORT", ())]
        if not entries and image.OPTIONAL_HEADER.DATA_DIRECTORY[_IMPORTS].Size:
            return ["its table of imports cannot be read"]
        wanted = {entry.dll.decode("ascii").lower() for entry in entries}
    beside = {other.name.lower() for other in path.parent.iterdir()}
    missing = sorted(name for name in wanted if name not in beside | shared and not _in_windows(name))
    return [f"needs {name}, which is neither here nor in Windows 10" for name in missing]


def _in_windows(name: str) -> bool:
    return name.startswith(_FAMILIES) or name.removesuffix(".dll") in WINDOWS_10_1809


if __name__ == "__main__":
    lines = problems(Path(sys.argv[1]))
    print("\n".join(lines) or "closed: every DLL is in the bundle or in Windows 10 1809")
    sys.exit(bool(lines))

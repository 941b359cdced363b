"""A Windows PC as a test sees it: somebody installs, uses, updates and removes the program there."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from typing import Any

from windows.places import CONSOLE_EXE, WINDOW_EXE
from windows.wine import CONSOLE_CODE_PAGE, Wine

PRODUCT = "ASN Desktop"
UNINSTALLER = "Hapus ASN Desktop.exe"
UNINSTALL_KEY = rf"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\{PRODUCT}"
MENU_KEY = r"HKCU\Software\Classes\SystemFileAssociations\.xlsx\shell\ASNDesktop.Terima"
PASSPHRASE = "meja kopi jendela"
_INSTALL_SECONDS, _SECONDS = 300, 600
"""Limits, not expectations: a busy machine is ten times as slow as a quiet one."""


class Pc:
    """One user's PC. Folders are given and returned as this machine sees them, below ``drive``."""

    def __init__(self, wine: Wine) -> None:
        self.wine = wine
        self.drive = wine.drive
        self.data = wine.local_app_data / PRODUCT
        self.usual_folder = wine.local_app_data / "Programs" / PRODUCT
        start_menu = wine.user / "AppData" / "Roaming" / "Microsoft" / "Windows" / "Start Menu" / "Programs"
        self.start_menu_link = start_menu / f"{PRODUCT}.lnk"
        self.desktop_link = wine.user / "Desktop" / f"{PRODUCT}.lnk"

    @property
    def installed_version(self) -> str | None:
        """What Windows shows under *Apps*."""
        return self.wine.registry(UNINSTALL_KEY, "DisplayVersion")

    @property
    def folder(self) -> Path:
        """Where the program is installed."""
        place = self.wine.registry(UNINSTALL_KEY, "InstallLocation")
        assert place is not None, "not installed"
        return self.drive.joinpath(*place.split("\\")[1:])

    def set_up(self, setup: Path, *flags: str, folder: Path | None = None) -> int:
        """Run an installer without a window; returns its exit code."""
        copy = self.drive / setup.name
        if not copy.exists():
            shutil.copyfile(setup, copy)
        line = " ".join([rf"C:\{setup.name}", "/S", *flags])
        if folder is not None:  # the rest of the line, in no quotes: so NSIS wants it
            line += f" /D={self.wine.windows_path(folder)}"
        return self.wine.run(["cmd", "/c", line], seconds=_INSTALL_SECONDS).code

    def remove(self, *flags: str) -> int:
        """Run the uninstaller without a window; it works from a copy of itself, so the end is waited for."""
        program = self.folder / UNINSTALLER
        code = self.wine.run([program, "/S", *flags], seconds=_SECONDS).code
        if code == 0:
            self.wait_until_installed(False)
        return code

    def wait_until_installed(self, wanted: bool) -> None:
        """Until the program is (or is no longer) what Windows calls installed."""
        until = time.monotonic() + 120
        while (self.installed_version is not None) != wanted:
            if time.monotonic() > until:
                raise AssertionError(f"installed: still not {wanted}; screen: {self.wine.picture('waiting')}")
            time.sleep(0.5)

    def refused_removal(self) -> int:
        """The exit code of an uninstaller that must refuse; run in place, so that Windows hands the code on."""
        place = self.wine.windows_path(self.folder)
        batch = self.drive / "hapus.bat"  # where the quotes are ours: NSIS takes none behind _?=
        batch.write_bytes(f'@"{place}\\{UNINSTALLER}" /S _?={place}\r\n'.encode(CONSOLE_CODE_PAGE))
        return self.wine.run(["cmd", "/c", r"C:\hapus.bat"], seconds=_SECONDS).code

    def cli(self, *words: str | Path, folder: Path | None = None) -> dict[str, Any]:
        """What the console program answers as JSON; its exit code must be 0."""
        program = (folder or self.folder) / CONSOLE_EXE
        said = self.wine.expect([program, *words, "--json"], seconds=_SECONDS, variables={"ASN_PASSPHRASE": PASSPHRASE})
        answer = json.loads(said)
        assert isinstance(answer, dict)
        return answer

    def self_test(self, program: Path, name: str) -> tuple[Path, int]:
        """Run one executable's self-test; returns the folder of its report and the exit code."""
        out = self.drive / "uji" / name
        code = self.wine.run([program, "self-test", "--out", out], seconds=_SECONDS).code
        return out, code

    def open_window(self, *words: str | Path, folder: Path | None = None, title: str = PRODUCT) -> None:
        """Start the window and wait until it is shown."""
        self.wine.start([(folder or self.folder) / WINDOW_EXE, *words])
        self.wine.window(title)

    def close_window(self) -> None:
        """Ask the program to close, as the cross in its corner does, and wait until it has ended."""
        self.wine.run(["taskkill", "/im", WINDOW_EXE], seconds=60)
        until = time.monotonic() + 60
        while WINDOW_EXE.lower() in self.wine.run(["tasklist"], seconds=60).output.lower():
            if time.monotonic() > until:
                self.wine.picture("still-open")
                raise AssertionError("the program did not close")
            time.sleep(1)

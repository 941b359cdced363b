"""Windows programs under Wine, headless: a prefix, calls that always end, and a picture when one did not.

Wine's traps and this module's answers: a Windows Python dies without a standard input or with a plain file as output
(so: no input, a pipe); a message box waits for ever (so: every call has a limit, after which the screen is kept as a
picture and everything in the prefix is ended); Desktop and Documents lie in ``HOME`` (so: one of its own).
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from windows.places import HERE

SHIMS = ("bcryptprimitives", "icuuc", "mscms")
_START_SECONDS, _TOOL_SECONDS = 600, 180
CONSOLE_CODE_PAGE = "cp437"
"""What Windows' own console programs write here."""


class WineProblem(Exception):
    """A Windows program did not end in time, or ended as it should not."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended: its exit code and what it wrote, both streams together."""

    code: int
    output: str


@contextlib.contextmanager
def screen(size: str = "1366x768") -> Iterator[str]:
    """A screen that nobody sees, for the time of the block; gives its name, ``:5``."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read, encoding="ascii") as answer:
            number = answer.readline().strip()
        if not number:
            raise WineProblem("Xvfb did not start")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(10)


class Wine:
    """One prefix: a Windows PC of its own. Made by :meth:`create`; nothing in it runs after :meth:`stop`."""

    def __init__(
        self, prefix: Path, display: str, results: Path, *, variables: Mapping[str, str] | None = None
    ) -> None:
        self.prefix, self.results = prefix, results
        self.home = prefix.with_name(prefix.name + "-home")
        self._pictures = 0
        self._running: list[tuple[subprocess.Popen[str], threading.Thread]] = []
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "DISPLAY": display,
            "LC_ALL": "C.UTF-8",  # without it Wine cannot pass é in an argument
            "WINEPREFIX": str(prefix),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            # our stand-in for mscms; no .NET and no HTML engine to ask about; no entries in the Linux menus; no
            # debugger that keeps a program which fell from ending
            "WINEDLLOVERRIDES": "mscms=n;mscoree,mshtml=;winemenubuilder.exe=;winedbg.exe=",
            **(variables or {}),
        }

    @property
    def drive(self) -> Path:
        return self.prefix / "drive_c"

    @property
    def user(self) -> Path:
        """The folder of the user of this PC, as ``C:/users/NAME``."""
        return next(path for path in (self.drive / "users").iterdir() if path.name != "Public")

    @property
    def local_app_data(self) -> Path:
        return self.user / "AppData" / "Local"

    def create(self) -> None:
        """A new prefix that says it is Windows 10, with the stand-ins for what Wine 8 lacks."""
        shutil.rmtree(self.prefix, ignore_errors=True)
        shutil.rmtree(self.home, ignore_errors=True)
        self.home.mkdir(parents=True)
        self.expect(["wineboot", "-i"], seconds=_START_SECONDS)
        self.expect(["winecfg", "-v", "win10"], seconds=_START_SECONDS)
        system = self.drive / "windows" / "system32"
        for name in SHIMS:
            source, target = HERE / "shims" / f"{name}.c", system / f"{name}.dll"
            compiler = ["x86_64-w64-mingw32-gcc-win32", "-O2", "-Wall", "-Werror", "-shared", "-s"]
            subprocess.run([*compiler, "-o", str(target), str(source), "-ladvapi32"], check=True)

    def run(
        self,
        command: Sequence[str | Path],
        *,
        seconds: float,
        variables: Mapping[str, str] | None = None,
        folder: Path | None = None,
        encoding: str = "utf-8",
    ) -> Ended:
        """Run a program to its end. Paths become Windows paths; raises :class:`WineProblem` after ``seconds``."""
        process = self._popen(command, variables or {}, folder, subprocess.DEVNULL, encoding)
        try:
            output, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            picture = self.picture("timeout")
            self.stop()
            output, _ = process.communicate(timeout=30)
            words, whole = " ".join(str(word) for word in command), picture.with_suffix(".log")
            whole.write_text(output, encoding="utf-8")
            raise WineProblem(
                f"not done after {seconds:g} s: {words}\n{output[:3000]}\n[…]\n{output[-1000:]}\n"
                f"all of it: {whole}; screen: {picture}"
            ) from None
        return Ended(process.returncode, output.replace("\r\n", "\n"))

    def expect(
        self,
        command: Sequence[str | Path],
        *,
        seconds: float,
        code: int = 0,
        variables: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> str:
        """Run a program that must end with ``code``; returns what it wrote."""
        ended = self.run(command, seconds=seconds, variables=variables, folder=folder)
        if ended.code != code:
            words = " ".join(str(word) for word in command)
            raise WineProblem(f"ended with {ended.code} instead of {code}: {words}\n{ended.output[-6000:]}")
        return ended.output

    def start(self, command: Sequence[str | Path], *, stdin: int = subprocess.DEVNULL) -> subprocess.Popen[str]:
        """Start a program and leave it running; :meth:`stop` ends it at the latest. What it writes is not kept."""
        process = self._popen(command, {}, None, stdin, "utf-8")
        assert process.stdout is not None
        reading = threading.Thread(target=process.stdout.read, daemon=True)  # a full pipe would stop the program
        reading.start()
        self._running.append((process, reading))
        return process

    def _popen(
        self,
        command: Sequence[str | Path],
        variables: Mapping[str, str],
        folder: Path | None,
        stdin: int,
        encoding: str,
    ) -> subprocess.Popen[str]:
        words = [self.windows_path(word) if isinstance(word, Path) else word for word in command]
        return subprocess.Popen(
            ["wine", *words],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**self._environment, **variables},
            cwd=folder or self.prefix.parent,
            encoding=encoding,
            errors="replace",
        )

    def windows_path(self, path: Path) -> str:
        """How a Windows program names a file of this machine."""
        with contextlib.suppress(ValueError):
            return str(PureWindowsPath("C:/") / path.relative_to(self.drive))
        return str(PureWindowsPath("Z:/") / path.relative_to("/"))

    def registry(self, key: str, name: str | None = None) -> str | None:
        """A text or number in the registry (``None``: the key's own value), or None when it is not there."""
        chosen = ["/ve"] if name is None else ["/v", name]
        ended = self.run(["reg", "query", key, *chosen], seconds=60, encoding=CONSOLE_CODE_PAGE)
        for line in ended.output.splitlines():
            before, found, after = line.partition("    REG_")
            if ended.code == 0 and found and before.strip():
                return after.split("    ", 1)[1].strip() if "    " in after else ""
        return None

    def picture(self, name: str) -> Path:
        """Keep what the screen shows now; returns the PNG file."""
        self.results.mkdir(parents=True, exist_ok=True)
        self._pictures += 1
        path = self.results / f"{self._pictures:02d}-{name}.png"
        self._tool("import", "-window", "root", str(path))
        return path

    def window(self, title: str, *, seconds: float = 180) -> str:
        """Wait for a window whose title has ``title``; returns its number for :meth:`keys`."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            found = self._tool("xdotool", "search", "--onlyvisible", "--name", title).split()
            if found:
                return found[-1]
            time.sleep(0.3)
        raise WineProblem(f"no window {title!r} after {seconds:g} s; screen: {self.picture('no-window')}")

    def press(self, key: str) -> None:
        """Press a key in the window that has the focus, and wait until the screen shows something else."""
        before = self._screen()
        self._tool("xdotool", "key", key)
        until = time.monotonic() + _TOOL_SECONDS
        while self._screen() == before:
            if time.monotonic() > until:
                raise WineProblem(f"{key} changed nothing; screen: {self.picture('no-change')}")
            time.sleep(0.3)
        self.settle()

    def settle(self) -> None:
        """Wait until the screen stands still, at most ten seconds: somewhere a cursor may blink for ever."""
        seen, until = self._screen(), time.monotonic() + 10
        while time.monotonic() < until:
            time.sleep(1)
            before, seen = seen, self._screen()
            if seen == before:
                return

    def _screen(self) -> str:
        """What the screen shows now, as a checksum of its points."""
        return self._tool("sh", "-c", "import -window root rgb:- | sha256sum")

    def stop(self) -> None:
        """End everything that runs in this prefix."""
        self._tool("wineserver", "-k")
        self._tool("wineserver", "-w")
        for process, reading in self._running:
            process.wait(30)
            reading.join(30)
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()
        self._running.clear()

    def _tool(self, *command: str) -> str:
        ended = subprocess.run(
            command,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_TOOL_SECONDS,
            encoding="utf-8",
            check=False,
        )
        return ended.stdout

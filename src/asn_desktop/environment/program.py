"""How this program starts itself again, and speaks where there may be nobody to speak to."""

from __future__ import annotations

import io
import os
import sys

NO_WINDOW = 0x08000000 if sys.platform == "win32" else 0
"""For ``creationflags``: a console program started from a window must not open a black one (CREATE_NO_WINDOW)."""


SECRETS = ("ASN_PASSPHRASE", "ASN_NEW_PASSPHRASE")


def frozen() -> bool:
    """Whether this is a built program and not a checkout."""
    return bool(getattr(sys, "frozen", False))


def own_command(*arguments: str) -> list[str]:
    """This very program with other arguments; from source through ``-m``, frozen through its executable."""
    if frozen():
        return [sys.executable, *arguments]
    return [sys.executable, "-m", "asn_desktop", *arguments]


def child_environment() -> dict[str, str]:
    """The environment for our own children: without the passphrases that we may have been given in it."""
    return {name: value for name, value in os.environ.items() if name.upper() not in SECRETS}


def available_memory() -> int | None:
    """Bytes that a new process could still get; None where the system does not say."""
    if sys.platform == "win32":
        status = _MemoryStatus()
        status.length = ctypes.sizeof(status)
        if not ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
            return None
        return int(min(status.available_page_file, status.available_virtual))
    try:
        with open("/proc/meminfo", encoding="ascii") as file:
            found = {line.split(":")[0]: line.split()[1] for line in file if ":" in line}
        return (int(found["MemAvailable"]) + int(found.get("SwapFree", 0))) * 1024
    except (OSError, KeyError, ValueError, IndexError):
        return None


def start_again_in_utf8() -> None:
    """In a locale of old servers (ASCII, Latin-1) become the same program in Python's UTF-8 mode; does not return then.

    An accent in an argument, in a path or in the passphrase would otherwise reach us as broken characters. A built
    program is in that mode already.
    """
    if sys.platform == "win32" or frozen() or sys.getfilesystemencoding().lower() in ("utf-8", "utf8"):
        return
    if os.environ.get("PYTHONUTF8") == "1":  # it did not help: go on as we are
        return
    os.environ["PYTHONUTF8"] = "1"
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


def prepare_streams() -> None:
    """Make standard input, output and error usable wherever the program was started; call it first.

    A windowed program on Windows has none of them unless they are redirected: what is printed then goes nowhere
    instead of failing. Text is UTF-8, because a redirected stream on Windows would stumble over “ and –, and a file
    name that is no valid text must not end the program.
    """
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115 - lives as long as the process
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - the same
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def somebody_can_type() -> bool:
    """Whether standard input is a console. Windows calls the null device one too: a question there waits for ever."""
    if sys.platform == "win32":
        return sys.stdin.isatty() and _is_console(sys.stdin.fileno())
    return sys.stdin.isatty()


if sys.platform == "win32":
    import ctypes
    import msvcrt

    class _MemoryStatus(ctypes.Structure):
        _fields_ = (
            ("length", ctypes.c_uint32),
            ("load", ctypes.c_uint32),
            ("total_physical", ctypes.c_uint64),
            ("available_physical", ctypes.c_uint64),
            ("total_page_file", ctypes.c_uint64),
            ("available_page_file", ctypes.c_uint64),
            ("total_virtual", ctypes.c_uint64),
            ("available_virtual", ctypes.c_uint64),
            ("available_extended_virtual", ctypes.c_uint64),
        )

    def _is_console(descriptor: int) -> bool:
        mode = ctypes.c_uint32()
        handle = ctypes.c_void_p(msvcrt.get_osfhandle(descriptor))
        return bool(ctypes.windll.kernel32.GetConsoleMode(handle, ctypes.byref(mode)))

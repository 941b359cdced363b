"""How this program starts itself again, and speaks where there may be nobody to speak to."""

from __future__ import annotations

import io
import os
import sys

NO_WINDOW = 0x08000000 if sys.platform == "win32" else 0
"""For ``creationflags``: a console program started from a window must not open a black one (CREATE_NO_WINDOW)."""


def frozen() -> bool:
    """Whether this is a built program and not a checkout."""
    return bool(getattr(sys, "frozen", False))


def own_command(*arguments: str) -> list[str]:
    """This very program with other arguments; from source through ``-m``, frozen through its executable."""
    if frozen():
        return [sys.executable, *arguments]
    return [sys.executable, "-m", "asn_desktop", *arguments]


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

    def _is_console(descriptor: int) -> bool:
        mode = ctypes.c_uint32()
        handle = ctypes.c_void_p(msvcrt.get_osfhandle(descriptor))
        return bool(ctypes.windll.kernel32.GetConsoleMode(handle, ctypes.byref(mode)))

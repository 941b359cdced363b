"""The process that parses: started by :mod:`reader`, given the bytes on standard input, thrown away afterwards.

Imports nothing but the standard library and the parser, so that it starts in a blink and so that nothing of the
program lives where a hostile file may win. Protocol: one JSON line ``{"size", "memory", "sheets"}``, then the
bytes; back come JSON lines: ``{"ready"}`` with the ceiling of memory, ``{"sheet", "column"}``, ``{"rows", "first"}``,
``{"end"}`` or ``{"error"}``.
"""

from __future__ import annotations

import datetime
import io
import json
import os
import sys
from collections.abc import Sequence
from typing import BinaryIO

ROWS_PER_CHUNK = 256
OPTION = "--read-workbook"


def main() -> int:
    """Entry of the child; the exit code is 0 even when the workbook is refused (the reason is a line)."""
    # A windowed build may have no sys.stdin although the pipe is there.
    source = sys.stdin.buffer if sys.stdin else os.fdopen(0, "rb")
    target = sys.stdout.buffer if sys.stdout else os.fdopen(1, "wb")
    order = json.loads(source.readline())
    ceiling = limit_memory(order["memory"])
    try:
        data = source.read(order["size"])
        import python_calamine  # noqa: F401 - a machine without memory for the parser is not the file's fault

        send(target, {"ready": ceiling})
        target.flush()
        read(data, order["sheets"], target)
    except MemoryError:
        send(target, {"error": "memory"})
    target.flush()
    return 0


def limit_memory(size: int) -> int:
    """A ceiling for this process, and how high it is: never above what the system allows anyway. On Windows the parent
    has put it into a job object instead."""
    if sys.platform != "win32":
        import resource

        allowed = resource.getrlimit(resource.RLIMIT_AS)[1]
        if allowed != resource.RLIM_INFINITY:
            size = min(size, allowed)
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return size


def read(data: bytes, sheets: list[str], target: BinaryIO) -> None:
    """Write all rows of the named sheets as lines."""
    import python_calamine

    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except python_calamine.PasswordError:
        send(target, {"error": "password"})
        return
    except python_calamine.CalamineError as error:
        send(target, {"error": "parser", "details": type(error).__name__})
        return
    for name in sheets:
        try:
            sheet = workbook.get_sheet_by_name(name)
        except python_calamine.CalamineError as error:
            send(target, {"error": "parser", "details": type(error).__name__})
            return
        start = sheet.start
        send(target, {"sheet": name, "column": start[1] if start else 0})
        if start is None:
            continue
        rows: list[Sequence[object]] = []
        first = 0
        for row in sheet.iter_rows():
            rows.append(row)
            if len(rows) == ROWS_PER_CHUNK:
                send(target, {"first": first, "rows": rows})
                first += len(rows)
                rows = []
        if rows:
            send(target, {"first": first, "rows": rows})
    send(target, {"end": True})


def send(target: BinaryIO, message: dict[str, object]) -> None:
    target.write(json.dumps(message, default=encode, separators=(",", ":")).encode("ascii"))
    target.write(b"\n")


def encode(value: object) -> dict[str, object]:
    """Dates and times are objects with one letter, so that they can never be taken for text."""
    if isinstance(value, datetime.datetime):
        return {"d": value.date().isoformat(), "t": value.time().isoformat()}
    if isinstance(value, datetime.date):
        return {"d": value.isoformat()}
    if isinstance(value, datetime.time):
        return {"t": value.isoformat()}
    if isinstance(value, datetime.timedelta):
        return {"p": value.total_seconds()}
    return {"x": type(value).__name__}

"""Printed files on the disk: whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from asn_desktop.core.errors import FileNotWritten


def deliver(out: Path | BinaryIO, data: bytes) -> None:
    """Write to a stream, or beside a path and then rename: a reader sees the old file or the whole new one.

    Raises :class:`FileNotWritten`.
    """
    if not isinstance(out, Path):
        out.write(data)
        return
    temporary = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(out)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise FileNotWritten(out.name, error.strerror or "") from error

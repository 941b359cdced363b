"""Printed files on the disk: whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from asn_desktop.core.errors import FileNotWritten
from asn_desktop.core.files import write_whole


def deliver(out: Path | BinaryIO, data: bytes) -> None:
    """Write to a stream, or to a path whole. Raises :class:`FileNotWritten`."""
    if not isinstance(out, Path):
        out.write(data)
        return
    try:
        write_whole(out, data)
    except OSError as error:
        raise FileNotWritten(out.name, error.strerror or "") from error

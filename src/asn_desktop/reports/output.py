"""Printed files: to a stream, or to the disk whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from asn_desktop.core.outputs import write_output


def deliver(out: Path | BinaryIO, data: bytes) -> None:
    """Write to a stream, or to a path whole. Raises :class:`OutputRefused` or :class:`FileNotWritten`."""
    if isinstance(out, Path):
        write_output(out, data)
    else:
        out.write(data)

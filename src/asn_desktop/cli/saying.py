"""Speaking to whoever started us: a terminal, a pipe that nobody reads any more, a disk that is full."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from typing import TextIO


def answer(text: str) -> bool:
    """Print what a command found; False when it could not be kept (a full disk behind ``>``).

    Who has stopped reading (``| head``) has heard enough: that is no failure.
    """
    try:
        print(text, flush=True)
    except OSError as error:
        _let_go(sys.stdout)
        return isinstance(error, BrokenPipeError) or error.errno == errno.EINVAL  # what Windows says instead
    return True


def complain(text: str) -> None:
    """Print to standard error. Where that cannot be written either, the exit code has to say it alone."""
    try:
        print(text, file=sys.stderr, flush=True)
    except OSError:
        _let_go(sys.stderr)


def _let_go(stream: TextIO) -> None:
    """What is still buffered goes nowhere, or the interpreter would complain about it at its end."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())

"""Be somebody who may not write everywhere, also where the tests are run by root (containers, CI)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NOBODY = 65534


@contextmanager
def unprivileged(folder: Path) -> Iterator[None]:
    """Inside the block this process stands in ``folder`` (open it by relative paths: those above it belong to root)
    and has no more rights than anybody."""
    before = Path.cwd()
    os.chdir(folder)
    root = os.geteuid() == 0
    if root:
        os.seteuid(_NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        os.chdir(before)

"""Keep Python's cyclic garbage collector from stopping the window while masses of rows are built.

A full collection walks every object alive with the interpreter locked: with a 10,000-row workbook in memory that is a
third of a second in which nothing moves on the screen (measured). Rows hold no cycles, so nothing is lost by waiting.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_users = 0


@contextmanager
def collector_paused() -> Iterator[None]:
    """No collection inside the block; afterwards what was built is exempt from later ones.

    Exempt objects are still freed when nobody refers to them; only cycles among them would stay.
    """
    global _users
    with _lock:
        _users += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _users -= 1
            if not _users:
                gc.freeze()
                gc.enable()

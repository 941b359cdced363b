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
_exempt = False


@contextmanager
def collector_paused() -> Iterator[None]:
    """No collection inside the block; afterwards everything there is is exempt from later ones.

    Exempt objects are still freed when nobody refers to them; only cycles among them stay, until
    :func:`collect_exempt` (0.1 MB and more for each file that is looked at: a database query is a cycle).
    """
    global _users, _exempt
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
                _exempt = True


def collect_exempt() -> None:
    """Let go of cycles among what is exempt. Takes as long as a full collection, so when nobody is waiting: the rows
    of the last import are gone, and no other block is running (then nothing happens)."""
    global _exempt
    with _lock:
        if _users or not _exempt:
            return
        _exempt = False
        gc.unfreeze()
    gc.collect()

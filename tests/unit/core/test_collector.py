"""The collector rests while masses of rows are built, and nothing is kept for ever because of it."""

from __future__ import annotations

import gc
import weakref

from asn_desktop.core.collector import collect_exempt, collector_paused


class Node:
    """Something that refers to itself, as a database query or a closed window does."""

    def __init__(self) -> None:
        self.itself = self


def test_garbage_of_a_pause_goes_once_nobody_waits() -> None:
    before = weakref.ref(Node())  # unreachable before the pause begins
    with collector_paused():
        inside = weakref.ref(Node())
        assert not gc.isenabled()
    assert gc.isenabled()
    gc.collect()
    assert inside() is not None, "exempt: a collection has nothing to walk through"
    collect_exempt()
    assert before() is None
    assert inside() is None


def test_nothing_is_collected_while_somebody_else_still_builds() -> None:
    with collector_paused():
        with collector_paused():
            kept = weakref.ref(Node())
        collect_exempt()
        assert kept() is not None
        assert not gc.isenabled()
    collect_exempt()
    assert kept() is None

"""What the main window needs is loaded behind the sign-in window: the one place where imports are put off.

Modules that only a later step needs are imported there, in the function that takes the step (a dialog, a tab, a
workbook, a printed form).
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from threading import Lock, Thread
from typing import TypeVar

from asn_desktop.core.collector import collector_paused

MODULES = ("asn_desktop.services", "asn_desktop.gui.shell", "asn_desktop.gui.tabs", "asn_desktop.gui.home.tab")
"""With these the first window can be built; together with their own imports they take most of the start."""

LATER = (
    "asn_desktop.gui.personnel.tab",
    "asn_desktop.gui.appraisal.tab",
    "asn_desktop.gui.training.tab",
    "asn_desktop.gui.remediation.tab",
    "asn_desktop.gui.exchange.packages.tab",
    "asn_desktop.exchange.service",
    "asn_desktop.gui.exchange.import_wizard",
)
"""What somebody may ask for next: the first visit of a tab would stand still for 0.1–0.3 s of loading (measured)."""

T = TypeVar("T")
_one_at_a_time = Lock()


def load() -> None:
    """Load :data:`MODULES`; who asks while another thread loads them waits for it.

    Never two threads at once: where modules import each other in a circle, the second one may see half a module.
    """
    with _one_at_a_time, collector_paused():  # what modules are made of is never garbage
        for name in MODULES:
            import_module(name)


def load_later() -> None:
    """Load :data:`LATER` while the first window is being looked at, in a thread that nobody waits for.

    The window may import one of them meanwhile: none of our modules imports another in a circle (a test watches).
    """
    Thread(target=_load_later, name="later", daemon=True).start()


def _load_later() -> None:
    for name in LATER:
        with _one_at_a_time:
            import_module(name)


def load_beside(work: Callable[[], T]) -> T:
    """Load while ``work`` runs in a thread of its own; its answer, or what it raised.

    For work that needs no module of ours and does not hold the interpreter: deriving a key from a passphrase.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="beside") as beside:
        answer = beside.submit(work)
        load()
        return answer.result()

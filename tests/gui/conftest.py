"""Real windows with our own look, offscreen; messages recorded; nothing left open after a test."""

from __future__ import annotations

import gc
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

from collections.abc import Callable, Generator, Iterator
from functools import cache
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLayout, QWidget
from pytestqt.qtbot import QtBot

from asn_desktop.gui import folders, theme
from asn_desktop.gui import messages as messages_module
from asn_desktop.gui.application import configure, hand_over_clipboard
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.looks import apply_look
from asn_desktop.gui.tasks import SynchronousRunner
from tests.gui.layout_items import item_wrappers
from tests.gui.recorder import MessageRecorder
from tests.gui.windows import delete_what_was_told_to_go, delete_windows

PATIENCE_MS = 60_000


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, None, None]:
    """After each test, while its windows stand: no layout holds a wrapper of an item (gui/layout_wrappers.py)."""
    yield
    if items := item_wrappers():
        assert not [each for each in gc.get_referrers(*items) if isinstance(each, QLayout)]


_configure_once = cache(configure)
"""The journey in tests/e2e imports these fixtures, which makes them others: two translators would answer in turn."""


@pytest.fixture(scope="session", autouse=True)
def our_application(qapp: QApplication) -> Iterator[QApplication]:
    """The application with our style, language and fonts, once per process."""
    _configure_once(qapp)
    yield qapp
    hand_over_clipboard()  # as at the end of the program; pytest never leaves the event loop


@pytest.fixture(autouse=True)
def messages(our_application: QApplication) -> Iterator[MessageRecorder]:
    """What the person would have read. An error that no test looked at (``take_errors``) fails the test."""
    recorder = MessageRecorder()
    messages_module.use(recorder)
    yield recorder
    messages_module.use(None)
    folders.remember_in(None)  # a window of this test remembers where its person saved; the next one has another
    assert not recorder.errors, [error.title for error in recorder.errors]
    assert not recorder.unused_answers, "an answer was prepared, but nobody asked"


@pytest.fixture(autouse=True)
def nothing_left_open(our_application: QApplication, messages: MessageRecorder) -> Iterator[None]:
    """Windows shown by the test must be closed by it (``qtbot.addWidget`` does that), and the look restored.

    What it made and closed is deleted: a change of the look, in any later test, would dress all of it anew.
    """
    delete_what_was_told_to_go()  # by the end of another module, whichever ran before
    before = our_application.topLevelWidgets()
    yield
    if theme.tokens() != theme.LIGHT:
        apply_look(our_application, theme.LIGHT)
    open_windows = [w for w in our_application.topLevelWidgets() if w.isVisible()]
    for window in open_windows:
        window.close()
    delete_windows(keep=before)
    assert not open_windows, f"left open: {open_windows}"


class PatientBot(QtBot):
    """Waits as long as a busy machine needs: how long something takes is measured elsewhere (benchmarks)."""

    def waitUntil(self, callback: Callable[[], object], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **options: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **options)

    def waitExposed(self, widget: QWidget, *, timeout: int = PATIENCE_MS) -> Any:
        return super().waitExposed(widget, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture
def bus() -> ChangeBus:
    return ChangeBus()


@pytest.fixture
def runner(bus: ChangeBus) -> Iterator[SynchronousRunner]:
    """A runner that does everything at once; errors go to the message recorder."""
    result = SynchronousRunner(bus, lambda error: messages_module.show_error(None, error))
    yield result
    assert not result.busy

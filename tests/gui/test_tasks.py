"""The runners: answers in the GUI thread, errors told once, cancelling, shutdown, and the change bus."""

from __future__ import annotations

import threading
import time

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.errors import InputError
from asn_desktop.core.progress import Progress
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.progress_dialog import ProgressDialog, time_left
from asn_desktop.gui.tasks import SynchronousRunner, TaskRunner, change_set_of

CHANGES = ChangeSet(7, "rating.set", "Nilai 12 pegawai", frozenset({"evaluation"}), 12)


@pytest.fixture
def threads(bus: ChangeBus, reported: list[BaseException]) -> TaskRunner:
    return TaskRunner(bus, reported.append)


@pytest.fixture
def reported() -> list[BaseException]:
    return []


def test_an_answer_arrives_in_the_gui_thread(qtbot: QtBot, threads: TaskRunner) -> None:
    seen: list[tuple[int, bool]] = []
    worker: list[bool] = []

    def work(progress: Progress) -> int:
        worker.append(threading.current_thread() is threading.main_thread())
        return 42

    threads.run_read(work, lambda n: seen.append((n, QThread.currentThread() is QApplication.instance().thread())))
    qtbot.waitUntil(lambda: not threads.busy)
    threads.shutdown()
    assert seen == [(42, True)]
    assert worker == [False]


def test_writes_run_one_after_the_other(qtbot: QtBot, threads: TaskRunner) -> None:
    running, most, order = [0], [0], []

    def work(number: int) -> int:
        running[0] += 1
        most[0] = max(most[0], running[0])
        time.sleep(0.005)
        running[0] -= 1
        return number

    for number in range(8):
        threads.run_write(lambda _p, n=number: work(n), order.append)
    qtbot.waitUntil(lambda: not threads.busy)
    threads.shutdown()
    assert most == [1]
    assert order == list(range(8))


def test_an_error_is_reported_once_and_the_next_job_still_runs(
    qtbot: QtBot, threads: TaskRunner, reported: list[BaseException]
) -> None:
    def fail(progress: Progress) -> None:
        raise InputError("NIP sudah dipakai.")

    own: list[BaseException] = []
    done: list[int] = []
    threads.run_write(fail)
    threads.run_write(fail, on_error=own.append)
    threads.run_write(lambda _p: 1, done.append)
    qtbot.waitUntil(lambda: not threads.busy)
    threads.shutdown()
    assert [str(e) for e in reported] == ["NIP sudah dipakai."]
    assert [str(e) for e in own] == ["NIP sudah dipakai."]
    assert done == [1]


def test_a_cancelled_job_ends_silently(qtbot: QtBot, threads: TaskRunner, reported: list[BaseException]) -> None:
    ended: list[str] = []

    def work(progress: Progress) -> None:
        while True:
            progress.advance()
            time.sleep(0.001)

    job = threads.run_write(work, on_cancelled=lambda: ended.append("batal"))
    job.cancel()
    qtbot.waitUntil(lambda: not threads.busy)
    threads.shutdown()
    assert (ended, reported) == (["batal"], [])


def test_shutdown_waits_for_running_work_and_tells_its_end(threads: TaskRunner) -> None:
    done: list[str] = []

    def work(progress: Progress) -> str:
        time.sleep(0.05)
        return "tersimpan"

    threads.run_write(work, done.append)
    time.sleep(0.01)
    threads.shutdown()
    assert done == ["tersimpan"]
    assert not threads.busy


def test_a_write_is_announced_once_in_whatever_form_the_service_answers(
    runner: SynchronousRunner, bus: ChangeBus
) -> None:
    heard: list[object] = []
    bus.changed.connect(heard.append)
    runner.run_write(lambda _p: CHANGES)
    runner.run_write(lambda _p: (3, CHANGES))
    runner.run_write(lambda _p: None)
    runner.run_write(lambda _p: ChangeSet(0, "rating.set", "tidak ada yang berubah"))
    runner.run_read(lambda _p: CHANGES)
    assert heard == [CHANGES, CHANGES]
    assert change_set_of("lain") is None


def test_nothing_is_delivered_to_a_tab_that_is_gone(qtbot: QtBot, threads: TaskRunner) -> None:
    owner = QObject()
    seen: list[int] = []
    threads.run_read(lambda _p: time.sleep(0.02) or 1, seen.append, owner=owner)
    shiboken6.delete(owner)
    qtbot.waitUntil(lambda: not threads.busy)
    threads.shutdown()
    assert seen == []


def test_the_progress_dialog_appears_late_says_where_it_is_and_cancels(qtbot: QtBot, threads: TaskRunner) -> None:
    def work(progress: Progress) -> None:
        progress.step("Memeriksa baris", 1000)
        while True:
            progress.advance()
            time.sleep(0.002)

    job = threads.run_write(work, title="Mengimpor daftar pegawai")
    dialog = ProgressDialog(job, appears_after=20)
    qtbot.addWidget(dialog)
    assert not dialog.isVisible()
    qtbot.waitUntil(dialog.isVisible)
    qtbot.waitUntil(lambda: "dari 1.000" in dialog._left.text())
    dialog.cancel_button.click()
    qtbot.waitUntil(lambda: job.finished)
    qtbot.waitUntil(lambda: not shiboken6.isValid(dialog) or not dialog.isVisible())
    qtbot.waitUntil(lambda: not threads.busy)
    threads.shutdown()


@pytest.mark.parametrize(
    ("done", "elapsed", "sentence"),
    [(0, 5, ""), (50, 0.5, ""), (500, 10, "sekitar 10 detik lagi"), (100, 20, "sekitar 3 menit lagi"),
     (990, 100, "sebentar lagi selesai")],
)  # fmt: skip
def test_time_left_is_said_only_when_known(done: int, elapsed: float, sentence: str) -> None:
    assert time_left(done, 1000, elapsed) == sentence

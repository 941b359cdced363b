"""Slow work off the GUI thread: one writer, a small pool for reading, and the same without threads for tests.

A job is a function that takes a :class:`Progress`. It runs in a worker; its answer is delivered in the GUI
thread. Errors always end in one place: the job's own ``on_error`` if it has one, otherwise the runner's
``report``. A job that the person stopped ends silently. After a write the returned change set goes round
once on the change bus.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, Generic, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot

from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.errors import Cancelled
from asn_desktop.core.progress import Progress
from asn_desktop.gui.change_bus import ChangeBus

T = TypeVar("T")
Work = Callable[[Progress], T]
Done = Callable[[T], None]
Failed = Callable[[BaseException], None]

log = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class Job(Generic[T]):
    """One piece of work and how its end is told. ``progress`` is polled by a progress dialog."""

    title: str
    work: Work[T]
    on_done: Done[T] | None
    on_error: Failed | None
    on_cancelled: Callable[[], None] | None
    owner: QObject | None
    writes: bool
    progress: Progress = field(default_factory=Progress)
    finished: bool = False
    result: T | None = None
    error: BaseException | None = None

    def cancel(self) -> None:
        """Ask the job to stop at its next step."""
        self.progress.cancel()


class Runner(Protocol):
    """What a tab needs to know of a runner; :class:`TaskRunner` and :class:`SynchronousRunner` offer it.

    ``owner``: nothing is delivered once this object is gone (its tab was closed).
    The answer of a write is searched for its :class:`ChangeSet` (:func:`change_set_of`).
    """

    @property
    def busy(self) -> bool: ...

    def run_read(
        self,
        work: Work[T],
        on_done: Done[T] | None = None,
        on_error: Failed | None = None,
        *,
        title: str = "",
        owner: QObject | None = None,
        on_cancelled: Callable[[], None] | None = None,
    ) -> Job[T]: ...

    def run_write(
        self,
        work: Work[T],
        on_done: Done[T] | None = None,
        on_error: Failed | None = None,
        *,
        title: str = "",
        owner: QObject | None = None,
        on_cancelled: Callable[[], None] | None = None,
    ) -> Job[T]: ...


class _RunnerBase(QObject):
    """What both runners share: building jobs and telling their end."""

    started = Signal(object)
    """Emitted with the job, in the GUI thread, when it is handed in."""
    ended = Signal(object)
    """Emitted with the job, in the GUI thread, after its callbacks ran."""

    def __init__(self, bus: ChangeBus, report: Failed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus
        self._report = report
        self._jobs: set[Job[Any]] = set()

    @property
    def busy(self) -> bool:
        return bool(self._jobs)

    @property
    def jobs(self) -> tuple[Job[Any], ...]:
        return tuple(self._jobs)

    def run_read(
        self,
        work: Work[T],
        on_done: Done[T] | None = None,
        on_error: Failed | None = None,
        *,
        title: str = "",
        owner: QObject | None = None,
        on_cancelled: Callable[[], None] | None = None,
    ) -> Job[T]:
        """Run something that changes nothing; several may run at the same time."""
        return self._start(Job(title, work, on_done, on_error, on_cancelled, owner, False))

    def run_write(
        self,
        work: Work[T],
        on_done: Done[T] | None = None,
        on_error: Failed | None = None,
        *,
        title: str = "",
        owner: QObject | None = None,
        on_cancelled: Callable[[], None] | None = None,
    ) -> Job[T]:
        """Run something that writes, in turn after all earlier writes; then tell the change bus once."""
        return self._start(Job(title, work, on_done, on_error, on_cancelled, owner, True))

    def _start(self, job: Job[T]) -> Job[T]:
        raise NotImplementedError

    def _deliver(self, job: Job[Any]) -> None:
        self._jobs.discard(job)
        job.finished = True
        alive = job.owner is None or shiboken6.isValid(job.owner)
        try:
            if isinstance(job.error, Cancelled):
                if job.on_cancelled is not None and alive:
                    job.on_cancelled()
            elif job.error is not None:
                self._tell_error(job, job.error, alive)
            else:
                self._tell_result(job, alive)
        finally:
            self.ended.emit(job)

    def _tell_error(self, job: Job[Any], error: BaseException, alive: bool) -> None:
        log.error("job failed: %s", job.title or job.work, exc_info=error)
        if job.on_error is not None and alive:
            job.on_error(error)
        else:
            self._report(error)

    def _tell_result(self, job: Job[Any], alive: bool) -> None:
        if job.writes:
            changes = change_set_of(job.result)
            if changes is not None and changes.count:
                self._bus.publish(changes)
        if job.on_done is not None and alive:
            job.on_done(job.result)


class TaskRunner(_RunnerBase):
    """Runs jobs in threads. Create it in the GUI thread; call :meth:`shutdown` before the program ends."""

    _wake = Signal()

    def __init__(self, bus: ChangeBus, report: Failed, parent: QObject | None = None, *, readers: int = 2) -> None:
        super().__init__(bus, report, parent)
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        self._readers = ThreadPoolExecutor(max_workers=readers, thread_name_prefix="reader")
        self._ended: SimpleQueue[Job[Any]] = SimpleQueue()
        self._closed = False
        # This object lives in the GUI thread, so its slot runs there whichever thread emits.
        self._wake.connect(self._deliver_one)

    def shutdown(self) -> None:
        """Ask all jobs to stop, wait for them, tell their ends. What is asked for afterwards is cancelled at once."""
        self._closed = True
        for job in tuple(self._jobs):
            job.cancel()
        self._writer.shutdown(wait=True)
        self._readers.shutdown(wait=True)
        while self._jobs:
            self._deliver_one()

    def _start(self, job: Job[T]) -> Job[T]:
        if self._closed:  # the last answers make views ask again; nobody will see it
            job.cancel()
            job.finished = True
            return job
        pool = self._writer if job.writes else self._readers
        self._jobs.add(job)
        self.started.emit(job)
        future: Future[None] = pool.submit(self._run, job)
        del future  # _run catches everything; the answer comes through the queue
        return job

    def _run(self, job: Job[Any]) -> None:
        try:
            job.progress.check()
            job.result = job.work(job.progress)
        except BaseException as error:  # the one place where errors of background work are caught
            job.error = error
        self._ended.put(job)
        self._wake.emit()

    @Slot()
    def _deliver_one(self) -> None:
        # One job per wake: an error in one job's callback cannot keep the next one from being told.
        try:
            job = self._ended.get_nowait()
        except Empty:
            return
        self._deliver(job)


class SynchronousRunner(_RunnerBase):
    """The same, at once and without threads: GUI tests become short and repeatable."""

    def shutdown(self) -> None:
        """Nothing to wait for."""

    def _start(self, job: Job[T]) -> Job[T]:
        self._jobs.add(job)
        self.started.emit(job)
        try:
            job.progress.check()
            job.result = job.work(job.progress)
        except Exception as error:
            job.error = error
        self._deliver(job)
        return job


def change_set_of(result: object) -> ChangeSet | None:
    """The change set in what a service answered: the answer itself, part of a tuple, or its ``change_set``."""
    if isinstance(result, ChangeSet):
        return result
    if isinstance(result, tuple):
        return next((part for part in result if isinstance(part, ChangeSet)), None)
    found = getattr(result, "change_set", None)
    return found if isinstance(found, ChangeSet) else None

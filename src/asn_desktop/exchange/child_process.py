"""Starting and stopping the reading child: memory ceiling, time limit, cancellation within half a second."""

from __future__ import annotations

import contextlib
import ctypes
import json
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from asn_desktop.core.errors import AppError, WorkbookError, out_of_memory
from asn_desktop.core.i18n import _
from asn_desktop.core.progress import Progress
from asn_desktop.environment.program import NO_WINDOW, available_memory, child_environment, own_command
from asn_desktop.exchange.archive import Limits, ask_for_original
from asn_desktop.exchange.reader_child import OPTION
from asn_desktop.exchange.workbook import decode_value, no_number

_POLL_SECONDS = 0.1
_LINES_AHEAD = 16
_LITTLE_MEMORY = 128 << 20


class ReadingChild:
    """A context manager around the child. Iterate :meth:`messages`; leaving the block kills what still runs."""

    def __init__(self, data: bytes, sheets: list[str], limits: Limits) -> None:
        self._limits = limits
        self._ceiling = 0
        """How much memory the child may take, as it found it; nothing before it is ready to read."""
        self._deadline = time.monotonic() + limits.child_seconds
        try:
            self._process = subprocess.Popen(
                own_command(OPTION),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=NO_WINDOW,
                env=child_environment(),
            )
        except OSError as error:
            raise out_of_memory(type(error).__name__) from error
        self._job = _put_into_job(self._process, limits.child_memory) if sys.platform == "win32" else None
        self._lines: queue.Queue[bytes | None] = queue.Queue(maxsize=_LINES_AHEAD)
        self._closed = threading.Event()
        order = {"size": len(data), "memory": limits.child_memory, "sheets": sheets}
        self._threads = [
            threading.Thread(target=self._feed, args=(order, data), daemon=True),
            threading.Thread(target=self._drain, daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> ReadingChild:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed.set()
        if self._process.poll() is None:
            self._process.kill()
        if self._job is not None:
            # In a virtual environment python.exe only starts the real one: closing the job ends both.
            ctypes.WinDLL("kernel32").CloseHandle(ctypes.c_void_p(self._job))  # type: ignore[attr-defined,unused-ignore]
        while not self._lines.empty():
            self._lines.get_nowait()
        for thread in self._threads:
            thread.join(timeout=5)
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):  # closing flushes what a dead child never took
                    stream.close()

    def messages(self, progress: Progress) -> Iterator[dict[str, Any]]:
        """The child's lines, decoded, until its end. Raises :class:`WorkbookError` when it fails or dies."""
        while True:
            progress.check()
            if time.monotonic() > self._deadline:
                raise WorkbookError(
                    _("Membaca berkas memakan waktu terlalu lama dan dihentikan."),
                    _("Bagi berkas menjadi beberapa bagian, atau salin tabelnya ke buku kerja baru."),
                    code="ASN-1319",
                )
            try:
                line = self._lines.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                continue
            if line is None:
                raise self._died()
            message = json.loads(line, object_hook=decode_value, parse_constant=no_number)
            if "ready" in message:
                self._ceiling = int(message["ready"])
                continue
            if "error" in message:
                raise self._refused(message)
            if "end" in message:
                return
            yield message

    def _feed(self, order: dict[str, object], data: bytes) -> None:
        stdin = self._process.stdin
        assert stdin is not None
        try:
            stdin.write(json.dumps(order).encode("ascii") + b"\n")
            stdin.write(data)
            stdin.flush()
        except OSError:
            return  # the child is gone; the reading side reports it

    def _drain(self) -> None:
        stdout = self._process.stdout
        assert stdout is not None
        try:
            for line in stdout:
                if not self._put(line):
                    return
        except (OSError, ValueError):
            pass
        self._put(None)

    def _put(self, line: bytes | None) -> bool:
        while not self._closed.is_set():
            try:
                self._lines.put(line, timeout=_POLL_SECONDS)
            except queue.Full:
                continue
            return True
        return False

    def _died(self) -> AppError:
        code = self._process.wait()
        if self._little_memory(code):
            return out_of_memory(f"exit {code}")
        return WorkbookError(
            _("Berkas ini membuat pembaca kehabisan memori atau berhenti. Program tetap berjalan."),
            _("Salin tabelnya saja ke buku kerja baru, simpan sebagai .xlsx, lalu impor lagi."),
            code="ASN-1318",
            details=f"exit {code}",
        )

    def _refused(self, message: dict[str, Any]) -> AppError:
        if message["error"] == "memory" and self._little_memory():
            return out_of_memory("reader")
        return _refused(message)

    def _little_memory(self, code: int = 0) -> bool:
        """Whether the machine is to blame and not the file: the reader did not come as far as the file, got less than
        a file may need, was ended by a system that needed the memory, or there is hardly any left."""
        killed = sys.platform != "win32" and code == -signal.SIGKILL
        left = available_memory()
        return self._ceiling < self._limits.child_memory or killed or (left is not None and left < _LITTLE_MEMORY)


def _refused(message: dict[str, Any]) -> WorkbookError:
    if message["error"] == "password":
        return WorkbookError(
            _("Berkas dilindungi kata sandi."), _("Hapus kata sandinya di Excel, lalu simpan."), code="ASN-1304"
        )
    if message["error"] == "memory":
        return WorkbookError(
            _("Berkas ini memerlukan memori terlalu besar."),
            _("Bagi berkas menjadi beberapa bagian, atau salin tabelnya ke buku kerja baru."),
            code="ASN-1318",
        )
    return WorkbookError(
        _("Isi berkas tidak dapat dibaca; berkas mungkin rusak."),
        ask_for_original(),
        code="ASN-1309",
        details=str(message.get("details", "")),
    )


def _put_into_job(process: subprocess.Popen[bytes], memory: int) -> int:
    """Windows: a job object with a memory ceiling that also ends the child when this program ends."""

    class Basic(ctypes.Structure):
        _fields_ = (
            ("per_process_time", ctypes.c_int64),
            ("per_job_time", ctypes.c_int64),
            ("flags", ctypes.c_uint32),
            ("minimum_working_set", ctypes.c_size_t),
            ("maximum_working_set", ctypes.c_size_t),
            ("active_processes", ctypes.c_uint32),
            ("affinity", ctypes.c_size_t),
            ("priority", ctypes.c_uint32),
            ("scheduling", ctypes.c_uint32),
        )

    class Extended(ctypes.Structure):
        _fields_ = (
            ("basic", Basic),
            ("io", ctypes.c_uint64 * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process", ctypes.c_size_t),
            ("peak_job", ctypes.c_size_t),
        )

    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined,unused-ignore]
    kernel.CreateJobObjectW.restype = ctypes.c_void_p
    job = kernel.CreateJobObjectW(None, None)
    limits = Extended()
    limits.basic.flags = 0x100 | 0x2000 | 0x8  # process memory, kill on close, active processes
    limits.basic.active_processes = 2  # a virtual environment's python.exe starts the real one
    limits.process_memory = memory
    kernel.SetInformationJobObject(ctypes.c_void_p(job), 9, ctypes.byref(limits), ctypes.sizeof(limits))
    handle = int(process._handle)  # type: ignore[attr-defined,unused-ignore]
    kernel.AssignProcessToJobObject(ctypes.c_void_p(job), ctypes.c_void_p(handle))
    return int(job)

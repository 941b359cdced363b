"""Every tab of the real window, drawn and saved as a picture, in a process of its own.

Qt ends the process, on Windows after a box that somebody must click, when it cannot start: so the parent waits with a
time limit and reads what the child wrote into a file.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asn_desktop.core.i18n import N_, _
from asn_desktop.core.outputs import refuse_output
from asn_desktop.environment.program import NO_WINDOW, child_environment, own_command
from asn_desktop.self_test.findings import Check, Place, Unsound

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication, QWidget

    from asn_desktop.gui.main_window import MainWindow
    from asn_desktop.gui.tasks import TaskRunner

OPTION = "--self-test-window"
SIZE = (1366, 768)
_ANSWER = "jendela.json"
_LIMIT_SECONDS = 180
_SETTLE_SECONDS = 30
_FEWEST_COLOURS = 12
_OFFSCREEN = "This plugin does not support propagateSizeHints"
"""What Qt says of every window that it draws into memory."""


def window(place: Place) -> str:
    """Asks the child; a child that hangs is ended."""
    answer = place.work / _ANSWER
    command = own_command(OPTION, str(place.work), str(place.out), place.platform)
    try:
        done = subprocess.run(
            command,
            input=b"",
            capture_output=True,
            timeout=_LIMIT_SECONDS,
            check=False,
            creationflags=NO_WINDOW,
            env=child_environment(),
        )
    except subprocess.TimeoutExpired as error:
        raise Unsound(_("Jendela tidak muncul dalam {n} detik.").format(n=_LIMIT_SECONDS)) from error
    told = done.stderr.decode("utf-8", "replace").strip()
    if not answer.exists():
        raise Unsound(_("Jendela berhenti tanpa jawaban (kode {n}).").format(n=done.returncode), details=told[-2000:])
    found = json.loads(answer.read_text(encoding="utf-8"))
    if found.get("error"):
        raise Unsound(_("Jendela gagal digambar."), details=found["error"])
    if done.returncode != 0:
        raise Unsound(_("Jendela tidak berakhir bersih (kode {n}).").format(n=done.returncode), details=told[-2000:])
    text = _("{n} tab ({names}), {platform}, huruf {fonts}").format(
        n=len(found["tabs"]),
        names=", ".join(found["tabs"]),
        platform=found["platform"],
        fonts=", ".join(found["fonts"]),
    )
    return "; ".join([text, *found["messages"]])


CHECKS = (Check("window", N_("Jendela"), window),)


def main(arguments: list[str]) -> int:
    """Entry of the child: draws, writes its answer, ends. Never shows anything."""
    work, out, platform = arguments
    place = Place(Path(work), Path(out), platform)
    try:
        found = _draw(place)
    except Exception:  # told to the parent: nobody else would see it
        found = {"error": traceback.format_exc()}
    (place.work / _ANSWER).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    return 1 if found.get("error") else 0


@dataclass
class _Silent:
    """In the place of the windows that speak to a person: an error fails the check, a question has no answer."""

    errors: list[str] = field(default_factory=list)

    def error(self, _parent: QWidget | None, _text: object, error: BaseException) -> None:
        self.errors.append("".join(traceback.format_exception(error)))

    def __getattr__(self, name: str) -> Any:
        def said(*_arguments: object, **_options: object) -> None:
            self.errors.append(f"the window wanted to say something: {name}")

        return said


def _draw(place: Place) -> dict[str, Any]:
    from PySide6.QtCore import QtMsgType, qInstallMessageHandler

    from asn_desktop.app import build_window
    from asn_desktop.gui import messages
    from asn_desktop.gui.application import create_application
    from asn_desktop.gui.change_bus import ChangeBus
    from asn_desktop.gui.table_view import NoViewSettings
    from asn_desktop.gui.tasks import TaskRunner
    from asn_desktop.self_test.office import opened

    said: list[str] = []

    def heard(kind: QtMsgType, _context: object, text: str) -> None:
        if kind != QtMsgType.QtDebugMsg:
            said.append(text)
            print(text, file=sys.stderr, flush=True)  # what Qt says before it ends the process reaches the parent

    silent = _Silent()
    qInstallMessageHandler(heard)
    app = create_application(["asn-desktop", *(["-platform", place.platform] if place.platform else [])])
    messages.use(silent)
    sys.excepthook = lambda _kind, error, _trace: silent.error(None, None, error)
    bus = ChangeBus()
    runner = TaskRunner(bus, lambda error: silent.error(None, None, error))
    with opened(place) as services:
        try:
            frame, _shell = build_window(services, runner, bus, NoViewSettings())
            tabs = _grab_tabs(app, frame, runner, place.out)
            frame.hide()
        finally:
            runner.shutdown()
    qInstallMessageHandler(None)
    if silent.errors:
        raise RuntimeError("\n".join(silent.errors))
    return {
        "tabs": tabs,
        "platform": app.platformName(),
        "fonts": _fonts(app),
        "messages": sorted({text for text in said if _OFFSCREEN not in text}),
    }


def _fonts(app: QApplication) -> list[str]:
    """The families that are really drawn: one is right, more mean that the system has its own for some widgets."""
    from PySide6.QtGui import QFontInfo

    return sorted({QFontInfo(widget.font()).family() for widget in app.allWidgets()})


def _grab_tabs(app: QApplication, frame: MainWindow, runner: TaskRunner, out: Path) -> list[str]:
    """A picture of every tab, once all it reads has arrived; returns the titles."""
    from PySide6.QtCore import Qt

    frame.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)  # drawn as always, but nothing flashes up
    frame.resize(*SIZE)
    frame.show()
    titles = []
    for number in range(frame.tabs.count()):
        frame.tabs.setCurrentIndex(number)
        _settle(app, runner)
        image = frame.grab().toImage()
        path = refuse_output(out / f"tab-{number + 1}-{frame.current_key}.png")
        if _colours(image) < _FEWEST_COLOURS:
            raise RuntimeError(f"{path.name}: an empty picture")
        if not image.save(str(path)):
            raise OSError(f"{path.name}: not saved")
        titles.append(frame.tabs.tabText(number))
    return titles


def _settle(app: QApplication, runner: TaskRunner) -> None:
    """Until nothing is being read any more and what came has been drawn."""
    deadline = time.monotonic() + _SETTLE_SECONDS
    quiet = 0
    while quiet < 5:
        app.processEvents()
        quiet = 0 if runner.busy else quiet + 1
        if time.monotonic() > deadline:
            raise TimeoutError("the tab still reads")
        time.sleep(0.02)


def _colours(image: QImage) -> int:
    small = image.scaled(160, 90)
    return len({small.pixel(x, y) for x in range(small.width()) for y in range(small.height())})

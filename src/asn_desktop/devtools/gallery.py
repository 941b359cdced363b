"""Pictures of the windows for review: every scene at 100 %, at 150 %, with large text and with high contrast.

Each look is a process of its own, because the scaling of Qt is fixed when the application starts. A scene is a
function that returns a widget ready to be shown; add one to :func:`scenes`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from asn_desktop.core.outputs import refuse_output_folder
from asn_desktop.devtools.gallery_scene import Scene, settle
from asn_desktop.gui import theme
from asn_desktop.gui.application import create_application


@dataclass(frozen=True, slots=True)
class Look:
    """How the pictures are taken. ``size`` in logical pixels: 1280×720 at 150 % is a full-HD screen."""

    suffix: str
    scale: float = 1.0
    size: tuple[int, int] = (1366, 768)
    large_text: bool = False
    high_contrast: bool = False


LOOKS = (
    Look(""),
    Look("-150", scale=1.5, size=(1280, 720)),
    Look("-besar", large_text=True),
    Look("-kontras", high_contrast=True),
)


def scenes() -> Mapping[str, Scene]:
    """Name of the picture → what it shows."""
    from asn_desktop.devtools import gallery_exchange, gallery_office, gallery_scenes, gallery_tabs

    return {**gallery_scenes.SCENES, **gallery_office.SCENES, **gallery_tabs.SCENES, **gallery_exchange.SCENES}


def write(folder: Path, names: Sequence[str] = ()) -> int:
    """Write all pictures (or only those named) into ``folder``; 0 when every look succeeded."""
    from asn_desktop.devtools import gallery_office, gallery_tabs

    unknown = sorted(set(names) - set(scenes()))
    if unknown:
        print("no such scene:", " ".join(unknown), "\nscenes:", " ".join(scenes()), file=sys.stderr)
        return 2
    refuse_output_folder(folder).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        office = {}
        if not names or any(name in gallery_office.SCENES or name in gallery_tabs.SCENES for name in names):
            office = {gallery_office.HOME: str(gallery_office.prepare(Path(place)))}
        failed = _take_all(folder, names, office, Path(place))
    return 1 if failed else 0


def _take_all(folder: Path, names: Sequence[str], office: Mapping[str, str], place: Path) -> int:
    """One process per look; returns how many failed."""
    failed = 0
    for look in LOOKS:
        environment = {**os.environ, **office, "QT_SCALE_FACTOR": str(look.scale)}
        if environment.get("QT_QPA_PLATFORM") == "offscreen":
            environment["QT_QPA_PLATFORM"] = f"offscreen:configfile={_screen(place, look)}"
        command = [sys.executable, "-m", "asn_desktop.devtools.gallery", str(folder), f"look{look.suffix}", *names]
        failed += subprocess.run(command, env=environment, check=False).returncode != 0
    return failed


def _screen(place: Path, look: Look) -> Path:
    """A screen of the look's size for the offscreen platform, whose own one (800×800) is smaller than any PC's."""
    width, height = (round(side * look.scale) for side in look.size)
    screen = {"name": "layar", "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96, "dpr": 1}
    path = place / f"layar{look.suffix}.json"
    path.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    return path


def grab(widget: QWidget, path: Path, size: tuple[int, int]) -> None:
    """Show a widget at a size, let it settle, and save its picture. One with the property ``kept`` lives on."""
    if not isinstance(widget, QDialog):
        widget.resize(*size)
    widget.show()
    settle()
    widget.grab().save(str(path))
    if widget.property("kept"):
        widget.hide()
        return
    widget.close()
    widget.deleteLater()
    settle()


def take(folder: Path, look: Look, names: Sequence[str] = ()) -> None:
    """Take the pictures of one look in this process."""
    variant = theme.variant(large_text=look.large_text, high_contrast=look.high_contrast)
    app = QApplication.instance() or create_application(["gallery"], look=variant)
    assert isinstance(app, QApplication)
    for name, scene in scenes().items():
        if not names or name in names:
            path = folder / f"{name}{look.suffix}.png"
            grab(scene(), path, look.size)
            print(path.name, flush=True)


def main(arguments: Sequence[str]) -> int:
    folder, chosen, *names = arguments
    from asn_desktop.devtools import gallery_exchange, gallery_office

    try:
        take(Path(folder), next(look for look in LOOKS if f"look{look.suffix}" == chosen), names)
    finally:
        gallery_exchange.finish()
        gallery_office.finish()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Draw ``resources/icons/asn-desktop.ico``: the program's icon for Explorer, task bar, installer and window.

A rounded tile in the accent colour with the white building of ``landmark.svg``; at 16 and 20 pixels it is
set pixel by pixel, to be recognised at all. Run it again after changing either::

    uv run python installers/make_icon.py
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import NamedTuple, cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPolygonF
from PySide6.QtSvg import QSvgRenderer

from asn_desktop.gui.theme import LIGHT

SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"
_DRAWING = (ICONS / "landmark.svg").read_text(encoding="utf-8")


class _Building(NamedTuple):
    """The building on the pixel grid: lines that fall between pixels would be a grey blur at these sizes."""

    roof: tuple[tuple[float, float], ...]
    bars: tuple[tuple[int, int, int, int], ...]
    """Eaves, columns and base: left, top, width, height."""


_BY_HAND = {
    16: _Building(
        ((3, 5), (8, 2), (13, 5)), ((3, 5, 10, 1), (4, 7, 2, 4), (7, 7, 2, 4), (10, 7, 2, 4), (3, 12, 10, 1))
    ),
    20: _Building(
        ((4, 6), (10, 2.5), (16, 6)), ((4, 6, 12, 2), (5, 9, 2, 5), (9, 9, 2, 5), (13, 9, 2, 5), (4, 15, 12, 2))
    ),
}


def draw(side: int) -> QImage:
    """The icon at one size in pixels."""
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(LIGHT.accent))
    radius = side * 0.2
    painter.drawRoundedRect(QRectF(0, 0, side, side), radius, radius)
    if side in _BY_HAND:
        _draw_by_hand(painter, _BY_HAND[side])
    else:
        margin = side * (0.04 if side < 32 else 0.1)
        drawing = _DRAWING.replace("currentColor", "#FFFFFF")
        renderer = QSvgRenderer(QByteArray(drawing.encode("utf-8")))
        renderer.render(painter, QRectF(margin, margin, side - 2 * margin, side - 2 * margin))
    painter.end()
    return image


def _draw_by_hand(painter: QPainter, building: _Building) -> None:
    painter.setBrush(QColor("#FFFFFF"))
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in building.roof]))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for x, y, width, height in building.bars:
        painter.fillRect(x, y, width, height, QColor("#FFFFFF"))


def encode(image: QImage) -> bytes:
    """One picture of an icon file: PNG at 256, an uncompressed bitmap below, as old tools expect."""
    side = image.width()
    if side >= 256:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub knows only the bytes spelling
        return cast(bytes, buffer.data().data())
    rows = [bytes(cast(memoryview, image.constScanLine(y)))[: side * 4] for y in reversed(range(side))]
    mask = bytes((side + 31) // 32 * 4 * side)  # all of it is drawn: transparency is in the pixels
    header = struct.pack("<IiiHHIIiiII", 40, side, side * 2, 1, 32, 0, side * side * 4 + len(mask), 0, 0, 0, 0)
    return header + b"".join(rows) + mask


def icon_file(pictures: list[tuple[int, bytes]]) -> bytes:
    """The ``.ico`` container: a directory, then the pictures."""
    offset = 6 + 16 * len(pictures)
    directory = struct.pack("<HHH", 0, 1, len(pictures))
    for side, data in pictures:
        directory += struct.pack("<BBBBHHII", side % 256, side % 256, 0, 0, 1, 32, len(data), offset)
        offset += len(data)
    return directory + b"".join(data for _side, data in pictures)


def main() -> None:
    application = QGuiApplication([])
    target = ICONS / "asn-desktop.ico"
    target.write_bytes(icon_file([(side, encode(draw(side))) for side in SIZES]))
    print(f"{target.name}: {target.stat().st_size} bytes, {len(SIZES)} sizes")
    del application


if __name__ == "__main__":
    main()

"""The installer's two pictures, drawn from the program's own colours and mark, so that they cannot drift apart.

NSIS stretches them to the size of the user's screen text; they are drawn three times as large as its grid, which still
looks sharp at 200 %. Run as a program of its own, because Qt wants its platform chosen before it starts.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QLinearGradient, QPainter
from PySide6.QtSvg import QSvgRenderer

import version_info
from asn_desktop.environment.resources import resource_path
from asn_desktop.gui import theme

_SCALE = 3
_HEADER, _SIDE = (150, 57), (164, 314)


def write(folder: Path) -> None:
    """``header.bmp`` and ``side.bmp``; the only kind of picture that NSIS reads."""
    folder.mkdir(parents=True, exist_ok=True)
    QGuiApplication([])
    theme.load_fonts()
    _header().save(str(folder / "header.bmp"))
    _side().save(str(folder / "side.bmp"))


def _header() -> QImage:
    """Shown right of a page's title, on white: the mark alone."""
    image, painter = _canvas(_HEADER, theme.LIGHT.surface)
    _mark(painter, QRectF(104, 12, 33, 33), theme.LIGHT.accent)
    painter.end()
    return image


def _side() -> QImage:
    """Left half of the first and the last page: the mark and the name on the program's green."""
    image, painter = _canvas(_SIDE, theme.LIGHT.accent)
    ground = QLinearGradient(QPointF(0, 0), QPointF(0, _SIDE[1]))
    ground.setColorAt(0, QColor(theme.LIGHT.accent))
    ground.setColorAt(1, QColor(theme.LIGHT.accent_pressed))
    painter.fillRect(QRectF(0, 0, *_SIDE), ground)
    _mark(painter, QRectF(18, 26, 40, 40), theme.LIGHT.on_accent)
    _words(painter, QRectF(18, 78, 140, 24), version_info.PRODUCT, 17, QFont.Weight.DemiBold)
    _words(painter, QRectF(18, 104, 130, 60), "Pembinaan ASN\nberbasis kinerja", 10.5, QFont.Weight.Normal)
    painter.end()
    return image


def _canvas(size: tuple[int, int], ground: str) -> tuple[QImage, QPainter]:
    image = QImage(size[0] * _SCALE, size[1] * _SCALE, QImage.Format.Format_RGB888)
    image.fill(QColor(ground))
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(_SCALE, _SCALE)
    return image, painter


def _mark(painter: QPainter, place: QRectF, colour: str) -> None:
    drawing = resource_path("icons", "landmark.svg").read_text(encoding="utf-8")
    QSvgRenderer(drawing.replace("currentColor", colour).encode()).render(painter, place)


def _words(painter: QPainter, place: QRectF, text: str, pixels: float, weight: QFont.Weight) -> None:
    font = QFont(theme.FONT_FAMILY)
    font.setPixelSize(round(pixels))
    font.setWeight(weight)
    painter.setFont(font)
    painter.setPen(QColor(theme.LIGHT.on_accent))
    painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), text)


if __name__ == "__main__":
    write(Path(sys.argv[1]))

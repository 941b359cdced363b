"""The icon that people click on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QImage, QImageReader
from pytestqt.qtbot import QtBot

import make_icon
from asn_desktop.environment.resources import resource_path

FORMAT = QImage.Format.Format_ARGB32_Premultiplied


def shipped() -> Iterator[QImage]:
    reader = QImageReader(str(resource_path("icons", "asn-desktop.ico")))
    for number in range(reader.imageCount()):
        reader.jumpToImage(number)
        yield reader.read()


def distance(one: QImage, other: QImage) -> float:
    """How far two pictures of one size are apart: 0 for equal ones, 1 for white and nothing.

    Processors round an edge differently, by a few of 255 steps in a few pixels; that is nearly nothing here.
    """
    converted = [image.convertToFormat(FORMAT) for image in (one, other)]
    ours, theirs = (bytes(image.constBits()) for image in converted)
    return sum(abs(a - b) for a, b in zip(ours, theirs, strict=True)) / (255 * len(ours))


SAME = 0.002
"""Two processors differed in 12 of 65,536 pixels by one step: 0.0000002. A picture moved by one pixel in 256: 0.009."""


def test_the_shipped_icon_holds_every_size_and_is_what_its_maker_draws(qtbot: QtBot) -> None:
    pictures = {image.width(): image for image in shipped()}
    assert tuple(sorted(pictures)) == make_icon.SIZES
    for side, image in pictures.items():
        assert (image.height(), image.hasAlphaChannel()) == (side, True)
        assert distance(image, make_icon.draw(side)) < SAME, side


@pytest.mark.parametrize("side", make_icon.SIZES)
def test_another_picture_would_be_noticed(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, side: int) -> None:
    image = make_icon.draw(side)
    moved = image.copy(1, 0, side, side)
    mirrored = image.flipped()
    paler = make_icon.draw(side)
    for y in range(side):
        for x in range(side):
            colour = paler.pixelColor(x, y)
            paler.setPixelColor(x, y, QColor(colour.red(), colour.green(), colour.blue() * 9 // 10, colour.alpha()))
    others = [moved, mirrored, paler]
    if side not in make_icon._BY_HAND:
        users = (make_icon.ICONS / "users.svg").read_text(encoding="utf-8")
        monkeypatch.setattr(make_icon, "_DRAWING", users)
        others.append(make_icon.draw(side))
    assert min(distance(image, other) for other in others) > SAME

"""The icon that people click on."""

from __future__ import annotations

from PySide6.QtGui import QImageReader
from pytestqt.qtbot import QtBot

import make_icon
from asn_desktop.environment.resources import resource_path


def test_the_shipped_icon_holds_every_size_and_is_what_its_maker_draws(qtbot: QtBot) -> None:
    reader = QImageReader(str(resource_path("icons", "asn-desktop.ico")))
    shipped = {}
    for number in range(reader.imageCount()):
        reader.jumpToImage(number)
        image = reader.read()
        shipped[image.width()] = image
    assert tuple(sorted(shipped)) == make_icon.SIZES
    for side, image in shipped.items():
        drawn = make_icon.draw(side)
        assert image.convertToFormat(drawn.format()) == drawn, side

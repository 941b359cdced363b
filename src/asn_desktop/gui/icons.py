"""Line icons (Lucide, ISC licence) tinted with the colours of the look, sharp at every scaling.

An icon is named by its file in ``resources/icons`` without ``.svg``. Buttons and actions get theirs through
:func:`set_icon`, which remembers name and colour so that a change of theme can tint them again.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton

from asn_desktop.environment.resources import resource_path
from asn_desktop.gui import theme

SIZES = (16, 18, 20, 24)
TEXT_GAP = 4


def paint(painter: QPainter, name: str, rect: QRectF, color: str) -> None:
    """Draw an icon into ``rect`` with a colour (``#RRGGBB``)."""
    _renderer(name, color).render(painter, rect)


def pixmap(name: str, size: int = 18, color: str = "", *, ratio: float = 1.0) -> QPixmap:
    """One picture of ``size`` logical pixels; without ``color`` in the ink of the look."""
    result = QPixmap.fromImage(_image(name, color or theme.tokens().ink, round(size * ratio)))
    result.setDevicePixelRatio(ratio)
    return result


def icon(name: str, color: str = "", *, on_color: str = "", gap: int = 0, size: int = 0) -> QIcon:
    """An icon in a colour of the look.

    ``on_color`` is used when the control is checked or the tab is current. ``gap`` leaves empty pixels at the
    right, because Qt puts a button's text too close to its icon. ``size`` in logical pixels: 0 makes the usual ones.
    """
    sizes = (size,) if size else SIZES
    return _icon(name, color or theme.tokens().ink, on_color, gap, _ratios(), sizes)


def set_icon(target: QAbstractButton | QAction, name: str, color_token: str = "ink", *, size: int = 18) -> None:
    """Give a button or action an icon that follows the theme; ``color_token`` is a field of ``Tokens``."""
    target.setProperty("icon_name", name)
    target.setProperty("icon_color", color_token)
    target.setProperty("icon_gap", TEXT_GAP if isinstance(target, QPushButton) and target.text() else 0)
    target.setProperty("icon_size", size)
    _tint(target)


def retint(app: QApplication) -> None:
    """Tint every icon set by :func:`set_icon` again, after the look changed."""
    for widget in app.allWidgets():
        if isinstance(widget, QAbstractButton):
            _tint(widget)
        for action in widget.actions():
            _tint(action)


def _tint(target: QAbstractButton | QAction) -> None:
    """Set the icon again from what :func:`set_icon` remembered; widgets without an icon of ours are left alone."""
    name = target.property("icon_name")
    if not isinstance(name, str):
        return
    gap, size = target.property("icon_gap") or 0, target.property("icon_size") or 18
    side = theme.tokens().px(size) if isinstance(target, QAbstractButton) else 0
    color = getattr(theme.tokens(), _text_property(target, "icon_color"))
    target.setIcon(icon(name, color, gap=gap, size=side))
    if isinstance(target, QAbstractButton):
        target.setIconSize(QSize(side + gap, side))


def _text_property(target: QObject, name: str) -> str:
    value = target.property(name)
    return value if isinstance(value, str) else ""


def _ratios() -> tuple[float, ...]:
    """The device pixel ratios of the screens in use, so that no icon is ever enlarged."""
    return tuple(sorted({1.0, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())}))


@lru_cache(maxsize=512)
def _icon(name: str, color: str, on_color: str, gap: int, ratios: tuple[float, ...], sizes: tuple[int, ...]) -> QIcon:
    result = QIcon()
    states = [(QIcon.State.Off, color)]
    if on_color:
        states.append((QIcon.State.On, on_color))
    for state, tint in states:
        for size in sizes:
            for ratio in ratios:
                result.addPixmap(_padded(name, size, tint, gap, ratio), QIcon.Mode.Normal, state)
                disabled = _padded(name, size, theme.tokens().disabled, gap, ratio)
                result.addPixmap(disabled, QIcon.Mode.Disabled, state)
    return result


def _padded(name: str, size: int, color: str, gap: int, ratio: float) -> QPixmap:
    picture = pixmap(name, size, color, ratio=ratio)
    if not gap:
        return picture
    result = QPixmap(round((size + gap) * ratio), round(size * ratio))
    result.fill(Qt.GlobalColor.transparent)
    result.setDevicePixelRatio(ratio)
    painter = QPainter(result)
    painter.drawPixmap(0, 0, picture)
    painter.end()
    return result


@lru_cache(maxsize=512)
def _image(name: str, color: str, side: int) -> QImage:
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, color).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return image


@lru_cache(maxsize=512)
def _renderer(name: str, color: str) -> QSvgRenderer:
    source = resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(source.replace("currentColor", color).encode("utf-8")))

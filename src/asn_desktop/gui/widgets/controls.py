"""Buttons, labels, number fields and drop-down lists in the look of the program."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QPushButton, QSizePolicy, QSpinBox, QToolButton, QWidget

from asn_desktop.gui import icons, theme


class _PlainLabel(QLabel):
    """Shows every text as it is written: a name that holds HTML must neither look like it nor open its pictures.

    All our labels are made here (an architecture test); tool tips get the same from the stylesheet.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)


def button(
    text: str,
    *,
    kind: str = "",
    icon: str = "",
    tip: str = "",
    parent: QWidget | None = None,
    clicked: Callable[[], object] | None = None,
) -> QPushButton:
    """A push button. ``kind``: ``primary`` (one per view), ``danger``, ``ghost``, ``link``.

    Empty is quiet.
    """
    result = QPushButton(text, parent)
    if kind:
        result.setProperty("kind", kind)
    if icon:
        tint = {"primary": "on_accent", "danger": "danger", "link": "accent"}.get(kind, "muted")
        icons.set_icon(result, icon, tint, size=16)
    if tip:
        result.setToolTip(tip)
    if clicked is not None:
        result.clicked.connect(lambda: clicked())
    return result


def tool_button(
    icon: str, tip: str, *, parent: QWidget | None = None, clicked: Callable[[], object] | None = None
) -> QToolButton:
    """A square button with only an icon; ``tip`` is its name, also for screen readers."""
    result = QToolButton(parent)
    result.setProperty("kind", "ghost")
    result.setProperty("square", True)
    result.setToolTip(tip)
    result.setAccessibleName(tip)
    icons.set_icon(result, icon, "muted")
    if clicked is not None:
        result.clicked.connect(lambda: clicked())
    return result


def label(text: str = "", role: str = "", *, wrap: bool = False, parent: QWidget | None = None) -> QLabel:
    """A label with a text role of the stylesheet.

    ``title``, ``section``, ``secondary``, ``strong``, ``error``.
    """
    result = _PlainLabel(text, parent)
    if role:
        result.setProperty("role", role)
    result.setWordWrap(wrap)
    return result


def picture(icon: str, size: int, colour: str, *, parent: QWidget) -> QLabel:
    """A label that shows an icon, ``size`` pixels before the text scale."""
    result = _PlainLabel("", parent)
    ratio = parent.devicePixelRatioF()
    result.setPixmap(icons.pixmap(icon, theme.tokens().px(size), colour, ratio=ratio))
    return result


def number_field(minimum: int = 0, maximum: int = 9999, *, suffix: str = "", parent: QWidget | None = None) -> QSpinBox:
    """A whole number.

    The wheel changes it only when it has the focus, so that scrolling a form changes nothing.
    """
    result = _CalmSpinBox(parent)
    result.setRange(minimum, maximum)
    result.setSuffix(suffix)
    result.setGroupSeparatorShown(True)
    result.lineEdit().setTextMargins(10, 0, 0, 0)
    result.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return result


class _CalmSpinBox(QSpinBox):
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def combo(items: Sequence[tuple[str, str]] = (), *, parent: QWidget | None = None) -> QComboBox:
    """A drop-down list of ``(value, text)``; read ``currentData()``.

    It does not react to the wheel unfocused.
    """
    result = _CalmComboBox(parent)
    for value, text in items:
        result.addItem(text, value)
    result.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    result.setMaxVisibleItems(14)
    return result


class _CalmComboBox(QComboBox):
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def rule(parent: QWidget | None = None) -> QFrame:
    """A thin horizontal line."""
    result = QFrame(parent)
    result.setProperty("rule", True)
    return result


def shorten(widget: QPushButton, text: str, width: int, tip: str = "") -> None:
    """Write a name of any length on a button, at most ``width`` pixels of it; the whole stands in the tool tip."""
    shown = QFontMetrics(widget.font()).elidedText(text, Qt.TextElideMode.ElideRight, width)
    widget.setText(shown)
    widget.setToolTip("\n".join(part for part in (text if shown != text else "", tip) if part))


class SectionTitle(_PlainLabel):
    """The title of a card or of a part of a form."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("role", "section")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)


def wrappable(path: Path) -> str:
    """A path for a label that wraps: it may break after each part, where otherwise it would be cut off."""
    return re.sub(r"([\\/])", "\\1\u200b", str(path))


class ElidedLabel(_PlainLabel):
    """One line that ends in … when the place is narrow; the full text is in the tool tip."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        if role:
            self.setProperty("role", role)
        self._full = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        self._full = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    @property
    def full_text(self) -> str:
        return self._full

    def text(self) -> str:
        """The whole text, as of any label."""
        return self._full

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self._full) + 4, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(min(self.sizeHint().width(), metrics.averageCharWidth() * 3), metrics.height() + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        text = QFontMetrics(self.font()).elidedText(self._full, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

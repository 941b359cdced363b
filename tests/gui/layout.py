"""``assert_nothing_clipped(widget)``: every visible label, button, field and tab shows its whole text."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QTabBar,
    QWidget,
)

from asn_desktop.gui.widgets import Chip, ElidedLabel, SegmentedControl


def clipped(widget: QWidget) -> list[str]:
    """A line for each visible text of ``widget`` and its children that has not enough room."""
    QApplication.processEvents()
    found: list[str] = []
    for child in (widget, *widget.findChildren(QWidget)):
        if child.isVisible() and not _inside_scrolled_table(child):
            found += (f"{_path(child)}: {problem}" for problem in _problems(child))
    return found


def assert_nothing_clipped(widget: QWidget) -> None:
    """Show the widget first, at the size and scale that is to be examined."""
    problems = clipped(widget)
    assert not problems, "\n".join(problems)


def _problems(child: QWidget) -> Iterator[str]:
    if isinstance(child, ElidedLabel):
        return  # shortening is its purpose; the whole text is in the tool tip
    if isinstance(child, QLabel) and child.text():
        yield from _label(child)
    elif isinstance(child, QAbstractButton) and child.text():
        yield from _too_small(child, child.sizeHint(), child.text())
    elif isinstance(child, Chip | SegmentedControl):
        yield from _too_small(child, child.sizeHint(), child.accessibleName())
    elif isinstance(child, QTabBar):
        yield from _tabs(child)
    elif isinstance(child, QComboBox):
        yield from _combo(child)
    elif isinstance(child, QLineEdit) and child.placeholderText() and not child.text():
        room = child.width() - 20 - (28 if child.actions() else 0)
        if QFontMetrics(child.font()).horizontalAdvance(child.placeholderText()) > room:
            yield f"hint cut: {child.placeholderText()!r}"
    if child.parentWidget() is not None and not child.isWindow() and _has_text(child):
        beyond = child.mapTo(child.parentWidget(), child.rect().bottomRight())
        parent = child.parentWidget().rect()
        if beyond.x() > parent.right() + 1 or beyond.y() > parent.bottom() + 1 or child.x() < -1 or child.y() < -1:
            yield "lies outside its parent"


def _label(label: QLabel) -> Iterator[str]:
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        if needed > label.height() + 1:
            yield f"needs {needed}px of height, has {label.height()}: {label.text()!r}"
        longest = max(label.text().replace("\u200b", " ").split() or [""], key=len)
        if QFontMetrics(label.font()).horizontalAdvance(longest) > label.width():
            yield f"a word is wider than the label: {longest!r}"
    else:
        yield from _too_small(label, label.sizeHint(), label.text())


def _too_small(child: QWidget, hint: QSize, text: str) -> Iterator[str]:
    if child.width() < hint.width() - 1 or child.height() < hint.height() - 1:
        yield f"{child.width()}×{child.height()} of {hint.width()}×{hint.height()}: {text!r}"


def _tabs(bar: QTabBar) -> Iterator[str]:
    for index in range(bar.count()):
        rect = bar.tabRect(index)
        if bar.isTabVisible(index) and rect.right() > bar.width() + 1:
            yield f"tab does not fit: {bar.tabText(index)!r}"


def _combo(combo: QComboBox) -> Iterator[str]:
    room = combo.width() - 40
    if QFontMetrics(combo.font()).horizontalAdvance(combo.currentText()) > room:
        yield f"choice cut: {combo.currentText()!r}"


def _has_text(child: QWidget) -> bool:
    return isinstance(child, QLabel | QAbstractButton | Chip | QComboBox | QLineEdit) and not isinstance(
        child, ElidedLabel
    )


def _inside_scrolled_table(child: QWidget) -> bool:
    """Qt's own small helpers (scroll buttons, corner widgets) have no texts of ours."""
    return child.objectName().startswith("qt_") or child.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)


def _path(child: QWidget) -> str:
    names = []
    node: QWidget | None = child
    while node is not None:
        names.append(node.objectName() or type(node).__name__)
        node = node.parentWidget()
    return "/".join(reversed(names))

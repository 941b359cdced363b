"""Cards, chips, key hints, numbers to click and the designed empty state."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from asn_desktop.gui import icons, theme
from asn_desktop.gui.widgets.controls import SectionTitle, button, label


class Card(QFrame):
    """A white card with an optional title; fill ``body``."""

    def __init__(self, title: str = "", parent: QWidget | None = None, *, margins: int = 16) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margins, margins - 2 if margins else 0, margins, margins)
        self.body.setSpacing(theme.SPACE)
        self.heading = QHBoxLayout()
        self.heading.setSpacing(theme.SPACE)
        if title:
            self.heading.addWidget(SectionTitle(title, self), 1)
            self.body.addLayout(self.heading)


class Chip(QWidget):
    """A word on a tinted ground: a predicate, a state, a mark. ``tone`` is a name in ``Tokens.tones``."""

    def __init__(self, text: str, tone: str = "neutral", parent: QWidget | None = None, *, icon: str = "") -> None:
        super().__init__(parent)
        self._text, self._tone, self._icon = text, tone, icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    @property
    def text(self) -> str:
        return self._text

    @property
    def tone(self) -> str:
        return self._tone

    def set_content(self, text: str, tone: str) -> None:
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(chip_font())
        extra = theme.tokens().px(18) if self._icon else 0
        return QSize(metrics.horizontalAdvance(self._text) + theme.tokens().px(20) + extra, metrics.height() + 7)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        paint_chip(painter, rect, self._text, self._tone, icon=self._icon)


def chip_font() -> QFont:
    return theme.font(12, weight=QFont.Weight.DemiBold)


def paint_chip(painter: QPainter, rect: QRectF, text: str, tone: str, *, icon: str = "") -> None:
    """Draw a chip into ``rect``; shared with the table delegates."""
    colours = theme.tone(tone)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outlined = colours.ground == theme.tokens().surface
    painter.setPen(QPen(QColor(colours.ink), 1) if outlined else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.ground))
    shape = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(shape, shape.height() / 2, shape.height() / 2)
    if icon:
        side = theme.tokens().px(14)
        place = QRectF(rect.left() + theme.tokens().px(9), rect.center().y() - side / 2, side, side)
        icons.paint(painter, icon, place, colours.ink)
        rect = rect.adjusted(side + theme.tokens().px(4), 0, 0, 0)
    painter.setPen(QColor(colours.ink))
    painter.setFont(chip_font())
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def predicate_chip(code: str, parent: QWidget | None = None) -> Chip:
    """The chip of a predicate code; an empty code reads *Belum dinilai*."""
    return Chip(theme.predicate_label(code), theme.predicate_tone(code), parent)


def state_chip(code: str, text: str, parent: QWidget | None = None) -> Chip:
    """The chip of a state: ``code`` chooses the tone, ``text`` is the word."""
    return Chip(text, theme.state_tone(code), parent)


class KeyHint(QWidget):
    """``KeyHint("Ctrl+K", "Cari")``: a key cap and what it does."""

    def __init__(self, key: str, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(label(key, "key", parent=self))
        if text:
            row.addWidget(label(text, "secondary", parent=self))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class EmptyState(QWidget):
    """What this place is for and what to do first: icon, title, sentence, one button."""

    activated = Signal()

    def __init__(
        self,
        icon: str,
        title: str,
        text: str,
        action: str = "",
        parent: QWidget | None = None,
        *,
        action_icon: str = "",
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        outer = self._outer = QVBoxLayout(self)
        outer.setContentsMargins(32, 24, 32, 24)
        outer.setSpacing(theme.SPACE)
        outer.addStretch(2)
        self._picture = _RoundIcon(icon, self)
        outer.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addSpacing(8)
        self.title_label = label(title, "title", wrap=True, parent=self)
        self.text_label = label(text, "", wrap=True, parent=self)
        for line in (self.title_label, self.text_label):
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            line.setMaximumWidth(theme.tokens().px(460))
            line.setMinimumWidth(min(theme.tokens().px(300), 300))
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(line, 6)
            row.addStretch(1)
            outer.addLayout(row)
        self.button: QPushButton | None = None
        if action:
            outer.addSpacing(8)
            self.button = button(action, kind="primary", icon=action_icon, parent=self)
            self.button.clicked.connect(self.activated)
            outer.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)

    def set_texts(self, title: str, text: str) -> None:
        self.title_label.setText(title)
        self.text_label.setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = event.size().height() >= theme.tokens().px(250)  # in a low window the words come first
        self._picture.setVisible(roomy)
        ends = 24 if roomy else 4
        self._outer.setContentsMargins(32, ends, 32, ends)


class _RoundIcon(QWidget):
    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        side = theme.tokens().px(64)
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens().accent_soft))
        painter.drawEllipse(self.rect())
        inner = self.width() * 0.28
        icons.paint(
            painter,
            self._name,
            QRectF(self.rect()).adjusted(inner, inner, -inner, -inner),
            theme.tokens().accent,
        )


class StatCard(QFrame):
    """A number with its words, clickable: every number opens the rows behind it (``activated``)."""

    activated = Signal()

    def __init__(
        self,
        caption: str,
        value: str = "–",
        note: str = "",
        parent: QWidget | None = None,
        *,
        icon: str = "",
        tone: str = "accent",
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._icon, self._tone = icon, tone
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(theme.tokens().px(104))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(2)
        self._caption = label(caption, "secondary", parent=self)
        self._value = label(value, "value", parent=self)
        self._note = label(note, "secondary", wrap=True, parent=self)
        for line in (self._caption, self._value, self._note):
            column.addWidget(line)
        column.addStretch(1)
        self._name_it()

    def set_value(self, value: str, note: str | None = None, *, tone: str | None = None) -> None:
        self._value.setText(value)
        if note is not None:
            self._note.setText(note)
        if tone is not None:
            self._tone = tone
        self._name_it()
        self.update()

    @property
    def value(self) -> str:
        return self._value.text()

    def _name_it(self) -> None:
        self.setAccessibleName(f"{self._caption.text()}: {self._value.text()}. {self._note.text()}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.activated.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.activated.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave, QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.tokens()
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(QColor(look.focus), 2 if self.hasFocus() else 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.RADIUS_CARD, theme.RADIUS_CARD)
        if self._icon:
            side = look.px(36)
            place = QRectF(self.width() - side - 14, 14, side, side)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.tone(self._tone).ground))
            painter.drawRoundedRect(place, 8, 8)
            inner = side * 0.25
            place = place.adjusted(inner, inner, -inner, -inner)
            icons.paint(painter, self._icon, place, theme.tone(self._tone).ink)

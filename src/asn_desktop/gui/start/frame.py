"""The window before the main window: who this is on the left, what to do now on the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from asn_desktop import __version__
from asn_desktop.core.i18n import _
from asn_desktop.gui import icons, theme
from asn_desktop.gui.dialogs import fit
from asn_desktop.gui.widgets import button, label


class StartWindow(QDialog):
    """A band with name and steps at the left; at the right ``title``, ``body`` and one row of buttons."""

    def __init__(self, parent: QWidget | None = None, *, steps: Sequence[str] = (), width: int = 880) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("ASN Desktop – Pembinaan ASN Berbasis Kinerja"))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.band = Band(steps, self)
        row.addWidget(self.band)
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        content = QWidget(right)
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(36, 24, 36, 16)
        self.body.setSpacing(theme.GAP)
        self.title_label = label("", "display", wrap=True, parent=content)
        self.subtitle_label = label("", "secondary", wrap=True, parent=content)
        self.body.addWidget(self.title_label)
        self.body.addWidget(self.subtitle_label)
        self.body.addSpacing(theme.SPACE)
        column.addWidget(content, 1)
        self.foot = foot = QFrame(right)
        foot.setProperty("foot", True)
        self._buttons = QHBoxLayout(foot)
        self._buttons.setContentsMargins(36, 12, 24, 12)
        self._buttons.setSpacing(theme.SPACE)
        self._buttons.addStretch(1)
        column.addWidget(foot)
        row.addWidget(right, 1)
        fit(self, width, 560)

    def set_heading(self, title: str, subtitle: str = "") -> None:
        self.title_label.setText(title)
        self.subtitle_label.setText(subtitle)
        self.subtitle_label.setVisible(bool(subtitle))

    def add_button(self, text: str, action: Callable[[], object], *, kind: str = "", icon: str = "") -> QPushButton:
        """A button at the right end of the row; ``primary`` is also what Enter presses."""
        result = button(text, kind=kind, icon=icon, parent=self, clicked=action)
        result.setAutoDefault(kind == "primary")
        result.setDefault(kind == "primary")
        self._buttons.addWidget(result)
        return result

    def add_extra(self, text: str, action: Callable[[], object], *, icon: str = "") -> QPushButton:
        """A quiet button at the left end."""
        result = button(text, kind="ghost", icon=icon, parent=self, clicked=action)
        result.setAutoDefault(False)
        self._buttons.insertWidget(0, result)
        return result


class Band(QWidget):
    """The painted band: mark, name, the steps with the one of now, version."""

    def __init__(self, steps: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._steps = tuple(steps)
        self._now = 0
        self.setFixedWidth(theme.tokens().px(256))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def set_step(self, index: int) -> None:
        self._now = index
        if self._steps:
            text = _("Langkah {n} dari {total}: {name}")
            self.setAccessibleName(text.format(n=index + 1, total=len(self._steps), name=self._steps[index]))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(look.accent))
        left = look.px(28)
        width = self.width() - 2 * left
        side = look.px(40)
        icons.paint(painter, "landmark", QRectF(left, look.px(34), side, side), look.on_accent)
        top = float(look.px(92))
        top += self._text(painter, _("ASN Desktop"), 20, QFont.Weight.Bold, left, top, width) + look.px(4)
        top += self._text(painter, _("Pembinaan ASN berbasis kinerja"), 13, QFont.Weight.Normal, left, top, width, 0.82)
        top += look.px(40)
        for index, step in enumerate(self._steps):
            self._step(painter, index, step, left, top)
            top += look.px(40)
        foot = _("Versi {version} · tanpa internet").format(version=__version__)
        self._text(painter, foot, 12, QFont.Weight.Normal, left, self.height() - look.px(44), width, 0.72)

    def _text(
        self,
        painter: QPainter,
        text: str,
        size: int,
        weight: QFont.Weight,
        left: float,
        top: float,
        width: float,
        opacity: float = 1.0,
    ) -> float:
        painter.setFont(theme.font(size, weight=weight))
        color = QColor(theme.tokens().on_accent)
        color.setAlphaF(opacity)
        painter.setPen(color)
        flags = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap)
        box = QRectF(left, top, width, self.height())
        used = painter.boundingRect(box, flags, text)
        painter.drawText(box, flags, text)
        return used.height()

    def _step(self, painter: QPainter, index: int, text: str, left: float, top: float) -> None:
        look = theme.tokens()
        side = look.px(26)
        circle = QRectF(left, top, side, side)
        white = QColor(look.on_accent)
        faint = QColor(look.on_accent)
        faint.setAlphaF(0.78)
        now, done = index == self._now, index < self._now
        painter.setPen(QPen(white if now or done else faint, 1.5))
        painter.setBrush(white if now else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle)
        if done:
            inner = side * 0.25
            icons.paint(painter, "check", circle.adjusted(inner, inner, -inner, -inner), look.on_accent)
        else:
            painter.setFont(theme.font(12, weight=QFont.Weight.DemiBold))
            painter.setPen(QColor(look.accent) if now else faint)
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(index + 1))
        painter.setFont(theme.font(13, weight=QFont.Weight.DemiBold if now else QFont.Weight.Normal))
        painter.setPen(white if now or done else faint)
        place = QRectF(left + side + look.px(12), top, self.width() - left - side - look.px(16), side)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)

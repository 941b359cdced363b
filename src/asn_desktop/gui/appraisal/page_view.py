"""The pages of a PDF on screen: one at a time, fitted or enlarged, drawn from the very file that is printed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.gui import theme
from asn_desktop.reports.preview import PageImage, PreviewFile

ZOOMS = (0.0, 0.75, 1.0, 1.5, 2.0, 3.0)
"""Factors of the paper's own size; 0 fits the page into the window."""
_SCREEN_DPI = 96 / 72  # logical pixels per point at 100 %


class PageView(QScrollArea):
    """``page_changed(index, count)``; PgUp and PgDn turn pages, Ctrl+wheel zooms."""

    page_changed = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file: PreviewFile | None = None
        self._index = 0
        self._zoom = 0.0
        self._sheet = _Sheet()
        self.setWidget(self._sheet)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Pratinjau halaman"))
        self.setMinimumSize(theme.tokens().px(280), theme.tokens().px(220))

    def show_pdf(self, pdf: bytes | None) -> None:
        """Show the first page of a file (None: nothing)."""
        self.close_file()
        self._file = PreviewFile(pdf) if pdf is not None else None
        self._index = 0
        self._draw()

    def close_file(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    @property
    def index(self) -> int:
        return self._index

    @property
    def count(self) -> int:
        return len(self._file) if self._file is not None else 0

    @property
    def zoom(self) -> float:
        return self._zoom

    def go_to(self, index: int) -> None:
        """Turn to a page; beyond the ends nothing happens."""
        if 0 <= index < self.count and index != self._index:
            self._index = index
            self._draw()
            self.verticalScrollBar().setValue(0)

    def set_zoom(self, zoom: float) -> None:
        self._zoom = zoom
        self._draw()

    def zoom_by(self, steps: int) -> None:
        """One step nearer or farther."""
        place = ZOOMS.index(self._zoom) if self._zoom in ZOOMS else 0
        self.set_zoom(ZOOMS[max(0, min(place + steps, len(ZOOMS) - 1))])

    def _draw(self) -> None:
        if self._file is None or not self.count:
            self._sheet.show_image(None, QSize(0, 0))
            self.page_changed.emit(0, 0)
            return
        width, height = self._file.page_size(self._index)
        room = self.viewport().size() - QSize(16, 16)
        if self._zoom:
            scale = self._zoom * _SCREEN_DPI
        else:
            scale = max(min(room.width() / width, room.height() / height), 0.1)
        ratio = self.devicePixelRatioF()
        image = as_image(self._file.render(self._index, scale * ratio))
        image.setDevicePixelRatio(ratio)
        self._sheet.show_image(image, QSize(round(width * scale), round(height * scale)))
        self.page_changed.emit(self._index, self.count)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._zoom:
            self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_Right):
            self.go_to(self._index + 1)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_Left):
            self.go_to(self._index - 1)
        elif key == Qt.Key.Key_Home:
            self.go_to(0)
        elif key == Qt.Key.Key_End:
            self.go_to(self.count - 1)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(1)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(-1)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)


class _Sheet(QWidget):
    """A white page with a thin border and a soft shadow."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_image(self, image: QImage | None, size: QSize) -> None:
        self._image = image
        self.setFixedSize(size + QSize(8, 8))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image is None:
            return
        painter = QPainter(self)
        look = theme.tokens()
        page = self.rect().adjusted(2, 2, -6, -6)
        painter.fillRect(page.translated(3, 3), QColor(look.line))
        painter.drawImage(page.topLeft(), self._image)
        painter.setPen(QPen(QColor(look.line_strong), 1))
        painter.drawRect(page)


def as_image(page: PageImage) -> QImage:
    """The picture of a page as Qt draws it; it owns its pixels."""
    image = QImage(page.pixels, page.width, page.height, page.width * 4, QImage.Format.Format_RGB32)
    return image.copy()

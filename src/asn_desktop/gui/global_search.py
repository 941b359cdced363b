"""The search of the header (Ctrl+K): type, see people and units below, Enter goes there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from asn_desktop.core.i18n import _
from asn_desktop.gui import icons, theme
from asn_desktop.gui.delegates import Index
from asn_desktop.gui.widgets import SearchField, label

_HIT = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class SearchHit:
    """Something that was found. ``kind`` and ``key`` tell the program where to go (``"employee"``, ``17``)."""

    kind: str
    key: object
    title: str
    subtitle: str = ""
    icon: str = "user"


class GlobalSearch(SearchField):
    """``chosen(SearchHit)`` when the person picks a result; results come from ``finder``."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Cari nama, NIP, atau unit"), parent)
        self.finder: Callable[[str], Sequence[SearchHit]] = lambda _text: ()
        self._popup = _Results(self)
        self._popup.list.itemClicked.connect(self._take)
        self.searched.connect(self._show)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for hint in (_("Cari nama, NIP, atau unit"), _("Cari nama, NIP"), _("Cari")):
            self.setPlaceholderText(hint)
            if QFontMetrics(self.font()).horizontalAdvance(hint) <= event.size().width() - theme.tokens().px(52):
                break

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.text() or self.hasFocus() or self.width() < theme.tokens().px(260):
            return
        look = theme.tokens()
        painter = QPainter(self)
        painter.setFont(theme.font(11, weight=QFont.Weight.DemiBold))
        painter.setPen(QColor(look.muted))
        place = self.rect().adjusted(0, 0, -12, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "Ctrl+K")

    def _show(self, text: str) -> None:
        if len(text) < 2:
            self._popup.hide()
            return
        self._popup.fill(self.finder(text))
        self._popup.place_below(self)
        self._popup.show()
        self._popup.raise_()

    def _take(self, item: QListWidgetItem | None = None) -> None:
        row = self._popup.list.row(item) if item is not None else self._popup.list.currentRow()
        hit = self._popup.list.model().index(row, 0).data(_HIT)
        if hit is not None:
            self._popup.hide()
            self.clear()
            self.search_now()
            self.chosen.emit(hit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._popup.isVisible() and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._popup.move_by(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.search_now()
            self._take()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: object) -> None:
        self._popup.hide()
        super().focusOutEvent(event)  # type: ignore[arg-type]


class _Results(QFrame):
    """The list under the field; a child of the window, so that the field keeps the focus."""

    def __init__(self, field: GlobalSearch) -> None:
        super().__init__(field)
        self.setObjectName("search_results")
        self.setProperty("popup", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        self.list = QListWidget(self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_HitDelegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nothing = label(_("Tidak ada yang cocok."), "secondary", parent=self)
        self.nothing.setContentsMargins(12, 10, 12, 10)
        column.addWidget(self.list)
        column.addWidget(self.nothing)
        self.hide()

    def fill(self, hits: Sequence[SearchHit]) -> None:
        self.list.clear()
        for hit in hits:
            item = QListWidgetItem(hit.title)
            item.setData(_HIT, hit)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(hits))
        self.nothing.setVisible(not hits)

    def place_below(self, field: QWidget) -> None:
        window = field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
            window.installEventFilter(self)
        width = max(field.width(), theme.tokens().px(380))
        corner = field.mapTo(window, QPoint(field.width() - width, field.height() + 4))
        rows = min(self.list.count(), 8)
        height = rows * theme.tokens().px(46) + 12 if rows else theme.tokens().px(48)
        self.setGeometry(QRect(max(8, corner.x()), corner.y(), width, height))

    def move_by(self, step: int) -> None:
        count = self.list.count()
        if count:
            self.list.setCurrentRow((self.list.currentRow() + step) % count)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.hide()
        return False


class _HitDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, theme.tokens().px(46))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.tokens()
        hit: SearchHit = index.data(_HIT)
        rect: QRect = option.rect
        view = option.widget
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(view, QListWidget) and view.currentRow() == index.row():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.accent_soft))
            painter.drawRoundedRect(rect, theme.RADIUS_SMALL, theme.RADIUS_SMALL)
        side = look.px(18)
        icons.paint(painter, hit.icon, _square(rect.left() + 12, rect.center().y() - side // 2, side), look.muted)
        left = rect.left() + 12 + side + 12
        for text, font, color, top in (
            (hit.title, theme.font(13, weight=QFont.Weight.Medium), look.ink, rect.top() + look.px(5)),
            (hit.subtitle, theme.font(12), look.muted, rect.top() + look.px(24)),
        ):
            metrics = QFontMetrics(font)
            place = QRect(left, top, rect.right() - left - 8, metrics.height())
            painter.setFont(font)
            painter.setPen(QColor(color))
            painter.drawText(
                place,
                Qt.AlignmentFlag.AlignVCenter,
                metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width()),
            )
        painter.restore()


def _square(x: float, y: float, side: float) -> QRectF:
    return QRectF(x, y, side, side)

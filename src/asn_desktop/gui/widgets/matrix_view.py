"""The nine-cell table with the cell that gave the predicate, and the reason as a sentence."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from asn_desktop.core.i18n import N_, _
from asn_desktop.environment.resources import reference_table
from asn_desktop.gui import theme
from asn_desktop.gui.widgets.controls import label

ROWS = ("DI_ATAS", "SESUAI", "DI_BAWAH")
COLUMNS = ("DI_BAWAH", "SESUAI", "DI_ATAS")
_SHORT = {"DI_ATAS": N_("Di atas"), "SESUAI": N_("Sesuai"), "DI_BAWAH": N_("Di bawah")}
_LONG = {
    "DI_ATAS": N_("di atas ekspektasi"),
    "SESUAI": N_("sesuai ekspektasi"),
    "DI_BAWAH": N_("di bawah ekspektasi"),
}


def matrix() -> dict[tuple[str, str], str]:
    """(hasil, perilaku) → predicate code, from the shipped table (PermenPANRB 6/2022 Lampiran Bab IV.B.3)."""
    return {(r["hasil"], r["perilaku"]): r["predikat"] for r in reference_table("predikat_matrix")}


def reason(result: str, behaviour: str) -> str:
    """The sentence that explains a predicate; says what is missing while a rating is open."""
    code = matrix().get((result, behaviour))
    if code is None:
        open_ones = [
            name for value, name in ((result, _("hasil kerja")), (behaviour, _("perilaku kerja"))) if not value
        ]
        return _("Belum dinilai: rating {what} belum diisi.").format(what=_(" dan ").join(open_ones))
    return _("{predicate}: hasil kerja {result}, perilaku kerja {behaviour}.").format(
        predicate=theme.predicate_label(code), result=_(_LONG[result]), behaviour=_(_LONG[behaviour])
    )


class MatrixView(QWidget):
    """Rows are the rating of hasil kerja, columns that of perilaku kerja."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        self._grid = _Grid(self)
        self.sentence = label("", "strong", wrap=True, parent=self)
        column.addWidget(self._grid)
        column.addWidget(self.sentence)
        self.set_ratings("", "")

    def set_ratings(self, result: str, behaviour: str) -> None:
        """Highlight the cell of two ratings; an empty one highlights nothing and says what is missing."""
        self._grid.highlighted = (result, behaviour)
        self._grid.update()
        code = matrix().get((result, behaviour), "")
        self.sentence.setText(reason(result, behaviour))
        self.sentence.setStyleSheet(f"color: {theme.tone(theme.predicate_tone(code)).ink}")
        self.setAccessibleName(self.sentence.text())


class _Grid(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.highlighted = ("", "")
        self._cells = matrix()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(self.sizeHint().height())

    def _side(self) -> int:
        metrics = QFontMetrics(theme.font(12))
        return max(metrics.horizontalAdvance(_(text)) for text in (*_SHORT.values(), _("Hasil kerja"))) + 12

    def _cell_height(self) -> int:
        return QFontMetrics(theme.font(12)).lineSpacing() * 2 + theme.tokens().px(10)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font(12))
        height = 3 * self._cell_height() + 2 * 4 + 2 * metrics.lineSpacing() + 10
        return QSize(self._side() + 3 * theme.tokens().px(74), height)

    def minimumSizeHint(self) -> QSize:
        widest = max(QFontMetrics(_bold()).horizontalAdvance(w) for w in (_("Perbaikan"), _("Sangat"), _("Kurang")))
        return QSize(self._side() + 3 * (widest + 10) + 8, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetrics(theme.font(12))
        side, height, gap = self._side(), self._cell_height(), 4
        width = (self.width() - side - 2 * gap) / 3
        line = metrics.lineSpacing()
        top = 2 * line + 8
        painter.setFont(theme.font(11, weight=QFont.Weight.DemiBold))
        painter.setPen(QColor(look.muted))
        painter.drawText(
            QRectF(0, line + 2, side, line),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            _("Hasil kerja"),
        )
        for row, result in enumerate(ROWS):
            y = top + row * (height + gap)
            painter.setFont(theme.font(12))
            painter.setPen(QColor(look.ink if self.highlighted[0] == result else look.muted))
            place = QRectF(0, y, side - 10, height)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, _(_SHORT[result]))
            for column, behaviour in enumerate(COLUMNS):
                self._paint_cell(painter, QRectF(side + column * (width + gap), y, width, height), result, behaviour)
        for column, behaviour in enumerate(COLUMNS):
            painter.setFont(theme.font(12))
            painter.setPen(QColor(look.ink if self.highlighted[1] == behaviour else look.muted))
            place = QRectF(side + column * (width + gap), line + 2, width, line)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, _(_SHORT[behaviour]))
        painter.setFont(theme.font(11, weight=QFont.Weight.DemiBold))
        painter.setPen(QColor(look.muted))
        axis = QRectF(side, 0, self.width() - side, line)
        painter.drawText(axis, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, _("Perilaku kerja"))

    def _paint_cell(self, painter: QPainter, cell: QRectF, result: str, behaviour: str) -> None:
        look = theme.tokens()
        code = self._cells[result, behaviour]
        tone = theme.tone(theme.predicate_tone(code))
        chosen = self.highlighted == (result, behaviour)
        painter.setPen(QPen(QColor(tone.ink), 2) if chosen else QPen(QColor(look.line_soft), 1))
        painter.setBrush(QColor(tone.ground if chosen else look.ground))
        painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS)
        painter.setFont(_bold() if chosen else theme.font(12))
        painter.setPen(QColor(tone.ink if chosen else look.muted))
        words = theme.predicate_label(code).split()
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, "\n".join(words))


def _bold() -> QFont:
    return theme.font(12, weight=QFont.Weight.DemiBold)

"""First page: which workbook, what is in it; then its reading."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.core.periods import Period
from asn_desktop.exchange.subjects import AUTO, IMPORTS
from asn_desktop.gui import icons, messages, theme
from asn_desktop.gui.folders import Place
from asn_desktop.gui.start.fields import Field
from asn_desktop.gui.widgets import button, combo, label

FILTER = "Excel (*.xlsx *.xls *.xlsm *.xlsb *.csv)"
"""Also the kinds that the gate refuses: the refusal says what to do, an invisible file says nothing."""


class FilePage(QWidget):
    """Emits ``chosen(path)`` when a file was picked or dropped."""

    chosen = Signal(object)

    def __init__(self, periods: Sequence[Period], current: str | None, kind: str, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.MARGIN)
        options = QHBoxLayout()
        options.setSpacing(theme.MARGIN)
        self.kind = combo(
            [
                (AUTO, _("Kenali sendiri dari judul kolom")),
                *((one.key, _(one.title)) for one in IMPORTS.values() if one.foreign),
            ]
        )
        self.kind.setCurrentIndex(max(0, self.kind.findData(kind)))
        self.period = combo([("", _("Seperti tertulis di berkas")), *((each.code, each.label) for each in periods)])
        if current:
            self.period.setCurrentIndex(max(0, self.period.findData(current)))
        self.period_field = Field(_("Triwulan"), self.period, parent=self)
        options.addWidget(Field(_("Isi berkas"), self.kind, parent=self), 3)
        options.addWidget(self.period_field, 2)
        column.addLayout(options)
        self.drop = DropZone(self)
        self.drop.chosen.connect(self.chosen)
        column.addWidget(self.drop, 1)
        self.note = label(
            _("Berkas hanya dibaca. Data tidak berubah sebelum Anda melihat pratinjau dan menekan “Terapkan”."),
            "secondary",
            wrap=True,
            parent=self,
        )
        column.addWidget(self.note)
        self.kind.currentIndexChanged.connect(self._show_period)
        self._show_period()

    def _show_period(self) -> None:
        self.period_field.setEnabled(self.kind_value == AUTO or IMPORTS[self.kind_value].of_a_period)

    @property
    def kind_value(self) -> str:
        return str(self.kind.currentData())

    @property
    def period_value(self) -> str | None:
        """None where the file is to say it, or the kind belongs to none."""
        return (str(self.period.currentData()) or None) if self.period_field.isEnabled() else None


class DropZone(QFrame):
    """A place to drop a workbook, with a button for those who would rather look for it."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = False
        self.setAcceptDrops(True)
        column = QVBoxLayout(self)
        column.setSpacing(theme.SPACE)
        column.setContentsMargins(24, 24, 24, 24)
        column.addStretch(1)
        column.addSpacing(theme.tokens().px(64))
        self.title = label(_("Tarik berkas Excel ke sini"), "title", parent=self)
        self.text = label(
            _("Daftar nominatif, unduhan SIMPEG, daftar PPPK, atau rekap predikat: judul kolom dikenali sendiri."),
            "secondary",
            wrap=True,
            parent=self,
        )
        for line in (self.title, self.text):
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(line)
        column.addSpacing(theme.SPACE)
        self.button = button(_("Pilih berkas …"), kind="primary", icon="folder-open", parent=self, clicked=self._pick)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.button)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(2)

    def _pick(self) -> None:
        found = messages.choose_open_file(self, _("Pilih berkas Excel"), (FILTER,), place=Place.IMPORTS)
        if found is not None:
            self.chosen.emit(found)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event) is not None:
            self._over = True
            self.update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._over = False
        self.update()
        found = dropped_file(event)
        if found is not None:
            event.acceptProposedAction()
            self.chosen.emit(found)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(look.accent if self._over else look.line_strong), 1.5, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(look.accent_soft if self._over else look.ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.RADIUS_CARD, theme.RADIUS_CARD)
        side = look.px(44)
        place = QRectF((self.width() - side) / 2, self.title.y() - side - look.px(16), side, side)
        icons.paint(painter, "file-spreadsheet", place, look.accent)


def dropped_file(event: QDropEvent) -> Path | None:
    """The one local file of a drag, if it is one."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and not paths[0].is_dir() else None

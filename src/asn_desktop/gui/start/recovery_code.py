"""The recovery code on screen and on paper: shown once, to be kept apart from the computer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QPagedPaintDevice, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from asn_desktop.core.errors import FileNotWritten
from asn_desktop.core.i18n import _
from asn_desktop.core.outputs import write_output
from asn_desktop.gui import messages, theme
from asn_desktop.gui.folders import Place
from asn_desktop.gui.widgets import button, label

TEXT_FILTER = "Teks (*.txt)"


def sheet_text(office: str, code: str) -> str:
    """What is printed and saved."""
    return "\n".join(
        (
            _("KODE PEMULIHAN – ASN DESKTOP"),
            office,
            "",
            code,
            "",
            _("Hanya dengan kode ini data dapat dibuka bila kata sandi lupa."),
            _("Simpan di amplop tertutup, terpisah dari komputer. Jangan difoto atau dikirim lewat WhatsApp."),
        )
    )


def paint_sheet(device: QPagedPaintDevice, office: str, code: str) -> None:
    """One page with the code in large letters."""
    painter = QPainter(device)
    dots = device.logicalDpiX() / 72
    width = painter.viewport().width()
    top = 0.0
    for text, size, bold, after in (
        (_("Kode pemulihan"), 22, True, 6),
        (office, 13, False, 36),
        (code.replace("-", "   "), 24, True, 36),
        (_("Hanya dengan kode ini data dapat dibuka bila kata sandi lupa."), 12, False, 8),
        (
            _("Simpan di amplop tertutup, terpisah dari komputer. Jangan difoto atau dikirim lewat WhatsApp."),
            12,
            False,
            0,
        ),
    ):
        font = QFont(theme.FONT_FAMILY)
        font.setPixelSize(round(size * dots))
        font.setBold(bold)
        painter.setFont(font)
        box = QRectF(0, top, width, painter.viewport().height() - top)
        flags = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap)
        used = painter.boundingRect(box, flags, text)
        painter.drawText(box, flags, text)
        top += used.height() + after * dots
    painter.end()


class RecoveryCodeView(QWidget):
    """The code in six large groups, ways to keep it, and the tick that lets the person go on."""

    noted = Signal(bool)

    def __init__(self, office: str, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._code = office, code
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(
            label(
                _("Bila kata sandi lupa, hanya kode ini yang membuka data kantor. Kode ini tampil satu kali saja."),
                wrap=True,
                parent=self,
            )
        )
        column.addWidget(self._code_card())
        ways = QHBoxLayout()
        ways.setSpacing(theme.SPACE)
        ways.addWidget(button(_("Cetak"), icon="printer", parent=self, clicked=self.print_sheet))
        ways.addWidget(button(_("Salin"), icon="copy", parent=self, clicked=self.copy))
        ways.addWidget(button(_("Simpan"), icon="save", parent=self, clicked=self.save))
        ways.addStretch(1)
        column.addLayout(ways)
        column.addWidget(
            label(
                _("Simpan di amplop tertutup, terpisah dari komputer ini. Jangan dikirim lewat WhatsApp."),
                "secondary",
                wrap=True,
                parent=self,
            )
        )
        self.tick = QCheckBox(_("Sudah saya catat di tempat yang aman"), self)
        self.tick.toggled.connect(self.noted)
        column.addWidget(self.tick)

    @property
    def code(self) -> str:
        return self._code

    def _code_card(self) -> QFrame:
        card = QFrame(self)
        card.setProperty("card", True)
        grid = QGridLayout(card)
        grid.setContentsMargins(20, 18, 20, 18)
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(10)
        for index, group in enumerate(self._code.split("-")):
            text = label(group, parent=card)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            font = theme.font(24, weight=QFont.Weight.Bold)
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 3)
            text.setFont(font)
            text.setStyleSheet(f"font-size: {theme.tokens().px(24)}px; font-weight: 700;")
            grid.addWidget(text, index // 3, index % 3, Qt.AlignmentFlag.AlignHCenter)
        card.setAccessibleName(_("Kode pemulihan: {code}").format(code=self._code))
        return card

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self._code)
        messages.notify(self, _("Kode disalin. Tempel di tempat yang aman, lalu kosongkan papan klip."))

    def save(self) -> None:
        target = messages.choose_save_file(
            self, _("Simpan kode pemulihan"), "kode-pemulihan-asn.txt", (TEXT_FILTER,), place=Place.KEYS
        )
        if target is not None:
            self.save_to(target)

    def save_to(self, target: Path) -> None:
        try:
            write_output(target, (sheet_text(self._office, self._code) + "\n").encode())
        except FileNotWritten as error:
            messages.show_error(self, error)
            return
        messages.saved(self, _("Kode tersimpan di {path}.").format(path=target.name), target)

    def print_sheet(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # only when something is printed

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(sheet_layout())
        dialog = QPrintDialog(printer, self)
        if dialog.exec():
            paint_sheet(printer, self._office, self._code)


def sheet_layout() -> QPageLayout:
    margins = QMarginsF(25, 25, 25, 25)
    return QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter
    )

"""Send the pages of a PDF to a printer, unchanged, at the printer's own resolution."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from asn_desktop.core.errors import EnvironmentProblem
from asn_desktop.core.i18n import _
from asn_desktop.core.progress import Progress
from asn_desktop.gui.appraisal.page_view import as_image
from asn_desktop.reports.preview import PreviewFile
from asn_desktop.reports.registry import Paper

MAX_DPI = 300  # sharper than a laser printer resolves for text of 8 pt, and a quarter of the memory of 600


def page_size(paper: Paper) -> QPageSize:
    """F4 is no standard size of Qt: 215 × 330 mm by name, so that drivers find their Folio tray."""
    if paper is Paper.F4:
        exact = QPageSize.SizeMatchPolicy.ExactMatch  # else Qt takes the near 215,9 mm of German fanfold
        return QPageSize(QSizeF(215, 330), QPageSize.Unit.Millimeter, "F4", exact)
    return QPageSize(QPageSize.PageSizeId.A4)


def prepare_printer(printer: QPrinter, pdf: bytes, paper: Paper) -> None:
    """Paper and orientation of the file, without margins: the forms bring their own."""
    with PreviewFile(pdf) as file:
        width, height = file.page_size(0)
    landscape = QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
    printer.setPageSize(page_size(paper))
    printer.setPageOrientation(landscape)
    printer.setFullPage(True)


def print_pages(printer: QPrinter, pdf: bytes, progress: Progress) -> int:
    """Draw every chosen page onto the printer; returns how many. Runs in any thread.

    Raises :class:`EnvironmentProblem` if the printer refuses and :class:`Cancelled` when stopped.
    """
    with PreviewFile(pdf) as file:
        first = max(printer.fromPage(), 1)
        last = min(printer.toPage() or len(file), len(file))
        progress.step(_("Mengirim halaman ke printer"), last - first + 1)
        painter = QPainter()
        if not painter.begin(printer):
            raise EnvironmentProblem(
                _("Printer tidak dapat dipakai."), _("Periksa apakah printer menyala, atau simpan sebagai PDF.")
            )
        try:
            for number in range(first - 1, last):
                if number > first - 1 and not printer.newPage():
                    raise EnvironmentProblem(
                        _("Printer berhenti di halaman {n}.").format(n=number + 1), _("Periksa kertas dan coba lagi.")
                    )
                _draw(painter, printer, file, number)
                progress.advance()
        finally:
            painter.end()
    return last - first + 1


def _draw(painter: QPainter, printer: QPrinter, file: PreviewFile, number: int) -> None:
    dpi = min(printer.resolution(), MAX_DPI)
    image = as_image(file.render(number, dpi / 72))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    width, height = file.page_size(number)
    scale = printer.resolution() / 72
    painter.drawImage(QRectF(0, 0, width * scale, height * scale), image)

"""Which forms exist, and the one door to print them: one person or a whole unit into one PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from reportlab.pdfgen.canvas import Canvas

from asn_desktop.appraisal.sheet import EvaluationSheet, blank_sheet
from asn_desktop.core.errors import InputError
from asn_desktop.core.i18n import _
from asn_desktop.core.progress import Progress
from asn_desktop.reports import document_form, result_form
from asn_desktop.reports.flow import Item, paginate
from asn_desktop.reports.fonts import Face, register_fonts
from asn_desktop.reports.layout import Frame, Paper, frame
from asn_desktop.reports.output import deliver
from asn_desktop.reports.parts import Kit, page_margins
from asn_desktop.reports.pen import Pen

__all__ = ["FORMS", "Form", "Paper", "render"]


@dataclass(frozen=True, slots=True)
class Form:
    """A printed form. ``sizes``: type size in points by paper; ``side``: left and right margin in mm."""

    code: str
    title: str
    landscape: bool
    side: float
    sizes: Mapping[Paper, float]
    items: Callable[[EvaluationSheet, Kit], list[Item]]

    def frame(self, paper: Paper) -> Frame:
        return frame(paper, landscape=self.landscape, side=self.side)


FORMS: Mapping[str, Form] = {
    form.code: form
    for form in (
        Form(
            "C.1.3",
            "Hasil Evaluasi Kinerja Pegawai",
            True,
            15,
            {Paper.F4: 8.5, Paper.A4: 8.0},
            result_form.items,
        ),
        Form(
            "D.1.1",
            "Dokumen Evaluasi Kinerja Pegawai",
            False,
            20,
            {Paper.F4: 9.5, Paper.A4: 8.8},
            document_form.items,
        ),
        Form(
            "D.1.2",
            "Dokumen Evaluasi Kinerja Pegawai (atasan pejabat penilai kinerja)",
            False,
            20,
            {Paper.F4: 9.5, Paper.A4: 8.8},
            document_form.superior_items,
        ),
    )
}


def render(
    code: str,
    sheets: Iterable[EvaluationSheet],
    out: Path | BinaryIO,
    paper: Paper = Paper.F4,
    *,
    blank: bool = False,
    progress: Progress | None = None,
) -> int:
    """Print the form of every sheet, each beginning on a new page, and return the number of pages.

    ``blank`` prints hints and all choices for filling in by hand (no sheets: one empty form). A path is
    written whole or not at all; the same input gives the same bytes. Raises :class:`InputError` for an
    unknown form or nothing to print, :class:`FileNotWritten` if the file cannot be written and
    :class:`Cancelled` when ``progress`` was cancelled (nothing is left behind).
    """
    form = FORMS.get(code)
    if form is None:
        known = ", ".join(FORMS)
        raise InputError(
            _("Formulir {code} belum tersedia.").format(code=code),
            _("Pilih salah satu: {known}.").format(known=known),
        )
    wanted = list(sheets) or ([blank_sheet()] if blank else [])
    if not wanted:
        raise InputError(
            _("Tidak ada pegawai untuk dicetak."),
            _("Pilih pegawai atau unit lain, atau cetak formulir kosong."),
        )
    data, pages = _draw(form, wanted, paper, blank, progress or Progress())
    deliver(out, data)
    return pages


def _draw(
    form: Form, sheets: list[EvaluationSheet], paper: Paper, blank: bool, progress: Progress
) -> tuple[bytes, int]:
    register_fonts()
    page = form.frame(paper)
    kit = Kit(form.sizes[paper], page.inner_width, blank)
    canvas = Canvas(
        "", pagesize=(page.width, page.height), invariant=1, lang="id-ID", initialFontName=Face.REGULAR.value
    )
    canvas.setTitle(f"{form.code} {form.title}")
    canvas.setCreator("ASN Desktop")
    canvas.setSubject(sheets[0].period_title or "")
    pen = Pen(canvas)
    total = 0
    progress.step(_("Mencetak formulir"), len(sheets))
    for number, sheet in enumerate(sheets):
        pages = paginate(form.items(sheet, kit), page.inner_height)
        canvas.bookmarkPage(f"p{number}")
        canvas.addOutlineEntry(sheet.employee.name or _("Formulir kosong"), f"p{number}")
        for index, placed in enumerate(pages, start=1):
            pen.page(placed, page)
            page_margins(pen, page, form.code, sheet, blank, index, len(pages))
            canvas.showPage()
        total += len(pages)
        progress.advance()
    return canvas.getpdfdata(), total

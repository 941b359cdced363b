"""Which forms exist, and the one door to print them: any number of documents of a form into one PDF."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from reportlab.pdfgen.canvas import Canvas

from asn_desktop.appraisal.sheet import EvaluationSheet
from asn_desktop.core.errors import InputError
from asn_desktop.core.i18n import _
from asn_desktop.core.progress import Progress
from asn_desktop.reports import document_form, exchange_receipt, listing, recap, result_form
from asn_desktop.reports.flow import paginate
from asn_desktop.reports.fonts import Face, register_fonts
from asn_desktop.reports.form import Form, Query
from asn_desktop.reports.layout import Paper
from asn_desktop.reports.output import deliver
from asn_desktop.reports.parts import Kit, page_margins
from asn_desktop.reports.pen import Pen

__all__ = ["EVALUATION_FORMS", "FORMS", "Form", "Paper", "Query", "form_of", "render"]

FORMS: Mapping[str, Form[Any]] = {
    form.code: form
    for form in (
        result_form.FORM,
        document_form.FORM,
        document_form.SUPERIOR_FORM,
        recap.FORM,
        exchange_receipt.FORM,
        listing.FORM,
    )
}


#: The official forms of an evaluation.
EVALUATION_FORMS: Mapping[str, Form[EvaluationSheet]] = {
    code: form for code, form in FORMS.items() if form.document is EvaluationSheet
}


def form_of(code: str) -> Form[Any]:
    """Raises :class:`InputError` for an unknown form, with those that can be asked for."""
    form = FORMS.get(code)
    if form is None:
        known = ", ".join(each.code for each in FORMS.values() if each.find)
        raise InputError(
            _("Formulir {code} belum tersedia.").format(code=code),
            _("Pilih salah satu: {known}.").format(known=known),
        )
    return form


def render(
    code: str,
    documents: Iterable[Any],
    out: Path | BinaryIO,
    paper: Paper = Paper.F4,
    *,
    blank: bool = False,
    progress: Progress | None = None,
) -> int:
    """Print the form of every document, each beginning on a new page, and return the number of pages.

    ``blank`` prints hints and all choices for filling in by hand (no documents: one empty form). A path is
    written whole or not at all; the same input gives the same bytes. Raises :class:`InputError` for an
    unknown form or nothing to print, :class:`FileNotWritten` if the file cannot be written and
    :class:`Cancelled` when ``progress`` was cancelled (nothing is left behind).
    """
    form = form_of(code)
    wanted = list(documents)
    if not wanted and blank and form.empty is not None:
        wanted = [form.empty()]
    if not wanted:
        raise InputError(
            _("Tidak ada pegawai untuk dicetak."),
            _("Pilih pegawai atau unit lain, atau cetak formulir kosong."),
        )
    data, pages = _draw(form, wanted, paper, blank, progress or Progress())
    deliver(out, data)
    return pages


def _draw(
    form: Form[Any], documents: Sequence[Any], paper: Paper, blank: bool, progress: Progress
) -> tuple[bytes, int]:
    register_fonts()
    page = form.frame(paper)
    kit = Kit(form.sizes[paper], page.inner_width, blank)
    canvas = Canvas(
        "", pagesize=(page.width, page.height), invariant=1, lang="id-ID", initialFontName=Face.REGULAR.value
    )
    canvas.setCreator("ASN Desktop")
    pen = Pen(canvas)
    total = 0
    progress.step(_("Mencetak formulir"), len(documents))
    for number, document in enumerate(documents):
        info = form.info(document, blank)
        if number == 0:
            canvas.setTitle(info.title)
            canvas.setSubject(info.subject)
        pages = paginate(form.items(document, kit), page.inner_height)
        canvas.bookmarkPage(f"p{number}")
        canvas.addOutlineEntry(info.name, f"p{number}")
        for index, placed in enumerate(pages, start=1):
            pen.page(placed, page)
            page_margins(pen, page, info, index, len(pages))
            canvas.showPage()
        total += len(pages)
        progress.advance()
    return canvas.getpdfdata(), total

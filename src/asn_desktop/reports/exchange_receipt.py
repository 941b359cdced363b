"""Tanda terima: one page (more when much was rejected) that says what became of a package, to be signed and filed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from reportlab.pdfgen.canvas import Canvas

from asn_desktop.core.i18n import N_, _
from asn_desktop.core.indonesian import format_clock
from asn_desktop.exchange.package.qr import qr_matrix
from asn_desktop.reports.flow import Item, paginate
from asn_desktop.reports.fonts import Face, register_fonts
from asn_desktop.reports.layout import MM, Block, Cell, Frame, Group, Paper, Row, frame, row_block, space
from asn_desktop.reports.output import deliver
from asn_desktop.reports.parts import FOOT_SIZE, Kit, bold
from asn_desktop.reports.pen import Pen
from asn_desktop.reports.text import Run, plain
from asn_desktop.reports.wording import day, place_and_day

_SIZES = {Paper.F4: 10.0, Paper.A4: 9.5}
_QR_SIDE = 32 * MM
_SIGNING_SPACE = 18 * MM
_GREY = 0.35
_GAP = 4 * MM
_SEALS = {
    "signed": N_("utuh, tanda tangan pengirim cocok"),
    "unknown_key": N_("utuh, bertanda tangan dengan kunci yang belum dikenal di sini"),
    "intact": N_("utuh, tanpa tanda tangan"),
}


@dataclass(frozen=True, slots=True)
class ReceiptCounts:
    """What became of the rows of the package; together they are all of its rows."""

    new: int
    changed: int
    same: int
    conflict: int
    rejected: int
    ignored: int

    @property
    def total(self) -> int:
        return self.new + self.changed + self.same + self.conflict + self.rejected + self.ignored


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One conflict or one rejected row. ``place``: sheet and row in the package, empty when it has none."""

    what: str
    reason: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A received package. ``code``: the short code of its ``digest``; ``qr``: the text of the QR code.

    ``signature``: ``signed`` with the sender's known key, ``unknown_key``, or ``intact`` for none.
    """

    package_id: str
    seq: int
    code: str
    qr: str
    sender: str
    sent_at: str
    receiver: str
    place: str
    received_by: str
    received_at: datetime
    counts: ReceiptCounts
    conflicts: Sequence[ReceiptLine] = ()
    rejected: Sequence[ReceiptLine] = ()
    digest: str = ""
    signature: str = "intact"
    sample: bool = False


def render_receipt(receipt: Receipt, out: Path | BinaryIO, paper: Paper = Paper.F4) -> int:
    """Print the receipt as PDF and return its number of pages. Raises :class:`FileNotWritten`.

    The same receipt gives the same bytes.
    """
    register_fonts()
    page = frame(paper, landscape=False)
    kit = Kit(_SIZES[paper], page.inner_width, blank=False)
    canvas = Canvas("", pagesize=(page.width, page.height), invariant=1, lang="id-ID",
                    initialFontName=Face.REGULAR.value)  # fmt: skip
    canvas.setTitle(_("Tanda terima paket {number}").format(number=receipt.seq))
    canvas.setCreator("ASN Desktop")
    pen = Pen(canvas)
    pages = paginate(items(receipt, kit), page.inner_height)
    for number, placed in enumerate(pages, start=1):
        pen.page(placed, page)
        _margins(pen, page, receipt, number, len(pages))
        canvas.showPage()
    deliver(out, canvas.getpdfdata())
    return len(pages)


def items(receipt: Receipt, kit: Kit) -> list[Item]:
    """The receipt from top to bottom."""
    found = [
        Item(kit.centred([bold(receipt.receiver.upper())])),
        Item(kit.centred([(Run(_("TANDA TERIMA PAKET DATA"), Face.BOLD, scale=1.25),)])),
        Item(space(_GAP)),
        Item(_facts(receipt, kit)),
        Item(space(_GAP)),
        Item(kit.band(bold(_("HASIL PENERIMAAN")))),
        Item(_counts(receipt.counts, kit)),
        Item(space(_GAP)),
    ]
    if receipt.conflicts:
        title = _("PERBEDAAN ({n})").format(n=len(receipt.conflicts))
        found += _list(kit, title, receipt.conflicts, _("KETERANGAN"))
    if receipt.rejected:
        title = _("BARIS YANG DITOLAK ({n})").format(n=len(receipt.rejected))
        found += _list(kit, title, receipt.rejected, _("ALASAN"))
    found += [Item(_statement(receipt, kit), keep_next=True), Item(space(_GAP), keep_next=True)]
    return [*found, Item(_signature(receipt, kit))]


def _facts(receipt: Receipt, kit: Kit) -> Block:
    """Which package, from whom; the code beside it."""
    left, middle, _right = kit.columns(24, 54, 22)
    facts = [
        (_("Dari"), receipt.sender),
        (_("Paket nomor"), str(receipt.seq)),
        (_("Dibuat"), receipt.sent_at),
        (_("Kode isi"), receipt.code),
        (_("Segel"), _(_SEALS[receipt.signature])),
        (_("Diterima"), f"{day(receipt.received_at.date())}, {format_clock(receipt.received_at)}"),
        (_("Oleh"), receipt.received_by),
        (_("Pengenal paket"), receipt.package_id),
        (_("Sidik isi (SHA-256)"), f"{receipt.digest[:32]} {receipt.digest[32:]}".strip()),
    ]
    cells: list[Cell] = []
    y = 0.0
    for name, value in facts:
        face = Face.BOLD if value == receipt.code else Face.REGULAR
        label = kit.cell(left, ((Run(name, grey=_GREY),),), border=False)
        row = (label, kit.cell(middle, plain(value, face), border=False))
        height = max(cell.needed for cell in row)
        cells += [cell.at(y, height) for cell in row]
        y += height
    matrix = qr_matrix(receipt.qr)

    def paint(pen: Pen, x: float, top: float) -> None:
        module = _QR_SIDE / len(matrix)
        start = x + kit.width - _QR_SIDE
        pen.canvas.setFillGray(0)
        path = pen.canvas.beginPath()
        for row_number, row in enumerate(matrix):
            for column, dark in enumerate(row):
                if dark:
                    path.rect(start + column * module, top - (row_number + 1) * module, module, module)
        pen.canvas.drawPath(path, stroke=0, fill=1)

    return Block(max(y, _QR_SIDE), tuple(cells), paint=paint)


def _counts(counts: ReceiptCounts, kit: Kit) -> Block:
    columns = kit.columns(*(100 / 7,) * 7)
    pairs = [
        (_("Baru"), counts.new),
        (_("Berubah"), counts.changed),
        (_("Sama"), counts.same),
        (_("Berbeda"), counts.conflict),
        (_("Ditolak"), counts.rejected),
        (_("Diabaikan"), counts.ignored),
        (_("JUMLAH"), counts.total),
    ]
    heads = [kit.cell(column, ((Run(name, grey=_GREY),),), centre=True) for column, (name, _n) in
             zip(columns, pairs, strict=True)]  # fmt: skip
    numbers = [
        kit.cell(column, ((Run(f"{number:,}".replace(",", "."), Face.BOLD, scale=1.3),),), centre=True)
        for column, (_name, number) in zip(columns, pairs, strict=True)
    ]
    top = max(cell.needed for cell in heads)
    height = max(cell.needed for cell in numbers)
    cells = [cell.at(0, top) for cell in heads] + [cell.at(top, height) for cell in numbers]
    return Block(top + height, tuple(cells))


def _list(kit: Kit, title: str, lines: Sequence[ReceiptLine], reason: str) -> list[Item]:
    placed = any(line.place for line in lines)
    columns = kit.columns(6, 36, 40, 18) if placed else kit.columns(6, 40, 54)
    heads = (_("NO."), _("DATA"), reason, *((_("TEMPAT"),) if placed else ()))
    head = Row(tuple(kit.cell(column, (bold(text),), centre=True, shaded=True) for column, text in
                     zip(columns, heads, strict=True)))  # fmt: skip
    rows = [
        Row(tuple(kit.cell(column, text) for column, text in
                  zip(columns, (str(number), line.what, line.reason, line.place)[: len(columns)], strict=True)))
        for number, line in enumerate(lines, start=1)
    ]  # fmt: skip
    return [
        Item(kit.band(bold(title)), keep_next=True),
        Item(Group((head, *rows), heads=1)),
        Item(space(_GAP)),
    ]


def _statement(receipt: Receipt, kit: Kit) -> Block:
    text = _("Paket di atas sudah kami terima. Baris yang baru dan berubah sudah masuk ke data kantor kami.")
    if receipt.conflicts:
        text += " " + _("Pada baris yang berbeda, isian kantor kami tetap berlaku sampai diputuskan.")
    if receipt.rejected:
        text += " " + _("Baris yang ditolak tidak masuk; perbaiki di kantor pengirim, lalu kirim paket berikutnya.")
    return row_block([kit.cell((0, kit.width), plain(text), border=False)])


def _signature(receipt: Receipt, kit: Kit) -> Block:
    _left, right = kit.columns(50, 50)
    above = plain(place_and_day(receipt.place, receipt.received_at.date())) + plain(_("Penerima,"))
    head = kit.cell(right, above, centre=True, border=False)
    foot = kit.cell(
        right, ((Run(receipt.received_by, Face.BOLD),), (Run("NIP " + "…" * 18),)), centre=True, border=False
    )
    top = head.needed + _SIGNING_SPACE
    return Block(top + foot.needed, (head.at(0, head.needed), foot.at(top, foot.needed)))


def _margins(pen: Pen, page: Frame, receipt: Receipt, number: int, of: int) -> None:
    """Foot: which package, which page. Made-up data carries the word CONTOH above."""
    top = page.bottom - 2.5 * MM - FOOT_SIZE
    words = _("Tanda terima · {sender} · paket {number} · {code}")
    left = words.format(sender=receipt.sender, number=receipt.seq, code=receipt.code)
    pen.text(page.left, top, left, Face.REGULAR, FOOT_SIZE, _GREY)
    right = page.width - page.right
    page_of = _("halaman {n} dari {m}").format(n=number, m=of)
    pen.text_right(right, top, page_of, Face.REGULAR, FOOT_SIZE, _GREY)
    if receipt.sample:
        mark = _("CONTOH · data rekaan, bukan dokumen dinas")
        pen.text_right(right, page.height - 12 * MM, mark, Face.BOLD, 8, 0.55)

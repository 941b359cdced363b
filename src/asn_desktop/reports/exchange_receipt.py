"""Tanda terima: one page (more when much was rejected) that says what became of a package, to be signed and filed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from asn_desktop.core.errors import InputError
from asn_desktop.core.i18n import N_, _
from asn_desktop.core.indonesian import format_clock, format_moment, format_number
from asn_desktop.exchange.package.digest import short_code
from asn_desktop.exchange.package.overview import LedgerRow
from asn_desktop.exchange.package.protocol import entity_of
from asn_desktop.exchange.package.qr import qr_matrix
from asn_desktop.exchange.plan import Fate
from asn_desktop.reports.flow import Item
from asn_desktop.reports.fonts import Face
from asn_desktop.reports.form import Form, Query, Sources
from asn_desktop.reports.layout import MM, Block, Cell, Group, Painter, Paper, Row, row_block, space
from asn_desktop.reports.parts import DocumentInfo, Kit, bold, signature
from asn_desktop.reports.text import Run, plain
from asn_desktop.reports.wording import day, place_and_day

_QR_SIDE = 32 * MM
_SIGNING_SPACE = 18 * MM
_GREY = 0.35
_GAP = 4 * MM
_SEALS = {
    "signed": N_("utuh, tanda tangan pengirim cocok"),
    "unknown_key": N_("utuh, bertanda tangan dengan kunci yang belum dikenal di sini"),
    "intact": N_("utuh, tanpa tanda tangan"),
}
_CONFLICT_STATES = {
    "open": N_("menunggu keputusan kantor kami"),
    "waiting": N_("menunggu keputusan kantor pengirim"),
    "decided": N_("sudah diputuskan"),
    "closed": N_("sudah selesai"),
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

    def paint(pen: Painter, x: float, top: float) -> None:
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
        kit.cell(column, ((Run(format_number(number), Face.BOLD, scale=1.3),),), centre=True)
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
    nip = plain("NIP " + "…" * 18)
    return signature(kit, right, above, (bold(receipt.received_by),), nip, underlined=False, room=_SIGNING_SPACE)


def _info(receipt: Receipt, _blank: bool) -> DocumentInfo:
    number = _("paket {number}").format(number=receipt.seq)
    title = _("Tanda terima paket {number}").format(number=receipt.seq)
    foot = [_("Tanda terima"), receipt.sender, number, receipt.code]
    received = _("Diterima {when}").format(when=format_moment(receipt.received_at))
    return DocumentInfo(title, f"{receipt.sender} · {number}", foot, received, receipt.sample)


# -- where receipts come from ---------------------------------------------------------------------------------


def find_receipts(sources: Sources, query: Query) -> Sequence[Receipt]:
    """The receipts of what was received: all of an office, or one number of it. Raises :class:`InputError` for none."""
    found = [
        row
        for row in sources.packages.ledger(query.sender or None)
        if row.direction == "in" and row.kind != "receipt" and query.number in (None, row.seq)
    ]
    if not found:
        raise InputError(
            _("Tidak ada paket yang diterima untuk dicetak tanda terimanya."),
            _("Periksa kode kantor pengirim dan nomor paketnya di riwayat paket."),
            code="ASN-1108",
        )
    return [receipt_of(sources, row) for row in found]


def receipt_of(sources: Sources, row: LedgerRow) -> Receipt:
    """The receipt of a received package, from what the ledger, the desk and the rejections hold about it."""
    own = sources.reference.office()
    packages = sources.packages
    names = {peer.code: peer.name for peer in packages.peers()}
    states = ("open", "waiting", "overridden", "decided", "closed")
    mine = [one for one in packages.conflicts(*states, office=row.office) if one.package_id == row.package_id]
    conflicts = [
        ReceiptLine(f"{line.subject}: {line.title.name}", f"{line.label}: {_(_CONFLICT_STATES[line.row.state])}")
        for line in sources.package_reading.conflicts(mine)
        if line.row.state != "overridden"
    ]
    rejected = [
        ReceiptLine(_(entity_of(note.entity).title), note.message)
        for note in packages.rejections(row.office)
        if note.direction == "in" and note.package_id == row.package_id
    ]
    if (gone := row.counts.get("rejected", 0) - len(rejected)) > 0:
        text = _("sudah diterima, atau ditolak lagi, lewat paket sesudahnya")
        rejected.append(ReceiptLine(_("{n} baris lain").format(n=format_number(gone)), text))
    return Receipt(
        package_id=row.package_id,
        seq=row.seq,
        code=short_code(row.digest),
        qr=f"ASN-TANDA-TERIMA {row.package_id} {row.digest}",
        sender=f"{names[row.office]} ({row.office})" if row.office in names else row.office,
        sent_at=format_moment(datetime.fromisoformat(row.made_at)) if row.made_at else "–",
        receiver=own.name,
        place=own.place,
        received_by=row.user,
        received_at=datetime.fromisoformat(row.at),
        counts=ReceiptCounts(**{fate.value: row.counts.get(fate.value, 0) for fate in Fate}),
        conflicts=conflicts,
        rejected=rejected,
        digest=row.digest,
        signature=row.seal,
        sample=own.sample,
    )


FORM = Form(
    "TANDA-TERIMA", N_("Tanda terima paket"), Receipt, False, 20, {Paper.F4: 10.0, Paper.A4: 9.5}, items, _info,
    find_receipts, frozenset({"sender", "number"}),
)  # fmt: skip

"""Sheet PETUNJUK: what to fill, what not, how to send it back; for a clerk who has only Excel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from asn_desktop.appraisal import tables
from asn_desktop.appraisal.predicate import PREDICATES, RATINGS, Rating
from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_date
from asn_desktop.exchange.paper import FOLIO
from asn_desktop.exchange.worksheet.kinds import WorksheetKind


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who gets the worksheet (``name``), who sent it, until when it is wanted back, whom to ask.

    ``event`` says when and where, on the worksheet of a training event.
    """

    name: str
    sender: str
    due: date | None = None
    contact: str = ""
    event: str = ""


def write_guide(book: Any, sheet: Any, kind: WorksheetKind, title: str, addressee: Addressee, people: int) -> None:
    """Fill the sheet; it is locked, because nothing is to be typed here."""
    formats = {
        "title": book.add_format({"bold": True, "font_size": 16, "font_color": "#0F6B5C"}),
        "section": book.add_format({"bold": True, "font_size": 12, "font_color": "#0F6B5C", "bottom": 1,
                                    "bottom_color": "#9AA7B4"}),
        "key": book.add_format({"font_color": "#5A6672", "valign": "top"}),
        "value": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        "number": book.add_format({"valign": "top", "align": "center", "font_color": "#5A6672"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "cell": book.add_format({"text_wrap": True, "border": 1, "border_color": "#9AA7B4", "align": "center"}),
        "corner": book.add_format({"text_wrap": True, "border": 1, "border_color": "#9AA7B4", "bold": True,
                                   "bg_color": "#E3E8ED", "align": "center"}),
    }  # fmt: skip
    page = _Page(sheet, formats)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, 26)
    sheet.set_column(2, 4, 22)
    sheet.write_string(0, 0, title.upper(), formats["title"])
    sheet.set_row(0, 26)
    page.line = 2
    for key, value in _facts(addressee, people):
        page.fact(key, value)
    page.section(_("Cara mengisi"), _how_to_fill(kind))
    if kind.rated:
        page.matrix()
    page.section(_("Jangan"), _what_not_to_do())
    page.section(_("Mengirim kembali"), _how_to_return(addressee))
    page.section(_("Data pribadi"), _privacy(kind))
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.set_paper(FOLIO)
    sheet.set_margins(left=0.6, right=0.6, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)


class _Page:
    """Writes downwards; text runs over the columns C to E, which are merged line by line."""

    def __init__(self, sheet: Any, formats: dict[str, Any]) -> None:
        self._sheet = sheet
        self._formats = formats
        self.line = 0

    def fact(self, key: str, value: str) -> None:
        self._sheet.write_string(self.line, 0, key, self._formats["key"])
        self._over(2, value, "value", 58)
        self.line += 1

    def section(self, title: str, texts: Sequence[str]) -> None:
        self.line += 1
        for column in range(5):
            self._sheet.write_blank(self.line, column, None, self._formats["section"])
        self._sheet.write_string(self.line, 0, title, self._formats["section"])
        self._sheet.set_row(self.line, 20)
        self.line += 1
        for number, text in enumerate(texts, start=1):
            self._sheet.write_string(self.line, 0, f"{number}.", self._formats["number"])
            self._over(1, text, "text", 112)
            self.line += 1

    def matrix(self) -> None:
        """The nine cells, so that the two ratings are chosen knowing what follows."""
        self.line += 1
        self._over(1, _("Predikat mengikuti kedua rating:"), "value", 100)
        self.line += 1
        short = {"DI_ATAS": _("perilaku di atas"), "SESUAI": _("perilaku sesuai"), "DI_BAWAH": _("perilaku di bawah")}
        codes = ("DI_BAWAH", "SESUAI", "DI_ATAS")
        self._sheet.write_string(self.line, 1, "", self._formats["corner"])
        for column, code in enumerate(codes, start=2):
            self._sheet.write_string(self.line, column, short[code], self._formats["corner"])
        labels, predicates = dict(RATINGS), dict(PREDICATES)
        for result in reversed(codes):
            self.line += 1
            head = _("hasil kerja {rating}").format(rating=_(labels[result]).removesuffix(" Ekspektasi").lower())
            self._sheet.write_string(self.line, 1, head, self._formats["corner"])
            for column, behaviour in enumerate(codes, start=2):
                cell = tables.matrix()[Rating(result), Rating(behaviour)]
                self._sheet.write_string(self.line, column, _(predicates[cell.value]), self._formats["cell"])
        self.line += 1

    def _over(self, first: int, text: str, name: str, width: int) -> None:
        self._sheet.merge_range(self.line, first, self.line, 4, "", self._formats[name])
        self._sheet.write_string(self.line, first, text, self._formats[name])
        self._sheet.set_row(self.line, 17 * max(1, -(-len(text) // width)))


def _facts(addressee: Addressee, people: int) -> list[tuple[str, str]]:
    facts = [(_("Kegiatan") if addressee.event else _("Untuk"), addressee.name)]
    if addressee.event:
        facts.append((_("Waktu dan tempat"), addressee.event))
    facts += [(_("Dari"), addressee.sender), (_("Pegawai di daftar"), str(people))]
    if addressee.due:
        facts.append((_("Kembali paling lambat"), format_date(addressee.due)))
    if addressee.contact:
        facts.append((_("Bertanya kepada"), addressee.contact))
    return facts


def _how_to_fill(kind: WorksheetKind) -> list[str]:
    opened = _("Buka lembar {sheet} (klik namanya di tepi bawah layar).").format(sheet=kind.sheet)
    return [opened, *(_(step) for step in kind.filling)]


def _what_not_to_do() -> list[str]:
    return [
        _("Jangan mengubah sel abu-abu, judul kolom, atau format NIP menjadi angka."),
        _("Jangan mengurutkan sebagian kolom saja: isian dapat berpindah ke orang lain. Baris seperti itu ditolak."),
        _("Jangan menyalin baris ke buku kerja lain. Kolom tersembunyi adalah pengenal baris dan harus ikut kembali."),
    ]


def _how_to_return(addressee: Addressee) -> list[str]:
    texts = [
        _("Simpan dengan Ctrl+S; jenis berkas tetap .xlsx (bukan .xls, .ods, atau .csv). Nama berkas boleh diganti."),
        _("Kirim berkas ini utuh lewat flash disk, email, atau pesan. Boleh dikirim ulang; tidak ada yang ganda."),
    ]
    if addressee.due:
        texts.append(
            _("Kirim paling lambat {day}, juga bila belum semua terisi.").format(day=format_date(addressee.due))
        )
    return texts


def _privacy(kind: WorksheetKind) -> list[str]:
    return [
        _("Lembar ini hanya untuk {purpose}.").format(purpose=_(kind.purpose)),
        _("NIK, NPWP, alamat, dan nomor telepon tidak disertakan. Jangan bagikan kepada yang tidak berkepentingan."),
    ]

"""Sheet Sampul: what a person sees who opens the package in a spreadsheet program."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn_desktop.core.i18n import N_, _
from asn_desktop.core.indonesian import format_clock, format_date
from asn_desktop.exchange.package.content import PackageHead, PackageKind
from asn_desktop.exchange.package.digest import short_code
from asn_desktop.exchange.package.protocol import entity_of
from asn_desktop.exchange.package.qr import qr_png
from asn_desktop.exchange.package.schemas import CURRENT

_GREEN, _INK, _GREY, _LINE, _PALE = "#0F6B5C", "#1C2733", "#5B6875", "#C9D3DC", "#F3F7F9"
_FONT = "Arial"  # there on every PC, or replaced by one of the same widths
_LAST = 3
"""The cover has columns A to D: a margin, two of text, and one for the code."""

_STEPS = {
    PackageKind.DELTA: (
        N_("Jangan mengubah isi berkas ini. Melihat, mencetak, dan menyalinnya boleh."),
        N_("Di ASN Desktop buka Pertukaran Data, pilih Terima berkas, lalu pilih berkas ini."),
        N_("Cocokkan kode di lembar ini dengan kode yang tampil, lalu periksa apa yang akan berubah."),
        N_("Setelah diterima, kirim kembali paket berikutnya atau tanda terimanya ke pengirim."),
    ),
    PackageKind.RECEIPT: (
        N_("Jangan mengubah isi berkas ini."),
        N_("Di ASN Desktop buka Pertukaran Data, pilih Terima berkas, lalu pilih berkas ini."),
        N_("Program mencatat paket mana yang sudah sampai; tidak ada data pegawai di dalamnya."),
    ),
}
_KINDS = {
    PackageKind.DELTA: N_("Perubahan sejak tanda terima terakhir"),
    PackageKind.FULL: N_("Data lengkap (kiriman pertama, atau setelah pemulihan)"),
    PackageKind.RECEIPT: N_("Tanda terima saja, tanpa data"),
}


@dataclass(frozen=True, slots=True)
class Cover:
    """Everything on the cover. ``contents``: title of each sheet that has rows, and how many.

    ``to``: the addressee as people know it, or its code. ``legend``: whether headings are coloured by owner.
    """

    head: PackageHead
    contents: Sequence[tuple[str, int]]
    digest: str
    signed: bool
    to: str = ""
    legend: bool = False

    @classmethod
    def of(
        cls,
        head: PackageHead,
        rows: Mapping[str, int],
        digest: str,
        *,
        signed: bool,
        to: str = "",
        legend: bool = False,
    ) -> Cover:
        titles = {name: _(sheet.title) for name, sheet in CURRENT.sheets().items()}
        contents = [(title, rows[name]) for name, title in titles.items() if rows[name]]
        contents += [(_(entity_of(name).title), count) for name, count in rows.items() if name not in titles and count]
        return cls(
            head, contents, digest, signed, to or head.to or _("kantor penerima (belum pernah berhubungan)"), legend
        )


def write_cover(book: Any, sheet: Any, cover: Cover) -> None:
    """Fill the sheet from top to bottom (constant-memory mode allows no way back)."""
    _Page(book, sheet).fill(cover)


def qr_text(package_id: str, digest: str) -> str:
    """What the code says: enough to find the package in the ledger and to compare its content."""
    return f"ASN-PAKET {package_id} {digest}"


class _Page:
    """Writes line by line; formats are made when first used."""

    def __init__(self, book: Any, sheet: Any) -> None:
        self._book = book
        self._sheet = sheet
        self._row = 0
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def fill(self, cover: Cover) -> None:
        self._set_up()
        self._banner(cover)
        self._identity(cover)
        self._contents(cover)
        self._steps(cover)
        self._seal(cover)
        self._sheet.print_area(0, 0, self._row, _LAST)

    def _set_up(self) -> None:
        sheet = self._sheet
        sheet.hide_gridlines(2)
        for column, width in enumerate((2, 27, 47, 24)):
            sheet.set_column(column, column, width)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.6, 0.6, 0.6, 0.6)
        sheet.protect()
        sheet.activate()

    def _banner(self, cover: Cover) -> None:
        band = {"bg_color": _GREEN, "font_color": "#FFFFFF", "valign": "vcenter"}
        self._line(34, {1: _("PAKET DATA ASN")}, {**band, "bold": True, "font_size": 20})
        self._line(22, {1: _(_KINDS[cover.head.kind])}, {**band, "font_size": 11})
        if cover.head.sample:
            text = _("CONTOH — semua orang di dalamnya rekaan. Jangan dipakai sebagai data kantor.")
            self._line(
                24, {1: text}, {"bg_color": "#FFE08A", "font_color": "#5A3E00", "bold": True, "valign": "vcenter"}
            )
        self._gap()

    def _identity(self, cover: Cover) -> None:
        head = cover.head
        sender = f"{head.office_name} ({head.office})"
        first = self._row
        self._fact(_("Dari"), sender, bold=True)
        self._fact(_("Untuk"), cover.to, bold=True)
        self._fact(_("Paket nomor"), str(head.seq))
        self._fact(_("Dibuat"), _made(head))
        self._fact(_("Kode isi"), short_code(cover.digest), bold=True)
        signed = _("ya, dengan kunci kantor pengirim") if cover.signed else _("tidak")
        self._fact(_("Bertanda tangan"), signed)
        picture = io.BytesIO(qr_png(qr_text(head.package_id, cover.digest), scale=4))
        words = _("Kode QR: nomor pengenal paket dan sidik isinya")
        options = {"image_data": picture, "x_scale": 0.68, "y_scale": 0.68, "x_offset": 14, "y_offset": 2,
                   "description": words, "object_position": 3}  # fmt: skip
        self._sheet.insert_image(first, _LAST, "qr.png", options)
        self._gap()

    def _contents(self, cover: Cover) -> None:
        self._title(_("Isi paket"))
        edge = {"bottom": 1, "bottom_color": _LINE, "valign": "vcenter"}
        for title, count in cover.contents:
            self._line(18, {1: title}, edge, numbers={2: count})
        if not cover.contents:
            self._line(18, {1: _("Tidak ada perubahan.")}, edge)
        if cover.legend:
            self._line(18, {1: _("Judul kolom biru: milik provinsi. Judul hijau: milik kabupaten/kota.")},
                       {"font_color": _GREY, "italic": True, "valign": "vcenter"})  # fmt: skip
        self._gap()

    def _steps(self, cover: Cover) -> None:
        self._title(_("Yang perlu dilakukan penerima"))
        steps = _STEPS.get(cover.head.kind, _STEPS[PackageKind.DELTA])
        for number, text in enumerate(steps, start=1):
            self._line(20, {1: f"{number}.  {_(text)}"}, {"valign": "vcenter"})
        self._gap()

    def _seal(self, cover: Cover) -> None:
        quiet = {"font_color": _GREY, "font_size": 9, "valign": "vcenter"}
        self._line(16, {1: _("Pengenal paket"), 2: cover.head.package_id}, quiet)
        self._line(16, {1: _("Sidik isi (SHA-256)"), 2: cover.digest[:32]}, quiet)
        self._line(16, {2: cover.digest[32:]}, quiet)
        app = _("ASN Desktop {version}").format(version=cover.head.app)
        self._line(16, {1: _("Dibuat dengan"), 2: app}, quiet)

    def _title(self, text: str) -> None:
        look = {"bold": True, "font_size": 12, "font_color": _GREEN, "bottom": 2, "bottom_color": _GREEN}
        self._line(24, {1: text}, {**look, "valign": "vcenter"})

    def _fact(self, name: str, value: str, *, bold: bool = False) -> None:
        self._sheet.set_row(self._row, 22)
        self._write(1, name, self._format({"font_color": _GREY, "valign": "vcenter"}))
        look = {"bold": bold, "valign": "vcenter", "font_size": 12 if bold else 11, "shrink": True}
        self._write(2, value, self._format(look))
        self._row += 1

    def _line(
        self, height: int, texts: Mapping[int, str], look: Mapping[str, Any], numbers: Mapping[int, int] | None = None
    ) -> None:
        """One row; the look goes over its whole width."""
        self._sheet.set_row(self._row, height)
        shade = self._format(look)
        for column in range(_LAST + 1):
            if column in texts:
                self._write(column, texts[column], shade)
            elif numbers and column in numbers:
                number = self._format({**look, "num_format": "#,##0", "align": "left"})
                self._sheet.write_number(self._row, column, numbers[column], number)
            elif column or "bg_color" in look:
                self._sheet.write_blank(self._row, column, None, shade)
        self._row += 1

    def _write(self, column: int, text: str, look: Any) -> None:
        """A name with half a character (from a damaged file name) shows a question mark; the content keeps it."""
        self._sheet.write_string(self._row, column, text.encode("utf-8", "replace").decode("utf-8"), look)

    def _gap(self) -> None:
        self._sheet.set_row(self._row, 10)
        self._row += 1

    def _format(self, look: Mapping[str, Any]) -> Any:
        whole = {"font_name": _FONT, "font_size": 11, "font_color": _INK, "num_format": "@", **look}
        key = tuple(sorted(whole.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(whole)
        return self._formats[key]


def _made(head: PackageHead) -> str:
    """``21 November 2026 pukul 08.00 oleh Siti``; a time that is no ISO time as it stands."""
    try:
        when = datetime.fromisoformat(head.made_at)
    except ValueError:
        return _("{when} oleh {who}").format(when=head.made_at, who=head.made_by)
    return _("{day} pukul {time} oleh {who}").format(
        day=format_date(when.date()), time=format_clock(when), who=head.made_by
    )

"""Sheet Sampul: what a person sees who opens the package in a spreadsheet program."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from asn_desktop.core.i18n import _
from asn_desktop.exchange.package.content import PackageHead, PackageKind
from asn_desktop.exchange.package.digest import short_code
from asn_desktop.exchange.package.layouts import CURRENT
from asn_desktop.exchange.package.qr import qr_png


@dataclass(frozen=True, slots=True)
class Cover:
    """Everything on the cover. ``contents``: title of each sheet that has rows, and how many."""

    head: PackageHead
    contents: Sequence[tuple[str, int]]
    digest: str
    signed: bool

    @classmethod
    def of(cls, head: PackageHead, rows: Mapping[str, int], digest: str, *, signed: bool) -> Cover:
        titles = {name: _(sheet.title) for name, sheet in CURRENT.sheets().items()}
        contents = [(title, rows[name]) for name, title in titles.items() if rows[name]]
        return cls(head, contents, digest, signed)


def write_cover(book: Any, sheet: Any, cover: Cover) -> None:
    """Fill the sheet from top to bottom (constant-memory mode allows no way back)."""
    head = cover.head
    sheet.write_string(0, 0, head.office_name)
    sheet.write_string(1, 0, short_code(cover.digest))
    sheet.insert_image(2, 4, "qr.png", {"image_data": io.BytesIO(qr_png(qr_text(cover)))})
    sheet.write_string(3, 0, _KIND_WORDS[head.kind])


def qr_text(cover: Cover) -> str:
    return f"ASN-PAKET {cover.head.package_id} {cover.digest}"


_KIND_WORDS = {
    PackageKind.DELTA: "delta",
    PackageKind.FULL: "full",
    PackageKind.RECEIPT: "receipt",
}

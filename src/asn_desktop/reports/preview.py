"""Pictures of the pages of a printed file, for preview and printers: the very same PDF. No Qt here."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import NamedTuple

import pypdfium2

#: PDFium may be entered by one thread at a time, whichever file it works on.
_PDFIUM = threading.RLock()


class PageImage(NamedTuple):
    """``pixels``: rows of B, G, R, unused byte without padding (Qt's ``Format_RGB32``)."""

    width: int
    height: int
    pixels: bytes


class PreviewFile:
    """An opened PDF. Use as a context manager, from any thread; pages count from 0, sizes are points."""

    def __init__(self, pdf: bytes | Path) -> None:
        # Read whole: PDFium would keep the file open, and then Windows lets nobody save over it.
        data = pdf.read_bytes() if isinstance(pdf, Path) else pdf
        with _PDFIUM:
            self._document = pypdfium2.PdfDocument(data)
            self._pages = len(self._document)

    def __enter__(self) -> PreviewFile:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def __len__(self) -> int:
        return self._pages

    def close(self) -> None:
        with _PDFIUM:
            self._document.close()

    def page_size(self, index: int) -> tuple[float, float]:
        self._check(index)
        with _PDFIUM:
            width, height = self._document.get_page_size(index)
        return float(width), float(height)

    def render(self, index: int, scale: float) -> PageImage:
        """One page; ``scale`` is pixels per point (1 = 72 dpi). ``IndexError`` if there is no such page."""
        self._check(index)
        with _PDFIUM:
            page = self._document[index]
            bitmap = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=True)
            image = _packed(bitmap)
            bitmap.close()
            page.close()
        return image

    def text(self, index: int) -> str:
        """All text of one page in drawing order, to search and to copy."""
        self._check(index)
        with _PDFIUM:
            page = self._document[index]
            reader = page.get_textpage()
            text = str(reader.get_text_range())
            reader.close()
            page.close()
        return text.replace("\r\n", "\n")

    def _check(self, index: int) -> None:
        if not 0 <= index < self._pages:
            raise IndexError(index)


def render_page(pdf: bytes | Path, index: int, scale: float) -> PageImage:
    """One page of a file as a picture; see :meth:`PreviewFile.render`."""
    with PreviewFile(pdf) as file:
        return file.render(index, scale)


def _packed(bitmap: pypdfium2.PdfBitmap) -> PageImage:
    width, height, stride = int(bitmap.width), int(bitmap.height), int(bitmap.stride)
    raw = bytes(bitmap.buffer)
    if stride == width * 4:
        return PageImage(width, height, raw)
    rows = [raw[y * stride : y * stride + width * 4] for y in range(height)]
    return PageImage(width, height, b"".join(rows))

"""A worksheet's XML as whole rows of bytes, without ever holding the sheet.

Excel's own spelling passes as it stands. :class:`UnusualSpelling` says that byte searches cannot account for a sheet;
it is then read again as :mod:`sheet_rewrite` spells it, and what even that does not understand is refused.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

from asn_desktop.core.errors import WorkbookError
from asn_desktop.core.i18n import _
from asn_desktop.exchange.archive import Budget, doctype, inflate
from asn_desktop.exchange.sheet_rewrite import Declaration, NotASheet, rewritten

MAX_ROW_BYTES = 32 * 1024 * 1024
_ROOT = re.compile(rb"<worksheet[\s>]")
_START = re.compile(rb"<sheetData\s*/?>")
_DATA = re.compile(rb"<(?:sheetData|row)[\s/>]")


class UnusualSpelling(Exception):
    """Legal, perhaps, but not how Excel writes it."""


def sheet_rows(
    archive: zipfile.ZipFile, part: str, sheet_name: str, budget: Budget, *, rewrite: bool = False
) -> Iterator[tuple[bytes, bool]]:
    """Whole rows of the sheet data (True) and what stands before and after it (False).

    Raises :class:`UnusualSpelling`; with ``rewrite`` the rows come in canonical spelling, or :class:`WorkbookError`
    (ASN-1315 for declarations, 1316).
    """
    with archive.open(part) as file:
        chunks = inflate(file, budget)
        if not rewrite:
            yield from _pieces(chunks)
            return
        try:
            yield from _pieces(rewritten(chunks))
        except Declaration as error:
            raise doctype() from error
        except (NotASheet, UnusualSpelling) as error:
            raise not_understood(sheet_name, str(error)) from error


def _pieces(chunks: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    buffer = b""
    state = "before"
    for chunk in chunks:
        buffer += chunk
        if b"<!" in buffer:
            raise UnusualSpelling("comment or CDATA")
        if state == "before":
            start = _START.search(buffer)
            if start is None:
                if len(buffer) > MAX_ROW_BYTES:
                    raise UnusualSpelling("no sheet data")
                continue
            if _ROOT.search(buffer, 0, start.start()) is None:
                raise UnusualSpelling("root")
            yield buffer[: start.start()], False
            state = "after" if start[0].endswith(b"/>") else "rows"
            buffer = buffer[start.end() :]
        if state == "rows":
            end = buffer.find(b"</sheetData")
            if end >= 0:
                yield buffer[:end], True
                state, buffer = "after", buffer[end:]
            else:
                cut = buffer.rfind(b"<row")
                if cut > 0:
                    yield buffer[:cut], True
                    buffer = buffer[cut:]
                elif len(buffer) > MAX_ROW_BYTES:
                    raise UnusualSpelling("row too long")
        if state == "after" and len(buffer) > MAX_ROW_BYTES:
            raise UnusualSpelling("too much after the sheet data")
    if state != "after":
        raise UnusualSpelling(state)
    if _DATA.search(buffer):
        raise UnusualSpelling("sheet data twice")
    yield buffer, False


def not_understood(sheet_name: str, details: str) -> WorkbookError:
    """The error for a sheet that cannot be accounted for."""
    return WorkbookError(
        _("Susunan lembar “{sheet}” tidak dikenali sehingga tidak dapat diperiksa dengan aman.").format(
            sheet=sheet_name
        ),
        _("Salin tabelnya ke buku kerja baru di Excel, simpan sebagai .xlsx, lalu impor lagi."),
        code="ASN-1316",
        details=details,
    )

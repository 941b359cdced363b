"""A worksheet's XML as whole rows of bytes, in one canonical spelling, without ever holding the sheet."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

from asn_desktop.core.errors import WorkbookError
from asn_desktop.core.i18n import _
from asn_desktop.exchange.cell_positions import column_index, column_letter
from asn_desktop.exchange.gate import Budget, doctype, inflate

MAX_ROW_BYTES = 32 * 1024 * 1024
_PREFIX = re.compile(rb"<([A-Za-z][\w.-]*):worksheet[\s>]")
_START = re.compile(rb"<sheetData\s*/?>")
_TAG = re.compile(rb"<(row|c)(?=[\s>/])([^>]*?)(/?)>")
_ATTRIBUTE = re.compile(rb"""\s([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_REFERENCE = re.compile(rb"([A-Z]{1,3})(\d{1,7})\Z")


def sheet_pieces(chunks: Iterator[bytes], sheet_name: str) -> Iterator[tuple[bytes, bool]]:
    """Whole rows of the sheet data (True) and what stands before and after it (False)."""
    buffer = b""
    state = "before"
    prefix: bytes | None = None
    for chunk in chunks:
        buffer += chunk
        if state == "before" and prefix is None:
            found = _PREFIX.search(buffer)
            prefix = found[1] + b":" if found else (b"" if b"<worksheet" in buffer else None)
        if prefix:
            # Some .NET libraries write <x:row>; a tag cut by the chunk is completed by the next round.
            buffer = buffer.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</")
        if b"<!" in buffer:
            if b"<!DOCTYPE" in buffer or b"<!ENTITY" in buffer:
                raise doctype()
            raise not_understood(sheet_name, "comment or CDATA")
        if state == "before":
            start = _START.search(buffer)
            if start is None:
                if len(buffer) > MAX_ROW_BYTES:
                    raise not_understood(sheet_name, "no sheet data")
                continue
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
                    raise not_understood(sheet_name, "row too long")
        if state == "after" and len(buffer) > MAX_ROW_BYTES:
            raise not_understood(sheet_name, "too much after the sheet data")
    if state != "after":
        raise not_understood(sheet_name, state)
    if b"<sheetData" in buffer or b"<row" in buffer:
        raise not_understood(sheet_name, "sheet data twice")
    yield buffer, False


def sheet_rows(archive: zipfile.ZipFile, part: str, sheet_name: str, budget: Budget) -> Iterator[tuple[bytes, bool]]:
    """:func:`sheet_pieces` of one part of the archive."""
    with archive.open(part) as file:
        yield from sheet_pieces(inflate(file, budget), sheet_name)


class Canonical:
    """Writes row and cell tags with ``r`` first, as most programs do; fills in references left out."""

    def __init__(self, sheet_name: str) -> None:
        self._sheet_name = sheet_name
        self._row = 0
        self._column = -1

    def __call__(self, piece: bytes) -> bytes:
        return _TAG.sub(self._tag, piece)

    def _tag(self, match: re.Match[bytes]) -> bytes:
        tag, attributes_text, closing = match.groups()
        attributes = {name: a or b for name, a, b in _ATTRIBUTE.findall(attributes_text)}
        if tag == b"row":
            number = attributes.pop(b"r", None)
            self._row = int(number) if number and number.isdigit() else self._row + 1
            self._column = -1
            reference = b"%d" % self._row
        else:
            given = attributes.pop(b"r", None)
            if given is None:
                self._column += 1
                reference = b"%s%d" % (column_letter(self._column).encode(), self._row)
            else:
                parts = _REFERENCE.match(given)
                if parts is None:
                    raise not_understood(self._sheet_name, "cell reference")
                self._column = column_index(parts[1])
                reference = given
        rest = b"".join(b' %s="%s"' % item for item in attributes.items())
        return b'<%s r="%s"%s%s>' % (tag, reference, rest, closing)


def not_understood(sheet_name: str, details: str) -> WorkbookError:
    """The error for a sheet that cannot be accounted for byte by byte."""
    return WorkbookError(
        _("Susunan lembar “{sheet}” tidak dikenali sehingga tidak dapat diperiksa dengan aman.").format(
            sheet=sheet_name
        ),
        _("Buka berkas di Excel atau LibreOffice dan simpan ulang sebagai .xlsx, lalu impor lagi."),
        code="ASN-1316",
        details=details,
    )

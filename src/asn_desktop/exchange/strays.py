"""Cells far outside the table: found, listed for the user, and left out of what the reader gets."""

from __future__ import annotations

import io
import re
import zipfile

from asn_desktop.exchange.cell_positions import column_index
from asn_desktop.exchange.gate import Budget, Limits, Package
from asn_desktop.exchange.sheet_stream import sheet_rows

_CELL_WITH_CONTENT = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"[^>/]*>(?!</c>).*?</c>', re.S)


def cells_beyond(
    archive: zipfile.ZipFile,
    part: str,
    sheet_name: str,
    block: tuple[int, int],
    limits: Limits,
    at_most: int,
) -> list[str]:
    """References of cells with content outside ``block`` (last row, last column); stops above ``at_most``."""
    found: list[str] = []
    for piece, inside in sheet_rows(archive, part, sheet_name, Budget(limits)):
        if not inside:
            continue
        for match in _CELL_WITH_CONTENT.finditer(piece):
            if _is_beyond(match, block):
                found.append(f"{match[1].decode()}{match[2].decode()}")
                if len(found) > at_most:
                    return found
    return found


def without_strays(package: Package, blocks: dict[str, tuple[str, tuple[int, int]]], limits: Limits) -> bytes:
    """The workbook again without the far cells. ``blocks``: part → (sheet name, (last row, last column))."""
    target = io.BytesIO()
    with package.open() as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as cleaned:
        for entry in source.infolist():
            block = blocks.get(entry.filename)
            if block is None:
                cleaned.writestr(entry.filename, source.read(entry))
                continue
            sheet_name, ends = block
            with cleaned.open(entry.filename, "w", force_zip64=True) as part:
                opened = False
                for piece, inside in sheet_rows(source, entry.filename, sheet_name, Budget(limits)):
                    if inside and not opened:
                        part.write(b"<sheetData>")
                        opened = True
                    part.write(_cut(piece, ends) if inside else piece)
    return target.getvalue()


def _cut(piece: bytes, block: tuple[int, int]) -> bytes:
    return _CELL_WITH_CONTENT.sub(lambda match: b"" if _is_beyond(match, block) else match[0], piece)


def _is_beyond(match: re.Match[bytes], block: tuple[int, int]) -> bool:
    return int(match[2]) - 1 > block[0] or column_index(match[1]) > block[1]

"""Cells far outside the table are found, listed for the user, and left out of what the reader gets.

The reader gets another copy of the workbook then, as it does where a sheet had to be rewritten.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Container, Mapping
from dataclasses import dataclass

from asn_desktop.exchange.archive import DAMAGE, Budget, Limits, damaged
from asn_desktop.exchange.cell_positions import column_index
from asn_desktop.exchange.parts import find_parts
from asn_desktop.exchange.sheet_stream import sheet_rows
from asn_desktop.exchange.workbook_file import WorkbookFile

_CELL_WITH_CONTENT = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"[^>/]*>(?!</c>).*?</c>', re.S)


def cells_beyond(
    archive: zipfile.ZipFile,
    part: str,
    sheet_name: str,
    block: tuple[int, int],
    limits: Limits,
    at_most: int,
    *,
    rewrite: bool,
) -> list[str]:
    """References of cells with content outside ``block`` (last row, last column); stops above ``at_most``."""
    found: list[str] = []
    for piece, inside in sheet_rows(archive, part, sheet_name, Budget(limits), rewrite=rewrite):
        if not inside:
            continue
        for match in _CELL_WITH_CONTENT.finditer(piece):
            if _is_beyond(match, block):
                found.append(f"{match[1].decode()}{match[2].decode()}")
                if len(found) > at_most:
                    return found
    return found


@dataclass(frozen=True, slots=True)
class SheetChange:
    """What the copy has otherwise. ``keep``: last row and column, None for all of them."""

    sheet_name: str
    keep: tuple[int, int] | None
    rewrite: bool


def changed_copy(file: WorkbookFile, changes: Mapping[str, SheetChange], limits: Limits) -> bytes:
    """The workbook with some of its sheets changed. ``changes`` by part."""
    target = io.BytesIO()
    with file.open() as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        read = find_parts(source).places
        for entry in source.infolist():
            change = changes.get(entry.filename)
            if change is None:
                _copy_part(source, copy, entry, read)
                continue
            with copy.open(entry.filename, "w", force_zip64=True) as part:
                opened = False
                budget = Budget(limits)
                pieces = sheet_rows(source, entry.filename, change.sheet_name, budget, rewrite=change.rewrite)
                for piece, inside in pieces:
                    if inside and not opened:
                        part.write(b"<sheetData>")
                        opened = True
                    part.write(_cut(piece, change.keep) if inside and change.keep else piece)
    return target.getvalue()


def _copy_part(source: zipfile.ZipFile, copy: zipfile.ZipFile, entry: zipfile.ZipInfo, read: Container[str]) -> None:
    """A damaged part that nobody reads (a picture, a printer's settings) stays behind."""
    try:
        copy.writestr(entry.filename, source.read(entry))
    except DAMAGE as error:
        if entry.filename in read:
            raise damaged(str(error)) from error


def _cut(piece: bytes, block: tuple[int, int]) -> bytes:
    return _CELL_WITH_CONTENT.sub(lambda match: b"" if _is_beyond(match, block) else match[0], piece)


def _is_beyond(match: re.Match[bytes], block: tuple[int, int]) -> bool:
    return int(match[2]) - 1 > block[0] or column_index(match[1]) > block[1]

"""Hand-made workbooks that no office program would write, for the gate, the scan and the reader."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
ROOT_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
WORKBOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
WORKBOOK_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>'
)
SHEET_START = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
SHEET_END = "</sheetData></worksheet>"


def cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def number(reference: str, value: str) -> str:
    return f'<c r="{reference}"><v>{value}</v></c>'


def row(position: int, *cells: str, attributes: str = "") -> str:
    return f'<row r="{position}"{attributes}>{"".join(cells)}</row>'


PEOPLE = row(1, cell("A1", "NIP"), cell("B1", "NAMA"), cell("C1", "JABATAN"), cell("D1", "GOLONGAN")) + row(
    2, cell("A2", "198503122010011004"), cell("B2", "Budi Contoh"), cell("C2", "Guru Ahli Pertama"), cell("D2", "III/a")
)


def workbook_bytes(
    sheet_data: str = PEOPLE,
    *,
    extra: dict[str, str | bytes] | None = None,
    replace: dict[str, str | bytes] | None = None,
    after: str = "",
    before: str = "",
) -> bytes:
    """A minimal .xlsx. ``extra`` adds parts, ``replace`` changes standard ones."""
    sheet = (
        SHEET_START.replace("<sheetData>", f"{before}<sheetData>")
        + sheet_data
        + "</sheetData>"
        + after
        + "</worksheet>"
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": ROOT_RELS,
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": WORKBOOK_RELS,
        "xl/worksheets/sheet1.xml": sheet,
        **(extra or {}),
    }
    parts.update(replace or {})
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def write(folder: Path, data: bytes, name: str = "berkas.xlsx") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path

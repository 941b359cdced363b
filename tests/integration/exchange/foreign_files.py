"""Files as they really arrive, made part by part where no library writes such a thing. All people are made up.

Each builder returns the bytes of one kind; the table of what has to come of them is in ``test_foreign_files.py``.
"""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

NUMBERS = ("198503122010012004", "197901152005011003", "198807212012032005")
NAMES = ("Ani Contoh", "Budi Contoh", "Dewi Contoh")
PPPK_NUMBERS = ("199001012021212001", "199203152022211002", "199507072024212003")
HEADINGS = ("NIP", "NAMA", "GOLONGAN", "JABATAN", "UNIT KERJA", "OPD")
NATIONAL = (
    "PNS ID", "NIP BARU", "NIP LAMA", "NAMA", "JENIS KELAMIN", "AGAMA NAMA", "NIK", "NOMOR HP", "EMAIL",
    "NPWP NOMOR", "BPJS", "JENIS PEGAWAI ID", "JENIS PEGAWAI NAMA", "KEDUDUKAN HUKUM NAMA", "STATUS CPNS PNS",
    "GOL AKHIR NAMA", "JENIS JABATAN NAMA", "JABATAN NAMA", "UNOR NAMA", "SATUAN KERJA NAMA",
)  # fmt: skip
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
Lines = Sequence[Sequence[str]]


def people() -> list[list[str]]:
    """A heading and three people."""
    ranks = ("III/a", "III/c", "III/b")
    rows = zip(NUMBERS, NAMES, ranks, strict=True)
    return [list(HEADINGS), *([nip, name, rank, "Analis", "Sekretariat", "Dinas Contoh"] for nip, name, rank in rows)]


def national(kind: str, status: str, legal: str, numbers: Sequence[str], ranks: Sequence[str], **more: str) -> bytes:
    """The flat export with its own words; ``more`` replaces a column in every row (spaces as underscores)."""
    rows = [list(NATIONAL)]
    for position, (nip, name, rank) in enumerate(zip(numbers, NAMES, ranks, strict=True)):
        said = {
            "PNS ID": f"id{position}", "NIP BARU": nip, "NAMA": name.upper(), "JENIS KELAMIN": "F" if nip[14] == "2" else "M",
            "AGAMA NAMA": "Islam", "NIK": f"'999915017700000{position}", "NOMOR HP": "081200000001", "NPWP NOMOR": "'", "BPJS": "'",
            "JENIS PEGAWAI ID": "15", "JENIS PEGAWAI NAMA": kind, "KEDUDUKAN HUKUM NAMA": legal, "STATUS CPNS PNS": status,
            "GOL AKHIR NAMA": rank, "JENIS JABATAN NAMA": "Jabatan Pelaksana", "JABATAN NAMA": "ANALIS",
            "UNOR NAMA": "SEKRETARIAT", "SATUAN KERJA NAMA": "DINAS CONTOH",
            **{key.replace("_", " "): value for key, value in more.items()},
        }  # fmt: skip
        rows.append([said.get(heading, "") for heading in NATIONAL])
    return workbook(sheet(rows))


def cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{escape(text)}</t></is></c>' if text else ""


def rows_xml(lines: Lines) -> str:
    return "".join(
        f'<row r="{number}">{"".join(cell(f"{_letter(column)}{number}", text) for column, text in enumerate(line))}</row>'
        for number, line in enumerate(lines, 1)
    )


def sheet(lines: Lines, *, before: str = "", after: str = "", body: str = "") -> str:
    return f'<worksheet xmlns="{_MAIN}">{before}<sheetData>{body or rows_xml(lines)}</sheetData>{after}</worksheet>'


def workbook(
    *sheets: str,
    extra: Mapping[str, str | bytes] | None = None,
    names: Mapping[str, str] | None = None,
    sheet_names: Sequence[str] = (),
) -> bytes:
    """A workbook from the XML of its sheets. ``names``: part → name it really has, followed by the relations."""
    named = names or {}
    numbers = range(1, len(sheets) + 1)
    titles = sheet_names or [f"Data {number}" for number in numbers]
    sheet_parts = {f"xl/worksheets/sheet{number}.xml": xml for number, xml in zip(numbers, sheets, strict=True)}
    book_name = named.get("xl/workbook.xml", "xl/workbook.xml")
    listed = "".join(
        f'<sheet name="{escape(title)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, title in zip(numbers, titles, strict=True)
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in numbers
    )
    types = "".join(f'<Override PartName="/{name}" ContentType="{_TYPES}.worksheet+xml"/>' for name in sheet_parts)
    folder, _slash, file = book_name.rpartition("/")
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{book_name}" ContentType="{_TYPES}.sheet.main+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="{book_name}"/></Relationships>',
        book_name: f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        f"{folder}/_rels/{file}.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
        **sheet_parts,
        **(extra or {}),
    }  # fmt: skip
    return zipped({named.get(name, name): content for name, content in parts.items()})


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def with_backslashes(data: bytes) -> bytes:
    """As some archivers of Windows name the parts (``zipfile`` would write slashes)."""
    for name in zipfile.ZipFile(io.BytesIO(data)).namelist():
        data = data.replace(name.encode(), name.replace("/", "\\").encode())
    return data


def gzipped(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def table_html(lines: Lines) -> str:
    rows = "".join(f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in line)}</tr>\n" for line in lines)
    return f"<table border=1>{rows}</table>"


def separated(lines: Lines, mark: str = ";") -> str:
    return "".join(f"{mark.join(line)}\r\n" for line in lines)


def _letter(column: int) -> str:
    return chr(65 + column)

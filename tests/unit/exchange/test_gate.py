"""What the gate refuses, and what it says. The codes are stable: help pages lead from them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from asn_desktop.core.errors import WorkbookError
from asn_desktop.exchange.archive import Limits
from asn_desktop.exchange.gate import inspect, open_workbook
from asn_desktop.exchange.reader import read_workbook

from .nasty import CONTENT_TYPES, PEOPLE, ROOT_RELS, WORKBOOK, WORKBOOK_RELS, workbook_bytes, write

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def refused(data: bytes, name: str = "data.xlsx", limits: Limits | None = None) -> WorkbookError:
    with pytest.raises(WorkbookError) as caught:
        inspect(Path(name), data, limits or Limits())
    assert caught.value.message
    assert caught.value.hint
    return caught.value


def test_a_plain_workbook_passes() -> None:
    assert inspect(Path("data.xlsx"), workbook_bytes()).sha256


def test_an_empty_file() -> None:
    assert refused(b"").code == "ASN-1302"


def test_an_encrypted_workbook_is_told_from_an_old_xls() -> None:
    encrypted = refused(OLE + "EncryptedPackage".encode("utf-16-le"))
    assert encrypted.code == "ASN-1304"
    assert "kata sandi" in encrypted.message
    old = refused(OLE + "Workbook".encode("utf-16-le"), "data.xls")
    assert old.code == "ASN-1305"
    assert ".xlsx" in old.hint
    assert refused(OLE + "WordDocument".encode("utf-16-le"), "surat.doc").code == "ASN-1308"


def test_a_bare_biff_stream_is_an_old_xls() -> None:
    assert refused(b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\0" * 100, "data.xls").code == "ASN-1305"


@pytest.mark.parametrize(
    "text", ["<html><table>", "\ufeff<TABLE border=1>", "<!DOCTYPE html><html>", "  \n<meta charset=utf-8><table>"]
)
def test_an_html_table_renamed_to_xls(text: str) -> None:
    assert refused(text.encode(), "rekap.xls").code == "ASN-1306"


def test_xml_spreadsheet_2003() -> None:
    assert (
        refused(b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">').code
        == "ASN-1306"
    )


@pytest.mark.parametrize(
    "data",
    [
        b"NIP;NAMA\n198503122010011004;Budi\n",
        "NIP,NAMA\n1,Jos\xe9\n".encode("cp1252"),
        b"\xef\xbb\xbfNIP;NAMA\n",
        "NIP".encode("utf-16"),
    ],
)
def test_csv_of_any_encoding_is_explained(data: bytes) -> None:
    error = refused(data, "data.csv")
    assert error.code == "ASN-1307"
    assert "Teks" in error.hint


def test_other_files_are_named() -> None:
    assert "PDF" in refused(b"%PDF-1.7 ...", "a.pdf").message
    assert refused(b"\x00\x01\x02\x03" * 50).code == "ASN-1308"
    assert refused(_zip({"word/document.xml": "<w/>"})).code == "ASN-1308"
    ods = _zip({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"})
    assert ".ods" in refused(ods).message
    docx = workbook_bytes(
        replace={"[Content_Types].xml": CONTENT_TYPES.replace("spreadsheetml.sheet.main", "word.main")}
    )
    assert refused(docx).code == "ASN-1308"


def test_a_truncated_file_is_damaged() -> None:
    whole = workbook_bytes()
    assert refused(whole[: len(whole) // 2]).code == "ASN-1309"


def test_a_damaged_part_is_found() -> None:
    whole = bytearray(workbook_bytes())
    position = whole.index(b"xl/workbook.xml") + 40
    whole[position] ^= 0xFF
    assert refused(bytes(whole)).code == "ASN-1309"


def test_macros_by_part_or_by_type() -> None:
    assert refused(workbook_bytes(extra={"xl/vbaProject.bin": b"x"})).code == "ASN-1310"
    types = CONTENT_TYPES.replace(
        "openxmlformats-officedocument.spreadsheetml.sheet.main", "ms-excel.sheet.macroEnabled.main"
    )
    assert refused(workbook_bytes(replace={"[Content_Types].xml": types})).code == "ASN-1310"
    assert refused(workbook_bytes(extra={"xl/macrosheets/sheet1.xml": "<x/>"})).code == "ASN-1310"


def test_external_links() -> None:
    assert refused(workbook_bytes(extra={"xl/externalLinks/externalLink1.xml": "<x/>"})).code == "ASN-1311"


@pytest.mark.parametrize(
    "part", ["xl/embeddings/oleObject1.bin", "xl/activeX/activeX1.xml", "xl/ctrlProps/ctrlProp1.xml"]
)
def test_embedded_objects(part: str) -> None:
    assert refused(workbook_bytes(extra={part: "x"})).code == "ASN-1312"


def test_dde_links() -> None:
    linked = WORKBOOK.replace("<sheets>", '<ddeLink ddeService="cmd"/><sheets>')
    assert refused(workbook_bytes(replace={"xl/workbook.xml": linked})).code == "ASN-1312"


def test_a_zip_bomb_by_ratio_by_total_and_by_number_of_parts() -> None:
    strings: dict[str, str | bytes] = {"xl/sharedStrings.xml": "<sst>" + " " * 5_000_000 + "</sst>"}
    assert refused(workbook_bytes(extra=strings)).code == "ASN-1313"
    assert refused(workbook_bytes(PEOPLE + " " * 5_000_000)).code == "ASN-1313"
    assert refused(workbook_bytes(), limits=Limits(inflated=500)).code == "ASN-1313"
    parts: dict[str, str | bytes] = {f"a{number}.xml": "<x/>" for number in range(60)}
    assert refused(workbook_bytes(extra=parts), limits=Limits(entries=60)).code == "ASN-1313"
    assert "lembar" in refused(workbook_bytes(), limits=Limits(sheets=0)).message


def test_many_entries_are_counted_before_anything_is_made_of_them() -> None:
    """An entry takes fifty bytes of the file and ten times as much in memory."""
    many = workbook_bytes() + b"PK\x01\x02" * 20_000
    assert refused(many).code == "ASN-1313"


def test_parts_that_are_never_read_are_not_judged() -> None:
    """Pictures and styles shrink a hundredfold, Power Query writes UTF-16, seventy printed sheets are 218 parts."""
    query = '<?xml version="1.0" encoding="utf-16"?><DataMashup>UEsD</DataMashup>'.encode("utf-16")
    extra: dict[str, str | bytes] = {
        "xl/media/image1.bmp": b"\xff" * 6_000_000,
        "customXml/item1.xml": query,
        "xl/styles.xml": "<styleSheet><cellXfs>" + '<xf numFmtId="0"/>' * 20_000 + "</cellXfs></styleSheet>",
    }
    extra |= {f"xl/printerSettings/printerSettings{number}.bin": b"\0" * 500 for number in range(300)}
    assert inspect(Path("data.xlsx"), workbook_bytes(extra=extra)).sha256


def test_a_part_that_says_less_than_it_holds() -> None:
    """The size in the header lies; what comes out does not fit what was said."""
    name = b"xl/sharedStrings.xml"
    data = bytearray(_zip({name.decode(): "<x>" + "ab" * 4000 + "</x>"}, workbook_bytes()))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.rindex(signature, 0, data.rindex(name) if signature == b"PK\x01\x02" else len(data))
        data[at + offset : at + offset + 4] = (100).to_bytes(4, "little")
    assert refused(bytes(data)).code == "ASN-1309"


@pytest.mark.parametrize("name", ["../../evil.xml", "/etc/evil.xml", "xl\\..\\..\\evil.xml", "C:/evil.xml"])
def test_names_that_point_outside(name: str) -> None:
    assert refused(workbook_bytes(extra={name: "x"})).code == "ASN-1314"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_duplicate_names() -> None:
    assert refused(_zip({"xl/workbook.xml": WORKBOOK}, workbook_bytes())).code == "ASN-1314"
    assert refused(workbook_bytes(extra={"XL/Workbook.xml": WORKBOOK})).code == "ASN-1314"


@pytest.mark.parametrize(
    "declaration", ['<!DOCTYPE a [<!ENTITY b "c">]>', "<!-- <a> --><!DOCTYPE a>", "<!DOCTYPE a SYSTEM 'http://contoh'>"]
)
def test_document_type_declarations(declaration: str) -> None:
    assert refused(workbook_bytes(replace={"xl/workbook.xml": declaration + WORKBOOK})).code == "ASN-1315"


def test_another_encoding_than_utf_8() -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?>' + WORKBOOK
    assert refused(workbook_bytes(replace={"xl/workbook.xml": text.encode("utf-16")})).code == "ASN-1316"
    assert refused(workbook_bytes(replace={"xl/workbook.xml": text.replace("UTF-16", "UTF-7")})).code == "ASN-1316"


def rebuilt(change: Callable[[str], str], parts: dict[str, str] | None = None) -> bytes:
    """The plain workbook with its parts under other names."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook_bytes())) as plain, zipfile.ZipFile(target, "w") as copy:
        for name in plain.namelist():
            text = (parts or {}).get(name) or plain.read(name).decode()
            copy.writestr(change(name), text)
    return target.getvalue()


def related(target: str) -> dict[str, str]:
    """The relation to the sheet, spelt in another way."""
    return {"xl/_rels/workbook.xml.rels": WORKBOOK_RELS.replace("worksheets/sheet1.xml", target)}


def rooted(target: str) -> dict[str, str]:
    """The relation to the workbook, spelt in another way."""
    return {"_rels/.rels": ROOT_RELS.replace("xl/workbook.xml", target)}


OTHER_LAYOUTS = {
    "backslashes": rebuilt(lambda name: name.replace("/", "\\")),
    "capitals": rebuilt(lambda name: name.upper().replace("CONTENT_TYPES", "Content_Types")),
    "another workbook": rebuilt(lambda name: name.replace("workbook", "buku kerja"), rooted("xl/buku kerja.xml")),
    "another folder": rebuilt(lambda name: name.replace("xl/", "isi/"), rooted("/isi/workbook.xml")),
    "sheets elsewhere": rebuilt(lambda name: name.replace("xl/worksheets/sheet1", "a/b"), related("../a/b.xml")),
    "a dot": rebuilt(str, related("./worksheets/sheet1.xml")),
    "absolute": rebuilt(str, related("/xl/worksheets/sheet1.xml")),
    "a warning before": b"<br />\n<b>Warning</b>: Undefined variable in export.php\n" + workbook_bytes(),
    "a line before": b"\r\n" + workbook_bytes(),
    "zeros behind": workbook_bytes() + b"\0" * 4096,
}


@pytest.mark.parametrize("data", OTHER_LAYOUTS.values(), ids=OTHER_LAYOUTS)
def test_a_workbook_laid_out_in_another_way_is_read(tmp_path: Path, data: bytes) -> None:
    (sheet,) = read_workbook(write(tmp_path, data)).sheets
    assert [row[1] for row in sheet.rows] == ["NAMA", "Budi Contoh"]
    assert inspect(Path("a.xlsx"), data).sha256 == inspect(Path("b.xlsx"), data).sha256


def test_texts_and_styles_are_found_by_their_relation(tmp_path: Path) -> None:
    """The parser looks for both by name alone: texts would be lost, dates would be numbers."""
    plain = tmp_path / "plain.xlsx"
    with xlsxwriter.Workbook(plain) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["NIP", "NAMA"])
        sheet.write_datetime(1, 0, date(2020, 4, 1), book.add_format({"num_format": "dd-mm-yyyy"}))
    target = io.BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            text = source.read(name).replace(b"sharedStrings.xml", b"teks.xml").replace(b"styles.xml", b"gaya.xml")
            copy.writestr(name.replace("sharedStrings.xml", "teks.xml").replace("styles.xml", "gaya.xml"), text)
    (sheet_read,) = read_workbook(write(tmp_path, target.getvalue())).sheets
    assert sheet_read.rows == [["NIP", "NAMA"], [date(2020, 4, 1)]]


def test_a_file_that_is_too_large_or_not_there(tmp_path: Path) -> None:
    path = write(tmp_path, workbook_bytes())
    with pytest.raises(WorkbookError) as caught:
        open_workbook(path, Limits(file_size=100))
    assert caught.value.code == "ASN-1303"
    with pytest.raises(WorkbookError) as caught:
        open_workbook(tmp_path / "tidak-ada.xlsx")
    assert caught.value.code == "ASN-1301"


def test_a_locked_file_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, workbook_bytes())

    def refuse(*_arguments: object, **_options: object) -> None:
        raise PermissionError("locked")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(WorkbookError) as caught:
        open_workbook(path)
    assert caught.value.code == "ASN-1301"
    assert "Excel" in caught.value.hint


def _zip(parts: dict[str, str], onto: bytes = b"") -> bytes:
    target = io.BytesIO(onto)
    with zipfile.ZipFile(target, "a" if onto else "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()

"""What a file is that is no workbook: told by its content, never by its extension, and what to do about it.

The advice differs where it matters most. Excel keeps the numbers of an old .xls when it saves it anew; of a web page or
a CSV it makes numbers out of NIP and NIK when it opens them, and the last digits are gone before anything is saved.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from asn_desktop.core.errors import WorkbookError
from asn_desktop.core.i18n import _

ZIP_MAGIC = b"PK\x03\x04"
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096
_ENDS_OF_ZIP = b"PK\x05\x06"
_OTHERS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"SQLite format 3\0", "SQLite"),
    (b"{\\rtf", "RTF"),
)
_COMPRESSED = ((b"\x1f\x8b", "gzip"), (b"Rar!", "RAR"), (b"7z\xbc\xaf\x27\x1c", "7-Zip"), (b"BZh", "bzip2"))
_HTML = re.compile(rb"<(?:!doctype html|html|table|meta|style|body|div)\b")
_DBF_VERSIONS = frozenset(b"\x02\x03\x30\x31\x32\x43\x63\x83\x8b\xcb\xf5\xfb")


def save_as_xlsx() -> str:
    """For kinds whose cells Excel opens as they are."""
    return _("Buka berkas di Excel atau LibreOffice, pilih Simpan Sebagai, jenis “Excel Workbook (.xlsx)”.")


def ask_for_xlsx() -> str:
    """For kinds whose long numbers Excel rounds while it opens them."""
    return _(
        "Minta berkas .xlsx dari pengirim atau aplikasi asalnya. Jangan simpan ulang berkas ini lewat Excel: "
        "NIP dan NIK akan dibulatkan dan rusak."
    )


def is_lock_file(name: str) -> bool:
    """The small file that Excel or LibreOffice keeps beside a workbook while it is open."""
    return name.startswith(("~$", ".~lock."))


def lock_file(name: str) -> WorkbookError:
    """The error for such a file."""
    return WorkbookError(
        _("Berkas {name} adalah berkas sementara Excel, bukan buku kerjanya.").format(name=name),
        _("Tutup Excel, lalu pilih berkas aslinya: namanya sama tanpa tanda ~$ di depan."),
        code="ASN-1308",
    )


def other_file(name: str, what: str, hint: str = "") -> WorkbookError:
    """The error for a file that holds no workbook of any kind."""
    return WorkbookError(
        _("Berkas {name} bukan buku kerja Excel ({what}).").format(name=name, what=what),
        hint or _("Pilih berkas .xlsx."),
        code="ASN-1308",
    )


def zip_within(data: bytes) -> bytes | None:
    """The workbook behind a few lines that a faulty web server wrote before it; None where there is none."""
    at = data.find(ZIP_MAGIC, 0, _HEAD)
    if at <= 0 or not _is_text(data[:at]) or _ENDS_OF_ZIP not in data[at:]:
        return None
    return data[at:]


def other_archive(name: str, names: Sequence[str]) -> WorkbookError:
    """The error for a zip archive that is no workbook; ``names`` of its parts, in small letters."""
    if "mimetype" in names and "content.xml" in names:
        text = _("Berkas {name} berformat OpenDocument (.ods).")
        return WorkbookError(text.format(name=name), save_as_xlsx(), code="ASN-1308")
    within = [part for part in names if part.endswith((".xlsx", ".xls"))]
    if within:
        hint = _("Ekstrak dahulu: klik kanan berkas itu, pilih Ekstrak Semua (Extract All), lalu pilih {inside}.")
        return other_file(name, _("arsip ZIP"), hint.format(inside=within[0].rpartition("/")[2]))
    return other_file(name, _("arsip ZIP"))


def not_a_workbook(name: str, data: bytes) -> WorkbookError:
    """Say what the file is and what helps. ``data`` is its whole content, which does not begin as a zip archive."""
    if is_lock_file(name):
        return lock_file(name)
    if data.startswith(_OLE_MAGIC):
        return _old_office(name, data)
    if data[:2] in (b"\x09\x08", b"\x09\x00", b"\x09\x02", b"\x09\x04"):
        return _old_excel(name)
    if not data.strip(b"\0"):
        return WorkbookError(
            _("Berkas {name} hanya berisi nol: penyalinannya tidak selesai.").format(name=name),
            _("Mungkin flash disk dicabut terlalu cepat. Salin lagi dari sumbernya, atau minta dikirim ulang."),
            code="ASN-1309",
        )
    return _binary(name, data) or _text(name, _as_text(data))


def _old_office(name: str, data: bytes) -> WorkbookError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return WorkbookError(
            _("Berkas {name} dilindungi kata sandi.").format(name=name),
            _("Buka di Excel, pilih Berkas › Info › Enkripsi dengan Sandi, kosongkan sandinya, lalu simpan."),
            code="ASN-1304",
        )
    if any(stream.encode("utf-16-le") in data for stream in ("Workbook", "Book")):
        return _old_excel(name)
    return other_file(name, _("dokumen Office lama"))


def _old_excel(name: str) -> WorkbookError:
    return WorkbookError(
        _("Berkas {name} berformat Excel lama (.xls).").format(name=name), save_as_xlsx(), code="ASN-1305"
    )


def _binary(name: str, data: bytes) -> WorkbookError | None:
    for magic, what in _OTHERS:
        if data.startswith(magic):
            return other_file(name, what)
    for magic, what in _COMPRESSED:
        if data.startswith(magic):
            hint = _("Ekstrak dahulu berkas itu dengan program pengekstrak seperti 7-Zip, lalu pilih hasilnya (.xlsx).")
            return other_file(name, _("berkas terkompresi {kind}").format(kind=what), hint)
    if len(data) >= 33 and data[0] in _DBF_VERSIONS and 1 <= data[2] <= 12 and 1 <= data[3] <= 31:
        return other_file(name, "dBASE (.dbf)", save_as_xlsx())
    return None


def _text(name: str, text: bytes | None) -> WorkbookError:
    if text is None:
        return other_file(name, _("jenis yang tidak dikenal"))
    head = text[:_HEAD].lstrip(b" \t\r\n").lower()
    if head.startswith((b"mime-version:", b"content-type: multipart/")) or b"\nmime-version:" in head:
        return _web_page(name)
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        text_2003 = _("Berkas {name} berformat XML Spreadsheet 2003.").format(name=name)
        return WorkbookError(text_2003, save_as_xlsx(), code="ASN-1306")
    if _HTML.search(head):
        return _web_page(name)
    if head.startswith(b"<?xml"):
        return other_file(name, "XML", ask_for_xlsx())
    if head.startswith(b"id;p"):
        return other_file(name, "SYLK (.slk)", save_as_xlsx())
    return WorkbookError(
        _("Berkas {name} adalah teks biasa (CSV), bukan buku kerja Excel.").format(name=name),
        _(
            "Di Excel pilih Data › Dari Teks/CSV (From Text/CSV), jadikan kolom NIP, NIK, dan nomor lain berjenis "
            "Teks, lalu simpan sebagai .xlsx. Jangan dibuka dengan klik dua kali: angkanya akan rusak."
        ),
        code="ASN-1307",
    )


def _web_page(name: str) -> WorkbookError:
    return WorkbookError(
        _("Berkas {name} sebenarnya halaman web (tabel HTML) yang diberi nama Excel.").format(name=name),
        ask_for_xlsx(),
        code="ASN-1306",
    )


def _as_text(data: bytes) -> bytes | None:
    """The first characters with one byte for each; None for what is no text."""
    head = data[: 2 * _HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\0", b"")
    # Half of the bytes of UTF-16 are zeros where the letters are Latin, all on the same side.
    for side in (0, 1):
        half = head[side::2]
        if len(half) > 3 and half.count(0) > 0.9 * len(half) and _is_text(head[1 - side :: 2]):
            return head[1 - side :: 2]
    return head.removeprefix(b"\xef\xbb\xbf") if _is_text(head) else None


def _is_text(head: bytes) -> bool:
    return not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", head)

"""The first look at a foreign file, by bytes alone: is it a plain .xlsx and nothing dangerous?

Nothing here parses a worksheet. What is refused is refused with the reason and the next step; the codes are
stable (ASN-13xx). Names of all parts are looked at; size, ratio (as in Apache POI's ``ZipSecureFile``) and encoding
only of those that are read: pictures, printer settings and the queries of Power Query are never opened.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException

from asn_desktop.core.errors import WorkbookError
from asn_desktop.core.files import reachable
from asn_desktop.core.i18n import _
from asn_desktop.exchange.archive import (
    DAMAGE,
    DEFAULT_LIMITS,
    MEGABYTE,
    Budget,
    Limits,
    bomb,
    damaged,
    doctype,
    inflate,
)
from asn_desktop.exchange.file_types import (
    ZIP_MAGIC,
    is_lock_file,
    lock_file,
    not_a_workbook,
    other_archive,
    other_file,
    save_as_xlsx,
    zip_within,
)
from asn_desktop.exchange.parts import CONTENT_TYPES, Parts, find_parts, moved_into_place, plain_name
from asn_desktop.exchange.workbook_file import WorkbookFile

_DIRECTORY_ENTRY = b"PK\x01\x02"
_MAIN_TYPES = (
    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    b"application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
)
_PROLOG = 4096
_LONGEST_TYPES = 4 * MEGABYTE


def read_file(path: Path, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The bytes of the file, read once. Raises :class:`WorkbookError` when it cannot be read or is too large."""
    try:
        place = reachable(path)
        size = place.stat().st_size
        if size > limits.file_size:
            raise _too_large(size, limits)
        with place.open("rb") as file:
            data = file.read(limits.file_size + 1)
    except PermissionError as error:
        if is_lock_file(path.name):
            raise lock_file(path.name) from error
        raise WorkbookError(
            _("Berkas {name} tidak dapat dibuka karena sedang dikunci program lain.").format(name=path.name),
            _("Tutup berkas itu di Excel, atau salin dengan nama lain lalu impor salinannya."),
            code="ASN-1301",
        ) from error
    except OSError as error:
        raise WorkbookError(
            _("Berkas {name} tidak dapat dibaca.").format(name=path.name),
            _("Pastikan berkas masih ada dan flash disk terpasang, lalu coba lagi."),
            code="ASN-1301",
            details=type(error).__name__,
        ) from error
    return data


def open_workbook(source: Path | WorkbookFile, limits: Limits = DEFAULT_LIMITS) -> WorkbookFile:
    """Read and inspect the file; only a plain, harmless .xlsx comes back. One that passed before is not read again."""
    return source if isinstance(source, WorkbookFile) else inspect(source, read_file(source, limits), limits)


def inspect(path: Path, data: bytes, limits: Limits = DEFAULT_LIMITS) -> WorkbookFile:
    """Gate for bytes that were read already. Raises :class:`WorkbookError` (ASN-1302 … ASN-1315)."""
    name = path.name
    if not data:
        raise WorkbookError(
            _("Berkas {name} kosong (0 byte).").format(name=name),
            _("Mungkin penyalinan terputus. Minta pengirim menyalin atau mengirim ulang."),
            code="ASN-1302",
        )
    if len(data) > limits.file_size:
        raise _too_large(len(data), limits)
    if not data.startswith(ZIP_MAGIC):
        within = zip_within(data)
        if within is None:
            raise not_a_workbook(name, data)
        data = within
    if data.count(_DIRECTORY_ENTRY) > limits.entries:  # before anything is made of each of them
        raise bomb(_("Berkas memuat lebih dari {limit} bagian; ini tidak wajar.").format(limit=limits.entries))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_names(archive)
            _check_parts(name, archive)
            parts = find_parts(archive)
            _check_sizes(archive, parts, limits)
            _check_contents(archive, parts, limits)
            return WorkbookFile(path, data if parts.as_excel_does else moved_into_place(archive, parts))
    except DefusedXmlException as error:
        raise doctype() from error
    except (*DAMAGE, ParseError) as error:
        raise damaged(type(error).__name__) from error


def _too_large(size: int, limits: Limits) -> WorkbookError:
    return WorkbookError(
        _("Berkas terlalu besar: {size} MB, paling besar {limit} MB.").format(
            size=size // MEGABYTE, limit=limits.file_size // MEGABYTE
        ),
        _("Hapus gambar dan lembar yang tidak perlu, atau bagi berkas menjadi beberapa bagian."),
        code="ASN-1303",
    )


def _check_names(archive: zipfile.ZipFile) -> None:
    seen: set[str] = set()
    for entry in archive.infolist():
        name = plain_name(entry.filename)
        if name.startswith("/") or ".." in name.split("/") or ":" in name:
            raise _unsafe_names()
        if name.casefold() in seen:
            raise _unsafe_names()
        seen.add(name.casefold())
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged("compression")  # no spreadsheet program writes another
        if entry.flag_bits & 0x1:
            raise WorkbookError(_("Bagian dalam berkas dikunci dengan sandi."), save_as_xlsx(), code="ASN-1304")


def _check_sizes(archive: zipfile.ZipFile, parts: Parts, limits: Limits) -> None:
    if len(parts.sheets) > limits.sheets:
        text = _("Berkas memuat {n} lembar; paling banyak {limit}.")
        raise bomb(text.format(n=len(parts.sheets), limit=limits.sheets))
    entries = [archive.getinfo(name) for name in parts.places]
    for entry in entries:
        if entry.file_size > limits.ratio_grace and entry.file_size > limits.ratio * max(entry.compress_size, 1):
            raise bomb()
    if sum(entry.file_size for entry in entries) > limits.inflated:
        raise bomb()


def _unsafe_names() -> WorkbookError:
    return WorkbookError(
        _("Susunan dalam berkas tidak wajar: ada nama bagian ganda atau yang menunjuk ke luar berkas."),
        _("Jangan gunakan berkas ini. Minta pengirim menyimpan ulang dari Excel."),
        code="ASN-1314",
    )


def _check_parts(file_name: str, archive: zipfile.ZipFile) -> None:
    """Parts that have no business in a list of employees."""
    names = [plain_name(entry.filename).lower() for entry in archive.infolist()]
    if CONTENT_TYPES.lower() not in names:
        raise other_archive(file_name, names)
    with archive.open(archive.infolist()[names.index(CONTENT_TYPES.lower())]) as file:
        types = file.read(_LONGEST_TYPES)
    if any(name.endswith("vbaproject.bin") for name in names) or b"macroEnabled" in types:
        if b"sheet.binary" in types:
            raise WorkbookError(_("Berkas ini Excel biner (.xlsb)."), save_as_xlsx(), code="ASN-1308")
        raise WorkbookError(
            _("Berkas ini memuat makro. Program tidak membuka berkas bermakro."), save_as_xlsx(), code="ASN-1310"
        )
    if any("/macrosheets/" in name for name in names):
        raise WorkbookError(_("Berkas ini memuat makro Excel 4."), save_as_xlsx(), code="ASN-1310")
    if not any(main in types for main in _MAIN_TYPES):
        raise other_file(file_name, _("dokumen Office lain"))
    if any(name.startswith("xl/externallinks/") for name in names):
        raise WorkbookError(
            _("Berkas ini mengambil isi dari berkas lain (tautan luar)."),
            _("Di Excel pilih Data › Edit Tautan (Edit Links) › Putuskan Tautan (Break Link), lalu simpan."),
            code="ASN-1311",
        )
    if any(name.startswith(("xl/embeddings/", "xl/activex/", "xl/ctrlprops/")) for name in names):
        raise WorkbookError(
            _("Berkas ini memuat objek tertanam (OLE, ActiveX, atau tombol)."),
            _("Salin tabelnya saja ke buku kerja baru, lalu simpan sebagai .xlsx."),
            code="ASN-1312",
        )


def _check_contents(archive: zipfile.ZipFile, parts: Parts, limits: Limits) -> None:
    """Inflate what is read but the sheets (the scan does those); look for document type declarations and DDE."""
    budget = Budget(limits)
    for entry, place in parts.places.items():
        with archive.open(entry) as file:
            if place in parts.sheets:
                _check_encoding(file.read(_PROLOG))
                continue
            tail = b""
            for chunk in inflate(file, budget):
                if not tail:
                    _check_encoding(chunk)
                text = tail + chunk
                if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                    raise doctype()
                if b"<ddeLink" in text:
                    raise WorkbookError(
                        _("Berkas ini memuat tautan DDE ke program lain."),
                        _("Salin tabelnya saja ke buku kerja baru, lalu simpan sebagai .xlsx."),
                        code="ASN-1312",
                    )
                tail = chunk[-16:]


def _check_encoding(start: bytes) -> None:
    """UTF-8 only: in another encoding the byte searches here would look past things."""
    declared = re.search(rb"encoding\s*=\s*[\"']([^\"']*)", start[:200])
    if start.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00")) or (
        declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii")
    ):
        raise WorkbookError(
            _("Berkas ini memakai pengodean huruf yang tidak dipakai Excel."), save_as_xlsx(), code="ASN-1316"
        )

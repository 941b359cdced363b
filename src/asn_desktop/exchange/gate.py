"""The first look at a foreign file, by bytes alone: is it a plain .xlsx and nothing dangerous?

Nothing here parses a worksheet. What is refused is refused with the reason and the next step; the codes are
stable (ASN-13xx). Limits follow Apache POI's ``ZipSecureFile`` (ratio 100, grace for small parts).
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from asn_desktop.core.errors import WorkbookError
from asn_desktop.core.files import reachable
from asn_desktop.core.i18n import _

MEGABYTE = 1024 * 1024
_CHUNK = 256 * 1024
_ZIP_MAGIC = b"PK\x03\x04"
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN_TYPES = (
    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    b"application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
)
_PROLOG = 4096

DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError)
"""What reading a part of a broken archive may raise; the answer to all of them is :func:`damaged`."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a workbook may weigh. Sizes in bytes."""

    file_size: int = 50 * MEGABYTE
    entries: int = 200
    inflated: int = 300 * MEGABYTE
    ratio: int = 100
    ratio_grace: int = 100_000
    rows: int = 200_000
    columns: int = 400
    cells: int = 5_000_000
    child_memory: int = 1024 * MEGABYTE
    child_seconds: float = 120.0


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True)
class Package:
    """A workbook that passed the gate. ``data`` is a private copy: the file may be open in Excel meanwhile."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    def open(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(self.data))


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
    if len(data) > limits.file_size:
        raise _too_large(len(data), limits)
    return data


def open_package(path: Path, limits: Limits = DEFAULT_LIMITS) -> Package:
    """Read and inspect the file; only a plain, harmless .xlsx comes back."""
    data = read_file(path, limits)
    return inspect(path.name, data, limits)


def inspect(name: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> Package:
    """Gate for bytes that were read already. Raises :class:`WorkbookError` (ASN-1302 … ASN-1315)."""
    if not data:
        raise WorkbookError(
            _("Berkas {name} kosong (0 byte).").format(name=name),
            _("Mungkin penyalinan terputus. Minta pengirim menyalin atau mengirim ulang."),
            code="ASN-1302",
        )
    if not data.startswith(_ZIP_MAGIC):
        raise _not_a_zip(name, data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_names(archive, limits)
            _check_parts(archive)
            _check_contents(archive, limits)
    except DAMAGE as error:
        raise damaged(type(error).__name__) from error
    return Package(name, data)


def damaged(details: str = "") -> WorkbookError:
    """The error for an archive that cannot be read to its end."""
    return WorkbookError(
        _("Berkas rusak atau penyalinannya terputus."),
        _("Buka berkas asli di Excel dan simpan ulang, atau minta pengirim mengirim lagi."),
        code="ASN-1309",
        details=details,
    )


def inflate(file: IO[bytes], budget: Budget) -> Iterator[bytes]:
    """The content of one part in chunks, never more than the budget allows."""
    while chunk := file.read(_CHUNK):
        budget.spend(len(chunk))
        yield chunk


class Budget:
    """How many bytes may still be inflated; headers may lie, so what comes out is counted."""

    def __init__(self, limits: Limits) -> None:
        self._left = limits.inflated

    def spend(self, count: int) -> None:
        self._left -= count
        if self._left < 0:
            raise _bomb()


def is_sheet_part(name: str) -> bool:
    return name.startswith("xl/worksheets/") and name.endswith(".xml")


def _too_large(size: int, limits: Limits) -> WorkbookError:
    return WorkbookError(
        _("Berkas terlalu besar: {size} MB, paling besar {limit} MB.").format(
            size=size // MEGABYTE, limit=limits.file_size // MEGABYTE
        ),
        _("Hapus gambar dan lembar yang tidak perlu, atau bagi berkas menjadi beberapa bagian."),
        code="ASN-1303",
    )


def _save_as_xlsx() -> str:
    return _("Buka berkas di Excel atau LibreOffice, pilih Simpan Sebagai, jenis “Excel Workbook (.xlsx)”.")


def _not_a_zip(name: str, data: bytes) -> WorkbookError:
    """Say what the file is, by content and never by its extension."""
    if data.startswith(_OLE_MAGIC):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return WorkbookError(
                _("Berkas {name} dilindungi kata sandi.").format(name=name),
                _("Buka di Excel, pilih Berkas > Info > Enkripsi dengan Sandi, kosongkan sandinya, lalu simpan."),
                code="ASN-1304",
            )
        if any(stream.encode("utf-16-le") in data for stream in ("Workbook", "Book")):
            return WorkbookError(
                _("Berkas {name} berformat Excel lama (.xls).").format(name=name), _save_as_xlsx(), code="ASN-1305"
            )
        return _other(name, _("dokumen Office lama"))
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"\x09\x08") or data[:2] in (b"\x09\x08", b"\x09\x00", b"\x09\x02", b"\x09\x04"):
        return WorkbookError(
            _("Berkas {name} berformat Excel lama (.xls).").format(name=name), _save_as_xlsx(), code="ASN-1305"
        )
    if re.search(rb"<(?:!doctype html|html|table|meta|style|body|div)\b", head):
        return WorkbookError(
            _("Berkas {name} sebenarnya halaman web (tabel HTML) yang diberi nama Excel.").format(name=name),
            _save_as_xlsx(),
            code="ASN-1306",
        )
    if head.startswith(b"<?xml") or b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return WorkbookError(
            _("Berkas {name} berformat XML Spreadsheet 2003.").format(name=name), _save_as_xlsx(), code="ASN-1306"
        )
    for magic, what in ((b"%PDF", "PDF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"Rar!", "RAR")):
        if data.startswith(magic):
            return _other(name, what)
    if _looks_like_text(data[:4096]):
        return WorkbookError(
            _("Berkas {name} adalah teks biasa (CSV), bukan buku kerja Excel.").format(name=name),
            _(
                "Di Excel pilih Data > Dari Teks/CSV, jadikan kolom NIP, NIK, dan nomor lain berjenis Teks, "
                "lalu simpan sebagai .xlsx."
            ),
            code="ASN-1307",
        )
    return _other(name, _("jenis yang tidak dikenal"))


def _other(name: str, what: str) -> WorkbookError:
    return WorkbookError(
        _("Berkas {name} bukan buku kerja Excel ({what}).").format(name=name, what=what),
        _("Pilih berkas .xlsx."),
        code="ASN-1308",
    )


def _looks_like_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", head)


def _check_names(archive: zipfile.ZipFile, limits: Limits) -> None:
    entries = archive.infolist()
    if len(entries) > limits.entries:
        text = _("Berkas memuat {n} bagian; buku kerja biasa memuat kurang dari {limit}.")
        raise _bomb(text.format(n=len(entries), limit=limits.entries))
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or ":" in name:
            raise _unsafe_names()
        if name.casefold() in seen:
            raise _unsafe_names()
        seen.add(name.casefold())
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged("compression")  # no spreadsheet program writes another
        if entry.flag_bits & 0x1:
            raise WorkbookError(_("Bagian dalam berkas dikunci dengan sandi."), _save_as_xlsx(), code="ASN-1304")
        if entry.file_size > limits.ratio_grace and entry.file_size > limits.ratio * max(entry.compress_size, 1):
            raise _bomb()
    if sum(entry.file_size for entry in entries) > limits.inflated:
        raise _bomb()


def _unsafe_names() -> WorkbookError:
    return WorkbookError(
        _("Susunan dalam berkas tidak wajar: ada nama bagian ganda atau yang menunjuk ke luar berkas."),
        _("Jangan gunakan berkas ini. Minta pengirim menyimpan ulang dari Excel."),
        code="ASN-1314",
    )


def _bomb(text: str = "") -> WorkbookError:
    return WorkbookError(
        text or _("Isi berkas setelah dibuka jauh lebih besar daripada berkasnya; ini tidak wajar."),
        _("Jangan gunakan berkas ini. Salin hanya tabel yang diperlukan ke buku kerja baru, lalu simpan."),
        code="ASN-1313",
    )


def _check_parts(archive: zipfile.ZipFile) -> None:
    """Parts that have no business in a list of employees."""
    names = [entry.filename.replace("\\", "/").lower() for entry in archive.infolist()]
    if "[content_types].xml" not in names:
        if "mimetype" in names and "content.xml" in names:
            raise WorkbookError(_("Berkas ini OpenDocument (.ods)."), _save_as_xlsx(), code="ASN-1308")
        raise _other(_("ini"), _("arsip ZIP"))
    types = archive.read(archive.infolist()[names.index("[content_types].xml")])
    if any(name.endswith("vbaproject.bin") for name in names) or b"macroEnabled" in types:
        if b"sheet.binary" in types:
            raise WorkbookError(_("Berkas ini Excel biner (.xlsb)."), _save_as_xlsx(), code="ASN-1308")
        raise WorkbookError(
            _("Berkas ini memuat makro. Program tidak membuka berkas bermakro."), _save_as_xlsx(), code="ASN-1310"
        )
    if any("/macrosheets/" in name for name in names):
        raise WorkbookError(_("Berkas ini memuat makro Excel 4."), _save_as_xlsx(), code="ASN-1310")
    if not any(main in types for main in _MAIN_TYPES):
        raise _other(_("ini"), _("dokumen Office lain"))
    if any(name.startswith("xl/externallinks/") for name in names):
        raise WorkbookError(
            _("Berkas ini mengambil nilai dari berkas lain (tautan luar)."),
            _("Di Excel pilih Data > Edit Tautan > Putuskan Tautan, lalu simpan."),
            code="ASN-1311",
        )
    if any(name.startswith(("xl/embeddings/", "xl/activex/", "xl/ctrlprops/")) for name in names):
        raise WorkbookError(
            _("Berkas ini memuat objek tertanam (OLE, ActiveX, atau tombol)."),
            _("Salin tabelnya saja ke buku kerja baru, lalu simpan sebagai .xlsx."),
            code="ASN-1312",
        )


def _check_contents(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Inflate all but the sheets (the scan does those); look for document type declarations and DDE."""
    budget = Budget(limits)
    for entry in archive.infolist():
        name = entry.filename.replace("\\", "/").lower()
        with archive.open(entry) as file:
            if is_sheet_part(name):
                _check_encoding(file.read(_PROLOG))
                continue
            is_xml = name.endswith((".xml", ".rels", ".vml"))
            tail = b""
            for chunk in inflate(file, budget):
                if is_xml and not tail:
                    _check_encoding(chunk)
                text = tail + chunk
                if is_xml and (b"<!DOCTYPE" in text or b"<!ENTITY" in text):
                    raise doctype()
                if b"<ddeLink" in text:
                    raise WorkbookError(
                        _("Berkas ini memuat tautan DDE ke program lain."),
                        _("Salin tabelnya saja ke buku kerja baru, lalu simpan sebagai .xlsx."),
                        code="ASN-1312",
                    )
                tail = chunk[-16:]


def doctype() -> WorkbookError:
    """The error for declarations that can make a small file grow without end."""
    return WorkbookError(
        _("Berkas ini memuat deklarasi dokumen (DOCTYPE) yang dapat disalahgunakan."),
        _("Jangan gunakan berkas ini. Minta pengirim menyimpan ulang dari Excel."),
        code="ASN-1315",
    )


def _check_encoding(start: bytes) -> None:
    """UTF-8 only: in another encoding the byte searches here would look past things."""
    declared = re.search(rb"encoding\s*=\s*[\"']([^\"']*)", start[:200])
    if start.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00")) or (
        declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii")
    ):
        raise WorkbookError(
            _("Berkas ini memakai pengodean huruf yang tidak dipakai Excel."), _save_as_xlsx(), code="ASN-1316"
        )

"""Parts of a foreign archive, read within limits: whatever its headers say, what comes out is counted."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from asn_desktop.core.errors import WorkbookError
from asn_desktop.core.i18n import _

MEGABYTE = 1024 * 1024
_CHUNK = 256 * 1024

DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError)
"""What reading a part of a broken archive may raise; the answer to all of them is :func:`damaged`."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a workbook may weigh. Sizes in bytes.

    ``entries`` counts all parts, ``sheets`` those with a table; ``inflated`` and ``ratio`` are of parts that are read,
    the ratio of those above ``ratio_grace`` (styles of honest files shrink to a hundredth).
    """

    file_size: int = 50 * MEGABYTE
    entries: int = 10_000
    sheets: int = 1_000
    inflated: int = 300 * MEGABYTE
    ratio: int = 100
    ratio_grace: int = 4 * MEGABYTE
    rows: int = 200_000
    columns: int = 400
    cells: int = 5_000_000
    child_memory: int = 1024 * MEGABYTE
    child_seconds: float = 120.0


DEFAULT_LIMITS = Limits()


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
            raise bomb()


def ask_for_original() -> str:
    """The next step with a damaged file. Excel repairs one by blanking what it cannot find, so it is not the way."""
    return _(
        "Minta berkas aslinya dari pengirim. Memperbaiki berkas ini lewat Excel dapat mengosongkan sebagian isinya."
    )


def damaged(details: str = "") -> WorkbookError:
    """The error for an archive that cannot be read to its end."""
    return WorkbookError(
        _("Berkas rusak atau penyalinannya terputus."),
        ask_for_original(),
        code="ASN-1309",
        details=details,
    )


def bomb(text: str = "") -> WorkbookError:
    """The error for an archive that holds far more than it weighs."""
    return WorkbookError(
        text or _("Isi berkas setelah dibuka jauh lebih besar daripada berkasnya; ini tidak wajar."),
        _("Jangan gunakan berkas ini. Salin hanya tabel yang diperlukan ke buku kerja baru, lalu simpan."),
        code="ASN-1313",
    )


def doctype() -> WorkbookError:
    """The error for declarations that can make a small file grow without end."""
    return WorkbookError(
        _("Berkas ini memuat deklarasi dokumen (DOCTYPE) yang dapat disalahgunakan."),
        _("Jangan gunakan berkas ini. Minta pengirim menyimpan ulang dari Excel."),
        code="ASN-1315",
    )

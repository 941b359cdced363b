"""What is this workbook? Told from its parts by name, before any sheet is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from asn_desktop.core.errors import WorkbookError
from asn_desktop.core.i18n import _
from asn_desktop.exchange.archive import MEGABYTE, Limits
from asn_desktop.exchange.gate import inspect, read_file
from asn_desktop.exchange.package.cell_values import Unreadable
from asn_desktop.exchange.package.content import PackageHead, PackageKind
from asn_desktop.exchange.package.head import FORMAT_KEY, META_SHEET, from_pairs, from_properties
from asn_desktop.exchange.package.protocol import FORMAT
from asn_desktop.exchange.workbook_file import WorkbookFile

PACKAGE_LIMITS = Limits(
    file_size=200 * MEGABYTE,
    inflated=3000 * MEGABYTE,
    ratio=300,
    rows=1_048_576,
    columns=1_100,
    cells=40_000_000,
    child_memory=2560 * MEGABYTE,
    child_seconds=900.0,
)
"""What a package may weigh. Measured: 2,000 people with SKP, ten indicators and four quarters are 122,000 rows,
11.5 MB, 126 MB for the child and 238 MB for the program. The first package of 15,000 is to fit."""

_TOO_HEAVY = ("ASN-1303", "ASN-1313")

WORKSHEET_FORMAT = "ASN-LEMBAR"
"""The ``format`` of a Lembar kerja in its document properties."""


class FileKind(StrEnum):
    """The ways a workbook can come in."""

    PACKAGE = "package"
    RECEIPT = "receipt"
    """A package without data: only what became of packages."""
    WORKSHEET = "worksheet"
    """A Lembar kerja that came back."""
    FOREIGN = "foreign"
    """A list of people: from elsewhere, or our own export."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """``file`` is what was read, for whoever goes on with it. ``head`` is None when it would have to be read from its
    sheet, or cannot be read."""

    file: WorkbookFile
    kind: FileKind
    head: PackageHead | None = None

    @property
    def is_package(self) -> bool:
        return self.kind in (FileKind.PACKAGE, FileKind.RECEIPT)


def recognise(source: Path | WorkbookFile) -> Recognised:
    """Look at a file. Raises :class:`WorkbookError` when it does not pass the gate."""
    file = source if isinstance(source, WorkbookFile) else _received(source)
    pairs = _package_properties(file)
    if pairs is not None:
        try:
            head = from_pairs(pairs)
        except Unreadable:
            head = None
        is_receipt = head is not None and head.kind is PackageKind.RECEIPT
        return Recognised(file, FileKind.RECEIPT if is_receipt else FileKind.PACKAGE, head)
    return Recognised(file, FileKind.WORKSHEET if file.marks else FileKind.FOREIGN)


def _received(path: Path) -> WorkbookFile:
    """A list may weigh less than a package; which of the two a heavy file is shows only behind the gate."""
    data = read_file(path, PACKAGE_LIMITS)
    try:
        return inspect(path, data)
    except WorkbookError as error:
        if error.code not in _TOO_HEAVY:
            raise
        file = inspect(path, data, PACKAGE_LIMITS)
        if _package_properties(file) is None:
            raise
        return file


def _package_properties(file: WorkbookFile) -> Mapping[str, str] | None:
    """What the properties of a package of ours say, None for any other workbook. Reads no cells."""
    pairs = from_properties(file.properties) or {}
    ours = pairs.get(FORMAT_KEY, "").partition("/")[0] == FORMAT or META_SHEET in file.sheet_names
    return pairs if ours else None


def refuse_package(file: WorkbookFile) -> None:
    """For the import of lists: a package belongs to another button."""
    if _package_properties(file) is not None:
        raise WorkbookError(
            _("Berkas {name} adalah paket dari kantor lain, bukan daftar pegawai.").format(name=file.name),
            _("Buka lewat Pertukaran Data › Terima berkas."),
            code="ASN-1355",
        )


def not_a_package(name: str, kind: FileKind) -> WorkbookError:
    """The error for a workbook given to “Terima” that is something else."""
    if kind is FileKind.WORKSHEET:
        return WorkbookError(
            _("Berkas {name} adalah lembar kerja, bukan paket.").format(name=name),
            _("Buka lewat Pertukaran Data › Terima berkas."),
            code="ASN-1351",
        )
    return WorkbookError(
        _("Berkas {name} bukan paket ASN Desktop, melainkan buku kerja lain.").format(name=name),
        _("Daftar pegawai atau penilaian dibuka lewat Impor. Paket bernama seperti PAKET_….xlsx."),
        code="ASN-1351",
    )

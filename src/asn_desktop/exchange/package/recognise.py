"""What is this workbook? Told from its parts by name, before any sheet is read."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from asn_desktop.core.errors import WorkbookError
from asn_desktop.core.i18n import _
from asn_desktop.exchange.gate import DEFAULT_LIMITS, Limits, WorkbookFile, damaged, open_workbook
from asn_desktop.exchange.package.cell_values import Unreadable
from asn_desktop.exchange.package.content import PackageHead, PackageKind
from asn_desktop.exchange.package.head import FORMAT_KEY, META_SHEET, from_pairs, from_properties
from asn_desktop.exchange.package.protocol import FORMAT
from asn_desktop.exchange.scan import sheet_names
from asn_desktop.exchange.worksheet.mark import find_marks

WORKSHEET_FORMAT = "ASN-LEMBAR"
"""The ``format`` of a Lembar kerja in its document properties."""

_PROPERTIES = "docProps/custom.xml"


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
    """``head`` is None when it would have to be read from its sheet, or cannot be read."""

    kind: FileKind
    head: PackageHead | None = None


def recognise(path: Path, limits: Limits = DEFAULT_LIMITS) -> Recognised:
    """Look at a file. Raises :class:`WorkbookError` when it does not pass the gate."""
    return recognise_file(open_workbook(path, limits))


def recognise_file(file: WorkbookFile) -> Recognised:
    """As :func:`recognise`, for a file that passed the gate already."""
    pairs = _package_properties(file)
    if pairs is not None:
        try:
            head = from_pairs(pairs)
        except Unreadable:
            head = None
        is_receipt = head is not None and head.kind is PackageKind.RECEIPT
        return Recognised(FileKind.RECEIPT if is_receipt else FileKind.PACKAGE, head)
    if find_marks(file):
        return Recognised(FileKind.WORKSHEET)
    return Recognised(FileKind.FOREIGN)


def _package_properties(file: WorkbookFile) -> Mapping[str, str] | None:
    """What the properties of a package of ours say, None for any other workbook. Reads no cells."""
    pairs = from_properties(custom_properties(file)) or {}
    ours = pairs.get(FORMAT_KEY, "").partition("/")[0] == FORMAT or META_SHEET in sheet_names(file)
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


def custom_properties(file: WorkbookFile) -> Mapping[str, str]:
    """Document properties of the file, empty when there are none. Raises ASN-1309 for a damaged part."""
    try:
        with file.open() as archive:
            if _PROPERTIES not in archive.namelist():
                return {}
            root = fromstring(archive.read(_PROPERTIES), forbid_dtd=True)
    except (ParseError, DefusedXmlException, zipfile.BadZipFile, ValueError) as error:
        raise damaged(type(error).__name__) from error
    return {item.get("name", ""): "".join(item.itertext()).strip() for item in root}

"""A workbook that passed the gate, read and inspected once: whoever asks what it is asks this object."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from asn_desktop.exchange.archive import MEGABYTE, damaged
from asn_desktop.exchange.parts import PROPERTIES, sheet_parts
from asn_desktop.exchange.worksheet.mark import Mark, find_marks

_LONGEST_PROPERTIES = 4 * MEGABYTE


@dataclass(frozen=True)
class WorkbookFile:
    """``data`` is a private copy: the file at ``path`` may be open in Excel meanwhile."""

    path: Path
    data: bytes

    @property
    def name(self) -> str:
        return self.path.name

    def open(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(self.data))

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def sheet_names(self) -> Sequence[str]:
        """Names of the worksheets in the order of their tabs."""
        with self.open() as archive:
            return [sheet.name for sheet in sheet_parts(archive)[0]]

    @cached_property
    def properties(self) -> Mapping[str, str]:
        """Document properties of the file, empty when there are none. Raises ASN-1309 for a damaged part."""
        try:
            with self.open() as archive:
                if PROPERTIES not in archive.namelist():
                    return {}
                with archive.open(PROPERTIES) as stream:
                    root = fromstring(stream.read(_LONGEST_PROPERTIES), forbid_dtd=True)
        except (ParseError, DefusedXmlException, zipfile.BadZipFile, ValueError) as error:
            raise damaged(type(error).__name__) from error
        return {item.get("name", ""): "".join(item.itertext()).strip() for item in root}

    @cached_property
    def marks(self) -> Sequence[Mark]:
        """The worksheets of ours that it claims to hold; empty for any other workbook."""
        with self.open() as archive:
            return find_marks(archive)

"""What makes a workbook one of our worksheets: one line of text, kept in three places.

The line stands in the hidden sheet ``_META``, in the document's properties and in the heading of a hidden column of
the data sheet. Spreadsheet programs and people lose one or the other (a sheet copied into a new workbook keeps only
its headings); any one of them is enough.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, fields
from urllib.parse import quote, unquote

from asn_desktop.core.errors import WorkbookError
from asn_desktop.core.i18n import _
from asn_desktop.exchange.archive import DAMAGE, DEFAULT_LIMITS, Budget, damaged, inflate

VERSION = 1
_SEEN = re.compile(rb"ASN-LEMBAR/\d{1,4}(?:;[a-z]+=[A-Za-z0-9%._~-]*)+")
_LONGEST = 1024
_PARTS = ("docProps/custom.xml", "xl/sharedStrings.xml")


@dataclass(frozen=True, slots=True)
class Mark:
    """Which worksheet this is. ``id`` is the ``rid`` of its line in the ledger; ``unit`` a code; ``event`` a ``rid``.

    ``revision`` is the number of the office's last operation when it was written, ``rows`` how many people it had,
    ``made`` the day (ISO).
    """

    id: str
    kind: str
    office: str
    unit: str = ""
    period: str = ""
    event: str = ""
    revision: int = 0
    rows: int = 0
    made: str = ""

    @property
    def stamp(self) -> str:
        """What each row repeats, so that a row pasted from another worksheet is noticed."""
        return self.id[:8]

    @property
    def text(self) -> str:
        pairs = (f"{field.name}={quote(str(getattr(self, field.name)), safe='')}" for field in fields(self))
        return ";".join((f"ASN-LEMBAR/{VERSION}", *pairs))


def parse_mark(text: str) -> Mark:
    """Raises :class:`WorkbookError` for a worksheet of a newer program and for one that somebody has bent."""
    head, *pairs = text.split(";")
    if int(head.partition("/")[2]) > VERSION:
        raise WorkbookError(
            _("Lembar kerja ini dibuat oleh versi program yang lebih baru."),
            _("Perbarui ASN Desktop di komputer ini, lalu impor lagi."),
            code="ASN-1361",
        )
    said = {key: unquote(value) for key, _equals, value in (pair.partition("=") for pair in pairs)}
    known = {field.name: said[field.name] for field in fields(Mark) if field.name in said}
    try:
        numbers = {key: int(known.pop(key, "0") or 0) for key in ("revision", "rows")}
        mark = Mark(**known, **numbers)  # type: ignore[arg-type]
    except (TypeError, ValueError) as error:
        raise _bent() from error
    if len(mark.id) != 36 or not mark.kind:
        raise _bent()
    return mark


def find_marks(archive: zipfile.ZipFile) -> tuple[Mark, ...]:
    """The worksheets a file claims to hold; empty for any other workbook. Reads bytes, parses nothing."""
    found: dict[str, Mark] = {}
    try:
        for text in _lines(archive):
            mark = parse_mark(text)
            found.setdefault(mark.id, mark)
    except DAMAGE as error:
        raise damaged(type(error).__name__) from error
    return tuple(found.values())


def _lines(archive: zipfile.ZipFile) -> Iterator[str]:
    names = set(archive.namelist())
    parts = [name for name in _PARTS if name in names]
    if "xl/sharedStrings.xml" not in names:  # a program that writes texts into the cells themselves
        parts += [name for name in names if name.startswith("xl/worksheets/") and name.endswith(".xml")]
    budget = Budget(DEFAULT_LIMITS)
    for part in parts:
        with archive.open(part) as stream:
            rest = b""
            for chunk in inflate(stream, budget):
                block = rest + chunk
                yield from (match[0].decode("ascii") for match in _SEEN.finditer(block[:-_LONGEST]))
                rest = block[-_LONGEST:]
            yield from (match[0].decode("ascii") for match in _SEEN.finditer(rest))


def _bent() -> WorkbookError:
    return WorkbookError(
        _("Tanda pengenal lembar kerja ini rusak."),
        _("Buat lembar kerja baru untuk OPD itu, atau salin isiannya ke lembar kerja yang utuh."),
        code="ASN-1362",
    )

"""Which parts of a workbook are read, and where they stand.

The format leaves a writer free: any names, joined by relations, in any spelling of capitals. The parser looks only
where Excel puts them. So the relations are followed here, and a workbook built in another way is copied into Excel's
places, byte for byte, with nothing but the parts that are read.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any, NamedTuple
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from asn_desktop.exchange.archive import damaged

CONTENT_TYPES = "[Content_Types].xml"
WORKBOOK = "xl/workbook.xml"
WORKBOOK_RELATIONS = "xl/_rels/workbook.xml.rels"
SHARED_STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
PROPERTIES = "docProps/custom.xml"
_ROOT_RELATIONS = "_rels/.rels"
_SHEETS = "xl/worksheets/"
_LONGEST_RELATIONS = 4 * 1024 * 1024


Relation = tuple[str, str, str]
"""Id, type, and the target: as it stands in the file, or the place of what it leads to."""


@dataclass(slots=True)
class Parts:
    """``places``: the name of an entry of the archive → where the parser looks for that part.

    ``sheets`` are the places of worksheets; ``relations`` are those to what is read, by the part that holds them.
    """

    places: dict[str, str] = field(default_factory=dict)
    sheets: set[str] = field(default_factory=set)
    relations: dict[str, list[Relation]] = field(default_factory=dict)
    as_excel_does: bool = True
    """Every part stands where the parser looks for it."""

    def note(self, entry: str, place: str, target: str | None = None) -> None:
        """An entry that is read. ``target`` is how a relation names it; the parser understands only the plain way."""
        self.places[entry] = place
        plain = target is None or target.removeprefix("/xl/") == place.removeprefix("xl/")
        if entry != place or not plain:
            self.as_excel_does = False


def plain_name(name: str) -> str:
    """The name of an entry with slashes; some archivers of Windows write backslashes."""
    return name.replace("\\", "/")


def find_parts(archive: zipfile.ZipFile) -> Parts:
    """Follow the relations from the root to the sheets. Raises KeyError where a part is missing that has to be there.

    ParseError and DefusedXmlException come through from relations that are no sound XML.
    """
    entries = {plain_name(name).casefold(): name for name in archive.namelist()}
    parts = Parts()
    parts.note(entries[CONTENT_TYPES.casefold()], CONTENT_TYPES)
    workbook = "/" + WORKBOOK
    if _ROOT_RELATIONS in entries:
        parts.note(entries[_ROOT_RELATIONS], _ROOT_RELATIONS)
        for identity, kind, target in _relations(archive, entries[_ROOT_RELATIONS]):
            if kind.endswith("/officeDocument"):
                workbook = _path("/", target)
                parts.relations[_ROOT_RELATIONS] = [(identity, kind, WORKBOOK)]
            elif kind.endswith("/custom-properties"):
                _note_if_there(parts, entries, _path("/", target), PROPERTIES)
    parts.note(entries[workbook.removeprefix("/").casefold()], WORKBOOK)
    folder, file = posixpath.split(workbook)
    relations = entries[f"{folder}/_rels/{file}.rels".removeprefix("/").casefold()]
    parts.note(relations, WORKBOOK_RELATIONS)
    read = parts.relations.setdefault(WORKBOOK_RELATIONS, [])
    for number, (identity, kind, target) in enumerate(_relations(archive, relations), 1):
        place = _place(kind, target, number)
        if place is None:
            continue
        if _note_if_there(parts, entries, _path(folder, target), place, target):
            read.append((identity, kind, place))
            if place.startswith(_SHEETS):
                parts.sheets.add(place)
    for place in (SHARED_STRINGS, STYLES, PROPERTIES):  # the parser takes them by name, related or not
        if place not in parts.places.values():
            _note_if_there(parts, entries, f"/{place}", place)
    return parts


def moved_into_place(archive: zipfile.ZipFile, parts: Parts) -> bytes:
    """A copy as Excel would have laid it out, with only the parts that are read."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for entry, place in parts.places.items():
            if place in parts.relations:
                copy.writestr(_entry(place), _written(parts.relations[place]))
                continue
            with archive.open(entry) as source, copy.open(_entry(place), "w", force_zip64=True) as part:
                while chunk := source.read(1 << 18):
                    part.write(chunk)
    return target.getvalue()


class SheetPart(NamedTuple):
    """A worksheet: the name on its tab, and where it stands in the archive."""

    name: str
    place: str
    hidden: bool


def sheet_parts(archive: zipfile.ZipFile) -> tuple[list[SheetPart], bool]:
    """Worksheets in the order of the tabs, without chart and dialog sheets; whether days are counted from 1904."""
    try:
        workbook = fromstring(archive.read(WORKBOOK), forbid_dtd=True)
        relations = fromstring(archive.read(WORKBOOK_RELATIONS), forbid_dtd=True)
    except (ParseError, DefusedXmlException, KeyError) as error:
        raise damaged(type(error).__name__) from error
    targets = {
        item.get("Id"): item.get("Target", "") for item in relations if item.get("Type", "").endswith("/worksheet")
    }
    names = set(archive.namelist())
    sheets = []
    epoch_1904 = False
    for element in workbook.iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "workbookPr":
            epoch_1904 = element.get("date1904", "0") in ("1", "true")
        if tag != "sheet":
            continue
        relation = next((value for key, value in element.items() if key.endswith("}id")), None)
        target = targets.get(relation, "")
        if not target:
            continue
        place = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        if place not in names:
            raise damaged("sheet part missing")
        sheets.append(SheetPart(element.get("name", ""), place, element.get("state", "visible") != "visible"))
    if len({sheet.place for sheet in sheets}) != len(sheets):
        raise damaged("sheet part used twice")
    return sheets, epoch_1904


def _entry(name: str) -> zipfile.ZipInfo:
    """Without the time of day: the same workbook gives the same copy."""
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _relations(archive: zipfile.ZipFile, entry: str) -> list[Relation]:
    """(id, type, target) of all relations that stay inside the file."""
    with archive.open(entry) as file:
        text = file.read(_LONGEST_RELATIONS + 1)
    if len(text) > _LONGEST_RELATIONS:
        raise ValueError("relations")
    found: list[Relation] = []
    item: Any
    for item in fromstring(text, forbid_dtd=True):
        if item.get("TargetMode") != "External":
            found.append((item.get("Id", ""), item.get("Type", ""), plain_name(item.get("Target", ""))))
    return found


def _path(folder: str, target: str) -> str:
    """An absolute name from a relation's target."""
    return posixpath.normpath(posixpath.join(folder, target))


def _place(kind: str, target: str, number: int) -> str | None:
    """Where the parser looks for what such a relation leads to; None for what is not read."""
    if kind.endswith("/worksheet"):
        name = posixpath.normpath(target.removeprefix("/xl/"))
        plain = name.startswith("worksheets/") and name.isascii()
        return f"xl/{name}" if plain else f"{_SHEETS}lembar-{number}.xml"
    if kind.endswith("/sharedStrings"):
        return SHARED_STRINGS
    return STYLES if kind.endswith("/styles") else None


def _note_if_there(parts: Parts, entries: Mapping[str, str], path: str, place: str, target: str | None = None) -> bool:
    entry = entries.get(path.removeprefix("/").casefold())
    if entry is not None:
        parts.note(entry, place, target)
    return entry is not None


def _written(relations: list[Relation]) -> str:
    lines = (
        f'<Relationship Id="{escape(identity)}" Type="{escape(kind)}" Target="/{escape(place)}"/>'
        for identity, kind, place in relations
    )
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{namespace}">{"".join(lines)}</Relationships>'

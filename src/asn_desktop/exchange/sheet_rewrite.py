"""Any legal XML of a worksheet → the one spelling that the quick scan and the reader understand alike.

A real XML parser goes through what the quick look cannot account for: prefixed tags, comments and CDATA between and
inside values, single quotes, references left out, attributes in another order. Only what a table is made of is written
again: columns, rows, cells with formula and value, merges. The reader gets the result as well, because it passes over
CDATA in a value and stops at a comment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape
from xml.parsers import expat

from asn_desktop.exchange.cell_positions import column_index, column_letter

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})\Z")
_CELL_TYPES = frozenset({"b", "d", "e", "inlineStr", "n", "s", "str"})
_LONGEST_TEXT = 1_000_000
_KEPT = {"col": ("min", "max", "hidden"), "mergeCell": ("ref",)}
_SEPARATOR = "|"


class NotASheet(Exception):
    """XML that is no worksheet, or not well formed."""


class Declaration(NotASheet):
    """A document type declaration: never followed."""


def rewritten(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The sheet in canonical spelling. Raises :class:`NotASheet`."""
    writer = _Writer()
    try:
        for chunk in chunks:
            writer.parser.Parse(chunk, False)
            yield from writer.take()
        writer.parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise NotASheet("xml") from error
    yield from writer.take()


class _Writer:
    """Handlers of one parser. ``_path`` are the local names of the elements that are open."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = _refuse_declaration
        self._out: list[str] = []
        self._path: list[str] = []
        self._namespace = ""
        self._skipped = 0
        self._had_rows = False
        self._row = 0
        self._column = -1
        self._collected: list[str] | None = None
        self._length = 0
        self._opening: dict[str, Callable[[dict[str, str]], None]] = {
            "worksheet>sheetData": self._rows,
            "sheetData>row": self._new_row,
            "row>c": self._new_cell,
        }

    def take(self) -> Iterator[bytes]:
        """What has been written since the last call."""
        if self._out:
            yield "".join(self._out).encode("utf-8")
            self._out.clear()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._skipped:
            self._skipped += 1
            return
        namespace, _separator, tag = name.rpartition(_SEPARATOR)
        if not self._path:
            if tag != "worksheet":
                raise NotASheet(tag)
            self._namespace = namespace
            self._out.append('<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">')
            self._path.append(tag)
            return
        parent = self._path[-1]
        if namespace != self._namespace or not self._enter(parent, tag, attributes):
            if parent in ("f", "v", "t"):
                raise NotASheet("element in a value")
            self._skipped = 1
            return
        self._path.append(tag)

    def _enter(self, parent: str, tag: str, attributes: dict[str, str]) -> bool:
        """Write what the element begins with; False: it and all in it is left out."""
        opening = self._opening.get(f"{parent}>{tag}")
        if opening is not None:
            opening(attributes)
        elif (parent, tag) in (("worksheet", "cols"), ("worksheet", "mergeCells")):
            self._out.append(f"<{tag}>")
        elif (parent, tag) in (("cols", "col"), ("mergeCells", "mergeCell")):
            self._out.append(_tag(tag, {key: attributes[key] for key in _KEPT[tag] if key in attributes}))
        elif parent == "c" and tag in ("f", "v"):
            self._out.append(f"<{tag}>")
            self._collected = []
        elif parent == "c" and tag == "is":
            self._out.append('<is><t xml:space="preserve">')
            self._collected = []
        elif (parent, tag) in (("is", "t"), ("is", "r"), ("r", "t")):
            pass  # rich text becomes plain; how it is pronounced (rPh) is left out
        elif tag in ("row", "c", "sheetData"):
            raise NotASheet(f"{tag} in {parent}")
        else:
            return False
        return True

    def _rows(self, _attributes: dict[str, str]) -> None:
        if self._had_rows:
            raise NotASheet("sheet data twice")
        self._had_rows = True
        self._out.append("<sheetData>")

    def _new_row(self, attributes: dict[str, str]) -> None:
        self._row = _number(attributes["r"]) if "r" in attributes else self._row + 1
        self._column = -1
        hidden = {"hidden": "1"} if attributes.get("hidden") in ("1", "true") else {}
        self._out.append(_tag("row", {"r": str(self._row), **hidden}))

    def _new_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
            reference = f"{column_letter(self._column)}{self._row}"
        else:
            match = _REFERENCE.match(reference)
            if match is None:
                raise NotASheet("cell reference")
            self._column = column_index(match[1])
        style, kind = attributes.get("s", ""), attributes.get("t", "")
        if (style and not style.isdecimal()) or (kind and kind not in _CELL_TYPES):
            raise NotASheet("cell attributes")
        kept = {key: value for key, value in (("s", style), ("t", kind)) if value}
        self._out.append(_tag("c", {"r": reference, **kept}))

    def _text(self, text: str) -> None:
        if self._collected is None or self._skipped:
            return
        if self._path[-1] in ("f", "v", "t"):
            self._length += len(text)
            if self._length > _LONGEST_TEXT:
                raise NotASheet("text too long")
            self._collected.append(text)

    def _end(self, _name: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        tag = self._path.pop()
        if tag in ("f", "v", "is") and self._collected is not None:
            self._out.append(escape("".join(self._collected), quote=False))
            self._collected, self._length = None, 0
        if tag == "is":
            self._out.append("</t></is>")
        elif tag not in ("t", "r"):
            self._out.append(f"</{tag}>")
            if tag == "worksheet" and not self._had_rows:
                raise NotASheet("no sheet data")


def _tag(name: str, attributes: dict[str, str]) -> str:
    pairs = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{pairs}>"


def _number(text: str) -> int:
    if not (text.isdecimal() and text.isascii() and len(text) <= 7):
        raise NotASheet("row number")
    return int(text)


def _refuse_declaration(*_declaration: object) -> None:
    raise Declaration("declaration")

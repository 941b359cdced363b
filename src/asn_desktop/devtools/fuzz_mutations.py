"""How ``asn-dev fuzz`` spoils a workbook: in its bytes, in its archive, in its XML, cell by cell.

The same chance gives the same file.
"""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
from collections.abc import Callable, Sequence

Parts = list[tuple[str, bytes]]

_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_SNIPPETS = (
    b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]>", b"<!ENTITY b SYSTEM 'file:///etc/passwd'>", b"&a;", b"&#0;", b"&#xFFFF;",
    b"<![CDATA[ x ]]>", b"<!-- x -->", b"<?php x ?>", b"</sheetData>", b"<sheetData>", b"<row>", b"</row>", b"<c>",
    b'<c r="A1"/>', b'<c r="XFD1048576"><v>1</v></c>', b'<c r="ZZZZ99999999"><v>1</v></c>', b'<c r="A0"><v>1</v></c>',
    b'<row r="0"/>', b'<row r="99999999999999999999"/>', b"<f>1+1</f>", b"<v>1e400</v>", b"<v>NaN</v>", b"<v>-0</v>",
    b"<v>99999999999999999999999999</v>", b"<is>", b"<t>", b"\xff\xfe", b"\x00", b"\xc3", b"\xed\xa0\x80", b"<", b">",
    b'"', b"'", b"_x000D_", b"\\", b'\\"', b"\\\\", b"~2", b' t="s"', b' t="e"', b' t="d"', b' s="99999"',
    b' hidden="1"',
    b'<mergeCell ref="A1:XFD1048576"/>', b'<col min="1" max="99999999" hidden="1"/>', b'<x:row xmlns:x="x"/>',
)  # fmt: skip
_REFERENCES = (b"XFD1048576", b"A1048576", b"XFD1", b"AAA9999", b"ZZZ1", b"A0", b"", b"1", b"A", b"a1", b"A99999999999")
_VALUES = (
    b"", b"0", b"-1", b"1e308", b"1e400", b"NaN", b"INF", b"46000.5", b"-5", b"60", b"2958466", b"9" * 400, b"abc",
    b"TRUE", b"#REF!", b"198501152010011023", b"99999999", b" ", b"&#10;", b"_x0000_", b"x" * 40_000,
    b"\\&quot;&quot;", b"{}", b"[KOSONG]", b"\\" + b"[" * 5_000,
    b"\xf0\x9f\x98\x80", b"*:99999999999999999999", b"2026-99-99", b"[" * 5_000,
)  # fmt: skip
_TYPES = (b"s", b"str", b"inlineStr", b"n", b"b", b"e", b"d", b"x", b"")


def spoiled(data: bytes, chance: random.Random) -> bytes:
    """One to three mutations; those of the archive and of its bytes come last."""
    parts = _unpack(data)
    for _number in range(chance.choice((1, 1, 1, 2, 3))):
        kind = chance.random()
        if kind < 0.12:
            return chance.choice(_BYTES)(_pack(parts), chance)
        if kind < 0.27:
            return chance.choice(_ARCHIVE)(parts, chance)
        _in_part(parts, chance, _CELLS if kind < 0.75 else _XML)
    return _pack(parts)


def _unpack(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(entry.filename, archive.read(entry)) for entry in archive.infolist()]


def _pack(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in parts:
            archive.writestr(_entry(name), content, method)
    return target.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, (2026, 11, 21, 0, 0, 0))


# -- bytes ----------------------------------------------------------------------------------------------------


def _flip(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _number in range(chance.choice((1, 1, 4, 40))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _truncate(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _cut_out(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randrange(1, 2000) :]


def _append(data: bytes, chance: random.Random) -> bytes:
    return data + chance.randbytes(chance.randrange(1, 5000))


def _lie_in_directory(data: bytes, chance: random.Random) -> bytes:
    """A field of one entry of the central directory is another number."""
    places = [match.start() for match in re.finditer(b"PK\x01\x02", data)]
    changed = bytearray(data)
    offset, size = chance.choice(((8, 2), (10, 2), (16, 4), (20, 4), (24, 4), (28, 2), (42, 4)))
    number = chance.choice((0, 1, 8, 12, 0xFFFF, 0xFFFFFFFF, chance.getrandbits(32)))
    at = chance.choice(places) + offset
    changed[at : at + size] = struct.pack("<I", number & 0xFFFFFFFF)[:size]
    return bytes(changed)


_BYTES: Sequence[Callable[[bytes, random.Random], bytes]] = (
    _flip,
    _flip,
    _truncate,
    _cut_out,
    _append,
    _lie_in_directory,
)


# -- archive --------------------------------------------------------------------------------------------------


def _double_entry(parts: Parts, chance: random.Random) -> bytes:
    name, content = chance.choice(parts)
    target = io.BytesIO(_pack(parts))
    with zipfile.ZipFile(target, "a") as archive:
        # The module warns of a double name; another case of the letters is as bad and passes.
        archive.writestr(_entry(name.swapcase()), content[::-1])
    return target.getvalue()


def _bad_name(parts: Parts, chance: random.Random) -> bytes:
    name = chance.choice(
        ("../x.xml", "/etc/x.xml", "C:\\x.xml", "xl/../../x", "xl\\worksheets\\sheet1.xml", "a" * 60_000, "é")
    )
    return _pack([*parts, (name, b"<x/>")])


def _dangerous_part(parts: Parts, chance: random.Random) -> bytes:
    name = chance.choice(
        ("xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml", "xl/embeddings/a.bin", "xl/activeX/a.xml")
    )
    return _pack([*parts, (name, b"<x/>")])


def _bomb(parts: Parts, chance: random.Random) -> bytes:
    """Much of little: in a sheet, in the shared strings, in a part nobody reads."""
    size = chance.choice((2_000_000, 20_000_000))
    name = chance.choice([name for name, _content in parts] + ["xl/media/x.bin", "docProps/x.xml"])
    filler = chance.choice((b"\0" * size, b"<row/>" * (size // 6), b"<c/>" * (size // 4), b"&amp;" * (size // 5)))
    kept = [(at, content) for at, content in parts if at != name]
    return _pack([*kept, (name, filler)])


def _many_entries(parts: Parts, chance: random.Random) -> bytes:
    return _pack([*parts, *((f"xl/x{number}.xml", b"<x/>") for number in range(chance.choice((100, 300, 5_000))))])


def _lose_part(parts: Parts, chance: random.Random) -> bytes:
    lost = chance.randrange(len(parts))
    return _pack(parts[:lost] + parts[lost + 1 :])


def _swap_parts(parts: Parts, chance: random.Random) -> bytes:
    one, other = chance.sample(range(len(parts)), 2)
    changed = list(parts)
    changed[one], changed[other] = (parts[one][0], parts[other][1]), (parts[other][0], parts[one][1])
    return _pack(changed)


def _stored(parts: Parts, chance: random.Random) -> bytes:
    return _pack(parts, chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)))


_ARCHIVE: Sequence[Callable[[Parts, random.Random], bytes]] = (
    _double_entry, _bad_name, _dangerous_part, _bomb, _bomb, _many_entries, _lose_part, _lose_part, _swap_parts,
    _stored,
)  # fmt: skip


# -- XML ------------------------------------------------------------------------------------------------------


def _in_part(parts: Parts, chance: random.Random, ways: Sequence[Callable[[bytes, random.Random], bytes]]) -> None:
    """Rewrite one XML part, sheets more often than the others."""
    sheets = [at for at, (name, _content) in enumerate(parts) if name.startswith("xl/worksheets/sheet")]
    others = [at for at, (name, _content) in enumerate(parts) if name.endswith((".xml", ".rels"))]
    at = chance.choice(sheets if sheets and chance.random() < 0.7 else others)
    parts[at] = (parts[at][0], chance.choice(ways)(parts[at][1], chance))


def _insert(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + chance.choice(_SNIPPETS) + content[at:]


def _insert_at_tag(content: bytes, chance: random.Random) -> bytes:
    places = [match.end() for match in re.finditer(b">", content)] or [0]
    at = chance.choice(places)
    return content[:at] + chance.choice(_SNIPPETS) + content[at:]


def _remove(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content) + 1)
    return content[:start] + content[start + chance.choice((1, 5, 50, 5_000)) :]


def _repeat(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content) + 1)
    piece = content[start : start + chance.choice((5, 50, 2_000))]
    return content[:start] + piece * chance.choice((2, 3, 200)) + content[start:]


def _other_attribute(content: bytes, chance: random.Random) -> bytes:
    places = list(re.finditer(rb'([\w:]+)="([^"]*)"', content))
    if not places:
        return _insert(content, chance)
    match = chance.choice(places)
    value = chance.choice((b"", b"-1", b"0", b"4294967296", b"x" * 70_000, b"&quot;", chance.choice(places)[2]))
    return content[: match.start(2)] + value + content[match.end(2) :]


def _other_spelling(content: bytes, chance: random.Random) -> bytes:
    """Legal for XML, unusual for spreadsheets."""
    ways: Sequence[tuple[bytes, bytes]] = (
        (b"<c r=", b"<c  r="), (b'"', b"'"), (b"<row ", b"<row\n"), (b"/>", b" />"), (b"<v>", b"<v >"),
        (b"UTF-8", b"UTF-16"), (b"<t>", b"<t><!-- -->"), (b"<t>", b'<t xml:space="preserve">'), (b"<c ", b"<x:c "),
    )  # fmt: skip
    old, new = chance.choice(ways)
    return content.replace(old, new, chance.choice((1, -1)))


_XML: Sequence[Callable[[bytes, random.Random], bytes]] = (
    _insert, _insert_at_tag, _insert_at_tag, _remove, _repeat, _other_attribute, _other_attribute, _other_spelling,
)  # fmt: skip


# -- cells ----------------------------------------------------------------------------------------------------


def _some_cell(content: bytes, chance: random.Random) -> re.Match[bytes] | None:
    cells = list(_CELL.finditer(content))
    return chance.choice(cells) if cells else None


def _other_cell(content: bytes, chance: random.Random) -> bytes:
    """Another reference, type or value."""
    match = _some_cell(content, chance)
    if match is None:
        return _insert(content, chance)
    reference = match[1] + match[2] if chance.random() < 0.8 else chance.choice(_REFERENCES)
    kind = chance.choice(_TYPES)
    value = chance.choice(_VALUES)
    inner = (
        chance.choice((b"<v>%s</v>", b"<is><t>%s</t></is>", b"<f>1+1</f><v>%s</v>", b"<f>%s</f>", b"<v>%s</v><v/>"))
        % value
    )
    cell = b'<c r="%s"%s>%s</c>' % (reference, b' t="%s"' % kind if kind else b"", inner)
    return content[: match.start()] + cell + content[match.end() :]


def _swap_cells(content: bytes, chance: random.Random) -> bytes:
    one, other = _some_cell(content, chance), _some_cell(content, chance)
    if one is None or other is None or one.start() >= other.start():
        return _other_cell(content, chance)
    inner_one, inner_other = one[3] + b">" + (one[4] or b""), other[3] + b">" + (other[4] or b"")
    return (
        content[: one.start(3)] + inner_other + b"</c>" + content[one.end() : other.start(3)] + inner_one + b"</c>"
        + content[other.end() :]
    )  # fmt: skip


def _far_cell(content: bytes, chance: random.Random) -> bytes:
    row = chance.choice((b"1048576", b"200001", b"70000", b"1048577"))
    column = chance.choice((b"A", b"XFD", b"ALL", b"ZZZ"))
    cell = b'<row r="%s"><c r="%s%s"><v>1</v></c></row></sheetData>' % (row, column, row)
    return content.replace(b"</sheetData>", cell, 1)


def _remove_cell(content: bytes, chance: random.Random) -> bytes:
    match = _some_cell(content, chance)
    return content if match is None else content[: match.start()] + content[match.end() :]


def _remove_row(content: bytes, chance: random.Random) -> bytes:
    rows = list(re.finditer(rb"<row .*?</row>", content, re.DOTALL))
    if not rows:
        return _insert(content, chance)
    match = chance.choice(rows)
    return content[: match.start()] + content[match.end() :]


_CELLS: Sequence[Callable[[bytes, random.Random], bytes]] = (
    _other_cell, _other_cell, _other_cell, _swap_cells, _far_cell, _remove_cell, _remove_row,
)  # fmt: skip

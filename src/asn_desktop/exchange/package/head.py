"""The head of a package as pairs of text, and where they stand: sheet ``_meta`` and document properties."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from asn_desktop.exchange.package.cell_values import Unreadable, counts_of, counts_text, loads
from asn_desktop.exchange.package.content import PackageHead, PackageKind, Replica
from asn_desktop.exchange.package.protocol import FORMAT

COVER_SHEET = "Sampul"
META_SHEET = "_meta"
FORMAT_KEY = "format"
PROPERTY = "asn"
"""Property names: ``asn_1``, ``asn_2``, …; their values joined are the pairs as JSON."""

SEAL_KEYS = ("digest", "sig")
"""Pairs that the digest does not cover."""

_PROPERTY_LENGTH = 240  # Excel's limit is 255


def to_pairs(head: PackageHead, rows: Mapping[str, int]) -> dict[str, str]:
    """The head with the counts of ``rows``; without the seal."""
    replica = head.replica
    return {
        FORMAT_KEY: f"{FORMAT}/1",
        "schema": str(head.schema),
        "writer": str(head.writer),
        "package_id": head.package_id,
        "kind": head.kind.value,
        "office": head.office,
        "office_name": head.office_name,
        "role": head.role,
        "to": head.to,
        "to_replica": head.to_replica,
        "replica": replica.id,
        "epoch": str(replica.epoch),
        "parent": replica.parent,
        "forked_at": str(replica.forked_at),
        "parent_retired": _flag(replica.parent_retired),
        "ancestors": json.dumps([list(pair) for pair in replica.ancestors]),
        "seq": str(head.seq),
        "since_rev": str(head.since_rev),
        "to_rev": str(head.to_rev),
        "merged": counts_text(head.merged),
        "passes_on": json.dumps({office: dict(known) for office, known in head.passes_on.items()}, sort_keys=True),
        "brought": json.dumps([[operation, *package] for operation, package in sorted(head.brought.items())]),
        "sample": _flag(head.sample),
        "app": head.app,
        "made_by": head.made_by,
        "made_at": head.made_at,
        "rows": counts_text(rows),
    }


def from_pairs(pairs: Mapping[str, str]) -> PackageHead:
    """The inverse of :func:`to_pairs`. Raises :class:`Unreadable` for a head with something missing or odd."""
    try:
        replica = Replica(
            pairs["replica"],
            _number(pairs["epoch"]),
            pairs["parent"],
            _number(pairs["forked_at"]),
            _truth(pairs["parent_retired"]),
            _ancestors(pairs["ancestors"]),
        )
        return PackageHead(
            package_id=pairs["package_id"],
            kind=PackageKind(pairs["kind"]),
            schema=_number(pairs["schema"]),
            office=pairs["office"],
            office_name=pairs["office_name"],
            role=pairs["role"],
            to=pairs["to"],
            replica=replica,
            seq=_number(pairs["seq"]),
            since_rev=_number(pairs["since_rev"]),
            to_rev=_number(pairs["to_rev"]),
            merged=counts_of(pairs["merged"]),
            passes_on=_passes_on(pairs["passes_on"]),
            brought=_brought(pairs["brought"]),
            sample=_truth(pairs["sample"]),
            app=pairs["app"],
            made_by=pairs["made_by"],
            made_at=pairs["made_at"],
            rows=counts_of(pairs["rows"]),
            to_replica=pairs["to_replica"],
            writer=_number(pairs.get("writer", pairs["schema"])),
        )
    except (KeyError, ValueError) as error:
        raise Unreadable(str(error)) from error


def sealed_pairs(pairs: Mapping[str, str]) -> dict[str, str]:
    """The pairs that the digest covers."""
    return {key: value for key, value in pairs.items() if key not in SEAL_KEYS}


def schema_of(pairs: Mapping[str, str]) -> int:
    """The schema, readable even where the rest of a newer head is not."""
    return _number(pairs.get("schema", ""))


def reads_of(pairs: Mapping[str, str]) -> int:
    """The oldest schema whose programs may read the package; older programs did not say, and meant their own."""
    return _number(pairs.get("reads", pairs.get("schema", "")))


def layout_text(sheets: Mapping[str, object]) -> str:
    """Sheets in their plain form as the value of the pair ``layout``."""
    return json.dumps(dict(sheets), separators=(",", ":"))


def layout_said(pairs: Mapping[str, str]) -> dict[str, Any]:
    """The sheets that are not as in the schema of :func:`reads_of`; None for one that is not there any more."""
    found = loads(pairs.get("layout", "{}"))
    if not isinstance(found, dict):
        raise Unreadable("layout")
    return found


def to_properties(pairs: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Names and values of document properties, each short enough for Excel. Pure ASCII, no blanks at the ends."""
    text = json.dumps(dict(pairs), separators=(",", ":")).replace("_x", "\\u005fx").replace(" ", "\\u0020")
    for number, start in enumerate(range(0, len(text), _PROPERTY_LENGTH), start=1):
        yield f"{PROPERTY}_{number}", text[start : start + _PROPERTY_LENGTH]


def from_properties(properties: Mapping[str, str]) -> dict[str, str] | None:
    """The pairs, or None where there are none or not all of them."""
    pieces: list[str] = []
    while (piece := properties.get(f"{PROPERTY}_{len(pieces) + 1}")) is not None:
        pieces.append(piece)
    try:
        pairs = loads("".join(pieces))
    except Unreadable:
        return None
    return pairs if isinstance(pairs, dict) and all(isinstance(value, str) for value in pairs.values()) else None


def _ancestors(text: str) -> tuple[tuple[str, int, bool], ...]:
    pairs = loads(text)
    if not isinstance(pairs, list):
        raise Unreadable("ancestors")
    found = []
    for pair in pairs:
        if not (isinstance(pair, list) and [type(part) for part in pair] == [str, int, bool]):
            raise Unreadable("ancestors")
        found.append((pair[0], pair[1], pair[2]))
    return tuple(found)


def _passes_on(text: str) -> dict[str, dict[str, int]]:
    offices = loads(text)
    if not isinstance(offices, dict):
        raise Unreadable("passes_on")
    return {office: counts_of(json.dumps(known)) for office, known in offices.items()}


def _brought(text: str) -> dict[int, tuple[str, int]]:
    lines = loads(text)
    if not isinstance(lines, list):
        raise Unreadable("brought")
    found = {}
    for line in lines:
        if not (isinstance(line, list) and [type(part) for part in line] == [int, str, int]):
            raise Unreadable("brought")
        found[line[0]] = (line[1], line[2])
    return found


def _flag(value: bool) -> str:
    return "1" if value else "0"


def _truth(text: str) -> bool:
    if text not in ("0", "1"):
        raise Unreadable("flag")
    return text == "1"


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > 18:
        raise Unreadable("number")
    return int(text)

"""What the open cells of a row held when the worksheet was written: one cell of text per row.

``stamp.check.values``: the stamp of the worksheet, a checksum that ties the text to its record, and the values as
JSON. The text holds no spaces and nothing but ASCII, so that no cleaning of cells can alter it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from asn_desktop.core.text import tidy_text
from asn_desktop.reference.rules import match_name

_CHECK = 8
_NIP = "_nip"


@dataclass(frozen=True, slots=True)
class Basis:
    """``nip`` the person had then; ``values`` by field, in comparable form: a field that was empty is not in it."""

    stamp: str
    nip: str
    values: Mapping[str, Any]


def comparable(key: str, value: Any) -> Any:
    """A value as the merge compares it: the same words are the same value, however they were spaced or wrapped."""
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        text = tidy_text(value)[0]
        return (match_name(text) if key == "unit" else text) or None
    return value


def encode(stamp: str, rid: str, nip: str, held: Mapping[str, Any]) -> str:
    """The cell of one row."""
    plain = {key: form for key, value in held.items() if (form := comparable(key, value)) is not None}
    values = json.dumps({_NIP: nip, **plain}, sort_keys=True, separators=(",", ":")).replace(" ", "\\u0020")
    return f"{stamp}.{_check(stamp, rid, values)}.{values}"


def decode(text: str, rid: str) -> Basis | None:
    """None: the text does not belong to this record, or somebody has changed it.

    The checksum guards against accidents, not against intent: whoever can forge a row can also type the rating.
    """
    stamp, _dot, rest = text.partition(".")
    check, _dot, values = rest.partition(".")
    if check != _check(stamp, rid, values):
        return None
    held = json.loads(values)
    nip = held.pop(_NIP, None) if isinstance(held, dict) else None
    return Basis(stamp, nip, held) if isinstance(nip, str) else None


def _check(stamp: str, rid: str, values: str) -> str:
    return hashlib.sha256(f"{stamp}|{rid}|{values}".encode()).hexdigest()[:_CHECK]

"""The canonical digest: SHA-256 over what a package says, not over the bytes that say it.

Every row is hashed by itself as JSON in pure ASCII, sheet name first; the hashes are sorted, so that neither the
order of rows nor that of sheets matters, and 32 bytes a row are all that is kept. Texts count as they are stored:
nothing is normalised, the file keeps them exactly (see :mod:`cell_values`). The head counts without the seal.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from asn_desktop.exchange.package.protocol import FORMAT

ENCODE = json.JSONEncoder(separators=(",", ":"), default=date.isoformat).encode


class Digest:
    """Collects rows as they are written or read."""

    def __init__(self) -> None:
        self._sheets: dict[str, list[bytes]] = {}
        self._keys: dict[str, Sequence[str]] = {}

    def sheet(self, name: str, keys: Sequence[str]) -> list[bytes]:
        """Where the hashes of a sheet's rows are put (see :func:`row_hash`)."""
        self._keys[name] = keys
        return self._sheets.setdefault(name, [])

    def hexdigest(self, head: Mapping[str, str]) -> str:
        """The digest of everything, with the head's pairs. Sheets without rows are as good as no sheets."""
        whole = hashlib.sha256(f"{FORMAT}/1\n".encode())
        whole.update(ENCODE(sorted(head.items())).encode())
        for name in sorted(self._sheets):
            rows = self._sheets[name]
            if rows:
                whole.update(b"\n" + ENCODE([name, *self._keys[name], len(rows)]).encode() + b"\n")
                whole.update(b"".join(sorted(rows)))
        return whole.hexdigest()


def row_hash(sheet: str, row: Sequence[Any]) -> bytes:
    """The hash of one row; dates as ISO, missing as null."""
    return hashlib.sha256(ENCODE((sheet, *row)).encode()).digest()


def short_code(digest: str) -> str:
    """The digest for people to compare by eye or on the telephone: 12 signs of 60 bits, as ``7KQ2-M0XF-93TC``."""
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    number = int(digest[:15], 16)
    signs = "".join(alphabet[number >> shift & 31] for shift in range(55, -1, -5))
    return f"{signs[:4]}-{signs[4:8]}-{signs[8:]}"

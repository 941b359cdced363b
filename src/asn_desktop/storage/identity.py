"""The identity of records: UUIDs that lie close together where the records belong together.

Every table and the change log are indexed by ``rid``. Random ones would spread the records of one package over all
pages of those indexes, each to be decrypted and encrypted anew: a province would get slower with every district
(measured: ``benchmarks/exchange.py``). Nothing is ever read out of an identity.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Sequence
from datetime import datetime

_NATURAL = uuid.UUID("6f1d7c1e-5b1d-5e0f-9a53-2b6f5a1c0d11")
_VARIANTS = "89ab" * 4
_LEAD = 13
"""Letters before the version digit of a written UUID that is shared by records that belong together: 48 bits."""


def new_rid(moment: datetime) -> str:
    """UUID version 7 (RFC 9562): milliseconds since 1970, then random. A clock that lies costs speed, nothing else."""
    lead = f"{max(0, int(moment.timestamp() * 1000)):012x}"
    noise = os.urandom(10).hex()
    variant = _VARIANTS[int(noise[3], 16)]
    return f"{lead[:8]}-{lead[8:]}-7{noise[:3]}-{variant}{noise[4:7]}-{noise[7:19]}"


def natural_rid(table: str, parts: Sequence[str], near: str = "") -> str:
    """The identity that two offices give to the same thing: ``parts`` are its natural key, references as ``rid``.

    With ``near``, the first of those, it lies beside that record (UUID version 8, made from a version 5).
    """
    found = str(uuid.uuid5(_NATURAL, "\n".join((table, *parts))))
    return f"{near[:_LEAD]}-8{found[_LEAD + 2 :]}" if near else found

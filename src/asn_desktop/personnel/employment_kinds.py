"""PNS, CPNS, PPPK, PPPK Paruh Waktu: the kinds of employment, and every official text that means one of them.

The national system knows about twenty texts ("PNS Daerah Kab./Kota yang bekerja pada …", "PPPK Pusat DPK pada …") and
adds to them; all begin with the kind. Its column STATUS CPNS PNS says "P" of a PNS and of a PPPK alike.
"""

from __future__ import annotations

import re

from asn_desktop.core.i18n import N_
from asn_desktop.core.identifiers import Nip, NumberKind

EMPLOYMENT_KINDS = (
    ("PNS", N_("PNS")),
    ("CPNS", N_("CPNS")),
    ("PPPK", N_("PPPK")),
    ("PPPK_PARUH_WAKTU", N_("PPPK Paruh Waktu")),
)
_BEGINNINGS = (
    ("CPNS", re.compile(r"CPNS[DP]?\b|CALON (?:PNS|PEGAWAI NEGERI)\b")),
    ("PPPK", re.compile(r"(?:PPPK|P3K)\b|PEGAWAI PEMERINTAH DENGAN PERJANJIAN KERJA\b")),
    ("PNS", re.compile(r"PNS[DP]?\b|PEGAWAI NEGERI SIPIL\b")),
)
_PART_TIME = re.compile(r"\bPARUH WAKTU\b|\bPW\b")
_NAMED = re.compile(r"\b(?:C?PNS|PPPK|P3K)\b")
_ABBREVIATED = {"P3K": "PPPK"}


def kind_of_text(text: str) -> str | None:
    """The kind that a text begins with; None for a text that names none, or two ("PNS/PPPK")."""
    words = " ".join(re.findall(r"[A-Z0-9]+", text.upper())).removeprefix("ASN ")
    kind = next((kind for kind, pattern in _BEGINNINGS if pattern.match(words)), None)
    named = {_ABBREVIATED.get(word, word) for word in _NAMED.findall(words)}
    if kind is None or len(named) > 1:
        return None
    return "PPPK_PARUH_WAKTU" if kind == "PPPK" and _PART_TIME.search(words) else kind


def says_little(text: str) -> bool:
    """ "P" stands for "pegawai": the national export writes it for a PNS and for a PPPK."""
    return text.strip(" '").upper() == "P"


def together(first: str, second: str) -> str | None:
    """The kind that fits what two columns say: the narrower one; None where they contradict each other."""
    for wide, narrow in (("PNS", "CPNS"), ("PPPK", "PPPK_PARUH_WAKTU")):
        if {first, second} <= {wide, narrow}:
            return narrow if narrow in (first, second) else wide
    return None


def kind_of_number(nip: Nip) -> str:
    """What the number alone tells."""
    return "PPPK" if nip.kind is NumberKind.PPPK else "PNS"

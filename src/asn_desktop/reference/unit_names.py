"""Spellings of one unit's name: abbreviations, glued words, the regency behind it, a slip of the finger. Pure.

Names that differ by a number or by a short word ("SD Negeri 1" and "SD Negeri 11", "Bidang SD" and "Bidang SMP") are
different units, however alike they look.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from asn_desktop.core.columns import pairs
from asn_desktop.reference.rules import match_name

_LONG = dict(
    pairs(
        "DIN=DINAS|DNS=DINAS|DINKES=DINAS KESEHATAN|DISDIK=DINAS PENDIDIKAN|DINSOS=DINAS SOSIAL|"
        "DISDIKBUD=DINAS PENDIDIKAN DAN KEBUDAYAAN|DISHUB=DINAS PERHUBUNGAN|BDN=BADAN|KEC=KECAMATAN|KEL=KELURAHAN|"
        "PUSK=PUSKESMAS|PKM=PUSKESMAS|BID=BIDANG|BAG=BAGIAN|KTR=KANTOR|SUBBAG=SUB BAGIAN|SUBAG=SUB BAGIAN|"
        "SUBBAGIAN=SUB BAGIAN|SUBBID=SUB BIDANG|SEK=SEKRETARIAT|SEKR=SEKRETARIAT|SETDA=SEKRETARIAT DAERAH|"
        "SETWAN=SEKRETARIAT DPRD|SDN=SD NEGERI|SMPN=SMP NEGERI|SMAN=SMA NEGERI|SMKN=SMK NEGERI|TKN=TK NEGERI|"
        "TU=TATA USAHA|DGN=DENGAN|RSU=RUMAH SAKIT UMUM|RSUD=RUMAH SAKIT UMUM DAERAH|INSP=INSPEKTORAT|"
        "SATPOL=SATUAN POLISI|DIKBUD=PENDIDIKAN DAN KEBUDAYAAN|PEMDES=PEMERINTAHAN DESA|KES=KESEHATAN|"
        "PEND=PENDIDIKAN"
    )
)
_NOISE = frozenset({"UPT", "UPTD", "UPTB"})
_REGENCY = frozenset({"KAB", "KABUPATEN"})
_SHORT = 3
_POSSIBLE = 60.0
_LIKELY = 80.0
_JOINING = frozenset({"DAN", "SERTA", "ATAU"})


@lru_cache(maxsize=8192)
def plain_words(name: str) -> tuple[str, ...]:
    """A name in full words: abbreviations written out, without UPTD and the regency at its end."""
    words: list[str] = []
    for word in match_name(name).split():
        if word in _REGENCY and words:
            break
        if word not in _NOISE:
            words.extend(_LONG.get(word, word).split())
    return tuple(words)


def _told_apart_by(words: Sequence[str]) -> tuple[str, ...]:
    """Numbers and short words: where these differ, the units do."""
    return tuple(sorted(word for word in words if len(word) <= _SHORT or any(char.isdigit() for char in word)))


def same_unit(one: str, other: str) -> bool:
    """Whether two spellings are almost certainly one name (worth a question, never an answer)."""
    first, second = plain_words(one), plain_words(other)
    left, right = "".join(first), "".join(second)
    if left == right:
        return True
    if len(first) != len(second):
        return False
    differing = [pair for pair in zip(first, second, strict=True) if pair[0] != pair[1]]
    return len(differing) == 1 and _one_slip(*differing[0])


def _one_slip(one: str, other: str) -> bool:
    """One letter too many, missing or wrong in a long word; BARAT and UTARA are two places."""
    if min(len(one), len(other)) <= _SHORT + 1 or not (one + other).isalpha():
        return False
    from rapidfuzz.distance import OSA  # only where names are in doubt

    return OSA.distance(one, other, score_cutoff=1) <= 1


def could_be(one: str, other: str) -> bool:
    """Whether a person should look: one name inside the other, abbreviated word by word, its initials, or a few letters
    apart."""
    first, second = _telling(one), _telling(other)
    short, long = sorted((first, second), key=len)
    if same_unit(one, other) or (len(short) > 1 and set(short) <= set(long)):
        return True
    if len(short) == 1 and len(long) > 2 and short[0].startswith("".join(word[0] for word in long)[:4]):
        return True
    if len(first) == len(second) > 1 and all(map(_abbreviates, first, second)):
        return True
    if _told_apart_by(first) != _told_apart_by(second):
        return False
    from rapidfuzz import fuzz

    return fuzz.ratio(" ".join(first), " ".join(second)) >= _LIKELY


def _abbreviates(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or (short.isalpha() and long.startswith(short))


def _telling(name: str) -> tuple[str, ...]:
    return tuple(word for word in plain_words(name) if word not in _JOINING)


def alike(name: str, known: Iterable[str], limit: int = 8) -> list[str]:
    """The known names most like ``name``, most alike first; none that has hardly anything in common."""
    from rapidfuzz import fuzz

    words = " ".join(plain_words(name))
    scored = []
    for other in known:
        score = fuzz.WRatio(words, " ".join(plain_words(other)))
        if same_unit(name, other):
            score += 100
        if score >= _POSSIBLE:
            scored.append((score, other))
    return [other for _score, other in sorted(scored, key=lambda item: (-item[0], item[1]))[:limit]]


def groups(names: Sequence[str]) -> list[list[str]]:
    """Names that may be spellings of each other, in groups of at least two; order of ``names`` is kept."""
    buckets: dict[tuple[str, ...], list[str]] = {}
    glued: dict[str, str] = {}
    parent = {name: name for name in names}

    def root(name: str) -> str:
        while parent[name] != name:
            name = parent[name]
        return name

    for name in names:
        words = plain_words(name)
        first = glued.setdefault("".join(words), name)
        if first != name:
            parent[root(name)] = root(first)
        bucket = buckets.setdefault((*_told_apart_by(words), words[0][:2] if words else ""), [])
        for other in bucket:
            if root(other) != root(name) and same_unit(name, other):
                parent[root(name)] = root(other)
        bucket.append(name)
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(root(name), []).append(name)
    return [group for group in found.values() if len(group) > 1]

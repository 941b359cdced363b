"""Could two names that stand at one number be one person's? Spelling, titles and short forms say no to nobody.

The question is asked where a NIP has found somebody and a name stands beside it. A name that shares no word with the
stored one is most likely another person's: a column sorted alone, a cell deleted with the rest shifted up. So may be
one that shares a word, where both have another of their own ("Fajrani Delima", "Fajrani Telaga").
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from asn_desktop.core.columns import pairs
from asn_desktop.core.names import search_key, split_name

_SPELLINGS = pairs("oe=u|dj=j|tj=c|nj=ny|sj=s|sy=s|sh=s|kh=h|ch=h|dz=z|dh=d|th=t|ie=i|ck=k|ks=x")
"""Old (Soewandi) and Arabic spellings (Achmad), in this order."""
_LETTERS = str.maketrans({"j": "y", "z": "s", "f": "p", "v": "p", "q": "k", "h": None})
_DOUBLED = re.compile(r"(.)\1+")
_MEANT = {
    "muhammad": "m md mhd moh mohd moch muh muhd mohamad mohammad mochamad muhamad",
    "abdul": "abd",
    "siti": "st sitti",
    "teuku": "t tk tuanku",
    "ahmad": "ahm achmad akhmad",
    "syarifah": "sy syf",
    "gusti": "gst gt",
    "putu": "pt",
    "luh": "lh",
    "ketut": "kt ktt",
    "wayan": "wy wyn",
    "nyoman": "nym nmn",
    "ida bagus": "ib",
    "anak agung": "aa",
    "daeng": "dg",
    "": "ny nyonya bin binti br boru al alm h hj ir dr drs dra",
}
"""What is meant ← how it is shortened; the last line says nothing about who somebody is."""
_SHORT_FORMS = {short: meant for meant, shorts in _MEANT.items() for short in shorts.split(" ")}
_COMMON = frozenset({"muhammad", "abdul", "siti", "teuku", "ahmad", "syarifah", "nur", "sri", "cut"})
"""First names of every tenth person: shared by themselves they say nothing."""
_CLOSE = 0.8


def may_be_one(one: str, other: str) -> bool:
    """Whether two names may be one person's: they share a word in whatever spelling, and not both have a further word
    that the other lacks. A name without letters says nothing (True)."""
    if not share_a_word(one, other):
        return False
    ours, theirs = _words(one), _words(other)
    if not (ours and theirs) or _joined(ours, theirs):
        return True
    return _within(_telling(ours, theirs), theirs) or _within(_telling(theirs, ours), ours)


def share_a_word(one: str, other: str) -> bool:
    """Whether two names have any word in common, in whatever spelling; a name without letters says nothing (True)."""
    if one == other or search_key(one) == search_key(other):
        return True
    ours, theirs = _words(one), _words(other)
    if not ours or not theirs:
        return True
    if "".join(ours) == "".join(theirs) or _abbreviated(ours, theirs):
        return True
    ours, theirs = _telling(ours, theirs), _telling(theirs, ours)
    return any(_same(a, b) for a in ours for b in theirs) or _joined(ours, theirs)


def _within(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether every word of a name stands in the other, as an initial or the beginning of a longer one at least."""
    return all(any(_same(a, b) or _shortened(a, b) for b in theirs) for a in ours)


def _shortened(one: str, other: str) -> bool:
    """ "M" for Mentari, "Wahyuni" and "Wahyuningsih"; two letters of a word are no short form of it."""
    length = min(len(one), len(other))
    return (length == 1 or length >= 4) and one[:length] == other[:length]


def alike(one: str, other: str) -> bool:
    """Whether two names are one name in two spellings: every word of the shorter one stands in the longer."""
    if search_key(one) == search_key(other):
        return True
    short, long = sorted((_words(one), _words(other)), key=len)
    if not short:
        return False
    return all(any(_same(a, b) for b in long) for a in short) or _joined(short, long)


@lru_cache(maxsize=16384)
def _words(name: str) -> tuple[str, ...]:
    bare = search_key(split_name(name)[1]) or search_key(name)
    words = (meant for word in bare.split() for meant in _SHORT_FORMS.get(word, word).split())
    return tuple(word if word in _COMMON else _sound(word) for word in words if word)


@lru_cache(maxsize=16384)
def _sound(word: str) -> str:
    """One letter for what Indonesian names write in several ways: Djoko and Joko, Yusuf and Jusup."""
    for old, new in _SPELLINGS:
        word = word.replace(old, new)
    word = _DOUBLED.sub(r"\1", word.translate(_LETTERS)) or word
    if word.endswith("y"):
        word = word[:-1] + "i"
    return word[:-1] + "t" if word.endswith("d") else word


def _telling(words: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """Without the commonest first names, where both names have more to tell."""
    rest = tuple(word for word in words if word not in _COMMON)
    return rest if rest and any(word not in _COMMON for word in others) else words


def _same(one: str, other: str) -> bool:
    if one == other:
        return len(one) > 1
    if min(len(one), len(other)) < 4:
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= _CLOSE and matcher.ratio() >= _CLOSE


def _abbreviated(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """ "Sri W." and "S. Wahyuni": word by word the beginning of the other, initials included."""
    return len(ours) == len(theirs) > 1 and all(
        a.startswith(b) or b.startswith(a) for a, b in zip(ours, theirs, strict=True)
    )


def _joined(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """ "Nur Aini" and "Nuraini"; "Nurhaliza" inside "Sitinurhaliza": spaces alone make no other name."""
    one, other = "".join(ours), "".join(theirs)
    if len(ours) != len(theirs) and _same(one, other):
        return True
    alone = ((name[0], whole) for name, whole in ((ours, other), (theirs, one)) if len(name) == 1)
    return any(len(word) >= 5 and word in whole for word, whole in alone)

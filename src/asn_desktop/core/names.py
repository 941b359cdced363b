"""Names of people and units as offices type them: titles glued on, all capitals, curly apostrophes.

A name is stored without titles; letters print ``gelar_depan nama, gelar_belakang``. Splitting changes only
what is known to be a title; letters of the name itself change only when the whole name was typed in one case.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = str.maketrans("‘’‛`´ʼʻ′", "''''''''")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")

# Letters only, small → how the title is written. Dr. (doctor) and dr. (physician) differ by case alone.
_FRONT_TITLES = "Prof. Drs. Dra. drg. drh. Dr. Ir. H. Hj. apt. Ns. K.H. Tgk. Pdt. Bd. Rd. Ust."
_FRONT = {title.replace(".", "").casefold(): title for title in _FRONT_TITLES.split()}
# As they stand on letters; a line per initial.
_BACK_TITLES = (
    "A.Ma. A.Ma.Pd. A.Md. A.Md.A.K. A.Md.AK. A.Md.Far. A.Md.Gz. A.Md.Keb. A.Md.Kep. A.Md.Kes. A.Md.Kom. "
    "A.Md.KL. A.Md.P. A.Md.Pi. A.Md.Rad. A.Md.RMIK. A.Md.T. A.Md.Tra. A.P. A.Pi. A.Pt. Apt. B.Sc. Ak. "
    "CA. Lc. Ners Ns. M.A. M.A.P. M.AP. M.Ag. M.Ak. M.B.A. M.Biomed. M.E. M.Ec.Dev. M.Eng. M.Epid. "
    "M.Farm. M.H. M.H.I. M.Hum. M.Hut. M.I.Kom. M.I.P. M.IP. M.K.M. M.KM. M.Keb. M.Kep. M.Kes. M.Kn. "
    "M.Kom. M.Ling. M.M. M.Mat. M.P. M.P.A. M.P.H. M.Par. M.Pd. M.Pd.I. M.Pi. M.Psi. M.Pt. M.S. M.S.A. "
    "M.Sc. M.Si. M.Sn. M.Sos. M.Stat. M.T. M.T.I. M.Th. M.Tr.A.P. M.Tr.IP. M.Tr.Kep. MBA. MM. MPA. MPH. "
    "Ph.D. S.A.P. S.AP. S.Ag. S.Ak. S.Ant. S.Ars. S.E. S.E.I. S.Farm. S.Fil. S.Gz. S.H. S.HI. S.H.I. "
    "S.Hum. S.Hut. S.I.K. S.I.Kom. S.I.P. S.IP. S.IK. S.IPI. S.K.M. S.KM. S.Kel. S.Keb. S.Ked. S.Kep. "
    "S.Kes. S.Kesos. S.Kom. S.Kp. S.Ling. S.M. S.Mat. S.P. S.PWK. S.Par. S.Pd. S.Pd.I. S.Pd.SD. S.Pd.K. "
    "S.Pd.AUD. S.Pi. S.Pkp. S.Psi. S.Pt. S.ST. S.S.T. S.STP. S.STPi. S.S. S.Si. S.Sn. S.Sos. S.Sos.I. "
    "S.ST.Pel. S.ST.Par. S.Stat. S.T. S.T.P. S.TP. S.Th. S.Tr.A.P. S.Tr.Akun. S.Tr.Gz. S.Tr.IP. "
    "S.Tr.Keb. S.Tr.Kep. S.Tr.Kes. S.Tr.Pi. S.Tr.Sos. S.Tr.Stat. SE. SH. SKM. SST. ST. Sp.A. Sp.An. "
    "Sp.B. Sp.Bed. Sp.JP. Sp.KG. Sp.KJ. Sp.M. Sp.N. Sp.OG. Sp.P. Sp.PD. Sp.PK. Sp.Rad. Sp.S. Sp.THT. "
    "Sp.U. "
)
_BACK = tuple(_BACK_TITLES.split())


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.casefold())


# Where two spellings share their letters (S.IP. and S.I.P., SH and S.H.) the dotted common one is restored.
_PREFERRED = (
    "S.H.",
    "S.E.",
    "S.T.",
    "M.M.",
    "S.K.M.",
    "M.B.A.",
    "M.P.A.",
    "M.P.H.",
    "S.IP.",
    "S.AP.",
    "M.AP.",
    "M.Si.",
)
_BACK_BY_LETTERS = {_letters(title): title for title in reversed(_BACK)} | {_letters(t): t for t in _PREFERRED}
# Undotted at the end of a name without a comma: only spellings that no name can have (mixed case inside).
_UNDOTTED = re.compile(r"^(?:S|M)(?:Pd|Si|Sos|Kep|Kom|Kes|Farm|Hut|Ag|Th|Psi|Hum|STP)(?:I)?$|^AMd(?:Keb|Kep)?$")

_PARTICLES = frozenset({"bin", "binti", "van", "von", "de", "der"})
_SMALL_WORDS = frozenset(
    {"dan", "di", "ke", "pada", "untuk", "atau", "serta", "dengan", "dari", "yang", "atas", "bagi"}
)
_ACRONYM_WORDS = (
    "UPTD UPT UPTB SMA SMAN RSUD RSU PAUD DPRD PUPR TIK KUA BKAD BPKAD BKPSDMD UMKM KIP ASN APBD LLAJ "
    "IKP AKN UKM IPTEK IT TU RI SDA KONI PORA DPPKBP SLB UKP UKS IGD ICU KIA USDM UMK P3A PPA PPPA "
)
_ACRONYMS = frozenset(_ACRONYM_WORDS.split())
_ROMAN = re.compile(r"^(?:X{0,3})(?:IX|IV|V?I{0,3})$")
_ENUMERATOR = re.compile(r"^\s*(?:[IVXLC]{1,6}|[A-Z]|\d{1,3})\s*[.)]\s+(?=\S)")


def clean_spaces(text: str) -> str:
    """NFC, one kind of apostrophe, single spaces, no invisible characters."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)) if not text.isascii() else text
    return " ".join(text.translate(_APOSTROPHES).split())


def ascii_fold(text: str) -> str:
    """Without diacritics: ``é`` → ``e``."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(maxsize=65536)
def search_key(text: str) -> str:
    """How names are compared: small letters, no diacritics, apostrophes, punctuation or extra spaces."""
    folded = ascii_fold(text.translate(_APOSTROPHES)).casefold().replace("'", "")
    return " ".join(re.sub(r"[^a-z0-9]+", " ", folded).split())


@lru_cache(maxsize=65536)
def split_name(raw: str) -> tuple[str, str, str]:
    """``(title_front, name, title_back)`` of a name as typed.

    ``"DR. KARTINI MOHAMAD, S.STP., M.SI."`` → ``("Dr.", "Kartini Mohamad", "S.STP., M.Si.")``. "DR." in
    capitals is read as doctor, unless a specialist's title (Sp.) follows: then it is a physician's "dr.".
    """
    text = clean_spaces(raw)
    head, *tails = (part.strip() for part in text.split(","))
    backs = [title for tail in tails if tail for title in _split_titles(tail)]
    fronts: list[str] = []
    words = _unglue(head).split()
    while len(words) > 1 and (title := _front_title(words[0], words[1])):
        fronts.append(title)
        words.pop(0)
    glued: list[str] = []
    while len(words) > 1 and (size := _back_title_words(words)):
        glued.insert(0, _back_title(" ".join(words[-size:])))
        del words[-size:]
    backs = glued + backs
    # "Syahrul, Drs.": an academic front title typed behind.
    moved = [title for title in backs if title in ("Drs.", "Dra.", "Ir.", "Prof.", "Hj.")]
    backs = [title for title in backs if title not in moved]
    fronts.extend(moved)
    if "Dr." in fronts and "DR" in text.split(".")[0].split() and any(title.startswith("Sp.") for title in backs):
        fronts[fronts.index("Dr.")] = "dr."
    return " ".join(fronts), tidy_person_name(" ".join(words)), ", ".join(backs)


def search_words(typed: str) -> list[str]:
    """The words to look for where names are searched, as :func:`search_key` writes them.

    A NIP typed with spaces is one word. Names are stored without titles, so those of a name as it is shown
    ("Dra. Siti Aminah, S.Kep., Ns.") are left out; what is nothing but titles is looked for as typed.
    """
    bare = "".join(char for char in typed if char not in " .-")
    if bare.isdigit():
        return [bare]
    head, *tails = clean_spaces(typed).split(",")
    kept = [tail for tail in tails if not _is_title(tail)]
    words = search_key(" ".join([split_name(head)[1], *kept])).split()
    return words or search_key(typed).split()


def _is_title(tail: str) -> bool:
    """Whether what stands behind a comma is a title, known or not, perhaps not typed to its end."""
    words = tail.split()
    return all("." in word or word.isupper() or _letters(word) in _BACK_BY_LETTERS for word in words)


def print_name(title_front: str, name: str, title_back: str) -> str:
    """``Dr. Kartini Mohamad, S.STP., M.Si.``: a comma only before the back titles."""
    front = f"{title_front} {name}".strip()
    return f"{front}, {title_back}" if title_back else front


def tidy_person_name(name: str) -> str:
    """A name typed in one case gets its capitals; one with mixed case stays as it is."""
    if name.isupper() or name.islower():
        return " ".join(_capitalise(word) for word in name.split())
    return name


def _capitalise(word: str) -> str:
    if word.casefold() in _PARTICLES:
        return word.casefold()
    return "-".join(".".join(_capitalise_part(piece) for piece in part.split(".")) for part in word.split("-"))


def _capitalise_part(part: str) -> str:
    """``D'SOUZA`` → ``D'Souza``, but ``MA'RUF`` → ``Ma'ruf``: a capital follows only a one-letter prefix."""
    head, apostrophe, tail = part.partition("'")
    if apostrophe and len(head) == 1:
        return f"{head.upper()}'{tail.capitalize()}"
    return part.capitalize()


def _unglue(head: str) -> str:
    """``Dr.H.Ahmad`` → ``Dr. H. Ahmad``: a known front title followed at once by more."""
    match = re.match(r"^((?:prof|drs|dra|drg|drh|dr|ir|hj|h|apt|ns|tgk)\.)(?=\S)(.*)$", head, re.I)
    return f"{match[1]} {_unglue(match[2])}" if match else head


def _front_title(word: str, following: str) -> str:
    dotted = word.endswith(".")
    key = word.rstrip(".").replace(".", "").casefold()
    known = _FRONT.get(key, "")
    if not known or (not dotted and key in ("rd", "bd", "ust", "ns", "kh")):
        return ""
    if not dotted and key == "h" and len(following) == 1:
        return ""
    if key == "dr":
        return "dr." if word.startswith("dr") else "Dr."
    return known


def _split_titles(tail: str) -> list[str]:
    """The titles between two commas: "S.T. M.T." is two, "Sp. OG" is one."""
    words = tail.split()
    if len(words) > 1 and all(_letters(word) in _BACK_BY_LETTERS for word in words):
        return [_back_title(word) for word in words]
    return [_back_title(tail)]


def _back_title_words(words: list[str]) -> int:
    """How many words at the end of a name without a comma are one title: "S.Pd" is 1, "S. Pd" is 2; 0: none."""
    last = words[-1]
    if _UNDOTTED.match(last):
        return 1
    if "." in last and len(_letters(last)) > 1 and _letters(last) in _BACK_BY_LETTERS and last.casefold() != "st.":
        return 1
    for size in (2, 3):
        joined = "".join(words[-size:])
        if (
            len(words) > size
            and "." in words[-size]
            and len(_letters(joined)) > 2
            and _letters(joined) in _BACK_BY_LETTERS
        ):
            return size
    return 0


def _back_title(title: str) -> str:
    """Known titles get their usual spelling back; a dotted mixed-case one is already somebody's choice."""
    letters = _letters(title)
    if letters in _FRONT and letters in ("drs", "dra", "ir", "prof", "hj"):
        return _FRONT[letters]
    known = _BACK_BY_LETTERS.get(letters, "")
    mixed = not title.isupper() and not title.islower()
    if known and not (mixed and title.endswith(".") and "." in title[:-1]):
        return known
    return title


@lru_cache(maxsize=4096)
def tidy_unit_name(raw: str) -> str:
    """``"I. DINAS PENANAMAN MODAL DAN PTSP"`` → ``"Dinas Penanaman Modal dan PTSP"``.

    Only a name typed all in capitals is rewritten; words without vowels, with digits, roman numbers and known
    acronyms stay capitals.
    """
    text = clean_spaces(raw)
    text = _ENUMERATOR.sub("", text) or text
    if not text.isupper():
        return text
    return " ".join(_unit_word(word, first=index == 0) for index, word in enumerate(text.split()))


def _unit_word(word: str, *, first: bool) -> str:
    core = word.strip("()/,.")
    if "/" in core or "-" in core:
        return re.sub(r"[^/\-]+", lambda part: _unit_word(part[0], first=False), word)
    if not first and core.casefold() in _SMALL_WORDS:
        return word.casefold()
    keep = (
        core in _ACRONYMS
        or any(char.isdigit() for char in core)
        or (len(core) > 1 and not re.search(r"[AEIOU]", core))
        or (core and _ROMAN.match(core))
    )
    return word if keep else re.sub(r"[A-Z]+(?:'[A-Z]+)?", lambda part: part[0].capitalize(), word, count=1)

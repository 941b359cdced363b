"""What a field is called, what it holds and how its heading is recognised: one catalogue per subject."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from asn_desktop.core.i18n import _
from asn_desktop.core.screen import NOWHERE, Screen

_SUFFIX = re.compile(r"[_.]\d{1,2}$")
_NOT_ALNUM = re.compile(r"[^A-Z0-9]+")


class ColumnKind(StrEnum):
    """How a cell becomes a value; :mod:`asn_desktop.exchange.cells` has one codec per kind."""

    TEXT = "text"
    NAME = "name"
    NIP = "nip"
    NUMBER_TEXT = "number_text"
    """Digits kept as text: NIK, NPWP, old NIP. Never a number."""
    PHONE = "phone"
    EMAIL = "email"
    DATE = "date"
    INTEGER = "integer"
    CHOICE = "choice"
    RANK = "rank"
    SPLIT = "split"
    """Two fields in one cell ("TEMPAT/TGL LAHIR"); ``parts`` names the fields."""
    TICK = "tick"
    """A column that only says "this one" (L | P); ``parts`` is (field, value)."""
    ROW_NUMBER = "row_number"


@dataclass(frozen=True, slots=True)
class Column:
    """One field. ``key`` is the database column name, for ever; ``heading`` is what our workbooks write."""

    key: str
    label: str
    heading: str
    kind: ColumnKind = ColumnKind.TEXT
    required: bool = False
    aliases: tuple[str, ...] = ()
    max_length: int = 0
    choices: tuple[tuple[str, str], ...] = ()
    """(stored value, label) in display order, for CHOICE."""
    spellings: tuple[tuple[str, str], ...] = ()
    """(other spelling, stored value) accepted on the way in, compared by :func:`normalise_heading`."""
    years: tuple[int, int] | None = None
    """Years a date or a year may lie in; also settles two-digit years."""
    numbers: tuple[int, int] | None = None
    """Smallest and largest INTEGER."""
    parts: tuple[str, ...] = ()
    after: tuple[tuple[str, str], ...] = ()
    """For a bare heading such as TMT: (key of the column before it, key it then means)."""
    open_choices: bool = False
    """Values outside ``choices`` are kept as typed instead of refused."""
    closed: bool = False
    """Nothing but ``choices`` may be stored: a CHECK of the database."""
    mistaken: tuple[tuple[str, str], ...] = ()
    """(spelling, what to say) for values that belong into another column."""
    not_a_number: str = ""
    """For CHOICE: what to say where a number stands, in which other offices mean a choice."""
    meaning: Callable[[str], str | None] | None = None
    """For CHOICE: the value that a text means which is none of the spellings."""
    secondary: bool = False
    """A value that cannot be read is left out with a warning: nobody is refused for a wrong NPWP or TMT."""
    sensitive: bool = False
    """Specific personal data: masked by default on screen and in exports (UU 27/2022), see :func:`masked`."""
    screen: Screen = NOWHERE


def masked(text: str) -> str:
    """Personal data where nobody has to read it: of a number the last four characters, of words nothing."""
    if not text or any(char.isalpha() for char in text):
        return _("(disembunyikan)") if text else ""
    return f"•••• {text[-4:]}" if len(text) > 4 else "••••"


@dataclass(frozen=True)
class ColumnSet:
    """The catalogue of one kind of workbook, in canonical order.

    ``columns`` are stored; ``helpers`` are headings that only help to read a foreign list (combined columns,
    running numbers); ``not_taken`` are known headings this program has no field for: they are listed for the
    user, never dropped silently.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    helpers: tuple[Column, ...] = ()
    not_taken: tuple[str, ...] = ()
    recognised_by: tuple[tuple[str, ...], ...] = ()
    """A header row must hold one key of each group, e.g. ((nip, name),)."""
    ambiguous: tuple[Column, ...] = ()
    """Headings that mean something only after another column (``after``)."""
    _lookup: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    _by_key: dict[str, Column] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for column in (*self.columns, *self.helpers, *self.ambiguous):
            self._by_key[column.key] = column
            for heading in (column.heading, column.label, *column.aliases):
                self._lookup.setdefault(normalise_heading(heading), column.key)

    def __iter__(self) -> Iterator[Column]:
        return iter(self.columns)

    def __getitem__(self, key: str) -> Column:
        return self._by_key[key]

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    @property
    def required(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.required)

    @property
    def headings(self) -> dict[str, str]:
        """Normalised heading or alias → key."""
        return self._lookup

    def key_of(self, heading: str) -> str | None:
        """The key a heading means, by exact or alias comparison after normalising; None when unknown."""
        return self._lookup.get(normalise_heading(heading))

    def is_not_taken(self, heading: str) -> bool:
        return normalise_heading(heading) in {normalise_heading(known) for known in self.not_taken}


def words(text: str) -> tuple[str, ...]:
    """``"A|B|C"`` → ``("A", "B", "C")``: long alias lists stay readable."""
    return tuple(text.split("|"))


def pairs(text: str) -> tuple[tuple[str, str], ...]:
    """``"M=L|F=P"`` → ``(("M", "L"), ("F", "P"))``: other spelling → stored value."""
    return tuple((left, right) for left, _, right in (item.partition("=") for item in text.split("|")))


@lru_cache(maxsize=8192)
def normalise_heading(text: str) -> str:
    """``"T.M.T Pangkat"`` → ``TMTPANGKAT``, ``"NIP_BARU"`` → ``NIPBARU``, ``"TMT_2"`` → ``TMT``.

    Only letters and digits count: spaces, line breaks, dots, slashes, brackets, diacritics and a numbering
    suffix do not (N I P = NIP).
    """
    plain = unicodedata.normalize("NFKD", text.strip().upper())
    plain = _SUFFIX.sub("", "".join(char for char in plain if not unicodedata.combining(char)))
    return _NOT_ALNUM.sub("", plain)

"""What a record is, said once beside its table: fields, words, allowed values, whose it is. Everything else reads it.

``<subject>/fields.py`` declares; the mapped classes take their CHECKs from it, the packages their sheets, the rules of
ownership, the history and the conflicts their words. Nothing here knows the database, a file format or a window.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from asn_desktop.core.columns import Column, ColumnKind
from asn_desktop.core.i18n import N_, _
from asn_desktop.core.indonesian import format_date
from asn_desktop.core.screen import NOWHERE, Screen, Section

_ALWAYS_CAPITAL = frozenset(
    ("NIP", "NIK", "NPWP", "RHK", "IKI", "SKP", "JP", "TMT", "CPNS", "PNS", "PPPK", "KGB", "MK", "OPD", "HP", "ID")
)


class FieldKind(StrEnum):
    TEXT = "text"
    LONG = "long"
    """Text that may not fit one cell (Excel holds 32,767 characters): goes on in further columns."""
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DATE = "date"
    REFERENCE = "reference"
    """The ``rid`` of a record of another entity."""


@dataclass(frozen=True, slots=True)
class Field:
    """``key`` is the database column and ``heading`` what packages write, both for ever."""

    key: str
    heading: str
    kind: FieldKind = FieldKind.TEXT
    target: str = ""
    """The entity a REFERENCE points to."""
    derived: bool = False
    """Follows from other fields: shown to people and checked, never taken."""
    label: str = ""
    """What people call it, where that is not simply the heading."""
    choices: Mapping[str, str] | None = None
    """Stored value → its word."""
    closed: bool = False
    """Nothing but ``choices`` may be stored: a CHECK of the database."""
    shown: Callable[[str], str] | None = None
    """How a value reads where it is neither a choice nor a date: a NIP in groups, an amount in rupiah."""
    sensitive: bool = False
    """Specific personal data (UU 27/2022), masked where nobody has to read it."""
    screen: Screen = NOWHERE

    @property
    def name(self) -> str:
        """What forms call it: ``Rating hasil kerja``."""
        if self.label:
            return _(self.label)
        shown = (word if word.strip("()") in _ALWAYS_CAPITAL else word.lower() for word in self.heading.split())
        text = " ".join(shown)
        return text[:1].upper() + text[1:]

    def say(self, value: Any, day: Callable[[date], str] = format_date) -> str:
        """A value as people write it, "" for none; dates may be ISO text (they are in the log). A REFERENCE has to be
        looked up by whoever asks."""
        if value is None or value == "":
            return ""
        if self.kind is FieldKind.BOOLEAN:
            return _("Ya") if value else _("Tidak")
        if self.kind is FieldKind.DATE:
            return day(date.fromisoformat(value) if isinstance(value, str) else value)
        text = str(value)
        if self.shown is not None:
            return self.shown(text)
        choice = (self.choices or {}).get(text)
        return text if choice is None else _(choice)


@dataclass(frozen=True)
class Entity:
    """A record that travels between offices: one table, one sheet.

    ``owned``: the table says itself which office a record belongs to; otherwise ``parent`` does, the reference to the
    record it is part of; records with neither belong to every office.
    ``name`` is the field that names a record, empty for those named after their parent; ``second`` tells it from others
    of that name, or from others of that parent.
    ``rules``: whose its fields are, first match first (:meth:`asn_desktop.exchange.package.ownership.Rule.read`).
    ``judgement``: fields that are one person's statement together. The predicate follows from two ratings, and a
    predicate from one rating of each office would be one that nobody gave; an event could end before it begins.
    ``sections``: of its form, in their order.
    """

    table: str
    sheet: str
    title: str
    fields: tuple[Field, ...]
    owned: bool = False
    parent: str = ""
    name: str = ""
    second: str = ""
    rules: tuple[str, ...] = ()
    judgement: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()

    def __getitem__(self, key: str) -> Field:
        """The field, or what stands for one that only a newer program knows."""
        later = Field(key, f"ISIAN VERSI LEBIH BARU ({key})")
        return next((field for field in self.fields if field.key == key), later)

    @property
    def references(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.kind is FieldKind.REFERENCE)

    def on_form(self, section: Section) -> list[Field]:
        """The fields of a section of the form, in their order."""
        return sorted((field for field in self.fields if field.screen.section is section), key=lambda f: f.screen.at)

    @property
    def listed(self) -> tuple[Field, ...]:
        """The fields that the list of such records has a column for."""
        return tuple(field for field in self.fields if field.screen.width)

    @property
    def closed(self) -> dict[str, tuple[str, ...]]:
        """Field → the only values it may have."""
        return {field.key: tuple(map(str, field.choices)) for field in self.fields if field.closed and field.choices}


def texts(*pairs: str) -> list[Field]:
    """``"name=NAMA UNIT"``: key and heading."""
    return [_of(pair, FieldKind.TEXT) for pair in pairs]


def dates(*pairs: str) -> list[Field]:
    return [_of(pair, FieldKind.DATE) for pair in pairs]


def integers(*pairs: str) -> list[Field]:
    return [_of(pair, FieldKind.INTEGER) for pair in pairs]


def _of(pair: str, kind: FieldKind) -> Field:
    key, _, heading = pair.partition("=")
    return Field(key, heading, kind)


def yes(key: str, heading: str) -> Field:
    return Field(key, heading, FieldKind.BOOLEAN)


def ref(key: str, heading: str, target: str, label: str = "", screen: Screen = NOWHERE) -> Field:
    return Field(key, heading, FieldKind.REFERENCE, target, label=label, screen=screen)


def long(key: str, heading: str) -> Field:
    return Field(key, heading, FieldKind.LONG)


def one_of(key: str, heading: str, choices: Mapping[str, str] | Iterable[tuple[str, str]]) -> Field:
    """A field with nothing but these values in the database."""
    return Field(key, heading, choices=dict(choices), closed=True)


def listed(key: str, heading: str, choices: Mapping[str, str]) -> Field:
    """A field whose values have words; the database takes others too."""
    return Field(key, heading, choices=choices)


_OF_COLUMN = {ColumnKind.DATE: FieldKind.DATE, ColumnKind.INTEGER: FieldKind.INTEGER}


def of_column(column: Column, **more: Any) -> Field:
    """The field behind a column of our workbooks: same key, heading, words and masking."""
    return Field(
        column.key,
        column.heading,
        _OF_COLUMN.get(column.kind, FieldKind.TEXT),
        label=column.label,
        choices=dict(column.choices),
        closed=column.closed,
        sensitive=column.sensitive,
        screen=column.screen,
        **more,
    )


LATER = N_("Data dari versi lebih baru")
"""The title of records of a table that only a newer program knows."""

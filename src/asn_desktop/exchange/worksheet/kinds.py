"""What a kind of worksheet is: its columns, its words, who is on it, and what a returned row may change.

A kind is one object in one module, registered in :mod:`..subjects`; whoever deals with worksheets asks the object and
compares no names. How one is added: docs/architecture.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from sqlalchemy import Connection

from asn_desktop.core.columns import Column, ColumnKind, ColumnSet
from asn_desktop.core.i18n import N_
from asn_desktop.exchange.import_kind import OfficeData
from asn_desktop.exchange.plan import Fate
from asn_desktop.exchange.read_file import ReadFile
from asn_desktop.exchange.records import CleanRow
from asn_desktop.exchange.snapshots import Known, People
from asn_desktop.exchange.worksheet.columns import MACHINE, MARK
from asn_desktop.exchange.worksheet.mark import Mark
from asn_desktop.exchange.worksheet.orders import Order

BLANK = N_("Sel yang dibiarkan kosong tidak mengubah apa pun. Untuk menghapus isi lama, tulis [KOSONG].")
MISSING = N_("Pegawai yang belum ada di daftar: tulis NAMA dan NIP-nya di baris kosong bertanda + di bawah daftar.")
"""Steps of filling that most kinds share."""

Finding = tuple[str, str, str, str]
"""Field, code, sentence, next step."""


@dataclass(frozen=True, slots=True)
class OutgoingRow:
    """One person. ``values`` holds context and fields by key; ``rid`` is the employee's."""

    rid: str
    nip: str
    values: Mapping[str, Any]


class Rules:
    """What one kind of worksheet demands of a returned row beyond the merge; by itself nothing."""

    added_rows_are_new: ClassVar[bool] = False
    """Whether a row added in Excel is taken by rule; otherwise a person decides."""

    def complete(self, person: Known, incoming: dict[str, Any], *, added: bool) -> None:
        """Add what follows from the rest (somebody written below the list is *Diusulkan*)."""

    def refusal(self, person: Known, changes: Mapping[str, Any]) -> Finding | None:
        """Why these changes (field → new value, None erases) cannot be written for this person."""
        return None

    def contradiction(self, row: CleanRow, person: Known, changes: Mapping[str, Any]) -> Finding | None:
        """What the row says against itself: a person decides whether the changes are meant."""
        return None

    def values(self, row: CleanRow, person: Known, changes: Mapping[str, Any]) -> dict[str, Any]:
        """What applying needs besides the changed fields."""
        return {}

    def fate(self, person: Known) -> Fate:
        """NEW where the record is first filled, else CHANGED."""
        return Fate.CHANGED


class WorksheetKind:
    """``context`` is shown and locked, ``fields`` may be filled; ``spare`` is the number of blank rows below.

    ``key`` is that of the import kind which takes the rows back. Masked personal data never goes out with any kind;
    ``purpose`` says why what goes out does.
    """

    key: ClassVar[str]
    sheet: ClassVar[str]
    title: ClassVar[str]
    choice: ClassVar[str]
    """What lists of worksheets call it; like ``title`` with the period, if it is of one."""
    word: ClassVar[str]
    """The same in one word or two, for a column of a table."""
    catalogue: ClassVar[ColumnSet]
    context: ClassVar[tuple[str, ...]]
    fields: ClassVar[tuple[str, ...]]
    needed: ClassVar[tuple[str, ...]]
    """Fields that may not be emptied with ``[KOSONG]``."""
    spare: ClassVar[int] = 5
    purpose: ClassVar[str]
    filling: ClassVar[tuple[str, ...]]
    """How it is filled, step by step, after “open the sheet”."""
    pages_wide: ClassVar[int] = 1
    of_a_period: ClassVar[bool] = False
    of_an_event: ClassVar[bool] = False
    """Made for a training event instead of a unit."""
    rated: ClassVar[bool] = False
    """Whether the sheet explains how two ratings give a predicate, and lists count who is rated."""

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(self.catalogue[key] for key in (*self.context, *self.fields))

    def reading(self, marks: Sequence[Mark]) -> ColumnSet:
        """The catalogue to read a returned worksheet by: ours plus the machine columns."""
        needed = {"nip", *self.needed}
        columns = tuple(replace(column, required=column.key in needed) for column in self.catalogue.columns)
        mark = Column(MARK, N_("Kolom program"), "_LEMBAR", ColumnKind.ROW_NUMBER, aliases=tuple(m.text for m in marks))
        return replace(
            self.catalogue,
            columns=(*columns, *MACHINE),
            helpers=(*self.catalogue.helpers, mark),
            _lookup={},
            _by_key={},
        )

    def rows(self, connection: Connection, order: Order) -> list[OutgoingRow]:
        """Who goes onto the sheet, with what is stored about them now."""
        raise NotImplementedError

    def lists(self, connection: Connection, order: Order) -> Mapping[str, Sequence[str]]:
        """Field → choices that the office's data gives."""
        return {}

    def held(self, data: OfficeData, connection: Connection, read: ReadFile, mark: Mark) -> tuple[People, Rules]:
        """What is stored about the people of a returned sheet, and the rules for changing it."""
        raise NotImplementedError

    def file_word(self, mark: Mark) -> str:
        """What the name of the file says of its content."""
        return mark.period if self.of_a_period else self.sheet

"""The plan of an import: what would become of every row, before anything is written. Pure types.

Every row has exactly one fate, so that rows_read = new + changed + same + conflict + rejected + ignored. A row in
conflict carries its possible resolutions; until a person chooses one it is left alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from asn_desktop.core.errors import InputError
from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Issue
from asn_desktop.exchange.classify import IgnoredRow
from asn_desktop.exchange.questions import Question, issue_of
from asn_desktop.exchange.records import CleanRow
from asn_desktop.exchange.worksheet.mark import Mark

SKIP = "skip"
"""The choice that leaves a row alone; possible for any row that would be written or waits for a decision."""


class Fate(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    CONFLICT = "conflict"
    REJECTED = "rejected"
    IGNORED = "ignored"


RETURNED = (Fate.REJECTED, Fate.CONFLICT)
"""Rows that may have to be given back."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """Old and new value of one field, as stored."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Option:
    """One way to resolve a conflict, worked out in advance."""

    key: str
    label: str
    fate: Fate
    values: Mapping[str, Any]
    changes: tuple[FieldChange, ...] = ()
    target: int | None = None


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row and its fate. ``target`` is the record it belongs to; ``changes`` what would differ afterwards."""

    sheet: str
    number: int
    fate: Fate
    nip: str
    name: str
    values: Mapping[str, Any] = field(default_factory=dict)
    changes: tuple[FieldChange, ...] = ()
    issues: tuple[Issue, ...] = ()
    target: int | None = None
    options: tuple[Option, ...] = ()
    choice: str = ""
    waits: tuple[str, ...] = ()
    """Ids of the open questions (:mod:`.questions`) that hold this row back."""

    @property
    def key(self) -> tuple[str, int]:
        return (self.sheet, self.number)


@dataclass(frozen=True, slots=True)
class SheetSummary:
    """How a sheet was understood: for the mapping page of the wizard. Columns count from 0.

    ``mapping`` column → field key; ``headings`` column → text as it stands in the file; ``unknown`` and
    ``not_taken`` columns stay behind; ``suggestions`` column → most similar field; ``rows`` people found.
    """

    sheet: str
    header_row: int
    mapping: Mapping[int, str]
    headings: Mapping[int, str]
    unknown: tuple[int, ...]
    not_taken: tuple[int, ...]
    suggestions: Mapping[int, str]
    signature: str
    rows: int = 0
    hidden: bool = False
    letters: Mapping[int, str] = field(default_factory=dict)
    """What columns are called, where a person fills several lines; empty: as everywhere."""
    left_out: bool = False
    """Whether none of its rows is imported."""
    contested: tuple[int, ...] = ()
    """Columns about which a question is open."""
    samples: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """A few values of each column."""


@dataclass(frozen=True, slots=True)
class WorksheetReturn:
    """One of our worksheets that came back in a file; ``name`` is that of the unit or event it was made for.

    ``digest`` is over what its rows say, ``filled`` counts those of its rows that say something, ``added`` those that
    were written below the list. ``noted``: the ledger knows of
    this very return already.
    """

    mark: Mark
    name: str
    sheets: tuple[str, ...]
    digest: str
    filled: int
    noted: bool
    added: int = 0


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Everything a person has to see before agreeing. ``log_head`` is the last operation that it knows of."""

    file_name: str
    sha256: str
    kind: str
    period: str | None
    sheets: tuple[SheetSummary, ...]
    rows: tuple[PlannedRow, ...]
    notes: tuple[Issue, ...]
    log_head: int
    raw: Mapping[tuple[str, int], Sequence[Any]] = field(default_factory=dict)
    """The cells as they stand in the file, of rows that may have to be given back."""
    worksheets: tuple[WorksheetReturn, ...] = ()
    """Which of our worksheets these are; empty for any other workbook."""
    questions: tuple[Question, ...] = ()
    """What a person is asked about the file, answered or not."""
    implied: tuple[Question, ...] = ()
    """Answers that go without saying, kept with the others."""
    one_row_each: bool = True
    """Whether a person may have one row only."""

    @property
    def counts(self) -> dict[str, int]:
        """rows_read and the six fates; the six always add up."""
        found = Counter(row.fate for row in self.rows)
        return {"rows_read": len(self.rows), **{fate.value: found.get(fate, 0) for fate in Fate}}

    @property
    def issues(self) -> list[Issue]:
        """Findings about the file, what it leaves open, then findings about rows in order."""
        asked = (issue_of(question) for question in self.questions)
        told = (issue for issue in asked if issue is not None)
        return [*self.notes, *told, *(issue for row in self.rows for issue in row.issues)]

    @property
    def open_questions(self) -> int:
        return sum(question.open for question in self.questions)

    @property
    def writes(self) -> bool:
        """Whether applying the plan would write anything, if only that a worksheet has come back or was decided."""
        if self.rows_to_write > 0 or any(not returned.noted for returned in self.worksheets):
            return True
        return bool(self.worksheets) and any(row.choice not in ("", SKIP) for row in self.rows)

    @property
    def rows_to_write(self) -> int:
        return sum(row.fate in (Fate.NEW, Fate.CHANGED) for row in self.rows)


def decide(plan: ImportPlan, choices: Mapping[tuple[str, int], str]) -> ImportPlan:
    """The plan with a person's choices for rows in conflict; unknown keys and choices are a mistake (KeyError).

    Raises :class:`InputError` when two rows would be written for the same person.
    """
    rows = list(plan.rows)
    index = {row.key: position for position, row in enumerate(rows)}
    for key, choice in choices.items():
        row = rows[index[key]]
        if choice == SKIP:
            rows[index[key]] = replace(row, fate=Fate.IGNORED, choice=SKIP)
            continue
        option = {option.key: option for option in row.options}[choice]
        rows[index[key]] = replace(
            row,
            fate=option.fate,
            nip=str(option.values.get("nip") or row.nip),
            values=option.values,
            changes=option.changes,
            target=option.target,
            choice=choice,
        )
    if plan.one_row_each:
        _one_row_each(rows)
    return replace(plan, rows=tuple(rows))


def _one_row_each(rows: Sequence[PlannedRow]) -> None:
    first: dict[int | str, PlannedRow] = {}
    for row in rows:
        if row.fate in (Fate.NEW, Fate.CHANGED) and (who := row.target or row.nip):
            other = first.setdefault(who, row)
            if other is not row:
                text = _(
                    "Untuk {name} dipilih dua baris ({sheet} baris {one} dan {two}); hanya satu baris yang dipakai."
                )
                raise InputError(
                    text.format(name=row.name or row.nip, sheet=row.sheet, one=other.number, two=row.number),
                    _("Pilih satu baris untuk tiap pegawai; baris lainnya lewati."),
                    code="ASN-1117",
                )


def ignored_row(sheet: str, row: IgnoredRow) -> PlannedRow:
    """A heading, total or signature inside the data: reported, not imported."""
    return PlannedRow(sheet, row.row + 1, Fate.IGNORED, "", row.text)


def planned(
    row: CleanRow,
    fate: Fate,
    *,
    changes: tuple[FieldChange, ...] = (),
    target: int | None = None,
    options: tuple[Option, ...] = (),
) -> PlannedRow:
    """The fate of a clean row, with what it says and what was found."""
    return PlannedRow(
        row.sheet,
        row.row,
        fate,
        str(row.values.get("nip") or ""),
        str(row.values.get("name") or ""),
        row.values,
        changes,
        tuple(row.issues),
        target,
        options,
    )

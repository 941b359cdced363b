"""What an imported workbook can hold: a kind has its columns, its words, its plan and its way into the database.

A kind is one object in one module, registered in :mod:`.subjects`; whoever deals with imports asks the object and
compares no names. How one is added: docs/architecture.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from sqlalchemy import Connection

from asn_desktop.appraisal.service import AppraisalService
from asn_desktop.core.columns import ColumnSet
from asn_desktop.core.progress import Progress
from asn_desktop.exchange.plan import RETURNED, Fate, ImportPlan, PlannedRow, ignored_row, planned
from asn_desktop.exchange.read_file import ReadFile
from asn_desktop.reference.service import ReferenceService
from asn_desktop.storage.unit_of_work import Database, UnitOfWork


@dataclass(frozen=True, slots=True)
class OfficeData:
    """The data that workbooks are compared with."""

    database: Database
    reference: ReferenceService
    appraisal: AppraisalService

    @property
    def today(self) -> date:
        return self.database.clock().date()


class ImportKind:
    """``key`` names the kind in the ledger and on the command line; ``title`` in the list of choices of the import."""

    key: ClassVar[str]
    title: ClassVar[str] = ""
    name: ClassVar[str] = ""
    """What such a file is called in a sentence."""
    columns: ColumnSet
    foreign: ClassVar[bool] = True
    """Whether workbooks from elsewhere may hold it; else it comes on our own worksheets only."""
    by_headings: ClassVar[bool] = True
    """Whether the headings alone tell that a workbook is of this kind."""
    of_a_period: ClassVar[bool] = False
    one_row_each: ClassVar[bool] = True
    """Whether a person may have one row only; a training history has one for each training."""
    sheet: ClassVar[str] = ""
    """The sheet of our own workbook that can be imported again with zero changes; "": the kind does not go out."""
    choice: ClassVar[str] = ""
    """What the choices of the export call it."""
    instructions: ClassVar[tuple[str, ...]] = ()

    def plan(self, data: OfficeData, read: ReadFile, period: str | None) -> ImportPlan:
        """The plan of a workbook that was read; ``period`` is the one asked for."""
        raise NotImplementedError

    def apply(self, data: OfficeData, uow: UnitOfWork, plan: ImportPlan, progress: Progress) -> str | None:
        """Write an agreed plan; the quarter that had to be opened for it, if any."""
        raise NotImplementedError

    def heading(self, office: str, period: str) -> str:
        """The line above an exported table; ``period`` is a code, "" for a kind that belongs to none."""
        raise NotImplementedError

    def rows(
        self, data: OfficeData, connection: Connection, unit_id: int | None, period: str
    ) -> Iterator[Mapping[str, Any]]:
        """What is exported, by field, of a unit and all below it or of this office."""
        raise NotImplementedError


def taken(plan: ImportPlan) -> list[PlannedRow]:
    """The rows of a plan that are to be written."""
    return [row for row in plan.rows if row.fate in (Fate.NEW, Fate.CHANGED)]


def build(read: ReadFile, kind: ImportKind, period: str | None, rows: Sequence[PlannedRow], head: int) -> ImportPlan:
    """Rows and their fates as a plan, in the order of the file, with whatever waits for an answer held back.

    Uses ``read`` up: of its cells only those remain that may have to be given back, in the plan.
    """
    order = {summary.sheet: position for position, summary in enumerate(read.summaries)}
    aside = [planned(row, Fate.CONFLICT) for row in read.aside]
    everything = [*read.asking.withhold([*rows, *aside]), *(ignored_row(sheet, row) for sheet, row in read.ignored)]
    everything.sort(key=lambda row: (order[row.sheet], row.number))
    returned = {row.key for row in everything if row.fate in RETURNED}
    raw = {}
    while read.raw:  # one by one: freed at once, the cells of a whole workbook would hold up the window
        key, cells = read.raw.popitem()
        if key in returned:
            raw[key] = cells
    questions = read.asking.questions.values()
    return ImportPlan(
        file_name=read.file_name,
        sha256=read.sha256,
        kind=kind.key,
        one_row_each=kind.one_row_each,
        period=period,
        sheets=tuple(read.summaries),
        rows=tuple(everything),
        notes=tuple(read.notes),
        log_head=head,
        raw=raw,
        questions=tuple(question for question in questions if not question.implied),
        implied=tuple(question for question in questions if question.implied),
    )

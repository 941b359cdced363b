"""What a person can do with workbooks: look at one, agree to it, give rows back, write our own."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import select

from asn_desktop.appraisal.service import AppraisalService
from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.collector import collector_paused
from asn_desktop.core.columns import Column, ColumnKind
from asn_desktop.core.errors import ConflictError, WorkbookError
from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_date
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.core.progress import Progress
from asn_desktop.core.rights import Right
from asn_desktop.exchange import apply, asking
from asn_desktop.exchange.error_workbook import ReturnedSheet, write_error_workbook
from asn_desktop.exchange.gate import open_workbook
from asn_desktop.exchange.import_kind import OfficeData, build
from asn_desktop.exchange.model import ImportBatch, LayoutMapping
from asn_desktop.exchange.people_file import Mappings, read_people
from asn_desktop.exchange.plan import RETURNED, ImportPlan
from asn_desktop.exchange.questions import MEMORY, Answers, Question
from asn_desktop.exchange.staleness import import_moved
from asn_desktop.exchange.subjects import AUTO, EXPORTS, IMPORTS
from asn_desktop.exchange.workbook_file import WorkbookFile
from asn_desktop.exchange.worksheet import ledger
from asn_desktop.exchange.worksheet.columns import MACHINE_KEYS
from asn_desktop.exchange.worksheet.service import WorksheetService
from asn_desktop.exchange.writer import SCHEMA, write_canonical
from asn_desktop.reference.service import ReferenceService
from asn_desktop.storage.service import Service, needs
from asn_desktop.storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What applying a plan did. ``opened_period``: the quarter that had to be opened for it."""

    change_set: ChangeSet
    backup: Path
    opened_period: str | None = None


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A line of the ledger of imports."""

    file_name: str
    kind: str
    period: str | None
    at: str
    user: str
    counts: Mapping[str, int]


class ExchangeService(Service):
    """``back_up`` makes a verified copy and returns its path; it runs before anything is written."""

    def __init__(
        self,
        database: Database,
        reference: ReferenceService,
        appraisal: AppraisalService,
        worksheets: WorksheetService,
        back_up: Callable[[str], Path],
    ) -> None:
        self._worksheets = worksheets
        self._database = database
        self._data = OfficeData(database, reference, appraisal)
        self._back_up = back_up

    # -- in -----------------------------------------------------------------------------------------------

    @needs(Right.IMPORT)
    def examine(
        self,
        source: Path | WorkbookFile,
        kind: str = AUTO,
        period: str | None = None,
        *,
        mappings: Mappings | None = None,
        answers: Answers | None = None,
        proposed: bool = False,
        progress: Progress | None = None,
    ) -> ImportPlan:
        """Read a workbook, or take one that was recognised already, and plan its import; writes nothing.

        ``kind`` AUTO is told by the headings. ``proposed``: kind and period are only where the person came from;
        a worksheet of ours knows better. ``mappings`` are a person's corrections by sheet, ``answers`` to the
        questions of an earlier look at the same file. Raises
        :class:`WorkbookError` for a file that cannot be read, :class:`InputError` for a missing period.
        """
        progress = progress or Progress()
        progress.step(_("Memeriksa berkas"))
        file = open_workbook(source)
        with collector_paused():
            if not file.marks:
                return self._examine(file, kind, period, mappings or {}, answers or {}, progress)
            wanted = (AUTO, None) if proposed else (kind, period)
            read, rows, returned, head = self._worksheets.examine(file, *wanted, self.show, progress)
            mark = file.marks[0]
            plan = build(read, IMPORTS[mark.kind], mark.period or None, rows, head)
            return replace(plan, worksheets=returned)

    def _examine(
        self,
        file: WorkbookFile,
        kind: str,
        period: str | None,
        mappings: Mappings,
        answers: Answers,
        progress: Progress,
    ) -> ImportPlan:
        auto = kind == AUTO
        kinds = [one for one in IMPORTS.values() if (one.by_headings if auto else one.foreign and one.key == kind)]
        if not kinds:
            raise WorkbookError(
                _("Berkas {name} bukan lembar kerja peserta.").format(name=file.name),
                _("Buat lembar kerjanya di Kalender Pelatihan, tombol “Lembar kerja peserta (Excel)”."),
                code="ASN-1367",
            )
        with self._database.read() as connection:
            asked = asking.Asking(answers, asking.remembered(connection))
        columns = [one.columns for one in kinds]
        read = read_people(file, columns, self._remembered(), mappings, self._data.today, progress, asked, period or "")
        progress.step(_("Membandingkan dengan data"), len(read.rows))
        return next(one for one in kinds if one.columns is read.columns).plan(self._data, read, period)

    @needs(Right.IMPORT)
    def apply(
        self,
        plan: ImportPlan,
        *,
        backup: Path | None = None,
        progress: Progress | None = None,
        initiator: object = None,
    ) -> ImportOutcome:
        """Back up, then write everything the plan says in one operation that one Ctrl+Z takes back.

        ``backup``: the copy made already, for the files of a batch. Raises :class:`ConflictError` when the data has
        changed since the plan was made.
        """
        progress = progress or Progress()
        if backup is None:
            progress.step(_("Membuat cadangan"))
            backup = self._back_up("impor")
        progress.step(_("Menulis data"))
        label = _("Impor {file}").format(file=plan.file_name)
        with (
            collector_paused(),
            self._database.write(f"import.{plan.kind}", label, initiator=initiator) as uow,
        ):
            if import_moved(uow.connection, plan):
                raise ConflictError(
                    _("Data sudah berubah sejak pratinjau dibuat."),
                    _("Ulangi impor agar pratinjau dihitung kembali."),
                    code="ASN-1206",
                )
            opened = IMPORTS[plan.kind].apply(self._data, uow, plan, progress)
            moment = self._database.clock().isoformat(timespec="seconds")
            asking.keep(uow, [*plan.questions, *plan.implied])
            apply.record_batch(uow, plan, moment, self._database.user)
            ledger.note_return(uow, plan, moment)
            progress.check()
        return ImportOutcome(uow.change_set, backup, opened)

    @needs(Right.IMPORT)
    def remember(self, plan: ImportPlan, mappings: Mappings) -> ChangeSet:
        """Keep corrected mappings for the next workbook of the same layout."""
        with self._database.write("mapping.remember", _("Ingat pengaturan kolom")) as uow:
            for sheet in plan.sheets:
                if sheet.sheet in mappings:
                    apply.remember_mapping(uow, plan.kind, sheet.signature, mappings[sheet.sheet])
        return uow.change_set

    @needs(Right.READ)
    def fields(self, kind: str) -> tuple[Column, ...]:
        """What a column can be taken for: a field, or two in one cell (name and NIP), listed after the first one."""
        columns = IMPORTS[kind].columns
        combined = [helper for helper in columns.helpers if helper.kind is ColumnKind.SPLIT]
        found: list[Column] = []
        for column in columns:
            found.append(column)
            found += [helper for helper in combined if helper.parts[0] == column.key]
        return tuple(found)

    @needs(Right.READ)
    def label(self, field: str) -> str:
        """The Indonesian name of a field."""
        for columns in (kind.columns for kind in IMPORTS.values()):
            if field in columns:
                return _(columns[field].label)
        return field

    @needs(Right.READ)
    def show(self, field: str, value: Any) -> str:
        """A stored value as people read it."""
        if value is None or value == "":
            return ""
        for columns in (kind.columns for kind in IMPORTS.values()):
            if field in columns:
                choice = dict(columns[field].choices).get(str(value))
                if choice:
                    return _(choice)
        return format_date(value) if hasattr(value, "isoformat") else str(value)

    @needs(Right.READ)
    def previous_import(self, plan: ImportPlan) -> BatchRow | None:
        """The last time this very file was imported, if ever."""
        return next((row for row in self._batches(ImportBatch.sha256 == plan.sha256)), None)

    @needs(Right.READ)
    def history(self) -> list[BatchRow]:
        """All imports, newest first."""
        return self._batches()

    # -- rows to give back ----------------------------------------------------------------------------------

    @needs(Right.READ)
    def has_returns(self, plan: ImportPlan) -> bool:
        return any(row.fate in RETURNED for row in plan.rows)

    @needs(Right.IMPORT)
    def write_errors(self, plan: ImportPlan, target: Path) -> int:
        """The error workbook: rejected and undecided rows as they stand in the file, marked and explained."""
        sheets = []
        asked = {question.id: _asked(question) for question in plan.questions}
        for sheet in plan.sheets:
            width = max(sheet.headings, default=-1) + 1
            columns = {key: column for column, key in sheet.mapping.items()}
            rows = [
                (replace(row, issues=(*row.issues, *(asked[name] for name in row.waits))), plan.raw[row.key])
                for row in plan.rows
                if row.sheet == sheet.sheet and row.fate in RETURNED and row.key in plan.raw
            ]
            if rows:
                headings = [sheet.headings.get(column, "") for column in range(width)]
                hidden = frozenset(column for key, column in columns.items() if key in MACHINE_KEYS)
                sheets.append(ReturnedSheet(sheet.sheet, headings, columns, rows, hidden))
        return write_error_workbook(target, sheets, IMPORTS[plan.kind].columns)

    # -- out ------------------------------------------------------------------------------------------------

    @needs(Right.EXPORT, scope="unit_id")
    def export(
        self,
        kind: str,
        target: Path,
        *,
        period: str = "",
        unit_id: int | None = None,
        progress: Progress | None = None,
    ) -> int:
        """Write a kind in the canonical layout, of a unit and all below it or of this office; returns how many rows."""
        exported = EXPORTS[kind]
        with self._database.read() as connection:
            rows = exported.rows(self._data, connection, unit_id, period)
            return write_canonical(
                target, exported.columns, rows,
                title=exported.heading(self._data.reference.office().name, period),
                instructions=[_(line) for line in exported.instructions],
                meta=self._meta(exported.sheet, period), progress=progress,
            )  # fmt: skip

    # -- inside ---------------------------------------------------------------------------------------------

    def _remembered(self) -> Mapping[tuple[str, str], Mapping[int, str]]:
        with self._database.read() as connection:
            rows = connection.execute(
                select(LayoutMapping.kind, LayoutMapping.signature, LayoutMapping.mapping).where(
                    ~LayoutMapping.kind.startswith(MEMORY)
                )
            )
            return {
                (IMPORTS[row.kind].columns.name, row.signature): {
                    int(column): key for column, key in json.loads(row.mapping).items()
                }
                for row in rows
            }

    def _batches(self, *conditions: Any) -> list[BatchRow]:
        query = (
            select(
                ImportBatch.file_name, ImportBatch.kind, ImportBatch.period,
                ImportBatch.at, ImportBatch.user, ImportBatch.counts,
            )
            .where(*conditions)
            .order_by(ImportBatch.id.desc())
        )  # fmt: skip
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return [BatchRow(row.file_name, row.kind, row.period, row.at, row.user, json.loads(row.counts)) for row in rows]

    def _meta(self, sheet: str, period: str = "") -> dict[str, str]:
        office = self._data.reference.office()
        return {
            "skema": f"ASN-{sheet}/{SCHEMA}",
            "kantor": office.code,
            "nama_kantor": office.name,
            "periode": period,
            "dibuat": self._database.clock().isoformat(timespec="seconds"),
            "contoh": "ya" if office.sample else "tidak",
        }


def _asked(question: Question) -> Issue:
    """What a row that waits for an answer is told: there is nothing in it to mend."""
    hint = _("Jawab pertanyaan ini saat mengimpor; baris ini tidak perlu diubah.")
    return Issue(question.code, question.text, Severity.DECISION, hint)

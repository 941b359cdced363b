"""What a person can do with worksheets: write one or one per OPD, take one back, see who has not returned theirs."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from asn_desktop.appraisal.queries import Progress as RatingProgress
from asn_desktop.appraisal.service import AppraisalService
from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.errors import FileNotWritten, InputError
from asn_desktop.core.files import plain_file_name, reachable
from asn_desktop.core.i18n import _
from asn_desktop.core.periods import parse_period
from asn_desktop.core.progress import Progress
from asn_desktop.core.rights import Right
from asn_desktop.exchange.import_kind import OfficeData
from asn_desktop.exchange.plan import PlannedRow, WorksheetReturn
from asn_desktop.exchange.planner import plan_rows
from asn_desktop.exchange.read_file import ReadFile
from asn_desktop.exchange.subjects import WORKSHEETS
from asn_desktop.exchange.workbook_file import WorkbookFile
from asn_desktop.exchange.worksheet import ledger, returning
from asn_desktop.exchange.worksheet.guide import Addressee
from asn_desktop.exchange.worksheet.mark import Mark
from asn_desktop.exchange.worksheet.model import Worksheet
from asn_desktop.exchange.worksheet.orders import Order, ReturnRow, Written, WrittenAll
from asn_desktop.exchange.worksheet.plan import WorksheetPolicy
from asn_desktop.exchange.worksheet.writer import WorksheetFile, write_worksheet
from asn_desktop.reference.queries import UnitRow
from asn_desktop.reference.service import ReferenceService
from asn_desktop.storage import change_log
from asn_desktop.storage.service import Service, needs
from asn_desktop.storage.unit_of_work import Database
from asn_desktop.training import queries as training_queries
from asn_desktop.training.model import TrainingEvent
from asn_desktop.training.queries import EventRow
from asn_desktop.training.rules import date_span

Show = Callable[[str, Any], str]


class WorksheetService(Service):
    def __init__(self, database: Database, reference: ReferenceService, appraisal: AppraisalService) -> None:
        self._database = database
        self._reference = reference
        self._appraisal = appraisal
        self._data = OfficeData(database, reference, appraisal)

    # -- out ------------------------------------------------------------------------------------------------

    @needs(Right.EXPORT)
    def write(self, target: Path, order: Order, *, initiator: object = None) -> Written:
        """One worksheet, noted in the ledger. Raises :class:`InputError` when there is nobody to write about."""
        content, line = self._content(order)
        if not content.rows and not content.kind.of_an_event:
            raise InputError(
                _("Tidak ada pegawai untuk lembar kerja {unit}.").format(unit=content.addressee.name),
                _("Periksa unitnya; untuk rating, buka dahulu triwulannya."),
                code="ASN-1122",
            )
        rows = write_worksheet(target, content)
        with self._database.write("worksheet.write", _("Buat lembar kerja {name}").format(name=content.addressee.name),
                                  initiator=initiator) as uow:  # fmt: skip
            uow.insert(Worksheet, {**line, "file_name": target.name})
        return Written(target, content.addressee.name, rows)

    @needs(Right.EXPORT)
    def write_each(
        self, folder: Path, order: Order, units: Sequence[int], *,
        progress: Progress | None = None, initiator: object = None,
    ) -> WrittenAll:  # fmt: skip
        """One file per unit into a folder; a file that is there already is never overwritten.

        What was written before a *Batal* or a full disk stays, and is in the ledger.
        """
        progress = progress or Progress()
        progress.step(_("Menulis lembar kerja"), len(units))
        try:
            reachable(folder).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FileNotWritten.because(folder.name, error) from error
        files: list[Written] = []
        lines: list[dict[str, Any]] = []
        empty: list[str] = []
        change_set: ChangeSet | None = None
        try:
            for unit_id in units:
                content, line = self._content(replace(order, unit_id=unit_id))
                if content.rows:
                    target = free_path(folder / file_name(content.mark, content.addressee.name))
                    files.append(Written(target, content.addressee.name, write_worksheet(target, content)))
                    lines.append({**line, "file_name": target.name})
                else:
                    empty.append(content.addressee.name)
                progress.advance()
        finally:
            if lines:
                label = _("Buat {n} lembar kerja").format(n=len(lines))
                with self._database.write("worksheet.write", label, initiator=initiator) as uow:
                    uow.insert_many(Worksheet, lines)
                change_set = uow.change_set
        return WrittenAll(tuple(files), tuple(empty), change_set)

    @needs(Right.READ)
    def opd_ids(self) -> list[int]:
        """Every OPD of the office, by name."""
        return [unit.id for unit in self._reference.units() if unit.kind == "OPD"]

    @needs(Right.READ)
    def event_id(self, code: str) -> int:
        """The event with this code (as in ``list events``)."""
        with self._database.read() as connection:
            found = connection.scalar(select(TrainingEvent.id).where(TrainingEvent.code == code.strip()))
        if found is None:
            raise InputError(
                _("Tidak ada kegiatan pelatihan dengan kode {code}.").format(code=code),
                _("Lihat kodenya di Kalender Pelatihan."),
                code="ASN-1121",
            )
        return int(found)

    @needs(Right.READ)
    def last_contact(self) -> str:
        with self._database.read() as connection:
            return ledger.last_contact(connection)

    @needs(Right.READ)
    def returns(self, period: str, kind: str = "ratings") -> list[ReturnRow]:
        """Every OPD with people: what went out, what came back, and how far its ratings of a quarter are. By name.

        Personnel worksheets belong to no quarter: all of them count, and nobody is rated. ``participants``: every event
        with a worksheet instead.
        """
        sheet = WORKSHEETS[kind]
        if sheet.of_an_event:
            return self._event_returns(kind)
        units = self._reference.units()
        opd_of = {unit.id: unit.opd_id for unit in units}
        with self._database.read() as connection:
            written = ledger.rows(connection, kind, period if sheet.of_a_period else None)
            staff = {} if sheet.rated else ledger.staff_by_opd(connection)
        progress = {opd: RatingProgress(count, 0, 0) for opd, count in staff.items()}
        if sheet.rated:
            progress = self._appraisal.progress_by_unit(period)
        sheets: dict[int | None, list[ledger.LedgerRow]] = {}
        for line in written:
            sheets.setdefault(opd_of.get(line.unit_id or 0), []).append(line)
        none = RatingProgress(0, 0, 0)
        found = [
            _return_row(unit, progress.get(unit.id, none), sheets.get(unit.id, []))
            for unit in units
            if unit.kind == "OPD" and (progress.get(unit.id, none).total or unit.id in sheets)
        ]
        return sorted(found, key=lambda row: row.name)

    def _event_returns(self, kind: str) -> list[ReturnRow]:
        with self._database.read() as connection:
            sheets: dict[int, list[ledger.LedgerRow]] = {}
            for line in ledger.rows(connection, kind):
                if line.event_id is not None:
                    sheets.setdefault(line.event_id, []).append(line)
            events = training_queries.event_rows(connection, list(sheets))
        found = [
            _return_row(event, RatingProgress(event.taken, event.attended, 0), sheets[event.id]) for event in events
        ]
        return sorted(found, key=lambda row: row.name)

    # -- back -----------------------------------------------------------------------------------------------

    @needs(Right.IMPORT)
    def examine(
        self, file: WorkbookFile, kind: str, period: str | None, show: Show, progress: Progress
    ) -> tuple[ReadFile, list[PlannedRow], tuple[WorksheetReturn, ...], int]:
        """A returned worksheet: its rows as read, their fates, which worksheets it is, and the log's head."""
        marks = file.marks
        found = returning.check_marks(marks, self._reference.office().code, kind, period)
        read = returning.read_worksheet(file, found, self._today(), progress)
        progress.step(_("Membandingkan dengan data"), len(read.rows))
        with self._database.read() as connection:
            head = change_log.head(connection)[0]  # before anything is looked at: a later write makes the plan stale
            returns = returning.returns(connection, read, found, marks)
            people, rules = found.held(self._data, connection, read, marks[0])
        rows = plan_rows(WorksheetPolicy(read, found, rules, people, returning.stamps(returns), show))
        return read, rows, tuple(returns), head

    # -- inside ---------------------------------------------------------------------------------------------

    def _content(self, order: Order) -> tuple[WorksheetFile, dict[str, Any]]:
        """All that one workbook needs, and its line in the ledger (without the file's name)."""
        kind = WORKSHEETS[order.kind]
        office = self._reference.office()
        moment = self._database.clock()
        units = self._reference.units()
        unit = next((unit for unit in units if unit.id == order.unit_id), None)
        with self._database.read() as connection:
            event = self._event_row(connection, order.event_id) if order.event_id is not None else None
            rows, lists = kind.rows(connection, order), kind.lists(connection, order)
            number = str(uuid.uuid4())
            mark = Mark(
                id=number,
                kind=kind.key,
                office=office.code,
                unit=unit.code if unit else "",
                period=order.period,
                event=_rid_of(connection, order.event_id),
                revision=change_log.head(connection)[0],
                rows=len(rows),
                made=moment.date().isoformat(),
            )
        name = unit.name if unit else event.name if event else office.name
        title = _(kind.title).format(period=parse_period(order.period).label if order.period else "")
        when = ", ".join(filter(None, (date_span(event.starts, event.ends), event.place))) if event else ""
        addressee = Addressee(name, office.name, order.due, order.contact.strip(), when)
        line = {
            "rid": number,
            "kind": kind.key,
            "period": order.period or None,
            "unit_id": order.unit_id,
            "event_id": order.event_id,
            "made_at": moment.isoformat(timespec="seconds"),
            "made_by": self._database.user,
            "due": order.due,
            "contact": order.contact.strip() or None,
            "rows": len(rows),
        }
        return WorksheetFile(kind, mark, title, addressee, rows, lists), line

    @staticmethod
    def _event_row(connection: Connection, event_id: int) -> EventRow:
        return training_queries.event_rows(connection, [event_id])[0]

    def _today(self) -> date:
        return self._database.clock().date()


def file_name(mark: Mark, name: str) -> str:
    """``Lembar kerja 2026-TW3 03 Dinas Kesehatan.xlsx``."""
    return plain_file_name(f"Lembar kerja {WORKSHEETS[mark.kind].file_word(mark)} {mark.unit} {name}") + ".xlsx"


def free_path(path: Path) -> Path:
    """The path, or the next one that is free: an OPD's filled-in file of the same name must never be lost."""
    number = 2
    free = path
    while reachable(free).exists():
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1
    return free


def _return_row(unit: UnitRow | EventRow, progress: RatingProgress, lines: Sequence[ledger.LedgerRow]) -> ReturnRow:
    back = max((line for line in lines if line.returned_at), key=lambda line: line.returned_at or "", default=None)
    last = max(lines, key=lambda line: line.made_at, default=None)
    return ReturnRow(
        id=unit.id,
        code=unit.code,
        name=unit.name,
        people=progress.total,
        rated=progress.rated,
        files=len(lines),
        made_at=last.made_at if last else None,
        due=last.due if last else None,
        returned_at=back.returned_at if back else None,
        returned_file=back.returned_file if back else None,
        counts=back.counts if back else {},
    )


def _rid_of(connection: Connection, event_id: int | None) -> str:
    if event_id is None:
        return ""
    return connection.scalar(select(TrainingEvent.rid).where(TrainingEvent.id == event_id)) or ""

"""What can still be read of a package whose seal is broken, as proposals for a person.

Such a file was edited, damaged or cut off, so nothing in it is believed: no revision, receipt or removal is taken from
it, nothing is noted about its sender, and no value is written. Each filled field that differs from ours becomes an
open question at the desk (:data:`~.model.SALVAGED`), which stays in this office, unless the row shows somebody else
than its hidden ID says (:mod:`.whose`). What that needs is that the record is here already: a record that is new, or
only the sealed package may change, has to come with an intact package, which can still be received afterwards as if
nothing had been.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select

from asn_desktop.core.i18n import _
from asn_desktop.exchange.package import checks, replicas
from asn_desktop.exchange.package.conflict_notes import to_json
from asn_desktop.exchange.package.content import PackageContent, ReadPackage, RecordRow
from asn_desktop.exchange.package.local_side import NAMES, LocalSide, foreign_owner
from asn_desktop.exchange.package.merge import Action, FieldOutcome
from asn_desktop.exchange.package.model import SALVAGED, Conflict
from asn_desktop.exchange.package.package_plan import ConflictDraft, PackagePlan, PlannedRecord, Writes
from asn_desktop.exchange.package.protocol import BY_TABLE, ENTITIES
from asn_desktop.exchange.package.whose import Whose
from asn_desktop.exchange.package.wording import Wording
from asn_desktop.exchange.plan import Fate
from asn_desktop.reference.queries import OfficeRow
from asn_desktop.storage import change_log
from asn_desktop.storage.unit_of_work import UnitOfWork

ONLY_SEALED = frozenset({"appraisal_period", "frozen_sheet", "parameter"})
"""Periods, signed documents and settings: nobody corrects them by hand in a workbook."""

_BY_SHEET = {entity.sheet: entity.table for entity in ENTITIES}


def plan_salvage(
    connection: Connection, own: OfficeRow, read: ReadPackage, predicate: Callable[[str, str], str]
) -> PackagePlan:
    """The fate of every row of the data sheets, readable or not, and of every readable removal."""
    salvage = _Salvage(connection, own, read.content, predicate)
    records = [salvage.row(row) for row in read.content.rows]
    for stone in read.content.tombstones:
        message = _("Penghapusan tidak diambil dari paket yang segelnya rusak.")
        records.append(PlannedRecord(stone.entity, stone.rid, Fate.IGNORED, stone.place, tombstone=True,
                                     code="only_sealed", message=message))  # fmt: skip
    unread = list(_unread(read))
    return PackagePlan(
        read, [*records, *unread], Writes(conflicts=salvage.drafts), change_log.head(connection)[0], 0, 0,
        unread=len(unread), salvage=True,
    )  # fmt: skip


def propose(uow: UnitOfWork, plan: PackagePlan, moment: str) -> None:
    """Put the proposals on the desk. The same file once more changes nothing there."""
    table = Conflict.__table__
    query = select(table).where(table.c.state == "open", table.c.rule == SALVAGED)
    standing = {(row["entity"], row["record"], row["field"]): row for row in uow.connection.execute(query).mappings()}
    wording = Wording(uow.connection)
    source = _("berkas {name}").format(name=plan.read.file_name)
    fresh = []
    for draft in plan.writes.conflicts:
        values = {"base": to_json(draft.base), "local": to_json(draft.local), "incoming": to_json(draft.incoming),
                  "office": plan.head.office, "incoming_by": source}  # fmt: skip
        known = standing.get((draft.entity, draft.rid, draft.field))
        if known is not None:
            uow.update(Conflict, known["id"], values)
            continue
        fresh.append({
            **values, "replica": "", "package_id": "", "entity": draft.entity, "record": draft.rid,
            "title": wording.title(draft.entity, draft.rid).name, "field": draft.field, "kind": draft.kind,
            "rule": draft.rule,
            "local_by": _("isi sekarang"), "local_at": "", "incoming_at": "", "state": draft.state, "since": moment,
        })  # fmt: skip
    uow.insert_many(Conflict, fresh)


class _Salvage:
    def __init__(
        self, connection: Connection, own: OfficeRow, content: PackageContent, predicate: Callable[[str, str], str]
    ) -> None:
        self._own, self._office = own, content.head.office
        self._predicate = predicate
        self._here = LocalSide(connection, own, content, replicas.peers(connection))
        table = Conflict.__table__
        undecided = select(table.c.entity, table.c.record, table.c.field).where(
            table.c.state.in_(("open", "waiting")), table.c.rule != SALVAGED
        )
        self._undecided = {tuple(row) for row in connection.execute(undecided)}
        self._whose = {table: Whose(connection, table, content.rows) for table in {row.entity for row in content.rows}}
        self.drafts: list[ConflictDraft] = []

    def row(self, row: RecordRow) -> PlannedRecord:
        """One row; what it proposes is added to :attr:`drafts`."""
        done = PlannedRecord(row.entity, row.rid, Fate.SAME, row.place)
        if row.entity not in BY_TABLE:
            done.fate, done.code = Fate.IGNORED, "only_sealed"
            done.message = _("Data dari versi lebih baru hanya diambil dari paket yang utuh.")
            return done
        foreign = foreign_owner(self._here, row.entity, row.rid, self._own.code, self._office)
        if foreign:
            done.fate, done.code, done.message = Fate.IGNORED, "foreign", foreign
            return done
        local = self._here.rows[row.entity].get(row.rid)
        if local is None:
            done.fate, done.code = Fate.REJECTED, "unknown_record"
            done.message = _("Data ini belum ada di sini. Data baru hanya diterima dari paket yang utuh.")
            return done
        unlike = [name for name in NAMES[row.entity] if name in row.values and row.values[name] != local[name]]
        different = [name for name in unlike if row.values[name] is not None]
        if not different:  # blank erases nothing here: a column may have been deleted
            done.message = _("Sel kosong di berkas tidak mengosongkan isian di sini.") if unlike else ""
            return done
        why = self._another(row, local) or self._refusal(row, local, different)
        if why is not None:
            done.fate, (done.code, done.message) = Fate.REJECTED, why
            return done
        done.fate = Fate.CONFLICT
        proposed = [name for name in different if (row.entity, row.rid, name) not in self._undecided]
        if len(proposed) < len(different):
            done.message = _(
                "Sebagian isian ini sudah menunggu keputusan di “Putuskan perbedaan”; isi berkas tidak ditambahkan."
            )
        done.conflicts = [
            FieldOutcome(name, Action.OPEN, local[name], local[name], row.values[name], SALVAGED, 0)
            for name in proposed
        ]
        self.drafts += [
            ConflictDraft(row.entity, row.rid, name, "field", "open", SALVAGED, local[name], local[name],
                          row.values[name], 0, "", "")
            for name in proposed
        ]  # fmt: skip
        return done

    def _another(self, row: RecordRow, local: Mapping[str, Any]) -> checks.Refusal | None:
        """Why the row may be somebody else's: what people see in it does not agree with its hidden ID."""
        if not self._whose[row.entity].is_doubtful(row, local):
            return None
        text = _(
            "Nama atau nomor di baris ini tidak cocok dengan data yang ditunjuk ID-nya; mungkin barisnya bergeser."
        )
        return "other_owner", text

    def _refusal(self, row: RecordRow, local: Mapping[str, Any], different: list[str]) -> checks.Refusal | None:
        """Why what the row says cannot even be proposed."""
        if row.entity in ONLY_SEALED:
            text = _("Pengaturan, periode, dan dokumen yang sudah ditandatangani hanya diambil dari paket yang utuh.")
            return "only_sealed", text
        if self._here.is_closed(row.entity, local):
            return checks.period_closed()
        if row.entity == "evaluation" and (wrong := checks.contradicting_predicate(row.values, self._predicate)):
            return wrong
        entity = BY_TABLE[row.entity]
        for field in entity.references:
            value = row.values[field.key]
            if field.key in different and value and self._here.identities.ids(field.target, (value,))[value] is None:
                return checks.missing_reference(field)
        return checks.incomplete(entity, {name: row.values[name] for name in different})


def _unread(read: ReadPackage) -> Iterator[PlannedRecord]:
    """The rows of data sheets that could not be read; beyond the listed ones without their place."""
    listed: dict[str, int] = {}
    for problem in read.problems:
        table = _BY_SHEET.get(problem.place.sheet)
        if table is not None:
            listed[problem.place.sheet] = listed.get(problem.place.sheet, 0) + 1
            message = _("Sel {cell} tidak terbaca (“{value}”): {reason}.").format(
                cell=problem.cell, value=problem.value, reason=problem.reason
            )
            yield PlannedRecord(table, "", Fate.REJECTED, problem.place, code="unread", message=message)
    for sheet, count in read.unread.items():
        table = _BY_SHEET.get(sheet)
        if table is not None:
            for _number in range(count - listed.get(sheet, 0)):
                message = _("Baris ini tidak terbaca.")
                yield PlannedRecord(table, "", Fate.REJECTED, None, code="unread", message=message)

"""What a person can do with employees: one method per action, one logged transaction each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

from sqlalchemy import func, select

from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.chunks import chunks
from asn_desktop.core.errors import InputError, reload_hint
from asn_desktop.core.i18n import _
from asn_desktop.core.identifiers import parse_nip
from asn_desktop.core.indonesian import format_short_date
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.core.rights import Right
from asn_desktop.personnel import assignment, listing, queries, rules
from asn_desktop.personnel.commands import EmployeeCommand
from asn_desktop.personnel.field_checks import stored_values
from asn_desktop.personnel.history import HistoryRow, edit_label, history
from asn_desktop.personnel.model import Employee, FormerPlacement
from asn_desktop.personnel.queries import EmployeeDetail, EmployeeRow, EmployeeSpec, PersonRow
from asn_desktop.personnel.unit_heads import HeadProposal, headless_units, proposals
from asn_desktop.reference.model import Unit
from asn_desktop.storage.service import Service, needs
from asn_desktop.storage.unit_of_work import Database, UnitOfWork


class PersonnelService(Service):
    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    @needs(Right.READ)
    def today(self) -> date:
        """The day the database counts as today."""
        return self._database.clock().date()

    # -- reading ------------------------------------------------------------------------------------------

    @needs(Right.READ)
    def ids(self, spec: EmployeeSpec) -> list[int]:
        with self._database.read() as connection:
            return queries.employee_ids(connection, spec)

    @needs(Right.READ)
    def rows(self, ids: Sequence[int]) -> list[EmployeeRow]:
        with self._database.read() as connection:
            return queries.employee_rows(connection, ids)

    @needs(Right.READ)
    def detail(self, employee_id: int) -> EmployeeDetail:
        """Everything about one employee; raises :class:`InputError` when there is no such employee."""
        with self._database.read() as connection:
            found = queries.employee_detail(connection, employee_id, self.today)
        if found is None:
            raise InputError(_("Pegawai ini tidak ada lagi dalam data."), reload_hint())
        return found

    @needs(Right.READ)
    def id_of_nip(self, nip: str) -> int:
        """The employee with this NIP, typed in any way; raises :class:`InputError` if nobody has it."""
        digits = "".join(char for char in nip if char.isdigit())
        with self._database.read() as connection:
            found = queries.find_anywhere(connection, digits)
        if not found:
            raise InputError(
                _("Tidak ada pegawai dengan NIP {nip}.").format(nip=nip),
                _("Periksa ke-18 angkanya, atau cari dengan nama."),
                code="ASN-1110",
            )
        return found[0]

    @needs(Right.READ)
    def total(self) -> int:
        """All employees in the file; 0 means that nothing was imported yet."""
        with self._database.read() as connection:
            return queries.total(connection)

    @needs(Right.READ)
    def missing_counts(self, spec: EmployeeSpec) -> dict[str, int]:
        """How many of the incomplete employees of a spec lack each needed field, most frequent first."""
        with self._database.read() as connection:
            return listing.missing_counts(connection, spec)

    @needs(Right.READ)
    def counts_by_unit(self, status: str = "active") -> dict[int, int]:
        with self._database.read() as connection:
            return queries.counts_by_unit(connection, status)

    @needs(Right.READ)
    def find_people(self, typed: str, limit: int = 12, unit_id: int | None = None) -> list[PersonRow]:
        """Active employees matching what is typed: the choices of a search field."""
        with self._database.read() as connection:
            ids = queries.employee_ids(connection, EmployeeSpec(search=typed, unit_id=unit_id))[:limit]
            known = queries.people(connection, ids)
        return [known[number] for number in ids]

    @needs(Right.READ)
    def history(self, rid: str, limit: int = 50) -> list[HistoryRow]:
        with self._database.read() as connection:
            return history(connection, rid, limit)

    @needs(Right.READ)
    def positions(self) -> list[str]:
        """Every post that somebody holds, the most frequent first: suggestions for a form."""
        query = (
            select(Employee.position)
            .where(Employee.position.is_not(None))
            .group_by(Employee.position)
            .order_by(func.count().desc(), Employee.position)
        )
        with self._database.read() as connection:
            return [position for position in connection.scalars(query) if position]

    @needs(Right.READ)
    def headless_units(self) -> int:
        """Units with people of their own whose assessor nobody knows, because no head is set."""
        with self._database.read() as connection:
            return headless_units(connection)

    @needs(Right.READ)
    def head_proposals(self) -> list[HeadProposal]:
        """Units with people but without head, and who seems to lead each by the post held."""
        with self._database.read() as connection:
            return proposals(connection)

    @needs(Right.READ)
    def check(self, command: EmployeeCommand, employee_id: int | None = None) -> list[Issue]:
        """All findings about what is typed, also whether the NIP belongs to somebody else already."""
        issues = rules.validate(stored_values(command.values()), self.today)
        if any(issue.field == "nip" and issue.severity is Severity.ERROR for issue in issues) or not command.nip:
            return issues
        with self._database.read() as connection:
            owner = queries.find_by_nip(connection, parse_nip(command.nip, on=self.today).digits)
            if owner is None or owner == employee_id:
                return issues
            person = queries.people(connection, [owner])[owner]
        text = _("NIP ini sudah dipakai {name} ({unit}).").format(name=person.name, unit=person.unit)
        hint = _("Buka data pegawai itu, atau periksa angka terakhir NIP.")
        return [*issues, Issue("nip_taken", text, Severity.ERROR, hint, command.nip, "nip")]

    # -- writing ------------------------------------------------------------------------------------------

    @needs(Right.PEOPLE)
    def add_employee(self, command: EmployeeCommand, initiator: object = None) -> tuple[int, ChangeSet]:
        """Take in a new employee; returns the local id. Raises :class:`InputError` with all findings."""
        values = self._accepted(command, None)
        with self._write("employee.add", _("Tambah pegawai {name}"), values["name"], initiator) as uow:
            number = uow.insert(Employee, rules.employee_values(values))
        return number, uow.change_set

    @needs(Right.PEOPLE)
    def edit_employee(
        self,
        employee_id: int,
        version: int,
        command: EmployeeCommand,
        effective_from: date | None = None,
        initiator: object = None,
    ) -> ChangeSet:
        """Change an employee's data. ``version`` is the one that was read (else :class:`ConflictError`).

        A change of unit, post or superior takes effect on ``effective_from`` and keeps the former place; None
        says that it corrects a mistake, so that no former place is written.
        """
        values = self._accepted(command, employee_id)
        with self._write("employee.edit", _("Ubah data {name}"), values["name"], initiator) as uow:
            current = _current(uow, [employee_id])[employee_id]
            _check_superior(uow, [employee_id], values.get("superior_id"))
            if effective_from is not None and rules.moved(current, values):
                _keep_place(uow, employee_id, current, effective_from)
            changed = rules.employee_values(values, current)
            uow.update(Employee, employee_id, changed, expected_version=version)
            uow.label = edit_label(current, changed)
        return uow.change_set

    @needs(Right.PEOPLE)
    def deactivate(
        self, employee_id: int, reason: str, since: date, legal_status: str | None = None, initiator: object = None
    ) -> ChangeSet:
        """Take somebody out of the active list from ``since`` on (first day away); nothing is ever deleted."""
        if not reason.strip():
            raise InputError(
                _("Alasan belum diisi."),
                _("Tulis mengapa pegawai ini dinonaktifkan, misalnya pensiun atau pindah instansi."),
                issues=[Issue("reason_empty", _("Alasan belum diisi."), field="inactive_reason")],
            )
        changes: dict[str, Any] = {"active": False, "inactive_since": since, "inactive_reason": reason.strip()}
        if legal_status:
            changes["legal_status"] = legal_status
        return self._set(employee_id, "employee.deactivate", _("Nonaktifkan {name}"), changes, initiator)

    @needs(Right.PEOPLE)
    def reactivate(self, employee_id: int, initiator: object = None) -> ChangeSet:
        """Back into the active list; the reason and date stay readable in the history."""
        changes = {"active": True, "inactive_since": None, "inactive_reason": None, "legal_status": "Aktif"}
        return self._set(employee_id, "employee.reactivate", _("Aktifkan kembali {name}"), changes, initiator)

    @needs(Right.PEOPLE)
    def set_superior(
        self, ids: Sequence[int], superior_id: int | None, since: date, initiator: object = None
    ) -> ChangeSet:
        """Give people a superior by appointment from ``since`` on; None: the head of their unit again."""
        with self._database.write("employee.superior", _("Tetapkan atasan"), initiator=initiator) as uow:
            uow.label = _("Tetapkan atasan {who}").format(who=queries.who(uow.connection, ids))
            _check_superior(uow, ids, superior_id)
            for number, current in _current(uow, ids).items():
                if current["superior_id"] != superior_id:
                    _keep_place(uow, number, current, since)
            uow.update_many(Employee, [(number, {"superior_id": superior_id}) for number in ids])
        return uow.change_set

    @needs(Right.PEOPLE)
    def set_unit_heads(self, heads: Mapping[int, int], initiator: object = None) -> ChangeSet:
        """Make employees the heads of units (unit id → employee id): they assess its people, unless these have a
        superior of their own.
        """
        label = _("Tetapkan pimpinan {n} unit").format(n=len(heads))
        with self._database.write("unit.heads", label, initiator=initiator) as uow:
            if len(heads) == 1:
                [(unit_id, head_id)] = heads.items()
                unit = uow.connection.scalar(select(Unit.name).where(Unit.id == unit_id))
                name = queries.who(uow.connection, [head_id])
                uow.label = _("Jadikan {name} pimpinan {unit}").format(name=name, unit=unit)
            blank = {"head_name": None, "head_position": None}
            uow.update_many(Unit, [(unit_id, {"head_id": head_id, **blank}) for unit_id, head_id in heads.items()])
        return uow.change_set

    @needs(Right.PEOPLE, scope="unit_id")
    def set_unit_head(self, unit_id: int, employee_id: int, initiator: object = None) -> ChangeSet:
        """The same for one unit."""
        return self.set_unit_heads({unit_id: employee_id}, initiator)

    # -- inside -------------------------------------------------------------------------------------------

    def _write(self, kind: str, label: str, name: str, initiator: object) -> AbstractContextManager[UnitOfWork]:
        return self._database.write(kind, label.format(name=name), initiator=initiator)

    def _set(self, employee_id: int, kind: str, label: str, changes: Mapping[str, Any], initiator: object) -> ChangeSet:
        name = self.detail(employee_id).row.name
        with self._write(kind, label, name, initiator) as uow:
            uow.update(Employee, employee_id, changes)
        return uow.change_set

    def _accepted(self, command: EmployeeCommand, employee_id: int | None) -> dict[str, Any]:
        """Column values of a command that has no errors; raises :class:`InputError` otherwise."""
        issues = self.check(command, employee_id)
        errors = [issue for issue in issues if issue.severity is Severity.ERROR]
        if errors:
            raise InputError(
                _("{n} isian perlu dibetulkan.").format(n=len(errors)),
                _("Betulkan isian yang ditandai, lalu simpan lagi."),
                issues=issues,
            )
        values = stored_values(command.values())
        values["nip"] = parse_nip(command.nip, on=self.today).digits if command.nip else None
        return values


def _current(uow: UnitOfWork, ids: Sequence[int]) -> dict[int, Mapping[str, Any]]:
    table = Employee.__table__
    rows: dict[int, Mapping[str, Any]] = {}
    for chunk in chunks(ids):
        query = select(table).where(table.c.id.in_(chunk))
        rows |= {row["id"]: dict(row) for row in uow.connection.execute(query).mappings()}
    return rows


def _keep_place(uow: UnitOfWork, employee_id: int, current: Mapping[str, Any], until: date) -> None:
    """Write the place that ends; a second move on the same day replaces the first and leaves no empty span."""
    last = uow.connection.scalar(
        select(func.max(FormerPlacement.until)).where(FormerPlacement.employee_id == employee_id)
    )
    if last is not None and until < last:
        message = _("Tanggal berlaku harus sesudah perpindahan terakhir ({last}).").format(last=format_short_date(last))
        raise InputError(
            message,
            _("Isi tanggal yang lebih baru, atau urungkan perpindahan sebelumnya."),
            issues=[Issue("effective_from_order", message, field="effective_from")],
        )
    if until != last:
        uow.insert(FormerPlacement, rules.former_placement(employee_id, current, until))


def _check_superior(uow: UnitOfWork, ids: Iterable[int], superior_id: int | None) -> None:
    if superior_id is None:
        return
    above = queries.superiors_above(uow.connection, superior_id)
    if assignment.superior_cycle(ids, superior_id, above) is not None:
        message = _("Atasan ini berada di bawah pegawai itu sendiri; keduanya akan saling menjadi atasan.")
        raise InputError(
            message,
            _("Pilih atasan lain, atau kosongkan agar pimpinan unit yang menilai."),
            issues=[Issue("superior_cycle", message, field="superior_id")],
        )

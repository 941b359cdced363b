"""What the database knows about the people of a file, gathered in few queries before a plan is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from asn_desktop.appraisal.model import AppraisalPeriod, Evaluation
from asn_desktop.core.chunks import chunks
from asn_desktop.core.i18n import _
from asn_desktop.core.name_match import alike
from asn_desktop.core.names import search_key
from asn_desktop.exchange.read_file import ReadFile
from asn_desktop.exchange.records import CleanRow
from asn_desktop.exchange.superiors import person_key
from asn_desktop.exchange.worksheet.columns import RID
from asn_desktop.personnel import queries as personnel_queries
from asn_desktop.personnel.model import Employee
from asn_desktop.storage.base import aliased
from asn_desktop.storage.offices import ours

RATED = ("result_rating", "behaviour_rating", "notes")
"""The fields of an evaluation that workbooks bring."""
Stored = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the database knows about the people of a file.

    ``by_nip`` holds all columns plus unit, opd and superior_nip; ``namesakes`` the same by a NIP of the file that
    is not stored: people who may be its owner under another number (:func:`may_be`); ``numberless`` by name key those
    who have no NIP (PPPK Paruh Waktu); ``by_prefix`` finds employees whose NIP begins with some digits.
    """

    by_nip: Mapping[str, Stored]
    namesakes: Mapping[str, Sequence[Stored]]
    by_prefix: Callable[[str], Sequence[Stored]]
    numberless: Mapping[str, Sequence[Stored]] = field(default_factory=dict)


Lock = tuple[str, str, str]
"""Why nothing may be changed: code, sentence, next step."""


@dataclass(frozen=True, slots=True)
class Known:
    """An employee, and what is stored now in the fields that a workbook may fill.

    ``locked`` says why nothing may be changed; ``member`` whether the record that the fields belong to exists at all (a
    place in the training event); ``origin`` what else the rules of a worksheet need.
    """

    employee_id: int
    rid: str
    nip: str
    name: str
    held: Mapping[str, Any]
    locked: Lock | None = None
    member: bool = True
    origin: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(
        cls, row: Mapping[str, Any], held: Mapping[str, Any], locked: Lock | None = None, *, member: bool = True
    ) -> Known:
        """From an employee as the queries of imports give it."""
        return cls(row["id"], row["rid"], row["nip"] or "", row["name"], held, locked, member, {"opd": row["opd"]})


@dataclass(frozen=True, slots=True)
class People:
    """The employees that the rows of a file can be about."""

    by_rid: Mapping[str, Known]
    by_nip: Mapping[str, Known]

    @classmethod
    def of(cls, people: Iterable[Known]) -> People:
        found = list(people)
        return cls({one.rid: one for one in found}, {one.nip: one for one in found if one.nip})


def personnel_snapshot(connection: Connection, read: ReadFile) -> Snapshot:
    """Stored employees with the NIPs or, for those not found, the names of a file."""
    rows = read.rows
    nips = {row.values["nip"] for row in rows if row.values.get("nip")}
    by_nip = personnel_queries.import_snapshot(connection, nips)
    damaged = by_prefix(connection, set(read.damaged.values()))
    namesakes = _namesakes(connection, [row for row in rows if row.values.get("nip") not in by_nip])
    return Snapshot(by_nip, namesakes, lambda prefix: damaged.get(prefix, ()), _numberless(connection))


def _namesakes(connection: Connection, rows: Sequence[CleanRow]) -> dict[str, list[Mapping[str, Any]]]:
    """NIP that is not stored → stored people who may be its owner under another number."""
    if not rows or not _any_employee(connection):
        return {}
    by_birth: dict[str, list[CleanRow]] = {}
    by_name: dict[str, list[CleanRow]] = {}
    for row in rows:
        if row.values.get("nip") and row.values.get("name") and not row.refused:
            by_name.setdefault(search_key(row.values["name"]), []).append(row)
            for birth in births(row):
                by_birth.setdefault(birth, []).append(row)
    if not by_name:
        return {}
    query = select(Employee.nip, Employee.name, Employee.name_key, Employee.birth_date).where(
        ours(Employee), Employee.nip.is_not(None)
    )
    found: dict[str, set[str]] = {}
    for nip, name, key, born in connection.execute(query):
        same_day = [row for birth in birthdays(nip or "", born) for row in by_birth.get(birth, ())]
        for row in (*by_name.get(key, ()), *same_day):
            if nip and may_be(row, name, nip, born):
                found.setdefault(row.values["nip"], set()).add(nip)
    stored = personnel_queries.import_snapshot(connection, {nip for nips in found.values() for nip in nips})
    return {nip: [stored[other] for other in sorted(others)] for nip, others in found.items()}


def _numberless(connection: Connection) -> dict[str, list[Mapping[str, Any]]]:
    """Employees without a NIP, by name key."""
    ids = connection.scalars(select(Employee.id).where(ours(Employee), Employee.nip.is_(None)))
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in personnel_queries.import_rows(connection, list(ids)):
        found.setdefault(row["name_key"], []).append(row)
    return found


def superiors(connection: Connection) -> dict[str, str]:
    """Person → superior by appointment, of everybody who has one, each by NIP, or by name where there is none yet
    (:func:`~.superiors.person_key`)."""
    superior = aliased(Employee)
    query = (
        select(Employee.nip, Employee.name_key, superior.nip, superior.name_key)
        .join(superior, superior.id == Employee.superior_id)
        .where(ours(Employee), ours(superior))
    )
    return {
        person_key(nip, name): person_key(above_nip, above_name)
        for nip, name, above_nip, above_name in connection.execute(query)
    }


def people_on_sheet(connection: Connection, read: ReadFile) -> dict[int, dict[str, Any]]:
    """Every employee that a row of a worksheet names by record id or by NIP, by id."""
    rids = sorted({str(row.values[RID]) for row in read.rows if row.values.get(RID)})
    nips = {row.values["nip"] for row in read.rows if row.values.get("nip")}
    ids = set(personnel_queries.find_by_nips(connection, nips).values())
    for chunk in chunks(rids):
        ids.update(connection.scalars(select(Employee.id).where(Employee.rid.in_(chunk))))
    return {row["id"]: row for row in personnel_queries.import_rows(connection, ids)}


def people_by_nip(connection: Connection, read: ReadFile) -> dict[str, tuple[int, str]]:
    """The employees that the rows of a file name: NIP → id and name."""
    nips = {row.values["nip"] for row in read.rows if row.values.get("nip")}
    stored = personnel_queries.import_snapshot(connection, nips)
    return {row["nip"]: (row["id"], row["name"]) for row in stored.values()}


def rated(
    connection: Connection, people: Iterable[Stored], period: str, excluded: Mapping[int, str], *, closed: bool
) -> dict[int, Known]:
    """Employees by id, with what their evaluations of ``period`` hold.

    ``excluded`` gives for employees who are not evaluated the reason; anybody else can be rated, unless the period is
    ``closed`` or the evaluation final.
    """
    rows = {row["id"]: row for row in people}
    evaluations = _held_ratings(connection, list(rows), period)
    found = {}
    for number, row in rows.items():
        evaluation = evaluations.get(number)
        values = {key: getattr(evaluation, key, None) for key in RATED}
        lock = _rating_lock(excluded.get(number, ""), closed or getattr(evaluation, "state", "") == "final")
        found[number] = Known.of(row, values, lock)
    return found


def _rating_lock(excluded: str, final: bool) -> Lock | None:
    if excluded:
        text = _("Pegawai ini tidak dinilai pada periode ini: {reason}.").format(reason=excluded)
        return "employee_not_evaluated", text, _("Periksa kedudukan hukum dan tanggalnya di tab Pegawai.")
    if final:
        text = _("Evaluasi ini sudah terkunci; perubahan lewat impor ditolak.")
        return "evaluation_final", text, _("Buka evaluasinya, pilih “Perbaiki …”, lalu tulis alasannya.")
    return None


def _held_ratings(connection: Connection, ids: Sequence[int], period: str) -> dict[int, Any]:
    columns = (getattr(Evaluation, key) for key in ("employee_id", "state", *RATED))
    query = select(*columns).join(AppraisalPeriod, AppraisalPeriod.id == Evaluation.period_id)
    found: dict[int, Any] = {}
    for chunk in chunks(ids):
        rows = connection.execute(query.where(AppraisalPeriod.code == period, Evaluation.employee_id.in_(chunk)))
        found.update({row.employee_id: row for row in rows})
    return found


def by_prefix(connection: Connection, prefixes: Iterable[str]) -> dict[str, list[Stored]]:
    """Stored employees whose NIP begins with each of the prefixes."""
    found: dict[str, list[Stored]] = {}
    for prefix in prefixes:
        query = select(Employee.nip).where(
            ours(Employee), Employee.nip.between(prefix, prefix + "9" * (18 - len(prefix)))
        )
        nips = [nip for nip in connection.scalars(query) if nip]
        found[prefix] = list(personnel_queries.import_snapshot(connection, nips).values())
    return found


def _any_employee(connection: Connection) -> bool:
    return connection.scalar(select(Employee.id).limit(1)) is not None


def may_be(row: CleanRow, stored_name: str, stored_nip: str, born: date | None) -> bool:
    """Whether a number that nobody has may belong to this stored person: the same name in whatever spelling, and the
    same birthday or all digits of the number but one."""
    same_birth = not births(row).isdisjoint(birthdays(stored_nip, born))
    return (same_birth or one_digit_apart(row.values["nip"], stored_nip)) and alike(row.values["name"], stored_name)


def births(row: CleanRow) -> set[str]:
    """When somebody was born, by the file and by the number: a court may correct a date without a new number."""
    said = row.values.get("birth_date")
    return birthdays(row.values["nip"], said if isinstance(said, date) else None)


def birthdays(nip: str, born: date | None) -> set[str]:
    """YYYYMMDD, as the number begins, and the date beside it."""
    return {nip[:8], f"{born.year}{born.month:02}{born.day:02}"} if born else {nip[:8]}


def one_digit_apart(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1

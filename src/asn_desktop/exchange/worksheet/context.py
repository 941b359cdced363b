"""What the database holds about the people of a returned worksheet, and the rules of its kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select

from asn_desktop.core.i18n import _
from asn_desktop.exchange import snapshots
from asn_desktop.exchange.people_file import ReadFile
from asn_desktop.exchange.worksheet.kinds import PARTICIPANTS, PERSONNEL_SHEET, RATINGS, RID
from asn_desktop.exchange.worksheet.people import Known, People
from asn_desktop.exchange.worksheet.rules import PersonnelRules
from asn_desktop.personnel import queries as personnel_queries
from asn_desktop.personnel.model import Employee
from asn_desktop.reference import queries as reference_queries
from asn_desktop.reference.rules import match_name
from asn_desktop.training.model import Participant
from asn_desktop.training.queries import EventRow
from asn_desktop.training.rules import EventState

_CHUNK = 500
Lock = tuple[str, str, str]


def rated_people(
    connection: Connection, read: ReadFile, period: str, excluded: Mapping[int, str], *, closed: bool
) -> People:
    """With the ratings of a period. ``excluded`` gives for people who are not evaluated the reason."""
    stored = _stored(connection, read)
    held = snapshots.held_ratings(connection, list(stored), period)
    people = []
    for number, row in stored.items():
        found = held.get(number)
        values = {key: getattr(found, key, None) for key in RATINGS.fields}
        lock = _rating_lock(excluded.get(number, ""), closed or getattr(found, "state", "") == "final")
        people.append(_known(row, values, lock))
    return _people(people)


def stored_people(connection: Connection, read: ReadFile) -> People:
    """With the personnel fields that a worksheet may correct."""
    return _people(
        _known(row, {key: row[key] for key in PERSONNEL_SHEET.fields}, None)
        for row in _stored(connection, read).values()
    )


def personnel_rules(connection: Connection, read: ReadFile) -> PersonnelRules:
    """With the unit tree, and the superiors as they would be once the file's own changes are in."""
    units = reference_queries.units(connection)
    names = {unit.id: unit.name for unit in units}
    below: dict[str, set[str]] = {}
    for unit in units:
        if unit.opd_id is not None:
            below.setdefault(match_name(names[unit.opd_id]), set()).add(match_name(unit.name))
    typed = {row.values["nip"]: row.values.get("superior_nip") for row in read.rows if row.values.get("nip")}
    named = {str(nip) for nip in typed.values() if isinstance(nip, str)}
    return PersonnelRules(
        units={opd: frozenset(found) for opd, found in below.items()},
        above={**snapshots.superiors(connection), **{nip: up for nip, up in typed.items() if isinstance(up, str)}},
        known=frozenset(personnel_queries.find_by_nips(connection, named)),
    )


def participating_people(connection: Connection, read: ReadFile, event: EventRow) -> People:
    """With their place in the event, those without one included: they may be nominated."""
    stored = _stored(connection, read)
    table = Participant.__table__
    query = select(table).where(table.c.event_id == event.id)
    places = {row["employee_id"]: dict(row) for row in connection.execute(query).mappings()}
    lock = _event_lock(event)
    people = []
    for number, row in stored.items():
        place: Mapping[str, Any] = places.get(number, {})
        values = {key: place.get(key) for key in PARTICIPANTS.fields}
        people.append(_known(row, values, lock or _inactive(row, bool(place)), member=bool(place)))
    return _people(people)


def _known(row: Mapping[str, Any], held: Mapping[str, Any], lock: Lock | None, *, member: bool = True) -> Known:
    return Known(row["id"], row["rid"], row["nip"] or "", row["name"], held, lock, member, {"opd": row["opd"]})


def _people(found: Iterable[Known]) -> People:
    people = list(found)
    return People({person.rid: person for person in people}, {person.nip: person for person in people if person.nip})


def _stored(connection: Connection, read: ReadFile) -> dict[int, dict[str, Any]]:
    """Every employee that a row names by record id or by NIP."""
    rids = sorted({str(row.values[RID]) for row in read.rows if row.values.get(RID)})
    nips = {row.values["nip"] for row in read.rows if row.values.get("nip")}
    ids = set(personnel_queries.find_by_nips(connection, nips).values())
    for start in range(0, len(rids), _CHUNK):
        ids.update(connection.scalars(select(Employee.id).where(Employee.rid.in_(rids[start : start + _CHUNK]))))
    return {row["id"]: row for row in personnel_queries.import_rows(connection, ids)}


def _rating_lock(excluded: str, final: bool) -> Lock | None:
    if excluded:
        text = _("Pegawai ini tidak dinilai pada periode ini: {reason}.").format(reason=excluded)
        return "employee_not_evaluated", text, _("Periksa kedudukan hukum dan tanggalnya di tab Pegawai.")
    if final:
        text = _("Evaluasi ini sudah terkunci; perubahan lewat impor ditolak.")
        return "evaluation_final", text, _("Buka evaluasinya, pilih “Perbaiki …”, lalu tulis alasannya.")
    return None


def _event_lock(event: EventRow) -> Lock | None:
    if event.state in (EventState.CANCELLED, EventState.POSTPONED):
        text = _("“{name}” tidak berlangsung, jadi pesertanya tidak dapat diubah.").format(name=event.name)
        return "event_not_held", text, _("Ubah dahulu status kegiatan di Kalender Pelatihan.")
    return None


def _inactive(row: Mapping[str, Any], member: bool) -> Lock | None:
    if row["active"] or member:
        return None
    return "participant_inactive", _("Pegawai ini tidak aktif lagi, jadi tidak diusulkan."), _("Periksa tab Pegawai.")

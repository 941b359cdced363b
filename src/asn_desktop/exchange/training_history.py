"""Trainings that people bring along: one row is one training of one person."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from asn_desktop.core.i18n import N_, _
from asn_desktop.core.indonesian import format_date
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.core.progress import Progress
from asn_desktop.exchange import snapshots
from asn_desktop.exchange.column_cleaner import ERASE
from asn_desktop.exchange.import_kind import ImportKind, OfficeData, build, taken
from asn_desktop.exchange.plan import Fate, FieldChange, ImportPlan, PlannedRow, planned
from asn_desktop.exchange.planner import Policy, place, plan_rows, unknown_person
from asn_desktop.exchange.read_file import ReadFile
from asn_desktop.exchange.records import CleanRow
from asn_desktop.personnel.queries import find_by_nips
from asn_desktop.storage import change_log
from asn_desktop.storage.unit_of_work import UnitOfWork
from asn_desktop.training.history_columns import HISTORY_COLUMNS
from asn_desktop.training.history_import import Attended, EventKey, HeldPlace, event_key, held_places, record_history
from asn_desktop.training.rules import ParticipantState

_COMPARED = {"jp": "jp_credited", "certificate_number": "certificate_number", "certificate_date": "certificate_date"}
"""Field of the file → field of the place that it is compared with."""


class TrainingHistory(ImportKind):
    key = "training-history"
    title = N_("Riwayat pelatihan")
    columns = HISTORY_COLUMNS
    by_headings = False  # a list of people may have a column about their trainings, too
    one_row_each = False

    def plan(self, data: OfficeData, read: ReadFile, period: str | None) -> ImportPlan:
        with data.database.read() as connection:
            head = change_log.head(connection)[0]
            people = snapshots.people_by_nip(connection, read)
            places = held_places(connection, {number for number, _name in people.values()})
        return build(read, self, None, plan_rows(HistoryPolicy(read, people, places, data.today)), head)

    def apply(self, data: OfficeData, uow: UnitOfWork, plan: ImportPlan, progress: Progress) -> str | None:
        rows = taken(plan)
        people = find_by_nips(uow.connection, {row.nip for row in rows})
        record_history(uow, [attended(row, people) for row in rows])
        return None


@dataclass(frozen=True)
class HistoryPolicy(Policy):
    """One row is one training of one person. ``people``: NIP → (id, name as stored); ``places``: what they hold in
    events already."""

    people: Mapping[str, tuple[int, str]]
    places: Mapping[tuple[int, EventKey], HeldPlace]
    today: date

    def owner(self, row: CleanRow) -> str | None:
        found = self.people.get(str(row.values.get("nip") or ""))
        return None if found is None else found[1]

    def identity(self, row: CleanRow) -> Hashable:
        if row.refused or (row.sheet, row.row) in self.read.damaged or self.problem(row) is not None:
            return None
        return str(row.values["nip"]), _key(row)

    def says(self, row: CleanRow) -> object:
        return None  # which of two trainings that differ is right cannot be chosen here: see repeated

    def problem(self, row: CleanRow) -> Issue | None:
        return self._problems.get((row.sheet, row.row))

    def compare(self, row: CleanRow) -> PlannedRow:
        held = self._place(row)
        if held is None:
            return planned(row, Fate.NEW)
        changes = []
        if held.state != ParticipantState.ATTENDED:
            changes.append(FieldChange("state", held.state, ParticipantState.ATTENDED.value))
        for key, stored in _COMPARED.items():
            value, before = _said(row.values, key), getattr(held, stored)
            if value is None:
                row.values[key] = before  # a blank cell says nothing: what is known stays
            elif value != before:
                changes.append(FieldChange(key, before, value))
        return planned(row, Fate.CHANGED if changes else Fate.SAME, changes=tuple(changes), target=held.id)

    def agreement(self, row: CleanRow) -> str:
        return _("Pelatihan ini memang milik {name}").format(name=self.owner(row))

    def repeated(self, row: CleanRow, first: CleanRow) -> PlannedRow:
        if all(_said(row.values, key) == _said(first.values, key) for key in _COMPARED):
            text = _("Pelatihan ini sudah ada di {other}; baris ini tidak dipakai.")
            hint, severity, fate = "", Severity.NOTE, Fate.SAME
        else:
            text = _("Pelatihan ini sudah ada di {other} dengan JP atau sertifikat lain.")
            hint, severity = _("Hapus baris yang salah di berkas, lalu impor lagi."), Severity.ERROR
            fate = Fate.REJECTED
        text = text.format(other=place(first))
        row.issues.append(self.read.issue(row, "training", "duplicate_in_file", text, hint, severity=severity))
        return planned(row, fate)

    def _place(self, row: CleanRow) -> HeldPlace | None:
        return self.places.get((self.people[str(row.values["nip"])][0], _key(row)))

    @cached_property
    def _problems(self) -> Mapping[tuple[str, int], Issue]:
        sound = (row for row in self.read.rows if not row.refused)
        return {(row.sheet, row.row): found for row in sound if (found := self._problem(row)) is not None}

    def _problem(self, row: CleanRow) -> Issue | None:
        values, issue = row.values, self.read.issue
        if self.owner(row) is None:
            return unknown_person(self.read, row)
        for column in HISTORY_COLUMNS.required:
            if _said(values, column.key) is None:
                text = _("{field} belum diisi.").format(field=_(column.label))
                return issue(row, column.key, "history_incomplete", text, _("Lengkapi di berkas, lalu impor lagi."))
        starts, ends = values["starts"], _ends(values)
        if ends < starts:
            text = _("Tanggal selesai {ends} mendahului tanggal mulai {starts}.")
            text = text.format(ends=format_date(ends), starts=format_date(starts))
            return issue(row, "ends", "history_dates", text, _("Betulkan kedua tanggal di berkas."))
        if ends > self.today:
            text = _("Pelatihan ini baru selesai {day}, jadi belum menjadi riwayat.").format(day=format_date(ends))
            hint = _("Catat sebagai kegiatan di Kalender Pelatihan, lalu isi kehadirannya sesudah selesai.")
            return issue(row, "ends", "history_future", text, hint)
        held = self._place(row)
        if held is not None and held.state == ParticipantState.ABSENT:
            text = _("Kalender mencatat pegawai ini tidak hadir pada pelatihan ini.")
            hint = _("Bila ternyata hadir, ubah kehadirannya di Kalender Pelatihan.")
            return issue(row, "training", "history_absent", text, hint)
        return None


def attended(row: PlannedRow, people: Mapping[str, int]) -> Attended:
    """An agreed row as the training calendar takes it."""
    values = row.values
    return Attended(
        people[row.nip], str(values["training"]), str(values["form"]), values["starts"], _ends(values),
        int(values["jp"]), str(_said(values, "provider") or ""), _said(values, "certificate_number"),
        _said(values, "certificate_date"), row.target,
    )  # fmt: skip


def _key(row: CleanRow) -> EventKey:
    return event_key(str(row.values["training"]), row.values["starts"], _ends(row.values))


def _ends(values: Mapping[str, Any]) -> date:
    """A training without a last day lasted one day."""
    found = _said(values, "ends") or values["starts"]
    assert isinstance(found, date)
    return found


def _said(values: Mapping[str, Any], key: str) -> Any:
    value = values.get(key)
    return None if value is ERASE or value == "" else value

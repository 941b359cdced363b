"""Compare a training history with what the data holds: the fate of each row. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_date
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.exchange.cells import ERASE
from asn_desktop.exchange.people_file import ReadFile
from asn_desktop.exchange.plan import Fate, FieldChange, PlannedRow, planned
from asn_desktop.exchange.records import CleanRow
from asn_desktop.exchange.strangers import Strangers, find_strangers, held, questioned, refused
from asn_desktop.training.history_columns import HISTORY_COLUMNS
from asn_desktop.training.history_import import Attended, EventKey, HeldPlace, event_key
from asn_desktop.training.rules import ParticipantState

_COMPARED = {"jp": "jp_credited", "certificate_number": "certificate_number", "certificate_date": "certificate_date"}
"""Field of the file → field of the place that it is compared with."""


@dataclass(frozen=True, slots=True)
class HistoryContext:
    """``people``: NIP → (id, name as stored); ``places``: what they hold in events already."""

    people: Mapping[str, tuple[int, str]]
    places: Mapping[tuple[int, EventKey], HeldPlace]
    today: date


def plan_history(read: ReadFile, context: HistoryContext) -> list[PlannedRow]:
    """One row is one training of one person. The same training twice in the file counts once."""
    strangers = find_strangers(read, lambda row: _owner(row, context))
    first: dict[tuple[str, EventKey], CleanRow] = {}
    rows = []
    for row in read.rows:
        if strangers.refuses(row):
            rows.append(refused(row, read, strangers))
        elif row.refused or (row.sheet, row.row) in read.damaged:
            rows.append(planned(row, Fate.REJECTED))
        elif (problem := _problem(row, read, context)) is not None:
            row.issues.append(problem)
            rows.append(planned(row, Fate.REJECTED))
        else:
            other = first.setdefault((str(row.values["nip"]), _key(row)), row)
            rows.append(_settled(row, read, context, strangers) if other is row else _repeated(row, other, read))
    return rows


def attended(row: PlannedRow, people: Mapping[str, int]) -> Attended:
    """An agreed row as the training calendar takes it."""
    values = row.values
    return Attended(
        people[row.nip], str(values["training"]), str(values["form"]), values["starts"], _ends(values),
        int(values["jp"]), str(_said(values, "provider") or ""), _said(values, "certificate_number"),
        _said(values, "certificate_date"), row.target,
    )  # fmt: skip


def _settled(row: CleanRow, read: ReadFile, context: HistoryContext, strangers: Strangers) -> PlannedRow:
    compared = _compared(row, context)
    if questioned(row, read, strangers) or row.doubt:
        name = context.people[str(row.values["nip"])][1]
        label = _("Pelatihan ini memang milik {name}").format(name=name)
        return held(replace(compared, issues=tuple(row.issues)), label)
    return compared


def _compared(row: CleanRow, context: HistoryContext) -> PlannedRow:
    person = context.people[str(row.values["nip"])][0]
    place = context.places.get((person, _key(row)))
    if place is None:
        return planned(row, Fate.NEW)
    changes = []
    if place.state != ParticipantState.ATTENDED:
        changes.append(FieldChange("state", place.state, ParticipantState.ATTENDED.value))
    for key, stored in _COMPARED.items():
        value, before = _said(row.values, key), getattr(place, stored)
        if value is None:
            row.values[key] = before  # a blank cell says nothing: what is known stays
        elif value != before:
            changes.append(FieldChange(key, before, value))
    return planned(row, Fate.CHANGED if changes else Fate.SAME, changes=tuple(changes), target=place.id)


def _problem(row: CleanRow, read: ReadFile, context: HistoryContext) -> Issue | None:
    """What keeps a row from being written at all."""
    values = row.values
    nip = str(values.get("nip") or "")
    if nip not in context.people:
        text, hint = (
            _("Tidak ada pegawai dengan NIP ini."),
            _("Impor dahulu data pegawainya, atau betulkan NIP di berkas."),
        )
        return read.issue(row, "nip", "employee_unknown", text, hint, value=nip)
    for column in HISTORY_COLUMNS.required:
        if _said(values, column.key) is None:
            text = _("{field} belum diisi.").format(field=_(column.label))
            return read.issue(row, column.key, "history_incomplete", text, _("Lengkapi di berkas, lalu impor lagi."))
    starts, ends = values["starts"], _ends(values)
    if ends < starts:
        text = _("Tanggal selesai {ends} mendahului tanggal mulai {starts}.")
        text = text.format(ends=format_date(ends), starts=format_date(starts))
        return read.issue(row, "ends", "history_dates", text, _("Betulkan kedua tanggal di berkas."))
    if ends > context.today:
        text = _("Pelatihan ini baru selesai {day}, jadi belum menjadi riwayat.").format(day=format_date(ends))
        hint = _("Catat sebagai kegiatan di Kalender Pelatihan, lalu isi kehadirannya sesudah selesai.")
        return read.issue(row, "ends", "history_future", text, hint)
    place = context.places.get((context.people[nip][0], _key(row)))
    if place is not None and place.state == ParticipantState.ABSENT:
        text = _("Kalender mencatat pegawai ini tidak hadir pada pelatihan ini.")
        hint = _("Bila ternyata hadir, ubah kehadirannya di Kalender Pelatihan.")
        return read.issue(row, "training", "history_absent", text, hint)
    return None


def _repeated(row: CleanRow, first: CleanRow, read: ReadFile) -> PlannedRow:
    other = _("{sheet} baris {number}").format(sheet=first.sheet, number=first.row)
    if all(_said(row.values, key) == _said(first.values, key) for key in _COMPARED):
        text = _("Pelatihan ini sudah ada di {other}; baris ini tidak dipakai.").format(other=other)
        row.issues.append(read.issue(row, "training", "duplicate_in_file", text, severity=Severity.NOTE))
        return planned(row, Fate.SAME)
    text = _("Pelatihan ini sudah ada di {other} dengan JP atau sertifikat lain.").format(other=other)
    row.issues.append(
        read.issue(row, "training", "duplicate_in_file", text, _("Hapus baris yang salah di berkas, lalu impor lagi."))
    )
    return planned(row, Fate.REJECTED)


def _owner(row: CleanRow, context: HistoryContext) -> str | None:
    found = context.people.get(str(row.values.get("nip") or ""))
    return None if found is None else found[1]


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

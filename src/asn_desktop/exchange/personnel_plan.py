"""Compare rows about employees with the database. Pure: the snapshot comes in, proposals go out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Issue, Location, Severity
from asn_desktop.core.names import search_key
from asn_desktop.exchange.cells import ERASE
from asn_desktop.exchange.plan import (
    CleanRow,
    Fate,
    FieldChange,
    Option,
    PlannedRow,
    has_error,
    ignored_row,
    rejected_row,
)
from asn_desktop.reference.rules import match_name

Stored = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the database knows about the people of a file.

    ``by_nip`` holds all columns plus unit, opd and superior_nip; ``by_name`` the same rows by name key;
    ``by_prefix`` finds employees whose NIP begins with some digits.
    """

    by_nip: Mapping[str, Stored]
    by_name: Mapping[str, Sequence[Stored]]
    by_prefix: Callable[[str], Sequence[Stored]]


def plan_personnel(
    rows: Sequence[CleanRow], snapshot: Snapshot, column_of: Callable[[str, str], str]
) -> list[PlannedRow]:
    """The fate of each row. ``column_of(sheet, field)`` is the column letter, for messages."""
    counted = Counter(row.values["nip"] for row in rows if not row.ignored and row.values.get("nip"))
    first: dict[str, CleanRow] = {}
    alike: dict[str, bool] = {}
    for row in rows:
        nip = row.values.get("nip")
        if not row.ignored and nip and counted[nip] > 1:
            if nip not in first:
                first[nip], alike[nip] = row, True
            alike[nip] = alike[nip] and _information(row) == _information(first[nip])
    planned = []
    for row in rows:
        nip = row.values.get("nip") or ""
        if row.ignored:
            planned.append(ignored_row(row))
        elif row.damaged_nip:
            planned.append(_damaged(row, snapshot))
        elif has_error(row.issues):
            planned.append(rejected_row(row))
        elif nip in first and (row is not first[nip] or not alike[nip]):
            planned.append(_duplicate(row, first[nip], alike[nip], snapshot, column_of))
        else:
            planned.append(_compared(row, snapshot, column_of))
    return planned


def _information(row: CleanRow) -> dict[str, Any]:
    return {key: value for key, value in row.values.items() if value is not None}


def _compared(row: CleanRow, snapshot: Snapshot, column_of: Callable[[str, str], str]) -> PlannedRow:
    stored = snapshot.by_nip.get(row.values.get("nip") or "")
    if stored is not None:
        changes = _changes(row.values, stored)
        fate = Fate.CHANGED if changes else Fate.SAME
        return _planned(row, fate, changes=changes, target=stored["id"])
    similar = _similar(row, snapshot)
    if similar is not None:
        text = _("NIP ini berbeda satu angka dari {nip} atas nama yang sama ({name}). Mungkin orang yang sama.")
        row.issues.append(
            Issue(
                "nip_similar",
                text.format(nip=similar["nip"], name=similar["name"]),
                Severity.WARNING,
                _("Bila salah ketik, betulkan NIP di berkas lalu impor lagi."),
                str(row.values["nip"]),
                "nip",
                Location(row.sheet, row.number, column_of(row.sheet, "nip")),
            )
        )
    return _planned(row, Fate.NEW)


def _changes(values: Mapping[str, Any], stored: Stored) -> tuple[FieldChange, ...]:
    """Fields that carry information and differ. Blank never erases; ``[KOSONG]`` does."""
    found = []
    for key, value in values.items():
        if value is None or key in ("unit", "opd"):
            continue
        after = None if value is ERASE else value
        if stored.get(key) != after:
            found.append(FieldChange(key, stored.get(key), after))
    return (*found, *_moves(values, stored))


def _moves(values: Mapping[str, Any], stored: Stored) -> tuple[FieldChange, ...]:
    unit, opd = values.get("unit") or "", values.get("opd") or ""
    own_unit, own_opd = stored.get("unit") or "", stored.get("opd") or ""
    same_opd = not opd or match_name(opd) == match_name(own_opd)
    same_unit = not unit or match_name(unit) == match_name(own_unit)
    if same_opd and same_unit:
        return ()
    changes = []
    if not same_opd:
        changes.append(FieldChange("opd", own_opd or None, opd))
    if not same_unit or not same_opd:
        changes.append(FieldChange("unit", own_unit or None, unit or opd))
    return tuple(changes)


def _similar(row: CleanRow, snapshot: Snapshot) -> Stored | None:
    nip, name = row.values.get("nip"), row.values.get("name")
    if not nip or not name:
        return None
    for stored in snapshot.by_name.get(search_key(name), ()):
        other = stored["nip"] or ""
        if len(other) == len(nip) and sum(a != b for a, b in zip(nip, other, strict=True)) == 1:
            return stored
    return None


def _damaged(row: CleanRow, snapshot: Snapshot) -> PlannedRow:
    """A rounded NIP: only a person may say that it is a certain employee (same first digits, same name)."""
    name = search_key(str(row.values.get("name") or ""))
    options = []
    for stored in snapshot.by_prefix(row.damaged_nip):
        if name and search_key(stored["name"]) == name:
            values = {**row.values, "nip": stored["nip"]}
            changes = _changes(values, stored)
            label = _("Ini {name}, NIP {nip}").format(name=stored["name"], nip=stored["nip"])
            fate = Fate.CHANGED if changes else Fate.SAME
            options.append(Option(f"employee:{stored['rid']}", label, fate, values, changes, stored["id"]))
    if not options:
        return rejected_row(row)
    return _planned(row, Fate.CONFLICT, options=tuple(options))


def _duplicate(
    row: CleanRow, first: CleanRow, alike: bool, snapshot: Snapshot, column_of: Callable[[str, str], str]
) -> PlannedRow:
    """The same NIP again: an exact repetition only needs to be told, a different one needs a decision."""
    where = Location(row.sheet, row.number, column_of(row.sheet, "nip"))
    nip = str(row.values["nip"])
    other = f"{first.sheet} baris {first.number}"
    if alike:
        text = _("NIP ini sudah ada di {other} dengan isi yang sama; baris ini tidak dipakai.").format(other=other)
        row.issues.append(
            Issue("duplicate_in_file", text, Severity.NOTE, _("Hapus salah satu baris."), nip, "nip", where)
        )
        return _planned(row, Fate.CONFLICT)
    text = _("NIP ini ada lebih dari sekali dengan isi berbeda (pertama di {other}).").format(other=other)
    row.issues.append(
        Issue(
            "duplicate_in_file",
            text,
            Severity.DECISION,
            _("Pilih baris yang benar, atau perbaiki berkas lalu impor lagi."),
            nip,
            "nip",
            where,
        )
    )
    compared = _compared(row, snapshot, column_of)
    option = Option("use", _("Pakai baris ini"), compared.fate, compared.values, compared.changes, compared.target)
    return _planned(row, Fate.CONFLICT, options=(option,))


def _planned(
    row: CleanRow,
    fate: Fate,
    *,
    changes: tuple[FieldChange, ...] = (),
    target: int | None = None,
    options: tuple[Option, ...] = (),
) -> PlannedRow:
    return PlannedRow(
        row.sheet,
        row.number,
        fate,
        str(row.values.get("nip") or ""),
        str(row.values.get("name") or ""),
        row.values,
        changes,
        tuple(row.issues),
        target,
        options,
    )

"""Compare rows about employees with the database. Pure: the snapshot comes in, proposals go out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Severity
from asn_desktop.core.names import search_key
from asn_desktop.exchange.cells import ERASE
from asn_desktop.exchange.people_file import ReadFile
from asn_desktop.exchange.plan import Fate, FieldChange, Option, PlannedRow, planned
from asn_desktop.exchange.records import CleanRow
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


def plan_personnel(read: ReadFile, snapshot: Snapshot) -> list[PlannedRow]:
    """The fate of each row of people."""
    counted = Counter(row.values["nip"] for row in read.rows if row.values.get("nip"))
    first: dict[str, CleanRow] = {}
    alike: dict[str, bool] = {}
    for row in read.rows:
        nip = row.values.get("nip")
        if nip and counted[nip] > 1:
            if nip not in first:
                first[nip], alike[nip] = row, True
            alike[nip] = alike[nip] and row.values == first[nip].values
    rows = []
    for row in read.rows:
        nip = row.values.get("nip") or ""
        damaged = read.damaged.get((row.sheet, row.row))
        if damaged:
            rows.append(_damaged(row, damaged, snapshot))
        elif row.refused:
            rows.append(planned(row, Fate.REJECTED))
        elif nip in first and (row is not first[nip] or not alike[nip]):
            rows.append(_duplicate(row, first[nip], alike[nip], read, snapshot))
        else:
            rows.append(_compared(row, read, snapshot))
    return rows


def _compared(row: CleanRow, read: ReadFile, snapshot: Snapshot) -> PlannedRow:
    stored = snapshot.by_nip.get(row.values.get("nip") or "")
    if stored is not None:
        changes = _changes(row.values, stored)
        return planned(row, Fate.CHANGED if changes else Fate.SAME, changes=changes, target=stored["id"])
    similar = _similar(row, snapshot)
    if similar is not None:
        text = _("NIP ini berbeda satu angka dari {nip} atas nama yang sama ({name}). Mungkin orang yang sama.")
        hint = _("Bila salah ketik, betulkan NIP di berkas lalu impor lagi.")
        message = text.format(nip=similar["nip"], name=similar["name"])
        nip = str(row.values["nip"])
        row.issues.append(read.issue(row, "nip", "nip_similar", message, hint, severity=Severity.WARNING, value=nip))
    # The kind of employment is required and the number tells it; what else a NIP tells stays to be entered.
    kind = row.derived.get("employment_kind")
    if kind is not None:
        row.values.setdefault("employment_kind", kind)
    return planned(row, Fate.NEW)


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


def _damaged(row: CleanRow, digits: str, snapshot: Snapshot) -> PlannedRow:
    """A rounded NIP: only a person may say that it is a certain employee (same first digits, same name)."""
    others = [issue for issue in row.issues if issue.severity is Severity.ERROR and issue.field != "nip"]
    name = search_key(str(row.values.get("name") or ""))
    options = []
    for stored in snapshot.by_prefix(digits):
        if name and search_key(stored["name"]) == name and not others:
            values = {**row.values, "nip": stored["nip"]}
            changes = _changes(values, stored)
            label = _("Ini {name}, NIP {nip}").format(name=stored["name"], nip=stored["nip"])
            fate = Fate.CHANGED if changes else Fate.SAME
            options.append(Option(f"employee:{stored['rid']}", label, fate, values, changes, stored["id"]))
    return planned(row, Fate.CONFLICT if options else Fate.REJECTED, options=tuple(options))


def _duplicate(row: CleanRow, first: CleanRow, alike: bool, read: ReadFile, snapshot: Snapshot) -> PlannedRow:
    """The same NIP again: an exact repetition only needs to be told, a different one needs a decision."""
    nip = str(row.values["nip"])
    other = _("{sheet} baris {number}").format(sheet=first.sheet, number=first.row)
    if alike:
        text = _("NIP ini sudah ada di {other} dengan isi yang sama; baris ini tidak dipakai.").format(other=other)
        hint = _("Hapus salah satu baris.")
        row.issues.append(read.issue(row, "nip", "duplicate_in_file", text, hint, severity=Severity.NOTE, value=nip))
        return planned(row, Fate.CONFLICT)
    text = _("NIP ini ada lebih dari sekali dengan isi berbeda (pertama di {other}).").format(other=other)
    hint = _("Pilih baris yang benar, atau perbaiki berkas lalu impor lagi.")
    row.issues.append(read.issue(row, "nip", "duplicate_in_file", text, hint, severity=Severity.DECISION, value=nip))
    compared = _compared(row, read, snapshot)
    option = Option("use", _("Pakai baris ini"), compared.fate, compared.values, compared.changes, compared.target)
    return planned(row, Fate.CONFLICT, options=(option,))

"""Compare rows about employees with the database. Pure: the snapshot comes in, proposals go out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Severity
from asn_desktop.core.name_match import alike
from asn_desktop.core.names import search_key, split_name
from asn_desktop.exchange.cells import ERASE
from asn_desktop.exchange.people_file import ReadFile
from asn_desktop.exchange.plan import Fate, FieldChange, Option, PlannedRow, planned
from asn_desktop.exchange.records import CleanRow
from asn_desktop.exchange.strangers import Strangers, find_strangers, held, questioned, refused
from asn_desktop.reference.rules import match_name

Stored = Mapping[str, Any]
_NAME_PARTS = frozenset({"name", "title_front", "title_back"})


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


def plan_personnel(read: ReadFile, snapshot: Snapshot) -> list[PlannedRow]:
    """The fate of each row of people."""
    counted = Counter(filter(None, map(_identity, read.rows)))
    first: dict[str, CleanRow] = {}
    repeated: dict[str, bool] = {}
    for row in read.rows:
        who = _identity(row)
        if who and counted[who] > 1:
            if who not in first:
                first[who], repeated[who] = row, True
            repeated[who] = repeated[who] and row.values == first[who].values
    strangers = find_strangers(read, lambda row: _owner(row, snapshot))
    twins = _twins(read, snapshot)
    rows = []
    for row in read.rows:
        who = _identity(row)
        damaged = read.damaged.get((row.sheet, row.row))
        if strangers.refuses(row):
            rows.append(refused(row, read, strangers))
        elif damaged:
            rows.append(_damaged(row, damaged, snapshot))
        elif row.refused:
            rows.append(planned(row, Fate.REJECTED))
        elif who in first and (row is not first[who] or not repeated[who]):
            rows.append(_duplicate(row, first[who], repeated[who], read, snapshot, strangers))
        else:
            rows.append(_settled(row, read, snapshot, strangers, twins))
    return rows


def _settled(
    row: CleanRow, read: ReadFile, snapshot: Snapshot, strangers: Strangers, twins: Mapping[str, CleanRow]
) -> PlannedRow:
    """What becomes of a row by itself, and whether a person has to agree to that first."""
    compared = _compared(row, read, snapshot)
    if questioned(row, read, strangers):
        return _by_name(compared, row)
    if row.doubt:
        return held(replace(compared, issues=tuple(row.issues)), _("Pakai baris ini"))
    other = twins.get(str(row.values.get("nip") or ""))
    if other is not None and compared.fate is Fate.NEW:
        _tell_twin(row, other, read)
        return held(replace(compared, issues=tuple(row.issues)), _("Pakai baris ini"))
    return compared


def _owner(row: CleanRow, snapshot: Snapshot) -> str | None:
    stored = snapshot.by_nip.get(row.values.get("nip") or "")
    return None if stored is None else str(stored["name"])


def _by_name(compared: PlannedRow, row: CleanRow) -> PlannedRow:
    """The NIP's owner has another name: a new name of the same person, or everything but the name."""
    waiting = replace(held(compared, _("Orangnya sama, namanya kini {name}").format(name=row.values["name"])),
                      issues=tuple(row.issues))  # fmt: skip
    if waiting.fate is not Fate.CONFLICT:
        return waiting
    values = {key: value for key, value in row.values.items() if key not in _NAME_PARTS}
    rest = tuple(change for change in compared.changes if change.field not in _NAME_PARTS)
    label = _("Orangnya sama, nama di data tetap")
    fate = Fate.CHANGED if rest else Fate.SAME
    return replace(waiting, options=(*waiting.options, Option("keep_name", label, fate, values, rest, compared.target)))


def _identity(row: CleanRow) -> str:
    """Who a row is about: the NIP; without one, name and birthday. Empty for a row that says neither."""
    nip, name = row.values.get("nip"), row.values.get("name")
    if nip or not name:
        return str(nip or "")
    return f"{search_key(str(name))} {row.values.get('birth_date') or ''}"


def _compared(row: CleanRow, read: ReadFile, snapshot: Snapshot) -> PlannedRow:
    stored = snapshot.by_nip.get(row.values.get("nip") or "")
    if stored is not None:
        changes = _changes(row.values, stored)
        return planned(row, Fate.CHANGED if changes else Fate.SAME, changes=changes, target=stored["id"])
    if not row.values.get("name"):
        hint = _("Isi nama lengkap, lalu impor lagi.")
        row.issues.append(read.issue(row, "name", "name_missing", _("Pegawai baru ini belum bernama."), hint))
        return planned(row, Fate.REJECTED)
    # The kind of employment is required and the number tells it; what else a NIP tells stays to be entered.
    kind = row.derived.get("employment_kind")
    if kind is not None:
        row.values.setdefault("employment_kind", kind)
    numberless = snapshot.numberless.get(search_key(row.values["name"]), ())
    if numberless:
        return _without_number(row, numberless, read)
    if namesakes := snapshot.namesakes.get(row.values.get("nip") or ""):
        return _replaced_number(row, namesakes, read)
    return planned(row, Fate.NEW)


def _without_number(row: CleanRow, known: Sequence[Stored], read: ReadFile) -> PlannedRow:
    """A namesake of people who have no NIP yet: name and birthday together tell who it is, the name alone never."""
    nip = row.values.get("nip")
    birth = row.values.get("birth_date") or row.derived.get("birth_date")
    possible = [stored for stored in known if not (birth and stored["birth_date"]) or stored["birth_date"] == birth]
    if not possible:
        return planned(row, Fate.NEW)
    options = [_is_employee(row, stored) for stored in possible]
    certain = [option for stored, option in zip(possible, options, strict=True) if birth and stored["birth_date"]]
    same = [option for option in options if option.fate is Fate.SAME]
    for match in (same, certain):
        if len(match) == 1 and not nip:
            return planned(row, match[0].fate, changes=match[0].changes, target=match[0].target)
    text = (
        _("Ada {name} tanpa NIP dalam data. Mungkin nomornya baru terbit.")
        if nip
        else _("Baris tanpa NIP ini cocok dengan {name} menurut nama saja.")
    ).format(name=possible[0]["name"])
    hint = _("Pilih apakah ini orang yang sama. Sebelum diputuskan, data tidak berubah.")
    row.issues.append(
        read.issue(row, "nip", "person_unsure", text, hint, severity=Severity.DECISION, value=str(nip or ""))
    )
    options.append(Option("new", _("Orang lain: tambahkan sebagai pegawai baru"), Fate.NEW, row.values))
    return planned(row, Fate.CONFLICT, options=tuple(options))


def _is_employee(row: CleanRow, stored: Stored) -> Option:
    """The choice that a row is about a certain stored person."""
    changes = _changes(row.values, stored)
    if stored["nip"]:
        label = _("Ini {name}, NIP {nip}").format(name=stored["name"], nip=stored["nip"])
    else:
        label = _("Ini {name} ({unit})").format(name=stored["name"], unit=stored.get("unit") or "-")
    fate = Fate.CHANGED if changes else Fate.SAME
    return Option(f"employee:{stored['rid']}", label, fate, row.values, changes, stored["id"])


def _changes(values: Mapping[str, Any], stored: Stored) -> tuple[FieldChange, ...]:
    """Fields that carry information and differ. Blank never erases; ``[KOSONG]`` does."""
    found = []
    read_back = _name_read_back(stored)
    for key, value in values.items():
        if value is None or key in ("unit", "opd"):
            continue
        after = None if value is ERASE else value
        if stored.get(key) != after and (after is None or read_back.get(key) != after):
            found.append(FieldChange(key, stored.get(key), after))
    return (*found, *_moves(values, stored))


def _name_read_back(stored: Stored) -> dict[str, str]:
    """What our own export of a name typed in capitals or with its titles would be read as: that says nothing new."""
    front, name, back = split_name(stored["name"])
    return {
        "name": name,
        "title_front": stored["title_front"] or front,
        "title_back": stored["title_back"] or back,
    }


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


def may_be(row: CleanRow, stored_name: str, stored_nip: str, born: date | None) -> bool:
    """Whether a number that nobody has may belong to this stored person: the same name in whatever spelling, and the
    same birthday or all digits of the number but one."""
    same_birth = not births(row).isdisjoint(birthdays(stored_nip, born))
    return (same_birth or _one_digit(row.values["nip"], stored_nip)) and alike(row.values["name"], stored_name)


def births(row: CleanRow) -> set[str]:
    """When somebody was born, by the file and by the number: a court may correct a date without a new number."""
    said = row.values.get("birth_date")
    return birthdays(row.values["nip"], said if isinstance(said, date) else None)


def birthdays(nip: str, born: date | None) -> set[str]:
    """YYYYMMDD, as the number begins, and the date beside it."""
    return {nip[:8], f"{born.year}{born.month:02}{born.day:02}"} if born else {nip[:8]}


def _one_digit(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _replaced_number(row: CleanRow, known: Sequence[Stored], read: ReadFile) -> PlannedRow:
    """A new number for a name and birthday that are known: whether it is the same person is for a person to say."""
    nip, first = str(row.values["nip"]), known[0]
    if _one_digit(nip, first["nip"] or ""):
        code = "nip_similar"
        text = _("NIP ini berbeda satu angka dari {nip} atas nama yang sama ({name}). Orang yang sama?")
    else:
        code = "person_same"
        text = _("{name} dengan tanggal lahir yang sama sudah ada dengan NIP {nip}. Orang yang sama?")
    hint = _("Bila salah ketik, betulkan NIP di berkas lalu impor lagi. Bila nomornya diganti, pilih orangnya.")
    message = text.format(nip=first["nip"], name=first["name"])
    row.issues.append(read.issue(row, "nip", code, message, hint, severity=Severity.DECISION, value=nip))
    options = [
        replace(
            _is_employee(row, stored),
            label=_("Orang yang sama: NIP {old} menjadi {new}").format(old=stored["nip"], new=nip),
        )
        for stored in known
    ]
    options.append(Option("new", _("Orang lain: tambahkan sebagai pegawai baru"), Fate.NEW, row.values))
    return planned(row, Fate.CONFLICT, options=tuple(options))


def _twins(read: ReadFile, snapshot: Snapshot) -> dict[str, CleanRow]:
    """NIP → another row of the file with that name and birthday and a number that is as new."""
    names = Counter(row.values.get("name") for row in read.rows)
    first: dict[tuple[str, date], CleanRow] = {}
    twins: dict[str, CleanRow] = {}
    for row in read.rows:
        nip, name = row.values.get("nip"), row.values.get("name")
        if not name or names[name] == 1 or not nip or nip in snapshot.by_nip or row.refused:
            continue
        birth = row.values.get("birth_date") or row.derived.get("birth_date")
        if isinstance(birth, date):
            other = first.setdefault((name, birth), row)
            if other.values["nip"] != nip and not _clearly_two(row, other):
                twins[nip] = other
                twins.setdefault(other.values["nip"], row)
    return twins


def _clearly_two(row: CleanRow, other: CleanRow) -> bool:
    """Whether the rows say themselves that they are two people: each with a NIK of its own, or of different sex."""
    return any(
        row.values.get(key) and other.values.get(key) and row.values[key] != other.values[key] for key in ("nik", "sex")
    )


def _tell_twin(row: CleanRow, other: CleanRow, read: ReadFile) -> None:
    text = _("Nama dan tanggal lahir ini juga ada di {sheet} baris {number} dengan NIP {nip}. Orang yang sama?").format(
        sheet=other.sheet, number=other.row, nip=other.values["nip"]
    )
    hint = _("Pilih baris yang NIP-nya benar. Bila memang dua orang, pakai kedua baris.")
    nip = str(row.values["nip"])
    row.issues.append(read.issue(row, "nip", "person_twice", text, hint, severity=Severity.DECISION, value=nip))


def _damaged(row: CleanRow, digits: str, snapshot: Snapshot) -> PlannedRow:
    """A rounded NIP: only a person may say that it is a certain employee (same first digits, same name)."""
    others = [issue for issue in row.issues if issue.severity is Severity.ERROR and issue.field != "nip"]
    name = search_key(str(row.values.get("name") or ""))
    options = []
    for stored in snapshot.by_prefix(digits):
        if name and search_key(stored["name"]) == name and not others:
            options.append(_is_employee(replace(row, values={**row.values, "nip": stored["nip"]}), stored))
    return planned(row, Fate.CONFLICT if options else Fate.REJECTED, options=tuple(options))


def _duplicate(
    row: CleanRow, first: CleanRow, same: bool, read: ReadFile, snapshot: Snapshot, strangers: Strangers
) -> PlannedRow:
    """The same person again: an exact repetition only needs to be told, a different one needs a decision."""
    nip = str(row.values.get("nip") or "")
    other = _("{sheet} baris {number}").format(sheet=first.sheet, number=first.row)
    if same:
        text = _("Orang ini sudah ada di {other} dengan isi yang sama; baris ini tidak dipakai.").format(other=other)
        hint = _("Tidak perlu tindakan; agar berkas rapi, hapus salah satu baris.")
        row.issues.append(read.issue(row, "nip", "duplicate_in_file", text, hint, severity=Severity.NOTE, value=nip))
        return planned(row, Fate.IGNORED)
    text = _("Orang ini ada lebih dari sekali dengan isi berbeda (pertama di {other}).").format(other=other)
    hint = _("Pilih baris yang benar, atau perbaiki berkas lalu impor lagi.")
    row.issues.append(read.issue(row, "nip", "duplicate_in_file", text, hint, severity=Severity.DECISION, value=nip))
    questioned(row, read, strangers)
    compared = _compared(row, read, snapshot)
    if compared.fate is Fate.REJECTED or compared.options:
        return compared
    option = Option("use", _("Pakai baris ini"), compared.fate, compared.values, compared.changes, compared.target)
    return planned(row, Fate.CONFLICT, options=(option,))

"""Lists of employees: in from anywhere, out in the canonical layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, select

from asn_desktop.core.chunks import chunks
from asn_desktop.core.i18n import N_, _
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.core.names import search_key, split_name
from asn_desktop.core.progress import Progress
from asn_desktop.exchange import apply, question_dates, question_status, question_units, snapshots, superiors
from asn_desktop.exchange.column_cleaner import ERASE
from asn_desktop.exchange.import_kind import ImportKind, OfficeData, build
from asn_desktop.exchange.plan import Fate, FieldChange, ImportPlan, Option, PlannedRow, planned
from asn_desktop.exchange.planner import Policy, certain_name, plan_rows
from asn_desktop.exchange.read_file import ReadFile
from asn_desktop.exchange.records import CleanRow
from asn_desktop.exchange.snapshots import Snapshot, Stored, one_digit_apart
from asn_desktop.exchange.strangers import held
from asn_desktop.personnel import queries as personnel_queries
from asn_desktop.personnel.columns import PERSONNEL
from asn_desktop.personnel.model import Employee
from asn_desktop.reference import queries as reference_queries
from asn_desktop.reference.rules import match_name
from asn_desktop.storage import change_log
from asn_desktop.storage.offices import ours
from asn_desktop.storage.unit_of_work import UnitOfWork

_NAME_PARTS = frozenset({"name", "title_front", "title_back"})


class PersonnelList(ImportKind):
    key = "personnel"
    title = N_("Daftar pegawai (nominatif, SIMPEG, PPPK)")
    name = N_("daftar pegawai")
    columns = PERSONNEL
    sheet = "PEGAWAI"
    choice = N_("Daftar pegawai")
    instructions = (
        N_("Satu baris satu pegawai. Judul kolom jangan diubah; urutan kolom boleh."),
        N_("NIP dan nomor lain adalah teks. Jangan ubah formatnya menjadi angka: bagian akhirnya akan hilang."),
        N_("Urutan tanggal: hari-bulan-tahun."),
        N_("Sel kosong berarti tidak ada informasi; tulis [KOSONG] untuk menghapus isi."),
    )

    def plan(self, data: OfficeData, read: ReadFile, period: str | None) -> ImportPlan:
        with data.database.read() as connection:
            if named := superiors.named(read):
                wanted = {str(row.values["superior_nip"]) for row in named.values()}
                superiors.leave_out_unknown(read, set(personnel_queries.find_by_nips(connection, wanted)))
                superiors.leave_out_circles(read, snapshots.superiors(connection))
            question_dates.ask(read, data.today)
            question_status.ask(read)
            snapshot = snapshots.personnel_snapshot(connection, read)
            question_units.ask(
                read,
                question_units.Tree.of(reference_queries.units(connection)),
                lambda row: str((snapshot.by_nip.get(row.values.get("nip") or "") or {}).get("opd") or ""),
            )
            head = change_log.head(connection)[0]
        return build(read, self, None, plan_rows(PersonnelPolicy(read, snapshot)), head)

    def apply(self, data: OfficeData, uow: UnitOfWork, plan: ImportPlan, progress: Progress) -> str | None:
        apply.apply_personnel(uow, plan, data.today, progress)
        return None

    def heading(self, office: str, period: str) -> str:
        return _("Data pegawai – {office}").format(office=office)

    def rows(
        self, data: OfficeData, connection: Connection, unit_id: int | None, period: str
    ) -> Iterator[Mapping[str, Any]]:
        """Inactive people too, by name."""
        query = select(Employee.id).order_by(Employee.name_key, Employee.id)
        if unit_id is None:
            query = query.where(ours(Employee))
        else:
            query = query.where(Employee.unit_id.in_(reference_queries.below(connection, unit_id)))
        ids = list(connection.scalars(query))
        for chunk in chunks(ids):
            found = {row["id"]: row for row in personnel_queries.import_rows(connection, chunk)}
            yield from (found[number] for number in chunk)


@dataclass(frozen=True)
class PersonnelPolicy(Policy):
    """Rows about employees; ``snapshot`` holds whoever they may be."""

    snapshot: Snapshot

    def owner(self, row: CleanRow) -> str | None:
        stored = self._stored(row)
        return None if stored is None else str(stored["name"])

    def identity(self, row: CleanRow) -> str | None:
        """The NIP; without one, name and birthday. None for a row that says neither."""
        nip, name = row.values.get("nip"), row.values.get("name")
        if nip or not name:
            return nip or None
        return f"{search_key(str(name))} {row.values.get('birth_date') or ''}"

    def says(self, row: CleanRow) -> object:
        return row.values

    def candidates(self, row: CleanRow, digits: str) -> Iterator[Option]:
        """Employees whose NIP begins with the same digits and who have the same name."""
        name = search_key(str(row.values.get("name") or ""))
        if name and certain_name(row):
            for stored in self.snapshot.by_prefix(digits):
                if search_key(stored["name"]) == name:
                    yield _is_employee(replace(row, values={**row.values, "nip": stored["nip"]}), stored)

    def problem(self, row: CleanRow) -> Issue | None:
        if row.values.get("name") or self._stored(row) is not None:
            return None
        hint = _("Isi nama lengkap, lalu impor lagi.")
        return self.read.issue(row, "name", "name_missing", _("Pegawai baru ini belum bernama."), hint)

    def compare(self, row: CleanRow) -> PlannedRow:
        stored = self._stored(row)
        if stored is not None:
            changes = _changes(row.values, stored)
            return planned(row, Fate.CHANGED if changes else Fate.SAME, changes=changes, target=stored["id"])
        # The kind of employment is required and the number tells it; what else a NIP tells stays to be entered.
        kind = row.derived.get("employment_kind")
        if kind is not None:
            row.values.setdefault("employment_kind", kind)
        numberless = self.snapshot.numberless.get(search_key(row.values["name"]), ())
        if numberless:
            return _without_number(row, numberless, self.read)
        if namesakes := self.snapshot.namesakes.get(row.values.get("nip") or ""):
            return _replaced_number(row, namesakes, self.read)
        return planned(row, Fate.NEW)

    def settle(self, row: CleanRow, compared: PlannedRow, *, strange: bool) -> PlannedRow:
        if strange:
            return _by_name(compared, row)
        other = self._twins.get(str(row.values.get("nip") or ""))
        if not row.doubt and other is not None and compared.fate is Fate.NEW:
            _tell_twin(row, other, self.read)
            return held(replace(compared, issues=tuple(row.issues)), self.agreement(row))
        return super().settle(row, compared, strange=strange)

    def _stored(self, row: CleanRow) -> Stored | None:
        return self.snapshot.by_nip.get(row.values.get("nip") or "")

    @cached_property
    def _twins(self) -> Mapping[str, CleanRow]:
        return _twins(self.read, self.snapshot)


def _by_name(compared: PlannedRow, row: CleanRow) -> PlannedRow:
    """The NIP's owner has another name: a new name of the same person, or everything but the name."""
    waiting = held(compared, _("Orangnya sama, namanya kini {name}").format(name=row.values["name"]))
    if waiting.fate is not Fate.CONFLICT:
        return waiting
    values = {key: value for key, value in row.values.items() if key not in _NAME_PARTS}
    rest = tuple(change for change in compared.changes if change.field not in _NAME_PARTS)
    label = _("Orangnya sama, nama di data tetap")
    fate = Fate.CHANGED if rest else Fate.SAME
    return replace(waiting, options=(*waiting.options, Option("keep_name", label, fate, values, rest, compared.target)))


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


def _replaced_number(row: CleanRow, known: Sequence[Stored], read: ReadFile) -> PlannedRow:
    """A new number for a name and birthday that are known: whether it is the same person is for a person to say."""
    nip, first = str(row.values["nip"]), known[0]
    if one_digit_apart(nip, first["nip"] or ""):
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

"""The fate of each returned row: three-way merge per field, then what the kind of worksheet demands. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Severity
from asn_desktop.exchange.cells import ERASE
from asn_desktop.exchange.people_file import ReadFile
from asn_desktop.exchange.plan import Fate, FieldChange, Option, PlannedRow, planned
from asn_desktop.exchange.records import CleanRow
from asn_desktop.exchange.strangers import find_strangers, questioned, refused
from asn_desktop.exchange.worksheet.basis import comparable
from asn_desktop.exchange.worksheet.kinds import WorksheetKind
from asn_desktop.exchange.worksheet.merge import UNKNOWN, Outcome, merge
from asn_desktop.exchange.worksheet.people import Identified, Known, People, identify

Finding = tuple[str, str, str, str]
"""Field, code, sentence, next step."""


class Rules(Protocol):
    """What one kind of worksheet demands beyond the merge."""

    @property
    def added_rows_are_new(self) -> bool:
        """Whether a row added in Excel is taken by rule; otherwise a person decides."""

    def complete(self, person: Known, incoming: dict[str, Any], *, added: bool) -> None:
        """Add what follows from the rest (somebody written below the list is *Diusulkan*)."""

    def refusal(self, person: Known, changes: Mapping[str, Any]) -> Finding | None:
        """Why these changes (field → new value, None erases) cannot be written for this person."""

    def contradiction(self, row: CleanRow, person: Known, changes: Mapping[str, Any]) -> Finding | None:
        """What the row says against itself: a person decides whether the changes are meant."""

    def values(self, row: CleanRow, person: Known, changes: Mapping[str, Any]) -> dict[str, Any]:
        """What applying needs besides the changed fields."""

    def fate(self, person: Known) -> Fate:
        """NEW where the record is first filled, else CHANGED."""


@dataclass(slots=True)
class Merged:
    """One row after the merge: what they bring, and what both changed."""

    incoming: dict[str, Any] = field(default_factory=dict)
    conflicts: dict[str, Any] = field(default_factory=dict)

    @property
    def says(self) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        return self.incoming, self.conflicts


@dataclass(frozen=True, slots=True)
class WorksheetPlanner:
    """``show`` gives a stored value as people read it."""

    read: ReadFile
    kind: WorksheetKind
    rules: Rules
    show: Callable[[str, Any], str]

    def plan(self, people: People, stamps: Mapping[str, str]) -> list[PlannedRow]:
        """The fate of each row, in the order of the file."""
        found = identify(self.read, people, stamps)
        owners = {(item.row.sheet, item.row.row): item.person.name for item in found if isinstance(item, Identified)}
        strangers = find_strangers(self.read, lambda row: owners.get((row.sheet, row.row)))
        merged = [self._merge(item) if isinstance(item, Identified) else None for item in found]
        first: dict[int, int] = {}
        differ: set[int] = set()
        for place, (item, result) in enumerate(zip(found, merged, strict=True)):
            if isinstance(item, Identified) and result is not None and not item.row.refused:
                before = first.setdefault(item.person.employee_id, place)
                other = merged[before]
                if other is not None and other.says != result.says:
                    differ.add(item.person.employee_id)
        rows = []
        for place, (item, result) in enumerate(zip(found, merged, strict=True)):
            row = item.row if isinstance(item, Identified) else item
            if strangers.refuses(row):
                rows.append(refused(row, self.read, strangers))
                continue
            if not isinstance(item, Identified) or result is None:
                rows.append(planned(row, Fate.REJECTED))
                continue
            who = item.person.employee_id
            questioned(row, self.read, strangers)
            if item.row.refused:
                rows.append(planned(item.row, Fate.REJECTED, target=who))
            elif who in differ:
                rows.append(self._twice(item, result, found[first[who]]))
            elif first[who] != place:
                rows.append(self._repeated(item, found[first[who]]))
            else:
                rows.append(self._fate(item, result))
        return rows

    # -- the merge ------------------------------------------------------------------------------------------

    def _merge(self, item: Identified) -> Merged:
        row, person, basis = item.row, item.person, item.basis
        result = Merged()
        for key in self.kind.fields:
            ours = comparable(key, person.held.get(key))
            base = UNKNOWN if basis is None else basis.values.get(key)
            if key not in row.columns or key not in row.values:
                self._blank(row, key, base, ours)
                continue
            after = None if row.values[key] is ERASE else row.values[key]
            outcome = merge(base, ours, comparable(key, after))
            if outcome is Outcome.INCOMING:
                result.incoming[key] = after
            elif outcome is Outcome.CONFLICT:
                result.conflicts[key] = after
            elif outcome is Outcome.NEWER_HERE:
                self._newer(row, key, base, person.held.get(key))
        self.rules.complete(person, result.incoming, added=basis is None)
        return result

    def _blank(self, row: CleanRow, key: str, base: Any, ours: Any) -> None:
        """A blank cell never erases; where something stood, that is said."""
        if base is UNKNOWN or base is None or ours is None or self.read.layouts[row.sheet].column_of(key) is None:
            return
        text = _("{label} dikosongkan di berkas; isi yang tersimpan tetap.").format(label=self._label(key))
        hint = _("Untuk benar-benar menghapus, tulis [KOSONG] di sel itu.")
        row.issues.append(self.read.issue(row, key, "blank_keeps", text, hint, severity=Severity.NOTE))

    def _newer(self, row: CleanRow, key: str, base: Any, held: Any) -> None:
        text = _("{label} lebih baru di sini: “{ours}”; di lembar kerja masih “{base}”.").format(
            label=self._label(key), ours=self._shown(key, held), base=self._shown(key, base)
        )
        hint = _("Isian di sini tetap.")
        row.issues.append(self.read.issue(row, key, "newer_here", text, hint, severity=Severity.NOTE))

    # -- fates ----------------------------------------------------------------------------------------------

    def _fate(self, item: Identified, merged: Merged) -> PlannedRow:
        row, person = item.row, item.person
        everything = {**merged.incoming, **merged.conflicts}
        if not everything:
            return planned(row, Fate.SAME, target=person.employee_id)
        refused = self._refusal(person, everything)
        if refused is not None:
            key, code, text, hint = refused
            row.issues.append(self.read.issue(row, key, code, text, hint))
            return planned(row, Fate.REJECTED, target=person.employee_id)
        waits = self._questions(item, merged)
        if not waits:
            option = self._option("use", "", item, merged.incoming)
            return _decided(row, option)
        return planned(row, Fate.CONFLICT, target=person.employee_id, options=tuple(self._options(item, merged)))

    def _questions(self, item: Identified, merged: Merged) -> bool:
        """Tell what a person has to decide; whether there is anything."""
        row, person = item.row, item.person
        for key, after in merged.conflicts.items():
            text = _("{label}: di lembar kerja “{theirs}”, di sini “{ours}”").format(
                label=self._label(key), theirs=self._shown(key, after), ours=self._shown(key, person.held.get(key))
            )
            if item.basis is not None:
                before = self._shown(key, item.basis.values.get(key))
                text += _("; saat lembar kerja dibuat “{base}”").format(base=before)
            hint = _("Keduanya diubah. Pilih yang benar; sebelum diputuskan isian di sini tetap.")
            self._decision(row, key, "field_conflict", text + ".", hint)
        contradiction = self.rules.contradiction(row, person, {**merged.incoming, **merged.conflicts})
        if contradiction is not None:
            self._decision(row, *contradiction)
        added = item.basis is None and (item.doubtful or not self.rules.added_rows_are_new)
        if added:
            text = _("Baris tambahan; menurut NIP-nya ini {name}.").format(name=person.name)
            self._decision(row, "nip", "row_added", text, _("Periksa apakah orangnya benar, lalu putuskan."))
        return bool(merged.conflicts) or contradiction is not None or added or item.doubtful

    def _options(self, item: Identified, merged: Merged) -> list[Option]:
        theirs = {**merged.incoming, **merged.conflicts}
        options = [self._option("incoming", _("Pakai isian lembar kerja"), item, theirs)]
        if len(merged.conflicts) > 1:
            for key, after in merged.conflicts.items():
                label = _("Dari lembar kerja hanya {label}").format(label=self._label(key))
                options.append(self._option(f"incoming:{key}", label, item, {**merged.incoming, key: after}))
        if merged.conflicts:
            rest = bool(merged.incoming)
            label = _("Pertahankan isian di sini; terima isian lainnya") if rest else _("Pertahankan isian di sini")
            options.append(self._option("local", label, item, merged.incoming))
        return [option for option in options if self._possible(item.person, option)]

    def _possible(self, person: Known, option: Option) -> bool:
        return self._refusal(person, {change.field: change.after for change in option.changes}) is None

    def _option(self, key: str, label: str, item: Identified, changes: Mapping[str, Any]) -> Option:
        row, person = item.row, item.person
        listed = tuple(FieldChange(name, person.held.get(name), after) for name, after in changes.items())
        said = {name: ERASE if after is None else after for name, after in changes.items()}
        values = {"nip": person.nip, "name": person.name, **said, **self.rules.values(row, person, changes)}
        fate = self.rules.fate(person) if listed else Fate.SAME
        return Option(key, label, fate, values, listed, person.employee_id)

    def _refusal(self, person: Known, changes: Mapping[str, Any]) -> Finding | None:
        if not changes:
            return None
        if person.locked is not None:
            code, text, hint = person.locked
            return (next(iter(changes)), code, text, hint)
        return self.rules.refusal(person, changes)

    # -- the same person again ------------------------------------------------------------------------------

    def _repeated(self, item: Identified, first: Identified | CleanRow) -> PlannedRow:
        text = _("{name} sudah ada di {other} dengan isi yang sama; baris ini tidak dipakai.")
        message = text.format(name=item.person.name, other=_place(first))
        hint = _("Tidak perlu tindakan; agar berkas rapi, hapus salah satu baris.")
        item.row.issues.append(
            self.read.issue(item.row, "nip", "duplicate_in_file", message, hint, severity=Severity.NOTE)
        )
        return planned(item.row, Fate.IGNORED, target=item.person.employee_id)

    def _twice(self, item: Identified, merged: Merged, first: Identified | CleanRow) -> PlannedRow:
        text = _("{name} ada lebih dari sekali dengan isi berbeda (pertama di {other}).")
        hint = _("Pilih baris yang benar, atau perbaiki berkas lalu impor lagi.")
        message = text.format(name=item.person.name, other=_place(first))
        self._decision(item.row, "nip", "duplicate_in_file", message, hint)
        row = self._fate(item, merged)
        if row.fate is Fate.REJECTED or row.options:
            return row
        label = _("Pakai baris ini")
        option = self._option("use", label, item, merged.incoming)
        return planned(item.row, Fate.CONFLICT, target=item.person.employee_id, options=(option,))

    # -- words ----------------------------------------------------------------------------------------------

    def _decision(self, row: CleanRow, key: str, code: str, text: str, hint: str) -> None:
        row.issues.append(self.read.issue(row, key, code, text, hint, severity=Severity.DECISION))

    def _label(self, key: str) -> str:
        return _(self.kind.catalogue[key].label)

    def _shown(self, key: str, value: Any) -> str:
        return self.show(key, value) or _("kosong")


def _decided(row: CleanRow, option: Option) -> PlannedRow:
    return PlannedRow(
        row.sheet, row.row, option.fate, str(option.values["nip"]), str(option.values["name"]),
        option.values, option.changes, tuple(row.issues), option.target,
    )  # fmt: skip


def _place(item: Identified | CleanRow) -> str:
    row = item.row if isinstance(item, Identified) else item
    return _("{sheet} baris {number}").format(sheet=row.sheet, number=row.row)


def filled(rows: Sequence[CleanRow], fields: Sequence[str]) -> int:
    """How many rows have something in an open cell."""
    return sum(any(key in row.columns and key in row.values for key in fields) for row in rows)

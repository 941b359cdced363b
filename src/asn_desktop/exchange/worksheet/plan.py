"""The fate of each returned row: three-way merge per field, then what the kind of worksheet demands. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.exchange.column_cleaner import ERASE
from asn_desktop.exchange.plan import Fate, FieldChange, Option, PlannedRow, planned
from asn_desktop.exchange.planner import Policy
from asn_desktop.exchange.records import CleanRow
from asn_desktop.exchange.snapshots import Known, People
from asn_desktop.exchange.worksheet.basis import comparable
from asn_desktop.exchange.worksheet.kinds import Finding, Rules, WorksheetKind
from asn_desktop.exchange.worksheet.merge import UNKNOWN, Outcome, merge
from asn_desktop.exchange.worksheet.people import Identified, identify


@dataclass(slots=True)
class Merged:
    """One row after the merge: what they bring, and what both changed."""

    incoming: dict[str, Any] = field(default_factory=dict)
    conflicts: dict[str, Any] = field(default_factory=dict)

    @property
    def everything(self) -> dict[str, Any]:
        return {**self.incoming, **self.conflicts}


@dataclass(frozen=True)
class WorksheetPolicy(Policy):
    """``show`` gives a stored value as people read it; ``stamps`` sheet → the stamp that its rows must carry."""

    kind: WorksheetKind
    rules: Rules
    people: People
    stamps: Mapping[str, str]
    show: Callable[[str, Any], str]

    def owner(self, row: CleanRow) -> str | None:
        found = self._matched.get((row.sheet, row.row))
        return None if found is None else found[0].person.name

    def identity(self, row: CleanRow) -> int | None:
        return None if row.refused else self.target(row)

    def says(self, row: CleanRow) -> object:
        return self._matched[row.sheet, row.row][1]

    def target(self, row: CleanRow) -> int | None:
        found = self._matched.get((row.sheet, row.row))
        return None if found is None else found[0].person.employee_id

    def refuses(self, row: CleanRow) -> bool:
        return row.refused or (row.sheet, row.row) not in self._matched

    def problem(self, row: CleanRow) -> Issue | None:
        item, merged = self._matched[row.sheet, row.row]
        found = self._refusal(item.person, merged.everything)
        return None if found is None else self.read.issue(row, *found)

    def compare(self, row: CleanRow) -> PlannedRow:
        item, merged = self._matched[row.sheet, row.row]
        if not merged.everything:
            return planned(row, Fate.SAME, target=item.person.employee_id)
        if not self._questions(item, merged):
            return _decided(row, self._option("use", "", item, merged.incoming))
        options = tuple(self._options(item, merged))
        return planned(row, Fate.CONFLICT, target=item.person.employee_id, options=options)

    def settle(self, row: CleanRow, compared: PlannedRow, *, strange: bool) -> PlannedRow:
        return compared  # a doubtful row waits already, with its own options

    @cached_property
    def _matched(self) -> Mapping[tuple[str, int], tuple[Identified, Merged]]:
        """Each row whose person is certain, with what it says against what we hold."""
        found = (item for item in identify(self.read, self.people, self.stamps) if isinstance(item, Identified))
        return {(item.row.sheet, item.row.row): (item, self._merge(item)) for item in found}

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

    # -- decisions -----------------------------------------------------------------------------------------

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
        contradiction = self.rules.contradiction(row, person, merged.everything)
        if contradiction is not None:
            self._decision(row, *contradiction)
        added = item.basis is None and (item.doubtful or not self.rules.added_rows_are_new)
        if added:
            text = _("Baris tambahan; menurut NIP-nya ini {name}.").format(name=person.name)
            self._decision(row, "nip", "row_added", text, _("Periksa apakah orangnya benar, lalu putuskan."))
        return bool(merged.conflicts) or contradiction is not None or added or item.doubtful

    def _options(self, item: Identified, merged: Merged) -> list[Option]:
        options = [self._option("incoming", _("Pakai isian lembar kerja"), item, merged.everything)]
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


def filled(rows: Sequence[CleanRow], fields: Sequence[str]) -> int:
    """How many rows have something in an open cell."""
    return sum(any(key in row.columns and key in row.values for key in fields) for row in rows)

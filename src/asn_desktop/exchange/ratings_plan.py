"""Compare rows with ratings with the evaluations of a period. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.core.name_match import may_be_one
from asn_desktop.core.names import search_key
from asn_desktop.core.text import tidy_text
from asn_desktop.exchange.cells import ERASE
from asn_desktop.exchange.plan import Fate, FieldChange, Option, PlannedRow, planned
from asn_desktop.exchange.planner import Policy, certain_name, unknown_person
from asn_desktop.exchange.records import CleanRow
from asn_desktop.exchange.stated_predicate import contradiction, following, label

_BOTH = ("result_rating", "behaviour_rating")
_FIELDS = (*_BOTH, "notes")


@dataclass(frozen=True, slots=True)
class RatedPerson:
    """An employee and what their evaluation of the period holds now."""

    employee_id: int
    rid: str
    nip: str
    name: str
    excluded: str = ""
    """Why this person is not evaluated in the period; empty for everybody who is."""
    result_rating: str | None = None
    behaviour_rating: str | None = None
    notes: str | None = None
    final: bool = False


@dataclass(frozen=True)
class RatingsPolicy(Policy):
    """``people`` by NIP; ``by_prefix`` finds rounded NIPs."""

    people: Mapping[str, RatedPerson]
    by_prefix: Callable[[str], Sequence[RatedPerson]]
    closed: bool = False

    def owner(self, row: CleanRow) -> str | None:
        person = self.people.get(row.values.get("nip") or "")
        return None if person is None else person.name

    def identity(self, row: CleanRow) -> str | None:
        return row.values.get("nip") or None

    def says(self, row: CleanRow) -> object:
        return [row.values.get(key) for key in _FIELDS]

    def candidates(self, row: CleanRow, digits: str) -> Iterator[Option]:
        name = search_key(str(row.values.get("name") or ""))
        if all(row.values.get(key) is not None for key in _BOTH) and certain_name(row):
            for person in self.by_prefix(digits):
                if name == search_key(person.name) and not (person.final or person.excluded or self.closed):
                    text = _("Ini {name}, NIP {nip}").format(name=person.name, nip=person.nip)
                    yield _option(f"employee:{person.rid}", text, row, person)

    def problem(self, row: CleanRow) -> Issue | None:
        person = self.people.get(row.values.get("nip") or "")
        if person is None:
            return unknown_person(self.read, row)
        if _is_blank(row):
            return None
        if self.read.layouts[row.sheet].keys.isdisjoint(_BOTH):
            text = _("Lembar ini hanya memuat predikat. Yang disimpan kedua rating; predikat dihitung darinya.")
            hint = _(
                "Minta rating hasil kerja dan perilaku kerja kepada pejabat penilai, lalu isi dalam dua kolom itu."
            )
            return self.read.issue(row, "predicate", "only_predicate", text, hint)
        for key in _BOTH:
            if row.values.get(key) is None:
                hint = _("Isi Di Atas, Sesuai, atau Di Bawah Ekspektasi.")
                return self.read.issue(row, key, "rating_missing", _("Rating belum diisi; keduanya harus ada."), hint)
        if person.excluded:
            text = _("Pegawai ini tidak dinilai pada periode ini: {reason}.").format(reason=person.excluded)
            hint = _("Periksa kedudukan hukum dan tanggalnya di tab Pegawai.")
            return self.read.issue(row, "nip", "employee_not_evaluated", text, hint, value=person.nip)
        if (self.closed or person.final) and _changes(row, person):
            text = _("Evaluasi ini sudah terkunci; perubahan lewat impor ditolak.")
            hint = _("Buka evaluasinya, pilih “Perbaiki …”, lalu tulis alasannya.")
            return self.read.issue(row, "result_rating", "evaluation_final", text, hint)
        return None

    def compare(self, row: CleanRow) -> PlannedRow:
        person = self.people[row.values["nip"]]
        if _is_blank(row):
            text = _("Rating belum diisi; tidak ada yang berubah.")
            row.issues.append(self.read.issue(row, "result_rating", "rating_blank", text, severity=Severity.NOTE))
            return planned(row, Fate.SAME, target=person.employee_id)
        self._check_name(row, person)
        option = _option("use", _("Pakai kedua rating"), row, person)
        stated = row.values.get("predicate")
        result, behaviour = (str(row.values[key]) for key in _BOTH)
        wrong = contradiction(stated, result, behaviour)
        if wrong is None:
            return planned(row, option.fate, changes=option.changes, target=person.employee_id)
        row.issues.append(
            self.read.issue(
                row, "predicate", "predicate_contradicts", *wrong, severity=Severity.DECISION, value=label(str(stated))
            )
        )
        text = _("Kedua rating benar; predikat menjadi {follows}").format(follows=label(following(result, behaviour)))
        return planned(row, Fate.CONFLICT, options=(_option("use", text, row, person),))

    def agreement(self, row: CleanRow) -> str:
        return _("Rating ini memang untuk {name}").format(name=self.owner(row))

    def _check_name(self, row: CleanRow, person: RatedPerson) -> None:
        name = str(row.values.get("name") or "")
        if name and search_key(name) != search_key(person.name) and may_be_one(name, person.name):
            text = _("Nama di berkas “{name}”, sedangkan pemilik NIP ini {stored}.")
            text = text.format(name=name, stored=person.name)
            row.issues.append(self.read.issue(row, "name", "name_differs", text, severity=Severity.WARNING, value=name))


def _is_blank(row: CleanRow) -> bool:
    return all(row.values.get(key) is None for key in (*_BOTH, "predicate"))


def _changes(row: CleanRow, person: RatedPerson) -> tuple[FieldChange, ...]:
    found = []
    for key in _FIELDS:
        value = row.values.get(key)
        after, before = None if value is ERASE else value, getattr(person, key)
        # Notes of several lines come back from a workbook as one: the same words are no change.
        if value is not None and after != before and (not before or after != tidy_text(before)[0]):
            found.append(FieldChange(key, before, after))
    return tuple(found)


def _option(key: str, text: str, row: CleanRow, person: RatedPerson) -> Option:
    changes = _changes(row, person)
    unrated = person.result_rating is None and person.behaviour_rating is None
    fate = Fate.SAME if not changes else Fate.NEW if unrated else Fate.CHANGED
    return Option(key, text, fate, row.values, changes, person.employee_id)

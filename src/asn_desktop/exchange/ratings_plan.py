"""Compare rows with ratings with the evaluations of a period. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.core.name_match import may_be_one
from asn_desktop.core.names import search_key
from asn_desktop.core.text import tidy_text
from asn_desktop.exchange.cells import ERASE
from asn_desktop.exchange.people_file import ReadFile
from asn_desktop.exchange.plan import Fate, FieldChange, Option, PlannedRow, planned
from asn_desktop.exchange.records import CleanRow
from asn_desktop.exchange.strangers import Strangers, find_strangers, held, questioned, refused

_BOTH = ("result_rating", "behaviour_rating")
Predicate = Callable[[str, str], str]


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


@dataclass(frozen=True, slots=True)
class RatingsContext:
    """``predicate`` is the nine-cell table; ``label`` gives a code's word; ``by_prefix`` finds rounded NIPs."""

    people: Mapping[str, RatedPerson]
    by_prefix: Callable[[str], Sequence[RatedPerson]]
    predicate: Predicate
    label: Callable[[str], str]
    closed: bool = False


def plan_ratings(read: ReadFile, context: RatingsContext) -> list[PlannedRow]:
    """The fate of each row of ratings. A stated predicate that contradicts its two ratings waits for a decision."""
    first: dict[str, CleanRow] = {}
    alike: dict[str, bool] = {}
    for row in read.rows:
        if nip := row.values.get("nip"):
            alike[nip] = alike.get(nip, True) and _says(row) == _says(first.setdefault(nip, row))
    strangers = find_strangers(read, lambda row: _owner(row, context))
    rows = []
    for row in read.rows:
        nip = row.values.get("nip") or ""
        damaged = read.damaged.get((row.sheet, row.row))
        if strangers.refuses(row):
            rows.append(refused(row, read, strangers))
        elif damaged:
            rows.append(_damaged(row, damaged, context))
        elif row.refused:
            rows.append(planned(row, Fate.REJECTED))
        elif nip not in context.people:
            text = _("Tidak ada pegawai dengan NIP ini.")
            hint = _("Impor dahulu data pegawainya, atau betulkan NIP di berkas.")
            row.issues.append(read.issue(row, "nip", "employee_unknown", text, hint, value=nip))
            rows.append(planned(row, Fate.REJECTED))
        elif row is not first[nip] or not alike[nip]:
            questioned(row, read, strangers)
            rows.append(_duplicate(row, first[nip], alike[nip], read, context))
        else:
            rows.append(_settled(row, context.people[nip], read, context, strangers))
    return rows


def _settled(
    row: CleanRow, person: RatedPerson, read: ReadFile, context: RatingsContext, strangers: Strangers
) -> PlannedRow:
    """What becomes of a row by itself, and whether a person has to agree to that first."""
    compared = _compared(row, person, read, context)
    if questioned(row, read, strangers) or row.doubt:
        label = _("Rating ini memang untuk {name}").format(name=person.name)
        return held(replace(compared, issues=tuple(row.issues)), label)
    return compared


def _owner(row: CleanRow, context: RatingsContext) -> str | None:
    person = context.people.get(row.values.get("nip") or "")
    return None if person is None else person.name


def _says(row: CleanRow) -> list[object]:
    return [row.values.get(key) for key in ("result_rating", "behaviour_rating", "notes")]


def _compared(row: CleanRow, person: RatedPerson, read: ReadFile, context: RatingsContext) -> PlannedRow:
    blank = row.values.get("result_rating") is None and row.values.get("behaviour_rating") is None
    if blank and row.values.get("predicate") is None:
        text = _("Rating belum diisi; tidak ada yang berubah.")
        row.issues.append(read.issue(row, "result_rating", "rating_blank", text, severity=Severity.NOTE))
        return planned(row, Fate.SAME, target=person.employee_id)
    problem = _problem(row, person, read, context)
    if problem is not None:
        row.issues.append(problem)
        return planned(row, Fate.REJECTED)
    _check_name(row, person, read)
    changes = _changes(row, person)
    option = _option("use", _("Pakai kedua rating"), row, person, changes)
    result, behaviour = str(row.values["result_rating"]), str(row.values["behaviour_rating"])
    declared, follows = row.values.get("predicate"), context.predicate(result, behaviour)
    if declared is None or declared == follows:
        return planned(row, option.fate, changes=changes, target=person.employee_id)
    text = _("Predikat “{declared}” tidak cocok: {result} dan {behaviour} menghasilkan “{follows}”.").format(
        declared=context.label(declared),
        result=context.label(result),
        behaviour=context.label(behaviour),
        follows=context.label(follows),
    )
    hint = _("Tanyakan kepada pejabat penilai mana yang benar. Sebelum diputuskan, data tidak berubah.")
    shown = context.label(declared)
    row.issues.append(
        read.issue(row, "predicate", "predicate_contradicts", text, hint, severity=Severity.DECISION, value=shown)
    )
    label = _("Kedua rating benar; predikat menjadi {follows}").format(follows=context.label(follows))
    return planned(row, Fate.CONFLICT, options=(_option("use", label, row, person, changes),))


def _problem(row: CleanRow, person: RatedPerson, read: ReadFile, context: RatingsContext) -> Issue | None:
    """What keeps a row from being written at all."""
    if read.layouts[row.sheet].keys.isdisjoint(_BOTH):
        text = _("Lembar ini hanya memuat predikat. Yang disimpan kedua rating; predikat dihitung darinya.")
        hint = _("Minta rating hasil kerja dan perilaku kerja kepada pejabat penilai, lalu isi dalam dua kolom itu.")
        return read.issue(row, "predicate", "only_predicate", text, hint)
    for key in _BOTH:
        if row.values.get(key) is None:
            hint = _("Isi Di Atas, Sesuai, atau Di Bawah Ekspektasi.")
            return read.issue(row, key, "rating_missing", _("Rating belum diisi; keduanya harus ada."), hint)
    if person.excluded:
        text = _("Pegawai ini tidak dinilai pada periode ini: {reason}.").format(reason=person.excluded)
        hint = _("Periksa kedudukan hukum dan tanggalnya di tab Pegawai.")
        return read.issue(row, "nip", "employee_not_evaluated", text, hint, value=person.nip)
    if (context.closed or person.final) and _changes(row, person):
        text = _("Evaluasi ini sudah terkunci; perubahan lewat impor ditolak.")
        hint = _("Buka evaluasinya, pilih “Perbaiki …”, lalu tulis alasannya.")
        return read.issue(row, "result_rating", "evaluation_final", text, hint)
    return None


def _changes(row: CleanRow, person: RatedPerson) -> tuple[FieldChange, ...]:
    found = []
    for key in ("result_rating", "behaviour_rating", "notes"):
        value = row.values.get(key)
        after, before = None if value is ERASE else value, getattr(person, key)
        # Notes of several lines come back from a workbook as one: the same words are no change.
        if value is not None and after != before and (not before or after != tidy_text(before)[0]):
            found.append(FieldChange(key, before, after))
    return tuple(found)


def _option(key: str, label: str, row: CleanRow, person: RatedPerson, changes: tuple[FieldChange, ...]) -> Option:
    unrated = person.result_rating is None and person.behaviour_rating is None
    fate = Fate.SAME if not changes else Fate.NEW if unrated else Fate.CHANGED
    return Option(key, label, fate, row.values, changes, person.employee_id)


def _damaged(row: CleanRow, digits: str, context: RatingsContext) -> PlannedRow:
    """A rounded NIP: only a person may say whose it is."""
    others = any(issue.severity is Severity.ERROR and issue.field != "nip" for issue in row.issues)
    rated = row.values.get("result_rating") is not None and row.values.get("behaviour_rating") is not None
    name = search_key(str(row.values.get("name") or ""))
    options = tuple(
        _option(
            f"employee:{person.rid}",
            _("Ini {name}, NIP {nip}").format(name=person.name, nip=person.nip),
            row,
            person,
            _changes(row, person),
        )
        for person in context.by_prefix(digits)
        if rated and not others and name == search_key(person.name)
        if not (person.final or person.excluded or context.closed)
    )
    return planned(row, Fate.CONFLICT if options else Fate.REJECTED, options=options)


def _duplicate(row: CleanRow, first: CleanRow, alike: bool, read: ReadFile, context: RatingsContext) -> PlannedRow:
    """The same person again: a repetition is told; where the rows differ, every one of them waits."""
    nip = str(row.values["nip"])
    compared = _compared(row, context.people[nip], read, context)
    if compared.fate is Fate.REJECTED:
        return compared
    other = _("{sheet} baris {number}").format(sheet=first.sheet, number=first.row)
    if alike:
        text = _("NIP ini sudah ada di {other} dengan rating yang sama; baris ini tidak dipakai.").format(other=other)
        hint = _("Tidak perlu tindakan; agar berkas rapi, hapus salah satu baris.")
        row.issues.append(read.issue(row, "nip", "duplicate_in_file", text, hint, severity=Severity.NOTE, value=nip))
        return planned(row, Fate.IGNORED)
    text = _("NIP ini ada lebih dari sekali dengan rating berbeda (pertama di {other}).").format(other=other)
    hint = _("Pilih baris yang benar, atau perbaiki berkas lalu impor lagi.")
    row.issues.append(read.issue(row, "nip", "duplicate_in_file", text, hint, severity=Severity.DECISION, value=nip))
    label = _("Pakai baris ini")
    option = Option("use", label, compared.fate, row.values, compared.changes, compared.target)
    return planned(row, Fate.CONFLICT, options=compared.options or (option,))


def _check_name(row: CleanRow, person: RatedPerson, read: ReadFile) -> None:
    name = row.values.get("name")
    if name and search_key(str(name)) != search_key(person.name) and may_be_one(str(name), person.name):
        text = _("Nama di berkas “{name}”, sedangkan pemilik NIP ini {stored}.").format(name=name, stored=person.name)
        row.issues.append(read.issue(row, "name", "name_differs", text, severity=Severity.WARNING, value=str(name)))

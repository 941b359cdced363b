"""Compare rows with ratings with the evaluations of a period. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Issue, Location, Severity
from asn_desktop.core.names import search_key
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
    column_of: Callable[[str, str], str]
    closed: bool = False


def plan_ratings(rows: Sequence[CleanRow], context: RatingsContext) -> list[PlannedRow]:
    """The fate of each row of ratings. A stated predicate that contradicts its two ratings waits for a decision."""
    counted = Counter(row.values["nip"] for row in rows if not row.ignored and row.values.get("nip"))
    seen: dict[str, CleanRow] = {}
    planned = []
    for row in rows:
        nip = row.values.get("nip") or ""
        if row.ignored:
            planned.append(ignored_row(row))
        elif row.damaged_nip:
            planned.append(_damaged(row, context))
        elif has_error(row.issues):
            planned.append(rejected_row(row))
        elif nip not in context.people:
            planned.append(_unknown(row, context))
        elif counted[nip] > 1 and nip in seen:
            planned.append(_duplicate(row, seen[nip], context))
        else:
            planned.append(_compared(row, context.people[nip], context))
        if nip and not row.ignored:
            seen.setdefault(nip, row)
    return planned


def _compared(row: CleanRow, person: RatedPerson, context: RatingsContext) -> PlannedRow:
    issues = list(row.issues)
    ratings = (row.values.get("result_rating"), row.values.get("behaviour_rating"))
    if None in ratings:
        issues.append(_missing(row, context))
        return _planned(row, Fate.REJECTED, issues)
    if person.excluded:
        text = _("Pegawai ini tidak dinilai pada periode ini: {reason}.").format(reason=person.excluded)
        hint = _("Periksa kedudukan hukum dan tanggalnya di tab Pegawai.")
        issues.append(_issue(row, context, "nip", "employee_not_evaluated", text, hint=hint))
        return _planned(row, Fate.REJECTED, issues)
    _check_name(row, person, context, issues)
    changes = _changes(row, person)
    option = _option("use", _("Pakai kedua rating"), row, person, changes)
    if changes and (context.closed or person.final):
        issues.append(
            _issue(
                row,
                context,
                "result_rating",
                "evaluation_final",
                _("Evaluasi ini sudah final; perubahan lewat impor ditolak."),
                hint=_("Buka revisi dengan alasan di tab Penilaian Triwulan."),
            )
        )
        return _planned(row, Fate.REJECTED, issues)
    declared = row.values.get("predicate")
    follows = context.predicate(str(ratings[0]), str(ratings[1]))
    if declared is not None and declared != follows:
        text = _(
            "Predikat “{declared}” tidak cocok dengan kedua rating: {result} dan {behaviour} menghasilkan “{follows}”."
        )
        issues.append(
            _issue(
                row,
                context,
                "predicate",
                "predicate_contradicts",
                text.format(
                    declared=context.label(declared),
                    result=context.label(str(ratings[0])),
                    behaviour=context.label(str(ratings[1])),
                    follows=context.label(follows),
                ),
                Severity.DECISION,
                _("Tanyakan kepada pejabat penilai mana yang benar. Sebelum diputuskan, tidak ada yang ditulis."),
            )
        )
        label = _("Kedua rating benar; predikat menjadi {follows}").format(follows=context.label(follows))
        return _planned(row, Fate.CONFLICT, issues, options=(_option("use", label, row, person, changes),))
    return _planned(row, option.fate, issues, changes, person.employee_id)


def _changes(row: CleanRow, person: RatedPerson) -> tuple[FieldChange, ...]:
    found = []
    for key in ("result_rating", "behaviour_rating", "notes"):
        value = row.values.get(key)
        if value is not None and value != getattr(person, key):
            found.append(FieldChange(key, getattr(person, key), value))
    return tuple(found)


def _option(key: str, label: str, row: CleanRow, person: RatedPerson, changes: tuple[FieldChange, ...]) -> Option:
    unrated = person.result_rating is None and person.behaviour_rating is None
    fate = Fate.SAME if not changes else Fate.NEW if unrated else Fate.CHANGED
    return Option(key, label, fate, row.values, changes, person.employee_id)


def _damaged(row: CleanRow, context: RatingsContext) -> PlannedRow:
    name = search_key(str(row.values.get("name") or ""))
    options = [
        _option(
            f"employee:{person.rid}",
            _("Ini {name}, NIP {nip}").format(name=person.name, nip=person.nip),
            row,
            person,
            _changes(row, person),
        )
        for person in context.by_prefix(row.damaged_nip)
        if name and search_key(person.name) == name and not (person.final or person.excluded or context.closed)
    ]
    ratings = (row.values.get("result_rating"), row.values.get("behaviour_rating"))
    if not options or None in ratings:
        return rejected_row(row)
    return _planned(row, Fate.CONFLICT, list(row.issues), options=tuple(options))


def _unknown(row: CleanRow, context: RatingsContext) -> PlannedRow:
    issue = _issue(
        row,
        context,
        "nip",
        "employee_unknown",
        _("Tidak ada pegawai dengan NIP ini."),
        hint=_("Impor dahulu data pegawainya, atau betulkan NIP di berkas."),
    )
    return _planned(row, Fate.REJECTED, [*row.issues, issue])


def _duplicate(row: CleanRow, first: CleanRow, context: RatingsContext) -> PlannedRow:
    person = context.people[row.values["nip"]]
    alike = all(row.values.get(key) == first.values.get(key) for key in ("result_rating", "behaviour_rating", "notes"))
    text = _("NIP ini sudah ada di {sheet} baris {number}.").format(sheet=first.sheet, number=first.number)
    severity = Severity.NOTE if alike else Severity.DECISION
    issue = _issue(
        row, context, "nip", "duplicate_in_file", text, severity, _("Sisakan satu baris untuk tiap pegawai.")
    )
    options = () if alike else (_option("use", _("Pakai baris ini"), row, person, _changes(row, person)),)
    return _planned(row, Fate.CONFLICT, [*row.issues, issue], options=options)


def _check_name(row: CleanRow, person: RatedPerson, context: RatingsContext, issues: list[Issue]) -> None:
    name = row.values.get("name")
    if name and search_key(name) != search_key(person.name):
        text = _("Nama di berkas “{name}”, sedangkan pemilik NIP ini {stored}.").format(name=name, stored=person.name)
        issues.append(_issue(row, context, "name", "name_differs", text, Severity.WARNING))


def _missing(row: CleanRow, context: RatingsContext) -> Issue:
    field = "result_rating" if row.values.get("result_rating") is None else "behaviour_rating"
    return _issue(
        row,
        context,
        field,
        "rating_missing",
        _("Rating belum diisi; keduanya harus ada."),
        hint=_("Isi Di Atas, Sesuai, atau Di Bawah Ekspektasi."),
    )


def _issue(
    row: CleanRow,
    context: RatingsContext,
    field: str,
    code: str,
    message: str,
    severity: Severity = Severity.ERROR,
    hint: str = "",
) -> Issue:
    value: Any = row.values.get(field)
    place = Location(row.sheet, row.number, context.column_of(row.sheet, field))
    shown = (
        context.label(str(value)) if field in ("predicate", "result_rating", "behaviour_rating") and value else value
    )
    return Issue(code, message, severity, hint, str(shown or ""), field, place)


def _planned(
    row: CleanRow,
    fate: Fate,
    issues: list[Issue],
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
        tuple(issues),
        target,
        options,
    )

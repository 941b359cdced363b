"""``list``: rows as plain dictionaries, words as on the forms. As text, headings and states are Indonesian too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from asn_desktop.appraisal.predicate import PREDICATES, RATINGS, State
from asn_desktop.core.i18n import N_, _
from asn_desktop.core.indonesian import format_number
from asn_desktop.core.listing import Listing, ListingColumn
from asn_desktop.exchange.worksheet.orders import RETURN_STATES
from asn_desktop.personnel.employment_kinds import EMPLOYMENT_KINDS
from asn_desktop.personnel.listing import EmployeeSpec
from asn_desktop.reference.queries import with_descendants
from asn_desktop.remediation.queries import PlanRow
from asn_desktop.remediation.rules import KINDS, PLAN_STATES
from asn_desktop.services import Services
from asn_desktop.training.forms import form_name
from asn_desktop.training.queries import EventSpec
from asn_desktop.training.rules import EVENT_STATES

_RATING = dict(RATINGS)
_PREDICATE = dict(PREDICATES)


def employees(services: Services, unit: int | None, _period: str | None) -> list[dict[str, Any]]:
    """All employees, inactive ones included: ``status`` tells them apart."""
    ids = services.personnel.ids(EmployeeSpec(unit_id=unit, status="all"))
    codes = {row.id: row.code for row in services.reference.units()}
    return [
        {
            "nip": row.nip,
            "name": row.bare_name,
            "full_name": row.name,
            "employment_kind": row.employment_kind,
            "rank": row.rank,
            "position": row.position,
            "unit": row.unit,
            "unit_code": codes.get(row.unit_id) if row.unit_id is not None else None,
            "opd": row.opd,
            "status": row.legal_status,
            "active": row.active,
        }
        for row in services.personnel.rows(ids)
    ]


def evaluations(services: Services, unit: int | None, period: str | None) -> list[dict[str, Any]]:
    """Evaluations of one period, or of all opened periods."""
    codes = [period] if period else [row.code for row in services.appraisal.periods()]
    return [
        {
            "nip": row.nip,
            "name": row.bare_name,
            "full_name": row.name,
            "period": row.period,
            "unit": row.unit,
            "opd": row.opd,
            "assessor": row.assessor,
            "result_rating": _(_RATING[row.result]) if row.result else None,
            "behaviour_rating": _(_RATING[row.behaviour]) if row.behaviour else None,
            "predicate": _(_PREDICATE[row.predicate]) if row.predicate else None,
            "state": row.state.value,
        }
        for code in codes
        for row in services.appraisal.list_evaluations(code, unit)
    ]


def plans(services: Services, unit: int | None, period: str | None) -> list[dict[str, Any]]:
    """Plans in every state, proposals included."""
    spec = services.remediation.spec(period=period or "", unit_ids=_unit_ids(services, unit))
    return [_plan(row) for row in services.remediation.plans(spec)]


def _plan(row: PlanRow) -> dict[str, Any]:
    return {
        "nip": row.nip,
        "name": row.bare_name,
        "full_name": row.name,
        "trigger_period": row.trigger_period,
        "predicate": _(_PREDICATE[row.predicate]) if row.predicate else None,
        "kind": row.kind,
        "state": row.state,
        "due": row.due.isoformat() if row.due else None,
    }


def events(services: Services, _unit: int | None, _period: str | None) -> list[dict[str, Any]]:
    """All training events by date."""
    return [
        {
            "code": row.code,
            "name": row.name,
            "form": row.form,
            "starts": row.starts.isoformat(),
            "ends": row.ends.isoformat(),
            "jp": row.jp,
            "place": row.place,
            "state": row.state,
        }
        for row in services.training.events(EventSpec())
    ]


def worksheets(services: Services, unit: int | None, period: str | None) -> list[dict[str, Any]]:
    """Per OPD of a period (or of the newest one): the worksheet that went out, and whether it is back. Then those with
    corrections of personnel data, and with participants of an event, as far as any went out."""
    from asn_desktop.exchange.subjects import WORKSHEETS  # reads workbooks: only who asks for these waits

    periods = [period] if period else [row.code for row in services.appraisal.periods()][:1]
    wanted = _unit_ids(services, unit)
    found = []
    for kind in WORKSHEETS.values():
        if kind.of_a_period:
            found += [(kind.key, code, row) for code in periods for row in services.worksheets.returns(code, kind.key)]
        elif not (kind.of_an_event and wanted):
            found += [(kind.key, "", row) for row in services.worksheets.returns("", kind.key) if row.files]
    return [
        {
            "sheet": kind,
            "period": code or None,
            "code": row.code,
            "opd": row.name,
            "employees": row.people,
            "rated": row.rated,
            "sent_at": row.made_at,
            "due": row.due.isoformat() if row.due else None,
            "returned_at": row.returned_at,
            "file": row.returned_file,
            "state": row.state,
            "waiting": row.waiting,
        }
        for kind, code, row in found
        if not wanted or row.id in wanted
    ]


def sheet_word(kind: str) -> str:
    """A kind of worksheet in a word or two."""
    from asn_desktop.exchange.subjects import WORKSHEETS  # as above

    return _(WORKSHEETS[kind].word)


LISTS: Mapping[str, Callable[[Services, int | None, str | None], list[dict[str, Any]]]] = {
    "employees": employees,
    "evaluations": evaluations,
    "plans": plans,
    "events": events,
    "worksheets": worksheets,
}


_HEADINGS = {
    "nip": N_("NIP"), "name": N_("Nama"), "full_name": N_("Nama lengkap"), "employment_kind": N_("Jenis pegawai"),
    "rank": N_("Golongan"), "position": N_("Jabatan"), "unit": N_("Unit kerja"), "unit_code": N_("Kode unit"),
    "opd": N_("OPD"), "status": N_("Kedudukan hukum"), "active": N_("Aktif"), "period": N_("Periode"),
    "assessor": N_("Pejabat penilai"), "result_rating": N_("Hasil kerja"), "behaviour_rating": N_("Perilaku kerja"),
    "predicate": N_("Predikat"), "state": N_("Status"), "trigger_period": N_("Periode"), "kind": N_("Jenis"),
    "due": N_("Batas waktu"), "code": N_("Kode"), "form": N_("Bentuk"), "starts": N_("Mulai"), "ends": N_("Selesai"),
    "jp": N_("JP"), "place": N_("Tempat"), "employees": N_("Pegawai"), "rated": N_("Dinilai"),
    "sent_at": N_("Dibuat"), "returned_at": N_("Kembali"), "file": N_("Berkas"),
    "sheet": N_("Lembar kerja"), "waiting": N_("Terbuka"),
}  # fmt: skip
_TITLES = {
    "employees": N_("Pegawai"), "evaluations": N_("Evaluasi kinerja"), "plans": N_("Rencana pembinaan"),
    "events": N_("Kegiatan pelatihan"), "worksheets": N_("Lembar kerja OPD"),
}  # fmt: skip
_STATES: Mapping[str, Mapping[str, str]] = {
    "evaluations": {state.value: state.label for state in State},
    "plans": PLAN_STATES,
    "events": EVENT_STATES,
    "worksheets": RETURN_STATES,
}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "employment_kind": dict(EMPLOYMENT_KINDS),
    "kind": KINDS,
}


def as_table(what: str, rows: list[dict[str, Any]]) -> str:
    """Tab-separated lines with a heading, ready to be pasted into Excel."""
    if not rows:
        return _("Tidak ada data.")
    lines = ["\t".join(_(_HEADINGS[key]) for key in rows[0])]
    lines += ["\t".join(_shown(what, key, value) for key, value in row.items()) for row in rows]
    return "\n".join(lines)


def as_listing(services: Services, what: str, rows: list[dict[str, Any]]) -> Listing:
    """The same lines for paper; a column is as wide as its longest word, or half its longest text."""
    office = services.reference.office()
    keys = list(rows[0]) if rows else []
    lines = [[_shown(what, key, row[key]) for key in keys] for row in rows]
    columns = []
    for key, texts in zip(keys, zip(*lines, strict=True), strict=True):
        heading = _(_HEADINGS[key])
        widest = max(max(len(text) / 2, *map(len, text.split() or [""])) for text in (heading, *texts))
        columns.append(ListingColumn(heading, 2 + round(widest), number=isinstance(rows[0][key], int)))
    subtitle = _("{n} baris").format(n=format_number(len(rows)))
    title = _(_TITLES[what])
    return Listing(title, subtitle, office.name, services.database.clock().date(), columns, lines, office.sample)


def _shown(what: str, key: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if key == "state":
        return _(_STATES[what][value])
    if key == "form":
        return form_name(value)
    if key == "sheet":
        return sheet_word(value)
    return _(_WORDS.get(key, {}).get(value, str(value)))


def _unit_ids(services: Services, unit: int | None) -> frozenset[int]:
    if unit is None:
        return frozenset()
    return frozenset(with_descendants(services.reference.units(), unit))

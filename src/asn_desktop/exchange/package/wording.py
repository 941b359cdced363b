"""Records, fields and values as people read them: names instead of ids, labels instead of codes. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, select

from asn_desktop.appraisal.columns import ORGANISATION_RESULTS, RATINGS, STATES
from asn_desktop.core.columns import Column
from asn_desktop.core.columns import masked as mask
from asn_desktop.core.errors import InputError
from asn_desktop.core.i18n import N_, _
from asn_desktop.core.identifiers import format_nip
from asn_desktop.core.indonesian import format_date, format_number
from asn_desktop.core.periods import parse_period
from asn_desktop.exchange.package import tables
from asn_desktop.exchange.package.protocol import BY_TABLE, FieldKind, entity_of
from asn_desktop.personnel.columns import PERSONNEL
from asn_desktop.reference.parameter_labels import parameter_label
from asn_desktop.remediation.rules import KINDS, OUTCOMES, PLAN_STATES, ROOT_CAUSES
from asn_desktop.training.forms import form_name
from asn_desktop.training.rules import COMPETENCES, EVENT_STATES, FUNDING_SOURCES, PARTICIPANT_STATES, SOURCES

_CHOICES: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("evaluation", "result_rating"): dict(RATINGS),
    ("evaluation", "behaviour_rating"): dict(RATINGS),
    ("evaluation", "state"): dict(STATES),
    ("organisation_result", "result"): dict(ORGANISATION_RESULTS),
    ("training_event", "state"): EVENT_STATES,
    ("training_event", "competence"): COMPETENCES,
    ("training_event", "funding"): FUNDING_SOURCES,
    ("participant", "state"): PARTICIPANT_STATES,
    ("participant", "source"): SOURCES,
    ("remediation_plan", "kind"): KINDS,
    ("remediation_plan", "state"): PLAN_STATES,
    ("remediation_plan", "root_cause"): ROOT_CAUSES,
    ("remediation_plan", "outcome"): OUTCOMES,
    ("unit", "kind"): {"INSTANSI": N_("Instansi"), "OPD": N_("Perangkat daerah"), "UNIT": N_("Unit kerja")},
    ("holiday", "kind"): {
        "libur_nasional": N_("Libur nasional"), "cuti_bersama": N_("Cuti bersama"), "libur_daerah": N_("Libur daerah"),
    },
    ("rhk", "kind"): {"UTAMA": N_("Utama"), "TAMBAHAN": N_("Tambahan")},
}  # fmt: skip
_LABELS: Mapping[tuple[str, str], str] = {
    ("participant", "attendance_percent"): N_("Kehadiran (%)"),
    ("frozen_sheet", "content"): N_("Isi dokumen"),
    ("unit", "workdays"): N_("Hari kerja seminggu"),
    ("employee", "superior_id"): N_("Atasan"),
    ("employee", "unit_id"): N_("Unit kerja"),
}
_ALWAYS_CAPITAL = frozenset(
    ("NIP", "NIK", "NPWP", "RHK", "IKI", "SKP", "JP", "TMT", "CPNS", "PNS", "PPPK", "KGB", "MK", "OPD", "HP", "ID")
)
_MONEY = frozenset({("training_event", "budget"), ("training_event", "spent")})
_TEXT_OF_DOCUMENT = N_("(dokumen evaluasi yang sudah ditandatangani)")
_UNKNOWN = N_("(data ini tidak ada di sini)")
_DETAIL = {"evaluation": "period_id", "organisation_result": "period_id", "participant": "event_id",
           "realisation": "evaluation_id", "feedback": "evaluation_id", "frozen_sheet": "evaluation_id"}  # fmt: skip
_OWN_TEXT = {"rhk": "text", "iki": "text", "plan_step": "action", "behaviour_expectation": "value"}
_LONG = 120


@dataclass(frozen=True, slots=True)
class Title:
    """A record in words. ``name`` is whose or what it is; ``second`` identifies it further (NIP, period, event);
    ``root`` is the (entity, rid) it belongs to, by which records of one person come together."""

    name: str
    second: str
    root: tuple[str, str]


@cache
def field_label(entity: str, key: str) -> str:
    """The name of a field as forms write it: ``Rating hasil kerja``."""
    if not key:
        return _("Seluruh data")
    known = _LABELS.get((entity, key))
    if known is not None:
        return _(known)
    if entity == "employee":
        column = _personnel(key)
        if column is not None:
            return _(column.label)
    words = entity_of(entity)[key].heading.split()
    shown = [word if word.strip("()") in _ALWAYS_CAPITAL else word.lower() for word in words]
    text = " ".join(shown)
    return text[:1].upper() + text[1:]


def is_long(text: str) -> bool:
    """Whether a value needs to be read side by side rather than in one line."""
    return len(text) > _LONG or "\n" in text


@cache
def _personnel(key: str) -> Column | None:
    return next((column for column in PERSONNEL if column.key == key), None)


class Wording:
    """For one reading transaction. ``incoming``: records of a package, by (entity, rid), that may not be here yet."""

    def __init__(
        self, connection: Connection, incoming: Mapping[tuple[str, str], Mapping[str, Any]] | None = None
    ) -> None:
        self._connection = connection
        self._incoming = incoming or {}
        self._titles: dict[tuple[str, str], Title] = {}
        self._stored: dict[tuple[str, str, Any], Mapping[str, Any] | None] = {}

    def title(self, entity: str, rid: str) -> Title:
        key = (entity, rid)
        if key not in self._titles:
            self._titles[key] = Title(_(_UNKNOWN), "", key)  # against circles in a broken package
            if entity not in BY_TABLE:
                self._titles[key] = Title(_(entity_of(entity).title), rid[-8:], key)
                return self._titles[key]
            stored = self._row(entity, "rid", rid)
            values = stored if stored is not None else self._incoming.get(key)
            if values is not None:
                self._titles[key] = self._title(entity, rid, values, stored is not None)
        return self._titles[key]

    def value(self, entity: str, key: str, value: Any, *, masked: bool = False) -> str:
        """A value as people write it; "" for none. ``masked``: of specific personal data only the last four signs
        (UU 27/2022): where nobody has to compare it with another value."""
        if value is None or value == "":
            return ""
        field = entity_of(entity)[key]
        if entity == "frozen_sheet":
            return _(_TEXT_OF_DOCUMENT)
        if field.kind is FieldKind.REFERENCE:
            return self.reference(field.target, str(value))
        if field.kind is FieldKind.BOOLEAN:
            return _("Ya") if value else _("Tidak")
        if field.kind is FieldKind.DATE:
            return _day(value)
        text = str(value)
        choice = _choices(entity, key).get(text)
        if choice is not None:
            return _(choice)
        if key == "nip":
            return format_nip(text)
        if (entity, key) == ("training_event", "form"):
            return form_name(text)
        if (entity, key) in _MONEY:
            return "Rp" + format_number(int(value))
        if (entity, key) == ("parameter", "key"):
            return parameter_label(text)
        column = _personnel(key) if entity == "employee" else None
        return mask(text) if masked and column is not None and column.sensitive else text

    def reference(self, target: str, rid: str) -> str:
        """A record that is pointed to: ``Fatimah Siregar (19850301 …)``, ``Dinas Kesehatan``."""
        title = self.title(target, rid)
        return f"{title.name} ({title.second})" if target == "employee" and title.second else title.name

    # -- titles -------------------------------------------------------------------------------------------

    def _title(self, entity: str, rid: str, values: Mapping[str, Any], stored: bool) -> Title:
        root = (entity, rid)
        match entity:
            case "employee":
                return Title(str(values["name"] or ""), format_nip(values["nip"] or ""), root)
            case "unit":
                return Title(str(values["name"] or ""), str(values["code"] or ""), root)
            case "appraisal_period":
                return Title(_period(str(values["code"])), "", root)
            case "training_event":
                return Title(str(values["name"] or ""), _day(values["starts"]), root)
            case "holiday":
                return Title(str(values["name"] or ""), _day(values["day"]), root)
            case "parameter":
                return Title(parameter_label(str(values["key"])), _day(values["valid_from"]), root)
        column = tables.PARENT[entity]
        above = self._follow(entity, column, values, stored)
        name, root = (above.name, above.root) if above is not None else (_(_UNKNOWN), root)
        second = str(values.get(_OWN_TEXT.get(entity, "")) or "")
        detail = _DETAIL.get(entity)
        if detail is not None:
            found = self._follow(entity, detail, values, stored)
            second = (found.second if detail == "evaluation_id" else found.name) if found is not None else ""
        return Title(name, second, root)

    def _follow(self, entity: str, column: str, values: Mapping[str, Any], stored: bool) -> Title | None:
        pointer = values.get(column)
        if pointer is None:
            return None
        target = tables.target_of(entity, column)
        if not stored:
            return self.title(target, str(pointer))
        row = self._row(target, "id", pointer)
        return self.title(target, row["rid"]) if row is not None else None

    def _row(self, entity: str, column: str, value: Any) -> Mapping[str, Any] | None:
        key = (entity, column, value)
        if key not in self._stored:
            table = tables.table_of(entity)
            row = self._connection.execute(select(table).where(table.c[column] == value)).mappings().first()
            found: dict[str, Any] | None = {**row} if row is not None else None
            self._stored[key] = found
            if found is not None:
                other = "id" if column == "rid" else "rid"
                self._stored[entity, other, found[other]] = found
        return self._stored[key]


def index_of(rows: Sequence[Any]) -> dict[tuple[str, str], Mapping[str, Any]]:
    """(entity, rid) → values of the records of a package."""
    return {(row.entity, row.rid): row.values for row in rows}


@cache
def _choices(entity: str, key: str) -> Mapping[str, str]:
    found = _CHOICES.get((entity, key))
    if found is not None:
        return found
    column = _personnel(key) if entity == "employee" else None
    return dict(column.choices) if column is not None else {}


def _day(value: date | str | None) -> str:
    """Dates stand as such in records and as ISO text in the log."""
    return format_date(date.fromisoformat(value) if isinstance(value, str) else value)


def _period(code: str) -> str:
    try:
        return parse_period(code).label
    except InputError:
        return code

"""Checks and derivations for employees. Pure: no database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from asn_desktop.core.i18n import _
from asn_desktop.core.identifiers import IdentifierError, Nip, NumberKind, cross_check, parse_nip
from asn_desktop.core.indonesian import format_short_date, print_name, search_key
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.core.ranks import RankError, parse_rank, ranks_by_code
from asn_desktop.environment.resources import reference_table
from asn_desktop.personnel.field_checks import field_issues

PLACE_FIELDS = ("unit_id", "position", "superior_id")
"""A change of one of these is a change of place: what was before goes to the placement history."""

YOUNGEST = 17
"""Nobody is appointed younger (NIP: age at appointment 17–56)."""
_PNS_ABOVE_PPPK = 100
_ORDERED_DATES = (
    ("birth_date", "cpns_tmt"),
    ("cpns_tmt", "pns_tmt"),
    ("cpns_tmt", "rank_tmt"),
    ("cpns_tmt", "position_tmt"),
    ("cpns_tmt", "contract_end"),
)


# -- derived columns ----------------------------------------------------------------------------------------


def name_key(name: str) -> str:
    """Sorts names without titles, case and punctuation."""
    return search_key(name)


def search_text(name: str, nip: str | None, position: str | None) -> str:
    """What the search field looks through, besides the names of units."""
    return f"{search_key(name)} {nip or ''} {search_key(position or '')}".strip()


def rank_order(rank: str | None) -> int | None:
    """Sorts golongan: PPPK I–XVII, above them PNS I/a–IV/e; None for an unknown one."""
    known = ranks_by_code().get(rank or "")
    if known is None:
        return None
    return known.order if known.is_pppk else _PNS_ABOVE_PPPK + known.order


@cache
def _activity() -> dict[str, bool]:
    return {
        search_key(name): row["aktif"] == "ya"
        for row in reference_table("kedudukan_hukum")
        for name in (row["nama"], *filter(None, row["sebutan"].split("|")))
    }


@cache
def legal_statuses() -> dict[str, bool]:
    """Every kedudukan hukum by its name, and whether it counts as active."""
    return {row["nama"]: row["aktif"] == "ya" for row in reference_table("kedudukan_hukum")}


@cache
def _active_or_unknown(legal_status: str) -> bool | None:
    """None for a name that the table does not know, nor without PNS or PPPK before it ("PPPK Tidak Aktif")."""
    key = search_key(legal_status)
    known = _activity().get(key)
    first, _space, rest = key.partition(" ")
    return _activity().get(rest) if known is None and first in ("pns", "cpns", "pppk", "p3k", "asn") else known


def is_active(legal_status: str) -> bool:
    """Whether a kedudukan hukum counts as active (``resources/reference/kedudukan_hukum.csv``).

    A name that is not in the table is taken as active: a person must not vanish from a quarter by a spelling. An
    import asks what it means (:mod:`asn_desktop.exchange.question_status`).
    """
    active = _active_or_unknown(legal_status)
    return True if active is None else active


def known_legal_status(legal_status: str) -> bool:
    return _active_or_unknown(legal_status) is not None


def employee_values(fields: Mapping[str, Any], current: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Columns for ``uow.insert_many`` / ``update_many`` from cleaned ``fields`` (column → value).

    Adds what follows from them: name_key, search_text, rank_order, and active from legal_status. For an update
    give the ``current`` row, because the search text joins fields that may not be in ``fields``. An employee
    deactivated by a person stays so until the legal status itself changes.
    """
    values = dict(fields)
    whole = {**current, **values} if current else values
    if current is None:
        values.setdefault("legal_status", "Aktif")
        whole = values
    if current is None or values.keys() & {"name", "nip", "position"}:
        values["name_key"] = name_key(whole["name"])
        values["search_text"] = search_text(whole["name"], whole.get("nip"), whole.get("position"))
    if current is None or "rank" in values:
        values["rank_order"] = rank_order(whole.get("rank"))
    status = values.get("legal_status")
    if status is not None and (current is None or status != current["legal_status"]):
        values["active"] = is_active(status)
        if values["active"] and current is not None:
            values["inactive_since"] = values["inactive_reason"] = None
        elif not values["active"] and (current is None or current["active"]):
            values.setdefault("inactive_reason", status)
    return values


def moved(current: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    """Whether ``values`` move somebody to another unit, post or superior."""
    return any(key in values and values[key] != current[key] for key in PLACE_FIELDS)


def former_placement(employee_id: int, current: Mapping[str, Any], until: date) -> dict[str, Any]:
    """The history row of the place that ends the day before ``until``."""
    return {"employee_id": employee_id, "until": until, **{key: current[key] for key in PLACE_FIELDS}}


# -- checks -------------------------------------------------------------------------------------------------


def validate(values: Mapping[str, Any], on: date) -> list[Issue]:
    """Everything wrong or odd about one employee's fields, each with its field key; ``on`` is today.

    Errors refuse the record; warnings (a NIP that disagrees with sex or dates, an unusual order of dates) are
    shown and accepted: the field knows court-corrected birth dates and numbers that were never re-issued.
    """
    issues: list[Issue] = []
    if not (values.get("name") or "").strip():
        issues.append(_error("name_empty", "name", _("Nama belum diisi.")))
    issues += _check_nip(values, on)
    issues += _check_rank(values)
    issues += _check_dates(values, on)
    issues += field_issues(values)
    if not (values.get("position") or "").strip():
        issues.append(_warning("position_empty", "position", _("Jabatan belum diisi; formulir akan kosong di sini.")))
    if values.get("unit_id") is None:
        issues.append(_error("unit_empty", "unit_id", _("Unit kerja belum dipilih."), _("Pilih unit dari daftar.")))
    status = values.get("legal_status") or ""
    if not status.strip():
        issues.append(_error("legal_status_empty", "legal_status", _("Kedudukan hukum belum diisi.")))
    elif not known_legal_status(status):
        text = _("Kedudukan hukum “{status}” tidak ada dalam daftar; pegawai dihitung aktif.")
        issues.append(_warning("legal_status_unknown", "legal_status", text.format(status=status)))
    return issues


def _check_nip(values: Mapping[str, Any], on: date) -> list[Issue]:
    kind = values.get("employment_kind") or ""
    text = (values.get("nip") or "").strip()
    if not text:
        if kind == "PPPK_PARUH_WAKTU":
            return [_warning("nip_missing", "nip", _("PPPK Paruh Waktu tanpa NIP: lengkapi bila nomornya terbit."))]
        return [_error("nip_empty", "nip", _("NIP belum diisi."), _("Isi 18 angka; spasi boleh."))]
    try:
        nip = parse_nip(text, on=on)
    except IdentifierError as error:
        return [_error(error.code, "nip", error.reason, _("Salin NIP dari SK atau SIASN."), text)]
    issues = cross_check(
        nip, sex=values.get("sex"), birth_date=values.get("birth_date"), cpns_tmt=values.get("cpns_tmt")
    )
    return issues + _check_number_kind(nip, kind)


def _check_number_kind(nip: Nip, kind: str) -> list[Issue]:
    """PPPK numbers carry 21 in the place of the month (domain: NI PPPK)."""
    is_pppk = kind.startswith("PPPK")
    if not kind or is_pppk == (nip.kind is NumberKind.PPPK):
        return []
    if is_pppk:
        text = _("Nomor ini berpola NIP PNS (angka 13–14 bukan 21), sedangkan jenis pegawai PPPK.")
    else:
        text = _("Nomor ini berpola NI PPPK (angka 13–14 = 21), sedangkan jenis pegawai {kind}.").format(kind=kind)
    return [_warning("nip_kind_differs", "employment_kind", text)]


def _check_rank(values: Mapping[str, Any]) -> list[Issue]:
    rank, kind = values.get("rank"), values.get("employment_kind")
    if not rank:
        if kind == "PPPK_PARUH_WAKTU":
            return []
        return [_warning("rank_empty", "rank", _("Golongan belum diisi."))]
    try:
        parse_rank(rank, kind)
    except RankError as error:
        return [_error(error.code, "rank", error.reason, _("PNS: III/b. PPPK: IX."), rank)]
    return []


def _check_dates(values: Mapping[str, Any], on: date) -> list[Issue]:
    names = {
        "birth_date": _("tanggal lahir"), "cpns_tmt": _("TMT CPNS/PPPK"), "pns_tmt": _("TMT PNS"),
        "rank_tmt": _("TMT golongan"), "position_tmt": _("TMT jabatan"), "contract_end": _("akhir kontrak"),
    }  # fmt: skip
    issues = []
    for earlier, later in _ORDERED_DATES:
        first, second = values.get(earlier), values.get(later)
        if first and second and second < first:
            text = _("{later} ({second}) lebih awal daripada {earlier} ({first}).")
            message = text.format(later=names[later].capitalize() if later == "contract_end" else names[later],
                                  earlier=names[earlier], first=format_short_date(first),
                                  second=format_short_date(second))  # fmt: skip
            severity = Severity.ERROR if earlier == "birth_date" else Severity.WARNING
            issues.append(Issue("date_order", message, severity, field=later))
    born = values.get("birth_date")
    if born is not None:
        age = age_on(born, on)
        if born >= on or age < YOUNGEST:
            text = _("Menurut tanggal lahir ini umurnya belum {age} tahun.").format(age=YOUNGEST)
            issues.append(_error("birth_date_age", "birth_date", text))
        elif age > 70 and is_active(values.get("legal_status") or "Aktif"):
            text = _("Umur {age} tahun, tetapi masih tercatat aktif.").format(age=age)
            issues.append(_warning("age_high", "birth_date", text))
    end = values.get("contract_end")
    kind = values.get("employment_kind") or ""
    if end and kind and not kind.startswith("PPPK"):
        text = _("Akhir kontrak hanya untuk PPPK, sedangkan jenis pegawai {kind}.").format(kind=kind)
        issues.append(_warning("contract_of_pns", "contract_end", text))
    return issues


def age_on(born: date, day: date) -> int:
    """Full years of age."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def printed_name(values: Mapping[str, Any]) -> str:
    """``dr. Fatimah Siregar, Sp.A.``: the name with titles as letters print it."""
    return print_name(values.get("title_front") or "", values["name"], values.get("title_back") or "")


def _error(code: str, field: str, message: str, hint: str = "", value: str = "") -> Issue:
    return Issue(code, message, Severity.ERROR, hint, value, field)


def _warning(code: str, field: str, message: str) -> Issue:
    return Issue(code, message, Severity.WARNING, field=field)

"""Employees as nobody would type them, but as the form lets them through."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from asn_desktop.personnel.choices import (
    EDUCATION_LEVELS,
    LEGAL_STATUSES,
    MARITAL_STATUSES,
    POSITION_KINDS,
    RELIGIONS,
    SEXES,
)
from asn_desktop.personnel.commands import EmployeeCommand
from asn_desktop.personnel.employment_kinds import EMPLOYMENT_KINDS

STRANGE = (
    "=1+1", "=cmd|'/C calc'!A0", "+62 811", "-", "--", "@SUM(A1)", "'", "NULL", "n/a", "[KOSONG]", "0", "007", "1E5",
    "_x0041_", "\u200bAni", "A\u00a0B", "Ma\u2019ruf", "MA'RUF", "O\u0308zil", "\U0001f600", "Siti, S.Pd.", "dr. Budi",
    "SITI AMINAH", "Hj. Ani", "a  b", "\tTab", "baris\nbaru", "Jl. \"Merdeka\" No. 5 & <6>", "TRUE", "#N/A", "12-03-1985",
    "JUMLAH", "Mengetahui", "I. SEKRETARIAT", "DINAS KESEHATAN", "x" * 130,
)  # fmt: skip
_TEXT = st.one_of(
    st.sampled_from(STRANGE),
    st.text(st.characters(exclude_categories=("Cs", "Cn", "Co")), max_size=30),
    st.text(st.characters(categories=("Lu", "Ll", "Zs", "Po", "Nd"), max_codepoint=0x17F), min_size=2, max_size=40),
)


def _codes(choices: tuple[tuple[str, str], ...]) -> st.SearchStrategy[str | None]:
    return st.one_of(st.none(), st.sampled_from([value for value, _label in choices]))


_CAREER = st.dates(date(1950, 1, 1), date(2045, 12, 31))
_WILD: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(
        ("name", "title_front", "title_back", "birth_place", "position", "position_level", "echelon", "education",
         "phone", "address", "national_id", "legal_status"), _TEXT),
    **dict.fromkeys(("cpns_tmt", "pns_tmt", "rank_tmt", "position_tmt", "salary_step_tmt"), _CAREER),
    "contract_end": st.dates(date(2019, 1, 1), date(2060, 12, 31)),
    "service_years": st.integers(0, 60),
    "service_months": st.integers(0, 11),
    "job_class": st.integers(1, 17),
    "graduation_year": st.integers(1950, 2100),
    "legal_status_code": st.sampled_from([value for value, _label in LEGAL_STATUSES]),
    "religion": _codes(RELIGIONS),
    "marital_status": _codes(MARITAL_STATUSES),
    "position_kind": _codes(POSITION_KINDS),
    "education_level": _codes(EDUCATION_LEVELS),
    "email": st.just("ani@contoh.go.id"),
    "nik": st.just("1112 0152 0385 0001"),
    "npwp": st.just("12.345.678.9-012.345"),
    "old_nip": st.just("132 123 456"),
}  # fmt: skip


@st.composite
def commands(draw: st.DrawFn, number: int, unit_ids: list[int]) -> EmployeeCommand:
    """One employee, sound but for some strange fields; ``number`` (below 900) keeps the NIPs of an example apart."""
    kind = draw(st.sampled_from([value for value, _label in EMPLOYMENT_KINDS]))
    pppk = kind.startswith("PPPK")
    born = draw(st.dates(date(1962, 1, 1), date(1999, 12, 31)))
    sex = draw(st.sampled_from([value for value, _label in SEXES]))
    year = 2024 if pppk else born.year + 20
    nip = f"{born:%Y%m%d}{year}{'21' if pppk else '01'}{'1' if sex == 'L' else '2'}{number + 1:03}"
    fields = draw(st.sets(st.sampled_from(sorted(_WILD)), max_size=12))
    wild = {field: draw(_WILD[field]) for field in sorted(fields)}
    status = wild.pop("legal_status_code", None)
    if status is not None:
        wild["legal_status"] = status
    numbered = kind != "PPPK_PARUH_WAKTU" or draw(st.booleans())
    if not numbered:  # only the name tells them apart
        wild.pop("name", None)
    plain = EmployeeCommand(
        nip=nip if numbered else None,
        name=f"Contoh {chr(ord('A') + number)}{'Ani' if sex == 'P' else 'Budi'}",
        employment_kind=kind,
        birth_date=draw(st.sampled_from((None, born))),
        sex=sex,
        rank="IX" if pppk else "III/b",
        position="Guru",
        unit_id=draw(st.sampled_from(unit_ids)),
    )
    return replace(plain, **wild)

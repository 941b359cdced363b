"""NIP and its relatives: every way they are typed, every way they are wrong."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asn_desktop.core.identifiers import (
    IdentifierError,
    NumberKind,
    cross_check,
    digits_kept,
    format_nip,
    looks_like_nip,
    parse_nik,
    parse_nip,
    parse_npwp,
    parse_nrp,
    parse_old_nip,
)

ON = date(2026, 10, 6)
NIP = "198503122010011004"
PPPK = "199001012025212001"


@pytest.mark.parametrize(
    "typed",
    [
        NIP,
        "19850312 201001 1 004",
        "19850312.201001.1.004",
        "19850312-201001-1-004",
        f"'{NIP}",
        f"’{NIP}",
        f"{NIP}\u00a0",
        f"\u200b{NIP}\ufeff",
        f"{NIP}\n",
        f"NIP. {NIP}",
        f"NIP : {NIP}",
        f"NIP {NIP}",
        "l98503122O1OO11OO4",
        "I98503122010011004",
    ],
)
def test_every_spelling_gives_the_same_number(typed: str) -> None:
    nip = parse_nip(typed, on=ON)
    assert nip.digits == NIP
    assert nip.formatted == "19850312 201001 1 004"
    assert (nip.kind, nip.birth_date, nip.appointed, nip.sex, nip.sequence) == (
        NumberKind.PNS,
        date(1985, 3, 12),
        (2010, 1),
        "L",
        4,
    )


def test_a_pppk_number_with_21_in_place_of_the_month_is_valid() -> None:
    nip = parse_nip(f"NI PPPK {PPPK}", on=ON)
    assert (nip.kind, nip.appointed, nip.sex) == (NumberKind.PPPK, (2025, None), "P")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "nip_empty"),
        ("-", "nip_empty"),
        ("1,98503E+17", "nip_numeric"),
        ("1.98503122010011E+17", "nip_numeric"),
        ("198503122010011008.0", "nip_numeric"),
        ("198503122010011000", "nip_numeric"),
        ("130123456", "nip_old"),
        ("7371011203850001", "nip_is_nik"),
        ("85031234", "nip_is_nrp"),
        ("19850312201001100", "nip_length"),
        ("1985031220100110041", "nip_length"),
        ("19850312201001100X", "nip_characters"),
        ("198513122010011004", "nip_birth_date"),
        ("198502302010011004", "nip_birth_date"),
        ("018503122010011004", "nip_birth_date"),
        ("198503121955011004", "nip_year"),
        ("198503122031011004", "nip_year_ahead"),
        ("199001012031212001", "nip_year_ahead"),
        ("198503122131011004", "nip_year"),
        ("199001012018212001", "nip_year"),
        ("198503122010131004", "nip_month"),
        ("198503122010013004", "nip_sex"),
        ("198503122001011004", "nip_age"),
        ("195003122010011004", "nip_age"),
    ],
)
def test_a_wrong_number_says_what_is_wrong(typed: str, code: str) -> None:
    with pytest.raises(IdentifierError) as caught:
        parse_nip(typed, on=ON)
    assert caught.value.code == code
    assert caught.value.reason


def test_appointment_at_seventeen_and_at_fifty_six_is_possible() -> None:
    assert parse_nip("198503122002031004", on=ON).appointed_year == 2002
    assert parse_nip("195303122010021004", on=ON).appointed_year == 2010


def test_disagreement_with_other_fields_is_a_warning() -> None:
    nip = parse_nip(NIP, on=ON)
    codes = {issue.code for issue in cross_check(nip, sex="P", birth_date=date(1985, 3, 13), cpns_tmt=date(2010, 2, 1))}
    assert codes == {"nip_sex_differs", "nip_birth_date_differs", "nip_cpns_tmt_differs"}
    assert not cross_check(nip, sex="L", birth_date=date(1985, 3, 12), cpns_tmt=date(2010, 1, 1))
    assert not cross_check(parse_nip(PPPK, on=ON), cpns_tmt=date(2021, 3, 1))


def test_other_numbers_have_their_own_lengths() -> None:
    assert parse_nik("7371 0112 0385 0001") == "7371011203850001"
    assert parse_npwp("01.234.567.8-901.000") == "012345678901000"
    assert parse_old_nip("130 123 456") == "130123456"
    assert parse_nrp("85031234") == "85031234"
    for parse, typed, code in (
        (parse_nik, "737101120385000", "nik_length"),
        (parse_nik, "7,37101E+15", "nik_numeric"),
        (parse_npwp, "abc", "npwp_characters"),
        (parse_old_nip, "1301234567", "old_nip_length"),
    ):
        with pytest.raises(IdentifierError) as caught:
            parse(typed)
        assert caught.value.code == code


def test_only_fifteen_digits_of_a_number_are_certain() -> None:
    assert digits_kept(198503122010011004.0) == "198503122010011"
    assert digits_kept(199305072016041033.0) == "199305072016041"
    assert digits_kept(130123456.0) == "130123456"


@st.composite
def valid_nips(draw: st.DrawFn) -> str:
    born = draw(st.dates(date(1965, 1, 1), date(1999, 12, 31)))
    appointed = draw(st.integers(born.year + 18, born.year + 25))
    middle = draw(st.integers(1, 12))
    return f"{born:%Y%m%d}{appointed}{middle:02}{draw(st.sampled_from('12'))}{draw(st.integers(1, 999)):03}"


@given(valid_nips())
def test_formatting_and_parsing_are_inverse(digits: str) -> None:
    nip = parse_nip(digits, on=ON)
    assert parse_nip(nip.formatted, on=ON) == nip
    assert str(nip) == digits
    assert looks_like_nip(format_nip(digits))


@given(st.text(max_size=30))
def test_no_text_at_all_makes_parsing_fall_over(text: str) -> None:
    with suppress(IdentifierError):
        assert parse_nip(text, on=ON).digits.isdigit()

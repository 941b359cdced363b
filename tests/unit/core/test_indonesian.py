"""Dates and numbers as offices write them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asn_desktop.core.indonesian import (
    DateError,
    NumberError,
    date_from_serial,
    format_date,
    format_day_month_year,
    format_number,
    is_blank_text,
    parse_date,
    parse_integer,
    parse_number,
)


@pytest.mark.parametrize(
    "typed",
    [
        "05-08-2024", "05/08/2024", "05.08.2024", "5-8-2024", "5/8/2024", "2024-08-05", "2024/8/5", "5 Agustus 2024", "05 AGUSTUS 2024",
        "5 Agt 2024", "5 Agu 2024", "5 Ags 2024", "5-Agustus-2024", "05-Aug-2024", "Senin, 5 Agustus 2024", "2024-08-05 00:00:00",
        "05-08-2024 07:30", "'05-08-2024", " 5  Agustus  2024 ", "2024-08-05T00:00:00",
    ],
)  # fmt: skip
def test_a_date_in_every_spelling(typed: str) -> None:
    assert parse_date(typed).value == date(2024, 8, 5)
    assert parse_date(typed).warning == ""


@pytest.mark.parametrize(
    ("word", "month"),
    [("Jan", 1), ("Pebruari", 2), ("Peb", 2), ("Mar", 3), ("Apr", 4), ("Mei", 5), ("Juni", 6), ("Jul", 7), ("Sept", 9),
     ("Sep", 9), ("Okt", 10), ("Nopember", 11), ("Nop", 11), ("Nov", 11), ("Des", 12), ("December", 12)],
)  # fmt: skip
def test_month_names_and_their_abbreviations(word: str, month: int) -> None:
    assert parse_date(f"12-{word}-1985").value == date(1985, month, 12)


@pytest.mark.parametrize(
    "typed", ["", "-", "--", "–", "00-00-0000", "0000-00-00", "1900-01-00", "00/00/0000", "NULL", "n/a"]
)
def test_spellings_of_no_date(typed: str) -> None:
    assert parse_date(typed).value is None


def test_day_first_unless_the_second_number_proves_otherwise() -> None:
    assert parse_date("03/04/2020").value == date(2020, 4, 3)
    proven = parse_date("12/25/2020")
    assert (proven.value, proven.warning) == (date(2020, 12, 25), "month_first")


def test_a_two_digit_year_is_taken_only_where_one_century_is_possible() -> None:
    with pytest.raises(DateError) as caught:
        parse_date("01 Jan 24")
    assert (caught.value.code, caught.value.suggestion) == ("date_two_digit_year", date(2024, 1, 1))
    parsed = parse_date("01 Jan 24", (1950, 2045))
    assert (parsed.value, parsed.warning) == (date(2024, 1, 1), "two_digit_year")
    assert parse_date("12-Mei-85", (1940, 2015)).value == date(1985, 5, 12)
    with pytest.raises(DateError):
        parse_date("01-01-10", (1900, 2020))


@pytest.mark.parametrize(
    ("typed", "code"),
    [("30-02-2020", "date_impossible"), ("31/13/2020", "date_impossible"), ("01-01-1700", "date_impossible"),
     ("besok", "date_unknown"), ("2020", "date_unknown"), ("Maret 2020", "date_unknown"), ("1 Foo 2020", "date_unknown")],
)  # fmt: skip
def test_what_is_no_date_says_why(typed: str, code: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(typed)
    assert caught.value.code == code


def test_excel_serials_of_both_epochs() -> None:
    assert date_from_serial(42826) == date(2017, 4, 1)
    assert date_from_serial(42826 - 1462, epoch_1904=True) == date(2017, 4, 1)
    assert date_from_serial(1) == date(1900, 1, 1)
    assert date_from_serial(59) == date(1900, 2, 28)
    assert date_from_serial(61) == date(1900, 3, 1)
    assert date_from_serial(0) is None
    for impossible in (60, -3, 9e9):
        with pytest.raises(DateError):
            date_from_serial(impossible)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_formatting_and_parsing_dates_are_inverse(day: date) -> None:
    assert parse_date(format_date(day)).value == day
    assert parse_date(format_day_month_year(day)).value == day
    assert parse_date(day.isoformat()).value == day


def test_dates_print_in_indonesian() -> None:
    assert format_date(date(2026, 11, 21)) == "21 November 2026"
    assert format_date(date(2026, 5, 1)) == "1 Mei 2026"
    assert format_date(None) == ""


@pytest.mark.parametrize(
    ("typed", "value"),
    [("1.500.000", "1500000"), ("1.234,56", "1234.56"), ("1,234.56", "1234.56"), ("3,75", "3.75"), ("3.75", "3.75"),
     ("1234.56", "1234.56"), ("-5", "-5"), ("Rp 1.500.000,-", "1500000"), ("1,500,000", "1500000"), ("0.125", "0.125")],
)  # fmt: skip
def test_decimal_comma_and_point_and_thousands(typed: str, value: str) -> None:
    assert parse_number(typed).value == Decimal(value)


def test_a_number_that_may_mean_two_things_is_refused_unless_it_is_an_amount() -> None:
    with pytest.raises(NumberError) as caught:
        parse_number("1.234")
    assert caught.value.code == "number_ambiguous"
    parsed = parse_number("1.234", amount=True)
    assert (parsed.value, parsed.warning) == (Decimal(1234), "thousands_point")
    with pytest.raises(NumberError):
        parse_number("1.23.4")


def test_whole_numbers_with_their_units() -> None:
    assert parse_integer("2008.0") == 2008
    assert parse_integer("12 Th") == 12
    with pytest.raises(NumberError):
        parse_integer("12,5")


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_formatting_and_parsing_numbers_are_inverse(value: Decimal) -> None:
    assert parse_number(format_number(value, 2)).value == value


@given(st.text(max_size=25))
def test_no_text_makes_parsing_fall_over(text: str) -> None:
    with suppress(DateError):
        value = parse_date(text, (1950, 2045)).value
        assert value is None or value.year >= 1900
    with suppress(NumberError):
        assert parse_number(text).value.is_finite()


def test_what_offices_write_for_nothing() -> None:
    assert all(is_blank_text(text) for text in ("", " - ", "NULL", "n/a", "nihil"))
    assert not is_blank_text("0")

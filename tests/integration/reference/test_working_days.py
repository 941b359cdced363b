"""Statutory terms counted by hand on the calendars of 2025–2027 (SKB libur nasional dan cuti bersama)."""

from __future__ import annotations

from datetime import date

import pytest

from asn_desktop.core.periods import Period
from asn_desktop.services import Services


@pytest.mark.parametrize(
    ("closes", "days", "due"),
    [
        # Wafat Yesus Kristus, 1, 12 and 29 May with their cuti bersama
        (date(2025, 4, 15), 14, date(2025, 5, 7)),
        (date(2025, 4, 15), 30, date(2025, 6, 4)),
        (date(2025, 10, 15), 14, date(2025, 11, 4)),
        # over the turn of the year: 16 January, then Imlek with its cuti bersama
        (date(2026, 1, 15), 14, date(2026, 2, 5)),
        (date(2026, 1, 15), 30, date(2026, 3, 3)),
        # 1 and 14–15 May, Idul Adha 27–28 May, 1 June
        (date(2026, 4, 15), 14, date(2026, 5, 6)),
        (date(2026, 4, 15), 30, date(2026, 6, 4)),
        # 17 and 25 August
        (date(2026, 7, 15), 14, date(2026, 8, 4)),
        (date(2026, 7, 15), 30, date(2026, 8, 28)),
        (date(2026, 10, 15), 14, date(2026, 11, 4)),
        (date(2026, 10, 15), 30, date(2026, 11, 26)),
        # begins on a Sunday; Imlek, then Nyepi and Idul Fitri in one week
        (date(2027, 1, 31), 14, date(2027, 2, 19)),
        (date(2027, 1, 31), 30, date(2027, 3, 23)),
        (date(2027, 4, 15), 14, date(2027, 5, 5)),
    ],
)
def test_day_one_is_the_next_working_day(office: Services, closes: date, days: int, due: date) -> None:
    assert office.reference.deadline(closes, days) == due
    assert office.reference.working_days_until(due, closes) == days
    assert office.reference.working_days_until(closes, due) == -days


def test_where_people_work_six_days_saturdays_count(office: Services) -> None:
    assert office.reference.deadline(date(2026, 10, 15), 14, workdays=6) == date(2026, 10, 31)


def test_a_local_holiday_moves_the_term(office: Services) -> None:
    office.reference.save_holiday(date(2026, 10, 20), "HUT Kabupaten Contoh", "libur_daerah")
    assert office.reference.deadline(date(2026, 10, 15), 14) == date(2026, 11, 5)


@pytest.mark.parametrize(
    ("period", "closes", "superior_signs", "report"),
    [
        (Period(2026, 3), date(2026, 10, 15), date(2026, 11, 4), date(2026, 11, 26)),
        (Period(2025, 4), date(2026, 1, 15), date(2026, 2, 5), date(2026, 3, 3)),
        (Period(2026, 0), date(2027, 1, 31), date(2027, 2, 19), date(2027, 3, 23)),
    ],
)
def test_terms_of_a_period(office: Services, period: Period, closes: date, superior_signs: date, report: date) -> None:
    office.appraisal.open_period(period)
    assert [(term.code, term.due) for term in office.appraisal.deadlines(period.code)] == [
        ("JENDELA", closes),
        ("ATASAN_TTD", superior_signs),
        ("LAPOR_PYB", report),
    ]
    assert all(term.holidays_known for term in office.appraisal.deadlines(period.code))

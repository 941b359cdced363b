"""Working days and unit names. Pure."""

from __future__ import annotations

import re
from collections.abc import Set
from datetime import date, timedelta

_NOISE = re.compile(r"[^0-9A-Z]+")


def match_name(name: str) -> str:
    """A unit's name as imports compare it: upper case, only letters and digits, single spaces."""
    return _NOISE.sub(" ", name.upper()).strip()


def is_working_day(day: date, holidays: Set[date], workdays: int = 5) -> bool:
    """Monday to Friday (to Saturday where ``workdays`` is 6), minus holidays and cuti bersama."""
    return day.weekday() < workdays and day not in holidays


def add_working_days(start: date, count: int, holidays: Set[date], workdays: int = 5) -> date:
    """The ``count``-th working day after ``start``; day 1 is the next working day (deadlines of L V.A)."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        if is_working_day(day, holidays, workdays):
            count -= 1
    return day


def working_days_between(start: date, end: date, holidays: Set[date], workdays: int = 5) -> int:
    """Working days after ``start`` up to and including ``end``; negative when ``end`` lies before ``start``."""
    if end < start:
        return -working_days_between(end, start, holidays, workdays)
    days = (start + timedelta(days=offset) for offset in range(1, (end - start).days + 1))
    return sum(is_working_day(day, holidays, workdays) for day in days)

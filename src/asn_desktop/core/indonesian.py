"""How Indonesian offices write dates and numbers; names live in :mod:`asn_desktop.core.names`.

Reading is generous about spelling and strict about meaning: day first always, a two-digit year only where one
century is possible, a number only where commas and points leave no doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from asn_desktop.core.i18n import _
from asn_desktop.core.names import (
    ascii_fold,
    clean_spaces,
    print_name,
    search_key,
    split_name,
    tidy_unit_name,
)

__all__ = [
    "MONTHS",
    "DateError",
    "NumberError",
    "ParsedDate",
    "ParsedNumber",
    "ascii_fold",
    "clean_spaces",
    "date_from_serial",
    "file_stamp",
    "format_clock",
    "format_date",
    "format_day_month_year",
    "format_moment",
    "format_number",
    "format_short_date",
    "is_blank_text",
    "parse_date",
    "parse_integer",
    "parse_number",
    "print_name",
    "search_key",
    "split_name",
    "tidy_unit_name",
]

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
_MONTH_WORDS = {
    1: "januari jan january",
    2: "februari feb pebruari peb february febuari",
    3: "maret mar mrt march",
    4: "april apr",
    5: "mei may",
    6: "juni jun june",
    7: "juli jul july",
    8: "agustus agt agu ags agust aug august",
    9: "september sep sept",
    10: "oktober okt oct october",
    11: "november nov nopember nop",
    12: "desember des december dec",
}
_MONTH_BY_WORD = {word: number for number, words in _MONTH_WORDS.items() for word in words.split()}
_BLANKS = frozenset({"", "-", "--", "---", "–", "—", "_", ".", "null", "none", "nan", "n/a", "na", "(null)", "nihil"})
_AROUND = " \t\r\n\xa0'\u2018\u2019`"
_BLANK_DATES = frozenset(
    {
        "00-00-0000",
        "0000-00-00",
        "00/00/0000",
        "00.00.0000",
        "1900-01-00",
        "00-01-1900",
        "00/01/1900",
        "0",
        "0000",
    }
)
_NUMERIC_DATE = re.compile(r"^(\d{1,4})\s*[-/.\s]\s*(\d{1,2})\s*[-/.\s]\s*(\d{1,4})$")
_WORD_DATE = re.compile(r"^(\d{1,2})\s*[-/.\s]?\s*([A-Za-z]{3,9})\.?\s*[-/.,\s]?\s*(\d{4}|\d{2})$")
_TIME_TAIL = re.compile(r"[T\s]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:Z|WIB|WITA|WIT)?$", re.I)
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?")
_LAST_MINUTE = 1 / 1440
_WEEKDAY = re.compile(r"^(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\s*,?\s*", re.I)


class DateError(ValueError):
    """Not a date. ``suggestion`` is what may have been meant; never taken without a person's word."""

    def __init__(self, code: str, reason: str, suggestion: date | None = None) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.suggestion = suggestion


class NumberError(ValueError):
    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """``value`` None: one of the spellings of "no date". ``warning``: "", month_first, two_digit_year or clock."""

    value: date | None
    warning: str = ""


@dataclass(frozen=True, slots=True)
class ParsedNumber:
    value: Decimal
    warning: str = ""


def is_blank_text(text: str) -> bool:
    """Whether offices mean "nothing" by it: a dash, NULL, n/a, only spaces, the lone apostrophe of an export."""
    return text.strip(_AROUND).casefold() in _BLANKS


@lru_cache(maxsize=16384)
def parse_date(text: str, years: tuple[int, int] | None = None) -> ParsedDate:
    """The date in ``text``: ``21-11-2026``, ``21/11/2026``, ISO, ``21 November 2026``, ``12-Mei-85`` …

    ``years`` is the range the field allows; it settles a two-digit year when only one century fits (with a
    warning), otherwise such a year is refused with a suggestion. Month-first is believed only where the
    second number is above 12, with a warning. Raises :class:`DateError`.
    """
    # The two spellings that make up nearly every file: dd?mm?yyyy and yyyy?mm?dd.
    if len(text) == 10 and text.isascii():
        a, b, sep1, sep2 = text[:2], text[3:5], text[2], text[5]
        if sep1 == sep2 and sep1 in "-/." and a.isdigit() and b.isdigit() and text[6:].isdigit():
            day, month, year = int(a), int(b), int(text[6:])
            if 1 <= month <= 12 and 1 <= day <= 28 and year >= 1900:
                return ParsedDate(date(year, month, day))
    return _parse_slowly(text, years)


def _parse_slowly(text: str, years: tuple[int, int] | None) -> ParsedDate:
    bare = clean_spaces(text).strip("'").strip()
    if is_blank_text(bare) or bare in _BLANK_DATES:
        return ParsedDate(None)
    clock = _TIME_TAIL.search(bare)
    if clock is not None:
        bare = bare[: clock.start()]
        if next_day_at(clock[0].strip("Tt \t")):
            found = _parse_slowly(bare, years)
            return ParsedDate(found.value + timedelta(days=1), "clock") if found.value else found
    bare = _WEEKDAY.sub("", bare)
    if bare in _BLANK_DATES:
        return ParsedDate(None)
    match = _NUMERIC_DATE.match(bare)
    if match:
        first, second, third = match.groups()
        if len(first) == 4:
            return ParsedDate(_real(int(first), int(second), int(third), bare))
        if len(first) > 2 or len(third) not in (2, 4):
            raise _not_a_date(text)
        return _day_first(int(first), int(second), third, bare, years)
    match = _WORD_DATE.match(bare)
    if match:
        month = _MONTH_BY_WORD.get(match[2].casefold())
        if month is not None:
            return _day_first(int(match[1]), month, match[3], bare, years)
    raise _not_a_date(text)


def _day_first(day: int, month: int, year_text: str, text: str, years: tuple[int, int] | None) -> ParsedDate:
    warning = ""
    if month > 12 and day <= 12:
        day, month, warning = month, day, "month_first"
    year = int(year_text)
    if len(year_text) == 2:
        fitting = [century + year for century in (1900, 2000) if years and years[0] <= century + year <= years[1]]
        if len(fitting) != 1:
            likely = 2000 + year if year < 40 else 1900 + year
            raise DateError(
                "date_two_digit_year",
                _("Tahun pada “{text}” hanya dua angka. Tulis empat angka, misalnya {example}.").format(
                    text=text, example=f"{day:02}/{month:02}/{likely}"
                ),
                _real_or_none(likely, month, day),
            )
        year, warning = fitting[0], warning or "two_digit_year"
    return ParsedDate(_real(year, month, day, text), warning)


def _real_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _real(year: int, month: int, day: int, text: str) -> date:
    value = _real_or_none(year, month, day)
    if value is None or year < 1900:
        reason = _("Tanggal “{text}” tidak ada di kalender.").format(text=text)
        raise DateError("date_impossible", reason)
    return value


def _not_a_date(text: str) -> DateError:
    reason = _("“{text}” bukan tanggal yang dikenal. Contoh: 21/11/2026 atau 21 November 2026.")
    return DateError("date_unknown", reason.format(text=text.strip()[:40]))


def next_day_at(clock: str) -> bool:
    """Whether a date with this time of day means the day after.

    JavaScript writes a day as its first moment in another zone: twelve seconds before midnight (Jakarta until 1908), or
    17.00, 16.00, 15.00 of the day before (midnight of WIB, WITA and WIT as UTC).
    """
    match = _CLOCK.match(clock)
    if match is None:
        return False
    hour, minute, second = (int(part or 0) for part in match.groups())
    return (hour, minute) == (23, 59) or (hour in (15, 16, 17) and minute == second == 0)


def date_from_serial(serial: float, *, epoch_1904: bool = False) -> date | None:
    """The day an Excel serial number stands for; None for 0 ("1900-01-00"). A minute before midnight is the next day.

    Excel believes that 1900 was a leap year, so serials from 61 on are one too high; 60 does not exist.
    Raises :class:`DateError` outside 1900–2199.
    """
    days = int(serial + _LAST_MINUTE)
    if epoch_1904:
        base = date(1904, 1, 1)
    elif days == 0:
        return None
    elif days == 60:
        raise DateError("date_impossible", _("Tanggal 29 Februari 1900 tidak ada di kalender."))
    else:
        base = date(1899, 12, 31) if days < 60 else date(1899, 12, 30)
    if not 0 <= days <= 109_574:
        raise DateError("date_unknown", _("Angka {n} bukan tanggal.").format(n=days))
    return base + timedelta(days=days)


def format_date(value: date | None) -> str:
    """``21 November 2026``; empty for None."""
    return "" if value is None else f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def format_day_month_year(value: date | None) -> str:
    """``21-11-2026``: the short form of forms and workbooks."""
    return "" if value is None else f"{value:%d-%m-%Y}"


def format_short_date(value: date | None) -> str:
    """``21/11/2026``: the form of fields, lists and messages."""
    return "" if value is None else f"{value:%d/%m/%Y}"


def format_clock(value: datetime) -> str:
    """``10.42``"""
    return f"{value:%H.%M}"


def format_moment(value: datetime) -> str:
    """``21 November 2026 10.42``"""
    return f"{format_date(value.date())} {format_clock(value)}"


def file_stamp(value: date) -> str:
    """``20261121`` for names of files, which sort by it; with a time ``20261121-104205``."""
    return f"{value:%Y%m%d-%H%M%S}" if isinstance(value, datetime) else f"{value:%Y%m%d}"


_POINTS_THOUSANDS = re.compile(r"^-?\d{1,3}(?:\.\d{3})+(?:,\d+)?$")
_COMMAS_THOUSANDS = re.compile(r"^-?\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?$|^-?\d{1,3}(?:,\d{3})+\.\d+$")
_PLAIN_NUMBER = re.compile(r"^-?\d+(?:[.,]\d+)?$")


def parse_number(text: str, *, amount: bool = False) -> ParsedNumber:
    """``1.234,56``, ``1,234.56``, ``3,75``, ``3.75`` when unambiguous.

    ``1.234`` is one thousand and some in an ``amount`` column (warning thousands_point) and is refused
    elsewhere, as is ``1,234``. Raises :class:`NumberError`.
    """
    bare = re.sub(r"^(?:Rp\.?|IDR)\s*", "", text.strip(), flags=re.I).replace(" ", "").removesuffix(",-")
    if _PLAIN_NUMBER.match(bare):
        head, sep, tail = bare.replace(",", ".").partition(".")
        if not sep:
            return ParsedNumber(Decimal(head))
        if len(tail) != 3 or len(head.lstrip("-")) > 3 or head.lstrip("-") == "0":
            return ParsedNumber(Decimal(f"{head}.{tail}"))
        if amount and "." in bare:
            return ParsedNumber(Decimal(head + tail), "thousands_point")
        reason = _("“{text}” dapat berarti dua angka. Tulis {a} atau {b}.")
        raise NumberError("number_ambiguous", reason.format(text=bare, a=head + tail, b=f"{head},{tail}0"))
    if _POINTS_THOUSANDS.match(bare):
        return ParsedNumber(Decimal(bare.replace(".", "").replace(",", ".")))
    if _COMMAS_THOUSANDS.match(bare):
        return ParsedNumber(Decimal(bare.replace(",", "")))
    raise NumberError("number_unknown", _("“{text}” bukan angka.").format(text=text.strip()[:40]))


_INTEGER = re.compile(r"^(-?\d+)(?:[.,]0+)?\s*(?:th|thn|tahun|bl|bln|bulan|jp|jam)?\.?$", re.I)


def parse_integer(text: str) -> int:
    """A whole number, also written ``2008.0`` or ``12 Th``. Raises :class:`NumberError`."""
    match = _INTEGER.match(text.strip())
    if not match:
        raise NumberError("number_unknown", _("“{text}” bukan angka bulat.").format(text=text.strip()[:40]))
    return int(match[1])


def format_number(value: int | float | Decimal, decimals: int = 0) -> str:
    """``1.234.567,89``: points between thousands, comma before decimals."""
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))

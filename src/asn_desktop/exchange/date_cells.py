"""From a raw cell to a date, or to the reason why not."""

from __future__ import annotations

import re
from datetime import date

from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import DateError, date_from_serial, format_short_date, parse_date
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.exchange.column_cleaner import ColumnCleaner, Result
from asn_desktop.exchange.workbook import Cell, NextDay


def date_value(cleaner: ColumnCleaner, raw: Cell) -> Result:
    """The codec of dates: cells, texts and serial numbers, inside the years of the column."""
    issues: tuple[Issue, ...] = ()
    try:
        if isinstance(raw, date):
            value: date | None = raw
            if isinstance(raw, NextDay):
                cleaner.changed["date_clock"] += 1
                value = date(raw.year, raw.month, raw.day)
        elif isinstance(raw, str):
            text = raw
            serial = re.fullmatch(r"([1-7]\d{4})(?:\.0)?", text)
            if serial:
                value = date_from_serial(float(serial[1]), epoch_1904=cleaner.epoch_1904)
                issues = (_serial_warning(cleaner, value),)
            else:
                parsed = parse_date(text, cleaner.column.years)
                value = parsed.value
                if parsed.warning == "clock":
                    cleaner.changed["date_clock"] += 1
                elif parsed.warning:
                    issues = (_date_warning(cleaner, parsed.warning, text, value),)
        elif isinstance(raw, float | int):
            value = date_from_serial(raw, epoch_1904=cleaner.epoch_1904)
            issues = (_serial_warning(cleaner, value),) if value else ()
        else:
            return cleaner.error("date_unknown", _("Sel {label} berisi jam, bukan tanggal."))
    except DateError as error:
        return cleaner.error(error.code, error.reason)
    if value is None:
        return None, ()
    years = cleaner.column.years
    if years and not years[0] <= value.year <= years[1]:
        message = _("{label} {value} di luar rentang yang mungkin ({low}–{high}).")
        for mark, word in (("{value}", format_short_date(value)), ("{low}", str(years[0])), ("{high}", str(years[1]))):
            message = message.replace(mark, word)
        return cleaner.error("date_out_of_range", message)
    if cleaner.column.key == "birth_date" and not 17 <= _age(value, cleaner.today) <= 70:
        message = _("Menurut tanggal lahir {value} umurnya {age} tahun; pegawai berumur 17–70 tahun.")
        return cleaner.error(
            "birth_date_age",
            message.replace("{value}", format_short_date(value)).replace("{age}", str(_age(value, cleaner.today))),
        )
    return value, issues


def _age(birth: date, today: date) -> int:
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def _serial_warning(cleaner: ColumnCleaner, value: date | None) -> Issue:
    message = _("{label} tersimpan sebagai angka; dibaca {value}.").replace("{value}", format_short_date(value) or "–")
    return cleaner.issue("date_serial", message, Severity.WARNING)


def _date_warning(cleaner: ColumnCleaner, warning: str, text: str, value: date | None) -> Issue:
    messages = {
        "month_first": _("“{text}” tampaknya bulan dahulu; dibaca {value}."),
        "two_digit_year": _("Tahun dua angka pada “{text}” dibaca {value}."),
    }
    shown = format_short_date(value) or "–"
    message = messages[warning].replace("{text}", text).replace("{value}", shown)
    return cleaner.issue(f"date_{warning}", message, Severity.WARNING)

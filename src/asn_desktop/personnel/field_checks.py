"""One field at a time, by the catalogue: what a form accepts is what an import accepts. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from asn_desktop.core.columns import Column, ColumnKind
from asn_desktop.core.i18n import _
from asn_desktop.core.identifiers import IdentifierError, parse_nik, parse_npwp, parse_old_nip
from asn_desktop.core.indonesian import format_short_date
from asn_desktop.core.issues import Issue
from asn_desktop.core.text import ERASE_WORDS, tidy_text
from asn_desktop.personnel.columns import PERSONNEL

EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[A-Za-z]{2,}$")
_NUMBERS: Mapping[str, Callable[[str], str]] = {"nik": parse_nik, "npwp": parse_npwp, "old_nip": parse_old_nip}


def stored_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Typed values as they are stored: tidy text, nothing for an empty field, bare digits of NIK and NPWP.

    A number that cannot be read stays as typed: :func:`field_issues` refuses it.
    """
    found: dict[str, Any] = {}
    for key, value in values.items():
        if isinstance(value, str):
            value = tidy_text(value)[0] or None
        if value and key in _NUMBERS:
            with suppress(IdentifierError):
                value = _NUMBERS[key](value)
        found[key] = value
    return found


def field_issues(values: Mapping[str, Any]) -> list[Issue]:
    """Errors of single fields: too long, not one of the choices, outside the possible years or numbers."""
    found = []
    for column in PERSONNEL:
        value = values.get(column.key)
        problem = _problem(column, value) if value not in (None, "") else None
        if problem is not None:
            code, message = problem
            found.append(Issue(code, message, value=str(value), field=column.key))
    return found


def _problem(column: Column, value: Any) -> tuple[str, str] | None:
    label = _(column.label)
    if isinstance(value, date):
        low, high = column.years or (value.year, value.year)
        if not low <= value.year <= high:
            text = _("{label} {value} di luar rentang yang mungkin ({low}–{high}).")
            return "date_out_of_range", text.format(label=label, value=format_short_date(value), low=low, high=high)
    elif isinstance(value, int):
        low, high = column.numbers or (value, value)
        if not low <= value <= high:
            text = _("{label} harus {low} sampai {high}, di sini {value}.")
            return "number_out_of_range", text.format(label=label, value=value, low=low, high=high)
    elif value.upper() in ERASE_WORDS:
        return "erase_word", _("“{value}” hanya untuk buku kerja; di sini cukup kosongkan isian.").format(value=value)
    elif column.max_length and len(value) > column.max_length:
        text = _("{label} terlalu panjang: {n} huruf, paling banyak {limit}.")
        return "text_too_long", text.format(label=label, n=len(value), limit=column.max_length)
    elif column.kind is ColumnKind.EMAIL and not EMAIL.match(value):
        return "email_invalid", _("“{value}” bukan alamat email.").format(value=value[:60])
    elif column.kind is ColumnKind.NAME and sum(char.isalpha() for char in value) < 2:
        return "name_without_letters", _("{label} “{value}” bukan nama.").format(label=label, value=value[:40])
    elif column.kind is ColumnKind.CHOICE and not column.open_choices and value not in dict(column.choices):
        return "choice_unknown", _("“{value}” bukan pilihan untuk {label}.").format(value=value[:60], label=label)
    elif column.key in _NUMBERS:
        try:
            _NUMBERS[column.key](value)
        except IdentifierError as error:
            return error.code, error.reason
    return None

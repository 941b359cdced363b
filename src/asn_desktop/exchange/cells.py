"""From a raw cell to a value, or to the reason why not. One codec per column kind, strict and remembered.

None means "not sent", :data:`ERASE` means that somebody asked for the field to be emptied. A value that Excel
has already damaged (a NIP as a number) is never repaired. Findings carry no place: the caller knows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from asn_desktop.core import identifiers
from asn_desktop.core.columns import Column, ColumnKind, normalise_heading
from asn_desktop.core.i18n import _
from asn_desktop.core.identifiers import IdentifierError
from asn_desktop.core.indonesian import (
    NumberError,
    parse_integer,
)
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.core.names import split_name, tidy_unit_name
from asn_desktop.core.ranks import RankError, parse_rank
from asn_desktop.exchange.cell_text import as_text, number_text
from asn_desktop.exchange.column_cleaner import NOTHING, ColumnCleaner, Result
from asn_desktop.exchange.combined import split_cell
from asn_desktop.exchange.date_cells import date_value
from asn_desktop.exchange.workbook import Cell
from asn_desktop.personnel.field_checks import EMAIL

_TWO_LETTERS = re.compile(r"[^\W\d_][\W\d_]*[^\W\d_]")
_DIGIT = re.compile(r"\d")
_MOBILE = re.compile(r"8\d{8,11}")
_UNITS = frozenset({"unit", "opd"})
_NAMED = frozenset({"unit", "opd", "position"})
"""What is called something: a date or a number there slipped in from another column."""
_TICKS = frozenset({"1", "v", "x", "√", "✓", "✔", "ü", "ya", "y", "*", "l", "p"})
_NUMBER_PARSERS: dict[str, Callable[[str], str]] = {
    "nik": identifiers.parse_nik,
    "npwp": identifiers.parse_npwp,
    "old_nip": identifiers.parse_old_nip,
}


def cleaner_of(column: Column, today: date, *, epoch_1904: bool = False) -> ColumnCleaner:
    """The codec of a column, with nothing remembered yet."""
    choices = {normalise_heading(label): value for value, label in column.choices}
    choices |= {normalise_heading(value): value for value, _label in column.choices}
    choices |= {normalise_heading(spelling): value for spelling, value in column.spellings}
    mistaken = {normalise_heading(spelling): message for spelling, message in column.mistaken}
    return ColumnCleaner(column, today, epoch_1904, _CODECS[column.kind], choices, mistaken)


def _text(cleaner: ColumnCleaner, raw: Cell) -> Result:
    text = as_text(raw)
    column = cleaner.column
    slipped = column.key in _UNITS or not isinstance(raw, str)  # as text the form takes it for a post, too
    if slipped and column.key in _NAMED and not any(map(str.isalpha, text)):
        message = _("{label} berisi “{value}”, bukan nama.").replace("{value}", text[:40])
        return cleaner.error("text_without_letters", message, _("Tulis namanya, lalu impor lagi."))
    if column.key in _UNITS:
        text = tidy_unit_name(text)
    if column.max_length and len(text) > column.max_length:
        message = _("{label} terlalu panjang: {n} huruf, paling banyak {limit}.")
        return cleaner.error(
            "text_too_long", message.replace("{n}", str(len(text))).replace("{limit}", str(column.max_length))
        )
    if isinstance(raw, date):
        return text, (
            cleaner.issue("date_in_text", _("Sel {label} berisi tanggal; dibaca sebagai teks."), Severity.WARNING),
        )
    return text, ()


def _name(cleaner: ColumnCleaner, raw: Cell) -> Result:
    """→ ``{name, title_front, title_back}`` for the main name; only the text for other names."""
    text = as_text(raw)
    if not _TWO_LETTERS.search(text):
        return cleaner.error("name_without_letters", _("{label} “{value}” bukan nama.").replace("{value}", text[:40]))
    length = cleaner.column.max_length
    if length and len(text) > length:
        return _text(cleaner, text)
    if cleaner.column.key != "name":
        return text, ()
    front, name, back = split_name(text)
    issues: tuple[Issue, ...] = ()
    if _DIGIT.search(name):
        issues = (cleaner.issue("name_with_digits", _("Nama memuat angka; periksa lagi."), Severity.WARNING),)
    return {"name": name, "title_front": front or None, "title_back": back or None}, issues


def _nip(cleaner: ColumnCleaner, raw: Cell) -> Result:
    if isinstance(raw, float | int):
        if abs(raw) >= 1e15:
            return _identifier_error(cleaner, IdentifierError("nip_numeric", identifiers.numeric_nip_reason()))
        raw = number_text(raw)
    elif not isinstance(raw, str):
        return cleaner.error("nip_characters", _("{label} hanya boleh berisi angka."))
    try:
        return identifiers.parse_nip(raw, on=cleaner.today).digits, ()
    except IdentifierError as error:
        return _identifier_error(cleaner, error)


def _number(cleaner: ColumnCleaner, raw: Cell) -> Result:
    if isinstance(raw, float | int):
        if abs(raw) >= 1e15:
            reason = _("{label} tersimpan sebagai angka; bagian akhirnya sudah hilang.")
            return cleaner.error(f"{cleaner.column.key}_numeric", reason, _text_format_hint())
        raw = number_text(raw)
    elif not isinstance(raw, str):
        return cleaner.error(f"{cleaner.column.key}_characters", _("{label} hanya boleh berisi angka."))
    if not raw.strip("0.- '"):
        return NOTHING  # nothing but zeros: how some lists write "none"
    try:
        return _NUMBER_PARSERS[cleaner.column.key](raw), ()
    except IdentifierError as error:
        return _identifier_error(cleaner, error)


def _identifier_error(cleaner: ColumnCleaner, error: IdentifierError) -> Result:
    hint = _text_format_hint() if error.code.endswith("_numeric") else ""
    if error.code == "nip_year_ahead":
        cleaner.changed[error.code] += 1
    return cleaner.error(error.code, error.reason, hint)


def _text_format_hint() -> str:
    return _("Format kolom sebagai Teks, lalu ketik ulang nomor dari dokumen asli.")


def _phone(cleaner: ColumnCleaner, raw: Cell) -> Result:
    if isinstance(raw, float | int):
        if abs(raw) >= 1e15:
            return cleaner.error(
                "phone_numeric", _("{label} tersimpan sebagai angka yang terlalu panjang."), _text_format_hint()
            )
        digits = number_text(raw)
        if _MOBILE.fullmatch(digits):
            return _with_zero(cleaner, digits), ()
        if digits.startswith("62"):
            return digits, ()
        warning = _("{label} tersimpan sebagai angka; angka 0 di depan mungkin hilang.")
        return digits, (cleaner.issue("phone_numeric", warning, Severity.WARNING, _text_format_hint()),)
    value, issues = _text(cleaner, raw.lstrip("'") if isinstance(raw, str) else raw)
    if isinstance(value, str) and _MOBILE.fullmatch(value):
        return _with_zero(cleaner, value), issues
    if value is not None and not re.fullmatch(r"[\d+()\s./,;&-]{5,}", value):
        return value, (
            *issues,
            cleaner.issue("phone_odd", _("{label} memuat tanda yang tidak lazim."), Severity.WARNING),
        )
    return value, issues


def _with_zero(cleaner: ColumnCleaner, digits: str) -> str:
    """A mobile number begins with 08; Excel drops the zero."""
    cleaner.changed["phone_zero"] += 1
    return f"0{digits}"


def _email(cleaner: ColumnCleaner, raw: Cell) -> Result:
    text = as_text(raw).replace(" ", "")
    if not EMAIL.match(text):
        return cleaner.error("email_invalid", _("“{value}” bukan alamat email.").replace("{value}", text[:60]))
    return _text(cleaner, text)


def _integer(cleaner: ColumnCleaner, raw: Cell) -> Result:
    try:
        if isinstance(raw, float | int):
            if raw != int(raw):
                raise NumberError("number_unknown", _("“{value}” bukan angka bulat.").replace("{value}", str(raw)))
            value = int(raw)
        else:
            value = parse_integer(as_text(raw))
    except NumberError as error:
        return cleaner.error(error.code, error.reason)
    low, high = cleaner.column.numbers or (value, value)
    if not low <= value <= high:
        message = _("{label} {value} di luar rentang {low}–{high}.")
        for mark, number in (("{value}", value), ("{low}", low), ("{high}", high)):
            message = message.replace(mark, str(number))
        return cleaner.error("number_out_of_range", message)
    return value, ()


def _choice(cleaner: ColumnCleaner, raw: Cell) -> Result:
    text = as_text(raw)
    key = normalise_heading(text)
    value = cleaner.choices.get(key)
    if value is not None:
        return value, ()
    column = cleaner.column
    meant = column.meaning(text) if column.meaning is not None else None
    if meant is not None:
        return meant, ()
    if key in cleaner.mistaken:
        return cleaner.error("choice_other_column", _(cleaner.mistaken[key]))
    if column.not_a_number and key.isdigit():
        return cleaner.error("choice_number", _("“{value}”: ").replace("{value}", text[:20]) + _(column.not_a_number))
    if column.open_choices:
        return _text(cleaner, text)
    from rapidfuzz import fuzz, process  # only where something is misspelt

    close = process.extractOne(key, list(cleaner.choices), scorer=fuzz.ratio, score_cutoff=75)
    labels = dict(column.choices)
    hint = _("Pilihan: {list}.").format(list=", ".join(_(label) for _value, label in column.choices))
    if close is not None:
        hint = _("Mungkin maksudnya “{label}”? {hint}").format(label=_(labels[cleaner.choices[close[0]]]), hint=hint)
    return cleaner.error(
        "choice_unknown", _("“{value}” bukan pilihan untuk {label}.").replace("{value}", text[:60]), hint
    )


def _rank(cleaner: ColumnCleaner, raw: Cell) -> Result:
    """The text is kept for the row: only the row knows the employment kind (see records)."""
    return as_text(raw), ()


def rank_value(cleaner: ColumnCleaner, text: str, employment_kind: str | None) -> Result:
    """The golongan code, read with the employment kind in hand."""
    try:
        return parse_rank(text, employment_kind).code, ()
    except RankError as error:
        return cleaner.error(error.code, error.reason)


def _tick(cleaner: ColumnCleaner, raw: Cell) -> Result:
    field, value = cleaner.column.parts
    text = as_text(raw).casefold() if not isinstance(raw, bool) else ("1" if raw else "0")
    if text in _TICKS:
        return {field: value}, ()
    if text in ("0", "-", ""):
        return NOTHING
    return cleaner.error("tick_unknown", _("“{value}” bukan tanda centang.").replace("{value}", text[:20]))


def _ignored(cleaner: ColumnCleaner, raw: Cell) -> Result:
    return NOTHING


def _split(cleaner: ColumnCleaner, raw: Cell) -> Result:
    """Raw pieces per field; records cleans each piece with the codec of its own column."""
    return split_cell(cleaner.column.key, raw), ()


_CODECS: dict[ColumnKind, Callable[[ColumnCleaner, Cell], Result]] = {
    ColumnKind.TEXT: _text,
    ColumnKind.NAME: _name,
    ColumnKind.NIP: _nip,
    ColumnKind.NUMBER_TEXT: _number,
    ColumnKind.PHONE: _phone,
    ColumnKind.EMAIL: _email,
    ColumnKind.DATE: date_value,
    ColumnKind.INTEGER: _integer,
    ColumnKind.CHOICE: _choice,
    ColumnKind.RANK: _rank,
    ColumnKind.TICK: _tick,
    ColumnKind.SPLIT: _split,
    ColumnKind.ROW_NUMBER: _ignored,
}

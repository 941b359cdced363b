"""One value ↔ one or more cells, so that no spreadsheet program can change it by merely saving the file.

Ordinary text stands in its cell as it is. Text that some program would alter (empty, spaces at its ends, control
characters, ``_x000D_``, letters not in NFC) goes out escaped: a backslash and the JSON string in plain ASCII. So
what stands in a cell unescaped never holds such things, and what a program adds on its way (``\\r\\n`` for a line
break) can be taken away again without a doubt. Numbers beyond the 15 digits of a spreadsheet and dates that Excel
does not know are text. Missing is an empty cell; the empty text is ``\\""``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from unicodedata import is_normalized

CELL_TEXT = 32_000
"""UTF-16 units in one cell; Excel's limit is 32,767, and escapes of line breaks must fit as well."""

YES, NO = "Ya", "Tidak"
_ESCAPE = "\\"
# Control characters but the line break, line separators, lone surrogates, what XML forbids, and spaces at the ends.
_AWKWARD = re.compile(
    "^\\s|\\s\\Z|^\\\\|[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ufeff\\ud800-\\udfff\\ufffe\\uffff]"
    "|_x[0-9A-Fa-f]{4}_"
)
_EXACT_IN_A_CELL = 10**15
_SERIAL_OF_DAY_ONE = date(1899, 12, 30).toordinal()
_FIRST_DAY = date(1900, 3, 1)  # Excel believes in 29 February 1900
_LINE_BREAK = re.compile("(?:_x000D_|\r)+\n|\r")


class Kind(StrEnum):
    """How a column's values stand in cells."""

    TEXT = "text"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DATE = "date"


class Unreadable(ValueError):
    """A cell that cannot hold a value of its column; the text says why, for people."""


def text_cell(value: str) -> str:
    """The text as it stands in a cell (before it is cut into several)."""
    if value and _AWKWARD.search(value) is None and (value.isascii() or is_normalized("NFC", value)):
        return value
    return _ESCAPE + json.dumps(value).replace("_x", "\\u005fx")


def stand_as_they_are(texts: Iterable[object]) -> bool:
    """Whether each of these texts (missing and empty ones aside) is its own cell: a quick look at all of a row
    together, before :func:`text_cell` looks at each. False may only mean that it takes a closer look."""
    try:
        whole = f"|{'|'.join(filter(None, texts))}|"  # type: ignore[arg-type]
    except TypeError:  # something that is no text
        return False
    return (
        whole.isascii()
        and whole.isprintable()
        and "_x" not in whole
        and "| " not in whole
        and " |" not in whole
        and "|\\" not in whole
        and len(whole) <= CELL_TEXT // 2
    )


def text_of(cell: str) -> str | None:
    """The inverse of :func:`text_cell`; an empty cell is None. Raises :class:`Unreadable`."""
    if not cell:
        return None
    if cell[0] == _ESCAPE:
        value = loads(cell[1:])
        if not isinstance(value, str):
            raise Unreadable("escape")
        return value
    if "\n" in cell or "\r" in cell:
        return _LINE_BREAK.sub("\n", cell)
    return cell


def split_text(cell: str) -> list[str]:
    """The text in pieces that each fit a cell."""
    if len(cell) * 2 <= CELL_TEXT:
        return [cell]
    pieces, start, units = [], 0, 0
    for position, char in enumerate(cell):
        units += 2 if char > "\uffff" else 1
        # No piece may begin or end with a space or a line break: a program might take it away.
        if units >= CELL_TEXT - 64 and position > start and not char.isspace() and not cell[position - 1].isspace():
            pieces.append(cell[start:position])
            start, units = position, 2 if char > "\uffff" else 1
        if units > CELL_TEXT:  # nothing but blanks for so long: escaped as a whole there are none
            return split_text(_ESCAPE + json.dumps(text_of(cell)).replace("_x", "\\u005fx").replace(" ", "\\u0020"))
    pieces.append(cell[start:])
    return pieces


def integer_cell(value: int) -> int | str:
    """A number where a spreadsheet keeps all its digits, else its digits as text."""
    return value if -_EXACT_IN_A_CELL < value < _EXACT_IN_A_CELL else str(value)


def integer_of(cell: object) -> int | None:
    if cell == "":
        return None
    if type(cell) is float and cell.is_integer() and abs(cell) < _EXACT_IN_A_CELL:
        return int(cell)
    if isinstance(cell, str) and re.fullmatch(r"-?[1-9][0-9]{15,4000}", cell):
        return int(cell)
    raise Unreadable("integer")


def date_cell(value: date) -> int | str:
    """Excel's serial number of the day; ISO text for days it does not know."""
    return value.toordinal() - _SERIAL_OF_DAY_ONE if value >= _FIRST_DAY else value.isoformat()


def date_of(cell: object) -> date | None:
    if cell == "":
        return None
    if isinstance(cell, date):
        return cell
    if isinstance(cell, str):
        value = date_of_iso(cell)
        if value < _FIRST_DAY:
            return value
    raise Unreadable("date")


def date_of_iso(text: str) -> date:
    """``2026-11-21`` and no other spelling."""
    try:
        value = date.fromisoformat(text)
    except ValueError as error:
        raise Unreadable("date") from error
    if text != value.isoformat():
        raise Unreadable("date")
    return value


def boolean_of(cell: object) -> bool | None:
    if cell in ("", YES, NO):
        return None if cell == "" else cell == YES
    raise Unreadable("boolean")


def fits(kind: Kind, value: object) -> bool:
    """Whether a value is of the type its column is for; the writer refuses anything else."""
    if value is None:
        return True
    if kind is Kind.TEXT:
        return isinstance(value, str)
    if kind is Kind.INTEGER:
        return isinstance(value, int) and not isinstance(value, bool)
    if kind is Kind.BOOLEAN:
        return isinstance(value, bool)
    return isinstance(value, date) and not isinstance(value, datetime)


def any_text(value: object) -> str:
    """A value of any field as text that keeps its type, for the list of conflicts."""
    return json.dumps({"d": value.isoformat()} if isinstance(value, date) else value, ensure_ascii=False)


def any_of(text: str) -> str | int | bool | date | None:
    """The inverse of :func:`any_text`."""
    value = loads(text)
    if isinstance(value, dict) and value.keys() == {"d"} and isinstance(value["d"], str):
        return date_of_iso(value["d"])
    if value is None or isinstance(value, str | int):
        return value
    raise Unreadable("value")


def counts_text(counts: Mapping[str, int]) -> str:
    """``baru 3, sama 5`` as JSON with sorted keys: the same mapping is always the same text."""
    return json.dumps(counts, sort_keys=True, ensure_ascii=False)


def counts_of(text: str) -> dict[str, int]:
    value = loads(text)
    if not isinstance(value, dict) or not all(type(number) is int for number in value.values()):
        raise Unreadable("counts")
    return value


def revisions_text(revisions: Mapping[str, int]) -> str:
    """``*:45 phone:57``."""
    return " ".join(f"{key}:{revision}" for key, revision in sorted(revisions.items()))


def revisions_of(text: str) -> dict[str, int]:
    found = {}
    for part in text.split():
        key, _colon, number = part.rpartition(":")
        if not key or not re.fullmatch("[0-9]{1,18}", number) or key in found:
            raise Unreadable("revisions")
        found[key] = int(number)
    return found


def loads(text: str) -> Any:
    """``json.loads`` whose every failure is :class:`Unreadable`, that of a million brackets included."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable("json") from error

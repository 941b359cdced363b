"""Text of cells: cleaned, counted, and judged by its looks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

from asn_desktop.core.columns import Column, ColumnKind
from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_day_month_year, is_blank_text
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.core.text import tidy_text
from asn_desktop.exchange.workbook import Cell, CellError, CellTime

# Control characters that some programs leave escaped; the reader has decoded everything else already.
_ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f])_")


def clean_text(raw: str) -> tuple[str, tuple[Issue, ...]]:
    """NFC, spaces collapsed, control and invisible characters and emoji removed; what was removed is reported."""
    if raw.isascii() and raw.isprintable() and "_x" not in raw:
        untidy = "  " in raw or raw[:1] == " " or raw[-1:] == " "
        return (" ".join(raw.split()) if untidy else raw), ()
    text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), raw) if "_x" in raw else raw
    text, removed = tidy_text(text)
    if not removed:
        return text, ()
    message = _("{n} tanda tidak terlihat atau emoji dibuang dari teks ini.").format(n=removed)
    return text, (Issue(code="characters_removed", message=message, severity=Severity.WARNING),)


def number_text(value: float) -> str:
    """How a number reads when it was meant as text: ``9.0`` → ``9``."""
    return str(int(value)) if abs(value) < 1e17 and value == int(value) else repr(value)


def as_text(raw: Cell) -> str:
    if isinstance(raw, float | int):
        return number_text(raw)
    if isinstance(raw, date):
        return format_day_month_year(raw)
    return raw.text if isinstance(raw, CellTime | CellError) else raw


def shown(raw: Cell) -> str:
    """A cell as it stands in the file, for a finding about it."""
    return str(raw) if isinstance(raw, bool) else as_text(raw)


def plausible_share(column: Column, cells: Iterable[Cell], at_most: int = 200) -> float | None:
    """How many of the filled cells could be what the heading says (0–1); None when too few to judge."""
    tests: dict[ColumnKind, Callable[[str], bool]] = {
        ColumnKind.NIP: lambda text: sum(char.isdigit() for char in text) >= 8,
        ColumnKind.DATE: lambda text: any(char.isdigit() for char in text) and len(text) <= 30,
        ColumnKind.NAME: lambda text: sum(char.isalpha() for char in text) > sum(char.isdigit() for char in text),
    }
    test = tests.get(column.kind)
    if test is None:
        return None
    good = seen = 0
    for cell in cells:
        if cell == "" or isinstance(cell, CellError):
            continue
        seen += 1
        if isinstance(cell, date):
            good += column.kind is ColumnKind.DATE
        elif isinstance(cell, float | int):
            good += column.kind is not ColumnKind.NAME
        elif isinstance(cell, str):
            good += is_blank_text(cell) or test(cell)
        if seen >= at_most:
            break
    return good / seen if seen >= 5 else None

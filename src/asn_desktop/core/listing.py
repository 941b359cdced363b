"""A list as people hand it on: headings, rows, what it shows and when. Written to Excel and to paper as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

Value = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class ListingColumn:
    """``width`` in letters; numbers stand at the right, text never becomes a number or a formula."""

    heading: str
    width: int = 16
    number: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """``title`` and ``subtitle`` say what the rows are (which year, which filter); ``office`` whose they are.

    ``sample``: made-up data, marked CONTOH.
    """

    title: str
    subtitle: str
    office: str
    made_on: date
    columns: Sequence[ListingColumn]
    rows: Sequence[Sequence[Value]]
    sample: bool = False

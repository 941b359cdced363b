"""How our workbooks print: landscape on F4, headings on every page, the columns that say who it is beside each part.

A sheet is shrunk to one page in width as long as it can still be read; a wider one takes as many pages as it needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from asn_desktop.core.i18n import _

FOLIO = 14
"""Excel's number for 8.5 × 13 inches, the paper that offices call F4."""

_LETTERS = 165
"""Letters of the usual size (11 points) across a landscape page within its margins."""
_LEAST_SCALE = 0.5
"""Smaller than 5.5 points nobody reads."""


def pages_wide(widths: Sequence[float], key_columns: int) -> int:
    """Pages side by side that the columns take at a size people can read; the key columns stand on each of them."""
    keys = sum(widths[:key_columns])
    room = _LETTERS / _LEAST_SCALE
    return max(1, -int(-(sum(widths) - keys) // max(room - keys, 1)))


def set_up_paper(
    sheet: Any, widths: Sequence[float], *, head_rows: int = 1, key_columns: int = 0, footer: str = "", pages: int = 0
) -> None:
    """Print set-up of a data sheet. ``widths``: of the columns that show, from the left; ``pages``: instead of as many
    as the widths need."""
    sheet.set_landscape()
    sheet.set_paper(FOLIO)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(pages or pages_wide(widths, key_columns), 0)
    sheet.repeat_rows(0, head_rows - 1)
    if key_columns:
        sheet.repeat_columns(0, key_columns - 1)
    sheet.set_footer(f"&L&8{_plain(footer)}&R&8{_('Halaman')} &P {_('dari')} &N")


def _plain(text: str) -> str:
    """A name in a header or footer: ``&`` begins a command there, and 255 letters are all there may be."""
    return text.replace("&", "&&")[:120]

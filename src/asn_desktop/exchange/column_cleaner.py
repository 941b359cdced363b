"""One column's cells cleaned: what holds for every kind of column, and how a finding about a cell is made.

None means "not sent", :data:`ERASE` means that somebody asked for the field to be emptied.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from asn_desktop.core.columns import Column, ColumnKind
from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import is_blank_text
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.core.text import ERASE_WORDS
from asn_desktop.exchange.cell_text import clean_text
from asn_desktop.exchange.workbook import Cell, CellError


class Erase:
    """The marker for ``[KOSONG]``: the only way a workbook empties a field."""

    def __repr__(self) -> str:
        return "ERASE"


ERASE = Erase()
Result = tuple[Any, tuple[Issue, ...]]
NOTHING: Result = (None, ())

_IDENTIFIERS = frozenset({ColumnKind.NIP, ColumnKind.NUMBER_TEXT})
_UNREMEMBERED = frozenset({ColumnKind.NIP, ColumnKind.NUMBER_TEXT, ColumnKind.PHONE, ColumnKind.EMAIL})
_SEVERAL = frozenset({ColumnKind.SPLIT, ColumnKind.TICK})
"""Columns that hold several fields, or half of one."""


@dataclass(slots=True)
class ColumnCleaner:
    """The codec of one column. Call it with a raw cell; equal cells are worked out once."""

    column: Column
    today: date
    epoch_1904: bool
    _codec: Callable[[ColumnCleaner, Cell], Result]
    choices: dict[str, str]
    """A spelling as :func:`normalise_heading` leaves it → value."""
    mistaken: dict[str, str]
    """A spelling that belongs to another column → what is said about it."""
    changed: Counter[str] = field(default_factory=Counter)
    """What :mod:`column_notes` tells once for the column, and how often it was so."""
    plain: dict[Cell, Any] = field(default_factory=dict)
    """Texts already worked out that gave one value and no finding; the caller may look here first."""
    _remembered: dict[str, Result] = field(default_factory=dict)

    def __call__(self, raw: Cell, *, is_formula: bool = False) -> Result:
        if raw == "":
            return NOTHING
        if is_formula and self.column.kind in _IDENTIFIERS and not isinstance(raw, CellError):
            return self.fault("formula_identifier", _("{label} berasal dari rumus; nomor harus diketik sebagai teks."))
        if self.column.kind in _UNREMEMBERED:
            return self._clean(raw)
        if not isinstance(raw, str):
            return self._clean(raw)
        known = self._remembered.get(raw)
        if known is None:
            value, issues = known = self._remembered[raw] = self._clean(raw)
            if value is not None and not issues and type(value) is not dict:
                self.plain[raw] = value
        return known

    def _clean(self, raw: Cell) -> Result:
        if isinstance(raw, CellError):
            if raw.is_formula_without_value:
                return self.fault(
                    "formula_without_value",
                    _("Sel berisi rumus tanpa hasil tersimpan."),
                    _("Buka berkas di Excel lalu simpan, supaya hasil rumus ikut tersimpan."),
                )
            return self.fault("cell_error", _("Sel berisi kesalahan {value}.").format(value=raw.text))
        if isinstance(raw, bool) and self.column.kind is not ColumnKind.TICK:
            return self.fault("cell_boolean", _("Sel berisi BENAR/SALAH, bukan {label}."))
        if not isinstance(raw, str):
            return self._codec(self, raw)
        text, findings = clean_text(raw)
        if text.upper() in ERASE_WORDS:
            if self.column.required:
                return self.error("erase_required", _("{label} wajib diisi dan tidak dapat dikosongkan."))
            if self.column.kind in _SEVERAL:
                return self.error(
                    "erase_combined",
                    _("{label} bukan satu isian saja, jadi tidak dapat dikosongkan di sini."),
                    _("Hapus tulisan ini; kosongkan isiannya lewat kolomnya sendiri, atau di tab Pegawai."),
                )
            return ERASE, ()
        if not text or (is_blank_text(text) and self.column.kind is not ColumnKind.TICK):
            return None, findings
        value, issues = self._codec(self, text)
        return value, (*findings, *issues) if findings else issues

    def error(self, code: str, message: str, hint: str = "") -> Result:
        """What stands in the cell cannot be taken. ``{label}`` in the message becomes the field's name."""
        if not self.column.secondary:
            return self.fault(code, message, hint)
        left_out = _("Isian ini tidak diambil dan perlu dilengkapi; data lainnya tetap masuk.")
        return None, (self.issue(code, message, Severity.WARNING, f"{hint} {left_out}".strip()),)

    def fault(self, code: str, message: str, hint: str = "") -> Result:
        """The cell itself is broken, whatever its column: the workbook has to be looked at."""
        return None, (self.issue(code, message, Severity.ERROR, hint),)

    def issue(self, code: str, message: str, severity: Severity, hint: str = "") -> Issue:
        text = message.replace("{label}", _(self.column.label))
        return Issue(code=code, message=text, severity=severity, hint=hint, field=self.column.key)

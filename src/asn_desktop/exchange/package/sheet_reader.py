"""One sheet of a package: cells → typed rows, with everything odd noted where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from asn_desktop.core.i18n import _
from asn_desktop.exchange.cell_positions import column_letter
from asn_desktop.exchange.cell_text import as_text
from asn_desktop.exchange.package import cell_values as values
from asn_desktop.exchange.package.cell_values import Kind, Unreadable
from asn_desktop.exchange.package.content import Place, Problem
from asn_desktop.exchange.package.digest import row_hash
from asn_desktop.exchange.package.schemas import CONTINUED, FIRST_ROW, KEY_ROW
from asn_desktop.exchange.package.sheets import Column, PackageSheet
from asn_desktop.exchange.workbook import Cell, Sheet

_MOST_PROBLEMS = 1_000
_DECODE = {Kind.INTEGER: values.integer_of, Kind.DATE: values.date_of, Kind.BOOLEAN: values.boolean_of}


class Findings:
    """Notes and problems of the whole package, each said once; beyond a thousand problems only their number."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.problems: list[Problem] = []

    def note(self, text: str) -> None:
        if text not in self.notes and len(self.notes) < _MOST_PROBLEMS:
            self.notes.append(text)

    def problem(self, sheet: str, row: int, column: int, value: Cell, reason: str) -> None:
        """``row`` and ``column`` count from 0."""
        if len(self.problems) < _MOST_PROBLEMS:
            cell = f"{column_letter(column)}{row + 1}"
            self.problems.append(Problem(Place(sheet, row + 1), cell, as_text(value)[:200], reason))
        else:
            self.note(_("Masih ada baris lain yang tidak terbaca; daftarnya dibatasi {n}.").format(n=_MOST_PROBLEMS))


class SheetReader:
    """Takes a sheet's rows in pieces. ``objects``: what was read; ``count``: rows with content, read or not."""

    def __init__(self, layout: PackageSheet, sheet: Sheet, hashes: list[bytes], findings: Findings) -> None:
        self.objects: list[Any] = []
        self.count = 0
        self._layout = layout
        self._name = layout.name
        self._formulas = sheet.formulas
        self._hashes = hashes
        self._findings = findings
        self._plan: list[tuple[int, tuple[int, ...], Column]] | None = None
        self._width = 0
        self._known: frozenset[int] = frozenset()
        self._rid = next((at for at, column in enumerate(layout.columns) if column.key == "_rid"), -1)
        self._seen: set[str] = set()
        if sheet.strays:
            text = _("Lembar “{name}”: sel jauh di luar tabel tidak dibaca: {cells}.")
            findings.note(text.format(name=self._name, cells=", ".join(sheet.strays[:10])))

    def take(self, first: int, rows: Sequence[list[Cell]]) -> None:
        for number, row in enumerate(rows, start=first):
            if number == KEY_ROW:
                self._find_columns(row)
            elif number >= FIRST_ROW and row:
                self.count += 1
                if self._plan is not None:
                    self._row(number, row)

    def _find_columns(self, row: Sequence[Cell]) -> None:
        positions: dict[str, int] = {}
        for at, key in enumerate(row):
            if isinstance(key, str) and key and positions.setdefault(key, at) != at:
                self._note_column(at, str(key))
        plan = []
        for column in self._layout.columns:
            if column.key not in positions:
                text = _("Lembar “{name}”: kolom {heading} hilang.")
                self._findings.note(text.format(name=self._name, heading=column.heading))
            at = positions.pop(column.key, len(row))  # beyond the last one all are empty
            more: list[int] = []
            while (key := f"{column.key}{CONTINUED}{len(more) + 2}") in positions:
                more.append(positions.pop(key))
            plan.append((at, tuple(more), column))
        for key, at in positions.items():
            self._note_column(at, key)
        self._plan = plan
        self._known = frozenset(at for first, more, _column in plan for at in (first, *more))
        self._width = max(len(row), max(self._known)) + 1

    def _row(self, number: int, row: list[Cell]) -> None:
        """Decode one row; it is left out, with the cell named, when a single value of it cannot be read."""
        if len(row) < self._width:
            row = row + [""] * (self._width - len(row))
        found: list[Any] = []
        at = 0
        try:
            if len(self._formulas) and (formulas := list(self._formulas.columns_in(number))):
                at = formulas[0]
                raise Unreadable("formula")
            assert self._plan is not None
            for at, more, column in self._plan:
                cell = row[at]
                if cell == "":
                    if column.required:
                        raise Unreadable("missing")
                    found.append(column.blank)
                elif column.kind is Kind.TEXT:
                    if type(cell) is not str:
                        raise Unreadable("text")
                    if more:
                        cell += "".join(_text_only(row[position]) for position in more)
                    found.append(values.text_of(cell) if cell[0] == "\\" or "\n" in cell else cell)
                else:
                    found.append(_DECODE[column.kind](cell))
            at = 0
            item = self._layout.unpack(found, Place(self._name, number + 1))
            self._once(found)
        except Unreadable as error:
            self._findings.problem(self._name, number, at, row[at], _reason(str(error)))
            return
        self._hashes.append(row_hash(self._name, found))
        self.objects.append(item)
        self._look_beside(row)

    def _once(self, found: Sequence[Any]) -> None:
        """A record stands in its sheet once; conflicts may name it several times."""
        if self._layout.table or self._name == "_hapus":
            rid = found[self._rid]
            if rid in self._seen:
                raise Unreadable("twice")
            self._seen.add(rid)

    def _look_beside(self, row: Sequence[Cell]) -> None:
        """Cells in columns that are not the package's."""
        if len(row) > self._width or len(self._known) < self._width - 1:
            for at, cell in enumerate(row):
                if cell != "" and at not in self._known:
                    self._note_column(at, "")

    def _note_column(self, at: int, key: str) -> None:
        text = _("Lembar “{name}”: kolom {letter} {key} bukan bagian paket; isinya diabaikan.")
        self._findings.note(text.format(name=self._name, letter=column_letter(at), key=key).replace("  ", " "))


def _text_only(cell: Cell) -> str:
    if not isinstance(cell, str):
        raise Unreadable("text")
    return cell


def _reason(code: str) -> str:
    reasons = {
        "formula": _("sel berisi rumus; paket tidak pernah memuat rumus"),
        "missing": _("sel ini tidak boleh kosong"),
        "text": _("seharusnya teks, tetapi sel berisi angka, tanggal, atau kesalahan rumus"),
        "integer": _("seharusnya angka bulat"),
        "date": _("seharusnya tanggal"),
        "boolean": _("seharusnya Ya atau Tidak"),
        "twice": _("data yang sama sudah ada di baris lain"),
    }
    return reasons.get(code, _("isi sel tidak dapat dibaca"))

"""Rows to cells. Nearly all cells are plain text, so those of a row are looked at together and go out together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from asn_desktop.core.errors import WorkbookError
from asn_desktop.core.i18n import _
from asn_desktop.exchange.package import cell_values as values
from asn_desktop.exchange.package.cell_values import Kind
from asn_desktop.exchange.package.sheets import Column, PackageSheet


@dataclass(frozen=True, slots=True)
class Formats:
    """XlsxWriter's formats; ``heading``: by owner of the column."""

    text: Any
    date: Any
    number: Any
    heading: Mapping[str, Any]
    quiet: Any


class RowWriter:
    """Writes the rows of one sheet; ``starts``: where each column of the layout begins (long texts take several)."""

    def __init__(self, sheet: Any, layout: PackageSheet, starts: Sequence[int], formats: Formats) -> None:
        columns = list(zip(starts, layout.columns, strict=True))
        texts = [position for position, (_at, column) in enumerate(columns) if column.kind is Kind.TEXT]
        others = [position for position, (_at, column) in enumerate(columns) if column.kind is not Kind.TEXT]
        self._write_string, self._write_number = sheet.write_string, sheet.write_number
        self._layout, self._formats = layout, formats
        self._texts = [columns[position] for position in texts]
        self._text_at = [at for at, _column in self._texts]
        self._texts_of = _picker(texts)
        # Where the empty text is not the same as nothing.
        self._exact_of = _picker([position for position in texts if columns[position][1].blank is None])
        self._others = [columns[position] for position in others]
        self._others_of = _picker(others)

    def write(self, number: int, row: Sequence[Any]) -> None:
        """Row ``number`` (from 0) of the sheet. Raises :class:`WorkbookError` for a value of another type."""
        texts = self._texts_of(row)
        if "" not in self._exact_of(row) and values.stand_as_they_are(texts):
            write_string, text_format = self._write_string, self._formats.text
            for at, text in zip(self._text_at, texts, strict=True):
                if text:
                    write_string(number, at, text, text_format)
        else:
            self._write_texts(number, texts)
        for (at, column), value in zip(self._others, self._others_of(row), strict=True):
            if value is not None:
                self._write_other(number, at, column, value)

    def _write_texts(self, number: int, texts: Sequence[Any]) -> None:
        for (at, column), value in zip(self._texts, texts, strict=True):
            if value == column.blank:
                continue
            if not isinstance(value, str):
                raise self._wrong_type(column, value)
            for shift, piece in enumerate(values.split_text(values.text_cell(value))):
                self._write_string(number, at + shift, piece, self._formats.text)

    def _write_other(self, number: int, at: int, column: Column, value: Any) -> None:
        if not values.fits(column.kind, value):
            raise self._wrong_type(column, value)
        if type(value) is bool:
            self._write_string(number, at, values.YES if value else values.NO, self._formats.text)
            return
        is_date = isinstance(value, date)
        stands = values.date_cell(value) if is_date else values.integer_cell(value)
        if isinstance(stands, str):
            self._write_string(number, at, stands, self._formats.text)
        else:
            self._write_number(number, at, stands, self._formats.date if is_date else self._formats.number)

    def _wrong_type(self, column: Column, value: object) -> WorkbookError:
        return WorkbookError(
            _("Paket tidak dibuat: kolom {column} di lembar “{sheet}” memuat isi yang jenisnya salah.").format(
                column=column.heading, sheet=_(self._layout.title)
            ),
            _("Buat cadangan di disk lain, lalu hubungi petugas TI kantor Anda dengan kode ini."),
            code="ASN-1354",
            details=f"{self._layout.name}.{column.key}: {type(value).__name__}",
        )


def _picker(positions: Sequence[int]) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """The values at some positions of a row, as a sequence also of one or none."""
    if len(positions) > 1:
        return itemgetter(*positions)
    return lambda row: [row[position] for position in positions]

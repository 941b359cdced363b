"""An OPD clerk with a worksheet: fills cells, sorts, deletes columns, pastes, saves under another name."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

HEAD = 3
"""Excel row of the headings."""


class Clerk:
    """Works on the data sheet of a worksheet; :meth:`save` gives the file to import."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = openpyxl.load_workbook(path)
        self.sheet = self.book.worksheets[1]
        self.sheet.protection.sheet = False

    def column(self, heading: str) -> int:
        """From 1, as Excel counts."""
        found = [cell.column for cell in self.sheet[HEAD] if str(cell.value or "").startswith(heading)]
        return int(found[0])

    def row(self, name: str) -> int:
        column = self.column("NAMA")
        return next(row for row in range(HEAD + 1, self.last + 1) if name in str(self.sheet.cell(row, column).value))

    @property
    def last(self) -> int:
        """The last row with a person in it."""
        column = self.column("NAMA")
        return max(row for row in range(HEAD + 1, self.sheet.max_row + 1) if self.sheet.cell(row, column).value)

    def fill(self, name: str, **cells: Any) -> Clerk:
        """``fill("Ani", RATING_HASIL_KERJA="Sesuai Ekspektasi")``; underscores are spaces."""
        return self.fill_row(self.row(name), **cells)

    def fill_row(self, row: int, **cells: Any) -> Clerk:
        for heading, value in cells.items():
            self.sheet.cell(row, self.column(heading.replace("_", " "))).value = value
        return self

    def rate(self, name: str, result: str, behaviour: str, **more: Any) -> Clerk:
        return self.fill(name, RATING_HASIL_KERJA=result, RATING_PERILAKU_KERJA=behaviour, **more)

    def hidden(self, name: str, heading: str) -> Any:
        return self.sheet.cell(self.row(name), self.column(heading)).value

    def sort(self, columns: Sequence[int], order: Callable[[list[Any]], Any]) -> Clerk:
        """Reorder the people within these columns only, as a selection sorted in Excel."""
        rows = range(HEAD + 1, self.last + 1)
        whole = [[self.sheet.cell(row, column).value for column in range(1, self.sheet.max_column + 1)] for row in rows]
        ordered = sorted(whole, key=order)
        for row, values in zip(rows, ordered, strict=True):
            for column in columns:
                self.sheet.cell(row, column).value = values[column - 1]
        return self

    def shift(self, columns: Sequence[int]) -> Clerk:
        """The cells of these columns stand one person further down, the last one's at the top: nobody keeps theirs."""
        for column in columns:
            values = [self.sheet.cell(row, column).value for row in range(HEAD + 1, self.last + 1)]
            for row, value in enumerate([values[-1], *values[:-1]], HEAD + 1):
                self.sheet.cell(row, column).value = value
        return self

    def save(self, path: Path | None = None) -> Path:
        target = path or self.path.with_name(self.path.stem + " (diisi).xlsx")
        self.book.save(target)
        return target


def libreoffice(source: Path, kind: str = "xlsx") -> Path:
    """The file as LibreOffice saves it; the test is skipped where there is none."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not on this machine")
    folder = source.parent / f"lo-{kind}"
    profile = f"-env:UserInstallation=file://{source.parent}/lo-profile"
    command = [program, profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=900)
    return folder / f"{source.stem}.{kind}"

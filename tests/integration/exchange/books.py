"""Small workbooks as offices make them, for tests of the import. All people are made up (CONTOH)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from asn_desktop.exchange.plan import ImportPlan
from asn_desktop.services import Services

ANI = {"NIP": "198503122010012004", "NAMA": "Ani Contoh", "GOL": "III/a", "JABATAN": "Bidan Mahir",
       "UNIT KERJA": "Puskesmas Susoh", "OPD": "Dinas Kesehatan"}  # fmt: skip
BUDI = {"NIP": "197901152005011003", "NAMA": "Budi Contoh", "GOL": "III/c", "JABATAN": "Perencana Ahli Muda",
        "UNIT KERJA": "Sekretariat", "OPD": "Dinas Kesehatan"}  # fmt: skip
CITRA = {"NIP": "199001012021212001", "NAMA": "Citra Contoh", "GOL": "IX", "JABATAN": "Guru Ahli Pertama",
         "UNIT KERJA": "SD Negeri 1", "OPD": "Dinas Pendidikan"}  # fmt: skip
SESUAI, ATAS, BAWAH = "Sesuai Ekspektasi", "Di Atas Ekspektasi", "Di Bawah Ekspektasi"


def book(path: Path, *rows: Mapping[str, Any], title: str = "", sheet: str = "Data") -> Path:
    """A list with one header row; missing keys are blank cells; a date becomes a date cell, a number a number."""
    headings = list(dict.fromkeys(key for row in rows for key in row))
    lines: list[Sequence[Any]] = [[title], []] if title else []
    lines.append(headings)
    lines.extend([row.get(heading, "") for heading in headings] for row in rows)
    return sheets(path, {sheet: lines})


def sheets(path: Path, content: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    workbook = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_numbers": False})
    as_date = workbook.add_format({"num_format": "dd-mm-yyyy"})
    for name, lines in content.items():
        page = workbook.add_worksheet(name)
        for row, line in enumerate(lines):
            for column, value in enumerate(line):
                if isinstance(value, date):
                    page.write_datetime(row, column, value, as_date)
                elif isinstance(value, int | float):
                    page.write_number(row, column, value)
                elif value:
                    page.write_string(row, column, str(value))
    workbook.close()
    return path


def agreed(office: Services, path: Path, period: str | None = None, **answers: str) -> ImportPlan:
    """The plan of a file whose unknown offices and units are all new; ``answers`` to other questions by their kind."""
    plan = office.exchange.examine(path, period=period)
    said = {"opd": "new", "unit": "new", **answers}
    given = {question.id: said[question.kind] for question in plan.questions if question.kind in said}
    return office.exchange.examine(path, period=period, answers=given) if given else plan


def rating(person: Mapping[str, Any], result: str, behaviour: str, predicate: str = "", **more: Any) -> dict[str, Any]:
    return {
        "NIP": person["NIP"],
        "NAMA": person["NAMA"],
        "RATING HASIL KERJA": result,
        "RATING PERILAKU KERJA": behaviour,
        "PREDIKAT": predicate,
        **more,
    }

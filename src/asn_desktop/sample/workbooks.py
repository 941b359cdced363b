"""Workbooks as offices keep them, filled with made-up people: a print-style SIMPEG list and a recap of ratings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from asn_desktop.appraisal.predicate import Predicate, Rating
from asn_desktop.core.indonesian import format_date, format_day_month_year
from asn_desktop.core.names import print_name
from asn_desktop.core.periods import Period
from asn_desktop.core.ranks import ranks_by_code
from asn_desktop.sample.people import SAMPLE_OFFICE, People, make

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_SINGLE = ("NO", "NAMA", "NIP", "TEMPAT/TGL LAHIR", "L/P", "AGAMA")
_GROUPS = (("PANGKAT", ("NAMA PANGKAT", "GOL/RUANG", "TMT")), ("JABATAN", ("NAMA JABATAN", "TMT JABATAN")))
_LAST = ("UNIT KERJA", "PENDIDIKAN TERAKHIR", "STATUS PEGAWAI", "TMT CPNS", "UMUR", "KET")
_WIDTH = len(_SINGLE) + sum(len(parts) for _title, parts in _GROUPS) + len(_LAST)
_FIRST_ROW = 7
_KINDS = {"PPPK_PARUH_WAKTU": "PPPK Paruh Waktu"}


@dataclass(frozen=True, slots=True)
class RatingLine:
    """One person in a recap of ratings; ``predicate`` is what the office wrote beside them."""

    nip: str
    name: str
    unit: str
    result: Rating
    behaviour: Rating
    predicate: Predicate
    note: str = ""


def write_nominative(path: Path, people: People, day: date, *, spoilt: Sequence[int] = ()) -> None:
    """A *daftar nominatif*: titles, two header rows, column numbers, a section per OPD, JUMLAH, signature.

    The NIP of the people in ``spoilt`` (index) is stored as a number, as Excel users do: its last digits are lost.
    """
    with xlsxwriter.Workbook(path, _OPTIONS) as book:
        book.set_properties({"created": datetime(day.year, day.month, day.day)})  # noqa: DTZ001 - as Excel notes it
        sheet = book.add_worksheet("Nominatif")
        bold, middle = book.add_format({"bold": True}), book.add_format({"bold": True, "align": "center", "border": 1})
        dates = book.add_format({"num_format": "dd-mm-yyyy"})
        titles = (
            "DAFTAR NOMINATIF PEGAWAI", SAMPLE_OFFICE.agency.upper(), f"KEADAAN {format_date(day).upper()} (CONTOH)"
        )  # fmt: skip
        for row, title in enumerate(titles):
            sheet.merge_range(row, 0, row, _WIDTH - 1, title, middle)
        _headings(sheet, middle)
        names = {unit.code: unit.name for unit in people.units}
        row = _FIRST_ROW
        for office in (unit for unit in people.units if not unit.parent):
            sheet.write_string(row, 0, office.name.upper(), bold)
            members = [index for index, place in enumerate(people.places) if place.split(".")[0] == office.code]
            for number, index in enumerate(members, start=1):
                cells = _cells(number, people.employees[index], names[people.places[index]])
                if index in spoilt:
                    cells[2] = int(people.employees[index]["nip"])
                for column, value in enumerate(cells):
                    _write(sheet, row + number, column, value, dates)
            last = row + len(members) + 1
            sheet.write_string(last, 1, "JUMLAH", bold)
            sheet.write_formula(last, 2, f"=COUNTA(C{row + 2}:C{last})", bold, len(members))
            row = last + 1
        for offset, text in enumerate(("Mengetahui,", f"Kepala {SAMPLE_OFFICE.name}", "", "", "Contoh Rekaan, S.Sos.")):
            sheet.write_string(row + 2 + offset, 9, text)
        sheet.set_column(1, 1, 34)
        sheet.set_column(2, 2, 22)
        sheet.set_column(3, _WIDTH - 1, 18)


def write_ratings(path: Path, period: Period, lines: Sequence[RatingLine]) -> None:
    """A recap of a quarter, one line a person."""
    headings = ("No", "NIP", "Nama", "Unit Kerja", "Rating Hasil Kerja", "Rating Perilaku Kerja", "Predikat Kinerja",
                "Catatan/Umpan Balik")  # fmt: skip
    with xlsxwriter.Workbook(path, _OPTIONS) as book:
        sheet = book.add_worksheet(period.label)
        bold = book.add_format({"bold": True})
        sheet.write_string(0, 0, f"REKAPITULASI EVALUASI KINERJA PEGAWAI {period.label.upper()} (CONTOH)", bold)
        sheet.write_row(2, 0, headings, bold)
        for number, line in enumerate(lines, start=1):
            sheet.write_number(number + 2, 0, number)
            ratings = (line.result.label, line.behaviour.label, line.predicate.label)
            values = (line.nip, line.name, line.unit, *ratings, line.note)
            for column, value in enumerate(values, start=1):
                sheet.write_string(number + 2, column, value)
        sheet.set_column(1, len(headings) - 1, 22)


def _headings(sheet: Any, form: Any) -> None:
    column = 0
    for title in _SINGLE:
        sheet.merge_range(4, column, 5, column, title, form)
        column += 1
    for title, parts in _GROUPS:
        sheet.merge_range(4, column, 4, column + len(parts) - 1, title, form)
        for part in parts:
            sheet.write_string(5, column, part, form)
            column += 1
    for title in _LAST:
        sheet.merge_range(4, column, 5, column, title, form)
        column += 1
    for column in range(_WIDTH):
        sheet.write_number(_FIRST_ROW - 1, column, column + 1, form)


def _cells(number: int, person: dict[str, Any], unit: str) -> list[Any]:
    nip = person["nip"]
    rank = ranks_by_code()[person["rank"]]
    return [
        number,
        print_name(person["title_front"] or "", person["name"], person["title_back"] or ""),
        f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}" if number % 3 == 0 else nip,
        f"{person['birth_place']}, {format_day_month_year(person['birth_date'])}",
        person["sex"],
        person["religion"],
        rank.title,
        rank.code.lower() if number % 5 == 0 else rank.code,
        person["rank_tmt"],
        person["position"],
        person["position_tmt"],
        unit,
        person["education_level"],
        _KINDS.get(person["employment_kind"], person["employment_kind"]),
        person["cpns_tmt"],
        None,
        None,
    ]


def _write(sheet: Any, row: int, column: int, value: Any, dates: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, dates)
    elif isinstance(value, int):
        sheet.write_number(row, column, value)
    elif value:
        sheet.write_string(row, column, value)


@dataclass(frozen=True, slots=True)
class Shipped:
    """The sample workbook that comes with the program, in ``resources/sample``: for a first try and the self-test."""

    file: str = "daftar_nominatif_contoh.xlsx"
    people: int = 120
    spoilt: tuple[int, ...] = (7,)
    day: date = date(2026, 9, 30)


SHIPPED = Shipped()


def write_shipped(path: Path) -> None:
    """Make the shipped workbook; the same bytes every time."""
    write_nominative(path, make(SHIPPED.people), SHIPPED.day, spoilt=SHIPPED.spoilt)

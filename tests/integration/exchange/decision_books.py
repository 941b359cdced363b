"""Workbooks that leave something open, and what must become of each: for a table of cases.

A case is built into an office that knows ``PEOPLE`` unless ``empty``. All people are made up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.integration.exchange.books import BAWAH, SESUAI, sheets

OPD, UNIT = "Dinas Uji Coba Rekaan", "Bidang Mutasi"
_BIRTHDAYS = [
    "02-06-1982",
    "15-01-1977",
    "08-04-1989",
    "03-03-1970",
    "16-12-1984",
    "11-05-1990",
    "07-02-1986",
    "21-09-1986",
]
PEOPLE: Sequence[Mapping[str, str]] = tuple(
    {
        "NIP": f"{text[6:]}{text[3:5]}{text[:2]}201007100{number}",
        "NAMA": name,
        "TANGGAL LAHIR": text,
        "GOLONGAN": "III/a",
        "JABATAN": "Penelaah Teknis",
        "UNIT KERJA": UNIT,
        "OPD": OPD,
    }
    for number, (text, name) in enumerate(
        zip(
            _BIRTHDAYS,
            ("Ardanu", "Belinda", "Cakrani", "Dirgan", "Elmira", "Fajrani", "Gandari", "Harsono"),
            strict=True,
        ),
        1,
    )
)


@dataclass(frozen=True, slots=True)
class Case:
    """``build`` writes the file; ``counts`` are the fates but zero; ``asked`` the ids of open questions.

    ``says`` field → the values that rows to be written bring (of the first person, where all are alike).
    """

    build: Callable[[Path], Path]
    counts: Mapping[str, int]
    asked: Sequence[str] = ()
    says: Mapping[str, Any] = field(default_factory=dict)
    silent: Sequence[str] = ()
    """Fields that no row may write."""
    period: str | None = None
    empty: bool = False
    answers: Mapping[str, str] = field(default_factory=dict)


def two_rows(
    parents: Mapping[str, Sequence[str]], values: Sequence[Any], title: str = "", *, merged: bool = True
) -> Callable[[Path], Path]:
    """A header of two rows: NIP and NAMA, then children under parents; the same values for everybody."""

    def build(path: Path) -> Path:
        workbook = xlsxwriter.Workbook(str(path))
        page = workbook.add_worksheet("Data")
        if title:
            page.write(0, 0, title)
        page.write_row(2, 0, ["NO", "NIP", "NAMA"])
        column = 3
        for parent, children in parents.items():
            if merged and len(children) > 1:
                page.merge_range(2, column, 2, column + len(children) - 1, parent)
            else:
                page.write(2, column, parent)
            page.write_row(3, column, children)
            column += len(children)
        for number, person in enumerate(PEOPLE):
            page.write_row(4 + number, 0, [number + 1, person["NIP"], person["NAMA"], *values])
        workbook.close()
        return path

    return build


def one_row(headings: Sequence[str], values: Sequence[Any]) -> Callable[[Path], Path]:
    lines = [["NIP", "NAMA", *headings], *([person["NIP"], person["NAMA"], *values] for person in PEOPLE)]
    return lambda path: sheets(path, {"Data": lines})


def listed(change: Callable[[int, dict[str, Any]], Mapping[str, Any]], sheet: str = "Data") -> Callable[[Path], Path]:
    """All people with what ``change`` makes of each (place from 0)."""
    rows = [change(place, dict(person)) for place, person in enumerate(PEOPLE)]
    headings = list(dict.fromkeys(key for row in rows for key in row))
    lines = [headings, *([row.get(heading, "") for heading in headings] for row in rows)]
    return lambda path: sheets(path, {sheet: lines})


def american(text: str, *, serial: bool = False) -> Any:
    """What Excel with American settings makes of a day-first date: exchanged where it can be, text where not."""
    day, month, year = (int(part) for part in text.split("-"))
    if day > 12:
        return text
    exchanged = date(year, day, month)
    return (exchanged - date(1899, 12, 30)) / timedelta(days=1) if serial else exchanged


def several(content: Mapping[str, Sequence[int]], hidden: Sequence[str] = ()) -> Callable[[Path], Path]:
    """Sheet → places of people in ``PEOPLE``."""
    headings = list(PEOPLE[0])

    def build(path: Path) -> Path:
        workbook = xlsxwriter.Workbook(str(path))
        for name, places in content.items():
            page = workbook.add_worksheet(name)
            page.write_row(0, 0, headings)
            for row, place in enumerate(places, 1):
                page.write_row(row, 0, list(PEOPLE[place].values()))
            if name in hidden:
                page.hide()
        workbook.close()
        return path

    return build


RATED = ("HASIL KERJA", "PERILAKU", "PREDIKAT")
_TW2, _TW3 = (SESUAI, SESUAI, "Baik"), (BAWAH, SESUAI, "Butuh Perbaikan")
_OLD_NEW = ("Jabatan Lama", "Unit Lama", "Dinas Lama", "Perencana Ahli Muda", UNIT, OPD)
_WHERE = ("JABATAN", "UNIT KERJA", "OPD")
_SWAPPED = listed(lambda _n, row: row | {"TANGGAL LAHIR": american(row["TANGGAL LAHIR"])})
_TMT = ("2018-10-01", "2019-04-01", "2020-10-01", "2021-04-01")


def _with_tmt(serial: bool) -> Callable[[Path], Path]:
    def change(place: int, row: dict[str, Any]) -> dict[str, Any]:
        tmt = date.fromisoformat(_TMT[place % 4])
        text = f"{tmt:%d-%m-%Y}"
        return row | {
            "TANGGAL LAHIR": american(row["TANGGAL LAHIR"], serial=serial),
            "TMT GOLONGAN": american(text, serial=serial),
        }

    return listed(change)


def _status(word: str) -> Callable[[Path], Path]:
    return listed(lambda _n, row: row | {"KEDUDUKAN HUKUM": word})


def _opd(*spellings: str) -> Callable[[Path], Path]:
    return listed(lambda place, row: row | {"OPD": spellings[place % len(spellings)]})


CASES: Mapping[str, Case] = {
    # F4: one heading under two parents
    "r07e, quarter of the title": Case(
        two_rows({"TRIWULAN II": RATED, "TRIWULAN III": RATED}, [*_TW2, *_TW3], "REKAP TRIWULAN III TAHUN 2026"),
        {"new": 8}, says={"result_rating": "DI_BAWAH"}, period=None,
    ),
    "r07e, quarter asked for": Case(
        two_rows({"TW II": RATED, "TW III": RATED}, [*_TW2, *_TW3], "REKAP TRIWULAN III TAHUN 2026"),
        {"new": 8}, says={"result_rating": "SESUAI"}, period="2026-TW2",
    ),
    "years above": Case(
        two_rows({"TAHUN 2025": RATED, "TAHUN 2026": RATED}, [*_TW2, *_TW3], "REKAP TRIWULAN III"),
        {"new": 8}, says={"result_rating": "DI_BAWAH"}, period="2026-TW3",
    ),
    "quarter inside the heading": Case(
        one_row([f"{each} TW {tw}" for tw in ("II", "III") for each in RATED], [*_TW2, *_TW3]),
        {"new": 8}, says={"result_rating": "DI_BAWAH"}, period="2026-TW3",
    ),
    "months above: nobody can know": Case(
        two_rows({"AGUSTUS": RATED, "SEPTEMBER": RATED}, [*_TW2, *_TW3]),
        {"conflict": 8}, ["heading:AGUSTUS | SEPTEMBER"], period="2026-TW3",
    ),
    "months above, answered": Case(
        two_rows({"AGUSTUS": RATED, "SEPTEMBER": RATED}, [*_TW2, *_TW3]),
        {"new": 8}, says={"result_rating": "DI_BAWAH"}, period="2026-TW3",
        answers={"heading:AGUSTUS | SEPTEMBER": "SEPTEMBER"},
    ),
    "r08a": Case(
        two_rows({"LAMA": _WHERE, "BARU": _WHERE}, _OLD_NEW), {"changed": 8},
        says={"position": "Perencana Ahli Muda"}, silent=["opd", "unit"],
    ),
    "r08a without merged cells": Case(
        two_rows({"LAMA": _WHERE, "BARU": _WHERE}, _OLD_NEW, merged=False), {"changed": 8},
        says={"position": "Perencana Ahli Muda"},
    ),
    "new before old": Case(
        two_rows({"MENJADI": _WHERE, "SEMULA": _WHERE}, [*_OLD_NEW[3:], *_OLD_NEW[:3]]), {"changed": 8},
        says={"position": "Perencana Ahli Muda"},
    ),
    "only what was": Case(
        two_rows({"ASAL": ("JABATAN", "GOLONGAN"), "DATA": ("AGAMA",)}, ["Jabatan Lama", "II/a", "Islam"]),
        {"changed": 8}, says={"religion": "Islam"}, silent=["position", "rank"],
    ),
    "r08b": Case(
        two_rows({"PANGKAT LAMA": ("GOL", "TMT"), "PANGKAT BARU": ("GOL", "TMT")},
                 ["II/d", "01-04-2018", "III/b", "01-04-2022"]),
        {"changed": 8}, says={"rank": "III/b", "rank_tmt": date(2022, 4, 1)},
    ),
    "r08d": Case(
        one_row(["JABATAN LAMA", "JABATAN BARU", "GOLONGAN LAMA", "GOLONGAN BARU"], ["Lama", "Arsiparis", "II/a", "III/c"]),
        {"changed": 8}, says={"position": "Arsiparis", "rank": "III/c"},
    ),
    "r08d, TMT beside each": Case(
        one_row(["GOLONGAN LAMA", "TMT", "GOLONGAN BARU", "TMT"], ["II/a", "01-04-2010", "III/c", "01-04-2022"]),
        {"changed": 8}, says={"rank": "III/c", "rank_tmt": date(2022, 4, 1)},
    ),
    "r08e": Case(
        two_rows({"PENDIDIKAN SAAT CPNS": ("TINGKAT", "JURUSAN"), "PENDIDIKAN TERAKHIR": ("TINGKAT", "JURUSAN")},
                 ["SLTA", "IPA", "S-1", "Manajemen"]),
        {"changed": 8}, says={"education_level": "S-1", "education": "Manajemen"},
    ),
    "two parents that say nothing": Case(
        two_rows({"VERSI A": ("JABATAN", "AGAMA"), "VERSI B": ("JABATAN", "AGAMA")}, ["A", "Islam", "B", "Hindu"]),
        {"conflict": 8}, ["heading:VERSI A | VERSI B"],
    ),
    # F5: day and month exchanged
    "r09b": Case(_SWAPPED, {"same": 8}, ["dates:swapped"], silent=["birth_date"]),
    "r09b, exchanged back": Case(_SWAPPED, {"same": 8}, answers={"dates:swapped": "swap"}, silent=["birth_date"]),
    "r09b, as written": Case(
        _SWAPPED, {"same": 4, "changed": 4}, answers={"dates:swapped": "keep"},
        says={"birth_date": date(1982, 2, 6)},
    ),
    "r04a": Case(_with_tmt(False), {"new": 8}, ["dates:swapped"], silent=["rank_tmt"], empty=True),
    "r04a, exchanged back": Case(
        _with_tmt(False), {"new": 8}, empty=True, answers={"dates:swapped": "swap"},
        says={"birth_date": date(1982, 6, 2), "rank_tmt": date(2018, 10, 1)},
    ),
    "r04b": Case(_with_tmt(True), {"new": 8}, ["dates:swapped"], silent=["rank_tmt"], empty=True),
    "dates as they should be": Case(
        listed(lambda place, row: row | {"TMT GOLONGAN": date.fromisoformat(_TMT[place % 4])}), {"new": 8}, empty=True,
        says={"rank_tmt": date(2018, 10, 1)},
    ),
    "TMT of January without a birth date": Case(
        listed(lambda place, row: {"NIP": row["NIP"], "NAMA": row["NAMA"], "GOLONGAN": "III/a",
                                   "TMT GOLONGAN": date(2018 + place % 3, 1, 10 if place % 2 else 4)}),
        {"same": 8}, ["dates:swapped"], silent=["rank_tmt"],
    ),
    # F12: who is active
    "r14g": Case(_status("Meninggal Dunia"), {"changed": 8}, says={"legal_status": "Meninggal Dunia"}),
    "a word nobody knows": Case(_status("Nonjob Sementara"), {"conflict": 8}, ["status:nonjob sementara"]),
    "a word nobody knows, answered": Case(
        _status("Nonjob Sementara"), {"changed": 8}, says={"legal_status": "Tidak Aktif"},
        answers={"status:nonjob sementara": "Tidak Aktif"},
    ),
    "r18a": Case(several({"PEGAWAI 2026": [0, 1], "PEGAWAI 2019": [2, 3, 4]}, hidden=["PEGAWAI 2019"]),
                 {"same": 2, "ignored": 3}),
    "r18a, asked for": Case(
        several({"PEGAWAI 2026": [0, 1], "PEGAWAI 2019": [2, 3, 4]}, hidden=["PEGAWAI 2019"]), {"same": 5},
        answers={"sheet:PEGAWAI 2019": "read"},
    ),
    "r18b": Case(
        several({"AKTIF": [0, 1], "PENSIUN": [2, 3], "MUTASI KELUAR": [4], "MENINGGAL": [5]}),
        {"same": 2, "conflict": 4}, ["sheet:PENSIUN", "sheet:MUTASI KELUAR", "sheet:MENINGGAL"],
    ),
    "r18b, answered": Case(
        several({"AKTIF": [0, 1], "PENSIUN": [2, 3], "MUTASI KELUAR": [4]}), {"same": 2, "changed": 2, "ignored": 1},
        says={"legal_status": "Pensiun"}, answers={"sheet:PENSIUN": "inactive", "sheet:MUTASI KELUAR": "skip"},
    ),
    "came or went": Case(several({"PEGAWAI": [0, 1], "MUTASI 2026": [2]}), {"same": 2, "conflict": 1}, ["sheet:MUTASI 2026"]),
    "a tab of moves within the office": Case(
        lambda path: sheets(path, {"MUTASI": [["NIP", "NAMA", "JABATAN LAMA", "JABATAN BARU"],
                                              *([p["NIP"], p["NAMA"], "Lama", "Perencana"] for p in PEOPLE)]}),
        {"changed": 8}, says={"position": "Perencana"},
    ),
    "people who come": Case(several({"PEGAWAI": [0, 1], "MUTASI MASUK": [2]}), {"same": 3}),
    # F13: spellings of an office
    "r09c": Case(
        _opd(OPD.upper(), "Din. Uji Coba Rekaan", "Dinas Ujicoba Rekaan", f"{OPD} Kab. Rekaan"),
        {"same": 2, "conflict": 6},
        ["opd:Din. Uji Coba Rekaan", "opd:Dinas Ujicoba Rekaan", f"opd:{OPD} Kab. Rekaan"],
    ),
    "r09c, the same office": Case(
        _opd(OPD, "Din. Uji Coba Rekaan"), {"same": 8}, answers={"opd:Din. Uji Coba Rekaan": "DINAS UJI COBA REKAAN"}
    ),
    "r09c, a new office": Case(
        _opd(OPD, "Din. Uji Coba Rekaan"), {"same": 4, "changed": 4}, says={"opd": "Din. Uji Coba Rekaan"},
        answers={"opd:Din. Uji Coba Rekaan": "new"},
    ),
    "r09f": Case(
        listed(lambda place, row: row | ({"UNIT KERJA": f"{UNIT} dan Promosi"} if place < 3 else {})),
        {"same": 5, "conflict": 3}, [f"unit:{OPD} / {UNIT} dan Promosi"],
    ),
    "first import, one slip": Case(
        _opd(OPD, OPD, OPD, "Dinas Uji Coba Rekaaan"), {"new": 6, "conflict": 2}, ["opd:Dinas Uji Coba Rekaaan"],
        empty=True,
    ),
    "first import, schools with numbers": Case(
        listed(lambda place, row: row | {"UNIT KERJA": f"SD Negeri {place + 1} Contoh"}), {"new": 8}, empty=True
    ),
}  # fmt: skip

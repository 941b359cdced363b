"""Which required columns a sheet lacks is said once, and not when title or sections make up for them."""

from __future__ import annotations

from collections.abc import Sequence

from asn_desktop.appraisal.columns import RATING_COLUMNS
from asn_desktop.core.columns import ColumnSet
from asn_desktop.exchange.workbook import Cell
from asn_desktop.personnel.columns import PERSONNEL
from tests.unit.exchange.lists import HEAD, NIP, OTHER_NIP, read

PERSON: list[Cell] = [NIP, "Budi Contoh", "III/a", "Guru", "12-03-1985"]
RATINGS: list[Cell] = ["NIP", "NAMA", "RATING HASIL KERJA", "RATING PERILAKU KERJA", "PREDIKAT", "NIP PENILAI"]


def missing(rows: Sequence[Sequence[Cell]], columns: ColumnSet = PERSONNEL) -> list[str]:
    return [issue.message for issue in read(rows, columns).issues if issue.code == "column_missing"]


def test_all_missing_columns_are_one_note() -> None:
    (message,) = missing([HEAD, PERSON])
    assert message == (
        "Kolom yang tidak ada pada lembar ini: Jenis kelamin, Jenis pegawai, Kedudukan hukum, Jenis jabatan, "
        "Unit kerja, Perangkat daerah."
    )


def test_what_section_rows_say_is_not_missing() -> None:
    sections: list[list[Cell]] = [["I. DINAS KESEHATAN"], PERSON, ["BIDANG PELAYANAN"], [OTHER_NIP, *PERSON[1:]]]
    (message,) = missing([HEAD, *sections])
    assert "Perangkat daerah" not in message
    assert "Unit kerja" not in message


def test_what_the_title_says_is_not_missing() -> None:
    title: list[Cell] = ["REKAP PREDIKAT TRIWULAN III TAHUN 2026"]
    row: list[Cell] = [NIP, "Budi Contoh", "Sesuai Ekspektasi", "Sesuai Ekspektasi", "Baik", OTHER_NIP]
    assert missing([title, RATINGS, row], RATING_COLUMNS) == []
    assert missing([RATINGS, row], RATING_COLUMNS) == ["Kolom yang tidak ada pada lembar ini: Tahun, Periode."]

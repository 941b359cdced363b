"""Which column is which: combined columns, ticks, duplicates, unknown headings, remembered mappings."""

from __future__ import annotations

from datetime import date

import pytest

from asn_desktop.appraisal.columns import RATING_COLUMNS
from asn_desktop.core.columns import ColumnSet, normalise_heading
from asn_desktop.core.issues import Severity
from asn_desktop.exchange.headers import choose_layout, find_layout
from asn_desktop.exchange.workbook import Cell
from asn_desktop.personnel.columns import PERSONNEL
from asn_desktop.personnel.foreign_headings import NATIONAL_HEADINGS

from .lists import HEAD, NIP, read, sheet_of


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("N I P", "nip"), ("NIP.", "nip"), ("NIP / NI PPPK", "nip"), ("NIP_BARU", "nip"), ("Nomor Induk Pegawai", "nip"),
        ("N A M A", "name"), ("NAMA LENGKAP(DENGAN GELAR)", "name"), ("Gol.\nRuang", "rank"), ("PANGKAT/GOL. RUANG", "rank"),
        ("T.M.T Pangkat", "rank_tmt"), ("TMT GOL", "rank_tmt"), ("TMT JAB", "position_tmt"), ("Jabatan Terakhir", "position"),
        ("UNOR NAMA", "unit"), ("SUBAG/UNIT KERJA", "unit"), ("Dinas/Badan", "opd"), ("SATUAN KERJA INDUK NAMA", "opd"),
        ("JNS KEL", "sex"), ("L/P", "sex"), ("TGL. LAHIR", "birth_date"), ("TTL", "@birth"), ("NAMA/NIP", "@name_nip"),
        ("STATUS CPNS PNS", "employment_kind"), ("THN LULUS", "graduation_year"), ("NO. TELP", "phone"), ("ESL", "echelon"),
        ("NIP LAMA", "old_nip"), ("TMT", "@tmt"), ("MK", "@service"), ("No.", "@row_number"),
    ],
)  # fmt: skip
def test_headings_seen_in_the_wild(heading: str, key: str) -> None:
    assert PERSONNEL.key_of(heading) == key


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("NILAI HASIL KERJA", "result_rating"), ("RATING HASIL", "result_rating"), ("PERILAKU", "behaviour_rating"),
        ("KUADRAN KINERJA", "predicate"), ("NILAI SKP", "predicate"), ("NIP PEJABAT PENILAI", "assessor_nip"),
        ("NIP NRP PENILAI", "assessor_nip"), ("Catatan/Umpan Balik", "notes"),
    ],
)  # fmt: skip
def test_headings_of_recaps(heading: str, key: str) -> None:
    assert RATING_COLUMNS.key_of(heading) == key


@pytest.mark.parametrize("columns", [PERSONNEL, RATING_COLUMNS], ids=lambda columns: columns.name)
def test_no_heading_means_two_things(columns: ColumnSet) -> None:
    meanings: dict[str, str] = {}
    for column in (*columns.columns, *columns.helpers, *columns.ambiguous):
        for heading in (column.heading, *column.aliases):
            assert meanings.setdefault(normalise_heading(heading), column.key) == column.key, heading


def test_every_heading_of_the_national_export_is_either_taken_or_listed() -> None:
    people = read([list(NATIONAL_HEADINGS), [NIP if heading == "NIP BARU" else "" for heading in NATIONAL_HEADINGS]])
    layout = people.layout
    assert len(NATIONAL_HEADINGS) == 70
    assert not layout.unknown
    assert {*layout.mapping, *layout.fallbacks, *layout.not_taken} == set(range(70))
    names = {layout.headings[column] for column in layout.not_taken}
    assert {"AGAMA ID", "BPJS", "FLAG IKD"} <= names
    assert layout.missing == ()


def test_unknown_headings_are_reported_and_similar_ones_only_suggested() -> None:
    people = read(
        [[*HEAD, "ALAMATT RUMAH", "WARNA KESUKAAN", ""], [NIP, "Budi", "III/a", "Guru", "", "Jalan", "Biru", "x"]]
    )
    layout = people.layout
    assert layout.unknown == (5, 6, 7)
    assert layout.suggestions == {5: "address"}
    assert "address" not in people.rows[0].values


def test_the_header_is_found_below_titles_and_not_in_the_data() -> None:
    rows: list[list[Cell]] = [["DAFTAR PEGAWAI"], *[[] for _ in range(11)], HEAD, [NIP, "Budi", "III/a", "Guru", ""]]
    assert read(rows).layout.header_rows == (12, 12)
    too_low: list[list[Cell]] = [*[["x"] for _ in range(25)], HEAD]
    assert find_layout(sheet_of(too_low), too_low, PERSONNEL) is None
    few: list[list[Cell]] = [["NIP", "NAMA", "WARNA"], [NIP, "Budi", "Biru"]]
    assert find_layout(sheet_of(few), few, PERSONNEL) is None


def test_ratings_and_people_are_told_apart() -> None:
    recap: list[list[Cell]] = [["NIP", "NAMA", "UNIT KERJA", "HASIL KERJA", "PERILAKU KERJA", "PREDIKAT"]]
    people: list[list[Cell]] = [["NIP", "NAMA", "GOL", "JABATAN", "UNIT KERJA", "OPD"]]
    for rows, name in ((recap, "PREDIKAT"), (people, "PEGAWAI")):
        for order in ((PERSONNEL, RATING_COLUMNS), (RATING_COLUMNS, PERSONNEL)):
            layout = choose_layout(sheet_of(rows), rows, order)
            assert layout is not None
            assert layout.columns.name == name


def test_tick_columns_for_the_sex() -> None:
    people = read(
        [
            ["NO", "NAMA", "NIP", "L", "P", "JABATAN"],
            [1.0, "A B", NIP, "v", "", "Guru"],
            [2.0, "C D", NIP, "", 1.0, "Guru"],
            [3.0, "E F", NIP, "√", "√", "Guru"],
            [4.0, "G H", NIP, "mungkin", "", "Guru"],
        ]
    )
    assert [row.values.get("sex") for row in people.rows[:2]] == ["L", "P"]
    assert "sex_both" in {issue.code for issue in people.rows[2].issues}
    assert "tick_unknown" in {issue.code for issue in people.rows[3].issues}
    alone = read([["NAMA", "NIP", "P", "JABATAN"], ["A B", NIP, "x", "Guru"]])
    assert alone.layout.unknown == (2,)


@pytest.mark.parametrize(
    "cell",
    [
        "Drs. Budi Contoh, M.Si.\nNIP. 19850312 201001 1 004",
        f"Drs. Budi Contoh, M.Si. / {NIP}",
        f"Drs. Budi Contoh, M.Si. {NIP}",
    ],
)
def test_name_and_nip_in_one_cell(cell: str) -> None:
    people = read(
        [["NO", "NAMA/NIP", "JABATAN", "GOL"], [1.0, cell, "Guru", "III/a"], [2.0, "Tanpa Nomor", "Guru", "III/a"]]
    )
    first, second = people.rows
    assert (first.values["nip"], first.values["name"], first.values["title_back"]) == (NIP, "Budi Contoh", "M.Si.")
    assert second.values["name"] == "Tanpa Nomor"
    assert [issue.code for issue in second.issues] == ["nip_missing"]


@pytest.mark.parametrize(
    ("cell", "place"),
    [
        ("Susoh, 12-03-1985", "Susoh"),
        ("Susoh/12 Maret 1985", "Susoh"),
        ("Kota Contoh,12/03/1985", "Kota Contoh"),
        ("12-03-1985", None),
    ],
)
def test_place_and_date_of_birth_in_one_cell(cell: str, place: str | None) -> None:
    row = read([["NAMA", "NIP", "TEMPAT/TGL LAHIR", "JABATAN"], ["A B", NIP, cell, "Guru"]]).rows[0]
    assert (row.values.get("birth_place"), row.values["birth_date"]) == (place, date(1985, 3, 12))


@pytest.mark.parametrize(
    ("cell", "level", "education"),
    [("S-1", "S-1", None), ("S1 Teknik Sipil", "S-1", "S1 Teknik Sipil"), ("D-III Kebidanan", "D-III", "D-III Kebidanan"),
     ("SMA/SMK", "SLTA", None), ("D3", "D-III", None), ("Teknik Sipil", None, "Teknik Sipil")],
)  # fmt: skip
def test_level_and_subject_of_education_in_one_cell(cell: str, level: str | None, education: str | None) -> None:
    row = read([["NAMA", "NIP", "PENDIDIKAN TERAKHIR", "JABATAN"], ["A B", NIP, cell, "Guru"]]).rows[0]
    assert (row.values.get("education_level"), row.values.get("education")) == (level, education)
    assert not row.refused


def test_a_second_column_of_a_field_fills_the_blanks_of_the_first() -> None:
    people = read(
        [
            ["NIP", "NAMA", "JABATAN", "JENIS PEGAWAI NAMA", "STATUS CPNS PNS", "NAMA PANGKAT", "GOL"],
            [NIP, "A B", "Guru", "PNS Daerah", "CPNS", "Penata Muda", "III/a"],
            [NIP, "C D", "Guru", "PNS Daerah", "", "Penata Muda", ""],
        ]
    )
    assert people.layout.fallbacks == {3: "employment_kind", 5: "rank"}
    assert [row.values["employment_kind"] for row in people.rows] == ["CPNS", "PNS"]
    assert [row.values["rank"] for row in people.rows] == ["III/a", "III/a"]


def test_the_same_heading_twice_is_reported() -> None:
    people = read([[*HEAD, "NIP_2"], [NIP, "Budi", "III/a", "Guru", "", "199001012015032001"]])
    assert people.layout.column_of("nip") == 0
    assert [issue.severity for issue in people.table.issues if issue.code == "heading_duplicate"] == [Severity.WARNING]


def test_the_superior_s_columns_are_not_the_employee_s() -> None:
    people = read(
        [
            ["NIP", "NAMA", "JABATAN", "ATASAN LANGSUNG", ""],
            ["", "", "", "NAMA", "NIP"],
            [NIP, "Budi", "Guru", "Drs. Atasan", "199001012015032001"],
        ],
        merged=[(0, 3, 0, 4)],
    )
    assert people.layout.mapping == {0: "nip", 1: "name", 2: "position", 4: "superior_nip"}
    assert people.rows[0].values["superior_nip"] == "199001012015032001"


def test_the_signature_is_the_same_for_the_same_headings_and_a_mapping_overrides() -> None:
    first = read([HEAD, [NIP, "Budi", "III/a", "Guru", ""]]).layout
    spelled = read(
        [["JUDUL"], ["N I P", "Nama", "Golongan", "Jabatan", "Tanggal  Lahir"], [NIP, "B", "III/a", "G", ""]]
    ).layout
    assert first.signature == spelled.signature
    assert read([[*HEAD[:4], "ALAMAT"], [NIP, "B", "III/a", "G", ""]]).layout.signature != first.signature
    corrected = first.with_mapping({0: "nip", 1: "name", 3: "unit", 2: ""})
    assert corrected.mapping == {0: "nip", 1: "name", 3: "unit"}
    assert corrected.not_taken == (2, 4)


def test_the_period_and_the_office_stand_above_the_table() -> None:
    head: list[Cell] = ["NIP", "NAMA", "HASIL KERJA", "PERILAKU KERJA"]
    for title, period in (("TRIWULAN III TAHUN 2026", "TW3"), ("TW. 1 TAHUN 2026", "TW1"), ("TAHUNAN TAHUN 2026", "TAHUNAN"),
                          ("TRIWULAN KE-4 2026", "TW4")):  # fmt: skip
        people = read([["REKAP " + title], head, [NIP, "B", "sesuai", "sesuai"]], RATING_COLUMNS)
        assert (people.rows[0].values["period"], people.rows[0].values["year"]) == (period, 2026)
    labelled = read([["SKPD", "", ": DINAS KESEHATAN"], HEAD, [NIP, "B", "III/a", "G", ""]])
    assert labelled.rows[0].values["opd"] == "Dinas Kesehatan"


def test_two_header_rows_joined_into_one_by_our_error_workbook_are_read_as_two() -> None:
    people = read([["NAMA", "NIP", "PANGKAT › GOL/RUANG", "PANGKAT › TMT"], ["A B", NIP, "III/a", "01-04-2020"]])
    assert list(people.layout.mapping.values()) == ["name", "nip", "rank", "rank_tmt"]


def test_the_explanations_of_our_own_error_workbook_are_no_data() -> None:
    head: list[Cell] = [
        "NIP",
        "NAMA",
        "HASIL KERJA",
        "PERILAKU KERJA",
        "BARIS EXCEL",
        "TINGKAT",
        "MASALAH",
        "KETERANGAN",
    ]
    people = read([head, [NIP, "B", "sesuai", "sesuai", 7.0, "Perlu dibetulkan", "rusak", "begini"]], RATING_COLUMNS)
    assert "notes" not in people.rows[0].values
    assert people.layout.not_taken == (4, 5, 6, 7)


def test_nor_are_they_where_they_stand_beside_the_name() -> None:
    head: list[Cell] = [
        "NIP",
        "NAMA",
        "MASALAH",
        "CARA MEMBETULKAN",
        "HASIL KERJA",
        "PERILAKU KERJA",
        "BARIS EXCEL",
        "TINGKAT",
    ]
    people = read(
        [head, [NIP, "B", "rusak", "begini", "sesuai", "di atas", "Data!7", "Perlu dibetulkan"]], RATING_COLUMNS
    )
    values = people.rows[0].values
    assert (values["result_rating"], values["behaviour_rating"]) == ("SESUAI", "DI_ATAS")
    assert people.layout.not_taken == (2, 3, 6, 7)

"""The dirt catalogue of the exchange guide (pertukaran §4), case by case.

Case 13 (file formats) is in test_gate, case 19 (sheets that claim every row, bombs, passwords) in test_reading.
"""

from __future__ import annotations

from datetime import date

import pytest

from asn_desktop.appraisal.columns import RATING_COLUMNS
from asn_desktop.core.issues import Severity
from asn_desktop.exchange.classify import RowKind
from asn_desktop.exchange.column_cleaner import ERASE
from asn_desktop.exchange.workbook import FORMULA_WITHOUT_VALUE, Cell, CellError

from .lists import HEAD, NIP, OTHER_NIP, one, read, read_sheets, sheet_of

PERSON: list[Cell] = [NIP, "Budi Contoh", "III/a", "Guru Ahli Pertama", "12-03-1985"]
OTHER: list[Cell] = [OTHER_NIP, "Siti Contoh", "III/b", "Perawat Terampil", "01-01-1990"]


@pytest.mark.parametrize("cell", [198503122010011004.0, "1,98503E+17", "1.98503E+17", "198503122010011000"])
def test_case_01_a_nip_stored_as_a_number_is_refused_and_never_repaired(cell: Cell) -> None:
    people = read([HEAD, [cell, *PERSON[1:]]])
    row = people.rows[0]
    assert row.refused
    assert "nip" not in row.values
    (issue,) = row.issues
    assert (issue.code, issue.location.cell) == ("nip_numeric", "A2")
    assert "Teks" in issue.hint


@pytest.mark.parametrize(
    "cell",
    ["19850312 201001 1 004", "19850312.201001.1.004", "19850312-201001-1-004", f"'{NIP}", f"NIP. {NIP}", f"{NIP}\u00a0",
     f"{NIP}\n", "l985O3122010011004"],
)  # fmt: skip
def test_case_02_a_nip_in_text_is_stripped_to_its_digits(cell: str) -> None:
    assert read([HEAD, [cell, *PERSON[1:]]]).rows[0].values["nip"] == NIP


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("130123456", "nip_old"),
        (130123456.0, "nip_old"),
        ("7371011203850001", "nip_is_nik"),
        ("85031234", "nip_is_nrp"),
    ],
)
def test_case_03_other_numbers_in_the_nip_column_are_recognised(cell: Cell, code: str) -> None:
    row = read([HEAD, [cell, *PERSON[1:]]]).rows[0]
    assert row.refused
    assert row.issues[0].code == code


def test_case_04_pppk_numbers_with_21_are_valid() -> None:
    row = read([HEAD, ["19900101 2025 21 2 001", "Siti Contoh", "IX", "Guru Ahli Pertama", "01-01-1990"]]).rows[0]
    assert not row.issues
    assert row.derived["employment_kind"] == "PPPK"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (date(1985, 3, 12), date(1985, 3, 12)),
        (31118.0, date(1985, 3, 12)),
        ("31118", date(1985, 3, 12)),
        ("12-03-1985", date(1985, 3, 12)),
        ("12/03/1985", date(1985, 3, 12)),
        ("1985-03-12", date(1985, 3, 12)),
        ("12 Maret 1985", date(1985, 3, 12)),
        ("12-Mar-85", date(1985, 3, 12)),
        ("03/13/1985", date(1985, 3, 13)),
        ("00-00-0000", None),
        ("-", None),
        ("1900-01-00", None),
    ],
)
def test_case_05_dates_in_every_spelling(cell: Cell, expected: date | None) -> None:
    row = one("TGL. LAHIR", cell)
    assert row.values.get("birth_date") == expected
    assert not row.refused


def test_case_05_odd_dates_are_taken_with_a_warning_and_wrong_ones_left_out_with_one() -> None:
    assert {issue.code for issue in one("TMT CPNS", "01/13/2010").issues} >= {"date_month_first"}
    assert {issue.code for issue in one("TMT CPNS", "01 Jan 10").issues} == {"date_two_digit_year"}
    assert {issue.code for issue in one("TMT CPNS", 40179.0).issues} == {"date_serial"}
    for cell, code in (("31-02-2010", "date_impossible"), ("besok", "date_unknown"), ("01-01-1899", "date_impossible"),
                       (date(2070, 1, 1), "date_out_of_range")):  # fmt: skip
        row = one("TMT CPNS", cell)
        assert not row.refused
        assert row.values.get("cpns_tmt") is None
        assert (row.issues[0].code, row.issues[0].severity) == (code, Severity.WARNING)
    assert one("TGL LAHIR", "besok").refused
    assert one("TMT CPNS", True).refused, "such a cell is broken whatever its column"
    assert one("TGL LAHIR", "01-01-2012").issues[0].code == "birth_date_age"
    assert one("TGL LAHIR", "01-01-1950").issues[0].code == "birth_date_age"


def test_case_05_serials_of_the_1904_calendar() -> None:
    rows = [["NIP", "NAMA", "JABATAN", "TMT CPNS"], [NIP, "Budi", "Guru", 40179.0 - 1462]]
    assert read(rows, epoch_1904=True).rows[0].values["cpns_tmt"] == date(2010, 1, 1)


@pytest.mark.parametrize(
    "cell", ["III/a", "III/A", "IIIa", "III.a", "III - a", "Penata Muda (III/a)", "3A", "31", 31.0]
)
def test_case_06_golongan_in_every_spelling(cell: Cell) -> None:
    assert one("PANGKAT/GOL. RUANG", cell).values["rank"] == "III/a"


def test_case_06_roman_alone_is_pppk_and_must_agree_with_the_kind() -> None:
    head = ["NIP", "NAMA", "GOL", "JABATAN", "STATUS PEGAWAI"]
    pppk = "199001012025212001"
    people = read(
        [head, [pppk, "A B", "9", "Guru", "PPPK"], [NIP, "C D", "IX", "Guru", "PNS"], [pppk, "E F", "IV/a", "Guru", ""]]
    )
    assert people.rows[0].values["rank"] == "IX"
    assert [row.issues[0].code for row in people.rows[1:]] == ["rank_kind_mismatch", "rank_kind_mismatch"]


def test_case_07_titles_two_row_headers_number_row_and_blank_rows() -> None:
    people = read(
        [
            ["DAFTAR NOMINATIF PNS"], ["DINAS KESEHATAN KABUPATEN CONTOH"], [],
            ["NO", "NAMA", "NIP", "TMT", "", "GOL", "JABATAN"],
            ["", "", "", "GOL", "JABATAN", "", ""],
            [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0],
            [],
            [1.0, "Budi Contoh", NIP, "01-04-2020", "01-05-2021", "III/a", "Guru"],
        ],
        merged=[(3, 3, 3, 4), (3, 0, 4, 0), (3, 1, 4, 1), (3, 2, 4, 2)],
    )  # fmt: skip
    assert people.layout.header_rows == (3, 4)
    assert people.layout.first_data_row == 7
    values = people.rows[0].values
    assert (values["rank_tmt"], values["position_tmt"]) == (date(2020, 4, 1), date(2021, 5, 1))
    assert values["opd"] == "Dinas Kesehatan Kabupaten Contoh"


def test_case_07_the_tmt_after_gol_and_the_tmt_after_jabatan() -> None:
    people = read(
        [["NIP", "NAMA", "GOL", "TMT", "JABATAN", "TMT_2"], [NIP, "Budi", "III/a", "01-04-2020", "Guru", "01-05-2021"]]
    )
    assert people.layout.mapping[3] == "rank_tmt"
    assert people.layout.mapping[5] == "position_tmt"


def test_case_07_a_shifted_layout_is_loud() -> None:
    ambiguous = read(
        [["NIP", "NAMA", "JABATAN", "GOL", "ALAMAT", "TMT"], [NIP, "Budi", "Guru", "III/a", "Jalan", "01-04-2020"]]
    )
    assert {issue.code for issue in ambiguous.table.issues if issue.severity is Severity.DECISION} == {
        "heading_ambiguous"
    }
    shifted = read(
        [["NIP", "NAMA", "JABATAN", "TMT GOLONGAN"], *[[NIP, "Budi", "Guru", "III/a (Penata Muda)" * 2]] * 6]
    )
    assert "column_content" in shifted.codes()


def test_case_07_without_merges_a_parent_reaches_over_its_children() -> None:
    people = read(
        [
            ["NO", "NAMA", "NIP", "PANGKAT", "", "JABATAN", "", "MASA KERJA", ""],
            ["", "", "", "GOL", "TMT", "NAMA", "TMT", "TH", "BL"],
            [1.0, "Budi", NIP, "III/a", "01-04-2020", "Guru", "01-05-2021", 10.0, 3.0],
        ]
    )
    keys = [
        "@row_number",
        "name",
        "nip",
        "rank",
        "rank_tmt",
        "position",
        "position_tmt",
        "service_years",
        "service_months",
    ]
    assert list(people.layout.mapping.values()) == keys


def test_case_08_a_merged_unit_holds_for_its_staff_and_only_inside_the_merge() -> None:
    people = read(
        [
            ["NIP", "NAMA", "JABATAN", "UNIT KERJA"],
            [NIP, "Budi", "Guru", "Bidang P2P"],
            [OTHER_NIP, "Siti", "Guru", ""],
            ["199001012015032002", "Dewi", "Guru", ""],
        ],
        merged=[(1, 3, 2, 3)],
    )
    assert [row.values.get("unit") for row in people.rows] == ["Bidang P2P", "Bidang P2P", None]


def test_case_09_sections_totals_and_signatures_are_no_people() -> None:
    people = read(
        [
            HEAD,
            ["DINAS KESEHATAN"],
            ["I. SEKRETARIAT"],
            PERSON,
            ["", "JUMLAH", 2.0],
            ["BADAN KEPEGAWAIAN DAN PENGEMBANGAN SDM"],
            OTHER,
            ["", "JUMLAH", 1.0],
            ["", "TOTAL", 2.0],
            [],
            ["", "", "", "Mengetahui,"],
            ["", "", "", "Kepala BKPSDM"],
            ["", "", "", "Drs. Contoh Pejabat, M.Si."],
            ["", "", "", "NIP. 196801011990031001"],
            ["NIP. 196801011990031001"],
        ]
    )
    assert [row.values["nip"] for row in people.rows] == [NIP, OTHER_NIP]
    assert [(row.values["opd"], row.values.get("unit")) for row in people.rows] == [
        ("Dinas Kesehatan", "Sekretariat"),
        ("Badan Kepegawaian dan Pengembangan SDM", None),
    ]
    kinds = [row.kind for row in people.table.ignored]
    assert kinds == [
        RowKind.HEADER,
        *[RowKind.SECTION] * 2,
        RowKind.TOTAL,
        RowKind.SECTION,
        *[RowKind.TOTAL] * 2,
        *[RowKind.FOOTER] * 5,
    ]
    differs = [issue for issue in people.table.issues if issue.code == "total_differs"]
    assert [(issue.location.row, issue.severity) for issue in differs] == [(5, Severity.WARNING)]


def test_case_09_headings_repeated_on_the_next_page_are_skipped() -> None:
    people = read([HEAD, PERSON, HEAD, [1.0, 2.0, 3.0, 4.0, 5.0], OTHER])
    assert len(people.rows) == 2
    assert [row.kind for row in people.table.ignored] == [RowKind.HEADER] * 3


def test_case_09_a_section_that_is_no_unit_leaves_the_office_alone() -> None:
    people = read([["UNIT KERJA : DINAS KESEHATAN"], HEAD, ["GOLONGAN III"], PERSON, ["TENAGA FUNGSIONAL"], OTHER])
    assert {row.values["opd"] for row in people.rows} == {"Dinas Kesehatan"}


def test_case_09_a_counted_person_of_whom_only_the_name_is_known_is_no_section() -> None:
    people = read([["NO", "NAMA", "NIP", "JABATAN"], [1.0, "Budi Contoh", NIP, "Guru"], [2.0, "Siti Contoh"]])
    assert [row.issues[0].code for row in people.rows if row.issues] == ["nip_missing"]


def test_case_09_an_office_from_a_bare_title_is_said_aloud() -> None:
    titled = read([["BADAN KEPEGAWAIAN KABUPATEN CONTOH"], HEAD, PERSON])
    assert [issue.severity for issue in titled.table.issues if issue.code == "opd_from_title"] == [Severity.WARNING]
    labelled = read([["OPD : DINAS KESEHATAN"], HEAD, PERSON])
    assert [issue.severity for issue in labelled.table.issues if issue.code == "opd_from_title"] == [Severity.NOTE]


def test_case_06_pangkat_and_golongan_that_disagree_are_a_warning() -> None:
    people = read(
        [["NIP", "NAMA", "NAMA PANGKAT", "GOL"], [NIP, "Budi", "Penata", "III/a"], [NIP, "Ani", "Penata Muda", "III/a"]]
    )
    assert [[issue.code for issue in row.issues] for row in people.rows] == [["rank_title_differs"], []]


def test_case_10_hidden_rows_columns_and_sheets_are_read_and_listed() -> None:
    people = read([HEAD, PERSON, OTHER], hidden_rows=[2], hidden_columns=[4], hidden=True)
    assert len(people.rows) == 2
    assert [row.hidden for row in people.rows] == [False, True]
    assert people.codes() == {"rows_hidden", "columns_hidden", "sheet_hidden"}


def test_case_10_several_sheets_and_one_without_people() -> None:
    first, second, third = read_sheets(
        [
            sheet_of([["UNIT KERJA : DINAS KESEHATAN"], HEAD, PERSON], name="Dinkes"),
            sheet_of([["REKAPITULASI"]], name="Rekap"),
            sheet_of([HEAD, OTHER], name="Kecamatan Contoh"),
        ]
    )
    assert first.rows[0].values["opd"] == "Dinas Kesehatan"
    assert second.table.layout is None
    assert third.rows[0].values["opd"] == "Kecamatan Contoh"


def test_case_11_formulas_without_value_and_error_cells_are_errors() -> None:
    assert one("UNIT KERJA", FORMULA_WITHOUT_VALUE).issues[0].code == "formula_without_value"
    error = one("UNIT KERJA", CellError("#REF!")).issues[0]
    assert (error.code, error.severity) == ("cell_error", Severity.ERROR)
    assert "#REF!" in error.message
    assert not one("UMUR", FORMULA_WITHOUT_VALUE).issues


def test_case_11_a_number_from_a_formula_is_no_identity() -> None:
    people = read([HEAD, PERSON], formulas=[(1, 0), (1, 3)])
    assert [issue.code for issue in people.rows[0].issues] == ["formula_identifier"]


def test_case_12_text_that_looks_like_a_formula_comes_in_as_text() -> None:
    row = one("ALAMAT", "=cmd|'/C calc'!A0")
    assert row.values["address"] == "=cmd|'/C calc'!A0"


def test_case_14_the_same_nip_twice_comes_through_for_the_plan_to_decide() -> None:
    assert [row.values["nip"] for row in read([HEAD, PERSON, PERSON]).rows] == [NIP, NIP]


def test_case_15_names_in_capitals_with_titles_and_curly_apostrophes() -> None:
    row = read([HEAD, [NIP, "DRS.  AHMAD MA’RUF,  S.PD.", "III/a", "Guru", ""]]).rows[0]
    assert (row.values["title_front"], row.values["name"], row.values["title_back"]) == (
        "Drs.",
        "Ahmad Ma'ruf",
        "S.Pd.",
    )


def test_case_15_titles_in_columns_of_their_own_lead() -> None:
    head = ["NIP", "NAMA", "GELAR DEPAN", "GELAR BELAKANG", "JABATAN"]
    people = read([head, [NIP, "Drs. Budi, S.Pd.", "Ir.", "", "Guru"], [OTHER_NIP, "Siti, S.E.", "", "S.Sos.", "Guru"]])
    assert people.rows[0].values["title_front"] == "Ir."
    assert people.rows[0].values["title_back"] == "S.Pd."
    assert (people.rows[1].values["name"], people.rows[1].values["title_back"]) == ("Siti", "S.Sos.")


RATING_HEAD: list[Cell] = ["NIP", "NAMA", "HASIL KERJA", "PERILAKU KERJA", "PREDIKAT"]


@pytest.mark.parametrize("cell", ["BAIK", "baik", "Baik.", " Baik "])
def test_case_16_predicates_in_every_case(cell: str) -> None:
    row = read([RATING_HEAD, [NIP, "Budi", "SESUAI EKSPEKTASI", "diatas ekspektasi", cell]], RATING_COLUMNS).rows[0]
    assert (row.values["result_rating"], row.values["behaviour_rating"]) == ("SESUAI", "DI_ATAS")
    assert row.values["predicate"] == "BAIK"


def test_case_16_spaces_and_the_word_misconduct() -> None:
    people = read(
        [
            RATING_HEAD,
            [NIP, "Budi", "di bawah", "sesuai", "Butuh   Perbaikan"],
            [NIP, "B", "sesuai", "dibawah", "KURANG (MISCONDUCT)"],
        ],
        RATING_COLUMNS,
    )
    assert [row.values["predicate"] for row in people.rows] == ["BUTUH_PERBAIKAN", "KURANG"]


def test_case_16_a_rating_in_the_predicate_column_and_the_other_way_round() -> None:
    row = read([RATING_HEAD, [NIP, "Budi", "Baik", "Sesuai Ekspektasi", "Sesuai Ekspektasi"]], RATING_COLUMNS).rows[0]
    assert [(issue.code, issue.location.cell) for issue in row.issues] == [
        ("choice_other_column", "C2"),
        ("choice_other_column", "E2"),
    ]
    assert "predikat" in row.issues[0].message
    assert "rating" in row.issues[1].message


def test_case_17_too_long_control_characters_zero_width_and_emoji() -> None:
    row = one("JABATAN TERAKHIR", "x")
    assert not row.issues
    cleaned = one("ALAMAT", "Jalan\u200b \x07Mawar_x0007_ 😀 5")
    assert cleaned.values["address"] == "Jalan Mawar 5"
    assert [(issue.code, issue.severity) for issue in cleaned.issues] == [("characters_removed", Severity.WARNING)]
    assert "4" in cleaned.issues[0].message
    long = one("JABATAN TERAKHIR", "x" * 201)
    assert long.refused
    assert long.issues[0].code == "text_too_long"
    address = one("ALAMAT", "x" * 301)
    assert "address" not in address.values  # never cut off
    assert [(issue.code, issue.severity) for issue in address.issues] == [("text_too_long", Severity.WARNING)]


def test_case_18_whole_numbers_and_their_ranges() -> None:
    assert one("KELAS JABATAN", 9.0).values["job_class"] == 9
    assert one("KELAS JABATAN", "9").values["job_class"] == 9
    assert one("KELAS JABATAN", "3,75").issues[0].code == "number_unknown"
    assert one("KELAS JABATAN", 18.0).issues[0].code == "number_out_of_range"
    assert one("MASA KERJA", "12 Th 3 Bl").values["service_years"] == 12
    assert one("MASA KERJA", "12 Th 3 Bl").values["service_months"] == 3


def test_blank_is_not_sent_and_only_the_literal_word_erases() -> None:
    assert "address" not in one("ALAMAT", "").values
    assert "address" not in one("ALAMAT", "-").values
    assert one("ALAMAT", "[KOSONG]").values["address"] is ERASE
    assert one("ALAMAT", "[kosongkan]").values["address"] is ERASE
    assert one("UNIT KERJA", "[KOSONG]").issues[0].code == "erase_required"


@pytest.mark.parametrize("heading", ["TEMPAT/TGL LAHIR", "MASA KERJA"])
def test_the_word_that_erases_says_nothing_in_a_column_of_several_fields(heading: str) -> None:
    row = one(heading, "[KOSONG]")
    assert [issue.code for issue in row.issues] == ["erase_combined"]
    assert ERASE not in row.values.values()

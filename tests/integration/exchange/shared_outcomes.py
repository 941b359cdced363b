"""What has to come of each workbook that was collected outside the project, and where the collection stands.

One line for each file: its name, the fates of its rows (or the code with which it is refused), what has to be said, and
what the first row has to hold. "40" before a name: over the people of ``r07_people.xlsx``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from asn_desktop.core.errors import AppError
from asn_desktop.exchange.plan import Fate
from asn_desktop.services import Services

CASES = Path(__file__).parents[4] / "shared" / "cases"
_QUIET = frozenset({"column_missing", "heading_not_taken", "heading_unknown"})
_TABLE = """
many900.xlsx | new 900 |
r01a_pns_all.xlsx | new 20 | | employment_kind=PNS | rank=IV/a | nik=9999150177000001 | unit=Bidang Pembinaan | opd=Dinas Uji Coba Rekaan
r01b_pns_long_kind_only.xlsx | new 20 | | employment_kind=PNS
r01c_pppk_P_only.xlsx | new 20 | | employment_kind=PPPK | rank=VII | legal_status=PPPK Aktif
r01d_npwp_apostrophe_only.xlsx | new 20 |
r01e_npwp_wrong_refuses_person.xlsx | new 20 | npwp_characters npwp_length
r02_base.xlsx | new 20 |
r02a_page_break.xlsx | new 20 | | name=Oktaria Hening
r02b_power_query.xlsx | new 20 |
r02c_70_sheets_printed.xlsx | new 210 | opd_from_title
r02d_backslashes.xlsx | new 20 | | name=Oktaria Hening
r02e_workbook2.xlsx | new 20 | | name=Oktaria Hening
r02f_comment_in_sheet.xlsx | new 20 | | name=Oktaria Hening
r02g_strict.xlsx | new 20 |
r02h_no_shared_strings.xlsx | new 20 |
r02i_xlsm.xlsm | ASN-1310 |
r02j_1904.xlsx | new 6 |
r02k_white_bmp.xlsx | new 5 |
r02l_column_break.xlsx | new 5 |
r03a_duk_two_rows_each.xlsx | new 12 |
r03b_name_over_nip_merged.xlsx | new 12 |
r03c_nip_inside_nama.xlsx | new 12 |
r03d_nip_behind_name_no_word.xlsx | new 12 |
r03e_gr_tmt.xlsx | new 12 | opd_from_title
r03f_headings_with_hints.xlsx | new 12 |
r03g_unor_levels.xlsx | new 12 |
r03h_nip_nama_only.xlsx | ASN-1321 |
r03i_snake_case.xlsx | new 12 |
r03j_average_row_becomes_opd.xlsx | new 12, ignored 1 |
r03k_money_total.xlsx | new 6, ignored 1 | total_differs
r03l_three_header_rows.xlsx | new 12 | heading_ambiguous
r03m_header_row28.xlsx | ASN-1321 |
r03n_repeated_headers.xlsx | new 12, ignored 9 |
r04a_swapped_by_excel.xlsx | new 24 | dates_swapped
r04b_swapped_serials.xlsx | new 24 | date_serial dates_swapped
r04d_texts_in_dates.xlsx | new 24 | date_impossible date_two_digit_year date_unknown
r04e_iso_cells.xlsx | new 6 |
r04f_js_timezone.xlsx | new 6 | date_clock | birth_date=1977-01-15 | rank_tmt=2020-04-01 | position_tmt=2020-04-01
r05a_empty_shared_index.xlsx | new 6 |
r05b_shared_strings_lost.xlsx | ASN-1309 |
r05c_shared_index_out_of_range.xlsx | ASN-1309 |
r05d_phonetic_runs.xlsx | new 6 |
r05e_invisible_characters.xlsx | new 6 | characters_removed
r05f_other_digits.xlsx | new 2, rejected 2 | nip_characters
r05g_formulas.xlsx | rejected 6 | cell_error formula_identifier formula_without_value
r05h_hidden.xlsx | new 12, ignored 5 | columns_hidden rows_hidden sheet_hidden
r05i_two_people_one_nip.xlsx | new 3, conflict 4 | duplicate_in_file nip_birth_date_differs person_twice
r05j_struck_out.xlsx | new 6 |
r05k_errors_in_text.xlsx | rejected 4 | cell_boolean cell_error name_without_letters text_without_letters
r05l_golongan_became_date.xlsx | new 3, rejected 1 | rank_unknown
r06a_blank_result_v_empty.xlsx | new 6 |
r06b_blank_result_v_selfclosed.xlsx | new 6 |
r06c_never_calculated.xlsx | rejected 6 | formula_without_value
r07_people.xlsx | new 40 |
40 r07a_spellings.xlsx | new 10, rejected 2 | choice_unknown opd_from_title
40 r07b_predicate_only.xlsx | rejected 12 | only_predicate opd_from_title
40 r07c_numbers.xlsx | rejected 12 | choice_number opd_from_title
40 r07d_monthly_columns.xlsx | ASN-1321 |
40 r07e_two_quarters_side_by_side.xlsx | new 12 | opd_from_title | result_rating=DI_BAWAH | behaviour_rating=SESUAI | period=TW3
40 r07f_months_in_title.xlsx | new 12 | | period=TW3 | year=2026
40 r07g_contradiction.xlsx | conflict 12 | opd_from_title predicate_contradicts
40 r07h_old_scores.xlsx | rejected 12 | choice_number choice_other_column opd_from_title
40 r07i_predicate_ticks.xlsx | rejected 12 | only_predicate opd_from_title
40 r07j_two_periods.xlsx | new 12 |
40 r07k_names_shifted.xlsx | rejected 12 | names_shifted opd_from_title
40 r08a_mutasi_lama_baru.xlsx | same 12 | | position=Penata Layanan Operasional | unit=Bidang Pembinaan
40 r08b_naik_pangkat_lama_baru.xlsx | changed 12 | | rank=III/b | rank_tmt=2022-04-01
40 r08d_lama_baru_one_row.xlsx | same 12 |
40 r08e_pendidikan_cpns_terakhir.xlsx | changed 12 |
40 r08g_penilai_first.xlsx | same 12 | superior_unknown
40 r09a_names_shifted.xlsx | rejected 40 | names_shifted
40 r09b_birth_swapped.xlsx | same 40 | dates_swapped
40 r09c_opd_spellings.xlsx | same 14, conflict 26 | opd_unknown
40 r09d_nip_replaced.xlsx | conflict 5 | person_same
40 r09e_new_number_new_status.xlsx | conflict 3 | person_same
40 r09f_unit_renamed.xlsx | same 29, conflict 11 | unit_unknown
40 r09g_blanks_and_dashes.xlsx | rejected 5 | cell_error
40 r10a_one_digit_off_stored.xlsx | conflict 5 | nip_similar
40 r10b_names_changed.xlsx | changed 3, conflict 2 | name_other_person
r14a_status_aktif.xlsx | new 10 | | legal_status=Aktif
r14b_status_kepegawaian_and_status.xlsx | new 10 | | employment_kind=PNS
r14c_jenis_pegawai_guru.xlsx | new 10 | employment_kind_unread | employment_kind=PNS
r14d_status_kawin_short.xlsx | new 10 | employment_kind_unread
r14e_jenis_long.xlsx | new 10 | | employment_kind=PNS
r14f_jenis_pns_dpk.xlsx | new 10 | | employment_kind=PNS
r14g_legal_dead.xlsx | new 10 | | legal_status=Meninggal Dunia
r15a_two_signers.xlsx | new 8, ignored 5 |
r15b_one_signer_right.xlsx | new 8, ignored 5 |
r15c_signer_in_columns.xlsx | new 8, ignored 2 |
r15d_an_bupati.xlsx | new 8, ignored 7 |
r15e_notes.xlsx | new 8, ignored 4 |
r15f_second_table_other_order.xlsx | new 12, ignored 1 |
r15g_two_tables_side_by_side.xlsx | new 8 |
r15h_vacant_posts.xlsx | new 8, rejected 3, ignored 1 | nip_characters nip_missing
r15i_non_asn.xlsx | new 8, rejected 3 | nip_characters nip_is_nik nip_missing
r16a_rows_per_training_merged.xlsx | new 4, ignored 8 | heading_ambiguous
r16b_rows_per_training_repeated.xlsx | new 4, ignored 8 | duplicate_in_file heading_ambiguous
r16c_merged_across.xlsx | new 9 | heading_duplicate
r16d_nip_in_four_cells.xlsx | new 9 | cells_joined | nip=197701151999102002
r16e_gol_ruang_two_columns.xlsx | new 9 | | rank=IV/a
r16f_birth_in_three_columns.xlsx | new 9 | cells_joined | birth_date=1977-01-15
r16g_phone_number.xlsx | new 9 | phone_zero | phone=081234567890
r16h_unit_merged_down.xlsx | new 9 |
r16i_unit_only_on_first_row.xlsx | new 9 |
r17_styles_compress_well.xlsx | new 5 |
r18a_hidden_old_sheet.xlsx | new 8, ignored 12 | sheet_hidden
r18b_retired_and_moved_sheets.xlsx | new 8, conflict 7 | sheet_of_leavers
a_bom_semicolon.csv | ASN-1307 |
b.ods | ASN-1308 |
b.pdf | ASN-1308 |
b.xls | ASN-1305 |
b.xlsx | new 20 |
b_cp1252.csv | ASN-1307 |
c_utf16.csv | ASN-1307 |
d_utf16le_nobom.txt | ASN-1307 |
dl.xls | ASN-1306 |
dl.xlsx | rejected 2 | nip_numeric
e_csv_named.xlsx | ASN-1307 |
f_html_named.xlsx | ASN-1306 |
g_html_with_bom_and_comment.xls | ASN-1306 |
h_xml2003.xls | ASN-1306 |
i_empty.xlsx | ASN-1302 |
j_truncated.xlsx | ASN-1309 |
k_zeros.xlsx | ASN-1309 |
l_tail_zeros.xlsx | new 20 |
m_php_warning_first.xlsx | new 20 |
n_newline_first.xlsx | new 20 |
o_gzip.xlsx | ASN-1308 |
p_zip_with_xlsx.zip | ASN-1308 |
q_mhtml.xls | ASN-1306 |
r_sylk.slk | ASN-1308 |
s_dbf.dbf | ASN-1308 |
~$data.xlsx | ASN-1308 |
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """``fates`` as "new 3, rejected 1"; ``code`` of a refusal."""

    fates: str
    code: str
    says: frozenset[str]
    over_forty: bool = False
    holds: frozenset[tuple[str, str]] = frozenset()
    """Fields of the first row of a person, as text."""


def outcome_of(office: Services, path: Path) -> Outcome:
    """What comes of a file, looked at in an office; nothing is written."""
    try:
        plan = office.exchange.examine(path)
    except AppError as error:
        return Outcome("", error.code, frozenset())
    fates = ", ".join(f"{fate} {count}" for fate, count in plan.counts.items() if count and fate != "rows_read")
    people = (row for row in plan.rows if row.fate is not Fate.IGNORED)
    first = next(people).values
    return Outcome(
        fates,
        "",
        frozenset(issue.code for issue in plan.issues) - _QUIET,
        holds=frozenset((key, str(value)) for key, value in first.items()),
    )


def _outcomes() -> dict[str, Outcome]:
    found = {}
    for line in _TABLE.strip().splitlines():
        name, came, says, *holds = (piece.strip() for piece in line.split("|"))
        over_forty = name.startswith("40 ")
        refused = came.startswith("ASN-")
        found[name.removeprefix("40 ")] = Outcome(
            "" if refused else came,
            came if refused else "",
            frozenset(says.split()),
            over_forty,
            frozenset((key, value) for piece in holds for key, _sign, value in [piece.partition("=")]),
        )
    return found


SHARED = _outcomes()

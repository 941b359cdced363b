"""Names with titles glued on, and names of units in capitals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asn_desktop.core.names import print_name, search_key, search_words, split_name, tidy_unit_name


@pytest.mark.parametrize(
    ("raw", "parts"),
    [
        ("Anita Hulopi", ("", "Anita Hulopi", "")),
        ("DR. KARTINI MOHAMAD, S.STP., M.SI.", ("Dr.", "Kartini Mohamad", "S.STP., M.Si.")),
        ("DRS. BURHAN USMAN, S.KEP., NS.", ("Drs.", "Burhan Usman", "S.Kep., Ns.")),
        ("SYAHRUL WAHYU SIREGAR, S.SOS.", ("", "Syahrul Wahyu Siregar", "S.Sos.")),
        ("YULIUS D'SOUZA, A.MD.KEB.", ("", "Yulius D'Souza", "A.Md.Keb.")),
        ("MELKIANUS BIN-ALI, S.T., M.T.", ("", "Melkianus Bin-Ali", "S.T., M.T.")),
        ("SITI MA'RUF", ("", "Siti Ma'ruf", "")),
        ("AHMAD BIN ALI", ("", "Ahmad bin Ali", "")),
        ("Ahmad Ma’ruf", ("", "Ahmad Ma'ruf", "")),
        ("dr. Mansur Ginting, S.Sos.", ("dr.", "Mansur Ginting", "S.Sos.")),
        ("Dr. Mansur Ginting", ("Dr.", "Mansur Ginting", "")),
        ("DR. ANDI, SP.PD", ("dr.", "Andi", "Sp.PD.")),
        ("Dr.H.Ahmad Yusuf,M.Pd", ("Dr. H.", "Ahmad Yusuf", "M.Pd.")),
        ("Prof. Dr. Ir. Joko Umar, M.Eng., Ph.D", ("Prof. Dr. Ir.", "Joko Umar", "M.Eng., Ph.D.")),
        ("Hj. Siti Aminah, SKM", ("Hj.", "Siti Aminah", "S.K.M.")),
        ("M. Ali, SE, MM", ("", "M. Ali", "S.E., M.M.")),
        ("H. M. Yusuf S.Pd", ("H.", "M. Yusuf", "S.Pd.")),
        ("Budi Santoso S. Pd", ("", "Budi Santoso", "S.Pd.")),
        ("Ani Umar, A. Md. Keb", ("", "Ani Umar", "A.Md.Keb.")),
        ("Budi S. Umar", ("", "Budi S. Umar", "")),
        ("Syahrul Umar, Drs.", ("Drs.", "Syahrul Umar", "")),
        ("apt. Dewi Sari, S.Farm.", ("apt.", "Dewi Sari", "S.Farm.")),
        ("  Cut   Nyak  Dewi ", ("", "Cut Nyak Dewi", "")),
        ("St. Aminah", ("", "St. Aminah", "")),
        ("I Made Arta", ("", "I Made Arta", "")),
        ("Ferdinand", ("", "Ferdinand", "")),
    ],
)
def test_titles_are_split_from_the_name(raw: str, parts: tuple[str, str, str]) -> None:
    assert split_name(raw) == parts


def test_the_printed_form_has_a_comma_only_before_the_back_titles() -> None:
    assert print_name("Dr.", "Kartini Mohamad", "S.STP., M.Si.") == "Dr. Kartini Mohamad, S.STP., M.Si."
    assert print_name("", "Ferdinand", "") == "Ferdinand"
    assert print_name("dr.", "Mansur", "") == "dr. Mansur"


def test_the_search_key_forgives_case_diacritics_apostrophes_and_spaces() -> None:
    assert search_key("MA’RUF  Dèwi") == search_key("Ma'ruf dewi") == "maruf dewi"
    assert search_key("Bin-Ali") == "bin ali"


@pytest.mark.parametrize(
    ("raw", "tidy"),
    [
        ("I. DINAS PENANAMAN MODAL DAN PTSP", "Dinas Penanaman Modal dan PTSP"),
        ("BADAN KEPEGAWAIAN DAN PENGEMBANGAN SDM", "Badan Kepegawaian dan Pengembangan SDM"),
        ("UPTD PUSKESMAS SUSOH", "UPTD Puskesmas Susoh"),
        ("SD NEGERI 1 CONTOH", "SD Negeri 1 Contoh"),
        ("BIDANG P2P", "Bidang P2P"),
        ("SATUAN POLISI PAMONG PRAJA DAN WH", "Satuan Polisi Pamong Praja dan WH"),
        ("KELAS II", "Kelas II"),
        ("Dinas Kesehatan", "Dinas Kesehatan"),
        ("Bidang  P2P ", "Bidang P2P"),
    ],
)
def test_units_in_capitals_are_written_properly(raw: str, tidy: str) -> None:
    assert tidy_unit_name(raw) == tidy


@given(st.text(max_size=60))
def test_splitting_any_text_loses_no_letters_of_the_name(raw: str) -> None:
    front, name, back = split_name(raw)
    joined = print_name(front, name, back)
    assert split_name(joined)[1].casefold() == name.casefold() or "," in raw or "." in raw


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Dra. Siti Aminah", ["siti", "aminah"]),
        ("Siti Aminah, S.Kep., Ns.", ["siti", "aminah"]),
        ("siti aminah, s.ke", ["siti", "aminah"]),
        ("Prof. Dr. Ir. Joko Umar, M.Eng., Ph.D.", ["joko", "umar"]),
        ("Bidang Umum, Kepegawaian", ["bidang", "umum", "kepegawaian"]),
        ("19850312 201001 1 004", ["198503122010011004"]),
        ("dr", ["dr"]),
        ("Ns.", ["ns"]),
        ("guru kelas", ["guru", "kelas"]),
        ("", []),
    ],
)
def test_titles_are_not_searched_for(typed: str, words: list[str]) -> None:
    assert search_words(typed) == words


@given(
    st.sampled_from(["", "Dra.", "dr.", "Prof. Dr.", "H.", "Ir."]),
    st.sampled_from(["", "S.Kep., Ns.", "M.Si.", "S.E., M.M."]),
)
def test_a_name_as_it_is_printed_finds_what_is_stored(front: str, back: str) -> None:
    assert search_words(print_name(front, "Agus Hasibuan", back)) == ["agus", "hasibuan"]

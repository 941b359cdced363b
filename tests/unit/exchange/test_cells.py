"""Codecs of single cells that the dirt catalogue does not name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asn_desktop.core.columns import ColumnKind
from asn_desktop.core.issues import Severity
from asn_desktop.exchange.cell_text import clean_text
from asn_desktop.exchange.cells import cleaner_of
from asn_desktop.exchange.column_cleaner import ERASE
from asn_desktop.exchange.workbook import CellTime
from asn_desktop.personnel.columns import PERSONNEL

from .lists import NIP, ON, one, read


@pytest.mark.parametrize(
    ("cell", "sex"),
    [("L", "L"), ("P", "P"), ("M", "L"), ("F", "P"), ("Laki-laki", "L"), ("PEREMPUAN", "P"), ("Pria", "L"), ("wanita", "P"), (1.0, "L"),
     ("2", "P")],
)  # fmt: skip
def test_the_sex_in_every_spelling(cell: str | float, sex: str) -> None:
    assert one("JENIS KELAMIN", cell).values["sex"] == sex


def test_an_unknown_choice_lists_what_is_possible_and_suggests() -> None:
    issue = one("AGAMA", "Isalm").issues[0]
    assert (issue.code, issue.severity, issue.field) == ("choice_unknown", Severity.WARNING, "religion")
    assert "Islam" in issue.hint
    assert "Mungkin maksudnya" in issue.hint


def test_choices_with_other_words_are_kept_where_the_list_is_open() -> None:
    assert one("KEDUDUKAN HUKUM", "AKTIF").values["legal_status"] == "Aktif"
    assert one("KEDUDUKAN HUKUM", "Pegawai Titipan").values["legal_status"] == "Pegawai Titipan"
    assert one("ESELON", "II/b").values["echelon"] == "II.b"
    assert one("JENIS KAWIN NAMA", "Menikah").values["marital_status"] == "Kawin"


def test_identity_numbers_stay_text_and_damaged_ones_are_refused() -> None:
    assert one("NIK", "7371 0112 0385 0001").values["nik"] == "7371011203850001"
    assert one("NIK", 7371011203850001.0).issues[0].code == "nik_numeric"
    assert one("NIP LAMA", 130123456.0).values["old_nip"] == "130123456"
    assert one("NIK", "123").issues[0].code == "nik_length"


def test_phone_and_email() -> None:
    assert one("NO HP", "0812-3456-7890").values["phone"] == "0812-3456-7890"
    number = one("NO HP", 65121234.0)
    assert number.values["phone"] == "65121234"
    assert [(issue.code, issue.severity) for issue in number.issues] == [("phone_numeric", Severity.WARNING)]
    assert one("EMAIL", " budi @contoh.go.id ").values["email"] == "budi@contoh.go.id"
    assert one("EMAIL", "budi(at)contoh").issues[0].code == "email_invalid"


def test_a_number_in_a_text_column_reads_as_it_was_meant() -> None:
    assert one("JENJANG", 9.0).values["position_level"] == "9"
    assert one("TMT CPNS", CellTime("07:30")).issues[0].code == "date_unknown"
    assert one("ALAMAT", True).issues[0].code == "cell_boolean"


def test_findings_name_sheet_cell_field_and_next_step() -> None:
    people = read([["NIP", "NAMA", "JABATAN", "AGAMA"], [NIP, "Budi", "Guru", "Satu"]])
    issue = people.rows[0].issues[0]
    assert str(issue.location) == "Data!D2"
    assert issue.field == "religion"
    assert issue.hint


def test_a_missing_number_is_an_error_except_for_part_time_pppk() -> None:
    head = ["NIP", "NAMA", "JABATAN", "STATUS PEGAWAI"]
    people = read([head, ["", "Budi Contoh", "Guru", "PNS"], ["", "Siti Contoh", "Guru", "PPPK Paruh Waktu"]])
    assert [(row.refused, row.issues[0].code) for row in people.rows] == [(True, "nip_missing"), (False, "nip_missing")]


def test_contradictions_with_the_number_are_warnings() -> None:
    head = ["NIP", "NAMA", "JABATAN", "L/P", "TGL LAHIR", "TMT CPNS"]
    row = read([head, [NIP, "Budi", "Guru", "P", "13-03-1985", "01-02-2010"]]).rows[0]
    assert not row.refused
    assert {(issue.code, issue.location.cell) for issue in row.issues} == {
        ("nip_sex_differs", "D2"),
        ("nip_birth_date_differs", "E2"),
        ("nip_cpns_tmt_differs", "F2"),
    }


@given(st.text(max_size=80))
def test_cleaned_text_is_single_spaced_printable_and_stable(raw: str) -> None:
    text, _findings = clean_text(raw)
    assert text == " ".join(text.split())
    assert clean_text(text)[0] == text


@given(st.one_of(st.text(max_size=40), st.floats(allow_nan=False, allow_infinity=False), st.booleans()))
def test_no_cell_makes_a_codec_fall_over(raw: str | float | bool) -> None:
    for column in PERSONNEL:
        value, issues = cleaner_of(column, ON)(raw)
        assert value is None or not any(issue.severity is Severity.ERROR for issue in issues)
        if column.kind is ColumnKind.NIP and value is not None and value is not ERASE:
            assert len(value) == 18

"""What the national export and lists made from it really hold: nobody stays out for a text, a dash or a wrong NPWP."""

from __future__ import annotations

from datetime import date

import pytest

from asn_desktop.core.issues import Severity
from asn_desktop.exchange.workbook import FORMULA_WITHOUT_VALUE, Cell, CellError, NextDay, decode_value
from asn_desktop.personnel.employment_kinds import kind_of_text

from .lists import HEAD, NIP, OTHER_NIP, Read, one, read

PPPK = "199001012021212001"


def listed(heading: dict[str, Cell], nip: str = NIP, rank: str = "III/a") -> Read:
    """One person whose row has these columns more."""
    return read([[*HEAD, *heading], [nip, "Budi Contoh", rank, "Guru", "", *heading.values()]])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("PNS Daerah Kab./Kota yang bekerja pada Kab./Kota", "PNS"),
        ("PNS Daerah Provinsi DPB pada Kab./Kota", "PNS"),
        ("PNS Pusat DPK pada Pemerintah Kabupaten/Kota", "PNS"),
        ("PNS Pusat yang bekerja pada Departemen/Lembaga", "PNS"),
        ("Pegawai Negeri Sipil", "PNS"),
        ("PNSD", "PNS"),
        ("ASN - PNS", "PNS"),
        ("Calon PNS Daerah", "CPNS"),
        ("CPNS Daerah Kab./Kota yang bekerja pada Kab./Kota", "CPNS"),
        ("PPPK Daerah Kab./Kota yang bekerja pada Kab./Kota", "PPPK"),
        ("P3K", "PPPK"),
        ("Pegawai Pemerintah dengan Perjanjian Kerja", "PPPK"),
        ("PPPK Paruh Waktu", "PPPK_PARUH_WAKTU"),
        ("PPPK Daerah (Paruh Waktu)", "PPPK_PARUH_WAKTU"),
        ("PPPK-PW", "PPPK_PARUH_WAKTU"),
        ("PNS/PPPK", None),
        ("Guru", None),
        ("Non ASN", None),
        ("Pensiunan PNS", None),
        ("", None),
    ],
)
def test_every_official_text_begins_with_the_kind(text: str, kind: str | None) -> None:
    assert kind_of_text(text) == kind


@pytest.mark.parametrize(
    ("columns", "nip", "rank", "kind"),
    [
        ({"STATUS CPNS PNS": "P"}, NIP, "III/a", "PNS"),
        ({"STATUS CPNS PNS": "C"}, NIP, "III/a", "CPNS"),
        ({"STATUS CPNS PNS": "P"}, PPPK, "IX", "PPPK"),
        ({"STATUS CPNS PNS": "P", "JENIS PEGAWAI NAMA": "PPPK Daerah Provinsi"}, PPPK, "IX", "PPPK"),
        ({"STATUS CPNS PNS": "C", "JENIS PEGAWAI NAMA": "PNS Daerah Provinsi"}, NIP, "III/a", "CPNS"),
        ({"STATUS CPNS PNS": "P", "KEDUDUKAN HUKUM NAMA": "PPPK Aktif"}, PPPK, "IX", "PPPK"),
        ({"STATUS CPNS PNS": "P", "KEDUDUKAN HUKUM NAMA": "PPPK Aktif"}, NIP, "IX", "PPPK"),
        ({"JENIS PEGAWAI": "PPPK", "STATUS": "Paruh Waktu"}, PPPK, "IX", "PPPK"),
        ({"JENIS PEGAWAI": "PPPK Daerah", "STATUS": "PPPK Paruh Waktu"}, PPPK, "IX", "PPPK_PARUH_WAKTU"),
        ({"JENIS PEGAWAI": "Guru", "STATUS PEGAWAI": "CPNS"}, NIP, "III/a", "CPNS"),
    ],
)
def test_all_columns_together_say_the_kind(columns: dict[str, Cell], nip: str, rank: str, kind: str) -> None:
    (row,) = listed(columns, nip, rank).rows
    assert not row.refused
    assert row.values["employment_kind"] == kind
    assert row.values["rank"] == rank
    assert "nip_kind_differs" not in {issue.code for issue in row.issues}


@pytest.mark.parametrize("text", ["Guru", "K/2", "Honorer", "PNS/PPPK"])
def test_a_text_that_is_no_kind_is_told_once_and_the_number_decides(text: str) -> None:
    head: list[Cell] = [*HEAD, "STATUS"]
    found = read([head, [NIP, "Budi", "III/a", "Guru", "", text], [PPPK, "Citra", "IX", "Guru", "", text]])
    assert [row.refused for row in found.rows] == [False, False]
    assert [row.derived["employment_kind"] for row in found.rows] == ["PNS", "PPPK"]
    assert all("employment_kind" not in row.values and not row.issues for row in found.rows)
    (note,) = [issue for issue in found.issues if issue.code == "employment_kind_unread"]
    assert note.severity is Severity.WARNING
    assert text in note.message
    assert "2 baris" in note.message
    assert str(note.location) == "Data!F1"


@pytest.mark.parametrize(("word", "taken"), [("Aktif", "Aktif"), ("Pensiun", "Pensiun"), ("CLTN", "CLTN")])
def test_a_column_status_may_be_the_legal_status(word: str, taken: str) -> None:
    """A pensioner must not come in as active because the word stood under STATUS."""
    (row,) = listed({"STATUS": word}).rows
    assert (row.values["legal_status"], row.issues) == (taken, [])
    (row,) = listed({"STATUS": word, "KEDUDUKAN HUKUM": "Tugas Belajar"}).rows
    assert row.values["legal_status"] == "Tugas Belajar"


@pytest.mark.parametrize(
    ("columns", "kind", "said"),
    [({"JENIS PEGAWAI": "PNS"}, "PPPK", "NI PPPK"), ({"JENIS PEGAWAI": "PNS", "STATUS": "PPPK"}, "PPPK", "Dua kolom")],
)
def test_the_number_has_the_last_word_and_says_so(columns: dict[str, Cell], kind: str, said: str) -> None:
    (row,) = listed(columns, PPPK, "IX").rows
    assert row.values["employment_kind"] == kind
    ((issue),) = row.issues
    assert (issue.code, issue.severity) == ("nip_kind_differs", Severity.WARNING)
    assert said in issue.message


@pytest.mark.parametrize("blank", ["'", "-", "--", "NULL", "null", "N/A", "' ", "\u2019", "'-", "", "(null)"])
@pytest.mark.parametrize("heading", ["NPWP NOMOR", "NIK", "EMAIL", "NOMOR HP", "TMT PNS", "GELAR DEPAN", "AGAMA NAMA"])
def test_what_an_export_writes_for_nothing_is_nothing(heading: str, blank: str) -> None:
    (row,) = listed({heading: blank}).rows
    assert row.issues == []
    assert row.values.keys() == {"nip", "name", "rank", "position"}


@pytest.mark.parametrize("number", ["000000000000000", "0", "00.000.000.0-000.000", 0.0])
def test_an_npwp_of_zeros_is_none(number: Cell) -> None:
    (row,) = listed({"NPWP": number}).rows
    assert ("npwp" in row.values, row.issues) == (False, [])


@pytest.mark.parametrize(
    ("heading", "value", "field"),
    [
        ("NPWP NOMOR", "'12345678901234", "npwp"),
        ("NPWP NOMOR", "'1111/b/2020", "npwp"),
        ("NIK", "999915017700000", "nik"),
        ("NIK", 9999150177000001.0, "nik"),
        ("EMAIL", "budi(at)contoh", "email"),
        ("NIP LAMA", "13012345", "old_nip"),
        ("AGAMA NAMA", "Kepercayaan Leluhur", "religion"),
        ("JENIS KAWIN NAMA", "K/2", "marital_status"),
        ("PNS ID", "x" * 61, "national_id"),
        ("NOMOR HP", 1234567890123456.0, "phone"),
    ],
)
def test_a_wrong_detail_is_left_out_and_told_and_refuses_nobody(heading: str, value: Cell, field: str) -> None:
    (row,) = listed({heading: value}).rows
    assert not row.refused
    assert field not in row.values
    (issue,) = row.issues
    assert (issue.severity, issue.field) == (Severity.WARNING, field)
    assert "dilengkapi" in issue.hint


@pytest.mark.parametrize("broken", [FORMULA_WITHOUT_VALUE, CellError("#REF!")])
@pytest.mark.parametrize("heading", ["EMAIL", "NPWP", "JENIS PEGAWAI", "ALAMAT"])
def test_a_broken_cell_is_an_error_in_every_column(heading: str, broken: CellError) -> None:
    """Nobody can tell what else the workbook has not worked out."""
    assert listed({heading: broken}).rows[0].refused


@pytest.mark.parametrize(
    ("heading", "value"), [("GOLONGAN", "V/z"), ("TANGGAL LAHIR", "31-02-1985"), ("JENIS KELAMIN", "X")]
)
def test_what_a_career_hangs_on_still_refuses_the_row(heading: str, value: str) -> None:
    assert one(heading, value).refused


@pytest.mark.parametrize("number", [81234567890.0, "81234567890", "'81234567890"])
def test_the_zero_of_mobile_numbers_comes_back_with_one_note(number: Cell) -> None:
    head: list[Cell] = [*HEAD, "NO HP"]
    found = read([head, *([nip, "Budi", "III/a", "Guru", "", number] for nip in (NIP, OTHER_NIP))])
    assert [row.values["phone"] for row in found.rows] == ["081234567890"] * 2
    assert [row.issues for row in found.rows] == [[], []]
    (note,) = [issue for issue in found.issues if issue.code == "phone_zero"]
    assert (note.severity, "2 nomor" in note.message) == (Severity.NOTE, True)


@pytest.mark.parametrize(
    ("group", "step", "rank"), [("III", "a", "III/a"), ("iv", "B", "IV/b"), ("2", "c", "II/c"), ("III/d", "d", "III/d")]
)
def test_golongan_and_ruang_in_two_columns(group: str, step: str, rank: str) -> None:
    found = read([["NO", "NAMA", "NIP", "GOL", "RUANG", "JABATAN"], [1.0, "Budi", NIP, group, step, "Guru"]])
    assert (found.rows[0].values["rank"], found.codes()) == (rank, set())


def test_a_ruang_that_differs_is_told_and_a_ward_is_no_rank() -> None:
    found = read([["NO", "NAMA", "NIP", "GOL", "RUANG"], [1.0, "Budi", NIP, "III/d", "a"]])
    assert found.codes() == {"rank_step_differs"}
    ward = read([["NO", "NAMA", "NIP", "GOL", "JABATAN", "RUANG"], [1.0, "Budi", NIP, "III/d", "Perawat", "Melati"]])
    assert ward.rows[0].values["rank"] == "III/d"
    assert [ward.layout.headings[column] for column in ward.layout.unknown] == ["RUANG"]


@pytest.mark.parametrize(
    ("clock", "day"),
    [("23:59:48", 15), ("23:59:59.500000", 15), ("17:00:00", 15), ("16:00:00", 15), ("15:00:00", 15), ("00:00:00", 14),
     ("07:30:00", 14), ("17:05:00", 14)],
)  # fmt: skip
def test_a_date_written_in_another_zone_is_the_day_it_was(clock: str, day: int) -> None:
    value = decode_value({"d": "1977-01-14", "t": clock})
    assert value == date(1977, 1, day)
    assert isinstance(value, NextDay) == (day == 15)
    assert one("TMT CPNS", f"1977-01-14 {clock}").values["cpns_tmt"] == date(1977, 1, day)
    assert one("TMT CPNS", f"1977-01-14T{clock.removesuffix('.500000')}.000Z").values["cpns_tmt"] == date(1977, 1, day)


def test_such_a_column_is_told_once() -> None:
    found = read([HEAD, *([nip, "Budi", "III/a", "Guru", NextDay(1985, 3, 12)] for nip in (NIP, OTHER_NIP))])
    assert {type(row.values["birth_date"]) for row in found.rows} == {date}
    assert [issue.code for issue in found.table.issues if issue.code == "date_clock"] == ["date_clock"]


def test_a_serial_a_moment_before_midnight_is_the_next_day() -> None:
    assert one("TMT CPNS", 43921.99986111111).values["cpns_tmt"] == date(2020, 4, 1)
    assert one("TMT CPNS", 43921.5).values["cpns_tmt"] == date(2020, 3, 31)


def test_three_numbers_of_the_future_make_the_clock_suspect() -> None:
    head: list[Cell] = [*HEAD]
    numbers = [f"19850312203101100{digit}" for digit in range(1, 4)]
    found = read([head, *([number, "Budi", "III/a", "Guru", ""] for number in numbers)])
    assert all("jam komputer" in row.issues[0].message for row in found.rows)
    (note,) = [issue for issue in found.table.issues if issue.code == "nip_year_ahead"]
    assert "06/10/2026" in note.message
    assert "3 NIP" in note.message
    alone = read([head, [numbers[0], "Budi", "III/a", "Guru", ""]])
    assert not [issue for issue in alone.table.issues if issue.code == "nip_year_ahead"]

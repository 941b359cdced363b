"""Which rows are people, whose they are, and what ends up in the data: one small workbook per kind of list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from asn_desktop.core.errors import InputError, WorkbookError
from asn_desktop.core.issues import Severity
from asn_desktop.exchange.plan import Fate, ImportPlan, decide
from asn_desktop.personnel.model import Employee
from asn_desktop.reference.model import Unit
from asn_desktop.services import Services
from tests.integration.exchange.books import SESUAI, sheets

TW3 = "2026-TW3"
Line = Sequence[Any]
HEAD = ["NO", "NAMA", "NIP", "GOL", "JABATAN", "OPD"]
OPD = "Dinas Rekaan"
ANI = ["Ani Seruni", "198503122010012004", "III/a", "Bidan Mahir"]
BUDI = ["Budi Cermin", "197901152005011003", "III/c", "Perencana Ahli Muda"]
CITRA = ["Citra Angan", "199001012015032001", "III/b", "Guru Ahli Pertama"]
DEWI = ["Dewi Rembulan", "198802142012012005", "III/a", "Arsiparis Terampil"]
EKO = ["Eko Lazuardi", "198107072006041002", "III/d", "Analis Kebijakan"]
PEOPLE = [ANI, BUDI, CITRA, DEWI, EKO]


def numbered(people: Sequence[Line] = PEOPLE) -> list[Line]:
    return [[float(number), *person, OPD] for number, person in enumerate(people, start=1)]


def plan_of(office: Services, path: Path, lines: Sequence[Line], *, period: str | None = None) -> ImportPlan:
    return office.exchange.examine(sheets(path, {"Data": lines}), period=period)


def codes(plan: ImportPlan) -> set[str]:
    return {issue.code for row in plan.rows for issue in row.issues}


def fates(plan: ImportPlan) -> dict[str, int]:
    return {fate: count for fate, count in plan.counts.items() if count and fate != "rows_read"}


def stored(office: Services) -> dict[str, str]:
    """NIP → name of everybody in the data."""
    with office.database.read() as connection:
        return {nip: name for nip, name in connection.execute(select(Employee.nip, Employee.name)) if nip}


def opds(office: Services) -> set[str]:
    with office.database.read() as connection:
        return set(connection.scalars(select(Unit.name).where(Unit.opd_id == Unit.id)))


@pytest.fixture
def staffed(office: Services, tmp_path: Path) -> Services:
    """An office that knows the five."""
    office.exchange.apply(plan_of(office, tmp_path / "pegawai.xlsx", [HEAD, *numbered()]))
    return office


EVERYBODY = {person[1]: person[0] for person in PEOPLE}

# -- names at somebody else's NIP -------------------------------------------------------------------------------


def with_names(names: Sequence[str]) -> list[Line]:
    return [[float(n), name, *person[1:], OPD] for n, (name, person) in enumerate(zip(names, PEOPLE, strict=True), 1)]


@pytest.mark.parametrize(
    "names",
    [
        pytest.param([BUDI[0], CITRA[0], DEWI[0], EKO[0], ANI[0]], id="shifted up"),
        pytest.param([ANI[0], BUDI[0], DEWI[0], EKO[0], "Fajar Ombak"], id="shifted from the third on"),
        pytest.param([EKO[0], DEWI[0], CITRA[0], BUDI[0], ANI[0]], id="sorted the other way"),
        pytest.param(["Fajar Ombak", "Gita Pelita", "Hadi Telaga", "Indah Wangi", EKO[0]], id="names of others"),
    ],
)
def test_names_shifted_against_the_nips_refuse_the_sheet(staffed: Services, tmp_path: Path, names: list[str]) -> None:
    plan = plan_of(staffed, tmp_path / "geser.xlsx", [HEAD, *with_names(names)])
    assert fates(plan) == {"rejected": 5}
    (note,) = [issue for issue in plan.notes if issue.code == "names_shifted"]
    assert note.severity is Severity.ERROR
    assert note.location.column == "B"
    assert "milik" in note.message
    assert not plan.writes
    assert stored(staffed) == EVERYBODY


def test_one_sheet_that_is_shifted_does_not_hold_up_another(staffed: Services, tmp_path: Path) -> None:
    names = [BUDI[0], CITRA[0], DEWI[0], EKO[0], ANI[0]]
    other = [1.0, "Fajar Ombak", "199203032019031004", "III/a", "Arsiparis", OPD]
    book_path = sheets(tmp_path / "dua.xlsx", {"Geser": [HEAD, *with_names(names)], "Baru": [HEAD, other]})
    plan = staffed.exchange.examine(book_path)
    assert fates(plan) == {"rejected": 5, "new": 1}
    staffed.exchange.apply(plan)
    assert stored(staffed) == {**EVERYBODY, "199203032019031004": "Fajar Ombak"}


@pytest.mark.parametrize("choice, name", [("use", "Zulfikar Hamdani"), ("keep_name", ANI[0])])
def test_a_single_stranger_waits_for_a_person(staffed: Services, tmp_path: Path, choice: str, name: str) -> None:
    row = [1.0, "Zulfikar Hamdani", ANI[1], "III/b", ANI[3], OPD]
    plan = plan_of(staffed, tmp_path / "lain.xlsx", [HEAD, row])
    assert (fates(plan), codes(plan)) == ({"conflict": 1}, {"name_other_person"})
    assert not plan.writes
    staffed.exchange.apply(decide(plan, {plan.rows[0].key: choice}))
    assert stored(staffed)[ANI[1]] == name
    with staffed.database.read() as connection:
        assert connection.scalar(select(Employee.rank).where(Employee.nip == ANI[1])) == "III/b"


@pytest.mark.parametrize(
    "before, after",
    [
        ("Muhammad Joko Susilo", "Moch. Djoko Soesilo"),
        ("Siti Nurhaliza", "St. Nurhaliza"),
        ("Sukarno", "Soekarno"),
        ("Ani Seruni", "Hj. ANI SERUNI, S.Keb"),
        ("Nur Aini", "Nuraini"),
        ("Abdul Rahman", "Abdurrahman"),
        ("Ardanu Samudra", "Ardaanu Samudra"),
    ],
)
def test_another_spelling_of_a_name_is_no_stranger(office: Services, tmp_path: Path, before: str, after: str) -> None:
    known = [[float(1), before, *ANI[1:], OPD]]
    office.exchange.apply(plan_of(office, tmp_path / "a.xlsx", [HEAD, *known]))
    plan = plan_of(office, tmp_path / "b.xlsx", [HEAD, [1.0, after, *ANI[1:], OPD]])
    assert plan.counts["conflict"] == plan.counts["rejected"] == 0


def test_ratings_at_shifted_names_are_for_nobody(staffed: Services, tmp_path: Path) -> None:
    head = ["NIP", "NAMA", "HASIL KERJA", "PERILAKU KERJA"]
    names = [BUDI[0], CITRA[0], DEWI[0], EKO[0], ANI[0]]
    rows = [[person[1], name, SESUAI, SESUAI] for person, name in zip(PEOPLE, names, strict=True)]
    plan = plan_of(staffed, tmp_path / "geser.xlsx", [head, *rows], period=TW3)
    assert fates(plan) == {"rejected": 5}
    one = plan_of(staffed, tmp_path / "satu.xlsx", [head, [ANI[1], "Zulfikar Hamdani", SESUAI, SESUAI]], period=TW3)
    assert (fates(one), codes(one)) == ({"conflict": 1}, {"name_other_person"})
    staffed.exchange.apply(decide(one, {one.rows[0].key: "use"}))
    assert [row.name for row in staffed.appraisal.list_evaluations(TW3) if row.result] == [ANI[0]]


# -- who signs --------------------------------------------------------------------------------------------------

ANI_NIP, BUDI_NIP, CITRA_NIP = f"NIP. {ANI[1]}", f"NIP. {BUDI[1]}", f"NIP. {CITRA[1]}"
SIGNATURES = {
    "two signers": [
        ["", "", "Mengetahui,", "", "Kota Rekaan, 1 Oktober 2026"],
        ["", "", "Kepala Dinas,", "", "Kasubag Umum,"],
        [],
        ["", "", ANI[0], "", BUDI[0]],
        ["", "", "Pembina Tk. I", "", "Penata"],
        ["", "", ANI_NIP, "", BUDI_NIP],
    ],
    "three signers": [
        ["", "Mengetahui", "Menyetujui", "", "Kota Rekaan, 1 Oktober 2026"],
        ["", "Kepala Dinas", "Sekretaris", "", "Bendahara"],
        ["", ANI[0], BUDI[0], "", CITRA[0]],
        ["", ANI_NIP, BUDI_NIP, "", CITRA_NIP],
    ],
    "three signers without the word": [
        ["", "Kepala Dinas", "Sekretaris", "", "Bendahara"],
        ["", ANI[0], BUDI[0], "", CITRA[0]],
        ["", ANI[1], BUDI[1], "", CITRA[1]],
    ],
    "numbers without NIP": [["", "Mengetahui"], ["", ANI[0], BUDI[0]], ["", ANI[1], BUDI[1]]],
    "nothing but names and numbers": [["", ANI[0], BUDI[0]], ["", ANI_NIP, BUDI_NIP]],
    "name, number and rank in one row": [["", "Mengetahui"], ["", ANI[0], ANI[1], "Pembina"]],
    "name and number in one row, word": [["", "Kepala Dinas"], ["", ANI[0], ANI_NIP, "Pembina"]],
    "on behalf": [
        ["", "", "a.n. BUPATI REKAAN"],
        ["", "", "SEKRETARIS DAERAH"],
        ["", "", "u.b."],
        ["", "", "Kepala BKPSDM"],
        ["", "", "Drs. ORANG LAIN, M.Si"],
        ["", "", "NIP 19650101 199003 1 001"],
    ],
    "left": [["Ditetapkan di Rekaan"], ["KEPALA DINAS REKAAN,"], [ANI[0]], [ANI_NIP]],
    "right": [
        ["", "", "", "", "", "Kota Rekaan, … Oktober 2026"],
        ["", "", "", "", "", ANI[0]],
        ["", "", "", "", "", ANI_NIP],
    ],
    "remarks": [["Catatan:"], ["1.", "Yang pensiun tahun ini: 2 orang"], [2.0, "Pindah ke Dinas Lain: 1 orang"]],
}


@pytest.mark.parametrize("block", SIGNATURES.values(), ids=SIGNATURES)
def test_who_signs_touches_nobody(staffed: Services, tmp_path: Path, block: list[Line]) -> None:
    plan = plan_of(staffed, tmp_path / "ttd.xlsx", [HEAD, *numbered(), [], *block])
    written = sum(bool(line) for line in block)
    assert fates(plan) == {"same": 5, "ignored": written}
    assert not plan.writes
    assert stored(staffed) == EVERYBODY


def test_a_signer_who_is_not_in_the_list_is_nobody_new(staffed: Services, tmp_path: Path) -> None:
    block: list[Line] = [["", "Mengetahui"], ["", "Fajar Ombak", "199203032019031004", "Pembina"]]
    plan = plan_of(staffed, tmp_path / "ttd.xlsx", [HEAD, *numbered(), [], *block])
    assert plan.counts["new"] == 0
    assert stored(staffed) == EVERYBODY


@pytest.mark.parametrize("heading", ["KEPALA SEKSI", "PEJABAT PELAKSANA", "PENATA", "SEKRETARIS"])
@pytest.mark.parametrize("counted", [True, False])
def test_people_below_a_heading_inside_the_list_stay_people(
    office: Services, tmp_path: Path, heading: str, counted: bool
) -> None:
    rows = numbered() if counted else [["", *line[1:]] for line in numbered()]
    plan = plan_of(office, tmp_path / "judul.xlsx", [HEAD, *rows[:2], ["", heading], *rows[2:]])
    assert fates(plan) == {"new": 5, "ignored": 1}
    office.exchange.apply(plan)
    assert stored(office) == EVERYBODY


def test_a_list_that_goes_on_after_signatures_belongs_to_its_own_office(office: Services, tmp_path: Path) -> None:
    head = HEAD[:-1]
    first, second = ([line[:-1] for line in numbered([*people])] for people in ([ANI, BUDI], [CITRA]))
    signed: list[Line] = [["", "", "Mengetahui,"], ["", "", ANI[0]], ["", "", ANI_NIP], []]
    title: list[Line] = [["DINAS KESEHATAN"]]
    plan = plan_of(office, tmp_path / "dua.xlsx", [*title, head, *first, *signed, ["DINAS PENDIDIKAN"], head, *second])
    office.exchange.apply(plan)
    assert stored(office) == {person[1]: person[0] for person in (ANI, BUDI, CITRA)}
    assert {row.name: row.values["opd"] for row in plan.rows if row.fate is Fate.NEW} == {
        ANI[0]: "Dinas Kesehatan", BUDI[0]: "Dinas Kesehatan", CITRA[0]: "Dinas Pendidikan",
    }  # fmt: skip


# -- more than one table ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "head, order",
    [
        (["NO", "NIP", "NAMA", "JABATAN", "GOL", "OPD"], [1, 0, 3, 2]),
        (["NIP", "NAMA", "GOL", "JABATAN", "OPD"], None),
        (["NO", "NAMA", "NIP", "JABATAN", "GOL", "OPD"], [0, 1, 3, 2]),
    ],
)
def test_a_second_table_is_read_by_its_own_headings(
    office: Services, tmp_path: Path, head: Line, order: list[int] | None
) -> None:
    below: list[Line] = []
    for number, person in enumerate((CITRA, DEWI, EKO), start=1):
        cells = [person[place] for place in order] if order else [person[1], person[0], person[2], person[3]]
        below.append([float(number), *cells, OPD] if order else [*cells, OPD])
    plan = plan_of(office, tmp_path / "dua.xlsx", [HEAD, *numbered([ANI, BUDI]), [], ["DAFTAR PPPK"], head, *below])
    assert fates(plan) == {"new": 5, "ignored": 1}
    office.exchange.apply(plan)
    assert stored(office) == EVERYBODY
    with office.database.read() as connection:
        rows = connection.execute(select(Employee.nip, Employee.rank, Employee.position)).all()
    assert {nip: (rank, position) for nip, rank, position in rows} == {p[1]: (p[2], p[3]) for p in PEOPLE}


def test_rows_given_back_of_a_second_table_keep_its_headings(office: Services, tmp_path: Path) -> None:
    below: list[Line] = [["NO", "NIP", "NAMA", "JABATAN", "GOL", "OPD"], [1.0, "12", CITRA[0], CITRA[3], CITRA[2], OPD]]
    plan = plan_of(office, tmp_path / "dua.xlsx", [HEAD, [1.0, ANI[0], "34", ANI[2], ANI[3], OPD], *below])
    assert office.exchange.write_errors(plan, tmp_path / "salah.xlsx") == 2
    again = office.exchange.examine(tmp_path / "salah.xlsx")
    assert {(row.name, row.values.get("rank")) for row in again.rows} == {(ANI[0], ANI[2]), (CITRA[0], CITRA[2])}


def test_tables_beside_each_other_are_both_read(office: Services, tmp_path: Path) -> None:
    head = ["NO", "NAMA", "NIP", "GOL", "JABATAN"]
    left, right = ([line[:-1] for line in numbered(people)] for people in ([ANI, BUDI], [CITRA, DEWI]))
    lines = [[*head, "", *head], *([*one, "", *other] for one, other in zip(left, right, strict=True))]
    plan = plan_of(office, tmp_path / "samping.xlsx", lines)
    office.exchange.apply(plan)
    assert stored(office) == {person[1]: person[0] for person in (ANI, BUDI, CITRA, DEWI)}


def test_a_row_with_its_nip_in_another_column_does_not_vanish(office: Services, tmp_path: Path) -> None:
    astray = [float(6), "199203032019031004", "Fajar Ombak", "III/a", "Arsiparis", OPD]
    plan = plan_of(office, tmp_path / "tukar.xlsx", [HEAD, *numbered(), astray])
    (note,) = [issue for issue in plan.notes if issue.code == "nip_elsewhere"]
    assert note.severity is Severity.ERROR
    assert "baris 7" in note.message


# -- how a list is built ----------------------------------------------------------------------------------------


def two_lines(people: Sequence[Line]) -> list[Line]:
    lines: list[Line] = []
    for number, (name, nip, rank, position) in enumerate(people, start=1):
        lines += [[float(number), name, rank, position], ["", nip, date(2020, 4, 1), ""]]
    return lines


@pytest.mark.parametrize(
    "head",
    [
        [["NO", "NAMA PEGAWAI", "GOL RUANG", "JABATAN"], ["", "NIP", "TMT", ""]],
        [["NO", "NAMA / NIP", "GOL / TMT", "JABATAN"]],
    ],
    ids=["two header rows", "one header row"],
)
def test_two_lines_for_each_person(office: Services, tmp_path: Path, head: list[Line]) -> None:
    plan = plan_of(office, tmp_path / "duk.xlsx", [["DAFTAR URUT KEPANGKATAN"], [], *head, *two_lines(PEOPLE)])
    assert fates(plan) == {"new": 5}
    office.exchange.apply(plan)
    assert stored(office) == EVERYBODY
    with office.database.read() as connection:
        assert set(connection.scalars(select(Employee.rank_tmt))) == {date(2020, 4, 1)}


def test_a_mistake_on_the_second_line_is_shown_where_it_stands(office: Services, tmp_path: Path) -> None:
    lines = two_lines(PEOPLE)
    lines[3] = ["", BUDI[1], "kapan-kapan", ""]
    head: list[Line] = [["NO", "NAMA PEGAWAI", "GOL RUANG", "JABATAN"], ["", "NIP", "TMT", ""]]
    plan = plan_of(office, tmp_path / "duk.xlsx", [*head, *lines])
    (row,) = [row for row in plan.rows if any(issue.code == "date_unknown" for issue in row.issues)]
    assert (row.number, str(row.issues[0].location), row.issues[0].value) == (5, "Data!C6", "kapan-kapan")
    assert row.fate is Fate.NEW, "only the date is left out"


def test_a_word_of_signatures_in_a_whole_row_makes_no_signature_of_a_person(office: Services, tmp_path: Path) -> None:
    head: list[Line] = [["NAMA", "JENIS PEGAWAI", "GOL RUANG", "JABATAN", "UNIT KERJA", "ALAMAT"]]
    person: Line = [
        "Budi Contoh",
        "PPPK",
        "IX",
        "Guru Ahli Pertama",
        "Dinas Pendidikan",
        "Mengetahui letaknya: Ketua RT 2",
    ]
    plan = plan_of(office, tmp_path / "daftar.xlsx", [*head, person])
    assert [(row.name, row.fate is Fate.IGNORED) for row in plan.rows] == [("Budi Contoh", False)]


@pytest.mark.parametrize("between", ["\nNIP. ", " ", "\n", " / NIP: "])
def test_a_nip_inside_the_name(office: Services, tmp_path: Path, between: str) -> None:
    rows = [[float(n), f"{p[0]}, S.E{between}{p[1]}", p[2], p[3]] for n, p in enumerate(PEOPLE, 1)]
    plan = plan_of(office, tmp_path / "gabung.xlsx", [["No", "Nama Pegawai", "Gol/Ruang", "Jabatan"], *rows])
    office.exchange.apply(plan)
    assert stored(office) == EVERYBODY


def test_the_columns_page_can_choose_name_and_nip(office: Services) -> None:
    for kind in ("personnel", "ratings"):
        keys = [column.key for column in office.exchange.fields(kind)]
        assert keys[keys.index("name") + 1] == "@name_nip"


def test_headings_that_explain_themselves(office: Services, tmp_path: Path) -> None:
    head = ["NIP (18 digit)", "Nama Lengkap (tanpa gelar) *", "Gol. Ruang (mis. III/a)", "Jabatan - wajib diisi",
            "OPD (pilih)", "NIP (atasan)", "Golongan (lama)"]  # fmt: skip
    rows = [[p[1], p[0], p[2], p[3], OPD, BUDI[1], "II/a"] for p in (ANI, CITRA)]
    plan = plan_of(office, tmp_path / "petunjuk.xlsx", [head, *rows])
    office.exchange.apply(plan)
    with office.database.read() as connection:
        found = {tuple(row) for row in connection.execute(select(Employee.nip, Employee.rank, Employee.position))}
    assert found == {(p[1], p[2], p[3]) for p in (ANI, CITRA)}


def test_three_header_rows(office: Services, tmp_path: Path) -> None:
    head: list[Line] = [
        ["NO", "PEGAWAI", "", "PANGKAT", "", "JABATAN", ""],
        ["", "IDENTITAS", "", "GOL", "TMT", "NAMA", "TMT"],
        ["", "NAMA", "NIP", "", "", "", ""],
    ]
    day = date(2020, 4, 1)
    rows = [[float(n), p[0], p[1], p[2], day, p[3], day] for n, p in enumerate(PEOPLE, 1)]
    plan = plan_of(office, tmp_path / "tiga.xlsx", [*head, *rows])
    office.exchange.apply(plan)
    with office.database.read() as connection:
        found = {tuple(row) for row in connection.execute(select(Employee.nip, Employee.rank, Employee.position))}
    assert found == {(p[1], p[2], p[3]) for p in PEOPLE}


@pytest.mark.parametrize(
    "lines, said",
    [
        ([["No", "NIP", "Nama"], [1.0, ANI[1], ANI[0]]], ("NIP dan Nama", "baris 1")),
        ([[], ["NO", "NIP", "NAMA", "JULI"], [1.0, ANI[1], ANI[0], "Baik"]], ("JULI", "baris 2")),
        ([*[["x"]] * 30, HEAD, *numbered()], ("baris 31",)),
        ([["REKAP"], ["apa", "saja"]], ("tidak ditemukan",)),
    ],
)
def test_why_there_is_no_list_is_said_as_it_is(
    office: Services, tmp_path: Path, lines: list[Line], said: tuple[str, ...]
) -> None:
    with pytest.raises(WorkbookError) as caught:
        plan_of(office, tmp_path / "x.xlsx", lines)
    assert caught.value.code == "ASN-1321"
    for words in said:
        assert words in caught.value.message


# -- values that are no offices ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "summary",
    [
        ["RATA-RATA PERSENTASE KEHADIRAN"],
        ["", "Rata-rata", 97.5],
        ["Nilai tertinggi", 98.0],
        ["Kehadiran: 97%"],
        ["", "TOTAL", 2.0],
    ],
)
def test_a_row_that_sums_up_is_no_office(office: Services, tmp_path: Path, summary: Line) -> None:
    rows = [line[:-1] for line in numbered()]
    plan = plan_of(office, tmp_path / "rerata.xlsx", [HEAD[:-1], *rows[:2], summary, *rows[2:]])
    office.exchange.apply(plan)
    assert stored(office) == EVERYBODY
    assert opds(office) == set()


@pytest.mark.parametrize("value", [date(2020, 1, 1), 12345.0, "01-01-2020"])
def test_a_date_is_no_office(office: Services, tmp_path: Path, value: Any) -> None:
    plan = plan_of(office, tmp_path / "opd.xlsx", [HEAD, [1.0, *ANI, value], [2.0, *BUDI, OPD]])
    assert (fates(plan), codes(plan)) == ({"new": 1, "rejected": 1}, {"text_without_letters"})
    office.exchange.apply(plan)
    assert opds(office) == {OPD}


# -- the same person under another number ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name, nip",
    [(ANI[0], "198503122010012454"), (ANI[0], "198503122025212001"), ("Anni Seruni", "198503122010012454"),
     (ANI[0], "198503122010012005")],
    ids=["replaced", "became PPPK", "spelt otherwise", "one digit"],
)  # fmt: skip
def test_a_new_number_for_a_known_name_and_birthday_is_asked_about(
    staffed: Services, tmp_path: Path, name: str, nip: str
) -> None:
    plan = plan_of(
        staffed, tmp_path / "nomor.xlsx", [HEAD, [1.0, name, nip, "IX" if nip[12:14] == "21" else "III/a", ANI[3], OPD]]
    )
    (row,) = plan.rows
    assert row.fate is Fate.CONFLICT
    assert codes(plan) & {"person_same", "nip_similar"}
    staffed.exchange.apply(decide(plan, {row.key: row.options[0].key}))
    assert set(stored(staffed)) == {nip, *(person[1] for person in PEOPLE[1:])}


def test_somebody_else_of_that_name_and_birthday_can_still_be_added(staffed: Services, tmp_path: Path) -> None:
    nip = "198503122010012454"
    plan = plan_of(staffed, tmp_path / "nomor.xlsx", [HEAD, [1.0, ANI[0], nip, ANI[2], ANI[3], OPD]])
    staffed.exchange.apply(decide(plan, {plan.rows[0].key: "new"}))
    assert set(stored(staffed)) == {nip, *EVERYBODY}


def test_one_person_with_two_numbers_in_one_file_waits_on_both_rows(office: Services, tmp_path: Path) -> None:
    twin = [6.0, ANI[0], "198503122010012008", ANI[2], ANI[3], OPD]
    plan = plan_of(office, tmp_path / "kembar.xlsx", [HEAD, *numbered(), twin])
    assert (fates(plan), codes(plan)) == ({"new": 4, "conflict": 2}, {"person_twice"})
    office.exchange.apply(decide(plan, {plan.rows[5].key: "use"}))
    assert stored(office)["198503122010012008"] == ANI[0]
    assert ANI[1] not in stored(office)


def test_namesakes_of_another_birthday_are_two_people(staffed: Services, tmp_path: Path) -> None:
    plan = plan_of(staffed, tmp_path / "nama.xlsx", [HEAD, [1.0, ANI[0], "199011112015032009", *ANI[2:], OPD]])
    assert fates(plan) == {"new": 1}


def test_two_rows_with_a_nik_of_their_own_are_two_people(office: Services, tmp_path: Path) -> None:
    """A namesake born on the same day: each row says who it is, so nobody has to be asked."""
    rows = [[*line, f"111201500385000{number}"] for number, line in enumerate([*numbered(), numbered()[0]])]
    rows[5][2] = "198503122015012008"
    plan = plan_of(office, tmp_path / "dua.xlsx", [[*HEAD, "NIK"], *rows])
    assert fates(plan) == {"new": 6}


# -- people below a footer of a list without running numbers ----------------------------------------------------

UNNUMBERED = [HEAD[1:], *([*person, OPD] for person in PEOPLE[:3])]
BELOW = [["Catatan: pegawai pindahan"], [*DEWI, OPD], [*EKO, OPD]]


@pytest.mark.parametrize(
    ("answer", "counts", "known"),
    [("", {"new": 3, "conflict": 2, "ignored": 1}, 3), ("people", {"new": 5, "ignored": 1}, 5),
     ("signers", {"new": 3, "ignored": 3}, 3)],
)  # fmt: skip
def test_several_rows_below_a_footer_are_one_question(
    office: Services, tmp_path: Path, answer: str, counts: dict[str, int], known: int
) -> None:
    path = sheets(tmp_path / "catatan.xlsx", {"Data": [*UNNUMBERED, *BELOW]})
    plan = office.exchange.examine(path, answers={"below:Data": answer} if answer else {})
    (question,) = plan.questions
    assert (question.id, question.rows, question.open) == ("below:Data", 2, not answer)
    assert fates(plan) == counts
    assert (question.samples[0].cell, question.samples[0].value) == ("A6", f"{DEWI[0]} {DEWI[1]}")
    office.exchange.apply(plan)
    assert len(stored(office)) == known


def test_a_row_that_waits_for_an_answer_says_which_one_in_the_correction_workbook(
    office: Services, tmp_path: Path
) -> None:
    plan = plan_of(office, tmp_path / "catatan.xlsx", [*UNNUMBERED, *BELOW])
    assert office.exchange.write_errors(plan, tmp_path / "perbaikan.xlsx") == 2
    head, *rows = load_workbook(tmp_path / "perbaikan.xlsx")["Data"].iter_rows(values_only=True)
    told = [dict(zip(head, row, strict=True)) for row in rows]
    assert [row["NAMA"] for row in told] == [DEWI[0], EKO[0]]
    (question,) = plan.questions
    assert {row["MASALAH"] for row in told} == {question.text}
    assert {row["CARA MEMBETULKAN"] for row in told} == {
        "Jawab pertanyaan ini saat mengimpor; baris ini tidak perlu diubah."
    }
    assert {row["TINGKAT"] for row in told} == {"Perlu keputusan"}


def test_who_is_in_the_data_already_needs_no_answer(staffed: Services, tmp_path: Path) -> None:
    plan = plan_of(staffed, tmp_path / "catatan.xlsx", [*UNNUMBERED, *BELOW])
    assert fates(plan) == {"same": 5, "ignored": 1}
    assert not plan.questions


# -- tables beside each other -----------------------------------------------------------------------------------


@pytest.mark.parametrize("order", [["GOL", "NAMA", "NIP"], ["NAMA", "NIP", "GOL"]])
@pytest.mark.parametrize("gap", [0, 1])
def test_a_table_on_the_right_in_another_order_is_read(
    office: Services, tmp_path: Path, order: list[str], gap: int
) -> None:
    right = [dict(zip(["NAMA", "NIP", "GOL"], person, strict=False)) for person in (DEWI, EKO)]
    left = [[person[1], person[0], person[2]] for person in (ANI, BUDI)]
    lines = [["NIP", "NAMA", "GOL", *[""] * gap, *order]]
    lines += [[*one, *[""] * gap, *(other[key] for key in order)] for one, other in zip(left, right, strict=True)]
    plan = plan_of(office, tmp_path / "dua.xlsx", lines)
    assert fates(plan) == {"new": 4}
    office.exchange.apply(plan)
    assert stored(office) == {person[1]: person[0] for person in (ANI, BUDI, DEWI, EKO)}


# -- a name that shares only a first name ------------------------------------------------------------------------


def test_the_same_first_name_with_another_last_name_waits_and_refuses_no_sheet(
    staffed: Services, tmp_path: Path
) -> None:
    names = [f"{person[0].split()[0]} Telaga" for person in PEOPLE]
    plan = plan_of(staffed, tmp_path / "depan.xlsx", [HEAD, *with_names(names)])
    assert (fates(plan), codes(plan)) == ({"conflict": 5}, {"name_other_person"})
    assert stored(staffed) == EVERYBODY


# -- ratings ----------------------------------------------------------------------------------------------------


def rated(office: Services, path: Path, headings: Sequence[str], cells: Sequence[str], title: str) -> ImportPlan:
    lines: list[Line] = [[title], ["NO", "NIP", "NAMA", *headings]]
    lines += [[float(n), person[1], person[0], *cells] for n, person in enumerate(PEOPLE, 1)]
    return plan_of(office, path, lines)


def test_ticked_ratings_are_read_and_two_ticks_refused(staffed: Services, tmp_path: Path) -> None:
    sides = ["DI ATAS EKSPEKTASI", "SESUAI EKSPEKTASI", "DI BAWAH EKSPEKTASI"]
    lines: list[Line] = [
        ["REKAP TW III TAHUN 2026"],
        ["NO", "NIP", "NAMA", "HASIL KERJA", "", "", "PERILAKU KERJA", "", ""],
        ["", "", "", *sides, *sides],
        [1.0, ANI[1], ANI[0], "", "v", "", "v", "", ""],
        [2.0, BUDI[1], BUDI[0], "", "", "√", "", "x", ""],
        [3.0, CITRA[1], CITRA[0], "v", "v", "", "v", "", ""],
    ]
    plan = plan_of(staffed, tmp_path / "centang.xlsx", lines)
    assert (fates(plan), codes(plan)) == ({"new": 2, "rejected": 1}, {"result_rating_both"})
    said = [(row.values["result_rating"], row.values["behaviour_rating"]) for row in plan.rows[:2]]
    assert said == [("SESUAI", "DI_ATAS"), ("DI_BAWAH", "SESUAI")]


@pytest.mark.parametrize("headings", [["PREDIKAT"], ["PREDIKAT KINERJA PEGAWAI"]])
def test_a_predicate_alone_says_what_is_missing(staffed: Services, tmp_path: Path, headings: list[str]) -> None:
    plan = rated(staffed, tmp_path / "predikat.xlsx", headings, ["Baik"], "REKAP TW III TAHUN 2026")
    assert (fates(plan), codes(plan)) == ({"rejected": 5}, {"only_predicate"})


def test_numbers_are_no_ratings(staffed: Services, tmp_path: Path) -> None:
    plan = rated(staffed, tmp_path / "angka.xlsx", ["HASIL KERJA", "PERILAKU"], ["3", "2"], "REKAP TW III TAHUN 2026")
    assert (fates(plan), codes(plan)) == ({"rejected": 5}, {"choice_number"})


def test_the_months_of_the_title_tell_the_quarter(staffed: Services, tmp_path: Path) -> None:
    title = "PERIODE 1 APRIL S.D. 30 JUNI 2026"
    plan = rated(staffed, tmp_path / "bulan.xlsx", ["HASIL KERJA", "PERILAKU"], ["diatas ekspetasi", SESUAI], title)
    assert (plan.period, fates(plan)) == ("2026-TW2", {"new": 5})


def test_several_quarters_and_none_asked_for_are_named(staffed: Services, tmp_path: Path) -> None:
    lines: list[Line] = [
        ["REKAP"],
        ["NO", "NIP", "NAMA", "TW II 2026", "", "TW III 2026", ""],
        ["", "", "", "HASIL KERJA", "PERILAKU", "HASIL KERJA", "PERILAKU"],
        *([float(n), person[1], person[0], *[SESUAI] * 4] for n, person in enumerate(PEOPLE, 1)),
    ]
    with pytest.raises(InputError, match=r"TW II 2026, TW III 2026"):
        plan_of(staffed, tmp_path / "dua.xlsx", lines)

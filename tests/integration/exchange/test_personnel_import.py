"""Lists of people on a real encrypted file: preview first, one operation, nothing lost, nothing repaired."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from asn_desktop.core.errors import Cancelled, ConflictError, WorkbookError
from asn_desktop.core.progress import Progress
from asn_desktop.exchange.plan import SKIP, Fate, ImportPlan, PlannedRow, decide
from asn_desktop.personnel.listing import EmployeeSpec
from asn_desktop.services import Services
from tests.integration.exchange.books import ANI, BUDI, CITRA, agreed, book, sheets


def load(office: Services, path: Path) -> ImportPlan:
    plan = agreed(office, path)
    if plan.writes:
        office.exchange.apply(plan)
    return plan


def people(office: Services) -> dict[str, Any]:
    ids = office.personnel.ids(EmployeeSpec(status="all"))
    return {row.bare_name: row for row in office.personnel.rows(ids)}


def only(plan: ImportPlan, fate: Fate) -> PlannedRow:
    (row,) = [row for row in plan.rows if row.fate is fate]
    return row


def test_new_people_come_in_with_their_units(office: Services, tmp_path: Path) -> None:
    plan = load(office, book(tmp_path / "a.xlsx", ANI, BUDI, CITRA))
    assert plan.counts == {
        "rows_read": 3, "new": 3, "changed": 0, "same": 0, "conflict": 0, "rejected": 0, "ignored": 0
    }  # fmt: skip
    citra = people(office)["Citra Contoh"]
    assert (citra.employment_kind, citra.rank, citra.unit, citra.opd) == (
        "PPPK",
        "IX",
        "SD Negeri 1",
        "Dinas Pendidikan",
    )
    names = {unit.name: unit.kind for unit in office.reference.units()}
    assert names["Dinas Kesehatan"] == "OPD"
    assert names["Puskesmas Susoh"] == "UNIT"


def test_looking_at_a_file_writes_nothing(office: Services, tmp_path: Path) -> None:
    before = office.safety.history()
    plan = office.exchange.examine(book(tmp_path / "a.xlsx", ANI))
    assert plan.writes
    assert office.safety.history() == before
    assert people(office) == {}


def test_the_same_file_twice_changes_nothing(office: Services, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ANI, BUDI)
    load(office, path)
    before = office.safety.history()
    plan = load(office, path)
    assert plan.counts["same"] == 2
    assert not plan.writes
    assert office.safety.history() == before
    previous = office.exchange.previous_import(plan)
    assert previous is not None
    assert previous.counts["new"] == 2


def test_a_change_shows_old_and_new_and_a_blank_never_erases(office: Services, tmp_path: Path) -> None:
    load(office, book(tmp_path / "a.xlsx", ANI))
    plan = office.exchange.examine(book(tmp_path / "b.xlsx", {**ANI, "GOL": "III/b", "JABATAN": ""}, BUDI))
    row = only(plan, Fate.CHANGED)
    assert [(change.field, change.before, change.after) for change in row.changes] == [("rank", "III/a", "III/b")]
    office.exchange.apply(plan)
    assert people(office)["Ani Contoh"].position == "Bidan Mahir"
    assert people(office)["Ani Contoh"].rank == "III/b"


def test_only_the_word_kosong_erases(office: Services, tmp_path: Path) -> None:
    load(office, book(tmp_path / "a.xlsx", {**ANI, "NO HP": "081234567890"}))
    load(office, book(tmp_path / "b.xlsx", {**ANI, "NO HP": "[KOSONG]"}))
    (number,) = office.personnel.ids(EmployeeSpec())
    assert office.personnel.detail(number).values["phone"] is None
    assert load(office, book(tmp_path / "c.xlsx", {**ANI, "NO HP": "[KOSONG]"})).counts["same"] == 1


def test_a_whole_import_is_one_step_of_undo_and_comes_back_by_redo(office: Services, tmp_path: Path) -> None:
    load(office, book(tmp_path / "a.xlsx", ANI))
    load(office, book(tmp_path / "b.xlsx", {**ANI, "UNIT KERJA": "Puskesmas Manggeng"}, BUDI, CITRA))
    assert len(people(office)) == 3
    assert office.safety.next_undo() == "Impor b.xlsx"
    office.safety.undo()
    assert set(people(office)) == {"Ani Contoh"}
    assert people(office)["Ani Contoh"].unit == "Puskesmas Susoh"
    office.safety.redo()
    assert people(office)["Ani Contoh"].unit == "Puskesmas Manggeng"
    assert office.safety.check().sound


def test_somebody_who_moved_keeps_the_place_they_left(office: Services, tmp_path: Path) -> None:
    load(office, book(tmp_path / "a.xlsx", ANI))
    load(office, book(tmp_path / "b.xlsx", {**ANI, "UNIT KERJA": "Bidang P2P", "TMT JABATAN": date(2026, 8, 1)}))
    (number,) = office.personnel.ids(EmployeeSpec())
    (former,) = office.personnel.detail(number).former
    assert (former.unit, former.until) == ("Puskesmas Susoh", date(2026, 8, 1))


def test_a_file_without_units_moves_nobody(office: Services, tmp_path: Path) -> None:
    load(office, book(tmp_path / "a.xlsx", ANI))
    plan = load(office, book(tmp_path / "b.xlsx", {key: ANI[key] for key in ("NIP", "NAMA", "GOL", "OPD")}))
    assert plan.counts["same"] == 1


def test_the_superior_is_linked_even_when_he_stands_further_down(office: Services, tmp_path: Path) -> None:
    plan = load(office, book(tmp_path / "a.xlsx", {**ANI, "NIP ATASAN": BUDI["NIP"]}, BUDI))
    (ani,) = office.personnel.ids(EmployeeSpec(search="ani contoh"))
    superior = office.personnel.detail(ani).superior
    assert superior is not None
    assert superior.nip == BUDI["NIP"]
    assert load(office, tmp_path / "a.xlsx").counts["same"] == 2
    assert not any(row.issues for row in plan.rows)


def test_an_unknown_superior_is_said_and_not_invented(office: Services, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {**ANI, "NIP ATASAN": BUDI["NIP"]})
    plan = load(office, path)
    assert [issue.code for issue in plan.rows[0].issues] == ["superior_unknown"]
    assert load(office, path).counts["same"] == 1


def test_a_numeric_nip_is_refused_and_named_by_its_cell(office: Services, tmp_path: Path) -> None:
    plan = load(office, book(tmp_path / "a.xlsx", {**ANI, "NIP": int(ANI["NIP"])}, BUDI))
    row = only(plan, Fate.REJECTED)
    (issue,) = row.issues
    assert (issue.code, issue.location.sheet, issue.location.cell) == ("nip_numeric", "Data", "A2")
    assert set(people(office)) == {"Budi Contoh"}


def test_a_numeric_nip_of_a_known_person_waits_for_a_decision(office: Services, tmp_path: Path) -> None:
    load(office, book(tmp_path / "a.xlsx", ANI))
    plan = office.exchange.examine(book(tmp_path / "b.xlsx", {**ANI, "NIP": int(ANI["NIP"]), "GOL": "III/d"}))
    row = only(plan, Fate.CONFLICT)
    assert not plan.writes
    assert not decide(plan, {row.key: SKIP}).writes
    decided = decide(plan, {row.key: row.options[0].key})
    assert decided.counts["changed"] == 1
    office.exchange.apply(decided)
    assert people(office)["Ani Contoh"].rank == "III/d"
    assert people(office)["Ani Contoh"].nip == ANI["NIP"]


def test_a_numeric_nip_with_another_name_is_not_even_proposed(office: Services, tmp_path: Path) -> None:
    load(office, book(tmp_path / "a.xlsx", ANI))
    plan = office.exchange.examine(book(tmp_path / "b.xlsx", {**ANI, "NIP": int(ANI["NIP"]), "NAMA": "Orang Lain"}))
    assert only(plan, Fate.REJECTED).options == ()


def test_an_exact_repetition_is_told_and_comes_in_once(office: Services, tmp_path: Path) -> None:
    plan = load(office, book(tmp_path / "a.xlsx", ANI, BUDI, ANI))
    assert (plan.counts["new"], plan.counts["ignored"]) == (2, 1)
    assert only(plan, Fate.IGNORED).issues[0].code == "duplicate_in_file"
    assert len(people(office)) == 2


def test_the_same_nip_with_different_content_waits_on_both_rows(office: Services, tmp_path: Path) -> None:
    plan = office.exchange.examine(book(tmp_path / "a.xlsx", ANI, {**ANI, "GOL": "IV/a"}))
    assert plan.counts["conflict"] == 2
    first, second = plan.rows
    decided = decide(plan, {first.key: SKIP, second.key: "use"})
    office.exchange.apply(decided)
    assert people(office)["Ani Contoh"].rank == "IV/a"


def test_one_digit_away_from_a_known_person_waits_for_a_decision(office: Services, tmp_path: Path) -> None:
    load(office, book(tmp_path / "a.xlsx", ANI))
    plan = office.exchange.examine(book(tmp_path / "b.xlsx", {**ANI, "NIP": "198503122010012005"}))
    assert [issue.code for issue in plan.rows[0].issues] == ["nip_similar"]
    assert plan.counts["conflict"] == 1


def test_a_plan_made_before_somebody_else_wrote_is_refused_untouched(office: Services, tmp_path: Path) -> None:
    plan = office.exchange.examine(book(tmp_path / "a.xlsx", ANI))
    load(office, book(tmp_path / "b.xlsx", BUDI))
    with pytest.raises(ConflictError):
        office.exchange.apply(plan)
    assert set(people(office)) == {"Budi Contoh"}


def test_a_cancelled_import_leaves_the_data_as_it_was(office: Services, tmp_path: Path) -> None:
    load(office, book(tmp_path / "a.xlsx", ANI))
    plan = agreed(office, book(tmp_path / "b.xlsx", BUDI, CITRA))

    class StopsWhileWriting(Progress):
        def advance(self, count: int = 1) -> None:
            self.cancel()
            super().advance(count)

    progress = StopsWhileWriting()
    with pytest.raises(Cancelled):
        office.exchange.apply(plan, progress=progress)
    assert set(people(office)) == {"Ani Contoh"}
    assert office.safety.check().sound


def test_a_verified_backup_is_made_before_anything_is_written(office: Services, tmp_path: Path) -> None:
    outcome = office.exchange.apply(office.exchange.examine(book(tmp_path / "a.xlsx", ANI)))
    assert outcome.backup.exists()
    assert office.safety.backups()[0].reason == "impor"


def test_the_error_workbook_corrected_and_imported_again_leaves_no_error(office: Services, tmp_path: Path) -> None:
    source = book(
        tmp_path / "a.xlsx",
        ANI,
        {**BUDI, "NIP": int(BUDI["NIP"])},
        {**CITRA, "NIP": "199013012021212001", "GOL": "XX"},
        title="DAFTAR NOMINATIF",
    )
    plan = load(office, source)
    assert plan.counts["rejected"] == 2
    returned = tmp_path / "perbaikan.xlsx"
    assert office.exchange.write_errors(plan, returned) == 2
    workbook = openpyxl.load_workbook(returned)
    page = workbook.active
    assert page is not None
    headings = [cell.value for cell in page[1]]
    assert headings[:4] == ["NIP", "NAMA", "MASALAH", "CARA MEMBETULKAN"]
    assert headings[-2:] == ["BARIS EXCEL", "TINGKAT"]
    assert page.freeze_panes == "C2", "whose row it is stays in sight"
    failing = page["A2"]
    assert failing.value is None, "what is left of a NIP that was a number is worth nothing"
    assert failing.comment is not None
    assert failing.comment.text.startswith("Ketik 18 angka NIP. Isi semula 1,97901E+17.")
    assert failing.fill.fgColor.rgb == "FFFBE3DD"
    assert page["A2"].number_format == "@"
    assert "Excel" in page["C2"].value
    coloured = [cell.coordinate for cell in page[2] if cell.fill.fgColor.rgb == "FFFBE3DD"]
    assert coloured == ["A2"], "only the wrong cell is coloured"
    assert page.page_setup.orientation == "landscape"
    assert page.print_title_rows == "$1:$1"
    assert page.cell(3, headings.index("GOL") + 1).comment is not None
    page["A2"], page["A3"] = BUDI["NIP"], CITRA["NIP"]
    page.cell(3, headings.index("GOL") + 1).value = "IX"
    workbook.save(returned)
    again = load(office, returned)
    assert (again.counts["new"], again.counts["rejected"]) == (2, 0)
    assert set(people(office)) == {"Ani Contoh", "Budi Contoh", "Citra Contoh"}
    assert load(office, source).counts["same"] == 1


def test_the_section_an_opd_stood_in_travels_with_the_returned_rows(office: Services, tmp_path: Path) -> None:
    lines = [
        ["NO", "NAMA", "NIP", "GOL", "UNIT KERJA"],
        ["DINAS KESEHATAN"],
        [1, "Ani Contoh", 198503122010012004, "III/a", "Puskesmas Susoh"],
        [2, "Budi Contoh", BUDI["NIP"], "III/c", "Sekretariat"],
        ["JUMLAH", "", 2],
    ]
    plan = load(office, sheets(tmp_path / "a.xlsx", {"DUK": lines}))
    assert (plan.counts["new"], plan.counts["rejected"]) == (1, 1)
    assert people(office)["Budi Contoh"].opd == "Dinas Kesehatan"
    returned = tmp_path / "b.xlsx"
    office.exchange.write_errors(plan, returned)
    workbook = openpyxl.load_workbook(returned)
    page = workbook.active
    assert page is not None
    assert "OPD" in [cell.value for cell in page[1]]
    page["A2"] = ANI["NIP"]
    workbook.save(returned)
    load(office, returned)
    assert people(office)["Ani Contoh"].opd == "Dinas Kesehatan"


def test_a_corrected_mapping_is_used_and_remembered_for_the_layout(office: Services, tmp_path: Path) -> None:
    strange = {**{key: value for key, value in ANI.items() if key != "JABATAN"}, "TUGAS POKOK": "Bidan Mahir"}
    path = book(tmp_path / "a.xlsx", strange)
    plan = office.exchange.examine(path)
    sheet = plan.sheets[0]
    (column,) = [column for column, heading in sheet.headings.items() if heading == "TUGAS POKOK"]
    assert column in sheet.unknown
    mapping = {"Data": {**sheet.mapping, column: "position"}}
    office.exchange.apply(office.exchange.examine(path, mappings=mapping))
    assert people(office)["Ani Contoh"].position == "Bidan Mahir"
    office.exchange.remember(plan, mapping)
    other = {**strange, "NIP": BUDI["NIP"], "NAMA": "Budi Contoh"}
    load(office, book(tmp_path / "b.xlsx", other))
    assert people(office)["Budi Contoh"].position == "Bidan Mahir"


def test_a_file_without_people_is_refused_with_what_to_do(office: Services, tmp_path: Path) -> None:
    with pytest.raises(WorkbookError) as caught:
        office.exchange.examine(sheets(tmp_path / "a.xlsx", {"Rekap": [["REKAPITULASI"], ["Gol", "Jumlah"]]}))
    assert caught.value.code == "ASN-1321"
    assert caught.value.hint


def test_export_and_import_again_changes_nothing(office: Services, tmp_path: Path) -> None:
    dangerous = {**BUDI, "NAMA": "Budi Contoh", "JABATAN": "=cmd|'/C calc'!A0", "ALAMAT": "+62 jalan - @rumah"}
    load(
        office,
        book(tmp_path / "a.xlsx", {**ANI, "TMT GOL": date(2020, 4, 1), "NIP ATASAN": BUDI["NIP"]}, dangerous, CITRA),
    )
    target = tmp_path / "pegawai.xlsx"
    assert office.exchange.export("personnel", target) == 3
    plan = office.exchange.examine(target)
    assert plan.counts["same"] == 3
    assert not [issue for issue in plan.issues if issue.severity == "error"]
    page = openpyxl.load_workbook(target)["PEGAWAI"]
    by_heading = {cell.value: cell.column for cell in page[1]}
    rows = {page.cell(line, by_heading["NAMA"]).value: line for line in range(2, 5)}
    nip = page.cell(rows["Ani Contoh"], by_heading["NIP"])
    assert (nip.value, nip.data_type, nip.number_format) == (ANI["NIP"], "s", "@")
    assert page.cell(rows["Ani Contoh"], by_heading["TMT GOLONGAN"]).is_date
    assert page.cell(rows["Budi Contoh"], by_heading["JABATAN"]).data_type == "s"
    assert page.data_validations.dataValidation
    assert openpyxl.load_workbook(target)["_META"].sheet_state == "veryHidden"

"""A ratings worksheet goes out, is filled in Excel by people with habits, and comes back."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from asn_desktop.appraisal.commands import RatingChange
from asn_desktop.appraisal.predicate import Rating
from asn_desktop.core.errors import InputError, WorkbookError
from asn_desktop.core.periods import parse_period
from asn_desktop.exchange.plan import SKIP, Fate, ImportPlan, PlannedRow, decide
from asn_desktop.exchange.worksheet.orders import Order
from asn_desktop.services import Services
from tests.integration.exchange.books import ANI, ATAS, BAWAH, BUDI, CITRA, SESUAI, book
from tests.integration.exchange.clerk import HEAD, Clerk, libreoffice

TW3 = "2026-TW3"
DEWI = {**ANI, "NIP": "198703032011012005", "NAMA": "Dewi Contoh"}
EKO = {**BUDI, "NIP": "198104042006041006", "NAMA": "Eko Contoh"}
FREE = {"new": 0, "changed": 0, "same": 0, "conflict": 0, "rejected": 0, "ignored": 0}


@pytest.fixture
def opened(office: Services, tmp_path: Path) -> Services:
    """Four people of Dinas Kesehatan and one of Dinas Pendidikan, Triwulan III open."""
    office.exchange.apply(office.exchange.examine(book(tmp_path / "pegawai.xlsx", ANI, BUDI, CITRA, DEWI, EKO)))
    office.appraisal.open_period(parse_period(TW3))
    return office


def unit(office: Services, name: str = "Dinas Kesehatan") -> int:
    return next(row.id for row in office.reference.units() if row.name == name)


def sheet(office: Services, tmp_path: Path, name: str = "lembar.xlsx") -> Clerk:
    office.worksheets.write(tmp_path / name, Order("ratings", unit(office), TW3))
    return Clerk(tmp_path / name)


def load(office: Services, path: Path) -> ImportPlan:
    plan = office.exchange.examine(path)
    assert plan.counts["rows_read"] == sum(plan.counts[fate] for fate in FREE)
    if plan.writes:
        office.exchange.apply(plan)
    return plan


def told(plan: ImportPlan, fate: Fate) -> list[PlannedRow]:
    return [row for row in plan.rows if row.fate is fate]


def codes(plan: ImportPlan) -> set[str]:
    return {issue.code for row in plan.rows for issue in row.issues}


def ratings(office: Services) -> dict[str, tuple[str | None, str | None]]:
    return {row.bare_name: (row.result, row.behaviour) for row in office.appraisal.list_evaluations(TW3)}


def rate_here(office: Services, name: str, result: Rating, behaviour: Rating) -> None:
    (number,) = [row.id for row in office.appraisal.list_evaluations(TW3) if row.bare_name == name]
    office.appraisal.rate([RatingChange(number, result, behaviour)])


# -- out and back -----------------------------------------------------------------------------------------------


def test_out_filled_in_and_back(opened: Services, tmp_path: Path) -> None:
    clerk = sheet(opened, tmp_path)
    clerk.rate("Ani", ATAS, SESUAI, CATATAN="Pertahankan").rate("Budi", BAWAH, SESUAI)
    plan = load(opened, clerk.save())
    assert plan.kind == "ratings"
    assert plan.period == TW3
    assert plan.counts == {"rows_read": 4, **FREE, "new": 2, "same": 2}
    assert ratings(opened)["Ani Contoh"] == ("DI_ATAS", "SESUAI")
    assert ratings(opened)["Dewi Contoh"] == (None, None)
    (low,) = opened.remediation.plans(opened.remediation.spec(period=TW3))
    assert low.bare_name == "Budi Contoh"


def test_the_same_worksheet_twice_changes_nothing(opened: Services, tmp_path: Path) -> None:
    path = sheet(opened, tmp_path).rate("Ani", ATAS, SESUAI).save()
    load(opened, path)
    again = opened.exchange.examine(path)
    assert again.counts == {"rows_read": 4, **FREE, "same": 4}
    assert not again.writes


def test_an_untouched_worksheet_changes_nothing_but_counts_as_returned(opened: Services, tmp_path: Path) -> None:
    plan = load(opened, sheet(opened, tmp_path).save())
    assert plan.counts == {"rows_read": 4, **FREE, "same": 4}
    assert [row.state for row in opened.worksheets.returns(TW3)] == ["back", "none"]
    opened.safety.undo()
    assert [row.state for row in opened.worksheets.returns(TW3)] == ["out", "none"]


def test_the_import_and_its_return_are_one_step_of_undo(opened: Services, tmp_path: Path) -> None:
    load(opened, sheet(opened, tmp_path).rate("Ani", ATAS, ATAS).save())
    (row,) = [row for row in opened.worksheets.returns(TW3) if row.state == "back"]
    assert (row.rated, row.people, row.counts["new"], row.counts["filled"]) == (1, 4, 1, 1)
    opened.safety.undo()
    assert ratings(opened)["Ani Contoh"] == (None, None)
    assert opened.worksheets.returns(TW3)[0].state == "out"


def test_nothing_in_it_is_a_formula_and_numbers_are_text(opened: Services, tmp_path: Path) -> None:
    opened.exchange.apply(opened.exchange.examine(book(tmp_path / "p.xlsx", {**ANI, "JABATAN": "=cmd|'/C calc'!A0"})))
    opened.worksheets.write(tmp_path / "lembar.xlsx", Order("personnel", unit(opened)))
    clerk = Clerk(tmp_path / "lembar.xlsx")
    with zipfile.ZipFile(clerk.path) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any(re.search(rb"<f[ >]", part) for part in parts)
    assert clerk.sheet.cell(clerk.row("Ani"), clerk.column("JABATAN")).value == "=cmd|'/C calc'!A0"
    nip = clerk.sheet.cell(clerk.row("Ani"), clerk.column("NIP"))
    assert (nip.value, nip.number_format, nip.protection.locked) == (ANI["NIP"], "@", True)
    assert not clerk.sheet.cell(clerk.row("Ani"), clerk.column("JABATAN")).protection.locked


def test_private_data_stays_at_home(opened: Services, tmp_path: Path) -> None:
    private = {**ANI, "NIK": "1112015203850001", "NO HP": "081234567890", "ALAMAT": "Jalan Rahasia 7"}
    load(opened, book(tmp_path / "p.xlsx", private))
    for kind in ("ratings", "personnel"):
        path = tmp_path / f"{kind}.xlsx"
        opened.worksheets.write(path, Order(kind, unit(opened), TW3 if kind == "ratings" else ""))
        with zipfile.ZipFile(path) as archive:
            everything = b"".join(archive.read(name) for name in archive.namelist())
        assert ANI["NIP"].encode() in everything
        assert not any(secret in everything for secret in (b"1112015203850001", b"081234567890", b"Rahasia"))


# -- the three-way rule -----------------------------------------------------------------------------------------


def test_what_was_changed_only_here_stays(opened: Services, tmp_path: Path) -> None:
    clerk = sheet(opened, tmp_path).rate("Budi", SESUAI, SESUAI)
    rate_here(opened, "Ani Contoh", Rating.DI_BAWAH, Rating.SESUAI)
    plan = load(opened, clerk.save())
    assert plan.counts == {"rows_read": 4, **FREE, "new": 1, "same": 3}
    assert ratings(opened)["Ani Contoh"] == ("DI_BAWAH", "SESUAI")


def test_a_value_that_is_older_than_ours_is_told(opened: Services, tmp_path: Path) -> None:
    rate_here(opened, "Ani Contoh", Rating.SESUAI, Rating.SESUAI)
    clerk = sheet(opened, tmp_path)
    rate_here(opened, "Ani Contoh", Rating.DI_ATAS, Rating.SESUAI)
    plan = load(opened, clerk.save())
    assert plan.counts["same"] == 4
    assert codes(plan) == {"newer_here"}
    assert ratings(opened)["Ani Contoh"] == ("DI_ATAS", "SESUAI")


def test_both_changed_waits_for_a_person(opened: Services, tmp_path: Path) -> None:
    rate_here(opened, "Ani Contoh", Rating.SESUAI, Rating.SESUAI)
    clerk = sheet(opened, tmp_path).rate("Ani", BAWAH, SESUAI, CATATAN="Sering terlambat")
    rate_here(opened, "Ani Contoh", Rating.DI_ATAS, Rating.SESUAI)
    path = clerk.save()
    plan = opened.exchange.examine(path)
    (row,) = told(plan, Fate.CONFLICT)
    (issue,) = row.issues
    assert issue.code == "field_conflict"
    assert all(word in issue.message for word in (BAWAH, ATAS, SESUAI))
    assert [option.key for option in row.options] == ["incoming", "local"]
    opened.exchange.apply(decide(plan, {row.key: "local"}))
    assert ratings(opened)["Ani Contoh"] == ("DI_ATAS", "SESUAI")
    (evaluation,) = [row for row in opened.appraisal.list_evaluations(TW3) if row.bare_name == "Ani Contoh"]
    assert opened.appraisal.evaluation_detail(evaluation.id).notes == "Sering terlambat"
    again = opened.exchange.examine(path)
    opened.exchange.apply(decide(again, {row.key: "incoming"}))
    assert ratings(opened)["Ani Contoh"] == ("DI_BAWAH", "SESUAI")


def test_blank_never_erases_and_the_word_does(opened: Services, tmp_path: Path) -> None:
    load(opened, sheet(opened, tmp_path).rate("Ani", ATAS, SESUAI, CATATAN="Lama").save())
    clerk = sheet(opened, tmp_path, "b.xlsx").rate("Ani", None, None, CATATAN=None)  # type: ignore[arg-type]
    plan = load(opened, clerk.save())
    assert plan.counts["same"] == 4
    assert codes(plan) == {"blank_keeps"}
    load(opened, sheet(opened, tmp_path, "c.xlsx").fill("Ani", CATATAN="[KOSONG]").save())
    (row,) = [row for row in opened.appraisal.list_evaluations(TW3) if row.bare_name == "Ani Contoh"]
    assert opened.appraisal.evaluation_detail(row.id).notes in (None, "")
    assert ratings(opened)["Ani Contoh"] == ("DI_ATAS", "SESUAI")


def test_a_typed_predicate_is_compared_and_never_taken(opened: Services, tmp_path: Path) -> None:
    clerk = sheet(opened, tmp_path).rate("Ani", ATAS, BAWAH).rate("Budi", SESUAI, SESUAI)
    column = clerk.sheet.max_column + 1
    clerk.sheet.cell(HEAD, column, "PREDIKAT")
    clerk.sheet.cell(clerk.row("Ani"), column, "Baik")
    clerk.sheet.cell(clerk.row("Budi"), column, "BAIK.")
    plan = load(opened, clerk.save())
    assert plan.counts == {"rows_read": 4, **FREE, "new": 1, "conflict": 1, "same": 2}
    assert "predicate_contradicts" in codes(plan)
    assert ratings(opened)["Ani Contoh"] == (None, None)


def test_half_a_rating_is_refused_at_its_cell(opened: Services, tmp_path: Path) -> None:
    clerk = sheet(opened, tmp_path).fill("Ani", RATING_HASIL_KERJA=SESUAI)
    plan = load(opened, clerk.save())
    (row,) = told(plan, Fate.REJECTED)
    assert [(issue.code, issue.location.cell) for issue in row.issues] == [("rating_missing", f"G{row.number}")]


def test_a_closed_quarter_refuses_with_its_reason(opened: Services, tmp_path: Path) -> None:
    rate_here(opened, "Ani Contoh", Rating.SESUAI, Rating.SESUAI)
    clerk = sheet(opened, tmp_path).rate("Ani", ATAS, ATAS)
    opened.appraisal.close_period(TW3)
    plan = load(opened, clerk.save())
    assert plan.counts == {"rows_read": 4, **FREE, "rejected": 1, "same": 3}
    assert codes(plan) == {"evaluation_final"}


# -- habits -----------------------------------------------------------------------------------------------------


def test_rows_may_be_sorted_whole(opened: Services, tmp_path: Path) -> None:
    clerk = sheet(opened, tmp_path).rate("Ani", ATAS, SESUAI).rate("Eko", BAWAH, BAWAH)
    every = range(1, clerk.sheet.max_column + 1)
    clerk.sort(every, lambda values: str(values[clerk.column("NIP") - 1]))
    assert load(opened, clerk.save()).counts["new"] == 2
    assert ratings(opened)["Ani Contoh"] == ("DI_ATAS", "SESUAI")
    assert ratings(opened)["Eko Contoh"] == ("DI_BAWAH", "DI_BAWAH")


@pytest.mark.parametrize(
    "moved",
    [
        pytest.param(("NAMA", "NIP", "JABATAN", "UNIT KERJA", "RATING HASIL", "RATING PERILAKU", "CATATAN"), id="seen"),
        pytest.param(("_RID",), id="rid"),
        pytest.param(("_BASIS",), id="basis"),
        pytest.param(("_RID", "_BASIS", "_NIP_ASAL"), id="machine"),
        pytest.param(("NIP", "_NIP_ASAL"), id="both NIPs"),
        pytest.param(("NAMA", "RATING HASIL", "RATING PERILAKU"), id="name with ratings"),
    ],
)
def test_a_part_that_was_sorted_alone_never_reaches_the_wrong_person(
    opened: Services, tmp_path: Path, moved: tuple[str, ...]
) -> None:
    clerk = sheet(opened, tmp_path)
    for name in ("Ani", "Budi", "Dewi", "Eko"):
        clerk.rate(name, ATAS, ATAS)
    clerk.shift([clerk.column(heading) for heading in moved])
    plan = load(opened, clerk.save())
    assert plan.counts == {"rows_read": 4, **FREE, "rejected": 4}
    assert codes(plan) == {"worksheet_row_mixed"}
    assert all(issue.location.cell for row in plan.rows for issue in row.issues)
    assert set(ratings(opened).values()) == {(None, None)}


@pytest.mark.parametrize("name", ["Fajar Telaga", "Ani Telaga"])
def test_a_strangers_name_beside_the_nip_waits(opened: Services, tmp_path: Path, name: str) -> None:
    clerk = sheet(opened, tmp_path).rate("Budi", SESUAI, SESUAI)
    clerk.rate("Ani", BAWAH, BAWAH).fill("Ani", NAMA=name)
    plan = load(opened, clerk.save())
    assert plan.counts == {"rows_read": 4, **FREE, "new": 1, "same": 2, "conflict": 1}
    assert "name_other_person" in codes(plan)
    assert ratings(opened)["Ani Contoh"] == (None, None)


def test_a_deleted_column_was_not_sent(opened: Services, tmp_path: Path) -> None:
    load(opened, sheet(opened, tmp_path).rate("Ani", ATAS, SESUAI, CATATAN="Tetap").save())
    clerk = sheet(opened, tmp_path, "b.xlsx").rate("Ani", BAWAH, BAWAH)
    clerk.sheet.delete_cols(clerk.column("CATATAN"))
    clerk.sheet.delete_cols(clerk.column("JABATAN"), 2)
    assert load(opened, clerk.save()).counts["changed"] == 1
    (row,) = [row for row in opened.appraisal.list_evaluations(TW3) if row.bare_name == "Ani Contoh"]
    assert opened.appraisal.evaluation_detail(row.id).notes == "Tetap"


def test_without_the_nip_column_the_name_must_be_the_right_one(opened: Services, tmp_path: Path) -> None:
    clerk = sheet(opened, tmp_path).rate("Ani", ATAS, SESUAI).rate("Budi", ATAS, ATAS)
    clerk.fill("Budi", NAMA="Orang Lain")
    clerk.sheet.delete_cols(clerk.column("NIP"))
    plan = load(opened, clerk.save())
    assert plan.counts == {"rows_read": 4, **FREE, "new": 1, "rejected": 1, "same": 2}


def test_spellings_pasted_over_the_drop_downs(opened: Services, tmp_path: Path) -> None:
    clerk = sheet(opened, tmp_path).rate("Ani", "diatas ekspektasi", " SESUAI ").rate("Budi", "Sesuai", "di bawah")
    clerk.rate("Dewi", "Bagus sekali", SESUAI)
    plan = load(opened, clerk.save())
    assert plan.counts == {"rows_read": 4, **FREE, "new": 2, "rejected": 1, "same": 1}
    assert "choice_unknown" in codes(plan)


def test_a_row_added_below_is_proposed_by_its_nip(opened: Services, tmp_path: Path) -> None:
    clerk = sheet(opened, tmp_path)
    clerk.fill_row(clerk.last + 1, NAMA="Citra Contoh", NIP=CITRA["NIP"]).rate("Citra", SESUAI, SESUAI)
    clerk.fill_row(clerk.last + 1, NAMA="Siapa Ini", NIP="198001012005011009").rate("Siapa", SESUAI, SESUAI)
    plan = load(opened, clerk.save())
    assert plan.counts == {"rows_read": 6, **FREE, "same": 4, "conflict": 1, "rejected": 1}
    assert {"row_added", "employee_unknown"} <= codes(plan)
    (row,) = told(plan, Fate.CONFLICT)
    opened.exchange.apply(decide(opened.exchange.examine(clerk.save()), {row.key: "incoming"}))
    assert ratings(opened)["Citra Contoh"] == ("SESUAI", "SESUAI")


def test_a_row_copied_with_its_hidden_cells_is_not_another_person(opened: Services, tmp_path: Path) -> None:
    clerk = sheet(opened, tmp_path).rate("Ani", ATAS, ATAS)
    target = clerk.last + 1
    for column in range(1, clerk.sheet.max_column + 1):
        clerk.sheet.cell(target, column, clerk.sheet.cell(clerk.row("Ani"), column).value)
    clerk.fill_row(target, NAMA="Citra Contoh", NIP=CITRA["NIP"])
    plan = load(opened, clerk.save())
    assert plan.counts == {"rows_read": 5, **FREE, "new": 1, "same": 3, "rejected": 1}
    assert ratings(opened)["Citra Contoh"] == (None, None)


def test_the_same_person_twice_with_different_ratings_waits(opened: Services, tmp_path: Path) -> None:
    clerk = sheet(opened, tmp_path).rate("Ani", ATAS, ATAS)
    source, target = clerk.row("Ani"), clerk.last + 1
    for column in range(1, clerk.sheet.max_column + 1):
        clerk.sheet.cell(target, column, clerk.sheet.cell(source, column).value)
    clerk.fill_row(target, RATING_HASIL_KERJA=BAWAH)
    plan = load(opened, clerk.save())
    assert plan.counts == {"rows_read": 5, **FREE, "same": 3, "conflict": 2}
    assert ratings(opened)["Ani Contoh"] == (None, None)
    first, second = told(plan, Fate.CONFLICT)
    again = decide(opened.exchange.examine(clerk.save()), {first.key: SKIP, second.key: "use"})
    opened.exchange.apply(again)
    assert ratings(opened)["Ani Contoh"] == ("DI_BAWAH", "DI_ATAS")


def test_a_row_pasted_from_another_quarter_is_refused(opened: Services, tmp_path: Path) -> None:
    opened.appraisal.open_period(parse_period("2026-TW2"))
    opened.worksheets.write(tmp_path / "tw2.xlsx", Order("ratings", unit(opened), "2026-TW2"))
    other, clerk = Clerk(tmp_path / "tw2.xlsx").rate("Ani", ATAS, ATAS), sheet(opened, tmp_path)
    for column in range(1, clerk.sheet.max_column + 1):
        clerk.sheet.cell(clerk.row("Ani"), column, other.sheet.cell(other.row("Ani"), column).value)
    plan = load(opened, clerk.save())
    assert codes(plan) == {"worksheet_row_foreign"}


def test_renamed_and_torn_out_of_its_workbook_it_is_still_known(opened: Services, tmp_path: Path) -> None:
    clerk = sheet(opened, tmp_path).rate("Ani", ATAS, ATAS)
    clerk.sheet.title = "Sheet1"
    clerk.book.remove(clerk.book["PETUNJUK"])
    clerk.book.remove(clerk.book["_META"])
    clerk.book.custom_doc_props = type(clerk.book.custom_doc_props)()
    plan = load(opened, clerk.save(tmp_path / "kirim ke bkpsdm final (2).xlsx"))
    assert plan.counts["new"] == 1
    assert plan.worksheets[0].mark.period == TW3
    assert plan.worksheets[0].name == "Dinas Kesehatan"


def test_without_its_hidden_columns_every_row_is_a_proposal(opened: Services, tmp_path: Path) -> None:
    clerk = sheet(opened, tmp_path).rate("Ani", ATAS, ATAS)
    clerk.sheet.delete_cols(clerk.column("_RID"), 4)
    plan = load(opened, clerk.save())
    assert "worksheet_without_machine_columns" in {issue.code for issue in plan.notes}
    assert plan.counts == {"rows_read": 4, **FREE, "same": 3, "conflict": 1}


def test_a_nip_that_became_a_number_is_refused(opened: Services, tmp_path: Path) -> None:
    clerk = sheet(opened, tmp_path).rate("Ani", ATAS, ATAS).fill("Ani", NIP=198503122010012000)
    plan = load(opened, clerk.save())
    assert plan.counts == {"rows_read": 4, **FREE, "same": 3, "rejected": 1}
    assert "nip_numeric" in codes(plan)


def test_people_who_were_deleted_from_the_sheet_stay(opened: Services, tmp_path: Path) -> None:
    clerk = sheet(opened, tmp_path).rate("Ani", ATAS, ATAS)
    clerk.sheet.delete_rows(clerk.row("Budi"))
    plan = load(opened, clerk.save())
    assert plan.counts == {"rows_read": 3, **FREE, "new": 1, "same": 2}
    assert "worksheet_rows_missing" in {issue.code for issue in plan.notes}


def test_libreoffice_saves_it_again_and_nothing_changes(opened: Services, tmp_path: Path) -> None:
    load(opened, sheet(opened, tmp_path).rate("Ani", ATAS, SESUAI, CATATAN="Baris satu\nbaris dua").save())
    clerk = sheet(opened, tmp_path, "b.xlsx")
    again = opened.exchange.examine(libreoffice(clerk.path))
    assert again.counts == {"rows_read": 4, **FREE, "same": 4}
    filled = libreoffice(sheet(opened, tmp_path, "c.xlsx").rate("Budi", SESUAI, BAWAH).save())
    assert load(opened, filled).counts == {"rows_read": 4, **FREE, "new": 1, "same": 3}


@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_another_file_type_is_refused_in_words(opened: Services, tmp_path: Path, kind: str) -> None:
    saved = libreoffice(sheet(opened, tmp_path).save(), kind)
    with pytest.raises(WorkbookError) as caught:
        opened.exchange.examine(saved)
    assert ".xlsx" in caught.value.hint


# -- whose it is ------------------------------------------------------------------------------------------------


def bent(clerk: Clerk, old: str, new: str) -> Path:
    """The worksheet with another mark in all three places."""
    for page in clerk.book.worksheets:
        for line in page.iter_rows():
            for cell in line:
                if str(cell.value or "").startswith("ASN-LEMBAR/"):
                    cell.value = str(cell.value).replace(old, new)
    properties: Any = clerk.book.custom_doc_props
    for prop in properties.props:
        prop.value = str(prop.value).replace(old, new)
    return clerk.save()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("office=11.12", "office=11.05", "ASN-1363"),
        ("ASN-LEMBAR/1", "ASN-LEMBAR/9", "ASN-1361"),
        ("kind=ratings", "kind=unknown", "ASN-1365"),
        (";kind=ratings", "", "ASN-1362"),
    ],
)
def test_a_worksheet_that_is_not_for_us_is_refused(
    opened: Services, tmp_path: Path, old: str, new: str, code: str
) -> None:
    with pytest.raises(WorkbookError) as caught:
        opened.exchange.examine(bent(sheet(opened, tmp_path).rate("Ani", ATAS, ATAS), old, new))
    assert caught.value.code == code


def test_asking_for_another_kind_or_period_is_refused(opened: Services, tmp_path: Path) -> None:
    path = sheet(opened, tmp_path).save()
    for kind, period in (("personnel", None), ("auto", "2026-TW2")):
        with pytest.raises(WorkbookError) as caught:
            opened.exchange.examine(path, kind, period)
        assert caught.value.code == "ASN-1365"
    assert opened.exchange.examine(path, "ratings", TW3).kind == "ratings"


def test_a_worksheet_the_ledger_forgot_is_taken_and_noted(opened: Services, tmp_path: Path) -> None:
    clerk = sheet(opened, tmp_path).rate("Ani", ATAS, ATAS)
    opened.safety.undo()
    assert opened.worksheets.returns(TW3)[0].files == 0
    plan = load(opened, clerk.save())
    assert "worksheet_not_in_ledger" in {issue.code for issue in plan.notes}
    assert opened.worksheets.returns(TW3)[0].state == "back"


# -- rows to give back ------------------------------------------------------------------------------------------


def test_the_error_workbook_keeps_the_hidden_columns_and_comes_back(opened: Services, tmp_path: Path) -> None:
    clerk = sheet(opened, tmp_path).rate("Ani", "Bagus", SESUAI).rate("Budi", SESUAI, SESUAI)
    plan = load(opened, clerk.save())
    errors = tmp_path / "perbaiki.xlsx"
    assert opened.exchange.write_errors(plan, errors) == 1
    page = openpyxl.load_workbook(errors).worksheets[0]
    headings = {str(cell.value): cell.column_letter for cell in page[1]}
    assert page.column_dimensions[headings["_RID"]].hidden
    book_ = openpyxl.load_workbook(errors)
    result = next(cell for cell in book_.worksheets[0][1] if cell.value == "RATING HASIL KERJA")
    book_.worksheets[0].cell(2, result.column, ATAS)
    book_.save(errors)
    again = load(opened, errors)
    assert again.counts == {"rows_read": 1, **FREE, "new": 1}
    assert ratings(opened)["Ani Contoh"] == ("DI_ATAS", "SESUAI")


# -- one for each OPD -------------------------------------------------------------------------------------------


def test_one_file_for_each_opd_and_none_is_overwritten(opened: Services, tmp_path: Path) -> None:
    order = Order("ratings", period=TW3, contact="Ibu Rahma")
    done = opened.worksheets.write_each(tmp_path / "kirim", order, opened.worksheets.opd_ids())
    names = sorted(written.path.name for written in done.files)
    assert [written.rows for written in done.files] == [4, 1]
    assert all(name.startswith("Lembar kerja 2026-TW3 ") for name in names)
    again = opened.worksheets.write_each(tmp_path / "kirim", order, opened.worksheets.opd_ids())
    assert all("(2)" in written.path.name for written in again.files)
    assert opened.worksheets.last_contact() == "Ibu Rahma"
    assert [row.files for row in opened.worksheets.returns(TW3)] == [2, 2]


def test_nobody_to_write_about(opened: Services, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        opened.worksheets.write(tmp_path / "a.xlsx", Order("ratings", unit(opened), "2026-TW1"))
    assert not (tmp_path / "a.xlsx").exists()


# -- what was left open -----------------------------------------------------------------------------------------


def test_a_decision_in_a_second_look_is_seen_in_the_ledger(opened: Services, tmp_path: Path) -> None:
    """Applied by a batch, which leaves conflicts alone; decided later by opening the same file."""
    rate_here(opened, "Ani Contoh", Rating.SESUAI, Rating.SESUAI)
    clerk = sheet(opened, tmp_path).rate("Ani", BAWAH, SESUAI).rate("Budi", ATAS, ATAS)
    rate_here(opened, "Ani Contoh", Rating.DI_ATAS, Rating.SESUAI)
    path = clerk.save()
    load(opened, path)
    (row,) = [row for row in opened.worksheets.returns(TW3) if row.state == "back"]
    assert (row.counts["new"], row.counts["conflict"], row.waiting) == (1, 1, 1)
    again = opened.exchange.examine(path)
    (open_row,) = told(again, Fate.CONFLICT)
    opened.exchange.apply(decide(again, {open_row.key: "incoming"}))
    (row,) = [row for row in opened.worksheets.returns(TW3) if row.state == "back"]
    assert {fate: row.counts[fate] for fate in FREE} == {**FREE, "new": 1, "changed": 1, "same": 2}
    assert (row.waiting, row.returned_file) == (0, path.name)
    opened.safety.undo()
    assert [row.waiting for row in opened.worksheets.returns(TW3)] == [1, 0]


def test_keeping_our_own_value_is_a_decision_too(opened: Services, tmp_path: Path) -> None:
    rate_here(opened, "Ani Contoh", Rating.SESUAI, Rating.SESUAI)
    clerk = sheet(opened, tmp_path).rate("Ani", BAWAH, SESUAI)
    rate_here(opened, "Ani Contoh", Rating.DI_ATAS, Rating.SESUAI)
    path = clerk.save()
    load(opened, path)
    again = opened.exchange.examine(path)
    (open_row,) = told(again, Fate.CONFLICT)
    decided = decide(again, {open_row.key: "local"})
    assert decided.rows_to_write == 0
    assert decided.writes, "the ledger is to know"
    opened.exchange.apply(decided)
    assert [row.waiting for row in opened.worksheets.returns(TW3)] == [0, 0]
    assert ratings(opened)["Ani Contoh"] == ("DI_ATAS", "SESUAI")

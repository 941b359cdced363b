"""Ratings of a quarter: matched by NIP, the predicate recomputed, a contradiction waits for a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from asn_desktop.cli.lists import evaluations, plans
from asn_desktop.core.errors import InputError
from asn_desktop.exchange.plan import Fate, ImportPlan, decide
from asn_desktop.services import Services
from tests.integration.exchange.books import ANI, ATAS, BAWAH, BUDI, CITRA, SESUAI, book, rating

TW3 = "2026-TW3"


@pytest.fixture
def staffed(office: Services, tmp_path: Path) -> Services:
    office.exchange.apply(office.exchange.examine(book(tmp_path / "pegawai.xlsx", ANI, BUDI, CITRA)))
    return office


def load(office: Services, path: Path, period: str | None = TW3) -> ImportPlan:
    plan = office.exchange.examine(path, period=period)
    if plan.writes:
        office.exchange.apply(plan)
    return plan


def predicates(office: Services) -> dict[str, str | None]:
    return {row["name"]: row["predicate"] for row in evaluations(office, None, TW3)}


def test_ratings_open_the_quarter_and_give_the_predicates_of_the_matrix(staffed: Services, tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx",
        rating(ANI, "DI ATAS EKSPEKTASI", "di atas", "Sangat Baik"),
        rating(BUDI, SESUAI, SESUAI, "BAIK."),
        rating(CITRA, BAWAH, SESUAI, "Butuh   Perbaikan"),
    )
    plan = load(staffed, path)
    assert plan.kind == "ratings"
    assert plan.counts["new"] == 3
    assert predicates(staffed) == {
        "Ani Contoh": "Sangat Baik",
        "Budi Contoh": "Baik",
        "Citra Contoh": "Butuh Perbaikan",
    }
    assert load(staffed, path).counts["same"] == 3


def test_a_predicate_that_contradicts_its_ratings_is_reported_by_cell_and_not_written(
    staffed: Services, tmp_path: Path
) -> None:
    plan = load(staffed, book(tmp_path / "a.xlsx", rating(ANI, ATAS, BAWAH, "Baik"), rating(BUDI, SESUAI, SESUAI)))
    (row,) = [row for row in plan.rows if row.fate is Fate.CONFLICT]
    (issue,) = row.issues
    assert (issue.code, issue.location.cell, issue.value) == ("predicate_contradicts", "E2", "Baik")
    assert predicates(staffed)["Ani Contoh"] is None
    again = staffed.exchange.examine(tmp_path / "a.xlsx", period=TW3)
    staffed.exchange.apply(decide(again, {row.key: "use"}))
    assert predicates(staffed)["Ani Contoh"] == "Kurang"


def test_ratings_and_their_proposals_are_one_step_of_undo(staffed: Services, tmp_path: Path) -> None:
    load(staffed, book(tmp_path / "a.xlsx", rating(ANI, BAWAH, BAWAH), rating(BUDI, SESUAI, SESUAI)))
    (plan,) = plans(staffed, None, None)
    assert (plan["name"], plan["predicate"], plan["state"]) == ("Ani Contoh", "Sangat Kurang", "proposed")
    staffed.safety.undo()
    assert plans(staffed, None, None) == []
    assert evaluations(staffed, None, TW3) == []


def test_a_better_rating_withdraws_the_proposal(staffed: Services, tmp_path: Path) -> None:
    load(staffed, book(tmp_path / "a.xlsx", rating(ANI, BAWAH, SESUAI)))
    load(staffed, book(tmp_path / "b.xlsx", rating(ANI, SESUAI, SESUAI)))
    assert plans(staffed, None, None) == []


def test_a_stranger_is_refused_and_a_half_rating_too(staffed: Services, tmp_path: Path) -> None:
    stranger = {**ANI, "NIP": "198001012005011009", "NAMA": "Tidak Dikenal"}
    plan = load(staffed, book(tmp_path / "a.xlsx", rating(stranger, SESUAI, SESUAI), rating(BUDI, SESUAI, "")))
    assert {issue.code for row in plan.rows for issue in row.issues} == {"employee_unknown", "rating_missing"}
    assert plan.counts["rejected"] == 2


def test_a_blank_rating_says_nothing(staffed: Services, tmp_path: Path) -> None:
    load(staffed, book(tmp_path / "a.xlsx", rating(ANI, ATAS, SESUAI)))
    plan = load(staffed, book(tmp_path / "b.xlsx", rating(ANI, "", ""), rating(BUDI, SESUAI, SESUAI)))
    assert (plan.counts["same"], plan.counts["new"]) == (1, 1)
    assert predicates(staffed)["Ani Contoh"] == "Baik"


def test_another_name_on_the_nip_is_pointed_out(staffed: Services, tmp_path: Path) -> None:
    plan = load(staffed, book(tmp_path / "a.xlsx", {**rating(ANI, SESUAI, SESUAI), "NAMA": "Anni Contoh"}))
    assert [issue.code for issue in plan.issues if issue.severity == "warning"] == ["name_differs"]


def test_the_period_is_told_by_the_title_else_it_must_be_given(staffed: Services, tmp_path: Path) -> None:
    row = rating(ANI, SESUAI, SESUAI)
    titled = book(tmp_path / "a.xlsx", row, title="REKAP EVALUASI KINERJA TRIWULAN II TAHUN 2026")
    assert staffed.exchange.examine(titled).period == "2026-TW2"
    with pytest.raises(InputError) as caught:
        staffed.exchange.examine(book(tmp_path / "b.xlsx", row))
    assert "Pilih periodenya" in caught.value.hint


def test_a_row_of_another_period_is_refused(staffed: Services, tmp_path: Path) -> None:
    rows = [
        rating(ANI, SESUAI, SESUAI, TAHUN="2026", PERIODE="TW3"),
        rating(BUDI, SESUAI, SESUAI, TAHUN="2026", PERIODE="TW2"),
    ]
    plan = load(staffed, book(tmp_path / "a.xlsx", *rows))
    assert (plan.counts["new"], plan.counts["rejected"]) == (1, 1)


def test_a_final_evaluation_is_not_changed_by_a_file(staffed: Services, tmp_path: Path) -> None:
    load(staffed, book(tmp_path / "a.xlsx", rating(ANI, SESUAI, SESUAI)))
    (number,) = [row.id for row in staffed.appraisal.list_evaluations(TW3) if row.bare_name == "Ani Contoh"]
    staffed.appraisal.finalise([number])
    plan = load(staffed, book(tmp_path / "b.xlsx", rating(ANI, ATAS, ATAS)))
    assert [issue.code for row in plan.rows for issue in row.issues] == ["evaluation_final"]
    assert predicates(staffed)["Ani Contoh"] == "Baik"
    assert load(staffed, tmp_path / "a.xlsx").counts["same"] == 1


def test_ratings_leave_and_come_back_with_zero_changes(staffed: Services, tmp_path: Path) -> None:
    load(
        staffed,
        book(tmp_path / "a.xlsx", rating(ANI, BAWAH, SESUAI, CATATAN="Perlu bimbingan"), rating(BUDI, ATAS, ATAS)),
    )
    target = tmp_path / "predikat.xlsx"
    assert staffed.exchange.export("ratings", target, period=TW3) == 3
    plan = staffed.exchange.examine(target)
    assert plan.period == TW3
    assert plan.counts["same"] == 3
    assert not plan.writes


def test_a_quarter_that_was_never_opened_cannot_be_exported(office: Services, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        office.exchange.export("ratings", tmp_path / "x.xlsx", period=TW3)
    assert not (tmp_path / "x.xlsx").exists()

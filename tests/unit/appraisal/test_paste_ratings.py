"""A block from Excel: by NIP or in row order, words in any spelling, nothing taken silently."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asn_desktop.appraisal.commands import KEEP, RatingChange
from asn_desktop.appraisal.paste import parse_rating, plan_paste
from asn_desktop.appraisal.predicate import Rating

ABOVE, AS_EXPECTED, BELOW = Rating.DI_ATAS, Rating.SESUAI, Rating.DI_BAWAH
NIPS = [f"19900514201903{n:04d}" for n in range(5)]
BY_NIP = {nip: 100 + n for n, nip in enumerate(NIPS)}
ORDER = [100, 101, 102, 103, 104]


@pytest.mark.parametrize(
    "text, rating",
    [
        ("Di Atas Ekspektasi", ABOVE),
        ("DIATAS EKSPEKTASI", ABOVE),
        ("di atas", ABOVE),
        ("sesuai ekspektasi", AS_EXPECTED),
        ("SESUAI", AS_EXPECTED),
        ("Dibawah Ekspektasi", BELOW),
        ("di  bawah", BELOW),
        ("DI_BAWAH", BELOW),
        ("1", None),
        ("3", None),
        ("Baik", None),
        ("4", None),
        ("", None),
    ],
)
def test_a_rating_in_any_spelling(text: str, rating: Rating | None) -> None:
    assert parse_rating(text) is rating


def test_two_columns_go_to_the_rows_from_the_current_one_on() -> None:
    plan = plan_paste("Sesuai\tDi Atas\nDi Bawah\tSesuai\n", ORDER, BY_NIP, first_row=2)
    assert plan.changes == (RatingChange(102, AS_EXPECTED, ABOVE), RatingChange(103, BELOW, AS_EXPECTED))
    assert not plan.rejected
    assert not plan.by_nip


def test_one_column_goes_where_the_cursor_is() -> None:
    assert plan_paste("Sesuai\nDi Atas", ORDER, BY_NIP).changes[1] == RatingChange(101, ABOVE, KEEP)
    found = plan_paste("Sesuai\nDi Atas", ORDER, BY_NIP, behaviour_first=True).changes[1]
    assert found == RatingChange(101, KEEP, ABOVE)


def test_a_recap_with_nip_finds_people_in_any_order() -> None:
    block = (
        "No\tNIP\tNama\tUnit Kerja\tRating Hasil Kerja\tRating Perilaku Kerja\tPredikat\n"
        f"1\t'{NIPS[3]}\tSiti\tSetda\tSESUAI EKSPEKTASI\tdi atas ekspektasi\tBaik\n"
        f"2\t19900514 201903 0001\tBudi\tSetda\tDi Bawah Ekspektasi\tSesuai\tButuh Perbaikan\n"
    )
    plan = plan_paste(block, [], BY_NIP)
    assert plan.by_nip
    assert plan.rows == 2
    assert plan.changes == (RatingChange(103, AS_EXPECTED, ABOVE), RatingChange(101, BELOW, AS_EXPECTED))


def test_what_is_not_taken_is_named_by_its_place_and_reason() -> None:
    block = f"{NIPS[0]}\tSesuai\tBagus sekali\n{'9' * 18}\tSesuai\tSesuai\nabc\tSesuai\tSesuai\n{NIPS[0]}\t2\t2"
    plan = plan_paste(block, [], BY_NIP)
    assert plan.changes == (RatingChange(100, AS_EXPECTED, KEEP),)
    assert [(cell.row, cell.column, cell.value) for cell in plan.rejected] == [
        (1, 3, "Bagus sekali"),
        (2, 1, "9" * 18),
        (3, 1, "abc"),
        (4, 1, NIPS[0]),
    ]
    assert all(cell.reason for cell in plan.rejected)


def test_a_block_longer_than_the_list_does_not_wrap_around() -> None:
    plan = plan_paste("Sesuai\tSesuai\nSesuai\tSesuai", ORDER, BY_NIP, first_row=4)
    assert [change.evaluation_id for change in plan.changes] == [104]
    assert [cell.row for cell in plan.rejected] == [2]


def test_an_empty_cell_leaves_the_rating_alone_and_keeps_the_row_order() -> None:
    plan = plan_paste("\tDi Atas\n\t\nSesuai\t", ORDER, BY_NIP)
    assert plan.changes == (RatingChange(100, KEEP, ABOVE), RatingChange(102, AS_EXPECTED, KEEP))


@pytest.mark.parametrize("block", ["1\t3", f"{NIPS[0]}\t1\t3"])
def test_digits_are_not_taken_because_they_run_the_other_way_in_national_data(block: str) -> None:
    plan = plan_paste(block, ORDER, BY_NIP)
    assert plan.changes == ()
    assert [cell.value for cell in plan.rejected] == ["1", "3"]
    assert "1 = Di Atas" in plan.rejected[0].reason


@given(st.lists(st.tuples(st.sampled_from(Rating), st.sampled_from(Rating)), min_size=1, max_size=5))
def test_what_was_copied_can_be_pasted_back(pairs: list[tuple[Rating, Rating]]) -> None:
    lines = [f"Contoh {n}\tPerawat\t{r.label}\t{b.label}\tBaik\t{NIPS[n]}" for n, (r, b) in enumerate(pairs)]
    heading = "Nama dan jabatan\t\tHasil kerja\tPerilaku kerja\tPredikat\tNIP"
    plan = plan_paste("\n".join([heading, *lines]), [], BY_NIP)
    assert not plan.rejected
    assert [(change.result, change.behaviour) for change in plan.changes] == pairs


@given(st.text(max_size=200))
def test_no_text_makes_the_reader_fail_or_write_more_than_it_saw(text: str) -> None:
    plan = plan_paste(text, ORDER, BY_NIP)
    assert len(plan.changes) <= len(text.split("\n"))
    assert {change.evaluation_id for change in plan.changes} <= set(ORDER)

"""Kuadran kinerja: nine cells, read from the shipped table (PermenPANRB 6/2022 Lampiran Bab IV.B.3)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asn_desktop.appraisal import predicate, tables
from asn_desktop.appraisal.predicate import Predicate, Rating, derive, explain, read_matrix

ABOVE, AS_EXPECTED, BELOW = Rating.DI_ATAS, Rating.SESUAI, Rating.DI_BAWAH
NINE_CELLS = [
    (ABOVE, BELOW, Predicate.KURANG),
    (ABOVE, AS_EXPECTED, Predicate.BAIK),
    (ABOVE, ABOVE, Predicate.SANGAT_BAIK),
    (AS_EXPECTED, BELOW, Predicate.KURANG),
    (AS_EXPECTED, AS_EXPECTED, Predicate.BAIK),
    (AS_EXPECTED, ABOVE, Predicate.BAIK),
    (BELOW, BELOW, Predicate.SANGAT_KURANG),
    (BELOW, AS_EXPECTED, Predicate.BUTUH_PERBAIKAN),
    (BELOW, ABOVE, Predicate.BUTUH_PERBAIKAN),
]
ratings = st.sampled_from(Rating)


@pytest.mark.parametrize("result, behaviour, expected", NINE_CELLS)
def test_every_cell_of_the_quadrant(result: Rating, behaviour: Rating, expected: Predicate) -> None:
    assert derive(tables.matrix(), result, behaviour) is expected


def test_the_table_of_this_test_is_complete() -> None:
    assert len({(result, behaviour) for result, behaviour, _expected in NINE_CELLS}) == 9


@given(ratings)
def test_bad_behaviour_is_never_better_than_kurang(result: Rating) -> None:
    order = list(Predicate)
    found = derive(tables.matrix(), result, BELOW)
    assert found is not None
    assert order.index(found) <= order.index(Predicate.KURANG)


@given(ratings, ratings)
def test_a_better_rating_never_gives_a_worse_predicate(result: Rating, behaviour: Rating) -> None:
    matrix, order = tables.matrix(), list(Predicate)
    here = order.index(matrix[result, behaviour])
    for better in list(Rating)[list(Rating).index(result) :]:
        assert order.index(matrix[better, behaviour]) >= here
    for better in list(Rating)[list(Rating).index(behaviour) :]:
        assert order.index(matrix[result, better]) >= here


def test_the_matrix_is_not_symmetric() -> None:
    matrix = tables.matrix()
    assert matrix[BELOW, ABOVE] is not matrix[ABOVE, BELOW]


@pytest.mark.parametrize("result, behaviour", [(None, AS_EXPECTED), (AS_EXPECTED, None), (None, None)])
def test_no_predicate_without_both_ratings(result: Rating | None, behaviour: Rating | None) -> None:
    assert derive(tables.matrix(), result, behaviour) is None


def test_a_table_with_a_missing_or_double_cell_is_refused() -> None:
    rows = [
        {"hasil": result.value, "perilaku": behaviour.value, "predikat": expected.value}
        for result, behaviour, expected in NINE_CELLS
    ]
    assert read_matrix(rows) == tables.matrix()
    with pytest.raises(ValueError, match="lacks"):
        read_matrix(rows[1:])
    with pytest.raises(ValueError, match="twice"):
        read_matrix([*rows, rows[0]])


def test_the_reason_is_said_in_a_sentence() -> None:
    matrix = tables.matrix()
    wanted = "Butuh Perbaikan: hasil kerja di bawah, perilaku sesuai ekspektasi."
    assert explain(matrix, BELOW, AS_EXPECTED) == wanted
    assert explain(matrix, AS_EXPECTED, AS_EXPECTED) == "Baik: hasil kerja dan perilaku sesuai ekspektasi."
    assert explain(matrix, ABOVE, BELOW) == "Kurang: hasil kerja di atas, perilaku di bawah ekspektasi."
    assert explain(matrix, None, BELOW) == "Belum dinilai: rating hasil kerja belum diisi."
    assert explain(matrix, ABOVE, None) == "Belum dinilai: rating perilaku kerja belum diisi."
    assert explain(matrix, None, None) == "Belum dinilai: kedua rating belum diisi."


def test_words_are_those_of_lists() -> None:
    assert [rating.label for rating in Rating] == ["Di Bawah Ekspektasi", "Sesuai Ekspektasi", "Di Atas Ekspektasi"]
    assert Predicate.KURANG.label == "Kurang"
    low = {Predicate.SANGAT_KURANG, Predicate.KURANG, Predicate.BUTUH_PERBAIKAN}
    assert {each for each in Predicate if each.is_low} == low == predicate.LOW_PREDICATES

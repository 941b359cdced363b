"""Who assesses whom."""

from __future__ import annotations

from asn_desktop.personnel.assignment import AssessorChoice, Placement, UnitHead, assessor, superior_cycle

UNITS = {
    1: UnitHead(1, None, None, "H. Contoh", "Bupati"),
    2: UnitHead(2, 1, 20, None, None),
    3: UnitHead(3, 2, 30, None, None),
    4: UnitHead(4, 3, None, None, None),
}


def chosen(employee: int, unit: int | None, superior: int | None = None, gone: tuple[int, ...] = ()) -> object:
    place = Placement(unit, None, superior)
    return assessor(employee, place, UNITS, lambda candidate: candidate not in gone)


def test_the_head_of_the_unit_assesses_its_people() -> None:
    assert chosen(99, 3) == AssessorChoice(30, 3)


def test_a_unit_without_head_looks_upwards() -> None:
    assert chosen(99, 4) == AssessorChoice(30, 3)


def test_nobody_assesses_themself() -> None:
    assert chosen(30, 3) == AssessorChoice(20, 2)
    assert chosen(30, 3, superior=30) == AssessorChoice(20, 2)


def test_the_top_is_an_official_outside_the_list() -> None:
    assert chosen(20, 2) == AssessorChoice(None, 1, "H. Contoh", "Bupati")


def test_an_own_superior_comes_first_and_counts_with_the_unit_they_lead() -> None:
    assert chosen(99, 3, superior=20) == AssessorChoice(20, 2)
    assert chosen(99, 3, superior=77) == AssessorChoice(77, None)


def test_who_has_left_assesses_nobody() -> None:
    assert chosen(99, 3, gone=(30,)) == AssessorChoice(20, 2)
    assert chosen(99, 3, superior=77, gone=(77,)) == AssessorChoice(30, 3)


def test_without_unit_and_superior_a_person_must_decide() -> None:
    assert chosen(99, None) is None


def test_a_tree_that_bites_its_tail_ends() -> None:
    looped = {1: UnitHead(1, 2, None, None, None), 2: UnitHead(2, 1, None, None, None)}
    assert assessor(9, Placement(1, None, None), looped, lambda _candidate: True) is None


def test_superiors_must_not_stand_above_themselves() -> None:
    above = {5: 6, 6: 7, 7: None}
    assert superior_cycle([7], 5, above) == 7
    assert superior_cycle([5], 5, above) == 5
    assert superior_cycle([1, 2], 5, above) is None

"""Which names may stand at one number: spelling and short forms say no to nobody, a second word of one's own does."""

from __future__ import annotations

import pytest

from asn_desktop.core.name_match import may_be_one, share_a_word

ONE_PERSON = [
    ("Ardanu Samudra", "Ardanu"),
    ("Ardanu Samudra", "Ardanu S."),
    ("Ardanu Samudra", "Samudra Ardanu"),
    ("Sri Wahyuni", "Sri Wahyuningsih"),
    ("Siti Aminah", "Siti Aminah Suharto"),
    ("Muhammad Rizki Pratama", "Muh Rizqi P"),
    ("Muhammad Rizki", "M. Rizky"),
    ("I Gusti Ayu Made Ratna", "Gst. Ayu Ratna"),
    ("Ida Bagus Oka", "IB Oka"),
    ("Desak Putu Eka", "Desak Pt Eka"),
    ("Maria Magdalena Sitorus", "Maria Magdalena Br. Sitorus"),
    ("Maria Goreti Sitorus", "Maria G. Sitorus"),
    ("Nur Aini", "Nuraini"),
    ("Sri Nur Aini", "Sri Nuraini"),
    ("Soewandi", "Suwandi"),
    ("Abdul Rahman", "Abdurrahman"),
    ("Dewi Lestari", "Dra. Hj. Dewi Lestari, M.Pd"),
    ("Dewi Lestari", "-"),
]
TWO_PEOPLE = [
    ("Fajrani Delima", "Fajrani Telaga"),
    ("Ani Wijaya", "Ani Kusuma"),
    ("Ni Made Sari", "Ni Made Dewi"),
    ("Nanda Diana", "Nanda Dinata"),
]


@pytest.mark.parametrize(("stored", "written"), ONE_PERSON)
def test_another_way_of_writing_a_name_is_no_stranger(stored: str, written: str) -> None:
    assert may_be_one(stored, written)
    assert may_be_one(written, stored)


@pytest.mark.parametrize(("stored", "written"), TWO_PEOPLE)
def test_a_shared_word_does_not_make_one_person_of_two(stored: str, written: str) -> None:
    assert share_a_word(stored, written)
    assert not may_be_one(stored, written)
    assert not may_be_one(written, stored)


@pytest.mark.parametrize(
    ("stored", "written"), [("Muhammad Ali", "Muhammad Yusuf"), ("Oktaria Hening", "Budi Santoso")]
)
def test_a_common_first_name_says_nothing(stored: str, written: str) -> None:
    assert not share_a_word(stored, written)
    assert not may_be_one(stored, written)

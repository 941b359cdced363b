"""The three-way rule per field, and the cell that carries its base."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from asn_desktop.exchange.cell_text import clean_text
from asn_desktop.exchange.worksheet.basis import comparable, decode, encode
from asn_desktop.exchange.worksheet.merge import UNKNOWN, Outcome, merge

VALUES = st.sampled_from([None, "SESUAI", "DI_ATAS", "DI_BAWAH"])
STORED = st.one_of(st.none(), st.text(max_size=60), st.integers(0, 2000), st.dates(date(1950, 1, 1), date(2100, 1, 1)))
KEYS = st.sampled_from(["notes", "unit", "position", "graduation_year", "rank_tmt"])


def after(base: Any, ours: Any, theirs: Any) -> Any:
    """What stands in the field afterwards, as long as nobody has decided a conflict."""
    return theirs if merge(base, ours, theirs) is Outcome.INCOMING else ours


@given(VALUES, VALUES, VALUES)
def test_a_change_of_one_side_wins_and_two_changes_wait(base: Any, ours: Any, theirs: Any) -> None:
    outcome = merge(base, ours, theirs)
    we, they = ours != base, theirs != base
    if ours == theirs:
        assert outcome is Outcome.SAME
    elif they and not we:
        assert outcome is Outcome.INCOMING
    elif we and not they:
        assert outcome is Outcome.NEWER_HERE
    else:
        assert outcome is Outcome.CONFLICT


@given(VALUES, VALUES, VALUES)
def test_the_same_sheet_twice_changes_nothing_more(base: Any, ours: Any, theirs: Any) -> None:
    once = after(base, ours, theirs)
    assert after(base, once, theirs) == once


@given(VALUES, VALUES, VALUES)
def test_a_conflict_does_not_depend_on_whose_side_one_is(base: Any, ours: Any, theirs: Any) -> None:
    conflict = merge(base, ours, theirs) is Outcome.CONFLICT
    assert conflict == (merge(base, theirs, ours) is Outcome.CONFLICT)


@given(VALUES, VALUES)
def test_without_a_base_nothing_that_stands_is_overwritten(ours: Any, theirs: Any) -> None:
    assert after(UNKNOWN, ours, theirs) == (theirs if ours is None else ours)


@given(st.uuids(), st.dictionaries(KEYS, STORED))
def test_a_base_survives_the_cleaning_of_cells(rid: Any, held: dict[str, Any]) -> None:
    text = encode("1a2b3c4d", str(rid), "198503122010012004", held)
    found = decode(clean_text(text)[0], str(rid))
    assert found is not None
    assert (found.stamp, found.nip) == ("1a2b3c4d", "198503122010012004")
    assert all(found.values.get(key) == comparable(key, value) for key, value in held.items())


@given(st.uuids(), st.uuids(), st.dictionaries(KEYS, STORED), st.data())
def test_a_base_of_somebody_else_or_a_changed_one_is_noticed(
    rid: Any, other: Any, held: dict[str, Any], data: st.DataObject
) -> None:
    text = encode("1a2b3c4d", str(rid), "198503122010012004", held)
    if other != rid:
        assert decode(text, str(other)) is None
    place = data.draw(st.integers(0, len(text) - 1))
    changed = text[:place] + ("X" if text[place] != "X" else "Y") + text[place + 1 :]
    assert decode(changed, str(rid)) is None

"""The merge of one record: every combination of who knows what, by the words of the design."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asn_desktop.exchange.package.causality import MISSING, OwnNews
from asn_desktop.exchange.package.merge import Action, Arrival, Removal, arrival, merge_fields, removal
from asn_desktop.exchange.package.ownership import NEW, SEED, Owned, Ownership, Policy, Side

NOBODY = Owned(Side.NOBODY, Policy.MERGE, "")
THEM = Owned(Side.THEM, Policy.QUEUE, "")
US = Owned(Side.US, Policy.MERGE, "")
US_QUEUE = Owned(Side.US, Policy.QUEUE, "")
US_REFUSE = Owned(Side.US, Policy.REFUSE, "")


def merge(theirs: object, ours: object, base: object, own: bool, owned: Owned, *, revision: int = 9, merged: int = 5,
          touched: bool = False, undecided: bool = False) -> Action | None:  # fmt: skip
    news = OwnNews(fields={"f": base} if own else {}, touched={"f"} if touched else set())
    done = merge_fields(
        ["f"], {"f": revision}, {"f": theirs}, {"f": ours}, news, merged, lambda _name: owned,
        {"f"} if undecided else (),
    )  # fmt: skip
    return done.fields[0].action if done.fields else None


@pytest.mark.parametrize("owned", [NOBODY, THEM, US, US_QUEUE, US_REFUSE])
def test_what_is_equal_or_old_is_left_alone(owned: Owned) -> None:
    assert merge("x", "x", "y", True, owned) is None
    assert merge("x", "y", "y", False, owned, revision=5) is None


@pytest.mark.parametrize(
    ("owned", "action"),
    [
        (NOBODY, Action.TAKE),
        (THEM, Action.TAKE),
        (US, Action.TAKE),
        (US_QUEUE, Action.OPEN),
        (US_REFUSE, Action.REFUSE),
    ],
)
def test_their_news_against_nothing_of_ours(owned: Owned, action: Action) -> None:
    assert merge("new", "old", None, False, owned) is action


@pytest.mark.parametrize(
    ("owned", "action"),
    [(NOBODY, Action.OPEN), (THEM, Action.OVERRIDE), (US, Action.OPEN), (US_QUEUE, Action.OPEN),
     (US_REFUSE, Action.REFUSE)],
)  # fmt: skip
def test_two_edits_of_one_field(owned: Owned, action: Action) -> None:
    assert merge("theirs", "ours", "base", True, owned) is action
    assert merge("theirs", "ours", MISSING, True, owned) is action


@pytest.mark.parametrize("owned", [NOBODY, THEM, US, US_QUEUE])
def test_their_return_to_what_both_knew_does_not_undo_ours(owned: Owned) -> None:
    assert merge("base", "ours", "base", True, owned) is Action.KEEP


def test_our_return_to_what_both_knew_gives_way_unless_somebody_decided() -> None:
    assert merge("theirs", "base", "base", True, US) is Action.TAKE
    assert merge("theirs", "base", "base", True, US, touched=True) is Action.OPEN
    assert merge("theirs", "base", "base", True, THEM, touched=True) is Action.OVERRIDE


def test_what_the_other_pc_has_not_decided_is_never_taken_silently() -> None:
    assert merge("theirs", "ours", None, False, NOBODY, undecided=True) is Action.OPEN


RATINGS = ("result_rating", "behaviour_rating")


@pytest.mark.parametrize(
    ("owned", "actions"),
    [
        (THEM, {"result_rating": Action.TAKE, "behaviour_rating": Action.OVERRIDE}),
        (US, {"result_rating": Action.OPEN}),
        (NOBODY, {"result_rating": Action.OPEN}),
    ],
)
def test_two_ratings_of_two_raters_never_make_a_predicate_that_nobody_gave(
    owned: Owned, actions: dict[str, Action]
) -> None:
    news = OwnNews(fields={"behaviour_rating": "SESUAI"})
    theirs = {"result_rating": "DI_BAWAH", "behaviour_rating": "SESUAI"}
    ours = {"result_rating": "SESUAI", "behaviour_rating": "DI_BAWAH"}
    done = merge_fields(RATINGS, {"result_rating": 9}, theirs, ours, news, 5, lambda _name: owned, judgement=RATINGS)
    assert {outcome.field: outcome.action for outcome in done.fields} == actions


@pytest.mark.parametrize("owned", [THEM, US, NOBODY])
def test_one_rater_who_changes_one_rating_is_simply_taken(owned: Owned) -> None:
    theirs = {"result_rating": "DI_BAWAH", "behaviour_rating": "SESUAI"}
    ours = {"result_rating": "SESUAI", "behaviour_rating": "SESUAI"}
    done = merge_fields(
        RATINGS, {"result_rating": 9}, theirs, ours, OwnNews(), 5, lambda _name: owned, judgement=RATINGS
    )
    assert [outcome.action for outcome in done.fields] == [Action.TAKE]


def test_arrivals() -> None:
    removed = OwnNews(removed=True)
    assert arrival({"*": 9}, 5, None, False, False, NOBODY) is Arrival.INSERT
    assert arrival({"*": 9}, 5, None, False, False, US_QUEUE) is Arrival.OPEN
    assert arrival({"*": 9}, 5, None, False, False, US_REFUSE) is Arrival.REFUSE
    assert arrival({"*": 5}, 5, removed, True, False, NOBODY) is Arrival.STAYS_AWAY
    assert arrival({"*": 9}, 5, None, True, False, NOBODY) is Arrival.INSERT
    assert arrival({"*": 9}, 5, removed, True, False, US) is Arrival.OPEN
    assert arrival({"*": 9}, 5, removed, True, False, THEM) is Arrival.WAIT
    assert arrival({"*": 9}, 5, None, True, True, US) is Arrival.OPEN


def test_removals() -> None:
    changed = OwnNews(fields={"f": 1})
    assert removal(5, 5, None, False, False, False, NOBODY) is Removal.KEEP
    assert removal(9, 5, None, False, False, False, NOBODY) is Removal.DELETE
    assert removal(9, 5, changed, False, False, False, NOBODY) is Removal.OPEN
    assert removal(9, 5, changed, False, False, False, THEM) is Removal.WAIT
    assert removal(9, 5, None, True, True, False, NOBODY) is Removal.OPEN
    assert removal(9, 5, None, True, True, False, THEM) is Removal.OPEN
    assert removal(9, 5, None, True, False, False, THEM) is Removal.WAIT
    assert removal(9, 5, None, False, False, True, US) is Removal.OPEN
    assert removal(9, 5, None, False, False, False, US_QUEUE) is Removal.OPEN
    assert removal(9, 5, None, False, False, False, US_REFUSE) is Removal.REFUSE


def test_the_seeded_rules_as_each_side_sees_them() -> None:
    district = Ownership(SEED, "11.12", "district", "11", "province")
    province = Ownership(SEED, "11", "province", "11.12", "district")
    assert district.of("employee", "phone", "", {}).side is Side.US
    assert province.of("employee", "phone", "11.12", {}).side is Side.THEM
    assert province.of("employee", "rank", "11.12", {}).side is Side.US
    assert province.of("holiday", "name", "", {"kind": "libur_daerah"}).side is Side.THEM
    assert province.of("holiday", "name", "", {"kind": "cuti_bersama"}).policy is Policy.QUEUE
    assert province.of("participant", NEW, "", {}).policy is Policy.MERGE
    assert province.of("participant", "state", "", {}).policy is Policy.QUEUE
    assert district.of("training_event", "name", "11", {}).side is Side.THEM
    assert Ownership(SEED, "11", "province", "11", "province").of("evaluation", "state", "", {}).side is Side.NOBODY


VALUES = st.sampled_from(["base", "a", "b"])


@given(ours=VALUES, theirs=VALUES, owner=st.sampled_from(["us", "them", "nobody"]))
def test_both_orders_of_delivery_end_alike(ours: str, theirs: str, owner: str) -> None:
    """A edits, B edits, both packages cross: either both hold one value or both know of a conflict."""
    sides = {"us": (US, THEM), "them": (THEM, US), "nobody": (NOBODY, NOBODY)}[owner]
    at_a = merge(theirs, ours, "base", ours != "base", sides[0]) if theirs != "base" else None
    at_b = merge(ours, theirs, "base", theirs != "base", sides[1]) if ours != "base" else None
    value_a = theirs if at_a in (Action.TAKE, Action.OVERRIDE) else ours
    value_b = ours if at_b in (Action.TAKE, Action.OVERRIDE) else theirs
    if Action.OPEN in (at_a, at_b):
        assert ours != theirs
        assert "base" not in (ours, theirs)
    else:
        assert value_a == value_b

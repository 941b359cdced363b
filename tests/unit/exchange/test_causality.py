"""Who knew what: lines of descent, receives, own news, outgoing revisions. Pure."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from asn_desktop.exchange.package.causality import (
    ENDLESS,
    MISSING,
    Line,
    OperationLine,
    Receives,
    known_revision,
    lineage,
    origin_of,
    outgoing,
    own_news,
    receives_from,
    with_own_history,
)
from asn_desktop.exchange.package.content import ALL_FIELDS, RETURNED, Replica

KEY = ("employee", "r")


def line(operation: int, kind: str = "update", **fields: tuple[object, object]) -> Line:
    return Line(operation, *KEY, kind, "" if kind == "insert" else json.dumps(fields))


def test_a_grandchild_shares_no_more_than_its_parent_did() -> None:
    line_of = lineage(Replica("c", 3, "b", 15, ancestors=(("a", 10, True),)), {})
    assert line_of == [("c", ENDLESS), ("b", 15), ("a", 10)]
    assert lineage(Replica("c", 3, "b", 5, ancestors=(("a", 10, True),)), {})[-1] == ("a", 5)
    assert known_revision({"a": 20}, line_of) == 10
    assert known_revision({"a": 20, "c": 30}, line_of) == 30
    assert known_revision({"x": 9}, line_of) == 0


def test_a_circle_in_a_forged_line_ends() -> None:
    assert len(lineage(Replica("a", 1, "b", 5), {"b": ("a", 4)})) == 2


def test_a_copy_knows_the_history_it_was_copied_with() -> None:
    own = lineage(Replica("a"), {})
    copy = lineage(Replica("b", 2, "a", 12), {})
    assert known_revision(with_own_history({}, copy), own) == 12
    assert known_revision(with_own_history({}, own), copy) == 12


def test_a_receive_and_its_undo_leave_no_trace_and_a_redo_counts() -> None:
    origin = origin_of("r", 7)
    done = OperationLine(3, None, origin)
    undone, redone = OperationLine(4, 3, origin), OperationLine(5, 4, origin)
    line_of = lineage(Replica("r"), {})
    assert receives_from(line_of, [done]) == Receives(theirs=frozenset({3}), merged=frozenset({3}))
    assert receives_from(line_of, [done, undone]).void == {3, 4}
    again = receives_from(line_of, [done, undone, redone])
    assert (again.void, again.theirs) == ({3, 4}, {5})
    assert receives_from(lineage(Replica("other"), {}), [done, undone]) == Receives(merged=frozenset({3}))


def test_a_package_of_the_parent_counts_only_as_far_as_history_is_shared() -> None:
    line_of = lineage(Replica("child", 2, "r", 7), {})
    assert receives_from(line_of, [OperationLine(3, None, origin_of("r", 7))]).theirs == {3}
    beyond = receives_from(line_of, [OperationLine(3, None, origin_of("r", 8))], {"r", "child"})
    assert (beyond.theirs, beyond.returned) == (set(), {3})


def test_the_base_is_what_both_sides_knew_last() -> None:
    lines = [line(5, phone=("0", "1")), line(6, phone=("1", "2")), line(7, phone=("2", "3"))]
    assert own_news(lines, Receives())[KEY].base("phone") == "0"
    after = own_news(lines, Receives(theirs=frozenset({6})))[KEY]
    assert after.base("phone") == "2"
    assert not own_news(lines[:2], Receives(theirs=frozenset({6})))[KEY].has("phone")


def test_a_new_record_is_news_in_every_field_but_those_the_other_side_set() -> None:
    news = own_news([line(5, "insert"), line(6, phone=(None, "1"))], Receives(theirs=frozenset({6})))[KEY]
    assert news.has("name")
    assert news.base("name") is MISSING
    assert not news.has("phone")


def test_a_confirmed_value_is_news_though_nothing_changed() -> None:
    news = own_news([line(5, phone=("1", "1"))], Receives())[KEY]
    assert news.has("phone")
    assert news.touched == {"phone"}


def test_outgoing_revisions_name_the_exceptions() -> None:
    found = outgoing([line(4, "insert"), line(6, phone=(None, "1"))], Receives())[KEY]
    assert found.revisions() == {ALL_FIELDS: 4, "phone": 6}
    theirs = outgoing([line(4, "insert"), line(6, phone=(None, "1"))], Receives(theirs=frozenset({4})))[KEY]
    assert theirs.revisions() == {ALL_FIELDS: 0, "phone": 6}
    assert not outgoing([line(4, "insert")], Receives(theirs=frozenset({4})))[KEY].is_news
    back = outgoing([line(6, phone=(None, "1"))], Receives(returned=frozenset({6})))[KEY]
    assert back.revisions() == {f"{RETURNED}phone": 6}


@given(st.lists(st.sampled_from(["own", "theirs", "void"]), max_size=8))
def test_news_is_what_came_after_their_last_word(kinds: list[str]) -> None:
    lines = [line(number, f=(number, number + 1)) for number in range(1, len(kinds) + 1)]
    marked = {kind: frozenset(n for n, k in enumerate(kinds, 1) if k == kind) for kind in ("theirs", "void")}
    found = own_news(lines, Receives(marked["void"], marked["theirs"]))
    real = [(n, kind) for n, kind in enumerate(kinds, 1) if kind != "void"]
    last_theirs = max((n for n, kind in real if kind == "theirs"), default=0)
    ours = [n for n, kind in real if kind == "own" and n > last_theirs]
    assert (KEY in found and found[KEY].has("f")) == bool(ours)
    if ours:
        assert found[KEY].base("f") == ours[0]

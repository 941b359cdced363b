"""Identities: unique, the same everywhere where they are computed, and close together where records belong together."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from asn_desktop.storage.identity import natural_rid, new_rid

MOMENT = datetime(2026, 11, 21, 8, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(9999, 1, 1), timezones=st.just(UTC))
TEXTS = st.text(max_size=20)


@given(MOMENTS)
def test_a_new_identity_is_a_uuid_of_version_7_whatever_the_clock_says(moment: datetime) -> None:
    rid = new_rid(moment)
    assert str(uuid.UUID(rid)) == rid
    assert (uuid.UUID(rid).version, uuid.UUID(rid).variant) == (7, uuid.RFC_4122)


def test_ten_thousand_of_one_moment_differ() -> None:
    assert len({new_rid(MOMENT) for _number in range(10_000)}) == 10_000


def test_identities_follow_time_and_one_operation_stays_together() -> None:
    earlier, later = ({new_rid(moment) for _number in range(50)} for moment in (MOMENT, MOMENT + timedelta(minutes=1)))
    assert max(earlier) < min(later)
    assert len({rid[:13] for rid in earlier}) == 1


@given(st.lists(TEXTS, min_size=1, max_size=3), MOMENTS)
def test_the_same_thing_has_the_same_identity_beside_what_it_belongs_to(parts: list[str], moment: datetime) -> None:
    person = new_rid(moment)
    rid = natural_rid("evaluation", [person, *parts], near=person)
    assert rid == natural_rid("evaluation", [person, *parts], near=person)
    assert rid[:13] == person[:13]
    assert rid != person
    assert (uuid.UUID(rid).version, uuid.UUID(rid).variant) == (8, uuid.RFC_4122)


def test_another_person_period_or_table_is_another_thing() -> None:
    siti, budi = new_rid(MOMENT), new_rid(MOMENT)
    found = {
        natural_rid(table, [person, period], near=person)
        for table in ("evaluation", "participant")
        for person in (siti, budi)
        for period in ("2026-TW3", "2026-TW4")
    }
    assert len(found) == 8
    assert natural_rid("holiday", ["2026-12-25", "Natal"]) == natural_rid("holiday", ["2026-12-25", "Natal"])

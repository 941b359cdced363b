"""What two copies of one office say separately is kept apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from asn_desktop.personnel.model import Employee
from tests.integration.packages.offices import Site
from tests.integration.packages.test_two_offices import PERSON, introduce


@pytest.fixture
def second(kabupaten: Site, tmp_path: Path) -> Iterator[Callable[[], Site]]:
    """A second PC with a copy of the district's home, made when called."""
    made: list[Site] = []

    def make() -> Site:
        made.append(kabupaten.clone(tmp_path / f"pc-{len(made) + 2}"))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_the_list_of_one_copy_does_not_take_back_what_another_lists(
    kabupaten: Site, province: Site, second: Callable[[], Site]
) -> None:
    rid = kabupaten.add_person("Fatimah", PERSON, phone="1")
    introduce(kabupaten, province)
    other = second()
    province.edit(Employee, rid, phone="2")
    other.receive(province.send("11.12"))
    assert len(other.services.packages.conflicts("open")) == 1
    province.receive(other.send())
    waiting = province.services.packages.conflicts("waiting")
    assert len(waiting) == 1
    for _round in range(2):
        province.receive(kabupaten.send())  # knows nothing of it
        province.receive(other.send())
    assert province.services.packages.conflicts("waiting") == waiting
    assert province.services.packages.conflicts("closed") == []

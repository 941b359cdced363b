"""A province and districts for one test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.integration.packages.offices import Country, Site


@pytest.fixture(scope="session")
def country(tmp_path_factory: pytest.TempPathFactory) -> Country:
    return Country(tmp_path_factory.mktemp("negeri"))


@pytest.fixture
def site(country: Country, tmp_path: Path) -> Iterator[Callable[[str], Site]]:
    """Makes open sites by office code ("11" is the province); closed at the end."""
    made: list[Site] = []

    def make(code: str) -> Site:
        made.append(country.site(tmp_path, code))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def province(site: Callable[[str], Site]) -> Site:
    return site("11")


@pytest.fixture
def kabupaten(site: Callable[[str], Site]) -> Site:
    return site("11.12")

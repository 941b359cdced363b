"""A short year of three offices over files that get lost, repeated and re-saved; then every value is accounted for.

The long version is ``asn-dev exchange-year DIR``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.campaigns.year import QUARTERS, Year


@pytest.mark.campaign
def test_after_a_quarter_every_value_has_its_source(tmp_path: Path) -> None:
    year = Year(tmp_path, seed=4, people=2)
    account = year.run(QUARTERS[:1], rounds=1)
    assert account.unexplained == []
    assert account.values > 400
    assert any("11.12" in source.made_by for source in account.sources)
    assert any("11.13" in source.made_by for source in account.sources)
    assert year.story["lost"] + year.story["late"] > 0

"""Offices under loss, duplication, reordering, restore and clone: nothing anybody said gets lost.

The short version of ``asn-dev exchange-campaign``: always the same histories, so that a run of the suite says something
about the change it is run for; the campaign looks for new ones.
"""

from __future__ import annotations

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.campaigns.country import Templates, make_templates
from tests.campaigns.machine import Offices


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    return make_templates(tmp_path_factory.mktemp("negeri"))


@pytest.mark.campaign
def test_packages_in_any_order_lose_nothing(templates: Templates) -> None:
    machine = type("OfficesFromTemplates", (Offices,), {"templates": templates})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=4, stateful_step_count=25, deadline=None, derandomize=True, phases=[Phase.generate]
        ),
    )

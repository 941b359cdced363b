from __future__ import annotations

import pytest

from asn_desktop.services import Services
from tests.integration.appraisal.people import SmallOffice, small_office


@pytest.fixture
def kantor(office: Services) -> SmallOffice:
    return small_office(office)

"""What goes into the log never holds a person's data."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from asn_desktop.services import Services


def test_an_error_of_the_database_does_not_repeat_the_values(office: Services) -> None:
    with pytest.raises(DBAPIError) as caught, office.database.read() as connection:
        connection.execute(text("SELECT tidak_ada FROM unit WHERE name = :name"), {"name": "Kartini Contoh"})
    assert "Kartini" not in str(caught.value)

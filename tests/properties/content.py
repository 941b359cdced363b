"""The whole content of an office's database, for comparing before with after."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from asn_desktop.services import Services
from asn_desktop.storage.base import Base

Content = dict[str, dict[int, dict[str, Any]]]
_LOG = ("operation", "change")


def content(office: Services, *, versions: bool = False) -> Content:
    """Table → id → row, of every table but the log. ``version`` counts changes and is left out unless asked for."""
    found: Content = {}
    with office.database.read() as connection:
        for name, table in Base.metadata.tables.items():
            if name in _LOG:
                continue
            columns = [column for column in table.columns if versions or column.name != "version"]
            found[name] = {row["id"]: dict(row) for row in connection.execute(select(*columns)).mappings()}
    return found


def difference(one: Content, other: Content) -> list[tuple[str, int, Any, Any]]:
    """Table, id and both rows wherever the two differ."""
    return [
        (name, number, one[name].get(number), other[name].get(number))
        for name in one
        for number in one[name].keys() | other[name].keys()
        if one[name].get(number) != other[name].get(number)
    ]

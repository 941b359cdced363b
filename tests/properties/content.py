"""The whole content of an office's database, for comparing before with after."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from asn_desktop.services import Services
from asn_desktop.storage.base import Base

_LOG = ("operation", "change")


def content(office: Services, *, versions: bool = False) -> dict[str, dict[int, dict[str, Any]]]:
    """Table → id → row, of every table but the log. ``versions`` counts changes and is left out unless asked for."""
    found: dict[str, dict[int, dict[str, Any]]] = {}
    with office.database.read() as connection:
        for name, table in Base.metadata.tables.items():
            if name in _LOG:
                continue
            rows = {row["id"]: dict(row) for row in connection.execute(select(table)).mappings()}
            if not versions:
                for row in rows.values():
                    row.pop("version", None)
            found[name] = rows
    return found

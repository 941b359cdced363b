"""Tables: users of this office's file. Passphrases are not here; the key file holds what they unlock."""

from __future__ import annotations

from sqlalchemy import CheckConstraint

from asn_desktop.storage.base import Field, Record, field

ROLES = ("operator", "verifikator", "pimpinan", "admin", "auditor")


class User(Record):
    __tablename__ = "user"
    __table_args__ = (
        CheckConstraint("role IN ('operator','verifikator','pimpinan','admin','auditor')", "role"),
        {"sqlite_autoincrement": True},
    )

    name: Field[str] = field(unique=True)
    display_name: Field[str]
    role: Field[str]
    active: Field[bool] = field(default=True)

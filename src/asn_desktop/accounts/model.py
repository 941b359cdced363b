"""Tables: users of this office's file. Passphrases are not here; the key file holds what they unlock."""

from __future__ import annotations

from sqlalchemy import CheckConstraint

from asn_desktop.storage.base import Record, Stored, column

ROLES = ("operator", "verifikator", "pimpinan", "admin", "auditor")


class User(Record):
    __tablename__ = "user"
    __table_args__ = (CheckConstraint("role IN ('operator','verifikator','pimpinan','admin','auditor')", "role"),)

    name: Stored[str] = column(unique=True)
    display_name: Stored[str]
    role: Stored[str]
    active: Stored[bool] = column(default=True)

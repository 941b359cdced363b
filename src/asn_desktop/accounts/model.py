"""Tables: users of this office's file. Passphrases are not here; the key file holds what they unlock."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from asn_desktop.storage.base import Record

ROLES = ("operator", "verifikator", "pimpinan", "admin", "auditor")


class User(Record):
    __tablename__ = "user"
    __table_args__ = (
        CheckConstraint("role IN ('operator','verifikator','pimpinan','admin','auditor')", "role"),
        {"sqlite_autoincrement": True},
    )

    name: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str]
    role: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)

"""Declarative base and the columns every record shares."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


class Record(Base):
    """A record that travels: ``rid`` is its identity everywhere, ``id`` only joins tables in this file.

    ``version`` counts the changes of the record; a form sends back the one it read.

    ``natural_key`` names the columns that say which thing in the world a record is (this person in this period):
    its ``rid`` is then computed from them, so that two offices that note the same thing make the same record.
    """

    __abstract__ = True
    natural_key: ClassVar[tuple[str, ...]] = ()
    __table_args__: Any = {"sqlite_autoincrement": True}  # noqa: RUF012 - read by SQLAlchemy

    id: Mapped[int] = mapped_column(primary_key=True)
    rid: Mapped[str] = mapped_column(String(36), unique=True)
    version: Mapped[int] = mapped_column(default=1)

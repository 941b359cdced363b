"""Records: a class for each table, with its columns as attributes, and the columns that every record shares.

Written as in SQLAlchemy's declarative style, but made of its Core alone: rows here are read as tuples and written by
:mod:`unit_of_work`, so nothing needs its object-relational mapper, which is a quarter of what loading takes.
"""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any, ClassVar, TypeVar, cast

from sqlalchemy import Boolean, CheckConstraint, Column, ColumnClause, Date, Integer, MetaData, String, Table

from asn_desktop.core.catalogue import Entity

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
_ANNOTATION = re.compile(r"Stored\[(\w+)( \| None)?\]")
_TYPES: dict[str, Any] = {"str": String, "int": Integer, "bool": Boolean, "date": Date}
Stored = ColumnClause
"""The type of a column, as annotation; SQLAlchemy's ``Column`` takes those for another style."""
_Model = TypeVar("_Model", bound="Base")


def checks(entity: Entity) -> tuple[CheckConstraint, ...]:
    """The CHECKs of a table: each closed field holds one of its choices."""
    return tuple(
        CheckConstraint(f"{key} IN ({','.join(repr(value) for value in values)})", key)
        for key, values in entity.closed.items()
    )


def column(*parts: Any, **options: Any) -> Any:
    """What a column has beside its name, type and whether it may be empty, as SQLAlchemy's ``Column`` takes it."""
    return parts, options


class Base:
    """A subclass with a ``__tablename__`` is a table: ``name: Stored[str | None] = column(unique=True)``.

    The class stands for its table in queries.
    """

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)
    __table__: ClassVar[Table]
    __tablename__: ClassVar[str]
    __table_args__: ClassVar[tuple[Any, ...]] = ()
    """Constraints and indexes over several columns."""
    table_options: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls) -> None:
        if "__tablename__" not in vars(cls):
            return
        columns = [each for owner in cls.__mro__ for each in _columns_of(owner)]
        cls.__table__ = Table(cls.__tablename__, cls.metadata, *columns, *cls.__table_args__, **cls.table_options)
        for each in columns:
            setattr(cls, each.name, each)

    @classmethod
    def __clause_element__(cls) -> Table:
        return cls.__table__


def _columns_of(owner: type) -> list[Column[Any]]:
    found = []
    for name, annotation in vars(owner).get("__annotations__", {}).items():
        if kind := _ANNOTATION.fullmatch(annotation):
            parts, options = vars(owner).get(name, ((), {}))
            given = {"type_": _TYPES[kind[1]], "nullable": kind[2] is not None, **options}
            found.append(Column(name, *parts, **given))
    return found


def aliased(model: type[_Model]) -> type[_Model]:
    """A table once more in the same query, under a name of its own."""
    table = model.__table__.alias()
    return cast("type[_Model]", SimpleNamespace(**table.c, __clause_element__=lambda: table))


class Record(Base):
    """A record that travels: ``rid`` is its identity everywhere, ``id`` only joins tables in this file.

    ``version`` counts the changes of the record; a form sends back the one it read.

    ``natural_key`` names the columns that say which thing in the world a record is (this person in this period):
    its ``rid`` is then computed from them, so that two offices that note the same thing make the same record.
    """

    natural_key: ClassVar[tuple[str, ...]] = ()
    table_options: ClassVar[dict[str, Any]] = {"sqlite_autoincrement": True}

    id: Stored[int] = column(primary_key=True)
    rid: Stored[str] = column(type_=String(36), unique=True)
    version: Stored[int] = column(default=1)

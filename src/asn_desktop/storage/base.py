"""Tables written as classes: their attributes are SQLAlchemy's columns, and queries take them as they are.

    class Unit(Record):
        __tablename__ = "unit"
        name: Field[str]
        parent_id: Field[int | None] = field(ForeignKey("unit.id"))

    select(Unit.name).where(Unit.parent_id.is_(None))

This is all of a mapping that this program uses. SQLAlchemy's ORM would do it too, and with it come sessions (nobody
opens one), 40 modules and a mapper for each class: a sixth of the start (docs/decisions.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar, TypeVar, cast

from sqlalchemy import Boolean, Column, ColumnClause, Date, Integer, MetaData, String, Table
from sqlalchemy.schema import SchemaItem
from sqlalchemy.sql.selectable import NamedFromClause

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
_TYPES = {"bool": Boolean, "date": Date, "int": Integer, "str": String}
_FIELD = re.compile(r"Field\[(\w+)( \| None)?\]")

T = TypeVar("T", bound="Base")


Field = ColumnClause
"""How a column is declared: its Python type, ``| None`` where it may be empty. At run time it is a ``Column``."""


def field(*arguments: Any, **options: Any) -> Any:
    """What the declared type does not say, as ``sqlalchemy.Column`` takes it: foreign key, ``unique``, ``default``."""
    return arguments, options


def aliased(table: type[T]) -> type[T]:
    """The same table a second time in one statement, with columns of its own."""
    return cast("type[T]", _Aliased(table.__table__.alias()))


class Base:
    """A subclass with a ``__tablename__`` becomes a table; one without hands its columns on.

    ``__table_args__``: constraints and indexes, and options of the table as a dict.
    """

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)
    tables: ClassVar[dict[str, type[Base]]] = {}
    """Name of a table → its class, of all that are loaded."""
    __tablename__: ClassVar[str]
    __table__: ClassVar[Table]
    __table_args__: ClassVar[Any] = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "__tablename__" not in vars(cls):
            return
        given = cls.__table_args__ if isinstance(cls.__table_args__, tuple) else (cls.__table_args__,)
        options = {key: value for part in given if isinstance(part, dict) for key, value in part.items()}
        items = [part for part in given if not isinstance(part, dict)]
        cls.__table__ = Table(cls.__tablename__, Base.metadata, *_columns(cls), *items, **options)
        for made in cls.__table__.columns:
            setattr(cls, made.key, made)
        Base.tables[cls.__tablename__] = cls

    @classmethod
    def __clause_element__(cls) -> Table:
        """What SQLAlchemy takes where a table is expected."""
        return cls.__table__


class Record(Base):
    """A record that travels: ``rid`` is its identity everywhere, ``id`` only joins tables in this file.

    ``version`` counts the changes of the record; a form sends back the one it read.
    """

    __table_args__: ClassVar[Any] = {"sqlite_autoincrement": True}

    id: Field[int] = field(primary_key=True)
    rid: Field[str] = field(String(36), unique=True)
    version: Field[int] = field(default=1)


class _Aliased:
    def __init__(self, alias: NamedFromClause[Any]) -> None:
        self._alias = alias

    def __getattr__(self, name: str) -> Any:
        try:
            return self._alias.c[name]
        except KeyError:
            raise AttributeError(name) from None

    def __clause_element__(self) -> NamedFromClause[Any]:
        return self._alias


def _columns(owner: type[Base]) -> Iterator[Column[Any]]:
    """The annotated columns of a class and of those it inherits from, these first."""
    for part in reversed(owner.__mro__):
        for name, annotation in vars(part).get("__annotations__", {}).items():
            if annotation.startswith("ClassVar"):
                continue
            found = _FIELD.fullmatch(annotation)
            if found is None:
                raise TypeError(
                    f"{owner.__name__}.{name} is {annotation}: a field of a table is Column[…] of {[*_TYPES]}"
                )
            arguments, options = vars(part).get(name, field())
            kind, optional = found.groups()
            if not arguments or isinstance(arguments[0], SchemaItem):
                arguments = (_TYPES[kind], *arguments)
            yield Column(name, *arguments, nullable=bool(optional), **options)

"""What a sheet of a package is: columns in order, and how a row becomes an object. With its form as plain data.

The plain form (:func:`declared`, :func:`from_declaration`) is what a released schema is frozen as
(``resources/schemas``) and what the head of a package says of sheets that are not those of the oldest schema it can be
read with. Reader and digest go by it, so that a program can verify and keep what it does not know itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from asn_desktop.core.catalogue import Entity, Field, FieldKind
from asn_desktop.exchange.package import cell_values as values
from asn_desktop.exchange.package.cell_values import Kind, Unreadable
from asn_desktop.exchange.package.content import RETURNED, Place, RecordRow
from asn_desktop.exchange.package.protocol import BY_TABLE, LaterField, LaterTable
from asn_desktop.exchange.package.tables import PARENT, SHARED

LABEL = "?"
"""Before the key of a reference: the column that shows people what is referred to. Sealed, but not content."""

SYSTEM = "_"
"""Before the keys of what only the program needs."""

_KINDS = {FieldKind.INTEGER: Kind.INTEGER, FieldKind.BOOLEAN: Kind.BOOLEAN, FieldKind.DATE: Kind.DATE}


@dataclass(frozen=True, slots=True)
class Column:
    """``blank`` is the value of an empty cell: None, or the empty text where there is no difference to missing.

    ``target``: the table that a reference points to. ``handed_on``: the writer keeps it for somebody else without
    knowing it, and may hold no value where others do (see docs/exchange.md, "Versions").
    """

    key: str
    heading: str
    kind: Kind = Kind.TEXT
    hidden: bool = False
    blank: str | None = ""
    required: bool = False
    target: str = ""
    handed_on: bool = False


@dataclass(frozen=True, slots=True)
class PackageSheet:
    """One sheet; a row is a tuple of one value for each column.

    ``unpack`` makes the object of the package from such a row; it raises :class:`~.cell_values.Unreadable`.
    ``table``: of which table a sheet of records is, "" for others. ``everyones``: its records belong to no office.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    unpack: Callable[[Sequence[Any], Place], Any]
    table: str = ""
    everyones: bool = False

    @property
    def keys(self) -> list[str]:
        return [column.key for column in self.columns]

    @property
    def fields(self) -> list[Column]:
        """Of a sheet of records: what the records themselves say."""
        return [column for column in self.columns if column.key[:1] not in (LABEL, SYSTEM)]


SYSTEM_COLUMNS = (
    Column("_rid", "ID", hidden=True, required=True),
    Column("_kantor", "KANTOR", hidden=True),
    Column("_rev", "REVISI", Kind.INTEGER, hidden=True, required=True),
    Column("_ubah", "KOLOM YANG BERUBAH", hidden=True),
    Column("_oleh", "OLEH", hidden=True),
    Column("_pada", "PADA", hidden=True),
)


def entity_layout(entity: Entity, later: Sequence[LaterField] = ()) -> PackageSheet:
    """The sheet of one table: what people read first, what only the program needs hidden at the end.

    ``later``: fields of a newer program that are handed on with its records.
    """
    columns: list[Column] = []
    for field in entity.fields:
        if field.kind is FieldKind.REFERENCE:
            columns.append(Column(LABEL + field.key, field.heading))
        columns.append(_field_column(field))
    columns += (_later_column(field) for field in later)
    everyones = entity.table in SHARED
    return record_sheet(entity.sheet, entity.title, entity.table, (*columns, *SYSTEM_COLUMNS), everyones=everyones)


def later_layout(later: LaterTable) -> PackageSheet:
    """The sheet of a table that only a newer program knows."""
    columns = (*(_later_column(field) for field in later.fields), *SYSTEM_COLUMNS)
    return record_sheet(later.sheet, later.title, later.table, columns, everyones=later.everyones)


def _field_column(field: Field) -> Column:
    if field.kind is FieldKind.REFERENCE:
        return Column(field.key, f"{field.heading} (ID)", hidden=True, blank=None, target=field.target)
    return Column(field.key, field.heading, _KINDS.get(field.kind, Kind.TEXT), blank=None)


def _later_column(field: LaterField) -> Column:
    return Column(
        field.key, field.heading, Kind(field.kind), hidden=bool(field.target), blank=None, target=field.target,
        handed_on=True,
    )  # fmt: skip


def record_sheet(
    name: str, title: str, table: str, columns: tuple[Column, ...], *, everyones: bool = False
) -> PackageSheet:
    """A sheet of records with these columns, whichever of them this program knows.

    Values of fields that it does not know are in the form of the change log. What the writer hands on without knowing
    it is there only where it has it: an empty cell says something if it is named among the changes.
    """
    places = {column.key: at for at, column in enumerate(columns)}
    system = itemgetter(*(places[column.key] for column in SYSTEM_COLUMNS))
    fields = [(at, column) for at, column in enumerate(columns) if column.key[:1] not in (LABEL, SYSTEM)]
    at_of = [(column.key, at) for at, column in fields]
    known = {field.key for field in BY_TABLE[table].fields} if table in BY_TABLE else frozenset()
    opaque_days = [column.key for _at, column in fields if column.key not in known and column.kind is Kind.DATE]
    handed_on = [column.key for _at, column in fields if column.handed_on]
    shown = places.get(LABEL + PARENT.get(table, ""))

    def unpack(row: Sequence[Any], place: Place) -> RecordRow:
        rid, office, rev, revisions, changed_by, changed_at = system(row)
        found = {key: row[at] for key, at in at_of}
        changed = values.revisions_of(revisions)
        for key in opaque_days:
            if isinstance(found[key], date):
                found[key] = found[key].isoformat()
        for key in handed_on:
            if found[key] is None and key not in changed and RETURNED + key not in changed:
                del found[key]
        name = row[shown] or "" if shown is not None else ""
        return RecordRow(table, rid, office, rev, changed, found, changed_by, changed_at, place, name)

    return PackageSheet(name, title, columns, unpack, table, everyones)


# -- as plain data ----------------------------------------------------------------------------------------------------

_FLAGS = ("hidden", "required", "handed_on")


def declared(sheet: PackageSheet, *, headings: bool) -> dict[str, Any]:
    """The sheet as plain data; ``headings`` with the words that people read."""
    found: dict[str, Any] = {"columns": [_declared_column(column, headings) for column in sheet.columns]}
    if sheet.table:
        found["table"] = sheet.table
    if sheet.everyones:
        found["everyones"] = True
    if headings:
        found["title"] = sheet.title
    return found


def _declared_column(column: Column, headings: bool) -> dict[str, Any]:
    found: dict[str, Any] = {"key": column.key, "kind": column.kind.value, "blank": column.blank}
    found |= {flag: True for flag in _FLAGS if getattr(column, flag)}
    if column.target:
        found["target"] = column.target
    if headings:
        found["heading"] = column.heading
    return found


def from_declaration(
    name: str,
    said: Mapping[str, Any],
    headings: Mapping[str, str],
    unpack_side: Callable[[str, tuple[Column, ...]], Callable[[Sequence[Any], Place], Any]],
) -> PackageSheet:
    """The inverse of :func:`declared`. Raises :class:`Unreadable`.

    ``headings``: of columns that it says none of. ``unpack_side(name, columns)`` gives the ``unpack`` of a sheet of
    something else than records.
    """
    try:
        table = str(said.get("table", ""))
        columns = tuple(_column_of(column, headings) for column in said["columns"])
        title = str(said.get("title", "")) or (BY_TABLE[table].title if table in BY_TABLE else name)
        if len({column.key for column in columns}) != len(columns):
            raise Unreadable("layout")
        if table:
            return record_sheet(name, title, table, columns, everyones=said.get("everyones") is True)
        return PackageSheet(name, title, columns, unpack_side(name, columns))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable("layout") from error


def _column_of(said: Mapping[str, Any], headings: Mapping[str, str]) -> Column:
    key, blank = said["key"], said["blank"]
    if not isinstance(key, str) or not key or blank not in (None, ""):
        raise Unreadable("layout")
    heading = str(said.get("heading") or headings.get(key, key))
    flags = {flag: said.get(flag) is True for flag in _FLAGS}
    return Column(key, heading, Kind(said["kind"]), blank=blank, target=str(said.get("target", "")), **flags)

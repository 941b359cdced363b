"""Which sheets and columns a package of each schema has: data for the writer and the reader.

The layout of a released schema is frozen as a file in ``resources/schemas`` and never changes again; what this program
writes, :data:`CURRENT`, follows from the catalogue. A test compares the two. How a schema goes up: docs/exchange.md.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from operator import itemgetter
from typing import Any

from asn_desktop.core.catalogue import Entity, FieldKind
from asn_desktop.core.i18n import N_
from asn_desktop.environment.resources import resource_path
from asn_desktop.exchange.package import cell_values as values
from asn_desktop.exchange.package.cell_values import Kind, Unreadable
from asn_desktop.exchange.package.content import (
    Acknowledgement,
    OpenConflict,
    PackageContent,
    PeriodStatus,
    Place,
    RecordRow,
    Rejection,
    Tombstone,
)
from asn_desktop.exchange.package.protocol import BY_TABLE, ENTITIES, READS, SCHEMA, LaterField, LaterTable
from asn_desktop.exchange.package.sheets import (
    Column,
    PackageSheet,
    declared,
    entity_layout,
    from_declaration,
    later_layout,
)
from asn_desktop.storage.base import Base

CONTINUED = "~"
"""Between a key and the number of a further column, where a text needs more than one cell: ``text~2``."""

KEY_ROW, FIRST_ROW = 1, 2
"""The hidden row of machine keys, and the first one of data; counted from 0."""


@dataclass(frozen=True, slots=True)
class Side:
    """A sheet of something else than records. ``part``: the field of :class:`PackageContent` it holds."""

    layout: PackageSheet
    part: str
    pack: Callable[[Any], tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Layout:
    """All sheets of a package. ``sides``: the part of :class:`PackageContent` → its sheet; ``ignored``: sheets that
    this program can verify and has no use for."""

    schema: int
    entities: tuple[PackageSheet, ...]
    sides: Mapping[str, PackageSheet]
    ignored: tuple[PackageSheet, ...] = ()

    def sheets(self) -> dict[str, PackageSheet]:
        return {sheet.name: sheet for sheet in (*self.entities, *self.sides.values(), *self.ignored)}


def record_packer(
    entity: Entity, label: Callable[[str, str], str], later: Sequence[LaterField] = ()
) -> Callable[[RecordRow], list[Any]]:
    """What puts a record's values in the order of its sheet's columns. ``label`` tells people what a reference
    refers to; ``later``: the fields that are handed on with it."""
    if later:
        return _handing_on(entity, label, later)
    keys: list[str] = []
    labels: list[tuple[int, str]] = []
    for field in entity.fields:
        if field.kind is FieldKind.REFERENCE:
            labels.append((len(keys), field.target))
            keys.append(field.key)  # stands twice: the label's place and its own
        keys.append(field.key)
    in_order = itemgetter(*keys)

    def pack(row: RecordRow) -> list[Any]:
        packed = list(in_order(row.values))
        for at, target in labels:
            packed[at] = label(target, packed[at]) if packed[at] else ""
        packed += (row.rid, row.office, row.rev, values.revisions_text(row.revisions), row.changed_by, row.changed_at)
        return packed

    return pack


def _handing_on(
    entity: Entity, label: Callable[[str, str], str], later: Sequence[LaterField]
) -> Callable[[RecordRow], list[Any]]:
    own = record_packer(entity, label) if entity.fields else None
    days = {field.key for field in later if field.kind == Kind.DATE}

    def value(row: RecordRow, key: str) -> Any:
        found = row.values.get(key)
        return date.fromisoformat(found) if key in days and found is not None else found

    def pack(row: RecordRow) -> list[Any]:
        system = (row.rid, row.office, row.rev, values.revisions_text(row.revisions), row.changed_by, row.changed_at)
        known = own(row)[: -len(system)] if own is not None else []
        return [*known, *(value(row, field.key) for field in later), *system]

    return pack


def _must(key: str, heading: str, kind: Kind = Kind.TEXT) -> Column:
    return Column(key, heading, kind, required=True)


_TOMBSTONES = Side(
    PackageSheet(
        "_hapus",
        N_("Yang dihapus"),
        (
            _must("entity", "TABEL"),
            Column("reason", "ALASAN"),
            Column("changed_by", "OLEH"),
            Column("changed_at", "PADA"),
            Column("_rid", "ID", hidden=True, required=True),
            Column("_kantor", "KANTOR", hidden=True),
            Column("_rev", "REVISI", Kind.INTEGER, hidden=True, required=True),
        ),
        lambda row, place: Tombstone(row[0], row[4], row[5], row[6], row[1], row[2], row[3], place),
    ),
    "tombstones",
    lambda item: (item.entity, item.reason, item.changed_by, item.changed_at, item.rid, item.office, item.rev),
)

_CONFLICTS = Side(
    PackageSheet(
        "_konflik",
        N_("Perbedaan yang belum diputuskan"),
        (
            _must("entity", "TABEL"),
            Column("field", "KOLOM"),
            _must("base", "NILAI SEMULA"),
            _must("local", "NILAI PENGIRIM"),
            _must("incoming", "NILAI PENERIMA"),
            Column("since", "SEJAK"),
            Column("_rid", "ID", hidden=True, required=True),
        ),
        lambda row, _place: OpenConflict(
            row[0], row[6], row[1], values.any_of(row[2]), values.any_of(row[3]), values.any_of(row[4]), row[5]
        ),
    ),
    "conflicts",
    lambda item: (
        item.entity,
        item.field,
        values.any_text(item.base),
        values.any_text(item.local),
        values.any_text(item.incoming),
        item.since,
        item.rid,
    ),
)

_REJECTIONS = Side(
    PackageSheet(
        "_tolak",
        N_("Yang tidak dapat diterima"),
        (
            _must("entity", "TABEL"),
            Column("message", "ALASAN"),
            Column("code", "KODE"),
            Column("package_id", "PAKET"),
            Column("_rid", "ID", hidden=True, required=True),
        ),
        lambda row, _place: Rejection(row[0], row[4], row[3], row[2], row[1]),
    ),
    "rejections",
    lambda item: (item.entity, item.message, item.code, item.package_id, item.rid),
)

_ACKNOWLEDGEMENTS = Side(
    PackageSheet(
        "_tanda_terima",
        N_("Tanda terima"),
        (
            _must("seq", "NOMOR PAKET", Kind.INTEGER),
            Column("received_at", "DITERIMA"),
            Column("received_by", "OLEH"),
            _must("counts", "HASIL"),
            _must("package_id", "ID PAKET"),
            _must("digest", "SIDIK ISI"),
        ),
        lambda row, _place: Acknowledgement(row[4], row[0], row[5], row[1], row[2], values.counts_of(row[3])),
    ),
    "acknowledgements",
    lambda item: (
        item.seq, item.received_at, item.received_by, values.counts_text(item.counts), item.package_id, item.digest
    ),
)  # fmt: skip

_PERIODS = Side(
    PackageSheet(
        "_periode",
        N_("Kemajuan periode"),
        (
            _must("code", "PERIODE"),
            _must("closed", "DITUTUP", Kind.BOOLEAN),
            _must("evaluations", "EVALUASI", Kind.INTEGER),
            _must("rated", "SUDAH DINILAI", Kind.INTEGER),
            _must("final", "FINAL", Kind.INTEGER),
        ),
        lambda row, _place: PeriodStatus(*row),
    ),
    "periods",
    lambda item: (item.code, item.closed, item.evaluations, item.rated, item.final),
)

SIDES = (_TOMBSTONES, _CONFLICTS, _REJECTIONS, _ACKNOWLEDGEMENTS, _PERIODS)

CURRENT = Layout(SCHEMA, tuple(map(entity_layout, ENTITIES)), {side.part: side.layout for side in SIDES})
"""What this program writes."""


def written(later: Iterable[LaterTable]) -> Layout:
    """What this program writes when it hands that on."""
    by_table = {table.table: table for table in later}
    if not by_table:
        return CURRENT
    known = tuple(
        entity_layout(BY_TABLE[sheet.table], by_table[sheet.table].fields) if sheet.table in by_table else sheet
        for sheet in CURRENT.entities
    )
    unknown = tuple(later_layout(table) for name, table in by_table.items() if name not in BY_TABLE)
    return replace(CURRENT, entities=(*known, *unknown))


def beyond(layout: Layout) -> dict[str, Any]:
    """What a package has to declare: its sheets that are not those of the oldest schema it can be read with."""
    oldest = frozen(READS)
    found: dict[str, Any] = {
        name: declared(sheet, headings=True)
        for name, sheet in layout.sheets().items()
        if declared(sheet, headings=False) != oldest.get(name)
    }
    return found | dict.fromkeys(oldest.keys() - layout.sheets().keys())


def later_tables(layout: Layout, schema: int) -> list[LaterTable]:
    """What the sheets of a package hold that this program does not know."""
    found = []
    for sheet in layout.entities:
        known = {field.key for field in BY_TABLE[sheet.table].fields} if sheet.table in BY_TABLE else frozenset()
        fields = tuple(
            LaterField(column.key, column.kind.value, column.heading, column.target)
            for column in sheet.fields
            if column.key not in known
        )
        if fields:
            found.append(LaterTable(sheet.table, sheet.name, sheet.title, sheet.everyones, schema, fields))
    return found


_SIDE_OF = {side.layout.name: side for side in SIDES}


def layout_of(schema: int, declarations: Mapping[str, Any]) -> Layout:
    """Sheets from their plain form (sheet → :func:`~.sheets.declared`, None for no such sheet). Raises
    :class:`Unreadable`, also for a table or a column that never travels."""
    entities: list[PackageSheet] = []
    sides: dict[str, PackageSheet] = {}
    ignored: list[PackageSheet] = []
    for name, said in declarations.items():
        if said is None:
            continue
        if not isinstance(said, Mapping):
            raise Unreadable("layout")
        sheet = from_declaration(name, said, _headings(name), _unpack_side)
        if sheet.table:
            _refuse_what_stays_at_home(sheet)
            entities.append(sheet)
        elif name in _SIDE_OF:
            sides[_SIDE_OF[name].part] = sheet
        else:
            ignored.append(sheet)
    return Layout(schema, tuple(sorted(entities, key=_order)), sides, tuple(ignored))


_NOT_FIELDS = frozenset({"id", "rid", "version", "office", "owner"})


def _refuse_what_stays_at_home(sheet: PackageSheet) -> None:
    """Nobody's package may bring users, notes of counselling sessions, or what is computed here."""
    mapped = Base.metadata.tables.get(sheet.table)
    if mapped is not None and sheet.table not in BY_TABLE:
        raise Unreadable("layout")
    own = set(mapped.columns.keys()) if mapped is not None else set()
    own -= {field.key for field in BY_TABLE[sheet.table].fields} if sheet.table in BY_TABLE else set()
    if any(column.key in _NOT_FIELDS or column.key in own for column in sheet.fields):
        raise Unreadable("layout")


def _order(sheet: PackageSheet) -> int:
    """Records that others refer to come first; those of tables that only a newer program knows come last."""
    return next((at for at, entity in enumerate(ENTITIES) if entity.table == sheet.table), len(ENTITIES))


@cache
def _headings(name: str) -> Mapping[str, str]:
    sheet = CURRENT.sheets().get(name)
    return {column.key: column.heading for column in sheet.columns} if sheet is not None else {}


def _unpack_side(name: str, columns: tuple[Column, ...]) -> Callable[[Sequence[Any], Place], Any]:
    """A side sheet whose columns may be more than ours."""
    side = _SIDE_OF.get(name)
    if side is None:
        return lambda _row, _place: None
    places = {column.key: at for at, column in enumerate(columns)}
    ours = [places[key] for key in side.layout.keys]
    if ours == list(range(len(columns))):
        return side.layout.unpack
    pick = itemgetter(*ours)
    return lambda row, place: side.layout.unpack(pick(row), place)


def declarations(layout: Layout, *, headings: bool) -> dict[str, Any]:
    """The plain form of all sheets."""
    return {name: declared(sheet, headings=headings) for name, sheet in layout.sheets().items()}


# -- frozen -----------------------------------------------------------------------------------------------------------


def frozen_name(schema: int) -> str:
    return f"package-{schema}.json"


@cache
def frozen(schema: int) -> Mapping[str, Any]:
    """The sheets of a released schema in their plain form, as they were when it was released."""
    found: dict[str, Any] = json.loads(resource_path("schemas", frozen_name(schema)).read_text(encoding="utf-8"))
    return found


@cache
def released(schema: int) -> Layout:
    """The layout of a released schema. Raises :class:`FileNotFoundError` for one that is not frozen yet."""
    return layout_of(schema, frozen(schema))


UPGRADES: Mapping[int, Callable[[PackageContent], PackageContent]] = {}
"""Schema → what makes its content that of the next one, where fields have changed their meaning. Fields and tables that
were only added need nothing: what a file does not carry is not looked at."""

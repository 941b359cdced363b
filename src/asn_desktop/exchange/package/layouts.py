"""Which sheets and columns a package of each schema has: data for the writer and the reader.

A new schema adds its layout to :data:`LAYOUTS` and a step to :data:`UPGRADES`; the layouts before it stay, so that
packages of offices that have not updated yet are still read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from asn_desktop.core.i18n import N_
from asn_desktop.exchange.package import cell_values as values
from asn_desktop.exchange.package.cell_values import Kind
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
from asn_desktop.exchange.package.protocol import ENTITIES, SCHEMA, Entity, Field, FieldKind

LABEL = "?"
"""Before the key of a reference: the column that shows people what is referred to. Sealed, but not content."""

CONTINUED = "~"
"""Between a key and the number of a further column, where a text needs more than one cell: ``text~2``."""

KEY_ROW, FIRST_ROW = 1, 2
"""The hidden row of machine keys, and the first one of data; counted from 0."""

_KINDS = {FieldKind.INTEGER: Kind.INTEGER, FieldKind.BOOLEAN: Kind.BOOLEAN, FieldKind.DATE: Kind.DATE}


@dataclass(frozen=True, slots=True)
class Column:
    """``blank`` is the value of an empty cell: None, or the empty text where there is no difference to missing."""

    key: str
    heading: str
    kind: Kind = Kind.TEXT
    hidden: bool = False
    blank: str | None = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """One sheet; a row is a tuple of one value for each column.

    ``unpack`` makes the object of the package from such a row; it raises :class:`~.cell_values.Unreadable`.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    unpack: Callable[[Sequence[Any], Place], Any]
    entity: Entity | None = None

    @property
    def keys(self) -> list[str]:
        return [column.key for column in self.columns]


@dataclass(frozen=True, slots=True)
class Side:
    """A sheet of something else than records. ``part``: the field of :class:`PackageContent` it holds."""

    layout: SheetLayout
    part: str
    pack: Callable[[Any], tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Layout:
    """All sheets of one schema."""

    schema: int
    entities: tuple[SheetLayout, ...]
    sides: tuple[Side, ...]

    def sheets(self) -> dict[str, SheetLayout]:
        return {sheet.name: sheet for sheet in (*self.entities, *(side.layout for side in self.sides))}


def record_packer(entity: Entity, label: Callable[[str, str], str]) -> Callable[[RecordRow], list[Any]]:
    """What puts a record's values in the order of its sheet's columns. ``label`` tells people what a reference
    refers to."""
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


def entity_layout(entity: Entity) -> SheetLayout:
    """The sheet of one table: what people read first, what only the program needs hidden at the end."""
    columns: list[Column] = []
    at: list[tuple[str, int]] = []
    for field in entity.fields:
        if field.kind is FieldKind.REFERENCE:
            columns.append(Column(LABEL + field.key, field.heading))
        at.append((field.key, len(columns)))
        columns.append(_field_column(field))
    first = len(columns)
    columns += (
        Column("_rid", "ID", hidden=True, required=True),
        Column("_kantor", "KANTOR", hidden=True),
        Column("_rev", "REVISI", Kind.INTEGER, hidden=True, required=True),
        Column("_ubah", "KOLOM YANG BERUBAH", hidden=True),
        Column("_oleh", "OLEH", hidden=True),
        Column("_pada", "PADA", hidden=True),
    )

    def unpack(row: Sequence[Any], place: Place) -> RecordRow:
        rid, office, rev, revisions, changed_by, changed_at = row[first:]
        found = {key: row[position] for key, position in at}
        changed = values.revisions_of(revisions)
        return RecordRow(entity.table, rid, office, rev, changed, found, changed_by, changed_at, place)

    return SheetLayout(entity.sheet, entity.title, tuple(columns), unpack, entity)


def _field_column(field: Field) -> Column:
    if field.kind is FieldKind.REFERENCE:
        return Column(field.key, f"{field.heading} (ID)", hidden=True, blank=None)
    return Column(field.key, field.heading, _KINDS.get(field.kind, Kind.TEXT), blank=None)


def _must(key: str, heading: str, kind: Kind = Kind.TEXT) -> Column:
    return Column(key, heading, kind, required=True)


_TOMBSTONES = Side(
    SheetLayout(
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
    SheetLayout(
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
    SheetLayout(
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
    SheetLayout(
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
    SheetLayout(
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

LAYOUTS: Mapping[int, Layout] = {
    1: Layout(
        1,
        tuple(entity_layout(entity) for entity in ENTITIES),
        (_TOMBSTONES, _CONFLICTS, _REJECTIONS, _ACKNOWLEDGEMENTS, _PERIODS),
    ),
}
"""Schema → its sheets."""

UPGRADES: Mapping[int, Callable[[PackageContent], PackageContent]] = {}
"""Schema → what makes its content that of the next one."""

CURRENT = LAYOUTS[SCHEMA]

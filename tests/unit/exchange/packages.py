"""Packages for the tests of their file: any content, and how two contents are compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from asn_desktop.core.catalogue import Entity, FieldKind
from asn_desktop.exchange.package.content import (
    Acknowledgement,
    OpenConflict,
    PackageContent,
    PackageHead,
    PackageKind,
    PeriodStatus,
    RecordRow,
    Rejection,
    Replica,
    Tombstone,
)
from asn_desktop.exchange.package.protocol import BY_TABLE, ENTITIES, SCHEMA

HEAD = PackageHead(
    package_id="5f8a2c1e-0000-4000-8000-000000000001",
    kind=PackageKind.DELTA,
    schema=SCHEMA,
    office="11.12",
    office_name="BKPSDM Kabupaten Contoh",
    role="district",
    to="11",
    replica=Replica(
        "replika-kabupaten",
        epoch=2,
        parent="replika-lama",
        forked_at=40,
        parent_retired=True,
        ancestors=(("replika-pertama", 7, False),),
    ),
    seq=17,
    since_rev=380,
    to_rev=455,
    merged={"replika-provinsi": 412},
    passes_on={"11.12": {"replika-lama": 40, "replika-lain": 3}},
    brought={400: ("replika-provinsi", 380), 431: ("replika-lain", 3)},
    sample=True,
    app="0.1.0",
    made_by="Siti Contoh",
    made_at="2026-11-21T08:00:00+07:00",
)

NASTY = (
    "", " ", " depan", "belakang ", "\u00a0", "baris\nkedua", "baris\r\nkedua", "\r", "\t", "'petik", "=1+1",
    "=cmd|'/C calc'!A0", "+62 812", "-5", "@SUM(A1)", "_x000D_", "a_x000D_\nb", "_x005F_x000D_", "\\", '\\"a"', "\x00",
    "\x1f", "\x7f", "\x85", "\u2028", "\ufeff", "\ufffe", "\ud800", "e\u0301", "é", "😀", "<b>&amp;</b>", "]]>",
    "<!DOCTYPE x>", "<!ENTITY y>", "1", "00123", "198501152010011023", "1E5", "1,5", "TRUE", "Ya", "#REF!",
    "2026-01-01", "NULL", "[KOSONG]", "a" * 33_000, "😀" * 20_000, " " * 40_000, "a\n" * 20_000, "_x000D_" * 5_000,
)  # fmt: skip
"""Texts that some spreadsheet program or XML parser would like to change."""

_TEXTS = st.one_of(
    st.sampled_from([text for text in NASTY if len(text) < 100]), st.text(st.characters(codec=None), max_size=40)
)
_SHORT = st.text(st.characters(codec=None), max_size=12)
_REVISIONS = st.integers(0, 10**12)
_VALUES: dict[FieldKind, st.SearchStrategy[Any]] = {
    FieldKind.TEXT: _TEXTS,
    FieldKind.LONG: _TEXTS,
    FieldKind.INTEGER: st.integers(-(10**20), 10**20),
    FieldKind.BOOLEAN: st.booleans(),
    FieldKind.DATE: st.dates(),
    FieldKind.REFERENCE: st.uuids().map(str),
}


def record(table: str, rid: str, **values: Any) -> RecordRow:
    """A record with the given values, all others missing."""
    entity = BY_TABLE[table]
    every = dict.fromkeys((field.key for field in entity.fields), None)
    assert values.keys() <= every.keys()
    return RecordRow(table, rid, "11.12" if entity.owned else "", 45, {"*": 45}, {**every, **values}, "siti", "2026")


def small() -> PackageContent:
    """A few records with every kind of value, and something in every other sheet."""
    people = [
        record("employee", "p1", nip="198501152010011023", name="Ani Contoh", birth_date=date(1985, 1, 15), active=True,
               unit_id="u1", service_years=16, phone="0812", address="Jl. Contoh\nNo. 1"),
        record("employee", "p2", nip="199002022015022002", name="Budi Contoh", birth_date=date(1990, 2, 2), active=False,
               unit_id="u1", superior_id="p1", service_years=11),
    ]  # fmt: skip
    return PackageContent(
        HEAD,
        (record("unit", "u1", code="01", name="Dinas Contoh", kind="OPD", workdays=5), *people,
         record("skp", "s1", employee_id="p1", starts=date(2026, 1, 1), ends=date(2026, 12, 31), kind="JA"),
         record("rhk", "r1", skp_id="s1", position=1, text="Rencana " * 5_000)),
        (Tombstone("employee", "p9", "11.12", 44, "salah ketik", "siti", "2026-11-01"),),
        (OpenConflict("employee", "p1", "phone", None, "0812", "0813", "2026-11-02"),
         OpenConflict("employee", "p1", "birth_date", date(1985, 1, 1), True, 5, "2026-11-02")),
        (Rejection("skp", "s7", "paket-lama", "ASN-1", "pegawai tidak ada"),),
        (Acknowledgement("paket-lama", 3, "ab" * 32, "2026-11-03", "budi", {"new": 4, "same": 2}),),
        (PeriodStatus("2026-TW3", True, 120, 118, 110),),
    )  # fmt: skip


def _entity_rows(entity: Entity) -> st.SearchStrategy[list[RecordRow]]:
    fields = {field.key: st.none() | _VALUES[field.kind] for field in entity.fields}
    keys = st.sampled_from(["*", *fields])
    row = st.builds(
        RecordRow, st.just(entity.table), st.uuids().map(str), _SHORT, _REVISIONS,
        st.dictionaries(keys, _REVISIONS, max_size=4), st.fixed_dictionaries(fields), _SHORT, _SHORT,
    )  # fmt: skip
    return st.lists(row, max_size=3, unique_by=lambda row: row.rid)


_ANY = st.one_of(st.none(), st.booleans(), st.integers(), st.dates(), _TEXTS)
_TABLES = st.sampled_from(sorted(BY_TABLE))
_COUNTS = st.dictionaries(st.sampled_from(["new", "changed", "same"]), st.integers(0, 10**6))
_HEADS = st.builds(
    PackageHead, st.uuids().map(str), st.sampled_from(PackageKind), st.just(SCHEMA), _SHORT, _TEXTS, _SHORT, _SHORT,
    st.builds(Replica, st.uuids().map(str), st.integers(0, 99), _SHORT, _REVISIONS, st.booleans(),
              st.lists(st.tuples(_SHORT, _REVISIONS, st.booleans()), max_size=3).map(tuple)),
    st.integers(0, 10**6), _REVISIONS, _REVISIONS, st.dictionaries(st.uuids().map(str), _REVISIONS, max_size=60),
    st.booleans(), _SHORT, _SHORT, _SHORT,
    passes_on=st.dictionaries(_SHORT, st.dictionaries(st.uuids().map(str), _REVISIONS, max_size=3), max_size=3),
    brought=st.dictionaries(_REVISIONS, st.tuples(st.uuids().map(str), _REVISIONS), max_size=60),
)  # fmt: skip


@st.composite
def contents(draw: st.DrawFn) -> PackageContent:
    """Any package the types allow, records of a few tables at a time."""
    chosen = draw(st.sets(st.sampled_from([entity.table for entity in ENTITIES]), max_size=4))
    rows = [row for entity in ENTITIES if entity.table in chosen for row in draw(_entity_rows(entity))]
    buried = st.builds(Tombstone, _TABLES, st.uuids().map(str), _SHORT, _REVISIONS, _TEXTS, _SHORT, _SHORT)
    conflict = st.builds(OpenConflict, _TABLES, st.uuids().map(str), _SHORT, _ANY, _ANY, _ANY, _SHORT)
    rejection = st.builds(Rejection, _TABLES, st.uuids().map(str), _SHORT, _SHORT, _TEXTS)
    received = st.builds(Acknowledgement, _SHORT.filter(bool), _REVISIONS, _SHORT.filter(bool), _SHORT, _SHORT, _COUNTS)
    period = st.builds(PeriodStatus, st.just("2026-TW1"), st.booleans(), _REVISIONS, _REVISIONS, _REVISIONS)
    return PackageContent(
        draw(_HEADS), tuple(rows), tuple(draw(st.lists(buried, max_size=2))),
        tuple(draw(st.lists(conflict, max_size=2))), tuple(draw(st.lists(rejection, max_size=2))),
        tuple(draw(st.lists(received, max_size=2))), tuple(draw(st.lists(period, max_size=1))),
    )  # fmt: skip


def comparable(content: PackageContent) -> PackageContent:
    """Without what only a read package has: places and counts."""
    return replace(
        content,
        head=replace(content.head, rows={}),
        rows=tuple(replace(row, place=None) for row in content.rows),
        tombstones=tuple(replace(row, place=None) for row in content.tombstones),
    )

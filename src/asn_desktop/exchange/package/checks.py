"""What a record must be to be taken: complete, within its lists of values, unique, and referring to what is here.

A sealed package of this program passes; another program, an edited copy or a clash of two offices may not.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, UniqueConstraint, select

from asn_desktop.core.catalogue import Entity, Field
from asn_desktop.core.chunks import chunks
from asn_desktop.core.i18n import _
from asn_desktop.exchange.package import tables
from asn_desktop.exchange.package.log_reading import Identities
from asn_desktop.exchange.package.protocol import BY_TABLE

Refusal = tuple[str, str]
"""Code and message."""


@cache
def _required(table: str) -> tuple[str, ...]:
    columns = tables.table_of(table).c
    return tuple(field.key for field in BY_TABLE[table].fields if not columns[field.key].nullable and not field.derived)


@cache
def unique_keys(table: str) -> tuple[tuple[str, ...], ...]:
    """The column combinations that may stand only once."""
    found = []
    for constraint in tables.table_of(table).constraints:
        if isinstance(constraint, UniqueConstraint):
            names = tuple(column.name for column in constraint.columns)
            if names != ("rid",):
                found.append(names)
    return tuple(sorted(found))


def incomplete(entity: Entity, values: Mapping[str, Any]) -> Refusal | None:
    """Why values that are to be written (all of a new record, some of another) cannot be."""
    if entity.table not in BY_TABLE:  # only a newer program can tell
        return None
    for name in _required(entity.table):
        if name in values and values[name] is None:
            return "empty", _("Kolom {column} kosong, padahal wajib.").format(column=entity[name].heading)
    for name, allowed in entity.closed.items():
        value = values.get(name)
        if value is not None and value not in allowed:
            text = _("Isi kolom {column} tidak dikenal: {value}.")
            return "unknown_value", text.format(column=entity[name].heading, value=value)
    if entity.table == "training_event":
        starts, ends = values.get("starts"), values.get("ends")
        if starts and ends and ends < starts:
            return "date_order", _("Tanggal selesai lebih awal daripada tanggal mulai.")
    return None


def contradicting_predicate(values: Mapping[str, Any], predicate: Callable[[str, str], str]) -> Refusal | None:
    """A predicate follows from its two ratings; one that does not fit them was not made by this program."""
    result, behaviour = values.get("result_rating"), values.get("behaviour_rating")
    try:
        expected = predicate(result, behaviour) if result and behaviour else None
    except (KeyError, ValueError):
        return "unknown_value", _("Rating tidak dikenal: {value}.").format(value=f"{result} / {behaviour}")
    if values.get("predicate") == expected:
        return None
    text = _("Predikat {given} tidak cocok dengan kedua ratingnya ({expected}).")
    return "predicate", text.format(given=values.get("predicate") or "-", expected=expected or "-")


def period_closed() -> Refusal:
    return "period_closed", _("Triwulan sudah ditutup di sini. Minta kantor pemilik data membukanya kembali.")


def missing_reference(field: Field) -> Refusal:
    text = _("{column} menunjuk {what} yang tidak ada di sini dan tidak ikut terkirim.")
    return "missing_reference", text.format(column=field.heading, what=_(BY_TABLE[field.target].title).lower())


# -- references -----------------------------------------------------------------------------------------------


def without_missing_references(
    inserts: Mapping[str, Mapping[str, Mapping[str, Any]]],
    updates: Iterable[tuple[str, str, Mapping[str, Any]]],
    identities: Identities,
    going: Collection[tuple[str, str]],
) -> dict[tuple[str, str], Refusal]:
    """Records that refer to something neither here nor brought along, and whatever refers to those in turn.

    ``inserts``: table → rid → values; ``updates``: (table, rid, changed values); ``going``: removed by the package.
    """
    refused: dict[tuple[str, str], Refusal] = {}
    pending = [(table, rid, values) for table, rows in inserts.items() for rid, values in rows.items()]
    pending += list(updates)
    for entity in BY_TABLE.values():
        for field in entity.references:
            wanted = {values.get(field.key) for table, _rid, values in pending if table == entity.table}
            identities.ids(field.target, wanted)
    here = {name: identities.ids(name, ()) for name in BY_TABLE}
    references = {name: entity.references for name, entity in BY_TABLE.items()}
    while True:
        found: dict[tuple[str, str], Refusal] = {}
        for table, rid, values in pending:
            if (table, rid) in refused:
                continue
            for field in references[table]:
                target = values.get(field.key)
                if target is None:
                    continue
                key = (field.target, target)
                stays = here[field.target].get(target) is not None and key not in going
                comes = target in inserts.get(field.target, ()) and key not in refused
                if not stays and not comes:
                    found[table, rid] = missing_reference(field)
                    break
        if not found:
            return refused
        refused |= found


# -- uniqueness -----------------------------------------------------------------------------------------------


def already_taken(
    connection: Connection,
    table: str,
    candidates: Sequence[tuple[str, Mapping[str, Any]]],
    identities: Identities,
) -> dict[str, Refusal]:
    """rid → refusal, of candidates (rid, whole values with local ``office``) whose key another record has."""
    refused: dict[str, Refusal] = {}
    for names in unique_keys(table):
        seen: dict[tuple[Any, ...], str] = {}
        keyed: list[tuple[str, tuple[Any, ...]]] = []
        for rid, values in candidates:
            key = tuple(values.get(name) for name in names)
            if None in key or rid in refused:
                continue
            if seen.setdefault(key, rid) != rid:
                refused[rid] = _taken(table, names, values)
            else:
                keyed.append((rid, key))
        holders = _holders(connection, table, names, [key for _rid, key in keyed], identities)
        whole = dict(candidates)
        for rid, key in keyed:
            if holders.get(key, rid) != rid:
                refused[rid] = _taken(table, names, whole[rid])
    return refused


def _holders(
    connection: Connection, table: str, names: Sequence[str], keys: Sequence[tuple[Any, ...]], identities: Identities
) -> dict[tuple[Any, ...], str]:
    """Key → rid of the record here that has it; references in keys are ``rid``."""
    source = tables.table_of(table)
    targets = [next((foreign.column.table.name for foreign in source.c[name].foreign_keys), "") for name in names]
    numbered = [
        identities.ids(target, {key[position] for key in keys}) if target else None
        for position, target in enumerate(targets)
    ]
    local: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for key in keys:
        numbers = tuple(part if number is None else number[part] for number, part in zip(numbered, key, strict=True))
        if None not in numbers:  # a reference that is only being created: nobody can have this key
            local[numbers] = key
    # The part that differs most narrows the search; the others come in few values.
    narrow = max(range(len(names)), key=lambda position: len({numbers[position] for numbers in local})) if local else 0
    found: dict[tuple[Any, ...], str] = {}
    for chunk in chunks(sorted({numbers[narrow] for numbers in local}, key=str)):
        query = select(source.c.rid, *(source.c[name] for name in names)).where(source.c[names[narrow]].in_(chunk))
        for position, name in enumerate(names):
            others = {numbers[position] for numbers in local}
            if position != narrow and len(others) <= 50:
                query = query.where(source.c[name].in_(others))
        for row in connection.execute(query):
            whole = local.get(tuple(row[1:]))
            if whole is not None:
                found[whole] = row.rid
    return found


def _taken(table: str, names: Sequence[str], values: Mapping[str, Any]) -> Refusal:
    entity = BY_TABLE[table]
    shown = [name for name in names if name != "office"]
    text = _("{what} dengan {columns} yang sama sudah ada di sini sebagai data lain: {value}.")
    readable = [str(values[name]) for name in shown if entity[name].target == ""]
    columns = ", ".join(entity[name].heading for name in shown)
    return "taken", text.format(what=_(entity.title), columns=columns, value=", ".join(readable) or "-")

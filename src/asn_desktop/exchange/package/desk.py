"""The conflict desk: undecided differences, and what a decision writes.

A decision is ordinary work: it is logged, travels with the next package and can be undone. Keeping our own value is a
decision too; the record is *touched*, so that the other side learns that a person has looked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import Connection, select

from asn_desktop.core.catalogue import FieldKind
from asn_desktop.core.errors import InputError, reload_hint
from asn_desktop.core.i18n import _
from asn_desktop.exchange.package import checks, later, tables
from asn_desktop.exchange.package.applying import confirm, with_ids
from asn_desktop.exchange.package.derive import Predicate, derived_values, place_units
from asn_desktop.exchange.package.log_reading import Identities
from asn_desktop.exchange.package.model import SALVAGED, Conflict
from asn_desktop.exchange.package.protocol import BY_TABLE, entity_of
from asn_desktop.storage.unit_of_work import UnitOfWork

Choice = Literal["local", "incoming"]


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """A difference. Values are as stored (dates ISO text, references ``rid``), None also where there is none.

    ``kind``: ``field``; ``new`` (a record proposed to us); ``removed_there`` (they removed what we changed or own);
    ``removed_here`` (we removed what they changed). For the last three ``field`` is "" and ``incoming`` the whole
    record, if there is one.
    """

    id: int
    office: str
    package_id: str
    entity: str
    entity_title: str
    record: str
    title: str
    field: str
    heading: str
    kind: str
    rule: str
    base: Any
    local: Any
    incoming: Any
    local_by: str
    local_at: str
    incoming_by: str
    incoming_at: str
    state: str
    since: str
    choice: str
    reason: str
    decided_by: str
    decided_at: str


def rows(connection: Connection, states: Sequence[str], office: str | None) -> list[ConflictRow]:
    table = Conflict.__table__
    query = select(table).where(table.c.state.in_(states)).order_by(table.c.id)
    if office is not None:
        query = query.where(table.c.office == office)
    return [_row(dict(row)) for row in connection.execute(query).mappings()]


def _row(row: Mapping[str, Any]) -> ConflictRow:
    entity = entity_of(row["entity"])
    heading = entity[row["field"]].heading if row["field"] else ""
    base, local, incoming = (
        None if row[key] is None else json.loads(row[key]) for key in ("base", "local", "incoming")
    )
    return ConflictRow(
        row["id"], row["office"], row["package_id"], row["entity"], _(entity.title), row["record"], row["title"],
        row["field"], heading, row["kind"], row["rule"], base, local, incoming, row["local_by"], row["local_at"],
        row["incoming_by"], row["incoming_at"], row["state"], row["since"], row["choice"] or "", row["reason"] or "",
        row["decided_by"] or "", row["decided_at"] or "",
    )  # fmt: skip


def decide(
    uow: UnitOfWork, choices: Mapping[int, Choice], reason: str, moment: str, user: str, predicate: Predicate
) -> None:
    """Write the decisions. Raises :class:`InputError`; nothing is written then."""
    found = {row.id: row for row in rows(uow.connection, ("open",), None) if row.id in choices}
    missing = [number for number in choices if number not in found]
    if missing:
        raise _not_open(uow.connection, missing[0])
    uow.defer_references()
    decider = _Decider(uow, predicate)
    units = False
    for number, row in found.items():
        decider.write(row, choices[number])
        units = units or row.entity == "unit"
    if units:
        place_units(uow)
    noted = {"state": "decided", "reason": reason.strip() or None, "decided_by": user, "decided_at": moment}
    uow.update_many(Conflict, [(number, noted | {"choice": choices[number]}) for number in found])


def _not_open(connection: Connection, number: int) -> InputError:
    """Why a difference takes no decision: it has one, or there is none of this number."""
    row = connection.execute(select(Conflict.state, Conflict.choice).where(Conflict.id == number)).one_or_none()
    if row is None:
        message = _("Perbedaan nomor {number} tidak ada.").format(number=number)
    elif row.choice is None:
        message = _("Perbedaan nomor {number} tidak lagi menunggu keputusan kantor ini.").format(number=number)
    else:
        chosen = {"local": _("isian kantor ini"), "incoming": _("isian kantor lain")}[row.choice]
        message = _("Perbedaan nomor {number} sudah diputuskan: {chosen}.").format(number=number, chosen=chosen)
    return InputError(message, reload_hint(), code="ASN-1246")


class _Decider:
    def __init__(self, uow: UnitOfWork, predicate: Predicate) -> None:
        self._uow = uow
        self._predicate = predicate
        self._identities = Identities(uow.connection)

    def write(self, row: ConflictRow, choice: Choice) -> None:
        take = choice == "incoming"
        if row.rule == SALVAGED and not take:
            return  # nobody said it: there is nobody to be told
        here = self._stored(row.entity, row.record)
        match row.kind:
            case "field" if here is not None and take:
                self._change(row, here)
            case "field" if here is not None:
                confirm(self._uow, row.entity, row.record, here["id"], [row.field])
            case "removed_there" if here is not None and take:
                self._refuse_used_by_others(row, here["id"])
                self._remove(row.entity, here["id"])
            case "new" | "removed_here" if here is None and take:
                self._add(row)
            case "new" if here is None:
                # Taken in and removed at once: so the refusal reaches the office that made the record.
                self._remove(row.entity, self._add(row))
            case "removed_there" if here is None:
                pass  # removed here too by now: nothing is left to decide
            case _ if not take:
                self._confirm(row, here)
            case _:
                raise InputError(
                    _("Data “{title}” sudah berubah sejak perbedaan ini tercatat.").format(title=row.title),
                    _("Pakai data kantor ini, atau minta paket baru dari kantor itu."),
                    code="ASN-1247",
                )

    def _confirm(self, row: ConflictRow, here: Mapping[str, Any] | None) -> None:
        """Say that it stays as it is here, whatever has happened to it since."""
        model = tables.MODELS[row.entity]
        if here is None:
            self._uow.touch_removed(model, row.record)
            self._confirm_what_it_belonged_to(row)
        else:
            names = [field.key for field in BY_TABLE[row.entity].fields if not field.derived]
            self._uow.touch(model, {here["id"]: names})
            kept = later.kept(self._uow.connection, row.entity, (row.record,)).get(row.record)
            later.confirm(self._uow, row.entity, row.record, kept.values if kept is not None else ())

    def _confirm_what_it_belonged_to(self, row: ConflictRow) -> None:
        """The other side keeps a removed event as long as it keeps somebody's place in it: now both can go."""
        if not isinstance(row.incoming, Mapping):
            return
        for field in BY_TABLE[row.entity].references:
            rid = row.incoming.get(field.key)
            if rid is not None and self._stored(field.target, rid) is None:
                self._uow.touch_removed(tables.MODELS[field.target], rid)

    def _stored(self, entity: str, rid: str) -> dict[str, Any] | None:
        table = tables.table_of(entity)
        found = self._uow.connection.execute(select(table).where(table.c.rid == rid)).mappings().first()
        return dict(found) if found is not None else None

    def _change(self, row: ConflictRow, here: Mapping[str, Any]) -> None:
        beyond = later.beyond_ours(row.entity, {row.field: row.incoming})
        if beyond:
            later.keep(self._uow, row.entity, [(row.record, "", beyond)])
            return
        values = self._values(row, {row.field: row.incoming})
        whole = {**here, **values}
        self._refuse_taken(row, whole)
        values |= derived_values(row.entity, values, here, self._predicate)
        self._uow.update(tables.MODELS[row.entity], here["id"], values)

    def _add(self, row: ConflictRow) -> int:
        values = self._values(row, row.incoming)
        if "office" in row.incoming and BY_TABLE[row.entity].owned:
            values["office"] = row.incoming["office"]
        self._refuse_taken(row, values)
        values |= derived_values(row.entity, values, {}, self._predicate)
        number = self._uow.insert(tables.MODELS[row.entity], {"rid": row.record, **values})
        later.keep(self._uow, row.entity, [(row.record, "", later.beyond_ours(row.entity, row.incoming))])
        return number

    def _values(self, row: ConflictRow, incoming: Mapping[str, Any]) -> dict[str, Any]:
        """Typed, with local ids; raises when something is referred to that is not here."""
        entity = BY_TABLE[row.entity]
        typed: dict[str, Any] = {}
        for field in entity.fields:
            if field.key not in incoming or field.derived:
                continue
            value = incoming[field.key]
            if value is not None and field.kind is FieldKind.DATE:
                value = date.fromisoformat(value)
            elif value is not None and field.kind is FieldKind.BOOLEAN:
                value = bool(value)
            elif value is not None and field.target and self._identities.ids(field.target, (value,))[value] is None:
                raise InputError(
                    _("Isi kiriman untuk “{title}” menunjuk data yang tidak ada di sini.").format(title=row.title),
                    _("Putuskan dahulu perbedaan tentang data yang ditunjuk, atau pakai data kantor ini."),
                    code="ASN-1248",
                )
            typed[field.key] = value
        wrong = checks.incomplete(entity, typed)
        if wrong:
            raise InputError(wrong[1], _("Pakai data kantor ini, atau minta paket baru."), code="ASN-1248")
        return with_ids(row.entity, typed, self._identities)

    def _refuse_taken(self, row: ConflictRow, values: Mapping[str, Any]) -> None:
        table = tables.table_of(row.entity)
        for names in checks.unique_keys(row.entity):
            key = {name: values.get(name, "" if name == "office" else None) for name in names}
            if None in key.values():
                continue
            query = select(table.c.rid).where(*(table.c[name] == value for name, value in key.items()))
            if any(rid != row.record for rid in self._uow.connection.scalars(query)):
                raise InputError(
                    _("Isi kiriman untuk “{title}” sudah dipakai data lain.").format(title=row.title),
                    _("Perbaiki data yang lain dahulu, atau pakai data kantor ini."),
                    code="ASN-1248",
                )

    def _refuse_used_by_others(self, row: ConflictRow, number: int) -> None:
        """A removal takes along what belongs to the record, but nothing of an office that has not been asked."""
        if row.entity not in tables.SHARED:
            return
        for table, child in self._below(row.entity, number):
            source = tables.table_of(table)
            found = self._uow.connection.execute(tables.with_office(table).where(source.c.id == child)).mappings()
            if found.one()["owner"] != row.office:
                raise InputError(
                    _("“{title}” masih dipakai data kantor lain.").format(title=row.title),
                    _("Pakai data kantor ini; kantor yang menghapusnya akan menerimanya kembali."),
                    code="ASN-1247",
                )

    def _remove(self, entity: str, number: int) -> None:
        """The record with everything that belongs to it."""
        going = [(entity, number), *self._below(entity, number)]
        for table, child in going:
            for other, column in tables.CHILDREN[table]:
                if self._only_mentions(other, column):
                    source = tables.table_of(other)
                    query = select(source.c.id).where(source.c[column] == child)
                    mentions = [(found, {column: None}) for found in self._uow.connection.scalars(query)]
                    self._uow.update_many(tables.MODELS[other], mentions)
        for table, child in reversed(going):
            self._uow.delete(tables.MODELS[table], child)

    @staticmethod
    def _only_mentions(table: str, column: str) -> bool:
        """A head, a mentor, an event: the record can do without."""
        return tables.PARENT.get(table) != column and bool(tables.table_of(table).c[column].nullable)

    def _below(self, entity: str, number: int) -> Iterator[tuple[str, int]]:
        for table, column in tables.CHILDREN[entity]:
            source = tables.table_of(table)
            if self._only_mentions(table, column):
                continue
            for child in list(self._uow.connection.scalars(select(source.c.id).where(source.c[column] == number))):
                yield table, child
                yield from self._below(table, child)

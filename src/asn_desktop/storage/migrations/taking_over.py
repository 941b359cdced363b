"""For migrations that bring a field or a table: take over what waited for it, and say who owns it.

Plain SQL like the steps themselves: nothing here knows the models of the day. docs/exchange.md, "Versions".
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, text


def adopt(connection: Connection, table: str, field: str, target: str = "") -> int:
    """Move the values that packages of newer programs brought for a field into its column, which exists by now.

    ``target``: the table that the field refers to; what refers to nothing here goes on waiting, and so does what a
    CHECK of the column refuses (a still newer program may allow more). Returns how many records got one. The change log
    has told of these values in the record's own name all along.
    """
    adopted = 0
    for number, rid, content in _waiting(connection, table):
        if field not in content:
            continue
        found, value = _stored(connection, content[field], target)
        if not found:
            continue
        changed = connection.execute(
            text(f'UPDATE OR IGNORE "{table}" SET "{field}" = :value WHERE rid = :rid'), {"value": value, "rid": rid}
        )
        if not changed.rowcount:
            continue
        adopted += 1
        _keep(connection, number, {key: kept for key, kept in content.items() if key != field})
    connection.execute(
        text('DELETE FROM later_field WHERE entity = :entity AND "key" = :field'), {"entity": table, "field": field}
    )
    return adopted


def adopt_table(connection: Connection, table: str, fields: Mapping[str, str]) -> int:
    """The same for a whole table, which exists by now. ``fields``: column → the table that it refers to, or "".

    A record whose required reference is not here goes on waiting, and so does one that a constraint refuses. Returns
    how many records came.
    """
    required = {row[1] for row in connection.execute(text(f'PRAGMA table_info("{table}")')) if row[3]}
    owned = {row[1] for row in connection.execute(text(f'PRAGMA table_info("{table}")'))} & {"office"}
    adopted = 0
    for number, rid, content, office in _waiting_with_office(connection, table):
        values: dict[str, Any] = {"rid": rid, "version": 1} | ({"office": office} if owned else {})
        complete = True
        for field, target in fields.items():
            found, value = _stored(connection, content.get(field), target)
            complete = complete and found and (value is not None or field not in required)
            values[field] = value
        if not complete:
            continue
        columns = ", ".join(f'"{name}"' for name in values)
        places = ", ".join(f":{name}" for name in values)
        come = connection.execute(text(f'INSERT OR IGNORE INTO "{table}" ({columns}) VALUES ({places})'), values)
        if not come.rowcount:
            continue
        _keep(connection, number, {key: kept for key, kept in content.items() if key not in fields})
        adopted += 1
    connection.execute(text("DELETE FROM later_field WHERE entity = :entity"), {"entity": table})
    return adopted


def add_rules(connection: Connection, rules: Iterable[tuple[str, str, str, str]]) -> int:
    """Say who owns new fields: (entity, fields, owner, policy). Returns how many rules were added.

    A rule for the same fields that is there already stays, whatever an office has made of it. A new one is asked before
    the entity's general ones, for the first that covers a field counts.
    """
    added = 0
    for entity, fields, owner, policy in rules:
        rule = {"entity": entity, "fields": fields, "owner": owner, "policy": policy}
        if connection.scalar(text("SELECT 1 FROM exchange_rule WHERE entity = :entity AND fields = :fields"), rule):
            continue
        general = text("SELECT min(position) FROM exchange_rule WHERE entity = :entity AND fields = '*'")
        position = connection.scalar(general, rule) if fields != "*" else None
        if position is None:
            position = connection.scalar(text("SELECT coalesce(max(position), -1) + 1 FROM exchange_rule"))
        else:
            moved = text("UPDATE exchange_rule SET position = position + 1 WHERE position >= :position")
            connection.execute(moved, {"position": position})
        connection.execute(
            text(
                "INSERT INTO exchange_rule (entity, fields, owner, policy, position, rid, version)"
                " VALUES (:entity, :fields, :owner, :policy, :position, :rid, 1)"
            ),
            rule | {"position": position, "rid": str(uuid.uuid4())},
        )
        added += 1
    return added


def _waiting(connection: Connection, table: str) -> list[tuple[int, str, dict[str, Any]]]:
    return [(number, rid, content) for number, rid, content, _office in _waiting_with_office(connection, table)]


def _waiting_with_office(connection: Connection, table: str) -> list[tuple[int, str, dict[str, Any], str]]:
    query = text("SELECT id, record, content, office FROM later_record WHERE entity = :entity ORDER BY id")
    return [
        (row.id, row.record, json.loads(row.content), row.office)
        for row in connection.execute(query, {"entity": table})
    ]


def _stored(connection: Connection, value: Any, target: str) -> tuple[bool, Any]:
    """Whether the value can stand in a column, and as what."""
    if value is None or not target:
        return True, value
    number = connection.scalar(text(f'SELECT id FROM "{target}" WHERE rid = :rid'), {"rid": value})
    return number is not None, number


def _keep(connection: Connection, number: int, content: Mapping[str, Any]) -> None:
    """What is left of a record after something of it was taken over."""
    if content:
        text_of = json.dumps(content, ensure_ascii=False, sort_keys=True)
        query = text("UPDATE later_record SET content = :content, version = version + 1 WHERE id = :number")
        connection.execute(query, {"content": text_of, "number": number})
    else:
        connection.execute(text("DELETE FROM later_record WHERE id = :number"), {"number": number})

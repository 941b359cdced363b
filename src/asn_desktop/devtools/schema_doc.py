"""``docs/schema.md`` from the catalogue: ``asn-dev schema-doc``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import asn_desktop.services  # noqa: F401 - every table is mapped
from asn_desktop.core.catalogue import Entity, Field
from asn_desktop.exchange.package import tables
from asn_desktop.exchange.package.ownership import SEED
from asn_desktop.exchange.package.protocol import ENTITIES, SCHEMA
from asn_desktop.storage.base import Base
from asn_desktop.storage.migrations.runner import CURRENT

_HEAD = """# What is stored, field by field

Made by `uv run asn-dev schema-doc` from `<subject>/fields.py`; a test says when it is stale. What the tables are for:
`src/asn_desktop/storage/migrations/schema.md`. Database schema {database}, package schema {package}.

Every field in a table below travels between offices. Every table has `id`, `rid` and `version` besides. *Owner* and
what becomes of another office's edit are what a new office starts with (`docs/exchange.md`, "Ownership"; `office`: that
of the record). *Sensitive*: masked where nobody has to read it (UU 27/2022). Values in `code` are all that the database
takes; others are those that have a word.
"""
_BESIDES = {"id", "rid", "version"}


def document() -> str:
    """The whole file."""
    parts = [_HEAD.format(database=CURRENT, package=SCHEMA), *map(_record, ENTITIES)]
    stays = [name for name in sorted(Base.metadata.tables) if name not in tables.MODELS]
    parts.append("## Tables that never leave the office\n\n" + ", ".join(f"`{name}`" for name in stays) + ".\n")
    return "\n".join(parts)


def write(path: Path) -> int:
    """Bring the file up to date; 0 as an exit code."""
    path.write_text(document(), encoding="utf-8", newline="\n")
    print(path.name)
    return 0


def _record(entity: Entity) -> str:
    whose = "of the office in `office`" if entity.owned else "of every office"
    if entity.parent:
        whose = f"part of `{entity[entity.parent].target}` (`{entity.parent}`)"
    lines = [f"## {entity.table}", "", f"{entity.title}, sheet `{entity.sheet}`: {whose}.", ""]
    first = [f"`{rule}`" for rule in entity.rules if "=" in rule or rule.startswith("+")]
    if first:
        lines[-1:] = ["Whose a whole record is: " + ", ".join(first) + ".", ""]
    lines += ["| field | label | kind | values | owner | sensitive |", "| --- | --- | --- | --- | --- | --- |"]
    lines += [f"| {' | '.join(_cells(entity, field))} |" for field in entity.fields]
    known = {field.key for field in entity.fields} | _BESIDES
    own = [column.name for column in tables.table_of(entity.table).columns if column.name not in known]
    if own:
        lines += ["", "Stays here: " + ", ".join(f"`{name}`" for name in own) + "."]
    return "\n".join(lines) + "\n"


def _cells(entity: Entity, field: Field) -> Iterator[str]:
    yield f"`{field.key}`"
    yield field.name
    kind = f"{field.kind} → `{field.target}`" if field.target else str(field.kind)
    yield kind + (", computed" if field.derived else "")
    values = (field.choices or {}).items()
    yield ", ".join(f"`{code}` {word}" if field.closed else f"{code}: {word}" for code, word in values)
    rules = [rule for rule in SEED if rule.entity == entity.table]
    yield next((f"{rule.owner}/{rule.policy}" for rule in rules if rule.covers(field.key, {})), "")
    yield "yes" if field.sensitive else ""

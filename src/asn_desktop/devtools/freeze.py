"""Freeze the layout of the present package schema: ``asn-dev freeze-package-schema``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from asn_desktop.environment.resources import resource_path
from asn_desktop.exchange.package.protocol import SCHEMA
from asn_desktop.exchange.package.schemas import CURRENT, declarations, frozen_name

STEPS = """The catalogue of packages is no longer that of released schema {newest}. If that is meant:
 1. with the program as it was released: uv run python -m tests.witnesses.make_witnesses tests/witnesses/schema_N
    (once per schema; see tests/witnesses/README.md)
 2. raise SCHEMA in exchange/package/protocol.py (READS too, if an older program would get something wrong by keeping
    what it does not know)
 3. uv run asn-dev freeze-package-schema
 4. write the migration: the column or table, adopt() or adopt_table() for values that waited, add_rules() for who owns
    it; and a step in schemas.UPGRADES where a field has changed its meaning"""


def live() -> dict[str, Any]:
    """What this program writes, in the form in which it is frozen: without words for people."""
    return declarations(CURRENT, headings=False)


def differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """What is not as it was, sheet by sheet and column by column."""
    found = []
    for sheet in sorted(before.keys() | now.keys()):
        old, new = before.get(sheet), now.get(sheet)
        if old is None or new is None:
            found.append(f"sheet {sheet}: {'new' if old is None else 'gone'}")
            continue
        columns = [{column["key"]: column for column in side["columns"]} for side in (old, new)]
        for key in sorted(columns[0].keys() | columns[1].keys()):
            if columns[0].get(key) != columns[1].get(key):
                found.append(f"sheet {sheet}, column {key}: {columns[0].get(key)} -> {columns[1].get(key)}")
        if list(columns[0]) != list(columns[1]) and columns[0] == columns[1]:
            found.append(f"sheet {sheet}: another order of columns")
        if {**old, "columns": 0} != {**new, "columns": 0}:
            found.append(f"sheet {sheet}: another table")
    return found


def newest() -> tuple[int, Mapping[str, Any]]:
    """The newest frozen schema and its sheets."""
    folder = resource_path("schemas")
    numbers = [int(path.stem.removeprefix("package-")) for path in folder.glob("package-*.json")]
    number = max(numbers)
    return number, json.loads((folder / frozen_name(number)).read_text(encoding="utf-8"))


def text_of(sheets: Mapping[str, Any]) -> str:
    """One line a column, so that a difference can be read."""
    blocks = []
    for name, said in sheets.items():
        rest = "".join(f"{json.dumps(key)}: {json.dumps(value)}, " for key, value in said.items() if key != "columns")
        columns = ",\n  ".join(json.dumps(column) for column in said["columns"])
        blocks.append(f'{json.dumps(name)}: {{{rest}"columns": [\n  {columns}]}}')
    return "{\n" + ",\n".join(blocks) + "\n}\n"


def freeze(folder: Path) -> int:
    """Write the present schema's file; an existing one is never written again. Returns an exit code."""
    target = folder / frozen_name(SCHEMA)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text_of(live()).encode("utf-8"))  # the same bytes on every system
        print(f"frozen: {target.name}")
        return 0
    found = differences(json.loads(target.read_text(encoding="utf-8")), live())
    if found:
        print("\n".join([*found, "", STEPS.format(newest=SCHEMA)]))
        return 1
    print(f"{target.name} says what the program writes: nothing to freeze")
    return 0

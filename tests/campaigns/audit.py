"""Where every value at the province comes from, asked of the change logs and ledgers alone.

For each value: the operation that wrote it here → the package that operation merged → the operation of the sender's log
that wrote the same value there, and who did it. A value that no log explains is listed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select, text

from asn_desktop.environment.paths import office_paths
from asn_desktop.exchange.package import tables
from asn_desktop.exchange.package.causality import ORIGIN
from asn_desktop.exchange.package.model import OwnReplica, PackageLedger
from asn_desktop.exchange.package.protocol import ENTITIES
from asn_desktop.services import Services, close_office, open_office
from asn_desktop.storage.change_log import ChangeLog, OperationLog, stored
from tests.conftest import PASSPHRASE


@dataclass(frozen=True, slots=True)
class Source:
    """One value: where it stands, through which package it came, and what made it there."""

    table: str
    rid: str
    field: str
    value: Any
    package: str
    made_by: str


@dataclass
class Account:
    values: int = 0
    sources: list[Source] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)

    def text(self, *, every: bool = False) -> str:
        ways = Counter((source.package, source.made_by) for source in self.sources)
        lines = [f"{self.values} values at the province, {len(self.unexplained)} without a source", ""]
        lines += [f"{count:7}  {package:32} {made_by}" for (package, made_by), count in sorted(ways.items())]
        lines += ["", *self.unexplained]
        if every:
            lines += [f"{s.table} {s.rid} {s.field} = {s.value!r}: {s.package}; {s.made_by}" for s in self.sources]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Line:
    operation: int
    value: Any


class Log:
    """One office's log in memory: for each field of each record the operations that wrote it, newest last."""

    def __init__(self, services: Services) -> None:
        self.lines: dict[tuple[str, str, str], list[Line]] = {}
        with services.database.read() as connection:
            self.operations = {row.id: row for row in connection.execute(select(OperationLog.__table__))}
            self.packages = {
                (row.replica, row.to_rev): row
                for row in connection.execute(select(PackageLedger.__table__).where(PackageLedger.direction == "in"))
            }
            self.replicas = set(connection.scalars(select(OwnReplica.replica)))
            self.rids = {
                name: dict(connection.execute(select(tables.table_of(name).c.id, tables.table_of(name).c.rid)).all())
                for name in tables.MODELS
            }
            query = select(ChangeLog.__table__).order_by(ChangeLog.operation_id, ChangeLog.seq)
            for row in connection.execute(query):
                if row.table in tables.MODELS:
                    self._note(row)

    def _note(self, row: Any) -> None:
        if row.kind == "delete":
            return
        references = {part.key: part.target for entity in ENTITIES if entity.table == row.table
                      for part in entity.references}  # fmt: skip
        for name, pair in json.loads(row.fields).items():
            value = pair[1]
            if value is not None and name in references:
                value = self.rids[references[name]].get(value, value)
            self.lines.setdefault((row.table, row.rid, name), []).append(Line(row.operation_id, value))

    def last(self, key: tuple[str, str, str], until: int | None = None) -> Line | None:
        found = [line for line in self.lines.get(key, ()) if until is None or line.operation <= until]
        return found[-1] if found else None


def audit(homes: Mapping[str, Path], province: str) -> Account:
    """Open all offices (they must be closed) and account for every travelling value at the province."""
    logs: dict[str, Log] = {}
    values: list[tuple[str, str, str, Any]] = []
    for code, home in homes.items():
        services = open_office(office_paths(home), "operator", PASSPHRASE)
        try:
            logs[code] = Log(services)
            if code == province:
                values = _values(services, logs[code])
        finally:
            close_office(services)
    account = Account(len(values))
    for table, rid, name, value in values:
        try:
            package, made_by = _trace(logs, province, (table, rid, name), value)
            account.sources.append(Source(table, rid, name, value, package, made_by))
        except LookupError as problem:
            account.unexplained.append(f"{table} {rid} {name} = {value!r}: {problem.args[0]}")
    return account


def _values(services: Services, log: Log) -> list[tuple[str, str, str, Any]]:
    found = []
    with services.database.read() as connection:
        connection.execute(text("SELECT 1"))
        for entity in ENTITIES:
            for row in connection.execute(select(tables.table_of(entity.table))).mappings():
                for part in entity.fields:
                    value = stored(row[part.key])
                    if value is not None and part.target:
                        value = log.rids[part.target][value]
                    if value is not None:
                        found.append((entity.table, row["rid"], part.key, value))
    return found


def _trace(logs: Mapping[str, Log], code: str, key: tuple[str, str, str], value: Any) -> tuple[str, str]:
    """Follow a value from office to office; (the packages it came through, the work that made it)."""
    way: list[str] = []
    until: int | None = None
    for _step in range(10):
        log = logs[code]
        line = log.last(key, until)
        if line is None:
            raise LookupError(f"not in the log of {code}")
        if line.value != value:
            raise LookupError(f"the log of {code} says {line.value!r}")
        operation = log.operations[line.operation]
        if not operation.origin.startswith(ORIGIN):
            return " < ".join(way) or "(own work)", f"{code} {operation.kind} by {operation.user}"
        replica, _colon, to_rev = operation.origin.removeprefix(ORIGIN).partition(":")
        package = log.packages.get((replica, int(to_rev)))
        if package is None:
            raise LookupError(f"operation {line.operation} of {code} names a package that its ledger does not have")
        way.append(f"paket {package.seq} dari {package.office}")
        sender = next((other for other, found in logs.items() if replica in found.replicas), None)
        if sender is None:
            raise LookupError(f"replica {replica} belongs to no office")
        code, until = sender, int(to_rev)
    raise LookupError("goes round in circles")

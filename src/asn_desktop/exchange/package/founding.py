"""What a new office starts with: its first replica and the rules of ownership; and those rules as they stand now."""

from __future__ import annotations

import uuid

from sqlalchemy import Connection, select

from asn_desktop.exchange.package.model import ExchangeRule, OwnReplica
from asn_desktop.exchange.package.ownership import SEED, Policy, Rule
from asn_desktop.storage.unit_of_work import UnitOfWork


def set_up(uow: UnitOfWork, moment: str) -> None:
    """Inside the operation that creates the office; ``moment`` is ISO time."""
    uow.insert(OwnReplica, {"replica": str(uuid.uuid4()), "reason": "new", "at": moment})
    uow.insert_many(
        ExchangeRule,
        [
            {
                "entity": rule.entity,
                "fields": rule.fields,
                "owner": rule.owner,
                "policy": rule.policy.value,
                "position": position,
            }
            for position, rule in enumerate(SEED)
        ],
    )


def rules_of(connection: Connection) -> list[Rule]:
    table = ExchangeRule
    query = select(table.entity, table.fields, table.owner, table.policy).order_by(table.position, table.id)
    return [Rule(row.entity, row.fields, row.owner, Policy(row.policy)) for row in connection.execute(query)]

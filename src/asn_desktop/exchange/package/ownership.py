"""Which office owns what, and what the owner does with the other side's edit. Rules are data; reading them is pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from asn_desktop.exchange.package.protocol import ENTITIES

NEW = "+"
"""In :attr:`Rule.fields`: the record as a whole, when the other side makes one."""


class Side(StrEnum):
    US = "us"
    THEM = "them"
    NOBODY = "nobody"
    """Two copies of one office: only people can say who is right."""


class Policy(StrEnum):
    MERGE = "merge"
    """Taken, unless the owner has changed the same field."""
    QUEUE = "queue"
    """Always waits for the owner's decision."""
    REFUSE = "refuse"
    """Goes back with the reason."""


@dataclass(frozen=True, slots=True)
class Rule:
    """``fields``: names separated by spaces, ``*`` for all, :data:`NEW`, or ``name=value`` for records of a kind.
    ``owner``: ``province``, ``district``, or ``office`` for the one the record itself belongs to."""

    entity: str
    fields: str
    owner: str
    policy: Policy

    @classmethod
    def read(cls, entity: str, text: str) -> Rule:
        """A rule as the catalogue and the windows write it: ``phone email → district/queue``."""
        fields, _arrow, says = text.partition(" → ")
        owner, _slash, policy = says.partition("/")
        return cls(entity, fields, owner, Policy(policy))

    def __str__(self) -> str:
        return f"{self.fields} → {self.owner}/{self.policy}"

    def covers(self, field: str, values: Mapping[str, Any]) -> bool:
        name, equals, value = self.fields.partition("=")
        if equals:
            return values.get(name) == value
        return self.fields == "*" or field in self.fields.split()


_READ_FIRST = ("employee", "former_placement", "unit")
"""What most questions are about stands first where people read the rules."""
_ordered = sorted(ENTITIES, key=lambda entity: [*_READ_FIRST, entity.table].index(entity.table))
SEED: tuple[Rule, ...] = tuple(Rule.read(entity.table, text) for entity in _ordered for text in entity.rules)
"""What a new office starts with. The first rule that covers a field counts."""


@dataclass(frozen=True, slots=True)
class Owned:
    side: Side
    policy: Policy
    rule: str
    """In the words of the rule table: ``employee: phone → district/queue``; empty where nobody owns."""


def owner_of(rules: Iterable[Rule], entity: str, field: str) -> str:
    """Whose a field always is: ``province``, ``district``, or "" where that depends on the record."""
    rule = next((rule for rule in rules if rule.entity == entity and rule.covers(field, {})), None)
    return rule.owner if rule is not None and rule.owner != "office" else ""


class Ownership:
    """The rules as seen by one office that looks at a package of another."""

    def __init__(self, rules: Iterable[Rule], own_office: str, own_role: str, their_office: str, their_role: str):
        self._rules: dict[str, list[Rule]] = {}
        for rule in rules:
            self._rules.setdefault(rule.entity, []).append(rule)
        self._same = own_office == their_office or own_role == their_role
        self._own_role, self._their_office = own_role, their_office
        self._cache: dict[tuple[str, str, str], Owned] = {}

    def of(self, entity: str, field: str, office: str, values: Mapping[str, Any]) -> Owned:
        """``office``: to which office the record (for participants: the event) belongs; "" is our own."""
        if self._same:
            return Owned(Side.NOBODY, Policy.MERGE, "")
        rules = self._rules.get(entity, [])
        kind = str(values.get("kind", "")) if any("=" in rule.fields for rule in rules) else ""
        key = (entity, field, f"{office}\n{kind}")
        found = self._cache.get(key)
        if found is None:
            found = self._cache[key] = self._look_up(entity, field, office, values)
        return found

    def _look_up(self, entity: str, field: str, office: str, values: Mapping[str, Any]) -> Owned:
        rule = next((rule for rule in self._rules.get(entity, ()) if rule.covers(field, values)), None)
        if rule is None:
            return Owned(Side.NOBODY, Policy.MERGE, "")
        if rule.owner == "office":
            side = Side.US if office == "" else Side.THEM
        else:
            side = Side.US if rule.owner == self._own_role else Side.THEM
        return Owned(side, rule.policy, f"{entity}: {rule}")

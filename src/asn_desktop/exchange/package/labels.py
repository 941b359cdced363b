"""What a reference shows to people: whose evaluation, which unit. Never read back as content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from asn_desktop.exchange.package.content import RecordRow

_OWN_NAME = {"employee": "name", "unit": "name", "appraisal_period": "code", "training_event": "name"}
_NAME_OF_OWNER = {"evaluation": "employee_id", "skp": "employee_id", "remediation_plan": "employee_id",
                  "rhk": "skp_id", "iki": "rhk_id"}  # fmt: skip
"""Records without a name of their own show whose they are."""


class Labels:
    """Record → label, from the records of the package themselves and from ``known`` (of those that are not in it)."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = known
        self._found: dict[str, str] = {}

    def learn(self, rows: Iterable[RecordRow]) -> None:
        """Names of records; those that are named after another one come after it."""
        for row in rows:
            key = _OWN_NAME.get(row.entity)
            owner = _NAME_OF_OWNER.get(row.entity)
            if key is not None:
                self._found[row.rid] = str(row.values[key] or "")
            elif owner is not None:
                self._found[row.rid] = self(row.entity, row.values[owner] or "")

    def __call__(self, _table: str, rid: str) -> str:
        return self._found.get(rid) or self._known.get(rid, "")

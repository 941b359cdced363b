"""Which role has which rights: a table, no branches (``resources/reference/peran_hak.csv``, a column per role)."""

from __future__ import annotations

from functools import cache

from asn_desktop.core.rights import Access, Right
from asn_desktop.environment.resources import reference_table


@cache
def rights_of(role: str) -> frozenset[Right]:
    """``KeyError`` for a role without a column."""
    return frozenset(Right(row["hak"]) for row in reference_table("peran_hak") if row[role] == "ya")


def access_of(role: str) -> Access:
    """The access of somebody with this role, to all units."""
    return Access(rights_of(role))

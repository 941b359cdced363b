"""What sending and receiving answer. Frozen rows for both clients."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from asn_desktop.core.changes import ChangeSet
from asn_desktop.exchange.package.content import PackageHead
from asn_desktop.exchange.package.package_plan import PackagePlan


@dataclass(frozen=True, slots=True)
class SentPackage:
    """A package that has been written. ``counts``: sheet → rows."""

    head: PackageHead
    digest: str
    counts: Mapping[str, int]
    tombstones: int
    change_set: ChangeSet

    @property
    def rows(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Received:
    """What merging did. ``change_set`` and ``backup`` are None when there was nothing to write."""

    plan: PackagePlan
    change_set: ChangeSet | None
    backup: Path | None

"""What *Beranda* says about the exchange: undecided differences, packages nobody has confirmed. Light to load."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from asn_desktop.exchange.package.model import Conflict, PackageLedger, has_left

PATIENCE_DAYS = 14
"""So long a package may be without a receipt before somebody should ask."""


@dataclass(frozen=True, slots=True)
class Reminders:
    """``silent_since``: when the oldest package left that no receipt covers; None when none is waited for."""

    open_conflicts: int
    silent_since: date | None

    def silent_days(self, today: date) -> int:
        return (today - self.silent_since).days if self.silent_since is not None else 0

    def overdue(self, today: date) -> bool:
        """Whether it is time to ask for the receipt."""
        return self.silent_days(today) >= PATIENCE_DAYS


def reminders(connection: Connection) -> Reminders:
    """As of now. A confirmed package covers all earlier ones to the same office."""
    conflicts = connection.scalar(select(func.count(Conflict.id)).where(Conflict.state == "open")) or 0
    sent = select(PackageLedger.office, PackageLedger.at, PackageLedger.answered_at).where(
        PackageLedger.direction == "out", PackageLedger.kind != "receipt", has_left()
    )
    oldest: dict[str, str] = {}
    for row in connection.execute(sent.order_by(PackageLedger.id)):
        if row.answered_at:
            oldest.pop(row.office, None)
        else:
            oldest.setdefault(row.office, row.at)
    first = min(oldest.values(), default="")
    return Reminders(conflicts, datetime.fromisoformat(first).date() if first else None)

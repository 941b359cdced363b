"""The only place that asks what time it is, so that tests can say it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Local time with its offset: shown to people and stored for information, never used to decide order."""
    return datetime.now().astimezone()


def today(clock: Clock = system_clock) -> date:
    return clock().date()

"""A clock that is set by hand, so that the sample office has a year of history instead of a busy minute."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta


class MovingClock:
    """Only goes forward, and never beyond ``now``: nothing in the sample happened in the future."""

    def __init__(self, now: datetime, start: date) -> None:
        self._now = now
        self._moment = min(now, self._at(start))

    def __call__(self) -> datetime:
        self._moment = min(self._now, self._moment + timedelta(seconds=7))
        return self._moment

    @property
    def today(self) -> date:
        return self._moment.date()

    def go_to(self, day: date) -> None:
        """The morning of ``day``, or as far as the clock may go."""
        self._moment = max(self._moment, min(self._now, self._at(day)))

    def _at(self, day: date) -> datetime:
        return datetime.combine(day, time(8, 10), self._now.tzinfo)

"""Where things stand in a month: weeks from Monday, and events packed into lanes. No painting, no widgets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """Something that lasts from ``starts`` to ``ends`` (both included). ``id`` is what clicking it answers."""

    id: object
    title: str
    starts: date
    ends: date
    tone: str = "accent"
    note: str = ""
    off: bool = False
    """Does not take place on these days (postponed, cancelled): drawn as an outline."""


@dataclass(frozen=True, slots=True)
class DayMark:
    """A day that is not an ordinary one: a national holiday (red) or a joint leave day (*cuti bersama*, orange)."""

    name: str
    joint_leave: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of an event inside one week: from column ``first`` to ``last`` (0 = Monday) in ``lane``."""

    event: CalendarEvent
    week: int
    first: int
    last: int
    lane: int

    @property
    def begins(self) -> bool:
        """Whether the event begins here and not in an earlier week."""
        return self.event.starts.weekday() == self.first

    def covers(self, column: int) -> bool:
        return self.first <= column <= self.last


def weeks_of(year: int, month: int) -> list[list[date]]:
    """The weeks (Monday to Sunday) that touch a month, with the days of its neighbours."""
    day = date(year, month, 1)
    day -= timedelta(days=day.weekday())
    weeks = []
    while (day.year, day.month) <= (year, month):
        weeks.append([day + timedelta(days=n) for n in range(7)])
        day += timedelta(days=7)
    return weeks


def pack(events: Sequence[CalendarEvent], weeks: Sequence[Sequence[date]]) -> list[Bar]:
    """Bars week by week; within a week longer and earlier events take the upper lanes, none overlap."""
    bars: list[Bar] = []
    ordered = sorted(events, key=lambda e: (e.starts, -(e.ends - e.starts).days, e.title))
    for number, week in enumerate(weeks):
        taken: list[list[bool]] = []
        for event in ordered:
            if event.ends < week[0] or event.starts > week[-1]:
                continue
            first = max((event.starts - week[0]).days, 0)
            last = min((event.ends - week[0]).days, 6)
            lane = _free_lane(taken, first, last)
            bars.append(Bar(event, number, first, last, lane))
    return bars


def _free_lane(taken: list[list[bool]], first: int, last: int) -> int:
    for lane, days in enumerate(taken):
        if not any(days[first : last + 1]):
            days[first : last + 1] = [True] * (last - first + 1)
            return lane
    taken.append([first <= column <= last for column in range(7)])
    return len(taken) - 1


def lanes_shown(bars: Sequence[Bar], weeks: int, room: int) -> list[int]:
    """How many lanes each week shows when ``room`` fit; the rest is announced in the corner of its days."""
    needed = [max((bar.lane + 1 for bar in bars if bar.week == week), default=0) for week in range(weeks)]
    return [min(count, room) for count in needed]


def hidden_counts(bars: Sequence[Bar], lanes: Sequence[int]) -> Mapping[tuple[int, int], int]:
    """(week, column) → how many events of that day do not fit into the week's ``lanes``."""
    counts: dict[tuple[int, int], int] = {}
    for bar in bars:
        if bar.lane >= lanes[bar.week]:
            for column in range(bar.first, bar.last + 1):
                counts[bar.week, column] = counts.get((bar.week, column), 0) + 1
    return counts
